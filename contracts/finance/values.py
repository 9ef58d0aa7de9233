"""The values of finance: money, years, budget lines, accounts, vouchers, and who may say what."""

from datetime import date
from typing import Annotated, Literal, Self, TypeAlias

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from contracts.base import Day, Line, Message, OrganCode, Paragraph, Query, Role, Sha256

Vnd: TypeAlias = Annotated[int, Field(strict=True, ge=1, le=1_000_000_000_000_000)]
"""Whole đồng, at least one; a number with a fraction is refused, not rounded."""
SignedVnd: TypeAlias = Annotated[int, Field(strict=True, ge=-1_000_000_000_000_000, le=1_000_000_000_000_000)]
"""Whole đồng, more or less than nothing."""
FiscalYear: TypeAlias = Annotated[int, Field(ge=2000, le=2099)]
SourceCode: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=30)]
"""Where money comes from, by the dated table of sources, such as tu-chu, khong-tu-chu, dang-phi or chi-ho."""
ChapterCode: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[0-9]{3}$")]
"""Chương, such as 509 for the office of a provincial committee."""
ClauseCode: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[0-9]{3}$")]
"""Khoản, such as 351 for the activities of the Party."""
ItemCode: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}$")]
"""Mục or tiểu mục, such as 6500 (public services) or 6503 (fuel)."""
LineCode: TypeAlias = Annotated[
    str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*\.[0-9]{3}\.[0-9]{3}\.[0-9]{4}$", max_length=50)
]
"""`<source>.<chapter>.<clause>.<item>`, such as tu-chu.509.351.6500: what an estimate is assigned to and held by."""
BudgetId: TypeAlias = Annotated[str, StringConstraints(pattern=r"^20[0-9]{2}-[a-z0-9]+(-[a-z0-9]+)*$", max_length=40)]
"""A year and a board as a token, such as 2027-btctu: all lines of a board in a year."""
AccountCode: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[0-9]{3,6}$")]
"""An account of the chart in force (Thông tư 24/2024/TT-BTC), such as 111 or 6121; 0xx are kept off the balance."""
RecordId: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]
"""The id of the command that made it."""
MoneyAccount: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=40)]
"""A till or an account at a bank or the treasury, such as quy-tien-mat or kbnn-3713."""
VoucherKind: TypeAlias = Literal["receipt", "payment", "bank_credit", "bank_debit", "general"]
"""Phiếu thu (PT); phiếu chi (PC); báo có (BC); báo nợ, chuyển khoản (BN); chứng từ ghi sổ, kế toán khác (KT)."""
Method: TypeAlias = Literal["cash", "bank", "treasury"]
"""Tiền mặt; chuyển khoản ngân hàng; chuyển khoản kho bạc."""
Side: TypeAlias = Literal["debit", "credit"]
"""Nợ; Có."""
AssignmentKind: TypeAlias = Literal["initial", "supplement", "adjustment", "carried_over"]
"""Giao đầu năm; bổ sung; điều chỉnh (may be less); chuyển nguồn năm trước sang."""
CarryOverReason: TypeAlias = Literal[
    "supplement_after_september",
    "extended_investment",
    "national_programme",
    "contract_signed",
    "salary",
    "autonomy_fund",
    "science",
    "reserve",
    "aid",
    "audit_refund",
]
"""Bổ sung sau 30/9; đầu tư công kéo dài; chương trình mục tiêu quốc gia; hợp đồng ký trước 31/12; cải cách tiền lương;
quỹ tự chủ; khoa học; dự phòng; viện trợ; thu hồi theo kiểm toán: the closed list."""
SpendingKind: TypeAlias = Literal["regular", "special", "unplanned"]
"""Chi thường xuyên; chi đặc thù; chi đột xuất."""
RequestStatus: TypeAlias = Literal["drafted", "submitted", "returned", "checked", "approved", "rejected", "closed"]
"""Dự thảo do hệ thống lập; đã gửi; trả lại; kế toán đã kiểm tra; đã duyệt; không duyệt; đã kết thúc."""
AdvanceStatus: TypeAlias = Literal["open", "claimed", "claim_checked", "accounted", "settled"]
"""Đang tạm ứng; đã đề nghị thanh toán; kế toán đã kiểm tra; đã duyệt, còn thừa hoặc thiếu; đã thanh toán xong."""
WaitsFor: TypeAlias = Literal["board", "accountant", "leader", "cashier"]
"""Whom a request or an advance waits for: đầu mối; kế toán; lãnh đạo; thủ quỹ."""
HoldingStatus: TypeAlias = Literal["open", "claimed", "settled"]
"""Đang giữ; đã đề nghị thanh toán; đã thanh toán xong."""
PaymentKind: TypeAlias = Literal["payment", "advance", "rest_received", "rest_paid"]
"""Chi; chi tạm ứng; thu tạm ứng thừa; chi bổ sung tạm ứng thiếu."""
SpendingStep: TypeAlias = Literal[
    "requested",
    "drafted",
    "revised",
    "checked",
    "returned",
    "rejected",
    "approved",
    "approved_over",
    "paid",
    "advanced",
    "payment_reversed",
    "closed",
    "moved",
    "escalated",
    "claimed",
    "claim_checked",
    "claim_returned",
    "claim_approved",
    "rest_received",
    "rest_paid",
    "reminded",
    "reminded_overdue",
]
"""What can happen to a request or an advance, as its history tells it."""
RateKind: TypeAlias = Literal[
    "subsistence", "lodging_lump_sum", "lodging_invoice_cap", "month_lump_sum", "own_vehicle_cl_per_km"
]
"""Phụ cấp lưu trú; tiền phòng khoán; trần tiền phòng theo hóa đơn; khoán tháng; xăng xe của mình (cl/km)."""
DraftStatus: TypeAlias = Literal["drafted", "posted", "discarded"]
Name: TypeAlias = Annotated[Line, Field(max_length=200)]
ShortLine: TypeAlias = Annotated[Line, Field(max_length=100)]
Reason: TypeAlias = Annotated[Paragraph, Field(min_length=3, max_length=500)]
Text: TypeAlias = Annotated[Paragraph, Field(max_length=1000)]
DocumentNumber: TypeAlias = Annotated[Line, Field(max_length=60)]

