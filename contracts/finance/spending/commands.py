"""What finance is told of spending: requests, payments, advances, their settlement, and travel."""

from typing import Annotated, ClassVar, Literal
from uuid import UUID

from pydantic import Field

from contracts.base import Command, Day, Message, OrganCode, Role, Token
from contracts.finance.values import (
    ACCOUNTANT,
    CASHIER,
    HEAD,
    REQUESTER,
    SERVICE,
    BoardYear,
    Cause,
    FiscalYear,
    ItemAmount,
    LineCode,
    Method,
    MoneyAccount,
    Name,
    Paper,
    Payee,
    Reason,
    RecordId,
    ShortLine,
    SpendingKind,
    Text,
    Vnd,
)


class SpendingDetails(BoardYear):
    """What money is asked for."""

    purpose: Name
    kind: SpendingKind = "regular"
    amounts: Annotated[tuple[ItemAmount, ...], Field(min_length=1, max_length=50)]
    payee: Payee | None = None
    needed_by: Day | None = None
    as_advance: Annotated[bool, Field(description="Asked for as an advance (tạm ứng).")] = False
    legal_basis: Annotated[
        Name | None, Field(description="Regime, norm or decision; special and unplanned spending must say it.")
    ] = None
    contract_number: ShortLine | None = None
    papers: Annotated[tuple[Paper, ...], Field(max_length=50)] = ()
    note: Text | None = None


class RequestSpending(SpendingDetails, Command):
    """Ask for money (tờ trình, dự trù, giấy đề nghị thanh toán, tạm ứng) from a board's estimate."""

    allowed: ClassVar[frozenset[Role]] = REQUESTER


class DraftSpending(SpendingDetails, Command):
    """Draft the request that a fact of another desk leads to; a person sends it or discards it."""

    allowed: ClassVar[frozenset[Role]] = SERVICE

    cause: Cause


class RequestCommand(Command):
    """A wish about one request, as the speaker saw it."""

    request_id: RecordId
    revision: Annotated[int, Field(ge=1, description="Of the request as the speaker saw it.")]
    year: FiscalYear
    board: OrganCode


class ReviseSpending(SpendingDetails, Command):
    """Put a drafted, submitted or returned request right, as it is to stand; it is (again) submitted."""

    allowed: ClassVar[frozenset[Role]] = REQUESTER

    request_id: RecordId
    revision: Annotated[int, Field(ge=1)]


class CheckSpending(RequestCommand):
    """Say, as the office's accountant, that a request is right: estimate, regime, norm and papers."""

    allowed: ClassVar[frozenset[Role]] = ACCOUNTANT

    note: Text | None = None


class ReturnSpending(RequestCommand):
    """Give a request back to be put right."""

    allowed: ClassVar[frozenset[Role]] = ACCOUNTANT | HEAD

    reason: Reason


class RejectSpending(RequestCommand):
    """Do not approve a request, or discard a draft of the office's own."""

    allowed: ClassVar[frozenset[Role]] = HEAD | ACCOUNTANT

    reason: Reason


class ApproveSpending(RequestCommand):
    """Approve a request: its amounts are committed, and never more than is left of each line."""

    allowed: ClassVar[frozenset[Role]] = HEAD

    note: Text | None = None


class ApproveSpendingOver(RequestCommand):
    """Approve a request although its lines do not have enough: by authority, for a reason that stays visible."""

    allowed: ClassVar[frozenset[Role]] = HEAD

    reason: Reason


class PaymentDetails(Message):
    """How money moves."""

    method: Method
    money_account: MoneyAccount
    on: Annotated[Day, Field(description="Of the voucher.")]
    papers: Annotated[tuple[Paper, ...], Field(max_length=20)] = ()
    note: Text | None = None


class PaySpending(PaymentDetails, RequestCommand):
    """Pay what was approved, all of it or a part; the voucher is posted with it."""

    allowed: ClassVar[frozenset[Role]] = CASHIER

    amounts: Annotated[tuple[ItemAmount, ...], Field(min_length=1, max_length=50)]
    payee: Annotated[Payee | None, Field(description="The request's when left out.")] = None


class CloseSpending(RequestCommand):
    """End a request: what it keeps and no longer needs is free again."""

    allowed: ClassVar[frozenset[Role]] = ACCOUNTANT | HEAD

    reason: Reason


