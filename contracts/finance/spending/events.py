"""What finance records of requests and advances."""

from datetime import date, datetime
from typing import Annotated

from pydantic import Field

from contracts.base import Event, Message, Notice
from contracts.finance.values import Cause, HoldingStatus, ItemAmount, Method, Paper, Payee, SpendingKind, WaitsFor


class Step(Message):
    """Who took a step: the account tells people apart, the name is what they are called."""

    by: Annotated[str, Field(description="The account.")] = ""
    by_name: str


class LineAfter(Message):
    """What is left of a line now, and what would be after the request."""

    line: str
    left_vnd: int
    after_vnd: int


class Weighed(Message):
    """What a request would leave of its lines; for whoever reads it, nothing is kept by it."""

    after: tuple[LineAfter, ...] = ()

    def notices(self) -> tuple[Notice, ...]:
        """Return what would be left of each line, or that it has too little already."""
        return tuple(_left(line) if line.after_vnd >= 0 else _short(line) for line in self.after)


def _left(line: LineAfter) -> Notice:
    left, after = _told(line.left_vnd), _told(line.after_vnd)
    return Notice(
        code="left-after-this",
        vi=f"Dòng {line.line} còn {left} đồng; sau đề nghị này còn {after} đồng.",
        en=f"The line {line.line} has {left} đồng left; {after} after this request.",
    )


def _short(line: LineAfter) -> Notice:
    left, short = _told(line.left_vnd), _told(-line.after_vnd)
    return Notice(
        code="not-enough-left-now",
        vi=f"Dòng {line.line} chỉ còn {left} đồng, thiếu {short} đồng cho đề nghị này.",
        en=f"The line {line.line} has {left} đồng left, {short} too little for this request.",
    )


def _told(amount: int) -> str:
    return f"{amount:,}".replace(",", ".")


class RequestFacts(Message):
    """What is asked for, as it stands after the fact; `revision` is what a command about it names."""

    year: int
    board: str
    purpose: str
    kind: SpendingKind = "regular"
    amounts: tuple[ItemAmount, ...]
    total_vnd: int
    payee: Payee | None = None
    needed_by: date | None = None
    as_advance: bool = False
    legal_basis: str | None = None
    contract_number: str | None = None
    papers: tuple[Paper, ...] = ()
    note: str | None = None
    revision: int


class RatedAmount(Message):
    """A part of the costs of a journey: by which rate, in force when, on what basis."""

    item: str
    told: str
    days: int = 0
    rate_vnd: int | None = None
    amount_vnd: int
    legal_basis: str | None = None


class SpendingRequested(Weighed, Step, RequestFacts, Event):
    """Money was asked for."""

    decide_by: Annotated[datetime | None, Field(description="Special and unplanned: decided by then.")] = None
    travel: tuple[RatedAmount, ...] = ()


class SpendingDrafted(RequestFacts, Event):
    """A request was drafted because of a fact of another desk."""

    cause: Cause


class SpendingRevised(Weighed, Step, RequestFacts, Event):
    """A request was put right and submitted again."""

    decide_by: datetime | None = None


class SpendingChecked(Weighed, Step, Event):
    """The accountant found a request right."""

    note: str | None = None
    revision: int


class SpendingReturned(Step, Event):
    """A request was given back."""

    reason: str
    revision: int


class SpendingRejected(Step, Event):
    """A request was not approved, or a draft was discarded."""

    reason: str
    revision: int


class SpendingApproved(Step, Event):
    """A request was approved; its amounts are committed."""

    note: str | None = None
    over_reason: str | None = None
    revision: int

    def notices(self) -> tuple[Notice, ...]:
        """Return that it goes over the estimate."""
        if self.over_reason is None:
            return ()
        return (
            Notice(
                code="over-estimate",
                vi="Đã duyệt vượt số còn lại của dự toán; lý do được ghi và hiển thị trong báo cáo.",
                en="Approved beyond what is left of the estimate; the reason is recorded and shown in reports.",
            ),
        )


class SpendingPaid(Step, Event):
    """A part of a request was paid."""

    year: int
    board: str
    entry_id: str
    voucher: str
    on: date
    method: Method
    amounts: tuple[ItemAmount, ...]
    paid_vnd: int
    open_vnd: Annotated[int, Field(description="What the request still keeps.")]
    payee: Payee | None = None
    revision: int


class SpendingAdvanced(Step, Event):
    """A part of a request was handed out as an advance."""

    year: int
    board: str
    advance_id: str
    entry_id: str
    voucher: str
    amounts: tuple[ItemAmount, ...]
    advanced_vnd: int
    open_vnd: int
    revision: int


class PaymentReversed(Step, Event):
    """A payment of a request was reversed in the ledger; its amounts are kept for it again."""

    entry_id: str
    amounts: tuple[ItemAmount, ...]
    open_vnd: int
    revision: int


class SpendingClosed(Step, Event):
    """A request ended; what it kept is free again."""

    released_vnd: int
    reason: str
    revision: int


class SpendingMoved(Event):
    """An open request is paid from another board's budget, or the next year's, from now on."""

    from_year: int
    from_board: str
    year: int
    board: str
    revision: int


class SpendingEscalated(Event):
    """A special or unplanned request was not decided in its time."""

    decide_by: datetime
    waits_for: WaitsFor


class AdvancePaid(Step, Event):
    """An advance was handed out."""

    year: int
    board: str
    request_id: str
    purpose: str
    holder: Payee
    amounts: tuple[ItemAmount, ...]
    amount_vnd: int
    entry_id: str
    voucher: str
    on: date
    method: Method
    task_ends_on: date
    account_by: Annotated[date, Field(description="The last day to account for it.")]
    remind_at: datetime
    overdue_at: datetime
    revision: int = 1


class AdvanceClaimed(Step, Event):
    """An advance was accounted for; the account waits to be checked."""

    amounts: tuple[ItemAmount, ...]
    spent_vnd: int
    papers: tuple[Paper, ...]
    note: str | None = None
    late: bool = False
    travel: tuple[RatedAmount, ...] = ()
    revision: int


class ClaimChecked(Step, Event):
    """The accountant found an account of an advance right."""

    note: str | None = None
    revision: int


class ClaimReturned(Step, Event):
    """An account of an advance was given back."""

    reason: str
    revision: int


class ClaimApproved(Step, Event):
    """An account of an advance was approved and posted; over or short is settled in money."""

    entry_id: Annotated[str | None, Field(description="None where nothing was spent.")] = None
    voucher: str | None = None
    on: date
    spent_vnd: int
    to_return_vnd: int
    to_pay_vnd: int
    revision: int


class RestReceived(Step, Event):
    """What was not spent of an advance was taken back."""

    year: int
    board: str
    request_id: str
    party: str
    method: Method
    entry_id: str
    voucher: str
    on: date
    amount_vnd: int
    to_return_vnd: int
    revision: int


class RestPaid(Step, Event):
    """What was spent beyond an advance was paid."""

    year: int
    board: str
    request_id: str
    party: str
    method: Method
    entry_id: str
    voucher: str
    on: date
    amount_vnd: int
    to_pay_vnd: int
    revision: int


class AdvanceMoved(Event):
    """An open advance belongs to another board's budget, or the next year's, from now on."""

    from_year: int
    from_board: str
    year: int
    board: str
    revision: int


class AdvanceReminded(Event):
    """An advance is to be accounted for soon, or should have been."""

    account_by: date
    overdue: bool


class HoldingNoted(Event):
    """What one who holds advances holds of one of them: nothing any more when it is settled."""

    advance_id: str
    purpose: str
    since: date
    account_by: date
    status: HoldingStatus
