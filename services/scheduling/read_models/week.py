"""What does a week say now, and what did a version of it say?"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from pydantic import TypeAdapter

from contracts.base import Actor, Refused
from contracts.scheduling.weekly.events import PublishedItem, WeekChange
from contracts.scheduling.weekly.queries import GetWeek
from contracts.scheduling.weekly.refusals import VERSION_UNKNOWN
from contracts.scheduling.weekly.rows import Acknowledgement, WeekItemRow, WeekVersion, WeekView
from services.runtime.completing import Found
from services.runtime.gathering import Gathering, Record, Rows
from services.runtime.manifest import QueryRule
from services.runtime.working_days import OutsideCalendar, working_calendar
from services.scheduling.deciders.week import facts_of, monday_of
from services.scheduling.read_models.bookables import BOOKABLES
from services.scheduling.read_models.week_changes import WEEK_CHANGES, Sight
from services.scheduling.read_models.week_items import WEEK_ITEMS, changed_since, facts_in, row_of, site_name
from services.scheduling.read_models.week_sight import may_see, own_people
from services.scheduling.read_models.week_sites import WEEK_SITES
from services.scheduling.read_models.week_versions import WEEK_VERSIONS, by_item, items_of
from services.scheduling.read_models.weeks import WEEKS

_READ: TypeAdapter[tuple[Acknowledgement, ...]] = TypeAdapter(tuple[Acknowledgement, ...])
_OF_WEEK = "week_id = $1"
_LAST = f'SELECT max(version) FROM "{WEEK_VERSIONS.table}" WHERE week_id = $1'
_OF_VERSION = f"{_OF_WEEK} AND version = coalesce($2, ({_LAST}))"


def holidays(monday: date) -> tuple[str, ...]:
    """Return the days off of a week, each such as `2027-01-01 Tết Dương lịch`; none where the calendar ends."""
    try:
        special = [working_calendar().special_day(monday + timedelta(number)) for number in range(7)]
    except OutsideCalendar:
        return ()
    return tuple(f"{each.day} {each.name_vi}" for each in special if each is not None and not each.is_working)


def _get(query: GetWeek, actor: Actor) -> Gathering:
    of_week = (query.week_id,)

    def build(
        weeks: list[Record],
        items: list[Record],
        versions: list[Record],
        whole: list[Record],
        own: list[Record],
        sites: list[Record],
    ) -> WeekView:
        mine = {record["bookable_id"] for record in own}
        shown = _Shown(query.week_id, actor, mine, items, {site["site_id"]: site for site in sites})
        if not weeks and query.version is None:
            return shown.nothing_yet()
        if query.version is not None and not whole:
            raise Refused(VERSION_UNKNOWN, "version", version=query.version)
        if query.version is None:
            return shown.now(weeks[0], versions, by_item(whole[0]) if whole else None)
        return shown.then(weeks[0], versions, query.version, items_of(whole[0]))

    return Gathering(
        (
            Rows(WEEKS, _OF_WEEK, of_week),
            Rows(WEEK_ITEMS, _OF_WEEK, of_week),
            Rows(WEEK_CHANGES, _OF_WEEK, of_week),
            Rows(WEEK_VERSIONS, _OF_VERSION, (query.week_id, query.version)),
            own_people(actor),
            Rows(WEEK_SITES),
        ),
        build,
    )


class _Shown:
    """A week as one speaker may see it."""

    def __init__(self, week_id: str, actor: Actor, own: set[str], items: Sequence[Record], sites: Found) -> None:
        self._week_id, self._monday = week_id, monday_of(week_id)
        self._actor, self._own, self._sites = actor, own, sites
        self._items = {record["item_id"]: record for record in items}
        self._sight = Sight(actor, own, [record for record in items if record["publicity"] == "restricted"])

    def nothing_yet(self) -> WeekView:
        """Return a week in which nothing was proposed."""
        return self._view({"status": "open", "revision": 0, "returned": None}, 0, (), (), (), ())

    def now(self, week: Record, versions: Sequence[Record], published: Any) -> WeekView:
        """Return the week as it stands, with everything that was ever proposed."""
        items = [
            row_of(record, facts_in(record), site_name=site_name(self._sites, facts_in(record).site_id))
            for record in self._items.values()
            if may_see(self._actor, self._own, facts_in(record), record["board"], record["proposed_by_id"])
        ]
        told = tuple(item.model_copy(update={"changed": changed_since(item, published)}) for item in _ordered(items))
        return self._view(week, week["version"], told, self._changes(versions, week["version"]), versions, _read(week))

    def then(
        self, week: Record, versions: Sequence[Record], version: int, published: tuple[PublishedItem, ...]
    ) -> WeekView:
        """Return the week as a version of it was published."""
        changes = self._changes(versions, version)
        kinds = {change.item_id: change.change for change in changes}
        items = tuple(
            row_of(
                self._items[item.item_id],
                facts_of(item),
                status="arranged",
                reason=None,
                holds=None,
                changed=kinds.get(item.item_id),
                site_name=site_name(self._sites, item.site_id),
            )
            for item in published
            if item.item_id in self._items and self._sight.of(self._week_id, item.item_id, item)
        )
        return self._view(week, version, items, changes, versions, _read(week))

    def _changes(self, versions: Sequence[Record], version: int) -> tuple[WeekChange, ...]:
        return next((self._sight.changes(each) for each in versions if each["version"] == version), ())

    def _view(
        self,
        week: Mapping[str, Any],
        version: int,
        items: tuple[WeekItemRow, ...],
        changes: tuple[WeekChange, ...],
        versions: Sequence[Record],
        acknowledged: tuple[Acknowledgement, ...],
    ) -> WeekView:
        calendar, _, _ = self._week_id.rsplit("-", 2)
        year, number, _ = self._monday.isocalendar()
        published = next((each for each in versions if each["version"] == version), None)
        return WeekView(
            week_id=self._week_id,
            calendar=calendar,
            year=year,
            week=number,
            from_day=self._monday,
            to_day=self._monday + timedelta(6),
            version=version,
            approved_by=published["by_name"] if published else None,
            published_at=published["published_at"] if published else None,
            items=items,
            changes=changes,
            versions=tuple(self._versions(versions)),
            acknowledged=acknowledged,
            holidays=holidays(self._monday),
            **{name: week[name] for name in ("status", "revision", "returned")},
        )

    def _versions(self, versions: Sequence[Record]) -> Iterator[WeekVersion]:
        for each in sorted(versions, key=lambda record: int(record["version"])):
            counts = {"item_count": self._sight.item_count(each), "change_count": len(self._sight.changes(each))}
            yield WeekVersion(**{name: each[name] for name in ("version", "published_at", "by_name", "note")}, **counts)


def _ordered(items: Sequence[WeekItemRow]) -> list[WeekItemRow]:
    return sorted(items, key=lambda item: (item.starts_at, item.ends_at, item.item_id))


def _read(week: Record) -> tuple[Acknowledgement, ...]:
    return _READ.validate_json(week["acknowledged"])


GET_WEEK = QueryRule(GetWeek, (WEEKS, WEEK_ITEMS, WEEK_CHANGES, WEEK_VERSIONS, WEEK_SITES, BOOKABLES), _get)
