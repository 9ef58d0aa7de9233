"""A statement is entered whole and in turn; its lines are matched to the đồng; what is confirmed stays as it is."""

from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts import finance as words
from contracts.base import Command, Refusal

if TYPE_CHECKING:
    from tests.finance.statements.bank import Bank

APRIL = {"from_day": date(2027, 4, 1), "to_day": date(2027, 4, 30)}


def test_a_money_account_is_opened_put_right_and_said_again_to_no_effect(bank: "Bank") -> None:
    said = words.OpenMoneyAccount(money_account="quy-tien-mat", name="Quỹ tiền mặt", account="111")
    bank.when(said).then(words.MoneyAccountOpened(name="Quỹ tiền mặt", account="111"))
    bank.when(said).nothing()
    bank.when(said.model_copy(update={"name": "Quỹ tiền mặt VPTU"})).then(
        words.MoneyAccountOpened(name="Quỹ tiền mặt VPTU", account="111")
    )


@pytest.mark.parametrize("account", ["331", "119", "1121"])
def test_money_is_kept_on_an_account_of_money_in_force(bank: "Bank", account: str) -> None:
    said = words.OpenMoneyAccount(money_account="x", name="X", account=account)
    bank.when(said).refused(words.NOT_AN_ACCOUNT_OF_MONEY, "account")


def test_a_money_account_with_statements_stays_on_its_ledger_account(bank: "Bank") -> None:
    bank.recorded()
    said = words.OpenMoneyAccount(money_account=bank.TREASURY, name="Kho bạc", account="111")
    bank.when(said).refused(words.MONEY_ACCOUNT_IN_USE, "account")


def test_a_statement_is_entered_whole_and_its_account_now_reaches_to_its_end(bank: "Bank") -> None:
    outcome = bank.when(bank.statement(bank.line(-650_000)))
    assert outcome.one(words.StatementRecorded).account == "112"
    assert outcome.one(words.StatementFollowed).closing_vnd == 9_350_000


def test_the_same_statement_again_changes_nothing_from_whatever_file(bank: "Bank") -> None:
    bank.recorded(bank.line(-650_000), file="a.csv")
    bank.when(bank.statement(bank.line(-650_000), file="b.xlsx")).nothing()
    bank.recorded(**APRIL, opening_vnd=9_350_000)
    bank.when(bank.statement(bank.line(-650_000))).nothing()


@pytest.mark.parametrize(
    ("changes", "refusal", "field"),
    [
        ({"money_account": "la"}, words.MONEY_ACCOUNT_UNKNOWN, "money_account"),
        ({"to_day": date(2027, 2, 1)}, words.DAYS_TURNED_ROUND, "to_day"),
        ({"to_day": date(2027, 7, 1)}, words.STATEMENT_AHEAD, "to_day"),
        ({"closing_vnd": 9_350_001}, words.STATEMENT_DOES_NOT_ADD_UP, "closing_vnd"),
        ({"from_day": date(2027, 3, 11)}, words.LINE_OUTSIDE, "lines"),
    ],
)
def test_a_statement_that_is_not_whole_is_refused(
    bank: "Bank", changes: dict[str, object], refusal: Refusal, field: str
) -> None:
    bank.when(bank.statement(bank.line(-650_000), **changes)).refused(refusal, field)


def test_a_line_of_nothing_is_no_line(bank: "Bank") -> None:
    bank.when(bank.statement(bank.line(0))).refused(words.LINE_OF_NOTHING, "lines")


def test_a_statement_follows_the_one_before_or_says_what_is_missing(bank: "Bank") -> None:
    bank.recorded(bank.line(-650_000))
    gap = bank.statement(from_day=date(2027, 4, 3), to_day=date(2027, 4, 30), opening_vnd=9_350_000)
    said = bank.when(gap).refused(words.STATEMENT_MISSING, "from_day")
    assert "từ 01/04/2027 đến 02/04/2027" in said
    over = bank.statement(from_day=date(2027, 3, 31), to_day=date(2027, 4, 30), opening_vnd=9_350_000)
    assert "01/04/2027" in bank.when(over).refused(words.STATEMENT_OVERLAPS, "from_day")
    other = bank.when(bank.statement(**APRIL, opening_vnd=9_000_000)).refused(words.OPENING_DIFFERS, "opening_vnd")
    assert "9.000.000" in other
    assert "9.350.000" in other
    bank.when(bank.statement(**APRIL, opening_vnd=9_350_000)).accepted()


