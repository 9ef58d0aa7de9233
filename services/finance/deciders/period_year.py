"""The year: income and expense are closed into the result by one entry made of the books' totals, and all months."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from contracts import finance as words_of
from contracts.base import Refused
from contracts.finance import CloseYear, EntryFacts, EntryLine, ReopenYear
from services.finance.deciders.common import today
from services.finance.deciders.entry import ENTRY
from services.finance.deciders.period import book_refs, in_all
from services.finance.deciders.posting import post, total_of
from services.finance.deciders.voucher_book import Totals, VoucherBook
from services.finance.rules.tables import Account
from services.runtime.manifest import CommandRule, Decision, Given, Ref, Seen
from services.runtime.rules import Table


class _Owner(NamedTuple):
    """Whose totals they are: a board's of a source, empty for none."""

    board: str
    source: str


def _involved(command: CloseYear, given: Given) -> Sequence[Ref]:
    return (*book_refs(command, given), Ref(ENTRY, given.command_id.hex, new=True))


def _close(command: CloseYear, given: Given, *seen: Seen) -> Decision:
    *books, entry = seen
    year, last = command.year, date(command.year, 12, 31)
    states: list[VoucherBook] = [book.state for book in books]
    if last > today(given):
        raise Refused(words_of.YEAR_NOT_OVER, "year", year=year)
    if all(state.closed for state in states):
        return []
    if all(state.next_number == 1 for state in states):
        raise Refused(words_of.NOTHING_TO_CLOSE, year=year)
    lines = closing_lines((state.totals for state in states), given.rules.accounts, last)
    closed = words_of.YearClosed(entries=(entry.ref.id,) if lines else (), by_name=given.actor.name)
    if not lines:
        return in_all(books, closed)
    facts = EntryFacts(
        kind="general",
        on=last,
        description=f"Kết chuyển thu, chi năm {year}",
        lines=lines,
        total_vnd=total_of(lines),
    )
    posted, numbered = post(entry, books[0], given, facts, closing=True)
    return [numbered, posted, *in_all(books, closed)]


def closing_lines(totals: Iterable[Totals], accounts: Table[Account], on: date) -> tuple[EntryLine, ...]:
    """Return the lines that close income and expense of every board and source, step by step, as the chart says.

    `totals` are those of the books of a year. An account closes into another by the chart in force on the day: 5xx,
    6xx, 711, 811 and 821 into 911, and 911 into 421 (Thông tư 24/2024/TT-BTC).
    """
    into = {row.account: row.closes_into for row in _all_of(accounts, on) if row.closes_into is not None}
    lines: list[EntryLine] = []
    for owner, sums in sorted(_by_owner(totals).items()):
        lines += _closed(owner, sums, into)
    return tuple(lines)


def _closed(owner: _Owner, sums: Mapping[str, int], into: Mapping[str, str]) -> Iterator[EntryLine]:
    """Yield the lines of one board and source: first all that closes into the result, then the result."""
    sums = dict(sums)
    for target in dict.fromkeys((*(into[code] for code in into if into[code] in into), *into.values())):
        moved = {code: sums[code] for code in sorted(into) if into[code] == target and sums.get(code)}
        yield from (_line(owner, code, -net) for code, net in moved.items())
        yield from (_line(owner, target, part) for part in _two_sides(moved.values()) if part)
        sums[target] = sums.get(target, 0) + sum(moved.values())


def _two_sides(nets: Iterable[int]) -> tuple[int, int]:
    """Return what goes to the debit and what goes to the credit: the result shows expense and income apart."""
    nets = tuple(nets)
    return sum(net for net in nets if net > 0), sum(net for net in nets if net < 0)


def _line(owner: _Owner, account: str, net: int) -> EntryLine:
    side = "debit" if net > 0 else "credit"
    return EntryLine(account=account, side=side, amount_vnd=abs(net), board=owner.board, source=owner.source or None)


def _by_owner(totals: Iterable[Totals]) -> dict[_Owner, dict[str, int]]:
    found: dict[_Owner, dict[str, int]] = {}
    for part in totals:
        for key, net in part.items():
            account, board, source = key.split("|")
            sums = found.setdefault(_Owner(board, source), {})
            sums[account] = sums.get(account, 0) + net
    return found


def _all_of(accounts: Table[Account], on: date) -> Iterator[Account]:
    """Yield every account of the year: one that ended in it had its movements too."""
    first = date(on.year, 1, 1)
    seen: set[str] = set()
    for row in (*accounts.all_in_force(on), *accounts.all_in_force(first)):
        if row.account not in seen:
            seen.add(row.account)
            yield row


def _reopen(command: ReopenYear, given: Given, *books: Seen) -> Decision:
    if not any(book.state.closed for book in books):
        raise Refused(words_of.YEAR_NOT_CLOSED, year=command.year)
    return in_all(books, words_of.YearReopened(by_name=given.actor.name, reason=command.reason))


CLOSE_YEAR = CommandRule(CloseYear, _involved, _close)
REOPEN_YEAR = CommandRule(ReopenYear, book_refs, _reopen)
