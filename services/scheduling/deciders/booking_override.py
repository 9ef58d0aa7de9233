"""Booking over others: by authority, for a reason, and visibly to whoever loses a thing by it."""

from collections.abc import Iterable, Sequence

from contracts import scheduling as words_of
from contracts.base import Refused
from contracts.scheduling import BookingFacts
from services.runtime.manifest import Decision, Given, Ref, Seen
from services.scheduling.deciders.booking import (
    BOOKING,
    Booking,
    candidates,
    each_once,
    expect_not_in_week,
    expect_seen,
    involving,
)
from services.scheduling.deciders.booking_request import asked, expect_to_come, period, said
from services.scheduling.deciders.calendar import Awaited, clash, minute, rank
from services.scheduling.deciders.diary import Diary
from services.scheduling.deciders.placing import Busy, Placed, place, take_all, with_things


def override_involves(words: words_of.BookOver, given: Given) -> Sequence[Ref]:
    """Return the new booking, those that are to give way, and everything all of them want or hold."""
    start, end = period(words, given)
    own = Ref(BOOKING, given.command_id.hex, new=True)
    others = [Ref(BOOKING, other.booking_id) for other in words.displaces]
    held = (
        ref
        for other in words.displaces
        for ref in involving(other.seen.things, other.seen.starts_at, other.seen.ends_at)
    )
    return each_once((own, *others, *involving(candidates(words.wants), start, end), *held))


def book_over(words: words_of.BookOver, given: Given, *seen: Seen) -> Decision:
    """Others lose just the things in the way, are told, and wait to have them back.

    A higher class never gives way, and nobody unnamed does.
    """
    diary, id = Diary(seen), seen[0].ref.id
    if seen[0].state.status is not None:
        return ()
    facts = asked(words, given, *period(words, given))
    expect_to_come(facts, given)
    expect_to_give_way(diary, facts, words.displaces)
    placed, displaced = place_over(diary, given, id, facts, words.displaces)
    whole = with_things(diary, given, facts, placed)
    event = words_of.BookingBooked(**said(whole), displaced=displaced, override_reason=words.reason)
    diary.say(BOOKING, id, event)
    for gone in displaced:
        give_way(diary, given, id, gone, whole, words.reason)
    take_all(diary, placed, overriding=True)
    return diary.decision()


def expect_to_give_way(diary: Diary, facts: BookingFacts, displaces: Iterable[words_of.Displacing]) -> None:
    """Raise Refused for bookings that stand otherwise than seen, are of a higher class, or are items of a week."""
    for other in displaces:
        booking: Booking = diary.state(BOOKING, other.booking_id)
        expect_seen(booking, other)
        expect_not_in_week(booking)
        if rank(booking.about.priority) < rank(facts.priority):
            raise Refused(words_of.OUTRANKED, holder=booking.about.holder, contact=booking.about.contact)


def place_over(
    diary: Diary, given: Given, id: str, facts: BookingFacts, displaces: Iterable[words_of.Displacing]
) -> tuple[Placed, tuple[words_of.DisplacedBooking, ...]]:
    """Return what a booking gets over those named, and what each of them loses; raise Refused where one is missing.

    One that is not in the way is not to be named either.
    """
    named = [other.booking_id for other in displaces]
    try:
        placed = place(diary, given, id, facts, named)
    except Busy as busy:
        raise Refused(words_of.DISPLACED_UNSEEN, held=busy.held) from None
    lost = {other: tuple(_lost(diary, placed, other)) for other in named}
    spared = next((other for other in named if not lost[other]), None)
    if spared is not None:
        raise Refused(words_of.NOTHING_DISPLACED, booking_id=spared)
    return placed, tuple(_displaced(diary, other, things) for other, things in lost.items())


def _lost(diary: Diary, placed: Placed, other: str) -> Iterable[str]:
    for thing, slot in placed.slots:
        terms = diary.thing(thing).terms
        if any(
            taken.booking_id == other and clash(taken, slot, terms.travel_inside_minutes, terms.travel_between_minutes)
            for taken in diary.clashes(thing, slot)
        ):
            yield thing


def _displaced(diary: Diary, other: str, things: tuple[str, ...]) -> words_of.DisplacedBooking:
    names = tuple(diary.thing(thing).name for thing in things)
    return words_of.DisplacedBooking(booking_id=other, things=things, thing_names=names)


def give_way(
    diary: Diary, given: Given, id: str, gone: words_of.DisplacedBooking, over: BookingFacts, reason: str
) -> None:
    """Let a booking lose things to one that is booked over it, tell it why, and have it wait for them."""
    booking: Booking = diary.state(BOOKING, gone.booking_id)
    facts = booking.about
    event = words_of.BookingDisplaced(
        by_booking_id=id,
        by=over.holder,
        by_contact=over.contact,
        things=gone.things,
        thing_names=gone.thing_names,
        reason=reason,
    )
    diary.say(BOOKING, gone.booking_id, event)
    start, end = minute(facts.starts_at), minute(facts.ends_at)
    diary.release(gone.booking_id, gone.things, start, end)
    displaced: Booking = diary.state(BOOKING, gone.booking_id)
    waiting = Awaited(gone.booking_id, start, end, facts.priority, given.now, displaced.stands.things)
    diary.await_(waiting, displaced.lost)
