"""Which items are there in the weekly calendars, and how does each stand?"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from contracts.base import Actor, Event, Page
from contracts.scheduling import SeenBooking
from contracts.scheduling.weekly import events as told
from contracts.scheduling.weekly.events import ItemFacts
from contracts.scheduling.weekly.queries import ListWeekItems
from contracts.scheduling.weekly.rows import WeekItemRow
from contracts.scheduling.weekly.values import ChangeKind
from services.runtime.completing import Found, look_up
from services.runtime.envelope import Fact, event_types
from services.runtime.listing import Listing
from services.runtime.manifest import QueryRule
from services.runtime.read_model import Database, ReadModel, RowValues
from services.runtime.text import fold
from services.scheduling.deciders.week import facts_of
from services.scheduling.deciders.week_facts import affected
from services.scheduling.read_models.bookables import BOOKABLES
from services.scheduling.read_models.week_sight import SEEN_SQL, asks_as, people_in
from services.scheduling.read_models.week_sites import WEEK_SITES
from services.scheduling.read_models.week_told import change_of, in_words, of_everybody
from services.scheduling.read_models.week_versions import WEEK_VERSIONS, last_published

ITEM_EVENTS: tuple[type[Event], ...] = (
    told.ItemProposed,
    told.ProposalRevised,
    told.ProposalWithdrawn,
    told.OpinionAsked,
    told.OpinionGiven,
    told.ItemDeclined,
    told.ItemArranged,
    told.ItemDelegated,
    told.ItemPostponed,
    told.ItemCancelled,
)
_SAME = ("day", "session", "starts_at", "ends_at", "kind", "publicity")
_RECORDED = ("item_id", "week_id", "status", "board", "proposed_by", "needs_opinion", "late", "reason")


def _project(row: RowValues | None, fact: Fact) -> RowValues | None:
    event = fact.event
    if row is None and not isinstance(event, told.ItemProposed):
        return None
    after: RowValues = {**row} if row else {"holds": [], "reason": None}
    if isinstance(event, told.ItemProposed):
        after |= {name: getattr(event, name) for name in ("item_id", "board", "needs_opinion", "late")}
        after |= {"proposed_by_id": event.by, "proposed_by": event.by_name}
        after |= {"week_id": fact.id, "calendar": fact.id.rsplit("-", 2)[0]}
    if isinstance(event, ItemFacts):
        after |= _facts(event)
    return after | _changes(event)


def _facts(event: ItemFacts) -> RowValues:
    facts = facts_of(event)
    words = (facts.content, facts.place, facts.preparing, *facts.invited, *of_everybody(facts))
    return {
        **{name: getattr(facts, name) for name in _SAME},
        "facts": facts.model_dump_json(exclude_defaults=True),
        "things": list(affected(facts)),
        "people": list(people_in(facts)),
        "boards": list(facts.boards),
        "search_text": fold(" ".join(word for word in words if word)),
    }


def _changes(event: Event) -> RowValues:
    match event:
        case told.ItemProposed():
            return {"status": "awaiting_opinion" if event.needs_opinion else "proposed"}
        case told.OpinionAsked():
            return {"status": "awaiting_opinion", "needs_opinion": True}
        case told.OpinionGiven():
            return {"status": "agreed" if event.agrees else "declined", "reason": event.note}
        case told.ItemArranged() | told.ItemDelegated():
            return {"status": "arranged", "holds": list(event.holds), "reason": event.reason}
        case told.ItemDeclined():
            return {"status": "declined", "reason": event.reason}
        case told.ProposalWithdrawn():
            return {"status": "withdrawn", "reason": event.reason}
        case told.ItemCancelled() | told.ItemPostponed():
            status = "cancelled" if isinstance(event, told.ItemCancelled) else "postponed"
            return {"status": status, "reason": event.reason, "holds": []}
    return {}


def _key(fact: Fact) -> str | None:
    id: str | None = getattr(fact.event, "item_id", None)
    return f"{fact.id}@{id}" if id is not None and fact.aggregate == "week" else None


WEEK_ITEMS = ReadModel(
    name="week_items",
    version=1,
    key_column="item",
    columns={
        "item_id": "text NOT NULL",
        "week_id": "text NOT NULL",
        "calendar": "text NOT NULL",
        "status": "text NOT NULL",
        "day": "date NOT NULL",
        "session": "text NOT NULL",
        "starts_at": "timestamptz NOT NULL",
        "ends_at": "timestamptz NOT NULL",
        "kind": "text NOT NULL",
        "publicity": "text NOT NULL",
        "facts": "text NOT NULL",
        "things": "text[] NOT NULL",
        "people": "text[] NOT NULL",
        "boards": "text[] NOT NULL",
        "holds": "text[] NOT NULL",
        "board": "text",
        "proposed_by_id": "text NOT NULL",
        "proposed_by": "text NOT NULL",
        "needs_opinion": "boolean NOT NULL",
        "late": "boolean NOT NULL",
        "reason": "text",
        "search_text": "text NOT NULL",
        "search": "tsvector GENERATED ALWAYS AS (to_tsvector('simple', search_text)) STORED",
    },
    indexes=("(week_id)", "(starts_at, item)", "USING gin (things)", "USING gin (search)"),
    events=event_types("scheduling", ITEM_EVENTS),
    key=_key,
    project=_project,
)
"""Every item there ever was, as it stands in its week."""


def facts_in(record: Mapping[str, Any]) -> ItemFacts:
    """Return what an item of WEEK_ITEMS says now."""
    return ItemFacts.model_validate_json(record["facts"])


def row_of(record: Mapping[str, Any], facts: ItemFacts, **said: Any) -> WeekItemRow:
    """Return an item of WEEK_ITEMS as it is shown when it says `facts`; `said` stands in for what the table knows."""
    return WeekItemRow(**{**made(record, facts), **said})


def made(record: Mapping[str, Any], facts: ItemFacts) -> dict[str, Any]:
    """Return the fields of a row, but for what other tables know: its site's name, and how it changed."""
    holds = None
    if record["status"] == "arranged":
        holds = SeenBooking(things=tuple(record["holds"]), starts_at=facts.starts_at, ends_at=facts.ends_at)
    return {
        **{name: getattr(facts, name) for name in ItemFacts.model_fields},
        **{name: record[name] for name in _RECORDED},
        "chair": in_words(facts.chair) if facts.chair else None,
        "chair_named": facts.chair,
        "taking_part": "; ".join((*map(in_words, facts.attendees), *facts.invited)),
        "accompanying_names": "; ".join(map(in_words, facts.accompanying)),
        "holds": holds,
        "site_name": None,
        "changed": None,
    }


