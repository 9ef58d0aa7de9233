"""What scheduling is told of weeks and their items."""

from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import Field

from contracts.base import Role
from contracts.scheduling.commands import Displacing
from contracts.scheduling.values import BookableId, Note, Reason, SeenBooking
from contracts.scheduling.weekly.values import (
    PROPOSER,
    WEEK_APPROVER,
    ItemCommand,
    ItemDetails,
    Participant,
    WeekCommand,
    WeekId,
)


class ProposeItem(ItemDetails, WeekCommand):
    """Propose an item for a week; after the cut-off it is taken as an addition."""

    allowed: ClassVar[frozenset[Role]] = PROPOSER

    needs_opinion: Annotated[
        bool, Field(description="The standing committee is asked before it enters the calendar.")
    ] = False


class ReviseProposal(ItemDetails, ItemCommand):
    """Put a proposal right before it is arranged: all it says, as it is to stand."""

    allowed: ClassVar[frozenset[Role]] = PROPOSER


class WithdrawProposal(ItemCommand):
    """Take a proposal back before it is arranged."""

    allowed: ClassVar[frozenset[Role]] = PROPOSER

    reason: Reason | None = None


class AskOpinion(ItemCommand):
    """Put a proposal before the standing committee first."""


class GiveOpinion(ItemCommand):
    """Say for the standing committee whether an item is to enter the calendar."""

    allowed: ClassVar[frozenset[Role]] = WEEK_APPROVER

    agrees: bool
    note: Note | None = None


class DeclineItem(ItemCommand):
    """Do not put a proposal into the calendar, and say why."""

    reason: Reason


class Arranging(ItemDetails, ItemCommand):
    """How an item is to stand in the week; `seen` is what it holds already (the row's `holds`)."""

    seen: Annotated[SeenBooking | None, Field(description="What the item holds now; nothing when left out.")] = None
    reason: Reason | None = None


class ArrangeItem(Arranging):
    """Put an item into the week with its time, people, room and cars, all booked at once or nothing; or change it.

    `seen` is what it holds already (the row's `holds`); a change after publication needs a reason.
    """


class ArrangeItemOver(Arranging):
    """Arrange an item although others have booked what it needs: by authority, for a reason, and they are told."""

    allowed: ClassVar[frozenset[Role]] = WEEK_APPROVER

    displaces: Annotated[tuple[Displacing, ...], Field(min_length=1, max_length=30)]
    reason: Reason


class DelegateItem(ItemCommand):
    """Let somebody go in a leader's place (ủy quyền): the leader is free again, the other is booked.

    Said again it names somebody else; with the leader's own id in `to` they go themselves again.
    """

    allowed: ClassVar[frozenset[Role]] = PROPOSER

    seen: Annotated[SeenBooking | None, Field(description="What the item holds now.")] = None
    of: Annotated[BookableId, Field(description="The leader in whose place somebody goes.")]
    to: Participant
    reason: Reason | None = None


class PostponeItem(ItemCommand):
    """Move an item to another week, where it waits to be arranged; what it held is free at once."""

    seen: Annotated[SeenBooking | None, Field(description="What the item holds now.")] = None
    to_week_id: WeekId
    details: Annotated[
        ItemDetails | None, Field(description="As it is to stand; a week's days later when left out.")
    ] = None
    reason: Reason


class CancelItem(ItemCommand):
    """Call an arranged item off; what it held is free at once."""

    seen: Annotated[SeenBooking | None, Field(description="What the item holds now.")] = None
    reason: Reason


class SubmitWeek(WeekCommand):
    """Put the arranged week, or its changes, before whoever approves it."""


class ReturnWeek(WeekCommand):
    """Give a submitted week back to be arranged otherwise."""

    allowed: ClassVar[frozenset[Role]] = WEEK_APPROVER

    reason: Reason


class ApproveWeek(WeekCommand):
    """Approve the week just as it was seen: it is published as its next version; whom its changes affect is told."""

    allowed: ClassVar[frozenset[Role]] = WEEK_APPROVER

    revision: Annotated[int, Field(ge=1, description="Of the week as the speaker saw it.")]
    note: Note | None = None


class AcknowledgeWeek(WeekCommand):
    """Say that one has read a version of the week and what it changed for oneself or one's board."""

    allowed: ClassVar[frozenset[Role]] = frozenset({"leader", "clerk", "board", "reader", "administrator"})

    version: Annotated[int, Field(ge=1)]


def item_id(command_id: UUID) -> str:
    """Return the id of the item that a ProposeItem or PostponeItem with this command id proposes."""
    return command_id.hex
