"""The days on which an event of iCalendar comes again (RFC 5545, 3.3.10), in work bounded by the days looked at.

Libraries search for a next day until the year 9999; a file of strangers may ask for the 30th of February.
"""

import calendar
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_KNOWN = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "BYMONTH", "BYMONTHDAY", "BYDAY", "BYSETPOS", "WKST"}
FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")


class RuleRefused(Exception):
    """A rule is not one of an office's calendar; the words say what is wrong, in Vietnamese and English."""

    def __init__(self, vi: str, en: str) -> None:
        super().__init__(en)
        self.vi, self.en = vi, en


@dataclass
class Budget:
    """How many days may still be looked at for one file."""

    days: int

    def spend(self, days: int) -> None:
        """Take some; raise RuleRefused when there are none left."""
        self.days -= days
        if self.days < 0:
            raise RuleRefused(
                "Các quy tắc lặp trong tệp quá nhiều; đề nghị chia thành nhiều tệp hoặc giảm --days.",
                "The file's rules of recurrence are too many; split the file, or lower --days.",
            )


@dataclass(frozen=True)
class Rule:
    """How an event comes again; an ordinal of 0 stands for every such weekday."""

    frequency: str
    interval: int
    count: int | None
    months: frozenset[int]
    month_days: frozenset[int]
    weekdays: frozenset[tuple[int, int]]
    places: tuple[int, ...]
    week_start: int


def read_rule(parts: Mapping[str, Sequence[Any]], start: date) -> Rule:
    """Return the rule that its parts say for an event that begins on a day; raise RuleRefused."""
    said = {name.upper(): list(values) for name, values in parts.items()}
    unknown = ", ".join(sorted(said.keys() - _KNOWN))
    frequency = str(_one(said, "FREQ", "")).upper()
    if frequency not in FREQUENCIES or unknown:
        wrong = unknown or f"FREQ={frequency}"
        raise RuleRefused(
            f"Quy tắc lặp {wrong} không dùng cho lịch công tác; đề nghị lặp theo ngày, tuần, tháng hoặc năm.",
            f"The rule of recurrence {wrong} is not for an office's calendar; repeat by day, week, month or year.",
        )
    month_days, weekdays = _numbers(said, "BYMONTHDAY", 31), _weekdays(said, frequency)
    months = _numbers(said, "BYMONTH", 12, negative=False)
    if not month_days and not weekdays:
        if frequency == "YEARLY" and not months:
            months = frozenset({start.month})
        if frequency in ("YEARLY", "MONTHLY"):
            month_days = frozenset({start.day})
        if frequency == "WEEKLY":
            weekdays = frozenset({(0, start.weekday())})
    return Rule(
        frequency=frequency,
        interval=_positive(said, "INTERVAL") or 1,
        count=_positive(said, "COUNT"),
        months=months,
        month_days=month_days,
        weekdays=weekdays,
        places=tuple(_numbers(said, "BYSETPOS", 366)),
        week_start=_WEEKDAYS.index(_weekday(_one(said, "WKST", "MO"))),
    )


def days(rule: Rule, start: date, first: date, last: date, budget: Budget) -> Iterator[date]:
    """Yield the days from `first` to `last` on which an event comes that begins on `start`; raise RuleRefused."""
    # Where none are counted, those before the first that is asked for need not be known.
    index = 0 if rule.count or first <= start else _index(rule, start, first)
    index, counted = index - index % rule.interval, 0
    while True:
        begin, end = _period(rule, start, index)
        if begin > last:
            return
        budget.spend((end - begin).days)
        for day in _chosen(rule, begin, end):
            counted += day >= start
            if day > last or (rule.count is not None and counted > rule.count):
                return
            if day >= max(start, first):
                yield day
        index += rule.interval


