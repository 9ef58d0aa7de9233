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
    asyncpg.LockNotAvailableError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
    OSError,
    TimeoutError,
)
"""What a statement raises when the server is not there or goes away under it, or another holds a lock for too long; the
transaction is then gone."""
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

_KNOWN_LOG = """
CREATE TABLE IF NOT EXISTS known_log (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    created  text NOT NULL
)"""

_SKIPPED = """
CREATE TABLE IF NOT EXISTS skipped (
    follower text NOT NULL,
    sequence bigint NOT NULL,
    PRIMARY KEY (follower, sequence)
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


async def open_pool(url: str, *, rebuildable: bool = False, size: int = 8, schema: str | None = None) -> Pool:
    """Open a pool; `rebuildable` work is committed without waiting for the disk, since the log can repeat it.

    Questions are planned for their own values: a search for a common word and for a rare one go different ways. Nobody
    here changes a session, so none is reset when it comes back. With `schema`, names mean what is in that one alone.
    """
    settings = {"synchronous_commit": "off"} if rebuildable else {"plan_cache_mode": "force_custom_plan"}
    if schema is not None:
        settings["search_path"] = f'"{schema}"'
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


async def prepare(pool: Pool, models: tuple[ReadModel, ...], followers: tuple[str, ...] = ()) -> None:
    """Create what is missing: the checkpoints, each model's table with its indexes, and everybody's checkpoint at 0."""
    async with pool.acquire() as connection, connection.transaction():
        await connection.execute("SELECT pg_advisory_xact_lock(hashtext(current_schema() || '.prepare'))")
        await connection.execute(_CHECKPOINTS)
        await connection.execute(_KNOWN_LOG)
        await connection.execute(_SKIPPED)
        for model in models:
            if await connection.fetchval("SELECT to_regclass($1) IS NULL", f'"{model.table}"'):
                await connection.execute(create_table_sql(model, model.table))
                for statement in create_indexes_sql(model, model.table):
                    await connection.execute(statement)
                await connection.execute("DELETE FROM checkpoints WHERE follower = $1", model.table)
        for follower in (*(model.table for model in models), *followers):
            await connection.execute(
                "INSERT INTO checkpoints (follower, position) VALUES ($1, 0) ON CONFLICT DO NOTHING", follower
            )


async def skip(database: Database, follower: str, sequence: int) -> None:
    """Remember that a follower passes over a message, so that its table built anew passes over it too."""
    await database.execute("INSERT INTO skipped VALUES ($1, $2) ON CONFLICT DO NOTHING", follower, sequence)


async def skipped(database: "Database | Pool", schema: str) -> dict[str, frozenset[int]]:
    """Return the sequences each follower of a service's schema passes over."""
    rows: list[Any] = await database.fetch(
        f'SELECT follower, array_agg(sequence) FROM "{schema}".skipped GROUP BY follower'
    )
    return {follower: frozenset(sequences) for follower, sequences in rows}


async def known_log(database: "Database | Pool") -> str | None:
    """Return when the log was made that this service has worked with, as the broker tells it; None before any."""
    created: str | None = await database.fetchval("SELECT created FROM known_log")
    return created


async def know_log(database: "Database | Pool", created: str) -> None:
    """Take the log made at that time for the true one: the first one seen, or one that an operator put in its place."""
    await database.execute(
        "INSERT INTO known_log (created) VALUES ($1) ON CONFLICT (only_row) DO UPDATE SET created = EXCLUDED.created",
        created,
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


async def record_stop(pool: Pool, follower: str, error: str, position: int | None = None) -> bool:
    """Write down why a follower stopped; return False, with nothing written, when it is not at `position` any more."""
    found = await pool.fetchval(
        "UPDATE checkpoints SET error = $2, changed_at = now() "
        "WHERE follower = $1 AND position = coalesce($3, position) RETURNING true",
        follower,
        error,
        position,
    )
    return bool(found)


async def clear_stop(database: Database, follower: str) -> bool:
    """Let a stopped follower try again from where it stands; return whether it was stopped."""
    return bool(
        await database.fetchval(
            "UPDATE checkpoints SET error = NULL WHERE follower = $1 AND error IS NOT NULL RETURNING true", follower
        )
    )
