"""The rows and answers finance shows of estimates; shares are in hundredths of a percent, money in whole đồng."""

from datetime import date, datetime
from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from contracts.base import Message, Row, column

ExecutionBy: TypeAlias = Literal["line", "item", "source", "board"]
"""What execution is told apart by: the line of a board; the item, the source, or the board alone."""
MoveKind: TypeAlias = Literal[
    "initial",
    "supplement",
    "adjustment",
    "carried_over",
    "transfer_in",
    "transfer_out",
    "transfer",
    "frozen",
    "released",
    "carried_out",
    "taken_over",
    "carried_in",
    "handed_over",
    "lapsed",
]
"""Giao đầu năm; bổ sung; điều chỉnh; chuyển nguồn (giao); nhận, chuyển dự toán giữa đơn vị; chuyển giữa các dòng;
giữ lại; giải tỏa; chuyển sang năm sau; nhận bàn giao; nhận chuyển nguồn; bàn giao; hủy dự toán còn lại."""
IndexKind: TypeAlias = Literal["chapter", "clause", "item"]
"""Chương; khoản; mục, tiểu mục."""


class Estimate(Message):
    """How an estimate came to be, and what went out of it; `assigned_vnd` is what there was to spend in the year."""

    initial_vnd: int = 0
    supplement_vnd: int = 0
    adjustment_vnd: int = 0
    transferred_vnd: Annotated[int, Field(description="Net, between lines and boards.")] = 0
    carried_in_vnd: Annotated[int, Field(description="From the year before.")] = 0
    taken_over_vnd: Annotated[int, Field(description="From a board that was settled.")] = 0
    assigned_vnd: int = 0
    carried_out_vnd: Annotated[int, Field(description="To the next year.")] = 0
    handed_over_vnd: Annotated[int, Field(description="To the board's successor.")] = 0
    lapsed_vnd: int = 0


class Use(Message):
    """What has become of an estimate: estimate = frozen + committed + advanced + spent + left."""

    estimate_vnd: int = 0
    frozen_vnd: int = 0
    committed_vnd: int = 0
    advanced_vnd: int = 0
    spent_vnd: int = 0
    left_vnd: int = 0


class BudgetLineView(Use, Estimate):
    """A line of a board's year with all that happened to it."""

    line: str
    told: Annotated[str, Field(description="Its source, chapter, clause and item in words.")]
    source: str
    source_name: str
    chapter: str
    chapter_name: str
    clause: str
    clause_name: str
    item: str
    item_name: str
    used: Annotated[int | None, Field(description="Spent of what was assigned, in hundredths of a percent.")] = None


class BudgetView(Message):
    """A board's year, line by line and in all."""

    year: int
    board: str
    closed_on: date | None = None
    to_board: Annotated[str | None, Field(description="Who took it over when the board was settled.")] = None
    lines: tuple[BudgetLineView, ...]
    total: Annotated[Estimate, Field(description="How all of it came to be.")]
    use: Annotated[Use, Field(description="What has become of all of it.")]
    used: int | None = None
    open_requests: Annotated[int, Field(description="How many requests keep something of it.")] = 0
    open_advances: int = 0
    requests: Annotated[tuple[str, ...], Field(description="Their ids, as settling and carrying over name them.")] = ()
    advances: Annotated[
        tuple[str, ...], Field(description="Those that are open, and those with a rest to be returned or paid.")
    ] = ()


class ExecutionRow(Row):
    """How an estimate is executed (tình hình thực hiện dự toán), in the order of the legal layout."""

    board: Annotated[str, column(1, "Đơn vị")]
    source: Annotated[str, column(2, "Nguồn")]
    chapter: Annotated[str, column(3, "Chương")]
    clause: Annotated[str, column(4, "Khoản")]
    item: Annotated[str, column(5, "Mục")]
    name: Annotated[str, column(6, "Nội dung")]
    carried_in_vnd: Annotated[int, column(7, "Năm trước chuyển sang")]
    initial_vnd: Annotated[int, column(8, "Dự toán giao đầu năm")]
    supplement_vnd: Annotated[int, column(9, "Bổ sung, điều chỉnh trong năm")]
    assigned_vnd: Annotated[int, column(10, "Dự toán được sử dụng trong năm")]
    frozen_vnd: Annotated[int, column(11, "Giữ lại")]
    committed_vnd: Annotated[int, column(12, "Đã cam kết")]
    advanced_vnd: Annotated[int, column(13, "Tạm ứng")]
    spent_vnd: Annotated[int, column(14, "Đã chi")]
    left_vnd: Annotated[int, column(15, "Còn lại")]
    carried_out_vnd: Annotated[int, column(16, "Chuyển nguồn sang năm sau")]
    lapsed_vnd: Annotated[int, column(17, "Hủy dự toán")]
    used: Annotated[int | None, column(18, "Tỷ lệ thực hiện (phần vạn)")] = None
    handed_over_vnd: int = 0
    line: str | None = None


class BurnDownRow(Row):
    """A month of an estimate: what was spent by its end, and by when all of it goes at that pace."""

    month: Annotated[int, column(1, "Tháng")]
    estimate_vnd: Annotated[int, column(2, "Dự toán")]
    spent_vnd: Annotated[int, column(3, "Đã chi lũy kế")]
    spent_in_month_vnd: Annotated[int, column(4, "Chi trong tháng")]
    kept_vnd: Annotated[int, column(5, "Cam kết và tạm ứng")]
    left_vnd: Annotated[int, column(6, "Còn lại")]
    forecast_vnd: Annotated[int, column(7, "Dự báo chi lũy kế")]
    plan_vnd: Annotated[int, column(8, "Chi đều theo thời gian")]
    past: Annotated[bool, Field(description="The month has begun; its figures are facts, not the last known ones.")]


