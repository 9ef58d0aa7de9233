"""Asking for people and things: booked at once, held, waiting for approval, or on the waiting list."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from contracts import scheduling as words_of
from contracts.base import Refused
from contracts.scheduling import ApprovalStep, BookingDetails, BookingFacts, PriorityClass, Timed
from services.runtime.manifest import Decision, Given, Ref, Seen
from services.scheduling.deciders.booking import (
    BOOKING,
    Booking,
    candidates,
    each_once,
    expect_seen,
    expect_yours,
    involving,
)
from services.scheduling.deciders.calendar import minute, rank
from services.scheduling.deciders.common import PRIORITY_NAMES, limit, today, told
from services.scheduling.deciders.diary import Diary
from services.scheduling.deciders.placing import Busy, Placed, await_all, place, take_all, with_things

_MOST_CANDIDATES = 120
_OWN = ("priority", "holder", "board")


def request_involves(words: words_of.BookThings, given: Given) -> Sequence[Ref]:
    """Return the new booking, and all it wants with their calendars."""
    start, end = period(words, given)
    own = Ref(BOOKING, given.command_id.hex, new=True)
    return each_once((own, *involving(candidates(words.wants), start, end)))


def book_things(words: words_of.BookThings, given: Given, *seen: Seen) -> Decision:
    """All of it is booked or none; what needs approval waits for it, what is only held has its countdown."""
    diary, id = Diary(seen), seen[0].ref.id
    if seen[0].state.status is not None:
        return ()
    facts = asked(words, given, *period(words, given))
    expect_to_come(facts, given)
    try:
        placed = place(diary, given, id, facts)
    except Busy as busy:
        if words.if_busy == "refuse" or words.hold:
            raise busy.refused() from None
        event = words_of.BookingWaitlisted(**said(facts), since=given.now, held_by=busy.held)
        diary.say(BOOKING, id, event)
        await_all(diary, id, facts, given.now)
        return diary.decision()
    if words.hold:
        held = with_things(diary, given, facts, placed)
        until = given.now + timedelta(minutes=limit(given, "hold_minutes"))
        diary.say(BOOKING, id, words_of.BookingHeld(**said(held), until=until))
        take_all(diary, placed, tentative=True)
    else:
        book(diary, given, id, facts, placed)
    return diary.decision()


def book(diary: Diary, given: Given, id: str, facts: BookingFacts, placed: Placed) -> None:
    """Book what was placed; where a thing needs approval, ask for it, blocking meanwhile if all such things say so."""
    approval = approval_of(diary, given, placed.things)
    whole = with_things(diary, given, facts.model_copy(update={"approval": approval}), placed)
    if not approval:
        diary.say(BOOKING, id, words_of.BookingBooked(**said(whole)))
        take_all(diary, placed)
        return
    until = pending_until(given, facts)
    blocks = all(thing.terms.pending_blocks for thing in map(diary.thing, placed.things) if thing.terms.approval)
    if not blocks:
        whole = whole.model_copy(update={"things": (), "thing_names": ()})
    diary.say(BOOKING, id, words_of.BookingRequested(**said(whole), until=until))
    if blocks:
        take_all(diary, placed, tentative=True)


def pending_until(given: Given, facts: BookingFacts) -> datetime:
    """Return how long a booking may wait for approval: until it begins at most, or ends where it has begun."""
    last = facts.starts_at if facts.starts_at > given.now else facts.ends_at
    return min(given.now + timedelta(minutes=limit(given, "pending_minutes")), last)


def confirm_hold(words: words_of.ConfirmHold, given: Given, *seen: Seen) -> Decision:
    """What was held is booked as the form says now, unless the countdown has ended."""
    diary, id, booking = Diary(seen), words.booking_id, seen[0].state
    expect_seen(booking, words)
    expect_yours(booking, given)
    if booking.status != "held":
        raise Refused(words_of.NOT_HELD)
    if booking.until is not None and booking.until <= given.now:
        raise Refused(words_of.HOLD_EXPIRED, until=told(booking.until))
    facts = asked(words, given, booking.about.starts_at, booking.about.ends_at, wants=booking.about.wants)
    placed = place(diary, given, id, facts.model_copy(update={"wants": fixed(booking)}))
    drop_all(diary, id, booking)
    book(diary, given, id, facts, placed)
    return diary.decision()


def drop_all(diary: Diary, id: str, booking: Booking) -> None:
    """Free what a booking holds, and take it off every waiting list."""
    stands = booking.stands
    diary.release(id, stands.things, minute(stands.starts_at), minute(stands.ends_at))


def fixed(booking: Booking) -> tuple[words_of.Want, ...]:
    """Return wants for exactly what a booking holds."""
    return tuple(words_of.Want(of=(id,)) for id in booking.stands.things)


def period(words: Timed, given: Given) -> tuple[datetime, datetime]:
    """Return from when to when; the usual length where no end is given. Raise Refused for what no booking can be."""
    end = words.ends_at or words.starts_at + timedelta(minutes=limit(given, "usual_length_minutes"))
    expect_fit(given, words.starts_at, end)
    if len(candidates(words.wants)) > _MOST_CANDIDATES:
        raise Refused(words_of.TOO_MANY_CANDIDATES, "wants", limit=_MOST_CANDIDATES)
    return words.starts_at, end


def expect_fit(given: Given, start: datetime, end: datetime) -> None:
    """Raise Refused for a time that ends before it begins, is longer than the office allows, or too far ahead."""
    if end <= start:
        raise Refused(words_of.ENDS_BEFORE_IT_BEGINS, "ends_at")
    longest = min(limit(given, "longest_minutes"), words_of.LONGEST_MINUTES)
    if end - start > timedelta(minutes=longest):
        raise Refused(words_of.TOO_LONG, "ends_at", limit=longest)
    days = limit(given, "ahead_days")
    if start > given.now + timedelta(days):
        raise Refused(words_of.TOO_FAR_AHEAD, "starts_at", days=days)


def expect_to_come(facts: BookingFacts, given: Given) -> None:
    """Raise Refused for a time that is over; one that has begun may still be booked for what is left of it."""
    if facts.ends_at <= given.now:
        raise Refused(words_of.IN_THE_PAST, "starts_at")


def asked(
    words: BookingDetails,
    given: Given,
    start: datetime,
    end: datetime,
    *,
    wants: tuple[words_of.Want, ...] | None = None,
) -> BookingFacts:
    """Return what is asked for, with the speaker's own class and name where none is said."""
    details = {name: getattr(words, name) for name in BookingDetails.model_fields if name not in _OWN}
    return BookingFacts(
        **details,
        wants=words.wants if isinstance(words, Timed) else wants or (),
        starts_at=start,
        ends_at=end,
        priority=priority_of(words, given),
        holder=words.holder or given.actor.name,
        board=board_of(words, given),
        booked_by=given.actor.id,
    )


