"""The diary of one decision: the things, calendars and bookings it is over, as they stand after each of its facts."""

from collections.abc import Iterable, Sequence
from typing import Any

from contracts import scheduling as words_of
from contracts.base import Event, Refused
from services.runtime.manifest import Aggregate, Decision, Seen
from services.scheduling.deciders.bookable import BOOKABLE, Bookable
from services.scheduling.deciders.calendar import (
    CALENDAR,
    Awaited,
    Calendar,
    Slot,
    calendar_ids,
    clashes,
    moment,
    next_in_line,
    taken_event,
)


class Diary:
    """What a decision has seen and said so far; `decision` is what it comes to, the home's own facts first."""

    def __init__(self, seen: Sequence[Seen]) -> None:
        """Begin with what was seen; the first is the command's own aggregate."""
        self._home = seen[0]
        self._seen = {(each.ref.aggregate.name, each.ref.id): each for each in seen}
        self._states = {key: each.state for key, each in self._seen.items()}
        self._said: list[tuple[Seen, Event]] = []

    def state(self, aggregate: Aggregate[Any], id: str) -> Any:
        """Return how an aggregate stands now."""
        return self._states[aggregate.name, id]

    def say(self, aggregate: Aggregate[Any], id: str, *events: Event) -> None:
        """Add facts that happen to an aggregate."""
        key = aggregate.name, id
        for event in events:
            self._said.append((self._seen[key], event))
            self._states[key] = aggregate.evolve(self._states[key], event)

    def decision(self) -> Decision:
        """Return every fact, those of the command's own aggregate first."""
        return sorted(self._said, key=lambda said: said[0] is not self._home)

    def thing(self, id: str) -> Bookable:
        """Return a thing."""
        thing: Bookable = self.state(BOOKABLE, id)
        return thing

    def clashes(self, id: str, slot: Slot, but: Sequence[str] = ()) -> tuple[Slot, ...]:
        """Return what stands in the way of a slot of a thing; raise Refused where memory of its terms is behind.

        A thing is not written to when it is booked, so nothing guards what is known of it; its calendars are, and each
        notes the version of its terms. The runtime looks at the log again before it tells anybody of a refusal.
        """
        thing, calendars = self.thing(id), self._calendars(id, slot.start, slot.end)
        if any(calendar.terms > thing.version for calendar in calendars):
            raise Refused(words_of.MEMORY_BEHIND, name=thing.name)
        terms = thing.terms
        return clashes(calendars, slot, terms.travel_inside_minutes, terms.travel_between_minutes, but)

    def take(self, id: str, slot: Slot, *, tentative: bool = False, overriding: bool = False) -> None:
        """Take a slot of a thing in every calendar it comes near to."""
        event = taken_event(slot, tentative=tentative, overriding=overriding)
        for calendar in calendar_ids(id, slot.start, slot.end):
            self.say(CALENDAR, calendar, event)

    def release(self, booking_id: str, things: Iterable[str], start: int, end: int) -> None:
        """Free what a booking has taken of things, telling who waits for it; and take it off their waiting lists."""
        things = tuple(things)
        for thing in things:
            for id in calendar_ids(thing, start, end):
                calendar: Calendar = self.state(CALENDAR, id)
                for slot in calendar.taken:
                    if slot.booking_id == booking_id:
                        self.say(CALENDAR, id, _released(calendar, slot))
        self.await_no_more(booking_id, things, start, end)

    def await_no_more(self, booking_id: str, things: Iterable[str], start: int, end: int) -> None:
        """Take a booking off the waiting lists of things."""
        for thing in things:
            for id in calendar_ids(thing, start, end):
                calendar: Calendar = self.state(CALENDAR, id)
                if any(waiting.booking_id == booking_id for waiting in calendar.awaited):
                    self.say(CALENDAR, id, words_of.SlotAwaitedNoMore(booking_id=booking_id))

    def slots(self, booking_id: str, things: Iterable[str], start: int, end: int) -> dict[str, Slot]:
        """Return what a booking has taken, by thing."""
        return {
            thing: slot
            for thing in things
            for calendar in self._calendars(thing, start, end)
            for slot in calendar.taken
            if slot.booking_id == booking_id
        }

    def await_(self, waiting: Awaited, among: Iterable[str]) -> None:
        """Put a booking on the waiting lists of some things; with them it names everything it then needs."""
        event = words_of.SlotAwaited(
            booking_id=waiting.booking_id,
            things=waiting.things,
            starts_at=moment(waiting.start),
            ends_at=moment(waiting.end),
            priority=waiting.priority,
            since=waiting.since,
        )
        for thing in among:
            for id in calendar_ids(thing, waiting.start, waiting.end):
                self.say(CALENDAR, id, event)

    def _calendars(self, thing: str, start: int, end: int) -> list[Calendar]:
        return [self.state(CALENDAR, id) for id in calendar_ids(thing, start, end)]


def _released(calendar: Calendar, slot: Slot) -> words_of.SlotReleased:
    return words_of.SlotReleased(
        booking_id=slot.booking_id,
        starts_at=moment(slot.start),
        ends_at=moment(slot.end),
        next=next_in_line(calendar, slot),
    )
