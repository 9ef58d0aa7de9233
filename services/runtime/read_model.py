"""Read models: a table, the fold that fills it, and the rows of one batch written in one transaction."""

import asyncio
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, TypeAlias

from asyncpg import Connection, Pool
from asyncpg.pool import PoolConnectionProxy
from pydantic_core import to_json

from contracts.base import Event
from services.runtime.envelope import ANY, Fact

RowValues: TypeAlias = dict[str, Any]
Database: TypeAlias = "Connection[Any] | PoolConnectionProxy[Any]"
_MANY = 1000


class _Everything:
    def __contains__(self, _: object) -> bool:
        return True


_EVERYTHING = _Everything()


@dataclass(frozen=True)
class ReadModel:
    """One question's table and its fold.

    `project(row, fact)` returns the row after the fact, None to leave the table alone; `row` is None for a new key.
    `key(fact)` names the row a fact belongs to, None for a fact that does not matter. `columns` are PostgreSQL types by
    name and do not name the key. `whole` names a service all of whose event types must be known to the model. Rows
    carry the position of the last fact applied, so a second delivery changes nothing.
    """

    name: str
    version: int
    key_column: str
    columns: Mapping[str, str]
    indexes: tuple[str, ...]
    events: Mapping[str, type[Event]]
    key: Callable[[Fact], str | None]
    project: Callable[[RowValues | None, Fact], RowValues | None]
    whole: str | None = None

    @property
    def types(self) -> Container[str]:
        """The event types it takes, all there are and ever will be where it takes `ANY`."""
        return _EVERYTHING if ANY in self.events else frozenset(self.events)

    @property
    def table(self) -> str:
        """The live table's name, with the version."""
        return f"{self.name}_v{self.version}"

    @property
    def column_names(self) -> tuple[str, ...]:
        """The columns that are written, in the table's order; generated ones are PostgreSQL's."""
        written = (name for name, kind in self.columns.items() if "GENERATED" not in kind)
        return (self.key_column, *written, "position")


def create_table_sql(model: ReadModel, table: str, *, logged: bool = True, generated: bool = True) -> str:
    """Return the statement that creates the table without its secondary indexes.

    One that is not `logged` is empty after a crash; without `generated` it lacks the columns that PostgreSQL generates.
    """
    kept = model.columns if generated else model.column_names
    columns = ", ".join(f'"{name}" {kind}' for name, kind in model.columns.items() if name in kept)
    return (
        f'CREATE {"" if logged else "UNLOGGED "}TABLE IF NOT EXISTS "{table}" '
        f'("{model.key_column}" text PRIMARY KEY, {columns}, position bigint NOT NULL) '
        "WITH (fillfactor = 85, autovacuum_vacuum_scale_factor = 0.05)"
    )


def create_indexes_sql(model: ReadModel, table: str) -> list[str]:
    """Return the statements that create the secondary indexes; PostgreSQL names them, so tables can be renamed."""
    return [f'CREATE INDEX ON "{table}" {index}' for index in model.indexes]


