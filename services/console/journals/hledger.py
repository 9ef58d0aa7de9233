"""A year's books in the journal format of hledger, which ledger shares; accounts off the balance stand in brackets.

The account of a board is a sub-account of the account of the chart: `111 Tiền mặt:VPTU`. One tag stands on a line, as
ledger wants it. At the end of every month an entry of nothing asserts what every account has, so that hledger itself
checks the books. Sources: hledger.org/1.25/hledger.html (journal format, balance assertions, account types).
"""

from collections.abc import Iterator

from contracts.finance import EntryLine, JournalRow
from services.console.journals import dimensions
from services.console.journals.books import Balances, Books, MonthEnd, Place, off_balance
from services.console.journals.texts import described, plain, tagged

_TYPES = {"1": "A", "2": "A", "3": "L", "4": "E", "5": "R", "6": "X", "7": "R", "8": "X", "9": "E"}
_CASH = ("111", "112", "113")


class Hledger:
    """Writes the parts of one journal."""

    def __init__(self, books: Books) -> None:
        self._books = books
        self._names = {place: f"{_account(books, place)}:{place.board}" for place in books.places}

    def head(self) -> str:
        """Return what stands before the first entry: the money, every account, and what the year opens with."""
        whose = f", {self._books.board}" if self._books.board else ""
        declared = (f"account {name}{_type(place.account)}\n" for place, name in self._names.items())
        return "".join(
            (
                f"; Nhật ký chung năm {self._books.year}{whose}; đơn vị tính: đồng\n",
                "commodity VND\n    format 1000. VND\n\n",
                *declared,
                *self._opening(),
            )
        )

    def entry(self, row: JournalRow) -> str:
        """Return an entry."""
        payee = f"{described(row.party)} | " if row.party else ""
        told = "".join(f"    ; {name}: {tagged(value)}\n" for name, value in dimensions.of_entry(row))
        first = f"\n{row.on} * ({row.voucher}) {payee}{described(row.description)}\n"
        return f"{first}{told}{''.join(map(self._posting, row.lines))}"

    def month_end(self, end: MonthEnd) -> str:
        """Return the entry that asserts what every account has at the end of a month."""
        asserted = (f"    {self._posted(place)}  0 VND = {net} VND\n" for place, net in _sorted(end.balances))
        return f"\n{end.on} * Số dư cuối tháng {end.on:%m/%Y}\n    ; balances: month\n{''.join(asserted)}"

    def _opening(self) -> Iterator[str]:
        if self._books.opening:
            yield f"\n{self._books.year}-01-01 * Số dư đầu năm {self._books.year}\n    ; balances: opening\n"
            yield from (f"    {self._posted(place)}  {net} VND\n" for place, net in _sorted(self._books.opening))

    def _posting(self, line: EntryLine) -> str:
        amount = line.amount_vnd if line.side == "debit" else -line.amount_vnd
        told = "".join(f"      ; {name}: {tagged(value)}\n" for name, value in dimensions.of_line(line))
        return f"    {self._posted(Place(line.account, line.board))}  {amount} VND\n{told}"

    def _posted(self, place: Place) -> str:
        name = self._names[place]
        return f"({name})" if off_balance(place.account) else name


def _account(books: Books, place: Place) -> str:
    name = plain(books.names[place.account]).replace(":", "-").replace(";", ",")
    return f"{place.account} {name}"


def _type(account: str) -> str:
    kind = "C" if account.startswith(_CASH) else _TYPES.get(account[0])
    return f"  ; type:{kind}" if kind else ""


def _sorted(balances: Balances) -> list[tuple[Place, int]]:
    return sorted(balances.items())
