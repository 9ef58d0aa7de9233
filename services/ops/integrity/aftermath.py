"""What the services must be told when log or archive were put right."""

import asyncio
import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Any

import asyncpg
from nats.aio.client import Client
from nats.errors import Error as NatsError

from services.ops.followers import live_followers
from services.ops.office import Office
from services.ops.registry import SERVICES, models_of
from services.runtime.database import know_log
from services.runtime.follow import LogGap
from services.runtime.read_model import Database

POLICY = "policy."
_TOLERANCE_S = 60.0
_PAUSE_S = 0.5
_GAP = f"%{LogGap.__name__}:%"


async def accept_log(office: Office, created: str) -> list[str]:
    """Let every service take the log made then for the true one, and let go on who stood still before a gap.

    Returns the full names of those followers.
    """
    released = []
    for service in SERVICES:
        connection = await asyncpg.connect(office.database_url(service), timeout=10)
        try:
            async with connection.transaction():
                await know_log(connection, created)
                rows = await connection.fetch(
                    "UPDATE checkpoints SET error = NULL WHERE error LIKE $1 RETURNING follower", _GAP
                )
            released += [f"{service}.{row[0]}" for row in rows]
        except asyncpg.UndefinedTableError:
            continue  # a service that never ran has nothing to be told
        finally:
            await connection.close()
    return released


async def repeat_policies(office: Office) -> list[str]:
    """Tell every policy to go through the log again, so that it sets its timers again; return their full names.

    What they lead to carries ids derived from the events: what already took effect is recognised.
    """
    told = []
    for service in SERVICES:
        names = [name for name in live_followers(service) if name.startswith(POLICY)]
        await _reset(office, service, names, {})
        told += [f"{service}.{name}" for name in names]
    return told


async def forget_followers(office: Office, names: Iterable[str]) -> None:
    """Let followers begin from the first message, their tables empty: what they have read is lost."""
    by_service: dict[str, list[str]] = {}
    for name in names:
        service, _, follower = name.partition(".")
        by_service.setdefault(service, []).append(follower)
    for service, followers in by_service.items():
        tables = {model.table: model.table for model in models_of(SERVICES[service]).values()}
        await _reset(office, service, followers, tables)


async def _reset(office: Office, service: str, followers: list[str], tables: Mapping[str, str]) -> None:
    connection = await asyncpg.connect(office.database_url(service), timeout=10)
    try:
        if not await connection.fetchval("SELECT to_regclass('checkpoints') IS NOT NULL"):
            return  # a service that never ran has read nothing
        async with connection.transaction():
            await connection.execute(
                "UPDATE checkpoints SET position = 0, fingerprint = NULL, error = NULL, ready = false, "
                "changed_at = now() WHERE follower = ANY($1::text[])",
                followers,
            )
            for follower in followers:
                if follower in tables:
                    await connection.execute(f'TRUNCATE "{tables[follower]}"')
    finally:
        await connection.close()


async def timers_lost(client: Client, database: Database, known: Iterable[str | None], log: str | None) -> bool:
    """Tell whether the timers may have gone: with the log, or with a stream of theirs that was made anew."""
    known = [created for created in known if created]
    answer = json.loads((await client.request("$JS.API.STREAM.INFO.TIMERS", b"", timeout=10)).data)
    if "error" in answer or log is None or (known and log not in known):
        return True
    return any(
        [
            await database.fetchval(
                "SELECT $1::text::timestamptz - $2::text::timestamptz > make_interval(secs => $3)",
                answer["created"],
                created,
                _TOLERANCE_S,
            )
            for created in known
        ]
    )


async def until_open(client: Client, patience_s: float) -> dict[str, str]:
    """Have every service look at the log until it takes commands; return who does not, and why."""
    closed: dict[str, str] = {}
    with suppress(TimeoutError):
        async with asyncio.timeout(patience_s):
            while True:
                closed = {}
                for service in SERVICES:
                    health = await _health(client, service)
                    if health.get("status") != "ok":
                        closed[service] = str(health.get("reason") or "?")
                if not closed:
                    return {}
                await asyncio.sleep(_PAUSE_S)
    return closed


async def _health(client: Client, service: str) -> dict[str, Any]:
    try:
        await client.request(f"ops.{service}.check.answer", b"", timeout=2)
        await asyncio.sleep(_PAUSE_S)
        return dict(json.loads((await client.request(f"ops.{service}.health.answer", b"", timeout=2)).data))
    except (NatsError, TimeoutError):
        return {"reason": f"{service} does not answer"}
