"""The vault: one key a person, in a table of the service's own and nowhere in the log; without it nobody is known."""

import base64
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple, TypeVar

import structlog
from asyncpg import LockNotAvailableError, Pool, Record, UndefinedTableError
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from pydantic import BaseModel

from contracts.base import Actor, Command, Meta, Personal, Query, Refused
from services.runtime.personal import found, holds_personal, opened, replaced, sealed, withheld
from services.runtime.problems import PERSON_ERASED, PERSONAL_NOT_OURS, PERSONAL_NOT_PLAIN
from services.runtime.read_model import Database

C = TypeVar("C", bound=Command)
A = TypeVar("A", bound=BaseModel)
KeyRow = dict[str, str | None]
"""A row of the table for a keys file: times in ISO 8601, the key in base64, None when it was destroyed."""

_logger = structlog.get_logger()
_ACQUIRE_S = 5
_COLUMNS = ("person", "key", "created_at", "erased_at", "erased_by", "erasure_reason")


class Standing(NamedTuple):
    """What a service knows of a person's key: since when (None: never had one), and when, by whom and why it went."""

    created_at: datetime | None
    erased_at: datetime | None
    erased_by: str | None
    reason: str | None


class Erased(NamedTuple):
    """An erasure as it stands; `rewritten` tells whether the table's file is free of the key too."""

    standing: Standing
    rewritten: bool


class KeysDiffer(Exception):
    """A keys file has another living key for a person than the table; which one is right is for the operator to say."""


