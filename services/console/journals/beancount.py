"""A year's books in the language of beancount; accounts off the balance stand in equity against one of their own.

The account of a board is below that of the chart, in ASCII: `Assets:111-Tien-mat:VPTU`, with both written out beside
it where it is opened. On the day after every month `balance` says what every account has, so that beancount itself
checks the books. Sources: beancount.github.io/docs/beancount_language_syntax.html.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from contracts.finance import EntryLine, JournalRow
from services.console.journals import dimensions
from services.console.journals.books import Books, MonthEnd, Place, off_balance
from services.console.journals.texts import quoted
from services.runtime.text import token

_ROOTS = {
    "0": "Equity:OffBalance",
    "1": "Assets",
    "2": "Assets",
    "3": "Liabilities",
    "4": "Equity",
    "5": "Income",
    "6": "Expenses",
    "7": "Income",
    "8": "Expenses",
    "9": "Equity",
}
_COUNTER = "Equity:OffBalance:Counter"


class Beancount:
    """Writes the parts of one journal."""

    def __init__(self, books: Books) -> None:
        self._books = books
        self._boards = _components(books.boards)
        self._names = {place: f"{_account(books, place)}:{self._boards[place.board]}" for place in books.places}

    def head(self) -> str:
        """Return what stands before the first entry: the options, every account, and what the year opens with."""
        title = f"Nhật ký chung năm {self._books.year}{f', {self._books.board}' if self._books.board else ''}"
        options = f'option "title" {quoted(title)}\noption "operating_currency" "VND"\n'
        before = date(self._books.year, 1, 1) - timedelta(days=1)
        return "".join(
            (options, f"\n{before} commodity VND\n\n", *self._opened(before), *self._counters(before), *self._opening())
        )

    def entry(self, row: JournalRow) -> str:
        """Return an entry; a voucher and the one that takes it back have a link in common."""
        payee = f"{quoted(row.party)} " if row.party else ""
        links = " ".join(f"^{voucher.replace(' ', '-')}" for voucher in (row.voucher, row.reversed_by) if voucher)
        tags = " #closing" if row.closing else ""
        told = "".join(f"  {name}: {quoted(value)}\n" for name, value in dimensions.of_entry(row))
        first = f"\n{row.on} * {payee}{quoted(row.description)} {links}{tags}\n"
        return f"{first}{told}{''.join(map(self._posting, row.lines))}"

    def month_end(self, end: MonthEnd) -> str:
        """Return what every account has at the end of a month, as the beginning of the next day has it."""
        on = end.on + timedelta(days=1)
        said = (f"{on} balance {self._names[place]}  {net} VND\n" for place, net in sorted(end.balances.items()))
        return f"\n{''.join(said)}"

    def _opened(self, before: date) -> Iterator[str]:
        for place, name in self._names.items():
            yield f"{before} open {name} VND\n  code: {quoted(place.account)}\n"
            yield f"  name: {quoted(self._books.names[place.account])}\n  board: {quoted(place.board)}\n"

    def _counters(self, before: date) -> Iterator[str]:
        for board in sorted({place.board for place in self._names if off_balance(place.account)}):
            yield f"{before} open {_COUNTER}:{self._boards[board]} VND\n  board: {quoted(board)}\n"

    def _opening(self) -> Iterator[str]:
        if self._books.opening:
            yield f'\n{self._books.year}-01-01 * "Số dư đầu năm {self._books.year}" #opening\n'
            yield from (self._sum(place, net) for place, net in sorted(self._books.opening.items()))

    def _posting(self, line: EntryLine) -> str:
        place = Place(line.account, line.board)
        amount = line.amount_vnd if line.side == "debit" else -line.amount_vnd
        told = "".join(f"    {name}: {quoted(value)}\n" for name, value in dimensions.of_line(line))
        counter = self._counter(place, amount) if off_balance(line.account) else ""
        return f"  {self._names[place]}  {amount} VND\n{told}{counter}"

    def _sum(self, place: Place, net: int) -> str:
        counter = self._counter(place, net) if off_balance(place.account) else ""
        return f"  {self._names[place]}  {net} VND\n{counter}"

    def _counter(self, place: Place, amount: int) -> str:
        return f"  {_COUNTER}:{self._boards[place.board]}  {-amount} VND\n"


def account_name(code: str, name: str) -> str:
    """Return an account of the chart as beancount writes accounts, such as Assets:111-Tien-mat."""
    plain = token(name.replace("đ", "d").replace("Đ", "D"))
    return f"{_ROOTS[code[0]]}:{code}-{plain.capitalize()}"


def _account(books: Books, place: Place) -> str:
    return account_name(place.account, books.names[place.account])


def _components(boards: Iterable[str]) -> Mapping[str, str]:
    """Return each board as a part of an account's name; those that would be called the same are numbered."""
    found: dict[str, str] = {}
    for board in sorted(boards):
        wanted = token(board).upper()
        taken = sum(1 for other in found.values() if other == wanted or other.startswith(f"{wanted}-x"))
        found[board] = f"{wanted}-x{taken + 1}" if taken else wanted
    return found
