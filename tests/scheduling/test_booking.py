"""The rules of booking: all of it or nothing, nothing twice, and whoever is refused is told by whom."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from contracts import scheduling as words

if TYPE_CHECKING:
    from tests.scheduling.decider import Desk

At = Callable[[str], Any]


def test_a_leader_a_hall_a_car_and_a_driver_are_booked_together(desk: "Desk") -> None:
    booked = desk.book(desk.SECRETARY, desk.HALL, desk.CAR, desk.DRIVER)
    event = booked.one(words.BookingBooked)
    assert event.thing_names == ("Đồng chí Bí thư", "Hội trường A", "Xe 12A-000.45", "Trần Văn Bình")
    assert (event.site_id, event.place) == ("ts1", "Hội trường A")
    for thing in event.things:
        assert desk.taken(thing) == [("11-24 09:00", "11-24 11:00", booked.id)]


def test_where_one_of_them_is_taken_none_is_booked(desk: "Desk") -> None:
    desk.book(desk.CAR, holder="Ban Dân vận", contact="0205 111")
    said = desk.book(desk.SECRETARY, desk.HALL, desk.CAR).refused(words.NOT_FREE)
    assert "Xe 12A-000.45 (09:00 – 11:00 24/11/2026: Ban Dân vận, 0205 111)" in said
    assert desk.taken(desk.SECRETARY) == desk.taken(desk.HALL) == []


def test_all_that_is_taken_is_named_at_once(desk: "Desk") -> None:
    desk.book(desk.HALL)
    desk.book(desk.CAR)
    said = desk.book(desk.HALL, desk.CAR).refused(words.NOT_FREE)
    assert "Hội trường A" in said
    assert "Xe 12A-000.45" in said


def test_of_a_private_booking_only_who_is_asked_is_told(desk: "Desk") -> None:
    desk.book(desk.HALL, private=True, title="Khám sức khỏe", holder="Đồng chí Bí thư")
    said = desk.book(desk.HALL).refused(words.NOT_FREE)
    assert "Phòng Quản trị, 0205" in said
    assert "Bí thư" not in said


def test_one_ends_when_the_next_begins(desk: "Desk", at: At) -> None:
    desk.book(desk.ROOM).accepted()
    desk.book(desk.ROOM, starts_at=at("2026-11-24 11:00"), ends_at=at("2026-11-24 12:00")).accepted()
    desk.book(desk.ROOM, starts_at=at("2026-11-24 08:00"), ends_at=at("2026-11-24 09:01")).refused(words.NOT_FREE)


@pytest.mark.parametrize(
    ("site", "place", "free_from"),
    [("ts1", "Phòng họp 1", "11:00"), ("ts1", "Phòng họp 9", "11:15"), ("ts2", "Phòng họp 2", "11:30")],
)
def test_a_leader_needs_the_time_to_get_there(desk: "Desk", at: At, site: str, place: str, free_from: str) -> None:
    desk.book(desk.SECRETARY, site_id="ts1", place="Phòng họp 1").accepted()
    there = {"site_id": site, "place": place, "ends_at": at("2026-11-24 13:00")}
    too_soon = at(f"2026-11-24 {free_from}").timestamp() - 60
    early = at("2026-11-24 11:00").fromtimestamp(too_soon, at("2026-11-24 11:00").tzinfo)
    desk.book(desk.SECRETARY, starts_at=early, **there).refused(words.NOT_FREE)
    desk.book(desk.SECRETARY, starts_at=at(f"2026-11-24 {free_from}"), **there).accepted()


def test_a_hall_is_cleaned_and_prepared_between_two_uses(desk: "Desk", at: At) -> None:
    terms = words.Terms(preparation_minutes=30, cleaning_minutes=15)
    desk.when(words.SetTerms(bookable_id=desk.HALL, terms=terms)).accepted()
    desk.book(desk.HALL).accepted()
    desk.book(desk.HALL, starts_at=at("2026-11-24 11:44"), ends_at=at("2026-11-24 12:00")).refused(words.NOT_FREE)
    desk.book(desk.HALL, starts_at=at("2026-11-24 11:45"), ends_at=at("2026-11-24 12:00")).accepted()


def test_a_booking_at_the_end_of_a_month_is_seen_from_the_next(desk: "Desk", at: At) -> None:
    """Months are those of UTC: the one ends at 7 o'clock, when the first slot does; its cleaning is in the other."""
    ends = at("2026-12-01 07:00")
    desk.book(desk.HALL, starts_at=at("2026-12-01 05:00"), ends_at=ends).accepted()
    desk.book(desk.HALL, starts_at=ends, ends_at=at("2026-12-01 09:00")).refused(words.NOT_FREE)
    desk.book(desk.HALL, starts_at=at("2026-12-01 07:14"), ends_at=None).refused(words.NOT_FREE)
    desk.book(desk.HALL, starts_at=at("2026-12-01 07:15"), ends_at=at("2026-12-01 09:00")).accepted()


