"""The rules of publishing: approved as it was seen, whole, with what it changed and whom that affects."""

from typing import TYPE_CHECKING, Any

import pytest

from contracts.scheduling import weekly as words

if TYPE_CHECKING:
    from tests.scheduling.weekly.office import Office


def test_a_week_is_submitted_once_something_is_arranged_and_undecided_proposals_are_counted(weekly: "Office") -> None:
    weekly.propose()
    weekly.submit().refused(words.WEEK_EMPTY)
    weekly.standing(room=weekly.HALL)
    outcome = weekly.submit()
    outcome.then(words.WeekSubmitted(by_name="Nguyễn Thị Hoa", revision=1, undecided=1))
    outcome.warns("proposals-undecided")
    weekly.submit().nothing()
    assert weekly.week().status == "submitted"


def test_a_submitted_week_is_given_back_with_a_reason(weekly: "Office") -> None:
    weekly.standing()
    wish = words.ReturnWeek(week_id=weekly.WEEK, reason="Bổ sung thành phần.")
    weekly.when(wish, actor=weekly.leader).refused(words.WEEK_NOT_SUBMITTED)
    weekly.submit()
    weekly.when(wish, actor=weekly.leader).one(words.WeekReturned)
    weekly.when(wish, actor=weekly.leader).nothing()
    assert weekly.week().status == "open"
    weekly.approve().refused(words.WEEK_NOT_SUBMITTED)
    weekly.submit().accepted()


def test_what_was_seen_is_approved_and_published_whole(weekly: "Office") -> None:
    late, early = weekly.standing(starts="14:00"), weekly.standing(starts="08:00")
    weekly.propose(day="2026-12-05")
    weekly.submit().accepted()
    weekly.approve(revision=1).refused(words.WEEK_CHANGED)
    outcome = weekly.approve(note="Ban hành chiều thứ Sáu.")
    event = outcome.one(words.WeekPublished)
    assert (event.version, event.revision, event.changes) == (1, 2, ())
    assert [item.item_id for item in event.items] == [early, late]
    outcome.warns()
    weekly.approve().nothing()
    assert weekly.week().status == "published"


def test_a_week_that_changed_since_it_was_submitted_is_looked_at_again(weekly: "Office") -> None:
    id = weekly.standing()
    weekly.submit().accepted()
    weekly.arrange(id, attendees=()).accepted()
    assert "2" in weekly.approve(revision=1).refused(words.WEEK_CHANGED)
    weekly.submit().one(words.WeekSubmitted)
    weekly.approve(revision=2).accepted()


def test_a_published_week_without_changes_is_not_submitted_again(weekly: "Office") -> None:
    weekly.standing()
    weekly.publish()
    weekly.submit().refused(words.WEEK_UNCHANGED)
    weekly.propose(day="2026-12-02")
    weekly.submit().refused(words.WEEK_UNCHANGED)


def test_the_next_version_says_what_changed_why_and_whom_it_affects(weekly: "Office") -> None:
    moved = weekly.standing(boards=("BTCTU",))
    delegated = weekly.standing(day="2026-12-02")
    cancelled = weekly.standing(day="2026-12-03", vehicles=(weekly.CAR,))
    postponed = weekly.standing(day="2026-12-04", attendees=())
    kept = weekly.standing(day="2026-12-05")
    weekly.publish()
    weekly.arrange(moved, room=weekly.HALL, boards=("VPTU",), reason="Đổi phòng.").accepted()
    weekly.delegate(delegated, weekly.SECRETARY, weekly.who(weekly.CHIEF), reason="Đi công tác.").accepted()
    weekly.cancel(cancelled).accepted()
    weekly.postpone(postponed).accepted()
    added = weekly.propose(day="2026-12-05", starts="14:00", actor=weekly.board)
    weekly.arrange(added, reason="Bổ sung.").accepted()
    gone_again = weekly.standing(day="2026-12-06")
    weekly.cancel(gone_again).accepted()
    event = weekly.publish()
    told = {change.item_id: change for change in event.changes}
    assert {id: change.change for id, change in told.items()} == {
        moved: "changed", delegated: "delegated", cancelled: "cancelled", postponed: "cancelled", added: "added"
    }  # fmt: skip
    assert [item.item_id for item in event.items] == [moved, delegated, kept, added]
    assert told[moved].reason == "Đổi phòng."
    assert told[moved].boards == ("BTCTU", "VPTU")
    assert {weekly.ROOM, weekly.HALL, weekly.DEPUTY} <= set(told[moved].things)
    assert {weekly.SECRETARY, weekly.CHIEF} <= set(told[delegated].things)
    assert weekly.CAR in told[cancelled].things
    assert told[cancelled].after is told[added].before is None
    assert told[added].boards == ("BTGTU",)
    assert told[postponed].reason == "Lùi sang tuần sau."


def test_who_read_a_version_says_so_once_and_has_read_those_before(weekly: "Office") -> None:
    first, second = (words.AcknowledgeWeek(week_id=weekly.WEEK, version=number) for number in (1, 2))
    weekly.when(first, actor=weekly.board).refused(words.VERSION_UNKNOWN, "version")
    id = weekly.standing()
    weekly.publish()
    weekly.arrange(id, attendees=(), reason="Theo chỉ đạo.").accepted()
    weekly.publish()
    weekly.when(second, actor=weekly.board).then(
        words.WeekAcknowledged(version=2, by="user:ban.tuyen.giao", by_name="Nguyễn Thị Hoa", board="BTGTU")
    )
    weekly.when(second, actor=weekly.board).nothing()
    weekly.when(first, actor=weekly.board).nothing()
    weekly.when(first, actor=weekly.leader).accepted()


def test_a_hundred_and_fifty_items_are_one_version_and_all_may_change(weekly: "Office") -> None:
    ids = [
        weekly.standing(
            day=f"2026-{'11-30' if number % 6 == 0 else f'12-0{number % 6}'}",
            content="Làm việc với đoàn kiểm tra. " * 20,
            chair=weekly.guest(f"Đồng chí số {number}"),
            attendees=tuple(weekly.guest(f"Đại biểu {each}") for each in range(20)),
            room=None,
            place=f"Nơi họp {number}",
        )
        for number in range(150)
    ]
    assert len(weekly.publish().items) == 150
    for id in ids:
        weekly.arrange(id, note="Mang theo báo cáo.", reason="Bổ sung.").accepted()
    event = weekly.publish()
    assert len(event.changes) == 150
    assert len(event.model_dump_json().encode()) < 4_000_000


@pytest.mark.parametrize("how", ["submit", "approve"])
def test_a_week_that_no_message_can_hold_is_refused_with_its_size(weekly: "Office", how: str) -> None:
    crowd = tuple(weekly.guest(f"{'Đại biểu ' * 20}{each}") for each in range(60))

    def add() -> Any:
        return weekly.standing(room=None, chair=None, attendees=crowd, invited=("Cơ quan " * 20,) * 60)

    add()
    if how == "approve":
        weekly.submit().accepted()
    for _ in range(140):
        add()
    (weekly.submit() if how == "submit" else weekly.approve()).refused(words.WEEK_TOO_LARGE)
