"""What is taken of which thing from when to when?"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from operator import itemgetter
from typing import Any, TypeAlias

from contracts import scheduling as words_of
from contracts.base import Actor, Refused
from contracts.scheduling import LONGEST_MINUTES, BusyRow
from services.runtime.envelope import Fact, event_types
from services.runtime.read_model import Database, ReadModel, RowValues

Record: TypeAlias = Sequence[Any]
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
_BUFFERED = ("thing", "booking_id", "starts_at", "ends_at", "before_minutes", "after_minutes", "site_id", "place")
"""What keeps a thing from being booked."""
_SHOWN = (
    "thing", "booking_id", "starts_at", "ends_at", "title", "holder", "contact", "place", "priority", "tentative",
    "overriding", "private",
)  # fmt: skip
_HIDDEN = dict.fromkeys(("title", "holder", "contact", "place"))
SHOWN_COLUMNS = ", ".join((*_SHOWN, "CASE WHEN private THEN booked_by END", "CASE WHEN private THEN board END"))
"""What `busy_rows` takes; whose a slot is need be known of what is private only."""
_FIELDS = ("bookable_id", *_SHOWN[1:])
_ALL_SET = set(BusyRow.model_fields)
_new, _assign = object.__new__, object.__setattr__


def taken_sql(columns: str) -> str:
    """Return the statement for what is taken of the things $1 from $2 to $3; `values_of` returns all it needs."""
    return f"""
        SELECT {columns} FROM "{SLOTS.table}"
        WHERE held AND NOT long AND thing = ANY($1::text[]) AND starts_at >= $4 AND starts_at < $3 AND ends_at > $2
        UNION ALL
        SELECT {columns} FROM "{SLOTS.table}"
        WHERE held AND long AND thing = ANY($1::text[]) AND starts_at >= $5 AND starts_at < $3 AND ends_at > $2
    """


_PLACE = itemgetter(0, 2, 1)
_TAKEN = taken_sql(SHOWN_COLUMNS)
_TAKEN_NEAR = taken_sql(", ".join(_BUFFERED))


def values_of(things: Sequence[str], start: datetime, end: datetime) -> tuple[Any, ...]:
    """Return the values of `taken_sql`."""
    return list(things), start, end, start - _LONG, start - _LONGEST


async def taken(database: Database, things: Sequence[str], start: datetime, end: datetime) -> Sequence[Record]:
    """Return what is taken of things in a time, by thing and time, for `busy_rows`."""
    found = await database.fetch(_TAKEN, *values_of(things, start, end))
    return sorted(found, key=_PLACE)


async def taken_near(
    database: Database, things: Sequence[str], start: datetime, end: datetime
) -> Sequence[Mapping[str, Any]]:
    """Return what is taken of things in a time or so near to it that its buffers matter."""
    found: Sequence[Mapping[str, Any]] = await database.fetch(
        _TAKEN_NEAR, *values_of(things, start - _NEAR, end + _NEAR)
    )
    return found


def expect_time(start: datetime, end: datetime, most_days: int | None = None) -> None:
    """Raise Refused for a time that ends before it begins, or is longer than can be searched."""
    if end <= start:
        raise Refused(words_of.ENDS_BEFORE_IT_BEGINS, "ends_at")
    if most_days is not None and end - start > timedelta(most_days):
        raise Refused(words_of.PERIOD_TOO_LONG, "ends_at", days=most_days)


def may_see(record: Mapping[str, Any], actor: Actor) -> bool:
    """Tell whether a speaker may see what a booking is for."""
    if not record["private"]:
        return True
    own = record["booked_by"] == actor.id or (actor.board is not None and record["board"] == actor.board)
    return own or not SEES_ALL.isdisjoint(actor.roles)


def busy_rows(records: Iterable[Record], actor: Actor) -> tuple[BusyRow, ...]:
    """Return slots with SHOWN_COLUMNS as a speaker may see them, in their order."""
    sees_all = not SEES_ALL.isdisjoint(actor.roles)
    rows = []
    for record in records:
        *told, booked_by, board = record
        row = dict(zip(_FIELDS, told, strict=True))
        if row["private"] and not sees_all and booked_by != actor.id and (board is None or board != actor.board):
            row |= _HIDDEN
        rows.append(_busy_row(row))
    return tuple(rows)


def _busy_row(told: dict[str, Any]) -> BusyRow:
    """Make a row without looking at its values: a board has thousands, and `model_construct` takes thrice as long."""
    row = _new(BusyRow)
    _assign(row, "__dict__", told)
    _assign(row, "__pydantic_fields_set__", _ALL_SET)
    _assign(row, "__pydantic_extra__", None)
    _assign(row, "__pydantic_private__", None)
    return row
