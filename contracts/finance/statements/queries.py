"""What finance is asked of statements; boards see no money accounts, which are the office's."""

from typing import Annotated, ClassVar

from pydantic import Field

from contracts.base import Day, ListQuery, Page, Role
from contracts.finance.statements.commands import MOST_LINES
from contracts.finance.statements.rows import (
    MatchSuggestionRow,
    MoneyAccountRow,
    ReconciliationView,
    StatementRow,
    StatementView,
    UnmatchedEntryRow,
)
from contracts.finance.values import AccountCode, DaysInOrder, MoneyAccount, RecordId


class StatementQuery(DaysInOrder):
    """A question about the office's money accounts."""

    allowed: ClassVar[frozenset[Role]] = frozenset({"accountant", "cashier", "leader", "auditor"})


class ListMoneyAccounts(StatementQuery, ListQuery):
    """Tills and accounts at banks and the treasury, and how far their statements reach."""

    answer = Page[MoneyAccountRow]

    descending: bool = False


class ListStatements(StatementQuery, ListQuery):
    """Statements that were entered, and how far they are matched."""

    answer = Page[StatementRow]

    money_account: MoneyAccount | None = None
    confirmed: bool | None = None


class GetStatement(StatementQuery):
    """A statement with all its lines, and the entries each is matched with."""

    answer = StatementView

    statement_id: RecordId


class ListMatchSuggestions(StatementQuery, ListQuery):
    """Entries that lines of a statement not matched yet may be: of the same amount, near in time; best first."""

    answer = Page[MatchSuggestionRow]

    statement_id: RecordId
    line_number: Annotated[int | None, Field(ge=1, le=MOST_LINES, description="All open lines when left out.")] = None
    within_days: Annotated[int, Field(ge=0, le=60)] = 7
    descending: bool = False


class ListUnmatchedEntries(StatementQuery, ListQuery):
    """Entries about an account of money that no statement shows yet."""

    answer = Page[UnmatchedEntryRow]

    account: Annotated[AccountCode, Field(description="Of the ledger, such as 112.")]
    on_from: Day | None = None
    on_to: Day | None = None
    descending: bool = False


class GetReconciliation(StatementQuery):
    """The balance of a money account by a statement and by the books (bảng đối chiếu), and what lies between."""

    answer = ReconciliationView

    statement_id: RecordId
