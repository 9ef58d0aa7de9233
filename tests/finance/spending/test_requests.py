"""The rules of asking for money, checking, returning, rejecting, approving and closing."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from contracts import finance as words

if TYPE_CHECKING:
    from tests.finance.office import Office

CAUSE = words.Cause(
    event_id="0190a6f2-c3d4-7e1f-8a2b-3c4d5e6f7081:0",
    type="scheduling.FuelRecorded",
    subject="trip_log/xe-45-2026-11",
    told="Đổ xăng xe 12A-000.45 ngày 19/11/2026",
)
SPECIAL: dict[str, Any] = {"kind": "special", "legal_basis": "Nghị quyết 12/2026/NQ-HĐND"}


def revising(money: "Office", id: str, **changes: Any) -> Any:
    actor = changes.pop("actor", money.CONTACT)
    seen = {"request_id": id, "revision": money.request(id).revision}
    return money.when(words.ReviseSpending(**{**seen, **money.details(), **changes}), actor=actor)


# --- asking -----------------------------------------------------------------------------------------------------------


def test_a_contact_asks_and_is_told_what_would_be_left(money: "Office") -> None:
    outcome = money.asking(6_000_000)
    outcome.warns("left-after-this")
    requested = outcome.one(words.SpendingRequested)
    assert (requested.total_vnd, requested.by, requested.by_name) == (6_000_000, "user:dau.moi", "Hoàng Văn Đầu")
    assert (requested.after[0].left_vnd, requested.after[0].after_vnd) == (100_000_000, 94_000_000)
    assert "94.000.000" in outcome.notices[0].vi
    assert money.line() == (0, 0, 0, 100_000_000)


def test_asking_for_more_than_is_left_is_warned_of_and_not_refused(money: "Office") -> None:
    money.asking(100_000_001).warns("not-enough-left-now")


def test_amounts_of_one_line_and_item_are_made_into_one(money: "Office") -> None:
    amounts = (money.item(1_000_000), money.item(500_000, money.PAPER), money.item(2_000_000))
    requested = money.asking(amounts=amounts).one(words.SpendingRequested)
    assert [(each.line, each.amount_vnd) for each in requested.amounts] == [
        (money.PETROL, 3_000_000),
        (money.PAPER, 500_000),
    ]
    assert requested.total_vnd == 3_500_000


def test_a_contact_asks_for_their_own_board_only_and_the_office_for_any(money: "Office") -> None:
    money.asking(board=money.OTHER).refused(words.BOARD_NOT_YOURS, "board")
    money.asking(actor=money.ACCOUNTANT, board=money.OTHER).accepted()


def test_a_line_is_in_the_boards_budget_and_an_item_of_its_line(money: "Office") -> None:
    money.asking(amounts=(money.item(1, "tu-chu.509.351.6600", "6601"),)).refused(words.LINE_UNKNOWN)
    money.asking(amounts=(money.item(1, item="6551"),)).refused(words.ITEM_NOT_OF_LINE, "amounts")
    money.asking(amounts=(money.item(1, item="6599"),)).refused(words.ITEM_NOT_OF_LINE, "amounts")
    money.asking(amounts=(money.item(1, item="9999"),)).refused(words.CODE_NOT_IN_FORCE, "amounts")
    money.asking(year=2027).refused(words.LINE_UNKNOWN)


# --- special and unplanned --------------------------------------------------------------------------------------------


def test_special_spending_goes_under_its_items_and_says_its_basis(money: "Office") -> None:
    told = money.asking(**SPECIAL).refused(words.FORCED_ITEM, "amounts")
    assert "7761" in told
    assert "7750" not in told
    money.asking(line=money.GUESTS, kind="unplanned").refused(words.LEGAL_BASIS_NEEDED, "legal_basis")
    money.asking(line=money.GUESTS, **SPECIAL).accepted()


@pytest.mark.parametrize(
    ("asked", "kind", "until"),
    [
        ("2026-11-16 09:00", "special", "2026-11-18 09:00"),
        ("2026-11-16 09:00", "unplanned", "2026-11-17 09:00"),
        ("2026-11-20 15:00", "unplanned", "2026-11-23 15:00"),
        # Tuesday 24 November 2026 is the day of Vietnamese culture, and off.
        ("2026-11-20 15:00", "special", "2026-11-25 15:00"),
        ("2026-11-14 15:00", "unplanned", "2026-11-17 00:00"),
        ("2026-11-15 15:00", "special", "2026-11-18 00:00"),
    ],
)
def test_its_hours_run_on_working_days(
    money: "Office", moment: Callable[[str], Any], asked: str, kind: str, until: str
) -> None:
    details = money.details(1_000_000, money.GUESTS, **{**SPECIAL, "kind": kind})
    said = money.when(words.RequestSpending(**details), actor=money.CONTACT, now=moment(asked))
    assert said.one(words.SpendingRequested).decide_by == moment(until)


def test_what_is_not_decided_in_its_time_is_told_once(money: "Office", moment: Callable[[str], Any]) -> None:
    id = money.checked(1_000_000, money.GUESTS, **SPECIAL)
    escalate = words.EscalateSpending(request_id=id)
    money.when(escalate, actor=money.SERVICE, now=moment("2026-11-26 08:59")).nothing()
    late = money.when(escalate, actor=money.SERVICE, now=moment("2026-11-26 09:00")).one(words.SpendingEscalated)
    assert late.waits_for == "leader"
    money.when(escalate, actor=money.SERVICE, now=moment("2026-11-26 10:00")).nothing()
    decided = money.approved(1_000_000, money.GUESTS, **SPECIAL)
    money.when(
        words.EscalateSpending(request_id=decided), actor=money.SERVICE, now=moment("2026-12-25 10:00")
    ).nothing()
    money.when(words.EscalateSpending(request_id="f" * 32), actor=money.SERVICE).nothing()


def test_regular_spending_has_no_hour(money: "Office", moment: Callable[[str], Any]) -> None:
    id = money.asked()
    assert money.request(id).decide_by is None
    money.when(words.EscalateSpending(request_id=id), actor=money.SERVICE, now=moment("2027-01-01 10:00")).nothing()


# --- drafts and revisions ---------------------------------------------------------------------------------------------


def test_a_fact_of_another_desk_drafts_a_request_and_a_contact_sends_it(money: "Office") -> None:
    drafting = words.DraftSpending(**money.details(620_000), cause=CAUSE)
    id = money.when(drafting, actor=money.SERVICE).accepted().id
    money.about(words.CheckSpending, id, money.ACCOUNTANT).refused(words.NOT_THIS_STEP)
    revising(money, id, actor=money.OTHER_CONTACT).refused(words.BOARD_NOT_YOURS, "board")
    revised = revising(money, id, amounts=(money.item(620_000),)).one(words.SpendingRevised)
    assert (money.request(id).status, revised.revision) == ("submitted", 2)
    money.about(words.CheckSpending, id, money.ACCOUNTANT).accepted()


def test_a_draft_that_is_not_sound_is_kept_and_put_right_by_whoever_sends_it(money: "Office") -> None:
    amounts = (money.item(1, "tu-chu.509.351.6600", "6601"),)
    id = money.when(words.DraftSpending(**money.details(amounts=amounts), cause=CAUSE), actor=money.SERVICE).id
    revising(money, id, amounts=amounts).refused(words.LINE_UNKNOWN)
    revising(money, id).accepted()


def test_a_draft_is_discarded_by_an_accountant(money: "Office") -> None:
    id = money.when(words.DraftSpending(**money.details(), cause=CAUSE), actor=money.SERVICE).accepted().id
    money.about(words.RejectSpending, id, money.ACCOUNTANT, reason="Đã chi bằng thẻ.").accepted()
    revising(money, id).refused(words.NOT_THIS_STEP)


def test_a_returned_request_is_put_right_and_goes_its_way_again(money: "Office") -> None:
    id = money.checked()
    money.about(words.ReturnSpending, id, money.HEAD, reason="Thiếu báo giá.").accepted()
    assert money.request(id).status == "returned"
    revising(money, id, amounts=(money.item(5_000_000),)).accepted()
    money.about(words.CheckSpending, id, money.ACCOUNTANT).accepted()
    money.about(words.ApproveSpending, id, money.HEAD).accepted()
    assert money.line() == (5_000_000, 0, 0, 95_000_000)


def test_the_same_revision_said_again_records_nothing(money: "Office") -> None:
    id = money.asked()
    revising(money, id).nothing()
    revision = money.request(id).revision
    changed = {"amounts": (money.item(1_000_000),)}
    revising(money, id, **changed).accepted()
    revising(money, id, revision=revision, **changed).nothing()
    revising(money, id, revision=revision).refused(words.SPENDING_CHANGED)


def test_a_checked_request_is_not_revised_unless_it_is_returned(money: "Office") -> None:
    revising(money, money.checked()).refused(words.NOT_THIS_STEP)


# --- checking, returning, rejecting -----------------------------------------------------------------------------------


def test_whoever_speaks_of_an_older_revision_is_told_what_changed(money: "Office") -> None:
    id = money.checked()
    told = money.about(words.ApproveSpending, id, money.HEAD, revision=1).refused(words.SPENDING_CHANGED)
    assert "kế toán đã kiểm tra (Lê Thị Kế)" in told
    money.about(words.CheckSpending, "f" * 32, money.SECOND).refused(words.SPENDING_UNKNOWN)
    money.about(words.ApproveSpending, id, money.HEAD, board=money.OTHER).refused(words.SPENDING_ELSEWHERE)


def test_checking_tells_that_a_line_has_too_little_by_now(money: "Office") -> None:
    id = money.asked(60_000_000)
    money.approved(50_000_000)
    money.about(words.CheckSpending, id, money.ACCOUNTANT).warns("not-enough-left-now")


@pytest.mark.parametrize(
    ("kind", "who", "said"),
    [
        (words.CheckSpending, "ACCOUNTANT", {"note": "Đủ chứng từ."}),
        (words.ReturnSpending, "ACCOUNTANT", {"reason": "Thiếu báo giá."}),
        (words.RejectSpending, "HEAD", {"reason": "Chưa cần thiết."}),
    ],
)
def test_a_step_said_again_by_the_same_person_records_nothing(
    money: "Office", kind: Any, who: str, said: dict[str, str]
) -> None:
    id, actor = money.asked(), getattr(money, who)
    revision = money.request(id).revision
    money.about(kind, id, actor, **said).accepted()
    money.about(kind, id, actor, revision=revision, **said).nothing()
    other = money.SECOND if actor is money.ACCOUNTANT else money.ACCOUNTANT
    money.about(kind, id, other, revision=revision, **said).refused(words.SPENDING_CHANGED)


def test_only_the_head_rejects_what_was_submitted(money: "Office") -> None:
    id = money.asked()
    money.about(words.RejectSpending, id, money.ACCOUNTANT, reason="Không đúng chế độ.").refused(words.HEAD_REJECTS)
    money.about(words.RejectSpending, id, money.HEAD, reason="Chưa cần thiết.").accepted()
    money.about(words.CheckSpending, id, money.ACCOUNTANT).refused(words.NOT_THIS_STEP)
    money.about(words.ReturnSpending, id, money.ACCOUNTANT, reason="Sửa lại.").refused(words.NOT_THIS_STEP)


# --- approving --------------------------------------------------------------------------------------------------------


def test_what_is_approved_is_committed(money: "Office") -> None:
    id = money.checked()
    committed = money.about(words.ApproveSpending, id, money.HEAD).one(words.FundsCommitted)
    assert (committed.request_id, committed.over_vnd) == (id, 0)
    assert money.line() == (6_000_000, 0, 0, 94_000_000)
    money.about(words.ApproveSpending, id, money.HEAD).refused(words.NOT_THIS_STEP)
    money.about(words.ApproveSpending, id, money.HEAD, revision=2).nothing()


def test_never_more_is_approved_than_is_left(money: "Office") -> None:
    money.approved(95_000_000)
    id = money.checked(6_000_000)
    told = money.about(words.ApproveSpending, id, money.HEAD).refused(words.NOT_ENOUGH_LEFT)
    assert "5.000.000" in told
    assert money.line() == (95_000_000, 0, 0, 5_000_000)


def test_authority_approves_beyond_what_is_left_for_a_reason_that_stays(money: "Office") -> None:
    money.approved(95_000_000)
    id = money.checked(6_000_000)
    over = money.about(words.ApproveSpendingOver, id, money.HEAD, reason="Đoàn Trung ương.")
    over.warns("over-estimate")
    assert over.one(words.FundsCommitted).over_vnd == 1_000_000
    assert money.line() == (101_000_000, 0, 0, -1_000_000)


def test_a_reason_that_was_not_needed_is_a_remark(money: "Office") -> None:
    id = money.checked()
    approved = money.about(words.ApproveSpendingOver, id, money.HEAD, reason="Phòng khi thiếu.")
    approved.warns()
    assert approved.one(words.SpendingApproved).note == "Phòng khi thiếu."
    money.about(words.ApproveSpendingOver, money.asked(), money.HEAD, reason="Gấp lắm.").refused(words.NOT_THIS_STEP)


# --- closing ----------------------------------------------------------------------------------------------------------


def test_closing_lets_go_of_what_is_not_needed(money: "Office") -> None:
    id = money.approved()
    money.paying(id, 4_000_000).accepted()
    closing = {"reason": "Đã mua đủ."}
    closed = money.about(words.CloseSpending, id, money.ACCOUNTANT, **closing)
    assert closed.one(words.SpendingClosed).released_vnd == 2_000_000
    assert money.line() == (0, 0, 4_000_000, 96_000_000)
    money.about(words.CloseSpending, id, money.ACCOUNTANT, **closing).refused(words.NOT_THIS_STEP)
    money.about(words.CloseSpending, id, money.ACCOUNTANT, revision=4, **closing).nothing()


def test_what_was_paid_whole_closes_without_touching_the_budget(money: "Office") -> None:
    id = money.paid()
    assert len(money.about(words.CloseSpending, id, money.ACCOUNTANT, reason="Xong.").accepted().events) == 1
    money.about(words.CloseSpending, money.asked(), money.HEAD, reason="Xong.").refused(words.NOT_THIS_STEP)
