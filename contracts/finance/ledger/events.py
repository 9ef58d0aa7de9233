"""What finance records of the ledger."""

from datetime import date
from typing import Annotated

from pydantic import Field

from contracts.base import Event, Message
from contracts.finance.ledger.commands import EntryLine
from contracts.finance.values import Cause, Paper, VoucherKind


class EntryFacts(Message):
    """What an entry says."""

    kind: VoucherKind
    on: date
    description: str
    lines: tuple[EntryLine, ...]
    total_vnd: Annotated[
        int, Field(description="The sum of its debits, accounts off the balance aside; all of an entry of those alone.")
    ]
    party: str | None = None
    papers: tuple[Paper, ...] = ()
    template: str | None = None
    cause: Cause | None = None


class EntryPosted(EntryFacts, Event):
    """An entry was posted under its voucher's number; nothing ever changes it."""

    year: int
    number: int
    voucher: Annotated[str, Field(description="Such as PC 12/2027.")]
    reverses: Annotated[str | None, Field(description="The entry it takes back.")] = None
    request_id: Annotated[str | None, Field(description="The request it pays.")] = None
    closing: Annotated[bool, Field(description="It closes a year or hands a board over; without items.")] = False
    by_name: str


class EntryReversed(Event):
    """An entry was taken back by another one."""

    by_entry_id: str
    voucher: str
    on: date
    reason: str


class EntryReconciled(Event):
    """A line of a bank's statement shows what an entry says of the money account."""

    statement_id: str
    line_number: int
    account: Annotated[str | None, Field(description="Of the ledger: the account whose lines it shows.")] = None


class EntryUnreconciled(Event):
    """An entry is no longer matched with a line of a statement."""

    statement_id: str
    line_number: int
    account: Annotated[str | None, Field(description="Of the ledger: the account whose lines it showed.")] = None


class Net(Message):
    """By how much an entry changes an account of a board and source: debit less credit."""

    account: str
    board: str
    source: str | None = None
    net_vnd: int


class VoucherNumbered(Event):
    """A book of vouchers gave its next number to an entry."""

    year: int
    kind: VoucherKind
    number: int
    entry_id: str
    on: date
    nets: tuple[Net, ...]


class PeriodClosed(Event):
    """A month is closed in a book."""

    month: int
    by_name: str


class PeriodReopened(Event):
    """A closed month is open again in a book."""

    month: int
    by_name: str
    reason: str


class YearClosed(Event):
    """A year is closed in a book."""

    entries: Annotated[tuple[str, ...], Field(description="The closing entries of the year.")] = ()
    by_name: str


class YearReopened(Event):
    """A closed year is open again in a book."""

    by_name: str
    reason: str


class EntryDrafted(EntryFacts, Event):
    """An entry was drafted because of a fact."""


class DraftPosted(Event):
    """A draft was posted."""

    entry_id: str
    voucher: str
    changed: Annotated[bool, Field(description="Otherwise than it was drafted.")] = False
    by_name: str


class DraftDiscarded(Event):
    """A draft was not posted."""

    by_name: str
    reason: str
