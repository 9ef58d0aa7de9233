"""The rules of arranging: all an item needs or nothing, never two at once, and who goes instead is booked instead."""

from typing import TYPE_CHECKING, Any

import pytest

from contracts import scheduling as core
from contracts.scheduling import weekly as words

if TYPE_CHECKING:
    from tests.scheduling.weekly.office import Office

TUESDAY = ("12-01 08:00", "12-01 10:00")


def test_an_arranged_item_holds_all_it_needs_under_its_own_id(weekly: "Office") -> None:
    id = weekly.propose(vehicles=(weekly.CAR,), accompanying=(weekly.who(weekly.LAN), weekly.guest("Khách")))
    outcome = weekly.arrange(id)
    event, booked = outcome.one(words.ItemArranged), outcome.one(core.BookingBooked)
    assert event.holds == booked.things == (weekly.SECRETARY, weekly.DEPUTY, weekly.LAN, weekly.ROOM, weekly.CAR)
    for thing in event.holds:
        assert weekly.taken(thing) == [(*TUESDAY, id)]
    assert (booked.week_id, booked.release_at, booked.approval) == (weekly.WEEK, None, ())
    assert (booked.holder, booked.title, booked.place) == ("Đồng chí Bí thư", event.content, "Phòng họp 1")


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"kind": "standing"}, ("standing", False, "Đồng chí Bí thư")),
        ({"kind": "plenary", "publicity": "restricted"}, ("standing", True, "Đồng chí Bí thư")),
        ({"kind": "mission", "chair": None}, ("committee", False, "Văn phòng")),
    ],
)
def test_the_booking_is_of_the_class_of_the_meeting(weekly: "Office", said: dict[str, Any], expected: Any) -> None:
    id = weekly.propose(**said)
    booked = weekly.arrange(id).one(core.BookingBooked)
    assert (booked.priority, booked.private, booked.holder) == expected


def test_the_title_of_the_booking_is_one_short_line(weekly: "Office") -> None:
    id = weekly.propose(content="Họp\nbàn " + "x" * 300)
    title = weekly.arrange(id).one(core.BookingBooked).title
    assert len(title) == 200
    assert title.startswith("Họp bàn xxx")


def test_a_thing_that_needs_approval_is_booked_at_once(weekly: "Office") -> None:
    terms = core.Terms(approval=(core.ApprovalStep(role="leader"),), check_in=True)
    weekly.when(core.SetTerms(bookable_id=weekly.ROOM, terms=terms)).accepted()
    booked = weekly.arrange(weekly.propose()).one(core.BookingBooked)
    assert (booked.approval, booked.release_at) == ((), None)


def test_an_item_that_names_nobody_who_can_be_booked_has_no_booking(weekly: "Office") -> None:
    id = weekly.propose(room=None, chair=weekly.guest("Trưởng ban"), attendees=())
    outcome = weekly.arrange(id)
    assert [type(event) for event in outcome.events] == [words.ItemArranged]
    assert outcome.one(words.ItemArranged).holds == ()


def test_two_items_never_meet_and_nothing_of_the_second_is_taken(weekly: "Office") -> None:
    weekly.standing()
    id = weekly.propose(starts="09:00", room=weekly.ROOM_2, attendees=(), vehicles=(weekly.CAR,))
    said = weekly.arrange(id).refused(core.NOT_FREE)
    assert "Đồng chí Bí thư" in said
    assert weekly.taken(weekly.CAR) == weekly.taken(weekly.ROOM_2) == []


def test_an_item_and_a_booking_never_meet(weekly: "Office") -> None:
    weekly.when(weekly.booking(weekly.ROOM)).accepted()
    id = weekly.propose()
    assert "0912 345 678" in weekly.arrange(id).refused(core.NOT_FREE)
    weekly.arrange(id, room=weekly.ROOM_2).accepted()
    weekly.when(weekly.booking(weekly.SECRETARY)).refused(core.NOT_FREE)


def test_arranging_it_the_same_again_is_quiet_whatever_was_seen(weekly: "Office") -> None:
    id = weekly.propose()
    wish = weekly.arranging(id)
    weekly.when(wish).accepted()
    weekly.when(wish).nothing()


