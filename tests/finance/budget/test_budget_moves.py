"""The rules of carrying over, closing a year, and settling a board."""

from datetime import date
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from contracts import finance as words
from contracts.base import Refused
from services.finance.deciders.budget_open import moved
from services.runtime.manifest import Aggregate, Ref, Seen
from services.runtime.rules import Table

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.finance.budget.house import House


@pytest.fixture
def year_end(house: "House") -> "House":
    """A budget of 100 and 50, of which 20 is spent, 10 kept for r1, and 5 in the hands of the holder of a1."""
    house.assign(PETROL=100, PAPER=50)
    house.commit("r1", 30)
    house.spend("r1", 20)
    house.commit("r2", 5)
    house.advance("r2", "a1", 5)
    house.hold(words.FreezeEstimate, 4, house.PAPER)
    return house


OPEN: dict[str, Any] = {"requests": ("1" * 32,), "advances": ("a" * 32,)}


def test_a_year_is_closed_when_nothing_is_open_and_what_is_left_lapses(year_end: "House") -> None:
    assert "r1" in year_end.close().refused(words.STILL_OPEN)
    year_end.release("r1")
    year_end.account("r2", "a1", 5)
    closed = year_end.close().one(words.BudgetClosed)
    assert (closed.lapsed_vnd, [(part.line, part.amount_vnd) for part in closed.lapsed]) == (
        125,
        [(year_end.PETROL, 75), (year_end.PAPER, 50)],
    )
    assert year_end.line() == (25, 0, 0, 0, 25, 0)
    year_end.close().refused(words.BUDGET_CLOSED)
    year_end.assign(PETROL=1).refused(words.BUDGET_CLOSED)
    year_end.transfer(1).refused(words.BUDGET_CLOSED)
    year_end.hold(words.FreezeEstimate, 1).refused(words.BUDGET_CLOSED)


def test_a_year_without_an_estimate_is_not_closed(house: "House") -> None:
    house.close().refused(words.BUDGET_UNKNOWN)


def named(house: "House") -> "House":
    """Let what is open have ids as commands name them."""
    house.assign(PETROL=100)
    (request,), (advance,) = OPEN["requests"], OPEN["advances"]
    house.commit(request, 40)
    house.spend(request, 10)
    house.advance(request, advance, 20)
    return house


def test_only_what_the_closed_list_allows_is_carried_over(house: "House") -> None:
    house.assign(PETROL=100)
    house.carry().refused(words.NOTHING_TO_CARRY)
    house.carry((house.PETROL, 101, "autonomy_fund")).refused(words.NOT_ENOUGH_LEFT)
    carried, taken = house.carry((house.PETROL, 60, "autonomy_fund")).accepted().events
    assert isinstance(carried, words.EstimateCarriedOver)
    assert isinstance(taken, words.BudgetTakenOver)
    assert (taken.year, taken.from_year, taken.from_board) == (2027, 2026, "BTCTU")
    assert (house.line(), house.line(year=2027)) == ((40, 0, 0, 0, 0, 40), (60, 0, 0, 0, 0, 60))
    rules = vars(house.scenario._rules) | {"carry_over_reasons": Table("none", ("reason",), ())}
    house.scenario._rules = SimpleNamespace(**rules)
    house.carry((house.PETROL, 1, "aid")).refused(words.NOT_TO_CARRY, "lines")


def test_what_is_open_goes_along_with_what_it_keeps(house: "House") -> None:
    named(house)
    seen = house.carry((house.PETROL, 7, "contract_signed"))
    assert "1111" in seen.refused(words.OPEN_UNSEEN)
    house.carry(**{**OPEN, "requests": ()}).refused(words.OPEN_UNSEEN)
    house.carry((house.PETROL, 7, "contract_signed"), **OPEN).accepted()
    assert house.line() == (63, 0, 0, 0, 10, 53)
    assert house.line(year=2027) == (37, 0, 10, 20, 0, 7)
    assert house.budget(year=2027).committed == {OPEN["requests"][0]: {house.PETROL: 10}}
    assert not house.budget().committed
    assert not house.budget().advanced
    house.close().accepted()
    house.account(OPEN["requests"][0], OPEN["advances"][0], 18, year=2027)
    assert house.line(year=2027) == (37, 0, 10, 0, 18, 9)


def test_what_was_committed_beyond_the_estimate_stays_beyond_it_in_the_next_year(house: "House") -> None:
    house.assign(PETROL=100)
    house.commit(OPEN["requests"][0], 130, over="Đột xuất.")
    house.carry(requests=OPEN["requests"]).accepted()
    assert house.line() == (0, 0, 0, 0, 0, 0)
    assert house.line(year=2027) == (100, 0, 130, 0, 0, -30)


def books(house: "House") -> "House":
    """Let a board draw money, spend it, and hand some out."""
    house.posted(("111", "debit", 90, house.BOARD), ("511", "credit", 90, house.BOARD), kind="receipt")
    house.posted(("612", "debit", 50, house.BOARD), ("111", "credit", 50, house.BOARD), kind="payment")
    house.posted(("141", "debit", 20, house.BOARD), ("111", "credit", 20, house.BOARD), kind="payment")
    house.posted(("008", "debit", 100, house.BOARD))
    house.posted(("111", "debit", 7, house.OTHER), ("511", "credit", 7, house.OTHER), kind="receipt")
    return house


