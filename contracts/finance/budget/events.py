"""What finance records of a board's budget of a year: every fact with its lines as they stand after it."""

from datetime import date
from typing import Annotated

from pydantic import Field

from contracts.base import Event, Message
from contracts.finance.values import AssignmentKind, CarryOverReason, LineFigures


class ChangedLine(Message):
    """By how much a fact changes a line."""

    line: str
    amount_vnd: int


class BudgetFact(Message):
    """Whose budget it is, and the lines the fact touched, as they stand after it."""

    year: int
    board: str
    lines: tuple[LineFigures, ...]


class OnDecision(Message):
    """The decision a fact rests on, and who entered it."""

    decision_number: str
    decided_on: date
    by_name: str


class ItemSpent(Message):
    """What was spent of a line under one item of it (tiểu mục)."""

    line: str
    item: str
    amount_vnd: int


class Spent(Message):
    """What was spent by item, and the day of its voucher."""

    items: tuple[ItemSpent, ...] = ()
    on: Annotated[date | None, Field(description="Of the voucher; the day it was recorded when left out.")] = None


class EstimateAssigned(OnDecision, BudgetFact, Event):
    """An estimate was assigned, supplemented or adjusted."""

    kind: AssignmentKind
    changes: tuple[ChangedLine, ...]
    note: str | None = None


class EstimateTransferred(OnDecision, BudgetFact, Event):
    """A part of an estimate went from a line to another; between boards it is said in both budgets."""

    from_board: str
    from_line: str
    to_board: str
    to_line: str
    amount_vnd: int
    reason: str


class EstimateFrozen(OnDecision, BudgetFact, Event):
    """A part of an estimate is held back."""

    changes: tuple[ChangedLine, ...]
    reason: str


class EstimateReleased(OnDecision, BudgetFact, Event):
    """What was held back can be spent again."""

    changes: tuple[ChangedLine, ...]
    reason: str


class FundsCommitted(BudgetFact, Event):
    """A request was approved: its amounts are kept for it; `over` names what the lines lack, by authority."""

    request_id: str
    changes: tuple[ChangedLine, ...]
    over_vnd: int = 0
    over_reason: str | None = None


class CommitmentReleased(BudgetFact, Event):
    """What a request keeps and no longer needs is free again."""

    request_id: str
    changes: tuple[ChangedLine, ...]


class FundsSpent(Spent, BudgetFact, Event):
    """What a request kept was paid."""

    request_id: str
    entry_id: str
    changes: tuple[ChangedLine, ...]


class FundsAdvanced(BudgetFact, Event):
    """What a request kept was handed out as an advance."""

    request_id: str
    advance_id: str
    changes: tuple[ChangedLine, ...]


class AdvanceAccounted(Spent, BudgetFact, Event):
    """What was spent of an advance was approved; the rest of it is free again, what was spent beyond it is taken."""

    request_id: str
    advance_id: str
    advanced: Annotated[tuple[ChangedLine, ...], Field(description="What had been advanced, by line.")]
    spent: tuple[ChangedLine, ...]
    over_vnd: int = 0
    over_reason: str | None = None


class SpendingReversed(Spent, BudgetFact, Event):
    """A payment was reversed: it counts as unspent, and is kept for its request again."""

    request_id: str
    entry_id: str
    changes: tuple[ChangedLine, ...]


class CarriedPart(ChangedLine):
    """What was carried over of a line, and why."""

    reason: CarryOverReason | None = None


class EstimateCarriedOver(OnDecision, BudgetFact, Event):
    """A part of this year's estimate, with what is open of it, went over to the next year."""

    to_year: int
    changes: tuple[CarriedPart, ...]
    requests: tuple[str, ...] = ()
    advances: tuple[str, ...] = ()


class Reserved(Message):
    """What one request or advance keeps of a line."""

    id: str
    line: str
    amount_vnd: int


class BudgetTakenOver(OnDecision, BudgetFact, Event):
    """This budget took over estimates, commitments and advances of another board or of the year before."""

    from_year: int
    from_board: str
    changes: tuple[ChangedLine, ...]
    frozen: tuple[ChangedLine, ...] = ()
    committed: tuple[Reserved, ...] = ()
    advanced: tuple[Reserved, ...] = ()


class BudgetClosed(BudgetFact, Event):
    """A board's year is closed: what was left has lapsed, or was handed over to the board that succeeds it."""

    on: date
    lapsed_vnd: int
    lapsed: tuple[ChangedLine, ...] = ()
    to_board: str | None = None
    handed_over: tuple[ChangedLine, ...] = ()
    requests: tuple[str, ...] = ()
    advances: tuple[str, ...] = ()
    decision_number: str | None = None
    decided_on: date | None = None
    by_name: str


class BoardSettled(Event):
    """In a book of vouchers a board's balances went over to its successor; nothing more is posted for it there."""

    board: str
    to_board: str | None = None
    on: date