def test_time_people_and_room_change_at_once_or_not_at_all(weekly: "Office") -> None:
    id = weekly.standing()
    weekly.when(weekly.booking(weekly.CAR, starts_at=weekly.moment("2026-12-01 14:00"))).accepted()
    weekly.arrange(id, starts="14:00", ends="16:00", vehicles=(weekly.CAR,)).refused(core.NOT_FREE)
    assert weekly.taken(weekly.SECRETARY) == [(*TUESDAY, id)]
    changed: dict[str, Any] = {"starts": "14:00", "ends": "16:00", "room": weekly.HALL, "attendees": ()}
    outcome = weekly.arrange(id, **changed)
    assert outcome.one(core.BookingMoved).from_things == (weekly.SECRETARY, weekly.DEPUTY, weekly.ROOM)
    assert weekly.taken(weekly.SECRETARY) == weekly.taken(weekly.HALL) == [("12-01 14:00", "12-01 16:00", id)]
    assert weekly.taken(weekly.DEPUTY) == weekly.taken(weekly.ROOM) == []


def test_what_stays_is_not_asked_for_again(weekly: "Office") -> None:
    """A room that was closed after it was taken stays taken when only people change."""
    id = weekly.standing()
    closed = {"starts_at": weekly.moment("2026-12-01 00:00"), "ends_at": weekly.moment("2026-12-02 00:00")}
    weekly.when(core.BlockThing(bookable_id=weekly.ROOM, **closed, reason="Sửa điện.")).accepted()
    outcome = weekly.arrange(id, attendees=(weekly.who(weekly.CHIEF),))
    assert {event.booking_id for event in outcome.all(core.SlotReleased)} == {id}
    assert weekly.taken(weekly.ROOM) == weekly.taken(weekly.CHIEF) == [(*TUESDAY, id)]
    assert weekly.taken(weekly.DEPUTY) == []


def test_a_change_of_words_only_describes_the_booking_anew(weekly: "Office") -> None:
    id = weekly.standing()
    outcome = weekly.arrange(id, content="Họp giao ban mở rộng")
    assert outcome.one(core.BookingDescribed).title == "Họp giao ban mở rộng"
    assert outcome.all(core.SlotReleased) == ()
    assert [type(event) for event in weekly.arrange(id, note="Mang tài liệu").events] == [words.ItemArranged]


def test_with_nobody_left_the_booking_is_gone_and_with_somebody_again_it_is_back(weekly: "Office") -> None:
    id = weekly.standing()
    nobody: dict[str, Any] = {
        "chair": weekly.guest("Trưởng ban"),
        "attendees": (),
        "room": None,
        "place": "Nhà văn hóa",
    }
    weekly.arrange(id, **nobody).one(core.BookingCancelled)
    assert weekly.taken(weekly.SECRETARY) == []
    weekly.arrange(id, chair=weekly.who(weekly.SECRETARY)).one(core.BookingBooked)
    assert weekly.taken(weekly.SECRETARY) == [(*TUESDAY, id)]


def test_who_saw_the_item_otherwise_looks_again(weekly: "Office") -> None:
    id = weekly.standing()
    stale = weekly.seen(id)
    weekly.arrange(id, attendees=()).accepted()
    assert "Đồng chí Bí thư" in weekly.arrange(id, room=weekly.HALL, seen=stale).refused(words.ITEM_CHANGED)
    weekly.arrange(id, room=weekly.HALL, seen=None).refused(words.ITEM_CHANGED)
    weekly.cancel(id, seen=stale).refused(words.ITEM_CHANGED)
    weekly.postpone(id, seen=stale).refused(words.ITEM_CHANGED)
    weekly.delegate(id, weekly.SECRETARY, weekly.who(weekly.CHIEF), seen=stale).refused(words.ITEM_CHANGED)


def test_what_is_over_stays_and_nobody_is_booked_for_it(weekly: "Office") -> None:
    id, late = weekly.standing(), weekly.moment("2026-12-01 10:00")
    for wish in (weekly.arranging(id, attendees=()), weekly.delegating(id, weekly.SECRETARY, weekly.guest("Khách"))):
        weekly.when(wish, now=late).refused(words.ITEM_SETTLED)
    other = weekly.propose(room=weekly.ROOM_2, chair=weekly.who(weekly.LAN), attendees=())
    weekly.when(weekly.arranging(other), now=late).refused(core.IN_THE_PAST, "day")


def test_a_published_week_changes_for_a_reason_only(weekly: "Office") -> None:
    id = weekly.standing()
    weekly.publish()
    weekly.arrange(id, attendees=()).refused(words.REASON_NEEDED, "reason")
    weekly.delegate(id, weekly.DEPUTY, weekly.who(weekly.LAN)).refused(words.REASON_NEEDED, "reason")
    weekly.arrange(id, attendees=(), reason="Theo chỉ đạo.").accepted()
    assert weekly.week().status == "changed"


