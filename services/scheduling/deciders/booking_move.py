"""Moving a booking: to another time, to other things, longer, shorter, or over now; it keeps its place until then."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from contracts import scheduling as words_of
from contracts.base import Refused
from contracts.scheduling import BookingFacts, Want
from services.runtime.manifest import Decision, Given, Ref, Seen
from services.scheduling.deciders.booking import (
    BOOKED,
    BOOKING,
    STATUS_NAMES,
    Booking,
    candidates,
    each_once,
    expect_not_in_week,
    expect_not_past,
    expect_seen,
    expect_yours,
    involved,
    involving,
)
from services.scheduling.deciders.booking_request import (
    approval_of,
    expect_fit,
    expect_to_come,
    fixed,
    pending_until,
    said,
)
from services.scheduling.deciders.calendar import Slot, minute
from services.scheduling.deciders.diary import Diary
from services.scheduling.deciders.placing import Busy, Placed, place, with_things
from services.scheduling.deciders.series import note_in_series


def move_involves(words: words_of.MoveBooking, given: Given) -> Sequence[Ref]:
    """Return the booking with what it holds, and what it is to have."""
    start, end = _new_period(words)
    expect_fit(given, start, end)
    things = candidates(words.wants) if words.wants else words.seen.things
    return each_once((*involved(words, given), *involving(things, start, end)))


def move_booking(words: words_of.MoveBooking, given: Given, *seen: Seen) -> Decision:
    """A booking has its new place at once or keeps the one it has."""
    diary, id, booking = Diary(seen), words.booking_id, seen[0].state
    expect_seen(booking, words)
    expect_not_in_week(booking)
    expect_yours(booking, given)
    expect_not_past(booking, given)
    if booking.status not in {*BOOKED, "pending"} or not booking.about.things:
        vi, en = STATUS_NAMES[booking.status]
        raise Refused(words_of.NOT_BOOKED, vi=vi, en=en)
    before, (start, end) = booking.about, _new_period(words)
    after = _elsewhere(before.model_copy(update={"starts_at": start, "ends_at": end}), words)
    expect_to_come(after, given)
    if words.wants in (None, before.wants) and after == before and booking.status != "displaced":
        return ()
    move(diary, given, id, after, words.wants or fixed(booking), words.reason)
    note_in_series(diary, id, "booked", start, end, words.reason)
    return diary.decision()


def end_booking(words: words_of.EndBooking, given: Given, *seen: Seen) -> Decision:
    """What is left of the time of a running booking is free at once."""
    diary, id, booking = Diary(seen), words.booking_id, seen[0].state
    expect_seen(booking, words)
    expect_not_in_week(booking)
    expect_yours(booking, given)
    facts = booking.about
    end = given.now.replace(second=0, microsecond=0) + timedelta(minutes=1 if given.now.second else 0)
    if booking.status not in BOOKED or not facts.starts_at < end < facts.ends_at:
        raise Refused(words_of.NOT_RUNNING)
    shorter = facts.model_copy(update={"ends_at": end, "release_at": None})
    say_moved(diary, id, facts, shorter, None)
    start, old_end = minute(facts.starts_at), minute(facts.ends_at)
    slots = diary.slots(id, facts.things, start, old_end)
    diary.release(id, booking.stands.things, start, old_end)
    for thing, slot in slots.items():
        diary.take(thing, replace(slot, end=minute(end)))
    return diary.decision()


def move(diary: Diary, given: Given, id: str, after: BookingFacts, wants: tuple[Want, ...], reason: str | None) -> None:
    """Say that a booking has another time or other things; raise Refused where it cannot have all of it."""
    booking: Booking = diary.state(BOOKING, id)
    before = booking.about
    try:
        placed = place(diary, given, id, after.model_copy(update={"wants": wants}))
    except Busy as busy:
        raise busy.refused() from None
    approval = approval_of(diary, given, placed.things)
    asks = approval and not _within(before, after, placed.things)
    after = with_things(diary, given, after.model_copy(update={"wants": wants}), placed)
    say_moved(diary, id, before, after, reason)
    diary.await_no_more(id, booking.lost, minute(before.starts_at), minute(before.ends_at))
    if asks:
        until = pending_until(given, after)
        pending = after.model_copy(update={"approval": approval})
        diary.say(BOOKING, id, words_of.BookingRequested(**said(pending), until=until))
    _retake(diary, id, before, placed, tentative=bool(asks) or booking.status == "pending")


def _retake(diary: Diary, id: str, before: BookingFacts, placed: Placed, *, tentative: bool) -> None:
    start, end = minute(before.starts_at), minute(before.ends_at)
    had = diary.slots(id, before.things, start, end)
    new: dict[str, Slot] = dict(placed.slots)
    left = [thing for thing, slot in had.items() if new.get(thing) != slot]
    diary.release(id, left, start, end)
    for thing, slot in placed.slots:
        if had.get(thing) != slot or tentative:
            diary.take(thing, slot, tentative=tentative)


def _within(before: BookingFacts, after: BookingFacts, things: Sequence[str]) -> bool:
    inside = before.starts_at <= after.starts_at and after.ends_at <= before.ends_at
    return inside and set(things) <= set(before.things)


def say_moved(diary: Diary, id: str, before: BookingFacts, after: BookingFacts, reason: str | None) -> None:
    """Say that a booking has another time, other things, or both."""
    event = words_of.BookingMoved(
        **said(after),
        from_starts_at=before.starts_at,
        from_ends_at=before.ends_at,
        from_things=before.things,
        reason=reason,
    )
    diary.say(BOOKING, id, event)


def _elsewhere(facts: BookingFacts, words: words_of.MoveBooking) -> BookingFacts:
    """Return the facts at the place that is said, or at that of a new room where other things are wanted."""
    if words.place is None and words.site_id is None and words.wants is None:
        return facts
    return facts.model_copy(update={"site_id": words.site_id, "place": words.place})


def _new_period(words: words_of.MoveBooking) -> tuple[datetime, datetime]:
    seen = words.seen
    start = words.starts_at or seen.starts_at
    end = words.ends_at or (start + (seen.ends_at - seen.starts_at) if words.starts_at else seen.ends_at)
    return start, end