def test_statements_of_another_money_account_are_a_row_of_their_own(bank: "Bank") -> None:
    bank.recorded()
    bank.when(bank.statement(money_account=bank.BANK, from_day=date(2027, 3, 20), opening_vnd=0)).accepted()


def test_a_line_is_matched_with_entries_that_come_to_it(bank: "Bank") -> None:
    entries = bank.entry(-400_000), bank.entry(-250_000)
    statement = bank.recorded(bank.line(-650_000))
    matching = words.MatchLine(statement_id=statement, line_number=1, entries=entries)
    outcome = bank.when(matching)
    shown = words.EntryReconciled(statement_id=statement, line_number=1, account="112")
    by = "Nguyễn Thị Hoa"
    outcome.then(words.LineMatched(line_number=1, entries=entries, amount_vnd=-650_000, by_name=by), shown, shown)
    bank.when(matching.model_copy(update={"entries": entries[::-1]})).nothing()


def test_sums_that_differ_by_a_dong_are_refused_with_both(bank: "Bank") -> None:
    entry, statement = bank.entry(-650_001), bank.recorded(bank.line(-650_000))
    matching = words.MatchLine(statement_id=statement, line_number=1, entries=(entry,))
    said = bank.when(matching).refused(words.SUMS_DIFFER, "entries")
    assert "-650.000" in said
    assert "-650.001" in said


def test_only_the_lines_on_the_money_account_count(bank: "Bank") -> None:
    lines = tuple(
        words.EntryLine(account=account, side=side, amount_vnd=amount, board="VPTU")
        for account, side, amount in (("111", "debit", 650_000), ("331", "debit", 50_000), ("112", "credit", 700_000))
    )
    entry, statement = bank.post(lines), bank.recorded(bank.line(-700_000))
    bank.match(statement, 1, entry).accepted()


def test_an_entry_between_two_accounts_of_money_is_shown_once_on_each(bank: "Bank") -> None:
    bank.say(words.OpenMoneyAccount(money_account="quy", name="Quỹ", account="111"))
    lines = tuple(
        words.EntryLine(account=account, side=side, amount_vnd=650_000, board="VPTU")
        for account, side in (("111", "debit"), ("112", "credit"))
    )
    entry, statement = bank.post(lines), bank.recorded(bank.line(-650_000))
    till = bank.recorded(bank.line(650_000), money_account="quy", opening_vnd=0)
    bank.match(statement, 1, entry).accepted()
    bank.match(till, 1, entry).accepted()


def test_no_entry_is_shown_twice_whether_by_one_money_account_or_two_kept_on_one_ledger_account(bank: "Bank") -> None:
    entry = bank.entry(-650_000)
    statement = bank.recorded(bank.line(-650_000), bank.line(-650_000))
    other = bank.recorded(bank.line(-650_000), money_account=bank.BANK)
    bank.match(statement, 1, entry)
    for place in ((statement, 2), (other, 1)):
        matching = words.MatchLine(statement_id=place[0], line_number=place[1], entries=(entry,))
        bank.when(matching).refused(words.ENTRY_MATCHED_ALREADY, "entries")


def test_what_cannot_be_matched_says_why(bank: "Bank") -> None:
    entry, other, cash = bank.entry(-650_000), bank.entry(-650_000), bank.entry(-650_000, account="111")
    taken_back = bank.entry(-650_000)
    back = bank.say(words.ReverseEntry(entry_id=taken_back, on=bank.DAY, reason="Ghi nhầm.")).id
    statement = bank.recorded(bank.line(-650_000))

    def matching(*entries: str, **changes: object) -> words.MatchLine:
        return words.MatchLine.model_validate(
            {"statement_id": statement, "line_number": 1, "entries": entries, **changes}
        )

    bank.when(matching("e" * 32)).refused(words.ENTRY_UNKNOWN)
    bank.when(matching(entry, entry)).refused(words.ENTRY_NAMED_TWICE, "entries")
    bank.when(matching(cash)).refused(words.ENTRY_NOT_OF_ACCOUNT, "entries")
    bank.when(matching(taken_back)).refused(words.ENTRY_TAKEN_BACK, "entries")
    bank.when(matching(back)).refused(words.ENTRY_TAKEN_BACK, "entries")
    bank.when(matching(entry, line_number=2)).refused(words.NO_SUCH_LINE, "line_number")
    bank.when(matching(entry, statement_id="5" * 32)).refused(words.STATEMENT_UNKNOWN)
    bank.match(statement, 1, entry)
    bank.when(matching(other)).refused(words.LINE_MATCHED_ALREADY, "line_number")


