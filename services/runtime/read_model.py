"""Read models: a table, the fold that fills it, and the rows of one batch written in one transaction."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from asyncpg import Connection
from asyncpg.pool import PoolConnectionProxy

from contracts.base import Event
from services.runtime.envelope import Fact

RowValues: TypeAlias = dict[str, Any]
Database: TypeAlias = "Connection[Any] | PoolConnectionProxy[Any]"
_FEW = 64


@dataclass(frozen=True)
class ReadModel:
    """One question's table and its fold.

    `project(row, fact)` returns the row after the fact, None to leave the table alone; `row` is None for a new key.
    `key(fact)` names the row a fact belongs to, None for a fact that does not matter. `columns` are PostgreSQL types by
    name and do not name the key. Rows carry the position of the last fact applied, so a second delivery changes
    nothing.
    """

    name: str
    version: int
    key_column: str
    columns: Mapping[str, str]
    indexes: tuple[str, ...]
    events: Mapping[str, type[Event]]
    key: Callable[[Fact], str | None]
    project: Callable[[RowValues | None, Fact], RowValues | None]

    @property
    def table(self) -> str:
        """The live table's name, with the version."""
        return f"{self.name}_v{self.version}"

    @property
    def column_names(self) -> tuple[str, ...]:
        """The columns that are written, in the table's order; generated ones are PostgreSQL's."""
        written = (name for name, kind in self.columns.items() if "GENERATED" not in kind)
        return (self.key_column, *written, "position")


def create_table_sql(model: ReadModel, table: str) -> str:
    """Return the statement that creates the table without its secondary indexes."""
    columns = ", ".join(f'"{name}" {kind}' for name, kind in model.columns.items())
    return (
        f'CREATE TABLE IF NOT EXISTS "{table}" '
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
        places = ", ".join(f"${place}" for place in range(1, len(names) + 1))
        changed = ", ".join(f'"{name}" = EXCLUDED."{name}"' for name in names[1:])
        conflict = f'ON CONFLICT ("{names[0]}") DO UPDATE SET {changed}'
        self._select = f'SELECT {quoted} FROM "{table}" WHERE "{names[0]}" = ANY($1::text[])'
        self._upsert = f'INSERT INTO "{table}" ({quoted}) VALUES ({places}) {conflict}'
        self._merge = f'INSERT INTO "{table}" ({quoted}) SELECT {quoted} FROM batch {conflict}'

    async def apply(self, database: Database, facts: Iterable[Fact]) -> int:
        """Apply facts in order inside the caller's transaction; return how many rows were written."""
        model = self._model
        keyed = [(key, fact) for fact in facts if (key := model.key(fact)) is not None]
        if not keyed:
            return 0
        keys = list({key for key, _ in keyed})
        before = {row[0]: dict(row) for row in await database.fetch(self._select, keys)}
        after: dict[str, RowValues] = {}
        for key, fact in keyed:
            row = after.get(key) or before.get(key)
            if row is not None and row["position"] >= fact.position:
                continue
            projected = model.project(row, fact)
            if projected is not None:
                after[key] = {**projected, model.key_column: key, "position": fact.position}
        await self._write(database, after, before)
        return len(after)

    async def _write(self, database: Database, after: Mapping[str, RowValues], before: Mapping[str, RowValues]) -> None:
        names = self._model.column_names
        records = [tuple(row[name] for name in names) for row in after.values()]
        if len(records) <= _FEW:
            await database.executemany(self._upsert, records)
            return
        new = [record for record in records if record[0] not in before]
        known = [record for record in records if record[0] in before]
        if new:
            await database.copy_records_to_table(self._table, records=new, columns=names)
        if known:
            await database.execute(f'CREATE TEMP TABLE batch (LIKE "{self._table}")')
            await database.copy_records_to_table("batch", records=known, columns=names)
            await database.execute(f"{self._merge}; DROP TABLE batch")
