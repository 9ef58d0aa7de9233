"""Calendars of strangers: every event at its times, or one sentence that names what is wrong, in bounded work."""

import random
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import vRecur

from services.ops.ics_reading import read_calendar
from services.ops.ics_recurrence import Budget, RuleRefused, days, read_rule
from services.ops.ics_times import Horizon, TimedEvent, timed_events
from services.ops.sheets import BadFile

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
HORIZON = Horizon(NOW, date(2027, 11, 23))
Read = Callable[..., list[TimedEvent]]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Reads a calendar of events, each given as its lines."""

    def reading(*events: str, head: str = "", horizon: Horizon = HORIZON) -> list[TimedEvent]:
        file = tmp_path / "lich.ics"
        inner = "".join(f"BEGIN:VEVENT\r\n{event.strip()}\r\nEND:VEVENT\r\n" for event in events)
        file.write_text(
            f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{head}{inner}END:VCALENDAR\r\n", encoding="utf-8", newline=""
        )
        return timed_events(read_calendar(file), horizon)

    return reading


def told(events: list[TimedEvent]) -> list[tuple[str, str]]:
    return [
        (f"{one.starts_at.astimezone(HANOI):%m-%d %H:%M}", f"{one.ends_at.astimezone(HANOI):%m-%d %H:%M}")
        for one in events
        if one.starts_at and one.ends_at and one.gone is None
    ]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("DTSTART:20261201T020000Z\nDTEND:20261201T030000Z", ("12-01 09:00", "12-01 10:00")),
        ("DTSTART:20261201T090000\nDURATION:PT90M", ("12-01 09:00", "12-01 10:30")),
        ("DTSTART;TZID=Asia/Tokyo:20261201T090000\nDURATION:PT1H", ("12-01 07:00", "12-01 08:00")),
        ("DTSTART;TZID=SE Asia Standard Time:20261201T090000\nDURATION:PT1H", ("12-01 09:00", "12-01 10:00")),
        ("DTSTART;VALUE=DATE:20261201", ("12-01 00:00", "12-02 00:00")),
        ("DTSTART;VALUE=DATE:20261201\nDTEND;VALUE=DATE:20261204", ("12-01 00:00", "12-04 00:00")),
        ("DTSTART:20261201T090030\nDTEND:20261201T100030", ("12-01 09:00", "12-01 10:01")),
    ],
)
def test_an_event_is_read_at_its_time_by_the_offices_clock(read: Read, lines: str, expected: tuple[str, str]) -> None:
    assert told(read(f"UID:1\n{lines}")) == [expected]


def test_a_zone_that_the_file_defines_is_followed(read: Read) -> None:
    zone = (
        "BEGIN:VTIMEZONE\r\nTZID:Cơ quan\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nTZOFFSETFROM:+0900\r\n"
        "TZOFFSETTO:+0900\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
    )
    events = read("UID:1\nDTSTART;TZID=Cơ quan:20261201T110000\nDURATION:PT1H", head=zone)
    assert told(events) == [("12-01 09:00", "12-01 10:00")]


def test_a_series_comes_at_its_times_without_what_was_left_out_and_with_what_was_added_and_moved(read: Read) -> None:
    series = "UID:1\nSUMMARY:Giao ban\nDTSTART:20261201T080000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;COUNT=5"
    moved = "UID:1\nRECURRENCE-ID:20261215T080000\nDTSTART:20261216T140000\nDURATION:PT2H"
    events = read(f"{series}\nEXDATE:20261208T080000\nRDATE:20261203T080000", moved)
    assert told(events) == [
        ("12-01 08:00", "12-01 09:00"),
        ("12-03 08:00", "12-03 09:00"),
        ("12-16 14:00", "12-16 16:00"),
        ("12-22 08:00", "12-22 09:00"),
        ("12-29 08:00", "12-29 09:00"),
    ]
    assert [one.key for one in events if one.gone == "left-out"] == ["2026-12-08"]
    assert next(one for one in events if one.starts_at == datetime(2026, 12, 16, 7, tzinfo=UTC)).key == "2026-12-15"


@pytest.mark.parametrize(
    ("until", "count"),
    [
        ("20261203", 3),
        ("20261203T010000Z", 3),
        ("20261203T005959Z", 2),
        ("20261203T080000", 3),
        ("99991231T235959Z", 358),
    ],
)
def test_a_series_ends_with_the_last_time_it_may_begin(read: Read, until: str, count: int) -> None:
    lines = f"UID:1\nDTSTART;TZID=Asia/Ho_Chi_Minh:20261201T080000\nDURATION:PT1H\nRRULE:FREQ=DAILY;UNTIL={until}"
    assert len(told(read(lines))) == count


def test_a_series_keeps_its_hour_where_summer_time_ends(read: Read) -> None:
    event = "UID:1\nDTSTART;TZID=Europe/Paris:20270322T090000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;COUNT=2"
    assert told(read(event)) == [("03-22 15:00", "03-22 16:00"), ("03-29 14:00", "03-29 15:00")]


def test_a_series_whose_hour_was_changed_keeps_the_names_of_its_times(read: Read) -> None:
    series = "UID:1\nDTSTART:20261201T{hour}0000\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=3"
    moved = "UID:1\nRECURRENCE-ID:20261202T080000\nDTSTART:20261202T150000\nDURATION:PT1H"
    before, after = read(series.format(hour="08"), moved), read(series.format(hour="10"), moved)
    assert [one.key for one in before] == [one.key for one in after] == ["2026-12-01", "2026-12-02", "2026-12-03"]
    assert told(after)[1] == ("12-02 15:00", "12-02 16:00")


@pytest.mark.parametrize(
    ("lines", "gone"),
    [
        ("DTSTART:20261201T080000\nSTATUS:CANCELLED", "cancelled"),
        ("DTSTART;VALUE=DATE:20261201\nTRANSP:TRANSPARENT", "transparent"),
        ("DTSTART:20261101T080000\nDURATION:PT1H", "past"),
        ("DTSTART:20280101T080000\nDURATION:PT1H", "beyond"),
        ("DTSTART:20280101T080000\nDURATION:PT1H\nRRULE:FREQ=DAILY", "beyond"),
        ("DTSTART:20200101T080000\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=9", "past"),
        ("DTSTART:20261201T080000\nRRULE:FREQ=DAILY;UNTIL=00010101T000000Z", "past"),
    ],
)
def test_what_is_not_to_be_booked_is_said_so(read: Read, lines: str, gone: str) -> None:
    assert [one.gone for one in read(f"UID:1\n{lines}")] == [gone]


def test_of_two_versions_the_newer_counts(read: Read) -> None:
    lines = "UID:1\nDTSTART:2026120{day}T080000\nDURATION:PT1H\nSEQUENCE:{sequence}"
    events = read(lines.format(day=2, sequence=3), lines.format(day=1, sequence=2))
    assert {(one.gone, f"{one.starts_at:%d}") for one in events} == {(None, "02"), ("older", "01")}


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ("SUMMARY:Không giờ", "no-start"),
        ("DTSTART:00010101T000000", "far-moment"),
        ("DTSTART:99991231T235959Z\nDURATION:PT9999999H", "far-moment"),
        ("DTSTART:20261201T080000\nDURATION:P99999999999W", "event-unreadable"),
        ("DTSTART:20261201T080000\nDURATION:P9999999D", "event-too-long"),
        ("DTSTART:20261201T080000\nRDATE;VALUE=PERIOD:20261203T080000/P9999999D", "event-too-long"),
        ("DTSTART:20260231T080000", "event-unreadable"),
        ("DTSTART:20261201T080000\nDTEND:20261201T070000", "ends-before"),
        ("DTSTART;TZID=Sao Hỏa:20261201T080000", "zone-unknown"),
        ("DTSTART:20261201T080000\nRRULE:FREQ=SECONDLY", "rule-unfit"),
        ("DTSTART:20261201T080000\nRRULE:FREQ=HOURLY;COUNT=10", "rule-unfit"),
        ("DTSTART:20261201T080000\nRRULE:FREQ=DAILY;BYSECOND=1", "rule-unfit"),
        ("DTSTART:20261201T080000\nRRULE:FREQ=DAILY;INTERVAL=0", "rule-unfit"),
        ("DTSTART:20261201T080000\nRRULE:FREQ=NEVER", "event-unreadable"),
        ("DTSTART:20261201T080000\nRECURRENCE-ID;RANGE=THISANDFUTURE:20261201T080000", "range-unfit"),
        ("DTSTART:20261201T080000\nDTSTART:20261202T080000", "doubled"),
        ("DTSTART:20261201T080000\nEXDATE:hôm qua", "event-unreadable"),
        ("DTSTART:20261201T080000\nDESCRIPTION:" + "x" * 400_000, "event-too-large"),
    ],
)
def test_an_event_that_cannot_be_read_is_named_by_its_line_and_the_others_are_read(
    read: Read, lines: str, code: str
) -> None:
    events = read(f"UID:1\n{lines}", "UID:2\nDTSTART:20261201T080000\nDURATION:PT1H")
    assert told(events) == [("12-01 08:00", "12-01 09:00")]
    (wrong,) = (one for one in events if one.wrong)
    assert wrong.wrong is not None
    assert (wrong.line, wrong.wrong.code) == (3, code)
    assert wrong.wrong.vi
    assert wrong.wrong.en


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:\xc3\x28\r\n", 3),
        ("BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\n".encode("utf-16"), 1),
        (b"PK\x03\x04 not a calendar", 1),
        (b"STT,Ten,Gio\n1,Hop,8h\n", 1),
        (b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nEND:VCALENDAR\r\n", 4),
        (b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\n", 3),
        (b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n", 3),
        (b"BEGIN:VCALENDAR\r\n" + b"BEGIN:VEVENT\r\n" * 50, 6),
        (b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n\xe2\x80\x8bh\xe1\xbb\x8fng\r\n", 3),
    ],
)
def test_a_file_that_is_no_calendar_is_refused_by_its_line(tmp_path: Path, content: bytes, line: int) -> None:
    file = tmp_path / "la.ics"
    file.write_bytes(content)
    with pytest.raises(BadFile, match=f"(dòng|line) {line}\\b"):
        read_calendar(file)


def test_hostile_files_are_bounded_work(tmp_path: Path, read: Read) -> None:
    file, chance = tmp_path / "la.ics", random.Random(5)
    started = time.process_time()
    for content in (
        chance.randbytes(9_900_000),
        b"BEGIN:VCALENDAR\r\n" * 580_000,
        b"A:\r\n" * 2_400_000,
        b" x\n" * 3_300_000,
    ):
        file.write_bytes(content)
        with pytest.raises(BadFile):
            read_calendar(file)
    assert time.process_time() - started < 5
    zone = (
        "BEGIN:VTIMEZONE\r\nTZID:Lạ\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nTZOFFSETFROM:+0900\r\n"
        "TZOFFSETTO:+0900\r\nRRULE:FREQ=SECONDLY\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
    )
    with pytest.raises(BadFile, match="3"):
        read("UID:1\nDTSTART;TZID=Lạ:20261201T080000", head=zone)
    never = "UID:{n}\nDTSTART:19700101T080000\nRRULE:FREQ=DAILY;COUNT=9999;BYMONTH=2;BYMONTHDAY=30"
    events = read(*(never.format(n=n) for n in range(500)))
    assert {one.wrong.code for one in events if one.wrong} == {"rule-unfit"}
    always = "UID:{n}\nDTSTART:20261124T080000\nRRULE:FREQ=DAILY"
    with pytest.raises(RuleRefused):
        read(*(always.format(n=n) for n in range(100)))
    assert time.process_time() - started < 30


_VALID = (
    "BEGIN:VCALENDAR\r\nBEGIN:VTIMEZONE\r\nTZID:Z\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nTZOFFSETFROM:+0900\r\n"
    "TZOFFSETTO:+0900\r\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\nBEGIN:VEVENT\r\n"
    "UID:1\r\nDTSTART;TZID=Z:20261201T080000\r\nDTEND;TZID=Z:20261201T090000\r\nRRULE:FREQ=WEEKLY;BYDAY=TU,TH;COUNT=9\r\n"
    "EXDATE;TZID=Z:20261203T080000\r\nRDATE;VALUE=PERIOD:20261204T010000Z/PT1H\r\nSUMMARY:Họp\\, giao\r\n  ban\r\n"
    "SEQUENCE:2\r\n"
    "END:VEVENT\r\nBEGIN:VEVENT\r\nUID:1\r\nRECURRENCE-ID;TZID=Z:20261208T080000\r\nDTSTART:20261208T100000Z\r\n"
    "DURATION:PT2H\r\nSTATUS:CONFIRMED\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)
_PIECES = st.sampled_from(
    [
        "",
        "\r\n",
        ":",
        ";",
        "=",
        "9",
        "99999999",
        "00010101T000000Z",
        "-",
        "+9999",
        "\x00",
        "\ufeff",
        " ",
        "Z",
        "é",
        '"',
        ",",
        "T",
    ]
)


@settings(max_examples=400, deadline=None)
@given(changes=st.lists(st.tuples(st.integers(0, len(_VALID)), st.integers(0, 12), _PIECES), min_size=1, max_size=4))
def test_a_file_with_damage_anywhere_is_read_or_refused_in_words(
    tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[int, int, str]]
) -> None:
    text = _VALID
    for place, length, piece in changes:
        text = text[:place] + piece + text[place + length :]
    file = tmp_path_factory.getbasetemp() / "hong.ics"
    file.write_text(text, encoding="utf-8", newline="")
    try:
        events = timed_events(read_calendar(file), HORIZON)
    except (BadFile, RuleRefused):
        return
    for event in events:
        assert event.wrong is None or (event.wrong.vi and event.wrong.en and event.line)
        assert event.wrong is not None or event.starts_at is not None


_FREQUENCIES = st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"])
_LIMITS = st.sampled_from(["", ";COUNT=1", ";COUNT=7", ";COUNT=200"])
_MONTHS = st.sets(st.integers(1, 12), max_size=3)
# Days that every month has, and weekdays either plain or numbered: the other library looks for what never comes until
# the year 9999, and takes numbered and plain ones together for what is both.
_DAYS = st.one_of(
    st.tuples(
        st.sets(st.sampled_from(["1", "15", "28", "-1", "-28"]), max_size=3),
        st.sets(st.sampled_from(["MO", "TU", "FR", "SU"]), max_size=3),
    ),
    st.tuples(st.just(set[str]()), st.sets(st.sampled_from(["1MO", "-1FR", "2WE", "4TU"]), min_size=1, max_size=3)),
)


@st.composite
def rules(draw: st.DrawFn) -> str:
    frequency, limit, months, (month_days, weekdays) = draw(_FREQUENCIES), draw(_LIMITS), draw(_MONTHS), draw(_DAYS)
    long = frequency in ("MONTHLY", "YEARLY")
    parts = [f"FREQ={frequency};INTERVAL={draw(st.integers(1, 5))}{limit}"]
    parts += ["BYMONTH=" + ",".join(map(str, sorted(months)))] if months else []
    parts += ["BYMONTHDAY=" + ",".join(sorted(month_days))] if month_days and frequency != "WEEKLY" else []
    parts += ["BYDAY=" + ",".join(sorted({day if long else day[-2:] for day in weekdays}))] if weekdays else []
    if long and (month_days or weekdays):
        parts += draw(st.sampled_from([[], ["BYSETPOS=1"], ["BYSETPOS=-1"]]))
    return ";".join(parts)


@settings(max_examples=150, deadline=None)
@given(rule=rules(), start=st.dates(date(2019, 1, 1), date(2024, 12, 31)), ahead=st.integers(0, 1200))
def test_days_are_those_that_another_library_finds(rule: str, start: date, ahead: int) -> None:
    first = start + timedelta(ahead)
    last = first + timedelta(900)
    oracle = rrulestr(rule, dtstart=datetime(start.year, start.month, start.day))
    expected = []
    for moment in oracle:
        if moment.date() > last:
            break
        if moment.date() >= first:
            expected.append(moment.date())
    found = days(read_rule(vRecur.from_ical(rule), start), start, first, last, Budget(1_000_000))
    assert list(found) == expected
