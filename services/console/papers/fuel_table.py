"""The settlement of fuel (bảng thanh toán nhiên liệu): what cars used in a month against what their norms allow."""

from collections.abc import Sequence
from itertools import count, groupby

from contracts.scheduling.vehicles import FuelMonthRow
from services.console.papers.letterhead import Letterhead, party_heading, signing_day
from services.console.papers.paper import Column, Line, Paper, Signature, Signatures, Table, Words, total
from services.console.papers.writing import litres, month_in_words, number

_LITRES = "Nhiên liệu (lít)"
_COLUMNS = (
    Column("Số TT", 0.6, "center", mark="A"),
    Column("Biển số xe", 1.5, mark="B"),
    Column("Tổng số km", 1.1, "right", mark="1"),
    Column("Km không có nhật trình", 1.1, "right", mark="2"),
    Column("Định mức (lít/100 km)", 1.2, "right", mark="3"),
    Column("Theo định mức", 1.2, "right", _LITRES, "4"),
    Column("Tồn đầu tháng", 1.2, "right", _LITRES, "5"),
    Column("Nhận trong tháng", 1.2, "right", _LITRES, "6"),
    Column("Tồn cuối tháng", 1.2, "right", _LITRES, "7"),
    Column("Thực tế tiêu hao", 1.2, "right", _LITRES, "8=5+6-7"),
    Column("Chênh lệch", 1.2, "right", _LITRES, "9=8-4"),
    Column("Tiền nhiên liệu nhận (đồng)", 1.7, "right", mark="10"),
    Column("Giải trình", 2.6, mark="C"),
)


def compose(rows: Sequence[FuelMonthRow], head: Letterhead) -> Paper:
    """Return the table of the settlements listed; above 0, more was used than the norm allows."""
    lines: list[Line] = []
    months = sorted({row.month for row in rows})
    numbers = count(1)
    listed = sorted(rows, key=lambda row: (row.month, row.plate))
    for month, settled in groupby(listed, key=lambda row: row.month):
        of_month = list(settled)
        if len(months) > 1:
            lines.append(_sum(_capital(month_in_words(month)), of_month))
        lines += [_line(next(numbers), row) for row in of_month]
    lines.append(_sum("Cộng", rows))
    return Paper(
        title="BẢNG THANH TOÁN NHIÊN LIỆU",
        heading=party_heading(head, numbered=False),
        under_title=_under(months),
        landscape=True,
        blocks=(
            Table(_COLUMNS, lines, 10),
            Signatures(
                (
                    Signature("Lái xe" if len({row.vehicle_id for row in rows}) == 1 else "Người lập", head.preparer),
                    Signature("Kế toán", head.accountant),
                    Signature(head.position, head.head),
                ),
                signing_day(head),
            ),
        ),
    )


def _under(months: Sequence[str]) -> tuple[Words, ...]:
    if not months:
        return ()
    told = month_in_words(months[0])
    if len(months) > 1:
        told = f"từ {told} đến {month_in_words(months[-1])}"
    return (Words(_capital(told), bold=True),)


def _capital(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}"


def _line(place: int, row: FuelMonthRow) -> Line:
    return Line(
        (
            number(place),
            row.plate,
            number(row.km),
            number(row.unlogged_km or None),
            litres(row.norm_cl_per_100km),
            *map(litres, (row.norm_cl, row.opening_cl, row.received_cl, row.closing_cl, row.used_cl)),
            litres(row.difference_cl),
            number(row.paid_vnd),
            row.explanation or "",
        )
    )


def _sum(label: str, rows: Sequence[FuelMonthRow]) -> Line:
    """Sum what can be summed; what is in the tanks at the end of one month is there at the beginning of the next."""
    one_month = len({row.month for row in rows}) == 1
    opening, closing = sum(row.opening_cl for row in rows), sum(row.closing_cl for row in rows)
    return total(
        label,
        2,
        (
            number(sum(row.km for row in rows)),
            number(sum(row.unlogged_km for row in rows) or None),
            "",
            litres(sum(row.norm_cl for row in rows)),
            litres(opening) if one_month else "",
            litres(sum(row.received_cl for row in rows)),
            litres(closing) if one_month else "",
            litres(sum(row.used_cl for row in rows)),
            litres(sum(row.difference_cl for row in rows)),
            number(sum(row.paid_vnd for row in rows)),
            "",
        ),
    )
