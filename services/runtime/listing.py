"""Pages of rows from a read model: filters, a stated order, and a cursor that is the last row's place in it."""

import base64
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from asyncpg import DataError
from pydantic import BaseModel

from contracts.base import ListQuery, Page, Refused, Row
from services.runtime.problems import BAD_CURSOR
from services.runtime.read_model import Database, ReadModel
from services.runtime.text import fold

_LOOK_THROUGH = 1000


@dataclass
class Listing:
    """A page to be read; `order` names columns of the model whose values never are null, the last one unique."""

    model: ReadModel
    query: ListQuery
    row: type[Row]
    order: Sequence[str]
    make: Callable[[Mapping[str, Any]], dict[str, Any]] | None = None
    _conditions: list[str] = field(default_factory=list)
    _searches: list[str] = field(default_factory=list)
    _values: list[Any] = field(default_factory=list)

    def where(self, condition: str, value: object) -> "Listing":
        """Add a condition with `{}` for its value; a value of None adds nothing."""
        if value is not None:
            self._values.append(value)
            self._conditions.append(condition.format(f"${len(self._values)}"))
        return self

    def among(self, condition: str, value: object) -> "Listing":
        """Add a condition like `where`, one that few rows or many may meet and that an index of its own can answer."""
        if value is not None:
            self._values.append(value)
            self._searches.append(condition.format(f"${len(self._values)}"))
        return self

    def matching(self, column: str, text: str | None) -> "Listing":
        """Add a full-text condition: every word must occur, the last may be the beginning of one."""
        words = fold(text).split() if text else []
        if words:
            lexemes = " & ".join([f"'{word}'" for word in words[:-1]] + [f"'{words[-1]}':*"])
            return self.among(f"{column} @@ to_tsquery('simple', {{}})", lexemes)
        return self

    async def read(self, database: Database) -> BaseModel:
        """Return the page; raise Refused for a cursor that is not one of this order."""
        columns = {self.model.key_column: "text", **self.model.columns, "position": "bigint"}
        if self.query.cursor:
            self._after(self._place(self.query.cursor), columns)
        try:
            records = await self._records(database)
        except DataError:
            if self.query.cursor:
                raise Refused(BAD_CURSOR, field="cursor") from None
            raise
        shown = records[: self.query.limit]
        cursor = self.cursor([shown[-1][name] for name in self.order]) if len(records) > len(shown) else None
        return Page(rows=tuple(as_row(self.row, record, self.make) for record in shown), next_cursor=cursor)

    async def _records(self, database: Database) -> Sequence[Mapping[str, Any]]:
        """Fetch one row more than the page shows.

        A search looks through the next rows in order first: a common word or board fills the page there. A rarer one is
        found by its index. Left to itself PostgreSQL guesses, and a wrong guess costs a hundred times the right one.
        """
        direction = "DESC" if self.query.descending else "ASC"
        names = ", ".join(f'"{name}"' for name in self.model.column_names)
        order = ", ".join(f'"{name}" {direction}' for name in self.order)
        tail = f"ORDER BY {order} LIMIT {self.query.limit + 1}"
        plain, table = _where(self._conditions), f'"{self.model.table}"'
        if self._searches:
            next_rows = f"SELECT * FROM {table} {plain} ORDER BY {order} LIMIT {_LOOK_THROUGH}"
            found = await database.fetch(
                f"SELECT {names} FROM ({next_rows}) next_rows {_where(self._searches)} {tail}", *self._values
            )
            if len(found) > self.query.limit:
                return found
            places = ", ".join(f'"{name}"' for name in self.order)
            hits = f"SELECT {places} FROM {table} {_where([*self._conditions, *self._searches])}"
            page = f"WITH hits AS MATERIALIZED ({hits}) SELECT * FROM hits {tail}"
            return await database.fetch(
                f"SELECT {names} FROM {table} JOIN ({page}) page USING ({places}) ORDER BY {order}", *self._values
            )
        return await database.fetch(f"SELECT {names} FROM {table} {plain} {tail}", *self._values)

    def cursor(self, values: list[Any]) -> str:
        """Return the cursor of the page that begins behind the row with these values in the order's columns."""
        return base64.urlsafe_b64encode(json.dumps([self._orderly, *map(str, values)]).encode()).decode()

    def _place(self, cursor: str) -> list[str]:
        """Return the values a cursor stands at; raise Refused when it is none, or of another order."""
        try:
            orderly, *values = list(json.loads(base64.urlsafe_b64decode(cursor.encode())))
        except (ValueError, TypeError):
            orderly, values = None, []
        well_formed = len(values) == len(self.order) and all(isinstance(value, str) for value in values)
        if orderly != self._orderly or not well_formed:
            raise Refused(BAD_CURSOR, field="cursor")
        return [str(value) for value in values]

    @property
    def _orderly(self) -> str:
        return ("-" if self.query.descending else "+") + ",".join(self.order)

    def _after(self, values: list[str], columns: Mapping[str, str]) -> None:
        sign = "<" if self.query.descending else ">"
        left = ", ".join(f'"{name}"' for name in self.order)
        places = range(len(self._values) + 1, len(self._values) + 1 + len(values))
        right = ", ".join(
            f"CAST(${place}::text AS {columns[name].split()[0]})"
            for place, name in zip(places, self.order, strict=True)
        )
        self._conditions.append(f"({left}) {sign} ({right})")
        self._values.extend(values)


@dataclass(frozen=True)
class Lookup:
    """Rows of one key from several read models, made into one answer; `build` gets None for a row that is not there."""

    key: str
    models: tuple[ReadModel, ...]
    build: Callable[..., BaseModel]

    async def read(self, database: Database) -> BaseModel:
        """Read and build; what `build` raises passes through."""
        rows = []
        for model in self.models:
            names = ", ".join(f'"{name}"' for name in model.column_names)
            rows.append(
                await database.fetchrow(
                    f'SELECT {names} FROM "{model.table}" WHERE "{model.key_column}" = $1', self.key
                )
            )
        return self.build(*rows)


def as_row(
    kind: type[Row], record: Mapping[str, Any], make: Callable[[Mapping[str, Any]], dict[str, Any]] | None
) -> Row:
    """Return a contract row from a table's record: fields of the same name, and what `make` computes beside them."""
    values = {name: record[name] for name in kind.model_fields if name in record.keys()}  # noqa: SIM118 - asyncpg's `in` looks at values
    return kind.model_validate({**values, **(make(record) if make else {})})


def _where(conditions: Sequence[str]) -> str:
    return f"WHERE {' AND '.join(conditions)}" if conditions else ""
