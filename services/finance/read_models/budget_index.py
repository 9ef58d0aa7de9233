"""Which codes of the budget index and which sources of money are in force on a day?"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from contracts.base import Actor, Page
from contracts.finance import IndexKind, IndexRow, ListBudgetIndex, ListSources, MoneySourceRow
from services.finance.read_models.budgets import BUDGETS
from services.finance.read_models.index_names import CHAPTERS, CLAUSES, ITEMS, SOURCES
from services.runtime.gathering import Gathering, OnADay, page
from services.runtime.manifest import QueryRule
from services.runtime.rules import Entry


def _list(query: ListBudgetIndex, actor: Actor) -> OnADay:
    def gather(day: date) -> Gathering:
        def build() -> Page[IndexRow]:
            rows = [row for row in index_rows(day) if _wanted(query, row)]
            return page(query, rows, lambda row: (row.kind, row.code))

        return Gathering((), build)

    return OnADay(query, query.on, gather)


def _wanted(query: ListBudgetIndex, row: IndexRow) -> bool:
    return (
        query.kind in (None, row.kind) and query.of in (None, row.of, row.code) and query.special in (None, row.special)
    )


def index_rows(day: date) -> Iterator[IndexRow]:
    """Yield every code in force on a day: chapters, clauses with their category, items with the item they are of."""
    for chapter in CHAPTERS.all_entries(day):
        yield _row("chapter", chapter, code=chapter.row.chapter)
    for clause in CLAUSES.all_entries(day):
        yield _row("clause", clause, code=clause.row.clause, of=clause.row.category)
    for item in ITEMS.all_entries(day):
        of = item.row.of if item.row.of != item.row.item else None
        yield _row("item", item, code=item.row.item, of=of, special=item.row.special)


def _row(kind: IndexKind, entry: Entry[Any], **said: Any) -> IndexRow:
    return IndexRow(kind=kind, name=entry.row.name_vi, **said, **entry.validity.model_dump())


def _sources(query: ListSources, actor: Actor) -> OnADay:
    def gather(day: date) -> Gathering:
        def build() -> Page[MoneySourceRow]:
            return page(query, map(_source, SOURCES.all_entries(day)), lambda row: (row.source,))

        return Gathering((), build)

    return OnADay(query, query.on, gather)


def _source(entry: Entry[Any]) -> MoneySourceRow:
    row = entry.row
    names = ("source", "name_en", "fund", "expense_account", "income_account", "estimate_account")
    return MoneySourceRow(
        name=row.name_vi,
        legal_basis=entry.validity.legal_basis,
        source_tag=entry.validity.source_tag,
        **{name: getattr(row, name) for name in names},
    )


# The tables need no read model; a query that reads none has no position to answer from, so it goes by that of budgets.
LIST_BUDGET_INDEX = QueryRule(ListBudgetIndex, (BUDGETS,), _list)
LIST_SOURCES = QueryRule(ListSources, (BUDGETS,), _sources)
