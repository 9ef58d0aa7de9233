"""The book of assets (sổ tài sản cố định, mẫu S24-H), class by class."""

from collections.abc import Sequence
from datetime import date
from itertools import count, groupby

from contracts.assets.rows import AssetRow
from services.console.papers.forms import form
from services.console.papers.letterhead import Letterhead, book_signatures, form_heading, signing_day
from services.console.papers.paper import Column, Line, Paper, Signatures, Table, Words, total
from services.console.papers.wear_table import place_of_class
from services.console.papers.writing import day, number, percent, said

_IN, _WORN, _OUT = "Ghi tăng tài sản cố định", "Hao mòn tài sản cố định", "Ghi giảm tài sản cố định"
_COLUMNS = (
    Column("Số TT", 0.6, "center", mark="A"),
    Column("Số hiệu", 1.3, "left", "Chứng từ", "B"),
    Column("Ngày, tháng", 1.2, "center", "Chứng từ", "C"),
    Column("Tên, đặc điểm, ký hiệu", 3.2, "left", _IN, "D"),
    Column("Nước, hãng sản xuất", 1.3, "left", _IN, "E"),
    Column("Tháng, năm sử dụng", 1, "center", _IN, "F"),
    Column("Số hiệu (số thẻ)", 1.9, "left", _IN, "G, H"),
    Column("Nguyên giá (đồng)", 2.1, "right", _IN, "1"),
    Column("Tỷ lệ %", 0.8, "right", _WORN, "4"),
    Column("Số tiền một năm", 1.8, "right", _WORN, "5"),
    Column("Lũy kế", 2, "right", _WORN, "7"),
    Column("Ngày, tháng", 1.2, "center", _OUT, "K"),
    Column("Lý do", 1.1, "left", _OUT, "L"),
    Column("Giá trị còn lại (đồng)", 2, "right", mark="8"),
)


def compose(rows: Sequence[AssetRow], head: Letterhead) -> Paper:
    """Return the book of the assets listed; the sums are of their values as last booked."""
    lines: list[Line] = []
    listed = sorted(rows, key=lambda row: (place_of_class(row.class_code), row.tag))
    numbers = count(1)
    for (code, name), members in groupby(listed, key=lambda row: (row.class_code, row.class_name)):
        of_class = list(members)
        lines.append(_sum(f"Loại tài sản: {code}. {name}", of_class))
        lines += [_line(next(numbers), row) for row in of_class]
    lines.append(_sum(f"Tổng cộng: {number(len(rows))} tài sản", rows))
    units = {row.unit_name for row in rows}
    named = head.known(next(iter(units)), None) if len(units) == 1 else head
    last = max((row.valued_on for row in rows), default=date(2025, 1, 1))
    return Paper(
        title="SỔ TÀI SẢN CỐ ĐỊNH",
        heading=form_heading(named, form("asset_register", head.dated or last)),
        under_title=(Words("(Giá trị theo lần ghi sổ gần nhất của từng tài sản)", italic=True),),
        blocks=(Table(_COLUMNS, lines, 8.5), Signatures(book_signatures(head), signing_day(head))),
        landscape=True,
    )


def _line(place: int, row: AssetRow) -> Line:
    details = ", ".join(one for one in (row.name, row.model, row.serial_number) if one)
    return Line(
        (
            number(place),
            row.decision_number or "",
            day(row.decision_issued_on),
            details,
            row.maker or "",
            f"{row.booked_on:%m/%Y}",
            row.tag,
            number(row.cost_vnd),
            percent(row.rate_percent),
            number(row.yearly_wear_vnd),
            number(row.accumulated_vnd),
            day(row.gone_on),
            said("gone_by", row.gone_by),
            number(row.residual_vnd),
        )
    )


def _sum(label: str, rows: Sequence[AssetRow]) -> Line:
    cost, yearly = sum(row.cost_vnd for row in rows), sum(row.yearly_wear_vnd or 0 for row in rows)
    accumulated, residual = sum(row.accumulated_vnd for row in rows), sum(row.residual_vnd for row in rows)
    return total(label, 7, (number(cost), "", number(yearly), number(accumulated), "", "", number(residual)))
