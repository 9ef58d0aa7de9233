"""What scheduling records of things, calendars, bookings and series."""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import Field

from contracts.base import Event, Message, Notice
from contracts.scheduling.values import (
    ApprovalStep,
    Blocking,
    OccurrenceState,
    PriorityClass,
    ReleaseCause,
    Scope,
    Terms,
    ThingKind,
    ValidityKind,
    Want,
)

# --- events: things that can be booked ------------------------------------------------------------------------------


class BookableFacts(Message):
    """What is known of a thing that can be booked, as it stands."""

    kind: ThingKind
    type: Annotated[str, Field(description="What may stand in for each other, such as car-7.")]
    name: str
    site_id: str | None = None
    place: Annotated[str | None, Field(description="The room, or what a room is found by.")] = None
    seats: int | None = None
    equipment: tuple[str, ...] = ()
    contact: Annotated[str | None, Field(description="Who is asked about it, and how they are reached.")] = None
    account: Annotated[str | None, Field(description="Whose calendar it is, for people.")] = None
    board: Annotated[str | None, Field(description="The board it belongs to.")] = None


class BookableMade(BookableFacts, Event):
    """A person or a thing can be booked from now on."""

    terms: Terms
    version: Annotated[int, Field(description="Of what a booking of it depends on.")] = 1


class BookableDescribed(BookableFacts, Event):
    """What is known of a thing changed."""

    version: int


class TermsSet(Event):
    """A thing can be booked on other terms from now on."""

    terms: Terms
    version: int


class ThingBlocked(Blocking, Event):
    """A thing cannot be booked for a time, but by those excepted; what was booked before stays."""

    version: int


class ThingUnblocked(Event):
    """A blocking ended before its time."""

    blocking_id: str
    reason: str
    version: int


class ValidityRecorded(Event):
    """A paper of a thing holds until a day; after it the thing cannot be booked."""

    validity: ValidityKind
    last_day: date
    version: int


class PostTakenUp(Event):
    """A person who can be booked took up a post."""

    post_id: str
    title: str
    leading: bool


class PostGivenUp(Event):
    """A person who can be booked no longer holds a post."""

    post_id: str


class BookableRetired(Event):
    """A thing can be booked no longer; what was booked before stays."""

    reason: str
    version: int


class BookableRestored(Event):
    """A thing can be booked again."""

    version: int


# --- events: calendars ----------------------------------------------------------------------------------------------


class SlotTaken(Event):
    """A thing is taken for a time; said in every month whose bookings this one could meet."""

    booking_id: str
    starts_at: datetime
    ends_at: datetime
    before_minutes: int = 0
    after_minutes: int = 0
    site_id: str | None = None
    place: str | None = None
    priority: PriorityClass
    title: str
    private: bool = False
    holder: str
    contact: str
    board: str | None = None
    booked_by: str
    tentative: Annotated[bool, Field(description="Held or waiting for approval.")] = False
    overriding: Annotated[bool, Field(description="It took the place of others.")] = False


class NextInLine(Message):
    """A booking that waits for what was released."""

    booking_id: str
    things: tuple[str, ...]
    starts_at: datetime
    ends_at: datetime


class SlotReleased(Event):
    """A thing is free again for a time; who waits for it is named in the order of their turn."""

    booking_id: str
    starts_at: datetime
    ends_at: datetime
    next: tuple[NextInLine, ...] = ()


class SlotAwaited(Event):
    """A booking waits for a thing to be released."""

    booking_id: str
    things: tuple[str, ...]
    starts_at: datetime
    ends_at: datetime
    priority: PriorityClass
    since: datetime


class SlotAwaitedNoMore(Event):
    """A booking no longer waits for a thing."""

    booking_id: str


class TermsNoted(Event):
    """A thing's terms changed; whoever decides on this calendar must know them."""

    version: int


# --- events: bookings -----------------------------------------------------------------------------------------------


class BookingFacts(Message):
    """What a booking is about, as it stands after the fact; `things` are those it holds, in the order of `wants`."""

    title: str
    wants: tuple[Want, ...]
    things: tuple[str, ...] = ()
    thing_names: Annotated[tuple[str, ...], Field(description="Their names then, in the same order.")] = ()
    starts_at: datetime
    ends_at: datetime
    site_id: str | None = None
    place: str | None = None
    priority: PriorityClass
    private: bool = False
    holder: str
    contact: str
    board: str | None = None
    booked_by: str
    series_id: str | None = None
    document_number: str | None = None
    attendees: int | None = None
    services: tuple[str, ...] = ()
    note: str | None = None
    approval: tuple[ApprovalStep, ...] = ()
    confirm_by: Annotated[datetime | None, Field(description="Released then unless it was confirmed.")] = None
    release_at: Annotated[datetime | None, Field(description="Released then unless somebody checked in.")] = None
    week_id: Annotated[str | None, Field(description="The weekly calendar it is an item of.")] = None


