"""What every decision of finance asks: the tables in force, the office's day, and who has done what before."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

from contracts import finance as words_of
from contracts.base import Refused
from services.finance.rules.cost_tables import CostTables, cost_tables
from services.finance.rules.tables import (
    Account,
    AllowanceRate,
    CarryReason,
    Chapter,
    Clause,
    Item,
    Limit,
    MoneyMethod,
    Source,
    TemplateLine,
    accounts,
    allowance_rates,
    carry_over_reasons,
    chapters,
    clauses,
    items,
    limits,
    money_methods,
    sources,
    templates,
)
from services.runtime.manifest import Given
from services.runtime.rules import Table
from services.runtime.text import token
from services.runtime.working_days import WorkingCalendar, working_calendar

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")


@dataclass(frozen=True)
class Rules:
    """The dated tables that decisions of finance are taken by."""

    limits: Table[Limit]
    sources: Table[Source]
    chapters: Table[Chapter]
    clauses: Table[Clause]
    items: Table[Item]
    accounts: Table[Account]
    templates: Table[TemplateLine]
    allowance_rates: Table[AllowanceRate]
    working_days: WorkingCalendar
    carry_over_reasons: Table[CarryReason]
    money_methods: Table[MoneyMethod]
    costs: CostTables


def rules(override_folder: Path | None = None) -> Rules:
    """Read the tables, with the office's own rows where it has some."""
    return Rules(
        limits(override_folder),
        sources(override_folder),
        chapters(override_folder),
        clauses(override_folder),
        items(override_folder),
        accounts(override_folder),
        templates(override_folder),
        allowance_rates(override_folder),
        working_calendar(override_folder),
        carry_over_reasons(override_folder),
        money_methods(override_folder),
        cost_tables(override_folder),
    )


def today(given: Given) -> date:
    """Return the day at the office."""
    return given.now.astimezone(HANOI).date()


def limit(given: Given, name: str) -> int:
    """Return a limit in force today, in the unit its name ends with."""
    value: int = given.rules.limits.in_force(today(given), limit=name).value
    return value


def budget_id(year: int, board: str) -> str:
    """Return the id of a board's budget of a year, such as 2027-btctu."""
    return f"{year}-{token(board)}"


def expect_own_board(given: Given, board: str) -> None:
    """Raise Refused for a contact who asks for another board than their own; the office asks for any."""
    if not {"accountant", "leader", "clerk", "service"} & set(given.actor.roles) and given.actor.board != board:
        raise Refused(words_of.BOARD_NOT_YOURS, "board", board=board)


def expect_somebody_else(given: Given, did: Iterable[tuple[str, str, str]]) -> None:
    """Raise Refused where the speaker did an earlier step: each is (account, what in Vietnamese, what in English)."""
    for account, vi, en in did:
        if account == given.actor.id:
            raise Refused(words_of.SAME_PERSON, vi=vi, en=en)


def told_vnd(amount: int) -> str:
    """Return an amount as people read it: 1.500.000."""
    return f"{amount:,}".replace(",", ".")
