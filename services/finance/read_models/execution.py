"""How are estimates executed, of a board or of all, by line, by item, by source or by board?"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from contracts.base import Actor, Page
from contracts.finance import BudgetLineView, ExecutionRow, ListExecution
from services.finance.read_models.budget_view import lines_of, rows_of_year, share
from services.finance.read_models.budgets import BUDGETS
from services.finance.read_models.estimate_moves import ESTIMATE_MOVES
from services.finance.read_models.own_budgets import seen
from services.runtime.gathering import Gathering, Place, Record, page
from services.runtime.manifest import QueryRule

_CODES = ("source", "chapter", "clause", "item")
_KEPT: Mapping[str, tuple[str, ...]] = {
    "line": ("board", *_CODES),
    "item": ("item",),
    "source": ("source",),
    "board": ("board",),
}
"""What tells the rows of each kind of table apart; what does not is left empty."""
_SUMS = (
    "carried_in_vnd",
    "initial_vnd",
    "assigned_vnd",
    "frozen_vnd",
    "committed_vnd",
    "advanced_vnd",
    "spent_vnd",
    "left_vnd",
    "carried_out_vnd",
    "lapsed_vnd",
    "handed_over_vnd",
)
_ADDED = ("supplement_vnd", "adjustment_vnd", "transferred_vnd", "taken_over_vnd")


def lines_by_board(budgets: Iterable[Record], moves: Iterable[Record]) -> Iterator[tuple[str, BudgetLineView]]:
    """Yield every line of some budgets of a year, each with its board."""
    of_budget: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for move in moves:
        of_budget[move["budget_id"]].append(move)
    for budget in budgets:
        for line in lines_of(budget, of_budget[budget["budget_id"]]):
            yield budget["board"], line


def _list(query: ListExecution, actor: Actor) -> Gathering:
    def build(budgets: list[Record], moves: list[Record]) -> Page[ExecutionRow]:
        groups: dict[tuple[str, ...], list[BudgetLineView]] = defaultdict(list)
        for board, line in lines_by_board(budgets, moves):
            if query.source in (None, line.source):
                values = {"board": board, **{code: getattr(line, code) for code in _CODES}}
                groups[tuple(values[name] for name in _KEPT[query.by])].append(line)
        rows = [_row(dict(zip(_KEPT[query.by], key, strict=True)), lines) for key, lines in groups.items()]
        return page(query, rows, _place)

    return Gathering(rows_of_year(query.year, seen(actor, query.board)), build)


def _row(told: dict[str, str], lines: list[BudgetLineView]) -> ExecutionRow:
    sums = {name: sum(getattr(line, name) for line in lines) for name in _SUMS}
    first = lines[0]
    names = (("item", first.item_name), ("source", first.source_name), ("board", told.get("board", "")))
    return ExecutionRow(
        **{code: told.get(code, "") for code in ("board", *_CODES)},
        name=next(name for code, name in names if code in told),
        supplement_vnd=sum(getattr(line, name) for line in lines for name in _ADDED),
        **sums,
        used=share(sums["spent_vnd"], sums["assigned_vnd"]),
        line=first.line if len(told) == len(_CODES) + 1 else None,
    )


def _place(row: ExecutionRow) -> Place:
    return (row.board, row.source, row.chapter, row.clause, row.item)


LIST_EXECUTION = QueryRule(ListExecution, (BUDGETS, ESTIMATE_MOVES), _list)
