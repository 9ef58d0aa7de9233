"""What is known of one booking: how it stands, what happened to it, and when is its turn?"""

from typing import Any

from pydantic_core import from_json, to_json

from contracts import scheduling as words_of
from contracts.base import Actor, Event, Refused
from contracts.scheduling import BOOKING_EVENTS, BookingHistoryRow, BookingRow, BookingView, GetBooking
from services.runtime.envelope import Fact, event_types
from services.runtime.gathering import Gathering, Record, Rows
from services.runtime.listing import as_row
from services.runtime.manifest import QueryRule
from services.runtime.read_model import ReadModel, RowValues
from services.scheduling.deciders.calendar import rank
from services.scheduling.read_models.bookings import BOOKINGS, made_for
from services.scheduling.read_models.site_names import SITES, named

_KEPT = ("starts_at", "ends_at", "thing_names", "reason", "cause", "note", "by", "override_reason", "held_by")


def _project(row: RowValues | None, fact: Fact) -> RowValues:
    return {
        "booking_id": fact.id,
        "type": fact.type.partition(".")[2],
        "told": to_json(_told(fact.event), exclude_none=True).decode(),
        "recorded_at": fact.time,
        "recorded_by": fact.actor,
    }


def _told(event: Event) -> dict[str, Any]:
    return {name: value for name in _KEPT if (value := getattr(event, name, None)) is not None}


BOOKING_TIMELINE = ReadModel(
    name="booking_timeline",
    version=1,
    key_column="fact",
    columns={
        "booking_id": "text NOT NULL",
        "type": "text NOT NULL",
        "told": "text NOT NULL",
        "recorded_at": "timestamptz NOT NULL",
        "recorded_by": "text NOT NULL",
    },
    indexes=("(booking_id)",),
    events=event_types("scheduling", BOOKING_EVENTS),
    key=lambda fact: f"{fact.id}@{fact.position}" if fact.aggregate == "booking" else None,
    project=_project,
)
"""Every fact of every booking; of what it was about, only what changes."""


def _history(record: Record, *, hidden: bool) -> BookingHistoryRow:
    told = from_json(record["told"])
    reasons = (told.get(name) for name in ("reason", "override_reason", "cause", "note", "held_by"))
    return BookingHistoryRow(
        recorded_at=record["recorded_at"],
        recorded_by=record["recorded_by"],
        type=record["type"],
        starts_at=told.get("starts_at"),
        ends_at=told.get("ends_at"),
        thing_names=told.get("thing_names", ()),
        reason=None if hidden else next((reason for reason in reasons if reason), None),
        position=record["position"],
    )


def _get(query: GetBooking, actor: Actor) -> Gathering:
    def build(bookings: list[Record], facts: list[Record], waiting: list[Record], sites: list[Record]) -> BookingView:
        if not bookings:
            raise Refused(words_of.BOOKING_UNKNOWN, booking_id=query.booking_id)
        row = as_row(BookingRow, bookings[0], made_for(actor, named(sites)))
        assert isinstance(row, BookingRow)
        ordered = sorted(facts, key=lambda fact: fact["position"])
        history = tuple(_history(fact, hidden=row.title is None) for fact in ordered)
        return BookingView(booking=row, history=history, turn=_turn(bookings[0], waiting))

    of_it = (query.booking_id,)
    # Those waiting for any of the same things at the same time.
    waiting = (
        f"status = 'waitlisted' AND EXISTS (SELECT 1 FROM \"{BOOKINGS.table}\" own WHERE own.booking_id = $1 "
        f"AND own.status = 'waitlisted' AND own.starts_at < \"{BOOKINGS.table}\".ends_at "
        f'AND "{BOOKINGS.table}".starts_at < own.ends_at)'
    )
    parts = (
        Rows(BOOKINGS, "booking_id = $1", of_it),
        Rows(BOOKING_TIMELINE, "booking_id = $1", of_it),
        Rows(BOOKINGS, waiting, of_it),
        Rows(SITES),
    )
    return Gathering(parts, build)


def _turn(booking: Record, waiting: list[Record]) -> int | None:
    if booking["status"] != "waitlisted":
        return None
    wanted = _wanted(booking)
    line = sorted(
        (rank(each["priority"]), each["waiting_since"], each["booking_id"])
        for each in waiting
        if wanted & _wanted(each)
    )
    return [id for _, _, id in line].index(booking["booking_id"]) + 1


def _wanted(booking: Record) -> set[str]:
    return {id for want in from_json(booking["wants"]) for id in want["of"]}


GET_BOOKING = QueryRule(GetBooking, (BOOKINGS, BOOKING_TIMELINE, SITES), _get)
