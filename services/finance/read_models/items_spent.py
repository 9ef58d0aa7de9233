"""What was spent under each item of each line, month by month?"""

from collections import defaultdict
from datetime import date

from pydantic import TypeAdapter
from pydantic_core import to_json

from contracts import finance as words_of
from contracts.base import Actor, Page
from contracts.finance import ItemSpent, ItemSpentRow, ListItemsSpent
from services.finance.deciders.common import HANOI
from services.finance.read_models.budgets import month_in
from services.finance.read_models.index_names import item_name
from services.finance.read_models.own_budgets import seen
from services.runtime.envelope import Fact, event_types
from services.runtime.gathering import Gathering, Place, Record, Rows, page
from services.runtime.manifest import QueryRule
from services.runtime.read_model import ReadModel, RowValues

_SPENT = TypeAdapter(dict[str, int])
_Spending = words_of.FundsSpent | words_of.AdvanceAccounted | words_of.SpendingReversed


def _month(fact: Fact) -> int:
    """Return the month of the voucher in the budget's year."""
    event = fact.event
    assert isinstance(event, _Spending)
    day: date = event.on or fact.time.astimezone(HANOI).date()
    return month_in(event.year, day)


def _items(event: _Spending) -> tuple[ItemSpent, ...]:
    """Return what was spent by item; what names none counts under the item of its line."""
    if event.items:
        return event.items
    changes = event.spent if isinstance(event, words_of.AdvanceAccounted) else event.changes
    return tuple(ItemSpent(line=c.line, item=c.line.rsplit(".", 1)[1], amount_vnd=c.amount_vnd) for c in changes)


def _project(row: RowValues | None, fact: Fact) -> RowValues:
    event = fact.event
    assert isinstance(event, _Spending)
    spent = _SPENT.validate_json(row["spent"]) if row else {}
    sign = -1 if isinstance(event, words_of.SpendingReversed) else 1
    for each in _items(event):
        key = f"{each.line}|{each.item}"
        spent[key] = spent.get(key, 0) + sign * each.amount_vnd
    return {"year": event.year, "board": event.board, "month": _month(fact), "spent": to_json(spent).decode()}


ITEMS_SPENT = ReadModel(
    name="budget_items_spent",
    version=1,
    key_column="budget_month",
    columns={
        "year": "integer NOT NULL",
        "board": "text NOT NULL",
        "month": "integer NOT NULL",
        "spent": "text NOT NULL",
    },
    indexes=("(year, board)",),
    events=event_types("finance", (words_of.FundsSpent, words_of.AdvanceAccounted, words_of.SpendingReversed)),
    key=lambda fact: f"{fact.id}|{_month(fact):02}",
    project=_project,
)
"""What a board spent in a month, as JSON by `line|item`.

It is taken from the budget's own facts, not from the ledger's: so what is spent under the items of a line is, at every
position, exactly what the line has spent, and an entry an accountant posts by hand is no execution of an estimate.
"""


def _list(query: ListItemsSpent, actor: Actor) -> Gathering:
    def build(records: list[Record]) -> Page[ItemSpentRow]:
        months: dict[Place, list[int]] = defaultdict(lambda: [0] * 12)
        for record in records:
            for key, amount in _SPENT.validate_json(record["spent"]).items():
                line, item = key.split("|")
                if query.line in (None, line):
                    months[record["board"], line, item][record["month"] - 1] += amount
        rows = [_row(query.year, place, spent) for place, spent in months.items() if any(spent)]
        return page(query, rows, lambda row: (row.board, row.line, row.item))

    values = (query.year, seen(actor, query.board))
    return Gathering((Rows(ITEMS_SPENT, "year = $1 AND ($2::text IS NULL OR board = $2)", values),), build)


def _row(year: int, place: Place, months: list[int]) -> ItemSpentRow:
    board, line, item = map(str, place)
    quarters = {f"quarter_{number + 1}_vnd": sum(months[3 * number : 3 * number + 3]) for number in range(4)}
    return ItemSpentRow(
        board=board,
        line=line,
        item=item,
        name=item_name(item, year),
        **quarters,
        spent_vnd=sum(months),
        months=tuple(months),
    )


LIST_ITEMS_SPENT = QueryRule(ListItemsSpent, (ITEMS_SPENT,), _list)
