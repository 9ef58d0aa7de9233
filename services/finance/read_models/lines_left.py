"""What is left of each line of a board, and what would be after an amount?"""

from contracts.base import Actor, Page
from contracts.finance import LineLeftRow, ListLinesLeft
from services.finance.read_models.budgets import BUDGETS, budget_of
from services.finance.read_models.index_names import is_special, items_of, line_names
from services.finance.read_models.own_budgets import seen
from services.runtime.gathering import Gathering, Record, Rows, page
from services.runtime.manifest import QueryRule


def _list(query: ListLinesLeft, actor: Actor) -> Gathering:
    def build(budgets: list[Record]) -> Page[LineLeftRow]:
        rows = [row for budget in budgets for row in _rows(query, budget)]
        return page(query, rows, lambda row: (row.line,))

    values = (query.year, seen(actor, query.board))
    return Gathering((Rows(BUDGETS, "year = $1 AND board = $2", values),), build)


def _rows(query: ListLinesLeft, budget: Record) -> list[LineLeftRow]:
    if budget["closed_on"] is not None:
        return []
    rows = []
    for code, line in budget_of(budget).lines.items():
        items = tuple(items_of(code, query.year))
        special = is_special(code, query.year) or any(item.special for item in items)
        if query.special in (None, special):
            rows.append(
                LineLeftRow(
                    line=code,
                    told=line_names(code, query.year).told,
                    estimate_vnd=line.estimate,
                    left_vnd=line.left,
                    after_vnd=line.left - query.amount_vnd,
                    enough=query.amount_vnd <= line.left,
                    special=special,
                    items=items,
                )
            )
    return rows


LIST_LINES_LEFT = QueryRule(ListLinesLeft, (BUDGETS,), _list)
