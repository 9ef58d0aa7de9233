"""Working days against a table made by hand from the published notices, not from the rules under test."""

from datetime import date, datetime, timedelta
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.runtime.working_days import OutsideCalendar, WorkingCalendar, working_calendar

CALENDAR = working_calendar()
# Every Monday to Friday off in the years already announced, written down by hand.
WEEKDAYS_OFF = {
    2023: "01-02 01-20 01-23 01-24 01-25 01-26 05-01 05-02 05-03 09-01 09-04",
    2024: "01-01 02-08 02-09 02-12 02-13 02-14 04-18 04-29 04-30 05-01 09-02 09-03",
    2025: "01-01 01-27 01-28 01-29 01-30 01-31 04-07 04-30 05-01 05-02 09-01 09-02",
    2026: "01-01 01-02 02-16 02-17 02-18 02-19 02-20 04-27 04-30 05-01 08-31 09-01 09-02 11-24",
}
WEEKENDS_WORKED = {2023: "", 2024: "05-04", 2025: "04-26", 2026: "01-10 08-22"}
DAYS = st.dates(date(2023, 1, 1), date(2031, 12, 31))


def days(year: int, text: str) -> set[date]:
    return {date.fromisoformat(f"{year}-{day}") for day in text.split()}


@pytest.mark.parametrize("year", WEEKDAYS_OFF)
def test_every_day_of_an_announced_year_is_as_the_notices_say(year: int) -> None:
    off, worked = days(year, WEEKDAYS_OFF[year]), days(year, WEEKENDS_WORKED[year])
    for number in range((date(year + 1, 1, 1) - date(year, 1, 1)).days):
        day = date(year, 1, 1) + timedelta(days=number)
        expected = day in worked or (day.weekday() < 5 and day not in off)
        assert CALENDAR.is_working(day) is expected, day


def test_tet_2026_is_nine_days_in_a_row() -> None:
    assert not any(CALENDAR.is_working(date(2026, 2, day)) for day in range(14, 23))
    assert CALENDAR.is_working(date(2026, 2, 13))
    assert CALENDAR.is_working(date(2026, 2, 23))


def test_a_holiday_on_a_rest_day_moves_to_the_next_working_day() -> None:
    moved = CALENDAR.special_day(date(2026, 4, 27))
    assert moved is not None
    assert (moved.kind, moved.name_vi, moved.source_tag) == (
        "substitute",
        "Nghỉ bù Giỗ Tổ Hùng Vương (10/3 âm lịch)",
        "C",
    )
    assert not CALENDAR.is_working(date(2028, 5, 2))  # 30/4/2028 is a Sunday and 01/5 is a holiday itself
    assert not CALENDAR.is_working(date(2030, 11, 25))


def test_culture_day_is_off_from_2026_only() -> None:
    assert not CALENDAR.is_working(date(2026, 11, 24))
    assert CALENDAR.is_working(date(2025, 11, 24))
    assert CALENDAR.is_working(date(2023, 11, 24))


def test_national_day_and_one_adjacent_day_are_off_every_year() -> None:
    for year in range(2023, 2032):
        assert CALENDAR.special_day(date(year, 9, 2)) is not None
        assert sum(CALENDAR.special_day(date(year, 9, day)) is not None for day in (1, 3)) == 1


def test_five_days_of_tet_fall_off_every_year_and_a_choice_not_announced_is_marked_as_ours() -> None:
    for year in range(2023, 2032):
        special = [CALENDAR.special_day(date(year, 1, 1) + timedelta(days=number)) for number in range(60)]
        tet = [day for day in special if day and day.name_vi == "Tết Nguyên đán" and day.kind == "holiday"]
        assert len(tet) == 5
        assert {day.source_tag for day in tet} == {"V1" if year <= 2026 else "D"}


def test_a_swapped_day_carries_its_basis() -> None:
    swapped = CALENDAR.special_day(date(2026, 1, 10))
    assert swapped is not None
    assert (swapped.kind, swapped.is_working) == ("override", True)
    assert "12729/VPCP-KGVX" in swapped.legal_basis
    assert CALENDAR.special_day(date(2026, 1, 12)) is None


