"""Which months of a year are closed in the books, by whom, and how much was posted into each?"""

from collections.abc import Iterator
from typing import Any

from contracts import finance as words_of
from contracts.base import Actor
from contracts.finance import ListPeriods, PeriodRow
from services.finance.deciders.voucher_book import MONTHS, book_id
from services.runtime.envelope import Fact, event_types
from services.runtime.gathering import Gathering, Record, Rows, page
from services.runtime.manifest import QueryRule
from services.runtime.read_model import ReadModel, RowValues

_EMPTY: dict[str, Any] = {
    "vouchers": [0] * len(MONTHS),
    "closed": [False] * len(MONTHS),
    "by_names": [None] * len(MONTHS),
    "times": [None] * len(MONTHS),
    "reasons": [None] * len(MONTHS),
    "year_closed": False,
}


def _project(row: RowValues | None, fact: Fact) -> RowValues | None:
    """What is decided of a year is said in all its books; the general book's word is taken."""
    event = fact.event
    row = row or {**_EMPTY, "number": int(_year(fact))}
    if isinstance(event, words_of.VoucherNumbered):
        return {**row, "vouchers": _with(row["vouchers"], event.on.month, row["vouchers"][event.on.month - 1] + 1)}
    if fact.id != book_id(row["number"], "general"):
        return None
    match event:
        case words_of.PeriodClosed():
            return _told(row, fact, event.month, True, event.by_name, None)
        case words_of.PeriodReopened():
            return _told(row, fact, event.month, False, event.by_name, event.reason)
        case words_of.YearClosed():
            for month in MONTHS:
                if not row["closed"][month - 1]:
                    row = _told(row, fact, month, True, event.by_name, None)
            return {**row, "year_closed": True}
    assert isinstance(event, words_of.YearReopened)
    return {**row, "year_closed": False}


def _told(row: RowValues, fact: Fact, month: int, closed: bool, by_name: str, reason: str | None) -> RowValues:
    return {
        **row,
        "closed": _with(row["closed"], month, closed),
        "by_names": _with(row["by_names"], month, by_name),
        "times": _with(row["times"], month, fact.time),
        "reasons": _with(row["reasons"], month, reason),
    }


def _with(values: list[Any], month: int, value: object) -> list[Any]:
    return [*values[: month - 1], value, *values[month:]]


def _year(fact: Fact) -> str:
    return fact.id.split("-", 1)[0]


PERIODS = ReadModel(
    name="ledger_periods",
    version=1,
    key_column="year",
    columns={
        "number": "integer NOT NULL",
        "vouchers": "bigint[] NOT NULL",
        "closed": "boolean[] NOT NULL",
        "by_names": "text[] NOT NULL",
        "times": "timestamptz[] NOT NULL",
        "reasons": "text[] NOT NULL",
        "year_closed": "boolean NOT NULL",
    },
    indexes=(),
    events=event_types(
        "finance",
        (
            words_of.VoucherNumbered,
            words_of.PeriodClosed,
            words_of.PeriodReopened,
            words_of.YearClosed,
            words_of.YearReopened,
        ),
    ),
    key=_year,
    project=_project,
)
"""One row a year, with a list of twelve for each thing that is known of its months."""


def _months(year: int, record: Record | None) -> Iterator[PeriodRow]:
    told = record or _EMPTY
    for month in MONTHS:
        place = month - 1
        yield PeriodRow(
            year=year,
            month=month,
            vouchers=told["vouchers"][place],
            closed=told["closed"][place],
            by_name=told["by_names"][place],
            at=told["times"][place],
            reason=told["reasons"][place],
            year_closed=told["year_closed"],
        )


def _list(query: ListPeriods, actor: Actor) -> Gathering:
    return Gathering(
        (Rows(PERIODS, "number = $1", (query.year,)),),
        lambda found: page(query, _months(query.year, next(iter(found), None)), lambda row: (row.month,)),
    )


LIST_PERIODS = QueryRule(ListPeriods, (PERIODS,), _list)
