"""The rows and answers finance shows of the ledger."""

from datetime import date, datetime
from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from contracts.base import Message, Row, column
from contracts.finance.ledger.commands import EntryLine
from contracts.finance.values import Cause, DraftStatus, Paper, Side, VoucherKind

BalanceBy: TypeAlias = Literal["account", "board", "source", "item"]
"""What a trial balance tells apart beside the account: nothing, the board, the source, or the item of expense."""


class VoucherRow(Row):
    """An entry of the general journal (nhật ký chung), as a voucher."""

    on: Annotated[date, column(1, "Ngày ghi sổ")]
    voucher: Annotated[str, column(2, "Số chứng từ")]
    description: Annotated[str, column(3, "Diễn giải")]
    party: Annotated[str | None, column(4, "Người nộp, người nhận")] = None
    debits: Annotated[str, column(5, "Ghi Nợ")]
    credits: Annotated[str, column(6, "Ghi Có")]
    total_vnd: Annotated[int, column(7, "Số tiền (đồng)")]
    boards: Annotated[str, column(8, "Đơn vị")]
    reversed_by: Annotated[str | None, column(9, "Ghi đảo bằng")] = None
    by_name: Annotated[str, column(10, "Người ghi sổ")]
    entry_id: str
    kind: VoucherKind
    reverses: str | None = None
    request_id: str | None = None
    closing: bool = False
    cause: str | None = None


class JournalRow(Row):
    """An entry of the general journal (nhật ký chung) with all its lines, as other ledgers take it over."""

    on: Annotated[date, column(1, "Ngày ghi sổ")]
    voucher: Annotated[str, column(2, "Số chứng từ")]
    description: Annotated[str, column(3, "Diễn giải")]
    party: Annotated[str | None, column(4, "Người nộp, người nhận")] = None
    total_vnd: Annotated[int, column(5, "Số tiền (đồng)")]
    by_name: Annotated[str, column(6, "Người ghi sổ")]
    reversed_by: Annotated[str | None, column(7, "Ghi đảo bằng")] = None
    entry_id: str
    kind: VoucherKind
    year: int
    number: int
    lines: tuple[EntryLine, ...]
    papers: tuple[Paper, ...] = ()
    template: str | None = None
    cause: Cause | None = None
    request_id: str | None = None
    reverses: Annotated[str | None, Field(description="The entry it takes back.")] = None
    closing: bool = False
    posted_at: datetime


class ReconciledWith(Message):
    """A line of a statement that shows an entry."""

    statement_id: str
    line_number: int


class VoucherView(Message):
    """An entry with all its lines, what it takes back or was taken back by, and what it came of."""

    entry_id: str
    kind: VoucherKind
    voucher: str
    year: int
    number: int
    on: date
    description: str
    total_vnd: int
    party: str | None = None
    lines: tuple[EntryLine, ...]
    papers: tuple[Paper, ...] = ()
    template: str | None = None
    cause: Cause | None = None
    event_id: Annotated[str, Field(description="Of the entry itself, to read its trail by.")]
    request_id: str | None = None
    reverses: str | None = None
    reversed_by_entry: str | None = None
    reversed_by: Annotated[str | None, Field(description="The voucher that takes it back.")] = None
    reversed_on: date | None = None
    reversed_because: str | None = None
    reconciled: tuple[ReconciledWith, ...] = ()
    closing: bool = False
    by_name: str
    posted_at: datetime


class TrialBalanceRow(Row):
    """An account in the trial balance: what it had, what moved, what it has; whole đồng."""

    account: Annotated[str, column(1, "Số hiệu tài khoản")]
    name: Annotated[str, column(2, "Tên tài khoản")]
    board: Annotated[str | None, column(3, "Đơn vị")] = None
    source: Annotated[str | None, column(4, "Nguồn")] = None
    item: Annotated[str | None, column(5, "Tiểu mục")] = None
    opening_debit_vnd: Annotated[int, column(6, "Số dư đầu kỳ - Nợ")]
    opening_credit_vnd: Annotated[int, column(7, "Số dư đầu kỳ - Có")]
    debit_vnd: Annotated[int, column(8, "Phát sinh - Nợ")]
    credit_vnd: Annotated[int, column(9, "Phát sinh - Có")]
    closing_debit_vnd: Annotated[int, column(10, "Số dư cuối kỳ - Nợ")]
    closing_credit_vnd: Annotated[int, column(11, "Số dư cuối kỳ - Có")]