def test_a_match_is_taken_back_and_the_entry_may_be_reversed_then_and_not_before(bank: "Bank") -> None:
    entry, statement = bank.entry(-650_000), bank.recorded(bank.line(-650_000))
    bank.match(statement, 1, entry)
    reversing = words.ReverseEntry(entry_id=entry, on=bank.DAY, reason="Ghi nhầm.")
    bank.when(reversing).refused(words.RECONCILED)
    bank.when(bank.unmatching(statement, 1, "e" * 32)).refused(words.LINE_NOT_MATCHED_SO, "line_number")
    bank.when(bank.unmatching(statement, 1, entry)).accepted()
    bank.when(bank.unmatching(statement, 1, entry)).refused(words.LINE_NOT_MATCHED_SO, "line_number")
    bank.when(reversing).accepted()


def test_a_statement_is_confirmed_once_all_its_lines_are_matched_and_stays_so(bank: "Bank") -> None:
    first, second = bank.entry(-650_000), bank.entry(70_000)
    statement = bank.recorded(bank.line(-650_000), bank.line(70_000))
    bank.match(statement, 1, first)
    confirming = words.ConfirmReconciliation(statement_id=statement)
    assert "dòng 2" in bank.when(confirming).refused(words.LINES_OPEN)
    bank.match(statement, 2, second)
    bank.when(confirming).then(words.ReconciliationConfirmed(by_name="Nguyễn Thị Hoa"))
    bank.when(confirming).nothing()
    bank.when(bank.unmatching(statement, 1, first)).refused(words.STATEMENT_CONFIRMED)
    again = words.MatchLine(statement_id=statement, line_number=1, entries=(first,))
    bank.when(again).refused(words.STATEMENT_CONFIRMED)
    bank.when(words.ReverseEntry(entry_id=first, on=bank.DAY, reason="Ghi nhầm.")).refused(words.RECONCILED)


def test_only_an_accountant_speaks_of_statements() -> None:
    assert {command.allowed for command in words.STATEMENT_COMMANDS} == {frozenset({"accountant"})}
    assert not any({"board", "reader", "clerk"} & query.allowed for query in words.STATEMENT_QUERIES)


_TRIES = st.lists(
    st.tuples(
        st.sampled_from(("match", "unmatch", "confirm")),
        st.integers(0, 2),
        st.integers(1, 3),
        st.sets(st.integers(0, 5), min_size=1, max_size=3),
    ),
    max_size=25,
)


@given(tries=_TRIES)
def test_whatever_is_tried_sums_agree_no_entry_is_shown_twice_and_what_is_confirmed_never_changes(
    tries: list[tuple[str, int, int, set[int]]], new_bank: "Callable[[], Bank]"
) -> None:
    bank = new_bank()
    amounts = (-100, -200, -300, -300, 100, 200)
    entries = [bank.entry(amount) for amount in amounts]
    lines = [bank.line(amount) for amount in (-300, 100, -200)]
    statements = [
        bank.recorded(*lines),
        bank.recorded(*lines, **APRIL, opening_vnd=9_999_600, lines=tuple(_in_april(line) for line in lines)),
        bank.recorded(*lines, money_account=bank.BANK),
    ]
    confirmed: dict[str, dict[int, tuple[str, ...]]] = {}
    for what, place, number, chosen in tries:
        named = tuple(entries[one] for one in sorted(chosen))
        command: Command = words.ConfirmReconciliation(statement_id=statements[place])
        if what == "match":
            command = words.MatchLine(statement_id=statements[place], line_number=number, entries=named)
        elif what == "unmatch":
            command = bank.unmatching(statements[place], number, *named)
        outcome = bank.when(command)
        if what == "confirm" and outcome.refusal is None:
            state = bank.scenario.states["statement", statements[place]]
            confirmed.setdefault(statements[place], dict(state.matched))
    shown: Counter[str] = Counter()
    for statement in statements:
        state = bank.scenario.states["statement", statement]
        for number, matched in state.matched.items():
            shown.update(matched)
            assert sum(amounts[entries.index(entry)] for entry in matched) == state.amounts[number - 1]
        if statement in confirmed:
            assert state.matched == confirmed[statement]
            assert not state.open_lines
    assert max(shown.values(), default=0) <= 1
    for entry in entries:
        assert len(bank.scenario.states["entry", entry].reconciled) == shown[entry]


def _in_april(line: words.StatementLine) -> words.StatementLine:
    return line.model_copy(update={"on": date(2027, 4, 10)})
