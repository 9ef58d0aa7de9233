"""The report of how boards' requests for cars fared (báo cáo sử dụng xe theo ban, đơn vị)."""

from collections.abc import Sequence

from contracts.scheduling.vehicles import BoardFairnessRow, ListBoardFairness
from services.console.papers.letterhead import Letterhead, party_heading
from services.console.papers.paper import Column, Line, Paper, Paragraph, Signature, Signatures, Table, Words, total
from services.console.papers.writing import day, number

_REQUESTS, _USED, _WAITED = "Đề nghị sử dụng xe", "Quãng đường", "Chờ được bố trí xe (phút)"
_COLUMNS = (
    Column("Số TT", 0.6, "center"),
    Column("Ban, đơn vị", 3.6),
    Column("Tổng số", 1, "right", _REQUESTS),
    Column("Được bố trí", 1, "right", _REQUESTS),
    Column("Đang chờ", 1, "right", _REQUESTS),
    Column("Không duyệt", 1, "right", _REQUESTS),
    Column("Tự hủy", 1, "right", _REQUESTS),
    Column("Tỷ lệ đáp ứng (%)", 1.2, "right"),
    Column("Đi ghép", 0.9, "right"),
    Column("Số km", 1.2, "right", _USED),
    Column("Tỷ trọng (%)", 1.1, "right", _USED),
    Column("Trung vị", 1.1, "right", _WAITED),
    Column("Lâu nhất", 1.1, "right", _WAITED),
)


def compose(rows: Sequence[BoardFairnessRow], asked: ListBoardFairness, head: Letterhead) -> Paper:
    """Return the report of the days asked for, every board beside the others, in the rows' order."""
    lines = [_line(place, row) for place, row in enumerate(rows, 1)]
    answered = sum(row.granted + row.waiting + row.declined for row in rows)
    granted, requests = sum(row.granted for row in rows), sum(row.requests for row in rows)
    counted = [sum(getattr(row, name) for row in rows) for name in ("waiting", "declined", "cancelled")]
    share = number(round(100 * granted / answered)) if answered else ""
    km = sum(row.km for row in rows)
    sums = (number(requests), number(granted), *map(number, counted), share)
    rest = (number(sum(row.shared for row in rows)), number(km), "100" if km else "", "", "")
    return Paper(
        title="BÁO CÁO SỬ DỤNG XE CỦA CÁC BAN, ĐƠN VỊ",
        heading=party_heading(head),
        under_title=(Words(f"Từ ngày {day(asked.from_day)} đến ngày {day(asked.to_day)}", bold=True),),
        landscape=True,
        blocks=(
            Table(_COLUMNS, [*lines, total("Cộng", 2, (*sums, *rest))], 10.5),
            Paragraph("Tỷ lệ đáp ứng tính trên số đề nghị mà đơn vị không tự hủy.", italic=True),
            Signatures((Signature("Người lập báo cáo", head.preparer), Signature(head.position, head.head))),
        ),
    )


def _line(place: int, row: BoardFairnessRow) -> Line:
    names = ("requests", "granted", "waiting", "declined", "cancelled", "granted_per_hundred", "shared", "km")
    waits = ("km_per_hundred", "median_wait_minutes", "longest_wait_minutes")
    counted = [number(getattr(row, name)) for name in (*names, *waits)]
    return Line((number(place), row.board_name or row.board_id.upper(), *counted))
