"""What is taken of which thing from when to when?"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from operator import itemgetter
from typing import Any

from pydantic import BaseModel, TypeAdapter

from contracts import scheduling as words_of
from contracts.base import Actor
from contracts.scheduling import LONGEST_MINUTES, BusyRow
from services.runtime.envelope import Fact, event_types
from services.runtime.read_model import Database, ReadModel, RowValues

_MONTH = len("-2026-11")
_LONG = timedelta(days=1)
_LONGEST = timedelta(minutes=LONGEST_MINUTES)
_NEAR = timedelta(days=2)
_SAID = (
    "starts_at", "ends_at", "before_minutes", "after_minutes", "site_id", "place", "priority", "title", "private",
    "holder", "contact", "board", "booked_by", "tentative", "overriding",
)  # fmt: skip
SEES_ALL = frozenset({"leader", "clerk", "auditor"})
"""The roles to which private bookings of others are shown."""
_BUSY: TypeAdapter[tuple[BusyRow, ...]] = TypeAdapter(tuple[BusyRow, ...])


def _project(row: RowValues | None, fact: Fact) -> RowValues | None:
    """A slot that comes near two months is said in both calendars: the second time it is the same row.

    A release is of the time it names; one that comes after the thing was taken again for another time changes nothing.
    """
    event = fact.event
    if isinstance(event, words_of.SlotTaken):
        told = {name: getattr(event, name) for name in _SAID}
        long = event.ends_at - event.starts_at > _LONG
        return {**told, "thing": fact.id[:-_MONTH], "booking_id": event.booking_id, "long": long, "held": True}
    assert isinstance(event, words_of.SlotReleased)
    if row is None or (row["starts_at"], row["ends_at"]) != (event.starts_at, event.ends_at):
        return None
    return {**row, "held": False}


def _key(fact: Fact) -> str:
    event = fact.event
    assert isinstance(event, words_of.SlotTaken | words_of.SlotReleased)
    return f"{fact.id[:-_MONTH]}@{event.booking_id}"


SLOTS = ReadModel(
    name="slots",
    version=1,
    key_column="slot",
    columns={
        "thing": "text NOT NULL",
        "booking_id": "text NOT NULL",
        "starts_at": "timestamptz NOT NULL",
        "ends_at": "timestamptz NOT NULL",
        "before_minutes": "integer NOT NULL",
        "after_minutes": "integer NOT NULL",
        "site_id": "text",
        "place": "text",
        "priority": "text NOT NULL",
        "title": "text NOT NULL",
        "private": "boolean NOT NULL",
        "holder": "text NOT NULL",
        "contact": "text NOT NULL",
        "board": "text",
        "booked_by": "text NOT NULL",
        "tentative": "boolean NOT NULL",
        "overriding": "boolean NOT NULL",
        "long": "boolean NOT NULL",
        "held": "boolean NOT NULL",
    },
    indexes=("(thing, starts_at) WHERE held AND NOT long", "(thing, starts_at) WHERE held AND long"),
    events=event_types("scheduling", (words_of.SlotTaken, words_of.SlotReleased)),
    key=_key,
    project=_project,
)
"""One row for each thing of each booking; those longer than a day have an index of their own.

So a board of some days looks at the slots of those days and the day before, however many years there were.
"""
_NAMES = ", ".join(f'"{name}"' for name in ("thing", "booking_id", *_SAID))
_TAKEN = f"""
    SELECT {_NAMES} FROM "{SLOTS.table}"
    WHERE held AND NOT long AND thing = ANY($1::text[]) AND starts_at >= $4 AND starts_at < $3 AND ends_at > $2
    UNION ALL
    SELECT {_NAMES} FROM "{SLOTS.table}"
    WHERE held AND long AND thing = ANY($1::text[]) AND starts_at >= $5 AND starts_at < $3 AND ends_at > $2
"""


async def taken(
    database: Database, things: Sequence[str], start: datetime, end: datetime
) -> Sequence[Mapping[str, Any]]:
    """Return what is taken of things in a time, in no order."""
    found: Sequence[Mapping[str, Any]] = await database.fetch(
        _TAKEN, list(things), start, end, start - _LONG, start - _LONGEST
    )
    return found


async def taken_near(
    database: Database, things: Sequence[str], start: datetime, end: datetime
) -> Sequence[Mapping[str, Any]]:
    """Return what is taken of things in a time or so near to it that its buffers matter."""
    return await taken(database, things, start - _NEAR, end + _NEAR)


def may_see(record: Mapping[str, Any], actor: Actor) -> bool:
    """Tell whether a speaker may see what a booking is for."""
    if not record["private"]:
        return True
    own = record["booked_by"] == actor.id or (actor.board is not None and record["board"] == actor.board)
    return own or not SEES_ALL.isdisjoint(actor.roles)


def busy_rows(records: Iterable[Mapping[str, Any]], actor: Actor) -> tuple[BusyRow, ...]:
    """Return slots as a speaker may see them, by thing and time; all are made at once, since a board has thousands."""
    ordered = sorted(records, key=itemgetter("thing", "starts_at", "booking_id"))
    return _BUSY.validate_python([_shown(record, may_see(record, actor)) for record in ordered])


def _shown(record: Mapping[str, Any], seen: bool) -> dict[str, Any]:
    return {
        "bookable_id": record["thing"],
        "booking_id": record["booking_id"],
        "starts_at": record["starts_at"],
        "ends_at": record["ends_at"],
        "title": record["title"] if seen else None,
        "holder": record["holder"] if seen else None,
        "contact": record["contact"] if seen else None,
        "place": record["place"] if seen else None,
        "priority": record["priority"],
        "tentative": record["tentative"],
        "overriding": record["overriding"],
        "private": record["private"],
    }


@dataclass(frozen=True)
class SlotsOf:
    """The slots of named things in a time, made into one answer."""

    things: Sequence[str]
    starts_at: datetime
    ends_at: datetime
    build: Any

    async def read(self, database: Database) -> BaseModel:
        """Read and build."""
        answer: BaseModel = self.build(await taken(database, self.things, self.starts_at, self.ends_at))
        return answer