def _chosen(rule: Rule, begin: date, end: date) -> list[date]:
    found = [day for day in (begin + timedelta(n) for n in range((end - begin).days)) if _meets(rule, day)]
    if not rule.places:
        return found
    places = {place - 1 if place > 0 else len(found) + place for place in rule.places}
    return [day for place, day in enumerate(found) if place in places]


def _meets(rule: Rule, day: date) -> bool:
    if rule.months and day.month not in rule.months:
        return False
    length = calendar.monthrange(day.year, day.month)[1]
    if rule.month_days and not {day.day, day.day - length - 1} & rule.month_days:
        return False
    return not rule.weekdays or bool(_ordinals(rule, day, length) & rule.weekdays)


def _ordinals(rule: Rule, day: date, length: int) -> set[tuple[int, int]]:
    """Return what a weekday may be called: every one, the n-th of its month or year, or that from the end."""
    place, weekday = day.day, day.weekday()
    if rule.frequency == "YEARLY" and not rule.months:
        place, length = day.timetuple().tm_yday, 365 + calendar.isleap(day.year)
    return {(0, weekday), ((place - 1) // 7 + 1, weekday), (-((length - place) // 7 + 1), weekday)}


def _index(rule: Rule, start: date, day: date) -> int:
    if rule.frequency == "DAILY":
        return (day - start).days
    if rule.frequency == "WEEKLY":
        return (day - _week(rule, start)).days // 7
    years = day.year - start.year
    return years if rule.frequency == "YEARLY" else years * 12 + day.month - start.month


def _period(rule: Rule, start: date, index: int) -> tuple[date, date]:
    if rule.frequency == "DAILY":
        return start + timedelta(index), start + timedelta(index + 1)
    if rule.frequency == "WEEKLY":
        monday = _week(rule, start) + timedelta(7 * index)
        return monday, monday + timedelta(7)
    if rule.frequency == "YEARLY":
        return date(start.year + index, 1, 1), date(start.year + index + 1, 1, 1)
    return _month(start, index), _month(start, index + 1)


def _week(rule: Rule, day: date) -> date:
    return day - timedelta((day.weekday() - rule.week_start) % 7)


def _month(start: date, index: int) -> date:
    years, month = divmod(start.year * 12 + start.month - 1 + index, 12)
    return date(years, month + 1, 1)


# --- reading the parts ----------------------------------------------------------------------------------------------


def _one(said: Mapping[str, Sequence[Any]], name: str, otherwise: object) -> Any:
    values = said.get(name) or [otherwise]
    return values[0]


def _positive(said: Mapping[str, Sequence[Any]], name: str) -> int | None:
    value = _one(said, name, None)
    if value is None:
        return None
    if not 1 <= int(value) <= 10_000:
        raise _wrong(f"{name}={value}")
    return int(value)


def _numbers(said: Mapping[str, Sequence[Any]], name: str, most: int, *, negative: bool = True) -> frozenset[int]:
    numbers = frozenset(int(value) for value in said.get(name, ()))
    if any(not (1 <= abs(number) <= most) or (number < 0 and not negative) for number in numbers):
        raise _wrong(name)
    return numbers


def _weekdays(said: Mapping[str, Sequence[Any]], frequency: str) -> frozenset[tuple[int, int]]:
    found = set()
    for value in said.get("BYDAY", ()):
        ordinal = int(str(value)[:-2] or 0)
        if abs(ordinal) > 53 or (ordinal and frequency not in ("MONTHLY", "YEARLY")):
            raise _wrong(f"BYDAY={value}")
        found.add((ordinal, _WEEKDAYS.index(_weekday(str(value)[-2:]))))
    return frozenset(found)


def _weekday(value: object) -> str:
    if str(value).upper() not in _WEEKDAYS:
        raise _wrong(str(value))
    return str(value).upper()


def _wrong(what: str) -> RuleRefused:
    return RuleRefused(f"Quy tắc lặp có phần chưa đúng: {what}.", f"A part of the rule of recurrence is wrong: {what}.")
