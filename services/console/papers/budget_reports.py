"""Reports of estimates: how they are executed (tình hình thực hiện dự toán), and a board's settlement (quyết toán)."""

from collections.abc import Iterator, Sequence
from datetime import date

from contracts.finance import BudgetLineView, ExecutionRow, ListExecution, SettlementView
from services.console.papers.forms import form
from services.console.papers.letterhead import form_heading
from services.console.papers.money_letterhead import MoneyLetterhead, book_signed
from services.console.papers.paper import Block, Column, Line, Paper, Paragraph, Table, Words, total
from services.console.papers.writing import day, number

_HAD, _BECAME = "Dự toán", "Đã thực hiện"
_EXECUTION = (
    Column("Đơn vị", 1.1, "center", mark="A"),
    Column("Nguồn - chương - khoản - mục", 1.9, mark="B"),
    Column("Nội dung", 2.2, mark="C"),
    Column("Năm trước chuyển sang", 1.4, "right", _HAD, "1"),
    Column("Giao đầu năm", 1.5, "right", _HAD, "2"),
    Column("Bổ sung, điều chỉnh", 1.4, "right", _HAD, "3"),
    Column("Được sử dụng", 1.5, "right", _HAD, "4"),
    Column("Giữ lại", 1.2, "right", mark="5"),
    Column("Cam kết", 1.4, "right", _BECAME, "6"),
    Column("Tạm ứng", 1.4, "right", _BECAME, "7"),
    Column("Đã chi", 1.5, "right", _BECAME, "8"),
    Column("Còn lại", 1.5, "right", mark="9"),
    Column("Tỷ lệ (%)", 0.8, "right", mark="10"),
)
_SUMS = (
    "carried_in_vnd",
    "initial_vnd",
    "supplement_vnd",
    "assigned_vnd",
    "frozen_vnd",
    "committed_vnd",
    "advanced_vnd",
    "spent_vnd",
    "left_vnd",
)
_SETTLEMENT = (
    Column("Dòng dự toán", 2, mark="A"),
    Column("Nội dung", 2.6, mark="B"),
    Column("Được sử dụng trong năm", 1.6, "right", mark="1"),
    Column("Đã chi", 1.6, "right", "Trong đó", "2"),
    Column("Tạm ứng", 1.4, "right", "Trong đó", "3"),
    Column("Cam kết", 1.4, "right", "Trong đó", "4"),
    Column("Giữ lại", 1.2, "right", "Trong đó", "5"),
    Column("Chuyển nguồn", 1.4, "right", "Trong đó", "6"),
    Column("Bàn giao", 1.4, "right", "Trong đó", "7"),
    Column("Hủy", 1.3, "right", "Trong đó", "8"),
    Column("Còn lại", 1.4, "right", "Trong đó", "9"),
)
_SETTLED = (
    "assigned_vnd",
    "spent_vnd",
    "advanced_vnd",
    "committed_vnd",
    "frozen_vnd",
    "carried_out_vnd",
    "handed_over_vnd",
    "lapsed_vnd",
    "left_vnd",
)


def execution(rows: Sequence[ExecutionRow], query: ListExecution, head: MoneyLetterhead) -> Paper:
    """Return how estimates are executed, with the sum of all that is listed."""
    sums = [sum(getattr(row, name) for row in rows) for name in _SUMS]
    assigned, spent = sums[_SUMS.index("assigned_vnd")], sums[_SUMS.index("spent_vnd")]
    cells = (*map(number, sums), _percent(spent * 10_000 // assigned if assigned > 0 else None))
    under = [Words(f"Năm {query.year}", bold=True)]
    under += [Words(f"Đơn vị: {query.board}")] if query.board else []
    under += [Words(f"Nguồn: {query.source}")] if query.source else []
    return Paper(
        title="BÁO CÁO TÌNH HÌNH THỰC HIỆN DỰ TOÁN",
        heading=form_heading(head, form("execution", last_day(query.year))),
        under_title=(*under, Words("Đơn vị tính: đồng", italic=True)),
        landscape=True,
        blocks=(Table(_EXECUTION, [*map(_executed, rows), total("Cộng", 3, cells)], 8.5), book_signed(head)),
    )


def settlement(view: SettlementView, head: MoneyLetterhead) -> Paper:
    """Return a board's settlement of a year, line by line, with what went beyond the estimate and why."""
    closed = f"Khóa sổ ngày {day(view.closed_on)}" if view.closed_on else "(Dự thảo: chưa khóa sổ)"
    under = [Words(f"Đơn vị: {view.board} - Năm {view.year}", bold=True), Words(closed)]
    under += [Words(f"Bàn giao cho: {view.to_board}")] if view.to_board else []
    return Paper(
        title="BÁO CÁO QUYẾT TOÁN KINH PHÍ",
        heading=form_heading(head, form("settlement", view.closed_on or last_day(view.year))),
        under_title=(*under, Words("Đơn vị tính: đồng", italic=True)),
        landscape=True,
        blocks=(*_settled(view), book_signed(head)),
    )


def last_day(year: int) -> date:
    """Return the day by which the form of a year's report is found: its last."""
    return date(year, 12, 31)


def _percent(hundredths: int | None) -> str:
    """Return hundredths of a percent with a decimal comma; nothing for None."""
    return "" if hundredths is None else f"{hundredths // 100},{hundredths % 100:02d}"


def _executed(row: ExecutionRow) -> Line:
    line = " - ".join(part for part in (row.source, row.chapter, row.clause, row.item) if part)
    amounts = (number(getattr(row, name)) for name in _SUMS)
    return Line((row.board, line, row.name, *amounts, _percent(row.used)))


def _settled(view: SettlementView) -> Iterator[Block]:
    lines = [_settled_line(line) for line in view.lines]
    sums = (sum(getattr(line, name) for line in view.lines) for name in _SETTLED)
    yield Table(_SETTLEMENT, [*lines, total("Cộng", 2, map(number, sums))], 9)
    if not view.adds_up:
        yield Paragraph("Số liệu chưa cân đối: số được sử dụng khác tổng các phần; đề nghị kiểm tra.", bold=True)
    yield Paragraph(f"Đề nghị chi chưa kết thúc: {view.open_requests}; tạm ứng chưa thanh toán: {view.open_advances}.")
    if view.overrides:
        yield Paragraph("Các khoản chi vượt dự toán được duyệt:", bold=True)
    for row in view.overrides:
        told = f"{row.purpose}: " if row.purpose else ""
        yield Paragraph(f"- {told}{number(row.over_vnd)} đồng; lý do: {row.reason}; người duyệt: {row.by_name}.")


def _settled_line(line: BudgetLineView) -> Line:
    return Line((line.line, line.told, *(number(getattr(line, name)) for name in _SETTLED)))
