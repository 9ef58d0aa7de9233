"""Those who wait have their turn: what they want, or what they lost, is theirs as soon as all of it is free."""

from contracts import scheduling as words_of
from contracts.base import Refused
from services.runtime.manifest import Decision, Given, Seen
from services.scheduling.deciders.booking import Booking
from services.scheduling.deciders.booking_move import move
from services.scheduling.deciders.booking_request import book, drop_all, fixed
from services.scheduling.deciders.diary import Diary
from services.scheduling.deciders.placing import Busy, place


def promote_waiting(words: words_of.PromoteWaiting, given: Given, *seen: Seen) -> Decision:
    """A waiting booking is booked, a displaced one has its things back; quietly nothing until all of it is free."""
    diary, id, booking = Diary(seen), words.booking_id, seen[0].state
    if not _waits(booking, words, given):
        return ()
    facts = booking.about
    try:
        if booking.status == "displaced":
            move(diary, given, id, facts, fixed(booking), None)
            return diary.decision()
        placed = place(diary, given, id, facts)
    except (Busy, Refused):
        return ()
    drop_all(diary, id, booking)
    book(diary, given, id, facts, placed)
    return diary.decision()


def _waits(booking: Booking, words: words_of.PromoteWaiting, given: Given) -> bool:
    if booking.status != "waitlisted" and not booking.lost:
        return False
    stands, seen = booking.stands, words.seen
    same = set(stands.things) == set(seen.things) and stands.starts_at == seen.starts_at
    return same and stands.ends_at == seen.ends_at and booking.about.starts_at > given.now
