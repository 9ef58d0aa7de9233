"""The rules of paying, of separation of duties, and of taking a payment back."""

from collections.abc import Callable
from datetime import date
from itertools import product
from typing import TYPE_CHECKING, Any

import pytest

from contracts import finance as words

if TYPE_CHECKING:
    from tests.finance.office import Office


def test_a_payment_is_posted_numbered_and_taken_from_what_is_kept_in_one_decision(money: "Office") -> None:
    id = money.approved(6_000_000)
    told = money.paying(id, 4_000_000)
    paid, entry = told.one(words.SpendingPaid), told.one(words.EntryPosted)
    assert (paid.voucher, paid.paid_vnd, paid.open_vnd) == ("PC 1/2026", 4_000_000, 2_000_000)
    assert (entry.request_id, entry.template, entry.party) == (id, "pay_cash", money.SHOP.name)
    assert [(line.account, line.side, line.amount_vnd) for line in entry.lines] == [
        ("612", "debit", 4_000_000),
        ("111", "credit", 4_000_000),
    ]
    assert entry.lines[0].item == "6503"
    assert money.line() == (2_000_000, 0, 4_000_000, 94_000_000)
    money.paying(id, 2_000_000).accepted()
    assert money.line() == (0, 0, 6_000_000, 94_000_000)


@pytest.mark.parametrize(
    ("method", "account", "accounts", "voucher"),
    [
        ("cash", "quy-tien-mat", ["612", "111"], "PC 1/2026"),
        ("bank", "nh-agribank", ["612", "112"], "BN 1/2026"),
        ("treasury", "kbnn-3713", ["612", "135", "008"], "BN 1/2026"),
    ],
)
def test_each_way_of_paying_has_its_voucher_and_accounts(
    money: "Office", method: words.Method, account: str, accounts: list[str], voucher: str
) -> None:
    told = money.paying(money.approved(), 1_000_000, method=method, money_account=account)
    entry = told.one(words.EntryPosted)
    assert ([line.account for line in entry.lines], entry.voucher) == (accounts, voucher)


def test_money_of_a_source_without_an_estimate_account_and_of_another_source(money: "Office") -> None:
    id = money.approved(1_000_000, money.GUESTS)
    entry = money.paying(id, 1_000_000, money.GUESTS).one(words.EntryPosted)
    assert [line.account for line in entry.lines] == ["611", "111"]


def test_cash_is_not_paid_from_a_bank_account(money: "Office") -> None:
    paying = money.paying(money.approved(), 1, money_account="nh-agribank")
    paying.refused(words.ACCOUNT_OF_ANOTHER_KIND, "money_account")


def test_no_more_is_paid_than_the_request_keeps_by_line_and_item(money: "Office") -> None:
    id = money.approved(6_000_000)
    told = money.paying(id, 6_000_001).refused(words.MORE_THAN_KEPT, "amounts")
    assert "6.000.000" in told
    money.paying(id, 1, amounts=(money.item(1, item="6501"),)).refused(words.MORE_THAN_KEPT, "amounts")
    money.paying(id, 1, amounts=(money.item(4_000_000), money.item(2_000_001))).refused(words.MORE_THAN_KEPT, "amounts")
    money.paying(id, 1, amounts=(money.item(4_000_000), money.item(2_000_000))).accepted()


def test_only_what_is_approved_is_paid(money: "Office") -> None:
    money.paying(money.checked(), 1).refused(words.NOT_THIS_STEP)
    money.paying("f" * 32, 1).refused(words.SPENDING_UNKNOWN)
    id = money.paid()
    money.paying(id, 1).refused(words.MORE_THAN_KEPT, "amounts")
    money.about(words.CloseSpending, id, money.ACCOUNTANT, reason="Xong.").accepted()
    money.paying(id, 1).refused(words.NOT_THIS_STEP)


def test_a_year_is_paid_from_its_first_day_to_the_end_of_the_adjustment_period(
    money: "Office", moment: Callable[[str], Any]
) -> None:
    id = money.approved()
    money.paying(id, 1, on=date(2025, 12, 31)).refused(words.OUTSIDE_YEAR, "on")
    money.scenario.now = moment("2027-02-01 09:00")
    money.paying(id, 1, on=date(2027, 2, 1)).refused(words.OUTSIDE_YEAR, "on")
    assert money.paying(id, 1, on=date(2027, 1, 31)).one(words.SpendingPaid).voucher == "PC 1/2027"


def test_a_day_that_has_not_come_is_not_paid_on(money: "Office") -> None:
    money.paying(money.approved(), 1, on=date(2026, 11, 24)).refused(words.TOO_FAR_AHEAD, "on")


def test_whoever_pays_says_the_request_as_it_stands(money: "Office") -> None:
    id = money.approved()
    money.paying(id, 1).accepted()
    told = money.paying(id, 1, revision=3).refused(words.SPENDING_CHANGED)
    assert "Vi Thị Quỹ" in told


# --- separation of duties ---------------------------------------------------------------------------------------------

STEPS = ("asked", "checked", "approved", "paid")


def everybody(money: "Office", id: str) -> Any:
    """One who may do everything by role."""
    return money.ACCOUNTANT.model_copy(update={"id": f"user:{id}", "roles": ("accountant", "cashier", "leader")})


