"""What is shown of statements: lines with their entries, suggestions best first, and what explains a difference."""

from datetime import date
from typing import TYPE_CHECKING

import pytest

from contracts import finance as words
from contracts.base import Refused

if TYPE_CHECKING:
    from tests.finance.shown import Shown
    from tests.finance.statements.bank import Bank

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_every_table_is_the_same_folded_twice_in_any_batches_and_from_half(shown: "Shown", told: "Bank") -> None:
    facts = told.facts
    half = len(facts) // 2
    ways = {
        "twice": [facts, facts],
        "one_by_one": [[fact] for fact in facts],
        "by_seven": [facts[start : start + 7] for start in range(0, len(facts), 7)],
        "half_again": [facts[:half], facts[half - 5 :]],
    }
    for model in shown.MODELS:
        expected = await shown.rows(model, model.table)
        assert expected, model.name
        for name, batches in ways.items():
            await shown.fill(model, f"{model.table}_{name}", batches)
            assert await shown.rows(model, f"{model.table}_{name}") == expected, (model.name, name)
            await shown.connection.execute(f'DROP TABLE "{model.table}_{name}"')


async def test_money_accounts_say_how_far_their_statements_reach(shown: "Shown") -> None:
    rows = {row.money_account: row for row in await shown.pages(words.ListMoneyAccounts(limit=1))}
    treasury = rows["kbnn-3713"]
    assert (treasury.statements, treasury.reaches_to, treasury.balance_vnd) == (2, date(2027, 4, 30), 5_639_000)
    assert rows["bidv-4511"].bank == "BIDV Lạng Sơn"


async def test_statements_say_how_many_lines_are_open(shown: "Shown", told: "Bank") -> None:
    rows = {row.statement_id: row for row in await shown.pages(words.ListStatements(money_account="kbnn-3713"))}
    march, april = rows[told.named["march"]], rows[told.named["april"]]
    assert (march.line_count, march.open_count, march.in_vnd, march.out_vnd) == (4, 2, 500_000, 4_661_000)
    assert (april.open_count, april.confirmed_by) == (0, "Nguyễn Thị Hoa")
    (only,) = await shown.pages(words.ListStatements(confirmed=True))
    assert only == april


async def test_a_statement_shows_each_line_with_its_entries(shown: "Shown", told: "Bank") -> None:
    view = await shown.ask(words.GetStatement(statement_id=told.named["march"]))
    assert [len(line.entries) for line in view.lines] == [2, 0, 1, 0]
    assert sum(entry.amount_vnd for entry in view.lines[0].entries) == view.lines[0].amount_vnd == -4_000_000
    assert view.lines[0].matched_by == "Nguyễn Thị Hoa"
    assert view.lines[1].matched_by is None
    with pytest.raises(Refused):
        await shown.ask(words.GetStatement(statement_id="5" * 32))


async def test_suggestions_are_of_the_same_amount_near_in_time_and_the_closest_comes_first(
    shown: "Shown", told: "Bank"
) -> None:
    asked = words.ListMatchSuggestions(statement_id=told.named["march"], limit=1)
    rows = await shown.pages(asked)
    assert [(row.line_number, row.rank, row.entry_id) for row in rows] == [
        (2, 1, told.named["fuel"]),
        (2, 2, told.named["other_fuel"]),
    ]
    # A day apart of seven: 35 of 40. The first has the invoice's number: 25, all of the party: 20, five words of seven:
    # 10. The other one has one word of seven: 2.
    assert [row.closeness for row in rows] == [35 + 25 + 20 + 10, 35 + 2]
    assert rows[0].days_apart == rows[1].days_apart == 1
    assert await shown.pages(asked.model_copy(update={"within_days": 0})) == []
    assert await shown.pages(asked.model_copy(update={"line_number": 4})) == []


async def test_entries_no_statement_shows_are_listed_and_no_reversed_ones(shown: "Shown", told: "Bank") -> None:
    rows = await shown.pages(words.ListUnmatchedEntries(account="112", limit=2))
    named = told.named
    assert [row.entry_id for row in rows] == [named["opening"], named["fuel"], named["other_fuel"]]
    assert [row.amount_vnd for row in rows] == [10_000_000, -650_000, -650_000]
    since = await shown.pages(words.ListUnmatchedEntries(account="112", on_from=date(2027, 3, 10)))
    assert [row.entry_id for row in since] == [named["other_fuel"]]
    assert await shown.pages(words.ListUnmatchedEntries(account="111")) == []


async def test_what_lies_between_books_and_statement_is_explained_to_the_dong(shown: "Shown", told: "Bank") -> None:
    view = await shown.ask(words.GetReconciliation(statement_id=told.named["march"]))
    assert (view.statement_vnd, view.books_vnd) == (5_839_000, 5_330_000)
    parts = {name: (getattr(view, name).count, getattr(view, name).amount_vnd) for name in PARTS}
    assert parts == {
        "not_on_statement": (3, 10_000_000 - 1_300_000),
        "taken_back": (1, -70_000),
        "on_later_statement": (1, -200_000),
        "on_other_accounts": (1, 900_000),
        "not_in_books": (2, -661_000),
        "in_books_later": (1, 500_000),
    }
    assert (view.before_first_vnd, view.unexplained_vnd) == (10_000_000, 0)
    april = await shown.ask(words.GetReconciliation(statement_id=told.named["april"]))
    assert (april.taken_back.count, april.taken_back.amount_vnd) == (2, 0)


async def test_whatever_statement_is_looked_at_nothing_is_left_unexplained(shown: "Shown", told: "Bank") -> None:
    for name in ("march", "april", "at_bank"):
        view = await shown.ask(words.GetReconciliation(statement_id=told.named[name]))
        assert view.unexplained_vnd == 0
        assert view.difference_vnd == view.books_vnd - view.statement_vnd
    with pytest.raises(Refused):
        await shown.ask(words.GetReconciliation(statement_id="5" * 32))


PARTS = ("not_on_statement", "taken_back", "on_later_statement", "on_other_accounts", "not_in_books", "in_books_later")
