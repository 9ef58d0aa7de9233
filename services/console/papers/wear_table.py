"""The table of a year's wear (bảng tính hao mòn tài sản cố định, mẫu C55a-HD), class by class."""

from collections.abc import Sequence
from datetime import date
from itertools import count, groupby

from contracts.assets.rows import WearRow, WearTotals
from services.console.papers.forms import form
from services.console.papers.letterhead import Letterhead, book_signatures, form_heading, signing_day
from services.console.papers.paper import Block, Column, Line, Paper, Paragraph, Signatures, Table, Words, total
from services.console.papers.writing import day, number, percent

_COLUMNS = (
    Column("Số TT", 0.6, "center", mark="A"),
    Column("Loại, tên tài sản cố định", 4.2, mark="B"),
    Column("Số hiệu", 1.9, mark="C"),
    Column("Đơn vị quản lý", 2.4, mark="D"),
    Column("Ngày đưa vào sử dụng", 1.4, "center", mark="E"),
    Column("Nguyên giá (đồng)", 2.2, "right", mark="1"),
    Column("Tỷ lệ (%/năm)", 1, "right", mark="2"),
    Column("Hao mòn trong năm (đồng)", 1.8, "right", mark="3"),
    Column("Hao mòn lũy kế (đồng)", 2.1, "right", mark="4"),
    Column("Giá trị còn lại (đồng)", 2.1, "right", mark="5"),
)


def compose(rows: Sequence[WearRow], totals: WearTotals, head: Letterhead) -> Paper:
    """Return the table of what was charged, every class with its sum; `totals` names the classes and what is due."""
    names = {one.key: one.label for one in totals.by_class}
    lines: list[Line] = []
    charged = sorted(rows, key=lambda row: (place_of_class(row.class_code), row.tag))
    numbers = count(1)
    for code, members in groupby(charged, key=lambda row: row.class_code):
        of_class = list(members)
        lines.append(_sum(f"{code}. {names.get(code, code)}", of_class))
        lines += [_line(next(numbers), row) for row in of_class]
    lines.append(_sum(f"Tổng cộng: {number(len(rows))} tài sản", rows))
    # What follows the law itself in the rules is how sure its row is: not for a legal paper.
    basis = sorted({row.legal_basis.partition(";")[0] for row in rows})
    under = [Words(f"Năm {totals.year}", bold=True)]
    under += [Words(f"(Theo {'; '.join(basis)})", italic=True)] if basis else []
    return Paper(
        title="BẢNG TÍNH HAO MÒN TÀI SẢN CỐ ĐỊNH",
        heading=form_heading(head, form("wear_table", head.dated or date(totals.year, 12, 31))),
        under_title=tuple(under),
        blocks=(Table(_COLUMNS, lines, 10), *_due(totals), Signatures(book_signatures(head), signing_day(head))),
        landscape=True,
    )


def place_of_class(code: str) -> tuple[bool, str, int, int]:
    """Return where a class such as 5.3 stands among the others: by number, the lettered ones last."""
    group, _, part = code.partition(".")
    numbered = group.isdigit()
    return not numbered, "" if numbered else group, int(group) if numbered else 0, int(part or 0)


def _line(place: int, row: WearRow) -> Line:
    return Line(
        (
            number(place),
            row.name,
            row.tag,
            row.unit_name or "",
            day(row.booked_on),
            number(row.cost_vnd),
            percent(row.rate_percent),
            number(row.wear_vnd),
            number(row.accumulated_vnd),
            number(row.residual_vnd),
        )
    )


def _sum(label: str, rows: Sequence[WearRow]) -> Line:
    cost, wear = sum(row.cost_vnd for row in rows), sum(row.wear_vnd for row in rows)
    accumulated, residual = sum(row.accumulated_vnd for row in rows), sum(row.residual_vnd for row in rows)
    return total(label, 5, (number(cost), "", number(wear), number(accumulated), number(residual)))


def _due(totals: WearTotals) -> tuple[Block, ...]:
    if not totals.due_count and not totals.behind_count:
        return ()
    said = (
        f"Còn {number(totals.due_count)} tài sản chưa tính hao mòn năm {totals.year} "
        f"(dự kiến {number(totals.due_wear_vnd)} đồng)"
    )
    behind = f"; {number(totals.behind_count)} tài sản phải tính hao mòn năm trước đó trước" * bool(totals.behind_count)
    return (Paragraph(f"{said}{behind}.", italic=True),)
