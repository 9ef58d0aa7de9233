"""The rules of directions and deadlines: who leads, until when, and when a deadline is near or passed."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from contracts import documents as words

if TYPE_CHECKING:
    from tests.documents.decider import Scenario


def completed() -> words.DocumentCompleted:
    return words.DocumentCompleted(
        board="BTCTU", evidence=words.Evidence(account="Đã báo cáo."), completed_on=date(2026, 11, 21), late=False
    )


def cancelled() -> words.IncomingNumberCancelled:
    return words.IncomingNumberCancelled(reason="Đăng ký trùng.", cancelled_on=date(2026, 11, 21))


# --- the direction --------------------------------------------------------------------------------------------------


def test_a_direction_says_who_leads_who_supports_what_to_do_and_by_when(scenario: "Scenario") -> None:
    command = scenario.directing(
        supporting_boards=("UBKTTU", "VPTU"),
        opinion="Giao Ban Tổ chức Tỉnh ủy chủ trì tham mưu.",
        deadline=date(2026, 12, 15),
        directed_by="Phó Bí thư Thường trực",
    )
    scenario.given(scenario.registered()).when(command).then(
        words.DocumentDirected(
            lead_board="BTCTU",
            supporting_boards=("UBKTTU", "VPTU"),
            opinion="Giao Ban Tổ chức Tỉnh ủy chủ trì tham mưu.",
            directed_by="Phó Bí thư Thường trực",
            directed_on=date(2026, 11, 23),
            deadline=date(2026, 12, 15),
            deadline_basis="direction",
            remind_at=scenario.at("2026-12-11 07:30"),
            overdue_at=scenario.at("2026-12-16 00:00"),
        )
    )


def test_the_speaker_directs_when_no_leader_is_named(scenario: "Scenario") -> None:
    outcome = scenario.given(scenario.registered()).when(scenario.directing(), actor=scenario.speaker("leader"))
    assert outcome.one(words.DocumentDirected).directed_by == "Nguyễn Thị Hoa"


def test_the_same_direction_said_again_changes_nothing(scenario: "Scenario") -> None:
    command = scenario.directing(supporting_boards=("UBKTTU",), deadline=date(2026, 12, 15))
    scenario.given(scenario.registered()).when(command).one(words.DocumentDirected)
    scenario.when(command).nothing()


@pytest.mark.parametrize(
    "change",
    [
        {"lead_board": "BNCTU"},
        {"supporting_boards": ()},
        {"opinion": "Làm ngay."},
        {"deadline": date(2026, 12, 16)},
        {"directed_by": "Bí thư Tỉnh ủy"},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_new_direction_replaces_the_old_one(scenario: "Scenario", change: dict[str, Any]) -> None:
    usual = {"supporting_boards": ("UBKTTU",), "deadline": date(2026, 12, 15)}
    scenario.given(scenario.registered()).when(scenario.directing(**usual))
    scenario.when(scenario.directing(**{**usual, **change})).one(words.DocumentDirected)


def test_the_same_direction_counts_again_after_the_document_was_passed_on_or_given_back(scenario: "Scenario") -> None:
    command = scenario.directing(supporting_boards=("UBKTTU",))
    scenario.given(scenario.registered()).when(command)
    scenario.when(words.ForwardDocument(document_id=scenario.DOCUMENT, to_board="BNCTU"))
    scenario.when(command).one(words.DocumentDirected)
    scenario.when(words.HandBackDocument(document_id=scenario.DOCUMENT, reason="Không đúng chức năng."))
    scenario.when(command).one(words.DocumentDirected)
    scenario.when(words.RecallDirection(document_id=scenario.DOCUMENT, reason="Điều chỉnh."))
    scenario.when(command).one(words.DocumentDirected)


def test_a_board_that_lost_its_support_on_the_way_gets_it_back_by_the_same_direction(scenario: "Scenario") -> None:
    command = scenario.directing(supporting_boards=("UBKTTU",))
    scenario.given(scenario.registered()).when(command)
    for board in ("UBKTTU", "BTCTU"):
        scenario.when(words.ForwardDocument(document_id=scenario.DOCUMENT, to_board=board))
    assert scenario.when(command).one(words.DocumentDirected).supporting_boards == ("UBKTTU",)


@pytest.mark.parametrize("supporting", [("BTCTU",), ("UBKTTU", "UBKTTU"), ("VPTU", "BTCTU", "VPTU")])
def test_a_board_is_named_once(scenario: "Scenario", supporting: tuple[str, ...]) -> None:
    command = scenario.directing(supporting_boards=supporting)
    scenario.given(scenario.registered()).when(command).refused(words.LEAD_ALSO_SUPPORTS, "supporting_boards")


def test_an_opinion_that_bears_a_secret_stamp_is_refused(scenario: "Scenario") -> None:
    command = scenario.directing(opinion="TỐI MẬT\nGiao Ban Nội chính.")
    scenario.given(scenario.registered()).when(command).refused(words.SECRET_CONTENT)


def test_an_unknown_a_completed_and_a_struck_out_document_is_not_directed(scenario: "Scenario") -> None:
    scenario.when(scenario.directing()).refused(words.DOCUMENT_UNKNOWN)
    scenario.given(scenario.registered(), scenario.directed(), completed())
    scenario.when(scenario.directing()).refused(words.DOCUMENT_COMPLETED)


def test_a_struck_out_document_is_not_directed(scenario: "Scenario") -> None:
    scenario.given(scenario.registered(), cancelled()).when(scenario.directing()).refused(words.DOCUMENT_CANCELLED)


# --- the deadline ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arrived", "today", "due"),
    [
        ("2026-11-20", "2026-11-20", "2026-12-07"),  # ten working days, over 24/11
        ("2026-02-11", "2026-02-11", "2026-03-04"),  # before Tết
        ("2026-08-25", "2026-08-25", "2026-09-11"),  # over 31/8 (swapped), 1/9 and 2/9
        ("2026-04-20", "2026-04-20", "2026-05-07"),  # over Giỗ Tổ and its substitute, 30/4 and 1/5
        ("2026-11-20", "2026-12-20", "2026-12-20"),  # directed too late: today
    ],
)
def test_an_ordinary_document_is_due_ten_working_days_after_its_arrival(
    scenario: "Scenario", arrived: str, today: str, due: str
) -> None:
    scenario.given(scenario.registered(arrived_on=date.fromisoformat(arrived)))
    outcome = scenario.when(scenario.directing(), now=scenario.at(f"{today} 09:00"))
    directed = outcome.one(words.DocumentDirected)
    assert directed.deadline == date.fromisoformat(due)
    assert "30/2020/NĐ-CP" in directed.deadline_basis
    assert directed.overdue_at == scenario.at(f"{directed.deadline + timedelta(days=1)} 00:00")


@pytest.mark.parametrize("urgency", ["urgent", "very_urgent", "express"])
def test_an_urgent_document_is_due_the_day_it_arrived_even_on_a_holiday(scenario: "Scenario", urgency: str) -> None:
    scenario.given(scenario.registered(urgency=urgency, arrived_on=date(2026, 11, 24)))
    directed = scenario.when(scenario.directing(), now=scenario.at("2026-11-24 20:00")).one(words.DocumentDirected)
    assert directed.deadline == date(2026, 11, 24)
    assert directed.remind_at == scenario.at("2026-11-24 07:30")
    assert directed.overdue_at == scenario.at("2026-11-25 00:00")


def test_the_deadline_the_document_gives_goes_before_the_rule(scenario: "Scenario") -> None:
    scenario.given(scenario.registered(respond_by=date(2026, 11, 27)))
    directed = scenario.when(scenario.directing()).one(words.DocumentDirected)
    assert (directed.deadline, directed.deadline_basis) == (date(2026, 11, 27), "document")


def test_the_deadline_the_leader_gives_goes_before_all_others(scenario: "Scenario") -> None:
    scenario.given(scenario.registered(respond_by=date(2026, 11, 27)))
    directed = scenario.when(scenario.directing(deadline=date(2026, 11, 26))).one(words.DocumentDirected)
    assert (directed.deadline, directed.deadline_basis) == (date(2026, 11, 26), "direction")


def test_a_deadline_may_be_today_but_not_before(scenario: "Scenario") -> None:
    scenario.given(scenario.registered())
    scenario.when(scenario.directing(deadline=date(2026, 11, 22))).refused(words.DEADLINE_PASSED, "deadline")
    assert scenario.when(scenario.directing(deadline=date(2026, 11, 23))).one(words.DocumentDirected)


def test_a_reminder_comes_two_working_days_before_over_holidays(scenario: "Scenario") -> None:
    scenario.given(scenario.registered())
    directed = scenario.when(scenario.directing(deadline=date(2027, 1, 4))).one(words.DocumentDirected)
    assert directed.remind_at == scenario.at("2026-12-30 07:30")


def test_a_paper_outside_the_calendar_needs_a_deadline_of_the_leader(scenario: "Scenario") -> None:
    scenario.given(scenario.registered(arrived_on=date(2019, 8, 5)))
    scenario.when(scenario.directing()).refused(words.CALENDAR_UNKNOWN, "deadline")
    directed = scenario.when(scenario.directing(deadline=date(2026, 12, 1))).one(words.DocumentDirected)
    assert directed.deadline == date(2026, 12, 1)


def test_a_deadline_outside_the_calendar_is_refused_for_nobody_knows_when_to_remind(scenario: "Scenario") -> None:
    scenario.given(scenario.registered())
    scenario.when(scenario.directing(deadline=date(2040, 1, 2))).refused(words.CALENDAR_UNKNOWN, "deadline")


def test_a_timed_express_document_is_due_by_its_hour_and_reminded_an_hour_before(scenario: "Scenario") -> None:
    scenario.given(scenario.registered(urgency="express_timed", due_at=scenario.at("2026-11-23 14:00")))
    directed = scenario.when(scenario.directing()).one(words.DocumentDirected)
    assert (directed.deadline, directed.deadline_basis) == (date(2026, 11, 23), "document")
    assert directed.remind_at == scenario.at("2026-11-23 13:00")
    assert directed.overdue_at == scenario.at("2026-11-23 14:00")


def test_a_timed_express_document_directed_after_its_hour_is_overdue_at_once(scenario: "Scenario") -> None:
    scenario.given(scenario.registered(urgency="express_timed", due_at=scenario.at("2026-11-20 14:00")))
    directed = scenario.when(scenario.directing()).one(words.DocumentDirected)
    assert directed.deadline == date(2026, 11, 23)
    assert directed.overdue_at == scenario.at("2026-11-20 14:00")


def test_a_leader_who_gives_a_timed_document_more_days_gives_it_the_whole_last_day(scenario: "Scenario") -> None:
    scenario.given(scenario.registered(urgency="express_timed", due_at=scenario.at("2026-11-23 14:00")))
    the_hour_stands = scenario.when(scenario.directing(deadline=date(2026, 11, 23))).one(words.DocumentDirected)
    assert the_hour_stands.overdue_at == scenario.at("2026-11-23 14:00")
    longer = scenario.when(scenario.directing(deadline=date(2026, 11, 25))).one(words.DocumentDirected)
    assert longer.overdue_at == scenario.at("2026-11-26 00:00")


# --- near and passed ------------------------------------------------------------------------------------------------

DUE = date(2026, 12, 15)


def approaching(scenario: "Scenario", due: date = DUE) -> words.MarkDeadlineApproaching:
    return words.MarkDeadlineApproaching(document_id=scenario.DOCUMENT, deadline=due)


def missed(scenario: "Scenario", due: date = DUE) -> words.MarkDeadlineMissed:
    return words.MarkDeadlineMissed(document_id=scenario.DOCUMENT, deadline=due)


def test_a_deadline_is_said_to_be_near_once_and_to_have_passed_once(scenario: "Scenario") -> None:
    scenario.given(scenario.registered(), scenario.directed(deadline=DUE))
    scenario.when(approaching(scenario)).then(words.DeadlineApproached(deadline=DUE))
    scenario.when(approaching(scenario)).nothing()
    scenario.when(missed(scenario)).then(words.DeadlineMissed(deadline=DUE))
    scenario.when(missed(scenario)).nothing()
    scenario.when(approaching(scenario)).nothing()


def test_a_deadline_that_no_longer_stands_is_not_spoken_of(scenario: "Scenario") -> None:
    scenario.given(scenario.registered(), scenario.directed(deadline=date(2026, 12, 20)))
    scenario.when(approaching(scenario)).nothing()
    scenario.when(missed(scenario)).nothing()


def test_a_document_given_back_is_still_watched_for_giving_back_stops_no_clock(scenario: "Scenario") -> None:
    scenario.given(scenario.registered(), scenario.directed(deadline=DUE))
    scenario.given(words.DocumentHandedBack(board="BTCTU", reason="Không đúng chức năng."))
    scenario.when(approaching(scenario)).one(words.DeadlineApproached)
    scenario.when(missed(scenario)).one(words.DeadlineMissed)


@pytest.mark.parametrize("end", ["unknown", "completed", "cancelled", "recalled"])
def test_a_document_that_is_not_waited_for_has_no_deadline_to_miss(scenario: "Scenario", end: str) -> None:
    endings = {"completed": completed(), "cancelled": cancelled(), "recalled": words.DirectionRecalled(reason="Sai.")}
    if end in endings:
        scenario.given(scenario.registered(), scenario.directed(deadline=DUE), endings[end])
    scenario.when(approaching(scenario)).nothing()
    scenario.when(missed(scenario)).nothing()


def test_a_new_direction_starts_the_watch_anew(scenario: "Scenario") -> None:
    scenario.given(scenario.registered(), scenario.directed(deadline=DUE))
    scenario.given(words.DeadlineApproached(deadline=DUE), words.DeadlineMissed(deadline=DUE))
    scenario.when(scenario.directing(deadline=DUE)).one(words.DocumentDirected)
    scenario.when(missed(scenario)).one(words.DeadlineMissed)


# --- taken back -----------------------------------------------------------------------------------------------------


def test_a_direction_taken_back_leaves_the_document_waiting_for_a_new_one(scenario: "Scenario") -> None:
    recall = words.RecallDirection(document_id=scenario.DOCUMENT, reason="Điều chỉnh đơn vị chủ trì.")
    scenario.given(scenario.registered(), scenario.directed()).when(recall).then(
        words.DirectionRecalled(reason="Điều chỉnh đơn vị chủ trì.")
    )
    scenario.when(recall).refused(words.DOCUMENT_NOT_DIRECTED)
    scenario.when(scenario.directing()).one(words.DocumentDirected)


def test_only_a_direction_that_stands_is_taken_back(scenario: "Scenario") -> None:
    recall = words.RecallDirection(document_id=scenario.DOCUMENT, reason="Điều chỉnh.")
    scenario.when(recall).refused(words.DOCUMENT_UNKNOWN)
    scenario.given(scenario.registered()).when(recall).refused(words.DOCUMENT_NOT_DIRECTED)
    scenario.given(scenario.directed(), completed()).when(recall).refused(words.DOCUMENT_COMPLETED)


def test_a_struck_out_document_has_no_direction_to_take_back(scenario: "Scenario") -> None:
    recall = words.RecallDirection(document_id=scenario.DOCUMENT, reason="Điều chỉnh.")
    scenario.given(scenario.registered(), cancelled()).when(recall).refused(words.DOCUMENT_CANCELLED)


def test_the_reason_to_take_a_direction_back_bears_no_secret_stamp(scenario: "Scenario") -> None:
    recall = words.RecallDirection(document_id=scenario.DOCUMENT, reason="Văn bản TUYỆT MẬT")
    scenario.given(scenario.registered(), scenario.directed()).when(recall).refused(words.SECRET_CONTENT)