class Vault:
    """Seals and opens what identifies people, for one service, whose role owns the schema of its name.

    No key is kept in memory beyond one call, so an erasure counts for every process at once.
    """

    def __init__(self, pool: Pool, service: str) -> None:
        """Keep keys through the pool in `personal_keys` of the service's schema; `prepare` creates it."""
        self._pool = pool
        self._service = service
        self._table = f'"{service}".personal_keys'

    async def prepare(self) -> None:
        """Create the table where it is missing."""
        async with self._pool.acquire(timeout=_ACQUIRE_S) as connection, connection.transaction():
            await connection.execute("SELECT pg_advisory_xact_lock(hashtext($1))", f"{self._service}.personal_keys")
            await connection.execute(
                f"CREATE TABLE IF NOT EXISTS {self._table} (person text PRIMARY KEY, key bytea, created_at timestamptz,"
                " erased_at timestamptz, erased_by text, erasure_reason text,"
                " CHECK ((key IS NULL) = (erased_at IS NOT NULL)), CHECK (length(key) = 32))"
            )

    # --- sealing and opening ----------------------------------------------------------------------------------------

    async def seal(self, command: C, meta: Meta) -> tuple[C, Refused | None]:
        """Return a command with every personal value sealed, and its refusal when it names an erased person.

        The refusal is for the decision to raise, since the same command may have been accepted before the erasure. Keys
        made here are on disk when this returns; a rehearsal makes none. Values that the service's own policies and
        timers pass on are sealed already and stay as they are. Raises Refused for what is not plain, or not of this
        service, and database errors.
        """
        own = "service" in meta.actor.roles
        values = list(found(command))
        for path, value in values:
            if value.text is None and not (own and value.sealed):
                raise Refused(PERSONAL_NOT_PLAIN, field=".".join(path))
        plain = {value.person for _, value in values if value.text is not None}
        keys = await self._keys_for({value.person for _, value in values}, set() if meta.rehearsal else plain)
        if meta.rehearsal:
            keys = {**{person: _new_key() for person in plain}, **keys}
        refused = None
        for path, value in values:
            key = keys.get(value.person)
            if value.sealed and (value.person not in keys or (key and self._shown(value, keys).hidden)):
                raise Refused(PERSONAL_NOT_OURS, field=".".join(path), person=value.person)
            if value.text is not None and key is None:
                refused = refused or Refused(PERSON_ERASED, field=".".join((*path, "person")), person=value.person)
        return replaced(command, lambda value: self._hidden_from_all(value, keys)), refused

    async def reveal(self, database: Database, answer: A, query: type[Query], actor: Actor) -> A:
        """Return an answer with its personal values open when the speaker has a role the query reveals them to.

        For all others they are withheld. An erased person's show as erased. Keys are read once an answer, through the
        connection that read it.
        """
        if not holds_personal(query.answer):
            return answer
        if query.reveals.isdisjoint(actor.roles):
            return replaced(answer, withheld)
        persons = {value.person for _, value in found(answer)}
        keys = await self._read(database, persons) if persons else {}
        return replaced(answer, lambda value: self._shown(value, keys))

    def _hidden_from_all(self, value: Personal, keys: Mapping[str, bytes | None]) -> Personal:
        if value.sealed:
            return value
        key = keys[value.person]
        return sealed(value, key, self._service) if key else Personal(person=value.person, hidden="erased")

    def _shown(self, value: Personal, keys: Mapping[str, bytes | None]) -> Personal:
        key = keys.get(value.person)
        if value.person in keys and key is None:
            return Personal(person=value.person, hidden="erased")
        try:
            return opened(value, key or b"", self._service)
        except (InvalidTag, ValueError) as error:
            reason = "no key" if key is None else type(error).__name__
            _logger.error("personal value does not open", service=self._service, person=value.person, reason=reason)
            return Personal(person=value.person, hidden="unreadable")

    async def _keys_for(self, persons: Collection[str], making: Collection[str]) -> dict[str, bytes | None]:
        """Return the keys of persons, those of `making` made where there is none; None is a destroyed key."""
        async with self._pool.acquire(timeout=_ACQUIRE_S) as connection:
            keys = await self._read(connection, persons)
            missing = sorted(set(making) - keys.keys())
            if not missing:
                return keys
            async with connection.transaction():
                await connection.execute("SET LOCAL synchronous_commit = on")
                await connection.execute(
                    f"INSERT INTO {self._table} (person, key, created_at) "
                    "SELECT person, key, now() FROM unnest($1::text[], $2::bytea[]) AS made(person, key) "
                    "ON CONFLICT DO NOTHING",
                    missing,
                    [_new_key() for _ in missing],
                )
            return await self._read(connection, persons)

    async def _read(self, database: Database, persons: Collection[str]) -> dict[str, bytes | None]:
        rows = await database.fetch(
            f"SELECT person, key FROM {self._table} WHERE person = ANY($1::text[])", list(persons)
        )
        return {row[0]: row[1] for row in rows}

    # --- erasing ----------------------------------------------------------------------------------------------------

    async def standing(self, person: str) -> Standing | None:
        """Return what is known of a person's key; None when the service never had one and was never told to erase."""
        try:
            row = await self._pool.fetchrow(
                f"SELECT created_at, erased_at, erased_by, erasure_reason FROM {self._table} WHERE person = $1", person
            )
        except UndefinedTableError:
            return None
        return Standing(*row) if row else None

    async def erase(self, person: str, reason: str, by: str) -> Erased:
        """Destroy a person's key for ever; the row stays without it, so that no new key is ever made for the person.

        Idempotent: when, by whom and why it was erased first is what stands. The table is then written anew, since
        PostgreSQL leaves old row versions in its file; with somebody reading it for longer than the role's lock timeout
        that is left out, and running this again does it.

        Beyond the reach of a statement are the write-ahead log (until its files are recycled: after two checkpoints or
        so, and wherever they are archived or replicated to), base backups, keys files exported before, and blocks the
        file system has freed but not overwritten.
        """
        await self.prepare()
        async with self._pool.acquire(timeout=_ACQUIRE_S) as connection, connection.transaction():
            await connection.execute("SET LOCAL synchronous_commit = on")
            row: Any = await connection.fetchrow(
                f"INSERT INTO {self._table} AS kept (person, erased_at, erased_by, erasure_reason) "
                "VALUES ($1, now(), $2, $3) ON CONFLICT (person) DO UPDATE SET key = NULL, "
                "erased_at = coalesce(kept.erased_at, EXCLUDED.erased_at), "
                "erased_by = coalesce(kept.erased_by, EXCLUDED.erased_by), "
                "erasure_reason = coalesce(kept.erasure_reason, EXCLUDED.erasure_reason) "
                "RETURNING created_at, erased_at, erased_by, erasure_reason",
                person,
                by,
                reason,
            )
        return Erased(Standing(*row), await self._rewrite())

    async def _rewrite(self) -> bool:
        """Write the table into a new file; return False when somebody held it for too long."""
        try:
            async with self._pool.acquire(timeout=_ACQUIRE_S) as connection, connection.transaction():
                await connection.execute(f"LOCK TABLE {self._table} IN ACCESS EXCLUSIVE MODE")
                # VACUUM would keep a row version that any old transaction of the database might still see.
                await connection.execute(
                    f"ALTER TABLE {self._table} ALTER COLUMN key TYPE bytea USING key || ''::bytea"
                )
        except LockNotAvailableError:
            return False
        return True

    # --- keys files -------------------------------------------------------------------------------------------------

    async def export_keys(self) -> list[KeyRow]:
        """Return every row for a keys file, ordered by person; whoever has them can read what the log has sealed."""
        try:
            rows = await self._pool.fetch(f"SELECT {', '.join(_COLUMNS)} FROM {self._table} ORDER BY person")
        except UndefinedTableError:
            return []
        return [_to_text(row) for row in rows]

    async def import_keys(self, rows: Sequence[KeyRow]) -> int:
        """Take over rows of a keys file in one transaction and return how many were new here; nothing comes back.

        An erasure wins, whether the file or the table knows of it. After restoring from a file that is older than an
        erasure, erase again whom the log's `audit.PersonErased` names. Raises KeysDiffer, with nothing taken over.
        """
        await self.prepare()
        columns = list(zip(*(_from_text(row) for row in rows), strict=True)) or [()] * len(_COLUMNS)
        async with self._pool.acquire(timeout=_ACQUIRE_S) as connection, connection.transaction():
            await connection.execute("SET LOCAL synchronous_commit = on")
            differing = await connection.fetchval(
                "SELECT string_agg(person, ', ') FROM unnest($1::text[], $2::bytea[]) AS file(person, key) "
                f"JOIN {self._table} kept USING (person) WHERE kept.key <> file.key",
                *columns[:2],
            )
            if differing:
                raise KeysDiffer(differing)
            taken: int = await connection.fetchval(
                f"WITH taken AS (INSERT INTO {self._table} AS kept ({', '.join(_COLUMNS)}) SELECT * FROM unnest("
                "$1::text[], $2::bytea[], $3::timestamptz[], $4::timestamptz[], $5::text[], $6::text[]) "
                "ON CONFLICT (person) DO UPDATE SET key = NULL, erased_at = EXCLUDED.erased_at, "
                "erased_by = EXCLUDED.erased_by, erasure_reason = EXCLUDED.erasure_reason "
                "WHERE kept.erased_at IS NULL AND EXCLUDED.erased_at IS NOT NULL RETURNING 1) "
                "SELECT count(*) FROM taken",
                *columns,
            )
        if any(row["key"] is None for row in rows):
            await self._rewrite()
        return taken


def _new_key() -> bytes:
    return AESGCM.generate_key(256)


def _to_text(row: Record) -> KeyRow:
    person, key, *times, by, reason = (row[name] for name in _COLUMNS)
    moments = [time.isoformat() if time else None for time in times]
    return dict(
        zip(_COLUMNS, (person, base64.b64encode(key).decode() if key else None, *moments, by, reason), strict=True)
    )


def _from_text(row: KeyRow) -> tuple[Any, ...]:
    person, key, *times, by, reason = (row[name] for name in _COLUMNS)
    moments = [datetime.fromisoformat(time) if time else None for time in times]
    return (person, base64.b64decode(key) if key else None, *moments, by, reason)
