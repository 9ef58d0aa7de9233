"""What did published versions change, and whom does that affect?"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from pydantic import TypeAdapter
from pydantic_core import from_json

from contracts.base import Actor, Page
from contracts.scheduling.weekly import events as told
from contracts.scheduling.weekly.events import PublishedItem, WeekChange
from contracts.scheduling.weekly.queries import ListWeekChanges
from contracts.scheduling.weekly.rows import WeekChangeRow
from contracts.scheduling.weekly.values import Publicity
from services.runtime.envelope import Fact, event_types
from services.runtime.gathering import Gathering, Record, Rows, page
from services.runtime.manifest import QueryRule
from services.runtime.read_model import ReadModel, RowValues
from services.scheduling.read_models.bookables import BOOKABLES
from services.scheduling.read_models.week_items import WEEK_ITEMS, facts_in
from services.scheduling.read_models.week_sight import may_see, own_people
from services.scheduling.read_models.week_told import tell
from services.scheduling.read_models.week_versions import version_key
from services.scheduling.read_models.weeks import WEEKS

_NARROWEST_FIRST: tuple[Publicity, ...] = ("restricted", "internal", "public")
_CHANGES: TypeAdapter[tuple[WeekChange, ...]] = TypeAdapter(tuple[WeekChange, ...])
_RESTRICTED: TypeAdapter[tuple[PublishedItem, ...]] = TypeAdapter(tuple[PublishedItem, ...])


def _project(row: RowValues | None, fact: Fact) -> RowValues:
    event = fact.event
    assert isinstance(event, told.WeekPublished)
    restricted = tuple(item for item in event.items if item.publicity == "restricted")
    return {
        "week_id": fact.id,
        **{name: getattr(event, name) for name in ("version", "by_name", "note")},
        "published_at": fact.time,
        "item_count": len(event.items),
        "restricted": _RESTRICTED.dump_json(restricted, exclude_defaults=True).decode(),
        "changes": _CHANGES.dump_json(event.changes, exclude_defaults=True).decode(),
        "things": list(dict.fromkeys(thing for change in event.changes for thing in change.things)),
        "boards": list(dict.fromkeys(board for change in event.changes for board in change.boards)),
    }


WEEK_CHANGES = ReadModel(
    name="week_changes",
    version=1,
    key_column="week_version",
    columns={
        "week_id": "text NOT NULL",
        "version": "integer NOT NULL",
        "by_name": "text NOT NULL",
        "note": "text",
        "published_at": "timestamptz NOT NULL",
        "item_count": "integer NOT NULL",
        "restricted": "text NOT NULL",
        "changes": "text NOT NULL",
        "things": "text[] NOT NULL",
        "boards": "text[] NOT NULL",
    },
    indexes=("(week_id)", "USING gin (things)", "USING gin (boards)"),
    events=event_types("scheduling", (told.WeekPublished,)),
    key=version_key,
    project=_project,
)
"""Every published version by what it changed; a version's restricted items are here to be left out of its counts."""


class Sight:
    """What one speaker may see of published versions: what is restricted now was not meant for all when it was said."""

    def __init__(self, actor: Actor, own: Collection[str], restricted: Sequence[Mapping[str, Any]]) -> None:
        """See as `actor`, whose people are `own`; `restricted` are the rows of WEEK_ITEMS that are restricted now."""
        self._actor = actor
        self._own = own
        self._proposed = {
            record["item"]: may_see(actor, own, facts_in(record), record["board"], record["proposed_by_id"])
            for record in restricted
        }

    def of(self, week_id: str, id: str, *said: told.ItemFacts | None) -> bool:
        """Tell whether the speaker may see an item of a week that said, or says, all this."""
        now = self._proposed.get(f"{week_id}@{id}")
        if now is not None:
            return now
        return all(may_see(self._actor, self._own, facts) for facts in said if facts is not None)

    def changes(self, record: Mapping[str, Any]) -> tuple[WeekChange, ...]:
        """Return what a version changed, as far as the speaker may see it."""
        every = _CHANGES.validate_json(record["changes"])
        return tuple(
            change for change in every if self.of(record["week_id"], change.item_id, change.before, change.after)
        )

    def item_count(self, record: Mapping[str, Any]) -> int:
        """Return how many items of a version the speaker may see."""
        restricted = _RESTRICTED.validate_json(record["restricted"])
        hidden = sum(not self.of(record["week_id"], item.item_id, item) for item in restricted)
        return int(record["item_count"]) - hidden


