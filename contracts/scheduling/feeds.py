"""The words of feeds: calendars that telephones and other programs follow by a secret address."""

from datetime import datetime
from typing import Annotated, ClassVar, Literal, TypeAlias

from pydantic import Field, StringConstraints

from contracts.base import Command, Event, ListQuery, Message, Page, Query, Refusal, Role, Row, Sha256, column
from contracts.scheduling.values import KEEPER, SERVICE, BookableId, PriorityClass, Reason, ShortLine, ThingKind

FeedId: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]
"""The id of the command that opened it."""
FeedDetail: TypeAlias = Literal["busy", "usual", "private"]
"""Chỉ báo bận; như lịch chung, lịch riêng chỉ báo bận; kể cả nội dung lịch riêng."""
FeedStatus: TypeAlias = Literal["confirmed", "tentative", "cancelled"]
FEED_OFFICE: frozenset[Role] = KEEPER | {"leader"}
"""Who opens and revokes the feeds of anybody and anything; everybody else those of their own calendar."""
SEES_PRIVATE_FEEDS: frozenset[Role] = frozenset({"leader", "clerk"})
"""Who may let a feed tell what the private bookings of others are for."""
FEED_OPENER: frozenset[Role] = Query.allowed

# --- commands -------------------------------------------------------------------------------------------------------


class OpenFeed(Command):
    """Let whoever has a secret address follow the calendar of a person, a room or a vehicle.

    The speaker draws the secret, 32 random bytes in base64url without padding (43 characters), keeps it, and says only
    the SHA-256 of these characters. The address is `/feeds/<secret>.ics`; nobody else can make it, for ever.
    """

    allowed: ClassVar[frozenset[Role]] = FEED_OPENER

    bookable_id: BookableId
    label: Annotated[ShortLine, Field(description="Who or what follows it, such as Điện thoại Chánh Văn phòng.")]
    detail: Annotated[
        FeedDetail,
        Field(
            description="busy: only when it is taken; usual: as everybody sees it; private: with what private bookings"
            " are for, which only those may say who see them anyway."
        ),
    ] = "usual"
    secret_sha256: Annotated[Sha256, Field(description="SHA-256 of the secret's 43 characters.")]


class RevokeFeed(Command):
    """Let nobody follow a feed any more; its address never works again."""

    allowed: ClassVar[frozenset[Role]] = FEED_OPENER

    feed_id: FeedId
    reason: Reason


# --- events ---------------------------------------------------------------------------------------------------------


class FeedOpened(Event):
    """Whoever has a secret address can follow a calendar from now on."""

    bookable_id: str
    name: Annotated[str, Field(description="What it was called then.")]
    label: str
    detail: FeedDetail
    secret_sha256: str
    account: Annotated[str | None, Field(description="Whose calendar it is, for people.")] = None
    opened_by: str


class FeedRevoked(Event):
    """Nobody can follow a feed any more."""

    reason: str


# --- rows and answers -----------------------------------------------------------------------------------------------


class FeedRow(Row):
    """A feed: whose calendar, for what, who opened it, and since when it is closed; never its address."""

    name: Annotated[str, column(1, "Lịch của")]
    label: Annotated[str, column(2, "Dùng cho")]
    detail: Annotated[FeedDetail, column(3, "Mức chi tiết")]
    opened_at: Annotated[datetime, column(4, "Mở lúc")]
    opened_by: Annotated[str, column(5, "Người mở")]
    revoked_at: Annotated[datetime | None, column(6, "Thu hồi lúc")]
    reason: Annotated[str | None, column(7, "Lý do thu hồi")]
    feed_id: str
    bookable_id: str


class FeedItem(Message):
    """A time for which a thing is, or was, taken, as a feed may show it.

    The same booking of the same thing keeps its `uid` through every change, and `changes` grows with each; a cancelled
    one is shown for a while, so that who follows the feed removes it.
    """

    uid: str
    booking_id: str
    starts_at: datetime
    ends_at: datetime
    status: FeedStatus
    changes: Annotated[int, Field(ge=0)]
    made_at: datetime
    changed_at: datetime
    title: Annotated[str | None, Field(description="None where only that it is taken is shown.")] = None
    holder: str | None = None
    contact: str | None = None
    place: str | None = None
    priority: PriorityClass | None = None
    private: bool = False


class FeedCalendar(Message):
    """What a feed shows: 60 days back and 400 ahead; nothing but that it is revoked once it is."""

    feed_id: str
    bookable_id: str
    name: str
    kind: ThingKind | None = None
    label: str
    revoked: bool
    items: tuple[FeedItem, ...] = ()


# --- queries --------------------------------------------------------------------------------------------------------


class ListFeeds(ListQuery):
    """Feeds by when they were opened: all of them for the office, one's own for everybody else."""

    answer = Page[FeedRow]

    bookable_id: BookableId | None = None
    revoked: Annotated[bool | None, Field(description="Both, open and revoked, when left out.")] = None
    sort: Literal["opened_at"] = "opened_at"


class GetFeedCalendar(Query):
    """What is shown to whoever has the secret with this SHA-256; asked by the console alone.

    Of several feeds of one secret the first counts, and all are revoked when one of them is.
    """

    allowed: ClassVar[frozenset[Role]] = SERVICE
    answer = FeedCalendar

    secret_sha256: Sha256


# --- refusals -------------------------------------------------------------------------------------------------------

FEED_UNKNOWN = Refusal(
    "feed-unknown",
    "Không có địa chỉ lịch này; đề nghị kiểm tra lại hoặc xin văn phòng cấp địa chỉ mới.",
    "There is no such feed; check it, or ask the office for a new address.",
)
FEED_NOT_YOURS = Refusal(
    "feed-not-yours",
    "Chỉ văn phòng, lãnh đạo hoặc chính người có lịch được mở và thu hồi địa chỉ lịch của {name}; đề nghị liên hệ văn "
    "phòng.",
    "Only the office, leaders and the person whose calendar it is open and revoke feeds of {name}; ask the office.",
)
FEED_PRIVATE_NOT_YOURS = Refusal(
    "feed-private-not-yours",
    "Chỉ lãnh đạo, văn thư hoặc chính người có lịch được mở địa chỉ lịch kèm nội dung lịch riêng; đề nghị chọn mức "
    "khác.",
    "Only leaders, clerks and the person whose calendar it is open feeds that tell private bookings; choose another "
    "detail.",
)

FEED_COMMANDS: tuple[type[Command], ...] = (OpenFeed, RevokeFeed)
FEED_EVENTS: tuple[type[Event], ...] = (FeedOpened, FeedRevoked)
FEED_QUERIES: tuple[type[Query], ...] = (ListFeeds, GetFeedCalendar)
