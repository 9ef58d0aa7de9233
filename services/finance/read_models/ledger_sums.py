"""What did accounts have on a day, and by how much did they move in a period, without a look at their lines?"""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from services.finance.read_models.ledger_tables import CLOSING, Sums, month_key, year_key
from services.finance.read_models.ledger_tables import SUMS as SUMS
from services.runtime.read_model import Database, ReadModel

EARLIEST = date(1930, 1, 1)
"""The first day that anything may be posted on."""


class Sum(NamedTuple):
    """What an account of a board and source had, debit less credit, and by how much it moved; of an item where told so.

    `closing` when by the entry that closes a year.
    """

    account: str
    board: str
    source: str | None
    item: str | None
    closing: bool
    opening_vnd: int
    debit_vnd: int
    credit_vnd: int


class Wanted(NamedTuple):
    """Whose sums are asked for: an account with its sub-accounts, a board, a source, an item; None for all."""

    account: str | None = None
    board: str | None = None
    source: str | None = None
    item: str | None = None

    @property
    def values(self) -> tuple[str | None, ...]:
        """The values of the condition in SQL, in its order."""
        return (f"{self.account}%" if self.account is not None else None, self.board, self.source, self.item)

    def holds(self, account: str, board: str, source: str | None, item: str | None) -> bool:
        """Tell whether a line with these is among them."""
        return (
            (self.account is None or account.startswith(self.account))
            and (self.board is None or board == self.board)
            and (self.source is None or source == self.source)
            and (self.item is None or item == self.item)
        )


def _of_key(first: int) -> str:
    """Return the condition whose values are those of `Wanted`, numbered from `first`."""
    like, board, source, item = range(first, first + 4)
    return (
        f"(${like}::text IS NULL OR key LIKE ${like})"
        f" AND (${board}::text IS NULL OR split_part(key, '|', 2) = ${board})"
        f" AND (${source}::text IS NULL OR split_part(key, '|', 3) = ${source})"
        f" AND (${item}::text IS NULL OR split_part(key, '|', 4) = ${item})"
    )


def upto(day: date) -> Counter[str]:
    """Return how often years, months and days count, by their keys, in all that moved up to a day.

    The days of a month that are nearly all of it are the month without the rest, so that at most sixteen count.
    """
    ends = _month_end(day)
    if day == ends and day.month == 12:
        return Counter(year_key(date(year, 1, 1)) for year in range(EARLIEST.year, day.year + 1))
    counted = Counter(year_key(date(year, 1, 1)) for year in range(EARLIEST.year, day.year))
    counted.update(month_key(date(day.year, month, 1)) for month in range(1, day.month))
    if 2 * day.day < ends.day:
        counted.update(day.replace(day=number).isoformat() for number in range(1, day.day + 1))
    else:
        counted[month_key(day)] = 1
        counted.update({day.replace(day=number).isoformat(): -1 for number in range(day.day + 1, ends.day + 1)})
    return counted


def _month_end(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def moved_sql(tables: Sums) -> str:
    """Return the statement for what moved: $1 are spans, $2 how often each counts before, $3 until the end."""
    parts = " UNION ALL ".join(
        f'SELECT key, debit, credit, before, until FROM counted JOIN "{model.table}" USING (span), '
        "unnest(keys, debits, credits) AS sums(key, debit, credit)"
        for model in tables
    )
    return (
        "WITH counted AS (SELECT * FROM unnest($1::text[], $2::int[], $3::int[]) AS counted(span, before, until)) "
        "SELECT key, sum((debit - credit) * before)::bigint, sum(debit * (until - before))::bigint, "
        f"sum(credit * (until - before))::bigint FROM ({parts}) parts WHERE {_of_key(4)} GROUP BY key"
    )


async def moved(database: Database, first: date, last: date, wanted: Wanted, tables: Sums = SUMS) -> list[Sum]:
    """Return what there was before the first day, and what moved from it to the last, both included.

    A last day before the first asks only for what there was.
    """
    before, until = upto(first - timedelta(days=1)), upto(max(last, first - timedelta(days=1)))
    spans = sorted(before.keys() | until.keys())
    counts = ([counted[span] for span in spans] for counted in (before, until))
    found = await database.fetch(moved_sql(tables), spans, *counts, *wanted.values)
    return [_sum(*record) for record in found]


def _sum(key: str, opening: int, debit: int, credit: int) -> Sum:
    account, board, source, item, closing = key.split("|")
    return Sum(account, board, source or None, item or None, closing == CLOSING, opening, debit, credit)


async def busy(
    database: Database, model: ReadModel, wanted: Wanted, first: str, last: str
) -> Sequence[tuple[str, int]]:
    """Return the spans of a table from one to another in which something moved, and by how many lines."""
    found = await database.fetch(
        f'SELECT span, sum(lines)::bigint FROM "{model.table}", unnest(keys, counts) AS sums(key, lines) '
        f"WHERE span BETWEEN $1 AND $2 AND {_of_key(3)} GROUP BY span ORDER BY span",
        first,
        last,
        *wanted.values,
    )
    return [(record[0], record[1]) for record in found]


async def busy_days(
    database: Database,
    wanted: Wanted,
    first: date,
    last: date,
    *,
    lines: int,
    descending: bool,
    begun: date | None,
    tables: Sums,
) -> list[date]:
    """Return the days, from the end that is asked for, that hold so many lines, or all there are; ascending.

    Lines of the day on which an earlier page ended, `begun`, do not count. Years and months in which nothing moved are
    not looked at by day.
    """
    found: list[date] = []
    step = -1 if descending else 1
    for year, _ in (await busy(database, tables.years, wanted, year_key(first), year_key(last)))[::step]:
        begins, ends = max(first, date(int(year), 1, 1)), min(last, date(int(year), 12, 31))
        for month, _ in (await busy(database, tables.months, wanted, month_key(begins), month_key(ends)))[::step]:
            low, high = max(begins.isoformat(), month), min(ends.isoformat(), f"{month}-31")
            for day, count in (await busy(database, tables.days, wanted, low, high))[::step]:
                found.append(date.fromisoformat(day))
                lines -= count if found[-1] != begun else 0
                if lines <= 0:
                    return sorted(found)
    return sorted(found)
