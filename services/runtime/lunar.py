"""Days of the lunar calendar as Vietnam keeps it: months from new moon to new moon by the clock of Hanoi (UTC+7).

After Hồ Ngọc Đức, "Thuật toán tính âm lịch", with the new moons and the sun's longitude of Jean Meeus, Astronomical
Algorithms (1998); right for the years 1900 to 2199.
"""

from datetime import date
from functools import cache
from math import floor, radians, sin
from typing import NamedTuple

_MONTH_DAYS = 29.530588853
_FIRST_NEW_MOON = 2415021.076998695
"""The new moon of 1 January 1900, from which they are counted; in Julian days."""
_JULIAN_OF_ORDINAL = 1721425
_HANOI_DAYS = 7 / 24
_SOLSTICE = 9
"""The twelfth of the sun's way in which the winter solstice falls: the month that has it is the eleventh."""


class LunarDay(NamedTuple):
    """A day of the lunar calendar; `leap` in a month that stands a second time."""

    day: int
    month: int
    year: int
    leap: bool = False


@cache
def lunar_day(day: date) -> LunarDay:
    """Return the lunar day of a day of the civil calendar."""
    number = day.toordinal() + _JULIAN_OF_ORDINAL
    moon = floor((number - _FIRST_NEW_MOON) / _MONTH_DAYS)
    start = _new_moon_day(moon + 1)
    start = start if start <= number else _new_moon_day(moon)
    year = day.year if _eleventh_month(day.year) >= start else day.year + 1
    first, last = _eleventh_month(year - 1), _eleventh_month(year)
    since = (start - first) // 29
    month, leap = since + 11, False
    if last - first > 365:
        doubled = _leap_place(first)
        month, leap = (month - 1, since == doubled) if since >= doubled else (month, False)
    month = month - 12 if month > 12 else month
    return LunarDay(number - start + 1, month, year - 1 if month >= 11 and since < 4 else year, leap)


def _eleventh_month(year: int) -> int:
    """Return the day on which the eleventh month begins, the one with the winter solstice of a year."""
    moon = floor((date(year, 12, 31).toordinal() + _JULIAN_OF_ORDINAL - 2415021) / _MONTH_DAYS)
    start = _new_moon_day(moon)
    return _new_moon_day(moon - 1) if _twelfth_of_sun(start) >= _SOLSTICE else start


def _leap_place(first: int) -> int:
    """Return which month after an eleventh one stands twice: the first in which the sun enters no new twelfth."""
    moon = floor((first - _FIRST_NEW_MOON) / _MONTH_DAYS + 0.5)
    place = 1
    before, now = -1, _twelfth_of_sun(_new_moon_day(moon + place))
    while now != before and place < 14:
        place += 1
        before, now = now, _twelfth_of_sun(_new_moon_day(moon + place))
    return place - 1


@cache
def _new_moon_day(moon: int) -> int:
    return floor(_new_moon(moon) + 0.5 + _HANOI_DAYS)


def _new_moon(moon: int) -> float:
    """Return when a new moon is, in Julian days."""
    t = moon / 1236.85
    mean = 2415020.75933 + 29.53058868 * moon + 0.0001178 * t**2 - 0.000000155 * t**3
    mean += 0.00033 * _sin(166.56 + 132.87 * t - 0.009173 * t**2)
    sun = 359.2242 + 29.10535608 * moon - 0.0000333 * t**2 - 0.00000347 * t**3
    own = 306.0253 + 385.81691806 * moon + 0.0107306 * t**2 + 0.00001236 * t**3
    node = 21.2964 + 390.67050646 * moon - 0.0016528 * t**2 - 0.00000239 * t**3
    terms = (
        (0.1734 - 0.000393 * t, sun),
        (0.0021, 2 * sun),
        (-0.4068, own),
        (0.0161, 2 * own),
        (-0.0004, 3 * own),
        (0.0104, 2 * node),
        (-0.0051, sun + own),
        (-0.0074, sun - own),
        (0.0004, 2 * node + sun),
        (-0.0004, 2 * node - sun),
        (-0.0006, 2 * node + own),
        (0.0010, 2 * node - own),
        (0.0005, 2 * own + sun),
    )
    slowing = -0.000278 + 0.000265 * t + 0.000262 * t**2
    return mean + sum(size * _sin(angle) for size, angle in terms) - slowing


@cache
def _twelfth_of_sun(day: int) -> int:
    """Return in which twelfth of its way, from the spring equinox, the sun is when a day begins in Hanoi."""
    t = (day - 0.5 - _HANOI_DAYS - 2451545.0) / 36525
    anomaly = 357.52910 + 35999.05030 * t - 0.0001559 * t**2 - 0.00000048 * t**3
    longitude = 280.46645 + 36000.76983 * t + 0.0003032 * t**2
    longitude += (1.914600 - 0.004817 * t - 0.000014 * t**2) * _sin(anomaly)
    longitude += (0.019993 - 0.000101 * t) * _sin(2 * anomaly) + 0.000290 * _sin(3 * anomaly)
    return floor(longitude % 360 / 30)


def _sin(degrees: float) -> float:
    return sin(radians(degrees))