def test_any_car_of_seven_seats_is_the_first_that_is_free(desk: "Desk") -> None:
    any_car = (desk.CAR, desk.CAR_2)
    got = [desk.book(any_car).one(words.BookingBooked).things for _ in range(2)]
    assert got == [(desk.CAR,), (desk.CAR_2,)]
    said = desk.book(any_car).refused(words.NOT_FREE)
    assert "12A-000.45" in said
    assert "12A-000.46" in said


def test_two_of_a_type_are_two_different_ones_whatever_the_order(desk: "Desk") -> None:
    booked = desk.book((desk.CAR, desk.CAR_2), desk.CAR, (desk.CAR, desk.CAR_16)).one(words.BookingBooked)
    assert booked.things == (desk.CAR_2, desk.CAR, desk.CAR_16)
    desk.book(desk.ROOM, desk.ROOM).refused(words.WANTED_TWICE, "wants")
    desk.book((desk.ROOM,), (desk.ROOM, desk.ROOM_2), (desk.ROOM, desk.ROOM_2)).refused(words.NOT_FREE)


def test_without_an_end_it_takes_two_hours(desk: "Desk") -> None:
    booked = desk.book(desk.ROOM, ends_at=None).one(words.BookingBooked)
    assert (booked.ends_at - booked.starts_at).total_seconds() == 7200


def test_what_no_booking_can_be_is_refused(desk: "Desk", at: At) -> None:
    desk.book(desk.ROOM, ends_at=at("2026-11-24 09:00")).refused(words.ENDS_BEFORE_IT_BEGINS, "ends_at")
    desk.book(desk.ROOM, ends_at=at("2026-12-24 09:00")).refused(words.TOO_LONG, "ends_at")
    past = {"starts_at": at("2026-11-23 07:00"), "ends_at": at("2026-11-23 09:00")}
    desk.book(desk.ROOM, **past).refused(words.IN_THE_PAST, "starts_at")
    desk.book(desk.ROOM, starts_at=at("2028-11-23 07:00"), ends_at=None).refused(words.TOO_FAR_AHEAD, "starts_at")
    desk.book("own-xe-thue").refused(words.BOOKABLE_UNKNOWN, "wants")
    candidates = [tuple(f"own-{n}-{m}" for m in range(20)) for n in range(7)]
    desk.book(*candidates).refused(words.TOO_MANY_CANDIDATES, "wants")


def test_more_than_one_decision_can_be_over_is_refused(desk: "Desk") -> None:
    candidates = [tuple(f"own-{n}-{m}" for m in range(20)) for n in range(6)]
    desk.when(desk.series(*candidates, every="month", count=12)).refused(words.TOO_MUCH_AT_ONCE)


def test_the_same_booking_again_says_nothing_new(desk: "Desk") -> None:
    wish = desk.booking(desk.ROOM, desk.CAR)
    desk.when(wish, number=99).accepted()
    desk.when(wish, number=99).nothing()


# --- terms ----------------------------------------------------------------------------------------------------------


