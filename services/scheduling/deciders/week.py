"""The week of a calendar (lịch công tác tuần): its items, what was published of them, and how events change both."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from contracts.base import Event, Refused
from contracts.scheduling import SeenBooking
from contracts.scheduling.weekly import events as told
from contracts.scheduling.weekly import refusals as because
from contracts.scheduling.weekly.events import ItemFacts, PublishedItem
from contracts.scheduling.weekly.values import ItemStatus, WeekStatus
from services.runtime.manifest import Aggregate

OPEN: frozenset[ItemStatus] = frozenset({"proposed", "awaiting_opinion", "agreed"})
"""Proposals on which nobody has decided."""


@dataclass(frozen=True, slots=True)
class Item:
    """What later decisions need of an item: `holds` is booked under its id, `reason` is that of its last fact."""

    item_id: str
    status: ItemStatus
    facts: ItemFacts
    by: str
    by_name: str
    board: str | None = None
    holds: tuple[str, ...] = ()
    reason: str | None = None

    @property
    def seen(self) -> SeenBooking:
        """What it holds, as a speaker has to have seen it."""
        return SeenBooking(things=self.holds, starts_at=self.facts.starts_at, ends_at=self.facts.ends_at)


@dataclass(frozen=True, slots=True)
class Week:
    """What later decisions need of a week: items in the order of their proposal, and the last published version.

    `revision` counts what changed of arranged items; `submitted` is the one that waits for approval, `approved` the one
    published; `read` names the last version each has said to have read.
    """

    items: tuple[Item, ...] = ()
    revision: int = 0
    submitted: int | None = None
    returned: bool = False
    version: int = 0
    approved: int = 0
    published: tuple[PublishedItem, ...] = ()
    read: tuple[tuple[str, int], ...] = ()

    def item(self, id: str) -> Item | None:
        """Return an item of the week."""
        return next((item for item in self.items if item.item_id == id), None)

    @property
    def arranged(self) -> tuple[Item, ...]:
        """The items that stand in the week, in the order of their hours."""
        standing = (item for item in self.items if item.status == "arranged")
        return tuple(sorted(standing, key=lambda item: (item.facts.starts_at, item.facts.ends_at)))

    @property
    def undecided(self) -> int:
        """How many proposals nobody has decided on."""
        return sum(item.status in OPEN for item in self.items)

    @property
    def status(self) -> WeekStatus:
        """How the week stands."""
        if self.submitted is not None:
            return "submitted"
        if not self.version:
            return "open"
        return "published" if self.revision == self.approved else "changed"


def evolve(week: Week, event: Event) -> Week:
    """Return the week after an event."""
    match event:
        case told.ItemProposed():
            return _proposed(week, event)
        case told.ItemArranged() | told.ItemDelegated():
            standing = _changed(
                week, event.item_id, "arranged", facts=facts_of(event), holds=event.holds, reason=event.reason
            )
            return replace(standing, revision=week.revision + 1)
        case told.ItemCancelled() | told.ItemPostponed():
            return _left(week, event)
        case told.WeekSubmitted():
            return replace(week, submitted=event.revision, returned=False)
        case told.WeekReturned():
            return replace(week, submitted=None, returned=True)
        case told.WeekPublished():
            return replace(
                week, submitted=None, version=event.version, approved=week.revision, published=tuple(event.items)
            )
        case told.WeekAcknowledged():
            others = tuple(read for read in week.read if read[0] != event.by)
            return replace(week, read=(*others, (event.by, event.version)))
    return _undecided(week, event)


def _undecided(week: Week, event: Event) -> Week:
    match event:
        case told.ProposalRevised():
            return _changed(week, event.item_id, None, facts=facts_of(event))
        case told.ProposalWithdrawn():
            return _changed(week, event.item_id, "withdrawn", reason=event.reason)
        case told.OpinionAsked():
            return _changed(week, event.item_id, "awaiting_opinion")
        case told.OpinionGiven():
            return _changed(week, event.item_id, "agreed" if event.agrees else "declined", reason=event.note)
        case told.ItemDeclined():
            return _changed(week, event.item_id, "declined", reason=event.reason)
    return week


def _proposed(week: Week, event: told.ItemProposed) -> Week:
    status: ItemStatus = "awaiting_opinion" if event.needs_opinion else "proposed"
    item = Item(event.item_id, status, facts_of(event), event.by, event.by_name, event.board)
    return replace(week, items=(*(each for each in week.items if each.item_id != event.item_id), item))


def _left(week: Week, event: told.ItemCancelled | told.ItemPostponed) -> Week:
    item = week.item(event.item_id)
    status: ItemStatus = "cancelled" if isinstance(event, told.ItemCancelled) else "postponed"
    standing = 1 if item is not None and item.status == "arranged" else 0
    gone = _changed(week, event.item_id, status, holds=(), reason=event.reason)
    return replace(gone, revision=week.revision + standing)


def _changed(week: Week, id: str, status: ItemStatus | None, **changes: Any) -> Week:
    items = tuple(
        replace(item, status=status or item.status, **changes) if item.item_id == id else item for item in week.items
    )
    return replace(week, items=items)


# A week is loaded for a few days of its life, is hundreds of kB then, and its messages are few: it has no snapshot.
WEEK = Aggregate("week", Week(), evolve, snapshots=False)


def facts_of(facts: ItemFacts) -> ItemFacts:
    """Return just what an event or a published item says of its item."""
    return ItemFacts.model_construct(**{name: getattr(facts, name) for name in ItemFacts.model_fields})


def monday_of(week_id: str, field: str = "week_id") -> date:
    """Return the first day of a week; raise Refused, at the field it was said in, for one its year does not have."""
    _, year, week = week_id.rsplit("-", 2)
    try:
        return date.fromisocalendar(int(year), int(week[1:]), 1)
    except ValueError:
        raise Refused(because.WEEK_UNKNOWN, field, year=year, week=int(week[1:])) from None


def last_day_of(week_id: str) -> date:
    """Return the last day of a week, its Sunday."""
    return monday_of(week_id) + timedelta(6)