@pytest.mark.parametrize("kind", [core.MoveBooking, core.CancelBooking, core.EndBooking, core.DescribeBooking])
def test_an_item_is_changed_in_its_calendar_only(weekly: "Office", kind: type[core.BookingCommand]) -> None:
    id = weekly.standing()
    said: dict[str, Any] = {"starts_at": weekly.moment("2026-12-01 14:00")} if kind is core.MoveBooking else {}
    said |= {"title": "Khác"} if kind is core.DescribeBooking else {}
    wish = kind(booking_id=id, seen=weekly.seen(id), **said)
    assert weekly.WEEK in weekly.when(wish, actor=weekly.leader).refused(words.CHANGE_IN_CALENDAR)


def test_an_item_gives_way_to_nobody(weekly: "Office") -> None:
    id = weekly.standing()
    seen = core.Displacing(booking_id=id, seen=weekly.seen(id))
    asked = weekly.booking(weekly.ROOM, priority="standing").model_dump(exclude={"if_busy", "hold"})
    wish = core.BookOver(**asked, displaces=(seen,), reason="Việc gấp.")
    weekly.when(wish, actor=weekly.leader).refused(words.CHANGE_IN_CALENDAR)
    other = weekly.propose(chair=None, attendees=())
    weekly.when(weekly.over(other, id), actor=weekly.leader).refused(words.CHANGE_IN_CALENDAR)


def test_a_leader_arranges_over_others_who_are_named_told_and_wait(weekly: "Office") -> None:
    booked = weekly.when(weekly.booking(weekly.ROOM, weekly.CAR)).id
    id = weekly.propose()
    outcome = weekly.when(weekly.over(id, booked), actor=weekly.leader)
    event = outcome.one(words.ItemArranged)
    assert event.overriding
    assert [(gone.booking_id, gone.things) for gone in event.displaced] == [(booked, (weekly.ROOM,))]
    assert outcome.one(core.BookingDisplaced).reason == "Họp đột xuất Thường trực."
    outcome.warns("others-displaced")
    assert weekly.taken(weekly.ROOM) == [(*TUESDAY, id)]
    assert weekly.taken(weekly.CAR) == [(*TUESDAY, booked)]
    assert weekly.scenario.states["booking", booked].lost == (weekly.ROOM,)
    weekly.cancel(id).accepted()
    back = core.PromoteWaiting(booking_id=booked, seen=weekly.scenario.states["booking", booked].stands)
    weekly.when(back, actor=weekly.speaker("service")).accepted()
    assert weekly.taken(weekly.ROOM) == [(*TUESDAY, booked)]


def test_over_others_only_those_in_the_way_and_of_no_higher_class(weekly: "Office") -> None:
    first = weekly.when(weekly.booking(weekly.ROOM)).id
    second = weekly.when(weekly.booking(weekly.DEPUTY, holder="Ban Tổ chức")).id
    spared = weekly.when(weekly.booking(weekly.HALL)).id
    high = weekly.when(weekly.booking(weekly.CAR, priority="standing"), actor=weekly.leader).id
    id = weekly.propose(vehicles=())
    assert "Ban Tổ chức" in weekly.when(weekly.over(id, first), actor=weekly.leader).refused(core.DISPLACED_UNSEEN)
    over = weekly.over(id, first, second, spared)
    weekly.when(over, actor=weekly.leader).refused(core.NOTHING_DISPLACED)
    over = weekly.over(id, first, second, high, vehicles=(weekly.CAR,))
    weekly.when(over, actor=weekly.leader).refused(core.OUTRANKED)
    weekly.when(weekly.over(id, first, second), actor=weekly.leader).accepted()


def test_an_arranged_item_takes_more_over_others_and_keeps_what_it_has(weekly: "Office") -> None:
    id = weekly.standing()
    booked = weekly.when(weekly.booking(weekly.HALL)).id
    outcome = weekly.when(weekly.over(id, booked, room=weekly.HALL), actor=weekly.leader)
    assert outcome.one(core.BookingMoved).things == (weekly.SECRETARY, weekly.DEPUTY, weekly.HALL)
    assert weekly.taken(weekly.HALL) == [(*TUESDAY, id)]
    assert weekly.taken(weekly.ROOM) == []