def test_a_blocked_thing_is_booked_by_those_excepted_only(desk: "Desk", at: At, speaker: Any) -> None:
    blocked = {"starts_at": at("2026-11-24 00:00"), "ends_at": at("2026-11-26 00:00"), "reason": "Sửa mái."}
    block = words.BlockThing(bookable_id=desk.HALL, **blocked, except_boards=("VPTU",))
    event = desk.when(block).one(words.ThingBlocked)
    assert "00:00 26/11/2026: Sửa mái." in desk.book(desk.HALL).refused(words.THING_BLOCKED)
    desk.book(desk.HALL, actor=speaker("board", board="VPTU")).accepted()
    unblock = words.UnblockThing(bookable_id=desk.HALL, blocking_id=event.blocking_id, reason="Đã sửa xong.")
    desk.when(unblock).accepted()
    desk.book(desk.HALL, starts_at=at("2026-11-25 09:00"), ends_at=None).accepted()
    desk.when(unblock).refused(words.BLOCKING_UNKNOWN, "blocking_id")


def test_whatever_makes_booking_harder_is_noted_where_bookings_append(desk: "Desk", at: At) -> None:
    """So a process that remembers the old terms collides, and looks again."""
    blocked = {"starts_at": at("2026-11-24 00:00"), "ends_at": at("2026-11-26 00:00"), "reason": "Sửa mái."}
    told = desk.when(words.BlockThing(bookable_id=desk.HALL, **blocked))
    assert {seen.ref.id[-7:] for seen, event in told.decision if isinstance(event, words.TermsNoted)} == {"2026-11"}
    retired = desk.when(words.RetireBookable(bookable_id=desk.HALL, reason="Phá dỡ."))
    assert len(retired.all(words.TermsNoted)) >= 14
    key = "bookable", desk.HALL
    desk.scenario.states[key] = desk.scenario.states[key].__class__(kind="hall", name="Hội trường A", version=1)
    desk.book(desk.HALL).refused(words.MEMORY_BEHIND)


def test_what_has_hours_is_booked_within_them(desk: "Desk", at: At) -> None:
    hours = tuple(words.Hours(weekday=day, opens="07:00", closes="17:30") for day in range(1, 6))
    terms = words.Terms(hours=hours, closed_on_days_off=True)
    desk.when(words.SetTerms(bookable_id=desk.HALL, terms=terms)).accepted()
    desk.book(desk.HALL, starts_at=at("2026-11-25 16:00"), ends_at=None).refused(words.OUTSIDE_HOURS)
    desk.book(desk.HALL, starts_at=at("2026-11-28 09:00"), ends_at=None).refused(words.OUTSIDE_HOURS)
    desk.book(desk.HALL, starts_at=at("2026-11-25 15:30"), ends_at=None).accepted()
    off = {"starts_at": at("2027-01-01 08:00"), "ends_at": at("2027-01-01 09:00")}
    assert "01/01/2027" in desk.book(desk.HALL, **off).refused(words.DAY_OFF)
    backwards = words.Terms(hours=(words.Hours(weekday=1, opens="17:00", closes="07:00"),))
    desk.when(words.SetTerms(bookable_id=desk.HALL, terms=backwards)).refused(words.HOURS_UNFIT, "terms.hours")


@pytest.mark.parametrize("validity", ["licence", "inspection", "insurance"])
def test_a_car_is_not_used_after_the_last_day_of_its_papers(desk: "Desk", at: At, validity: Any) -> None:
    paper = words.RecordValidity(bookable_id=desk.CAR, validity=validity, last_day=at("2026-11-24 12:00").date())
    desk.when(paper).accepted()
    desk.when(paper).nothing()
    desk.book(desk.CAR).accepted()
    later = {"starts_at": at("2026-11-24 22:00"), "ends_at": at("2026-11-25 00:01")}
    assert "24/11/2026" in desk.book(desk.CAR, **later).refused(words.VALIDITY_ENDED)
    assert desk.book((desk.CAR, desk.CAR_2), **later).one(words.BookingBooked).things == (desk.CAR_2,)


def test_who_may_book_what(desk: "Desk", speaker: Any) -> None:
    terms = words.Terms(boards=("VPTU",), least_priority="committee")
    desk.when(words.SetTerms(bookable_id=desk.CAR, terms=terms)).accepted()
    desk.book(desk.CAR, actor=speaker("board", board="BTCTU")).refused(words.NOT_FOR_YOU)
    desk.book(desk.CAR, actor=speaker("board", board="VPTU")).refused(words.PRIORITY_TOO_LOW)
    claimed = {"priority": "standing", "actor": speaker("board", board="VPTU")}
    desk.book(desk.CAR, **claimed).refused(words.PRIORITY_NOT_YOURS, "priority")
    assert desk.book(desk.CAR, priority="standing").one(words.BookingBooked).priority == "standing"