REQUESTER: frozenset[Role] = frozenset({"board", "clerk", "accountant"})
"""Who asks for money and accounts for advances: a board's contact, for their own board; the office for any."""
ACCOUNTANT: frozenset[Role] = frozenset({"accountant"})
CASHIER: frozenset[Role] = frozenset({"cashier", "accountant"})
"""Who pays and receives; never whoever checked or approved."""
HEAD: frozenset[Role] = frozenset({"leader"})
"""Who approves spending, and answers for it."""
ESTIMATOR: frozenset[Role] = frozenset({"accountant", "leader"})
FINANCE_READER: frozenset[Role] = frozenset({"accountant", "cashier", "leader", "auditor", "board"})
"""Who sees money; a board sees its own only."""
SERVICE: frozenset[Role] = frozenset({"service"})


class Paper(Message):
    """A paper that something rests on, such as an invoice, a decision or a list."""

    number: DocumentNumber
    dated_on: Day | None = None
    title: Name | None = None
    sha256: Sha256 | None = None


class Payee(Message):
    """Who gets the money: one of the office, or a supplier."""

    name: Name
    account_number: Annotated[ShortLine | None, Field(description="At a bank or the treasury.")] = None
    bank: Name | None = None
    tax_code: Annotated[str | None, StringConstraints(pattern=r"^[0-9]{10}([0-9]{2,3}|-[0-9]{3})?$")] = None
    person_id: Annotated[str | None, StringConstraints(pattern=r"^[0-9a-f]{32}$")] = None


class LineAmount(Message):
    """An amount of one budget line."""

    line: LineCode
    amount_vnd: Vnd


class ItemAmount(LineAmount):
    """An amount of one budget line, spent under one item of it (tiểu mục)."""

    item: ItemCode
    note: ShortLine | None = None


class Cause(Message):
    """The fact that something of finance follows from: where it is told, and in words."""

    event_id: Annotated[str, StringConstraints(max_length=200)]
    type: Annotated[str, StringConstraints(max_length=100)]
    subject: Annotated[str, StringConstraints(max_length=200)]
    told: Name


class LineFigures(Message):
    """A budget line as it stands: left = estimate - frozen - committed - advanced - spent."""

    line: str
    estimate_vnd: int
    frozen_vnd: int = 0
    committed_vnd: int = 0
    advanced_vnd: int = 0
    spent_vnd: int = 0
    left_vnd: int


class DaysInOrder(Query):
    """A question from `on_from` to `on_to`, both included: one that goes backwards is refused, not answered empty."""

    @model_validator(mode="after")
    def _not_backwards(self) -> Self:
        first, last = getattr(self, "on_from", None), getattr(self, "on_to", None)
        if first is not None and last is not None and last < first:
            sentences = {
                "vi": "on_to phải từ ngày on_from trở đi; đề nghị sửa lại hai ngày.",
                "en": "on_to must not lie before on_from; correct the two days.",
            }
            raise PydanticCustomError("days_backwards", "on_to must not lie before on_from", sentences)
        return self


class BoardYear(Message):
    """A board's year."""

    year: FiscalYear
    board: OrganCode


def first_day(year: int) -> date:
    """Return the first day of a fiscal year, which is the calendar year (Law 89/2025/QH15)."""
    return date(year, 1, 1)
