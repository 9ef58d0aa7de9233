"""What finance is told of the ledger: entries, drafts of them, periods and years."""

from typing import Annotated, ClassVar

from pydantic import Field

from contracts.base import Command, Day, Message, OrganCode, Role
from contracts.finance.values import (
    ACCOUNTANT,
    HEAD,
    SERVICE,
    AccountCode,
    Cause,
    ChapterCode,
    ClauseCode,
    FiscalYear,
    ItemCode,
    LineCode,
    Name,
    Paper,
    Reason,
    RecordId,
    ShortLine,
    Side,
    SourceCode,
    Vnd,
    VoucherKind,
)

Month = Annotated[int, Field(ge=1, le=12)]


class EntryLine(Message):
    """One line of an entry: an account, debit or credit, and what it is told apart by."""

    account: AccountCode
    side: Side
    amount_vnd: Vnd
    board: Annotated[OrganCode, Field(description="Whose it is of the boards the office serves.")]
    source: SourceCode | None = None
    chapter: ChapterCode | None = None
    clause: ClauseCode | None = None
    item: ItemCode | None = None
    line: Annotated[LineCode | None, Field(description="The budget line it belongs to.")] = None
    party: Annotated[Name | None, Field(description="Who owes it or is owed, has it or gave it.")] = None
    note: ShortLine | None = None


class EntryDetails(Message):
    """What an entry says; debit and credit agree for every board, accounts off the balance (0xx) aside."""

    kind: VoucherKind = "general"
    on: Annotated[Day, Field(description="The day it belongs to in the books.")]
    description: Name
    lines: Annotated[tuple[EntryLine, ...], Field(min_length=1, max_length=2000)]
    party: Annotated[Name | None, Field(description="Who pays or is paid, on the voucher.")] = None
    papers: Annotated[tuple[Paper, ...], Field(max_length=50)] = ()


class PostEntry(EntryDetails, Command):
    """Post an entry: it gets the next number of its book, and is never changed."""

    allowed: ClassVar[frozenset[Role]] = ACCOUNTANT


class PostByTemplate(Command):
    """Post an entry by a template of the table in force, such as a withdrawal from the treasury in cash."""

    allowed: ClassVar[frozenset[Role]] = ACCOUNTANT

    template: Annotated[str, Field(pattern=r"^[a-z0-9_]+$", max_length=60)]
    kind: VoucherKind = "general"
    on: Day
    description: Name
    amount_vnd: Vnd
    board: OrganCode
    source: SourceCode | None = None
    line: Annotated[LineCode | None, Field(description="The budget line, which also says the source.")] = None
    item: Annotated[ItemCode | None, Field(description="Of that line; the line's own item when left out.")] = None
    money: Annotated[AccountCode | None, Field(description="The account of the money, such as 111 or 112.")] = None
    party: Name | None = None
    papers: Annotated[tuple[Paper, ...], Field(max_length=50)] = ()


class ReverseEntry(Command):
    """Take an entry back by one that says the opposite; both stay. A payment of a request is then unpaid again."""

    allowed: ClassVar[frozenset[Role]] = ACCOUNTANT

    entry_id: RecordId
    kind: VoucherKind = "general"
    on: Day
    reason: Reason
    request_id: Annotated[RecordId | None, Field(description="Of a payment: the request that it paid.")] = None
    year: Annotated[
        FiscalYear | None, Field(description="Of the budget it was paid from; that of the day when left out.")
    ] = None
    board: Annotated[OrganCode | None, Field(description="Whose budget it was paid from.")] = None


class DraftEntry(EntryDetails, Command):
    """Draft the entry that a fact leads to; an accountant posts it or discards it."""

    allowed: ClassVar[frozenset[Role]] = SERVICE

    cause: Cause
    template: str | None = None


class PostDraft(Command):
    """Post a draft: as it is, or with what is said here."""

    allowed: ClassVar[frozenset[Role]] = ACCOUNTANT

    draft_id: RecordId
    on: Annotated[Day, Field(description="The day it belongs to in the books; also says whose book numbers it.")]
    kind: VoucherKind = "general"
    description: Name | None = None
    lines: Annotated[tuple[EntryLine, ...] | None, Field(min_length=1, max_length=2000)] = None


class DiscardDraft(Command):
    """Do not post a draft, and say why."""

    allowed: ClassVar[frozenset[Role]] = ACCOUNTANT

    draft_id: RecordId
    reason: Reason


class YearCommand(Command):
    """A wish about the books of a year."""

    allowed: ClassVar[frozenset[Role]] = ACCOUNTANT

    year: FiscalYear


class ClosePeriod(YearCommand):
    """Close a month in all books: nothing is posted into it any more."""

    month: Month


class ReopenPeriod(YearCommand):
    """Open a closed month again, by the head and for a reason."""

    allowed: ClassVar[frozenset[Role]] = HEAD

    month: Month
    reason: Reason


class CloseYear(YearCommand):
    """Close a year: income and expense of every board are closed into the result, and all its months."""


class ReopenYear(YearCommand):
    """Open a closed year again, by the head and for a reason; its months are opened one by one."""

    allowed: ClassVar[frozenset[Role]] = HEAD

    reason: Reason