def test_the_office_books_for_any_board_and_a_board_for_itself(desk: "Desk", speaker: Any) -> None:
    booked = desk.book(desk.CAR, board="BTCTU", holder="Ban Tổ chức")
    assert booked.one(words.BookingBooked).board == "BTCTU"
    desk.book(desk.CAR_2, board="BTCTU", actor=speaker("board", board="BTGTU")).refused(words.BOARD_NOT_YOURS, "board")
    cancel = desk.about(words.CancelBooking, booked.id)
    desk.when(cancel, actor=speaker("board", board="BTCTU", id="user:minh")).accepted()


def test_what_has_begun_may_wait_for_approval_until_it_ends(desk: "Desk", at: At) -> None:
    approving(desk, words.ApprovalStep(role="leader"))
    begun = {"starts_at": at("2026-11-23 08:00"), "ends_at": at("2026-11-23 12:00")}
    assert desk.book(desk.HALL, **begun).one(words.BookingRequested).until == begun["ends_at"]


def test_what_is_retired_is_booked_no_longer_until_it_is_restored(desk: "Desk") -> None:
    retire = words.RetireBookable(bookable_id=desk.CAR, reason="Đã thanh lý.")
    desk.when(retire).accepted()
    desk.when(retire).nothing()
    assert "Đã thanh lý." in desk.book(desk.CAR).refused(words.BOOKABLE_RETIRED)
    desk.when(words.RestoreBookable(bookable_id=desk.CAR)).accepted()
    desk.book(desk.CAR).accepted()


# --- holds and approvals --------------------------------------------------------------------------------------------


def test_a_hold_blocks_until_its_countdown_ends(desk: "Desk", at: At, speaker: Any) -> None:
    held = desk.book(desk.ROOM, hold=True)
    assert held.one(words.BookingHeld).until == at("2026-11-23 09:05")
    desk.book(desk.ROOM).refused(words.NOT_FREE)
    details = {"title": "Họp chi bộ", "contact": "0205 222"}
    confirm = desk.about(words.ConfirmHold, held.id, **details)
    assert "09:05 23/11/2026" in desk.when(confirm, now=at("2026-11-23 09:05")).refused(words.HOLD_EXPIRED)
    booked = desk.when(confirm, now=at("2026-11-23 09:04")).one(words.BookingBooked)
    assert (booked.title, booked.contact, booked.things) == ("Họp chi bộ", "0205 222", (desk.ROOM,))
    assert len(desk.taken(desk.ROOM)) == 1
    release = desk.about(words.ReleaseUnused, held.id, cause="hold_expired")
    desk.when(release, actor=speaker("service"), now=at("2026-11-23 09:05")).nothing()


def test_a_hold_that_nobody_confirms_is_released(desk: "Desk", at: At, speaker: Any) -> None:
    held = desk.book(desk.ROOM, hold=True)
    release = desk.about(words.ReleaseUnused, held.id, cause="hold_expired")
    desk.when(release, actor=speaker("service"), now=at("2026-11-23 09:04")).nothing()
    desk.when(release, actor=speaker("service"), now=at("2026-11-23 09:05")).one(words.SlotReleased)
    desk.book(desk.ROOM).accepted()


def approving(desk: "Desk", *steps: words.ApprovalStep, blocks: bool = True) -> None:
    terms = words.Terms(approval=steps, pending_blocks=blocks)
    desk.when(words.SetTerms(bookable_id=desk.HALL, terms=terms)).accepted()


def test_a_hall_is_booked_after_every_approval_it_needs(desk: "Desk", speaker: Any) -> None:
    approving(desk, words.ApprovalStep(role="board", board="VPTU"), words.ApprovalStep(role="leader"))
    board, leader = speaker("board", board="VPTU"), speaker("leader")
    asked = desk.book(desk.HALL, actor=speaker("board", board="BTCTU", id="user:minh"))
    asked.warns("approval-needed")
    desk.book(desk.HALL).refused(words.NOT_FREE)
    approve = desk.about(words.ApproveBooking, asked.id)
    desk.when(approve, actor=leader).refused(words.NOT_YOUR_APPROVAL)
    desk.when(approve, actor=board).then(words.ApprovalGiven(step=1, by="Nguyễn Thị Hoa"))
    assert desk.when(approve, actor=leader).one(words.BookingBooked).things == (desk.HALL,)
    desk.when(approve, actor=leader).refused(words.NOT_PENDING)
    assert len(desk.taken(desk.HALL)) == 1


