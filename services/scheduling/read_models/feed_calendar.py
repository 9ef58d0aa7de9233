"""What does a feed show to whoever has its address?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from contracts.base import Actor, Refused
from contracts.scheduling import FEED_UNKNOWN, LONGEST_MINUTES, FeedCalendar, FeedItem, GetFeedCalendar
from services.runtime.completing import day_meant, look_up
from services.runtime.manifest import QueryRule
from services.runtime.read_model import Database
from services.scheduling.read_models.board import midnight
from services.scheduling.read_models.bookables import BOOKABLES
from services.scheduling.read_models.feed_changes import FEED_CHANGES
from services.scheduling.read_models.feeds import FEEDS
from services.scheduling.read_models.slots import SLOTS

DAYS_BACK, DAYS_AHEAD = 60, 400
CANCELLED_DAYS = 30
"""How long a feed goes on saying that something was cancelled."""
MOST_ITEMS = 12_000
"""What one answer can carry, 26 a day; beyond it the latest are left out."""
_LONGEST = timedelta(minutes=LONGEST_MINUTES)
_FEEDS = f'SELECT * FROM "{FEEDS.table}" WHERE secret_sha256 = $1 ORDER BY position'
_ITEMS = f"""
    SELECT made_at, changed_at, changes, s.*
    FROM "{FEED_CHANGES.table}" c JOIN "{SLOTS.table}" s USING ("{SLOTS.key_column}")
    WHERE c.thing = $1 AND c.starts_at >= $2 AND c.starts_at < $4 AND s.ends_at > $3 AND s.starts_at < $4
    AND (s.held OR c.changed_at >= $5)
    ORDER BY s.starts_at, s.booking_id LIMIT {MOST_ITEMS}
"""
_SAID = ("title", "holder", "contact", "priority")


@dataclass(frozen=True)
class _Following:
    query: GetFeedCalendar

    async def read(self, database: Database) -> FeedCalendar:
        """Find the feed by its digest, then what is taken in the days it shows; raise Refused where there is none."""
        feeds: Sequence[Mapping[str, Any]] = await database.fetch(_FEEDS, self.query.secret_sha256)
        if not feeds:
            raise Refused(FEED_UNKNOWN)
        feed = feeds[0]
        things = await look_up(database, BOOKABLES, (feed["bookable_id"],))
        thing = things.get(feed["bookable_id"])
        shown = {
            **{name: feed[name] for name in ("feed_id", "bookable_id", "label")},
            "name": thing["name"] if thing else feed["name"],
            "kind": thing["kind"] if thing else None,
        }
        if any(each["revoked_at"] is not None for each in feeds):
            return FeedCalendar(**shown, revoked=True)
        today = midnight(await day_meant(database, self.query))
        found = await database.fetch(_ITEMS, feed["bookable_id"], *_window(today))
        room = shown["name"] if shown["kind"] in ("room", "hall") else None
        return FeedCalendar(**shown, revoked=False, items=tuple(_item(each, feed["detail"], room) for each in found))


def _window(today: datetime) -> tuple[datetime, ...]:
    start, end = today - timedelta(DAYS_BACK), today + timedelta(DAYS_AHEAD)
    return start - _LONGEST, start, end, today - timedelta(CANCELLED_DAYS)


def _item(record: Mapping[str, Any], detail: str, room: str | None) -> FeedItem:
    told = detail == "private" or (detail == "usual" and not record["private"])
    said = {name: record[name] for name in _SAID} if told else {}
    return FeedItem(
        **said,
        uid=f"{record['booking_id']}.{record['thing']}",
        booking_id=record["booking_id"],
        starts_at=record["starts_at"],
        ends_at=record["ends_at"],
        status="cancelled" if not record["held"] else "tentative" if record["tentative"] else "confirmed",
        changes=record["changes"],
        made_at=record["made_at"],
        changed_at=record["changed_at"],
        place=(record["place"] or room) if told else room,
        private=record["private"] or detail == "busy",
    )


def _get(query: GetFeedCalendar, actor: Actor) -> _Following:
    return _Following(query)


GET_FEED_CALENDAR = QueryRule(GetFeedCalendar, (FEEDS, FEED_CHANGES, SLOTS, BOOKABLES), _get)
