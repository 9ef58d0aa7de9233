"""The values of scheduling: things that can be booked, moments, priorities, and who may say what."""

from datetime import datetime
from typing import Annotated, ClassVar, Literal, Self, TypeAlias

from pydantic import AfterValidator, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from contracts.base import Command, Day, Instant, Line, Message, OrganCode, Paragraph, Role


def _on_the_minute(moment: datetime) -> datetime:
    if moment.second or moment.microsecond:
        sentences = {
            "vi": "Chỉ ghi giờ và phút, không ghi giây lẻ.",
            "en": "It must be a whole minute, without seconds.",
        }
        raise PydanticCustomError("not_on_the_minute", "must be a whole minute", sentences)
    if not 2000 <= moment.year <= 2099:
        sentences = {"vi": "Thời điểm phải từ năm 2000 đến năm 2099.", "en": "It must lie between 2000 and 2099."}
        raise PydanticCustomError("far_moment", "must lie between the years 2000 and 2099", sentences)
    return moment


BookableId: TypeAlias = Annotated[str, StringConstraints(pattern=r"^(person|asset|own)-[a-z0-9-]{1,60}$")]
"""`person-<person id>`, `asset-<asset id>`, or `own-<token>` for what is in no other register, such as a hired car.

What a thing is (a room, a hall; staff, a leader) can change, so its id does not say it.
"""
BookingId: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}(-[0-9]{1,3})?$")]
"""Its command's id, or that of its series, a hyphen and the number of the occurrence."""
SeriesId: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]
Moment: TypeAlias = Annotated[Instant, AfterValidator(_on_the_minute)]
"""A whole minute; what is booked goes from one, included, to another, excluded."""
Minutes: TypeAlias = Annotated[int, Field(ge=0, le=1440)]
Name: TypeAlias = Annotated[Line, Field(max_length=200)]
ShortLine: TypeAlias = Annotated[Line, Field(max_length=100)]
Note: TypeAlias = Annotated[Paragraph, Field(max_length=1000)]
Reason: TypeAlias = Annotated[Paragraph, Field(min_length=3, max_length=500)]
Things: TypeAlias = Annotated[tuple[BookableId, ...], Field(max_length=120)]
ThingKind: TypeAlias = Literal["leader", "staff", "room", "hall", "vehicle", "driver"]
"""Lãnh đạo; cán bộ, chuyên viên; phòng họp, phòng khách, phòng tiếp công dân; hội trường; xe; lái xe."""
TypeCode: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=40)]
"""What may stand in for each other, such as car-7, room-meeting or hall."""
PriorityClass: TypeAlias = Literal["standing", "committee", "board", "division"]
"""Thường trực; Ban Thường vụ; ban, cơ quan; phòng (highest first)."""
ValidityKind: TypeAlias = Literal["licence", "inspection", "insurance", "other"]
"""Giấy phép lái xe; đăng kiểm; bảo hiểm bắt buộc; khác."""
BookingStatus: TypeAlias = Literal[
    "held", "pending", "booked", "waitlisted", "checked_in", "displaced", "cancelled", "rejected", "released"
]
"""Giữ chỗ; chờ duyệt; đã đặt; chờ chỗ trống; đã nhận chỗ; bị thay thế; đã hủy; không duyệt; đã trả chỗ."""
ReleaseCause: TypeAlias = Literal["hold_expired", "not_approved_in_time", "not_confirmed", "no_show", "never_free"]
"""Hết thời gian giữ chỗ; quá hạn duyệt; không xác nhận lại; không đến; chờ đến giờ vẫn không có chỗ."""
OnConflict: TypeAlias = Literal["skip", "fail", "next_free"]
OccurrenceState: TypeAlias = Literal["booked", "skipped", "dropped"]
"""Đã đặt; bỏ qua vì trùng lịch hoặc theo yêu cầu; không còn (đã hủy hoặc trả chỗ)."""
Scope: TypeAlias = Literal["this", "following", "all"]

LONGEST_MINUTES = 28 * 1440
"""No booking is longer, whatever the office's limit; a change of what stands near is sought no farther away."""

