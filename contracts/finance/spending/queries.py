"""What finance is asked of requests, payments and advances; a board sees its own only."""

from typing import Annotated, ClassVar

from pydantic import Field

from contracts.base import Day, ListQuery, OrganCode, Page, Role, Token
from contracts.finance.spending.rows import AdvanceRow, AdvanceView, PaymentRow, RateRow, RequestRow, RequestView
from contracts.finance.values import (
    FINANCE_READER,
    REQUESTER,
    AdvanceStatus,
    DaysInOrder,
    FiscalYear,
    Method,
    PaymentKind,
    RateKind,
    RecordId,
    RequestStatus,
    SpendingKind,
)


class SpendingQuery(DaysInOrder):
    """A question about requests and advances, asked by whoever may see money or ask for it."""

    allowed: ClassVar[frozenset[Role]] = FINANCE_READER | REQUESTER


class ListRequests(SpendingQuery, ListQuery):
    """Requests for money by state, board and kind: those that are late, and those that wait for the speaker."""

    answer = Page[RequestRow]

    year: FiscalYear | None = None
    board: OrganCode | None = None
    status: RequestStatus | None = None
    kind: SpendingKind | None = None
    late: Annotated[bool | None, Field(description="Special or unplanned, and not decided in its time.")] = None
    open: Annotated[bool | None, Field(description="Approved, with money still kept for it.")] = None
    waits_for_me: Annotated[bool, Field(description="Only what the speaker can do the next step of.")] = False
    text: Annotated[str | None, Field(max_length=200, description="Words of purpose and payee.")] = None


class GetRequest(SpendingQuery):
    """One request with its history, its payments and advances, and what is left of its lines."""

    answer = RequestView

    request_id: RecordId


class ListAdvances(SpendingQuery, ListQuery):
    """Advances by state, board and holder; those that are overdue."""

    answer = Page[AdvanceRow]

    year: FiscalYear | None = None
    board: OrganCode | None = None
    status: AdvanceStatus | None = None
    open: Annotated[bool | None, Field(description="Not settled yet.")] = None
    overdue: bool | None = None
    holder_id: Token | None = None
    waits_for_me: Annotated[bool, Field(description="Only what the speaker can do the next step of.")] = False


class GetAdvance(SpendingQuery):
    """One advance with its account, its history and the money that moved for it."""

    answer = AdvanceView

    advance_id: RecordId


class ListPayments(SpendingQuery, ListQuery):
    """Money that moved for requests and advances, with its vouchers."""

    answer = Page[PaymentRow]

    year: FiscalYear | None = None
    board: OrganCode | None = None
    movement: PaymentKind | None = None
    method: Method | None = None
    on_from: Day | None = None
    on_to: Day | None = None
    request_id: RecordId | None = None


class ListRates(SpendingQuery, ListQuery):
    """The rates of travel in force on a day."""

    answer = Page[RateRow]

    on: Annotated[Day | None, Field(description="Today when left out.")] = None
    kind: RateKind | None = None
    descending: bool = False
