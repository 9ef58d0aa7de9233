"""The rows and answers scheduling shows of weeks and their items."""

from datetime import date, datetime
from typing import Annotated

from pydantic import Field

from contracts.base import Message, Row, column
from contracts.scheduling.values import SeenBooking
from contracts.scheduling.weekly.events import Named, WeekChange
from contracts.scheduling.weekly.values import (
    ChangeKind,
    DaySession,
    InvitationMode,
    ItemKind,
    ItemStatus,
    Publicity,
    WeekStatus,
)


class WeekItemRow(Row):
    """An item of a week in the layout of the calendar; what is restricted is not shown to those it does not concern."""

    day: Annotated[date, column(1, "Ngày")]
    session: Annotated[DaySession, column(2, "Buổi")]
    starts_at: Annotated[datetime, column(3, "Từ")]
    ends_at: Annotated[datetime, column(4, "Đến")]
    content: Annotated[str, column(5, "Nội dung")]
    place: Annotated[str | None, column(6, "Địa điểm")]
    chair: Annotated[str | None, column(7, "Chủ trì")]
    taking_part: Annotated[str, column(8, "Thành phần"), Field(description="Attendees and invited, in words.")]
    preparing: Annotated[str | None, column(9, "Cơ quan chuẩn bị")]
    accompanying_names: Annotated[str, column(10, "Lãnh đạo Văn phòng, chuyên viên cùng đi")]
    status: Annotated[ItemStatus, column(11, "Trạng thái")]
    board: Annotated[str | None, column(12, "Đơn vị đề xuất")]
    timed: bool
    kind: ItemKind
    chair_named: Named | None
    attendees: tuple[Named, ...]
    invited: tuple[str, ...]
    boards: tuple[str, ...]
    accompanying: tuple[Named, ...]
    vehicles: tuple[Named, ...]
    room: str | None
    site_id: str | None
    site_name: str | None
    documents: tuple[str, ...]
    invitation: InvitationMode
    publicity: Publicity
    contact: str | None
    note: str | None
    item_id: str
    week_id: str
    proposed_by: str
    needs_opinion: bool
    late: bool
    reason: Annotated[str | None, Field(description="Why it was declined, cancelled, postponed or changed.")]
    holds: Annotated[
        SeenBooking | None,
        Field(
            description="Of an arranged item, as `seen` of a command about it; its time also where it holds nothing."
        ),
    ]
    changed: Annotated[ChangeKind | None, Field(description="Since the last published version.")]


class Acknowledgement(Message):
    """Who has read a version, and when."""

    version: int
    by: str
    by_name: str
    board: str | None
    at: datetime


class WeekVersion(Message):
    """A published version of a week."""

    version: int
    published_at: datetime
    by_name: str
    note: str | None
    item_count: int
    change_count: int


class WeekView(Row):
    """A week: as it stands now, or as one of its versions was published."""

    week_id: str
    calendar: str
    year: int
    week: int
    from_day: date
    to_day: date
    status: WeekStatus
    version: Annotated[int, Field(description="The last one published, or the one asked for; 0 before the first.")]
    revision: Annotated[int, Field(description="What ApproveWeek names.")]
    returned: Annotated[str | None, Field(description="Why it was given back, until it is submitted again.")]
    approved_by: str | None
    published_at: datetime | None
    items: tuple[WeekItemRow, ...]
    changes: Annotated[tuple[WeekChange, ...], Field(description="Of the version, against the one before.")]
    versions: tuple[WeekVersion, ...]
    acknowledged: tuple[Acknowledgement, ...]
    holidays: Annotated[tuple[str, ...], Field(description="Days off in the week: 2027-01-01 Tết Dương lịch.")]


class WeekRow(Row):
    """A week of a calendar."""

    calendar: Annotated[str, column(1, "Lịch của")]
    year: Annotated[int, column(2, "Năm")]
    week: Annotated[int, column(3, "Tuần")]
    from_day: Annotated[date, column(4, "Từ ngày")]
    to_day: Annotated[date, column(5, "Đến ngày")]
    status: Annotated[WeekStatus, column(6, "Trạng thái")]
    version: Annotated[int, column(7, "Bản số")]
    arranged: Annotated[int, column(8, "Số việc đã xếp")]
    undecided: Annotated[int, column(9, "Đề xuất chưa xử lý")]
    published_at: Annotated[datetime | None, column(10, "Ban hành lúc")]
    week_id: str


class WeekChangeRow(Row):
    """What a version changed, for one whom it affects."""

    day: Annotated[date, column(1, "Ngày")]
    content: Annotated[str, column(2, "Nội dung")]
    change: Annotated[ChangeKind, column(3, "Thay đổi")]
    told: Annotated[str, column(4, "Thay đổi cụ thể"), Field(description="In Vietnamese: giờ 08:00 → 14:00; ...")]
    told_en: str
    reason: Annotated[str | None, column(5, "Lý do")]
    version: Annotated[int, column(6, "Bản số")]
    published_at: Annotated[datetime, column(7, "Ban hành lúc")]
    week_id: str
    item_id: str
    publicity: Annotated[Publicity, Field(description="The narrower of what it was before and after.")]
    things: tuple[str, ...]
    boards: tuple[str, ...]
    acknowledged: Annotated[bool, Field(description="Whether the speaker has said to have read this version.")]
