"""Which bookings are there, for whom, and how does each stand?"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from pydantic import BaseModel, TypeAdapter
from pydantic_core import to_json

from contracts import scheduling as words_of
from contracts.base import Actor, Event
from contracts.scheduling import (
    BOOKING_EVENTS,
    ApprovalStep,
    BookingFacts,
    BookingRow,
    ListBookings,
    SeenBooking,
    Want,
)
from services.runtime.envelope import Fact, event_types
from services.runtime.listing import Listing
from services.runtime.manifest import QueryRule
from services.runtime.read_model import Database, ReadModel, RowValues
from services.scheduling.deciders.booking import candidates
from services.scheduling.read_models.board import midnight
from services.scheduling.read_models.site_names import SITES, read_site_names
from services.scheduling.read_models.slots import may_see

_WANTS: TypeAdapter[tuple[Want, ...]] = TypeAdapter(tuple[Want, ...])
_STEPS: TypeAdapter[tuple[ApprovalStep, ...]] = TypeAdapter(tuple[ApprovalStep, ...])
_FACTS = [name for name in BookingFacts.model_fields if name not in ("wants", "approval")]
_LISTS = ("things", "thing_names", "services")
_HIDDEN = ("title", "place", "holder", "contact", "document_number", "note")
_NEW: RowValues = {
    "approvals": 0,
    "lost": [],
    "until": None,
    "confirmed": False,
    "cause": None,
    "override_reason": None,
    "reason": None,
    "waiting_since": None,
}


def _project(row: RowValues | None, fact: Fact) -> RowValues | None:
    event = fact.event
    if row is None and not isinstance(event, BookingFacts):
        return None
    after: RowValues = {**row} if row else {**_NEW, "requested_at": fact.time}
    if isinstance(event, BookingFacts):
        after |= {name: getattr(event, name) for name in _FACTS}
        after |= {name: list(after[name]) for name in _LISTS}
        after["lost"] = after["lost"] if isinstance(event, words_of.BookingDescribed) else []
        after |= {"wants": _json(event.wants), "approval": _json(event.approval)}
    return after | _changes(after, event)


def _json(messages: tuple[Any, ...]) -> str:
    return to_json(messages, exclude_none=True).decode()


def _changes(row: RowValues, event: Event) -> RowValues:
    match event:
        case words_of.BookingHeld():
            return {"status": "held", "until": event.until}
        case words_of.BookingRequested():
            return {"status": "pending", "until": event.until, "approvals": 0}
        case words_of.BookingBooked():
            return {"status": "booked", "until": None, "override_reason": event.override_reason, "reason": None}
        case words_of.BookingWaitlisted():
            return {"status": "waitlisted", "waiting_since": event.since}
        case words_of.BookingMoved():
            status = "booked" if row["status"] == "displaced" else row["status"]
            return {"status": status, "confirmed": False, "reason": event.reason}
        case words_of.ApprovalGiven():
            return {"approvals": event.step}
        case words_of.BookingConfirmed():
            return {"confirmed": True}
        case words_of.CheckedIn():
            return {"status": "checked_in"}
        case words_of.BookingRejected() | words_of.BookingCancelled():
            status = "rejected" if isinstance(event, words_of.BookingRejected) else "cancelled"
            return {"status": status, "reason": event.reason, "until": None, "lost": []}
        case words_of.BookingReleased():
            return {"status": "released", "cause": event.cause, "until": None, "lost": []}
        case words_of.BookingDisplaced():
            left = [each for each in zip(row["things"], row["thing_names"], strict=True) if each[0] not in event.things]
            things, names = [id for id, _ in left], [name for _, name in left]
            lost = [*row["lost"], *event.things]
            return {"status": "displaced", "things": things, "thing_names": names, "lost": lost, "reason": event.reason}
    return {}


BOOKINGS = ReadModel(
    name="bookings",
    version=2,
    key_column="booking_id",
    columns={
        "status": "text NOT NULL",
        "title": "text NOT NULL",
        "wants": "text NOT NULL",
        "things": "text[] NOT NULL",
        "thing_names": "text[] NOT NULL",
        "starts_at": "timestamptz NOT NULL",
        "ends_at": "timestamptz NOT NULL",
        "site_id": "text",
        "place": "text",
        "priority": "text NOT NULL",
        "private": "boolean NOT NULL",
        "holder": "text NOT NULL",
        "contact": "text NOT NULL",
        "board": "text",
        "booked_by": "text NOT NULL",
        "series_id": "text",
        "document_number": "text",
        "attendees": "integer",
        "services": "text[] NOT NULL",
        "note": "text",
        "approval": "text NOT NULL",
        "confirm_by": "timestamptz",
        "release_at": "timestamptz",
        "week_id": "text",
        "lost": "text[] NOT NULL",
        "approvals": "integer NOT NULL",
        "until": "timestamptz",
        "confirmed": "boolean NOT NULL",
        "cause": "text",
        "override_reason": "text",
        "reason": "text",
        "waiting_since": "timestamptz",
        "requested_at": "timestamptz NOT NULL",
    },
    indexes=(
        "(starts_at, booking_id)",
        "(booked_by, starts_at, booking_id)",
        "(board, starts_at, booking_id)",
        "(status, starts_at, booking_id) WHERE status NOT IN ('booked', 'checked_in', 'cancelled')",
        "(series_id) WHERE series_id IS NOT NULL",
        "(confirm_by) WHERE confirm_by IS NOT NULL AND NOT confirmed",
        "USING gin (things)",
    ),
    events=event_types("scheduling", BOOKING_EVENTS),
    key=lambda fact: fact.id if fact.aggregate == "booking" else None,
    project=_project,
)
"""Every booking there ever was, as it stands."""


def made_for(actor: Actor, sites: Mapping[str, str]) -> Any:
    """Return what completes a row of bookings for a speaker: what is put together, and what is hidden from them."""

    def make(record: Mapping[str, Any]) -> dict[str, Any]:
        wants = _WANTS.validate_json(record["wants"])
        things = (*record["things"], *record["lost"]) or candidates(wants)
        seen = SeenBooking(things=things, starts_at=record["starts_at"], ends_at=record["ends_at"])
        told = {"wants": wants, "approval": _STEPS.validate_json(record["approval"]), "seen": seen}
        told["site_name"] = sites.get(record["site_id"] or "")
        hidden = {} if may_see(record, actor) else dict.fromkeys(_HIDDEN)
        return {**told, **hidden}

    return make


@dataclass(frozen=True)
class _Bookings:
    query: ListBookings
    actor: Actor

    async def read(self, database: Database) -> BaseModel:
        """Read what the sites are called, then the page."""
        return await _listing(self.query, self.actor, await read_site_names(database)).read(database)


def _listing(query: ListBookings, actor: Actor, sites: Mapping[str, str]) -> Listing:
    listing = Listing(BOOKINGS, query, BookingRow, ("starts_at", "booking_id"), made_for(actor, sites))
    return (
        listing.where("booked_by = {}", actor.id if query.mine else None)
        .where("board = {}", query.board)
        .where("status = {}", query.status)
        .where("series_id = {}", query.series_id)
        .where("starts_at >= {}", _midnight(query.from_day))
        .where("starts_at < {}", _midnight(query.to_day, 1))
        .among(
            "confirm_by IS NOT NULL AND NOT confirmed AND status = ANY({}::text[])",
            ["booked", "displaced"] if query.to_confirm else None,
        )
        .among("things @> {}::text[]", [query.bookable_id] if query.bookable_id else None)
    )


def _midnight(day: date | None, days: int = 0) -> datetime | None:
    return midnight(day + timedelta(days)) if day else None


LIST_BOOKINGS = QueryRule(ListBookings, (BOOKINGS, SITES), _Bookings)
