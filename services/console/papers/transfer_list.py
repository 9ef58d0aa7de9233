"""The list of people that goes with a transfer decision, with its totals by source and by target."""

from collections.abc import Sequence

from contracts.organisation import TransferLineRow, TransferTotal, TransferView
from services.console.papers.letterhead import Letterhead, party_heading, signing_day
from services.console.papers.paper import Column, Line, Paper, Paragraph, Signature, Signatures, Table, Words, total
from services.console.papers.writing import day, number, said

_COLUMNS = (
    Column("Số TT", 0.6, "center"),
    Column("Họ và tên", 2.4),
    Column("Loại biên chế", 1.7),
    Column("Vị trí việc làm", 2.6, group="Trước điều động"),
    Column("Đơn vị", 2.6, group="Trước điều động"),
    Column("Vị trí việc làm", 2.6, group="Sau điều động"),
    Column("Đơn vị", 2.6, group="Sau điều động"),
    Column("Ghi chú", 1.2),
)
_TOTALS = (Column("Số TT", 0.5, "center"), Column("Đơn vị", 5), Column("Số người", 1, "right"))


def compose(view: TransferView, lines: Sequence[TransferLineRow], head: Letterhead) -> Paper:
    """Return the paper of one transfer: everybody on it in the order of the list, and both totals."""
    transfer = view.transfer
    decision = (
        f"Kèm theo Quyết định số {transfer.decision_number} ngày {day(transfer.decision_issued_on)} "
        f"của {transfer.decision_issuer}"
    )
    people = Table(_COLUMNS, [*map(_line, lines), total("Cộng", 2, (f"{number(len(lines))} người", *[""] * 5))], 10.5)
    return Paper(
        title="DANH SÁCH ĐIỀU ĐỘNG, BỐ TRÍ NHÂN SỰ",
        heading=party_heading(head),
        under_title=(
            Words(transfer.title, bold=True),
            Words(f"({decision}; thực hiện từ ngày {day(transfer.effective_on)})", italic=True),
        ),
        blocks=(
            people,
            Paragraph("Tổng hợp theo đơn vị chuyển đi", bold=True),
            _totals(view.sources, "Chưa giữ vị trí nào"),
            Paragraph("Tổng hợp theo đơn vị tiếp nhận", bold=True),
            _totals(view.targets, ""),
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


def _line(row: TransferLineRow) -> Line:
    return Line(
        (
            number(row.place),
            row.name,
            said("headcount", row.headcount),
            row.from_post_title or "",
            row.from_unit_name or "",
            row.to_post_title,
            row.to_unit_name,
            "",
        )
    )


def _totals(totals: Sequence[TransferTotal], nowhere: str) -> Table:
    lines = [Line((str(n), one.unit_name or nowhere, number(one.people))) for n, one in enumerate(totals, 1)]
    return Table(_TOTALS, [*lines, total("Cộng", 2, (number(sum(one.people for one in totals)),))], 10.5)