def test_who_approves_need_not_ask(desk: "Desk", speaker: Any) -> None:
    approving(desk, words.ApprovalStep(role="leader"))
    desk.book(desk.HALL, actor=speaker("leader")).one(words.BookingBooked)


def test_pending_does_not_block_where_the_thing_says_so_and_the_approved_one_wins(desk: "Desk", speaker: Any) -> None:
    approving(desk, words.ApprovalStep(role="leader"), blocks=False)
    one, two = (desk.book(desk.HALL, desk.CAR).id, desk.book(desk.HALL, desk.CAR_2).id)
    desk.when(desk.about(words.ApproveBooking, two), actor=speaker("leader")).one(words.BookingBooked)
    desk.when(desk.about(words.ApproveBooking, one), actor=speaker("leader")).refused(words.NOT_FREE)
    desk.when(desk.about(words.RejectBooking, one, reason="Trùng lịch."), actor=speaker("leader")).accepted()
    assert desk.state(one).status == "rejected"


def test_what_nobody_approves_in_time_is_released(desk: "Desk", at: At, speaker: Any) -> None:
    approving(desk, words.ApprovalStep(role="leader"))
    asked = desk.book(desk.HALL)
    until = asked.one(words.BookingRequested).until
    release = desk.about(words.ReleaseUnused, asked.id, cause="not_approved_in_time")
    desk.when(release, actor=speaker("service"), now=until).one(words.BookingReleased)
    assert desk.taken(desk.HALL) == []


# --- changes --------------------------------------------------------------------------------------------------------


def test_cancelling_frees_everything_at_once(desk: "Desk", at: At) -> None:
    booked = desk.book(desk.SECRETARY, desk.HALL, desk.CAR)
    cancel = desk.about(words.CancelBooking, booked.id, reason="Hoãn họp.")
    assert len(desk.when(cancel).all(words.SlotReleased)) == 3
    desk.when(cancel).nothing()
    desk.book(desk.SECRETARY, desk.HALL, desk.CAR).accepted()


def test_what_was_is_not_cancelled(desk: "Desk", at: At) -> None:
    booked = desk.book(desk.ROOM)
    desk.when(desk.about(words.CancelBooking, booked.id), now=at("2026-11-24 11:00")).refused(words.BOOKING_OVER)


def test_whoever_saw_another_booking_looks_again(desk: "Desk", at: At) -> None:
    booked = desk.book(desk.ROOM)
    cancel = desk.about(words.CancelBooking, booked.id)
    desk.when(desk.about(words.MoveBooking, booked.id, wants=desk.wants(desk.ROOM_2))).accepted()
    assert "Phòng họp 2" in desk.when(cancel).refused(words.BOOKING_CHANGED)
    unknown = words.CancelBooking(booking_id="0" * 32, seen=cancel.seen)
    desk.when(unknown).refused(words.BOOKING_UNKNOWN)


def test_what_is_not_booked_is_neither_used_nor_moved(desk: "Desk", speaker: Any) -> None:
    booked = desk.book(desk.HALL)
    confirm = desk.about(words.ConfirmHold, booked.id, title="Họp", contact="0205")
    desk.when(confirm).refused(words.NOT_HELD)
    waiting = desk.book(desk.HALL, if_busy="wait").id
    for kind in (words.MoveBooking, words.CheckIn, words.ConfirmBooking):
        desk.when(desk.about(kind, waiting)).refused(words.NOT_BOOKED)


def test_another_board_does_not_change_a_booking(desk: "Desk", speaker: Any) -> None:
    booked = desk.book(desk.ROOM, actor=speaker("board", board="BTCTU", id="user:minh"))
    cancel = desk.about(words.CancelBooking, booked.id)
    desk.when(cancel, actor=speaker("board", board="BTGTU")).refused(words.NOT_YOUR_BOOKING)
    desk.when(cancel, actor=speaker("board", board="BTCTU", id="user:lan")).accepted()


