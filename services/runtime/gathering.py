"""Answers made of rows that several read models hold of one day or one thing, put together by a pure function."""

import base64
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple, TypeAlias, TypeVar
from zoneinfo import ZoneInfo

from pydantic import BaseModel

from contracts.base import ListQuery, Page, Query, Refused, Row
from services.runtime.problems import BAD_CURSOR
from services.runtime.read_model import Database, ReadModel

Record: TypeAlias = Mapping[str, Any]
Place: TypeAlias = tuple[str | int, ...]
R = TypeVar("R", bound=Row)
_OFFICE = ZoneInfo("Asia/Ho_Chi_Minh")
_TODAY = f"SELECT (now() AT TIME ZONE '{_OFFICE.key}')::date"


class Rows(NamedTuple):
    """The rows of one read model that a condition in SQL chooses, all where there is none; its values are $1, $2."""

    model: ReadModel
    condition: str = "true"
    values: tuple[object, ...] = ()


@dataclass(frozen=True)
class Gathering:
    """Rows of several read models, made into one answer; `build` gets a list of records for each part.

    For what an office has hundreds or thousands of; what it has in hundreds of thousands is a `Listing`. Each read
    model follows the log by itself, so one part may know a little more than another: `build` bears that.
    """

    parts: Sequence[Rows]
    build: Callable[..., BaseModel]

    async def read(self, database: Database) -> BaseModel:
        """Read and build; what `build` raises passes through."""
        found = []
        for model, condition, values in self.parts:
            names = ", ".join(f'"{name}"' for name in model.column_names)
            found.append(await database.fetch(f'SELECT {names} FROM "{model.table}" WHERE {condition}', *values))
        return self.build(*found)


@dataclass(frozen=True)
class OnADay:
    """A gathering of one day of the office: the day asked for, else that of the query's `as_of`, else today.

    Today is the database's, so that no query need read a clock; it is the day of a query with `as_of_position` too.
    """

    query: Query
    day: date | None
    gather: Callable[[date], Gathering]

    async def read(self, database: Database) -> BaseModel:
        """Find the day, and read what is gathered of it."""
        day = self.day
        if day is None and self.query.as_of is not None:
            day = self.query.as_of.astimezone(_OFFICE).date()
        return await self.gather(day or await database.fetchval(_TODAY)).read(database)


def page(query: ListQuery, rows: Iterable[R], place: Callable[[R], Place]) -> Page[R]:
    """Return a page of rows in the order of their places, each its own; raise Refused for a cursor of another list."""
    ordered = sorted(((place(row), row) for row in rows), key=lambda placed: placed[0], reverse=query.descending)
    order = ("-" if query.descending else "+") + str(getattr(query, "sort", ""))
    if query.cursor:
        behind = _place(query.cursor, order, ordered[0][0] if ordered else None)
        ordered = [placed for placed in ordered if (placed[0] < behind if query.descending else placed[0] > behind)]
    shown = ordered[: query.limit]
    cursor = _cursor(order, shown[-1][0]) if len(ordered) > len(shown) else None
    return Page(rows=tuple(row for _, row in shown), next_cursor=cursor)


def _cursor(order: str, place: Place) -> str:
    return base64.urlsafe_b64encode(json.dumps([order, *place]).encode()).decode()


def _place(cursor: str, order: str, like: Place | None) -> Place:
    """Return the place a cursor stands at; raise Refused when it is none, of another order, or unlike the rows'."""
    try:
        orderly, *place = list(json.loads(base64.urlsafe_b64decode(cursor.encode())))
    except (ValueError, TypeError):
        orderly, place = None, []
    if orderly != order or (like is not None and [type(part) for part in place] != [type(part) for part in like]):
        raise Refused(BAD_CURSOR, field="cursor")
    return tuple(place)