def board_of(words: BookingDetails, given: Given) -> str | None:
    """Return whose booking it is: the office books for any board, everybody else for their own."""
    own = given.actor.board
    if words.board in (None, own):
        return own
    if not {"clerk", "leader"} & set(given.actor.roles):
        raise Refused(words_of.BOARD_NOT_YOURS, "board", board=words.board)
    return words.board


def priority_of(words: BookingDetails, given: Given) -> PriorityClass:
    """Return the class claimed, else the speaker's usual one; raise Refused where it is not theirs to claim."""
    rows = [row for row in given.rules.priorities.all_in_force(today(given)) if row.role in given.actor.roles]
    best = min((rank(row.best) for row in rows), default=3)
    if words.priority is None:
        usual: PriorityClass = min((row.usual for row in rows), key=rank, default="division")
        return usual
    if rank(words.priority) < best:
        vi, en = PRIORITY_NAMES[words.priority]
        raise Refused(words_of.PRIORITY_NOT_YOURS, "priority", vi=vi, en=en)
    return words.priority


def approval_of(diary: Diary, given: Given, things: Sequence[str]) -> tuple[ApprovalStep, ...]:
    """Return the approvals that these things need, each once; those the speaker can give at once are left out."""
    steps = dict.fromkeys(step for id in things for step in diary.thing(id).terms.approval)
    return tuple(step for step in steps if not may_approve(step, given))


def may_approve(step: ApprovalStep, given: Given) -> bool:
    """Tell whether the speaker can give an approval."""
    of_board = step.board is None or given.actor.board == step.board
    return step.role in given.actor.roles and of_board


def said(facts: BookingFacts) -> dict[str, object]:
    """Return the facts as an event takes them."""
    return {name: getattr(facts, name) for name in BookingFacts.model_fields}