def test_a_booking_moves_when_it_has_its_new_place_or_stays(desk: "Desk", at: At) -> None:
    booked = desk.book(desk.ROOM, desk.SECRETARY)
    desk.book(desk.ROOM_2).accepted()
    desk.when(desk.about(words.MoveBooking, booked.id, wants=desk.wants(desk.ROOM_2))).refused(words.NOT_FREE)
    assert desk.taken(desk.ROOM) == [("11-24 09:00", "11-24 11:00", booked.id)]
    later = desk.about(words.MoveBooking, booked.id, starts_at=at("2026-12-01 07:00"))
    moved = desk.when(later).one(words.BookingMoved)
    assert moved.things == (desk.ROOM, desk.SECRETARY)
    assert desk.taken(desk.ROOM) == [("12-01 07:00", "12-01 09:00", booked.id)]
    desk.book(desk.ROOM).accepted()


def test_a_running_booking_is_made_longer_or_ended_now(desk: "Desk", at: At) -> None:
    booked = desk.book(desk.ROOM)
    longer = desk.about(words.MoveBooking, booked.id, ends_at=at("2026-11-24 11:15"))
    desk.when(longer, now=at("2026-11-24 10:50")).accepted()
    end = desk.about(words.EndBooking, booked.id)
    desk.when(end, now=at("2026-11-24 08:59")).refused(words.NOT_RUNNING)
    desk.when(end, now=at("2026-11-24 10:55")).accepted()
    assert desk.taken(desk.ROOM) == [("11-24 09:00", "11-24 10:55", booked.id)]


def test_what_it_says_of_itself_is_put_right_where_it_is_shown(desk: "Desk") -> None:
    booked = desk.book(desk.ROOM)
    describe = desk.about(words.DescribeBooking, booked.id, contact="0205 333", note="Cần máy chiếu")
    desk.when(describe).accepted()
    desk.when(describe).nothing()
    assert "0205 333" in desk.book(desk.ROOM).refused(words.NOT_FREE)


def test_nobody_came_and_the_room_is_free(desk: "Desk", at: At, speaker: Any) -> None:
    booked = desk.book(desk.ROOM, desk.CAR)
    assert booked.one(words.BookingBooked).release_at == at("2026-11-24 09:15")
    release = desk.about(words.ReleaseUnused, booked.id, cause="no_show")
    desk.when(desk.about(words.CheckIn, booked.id), now=at("2026-11-24 08:00")).refused(words.TOO_EARLY_TO_CHECK_IN)
    other = desk.scenario.again()
    freed = desk.when(release, actor=speaker("service"), now=at("2026-11-24 09:15"))
    assert freed.one(words.BookingReleased).cause == "no_show"
    assert desk.taken(desk.CAR) == []
    check_in = words.CheckIn(booking_id=booked.id, seen=release.seen)
    other.when(check_in, now=at("2026-11-24 08:31")).then(words.CheckedIn())
    other.when(check_in, now=at("2026-11-24 08:31")).nothing()
    other.when(release, actor=speaker("service"), now=at("2026-11-24 09:15")).nothing()
    whole_day = desk.book(desk.ROOM, starts_at=at("2026-11-25 07:00"), ends_at=at("2026-11-25 17:00"))
    assert whole_day.one(words.BookingBooked).release_at is None


# --- waiting and overriding -----------------------------------------------------------------------------------------


def test_who_waits_is_booked_as_soon_as_it_is_free_the_higher_class_first(desk: "Desk", speaker: Any) -> None:
    service = speaker("service")
    first = desk.book(desk.HALL)
    waiting = [desk.book(desk.HALL, desk.CAR, if_busy="wait", priority=rank) for rank in ("division", "standing")]
    waiting[0].warns("waitlisted")
    freed = desk.when(desk.about(words.CancelBooking, first.id)).one(words.SlotReleased)
    assert [each.booking_id for each in freed.next] == [waiting[1].id, waiting[0].id]
    promoted = [desk.when(desk.about(words.PromoteWaiting, each.booking_id), actor=service) for each in freed.next]
    assert promoted[0].one(words.BookingBooked).things == (desk.HALL, desk.CAR)
    promoted[1].nothing()
    again = desk.when(desk.about(words.CancelBooking, waiting[1].id)).all(words.SlotReleased)
    assert [each.booking_id for each in again[0].next] == [waiting[0].id]
    desk.when(desk.about(words.CancelBooking, waiting[0].id)).accepted()
    assert all(not calendar.awaited for (kind, _), calendar in desk.scenario.states.items() if kind == "calendar")


