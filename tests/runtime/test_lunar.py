"""Lunar days are those of published calendars: every Tết and Giỗ Tổ the office knows, and months that stand twice."""

from datetime import date, timedelta

import pytest

from services.runtime.lunar import LunarDay, lunar_day

TET = ("2023-01-22", "2024-02-10", "2025-01-29", "2026-02-17", "2027-02-06", "2028-01-26", "2029-02-13", "2030-02-02")
ANCESTORS = ("2023-04-29", "2024-04-18", "2025-04-07", "2026-04-26", "2027-04-16", "2028-04-04", "2029-04-23")


@pytest.mark.parametrize("day", [*TET, "1985-01-21", "2007-02-17", "2031-01-23"])
def test_the_first_day_of_the_year(day: str) -> None:
    """1985 and 2007 are years in which Hanoi and Beijing did not begin the year on the same day."""
    on = date.fromisoformat(day)
    assert lunar_day(on) == LunarDay(1, 1, on.year)
    assert lunar_day(on - timedelta(1))[1:3] == (12, on.year - 1)


@pytest.mark.parametrize("day", ANCESTORS)
def test_the_tenth_of_the_third_month(day: str) -> None:
    assert lunar_day(date.fromisoformat(day)) == LunarDay(10, 3, int(day[:4]))


@pytest.mark.parametrize(("first", "month"), [("2023-03-22", 2), ("2025-07-25", 6), ("2028-06-23", 5)])
def test_a_month_that_stands_twice(first: str, month: int) -> None:
    on = date.fromisoformat(first)
    assert lunar_day(on) == LunarDay(1, month, on.year, leap=True)
    assert lunar_day(on - timedelta(1))[1:] == (month, on.year, False)


def test_days_follow_each_other_and_months_have_29_or_30() -> None:
    day, lengths = date(2020, 1, 1), set()
    for _ in range(365 * 15):
        now, after = lunar_day(day), lunar_day(day + timedelta(1))
        if after.day == 1:
            lengths.add(now.day)
        else:
            assert after == now._replace(day=now.day + 1)
        day += timedelta(1)
    assert lengths == {29, 30}
