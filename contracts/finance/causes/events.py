"""What finance records of what facts of other desks cost."""

from datetime import date

from contracts.base import Event
from contracts.finance.causes.commands import CostKind
from contracts.finance.ledger.commands import EntryLine
from contracts.finance.values import Cause, ItemAmount, Paper, Payee


class UnitKnown(Event):
    """Which board a unit is."""

    board: str
    name: str


class ThingKnown(Event):
    """Whose an asset or a car is, of which board and class, and what it is called, as it stands."""

    unit_id: str | None = None
    board: str | None = None
    class_code: str | None = None
    name: str | None = None
    supplier: str | None = None


class CostCaused(Event):
    """A fact costs money: of which board, under which budget line and item; a request is drafted of it."""

    kind: CostKind
    year: int
    board: str
    on: date
    purpose: str
    amounts: tuple[ItemAmount, ...]
    payee: Payee | None = None
    papers: tuple[Paper, ...] = ()
    note: str | None = None
    cause: Cause


class EntryCaused(Event):
    """A fact belongs into the books; an entry is drafted of it."""

    kind: str
    on: date
    description: str
    lines: tuple[EntryLine, ...]
    cause: Cause


class WearCounted(Event):
    """An asset's year of wear was added to its board's; `board_vnd` is what the board's comes to after it."""

    thing_id: str
    board: str
    wear_vnd: int
    board_vnd: int
