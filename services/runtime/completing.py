"""Answers completed from other read models: the names of what a row names, and the day that is meant when none is."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple, Protocol, TypeAlias
from zoneinfo import ZoneInfo

from pydantic import BaseModel

from contracts.base import Page, Query
from services.runtime.read_model import Database, ReadModel

_HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
Found: TypeAlias = Mapping[str, Mapping[str, Any]]
"""Records of one read model by their key."""


class Reading(Protocol):
    """What is read from the database in one go, such as a Listing or a Gathering."""

    async def read(self, database: Database) -> BaseModel:
        """Read and build the answer."""


class Look(NamedTuple):
    """A read model in which to look up what rows name: `keys` gives the keys of one row, None for what it lacks."""

    model: ReadModel
    keys: Callable[[Any], Iterable[str | None]]


@dataclass(frozen=True)
class Completed:
    """An answer, or a page of rows, each completed by a pure function.

    `complete(row, day, *found)` gets the day the query means and what was found, by key, in each of `looks`.
    """

    reading: Reading
    query: Query
    looks: Sequence[Look]
    complete: Callable[..., BaseModel]

    async def read(self, database: Database) -> BaseModel:
        """Read, look up all that is named in it at once, and complete."""
        answer = await self.reading.read(database)
        rows: Sequence[Any] = answer.rows if isinstance(answer, Page) else (answer,)
        day = await day_meant(database, self.query)
        found = [
            await look_up(database, look.model, (key for row in rows for key in look.keys(row))) for look in self.looks
        ]
        completed = tuple(self.complete(row, day, *found) for row in rows)
        return answer.model_copy(update={"rows": completed}) if isinstance(answer, Page) else completed[0]


async def look_up(database: Database, model: ReadModel, keys: Iterable[str | None]) -> Found:
    """Return a read model's rows of these keys, each by its key."""
    wanted = sorted({key for key in keys if key is not None})
    if not wanted:
        return {}
    names = ", ".join(f'"{name}"' for name in model.column_names)
    records = await database.fetch(
        f'SELECT {names} FROM "{model.table}" WHERE "{model.key_column}" = ANY($1::text[])', wanted
    )
    return {record[0]: record for record in records}


async def day_meant(database: Database, query: Query) -> date:
    """Return the day a query is about: its `on`, else that of its `as_of`, else the office's today."""
    on: date | None = getattr(query, "on", None)
    if on is not None:
        return on
    if query.as_of is not None:
        return query.as_of.astimezone(_HANOI).date()
    today: date = await database.fetchval("SELECT (now() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date")
    return today
