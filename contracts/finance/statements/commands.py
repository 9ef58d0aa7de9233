"""What finance is told of statements of banks and the treasury."""

from typing import Annotated, ClassVar

from pydantic import Field

from contracts.base import Command, Day, Message, Role
from contracts.finance.values import ACCOUNTANT, AccountCode, MoneyAccount, Name, Reason, RecordId, SignedVnd

MOST_LINES = 2000
"""Lines of a statement at most; one of a longer time is entered in parts, which follow one another."""


class OpenMoneyAccount(Command):
    """Say what a till or an account at a bank or the treasury is, and which account of the ledger it is kept on."""

    allowed: ClassVar[frozenset[Role]] = ACCOUNTANT

    money_account: MoneyAccount
    name: Name
    account: AccountCode
    number: Annotated[Name | None, Field(description="At the bank or the treasury.")] = None
    bank: Name | None = None


class StatementLine(Message):
    """A line of a statement: money in is more than nothing, money out less."""

    on: Day
    amount_vnd: SignedVnd
    told: Name
    reference: Annotated[Name | None, Field(description="The bank's own number of it.")] = None
    party: Name | None = None


class RecordStatement(Command):
    """Enter a statement whole: opening, lines and closing agree, and it follows the one before."""

    allowed: ClassVar[frozenset[Role]] = ACCOUNTANT

    money_account: MoneyAccount
    from_day: Day
    to_day: Day
    opening_vnd: SignedVnd
    closing_vnd: SignedVnd
    lines: Annotated[tuple[StatementLine, ...], Field(max_length=MOST_LINES)] = ()
    file: Annotated[Name | None, Field(description="What it was read from.")] = None


class MatchCommand(Command):
    """A wish about one line of a statement."""

    allowed: ClassVar[frozenset[Role]] = ACCOUNTANT

    statement_id: RecordId
    line_number: Annotated[int, Field(ge=1, le=MOST_LINES)]
    entries: Annotated[tuple[RecordId, ...], Field(min_length=1, max_length=50)]


class MatchLine(MatchCommand):
    """Say that a line of a statement is what these entries say of the money account; the sums agree."""


class UnmatchLine(MatchCommand):
    """Take such a match back."""

    reason: Reason


class ConfirmReconciliation(Command):
    """Confirm that a statement and the books agree, all its lines matched; nothing of it is changed any more."""

    allowed: ClassVar[frozenset[Role]] = ACCOUNTANT

    statement_id: RecordId
