"""A board's year: how did each line's estimate come to be, what became of it, and does it add up?"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from pydantic_core import from_json

from contracts import finance as words_of
from contracts.base import Actor, Refused
from contracts.finance import BudgetLineView, BudgetView, Estimate, GetBudget, GetSettlement, SettlementView, Use
from services.finance.read_models.advance_rests import ADVANCE_RESTS, WITH_REST
from services.finance.read_models.budgets import BUDGETS, added, budget_of, use_in
from services.finance.read_models.estimate_moves import ESTIMATE_MOVES
from services.finance.read_models.index_names import line_names
from services.finance.read_models.overrides import APPROVALS, OVERRIDES, override_row
from services.finance.read_models.own_budgets import seen
from services.runtime.gathering import Gathering, Record, Rows
from services.runtime.manifest import QueryRule

_PART = {
    "initial": "initial_vnd",
    "supplement": "supplement_vnd",
    "adjustment": "adjustment_vnd",
    "carried_over": "carried_in_vnd",
    "carried_in": "carried_in_vnd",
    "taken_over": "taken_over_vnd",
    "transfer": "transferred_vnd",
    "transfer_in": "transferred_vnd",
    "transfer_out": "transferred_vnd",
    "carried_out": "carried_out_vnd",
    "handed_over": "handed_over_vnd",
    "lapsed": "lapsed_vnd",
}
"""Which part of an estimate a kind of move changes; what is held back changes none."""
_COMES = ("initial_vnd", "supplement_vnd", "adjustment_vnd", "transferred_vnd", "carried_in_vnd", "taken_over_vnd")
_OF_YEAR = "year = $1 AND ($2::text IS NULL OR board = $2)"


def estimates(moves: Iterable[Mapping[str, Any]]) -> dict[str, Estimate]:
    """Return by line how the estimates of one or several budgets came to be, from records of ESTIMATE_MOVES."""
    parts: dict[str, dict[str, int]] = {}
    for move in moves:
        part = _PART.get(move["kind"])
        for line in from_json(move["lines"]) if part else ():
            sums = parts.setdefault(line["line"], {})
            sums[str(part)] = sums.get(str(part), 0) + line["amount_vnd"]
    return {line: _estimate(sums) for line, sums in parts.items()}


def summed_up(parts: Iterable[Estimate]) -> Estimate:
    """Return how several estimates together came to be."""
    kept = list(parts)
    return _estimate({name: sum(getattr(part, name) for part in kept) for name in Estimate.model_fields})


def _estimate(sums: Mapping[str, int]) -> Estimate:
    return Estimate(**{**sums, "assigned_vnd": sum(sums.get(name, 0) for name in _COMES)})


def share(part: int, whole: int) -> int | None:
    """Return a part of a whole in hundredths of a percent, halves rounded up; None of nothing."""
    return (2 * 10_000 * part + whole) // (2 * whole) if whole > 0 else None


def lines_of(budget: Mapping[str, Any], moves: Iterable[Mapping[str, Any]]) -> Iterator[BudgetLineView]:
    """Yield the lines of a record of BUDGETS in the order of their codes, with all that happened to them."""
    state, came = budget_of(budget), estimates(moves)
    for code, line in sorted(state.lines.items()):
        estimate = came.get(code, Estimate())
        names = line_names(code, budget["year"])
        yield BudgetLineView(
            **dict(use_in(line)),
            **dict(estimate),
            line=code,
            told=names.told,
            used=share(line.spent, estimate.assigned_vnd),
            **names._asdict(),
        )


def rows_of_year(year: int, board: str | None) -> tuple[Rows, Rows]:
    """Return the parts of a gathering that hold the budgets of a year and their moves, of a board or of all."""
    return Rows(BUDGETS, _OF_YEAR, (year, board)), Rows(ESTIMATE_MOVES, _OF_YEAR, (year, board))


def _view(
    budget: Mapping[str, Any], moves: Sequence[Mapping[str, Any]], rests: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    state, lines = budget_of(budget), tuple(lines_of(budget, moves))
    total, use = summed_up(lines), added([Use(**line.model_dump(include=set(Use.model_fields))) for line in lines])
    return {
        "year": budget["year"],
        "board": budget["board"],
        "closed_on": budget["closed_on"],
        "to_board": budget["to_board"],
        "lines": lines,
        "total": total,
        "use": use,
        "used": share(use.spent_vnd, total.assigned_vnd),
        "open_requests": len(state.committed),
        "open_advances": len(state.advanced),
        "requests": tuple(state.committed),
        "advances": (*state.advanced, *(rest["advance_id"] for rest in rests)),
    }


def _only(query: GetBudget | GetSettlement, budgets: Sequence[Record]) -> Record:
    if not budgets:
        raise Refused(words_of.BUDGET_UNKNOWN, "board", year=query.year, board=query.board)
    return budgets[0]


def _get(query: GetBudget, actor: Actor) -> Gathering:
    def build(budgets: list[Record], moves: list[Record], rests: list[Record]) -> BudgetView:
        return BudgetView(**_view(_only(query, budgets), moves, rests))

    board = seen(actor, query.board)
    return Gathering((*rows_of_year(query.year, board), Rows(ADVANCE_RESTS, WITH_REST, (query.year, board))), build)


def adds_up(line: Estimate, use: Use) -> bool:
    """Tell whether what was assigned to a line is what became of it."""
    out = line.carried_out_vnd + line.handed_over_vnd + line.lapsed_vnd
    kept = use.frozen_vnd + use.committed_vnd + use.advanced_vnd
    return line.assigned_vnd == use.spent_vnd + kept + use.left_vnd + out


def _settlement(query: GetSettlement, actor: Actor) -> Gathering:
    board = seen(actor, query.board)
    chosen = f'request_id IN (SELECT request_id FROM "{OVERRIDES.table}" WHERE {_OF_YEAR})'

    def build(
        budgets: list[Record],
        moves: list[Record],
        rests: list[Record],
        overrides: list[Record],
        approvals: list[Record],
    ) -> SettlementView:
        view = _view(_only(query, budgets), moves, rests)
        known = {approval["request_id"]: approval for approval in approvals}
        told = sorted((override_row(record, known) for record in overrides), key=lambda row: row.recorded_at)
        sound = all(adds_up(line, line) for line in view["lines"])
        return SettlementView(**view, overrides=tuple(told), adds_up=sound)

    parts = (
        *rows_of_year(query.year, board),
        Rows(ADVANCE_RESTS, WITH_REST, (query.year, board)),
        Rows(OVERRIDES, _OF_YEAR, (query.year, board)),
        Rows(APPROVALS, chosen, (query.year, board)),
    )
    return Gathering(parts, build)


GET_BUDGET = QueryRule(GetBudget, (BUDGETS, ESTIMATE_MOVES, ADVANCE_RESTS), _get)
GET_SETTLEMENT = QueryRule(GetSettlement, (BUDGETS, ESTIMATE_MOVES, ADVANCE_RESTS, OVERRIDES, APPROVALS), _settlement)
