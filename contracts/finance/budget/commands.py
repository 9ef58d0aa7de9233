"""What finance is told of estimates."""

from typing import Annotated, ClassVar

from pydantic import Field

from contracts.base import Command, Day, Message, OrganCode, Role
from contracts.finance.values import (
    ESTIMATOR,
    HEAD,
    AssignmentKind,
    BoardYear,
    CarryOverReason,
    DocumentNumber,
    FiscalYear,
    LineAmount,
    LineCode,
    Reason,
    RecordId,
    SignedVnd,
    Text,
    Vnd,
)


class EstimateDecision(Message):
    """The decision that something about an estimate rests on."""

    decision_number: DocumentNumber
    decided_on: Day


class LineChange(Message):
    """An amount by which a line's estimate changes; less where it is below nothing."""

    line: LineCode
    amount_vnd: SignedVnd


class AssignEstimate(EstimateDecision, BoardYear, Command):
    """Assign a board's estimate (giao dự toán), or a supplement or an adjustment of it, line by line."""

    allowed: ClassVar[frozenset[Role]] = ESTIMATOR

    kind: AssignmentKind = "initial"
    lines: Annotated[tuple[LineChange, ...], Field(min_length=1, max_length=300)]
    note: Text | None = None


class TransferEstimate(EstimateDecision, BoardYear, Command):
    """Move a part of an estimate from one line to another, of the same board or of another one."""

    allowed: ClassVar[frozenset[Role]] = ESTIMATOR

    from_line: LineCode
    to_line: LineCode
    to_board: Annotated[OrganCode | None, Field(description="The same board when left out.")] = None
    amount_vnd: Vnd
    reason: Reason


class FreezeEstimate(EstimateDecision, BoardYear, Command):
    """Hold a part of a line back (giữ lại, tạm dừng): it cannot be spent until it is released."""

    allowed: ClassVar[frozenset[Role]] = ESTIMATOR

    lines: Annotated[tuple[LineAmount, ...], Field(min_length=1, max_length=300)]
    reason: Reason


class ReleaseEstimate(EstimateDecision, BoardYear, Command):
    """Let what was held back be spent again."""

    allowed: ClassVar[frozenset[Role]] = ESTIMATOR

    lines: Annotated[tuple[LineAmount, ...], Field(min_length=1, max_length=300)]
    reason: Reason


class Moving(EstimateDecision, BoardYear, Command):
    """What goes from one budget to another: open requests and advances as the speaker saw them."""

    allowed: ClassVar[frozenset[Role]] = HEAD

    requests: Annotated[
        tuple[RecordId, ...], Field(max_length=300, description="Every approved request that is open.")
    ] = ()
    advances: Annotated[tuple[RecordId, ...], Field(max_length=300, description="Every advance that is open.")] = ()


class CarriedLine(LineAmount):
    """What is left of a line and may be spent in the next year, and why."""

    reason: CarryOverReason


class CarryOver(Moving):
    """Carry over to the board's next year (chuyển nguồn): what the closed list allows, and named commitments."""

    lines: Annotated[tuple[CarriedLine, ...], Field(max_length=300)] = ()


class CloseBudget(BoardYear, Command):
    """Close a board's year: what is left lapses; nothing may be open any more."""

    allowed: ClassVar[frozenset[Role]] = HEAD

    on: Day


class SettleBoard(Moving):
    """Settle a board's books in one cut (quyết toán khi sáp nhập, giải thể): estimates, what is open, balances.

    With a successor everything goes over to it; without one, what is left lapses and nothing may be open.
    """

    on: Annotated[Day, Field(description="Of the voucher that hands the balances over.")]
    to_board: OrganCode | None = None
    books_since: Annotated[
        FiscalYear, Field(description="The first year with vouchers; the board's balances are those of all since.")
    ]
