"""The rows and answers finance shows of requests, payments and advances; money in whole đồng."""

from datetime import date, datetime
from typing import Annotated

from pydantic import Field

from contracts.base import Message, Row, column
from contracts.finance.spending.events import RatedAmount
from contracts.finance.values import (
    AdvanceStatus,
    Cause,
    ItemAmount,
    LineFigures,
    Method,
    Paper,
    Payee,
    PaymentKind,
    RateKind,
    RequestStatus,
    SpendingKind,
    SpendingStep,
    WaitsFor,
)


class RequestRow(Row):
    """A request: what for, how much, how far it is, and whom it waits for."""

    request_id: str
    requested_on: date = column(1, "Ngày đề nghị")
    board: str = column(2, "Đơn vị")
    purpose: str = column(3, "Nội dung chi")
    kind: SpendingKind = column(4, "Loại chi")
    total_vnd: int = column(5, "Số tiền đề nghị (đồng)")
    request_status: RequestStatus = column(6, "Trạng thái")
    waits_for: WaitsFor | None = column(7, "Đang chờ")
    paid_vnd: int = column(8, "Đã chi (đồng)")
    advanced_vnd: int = column(9, "Đã tạm ứng (đồng)")
    open_vnd: int = column(10, "Còn giữ (đồng)")
    requested_by: str = column(11, "Người đề nghị")
    payee: str | None = column(12, "Người nhận tiền")
    needed_by: date | None = column(13, "Cần trước ngày")
    decide_by: datetime | None = column(14, "Hạn quyết định")
    year: int
    revision: int
    as_advance: bool = False
    escalated: bool = False
    cause: str | None = None


class StepTaken(Message):
    """A step of a request or an advance: who took it, when, and what they said."""

    step: SpendingStep
    at: datetime
    by_name: str | None = None
    amount_vnd: int | None = None
    voucher: str | None = None
    told: Annotated[str | None, Field(description="The note or the reason.")] = None
    revision: int


class PaymentRow(Row):
    """Money that moved for a request or an advance, with its voucher."""

    entry_id: str
    on: date = column(1, "Ngày chứng từ")
    voucher: str = column(2, "Số chứng từ")
    movement: PaymentKind = column(3, "Loại")
    board: str = column(4, "Đơn vị")
    purpose: str = column(5, "Nội dung")
    payee: str | None = column(6, "Người nhận, nộp tiền")
    method: Method = column(7, "Hình thức")
    amount_vnd: int = column(8, "Số tiền (đồng)")
    by_name: str = column(9, "Người chi, thu")
    reversed: bool = column(10, "Đã ghi đảo")
    year: int
    request_id: str
    advance_id: str | None = None


class AdvanceRow(Row):
    """An advance: who holds it, since when, until when it is accounted for, and what is still to be settled."""

    advance_id: str
    on: date = column(1, "Ngày tạm ứng")
    voucher: str = column(2, "Số chứng từ")
    board: str = column(3, "Đơn vị")
    holder: str = column(4, "Người tạm ứng")
    purpose: str = column(5, "Nội dung")
    amount_vnd: int = column(6, "Số tiền tạm ứng (đồng)")
    account_by: date = column(7, "Hạn thanh toán")
    advance_status: AdvanceStatus = column(8, "Trạng thái")
    spent_vnd: int | None = column(9, "Đã chi (đồng)")
    to_return_vnd: int = column(10, "Còn phải nộp lại (đồng)")
    to_pay_vnd: int = column(11, "Còn phải chi thêm (đồng)")
    overdue: bool = column(12, "Quá hạn")
    year: int
    request_id: str
    holder_id: str
    revision: int
    waits_for: WaitsFor | None = None


class RequestView(Message):
    """A request with its history, its payments and advances, and how its lines stand now."""

    request_id: str
    year: int
    board: str
    purpose: str
    kind: SpendingKind
    status: RequestStatus
    revision: int
    waits_for: WaitsFor | None = None
    amounts: tuple[ItemAmount, ...]
    total_vnd: int
    approved_vnd: int
    paid_vnd: int
    advanced_vnd: int
    open_vnd: int
    released_vnd: int
    payee: Payee | None = None
    requested_by: str
    requested_on: date
    needed_by: date | None = None
    decide_by: datetime | None = None
    escalated: bool = False
    as_advance: bool = False
    legal_basis: str | None = None
    contract_number: str | None = None
    papers: tuple[Paper, ...] = ()
    note: str | None = None
    over_reason: str | None = None
    travel: tuple[RatedAmount, ...] = ()
    cause: Cause | None = None
    history: tuple[StepTaken, ...]
    payments: tuple[PaymentRow, ...]
    advances: tuple[AdvanceRow, ...]
    lines: Annotated[tuple[LineFigures, ...], Field(description="Its lines as they stand now.")]


class AdvanceView(Message):
    """An advance with its account, its history and the money that moved for it."""

    advance_id: str
    request_id: str
    year: int
    board: str
    purpose: str
    holder: Payee
    holder_id: str
    status: AdvanceStatus
    revision: int
    waits_for: WaitsFor | None = None
    amounts: tuple[ItemAmount, ...]
    amount_vnd: int
    entry_id: str
    voucher: str
    on: date
    method: Method
    task_ends_on: date
    account_by: date
    overdue: bool
    claim: tuple[ItemAmount, ...] = ()
    claimed_by: str | None = None
    claimed_on: date | None = None
    late: bool = False
    papers: tuple[Paper, ...] = ()
    travel: tuple[RatedAmount, ...] = ()
    spent_vnd: int | None = None
    to_return_vnd: int
    to_pay_vnd: int
    history: tuple[StepTaken, ...]
    payments: tuple[PaymentRow, ...]


class RateRow(Row):
    """A rate of travel in force on a day."""

    kind: RateKind = column(1, "Loại")
    group: str = column(2, "Nhóm")
    region: str = column(3, "Vùng")
    amount: int = column(4, "Mức (đồng; xăng: cl/km)")
    effective_from: date | None = column(5, "Từ ngày")
    effective_to: date | None = column(6, "Đến ngày")
    legal_basis: str = column(7, "Căn cứ")
    source_tag: str = column(8, "Độ tin cậy")
