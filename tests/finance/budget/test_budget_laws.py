"""What holds of every history of estimates: nothing is lost, nothing is spent twice, and both ends agree."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from hypothesis import given, settings
from hypothesis import strategies as st

from contracts import finance as words
from contracts.base import Refused

if TYPE_CHECKING:
    from tests.finance.budget.house import House

BOARDS, LINES = ("BTCTU", "BTGTU", "UBKTTU"), ("PETROL", "PAPER", "GUESTS")
ON_ESTIMATES = ("assign", "adjust", "transfer", "freeze", "release")
AT_THE_END = ("carry", "close", "settle")
OF_SPENDING = ("commit", "over", "spend", "unspend", "advance", "account", "free")
AMOUNT = st.integers(1, 60)
IDS = tuple(f"{number:x}" * 32 for number in range(1, 7))
STEPS = st.lists(
    st.tuples(
        st.sampled_from((*AT_THE_END, *ON_ESTIMATES * 2, *OF_SPENDING * 4)),
        st.sampled_from(BOARDS),
        st.sampled_from(BOARDS),
        st.sampled_from(LINES),
        st.sampled_from(LINES),
        st.sampled_from(IDS),
        AMOUNT,
    ),
    max_size=40,
)


class Boards:
    """Boards whose estimates live through steps; what may not be is refused and changes nothing."""

    def __init__(self, house: "House") -> None:
        self.house = house
        self.beyond = False
        for board in BOARDS:
            house.assign(board, PETROL=100, PAPER=100, GUESTS=100).accepted()

    def step(self, what: str, board: str, other: str, line: str, to: str, id: str, amount: int) -> None:
        """Take one step."""
        house, code = self.house, getattr(self.house, line)
        match what:
            case "assign":
                house.assign(board, kind="supplement", **{line: amount})
            case "adjust":
                house.assign(board, kind="adjustment", **{line: -amount})
            case "transfer":
                target = getattr(house, to)
                house.transfer(amount, board=board, to_board=other, from_line=code, to_line=target)
            case "freeze":
                house.hold(words.FreezeEstimate, amount, code, board=board)
            case "release":
                house.hold(words.ReleaseEstimate, amount, code, board=board)
            case "carry":
                state = house.budget(board)
                named = {"requests": tuple(state.committed), "advances": tuple(state.advanced)}
                house.carry((code, amount, "autonomy_fund"), board=board, **named)
            case "close":
                house.close(board)
            case "settle":
                state = house.budget(board)
                named = {"requests": tuple(state.committed), "advances": tuple(state.advanced)}
                house.settle(board=board, to_board=other, **named)
            case _:
                self._spending(what, board, code, id, amount)

    def _spending(self, what: str, board: str, code: str, id: str, amount: int) -> None:
        house, state = self.house, self.house.budget(board)
        if state.closed:
            return
        if what in ("commit", "over"):
            self._commit(
                board, code, f"{id[:-1]}{BOARDS.index(board)}", amount, "Đột xuất." if what == "over" else None
            )
        elif what == "unspend" and state.lines[code].spent:
            house.unspend(id, min(state.lines[code].spent, amount), code, board=board)
        elif what == "account" and state.advanced:
            advance_id = sorted(state.advanced)[amount % len(state.advanced)]
            petrol = state.advanced[advance_id].get(house.PETROL, 0)
            house.account(id, advance_id, min(amount, petrol), board=board)
        elif what in ("spend", "advance", "free") and state.committed:
            self._of_kept(what, board, sorted(state.committed)[amount % len(state.committed)], amount)

    def _commit(self, board: str, code: str, id: str, amount: int, over: str | None) -> None:
        try:
            self.house.commit(id, amount, code, over, board=board)
        except Refused:
            return
        self.beyond = self.beyond or over is not None

    def _of_kept(self, what: str, board: str, id: str, amount: int) -> None:
        house = self.house
        code, kept = next(iter(house.budget(board).committed[id].items()))
        advance_id = f"{len(house.facts):032x}"
        match what:
            case "spend":
                house.spend(id, min(kept, amount), code, board=board)
            case "advance":
                house.advance(id, advance_id, min(kept, amount), code, board=board)
            case "free":
                house.release(id, board=board)

    def budgets(self) -> list[Any]:
        """Return every budget there is."""
        return [state for (name, _), state in self.house.scenario.states.items() if name == "budget"]

    def facts(self, kind: Any) -> list[Any]:
        """Return every fact of a kind."""
        return [fact.event for fact in self.house.facts if isinstance(fact.event, kind)]


@settings(max_examples=120, deadline=None)
@given(STEPS)
def test_every_line_adds_up_at_every_position_and_is_below_nothing_by_authority_only(
    new_house: "Callable[[], House]", steps: list[Any]
) -> None:
    boards = Boards(new_house())
    for step in steps:
        boards.step(*step)
        for budget in boards.budgets():
            for line in budget.lines.values():
                parts = (line.frozen, line.committed, line.advanced, line.spent)
                assert line.estimate == sum(parts) + line.left
                assert min(parts) >= 0
                assert line.left >= 0 or boards.beyond
            for part in ("committed", "advanced"):
                for code, line in budget.lines.items():
                    kept = sum(lines.get(code, 0) for lines in getattr(budget, part).values())
                    assert kept == getattr(line, part)
    for fact in boards.facts(words.BudgetFact):
        for told in fact.lines:
            used = told.frozen_vnd + told.committed_vnd + told.advanced_vnd + told.spent_vnd
            assert told.estimate_vnd == used + told.left_vnd


@settings(max_examples=120, deadline=None)
@given(STEPS)
def test_transfers_carrying_over_and_settlement_neither_make_nor_lose_estimates(
    new_house: "Callable[[], House]", steps: list[Any]
) -> None:
    boards = Boards(new_house())
    for step in steps:
        boards.step(*step)
    assigned = sum(change.amount_vnd for fact in boards.facts(words.EstimateAssigned) for change in fact.changes)
    lapsed = sum(fact.lapsed_vnd for fact in boards.facts(words.BudgetClosed))
    assert sum(line.estimate for budget in boards.budgets() for line in budget.lines.values()) == assigned - lapsed
    for closed in (budget for budget in boards.budgets() if budget.closed):
        for line in closed.lines.values():
            assert (line.frozen, line.committed, line.advanced) == (0, 0, 0)
            assert line.left == min(0, line.estimate - line.spent)
