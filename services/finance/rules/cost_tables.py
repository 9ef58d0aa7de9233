"""The tables of what other desks' facts cost, typed: their budget lines, rates for meetings, entries of assets."""

from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from contracts.base import OrganCode
from contracts.finance import (
    AccountCode,
    BookingKind,
    ChapterCode,
    ClauseCode,
    CostKind,
    ItemCode,
    Side,
    SourceCode,
    Whose,
)
from services.runtime.rules import Table, load

_RULES = files("services.finance.rules")


@dataclass(frozen=True)
class CostLine:
    """Under which item a cost goes by default, and from which source, chapter and clause.

    `class_code` is a class of assets, the part of it before the point, or `*` for all others; `board` is who pays where
    the fact does not say whose it is; nothing is drafted where `drafted` is false.
    """

    cause: CostKind
    class_code: str
    item: ItemCode
    source: SourceCode
    chapter: ChapterCode
    clause: ClauseCode
    board: OrganCode
    drafted: bool


@dataclass(frozen=True)
class MeetingCost:
    """What a meeting costs a person and half day, where what was asked for names it: whole đồng."""

    what: Annotated[str, StringConstraints(pattern=r"^[a-z_]+$")]
    asked_as: str
    name_vi: str
    item: ItemCode
    amount: Annotated[int, Field(ge=1)]


@dataclass(frozen=True)
class CostEntry:
    """A line of the entry that a change of assets' value leads to; what is less than nothing goes to the other side.

    `residual` is cost less what has worn; `intangible_account` stands in for assets that are not things.
    """

    cause: BookingKind | Literal["asset_worn"]
    row: Annotated[int, Field(ge=1)]
    whose: Whose
    side: Side
    account: AccountCode
    measure: Literal["cost", "accumulated", "residual"]
    intangible_account: AccountCode | None = None


@dataclass(frozen=True)
class CostTables:
    """The three tables."""

    lines: Table[CostLine]
    meetings: Table[MeetingCost]
    entries: Table[CostEntry]


def cost_tables(override_folder: Path | None = None) -> CostTables:
    """Read the tables; `override_folder` holds an office's own rows."""
    return CostTables(
        load(_RULES / "cost_lines.csv", CostLine, key=("cause", "class_code"), override_folder=override_folder),
        load(_RULES / "meeting_costs.csv", MeetingCost, key=("what",), override_folder=override_folder),
        load(_RULES / "cost_entries.csv", CostEntry, key=("cause", "row"), override_folder=override_folder),
    )
