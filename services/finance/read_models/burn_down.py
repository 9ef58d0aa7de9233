"""How fast does an estimate go, and where does the pace so far lead by the year's end?"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from contracts.base import Actor, Page
from contracts.finance import BurnDownRow, ListBurnDown, Use
from services.finance.read_models.budgets import BUDGET_MONTHS, added, lines_in
from services.finance.read_models.own_budgets import seen
from services.runtime.gathering import Gathering, OnADay, Record, Rows, page
from services.runtime.manifest import QueryRule

_MONTHS = range(1, 13)


def _list(query: ListBurnDown, actor: Actor) -> OnADay:
    values = (query.year, seen(actor, query.board))
    rows = Rows(BUDGET_MONTHS, "year = $1 AND ($2::text IS NULL OR board = $2)", values)

    def gather(day: date) -> Gathering:
        def build(records: list[Record]) -> Page[BurnDownRow]:
            return page(query, burn_down(query, day, records), lambda row: (row.month,))

        return Gathering((rows,), build)

    return OnADay(query, query.on, gather)


def burn_down(query: ListBurnDown, day: date, records: Sequence[Record]) -> list[BurnDownRow]:
    """Return the twelve months of the lines asked for, the pace measured up to a day; nothing where there are none."""
    standing: dict[tuple[str, str], Use] = {}
    ends = []
    for month in _MONTHS:
        for record in records:
            if record["month"] == month:
                standing |= {(record["board"], line): use for line, use in _wanted(query, record)}
        ends.append(added(list(standing.values())))
    return [_row(query.year, day, month, ends) for month in _MONTHS] if standing else []


def _wanted(query: ListBurnDown, record: Record) -> Iterable[tuple[str, Use]]:
    for line, use in lines_in(record).items():
        if query.line in (None, line) and query.source in (None, line.split(".")[0]):
            yield line, use


def _row(year: int, day: date, month: int, ends: Sequence[Use]) -> BurnDownRow:
    """Return a month; a month to come shows what is known now, and what the pace so far makes of it."""
    use, last = ends[month - 1], _days(year, 12)
    before = ends[month - 2].spent_vnd if month > 1 else 0
    return BurnDownRow(
        month=month,
        estimate_vnd=use.estimate_vnd,
        spent_vnd=use.spent_vnd,
        spent_in_month_vnd=use.spent_vnd - before,
        kept_vnd=use.committed_vnd + use.advanced_vnd,
        left_vnd=use.left_vnd,
        forecast_vnd=_forecast(year, day, month, ends),
        plan_vnd=use.estimate_vnd * _days(year, month) // last,
        past=(year, month) <= (day.year, day.month),
    )


def _forecast(year: int, day: date, month: int, ends: Sequence[Use]) -> int:
    """Return what will be spent when a month ends at the pace of the year's days so far, rounded down."""
    spent = ends[month - 1].spent_vnd
    if day.year != year or _over(day, year, month):
        return spent
    elapsed = (day - date(year, 1, 1)).days + 1
    return max(spent, ends[day.month - 1].spent_vnd * _days(year, month) // elapsed)


def _over(day: date, year: int, month: int) -> bool:
    """Tell whether a month has ended by a day: nothing is to be forecast of it."""
    return day > date(year, 1, 1) + timedelta(_days(year, month) - 1)


def _days(year: int, month: int) -> int:
    """Return how many days of a year have passed when a month ends."""
    end = date(year + month // 12, month % 12 + 1, 1)
    return (end - date(year, 1, 1)).days


LIST_BURN_DOWN = QueryRule(ListBurnDown, (BUDGET_MONTHS,), _list)
