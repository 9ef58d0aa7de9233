"""Months: closed in all books in one decision, and opened again by the head for a reason."""

from collections.abc import Sequence
from datetime import date

from contracts import finance as words_of
from contracts.base import Event, Refused
from contracts.finance import ClosePeriod, ReopenPeriod, VoucherKind
from contracts.finance.ledger.commands import YearCommand
from services.finance.deciders.common import today
from services.finance.deciders.voucher_book import KINDS, VOUCHER_BOOK, book_id
from services.runtime.manifest import CommandRule, Decision, Given, Ref, Seen

BOOKS: tuple[VoucherKind, ...] = ("general", *(kind for kind in KINDS if kind != "general"))
"""All books of a year; what is decided of a year is decided of the general book, and of the others with it."""


def book_refs(command: YearCommand, given: Given) -> Sequence[Ref]:
    """Return the books of the year a command is about, the general book first."""
    return tuple(Ref(VOUCHER_BOOK, book_id(command.year, kind)) for kind in BOOKS)


def in_all(books: Sequence[Seen], *events: Event) -> list[tuple[Seen, Event]]:
    """Return that the same happens to all books."""
    return [(book, event) for book in books for event in events]


def _close(command: ClosePeriod, given: Given, *books: Seen) -> Decision:
    year, month = command.year, command.month
    if any(book.state.closed for book in books):
        raise Refused(words_of.YEAR_CLOSED, year=year)
    if date(year, month, 1) > today(given):
        raise Refused(words_of.PERIOD_NOT_BEGUN, "month", month=month, year=year)
    if all(month in book.state.closed_months for book in books):
        return []
    return in_all(books, words_of.PeriodClosed(month=month, by_name=given.actor.name))


def _reopen(command: ReopenPeriod, given: Given, *books: Seen) -> Decision:
    year, month = command.year, command.month
    if any(book.state.closed for book in books):
        raise Refused(words_of.YEAR_CLOSED, year=year)
    if not any(month in book.state.closed_months for book in books):
        raise Refused(words_of.PERIOD_NOT_CLOSED, month=month, year=year)
    return in_all(books, words_of.PeriodReopened(month=month, by_name=given.actor.name, reason=command.reason))


CLOSE_PERIOD = CommandRule(ClosePeriod, book_refs, _close)
REOPEN_PERIOD = CommandRule(ReopenPeriod, book_refs, _reopen)
