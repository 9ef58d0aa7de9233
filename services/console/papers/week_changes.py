"""The notice of what a version of the weekly calendar changed (thông báo thay đổi lịch công tác)."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from contracts.scheduling.weekly import ListWeekChanges, WeekChangeRow
from services.console.papers.letterhead import party_heading, state_heading
from services.console.papers.paper import Block, Column, Line, Paper, Paragraph, Table, Words
from services.console.papers.week import WeekLetterhead, ending
from services.console.papers.week_words import SHOWN, capital
from services.console.papers.writing import day, number, said

_HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
_COLUMNS = (
    Column("TT", 0.5, "center"),
    Column("Ngày", 1.1, "center"),
    Column("Nội dung công việc", 3.4),
    Column("Hình thức", 1.1, "center"),
    Column("Thay đổi cụ thể", 3.4),
    Column("Lý do", 1.8),
)


def compose(rows: Sequence[WeekChangeRow], query: ListWeekChanges, head: WeekLetterhead) -> Paper:
    """Return the notice of the last version among the changes a query lists, day by day, for its audience.

    A week that was never changed has a notice that says so.
    """
    week = query.week_id or max((row.week_id for row in rows), default=None)
    of_week = [row for row in rows if row.week_id == week and row.publicity in SHOWN[head.audience]]
    version = max((row.version for row in of_week), default=0)
    told = sorted((row for row in of_week if row.version == version), key=lambda row: (row.day, row.content))
    heading = state_heading if head.heading == "state" else party_heading
    if told and head.dated is None:
        head = head.model_copy(update={"dated": told[0].published_at.astimezone(_HANOI).date()})
    return Paper(
        title="THÔNG BÁO THAY ĐỔI LỊCH CÔNG TÁC",
        heading=heading(head),
        under_title=(Words(_week_words(week, version), bold=True),),
        blocks=(*_blocks(told), ending(head)),
        landscape=True,
    )


def _week_words(week: str | None, version: int) -> str:
    if week is None:
        return "(không có thay đổi)"
    _, year, number_of = week.rsplit("-", 2)
    return f"Tuần {number_of[1:]}/{year}" + (f" - bản số {version}" if version else "")


def _blocks(rows: Sequence[WeekChangeRow]) -> tuple[Block, ...]:
    if not rows:
        return (Paragraph("Lịch công tác không có thay đổi so với bản đã ban hành."),)
    return (
        Paragraph("Lịch công tác đã ban hành có các thay đổi, bổ sung sau đây:"),
        Table(_COLUMNS, [_line(place, row) for place, row in enumerate(rows, 1)], 11.5),
        Paragraph("Các nội dung khác thực hiện theo lịch đã ban hành.", indent=True),
    )


def _line(place: int, row: WeekChangeRow) -> Line:
    return Line(
        (number(place), day(row.day), row.content, said("change", row.change), capital(row.told), row.reason or "")
    )