def test_days_are_counted_over_holidays() -> None:
    assert CALENDAR.add_working_days(date(2026, 2, 13), 1) == date(2026, 2, 23)
    assert CALENDAR.add_working_days(date(2026, 4, 25), 1) == date(2026, 4, 28)
    assert CALENDAR.add_working_days(date(2026, 4, 28), -1) == date(2026, 4, 24)
    assert CALENDAR.next_working_day(date(2026, 11, 23)) == date(2026, 11, 25)
    assert CALENDAR.working_days_between(date(2026, 2, 13), date(2026, 2, 24)) == 2
    assert CALENDAR.working_days_between(date(2026, 2, 24), date(2026, 2, 13)) == -2
    assert CALENDAR.working_day_from(date(2026, 11, 24)) == date(2026, 11, 25)
    assert CALENDAR.working_day_from(date(2026, 11, 25)) == date(2026, 11, 25)


@given(DAYS.filter(lambda day: day < date(2031, 1, 1)), st.integers(0, 200))
def test_adding_and_counting_agree(day: date, number: int) -> None:
    later = CALENDAR.add_working_days(day, number)
    assert CALENDAR.working_days_between(day, later) == number
    assert number == 0 or CALENDAR.is_working(later)


@given(DAYS.filter(lambda day: date(2023, 12, 1) < day), st.integers(1, 200))
def test_counting_back_is_counting_forward_from_there(day: date, number: int) -> None:
    earlier = CALENDAR.add_working_days(day, -number)
    assert CALENDAR.is_working(earlier)
    assert sum(CALENDAR.is_working(earlier + timedelta(days=n)) for n in range((day - earlier).days)) == number


@pytest.mark.parametrize("day", [date(2022, 12, 31), date(2032, 1, 1)])
def test_a_day_outside_the_known_years_is_refused_not_guessed(day: date) -> None:
    with pytest.raises(OutsideCalendar, match=r"outside the calendar, which knows 2023 to 2031"):
        CALENDAR.is_working(day)
    with pytest.raises(OutsideCalendar):
        CALENDAR.working_days_between(date(2026, 1, 1), day)
    with pytest.raises(OutsideCalendar):
        CALENDAR.special_day(day)


def test_a_count_that_leaves_the_known_years_is_refused() -> None:
    with pytest.raises(OutsideCalendar):
        CALENDAR.add_working_days(date(2031, 12, 31), 1)
    with pytest.raises(OutsideCalendar):
        CALENDAR.add_working_days(date(2023, 1, 1), -1)


def test_a_moment_is_not_a_day() -> None:
    with pytest.raises(TypeError, match="not a moment"):
        CALENDAR.is_working(datetime(2026, 1, 5))


def office_calendar(folder: Path, name: str, line: str) -> WorkingCalendar:
    shipped = files("services.runtime") / "rules_data" / name
    header = shipped.read_text(encoding="utf-8").splitlines()[0]
    (folder / name).write_text(f"{header}\n{line}\n", encoding="utf-8")
    return working_calendar(folder)


def test_an_office_enters_the_announced_tet_block_in_place_of_ours(tmp_path: Path) -> None:
    line = "lunar_new_year,2027,2,6,2,5,Tết Nguyên đán,Lunar New Year,2027-01-01,2027-12-31,Thông báo,V"
    calendar = office_calendar(tmp_path, "public_holidays.csv", line)
    assert CALENDAR.is_working(date(2027, 2, 4))
    assert not calendar.is_working(date(2027, 2, 4))
    special = calendar.special_day(date(2027, 2, 9))
    assert special is not None
    assert special.kind == "substitute"


def test_an_office_overrides_a_single_day(tmp_path: Path) -> None:
    line = "2027-03-06,true,Làm bù,Made up,2027-03-06,2027-03-06,Quyết định,V"
    assert office_calendar(tmp_path, "calendar_overrides.csv", line).is_working(date(2027, 3, 6))


def test_a_year_with_only_some_of_its_holidays_is_not_covered(tmp_path: Path) -> None:
    line = "lunar_new_year,2035,2,8,1,5,Tết Nguyên đán,Lunar New Year,2035-01-01,2035-12-31,Thông báo,M"
    assert office_calendar(tmp_path, "public_holidays.csv", line).last_year == 2031
