"""An entry balances board by board, on accounts in force, in an open month, under its book's next number."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from contracts import finance as words

if TYPE_CHECKING:
    from tests.finance.ledger.books import Books


def test_an_entry_gets_the_next_number_of_its_book(books: "Books") -> None:
    books.paid()
    outcome = books.post(*books.expense(500_000), kind="payment")
    posted, numbered = outcome.one(words.EntryPosted), outcome.one(words.VoucherNumbered)
    assert (posted.voucher, posted.number, posted.year, posted.total_vnd) == ("PC 2/2026", 2, 2026, 500_000)
    assert (numbered.number, numbered.entry_id) == (2, outcome.id)
    assert [(net.account, net.net_vnd) for net in numbered.nets] == [("612", 500_000), ("111", -500_000)]
    assert books.numbers("payment") == [1, 2]


def test_each_kind_of_voucher_and_each_year_is_numbered_by_itself(books: "Books", at: Callable[[str], Any]) -> None:
    books.paid()
    assert books.post(*books.income(1), kind="receipt").one(words.EntryPosted).voucher == "PT 1/2026"
    later = books.when(
        books.posting(*books.expense(1), kind="payment", on=date(2027, 1, 4)), now=at("2027-01-05 08:00")
    )
    assert later.one(words.EntryPosted).voucher == "PC 1/2027"


def test_debit_and_credit_agree_for_every_board(books: "Books") -> None:
    crossed = (books.debit("612", 10), books.credit("111", 10, "BTCTU"))
    assert "đơn vị VPTU" in books.post(*crossed).refused(words.NOT_BALANCED, "lines")
    books.post(books.debit("612", 10), books.credit("111", 9)).refused(words.NOT_BALANCED, "lines")
    assert books.numbers("general") == []


def test_accounts_off_the_balance_have_one_side(books: "Books") -> None:
    outcome = books.post(books.debit("008", 900_000_000))
    assert outcome.one(words.EntryPosted).total_vnd == 900_000_000


@pytest.mark.parametrize("on", [date(2024, 12, 31), date(2026, 11, 20)])
def test_an_account_is_of_the_chart_in_force_on_the_day(books: "Books", on: date) -> None:
    account = "111" if on.year == 2024 else "466"
    books.post(books.debit(account, 10, source=None), books.credit(account, 10, source=None), on=on).refused(
        words.ACCOUNT_NOT_IN_FORCE, "lines"
    )


def test_expense_and_estimates_are_told_by_item(books: "Books") -> None:
    lines = (books.debit("612", 10, item=None), books.credit("111", 10))
    books.post(*lines).refused(words.ITEM_NEEDED, "lines")


def test_a_source_is_of_the_table_in_force(books: "Books") -> None:
    books.post(*books.expense(10, source="quy-den")).refused(words.SOURCE_NOT_IN_FORCE, "lines")


def test_nothing_is_posted_ahead_of_its_day(books: "Books") -> None:
    books.post(*books.expense(10), on=date(2026, 11, 24)).refused(words.TOO_FAR_AHEAD, "on")
    books.post(*books.expense(10), on=date(2026, 11, 23)).accepted()


# --- templates ------------------------------------------------------------------------------------------------------


def template(name: str, **changes: Any) -> words.PostByTemplate:
    usual: dict[str, Any] = {
        "template": name,
        "on": date(2026, 11, 20),
        "description": "Theo mẫu",
        "amount_vnd": 5_000_000,
        "board": "VPTU",
        "line": "tu-chu.509.351.6550",
        "item": "6551",
    }
    return words.PostByTemplate(**{**usual, **changes})


def sides(posted: words.EntryPosted) -> list[tuple[str, str]]:
    return [(line.side, line.account) for line in posted.lines]


def test_money_withdrawn_from_the_estimate_is_taken_off_it(books: "Books") -> None:
    posted = books.when(template("withdraw_cash", kind="receipt")).one(words.EntryPosted)
    assert sides(posted) == [("debit", "111"), ("credit", "135"), ("credit", "008")]
    assert (posted.template, posted.voucher, posted.total_vnd) == ("withdraw_cash", "PT 1/2026", 5_000_000)
    assert {(line.source, line.chapter, line.clause, line.item) for line in posted.lines} == {
        ("tu-chu", "509", "351", "6551")
    }


def test_an_entry_off_the_balance_alone_comes_to_what_it_says(books: "Books") -> None:
    assert books.when(template("estimate_assigned")).one(words.EntryPosted).total_vnd == 5_000_000


def test_an_expense_goes_to_the_account_of_its_source(books: "Books") -> None:
    own = books.when(template("pay_cash", money="111")).one(words.EntryPosted)
    given = books.when(template("pay_cash", money="111", line="khong-tu-chu.509.351.6550")).one(words.EntryPosted)
    assert sides(own) == [("debit", "612"), ("credit", "111")]
    assert sides(given) == [("debit", "611"), ("credit", "111")]


def test_money_of_a_source_without_estimate_is_taken_off_none(books: "Books") -> None:
    posted = books.when(template("pay_treasury", money="112", line="dang-phi.509.351.6550")).one(words.EntryPosted)
    assert sides(posted) == [("debit", "611"), ("credit", "112")]


def test_money_that_goes_from_till_to_bank_needs_no_budget_line(books: "Books") -> None:
    posted = books.when(template("cash_to_bank", line=None, item=None)).one(words.EntryPosted)
    assert sides(posted) == [("debit", "112"), ("credit", "111")]
    assert {line.source for line in posted.lines} == {None}


def test_a_template_says_what_it_lacks(books: "Books") -> None:
    books.when(template("pay_cash")).refused(words.MONEY_ACCOUNT_NEEDED, "money")
    books.when(template("income_received", money="111", line=None, item=None)).refused(
        words.TEMPLATE_SOURCE_NEEDED, "source"
    )
    books.when(template("estimate_assigned", line=None, item=None)).refused(words.TEMPLATE_SOURCE_NEEDED, "source")
    books.when(template("estimate_assigned", line=None, item=None, source="tu-chu")).refused(words.ITEM_NEEDED, "line")
    books.when(template("withdraw_cash", line=None, item=None, source="tu-chu")).refused(words.ITEM_NEEDED, "line")
    books.when(template("withdraw_cash", line=None, item=None)).refused(words.TEMPLATE_SOURCE_NEEDED, "source")
    books.when(template("no_such")).refused(words.TEMPLATE_UNKNOWN)


def test_every_template_balances_with_everything_given(books: "Books") -> None:
    rows = books.scenario.service.rules().templates.all_in_force(date(2026, 11, 20))
    for name in dict.fromkeys(row.template for row in rows):
        books.when(template(name, money="112")).accepted()


# --- reversal -------------------------------------------------------------------------------------------------------


def reversing(entry_id: str, **changes: Any) -> words.ReverseEntry:
    usual: dict[str, Any] = {"entry_id": entry_id, "on": date(2026, 11, 23), "reason": "Ghi nhầm đơn vị."}
    return words.ReverseEntry(**{**usual, **changes})


def test_a_reversal_has_its_own_number_and_both_entries_know(books: "Books") -> None:
    entry_id = books.paid()
    outcome = books.when(reversing(entry_id))
    posted, reversed_ = outcome.one(words.EntryPosted), outcome.one(words.EntryReversed)
    assert (posted.voucher, posted.reverses, posted.total_vnd) == ("KT 1/2026", entry_id, 500_000)
    assert sides(posted) == [("credit", "612"), ("debit", "111")]
    assert (reversed_.by_entry_id, reversed_.voucher) == (outcome.id, "KT 1/2026")
    assert books.totals() == {}


def test_an_entry_is_taken_back_once_and_a_reversal_never(books: "Books") -> None:
    entry_id = books.paid()
    reversal_id = books.when(reversing(entry_id)).id
    assert "KT 1/2026" in books.when(reversing(entry_id)).refused(words.ALREADY_REVERSED)
    books.when(reversing(reversal_id)).refused(words.REVERSES_ANOTHER)
    books.when(reversing("0" * 32)).refused(words.ENTRY_UNKNOWN)


def test_an_entry_is_not_taken_back_before_its_day(books: "Books") -> None:
    id = books.paid()
    books.when(reversing(id, on=date(2026, 1, 2))).refused(words.REVERSED_BEFORE, "on")


def test_an_entry_that_is_matched_with_a_statement_is_unmatched_first(books: "Books") -> None:
    entry_id = books.paid()
    matched = words.EntryReconciled(statement_id="s" * 32, line_number=3)
    books.scenario.given(matched, on=f"entry/{entry_id}")
    books.when(reversing(entry_id)).refused(words.RECONCILED)
    books.scenario.given(words.EntryUnreconciled(statement_id="s" * 32, line_number=3), on=f"entry/{entry_id}")
    books.when(reversing(entry_id)).accepted()


def test_a_request_is_named_by_whoever_takes_its_payment_back_and_by_nobody_else(books: "Books") -> None:
    request_id = "a" * 32
    paid = books.post(*books.expense(500_000)).one(words.EntryPosted)
    books.scenario.given(paid.model_copy(update={"request_id": request_id}), on=f"entry/{'b' * 32}")
    books.when(reversing("b" * 32)).refused(words.PAYS_A_REQUEST, "request_id")
    books.when(reversing(books.paid(), request_id=request_id, board="VPTU")).refused(
        words.PAYS_NO_REQUEST, "request_id"
    )


# --- drafts ---------------------------------------------------------------------------------------------------------


def test_a_draft_is_posted_as_it_is_with_its_cause(books: "Books") -> None:
    draft_id = books.drafted()
    outcome = books.when(words.PostDraft(draft_id=draft_id, on=date(2026, 11, 20)))
    posted, settled = outcome.one(words.EntryPosted), outcome.one(words.DraftPosted)
    assert (posted.cause, posted.template, posted.total_vnd) == (books.CAUSE, "fuel_bought", 620_000)
    assert (settled.voucher, settled.changed) == ("KT 1/2026", False)
    assert settled.entry_id != draft_id


def test_a_draft_is_posted_otherwise_and_says_so(books: "Books") -> None:
    lines = (books.debit("612", 1), books.credit("331", 1))
    changed = words.PostDraft(draft_id=books.drafted(), on=date(2026, 11, 21), kind="payment", lines=lines)
    outcome = books.when(changed)
    assert outcome.one(words.DraftPosted).changed
    assert (outcome.one(words.EntryPosted).voucher, outcome.one(words.EntryPosted).total_vnd) == ("PC 1/2026", 1)


def test_a_draft_need_not_be_sound_but_what_is_posted_must(books: "Books") -> None:
    draft_id = books.drafted(lines=(books.debit("612", 5),))
    books.when(words.PostDraft(draft_id=draft_id, on=date(2026, 11, 20))).refused(words.NOT_BALANCED, "lines")
    books.when(words.PostDraft(draft_id=draft_id, on=date(2026, 11, 20), lines=books.expense(5))).accepted()


def test_a_draft_is_settled_once(books: "Books") -> None:
    posted, discarded = books.drafted(), books.drafted()
    books.when(words.PostDraft(draft_id=posted, on=date(2026, 11, 20))).accepted()
    discarding = words.DiscardDraft(draft_id=discarded, reason="Đơn vị khác chi trả.")
    assert books.when(discarding).one(words.DraftDiscarded).reason == "Đơn vị khác chi trả."
    again = words.PostDraft(draft_id=discarded, on=date(2026, 11, 20))
    assert "đã bỏ" in books.when(again).refused(words.DRAFT_SETTLED)
    books.when(words.DiscardDraft(draft_id=posted, reason="Muộn rồi.")).refused(words.DRAFT_SETTLED)
    books.when(words.DiscardDraft(draft_id="0" * 32, reason="Không có.")).refused(words.DRAFT_UNKNOWN)
