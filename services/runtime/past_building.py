"""Putting a past together: read models folded up to a position, in a schema of their own."""

import json
import os
from collections.abc import Callable, Coroutine, Mapping, Sequence
from typing import Any, TypeAlias

from services.runtime import logs
from services.runtime.apart import Say, do_apart, have_done
from services.runtime.database import open_pool
from services.runtime.manifest import Service
from services.runtime.read_model import ReadModel, create_table_sql
from services.runtime.replaying import Growing, Replay
from services.runtime.settings import Settings

BUILT = "built"
"""The table that names the read models a schema holds whole; like them it is empty after a crash of the server."""
PART = "past"
"""What `python -m services.<name>` is told to be such a process."""
_NICENESS = 10

Build: TypeAlias = Callable[[Sequence[ReadModel], str, int, Callable[[int], None]], Coroutine[Any, Any, None]]
"""Puts models together in a schema, up to a position, and reports the position it has come to."""


async def build(
    settings: Settings, models: Sequence[ReadModel], schema: str, position: int, report: Callable[[int], None]
) -> None:
    """Fold models into a schema that is there, up to a position of the log, with their indexes, and name them in BUILT.

    Raises ReaderLost, database errors, and whatever an event that cannot be folded raises.
    """
    pool = await open_pool(settings.database_url, rebuildable=True, size=len(models) + 2, schema=schema)
    try:
        for model in models:
            await pool.execute(f'DROP TABLE IF EXISTS "{model.table}"')
            await pool.execute(create_table_sql(model, model.table, logged=False))
        replay = Replay(settings, pool, [Growing(model, model.table, pool) for model in models], "past")
        try:
            if position:
                await replay.open()
                await replay.forward({model.table: position for model in models}, report)
            await replay.index()
        finally:
            await replay.close()
        await pool.execute(f"INSERT INTO {BUILT} SELECT unnest($1::text[])", [model.table for model in models])
    finally:
        await pool.close()


class BuildFailed(Exception):
    """The process that put a past together did not finish; the message says why."""


def build_apart(service: Service, environment: Mapping[str, str] = os.environ) -> Build:
    """Return what builds in a process of its own, so that commands and queries go on as fast meanwhile."""

    async def built(models: Sequence[ReadModel], schema: str, position: int, report: Callable[[int], None]) -> None:
        said: dict[str, Any] = {}

        def hear(words: dict[str, Any]) -> None:
            said.update(words)
            if "position" in words:
                report(words["position"])

        task = {"models": [model.name for model in models], "schema": schema, "goal": position}
        module = f"services.{service.name}"
        status = await have_done(module, PART, task=task, hear=hear, environment=environment)
        if status or "error" in said:
            raise BuildFailed(said.get("error", f"status {status}"))

    return built


def main(service: Service) -> None:
    """Be the process that `build_apart` starts."""
    settings = Settings.from_environment()
    os.nice(_NICENESS)

    async def work(asked: dict[str, Any], say: Say) -> None:
        logs.configure(settings, f"{service.name}-past")
        known = {model.name: model for model in service.read_models}
        models = [known[name] for name in asked["models"]]
        try:
            await build(settings, models, asked["schema"], asked["goal"], lambda at: say({"position": at}))
        except Exception as error:
            notes = json.dumps(getattr(error, "__notes__", []), ensure_ascii=False)
            say({"error": f"{type(error).__name__}: {error} {notes}"})

    do_apart(work)