def test_an_authorised_person_books_over_others_who_are_told(desk: "Desk", speaker: Any) -> None:
    leader = speaker("leader", id="user:chanhvp")
    first = desk.book(desk.HALL, desk.CAR)
    over = desk.over(first.id, things=(desk.HALL, desk.SECRETARY))
    told = desk.when(over, actor=leader)
    told.warns("others-displaced")
    gone = told.one(words.BookingDisplaced)
    assert (gone.things, gone.reason, gone.by_booking_id) == ((desk.HALL,), "Họp đột xuất Thường trực.", told.id)
    assert all(event.overriding for event in told.all(words.SlotTaken))
    assert desk.state(first.id).status == "displaced"
    assert desk.seen(first.id).things == (desk.CAR, desk.HALL)
    assert desk.state(first.id).about.things == (desk.CAR,)
    again = desk.about(words.MoveBooking, first.id, wants=desk.wants(desk.ROOM, desk.CAR))
    desk.when(again).accepted()
    assert desk.state(first.id).status == "booked"


def test_who_was_displaced_has_it_back_as_soon_as_it_is_free(desk: "Desk", speaker: Any) -> None:
    first = desk.book(desk.HALL, desk.CAR)
    over = desk.when(desk.over(first.id, things=(desk.HALL,)), actor=speaker("leader"))
    desk.when(desk.about(words.PromoteWaiting, first.id), actor=speaker("service")).nothing()
    (turn,) = desk.when(desk.about(words.CancelBooking, over.id)).one(words.SlotReleased).next
    promote = words.PromoteWaiting(
        booking_id=turn.booking_id, seen=words.SeenBooking.model_validate(turn.model_dump(exclude={"booking_id"}))
    )
    back = desk.when(promote, actor=speaker("service")).one(words.BookingMoved)
    assert set(back.things) == {desk.HALL, desk.CAR}
    assert (desk.state(first.id).status, desk.state(first.id).lost) == ("booked", ())
    assert [booking for *_, booking in desk.taken(desk.HALL)] == [first.id]
    desk.when(promote, actor=speaker("service")).nothing()


def test_who_was_displaced_and_is_cancelled_waits_no_more(desk: "Desk", speaker: Any) -> None:
    first = desk.book(desk.HALL, desk.CAR)
    desk.when(desk.over(first.id, things=(desk.HALL,)), actor=speaker("leader")).accepted()
    desk.when(desk.about(words.CancelBooking, first.id)).one(words.SlotAwaitedNoMore)
    assert all(not calendar.awaited for (kind, _), calendar in desk.scenario.states.items() if kind == "calendar")


def test_nobody_gives_way_who_was_not_named_or_stands_higher(desk: "Desk", speaker: Any) -> None:
    leader = speaker("leader")
    first, second, spared = desk.book(desk.HALL), desk.book(desk.CAR), desk.book(desk.ROOM)
    unseen = desk.when(desk.over(first.id, things=(desk.HALL, desk.CAR)), actor=leader)
    assert "12A-000.45" in unseen.refused(words.DISPLACED_UNSEEN)
    useless = desk.over(first.id, second.id, spared.id, things=(desk.HALL, desk.CAR))
    desk.when(useless, actor=leader).refused(words.NOTHING_DISPLACED)
    desk.when(desk.about(words.CancelBooking, first.id)).accepted()
    high = desk.book(desk.HALL, priority="standing")
    desk.when(desk.over(high.id, things=(desk.HALL,)), actor=leader).refused(words.OUTRANKED)
    desk.when(desk.over(high.id, things=(desk.HALL,), priority="standing"), actor=leader).accepted()
