"""The roster of a day: who is in which post of which unit."""

from collections.abc import Sequence
from datetime import date
from itertools import count, groupby

from contracts.organisation import RosterRow
from services.console.papers.letterhead import Letterhead, party_heading, signing_day
from services.console.papers.paper import Column, Line, Paper, Signature, Signatures, Table, Words
from services.console.papers.writing import day, number, said

_COLUMNS = (
    Column("Số TT", 0.6, "center"),
    Column("Họ và tên", 2.4),
    Column("Ngày sinh", 1.3, "center"),
    Column("Chức vụ, vị trí việc làm", 3),
    Column("Loại biên chế", 1.8),
    Column("Hình thức", 1.3),
    Column("Từ ngày", 1.3, "center"),
    Column("Đến hết ngày", 1.3, "center"),
    Column("Số quyết định", 1.8),
    Column("Trình độ", 1.8),
    Column("Ghi chú", 1.6),
)


def compose(rows: Sequence[RosterRow], on: date | None, head: Letterhead) -> Paper:
    """Return the roster, unit by unit in the rows' order; somebody with two posts stands twice and counts once."""
    lines: list[Line] = []
    numbers = count(1)
    for unit, staffed in groupby(rows, key=lambda row: row.unit_name):
        members = list(staffed)
        people = len({row.person_id for row in members})
        lines.append(Line((f"{unit} ({number(people)} người)",), bold=True, span=len(_COLUMNS)))
        lines += [_line(next(numbers), row) for row in members]
    everybody = number(len({row.person_id for row in rows}))
    lines.append(Line((f"Tổng cộng: {everybody} người",), bold=True, span=len(_COLUMNS)))
    return Paper(
        title="DANH SÁCH CÁN BỘ, CÔNG CHỨC, VIÊN CHỨC, NGƯỜI LAO ĐỘNG",
        heading=party_heading(head),
        under_title=(Words(f"Tính đến ngày {day(on)}", italic=True),) if on else (),
        blocks=(
            Table(_COLUMNS, lines, 10),
            Signatures(
                (
                    Signature("Người lập danh sách", head.preparer),
                    Signature(head.position, head.head, "(Ký, họ tên, đóng dấu)"),
                ),
                signing_day(head),
            ),
        ),
        landscape=True,
    )


def _line(place: int, row: RosterRow) -> Line:
    return Line(
        (
            number(place),
            row.name,
            day(row.born_on),
            row.post_title,
            said("headcount", row.headcount),
            said("kind", row.kind),
            day(row.since),
            day(row.until),
            row.decision_number,
            row.education or "",
            row.remarks or "",
        )
    )
