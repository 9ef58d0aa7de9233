"""Reading an iCalendar file into its events, each with the line it begins at; what is no such file is refused."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import tzinfo
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from icalendar import Timezone

from services.ops.sheets import BadFile, read_bytes

LARGEST_BYTES = 10_000_000
MOST_EVENTS = 5_000
_MOST_ZONES = 100
_DEEPEST = 5
LARGEST_EVENT = 300_000
"""Characters of an event that are read; one that is larger is refused by itself."""
_NAME = re.compile(r"^([A-Za-z0-9-]+)(?=[;:])")
_ZONE_RULE = re.compile(
    r"^RRULE:FREQ=YEARLY(;(BYMONTH=\d{1,2}|BYDAY=[+-]?\d?[A-Z]{2}|BYMONTHDAY=[-+\d,]{1,40}|UNTIL=[\dTZ]{8,16}|INTERVAL=1|"
    r"COUNT=\d{1,4}|WKST=[A-Z]{2}))*$",
    re.IGNORECASE,
)
_READ = frozenset(
    {
        "UID", "DTSTART", "DTEND", "DURATION", "RRULE", "EXRULE", "RDATE", "EXDATE", "RECURRENCE-ID", "STATUS",
        "TRANSP", "CLASS", "SUMMARY", "LOCATION", "CONTACT", "ORGANIZER", "SEQUENCE", "DESCRIPTION",
    }
)  # fmt: skip


@dataclass
class Block:
    """One component of a file: the line it begins at, and its own content lines that matter, unfolded."""

    line: int
    lines: list[str] = field(default_factory=list)
    size: int = 0

    def text(self, kind: str) -> str:
        """Return it as a component of this kind."""
        return "\r\n".join((f"BEGIN:{kind}", *self.lines, f"END:{kind}", ""))

    def said(self, name: str) -> str:
        """Return the beginning of what it says under a name as it is written; nothing where it says nothing."""
        lines = (line for line in self.lines if (match := _NAME.match(line)) and match[1].upper() == name)
        return next(lines, "").partition(":")[2].strip()[:200]


@dataclass(frozen=True)
class CalendarFile:
    """The events of a file in its order, and the time zones it defines by their names."""

    events: tuple[Block, ...]
    zones: Mapping[str, tzinfo]


def read_calendar(path: Path) -> CalendarFile:
    """Return what a file holds; raise BadFile naming the line at fault."""
    content = read_bytes(path)
    if len(content) > LARGEST_BYTES:
        limit = LARGEST_BYTES // 1_000_000
        raise BadFile(
            f"Tệp {path.name} lớn hơn {limit} MB; đề nghị chia thành nhiều tệp.",
            f"File {path.name} is larger than {limit} MB; split it into several files.",
        )
    events, zones = _components(path.name, _unfolded(path.name, _decoded(path.name, content)))
    return CalendarFile(tuple(events), dict(_zones(path.name, zones)))


def _decoded(name: str, content: bytes) -> str:
    try:
        return content.removeprefix(b"\xef\xbb\xbf").decode()
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise BadFile(
            f"Tệp {name}, dòng {line}: không phải UTF-8; đề nghị xuất lại lịch dạng iCalendar (UTF-8).",
            f"File {name}, line {line}: this is not UTF-8; export the calendar again as iCalendar (UTF-8).",
        ) from None


def _unfolded(name: str, text: str) -> Iterator[tuple[int, str]]:
    """Yield every content line with the number of its first line; raise BadFile for what is none."""
    number, parts = 0, [""]
    for place, line in enumerate(re.split(r"\r\n|\n|\r", text), 1):
        if line[:1] in (" ", "\t") and number:
            parts.append(line[1:])
            continue
        if number:
            yield number, "".join(parts)
        number, parts = (place, [line.rstrip()]) if line.strip() else (0, [""])
        if number and not _NAME.match(line):
            raise _bad(name, place, "không phải dòng iCalendar", "this is no line of iCalendar")
    if number:
        yield number, "".join(parts)


def _components(name: str, lines: Iterator[tuple[int, str]]) -> tuple[list[Block], list[Block]]:
    stack: list[str] = []
    found: dict[str, list[Block]] = {"VEVENT": [], "VTIMEZONE": []}
    line = 1
    for line, text in lines:
        word, _, value = text.partition(":")
        kind = value.strip().upper()
        if word.upper() == "BEGIN":
            if not stack and kind != "VCALENDAR":
                raise _bad(name, line, "phải bắt đầu bằng BEGIN:VCALENDAR", "BEGIN:VCALENDAR must come first")
            if len(stack) == 1 and kind in found:
                found[kind].append(Block(line))
            stack.append(kind)
            _keep(stack, found, text, nested=True)
        elif not stack:
            raise _bad(name, line, "phải bắt đầu bằng BEGIN:VCALENDAR", "BEGIN:VCALENDAR must come first")
        elif word.upper() == "END":
            _keep(stack, found, text, nested=True)
            if stack.pop() != kind:
                raise _bad(name, line, f"END:{kind[:40]} không khớp BEGIN", f"END:{kind[:40]} has no BEGIN")
        else:
            _keep(stack, found, text)
        if len(stack) > _DEEPEST or len(found["VEVENT"]) > MOST_EVENTS or len(found["VTIMEZONE"]) > _MOST_ZONES:
            most = f"{MOST_EVENTS:,}"
            raise _bad(name, line, f"quá nhiều thành phần (tối đa {most} sự kiện)", f"too much (at most {most} events)")
    if stack or not found["VEVENT"]:
        raise _bad(name, line, "tệp bị cắt cụt hoặc không có sự kiện", "the file ends too early, or holds no events")
    return found["VEVENT"], found["VTIMEZONE"]


def _keep(stack: list[str], found: dict[str, list[Block]], text: str, *, nested: bool = False) -> None:
    """Keep a content line where it matters: alarms and attachments of an event do not, all of a time zone does."""
    if len(stack) < 2 + nested or stack[1] not in found:
        return
    block = found[stack[1]][-1]
    if stack[1] == "VTIMEZONE":
        block.lines.append(text)
        return
    match = _NAME.match(text)
    if len(stack) == 2 and match and match[1].upper() in _READ:
        block.size += len(text)
        if block.size <= LARGEST_EVENT:
            block.lines.append(text)


def _zones(name: str, blocks: list[Block]) -> Iterator[tuple[str, tzinfo]]:
    seen: set[str] = set()
    for block in blocks:
        tzid = block.said("TZID")
        if not tzid or tzid in seen or known_zone(tzid):
            continue
        seen.add(tzid)
        # Rules other than those of summer times would be followed second by second.
        rules = [line for line in block.lines if line.upper().startswith("RRULE")]
        try:
            if len(block.lines) > 1000 or not all(_ZONE_RULE.match(rule) for rule in rules):
                raise ValueError(tzid)
            zone: Any = Timezone.from_ical(block.text("VTIMEZONE"))
            yield tzid, zone.to_tz()
        # What the library raises for a broken time zone is no part of its promise.
        except Exception:
            said = tzid[:60]
            raise _bad(name, block.line, f"múi giờ {said} sai", f"the time zone {said} is broken") from None


def known_zone(tzid: str) -> tzinfo | None:
    """Return the zone of this IANA name; None where there is none."""
    try:
        return ZoneInfo(tzid)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def _bad(name: str, line: int, vi: str, en: str) -> BadFile:
    return BadFile(f"Tệp {name}, dòng {line}: {vi}.", f"File {name}, line {line}: {en}.")
