"""What scheduling records of weeks and their items."""

from datetime import date, datetime
from typing import Annotated

from pydantic import Field

from contracts.base import Event, Message, Notice
from contracts.scheduling.events import DisplacedBooking
from contracts.scheduling.weekly.values import (
    ChangeKind,
    DaySession,
    InvitationMode,
    ItemKind,
    Publicity,
)


class Named(Message):
    """Somebody who takes part, by name; where somebody else goes in their place, who."""

    name: str
    thing: str | None = None
    delegate: Annotated[str | None, Field(description="Who goes instead (ủy quyền).")] = None
    delegate_thing: str | None = None


class ItemFacts(Message):
    """What an item of the week says, as it stands after the fact; names are those of its day."""

    day: date
    session: DaySession
    starts_at: datetime
    ends_at: datetime
    timed: Annotated[bool, Field(description="Whether its hour is said, not only the session.")] = True
    content: str
    kind: ItemKind = "meeting"
    chair: Named | None = None
    attendees: tuple[Named, ...] = ()
    invited: tuple[str, ...] = ()
    boards: tuple[str, ...] = ()
    accompanying: tuple[Named, ...] = ()
    room: str | None = None
    place: Annotated[str | None, Field(description="The room's name, or the place in words.")] = None
    site_id: str | None = None
    vehicles: tuple[Named, ...] = ()
    preparing: str | None = None
    documents: tuple[str, ...] = ()
    invitation: InvitationMode = "calendar"
    publicity: Publicity = "internal"
    contact: str | None = None
    note: str | None = None


class ItemProposed(ItemFacts, Event):
    """An item was proposed for a week."""

    item_id: str
    board: str | None = None
    by: str
    by_name: str
    needs_opinion: bool = False
    late: Annotated[bool, Field(description="After the week's cut-off, or after it was published.")] = False
    from_week_id: Annotated[str | None, Field(description="The week it was postponed from.")] = None
    from_item_id: Annotated[str | None, Field(description="Which item of that week it was.")] = None

    def notices(self) -> tuple[Notice, ...]:
        """Return that it came after the cut-off."""
        if not self.late:
            return ()
        return (
            Notice(
                code="after-cut-off",
                vi="Đã quá hạn đăng ký lịch tuần; nội dung được ghi nhận là đề xuất bổ sung.",
                en="The week's cut-off has passed; it is taken as an addition.",
            ),
        )


class ProposalRevised(ItemFacts, Event):
    """A proposal was put right before it was arranged."""

    item_id: str


class ProposalWithdrawn(Event):
    """A proposal was taken back."""

    item_id: str
    reason: str | None = None


class OpinionAsked(Event):
    """A proposal waits for the standing committee's opinion."""

    item_id: str


class OpinionGiven(Event):
    """The standing committee said whether an item is to enter the calendar."""

    item_id: str
    agrees: bool
    by_name: str
    note: str | None = None


class ItemDeclined(Event):
    """A proposal was not put into the calendar."""

    item_id: str
    reason: str


class ItemArranged(ItemFacts, Event):
    """An item stands in the week; what it needs of people, rooms and cars is booked under the item's id."""

    item_id: str
    holds: Annotated[tuple[str, ...], Field(description="The things it holds.")] = ()
    reason: str | None = None
    overriding: bool = False
    displaced: Annotated[tuple[DisplacedBooking, ...], Field(description="Bookings that gave way to it.")] = ()
    revision: Annotated[int, Field(description="Of the week, after this.")] = 0

    def notices(self) -> tuple[Notice, ...]:
        """Return how many bookings gave way to it."""
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


class ItemDelegated(ItemFacts, Event):
    """Somebody goes in a leader's place."""

    item_id: str
    holds: tuple[str, ...] = ()
    of: str
    of_name: str
    to_name: Annotated[str, Field(description="The leader's own name when they go themselves again.")]
    reason: str | None = None
    revision: Annotated[int, Field(description="Of the week, after this.")] = 0


class ItemPostponed(Event):
    """An item left this week for another one, where it is a proposal with an id of its own; what it held is free."""

    item_id: str
    to_week_id: str
    to_item_id: Annotated[str | None, Field(description="Its id in the other week.")] = None
    reason: str
    revision: Annotated[int, Field(description="Of the week, after this.")] = 0


class ItemCancelled(Event):
    """An arranged item was called off; what it held is free."""

    item_id: str
    reason: str
    revision: Annotated[int, Field(description="Of the week, after this.")] = 0


class WeekSubmitted(Event):
    """A week waits for approval; proposals nobody has decided on are counted."""

    by_name: str
    revision: int
    undecided: int = 0

    def notices(self) -> tuple[Notice, ...]:
        """Return how many proposals nobody decided on."""
        if not self.undecided:
            return ()
        return (
            Notice(
                code="proposals-undecided",
                vi=f"Còn {self.undecided} đề xuất chưa được xếp lịch hoặc từ chối.",
                en=f"{self.undecided} proposals are neither arranged nor declined.",
            ),
        )


class WeekReturned(Event):
    """A submitted week was given back."""

    by_name: str
    reason: str


class PublishedItem(ItemFacts):
    """An item of a published week."""

    item_id: str


class WeekChange(Message):
    """What a version changed of one item since the version before, and whom that affects."""

    item_id: str
    change: ChangeKind
    before: ItemFacts | None = None
    after: ItemFacts | None = None
    reason: str | None = None
    things: Annotated[tuple[str, ...], Field(description="People, rooms and cars it affects.")] = ()
    boards: tuple[str, ...] = ()


class WeekPublished(Event):
    """A week was approved and published as its version, whole; with what it changed since the one before.

    The first version has no changes: all of it is new. Items stand in the order of their hours.
    """

    version: int
    revision: Annotated[int, Field(description="Of the week, as it was approved.")] = 0
    items: tuple[PublishedItem, ...]
    changes: tuple[WeekChange, ...] = ()
    by_name: str
    note: str | None = None

    def notices(self) -> tuple[Notice, ...]:
        """Return whom the changes affect."""
        if not self.changes:
            return ()
        return (
            Notice(
                code="changes-told",
                vi=f"Bản số {self.version} thay đổi {len(self.changes)} nội dung; người và đơn vị liên quan được báo.",
                en=f"Version {self.version} changes {len(self.changes)} items; only those they affect are told.",
            ),
        )


class WeekAcknowledged(Event):
    """Somebody has read a version of the week."""

    version: int
    by: str
    by_name: str
    board: str | None = None