def changed_since(row: WeekItemRow, published: Mapping[str, ItemFacts] | None) -> ChangeKind | None:
    """Return how an item differs from what its week published last; None where it was never published."""
    if published is None:
        return None
    same = {name: getattr(row, name) for name in ItemFacts.model_fields}
    now = ItemFacts(**{**same, "chair": row.chair_named}) if row.status == "arranged" else None
    return change_of(published.get(row.item_id), now)


def site_name(sites: Found, id: str | None) -> str | None:
    """Return what a site is called; one that is not known is called by its id."""
    return str(sites[id]["name"]) if id is not None and id in sites else id


@dataclass(frozen=True)
class _Completed:
    listing: Listing

    async def read(self, database: Database) -> Page[WeekItemRow]:
        """Read the page, then what its weeks published last and the names of its sites."""
        page: Page[WeekItemRow] = await self.listing.read(database)  # type: ignore[assignment]
        published = await last_published(database, {row.week_id for row in page.rows})
        sites = await look_up(database, WEEK_SITES, (row.site_id for row in page.rows))
        rows = (
            row.model_copy(
                update={
                    "changed": changed_since(row, published.get(row.week_id)),
                    "site_name": site_name(sites, row.site_id),
                }
            )
            for row in page.rows
        )
        return page.model_copy(update={"rows": tuple(rows)})


def _list(query: ListWeekItems, actor: Actor) -> _Completed:
    listing = Listing(
        WEEK_ITEMS, query, WeekItemRow, ("starts_at", "item"), lambda record: made(record, facts_in(record))
    )
    return _Completed(
        listing.where("week_id = {}", query.week_id)
        .where("calendar = {}", query.calendar)
        .where("status = {}", query.status)
        .where("kind = {}", query.kind)
        .where("board = {}", query.board)
        .where("day >= {}", query.from_day)
        .where("day <= {}", query.to_day)
        .where(SEEN_SQL, asks_as(actor))
        .among("things @> {}::text[]", [query.thing] if query.thing else None)
        .matching("search", query.text)
    )


LIST_WEEK_ITEMS = QueryRule(ListWeekItems, (WEEK_ITEMS, WEEK_VERSIONS, WEEK_SITES, BOOKABLES), _list)
