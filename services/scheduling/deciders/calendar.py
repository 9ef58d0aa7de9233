"""The calendar: what of one thing is taken in one month, so that no two bookings can ever have the same time of it.

Times are whole minutes since 1970 in UTC, each slot from its start, included, to its end, excluded. A slot stands in
the calendar of every month it comes near to: any two that could meet, buffers counted, are in one calendar at least,
and whoever takes one appends to that calendar with an expected sequence. So two can never both be taken.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from contracts import scheduling as words_of
from contracts.base import Event
from contracts.scheduling import PriorityClass
from services.runtime.manifest import Aggregate, Ref

_NEAR = 1440
"""Half of the longest buffer between two bookings: 1440 of preparation, 1200 of cleaning and 240 of travel."""
_PRIORITIES: tuple[PriorityClass, ...] = ("standing", "committee", "board", "division")


@dataclass(frozen=True, slots=True)
class Slot:
    """A time for which a thing is taken; `before` and `after` are minutes of preparation and cleaning."""

    booking_id: str
    start: int
    end: int
    before: int = 0
    after: int = 0
    site_id: str | None = None
    place: str | None = None
    priority: PriorityClass = "division"
    title: str = ""
    private: bool = False
    holder: str = ""
    contact: str = ""
    board: str | None = None
    booked_by: str = ""


@dataclass(frozen=True, slots=True)
class Awaited:
    """A booking that waits for a time of the thing, and everything it waits for."""

    booking_id: str
    start: int
    end: int
    priority: PriorityClass
    since: datetime
    things: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Calendar:
    """What is taken and awaited in a month; `terms` is the version of the thing's terms that was last noted here."""

    taken: tuple[Slot, ...] = ()
    awaited: tuple[Awaited, ...] = ()
    terms: int = 0


def evolve(calendar: Calendar, event: Event) -> Calendar:
    """Return the calendar after an event."""
    match event:
        case words_of.SlotTaken():
            return replace(calendar, taken=(*_taken_but(calendar, event.booking_id), slot_of(event)))
        case words_of.SlotReleased():
            return replace(calendar, taken=_taken_but(calendar, event.booking_id))
        case words_of.SlotAwaited():
            start, end = minute(event.starts_at), minute(event.ends_at)
            waiting = Awaited(event.booking_id, start, end, event.priority, event.since, event.things)
            return replace(calendar, awaited=(*_awaited_but(calendar, event.booking_id), waiting))
        case words_of.SlotAwaitedNoMore():
            return replace(calendar, awaited=_awaited_but(calendar, event.booking_id))
        case words_of.TermsNoted():
            return replace(calendar, terms=max(calendar.terms, event.version))
    return calendar


CALENDAR = Aggregate("calendar", Calendar(), evolve)


def minute(moment: datetime) -> int:
    """Return a moment as whole minutes since 1970 in UTC."""
    return int(moment.timestamp()) // 60


def moment(minute: int) -> datetime:
    """Return the moment of a minute, in UTC."""
    return datetime.fromtimestamp(minute * 60, UTC)


def calendar_ids(thing: str, start: int, end: int) -> tuple[str, ...]:
    """Return the ids of the calendars in which a slot of the thing stands: `<bookable>-<yyyy-mm>`, in their order."""
    first, last = moment(start - _NEAR), moment(end + _NEAR - 1)
    months = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return tuple(f"{thing}-{month // 12}-{month % 12 + 1:02}" for month in months)


def calendar_refs(things: Iterable[str], start: int, end: int) -> Iterator[Ref]:
    """Yield the calendars a booking of these things for this time is decided over."""
    for thing in things:
        for id in calendar_ids(thing, start, end):
            yield Ref(CALENDAR, id)


def slot_of(event: words_of.SlotTaken) -> Slot:
    """Return what an event says is taken."""
    return Slot(
        event.booking_id,
        minute(event.starts_at),
        minute(event.ends_at),
        event.before_minutes,
        event.after_minutes,
        event.site_id,
        event.place,
        event.priority,
        event.title,
        event.private,
        event.holder,
        event.contact,
        event.board,
        event.booked_by,
    )


def travel(one: Slot, other: Slot, inside: int, between: int) -> int:
    """Return the minutes from one place to another: none within a room, `between` where a site is not known."""
    if one.place is not None and (one.site_id, one.place) == (other.site_id, other.place):
        return 0
    return inside if one.site_id is not None and one.site_id == other.site_id else between


def clash(one: Slot, other: Slot, inside: int, between: int) -> bool:
    """Tell whether two slots of one thing cannot both be: they overlap, or too little time lies between them."""
    first, second = (one, other) if one.start <= other.start else (other, one)
    return first.end + first.after + second.before + travel(first, second, inside, between) > second.start


def clashes(
    calendars: Iterable[Calendar], slot: Slot, inside: int, between: int, but: Sequence[str] = ()
) -> tuple[Slot, ...]:
    """Return the slots of other bookings than `but` and its own that stand in its way, each once, by their start."""
    found = {
        taken.booking_id: taken
        for calendar in calendars
        for taken in calendar.taken
        if taken.booking_id != slot.booking_id and taken.booking_id not in but and clash(taken, slot, inside, between)
    }
    return tuple(sorted(found.values(), key=lambda taken: (taken.start, taken.booking_id)))


def next_in_line(calendar: Calendar, slot: Slot) -> tuple[words_of.NextInLine, ...]:
    """Return who waits for about the time of a slot: the higher class first, then who has waited longest."""
    near = (
        waiting
        for waiting in calendar.awaited
        if waiting.booking_id != slot.booking_id
        and waiting.start < slot.end + 2 * _NEAR
        and slot.start < waiting.end + 2 * _NEAR
    )
    return tuple(
        words_of.NextInLine(
            booking_id=waiting.booking_id,
            things=waiting.things,
            starts_at=moment(waiting.start),
            ends_at=moment(waiting.end),
        )
        for waiting in sorted(near, key=lambda waiting: (rank(waiting.priority), waiting.since, waiting.booking_id))
    )


def rank(priority: PriorityClass) -> int:
    """Return how far a class stands behind the highest one."""
    return _PRIORITIES.index(priority)


def taken_event(slot: Slot, *, tentative: bool = False, overriding: bool = False) -> words_of.SlotTaken:
    """Return the event that takes a slot."""
    return words_of.SlotTaken(
        booking_id=slot.booking_id,
        starts_at=moment(slot.start),
        ends_at=moment(slot.end),
        before_minutes=slot.before,
        after_minutes=slot.after,
        site_id=slot.site_id,
        place=slot.place,
        priority=slot.priority,
        title=slot.title,
        private=slot.private,
        holder=slot.holder,
        contact=slot.contact,
        board=slot.board,
        booked_by=slot.booked_by,
        tentative=tentative,
        overriding=overriding,
    )


def _taken_but(calendar: Calendar, booking_id: str) -> tuple[Slot, ...]:
    return tuple(slot for slot in calendar.taken if slot.booking_id != booking_id)


def _awaited_but(calendar: Calendar, booking_id: str) -> tuple[Awaited, ...]:
    return tuple(waiting for waiting in calendar.awaited if waiting.booking_id != booking_id)
