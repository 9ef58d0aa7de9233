"""The values of the weekly calendar: weeks, items, sessions of the day, who takes part, and how it is made known."""

from typing import Annotated, ClassVar, Literal, Self, TypeAlias

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from contracts.base import Command, Day, Message, OrganCode, Paragraph, Role
from contracts.organisation import SiteId
from contracts.scheduling.values import BookableId, Name, Note, ShortLine

WeekId: TypeAlias = Annotated[
    str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*-20[0-9]{2}-w[0-5][0-9]$", max_length=40)
]
"""`<calendar>-<year>-w<week>`, by the weeks of ISO 8601, such as tinh-uy-2026-w48."""
CalendarCode: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=30)]
"""Whose weekly calendar it is, such as tinh-uy, ubnd or hdnd."""
ItemId: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]
"""The id of the command that proposed or postponed it; an arranged item's booking has the same id."""
Clock: TypeAlias = Annotated[str, StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]
"""An hour by the office's clock."""
DaySession: TypeAlias = Literal["morning", "afternoon", "evening", "day"]
"""Sáng; chiều; tối; cả ngày."""
ItemKind: TypeAlias = Literal[
    "standing",
    "executive",
    "plenary",
    "briefing",
    "reception",
    "grassroots",
    "mission",
    "ceremony",
    "at_office",
    "meeting",
]
"""Họp Thường trực; họp Ban Thường vụ; họp Ban Chấp hành; giao ban; tiếp công dân; đi cơ sở; đi công tác; lễ, kỷ niệm;
làm việc tại cơ quan; cuộc họp khác."""
ItemStatus: TypeAlias = Literal[
    "proposed", "awaiting_opinion", "agreed", "arranged", "declined", "withdrawn", "cancelled", "postponed"
]
"""Đề xuất; chờ ý kiến Thường trực; Thường trực đồng ý; đã xếp lịch; không xếp; đã rút; hủy; hoãn sang tuần khác."""
WeekStatus: TypeAlias = Literal["open", "submitted", "published", "changed"]
"""Đang xếp; trình duyệt; đã ban hành; có thay đổi chưa được duyệt lại."""
InvitationMode: TypeAlias = Literal["calendar", "letter", "none"]
"""Lịch này thay giấy mời; có giấy mời riêng; không mời."""
Publicity: TypeAlias = Literal["public", "internal", "restricted"]
"""Công khai; nội bộ; hạn chế: chỉ người dự, lãnh đạo và văn phòng."""
ChangeKind: TypeAlias = Literal["added", "changed", "delegated", "cancelled"]
"""Bổ sung; thay đổi; ủy quyền; hủy hoặc hoãn."""

PROPOSER: frozenset[Role] = frozenset({"leader", "clerk", "board"})
"""Who proposes items, and changes or withdraws their own."""
ARRANGER: frozenset[Role] = frozenset({"leader", "clerk"})
"""The office: collects, arranges, submits."""
WEEK_APPROVER: frozenset[Role] = frozenset({"leader"})
"""Gives the standing committee's opinion, approves the week, arranges over what others have booked."""


class Participant(Message):
    """Somebody who takes part: one who can be booked, or anybody else by name."""

    thing: Annotated[BookableId | None, Field(description="A leader or staff; the name is then known.")] = None
    name: Annotated[Name | None, Field(description="Such as a guest, or a title: đồng chí Chủ tịch UBND xã.")] = None

    @model_validator(mode="after")
    def _somebody(self) -> Self:
        if (self.thing is None) == (self.name is None):
            raise PydanticCustomError("participant_shape", "must have either thing or name")
        return self


class ItemDetails(Message):
    """What an item of the week says: when, what, where, who, and how it is made known."""

    day: Day
    session: Annotated[DaySession | None, Field(description="Left out: that of the hour.")] = None
    starts: Annotated[Clock | None, Field(description="Left out: the whole session, and only it is printed.")] = None
    ends: Annotated[Clock | None, Field(description="Left out: after the usual length.")] = None
    content: Annotated[Paragraph, Field(min_length=3, max_length=1000)]
    kind: ItemKind = "meeting"
    chair: Participant | None = None
    attendees: Annotated[tuple[Participant, ...], Field(max_length=60)] = ()
    invited: Annotated[tuple[Name, ...], Field(max_length=60, description="Organs and units, in words.")] = ()
    boards: Annotated[
        tuple[OrganCode, ...], Field(max_length=60, description="Boards it concerns; told when it changes.")
    ] = ()
    accompanying: Annotated[
        tuple[Participant, ...], Field(max_length=10, description="Lãnh đạo Văn phòng, chuyên viên cùng đi, phục vụ.")
    ] = ()
    room: Annotated[BookableId | None, Field(description="A room or hall of the office.")] = None
    place: Annotated[ShortLine | None, Field(description="In words, where it is no room of the office.")] = None
    site_id: SiteId | None = None
    vehicles: Annotated[tuple[BookableId, ...], Field(max_length=10)] = ()
    preparing: Annotated[Name | None, Field(description="Who prepares the papers (cơ quan chuẩn bị).")] = None
    documents: Annotated[tuple[ShortLine, ...], Field(max_length=20, description="Numbers of papers it rests on.")] = ()
    invitation: InvitationMode = "calendar"
    publicity: Publicity = "internal"
    contact: Annotated[ShortLine | None, Field(description="Who is asked about it, and how they are reached.")] = None
    note: Note | None = None


class WeekCommand(Command):
    """A wish about one week of one calendar."""

    allowed: ClassVar[frozenset[Role]] = ARRANGER

    week_id: WeekId


class ItemCommand(WeekCommand):
    """A wish about one item of a week."""

    item_id: ItemId
