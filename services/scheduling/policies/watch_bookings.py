"""Holds, approvals, confirmations, check-ins and waiting have their hour: what is not done by then is released."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from contracts import scheduling as words
from contracts.base import Event
from contracts.scheduling import BookingFacts, ReleaseCause, SeenBooking
from services.runtime.envelope import Fact, event_types
from services.runtime.manifest import At, Policy

_EVENTS: tuple[type[Event], ...] = (
    words.BookingHeld,
    words.BookingRequested,
    words.BookingWaitlisted,
    words.BookingBooked,
    words.BookingMoved,
)


def _react(fact: Fact) -> Iterable[At]:
    event = fact.event
    assert isinstance(event, BookingFacts)
    wanted = dict.fromkeys(id for want in event.wants for id in want.of)
    seen = SeenBooking(things=event.things or tuple(wanted), starts_at=event.starts_at, ends_at=event.ends_at)
    for at, cause in _dues(event):
        yield At(at, words.ReleaseUnused(booking_id=fact.id, seen=seen, cause=cause))


def _dues(event: BookingFacts) -> Iterator[tuple[datetime, ReleaseCause]]:
    if isinstance(event, words.BookingHeld):
        yield event.until, "hold_expired"
    elif isinstance(event, words.BookingRequested):
        yield event.until, "not_approved_in_time"
    elif isinstance(event, words.BookingWaitlisted):
        yield event.starts_at, "never_free"
    else:
        if event.confirm_by is not None:
            yield event.confirm_by, "not_confirmed"
        if event.release_at is not None:
            yield event.release_at, "no_show"


WATCH_BOOKINGS = Policy("watch_bookings", event_types("scheduling", _EVENTS), _react)
