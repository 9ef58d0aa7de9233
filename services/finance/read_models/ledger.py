"""What moved an account, line by line, and what did it have after each?"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Generic, NamedTuple

from contracts import finance as words_of
from contracts.base import Actor, Page, Refused
from contracts.finance import EntryLine, LedgerRow, ListLedger
from contracts.finance.ledger.queries import PeriodQuery
from services.finance.read_models.ledger_lines import LINE_COLUMNS, against, lines_of, seen_board
from services.finance.read_models.ledger_sums import Wanted, busy_days, moved
from services.finance.read_models.ledger_tables import ITEM_SUMS, SUMS, Sums, by_item
from services.finance.read_models.vouchers import VOUCHERS
from services.runtime.gathering import R, Record
from services.runtime.keyed_pages import behind, keyed_page
from services.runtime.manifest import QueryRule
from services.runtime.problems import BAD_CURSOR
from services.runtime.read_model import Database

_FEW_DAYS = 8
_TOLD = ("line_sides", "line_amount_vnds", "line_accounts", "line_boards", "line_sources", "line_items")
_ENTRIES = f"""
SELECT entry_id, on_day, place, voucher, description, party, {", ".join(LINE_COLUMNS)} FROM "{VOUCHERS.table}"
WHERE on_day = ANY($1::date[]) AND {{}} ORDER BY on_day, place
"""
_AMONG_ALL = _ENTRIES.format("accounts @> ARRAY[$2::text] AND ($3::text IS NULL OR boards @> ARRAY[$3::text])")
# A few days are read whole: the index would be asked for all that an account ever had.
_AMONG_FEW = _ENTRIES.format("$2 = ANY(accounts) AND ($3::text IS NULL OR $3 = ANY(boards))")


class Movement(NamedTuple):
    """A line of an account in the order of the books: the entry's record, and the balance after it."""

    key: str
    record: Record
    line_number: int
    balance_vnd: int
    day_ends_vnd: int

    @property
    def lines(self) -> tuple[EntryLine, ...]:
        """All lines of the entry."""
        return lines_of(self.record)


@dataclass(frozen=True)
class AccountLines(Generic[R]):
    """A page of an account's lines: only the days that hold the page are read, what came before them is summed."""

    query: PeriodQuery
    wanted: Wanted
    make: Callable[[Movement], R]
    tables: Sums = SUMS

    async def read(self, database: Database) -> Page[R]:
        """Return the page; raise Refused for another list's cursor."""
        query = self.query
        cursor, begun = _begun(query)
        days = await busy_days(
            database,
            self.wanted,
            begun if begun and not query.descending else query.on_from,
            begun if begun and query.descending else query.on_to,
            lines=query.limit + 1,
            descending=query.descending,
            begun=begun,
            tables=self.tables,
        )
        movements = await self._movements(database, days)
        if query.descending:
            movements.reverse()
        shown = [
            movement
            for movement in movements
            if cursor is None or (movement.key < cursor if query.descending else movement.key > cursor)
        ][: query.limit + 1]
        rows = [self.make(movement) for movement in shown]
        keys = {id(row): movement.key for row, movement in zip(rows, shown, strict=True)}
        return keyed_page(query, rows, lambda row: keys[id(row)])

    async def _movements(self, database: Database, days: Sequence[date]) -> list[Movement]:
        if not days:
            return []
        before = await moved(database, days[0], days[0] - timedelta(days=1), self.wanted, self.tables)
        balance = sum(part.opening_vnd for part in before)
        entries = _AMONG_FEW if len(days) <= _FEW_DAYS else _AMONG_ALL
        found = await database.fetch(entries, list(days), self.wanted.account, self.wanted.board)
        movements: list[Movement] = []
        for day in days:
            of_day = list(self._of_day([record for record in found if record["on_day"] == day], balance))
            balance = of_day[-1].balance_vnd if of_day else balance
            movements += (movement._replace(day_ends_vnd=balance) for movement in of_day)
        return movements

    def _of_day(self, records: Iterable[Record], balance: int) -> Iterator[Movement]:
        for record in records:
            told = zip(*(record[name] for name in _TOLD), strict=True)
            for number, (side, amount, *of) in enumerate(told, start=1):
                if self.wanted.holds(*of):
                    balance += amount if side == "debit" else -amount
                    key = f"{record['on_day']}|{record['place']:020d}|{number:05d}"
                    yield Movement(key, record, number, balance, 0)


def _begun(query: PeriodQuery) -> tuple[str | None, date | None]:
    """Return the cursor and the day it stands on; raise Refused for one that names no day of the period."""
    cursor = behind(query)
    if cursor is None:
        return None, None
    try:
        day = date.fromisoformat(cursor.split("|")[0])
    except ValueError:
        day = None
    if day is None or not query.on_from <= day <= query.on_to:
        raise Refused(BAD_CURSOR, field="cursor")
    return cursor, day


def _row(movement: Movement) -> LedgerRow:
    record, lines = movement.record, movement.lines
    line = lines[movement.line_number - 1]
    return LedgerRow(
        on=record["on_day"],
        voucher=record["voucher"],
        description=record["description"],
        against=against(lines, line),
        debit_vnd=line.amount_vnd if line.side == "debit" else 0,
        credit_vnd=line.amount_vnd if line.side == "credit" else 0,
        balance_vnd=movement.balance_vnd,
        account=line.account,
        board=line.board,
        source=line.source,
        item=line.item,
        party=line.party or record["party"],
        note=line.note,
        entry_id=record["entry_id"],
        line_number=movement.line_number,
    )


def _list(query: ListLedger, actor: Actor) -> AccountLines[LedgerRow]:
    if query.item is not None and not by_item(query.account):
        raise Refused(words_of.NOT_BY_ITEM, "item", account=query.account)
    wanted = Wanted(query.account, seen_board(actor, query.board), query.source, query.item)
    return AccountLines(query, wanted, _row, ITEM_SUMS if query.item is not None else SUMS)


LIST_LEDGER = QueryRule(ListLedger, (VOUCHERS, *SUMS, *ITEM_SUMS), _list)
