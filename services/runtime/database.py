"""PostgreSQL as a service sees it: its pool, its checkpoints, and the tables of its read models."""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import asyncpg
from asyncpg import Pool

from services.runtime.read_model import Database, ReadModel, create_indexes_sql, create_table_sql

UNREACHABLE = (
    asyncpg.PostgresConnectionError,
    asyncpg.OperatorInterventionError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
    OSError,
    TimeoutError,
)
"""What a statement raises when the server is not there, or goes away under it; the transaction is then gone."""
CHANNEL = "checkpoints"

_CHECKPOINTS = """
CREATE TABLE IF NOT EXISTS checkpoints (
    follower    text PRIMARY KEY,
    position    bigint NOT NULL,
    fingerprint text,
    ready       boolean NOT NULL DEFAULT false,
    error       text,
    changed_at  timestamptz NOT NULL DEFAULT now()
)"""


class Checkpoint(NamedTuple):
    """How far a follower has read: the last message's sequence and SHA-256, and why it stopped, if so."""

    follower: str
    position: int
    fingerprint: str | None
    ready: bool
    error: str | None


def fingerprint(payload: bytes) -> str:
    """Return the SHA-256 by which a message is recognised later."""
    return hashlib.sha256(payload).hexdigest()


async def open_pool(url: str, *, rebuildable: bool = False, size: int = 8) -> Pool:
    """Open a pool; `rebuildable` work is committed without waiting for the disk, since the log can repeat it.

    Questions are planned for their own values: a search for a common word and for a rare one go different ways. Nobody
    here changes a session, so none is reset when it comes back.
    """
    settings = {"synchronous_commit": "off"} if rebuildable else {"plan_cache_mode": "force_custom_plan"}
    pool = await asyncpg.create_pool(
        url,
        min_size=0,
        max_size=size,
        server_settings=settings,
        command_timeout=60,
        max_inactive_connection_lifetime=0,
        reset=_as_it_is,
    )
    try:
        await pool.fetchval("SELECT 1")
    except BaseException:
        pool.terminate()
        raise
    return pool


async def _as_it_is(_connection: object) -> None:
    """Leave a connection that comes back as it is."""


async def prepare(pool: Pool, models: tuple[ReadModel, ...], policies: tuple[str, ...] = ()) -> None:
    """Create what is missing: the checkpoints, and each model's table with its indexes and its checkpoint at 0."""
    async with pool.acquire() as connection, connection.transaction():
        await connection.execute("SELECT pg_advisory_xact_lock(hashtext(current_schema() || '.prepare'))")
        await connection.execute(_CHECKPOINTS)
        for model in models:
            if await connection.fetchval("SELECT to_regclass($1) IS NULL", f'"{model.table}"'):
                await connection.execute(create_table_sql(model, model.table))
                for statement in create_indexes_sql(model, model.table):
                    await connection.execute(statement)
                await connection.execute("DELETE FROM checkpoints WHERE follower = $1", model.table)
        for follower in (*(model.table for model in models), *policies):
            await connection.execute(
                "INSERT INTO checkpoints (follower, position) VALUES ($1, 0) ON CONFLICT DO NOTHING", follower
            )


async def checkpoints(database: "Database | Pool") -> dict[str, Checkpoint]:
    """Return every follower's checkpoint."""
    rows: list[Any] = await database.fetch("SELECT follower, position, fingerprint, ready, error FROM checkpoints")
    return {row[0]: Checkpoint(*row) for row in rows}


class Moved(Exception):
    """Somebody else moved this follower's checkpoint; read it again."""


async def lock_checkpoints(database: Database, expected: Mapping[str, int]) -> None:
    """Take followers' checkpoints for this transaction; raise Moved when one is not where it was left."""
    rows = await database.fetch(
        "SELECT follower, position FROM checkpoints WHERE follower = ANY($1::text[]) ORDER BY follower FOR UPDATE",
        list(expected),
    )
    found = {row[0]: row[1] for row in rows}
    if found != expected:
        raise Moved(f"{found} instead of {expected}")


async def move_checkpoints(
    database: Database, followers: Sequence[str], position: int, last_payload: bytes | None, *, at_head: bool
) -> None:
    """Move checkpoints together and tell those who wait for them, when the transaction commits.

    Without the last payload the fingerprint goes: the fence then has nothing to compare at this position.
    """
    await database.execute(
        "WITH moved AS (UPDATE checkpoints SET position = $2, fingerprint = $3, ready = ready OR $4, error = NULL, "
        "changed_at = now() WHERE follower = ANY($1::text[]) RETURNING follower, ready) "
        f"SELECT pg_notify('{CHANNEL}', current_schema() || ' ' || $2 || ' ' || "
        "string_agg(follower || ' ' || ready, ' ')) FROM moved HAVING count(*) > 0",
        list(followers),
        position,
        fingerprint(last_payload) if last_payload is not None else None,
        at_head,
    )


async def mark_ready(pool: Pool, followers: Sequence[str]) -> None:
    """Say that followers have come to the log's head where they are, as in an office with an empty log."""
    await pool.execute(
        "WITH marked AS (UPDATE checkpoints SET ready = true WHERE follower = ANY($1::text[]) AND NOT ready "
        f"RETURNING follower, position) SELECT pg_notify('{CHANNEL}', current_schema() || ' ' || position || ' ' || "
        "follower || ' true') FROM marked",
        list(followers),
    )


async def record_stop(pool: Pool, follower: str, error: str) -> None:
    """Write down why a follower stopped, for `status`."""
    await pool.execute("UPDATE checkpoints SET error = $2, changed_at = now() WHERE follower = $1", follower, error)
