"""One event of an iCalendar file as it is written there: what, when, how it comes again; or what is wrong with it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Event

from services.ops.ics_reading import LARGEST_EVENT, Block
from services.ops.ics_recurrence import Rule, RuleRefused, read_rule

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
YEARS = range(1970, 2100)
BUSY = "Bận"
_LONGEST = timedelta(366)
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffd]+")


class EventRefused(Exception):
    """An event cannot be read; the words say what is wrong with which part, in Vietnamese and English."""

    def __init__(self, code: str, vi: str, en: str) -> None:
        super().__init__(en)
        self.code, self.vi, self.en = code, vi, en


@dataclass(frozen=True)
class CalendarEvent:
    """An event: `starts` is aware, in the zone its times repeat in; `length` is None where it has no end.

    `original` is the time of its series that it stands for; `gone` why nothing is to be booked for it.
    """

    line: int
    uid: str
    sequence: int
    starts: datetime
    length: timedelta | None
    all_day: bool
    rule: Rule | None
    last: datetime | None
    added: tuple[tuple[datetime, timedelta | None], ...]
    left_out: frozenset[datetime]
    original: datetime | None
    gone: str | None
    title: str
    place: str | None
    contact: str | None
    note: str | None
    private: bool

    @property
    def zone(self) -> tzinfo:
        """The zone its times repeat in."""
        return self.starts.tzinfo or HANOI


def read_event(block: Block, zones: Mapping[str, tzinfo]) -> CalendarEvent:
    """Return the event of a block; raise EventRefused."""
    if block.size > LARGEST_EVENT:
        raise EventRefused("event-too-large", "Sự kiện quá lớn.", "The event is too large.")
    try:
        return _read(block, Event.from_ical(block.text("VEVENT")), zones)
    except (EventRefused, RuleRefused) as refused:
        code = getattr(refused, "code", "rule-unfit")
        raise EventRefused(code, refused.vi, refused.en) from None
    # What the library raises for a broken property is no part of its promise; the file is a stranger's.
    except Exception as error:
        said = _CONTROL.sub(" ", str(error)).rpartition("): ")[2][:200]
        raise EventRefused(
            "event-unreadable", f"Sự kiện sai khuôn dạng: {said}.", f"The event is malformed: {said}."
        ) from None


def _read(block: Block, event: Any, zones: Mapping[str, tzinfo]) -> CalendarEvent:
    for name in ("DTSTART", "DTEND", "DURATION", "RRULE", "RECURRENCE-ID", "UID", "SEQUENCE"):
        if isinstance(event.get(name), list):
            raise EventRefused("doubled", f"Có hai {name} trong một sự kiện.", f"There are two {name} in one event.")
    if event.get("DTSTART") is None:
        raise EventRefused("no-start", "Sự kiện không có giờ bắt đầu (DTSTART).", "The event has no start (DTSTART).")
    if event.get("EXRULE") is not None:
        raise EventRefused("rule-unfit", "Không nhận EXRULE; đề nghị dùng EXDATE.", "EXRULE is not taken; use EXDATE.")
    if "RANGE" in getattr(event.get("RECURRENCE-ID"), "params", {}):
        vi = "Thay đổi từ một buổi trở về sau (RANGE=THISANDFUTURE) chưa được hỗ trợ; đề nghị tách thành chuỗi mới."
        raise EventRefused("range-unfit", vi, "RANGE=THISANDFUTURE is not taken; make it a series of its own.")
    first = event["DTSTART"].dt
    all_day = not isinstance(first, datetime)
    starts = _aware(event["DTSTART"], zones)
    recurrence = event.get("RRULE")
    rule = read_rule(recurrence, starts.date()) if recurrence is not None else None
    gone = _gone(event)
    return CalendarEvent(
        line=block.line,
        uid=str(event.get("UID", "")).strip()[:1000],
        sequence=max(0, int(event.get("SEQUENCE", 0))),
        starts=starts,
        length=_length(event, starts, zones, all_day=all_day),
        all_day=all_day,
        rule=rule,
        last=_until(recurrence, starts) if recurrence is not None else None,
        added=tuple(_added(event, starts, zones)),
        left_out=frozenset(_aware(each, zones, listed) for listed in _lists(event, "EXDATE") for each in listed.dts),
        original=_aware(event["RECURRENCE-ID"], zones) if event.get("RECURRENCE-ID") is not None else None,
        gone=gone,
        title=_line(event.get("SUMMARY"), 200) or BUSY,
        place=_line(event.get("LOCATION"), 100),
        contact=_contact(event),
        note=_line(event.get("DESCRIPTION"), 1000),
        private=str(event.get("CLASS", "")).upper() in ("PRIVATE", "CONFIDENTIAL"),
    )


def _gone(event: Any) -> str | None:
    if str(event.get("STATUS", "")).strip().upper() == "CANCELLED":
        return "cancelled"
    return "transparent" if str(event.get("TRANSP", "")).strip().upper() == "TRANSPARENT" else None


def _length(event: Any, starts: datetime, zones: Mapping[str, tzinfo], *, all_day: bool) -> timedelta | None:
    length: timedelta | None = None
    if event.get("DTEND") is not None:
        length = _aware(event["DTEND"], zones).astimezone(UTC) - starts.astimezone(UTC)
    elif event.get("DURATION") is not None:
        length = event["DURATION"].dt
    elif all_day:
        length = timedelta(1)
    return _fit(length)


def _fit(length: timedelta | None) -> timedelta | None:
    if length is not None and length < timedelta():
        raise EventRefused("ends-before", "Giờ kết thúc trước giờ bắt đầu.", "The event ends before it begins.")
    if length is not None and length > _LONGEST:
        days = _LONGEST.days
        raise EventRefused("event-too-long", f"Sự kiện dài hơn {days} ngày.", f"The event is longer than {days} days.")
    return length or None


def _aware(value: Any, zones: Mapping[str, tzinfo], listed: Any = None) -> datetime:
    """Return a moment in its own zone: by the office's clock where none is said; raise EventRefused."""
    moment = value.dt
    if isinstance(moment, date) and not isinstance(moment, datetime):
        moment = datetime.combine(moment, time(), HANOI)
    if not isinstance(moment, datetime) or moment.year not in YEARS:
        raise EventRefused(
            "far-moment",
            f"Thời gian ngoài các năm {YEARS[0]}–{YEARS[-1]}.",
            f"A time is outside the years {YEARS[0]} to {YEARS[-1]}.",
        )
    if moment.tzinfo is not None:
        return moment
    tzid = str(getattr(listed if listed is not None else value, "params", {}).get("TZID", ""))
    if tzid and tzid not in zones:
        said = tzid[:60]
        raise EventRefused("zone-unknown", f"Không rõ múi giờ {said}.", f"The time zone {said} is not known.")
    return moment.replace(tzinfo=zones.get(tzid, HANOI))


