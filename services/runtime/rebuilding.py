"""Rebuilding read models beside the live ones: folded from one reading of the log, compared row by row, switched."""

import time
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias

from asyncpg import Pool

from services.runtime.comparing import Comparison, compare
from services.runtime.database import checkpoints
from services.runtime.read_model import ReadModel, create_table_sql
from services.runtime.replaying import Growing, Replay
from services.runtime.settings import Settings

_NEAR = 2_000
_FAR = 10_000


@dataclass(frozen=True)
class Rebuilt:
    """What a rebuild found: facts folded, rows made and how they compare with the live table; whether it switched."""

    model: str
    position: int
    facts: int
    rows: int
    seconds: float
    comparison: Comparison
    switched: bool

    @property
    def differences(self) -> int:
        """How many rows are not what the log says."""
        return self.comparison.differences


class Progress(NamedTuple):
    """Where a rebuild is: the log's position that all its tables have reached, and the one they go for."""

    stage: Literal["reading", "indexing", "comparing"]
    position: int
    goal: int


class BeingRebuilt(Exception):
    """Another rebuild or comparison of the same read model is under way; the message names the model."""


Report: TypeAlias = Callable[[Progress], None]


class Rebuild:
    """One rebuild of read models of one service; readers go on reading the live tables, followers go on writing them.

    The log is read and decoded once for all of them.
    """

    def __init__(self, settings: Settings, pool: Pool, models: Sequence[ReadModel]) -> None:
        """Work through a pool whose role owns the tables; `found` is what is finished so far, also after a failure."""
        self.found: list[Rebuilt] = []
        self._settings = settings
        self._pool = pool
        self._models = tuple(models)
        self._switch = True
        self._even_if_different = False

    async def run(
        self, report: Report = lambda _: None, *, switch: bool = True, even_if_different: bool = False
    ) -> list[Rebuilt]:
        """Rebuild, compare and switch each model; one whose rows differ only with `even_if_different`.

        Without `switch` they are compared alone, at a position each: nothing waits for that, and nothing is left
        behind. Raises BeingRebuilt, ReaderLost, LogGap or a database error, and whatever an event that cannot be
        folded raises: tables not switched by then are as they were.
        """
        self._switch, self._even_if_different = switch, even_if_different
        async with AsyncExitStack() as kept:
            lock = await kept.enter_async_context(self._pool.acquire())
            for model in self._models:
                name = f"rebuild.{model.table}"
                if not await lock.fetchval("SELECT pg_try_advisory_lock(hashtext(current_schema() || $1))", name):
                    raise BeingRebuilt(model.name)
                kept.push_async_callback(
                    lock.execute, "SELECT pg_advisory_unlock(hashtext(current_schema() || $1))", name
                )
            for group in await self._groups():
                await self._run([Growing(model, f"{model.table}_next", self._pool) for model in group], report)
            return self.found

    async def _groups(self) -> list[list[ReadModel]]:
        """Return the models that move together, and alone each that stopped or is far behind.

        What a stopped one could not read is then no trouble for the others.
        """
        known = await checkpoints(self._pool)
        standing = {model.table: known[model.table] for model in self._models}
        front = max(checkpoint.position for checkpoint in standing.values())
        alone = [name for name, its in standing.items() if its.error is not None or front - its.position > _FAR]
        together = [model for model in self._models if model.table not in alone]
        return [*([together] if together else []), *([model] for model in self._models if model.table in alone)]

    async def _run(self, tables: Sequence[Growing], report: Report) -> None:
        started, replay = time.monotonic(), Replay(self._settings, self._pool, tables, "rebuild")
        try:
            for table in tables:
                await self._pool.execute(f'DROP TABLE IF EXISTS "{table.table}"')
                # What is only compared need not outlast a crash, nor hold what follows from its other columns.
                create = create_table_sql(table.model, table.table, logged=self._switch, generated=self._switch)
                await self._pool.execute(create)
            await replay.open()
            await self._approach(replay, report)
            if self._switch:
                report(Progress("indexing", tables[0].position, tables[0].position))
                await replay.index()
            else:
                await replay.analyze()
            await self._approach(replay, report)
            for table in tables:
                report(Progress("comparing", table.position, table.position))
                self.found.append(await self._finish(replay, table, started))
        finally:
            await replay.close()
            for table in tables:
                await self._pool.execute(f'DROP TABLE IF EXISTS "{table.table}"')

    async def _approach(self, replay: Replay, report: Report) -> None:
        """Fold up to where the live tables are, until they are hardly moving away any more."""
        while True:
            known = await checkpoints(self._pool)
            goals = {table.table: known[table.model.table].position for table in replay.tables}
            front, start = max(goals.values()), min(table.position for table in replay.tables)
            await replay.forward(goals, lambda position, front=front: report(Progress("reading", position, front)))  # type: ignore[misc]
            if front - start <= _NEAR:
                return

    async def _finish(self, replay: Replay, table: Growing, started: float) -> Rebuilt:
        """Come to the very position of the live table, compare, and switch in the same transaction.

        To switch, the live follower is held where it is. To compare alone, a snapshot of the database stands still.
        """
        live, isolation = table.model.table, "read_committed" if self._switch else "repeatable_read"
        async with self._pool.acquire() as connection, connection.transaction(isolation=isolation):  # type: ignore[arg-type]
            held = "FOR UPDATE" if self._switch else ""
            goal = await connection.fetchval(f"SELECT position FROM checkpoints WHERE follower = $1 {held}", live)
            while table.position < goal:
                await table.fold.apply(connection, await replay.next(table, goal))
            comparison = await compare(connection, table.model, table.table)
            switched = self._switch and (comparison.differences == 0 or self._even_if_different)
            if switched:
                await connection.execute(f'ALTER TABLE "{live}" RENAME TO "{live}_old"')
                await connection.execute(f'ALTER TABLE "{table.table}" RENAME TO "{live}"')
                await connection.execute(f'DROP TABLE "{live}_old"')
            seconds = time.monotonic() - started
            return Rebuilt(live, goal, table.facts, comparison.rows, seconds, comparison, switched)
