"""The rules of what boards do with a document: sign for it, give it back, pass it on, complete it."""

from datetime import date
from typing import TYPE_CHECKING

import pytest

from contracts import documents as words
from contracts.base import Actor, Command

if TYPE_CHECKING:
    from tests.documents.decider import Scenario

ID = "0" * 32
REPLY = words.Evidence(reply_notation="66-CV/BTCTU", reply_issued_on=date(2026, 12, 10))
ACKNOWLEDGE = words.AcknowledgeReceipt(document_id=ID, received_by="Phạm Quốc Bảo")
HAND_BACK = words.HandBackDocument(document_id=ID, reason="Không thuộc chức năng của Ban.")
FORWARD = words.ForwardDocument(document_id=ID, to_board="UBKTTU", reason="Thuộc thẩm quyền của Ủy ban Kiểm tra.")
COMPLETE = words.CompleteDocument(document_id=ID, evidence=REPLY)
ALL = [ACKNOWLEDGE, HAND_BACK, FORWARD, COMPLETE]
EVERY = pytest.mark.parametrize("command", ALL, ids=lambda command: type(command).__name__)
COMPLETED = words.DocumentCompleted(board="BTCTU", evidence=REPLY, completed_on=date(2026, 11, 21), late=False)
CANCELLED = words.IncomingNumberCancelled(reason="Đăng ký trùng.", cancelled_on=date(2026, 11, 21))


@pytest.fixture
def handed_over(scenario: "Scenario") -> "Scenario":
    return scenario.given(scenario.registered(), scenario.directed())


# --- whose document it is -------------------------------------------------------------------------------------------


@EVERY
def test_the_leading_board_may(handed_over: "Scenario", command: Command) -> None:
    assert len(handed_over.when(command, actor=handed_over.speaker("board", board="BTCTU")).events) == 1


@EVERY
def test_clerks_and_leaders_may_for_every_board(scenario: "Scenario", command: Command) -> None:
    for actor in (scenario.speaker("clerk"), scenario.speaker("leader", board="VPTU")):
        scenario.given(scenario.registered(), scenario.directed())
        assert len(scenario.when(command, actor=actor).events) == 1


@EVERY
@pytest.mark.parametrize("board", ["UBKTTU", "BNCTU", None], ids=["supports", "a stranger", "no board"])
def test_no_other_board_may_not_even_one_that_supports(
    handed_over: "Scenario", command: Command, board: str | None
) -> None:
    actor: Actor = handed_over.speaker("board", board=board)
    handed_over.when(command, actor=actor).refused(words.NOT_YOUR_BOARD)


@EVERY
def test_after_passing_on_the_new_board_may_and_the_old_one_may_not(handed_over: "Scenario", command: Command) -> None:
    handed_over.when(words.ForwardDocument(document_id=ID, to_board="BNCTU"))
    handed_over.when(command, actor=handed_over.speaker("board", board="BTCTU")).refused(words.NOT_YOUR_BOARD)
    assert handed_over.when(command, actor=handed_over.speaker("board", board="BNCTU")).events


@EVERY
def test_a_document_no_direction_stands_for_is_nobodys(scenario: "Scenario", command: Command) -> None:
    scenario.when(command).refused(words.DOCUMENT_UNKNOWN)
    scenario.given(scenario.registered()).when(command).refused(words.DOCUMENT_NOT_DIRECTED)
    handed_back = words.DocumentHandedBack(board="BTCTU", reason="Không đúng chức năng.")
    scenario.given(scenario.directed(), handed_back).when(command).refused(words.DOCUMENT_NOT_DIRECTED)


@EVERY
def test_a_completed_document_is_changed_no_more(handed_over: "Scenario", command: Command) -> None:
    handed_over.given(COMPLETED).when(command).refused(words.DOCUMENT_COMPLETED)


@EVERY
def test_a_struck_out_document_is_handled_no_more(handed_over: "Scenario", command: Command) -> None:
    handed_over.given(CANCELLED).when(command).refused(words.DOCUMENT_CANCELLED)


# --- signing --------------------------------------------------------------------------------------------------------


def test_a_receipt_says_which_board_who_and_when(handed_over: "Scenario") -> None:
    handed_over.when(ACKNOWLEDGE).then(
        words.ReceiptAcknowledged(board="BTCTU", received_by="Phạm Quốc Bảo", received_on=date(2026, 11, 23))
    )


