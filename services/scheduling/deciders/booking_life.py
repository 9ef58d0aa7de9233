"""The life of a booking: described anew, confirmed, checked in, called off, or released because nobody used it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from contracts import scheduling as words_of
from contracts.base import Refused
from contracts.scheduling import ReleaseCause
from services.runtime.manifest import Decision, Given, Ref, Seen
from services.scheduling.deciders.booking import (
    BOOKED,
    BOOKING,
    STATUS_NAMES,
    Booking,
    expect_not_in_week,
    expect_not_past,
    expect_seen,
    expect_yours,
)
from services.scheduling.deciders.booking_request import drop_all, said
from services.scheduling.deciders.calendar import minute
from services.scheduling.deciders.common import limit, told
from services.scheduling.deciders.diary import Diary
from services.scheduling.deciders.series import note_in_series

_SAID = ("title", "private", "holder", "contact", "document_number", "attendees", "services", "note")


def booking_alone(words: words_of.BookingCommand, given: Given) -> Sequence[Ref]:
    """Return just the booking: no calendar changes."""
    return (Ref(BOOKING, words.booking_id),)


def describe_booking(words: words_of.DescribeBooking, given: Given, *seen: Seen) -> Decision:
    """What a booking says of itself is put right everywhere it is shown; its time and things stay."""
    diary, id, booking = Diary(seen), words.booking_id, seen[0].state
    expect_seen(booking, words)
    expect_not_in_week(booking)
    expect_yours(booking, given)
    facts = booking.about
    told_anew = {name: getattr(words, name) for name in _SAID if getattr(words, name) is not None}
    after = facts.model_copy(update=told_anew)
    if after == facts:
        return ()
    diary.say(BOOKING, id, words_of.BookingDescribed(**said(after)))
    slots = diary.slots(id, facts.things, minute(facts.starts_at), minute(facts.ends_at))
    for thing, slot in slots.items():
        new = replace(slot, title=after.title, private=after.private, holder=after.holder, contact=after.contact)
        if new != slot:
            diary.take(thing, new, tentative=booking.status in ("held", "pending"))
    return diary.decision()


def cancel_booking(words: words_of.CancelBooking, given: Given, *seen: Seen) -> Decision:
    """What a cancelled booking held is free in the same moment, and who waits for it is told."""
    diary, id, booking = Diary(seen), words.booking_id, seen[0].state
    if booking.status == "cancelled":
        return ()
    expect_seen(booking, words)
    expect_not_in_week(booking)
    expect_yours(booking, given)
    expect_not_past(booking, given)
    diary.say(BOOKING, id, words_of.BookingCancelled(reason=words.reason))
    drop_all(diary, id, booking)
    note_in_series(diary, id, "dropped", booking.about.starts_at, booking.about.ends_at, words.reason)
    return diary.decision()


def confirm_booking(words: words_of.ConfirmBooking, given: Given, *seen: Seen) -> Decision:
    """A booking that is confirmed is not released for want of it."""
    diary, booking = Diary(seen), seen[0].state
    _expect_booked(booking, words, given)
    if not booking.confirmed:
        diary.say(BOOKING, words.booking_id, words_of.BookingConfirmed())
    return diary.decision()


def check_in(words: words_of.CheckIn, given: Given, *seen: Seen) -> Decision:
    """Whoever comes says so shortly before the beginning or later; the booking is then in use."""
    diary, booking = Diary(seen), seen[0].state
    _expect_booked(booking, words, given)
    opens = booking.about.starts_at - timedelta(minutes=limit(given, "check_in_before_minutes"))
    if given.now < opens:
        raise Refused(words_of.TOO_EARLY_TO_CHECK_IN, from_=told(opens))
    if booking.status != "checked_in":
        diary.say(BOOKING, words.booking_id, words_of.CheckedIn())
    return diary.decision()


def release_unused(words: words_of.ReleaseUnused, given: Given, *seen: Seen) -> Decision:
    """What nobody confirmed, approved or used in time is free again; what changed since the timer was set stays."""
    diary, id, booking = Diary(seen), words.booking_id, seen[0].state
    if booking.status is None:
        return ()
    stands, due = booking.stands, _due(booking, words.cause)
    same = (set(stands.things), stands.starts_at, stands.ends_at) == (
        set(words.seen.things), words.seen.starts_at, words.seen.ends_at
    )  # fmt: skip
    if not same or due is None or due > given.now:
        return ()
    diary.say(BOOKING, id, words_of.BookingReleased(cause=words.cause))
    drop_all(diary, id, booking)
    note_in_series(diary, id, "dropped", booking.about.starts_at, booking.about.ends_at)
    return diary.decision()


def _due(booking: Booking, cause: ReleaseCause) -> datetime | None:
    match cause:
        case "hold_expired":
            return booking.until if booking.status == "held" else None
        case "not_approved_in_time":
            return booking.until if booking.status == "pending" else None
        case "not_confirmed":
            return booking.about.confirm_by if booking.status in BOOKED and not booking.confirmed else None
        case "never_free":
            return booking.about.starts_at if booking.status == "waitlisted" else None
        case "no_show":
            return booking.about.release_at if booking.status in ("booked", "displaced") else None


def _expect_booked(booking: Booking, words: words_of.BookingCommand, given: Given) -> None:
    expect_seen(booking, words)
    expect_yours(booking, given)
    expect_not_past(booking, given)
    if booking.status is not None and booking.status not in BOOKED:
        vi, en = STATUS_NAMES[booking.status]
        raise Refused(words_of.NOT_BOOKED, vi=vi, en=en)