@pytest.mark.parametrize(("first", "second"), [pair for pair in product(STEPS, STEPS) if pair[0] != pair[1]])
def test_nobody_takes_two_steps_of_one_request(money: "Office", first: str, second: str) -> None:
    same = everybody(money, "mot.nguoi")
    people = {step: same if step in (first, second) else everybody(money, step) for step in STEPS}
    id = money.asked(actor=people["asked"])
    outcomes = []
    for step, kind in (("checked", words.CheckSpending), ("approved", words.ApproveSpending)):
        outcomes.append((step, money.about(kind, id, people[step])))
        if outcomes[-1][1].refusal is not None:
            money.about(kind, id, everybody(money, "thay")).accepted()
    outcomes.append(("paid", money.paying(id, 1_000_000, actor=people["paid"])))
    refused = [step for step, outcome in outcomes if outcome.refusal is not None]
    assert refused == [max(first, second, key=STEPS.index)]
    (outcome,) = (outcome for _, outcome in outcomes if outcome.refusal is not None)
    outcome.refused(words.SAME_PERSON)


def test_whoever_put_a_request_right_submitted_it_too(money: "Office") -> None:
    id = money.asked()
    revision = {"request_id": id, "revision": 1}
    changed = money.details(5_000_000)
    money.when(words.ReviseSpending(**revision, **changed), actor=money.ACCOUNTANT).accepted()
    money.about(words.CheckSpending, id, money.ACCOUNTANT).refused(words.SAME_PERSON)
    money.about(words.CheckSpending, id, money.SECOND).accepted()


def test_the_cashier_may_pay_part_after_part(money: "Office") -> None:
    id = money.approved()
    money.paying(id, 1).accepted()
    money.paying(id, 1).accepted()


# --- taking a payment back --------------------------------------------------------------------------------------------


def reversing(money: "Office", entry_id: str, request_id: str, **changes: Any) -> Any:
    usual = {"on": money.DAY, "reason": "Chi nhầm người nhận.", "board": money.BOARD}
    said = words.ReverseEntry(**{**usual, "entry_id": entry_id, "request_id": request_id, **changes})
    return money.when(said, actor=money.SECOND)


def test_a_payment_taken_back_is_kept_for_its_request_again(money: "Office") -> None:
    id = money.approved()
    entry_id = money.paying(id, 4_000_000).one(words.SpendingPaid).entry_id
    told = reversing(money, entry_id, id)
    assert told.one(words.PaymentReversed).open_vnd == 6_000_000
    assert told.one(words.SpendingReversed).request_id == id
    assert money.line() == (6_000_000, 0, 0, 94_000_000)
    assert money.balance("111") == money.balance("612") == 0
    reversing(money, entry_id, id).refused(words.ALREADY_REVERSED)
    money.paying(id, 6_000_000).accepted()


def test_a_closed_request_is_open_again_when_its_payment_is_taken_back(money: "Office") -> None:
    id = money.approved()
    entry_id = money.paying(id, 4_000_000).one(words.SpendingPaid).entry_id
    money.about(words.CloseSpending, id, money.ACCOUNTANT, reason="Đã mua đủ.").accepted()
    reversing(money, entry_id, id).accepted()
    assert (money.request(id).status, money.request(id).open_vnd) == ("approved", 4_000_000)
    assert money.line() == (4_000_000, 0, 0, 96_000_000)


def test_a_payment_is_taken_back_from_the_budget_it_was_paid_from(money: "Office") -> None:
    id = money.approved()
    entry_id = money.paying(id, 4_000_000).one(words.SpendingPaid).entry_id
    reversing(money, entry_id, id, board=money.OTHER).refused(words.NOT_A_PAYMENT, "request_id")
    reversing(money, entry_id, id, board=None).refused(words.NOT_A_PAYMENT, "board")
    reversing(money, entry_id, id, year=2027).refused(words.NOT_A_PAYMENT, "request_id")
    reversing(money, entry_id, "f" * 32).refused(words.PAYS_A_REQUEST, "request_id")


def test_a_payment_made_before_the_request_went_over_is_not_taken_back(money: "Office") -> None:
    id = money.approved()
    entry_id = money.paying(id, 4_000_000).one(words.SpendingPaid).entry_id
    decided: dict[str, Any] = {"decision_number": "99-QĐ/TU", "decided_on": date(2026, 12, 31)}
    carrying = words.CarryOver(year=2026, board=money.BOARD, requests=(id,), **decided)
    money.when(carrying, actor=money.HEAD).accepted()
    assert (money.request(id).year, money.request(id).open_vnd) == (2027, 2_000_000)
    told = reversing(money, entry_id, id).refused(words.PAID_BEFORE_MOVE)
    assert "2027" in told
    reversing(money, entry_id, id, year=2026).refused(words.PAID_BEFORE_MOVE)


def test_an_advance_is_accounted_for_and_not_taken_back(money: "Office") -> None:
    id = money.approved(as_advance=True)
    entry_id = money.advancing(id, 6_000_000).one(words.SpendingAdvanced).entry_id
    reversing(money, entry_id, id).refused(words.NOT_A_PAYMENT, "request_id")
