"""The booking: its state, how events change it, and who may change it when."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from contracts import scheduling as words_of
from contracts.base import Event, Refused
from contracts.scheduling import BookingFacts, BookingStatus, SeenBooking, Want
from contracts.scheduling.weekly.refusals import CHANGE_IN_CALENDAR
from services.runtime.manifest import Aggregate, Given, Ref
from services.scheduling.deciders.bookable import BOOKABLE
from services.scheduling.deciders.calendar import calendar_refs, minute
from services.scheduling.deciders.common import told_period
from services.scheduling.deciders.series import SERIES

_MOST = 880
"""Aggregates of one decision: what it says of them is one batch of the log."""
ALIVE: frozenset[BookingStatus] = frozenset({"held", "pending", "booked", "waitlisted", "checked_in", "displaced"})
BOOKED: frozenset[BookingStatus] = frozenset({"booked", "checked_in", "displaced"})
STATUS_NAMES: dict[BookingStatus, tuple[str, str]] = {
    "held": ("được giữ chỗ", "held"),
    "pending": ("chờ duyệt", "waiting for approval"),
    "booked": ("được đặt", "booked"),
    "waitlisted": ("trong danh sách chờ", "on the waiting list"),
    "checked_in": ("nhận chỗ", "checked in"),
    "displaced": ("bị thay thế", "displaced"),
    "cancelled": ("hủy", "cancelled"),
    "rejected": ("không được duyệt", "not approved"),
    "released": ("trả chỗ", "released"),
}


@dataclass(frozen=True, slots=True)
class Booking:
    """What later decisions need of a booking.

    `until` ends a hold or the wait for approval; `lost` are things others took by authority, which it waits for.
    """

    status: BookingStatus | None = None
    facts: BookingFacts | None = None
    until: datetime | None = None
    approvals: int = 0
    confirmed: bool = False
    since: datetime | None = None
    lost: tuple[str, ...] = ()

    @property
    def about(self) -> BookingFacts:
        """What it is about; only to be asked of one that was made."""
        assert self.facts is not None
        return self.facts

    @property
    def stands(self) -> SeenBooking:
        """Its time and things as a speaker has to have seen them."""
        facts = self.about
        things = (*facts.things, *self.lost) or candidates(facts.wants)
        return SeenBooking(things=things, starts_at=facts.starts_at, ends_at=facts.ends_at)


def evolve(booking: Booking, event: Event) -> Booking:
    """Return the booking after an event."""
    if isinstance(event, BookingFacts):
        facts = BookingFacts.model_construct(**{name: getattr(event, name) for name in BookingFacts.model_fields})
        lost = booking.lost if isinstance(event, words_of.BookingDescribed) else ()
        booking = replace(booking, facts=facts, lost=lost)
    match event:
        case words_of.BookingHeld():
            return replace(booking, status="held", until=event.until)
        case words_of.BookingRequested():
            return replace(booking, status="pending", until=event.until, approvals=0)
        case words_of.BookingBooked():
            return replace(booking, status="booked", until=None)
        case words_of.BookingWaitlisted():
            return replace(booking, status="waitlisted", since=event.since)
        case words_of.BookingMoved():
            status: BookingStatus = "booked" if booking.status == "displaced" else booking.status or "booked"
            return replace(booking, status=status, confirmed=False)
        case words_of.ApprovalGiven():
            return replace(booking, approvals=event.step)
        case words_of.BookingConfirmed():
            return replace(booking, confirmed=True)
        case words_of.CheckedIn():
            return replace(booking, status="checked_in")
        case words_of.BookingDisplaced():
            return _displaced(booking, event)
    ended = _ENDINGS.get(type(event))
    return replace(booking, status=ended, until=None, lost=()) if ended else booking


_ENDINGS: dict[type[Event], BookingStatus] = {
    words_of.BookingCancelled: "cancelled",
    words_of.BookingRejected: "rejected",
    words_of.BookingReleased: "released",
}


def _displaced(booking: Booking, event: words_of.BookingDisplaced) -> Booking:
    facts = booking.facts
    if facts is None:
        return booking
    left = [(id, name) for id, name in zip(facts.things, facts.thing_names, strict=False) if id not in event.things]
    facts = facts.model_copy(
        update={"things": tuple(id for id, _ in left), "thing_names": tuple(name for _, name in left)}
    )
    return replace(booking, status="displaced", facts=facts, lost=(*booking.lost, *event.things))


BOOKING = Aggregate("booking", Booking(), evolve)


def candidates(wants: Iterable[Want]) -> tuple[str, ...]:
    """Return everything that is wanted, each once, in the order in which it is named."""
    return tuple(dict.fromkeys(id for want in wants for id in want.of))


def involving(things: Iterable[str], start: datetime, end: datetime) -> Iterator[Ref]:
    """Yield the things and the calendars that booking them for a time is decided over."""
    things = tuple(things)
    yield from (Ref(BOOKABLE, id) for id in things)
    yield from calendar_refs(things, minute(start), minute(end))


def each_once(refs: Iterable[Ref]) -> tuple[Ref, ...]:
    """Return references in their order, each aggregate once; raise Refused for more than one decision can be over."""
    found = tuple({(ref.aggregate.name, ref.id): ref for ref in refs}.values())
    if len(found) > _MOST:
        raise Refused(words_of.TOO_MUCH_AT_ONCE, count=len(found), limit=_MOST)
    return found


def involved(words: words_of.BookingCommand, given: Given) -> tuple[Ref, ...]:
    """Return what a command about one booking is decided over, as its speaker saw it; its series with it."""
    seen = words.seen
    refs = [Ref(BOOKING, words.booking_id)]
    series = series_of(words.booking_id)
    if series is not None:
        refs.append(Ref(SERIES, series))
    return each_once((*refs, *involving(seen.things, seen.starts_at, seen.ends_at)))


def series_of(booking_id: str) -> str | None:
    """Return the series a booking is a time of."""
    series, hyphen, _ = booking_id.partition("-")
    return series if hyphen else None


def expect_seen(booking: Booking, words: words_of.BookingCommand | words_of.Displacing) -> None:
    """Raise Refused for a booking that never was, is over, or stands otherwise than its speaker saw it."""
    if booking.status is None:
        raise Refused(words_of.BOOKING_UNKNOWN, booking_id=words.booking_id)
    if booking.status not in ALIVE:
        vi, en = STATUS_NAMES[booking.status]
        raise Refused(words_of.BOOKING_OVER, vi=vi, en=en)
    stands, seen = booking.stands, words.seen
    same_time = (stands.starts_at, stands.ends_at) == (seen.starts_at, seen.ends_at)
    if not same_time or set(stands.things) != set(seen.things):
        names = ", ".join(booking.about.thing_names)
        now = f"{told_period(stands.starts_at, stands.ends_at)} {names}".strip()
        raise Refused(words_of.BOOKING_CHANGED, now=now)


def expect_yours(booking: Booking, given: Given) -> None:
    """Raise Refused for a speaker who neither booked, nor is of the board, nor keeps calendars for the office."""
    facts, actor = booking.about, given.actor
    office = {"clerk", "leader", "service"} & set(actor.roles)
    of_board = actor.board is not None and actor.board == facts.board
    if not office and actor.id != facts.booked_by and not of_board:
        raise Refused(words_of.NOT_YOUR_BOOKING, holder=facts.holder, contact=facts.contact)


def expect_not_in_week(booking: Booking) -> None:
    """Raise Refused for a booking that is an item of a weekly calendar: it is changed there, with all it says."""
    if booking.facts is not None and booking.facts.week_id is not None:
        raise Refused(CHANGE_IN_CALENDAR, week_id=booking.facts.week_id)


def expect_not_past(booking: Booking, given: Given) -> None:
    """Raise Refused for a booking whose time has passed: what was, stays."""
    if booking.about.ends_at <= given.now:
        raise Refused(words_of.BOOKING_OVER, vi="kết thúc", en="over")