class LedgerRow(Row):
    """A line of an account's ledger (sổ cái, sổ chi tiết) with the balance after it, negative for credit."""

    on: Annotated[date, column(1, "Ngày ghi sổ")]
    voucher: Annotated[str, column(2, "Số chứng từ")]
    description: Annotated[str, column(3, "Diễn giải")]
    against: Annotated[str, column(4, "Tài khoản đối ứng")]
    debit_vnd: Annotated[int, column(5, "Nợ")]
    credit_vnd: Annotated[int, column(6, "Có")]
    balance_vnd: Annotated[int, column(7, "Số dư")]
    account: Annotated[str, column(8, "Tài khoản")]
    board: Annotated[str, column(9, "Đơn vị")]
    source: Annotated[str | None, column(10, "Nguồn")] = None
    item: Annotated[str | None, column(11, "Tiểu mục")] = None
    party: Annotated[str | None, column(12, "Đối tượng")] = None
    note: str | None = None
    entry_id: str
    line_number: int


class CashBookRow(Row):
    """A line of the cash book (sổ quỹ tiền mặt) with what is in the till after it."""

    on: Annotated[date, column(1, "Ngày ghi sổ")]
    receipt: Annotated[str | None, column(2, "Số phiếu thu")] = None
    payment: Annotated[str | None, column(3, "Số phiếu chi")] = None
    description: Annotated[str, column(4, "Diễn giải")]
    party: Annotated[str | None, column(5, "Người nộp, người nhận")] = None
    in_vnd: Annotated[int, column(6, "Thu")]
    out_vnd: Annotated[int, column(7, "Chi")]
    balance_vnd: Annotated[int, column(8, "Tồn quỹ")]
    negative_day: Annotated[bool, column(9, "Âm quỹ cuối ngày")] = False
    board: Annotated[str, column(10, "Đơn vị")]
    entry_id: str
    line_number: int


class DraftRow(Row):
    """A draft of an entry, and what became of it."""

    on: Annotated[date, column(1, "Ngày")]
    description: Annotated[str, column(2, "Diễn giải")]
    told: Annotated[str, column(3, "Phát sinh từ")]
    total_vnd: Annotated[int, column(4, "Số tiền (đồng)")]
    boards: Annotated[str, column(5, "Đơn vị")]
    status: Annotated[DraftStatus, column(6, "Trạng thái")]
    voucher: Annotated[str | None, column(7, "Số chứng từ")] = None
    settled_by: Annotated[str | None, column(8, "Người xử lý")] = None
    reason: Annotated[str | None, column(9, "Lý do bỏ")] = None
    draft_id: str
    kind: VoucherKind
    template: str | None = None
    cause: Cause
    lines: tuple[EntryLine, ...]
    entry_id: str | None = None
    changed: bool = False


class PeriodRow(Row):
    """A month in the books: how much was posted into it, whether it is closed, and by whom."""

    year: Annotated[int, column(1, "Năm")]
    month: Annotated[int, column(2, "Tháng")]
    vouchers: Annotated[int, column(3, "Số chứng từ")]
    closed: Annotated[bool, column(4, "Đã khóa sổ")]
    by_name: Annotated[str | None, column(5, "Người khóa hoặc mở lại")] = None
    at: Annotated[datetime | None, column(6, "Lúc")] = None
    reason: Annotated[str | None, column(7, "Lý do mở lại")] = None
    year_closed: Annotated[bool, column(8, "Đã khóa sổ năm")] = False


class AccountRow(Row):
    """An account of the chart in force on a day."""

    account: Annotated[str, column(1, "Số hiệu")]
    name_vi: Annotated[str, column(2, "Tên tài khoản")]
    normal: Annotated[Literal["debit", "credit", "both"], column(3, "Tính chất số dư")]
    closes_into: Annotated[str | None, column(4, "Kết chuyển vào")] = None
    dimensions: Annotated[bool, column(5, "Ghi theo mục lục ngân sách")]
    postable: Annotated[bool, column(6, "Được ghi sổ")]
    legal_basis: Annotated[str, column(7, "Căn cứ")]
    source_tag: Annotated[str, column(8, "Độ tin cậy")]
    effective_from: date | None = None
    effective_to: date | None = None


class TemplateRow(Row):
    """A line of a posting template in force on a day; an account in braces is that of the source or of the money."""

    template: Annotated[str, column(1, "Mẫu bút toán")]
    name_vi: Annotated[str, column(2, "Nội dung")]
    row: Annotated[int, column(3, "Dòng")]
    side: Annotated[Side, column(4, "Nợ, Có")]
    account: Annotated[str, column(5, "Tài khoản")]
    legal_basis: Annotated[str, column(6, "Căn cứ")]
