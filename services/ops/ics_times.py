"""The events of an iCalendar file, each at every time at which it takes place within a stated horizon."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from services.ops.ics_event import HANOI, CalendarEvent, EventRefused, read_event
from services.ops.ics_reading import CalendarFile
from services.ops.ics_recurrence import Budget, RuleRefused, days

MOST_TIMES = 5_000
_MOST_DAYS_LOOKED_AT = 2_000_000
_LONGEST = timedelta(28)
_MINUTE = timedelta(minutes=1)
WORDS: dict[str, tuple[str, str]] = {
    "cancelled": ("đã hủy trong tệp", "cancelled in the file"),
    "transparent": ("không báo bận (TRANSP)", "does not take the time (TRANSP)"),
    "left-out": ("buổi bị bỏ khỏi chuỗi (EXDATE)", "left out of its series (EXDATE)"),
    "past": ("đã qua", "is over"),
    "beyond": ("ngoài khoảng nhập (--days)", "beyond the horizon (--days)"),
    "older": ("bản cũ của sự kiện cùng mã trong tệp", "an older version of an event of the file"),
}


@dataclass(frozen=True)
class Horizon:
    """The moment of the import, and the last day of the office's of which anything is taken."""

    now: datetime
    last: date


@dataclass(frozen=True)
class TimedEvent:
    """An event at one of its times, in UTC and whole minutes; `ends_at` is None where it has no length.

    `key` names this time among those of its event for ever: the day and its place on it, nothing for an event that
    comes once. `gone` says why nothing is to be booked, `wrong` what cannot be read.
    """

    line: int
    uid: str
    key: str = ""
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    title: str = ""
    place: str | None = None
    contact: str | None = None
    note: str | None = None
    private: bool = False
    gone: str | None = None
    wrong: EventRefused | None = None


def timed_events(file: CalendarFile, horizon: Horizon) -> list[TimedEvent]:
    """Return every event at each of its times, those that cannot be read too; raise RuleRefused for far too many."""
    events, found = [], []
    for block in file.events:
        try:
            event = read_event(block, file.zones)
            events.append(event if event.uid else replace(event, uid=f"line-{block.line}"))
        except EventRefused as wrong:
            found.append(TimedEvent(block.line, block.said("UID"), title=block.said("SUMMARY"), wrong=wrong))
    of_uid: dict[str, list[CalendarEvent]] = defaultdict(list)
    for event in events:
        of_uid[event.uid].append(event)
    budget = Budget(_MOST_DAYS_LOOKED_AT)
    for same in of_uid.values():
        try:
            found += _of_one(same, horizon, budget)
        except RuleRefused as refused:
            unfit = EventRefused("rule-unfit", refused.vi, refused.en)
            found.append(TimedEvent(same[0].line, same[0].uid, title=same[0].title, wrong=unfit))
        if len(found) > MOST_TIMES:
            raise RuleRefused(
                f"Tệp có hơn {MOST_TIMES:,} buổi đến ngày {horizon.last:%d/%m/%Y}; đề nghị giảm --days.",
                f"The file has more than {MOST_TIMES:,} times up to {horizon.last}; lower --days.",
            )
    return sorted(found, key=lambda each: (each.starts_at or datetime.max.replace(tzinfo=UTC), each.line))


def _of_one(same: Sequence[CalendarEvent], horizon: Horizon, budget: Budget) -> Iterator[TimedEvent]:
    """Yield the times of all that a file says under one UID: the series, and those of its times that differ."""
    newest: dict[datetime | None, CalendarEvent] = {}
    for event in same:
        stands_for = event.original.astimezone(UTC) if event.original else None
        other = newest.get(stands_for)
        older = event if other is not None and other.sequence > event.sequence else other
        newest[stands_for] = other if other is not None and older is event else event
        if older is not None:
            yield _timed(older, "", older.starts, older.length, "older")
    master = newest.pop(None, None)
    if master is not None and master.rule is None and not master.added:
        yield _once(_timed(master, "", master.starts, master.length, master.gone), horizon)
    elif master is not None:
        yield from _series(master, newest, horizon, budget)
    # What differs from times beyond the horizon, or from a series the file does not hold, stands for itself.
    for original, event in newest.items():
        assert original is not None
        key = f"{original.astimezone(master.zone if master else event.zone).date()}"
        yield _once(_timed(event, key, event.starts, event.length, event.gone), horizon)


