"""Writing a year's entries as they come, page by page, and refusing those that do not come to the trial balance."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Literal, Protocol, TypeAlias

from contracts.finance import JournalRow
from services.console.journals.beancount import Beancount
from services.console.journals.books import Books, BooksMoved, MonthEnd, Place, in_order
from services.console.journals.hledger import Hledger

Format: TypeAlias = Literal["hledger", "beancount"]


class Dialect(Protocol):
    """A language of plain-text accounting."""

    def head(self) -> str:
        """Return what stands before the first entry."""

    def entry(self, row: JournalRow) -> str:
        """Return an entry."""

    def month_end(self, end: MonthEnd) -> str:
        """Return what asserts the balances at the end of a month."""


DIALECTS: Mapping[Format, type[Hledger] | type[Beancount]] = {"hledger": Hledger, "beancount": Beancount}


class Writing:
    """A journal being written: entries by day, book and number, after each month what its accounts must have."""

    def __init__(self, books: Books, format: Format) -> None:
        self._dialect: Dialect = DIALECTS[format](books)
        self._places = frozenset(books.places)
        self._sums: dict[Place, int] = dict(books.opening)
        self._ends = list(books.month_ends)
        self._day: list[JournalRow] = []
        self._begun = False

    def add(self, rows: Iterable[JournalRow]) -> str:
        """Return the text of further entries, in the order of their days; raise BooksMoved for what does not add up.

        The entries of the last day so far are held back: more may follow. Memory is that of one day.
        """
        return "".join(self._added(rows))

    def finish(self) -> str:
        """Return what is left to write."""
        return "".join((*self._head(), *self._written_day(), *self._ended(None)))

    def _added(self, rows: Iterable[JournalRow]) -> Iterator[str]:
        yield from self._head()
        for row in rows:
            if self._day and row.on != self._day[0].on:
                yield from self._written_day()
            if not self._day:
                yield from self._ended(row.on)
            self._day.append(row)

    def _head(self) -> Iterator[str]:
        if not self._begun:
            self._begun = True
            yield self._dialect.head()

    def _written_day(self) -> Iterator[str]:
        for row in sorted(self._day, key=in_order):
            self._count(row)
            yield self._dialect.entry(row)
        self._day = []

    def _count(self, row: JournalRow) -> None:
        for line in row.lines:
            place = Place(line.account, line.board)
            if place not in self._places:
                raise BooksMoved
            amount = line.amount_vnd if line.side == "debit" else -line.amount_vnd
            self._sums[place] = self._sums.get(place, 0) + amount

    def _ended(self, before: date | None) -> Iterator[str]:
        """Yield the ends of the months that are over before a day, or of all."""
        while self._ends and (before is None or self._ends[0].on < before):
            end = self._ends.pop(0)
            if {place: net for place, net in self._sums.items() if net} != {
                place: net for place, net in end.balances.items() if net
            }:
                raise BooksMoved
            yield self._dialect.month_end(end)
