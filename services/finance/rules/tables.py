"""The tables of finance, typed: the budget index, sources, the chart of accounts, templates, rates and limits."""

from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from contracts.finance import (
    AccountCode,
    CarryOverReason,
    ChapterCode,
    ClauseCode,
    ItemCode,
    Method,
    RateKind,
    Side,
    SourceCode,
)
from services.runtime.rules import Table, load

_RULES = files("services.finance.rules")
_Amount = Annotated[int, Field(ge=0)]


@dataclass(frozen=True)
class Limit:
    """A number the office has set for itself, or the law for it; its unit is the end of its name."""

    limit: str
    value: Annotated[int, Field(ge=0)]


@dataclass(frozen=True)
class Source:
    """Where money comes from: the account its spending is booked on, its income, and its estimate off the balance."""

    source: SourceCode
    name_vi: str
    name_en: str
    fund: Literal["state", "dues", "other", "on_behalf"]
    expense_account: AccountCode
    income_account: AccountCode
    estimate_account: AccountCode | None = None


@dataclass(frozen=True)
class Chapter:
    """A chapter of the budget index (chương): who spends."""

    chapter: ChapterCode
    name_vi: str


@dataclass(frozen=True)
class Clause:
    """A clause of the budget index (khoản) with its category (loại): what field it is for."""

    clause: ClauseCode
    category: ClauseCode
    name_vi: str


@dataclass(frozen=True)
class Item:
    """An item of the budget index: a mục, or a tiểu mục of one; `special` is what special spending goes under."""

    item: ItemCode
    of: ItemCode
    name_vi: str
    special: bool


@dataclass(frozen=True)
class CarryReason:
    """Why something may be carried over to the next year: the closed list."""

    reason: CarryOverReason
    name_vi: str
    name_en: str


@dataclass(frozen=True)
class Account:
    """An account of the chart; `dimensions` says whether a line of it needs source, chapter, clause and item."""

    account: AccountCode
    name_vi: str
    normal: Literal["debit", "credit", "both"]
    dimensions: bool
    postable: bool
    closes_into: AccountCode | None = None


@dataclass(frozen=True)
class TemplateLine:
    """One line of a posting template; an account in braces is that of the source or of the money account."""

    template: str
    row: Annotated[int, Field(ge=1)]
    side: Side
    account: Annotated[str, StringConstraints(pattern=r"^([0-9]{3,6}|\{(expense|income|estimate|money)\})$")]
    name_vi: str


@dataclass(frozen=True)
class AllowanceRate:
    """A rate of travel: for whom, where, of what kind; whole đồng by day, night or month, or centilitres a km."""

    kind: RateKind
    group: str
    region: str
    amount: _Amount


@dataclass(frozen=True)
class MoneyMethod:
    """The account of the ledger that money moves on by a method, while its till or bank account was not opened."""

    method: Method
    account: AccountCode


def limits(override_folder: Path | None = None) -> Table[Limit]:
    """Read the limits, asked by limit; `override_folder` holds an office's own."""
    return load(_RULES / "limits.csv", Limit, key=("limit",), override_folder=override_folder)


def sources(override_folder: Path | None = None) -> Table[Source]:
    """Read the sources, asked by source."""
    return load(_RULES / "sources.csv", Source, key=("source",), override_folder=override_folder)


def chapters(override_folder: Path | None = None) -> Table[Chapter]:
    """Read the chapters of the budget index, asked by chapter."""
    return load(_RULES / "chapters.csv", Chapter, key=("chapter",), override_folder=override_folder)


def clauses(override_folder: Path | None = None) -> Table[Clause]:
    """Read the clauses of the budget index, asked by clause."""
    return load(_RULES / "clauses.csv", Clause, key=("clause",), override_folder=override_folder)


def items(override_folder: Path | None = None) -> Table[Item]:
    """Read the items of the budget index, asked by item."""
    return load(_RULES / "items.csv", Item, key=("item",), override_folder=override_folder)


def carry_over_reasons(override_folder: Path | None = None) -> Table[CarryReason]:
    """Read the closed list of what may be carried over, asked by reason."""
    return load(_RULES / "carry_over_reasons.csv", CarryReason, key=("reason",), override_folder=override_folder)


def accounts(override_folder: Path | None = None) -> Table[Account]:
    """Read the chart of accounts, asked by account."""
    return load(_RULES / "accounts.csv", Account, key=("account",), override_folder=override_folder)


def templates(override_folder: Path | None = None) -> Table[TemplateLine]:
    """Read the lines of posting templates, asked by template and row."""
    return load(_RULES / "templates.csv", TemplateLine, key=("template", "row"), override_folder=override_folder)


def allowance_rates(override_folder: Path | None = None) -> Table[AllowanceRate]:
    """Read the rates of travel, asked by kind, group and region."""
    return load(
        _RULES / "allowance_rates.csv", AllowanceRate, key=("kind", "group", "region"), override_folder=override_folder
    )


def money_methods(override_folder: Path | None = None) -> Table[MoneyMethod]:
    """Read the accounts that money moves on, asked by method."""
    return load(_RULES / "money_methods.csv", MoneyMethod, key=("method",), override_folder=override_folder)