def restricted_now(week_id: str | None = None) -> Rows:
    """Return the items that are restricted now, of a week or of all."""
    condition = "publicity = 'restricted'"
    return Rows(WEEK_ITEMS, f"{condition} AND week_id = $1", (week_id,)) if week_id else Rows(WEEK_ITEMS, condition)


def read_by(week: Mapping[str, Any], account: str) -> int:
    """Return the last version of a row of WEEKS that somebody has said to have read; 0 for none."""
    return max((each["version"] for each in from_json(week["acknowledged"]) if each["by"] == account), default=0)


def _list(query: ListWeekChanges, actor: Actor) -> Gathering:
    def build(
        versions: list[Record], weeks: list[Record], own: list[Record], hidden: list[Record]
    ) -> Page[WeekChangeRow]:
        mine = {record["bookable_id"] for record in own}
        read = {week["week_id"]: read_by(week, actor.id) for week in weeks}
        sight = Sight(actor, mine, hidden)
        rows = [row for version in versions for row in _rows(version, sight, read.get(version["week_id"], 0))]
        chosen = [row for row in rows if _asked(query, actor, mine, row)]
        return page(query, chosen, lambda row: (row.published_at.isoformat(), row.week_id, row.version, row.item_id))

    return Gathering((_versions(query), _weeks(query), own_people(actor), restricted_now(query.week_id)), build)


def _weeks(query: ListWeekChanges) -> Rows:
    return Rows(WEEKS, "week_id = $1", (query.week_id,)) if query.week_id else Rows(WEEKS, "version > 1")


def _versions(query: ListWeekChanges) -> Rows:
    asked = (
        ("week_id = {}", query.week_id),
        ("things @> {}::text[]", [query.thing] if query.thing else None),
        ("boards @> {}::text[]", [query.board] if query.board else None),
    )
    given = [(condition, value) for condition, value in asked if value is not None]
    conditions = [condition.format(f"${place}") for place, (condition, _) in enumerate(given, 1)]
    return Rows(WEEK_CHANGES, " AND ".join(("version > 1", *conditions)), tuple(value for _, value in given))


def _rows(version: Record, sight: Sight, read: int) -> Iterator[WeekChangeRow]:
    for change in sight.changes(version):
        facts = change.after or change.before
        if facts is None:
            continue
        said = tell(change)
        yield WeekChangeRow(
            day=facts.day,
            content=facts.content,
            told=said.vi,
            told_en=said.en,
            publicity=_narrowest(change),
            acknowledged=read >= version["version"],
            **{name: version[name] for name in ("version", "published_at", "week_id")},
            **{name: getattr(change, name) for name in ("change", "reason", "item_id", "things", "boards")},
        )


def _narrowest(change: WeekChange) -> Publicity:
    said = {facts.publicity for facts in (change.before, change.after) if facts is not None}
    return next(each for each in _NARROWEST_FIRST if each in said)


def _asked(query: ListWeekChanges, actor: Actor, mine: Collection[str], row: WeekChangeRow) -> bool:
    concerns = not set(mine).isdisjoint(row.things) or (actor.board is not None and actor.board in row.boards)
    return (
        (query.thing is None or query.thing in row.things)
        and (query.board is None or query.board in row.boards)
        and (concerns or not query.mine)
        and not (query.unread and row.acknowledged)
    )


LIST_WEEK_CHANGES = QueryRule(ListWeekChanges, (WEEK_CHANGES, WEEKS, WEEK_ITEMS, BOOKABLES), _list)
