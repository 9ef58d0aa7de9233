"""The book of one kind of voucher of a year: it numbers without a hole, is closed by months, and knows its totals."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from contracts import finance as words_of
from contracts.base import Event, Refused
from contracts.finance import EntryLine, Net, VoucherKind
from services.runtime.manifest import Aggregate

KINDS: Mapping[VoucherKind, str] = {
    "receipt": "PT",
    "payment": "PC",
    "bank_credit": "BC",
    "bank_debit": "BN",
    "general": "KT",
}
"""What a voucher of each kind is called on paper."""
MONTHS = tuple(range(1, 13))
Totals = Mapping[str, int]
"""Debit less credit by `account|board|source`."""


@dataclass(frozen=True)
class VoucherBook:
    """What deciding on the next voucher needs; `totals` are what all its vouchers come to, by account."""

    next_number: int = 1
    closed_months: tuple[int, ...] = ()
    closed: bool = False
    totals: Totals = field(default_factory=dict)
    settled: Mapping[str, str] = field(default_factory=dict)
    """Boards whose books were handed over, and to whom."""


def evolve(book: VoucherBook, event: Event) -> VoucherBook:
    """Return the book after an event."""
    match event:
        case words_of.VoucherNumbered():
            totals = dict(book.totals)
            for net in event.nets:
                key = total_key(net.account, net.board, net.source)
                totals[key] = totals.get(key, 0) + net.net_vnd
            return replace(book, next_number=event.number + 1, totals=totals)
        case words_of.PeriodClosed():
            return replace(book, closed_months=tuple(sorted({*book.closed_months, event.month})))
        case words_of.PeriodReopened():
            return replace(book, closed_months=tuple(month for month in book.closed_months if month != event.month))
        case words_of.YearClosed():
            return replace(book, closed=True, closed_months=MONTHS)
        case words_of.YearReopened():
            return replace(book, closed=False)
        case words_of.BoardSettled():
            return replace(book, settled={**book.settled, event.board: event.to_board or "-"})
    return book


VOUCHER_BOOK = Aggregate("voucher_book", VoucherBook(), evolve)


def book_id(year: int, kind: VoucherKind) -> str:
    """Return the id of a book, such as 2027-pc."""
    return f"{year}-{KINDS[kind].lower()}"


def voucher(kind: VoucherKind, number: int, year: int) -> str:
    """Return how a voucher is called on paper, such as PC 12/2027."""
    return f"{KINDS[kind]} {number}/{year}"


def total_key(account: str, board: str, source: str | None) -> str:
    """Return the key a total is kept under."""
    return f"{account}|{board}|{source or ''}"


def nets_of(lines: Iterable[EntryLine]) -> tuple[Net, ...]:
    """Return by how much lines change each account of a board and source; what comes to nothing is left out."""
    sums: dict[tuple[str, str, str | None], int] = {}
    for line in lines:
        key = line.account, line.board, line.source
        sums[key] = sums.get(key, 0) + (line.amount_vnd if line.side == "debit" else -line.amount_vnd)
    return tuple(
        Net(account=account, board=board, source=source, net_vnd=net)
        for (account, board, source), net in sums.items()
        if net
    )


def expect_not_settled(book: VoucherBook, lines: Iterable[EntryLine]) -> None:
    """Raise Refused for lines of a board whose books were handed over to another one."""
    for line in lines:
        if line.board in book.settled:
            raise Refused(words_of.BOARD_SETTLED, board=line.board, to=book.settled[line.board])


def expect_open(book: VoucherBook, on: date) -> None:
    """Raise Refused for a day whose month or year is closed."""
    if book.closed:
        raise Refused(words_of.YEAR_CLOSED, year=on.year)
    if on.month in book.closed_months:
        raise Refused(words_of.PERIOD_CLOSED, month=on.month, year=on.year)