def _lists(event: Any, name: str) -> list[Any]:
    value = event.get(name)
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _added(event: Any, starts: datetime, zones: Mapping[str, tzinfo]) -> list[tuple[datetime, timedelta | None]]:
    found = []
    for listed in _lists(event, "RDATE"):
        for each in listed.dts:
            if isinstance(each.dt, tuple):
                begin, end = each.dt
                own = end if isinstance(end, timedelta) else end - begin
                found.append((begin if begin.tzinfo else begin.replace(tzinfo=HANOI), _fit(own)))
            else:
                found.append((_aware(each, zones, listed).astimezone(starts.tzinfo), None))
    if any(moment.year not in YEARS for moment, _ in found):
        raise EventRefused("far-moment", "RDATE ngoài khoảng năm nhận được.", "An RDATE is too far away.")
    return found


def _until(recurrence: Any, starts: datetime) -> datetime | None:
    """Return the last moment at which it may begin, in its own zone."""
    until = (recurrence.get("UNTIL") or [None])[0]
    if until is None or until.year not in YEARS:
        return None if until is None or until.year > YEARS[-1] else starts - timedelta(1)
    if not isinstance(until, datetime):
        return datetime.combine(until, time(23, 59, 59), starts.tzinfo)
    return until.astimezone(starts.tzinfo) if until.tzinfo else until.replace(tzinfo=starts.tzinfo)


def _contact(event: Any) -> str | None:
    said = _line(event.get("CONTACT"), 100)
    if said:
        return said
    organizer = event.get("ORGANIZER")
    name = getattr(organizer, "params", {}).get("CN") if organizer is not None else None
    return _line(name, 100) or _line(re.sub(r"(?i)^mailto:", "", str(organizer or "")), 100)


def _line(value: Any, longest: int) -> str | None:
    if isinstance(value, list):
        value = value[0]
    text = _CONTROL.sub(" ", str(value or "")).strip()
    return (text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…") or None
