"""Placing a booking: which of what is wanted it gets, so that it has all of it or nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from contracts import scheduling as words_of
from contracts.base import Refused
from contracts.scheduling import BookingFacts, Want
from services.runtime.manifest import Given
from services.scheduling.deciders.bookable import Bookable, against, reached
from services.scheduling.deciders.booking import candidates
from services.scheduling.deciders.calendar import Awaited, Slot, minute, moment
from services.scheduling.deciders.common import limit, told_period
from services.scheduling.deciders.diary import Diary

_ROOMS = ("room", "hall")


@dataclass(frozen=True)
class Placed:
    """What a booking gets: the slot of each thing, in the order of its wants, and where it then is."""

    slots: tuple[tuple[str, Slot], ...]
    site_id: str | None
    place: str | None

    @property
    def things(self) -> tuple[str, ...]:
        """The things it gets."""
        return tuple(thing for thing, _ in self.slots)


class Busy(Exception):
    """What is wanted is not free: who holds it, in words."""

    def __init__(self, held: str) -> None:
        super().__init__(held)
        self.held = held

    def with_others(
        self, diary: Diary, given: Given, id: str, facts: BookingFacts, places: Sequence[int], but: Sequence[str]
    ) -> "Busy":
        """Return this together with what else is not free."""
        try:
            _match(diary, given, id, facts, places, {}, but)
        except Busy as more:
            return Busy(f"{self.held}; {more.held}")
        return self

    def refused(self) -> Refused:
        """Return the refusal that tells who holds it, until when, and how they are reached."""
        return Refused(words_of.NOT_FREE, held=self.held)


def place(diary: Diary, given: Given, id: str, facts: BookingFacts, but: Sequence[str] = ()) -> Placed:
    """Return the first free thing for each want, bookings in `but` and its own counted as gone.

    Rooms come first, since where people meet says how far they have to travel. Raises Busy where all of it cannot be
    had, and Refused where the terms of what is wanted forbid it.
    """
    _expect_each_once(facts.wants)
    rooms = [place for place, want in enumerate(facts.wants) if _rooms_only(diary, want)]
    others = [place for place in range(len(facts.wants)) if place not in rooms]
    try:
        got = _match(diary, given, id, facts, rooms, {}, but)
    except Busy as busy:
        raise busy.with_others(diary, given, id, facts, others, but) from None
    room = next((diary.thing(got[place]) for place in rooms), None)
    if facts.place is None and facts.site_id is None and room is not None:
        facts = facts.model_copy(update={"site_id": room.site_id, "place": room.place or room.name})
    got |= _match(diary, given, id, facts, others, got, but)
    slots = tuple((got[place], slot_for(diary.thing(got[place]), id, facts)) for place in range(len(got)))
    return Placed(slots, facts.site_id, facts.place)


def slot_for(thing: Bookable, id: str, facts: BookingFacts) -> Slot:
    """Return the slot a booking takes of a thing."""
    return Slot(
        id,
        minute(facts.starts_at),
        minute(facts.ends_at),
        thing.terms.preparation_minutes,
        thing.terms.cleaning_minutes,
        facts.site_id,
        facts.place,
        facts.priority,
        facts.title,
        facts.private,
        facts.holder,
        facts.contact,
        facts.board,
        facts.booked_by,
    )


def with_things(diary: Diary, given: Given, facts: BookingFacts, placed: Placed) -> BookingFacts:
    """Return the facts of a booking that gets what was placed: the things, their names, where and until when."""
    there = {"things": placed.things, "site_id": placed.site_id, "place": placed.place}
    return renewed(diary, given, facts.model_copy(update=there))


def renewed(diary: Diary, given: Given, facts: BookingFacts) -> BookingFacts:
    """Return the facts with the names of its things as they are now, and when it is released unused."""
    known = [diary.thing(id) for id in facts.things]
    told = {"thing_names": tuple(thing.name for thing in known), "release_at": release_at(given, facts, known)}
    return facts.model_copy(update=told)


def release_at(given: Given, facts: BookingFacts, things: Sequence[Bookable]) -> datetime | None:
    """Return when a booking is released unless somebody checked in; None where nothing of it demands that.

    Long ones are exempt, and what is booked after its own grace would be over has the grace from now.
    """
    length = facts.ends_at - facts.starts_at
    exempt = length >= timedelta(minutes=limit(given, "check_in_exempt_minutes"))
    if exempt or not any(thing.terms.check_in for thing in things):
        return None
    at = max(facts.starts_at, given.now) + timedelta(minutes=limit(given, "check_in_grace_minutes"))
    return at if at < facts.ends_at else None


def take_all(diary: Diary, placed: Placed, *, tentative: bool = False, overriding: bool = False) -> None:
    """Take everything that was placed."""
    for thing, slot in placed.slots:
        diary.take(thing, slot, tentative=tentative, overriding=overriding)


def await_all(diary: Diary, id: str, facts: BookingFacts, since: datetime) -> None:
    """Put a booking on the waiting list of all that it wants."""
    start, end = minute(facts.starts_at), minute(facts.ends_at)
    things = candidates(facts.wants)
    diary.await_(Awaited(id, start, end, facts.priority, since, things), things)


def told_held(thing: Bookable, slots: Sequence[Slot]) -> str:
    """Return who holds a thing, until when, and how they are reached; of a private booking, who is asked instead."""
    told = []
    for slot in slots[:3]:
        period = told_period(moment(slot.start), moment(slot.end))
        who = reached(thing) if slot.private else f"{slot.holder}, {slot.contact}"
        told.append(f"{period}: {who}")
    return f"{thing.name} ({'; '.join(told)})"


def _rooms_only(diary: Diary, want: Want) -> bool:
    return all(diary.thing(id).kind in _ROOMS for id in want.of)


def _expect_each_once(wants: Sequence[Want]) -> None:
    named = [want.of[0] for want in wants if len(want.of) == 1]
    twice = next((id for id in named if named.count(id) > 1), None)
    if twice is not None:
        raise Refused(words_of.WANTED_TWICE, "wants", bookable_id=twice)


def _match(
    diary: Diary,
    given: Given,
    id: str,
    facts: BookingFacts,
    places: Sequence[int],
    taken: dict[int, str],
    but: Sequence[str],
) -> dict[int, str]:
    """Return a thing for each of these wants, no thing twice (augmenting paths)."""
    free: dict[int, list[str]] = {}
    held: list[str] = []
    for place in places:
        want = facts.wants[place]
        free[place] = []
        forbidden: list[Refused] = []
        busy: list[str] = []
        for thing in want.of:
            refused = against(
                diary.thing(thing), thing, given, facts.starts_at, facts.ends_at, facts.board, facts.priority
            )
            slots = () if refused else diary.clashes(thing, slot_for(diary.thing(thing), id, facts), but)
            if refused:
                forbidden.append(refused)
            elif slots:
                busy.append(told_held(diary.thing(thing), slots))
            elif thing not in taken.values():
                free[place].append(thing)
        if not free[place] and forbidden and not busy:
            raise forbidden[0]
        if not free[place]:
            held += busy
    if held:
        raise Busy("; ".join(held))
    return _matched(diary, facts.wants, free)


def _matched(diary: Diary, wants: Sequence[Want], free: dict[int, list[str]]) -> dict[int, str]:
    owner: dict[str, int] = {}

    def seek(place: int, tried: set[str]) -> bool:
        for thing in free[place]:
            if thing not in tried:
                tried.add(thing)
                if thing not in owner or seek(owner[thing], tried):
                    owner[thing] = place
                    return True
        return False

    for place in free:
        if not seek(place, set()):
            names = dict.fromkeys(diary.thing(thing).name for thing in wants[place].of)
            raise Busy(f"{wants[place].label or ', '.join(names)} ×2")
    return {place: thing for thing, place in owner.items()}
