"""What a journal of a year is made of: its accounts board by board, what it opens with, what its months come to."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from contracts.base import Refusal
from contracts.finance import JournalRow, TrialBalanceRow

BOOKS_MOVED = Refusal(
    "books-moved",
    "Sổ vừa được ghi thêm trong khi kết xuất nên số liệu chưa khớp bảng cân đối; đề nghị kết xuất lại.",
    "The books were posted to while they were written out, and do not agree yet; ask again.",
)


class BooksMoved(Exception):
    """The entries that were read do not come to the trial balance that was read."""


class Place(NamedTuple):
    """An account of a board, which is what balances are compared by."""

    account: str
    board: str


Balances = Mapping[Place, int]
"""Debit less credit in whole đồng."""


class MonthEnd(NamedTuple):
    """The last day of a month in which something moved, and what every account of every board then has."""

    on: date
    balances: Balances


@dataclass(frozen=True)
class Books:
    """A year's books, of all boards or of one: everything but the entries, which are too many to hold."""

    year: int
    board: str | None
    names: Mapping[str, str]
    opening: Balances
    month_ends: Sequence[MonthEnd]

    @property
    def places(self) -> list[Place]:
        """Every account of a board that has or moves anything, in order."""
        return sorted({*self.opening, *(place for end in self.month_ends for place in end.balances)})

    @property
    def boards(self) -> list[str]:
        """Every board that has any, in order."""
        return sorted({place.board for place in self.places})


def books(year: int, board: str | None, months: Sequence[tuple[date, Sequence[TrialBalanceRow]]]) -> Books:
    """Return a year's books from its twelve monthly trial balances, told apart by board, each with its last day."""
    names = {row.account: row.name for _, rows in months for row in rows}
    opening = {_place(row): row.opening_debit_vnd - row.opening_credit_vnd for row in months[0][1]}
    ends = [MonthEnd(on, _closing(rows)) for on, rows in months if any(row.debit_vnd or row.credit_vnd for row in rows)]
    return Books(year, board, names, {place: net for place, net in opening.items() if net}, ends)


def _place(row: TrialBalanceRow) -> Place:
    return Place(row.account, row.board or "")


def _closing(rows: Iterable[TrialBalanceRow]) -> Balances:
    return {_place(row): row.closing_debit_vnd - row.closing_credit_vnd for row in rows}


def in_order(row: JournalRow) -> tuple[date, str, int]:
    """Return where an entry stands: by its day, its book, its number."""
    return row.on, row.voucher.split(" ")[0], row.number


def off_balance(account: str) -> bool:
    """Tell whether an account is kept off the balance, where nothing stands on the other side."""
    return account.startswith("0")
