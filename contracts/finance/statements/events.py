"""What finance records of statements of banks and the treasury."""

from datetime import date
from typing import Annotated

from pydantic import Field

from contracts.base import Event
from contracts.finance.statements.commands import StatementLine


class MoneyAccountOpened(Event):
    """What a till or an account at a bank or the treasury is, as it stands."""

    name: str
    account: str
    number: str | None = None
    bank: str | None = None


class StatementFollowed(Event):
    """A money account's statements now reach to a day and a balance."""

    statement_id: str
    from_day: date
    to_day: date
    closing_vnd: int
    digest: Annotated[str, Field(description="SHA-256 of what it says, by which it is known when entered again.")]


class StatementRecorded(Event):
    """A statement was entered."""

    money_account: str
    account: str
    from_day: date
    to_day: date
    opening_vnd: int
    closing_vnd: int
    lines: tuple[StatementLine, ...]
    file: str | None = None


class LineMatched(Event):
    """A line of a statement is what these entries say."""

    line_number: int
    entries: tuple[str, ...]
    amount_vnd: int
    by_name: str


class LineUnmatched(Event):
    """A match was taken back."""

    line_number: int
    entries: tuple[str, ...]
    by_name: str
    reason: str


class ReconciliationConfirmed(Event):
    """A statement and the books agree."""

    by_name: str
