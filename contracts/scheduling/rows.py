"""The rows and answers scheduling shows of things, bookings and series."""

from datetime import date, datetime
from typing import Annotated

from pydantic import Field

from contracts.base import Message, Row, column
from contracts.scheduling.events import Occurrence
from contracts.scheduling.values import (
    ApprovalStep,
    Blocking,
    BookingStatus,
    PriorityClass,
    ReleaseCause,
    SeenBooking,
    Terms,
    ThingKind,
    Validity,
    Want,
)


class BookableRow(Row):
    """A person or thing that can be booked, with its terms and what stands against booking it."""

    name: Annotated[str, column(1, "Tên")]
    kind: Annotated[ThingKind, column(2, "Nhóm")]
    type: Annotated[str, column(3, "Loại")]
    place: Annotated[str | None, column(4, "Nơi đặt")]
    seats: Annotated[int | None, column(5, "Số chỗ")]
    equipment: Annotated[tuple[str, ...], column(6, "Trang thiết bị")]
    contact: Annotated[str | None, column(7, "Liên hệ")]
    retired: Annotated[str | None, column(8, "Lý do ngừng sử dụng")]
    site_name: Annotated[str | None, column(9, "Trụ sở")] = None
    bookable_id: str
    site_id: str | None
    account: str | None
    board: str | None
    terms: Terms
    blockings: tuple[Blocking, ...]
    valid: tuple[Validity, ...]


class BusyRow(Row):
    """A time for which a thing is taken; what for is shown to those who may see it, and that it is taken to all."""

    bookable_id: str
    booking_id: str
    starts_at: Annotated[datetime, column(1, "Từ")]
    ends_at: Annotated[datetime, column(2, "Đến")]
    title: Annotated[str | None, column(3, "Nội dung"), Field(description="None for a private booking of others.")] = (
        None
    )
    holder: Annotated[str | None, column(4, "Người đặt")] = None
    contact: Annotated[str | None, column(5, "Liên hệ")] = None
    place: Annotated[str | None, column(6, "Địa điểm")] = None
    priority: Annotated[PriorityClass, column(7, "Mức ưu tiên")]
    tentative: bool
    overriding: bool
    private: bool


class BoardThing(Row):
    """A line of the board: a thing, and the times it cannot be booked."""

    bookable_id: str
    name: str
    kind: ThingKind
    type: str
    site_id: str | None
    site_name: str | None = None
    seats: int | None
    contact: str | None
    blockings: tuple[Blocking, ...]
    last_day: Annotated[date | None, Field(description="The first last day of its papers.")] = None


class Board(Message):
    """Things side by side over some days, with all that is taken of them."""

    from_day: date
    to_day: date
    things: tuple[BoardThing, ...]
    slots: tuple[BusyRow, ...]


class FreePeriod(Message):
    """A time in which a thing can be booked, buffers counted."""

    starts_at: datetime
    ends_at: datetime


class FreeThingRow(Row):
    """A thing that is free for a time, or for part of it."""

    name: Annotated[str, column(1, "Tên")]
    kind: Annotated[ThingKind, column(2, "Nhóm")]
    seats: Annotated[int | None, column(3, "Số chỗ")]
    free: Annotated[bool, column(4, "Trống cả khoảng")]
    bookable_id: str
    type: str
    site_id: str | None
    periods: Annotated[tuple[FreePeriod, ...], Field(description="When it is free within the time asked for.")]


class Alternatives(Message):
    """What could be booked instead: another thing of the type, another time, a shorter one; three of each at most."""

    things: tuple[FreeThingRow, ...]
    times: tuple[FreePeriod, ...]
    shorter: tuple[FreePeriod, ...]
    held_by: tuple[BusyRow, ...]


class BookingRow(Row):
    """A booking as it stands."""

    starts_at: Annotated[datetime, column(1, "Từ")]
    ends_at: Annotated[datetime, column(2, "Đến")]
    title: Annotated[str | None, column(3, "Nội dung")]
    thing_names: Annotated[tuple[str, ...], column(4, "Người, phòng, xe")]
    place: Annotated[str | None, column(5, "Địa điểm")]
    holder: Annotated[str | None, column(6, "Người đặt")]
    contact: Annotated[str | None, column(7, "Liên hệ")]
    board: Annotated[str | None, column(8, "Đơn vị")]
    priority: Annotated[PriorityClass, column(9, "Mức ưu tiên")]
    status: Annotated[BookingStatus, column(10, "Trạng thái")]
    document_number: Annotated[str | None, column(11, "Văn bản số")]
    attendees: Annotated[int | None, column(12, "Số người dự")]
    services: Annotated[tuple[str, ...], column(13, "Phục vụ")]
    note: Annotated[str | None, column(14, "Ghi chú")]
    site_name: Annotated[str | None, column(15, "Trụ sở")] = None
    booking_id: str
    things: tuple[str, ...]
    lost: Annotated[tuple[str, ...], Field(description="What others took by authority; it waits to have them back.")]
    wants: tuple[Want, ...]
    seen: Annotated[SeenBooking, Field(description="As a command about it has to name it.")]
    site_id: str | None
    private: bool
    booked_by: str
    series_id: str | None
    approval: tuple[ApprovalStep, ...]
    approvals: Annotated[int, Field(description="How many of them were given.")]
    until: Annotated[datetime | None, Field(description="The end of a hold, or of the wait for approval.")]
    confirm_by: datetime | None
    release_at: datetime | None
    confirmed: bool
    cause: ReleaseCause | None
    override_reason: str | None
    reason: Annotated[str | None, Field(description="Why it was cancelled, not approved, moved or displaced.")]
    waiting_since: datetime | None
    requested_at: datetime
    week_id: Annotated[str | None, Field(description="The weekly calendar it is an item of; changed there.")] = None


class BookingHistoryRow(Row):
    """A fact of one booking."""

    recorded_at: Annotated[datetime, column(1, "Thời điểm")]
    recorded_by: Annotated[str, column(2, "Người thực hiện")]
    type: Annotated[str, column(3, "Việc")]
    starts_at: Annotated[datetime | None, column(4, "Từ")] = None
    ends_at: Annotated[datetime | None, column(5, "Đến")] = None
    thing_names: Annotated[tuple[str, ...], column(6, "Người, phòng, xe")] = ()
    reason: Annotated[str | None, column(7, "Lý do")] = None
    position: int


class BookingView(Message):
    """One booking with its history; `turn` is its place on the waiting list, 1 for the next."""

    booking: BookingRow
    history: tuple[BookingHistoryRow, ...]
    turn: int | None = None


class SeriesView(Message):
    """One series with every one of its times, and its bookings as they stand."""

    series_id: str
    title: str | None
    every: str
    interval: int
    reconfirm: bool
    wants: tuple[Want, ...]
    occurrences: tuple[Occurrence, ...]
    bookings: tuple[BookingRow, ...]


class UsageRow(Row):
    """How much a thing was used in some days; `by_hour` are minutes for each hour of the day, from midnight."""

    name: Annotated[str, column(1, "Tên")]
    kind: Annotated[ThingKind, column(2, "Nhóm")]
    bookings: Annotated[int, column(3, "Số lịch")]
    minutes: Annotated[int, column(4, "Số phút đã dùng")]
    share_percent: Annotated[int, column(5, "Tỷ lệ trong giờ làm việc (%)")]
    no_shows: Annotated[int, column(6, "Không đến")]
    cancelled: Annotated[int, column(7, "Đã hủy")]
    bookable_id: str
    by_hour: tuple[int, ...]