def test_a_board_is_settled_in_one_cut(house: "House") -> None:
    books(named(house))
    house.hold(words.FreezeEstimate, 8)
    house.assign(board=house.OTHER, PETROL=11)
    before = house.balances(house.BOARD)
    other = house.balances(house.OTHER)
    told = house.settle().accepted()
    closed, taken = told.one(words.BudgetClosed), told.one(words.BudgetTakenOver)
    assert (closed.to_board, closed.lapsed_vnd, closed.handed_over[0].amount_vnd) == ("BTGTU", 0, 90)
    assert (taken.board, taken.from_board, taken.frozen[0].amount_vnd) == ("BTGTU", "BTCTU", 8)
    assert house.line() == (10, 0, 0, 0, 10, 0)
    assert house.line(board=house.OTHER) == (101, 8, 10, 20, 0, 63)
    assert house.budget().closed
    assert not house.balances(house.BOARD)
    assert house.balances(house.OTHER) == {
        key: before.get(key, 0) + other.get(key, 0)
        for key in {**before, **other}
        if before.get(key, 0) + other.get(key, 0)
    }
    posted = told.one(words.EntryPosted)
    for board in (house.BOARD, house.OTHER):
        lines = [line for line in posted.lines if line.board == board and not line.account.startswith("0")]
        assert sum(line.amount_vnd if line.side == "debit" else -line.amount_vnd for line in lines) == 0
    house.settle().refused(words.BUDGET_CLOSED)


def test_nothing_is_posted_for_a_board_that_was_settled(house: "House") -> None:
    books(named(house)).settle().accepted()
    entry = (("111", "debit", 1, house.BOARD), ("511", "credit", 1, house.BOARD))
    assert "BTGTU" in house.posted(*entry).refused(words.BOARD_SETTLED)
    assert "BTGTU" in house.posted(*entry, kind="receipt").refused(words.BOARD_SETTLED)
    house.posted(("111", "debit", 1, house.OTHER), ("511", "credit", 1, house.OTHER)).accepted()


def test_a_board_is_settled_as_its_open_items_were_seen(house: "House") -> None:
    named(house).settle(requests=()).refused(words.OPEN_UNSEEN)
    house.settle(to_board=house.BOARD).refused(words.SAME_BOARD, "to_board")
    house.settle(books_since=2027).refused(words.BOOKS_SINCE_LATER, "books_since")
    house.settle(on=date(2026, 11, 24)).refused(words.TOO_FAR_AHEAD, "on")
    house.settle(on=date(2025, 11, 24), books_since=2025).refused(words.ON_THIS_YEAR, "on")


def test_without_a_successor_what_is_left_lapses_and_nothing_may_be_open_or_owned(house: "House") -> None:
    named(house).settle(to_board=None).refused(words.STILL_OPEN)
    house.account(OPEN["requests"][0], OPEN["advances"][0], 20)
    house.release(OPEN["requests"][0])
    books(house)
    assert "111" in house.settle(to_board=None).refused(words.BALANCES_REMAIN, "to_board")


def test_a_board_that_owns_nothing_ends_without_a_successor(house: "House") -> None:
    house.assign(PETROL=100)
    told = house.settle(to_board=None).accepted()
    assert told.one(words.BudgetClosed).lapsed_vnd == 100
    assert not told.all(words.EntryPosted)
    assert "-" in house.posted(("111", "debit", 1, house.BOARD), ("511", "credit", 1, house.BOARD)).refused(
        words.BOARD_SETTLED
    )


def test_the_balances_of_all_years_go_over_and_earlier_years_are_closed_first(
    house: "House", at: "Callable[[str], Any]"
) -> None:
    house.posted(
        ("111", "debit", 9, house.BOARD), ("511", "credit", 9, house.BOARD), on=date(2025, 12, 1), kind="receipt"
    ).accepted()
    books(house)
    house.settle().refused(words.BOOKS_BEFORE, "books_since")
    house.settle(books_since=2025).refused(words.YEARS_BEFORE_OPEN)
    house.when(words.CloseYear(year=2025)).accepted()
    house.settle(books_since=2025).accepted()
    assert not house.balances(house.BOARD)
    assert house.balances(house.OTHER)["421", "tu-chu"] == -9
    house.when(words.CloseYear(year=2026), now=at("2027-01-20 09:00")).accepted()
    assert not house.balances(house.BOARD)


def test_a_refusal_leaves_both_budgets_as_they_were(house: "House") -> None:
    named(house)
    house.assign(board=house.OTHER, PETROL=11)
    house.close(house.OTHER).accepted()
    house.settle().refused(words.BUDGET_CLOSED)
    assert house.line() == (100, 0, 10, 20, 10, 60)


def test_nothing_is_committed_or_advanced_of_a_line_nobody_assigned(house: "House") -> None:
    with pytest.raises(Refused):
        house.commit("r1", 1)


def test_requests_and_advances_that_go_along_are_told_where_they_belong_now() -> None:
    state = SimpleNamespace(revision=3)
    request, advance = (
        Seen(Ref(Aggregate(name, state, lambda state, event: state), id), state)
        for name, id in (("request", "1" * 32), ("advance", "a" * 32))
    )
    command = words.CarryOver(year=2026, board="BTCTU", decision_number="1", decided_on="2026-12-31", **OPEN)
    told = moved(command, (request, advance), 2027, "BTCTU")
    where = {"from_year": 2026, "from_board": "BTCTU", "year": 2027, "board": "BTCTU", "revision": 4}
    assert told == [(request, words.SpendingMoved(**where)), (advance, words.AdvanceMoved(**where))]