def _series(
    master: CalendarEvent, changed: dict[datetime | None, CalendarEvent], horizon: Horizon, budget: Budget
) -> Iterator[TimedEvent]:
    left_out = {moment.astimezone(UTC) for moment in master.left_out}
    on_day: dict[date, int] = defaultdict(int)
    times = list(_times(master, horizon, budget))
    of_day = _not_exact(changed, times, master)
    shown = False
    for starts, length in times:
        day, moment = starts.date(), starts.astimezone(UTC)
        key, on_day[day] = f"{day}#{on_day[day]}" if on_day[day] else f"{day}", on_day[day] + 1
        event = changed.pop(of_day.get(day, moment), None)
        if event is not None:
            timed = _timed(event, key, event.starts, event.length, event.gone or master.gone)
        else:
            timed = _timed(master, key, starts, length, "left-out" if moment in left_out else master.gone)
        if not _over(timed, horizon):
            shown = True
            yield timed
    if not shown:
        beyond = master.starts.date() > horizon.last
        yield _timed(master, "", master.starts, master.length, "beyond" if beyond else "past")


def _not_exact(
    changed: Iterable[datetime | None], times: Iterable[tuple[datetime, timedelta | None]], master: CalendarEvent
) -> dict[date, datetime]:
    """Return by their day what stands for no time of the series just so: its hour was changed after them."""
    exact = {starts.astimezone(UTC) for starts, _ in times}
    return {moment.astimezone(master.zone).date(): moment for moment in changed if moment and moment not in exact}


def _times(master: CalendarEvent, horizon: Horizon, budget: Budget) -> Iterable[tuple[datetime, timedelta | None]]:
    """Return when a series begins its times within the horizon, and how long each is, in their order."""
    first, last = (horizon.now - _LONGEST).astimezone(master.zone).date(), horizon.last
    found = {moment: length or master.length for moment, length in master.added if first <= moment.date() <= last}
    if master.rule is None:
        found[master.starts] = master.length
    else:
        until = min(last, master.last.date()) if master.last else last
        for day in days(master.rule, master.starts.date(), first, until, budget):
            moment = datetime.combine(day, master.starts.timetz())
            if master.last is None or moment <= master.last:
                found[moment] = master.length
            if len(found) > MOST_TIMES:
                break
    return sorted(found.items(), key=lambda each: each[0])


def _timed(event: CalendarEvent, key: str, starts: datetime, length: timedelta | None, gone: str | None) -> TimedEvent:
    start = starts.astimezone(UTC)
    end = start + length if length else None
    # Whole minutes, as bookings are: begun ones and those not over count.
    start = start.replace(second=0, microsecond=0)
    if end is not None and end.replace(second=0, microsecond=0) != end:
        end = end.replace(second=0, microsecond=0) + _MINUTE
    return TimedEvent(
        event.line, event.uid, key, start, end, event.title, event.place, event.contact, event.note, event.private, gone
    )


def _once(event: TimedEvent, horizon: Horizon) -> TimedEvent:
    assert event.starts_at is not None
    if _over(event, horizon):
        return replace(event, gone="past")
    beyond = event.starts_at.astimezone(HANOI).date() > horizon.last
    return replace(event, gone="beyond") if beyond else event


def _over(event: TimedEvent, horizon: Horizon) -> bool:
    end = event.ends_at or event.starts_at
    return end is not None and end <= horizon.now