class PayAdvance(PaymentDetails, RequestCommand):
    """Hand out what was approved as an advance (chi tạm ứng) to one person, who accounts for it in time."""

    allowed: ClassVar[frozenset[Role]] = CASHIER

    amounts: Annotated[tuple[ItemAmount, ...], Field(min_length=1, max_length=50)]
    holder: Payee
    task_ends_on: Annotated[Day, Field(description="The task it is for ends then; the time to account for it begins.")]


class AdvanceCommand(Command):
    """A wish about one advance, as the speaker saw it."""

    advance_id: RecordId
    holder_id: Annotated[Token, Field(description="Whose it is, as the advance shows it.")]
    revision: Annotated[int, Field(ge=1, description="Of the advance as the speaker saw it.")]
    year: FiscalYear
    board: OrganCode


class ClaimAdvance(AdvanceCommand):
    """Account for an advance (giấy thanh toán tạm ứng): what was spent, under which items, with the papers."""

    allowed: ClassVar[frozenset[Role]] = REQUESTER

    amounts: Annotated[tuple[ItemAmount, ...], Field(max_length=50, description="Nothing spent when empty.")] = ()
    papers: Annotated[tuple[Paper, ...], Field(max_length=50)] = ()
    note: Text | None = None


class CheckClaim(AdvanceCommand):
    """Say, as the office's accountant, that an account of an advance is right."""

    allowed: ClassVar[frozenset[Role]] = ACCOUNTANT

    note: Text | None = None


class ReturnClaim(AdvanceCommand):
    """Give an account of an advance back to be put right."""

    allowed: ClassVar[frozenset[Role]] = ACCOUNTANT | HEAD

    reason: Reason


class ApproveClaim(AdvanceCommand):
    """Approve an account of an advance: what was spent is posted; what is over is returned, what is short is paid."""

    allowed: ClassVar[frozenset[Role]] = HEAD

    on: Annotated[Day, Field(description="Of the voucher.")]
    over_reason: Annotated[Reason | None, Field(description="Where more was spent than the line has left.")] = None


class ReceiveRest(PaymentDetails, AdvanceCommand):
    """Take back what was not spent of an advance."""

    allowed: ClassVar[frozenset[Role]] = CASHIER

    amount_vnd: Vnd


class PayRest(PaymentDetails, AdvanceCommand):
    """Pay what was rightly spent beyond an advance."""

    allowed: ClassVar[frozenset[Role]] = CASHIER

    amount_vnd: Vnd


class TravelDay(Message):
    """Where a traveller was on a day, and whether the night was paid by invoice or as a lump sum."""

    day: Day
    region: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=30)]
    night: Literal["none", "lump_sum", "invoice"] = "none"
    invoice_vnd: Annotated[int, Field(strict=True, ge=0, le=1_000_000_000)] = 0
    days_share: Annotated[int, Field(ge=0, le=100, description="Hundredths of a day's allowance.")] = 100


class Ticket(Message):
    """A ticket or another cost of the way, with its paper."""

    what: ShortLine
    amount_vnd: Vnd
    paper: Paper | None = None


class ClaimTravel(BoardYear, Command):
    """Ask for the costs of a journey (công tác phí) by the rates in force on each of its days.

    It makes a request, or accounts for the traveller's advance where one is named.
    """

    allowed: ClassVar[frozenset[Role]] = REQUESTER

    purpose: Name
    traveller: Payee
    group: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=30, description="Rank of traveller.")]
    line: Annotated[LineCode, Field(description="The budget line of mục 6700.")]
    travel_order: Paper
    days: Annotated[tuple[TravelDay, ...], Field(min_length=1, max_length=62)]
    tickets: Annotated[tuple[Ticket, ...], Field(max_length=30)] = ()
    by_month: Annotated[
        bool, Field(description="Paid as the lump sum of a month (khoán tháng), all of whose days of travel are named.")
    ] = False
    own_vehicle_km: Annotated[int, Field(ge=0, le=10_000)] = 0
    fuel_price_vnd: Annotated[int | None, Field(strict=True, ge=1, description="Of a litre, for one's own car.")] = None
    advance_id: Annotated[
        RecordId | None, Field(description="The traveller's advance that this accounts for; a request when left out.")
    ] = None


class RemindAdvance(Command):
    """The time to account for an advance is near or over."""

    allowed: ClassVar[frozenset[Role]] = SERVICE

    advance_id: RecordId
    overdue: bool


class EscalateSpending(Command):
    """The time within which a special or unplanned request is decided is over."""

    allowed: ClassVar[frozenset[Role]] = SERVICE

    request_id: RecordId


def request_id(command_id: UUID) -> str:
    """Return the id of the request, advance, entry or draft that a command with this id makes."""
    return command_id.hex