class Fold:
    """Applies batches of facts to one table: rows fetched by key, facts applied in order, rows written."""

    def __init__(self, model: ReadModel, table: str) -> None:
        """Fold into the given table, which has the model's columns."""
        self._model = model
        self._table = table
        names = model.column_names
        quoted = ", ".join(f'"{name}"' for name in names)
        changed = ", ".join(f'"{name}" = EXCLUDED."{name}"' for name in names[1:])
        self._select = f'SELECT {quoted} FROM "{table}" WHERE "{names[0]}" = ANY($1::text[])'
        self._upsert = (
            f'INSERT INTO "{table}" ({quoted}) SELECT {quoted} FROM json_populate_recordset(NULL::"{table}", $1::json) '
            f'ON CONFLICT ("{names[0]}") DO UPDATE SET {changed}'
        )

    async def apply(self, database: Database, facts: Iterable[Fact]) -> int:
        """Apply facts in order inside the caller's transaction; return how many rows were written."""
        keyed = self.keyed(facts)
        if not keyed:
            return 0
        before = await self.fetch(database, {key for key, _ in keyed})
        after = self.project(keyed, dict(before))
        new = [row for key, row in after.items() if key not in before]
        await self.write(database, new, [row for key, row in after.items() if key in before])
        return len(after)

    def keyed(self, facts: Iterable[Fact]) -> list[tuple[str, Fact]]:
        """Return the facts that matter, each with the key of its row."""
        return [(key, fact) for fact in facts if (key := self._model.key(fact)) is not None]

    def project(self, keyed: Iterable[tuple[str, Fact]], rows: dict[str, RowValues]) -> dict[str, RowValues]:
        """Apply facts to `rows` in place and return those that changed; a fact a row already has is passed over."""
        model, changed = self._model, {}
        for key, fact in keyed:
            row = rows.get(key)
            if row is not None and row["position"] >= fact.position:
                continue
            try:
                projected = model.project(row, fact)
            except Exception as error:
                error.add_note(f"{model.name}, sequence {fact.sequence}, {fact.type}")
                raise
            if projected is not None:
                projected[model.key_column] = key
                projected["position"] = fact.position
                rows[key] = changed[key] = projected
        return changed

    async def fetch(self, database: Database, keys: Iterable[str]) -> dict[str, RowValues]:
        """Return the table's rows of these keys."""
        return {row[0]: dict(row) for row in await database.fetch(self._select, list(keys))}

    async def write(self, database: Database, new: Sequence[RowValues], known: Sequence[RowValues]) -> None:
        """Write rows that the table does not have yet, and rows that it has."""
        names = self._model.column_names
        if len(new) > _MANY:
            records = map(itemgetter(*names), new)
            await database.copy_records_to_table(self._table, records=records, columns=names)
            new = ()
        rows = [*new, *known]
        for start in range(0, len(rows), _MANY):
            part = [{name: row[name] for name in names} for row in rows[start : start + _MANY]]
            await database.execute(self._upsert, to_json(part).decode())


class BulkFold:
    """Folds a whole history into an empty table: rows stay in memory while they change, and are written behind.

    One write is on its way while the next rows are folded. `finish` must be called before the table is read.
    """

    def __init__(self, fold: Fold, pool: Pool, hold: int = 25_000) -> None:
        """Write through the pool, every `hold` rows."""
        self._fold = fold
        self._pool = pool
        self._hold = hold
        self._rows: dict[str, RowValues] = {}
        self._leaving: dict[str, RowValues] = {}
        self._written: set[str] = set()
        self._writing: asyncio.Task[None] | None = None

    async def apply(self, facts: Iterable[Fact]) -> None:
        """Fold facts in order; raises what the write before raised."""
        keyed = self._fold.keyed(facts)
        missing = {key for key, _ in keyed if key not in self._rows}
        for key in missing & self._leaving.keys():
            self._rows[key] = dict(self._leaving[key])
        gone = [key for key in missing if key not in self._rows and key in self._written]
        if gone:
            async with self._pool.acquire() as connection:
                self._rows.update(await self._fold.fetch(connection, gone))
        self._fold.project(keyed, self._rows)
        if len(self._rows) >= self._hold:
            await self._write_behind()

    async def finish(self) -> None:
        """Write what is held, and wait until all of it is in the table."""
        await self._write_behind()
        await self._settle()

    async def abandon(self) -> None:
        """Give up what is on its way to the table, so that the table can go."""
        if self._writing is not None:
            self._writing.cancel()
            await asyncio.gather(self._writing, return_exceptions=True)

    async def _write_behind(self) -> None:
        await self._settle()
        self._leaving, self._rows = self._rows, {}
        new = [row for key, row in self._leaving.items() if key not in self._written]
        known = [row for key, row in self._leaving.items() if key in self._written]
        self._written.update(self._leaving)
        self._writing = asyncio.create_task(self._write(new, known))

    async def _settle(self) -> None:
        if self._writing is not None:
            await self._writing
            self._writing = None

    async def _write(self, new: list[RowValues], known: list[RowValues]) -> None:
        async with self._pool.acquire() as connection, connection.transaction():
            await self._fold.write(connection, new, known)
