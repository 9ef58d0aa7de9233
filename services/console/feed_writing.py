"""What a feed shows, written as iCalendar (RFC 5545 and 7986) for telephones and other programs."""

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, TimezoneStandard

from contracts.scheduling import FeedCalendar, FeedItem
from services.console.wording import WORDS

MEDIA_TYPE = "text/calendar; charset=utf-8"
REFRESH = timedelta(minutes=15)
BUSY = "Bận"
FORMAT = "1"
"""Changes when the same feed would be written otherwise than before."""
_HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
_STATUSES = {"confirmed": "CONFIRMED", "tentative": "TENTATIVE", "cancelled": "CANCELLED"}


def write(feed: FeedCalendar) -> bytes:
    """Return a feed as one VCALENDAR in UTF-8, the same bytes for the same feed whenever it is asked for.

    Times are said by the office's clock, which has no summer time, with its VTIMEZONE: whoever opens an event in
    another zone still reads the hour at which the office meets. Moments of facts are in UTC, as RFC 5545 demands.
    """
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//Mot Moi//Lich cong tac//VI")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("uid", f"{feed.feed_id}@motmoi")
    for name in ("name", "x-wr-calname"):
        calendar.add(name, feed.name)
    calendar.add("x-wr-caldesc", feed.label)
    calendar.add("x-wr-timezone", _HANOI.key)
    calendar.add("refresh-interval", REFRESH, parameters={"value": "DURATION"})
    calendar.add("x-published-ttl", f"PT{REFRESH.seconds // 60}M")
    calendar.add_component(_zone())
    head, end, _ = calendar.to_ical().rpartition(b"END:VCALENDAR")
    return b"".join((head, *map(_written, feed.items), end, b"\r\n"))


def _zone() -> Timezone:
    zone, standard = Timezone(), TimezoneStandard()
    zone.add("tzid", _HANOI.key)
    standard.add("dtstart", datetime(1975, 6, 13))
    standard.add("tzname", "+07")
    standard.add("tzoffsetfrom", timedelta(hours=7))
    standard.add("tzoffsetto", timedelta(hours=7))
    zone.add_component(standard)
    return zone


@lru_cache(maxsize=16_384)
def _written(item: FeedItem) -> bytes:
    """Of a calendar that is asked for again, few events have changed."""
    written: bytes = _event(item).to_ical()
    return written


def _event(item: FeedItem) -> Event:
    event = Event()
    event.add("uid", f"{item.uid}@motmoi")
    event.add("dtstamp", item.changed_at.astimezone(UTC))
    event.add("created", item.made_at.astimezone(UTC))
    event.add("last-modified", item.changed_at.astimezone(UTC))
    event.add("sequence", item.changes)
    event.add("dtstart", item.starts_at.astimezone(_HANOI))
    event.add("dtend", item.ends_at.astimezone(_HANOI))
    event.add("status", _STATUSES[item.status])
    event.add("transp", "TRANSPARENT" if item.status == "cancelled" else "OPAQUE")
    event.add("class", "PRIVATE" if item.private else "PUBLIC")
    event.add("summary", item.title or BUSY)
    if item.place:
        event.add("location", item.place)
    if item.holder or item.contact:
        event.add("contact", ", ".join(part for part in (item.holder, item.contact) if part))
    if item.priority:
        event.add("categories", [WORDS.get(("priority", item.priority), item.priority)])
    return event
