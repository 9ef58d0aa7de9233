"""Approving bookings: step after step, until it is booked or turned down."""

from contracts import scheduling as words_of
from contracts.base import Refused, Role
from services.runtime.manifest import Decision, Given, Seen
from services.scheduling.deciders.booking import BOOKING, Booking, expect_not_past, expect_seen
from services.scheduling.deciders.booking_request import drop_all, may_approve, said
from services.scheduling.deciders.calendar import minute
from services.scheduling.deciders.diary import Diary
from services.scheduling.deciders.placing import Busy, place, renewed, take_all, with_things
from services.scheduling.deciders.series import note_in_series

_ROLES: dict[Role, tuple[str, str]] = {
    "leader": ("lãnh đạo", "a leader"),
    "clerk": ("văn phòng", "the office"),
    "board": ("ban, cơ quan", "the board"),
    "administrator": ("quản trị viên", "an administrator"),
    "reader": ("người xem", "a reader"),
    "auditor": ("kiểm tra viên", "an auditor"),
    "accountant": ("kế toán", "an accountant"),
    "cashier": ("thủ quỹ", "a cashier"),
    "service": ("hệ thống", "the system"),
}


def approve_booking(words: words_of.ApproveBooking, given: Given, *seen: Seen) -> Decision:
    """The last approval books it, if what it did not keep is still free."""
    diary, id, booking = Diary(seen), words.booking_id, seen[0].state
    _expect_next(booking, words, given)
    step = booking.approvals + 1
    diary.say(BOOKING, id, words_of.ApprovalGiven(step=step, by=given.actor.name, note=words.note))
    facts = booking.about
    if step == len(facts.approval):
        _book(diary, given, id, booking)
    return diary.decision()


def _book(diary: Diary, given: Given, id: str, booking: Booking) -> None:
    facts = booking.about
    if facts.things:
        diary.say(BOOKING, id, words_of.BookingBooked(**said(renewed(diary, given, facts))))
        start, end = minute(facts.starts_at), minute(facts.ends_at)
        for thing, slot in diary.slots(id, facts.things, start, end).items():
            diary.take(thing, slot)
        return
    try:
        placed = place(diary, given, id, facts)
    except Busy as busy:
        raise busy.refused() from None
    diary.say(BOOKING, id, words_of.BookingBooked(**said(with_things(diary, given, facts, placed))))
    take_all(diary, placed)


def reject_booking(words: words_of.RejectBooking, given: Given, *seen: Seen) -> Decision:
    """A booking that is not approved holds nothing from that moment."""
    diary, id, booking = Diary(seen), words.booking_id, seen[0].state
    _expect_next(booking, words, given)
    diary.say(BOOKING, id, words_of.BookingRejected(by=given.actor.name, reason=words.reason))
    drop_all(diary, id, booking)
    note_in_series(diary, id, "dropped", booking.about.starts_at, booking.about.ends_at, words.reason)
    return diary.decision()


def _expect_next(booking: Booking, words: words_of.ApproveBooking | words_of.RejectBooking, given: Given) -> None:
    expect_seen(booking, words)
    if booking.status != "pending":
        raise Refused(words_of.NOT_PENDING)
    expect_not_past(booking, given)
    step = booking.about.approval[min(booking.approvals, len(booking.about.approval) - 1)]
    if not may_approve(step, given):
        vi, en = _ROLES[step.role]
        board = f" {step.board}" if step.board else ""
        raise Refused(words_of.NOT_YOUR_APPROVAL, vi=vi + board, en=en + board)