class MovedLine(Message):
    """By how much a decision changed a line."""

    line: str
    amount_vnd: int
    reason: str | None = None


class EstimateMoveRow(Row):
    """A decision about a board's estimate, who entered it and when."""

    recorded_at: Annotated[datetime, column(1, "Thời điểm ghi")]
    decision_number: Annotated[str | None, column(2, "Số quyết định")] = None
    decided_on: Annotated[date | None, column(3, "Ngày quyết định")] = None
    year: Annotated[int, column(4, "Năm")]
    board: Annotated[str, column(5, "Đơn vị")]
    kind: Annotated[MoveKind, column(6, "Loại")]
    told: Annotated[str, column(7, "Dòng dự toán")]
    amount_vnd: Annotated[int, column(8, "Số tiền (đồng)")]
    other_board: Annotated[str | None, column(9, "Đơn vị liên quan")] = None
    reason: Annotated[str | None, column(10, "Lý do, ghi chú")] = None
    by_name: Annotated[str, column(11, "Người ghi")]
    lines: tuple[MovedLine, ...]
    other_year: int | None = None
    event_id: str


class ItemName(Message):
    """An item with its name."""

    item: str
    name: str
    special: bool = False


class LineLeftRow(Row):
    """What is left of a line now, and what would be after an amount."""

    line: Annotated[str, column(1, "Dòng dự toán")]
    told: Annotated[str, column(2, "Nội dung")]
    estimate_vnd: Annotated[int, column(3, "Dự toán")]
    left_vnd: Annotated[int, column(4, "Còn lại")]
    after_vnd: Annotated[int, column(5, "Còn lại sau khoản này")]
    enough: bool
    special: Annotated[bool, Field(description="Special and unplanned spending may go under it.")] = False
    items: Annotated[tuple[ItemName, ...], Field(description="What it may be spent under.")] = ()


class ItemSpentRow(Row):
    """What was spent under an item of a line (tiểu mục), quarter by quarter, by the days of the vouchers."""

    board: Annotated[str, column(1, "Đơn vị")]
    line: Annotated[str, column(2, "Dòng dự toán")]
    item: Annotated[str, column(3, "Tiểu mục")]
    name: Annotated[str, column(4, "Nội dung")]
    quarter_1_vnd: Annotated[int, column(5, "Quý I")]
    quarter_2_vnd: Annotated[int, column(6, "Quý II")]
    quarter_3_vnd: Annotated[int, column(7, "Quý III")]
    quarter_4_vnd: Annotated[int, column(8, "Quý IV")]
    spent_vnd: Annotated[int, column(9, "Cả năm")]
    months: Annotated[tuple[int, ...], Field(description="January to December.")]


class OverrideRow(Row):
    """Money let go beyond an estimate by authority, and why."""

    recorded_at: Annotated[datetime, column(1, "Thời điểm duyệt")]
    year: Annotated[int, column(2, "Năm")]
    board: Annotated[str, column(3, "Đơn vị")]
    lines: Annotated[tuple[str, ...], column(4, "Dòng dự toán")]
    purpose: Annotated[str | None, column(5, "Nội dung chi")] = None
    over_vnd: Annotated[int, column(6, "Vượt dự toán (đồng)")]
    reason: Annotated[str, column(7, "Lý do")]
    by_name: Annotated[str, column(8, "Người duyệt")]
    request_id: str
    advance_id: Annotated[str | None, Field(description="Of an advance that was overspent.")] = None


class SettlementView(BudgetView):
    """A board's settlement (quyết toán): per line and in all, what was assigned is what became of it.

    assigned = spent + advanced + committed + frozen + left + carried out + handed over + lapsed.
    """

    overrides: tuple[OverrideRow, ...] = ()
    adds_up: Annotated[bool, Field(description="The equation holds for every line.")] = True


class IndexRow(Row):
    """A code of the budget index in force on a day."""

    kind: Annotated[IndexKind, column(1, "Loại mã")]
    code: Annotated[str, column(2, "Mã")]
    of: Annotated[str | None, column(3, "Thuộc")] = None
    name: Annotated[str, column(4, "Tên")]
    special: Annotated[bool, column(5, "Chi đặc thù, đột xuất")] = False
    legal_basis: Annotated[str, column(6, "Căn cứ")]
    effective_from: Annotated[date | None, column(7, "Từ ngày")] = None
    effective_to: Annotated[date | None, column(8, "Đến hết ngày")] = None
    source_tag: Annotated[
        str, Field(description="How sure: V official, V1 one source, C computed, M memory, D design.")
    ]


class MoneySourceRow(Row):
    """A source of money in force on a day, and the accounts it is booked on."""

    source: Annotated[str, column(1, "Mã nguồn")]
    name: Annotated[str, column(2, "Tên nguồn")]
    name_en: str
    fund: str
    expense_account: Annotated[str, column(3, "Tài khoản chi")]
    income_account: Annotated[str, column(4, "Tài khoản thu")]
    estimate_account: Annotated[str | None, column(5, "Tài khoản dự toán")] = None
    legal_basis: Annotated[str, column(6, "Căn cứ")]
    source_tag: str
