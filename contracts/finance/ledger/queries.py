"""What finance is asked of the ledger; a board sees its own lines only."""

from typing import Annotated, ClassVar

from pydantic import Field

from contracts.base import Day, ListQuery, OrganCode, Page, Role
from contracts.finance.ledger.rows import (
    AccountRow,
    BalanceBy,
    CashBookRow,
    DraftRow,
    JournalRow,
    LedgerRow,
    PeriodRow,
    TemplateRow,
    TrialBalanceRow,
    VoucherRow,
    VoucherView,
)
from contracts.finance.values import (
    FINANCE_READER,
    AccountCode,
    DaysInOrder,
    DraftStatus,
    FiscalYear,
    ItemCode,
    RecordId,
    SourceCode,
    VoucherKind,
)
from contracts.organisation import SearchText


class LedgerQuery(DaysInOrder):
    """A question about the books, asked by whoever may see money."""

    allowed: ClassVar[frozenset[Role]] = FINANCE_READER


class ListVouchers(LedgerQuery, ListQuery):
    """The general journal (nhật ký chung): every entry, by the day it belongs to."""

    answer = Page[VoucherRow]

    kind: VoucherKind | None = None
    on_from: Day | None = None
    on_to: Day | None = None
    board: OrganCode | None = None
    account: Annotated[AccountCode | None, Field(description="With its sub-accounts.")] = None
    party: SearchText = None
    text: SearchText = None
    request_id: RecordId | None = None
    reversed: Annotated[bool | None, Field(description="Only those taken back, or only those not.")] = None


class ListJournal(LedgerQuery, ListQuery):
    """The entries of a period with all their lines, by the day they belong to, for other ledgers."""

    answer = Page[JournalRow]

    on_from: Day
    on_to: Day
    board: OrganCode | None = None
    descending: bool = False


class GetVoucher(LedgerQuery):
    """An entry with all its lines, what it came of, and what became of it."""

    answer = VoucherView

    entry_id: RecordId


class PeriodQuery(LedgerQuery, ListQuery):
    """A question about the books from one day to another, both included, as effective; `as_of` gives as recorded."""

    on_from: Day
    on_to: Day
    board: OrganCode | None = None
    source: SourceCode | None = None
    descending: bool = False


class ListTrialBalance(PeriodQuery):
    """The trial balance (bảng cân đối tài khoản) of a period: opening, movements and closing of every account."""

    answer = Page[TrialBalanceRow]

    by: Annotated[BalanceBy, Field(description="What is told apart beside the account.")] = "account"
    account: Annotated[AccountCode | None, Field(description="With its sub-accounts.")] = None
    before_closing: Annotated[bool, Field(description="Without the entries that close years within the period.")] = (
        False
    )
    limit: Annotated[int, Field(ge=1, le=1000, description="Rows on a page.")] = 1000


class ListLedger(PeriodQuery):
    """The ledger of an account (sổ cái, sổ chi tiết) for a period, with the balance after every line."""

    answer = Page[LedgerRow]

    account: Annotated[AccountCode, Field(description="With its sub-accounts.")]
    item: Annotated[ItemCode | None, Field(description="Of expense, or off the balance.")] = None


class ListCashBook(PeriodQuery):
    """The cash book (sổ quỹ) for a period, with what is in the till after every line; days that end below nothing."""

    answer = Page[CashBookRow]

    account: Annotated[AccountCode, Field(description="With its sub-accounts.")] = "111"


class ListDrafts(LedgerQuery, ListQuery):
    """Drafts of entries that facts of other desks led to."""

    answer = Page[DraftRow]

    status: DraftStatus | None = None
    board: OrganCode | None = None
    descending: bool = False


class ListPeriods(LedgerQuery, ListQuery):
    """The months of a year: which are closed, and by whom."""

    answer = Page[PeriodRow]

    year: FiscalYear
    descending: bool = False


class ListAccounts(LedgerQuery, ListQuery):
    """The chart of accounts in force on a day, today where none is given."""

    answer = Page[AccountRow]

    on: Day | None = None
    descending: bool = False
    limit: Annotated[int, Field(ge=1, le=1000, description="Rows on a page.")] = 1000


class ListTemplates(LedgerQuery, ListQuery):
    """The posting templates in force on a day, today where none is given."""

    answer = Page[TemplateRow]

    on: Day | None = None
    descending: bool = False
    limit: Annotated[int, Field(ge=1, le=1000, description="Rows on a page.")] = 1000
