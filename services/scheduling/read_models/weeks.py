"""Which weeks are there of which calendars, and how does each stand?"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from pydantic_core import from_json, to_json

from contracts.base import Actor, Event
from contracts.scheduling.weekly import events as told
from contracts.scheduling.weekly.events import ItemFacts
from contracts.scheduling.weekly.queries import ListWeeks
from contracts.scheduling.weekly.rows import WeekRow
from contracts.scheduling.weekly.values import WeekStatus
from contracts.scheduling.weekly.words import WEEKLY_EVENTS
from services.runtime.envelope import Fact, event_types
from services.runtime.listing import Listing
from services.runtime.manifest import QueryRule
from services.runtime.read_model import ReadModel, RowValues
from services.scheduling.deciders.week import OPEN, monday_of
from services.scheduling.read_models.week_sight import SEES_RESTRICTED

_NEW: RowValues = {
    "items": "{}",
    "revision": 0,
    "submitted": None,
    "approved": 0,
    "version": 0,
    "returned": None,
    "approved_by": None,
    "published_at": None,
    "acknowledged": "[]",
}
_STATUS: Mapping[type[Event], str] = {
    told.OpinionAsked: "awaiting_opinion",
    told.ItemDeclined: "declined",
    told.ProposalWithdrawn: "withdrawn",
    told.ItemArranged: "arranged",
    told.ItemDelegated: "arranged",
    told.ItemCancelled: "cancelled",
    told.ItemPostponed: "postponed",
}
_COUNTS = ("arranged", "undecided")


def _project(row: RowValues | None, fact: Fact) -> RowValues | None:
    after: RowValues = {**row} if row else {**_NEW, **_named(fact.id)}
    if hasattr(fact.event, "item_id"):
        after |= _items(after, fact)
    after |= _steps(after, fact)
    return after | {"status": _status(after)}


def _named(week_id: str) -> RowValues:
    calendar, year, week = week_id.rsplit("-", 2)
    monday = monday_of(week_id)
    days = {"from_day": monday, "to_day": monday + timedelta(6)}
    return {"calendar": calendar, "year": int(year), "week": int(week[1:]), **days}


def _items(row: RowValues, fact: Fact) -> RowValues:
    """Return how many items stand and wait: of all, and of those that everybody may see."""
    event: Any = fact.event
    items: dict[str, list[Any]] = from_json(row["items"])
    status, restricted = items.get(event.item_id, ["proposed", False])
    if isinstance(event, told.ItemProposed):
        status = "awaiting_opinion" if event.needs_opinion else "proposed"
    elif isinstance(event, told.OpinionGiven):
        status = "agreed" if event.agrees else "declined"
    else:
        status = _STATUS.get(type(event), status)
    if isinstance(event, ItemFacts):
        restricted = event.publicity == "restricted"
    items[event.item_id] = [status, restricted]
    open_ones = [status for status, hidden in items.values() if not hidden]
    every = [status for status, _ in items.values()]
    return {
        "items": to_json(items).decode(),
        "arranged": every.count("arranged"),
        "undecided": sum(status in OPEN for status in every),
        "arranged_open": open_ones.count("arranged"),
        "undecided_open": sum(status in OPEN for status in open_ones),
        "revision": getattr(event, "revision", 0) or row["revision"],
    }


def _steps(row: RowValues, fact: Fact) -> RowValues:
    event = fact.event
    match event:
        case told.WeekSubmitted():
            return {"submitted": event.revision, "returned": None}
        case told.WeekReturned():
            return {"submitted": None, "returned": event.reason}
        case told.WeekPublished():
            return {
                "submitted": None,
                "approved": event.revision or row["revision"],
                "version": event.version,
                "approved_by": event.by_name,
                "published_at": fact.time,
            }
        case told.WeekAcknowledged():
            said = {name: getattr(event, name) for name in ("version", "by", "by_name", "board")}
            kept = [each for each in from_json(row["acknowledged"]) if _other(each, event)]
            return {"acknowledged": to_json([*kept, {**said, "at": fact.time}]).decode()}
    return {}


def _other(said: Mapping[str, Any], event: told.WeekAcknowledged) -> bool:
    return (said["by"], said["version"]) != (event.by, event.version)


def _status(row: RowValues) -> WeekStatus:
    if row["submitted"] is not None:
        return "submitted"
    if not row["version"]:
        return "open"
    return "published" if row["revision"] == row["approved"] else "changed"


WEEKS = ReadModel(
    name="weeks",
    version=1,
    key_column="week_id",
    columns={
        "calendar": "text NOT NULL",
        "year": "integer NOT NULL",
        "week": "integer NOT NULL",
        "from_day": "date NOT NULL",
        "to_day": "date NOT NULL",
        "status": "text NOT NULL",
        "items": "text NOT NULL",
        "arranged": "integer NOT NULL",
        "undecided": "integer NOT NULL",
        "arranged_open": "integer NOT NULL",
        "undecided_open": "integer NOT NULL",
        "revision": "integer NOT NULL",
        "submitted": "integer",
        "approved": "integer NOT NULL",
        "version": "integer NOT NULL",
        "returned": "text",
        "approved_by": "text",
        "published_at": "timestamptz",
        "acknowledged": "text NOT NULL",
    },
    indexes=("(from_day, week_id)",),
    events=event_types("scheduling", WEEKLY_EVENTS),
    key=lambda fact: fact.id if fact.aggregate == "week" else None,
    project=_project,
)
"""Every week in which something was proposed."""


def counted_for(actor: Actor) -> Any:
    """Return what completes a row of weeks for a speaker: who may not see restricted items does not count them."""

    def make(record: Mapping[str, Any]) -> dict[str, Any]:
        kind = "_open" if SEES_RESTRICTED.isdisjoint(actor.roles) else ""
        return {name: record[f"{name}{kind}"] for name in _COUNTS}

    return make


def _list(query: ListWeeks, actor: Actor) -> Listing:
    listing = Listing(WEEKS, query, WeekRow, ("from_day", "week_id"), counted_for(actor))
    return listing.where("calendar = {}", query.calendar).where("year = {}", query.year)


LIST_WEEKS = QueryRule(ListWeeks, (WEEKS,), _list)