class BookingHeld(BookingFacts, Event):
    """Things are kept for somebody until a moment, for them to say what for."""

    until: datetime


class BookingRequested(BookingFacts, Event):
    """A booking waits for approval until a moment; it blocks what it wants where it names `things`."""

    until: datetime

    def notices(self) -> tuple[Notice, ...]:
        """Return that it is not booked yet, and whether it keeps its place meanwhile."""
        vi = "đang giữ chỗ" if self.things else "chưa giữ chỗ"
        en = "it keeps its place meanwhile" if self.things else "it does not keep its place meanwhile"
        return (
            Notice(
                code="approval-needed",
                vi=f"Đề nghị đặt chỗ đang chờ duyệt ({vi}).",
                en=f"The booking waits for approval; {en}.",
            ),
        )


class DisplacedBooking(Message):
    """A booking that lost things to another one."""

    booking_id: str
    things: tuple[str, ...]
    thing_names: tuple[str, ...]


class BookingBooked(BookingFacts, Event):
    """Things are booked; where others lost them by it, they are named with the reason."""

    displaced: tuple[DisplacedBooking, ...] = ()
    override_reason: str | None = None

    def notices(self) -> tuple[Notice, ...]:
        """Return whom it displaced."""
        if not self.displaced:
            return ()
        count = len(self.displaced)
        return (
            Notice(
                code="others-displaced",
                vi=f"Đã thay thế {count} lịch đặt trước; người đặt được báo lý do.",
                en=f"It displaced {count} earlier bookings; whoever booked them is told why.",
            ),
        )


class BookingWaitlisted(BookingFacts, Event):
    """A booking waits until what it wants is free, and is then booked by itself."""

    since: datetime
    held_by: Annotated[str, Field(description="Who held what it wanted.")]

    def notices(self) -> tuple[Notice, ...]:
        """Return that it is not booked yet, and who holds what it waits for."""
        return (
            Notice(
                code="waitlisted",
                vi=f"Chưa có chỗ, đã vào danh sách chờ: {self.held_by}.",
                en=f"Not free; it is on the waiting list: {self.held_by}.",
            ),
        )


class ApprovalGiven(Event):
    """One of the approvals a booking needs was given."""

    step: int
    by: str
    note: str | None = None


class BookingRejected(Event):
    """A booking was not approved; what it held is free."""

    by: str
    reason: str


class BookingConfirmed(Event):
    """A booking is still needed."""


class CheckedIn(Event):
    """Who booked came."""


class BookingMoved(BookingFacts, Event):
    """A booking has another time, other things, or both."""

    from_starts_at: datetime
    from_ends_at: datetime
    from_things: tuple[str, ...]
    reason: str | None = None


class BookingDescribed(BookingFacts, Event):
    """What a booking says of itself was put right; its time and its things stayed."""


class BookingCancelled(Event):
    """A booking was called off; what it held is free."""

    reason: str | None = None


class BookingReleased(Event):
    """A booking ended: not used, confirmed or approved in time, or never free; what it held is free."""

    cause: ReleaseCause


class BookingDisplaced(Event):
    """A booking lost things to one of an authorised person; what is left stays, and what it lost it waits for."""

    by_booking_id: str
    by: str
    by_contact: str
    things: tuple[str, ...]
    thing_names: tuple[str, ...]
    reason: str


# --- events: series -------------------------------------------------------------------------------------------------


class Occurrence(Message):
    """One time of a series: booked, skipped with what stood in the way, or dropped."""

    number: int
    starts_at: datetime
    ends_at: datetime
    state: OccurrenceState
    moved: bool = False
    conflict: Annotated[str | None, Field(description="Who held what it wanted.")] = None


class SeriesBooked(BookingFacts, Event):
    """A series was booked; every one of its times is named with what became of it."""

    every: Literal["day", "week", "month"]
    interval: int
    reconfirm: bool = False
    occurrences: tuple[Occurrence, ...]

    def notices(self) -> tuple[Notice, ...]:
        """Return how many of its times were skipped or moved."""
        skipped = sum(occurrence.state == "skipped" for occurrence in self.occurrences)
        moved = sum(occurrence.moved for occurrence in self.occurrences)
        if not skipped + moved:
            return ()
        return (
            Notice(
                code="series-with-conflicts",
                vi=f"Chuỗi lịch có {skipped} buổi bị bỏ qua và {moved} buổi dời giờ vì trùng lịch.",
                en=f"{skipped} occurrences were skipped and {moved} moved, because others hold their time.",
            ),
        )


class OccurrencesChanged(Event):
    """Times of a series changed; each is named as it stands now."""

    change: Literal["skipped", "added", "moved", "dropped"]
    scope: Scope = "this"
    occurrences: tuple[Occurrence, ...]
    reason: str | None = None
