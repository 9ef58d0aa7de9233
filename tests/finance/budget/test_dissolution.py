"""A board dissolved in July with open advances and unpaid commitments, through spending and the books: it adds up."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from contracts import finance as words
from services.finance.deciders.voucher_book import KINDS, book_id

if TYPE_CHECKING:
    from tests.finance.office import Office

DECIDED: dict[str, Any] = {"decision_number": "214-QĐ/TU", "decided_on": date(2026, 11, 20)}


def balances(money: "Office", board: str) -> dict[tuple[str, str], int]:
    """Return what a board's accounts come to over the books of the year."""
    sums: dict[tuple[str, str], int] = defaultdict(int)
    for kind in KINDS:
        state = money.scenario.states.get(("voucher_book", book_id(2026, kind)))
        for key, net in (state.totals if state else {}).items():
            account, of, source = key.split("|")
            if of == board:
                sums[account, source] += net
    return {key: net for key, net in sums.items() if net}


def estimates(money: "Office") -> int:
    """Return all estimates of all boards."""
    states = [state for (name, _), state in money.scenario.states.items() if name == "budget"]
    return sum(line.estimate for state in states for line in state.lines.values())


@pytest.fixture
def dissolved(new_money: "Callable[[], Office]") -> "Office":
    """An office one of whose boards has paid, promised, advanced, and an advance with a rest to return."""
    money = new_money()
    money.paid(6_000_000)
    money.promised = money.approved(5_000_000)  # type: ignore[attr-defined]
    money.held = money.advanced(4_000_000, money.TRAVEL)  # type: ignore[attr-defined]
    return money


def settling(money: "Office", **changes: Any) -> words.SettleBoard:
    """Return the wish to settle the board with all that is open of it."""
    state = money.budget()
    named = {"requests": tuple(state.committed), "advances": tuple(state.advanced)}
    usual = {"year": 2026, "board": money.BOARD, "to_board": money.OTHER, "on": money.DAY, "books_since": 2026}
    return words.SettleBoard(**{**usual, **DECIDED, **named, **changes})


def test_what_was_promised_and_advanced_goes_on_at_the_successor(dissolved: "Office") -> None:
    money, assigned = dissolved, estimates(dissolved)
    promised, held = money.promised, money.held  # type: ignore[attr-defined]
    before = balances(money, money.BOARD)
    assert before
    money.when(settling(money), actor=money.HEAD).accepted()
    assert estimates(money) == assigned
    assert not balances(money, money.BOARD)
    assert balances(money, money.OTHER) == before
    assert (money.request(promised).board, money.advance(held).board) == (money.OTHER, money.OTHER)
    money.paying(promised, 5_000_000).accepted()
    taken = money.budget(money.OTHER).lines[money.PETROL]
    assert (taken.spent, taken.committed) == (5_000_000, 0)
    assert money.budget().lines[money.PETROL].spent == 6_000_000
    assert not balances(money, money.BOARD)
    claim = {"amounts": (money.item(4_000_000, money.TRAVEL),)}
    money.of_advance(words.ClaimAdvance, held, money.OTHER_CONTACT, **claim).accepted()
    money.of_advance(words.CheckClaim, held, money.ACCOUNTANT).accepted()
    money.of_advance(words.ApproveClaim, held, money.HEAD, on=money.DAY).accepted()
    assert money.budget(money.OTHER).lines[money.TRAVEL].spent == 4_000_000
    assert not balances(money, money.BOARD)


def test_an_advance_with_a_rest_goes_along_when_it_is_named(dissolved: "Office") -> None:
    money, held = dissolved, dissolved.held  # type: ignore[attr-defined]
    money.claimed(held, 3_000_000, money.TRAVEL)
    money.when(settling(money, advances=("f" * 32,)), actor=money.HEAD).refused(words.OPEN_UNSEEN)
    money.when(settling(money, advances=(held,)), actor=money.HEAD).accepted()
    assert money.advance(held).board == money.OTHER
    rest = {"method": "cash", "money_account": "quy-tien-mat", "on": money.DAY, "amount_vnd": 1_000_000}
    money.of_advance(words.ReceiveRest, held, money.CASHIER, **rest).accepted()
    assert money.advance(held).status == "settled"
    assert not balances(money, money.BOARD)


def test_what_was_only_asked_for_is_not_approved_of_a_settled_board(dissolved: "Office") -> None:
    money = dissolved
    asked = money.checked(1_000_000)
    money.when(settling(money), actor=money.HEAD).accepted()
    money.about(words.ApproveSpending, asked, money.HEAD).refused(words.BUDGET_CLOSED)


def test_a_commitment_carried_over_is_paid_in_the_next_year(
    dissolved: "Office", moment: "Callable[[str], Any]"
) -> None:
    money = dissolved
    promised, held = money.promised, money.held  # type: ignore[attr-defined]
    named = {"requests": (promised,), "advances": (held,)}
    carrying = words.CarryOver(year=2026, board=money.BOARD, **named, **DECIDED)
    money.when(carrying, actor=money.HEAD).accepted()
    money.when(words.CloseBudget(year=2026, board=money.BOARD, on=date(2026, 12, 31)), actor=money.HEAD).accepted()
    assert (money.request(promised).year, money.advance(held).year) == (2027, 2027)
    money.scenario.now = moment("2027-02-10 09:00")
    money.paying(promised, 5_000_000, on=date(2027, 2, 10)).accepted()
    assert money.budget(year=2027).lines[money.PETROL].spent == 5_000_000
