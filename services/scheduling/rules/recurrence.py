"""The days of a series, by the office's calendar: every so many days, weeks or months."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import count, islice
from typing import Literal

_FAR = 3000


def days_of_series(
    first: date,
    every: Literal["day", "week", "month"],
    interval: int,
    *,
    weekdays: Sequence[int] = (),
    month_by: Literal["day", "weekday"] = "day",
    most: int,
    until: date | None = None,
) -> tuple[date, ...]:
    """Return the days of a series from its first on, `most` at most and none after `until`.

    A month without such a day (the 31st, a fifth Friday) has none.
    """
    match every:
        case "day":
            days: Iterator[date] = (first + timedelta(n * interval) for n in count())
        case "week":
            days = _weekly(first, interval, sorted(set(weekdays)) or [first.isoweekday()])
        case "month":
            days = _monthly(first, interval, month_by)
    found: list[date] = []
    for day in islice(days, _FAR):
        if len(found) == most or (until is not None and day > until):
            break
        found.append(day)
    return tuple(found)


def _weekly(first: date, interval: int, weekdays: Sequence[int]) -> Iterator[date]:
    monday = first - timedelta(first.isoweekday() - 1)
    for n in count():
        for weekday in weekdays:
            day = monday + timedelta(7 * n * interval + weekday - 1)
            if day >= first:
                yield day


def _monthly(first: date, interval: int, month_by: Literal["day", "weekday"]) -> Iterator[date]:
    nth = (first.day - 1) // 7
    for n in count():
        month = first.month - 1 + n * interval
        start = date(first.year + month // 12, month % 12 + 1, 1)
        if month_by == "weekday":
            day = start + timedelta((first.isoweekday() - start.isoweekday()) % 7 + 7 * nth)
        else:
            day = start + timedelta(first.day - 1)
        if day.month == start.month:
            yield day
