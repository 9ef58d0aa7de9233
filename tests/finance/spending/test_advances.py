"""The rules of advances: one at a time for a purpose, accounted for in time, and settled to the last đồng."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from contracts import finance as words
from services.finance.policies.escalate_special import ESCALATE_SPECIAL
from services.finance.policies.remind_advances import REMIND_ADVANCES
from services.runtime.manifest import At

if TYPE_CHECKING:
    from tests.finance.office import Office


def rest(money: "Office", kind: Any, id: str, amount: int, actor: Any = None, **changes: Any) -> Any:
    usual = {"method": "cash", "money_account": "quy-tien-mat", "on": money.DAY, "amount_vnd": amount}
    return money.of_advance(kind, id, actor or money.CASHIER, **{**usual, **changes})


# --- handing out ------------------------------------------------------------------------------------------------------


def test_an_advance_leaves_what_is_committed_and_waits_to_be_accounted_for(money: "Office") -> None:
    id = money.approved(6_000_000, as_advance=True)
    told = money.advancing(id, 4_000_000)
    paid, entry = told.one(words.AdvancePaid), told.one(words.EntryPosted)
    assert (paid.amount_vnd, paid.voucher, paid.account_by) == (4_000_000, "PC 1/2026", date(2026, 12, 11))
    assert [(line.account, line.side) for line in entry.lines] == [("141", "debit"), ("111", "credit")]
    assert entry.party == money.HOLDER.name
    assert money.line() == (2_000_000, 4_000_000, 0, 94_000_000)
    assert told.one(words.HoldingNoted).status == "open"


def test_one_person_has_one_open_advance_for_a_purpose(money: "Office") -> None:
    held = money.advanced(1_000_000, purpose="Hội nghị cán bộ")
    again = money.approved(1_000_000, purpose="Hội nghị  cán bộ.")
    told = money.advancing(again, 1_000_000).refused(words.ADVANCE_STILL_OPEN, "holder")
    assert "23/11/2026" in told
    money.advancing(again, 1_000_000, holder=words.Payee(name="Lý Thị Khác")).accepted()
    money.advanced(1_000_000, purpose="Đi cơ sở")
    money.claimed(held, 1_000_000)
    money.advanced(1_000_000, purpose="Hội nghị cán bộ")


def test_people_who_are_no_members_of_the_office_are_told_apart_by_name(money: "Office") -> None:
    by_name, other = words.Payee(name="Lý Thị Khác"), words.Payee(name="Lý Thị Khác", person_id="b" * 32)
    money.advancing(money.approved(), 1, holder=by_name).accepted()
    money.advancing(money.approved(), 1, holder=by_name).refused(words.ADVANCE_STILL_OPEN, "holder")
    money.advancing(money.approved(), 1, holder=other).accepted()
    money.advancing(money.approved(), 1, holder=words.Payee(name="...")).refused(words.HOLDER_UNNAMED, "holder")


def test_whoever_has_an_overdue_advance_gets_no_other(money: "Office", moment: Callable[[str], Any]) -> None:
    held = money.advanced(1_000_000, purpose="Hội nghị cán bộ")
    id = money.approved(1_000_000, purpose="Đi cơ sở")
    money.scenario.now = moment("2026-12-11 09:00")
    again = money.approved(1_000_000, purpose="Tiếp khách")
    money.advancing(again, 1_000_000, task_ends_on=date(2026, 12, 25)).accepted()
    money.scenario.now = moment("2026-12-12 09:00")
    assert "11/12/2026" in money.advancing(id, 1_000_000).refused(words.ADVANCE_OVERDUE, "holder")
    money.claiming(held, 1_000_000).accepted()
    money.advancing(id, 1_000_000).accepted()
    money.of_advance(words.ReturnClaim, held, money.SECOND, reason="Thiếu hóa đơn.").accepted()
    money.advancing(money.approved(1, purpose="In"), 1).refused(words.ADVANCE_OVERDUE, "holder")


def test_no_more_is_handed_out_than_the_request_keeps(money: "Office") -> None:
    money.advancing(money.approved(), 6_000_001).refused(words.MORE_THAN_KEPT, "amounts")
    money.advancing(money.checked(), 1).refused(words.NOT_THIS_STEP)
    id = money.approved()
    money.advancing(id, 1, actor=money.ACCOUNTANT).refused(words.SAME_PERSON)


def test_a_task_ends_in_years_whose_holidays_are_known(money: "Office") -> None:
    id = money.approved()
    money.advancing(id, 1, task_ends_on=date(2040, 1, 1)).refused(words.TASK_OUTSIDE_CALENDAR, "task_ends_on")


# --- accounting for it ------------------------------------------------------------------------------------------------


def test_what_was_spent_exactly_settles_an_advance_at_once(money: "Office") -> None:
    id = money.advanced(6_000_000)
    money.claiming(id, 6_000_000).accepted()
    money.of_advance(words.CheckClaim, id, money.ACCOUNTANT).accepted()
    told = money.approving_claim(id)
    approved, entry = told.one(words.ClaimApproved), told.one(words.EntryPosted)
    assert (approved.spent_vnd, approved.to_return_vnd, approved.to_pay_vnd) == (6_000_000, 0, 0)
    assert [(line.account, line.side) for line in entry.lines] == [("612", "debit"), ("141", "credit")]
    assert (money.advance(id).status, told.one(words.HoldingNoted).status) == ("settled", "settled")
    assert money.line() == (0, 0, 6_000_000, 94_000_000)
    assert money.balance("141") == 0
    money.approving_claim(id).refused(words.NOT_THIS_STEP_OF_ADVANCE)


def test_what_was_not_spent_is_returned_in_parts(money: "Office") -> None:
    id = money.claimed(money.advanced(6_000_000), 4_000_000)
    assert money.line() == (0, 0, 4_000_000, 96_000_000)
    assert money.advance(id).status == "accounted"
    rest(money, words.PayRest, id, 1).refused(words.MORE_THAN_REST, "amount_vnd")
    rest(money, words.ReceiveRest, id, 2_000_001).refused(words.MORE_THAN_REST, "amount_vnd")
    first = rest(money, words.ReceiveRest, id, 500_000)
    assert (first.one(words.RestReceived).to_return_vnd, first.one(words.EntryPosted).voucher) == (
        1_500_000,
        "PT 1/2026",
    )
    assert not first.all(words.HoldingNoted)
    last = rest(money, words.ReceiveRest, id, 1_500_000)
    assert last.one(words.HoldingNoted).status == money.advance(id).status == "settled"
    assert money.balance("141") == 0
    assert money.balance("111") == -4_000_000


def test_a_rest_does_not_move_before_the_chart_of_accounts_is_in_force(money: "Office") -> None:
    id = money.claimed(money.advanced(6_000_000), 4_000_000)
    rest(money, words.ReceiveRest, id, 1, on=date(2020, 5, 5)).refused(words.TEMPLATE_UNKNOWN, "on")


def test_what_was_spent_beyond_is_paid(money: "Office") -> None:
    id = money.claimed(money.advanced(6_000_000), 6_500_000)
    assert money.line() == (0, 0, 6_500_000, 93_500_000)
    assert list(money.state("advance_holder", money.advance(id).holder_id).held) == [id]
    rest(money, words.PayRest, id, 500_000, method="bank", money_account="nh-agribank").accepted()
    assert (money.advance(id).status, money.balance("141"), money.balance("112")) == ("settled", 0, -500_000)


def test_nothing_spent_is_all_returned_and_posts_nothing(money: "Office") -> None:
    id = money.advanced(6_000_000)
    money.claiming(id, 0).accepted()
    money.of_advance(words.CheckClaim, id, money.ACCOUNTANT).accepted()
    approved = money.approving_claim(id)
    assert approved.one(words.ClaimApproved).entry_id is None
    assert not approved.all(words.EntryPosted)
    assert money.line() == (0, 0, 0, 100_000_000)
    rest(money, words.ReceiveRest, id, 6_000_000).accepted()
    assert money.balance("111") == money.balance("141") == 0


def test_money_of_one_source_does_not_pay_for_another(money: "Office") -> None:
    amounts = (money.item(3_000_000), money.item(2_000_000, money.GUESTS))
    request = money.approved(amounts=amounts)
    id = money.advancing(request, 1, amounts=amounts).one(words.SpendingAdvanced).advance_id
    spent = (money.item(2_500_000), money.item(2_300_000, money.GUESTS))
    money.claiming(id, 1, amounts=spent).accepted()
    money.of_advance(words.CheckClaim, id, money.ACCOUNTANT).accepted()
    approved = money.approving_claim(id).one(words.ClaimApproved)
    assert (approved.to_return_vnd, approved.to_pay_vnd) == (500_000, 300_000)
    rest(money, words.ReceiveRest, id, 500_000).accepted()
    assert (money.advance(id).status, len(money.state("advance_holder", money.advance(id).holder_id).held)) == (
        "accounted",
        1,
    )
    rest(money, words.PayRest, id, 300_000).accepted()
    assert money.advance(id).status == "settled"
    sums: dict[str, int] = {}
    for entry in money.entries():
        for line in entry.lines:
            if line.account == "141":
                sums[str(line.source)] = sums.get(str(line.source), 0) + (
                    line.amount_vnd if line.side == "debit" else -line.amount_vnd
                )
    assert sums == {"tu-chu": 0, "khong-tu-chu": 0}


def test_more_than_the_line_has_is_approved_by_authority_only(money: "Office") -> None:
    id = money.advanced(6_000_000)
    money.approved(94_000_000)
    money.claiming(id, 6_500_000).accepted()
    money.of_advance(words.CheckClaim, id, money.ACCOUNTANT).accepted()
    money.approving_claim(id).refused(words.NOT_ENOUGH_LEFT)
    told = money.approving_claim(id, over_reason="Giá xăng tăng trong chuyến đi.")
    assert told.one(words.AdvanceAccounted).over_vnd == 500_000
    assert money.line()[-1] == -500_000


def test_an_account_goes_under_the_lines_of_its_advance_and_their_items(money: "Office") -> None:
    id = money.advanced()
    money.claiming(id, 1, money.PAPER).refused(words.NOT_LINE_OF_ADVANCE, "amounts")
    money.claiming(id, 1, amounts=(money.item(1, item="6551"),)).refused(words.ITEM_NOT_OF_LINE, "amounts")
    money.claiming(id, 1, amounts=(money.item(1, item="6501"),)).accepted()
    assert money.claiming(id, 1).refused(words.NOT_THIS_STEP_OF_ADVANCE)


def test_an_account_is_of_the_boards_contact_or_the_office(money: "Office") -> None:
    id = money.advanced()
    money.claiming(id, 1, actor=money.OTHER_CONTACT).refused(words.BOARD_NOT_YOURS, "board")
    money.claiming(id, 1, holder_id="n-ai-do").refused(words.ADVANCE_ELSEWHERE)
    money.claiming(id, 1, revision=7).refused(words.ADVANCE_CHANGED)
    money.claiming("f" * 32, 1).refused(words.ADVANCE_UNKNOWN)
    money.claiming(id, 1).accepted()
    money.claiming(id, 1, revision=1).nothing()


def test_a_returned_account_is_claimed_again(money: "Office") -> None:
    id = money.advanced()
    money.of_advance(words.CheckClaim, id, money.ACCOUNTANT).refused(words.NOT_THIS_STEP_OF_ADVANCE)
    money.claiming(id, 7_000_000).accepted()
    money.of_advance(words.CheckClaim, id, money.ACCOUNTANT).accepted()
    money.of_advance(words.CheckClaim, id, money.ACCOUNTANT, revision=2).nothing()
    returned = money.of_advance(words.ReturnClaim, id, money.HEAD, reason="Thiếu hóa đơn.")
    assert returned.one(words.HoldingNoted).status == "open"
    money.of_advance(words.ReturnClaim, id, money.HEAD, revision=3, reason="Thiếu hóa đơn.").nothing()
    money.of_advance(words.ReturnClaim, id, money.HEAD, reason="Thiếu.").refused(words.NOT_THIS_STEP_OF_ADVANCE)
    assert money.advance(money.claimed(id, 6_000_000)).status == "settled"


def test_a_late_account_says_so(money: "Office", moment: Callable[[str], Any]) -> None:
    id = money.advanced()
    money.scenario.now = moment("2026-12-14 08:00")
    assert money.claiming(id, 6_000_000).one(words.AdvanceClaimed).late


def test_nobody_takes_two_steps_of_one_account(money: "Office") -> None:
    id = money.advanced()
    money.claiming(id, 5_000_000, actor=money.ACCOUNTANT).accepted()
    money.of_advance(words.CheckClaim, id, money.ACCOUNTANT).refused(words.SAME_PERSON)
    both = money.HEAD.model_copy(update={"roles": ("leader", "accountant", "cashier")})
    money.of_advance(words.CheckClaim, id, both).accepted()
    money.approving_claim(id, both).refused(words.SAME_PERSON)
    money.approving_claim(id, money.HEAD.model_copy(update={"id": money.ACCOUNTANT.id})).refused(words.SAME_PERSON)
    money.approving_claim(id, money.HEAD.model_copy(update={"id": money.CASHIER.id})).refused(words.SAME_PERSON)
    money.approving_claim(id, money.HEAD.model_copy(update={"id": "user:pho"})).accepted()
    for actor in (money.ACCOUNTANT, both, money.CASHIER.model_copy(update={"id": "user:pho"})):
        rest(money, words.ReceiveRest, id, 1, actor).refused(words.SAME_PERSON)
    rest(money, words.ReceiveRest, id, 1_000_000).accepted()


# --- reminders --------------------------------------------------------------------------------------------------------


def reacted(money: "Office", policy: Any, kind: Any) -> list[At]:
    (fact,) = (fact for fact in money.facts if isinstance(fact.event, kind))
    return list(policy.react(fact))


def test_whoever_holds_an_advance_is_reminded_before_its_day_and_when_it_has_passed(
    money: "Office", moment: Callable[[str], Any]
) -> None:
    id = money.advanced()
    soon, late = reacted(money, REMIND_ADVANCES, words.AdvancePaid)
    assert (soon.time, late.time) == (moment("2026-12-08 08:00"), moment("2026-12-12 00:00"))
    assert not money.when(soon.command, actor=money.SERVICE).one(words.AdvanceReminded).overdue
    money.when(soon.command, actor=money.SERVICE).nothing()
    assert money.when(late.command, actor=money.SERVICE).one(words.AdvanceReminded).overdue
    money.claiming(id, 1).accepted()
    money.when(late.command, actor=money.SERVICE).nothing()
    money.when(words.RemindAdvance(advance_id="f" * 32, overdue=True), actor=money.SERVICE).nothing()


def test_nobody_is_reminded_of_an_advance_that_is_accounted_for(money: "Office") -> None:
    money.claiming(money.advanced(), 1).accepted()
    for at in reacted(money, REMIND_ADVANCES, words.AdvancePaid):
        money.when(at.command, actor=money.SERVICE).nothing()


@pytest.mark.parametrize("kind", ["special", "regular"])
def test_only_spending_with_an_hour_is_watched(money: "Office", moment: Callable[[str], Any], kind: str) -> None:
    id = money.asked(1, money.GUESTS, kind=kind, legal_basis="Nghị quyết 12/2026/NQ-HĐND")
    told = reacted(money, ESCALATE_SPECIAL, words.SpendingRequested)
    due = [At(moment("2026-11-26 09:00"), words.EscalateSpending(request_id=id))]
    assert told == (due if kind == "special" else [])