BOOKER: frozenset[Role] = frozenset({"leader", "clerk", "board"})
"""Who books, moves, confirms and cancels."""
KEEPER: frozenset[Role] = frozenset({"clerk", "administrator"})
"""Who keeps what can be booked: its hours, buffers, blockings and papers."""
APPROVER: frozenset[Role] = frozenset({"leader", "clerk"})
OVERRIDER: frozenset[Role] = frozenset({"leader"})
SERVICE: frozenset[Role] = frozenset({"service"})


class Want(Message):
    """One thing that is wanted: exactly this one, or the first free of several (any 7-seat car)."""

    of: Annotated[tuple[BookableId, ...], Field(min_length=1, max_length=20)]
    label: Annotated[ShortLine | None, Field(description="What any of them is, such as xe 7 chỗ.")] = None


class Period(Message):
    """A time from its start, included, to its end, excluded."""

    starts_at: Moment
    ends_at: Moment

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> Self:
        if self.ends_at <= self.starts_at:
            sentences = {"vi": "Giờ kết thúc phải sau giờ bắt đầu.", "en": "The end must be after the beginning."}
            raise PydanticCustomError("ends_before_it_begins", "must end after it begins", sentences)
        return self


class SeenBooking(Period):
    """A booking as the speaker saw it: its time and its things; who names others is told to look again.

    `things` are those it holds and those it lost to others; while there are none (waitlisted, or pending without
    blocking), all that it wants.
    """

    things: Things


class Hours(Message):
    """When a thing can be used on a day of the week, by the office's clock."""

    weekday: Annotated[int, Field(ge=1, le=7, description="1 is Monday.")]
    opens: Annotated[str, StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]
    closes: Annotated[str, StringConstraints(pattern=r"^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$")]


class ApprovalStep(Message):
    """One yes that a booking needs: of somebody with this role, of one board where that is named."""

    role: Role
    board: OrganCode | None = None


class Terms(Message):
    """On what terms a thing can be booked."""

    hours: Annotated[tuple[Hours, ...], Field(max_length=28, description="At any time when empty.")] = ()
    closed_on_days_off: Annotated[
        bool, Field(description="Not on public holidays; weekends are a matter of hours.")
    ] = False
    preparation_minutes: Annotated[int, Field(ge=0, le=1440, description="Before each use.")] = 0
    cleaning_minutes: Annotated[int, Field(ge=0, le=1200, description="After each use.")] = 0
    travel_inside_minutes: Annotated[int, Field(ge=0, le=240, description="Between two places of a site.")] = 0
    travel_between_minutes: Annotated[int, Field(ge=0, le=240, description="Between two sites.")] = 0
    approval: Annotated[tuple[ApprovalStep, ...], Field(max_length=4)] = ()
    pending_blocks: Annotated[bool, Field(description="Whether a booking blocks while it waits for approval.")] = True
    check_in: Annotated[bool, Field(description="Whether it is released when nobody checks in.")] = False
    roles: Annotated[tuple[Role, ...], Field(max_length=8, description="Who may book it; all bookers when empty.")] = ()
    boards: Annotated[tuple[OrganCode, ...], Field(max_length=50, description="Whose it is; all when empty.")] = ()
    least_priority: Annotated[PriorityClass, Field(description="For bookings of this class or a higher one.")] = (
        "division"
    )


class Blocking(Message):
    """A time in which a thing cannot be booked, but by those excepted."""

    blocking_id: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]
    starts_at: Moment
    ends_at: Moment
    reason: Reason
    except_boards: Annotated[tuple[OrganCode, ...], Field(max_length=20)] = ()


class Validity(Message):
    """A paper without which a thing cannot be used, and the last day it holds."""

    kind: ValidityKind
    last_day: Day


class BookableCommand(Command):
    """A wish about one thing that can be booked."""

    allowed: ClassVar[frozenset[Role]] = KEEPER

    bookable_id: BookableId


class BookingCommand(Command):
    """A wish about one booking, as the speaker saw it."""

    allowed: ClassVar[frozenset[Role]] = BOOKER

    booking_id: BookingId
    seen: SeenBooking
