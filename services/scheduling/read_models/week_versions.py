"""What did each version of a week say?"""

from collections.abc import Mapping
from typing import Any

from pydantic import TypeAdapter

from contracts.scheduling.weekly import events as told
from contracts.scheduling.weekly.events import ItemFacts, PublishedItem
from services.runtime.envelope import Fact, event_types
from services.runtime.read_model import Database, ReadModel, RowValues
from services.scheduling.deciders.week import facts_of

_ITEMS: TypeAdapter[tuple[PublishedItem, ...]] = TypeAdapter(tuple[PublishedItem, ...])


def version_key(fact: Fact) -> str | None:
    """Return the key of what a fact published, such as ubnd-2026-w48@0002."""
    event = fact.event
    return f"{fact.id}@{event.version:04d}" if isinstance(event, told.WeekPublished) else None


def _project(row: RowValues | None, fact: Fact) -> RowValues:
    event = fact.event
    assert isinstance(event, told.WeekPublished)
    items = _ITEMS.dump_json(event.items, exclude_defaults=True).decode()
    return {"week_id": fact.id, "version": event.version, "items": items}


WEEK_VERSIONS = ReadModel(
    name="week_versions",
    version=1,
    key_column="week_version",
    columns={"week_id": "text NOT NULL", "version": "integer NOT NULL", "items": "text NOT NULL"},
    indexes=("(week_id, version)",),
    events=event_types("scheduling", (told.WeekPublished,)),
    key=version_key,
    project=_project,
)
"""Every published version, whole."""
_LAST = f"""
    SELECT DISTINCT ON (week_id) week_id, items FROM "{WEEK_VERSIONS.table}"
    WHERE week_id = ANY($1::text[]) ORDER BY week_id, version DESC
"""


def items_of(record: Mapping[str, Any]) -> tuple[PublishedItem, ...]:
    """Return the items of a version in the order in which they were published."""
    return _ITEMS.validate_json(record["items"])


def by_item(record: Mapping[str, Any]) -> Mapping[str, ItemFacts]:
    """Return what a version says of its items, each by its id."""
    return {item.item_id: facts_of(item) for item in items_of(record)}


async def last_published(database: Database, weeks: set[str]) -> Mapping[str, Mapping[str, ItemFacts]]:
    """Return what the last version of each week says of its items; a week that was never published is not there."""
    records = await database.fetch(_LAST, sorted(weeks)) if weeks else ()
    return {record["week_id"]: by_item(record) for record in records}