def test_a_board_signs_once_for_each_time_it_is_handed_the_document(handed_over: "Scenario") -> None:
    handed_over.when(ACKNOWLEDGE).one(words.ReceiptAcknowledged)
    handed_over.when(ACKNOWLEDGE).refused(words.RECEIPT_ALREADY_SIGNED)
    handed_over.when(FORWARD)
    assert handed_over.when(ACKNOWLEDGE).one(words.ReceiptAcknowledged).board == "UBKTTU"
    handed_over.when(HAND_BACK)
    handed_over.when(handed_over.directing(document_id=ID))
    handed_over.when(ACKNOWLEDGE).one(words.ReceiptAcknowledged)


# --- giving back and passing on -------------------------------------------------------------------------------------


def test_giving_back_says_which_board_and_why(handed_over: "Scenario") -> None:
    handed_over.when(HAND_BACK).then(words.DocumentHandedBack(board="BTCTU", reason="Không thuộc chức năng của Ban."))


def test_passing_on_changes_who_leads_and_not_the_deadline(handed_over: "Scenario") -> None:
    handed_over.when(FORWARD).then(
        words.DocumentForwarded(
            from_board="BTCTU",
            to_board="UBKTTU",
            reason="Thuộc thẩm quyền của Ủy ban Kiểm tra.",
            forwarded_on=date(2026, 11, 23),
        )
    )
    due = date(2026, 12, 15)
    handed_over.when(words.MarkDeadlineMissed(document_id=ID, deadline=due)).one(words.DeadlineMissed)


def test_a_document_is_not_passed_on_to_the_board_that_has_it(handed_over: "Scenario") -> None:
    handed_over.when(words.ForwardDocument(document_id=ID, to_board="BTCTU")).refused(words.ALREADY_LEADS, "to_board")
    handed_over.when(FORWARD)
    handed_over.when(FORWARD).refused(words.ALREADY_LEADS, "to_board")


@pytest.mark.parametrize(
    "command",
    [
        words.HandBackDocument(document_id=ID, reason="Văn bản TỐI MẬT"),
        words.ForwardDocument(document_id=ID, to_board="UBKTTU", reason="(MẬT)"),
        words.CompleteDocument(document_id=ID, evidence=words.Evidence(account="Báo cáo TUYỆT MẬT")),
        words.CompleteDocument(document_id=ID, evidence=words.Evidence(reply_notation="12-BC/TU (MẬT)")),
    ],
)
def test_nothing_that_bears_a_secret_stamp_is_written_on_the_way(handed_over: "Scenario", command: Command) -> None:
    handed_over.when(command).refused(words.SECRET_CONTENT)


# --- completing -----------------------------------------------------------------------------------------------------


def test_a_document_is_closed_with_the_reply_that_was_issued(handed_over: "Scenario") -> None:
    handed_over.when(COMPLETE).then(
        words.DocumentCompleted(board="BTCTU", evidence=REPLY, completed_on=date(2026, 11, 23), late=False)
    )


def test_an_account_of_what_was_done_is_evidence_too(handed_over: "Scenario") -> None:
    account = words.Evidence(account="Đã báo cáo miệng tại giao ban ngày 23/11.")
    outcome = handed_over.when(words.CompleteDocument(document_id=ID, evidence=account))
    assert outcome.one(words.DocumentCompleted).evidence == account


@pytest.mark.parametrize("evidence", [words.Evidence(), words.Evidence(reply_issued_on=date(2026, 12, 1))])
def test_a_document_is_not_closed_without_evidence(handed_over: "Scenario", evidence: words.Evidence) -> None:
    command = words.CompleteDocument(document_id=ID, evidence=evidence)
    handed_over.when(command).refused(words.EVIDENCE_NEEDED, "evidence")


@pytest.mark.parametrize(
    ("moment", "late"), [("2026-12-15 23:59", False), ("2026-12-16 00:00", True), ("2027-01-04 08:00", True)]
)
def test_a_document_is_late_from_the_midnight_that_ends_its_last_day(
    handed_over: "Scenario", moment: str, late: bool
) -> None:
    outcome = handed_over.when(COMPLETE, now=handed_over.at(moment))
    assert outcome.one(words.DocumentCompleted).late is late


@pytest.mark.parametrize(("moment", "late"), [("2026-11-23 13:59", False), ("2026-11-23 14:00", True)])
def test_a_timed_document_is_late_from_its_hour(scenario: "Scenario", moment: str, late: bool) -> None:
    scenario.given(scenario.registered(urgency="express_timed", due_at=scenario.at("2026-11-23 14:00")))
    scenario.when(scenario.directing(document_id=ID))
    assert scenario.when(COMPLETE, now=scenario.at(moment)).one(words.DocumentCompleted).late is late
