"""Working days of Vietnamese agencies: public holidays, substitute days and swapped days, counted in days."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Literal, TypeAlias

from services.runtime.rules import NoRuleInForce, SourceTag, Table, load

_DAY = timedelta(days=1)
_RULES = files("services.runtime") / "rules_data"
Kind: TypeAlias = Literal["holiday", "substitute", "override"]


@dataclass(frozen=True)
class PublicHoliday:
    """A holiday of one year, or of every year where `year` is empty: `days` days, `days_before` of them before `day`.

    A holiday that moves (by the lunar calendar, or by a yearly choice of days) has one row a year.
    """

    holiday: str
    month: int
    day: int
    name_vi: str
    name_en: str
    year: int | None = None
    days_before: int = 0
    days: int = 1


@dataclass(frozen=True)
class CalendarOverride:
    """A day announced as worked or as off against the rule, such as a swapped working day."""

    day: date
    is_working: bool
    reason_vi: str
    reason_en: str


@dataclass(frozen=True)
class SpecialDay:
    """Why a day is not what its weekday says."""

    day: date
    kind: Kind
    is_working: bool
    name_vi: str
    name_en: str
    legal_basis: str
    source_tag: SourceTag


class OutsideCalendar(LookupError):
    """A day lies outside the years whose holidays are known; nothing is guessed."""

    def __init__(self, day: date | None, first: int, last: int) -> None:
        self.day, self.first, self.last = day, first, last
        what = f"{day.isoformat()} is" if day else "the day asked for is"
        super().__init__(f"{what} outside the calendar, which knows {first} to {last}; add rows to public_holidays")


class WorkingCalendar:
    """Monday to Friday, less public holidays and their substitute days, as overridden day by day.

    A holiday on a Saturday or a Sunday moves to the next day that is otherwise worked (Bộ luật Lao động
    45/2019/QH14, Điều 111 khoản 3, Điều 112). Covered are the years for which every holiday that moves has its row.
    """

    def __init__(self, holidays: Table[PublicHoliday], overrides: Table[CalendarOverride]) -> None:
        """Work out every covered day once; a question afterwards costs a look-up."""
        self.first_year, self.last_year = _covered_years(holidays)
        self._special: dict[date, SpecialDay] = {}
        for year in range(self.first_year, self.last_year + 1):
            self._special.update(_days_off(holidays, year))
        for entry in overrides:
            row, basis = entry.row, entry.validity
            if overrides.in_force(row.day, day=row.day) is row:
                self._special[row.day] = SpecialDay(
                    row.day,
                    "override",
                    row.is_working,
                    row.reason_vi,
                    row.reason_en,
                    basis.legal_basis,
                    basis.source_tag,
                )
        self._working = [day for day in _days_of(self.first_year, self.last_year) if self._works(day)]

    def is_working(self, day: date) -> bool:
        """Tell whether agencies work on the day; raises OutsideCalendar."""
        self._check(day)
        return self._works(day)

    def special_day(self, day: date) -> SpecialDay | None:
        """Return why the day is not what its weekday says, with its basis and how sure it is, or None."""
        self._check(day)
        return self._special.get(day)

    def add_working_days(self, day: date, days: int) -> date:
        """Return the nth working day after `day`, or before it when `days` is negative; `day` itself for 0.

        Raises OutsideCalendar when either end is not covered.
        """
        self._check(day)
        if days == 0:
            return day
        index = bisect_right(self._working, day) + days - 1 if days > 0 else bisect_left(self._working, day) + days
        if not 0 <= index < len(self._working):
            raise OutsideCalendar(None, self.first_year, self.last_year)
        return self._working[index]

    def working_days_between(self, start: date, end: date) -> int:
        """Count the working days after `start` up to and including `end`; negative when `end` comes first.

        `working_days_between(day, add_working_days(day, n)) == n` for every n from 0. Raises OutsideCalendar.
        """
        self._check(start)
        self._check(end)
        if end < start:
            return -self.working_days_between(end, start)
        return bisect_right(self._working, end) - bisect_right(self._working, start)

    def next_working_day(self, day: date) -> date:
        """Return the first working day after `day`; raises OutsideCalendar."""
        return self.add_working_days(day, 1)

    def working_day_from(self, day: date) -> date:
        """Return `day` when it is worked, else the first working day after it; raises OutsideCalendar."""
        return day if self.is_working(day) else self.next_working_day(day)

    def _works(self, day: date) -> bool:
        special = self._special.get(day)
        return day.weekday() < 5 if special is None else special.is_working

    def _check(self, day: date) -> None:
        if isinstance(day, datetime):
            raise TypeError("a day in Asia/Ho_Chi_Minh is needed, not a moment")
        if not self.first_year <= day.year <= self.last_year:
            raise OutsideCalendar(day, self.first_year, self.last_year)


@cache
def working_calendar(override_folder: Path | None = None) -> WorkingCalendar:
    """Return the calendar of the shipped tables and of the office's own rows in `override_folder`."""
    holidays = load(
        _RULES / "public_holidays.csv", PublicHoliday, key=("holiday", "year"), override_folder=override_folder
    )
    overrides = load(_RULES / "calendar_overrides.csv", CalendarOverride, key=("day",), override_folder=override_folder)
    return WorkingCalendar(holidays, overrides)


def _covered_years(holidays: Table[PublicHoliday]) -> tuple[int, int]:
    years_of: dict[str, set[int]] = {}
    for entry in holidays:
        if entry.row.year is not None:
            years_of.setdefault(entry.row.holiday, set()).add(entry.row.year)
    covered = set.intersection(*years_of.values()) if years_of else set()
    if not covered or covered != set(range(min(covered), max(covered) + 1)):
        raise ValueError(f"table {holidays.name}: no unbroken run of years has every holiday that moves")
    return min(covered), max(covered)


def _days_off(holidays: Table[PublicHoliday], year: int) -> dict[date, SpecialDay]:
    off: dict[date, SpecialDay] = {}
    for row in dict.fromkeys(entry.row for entry in holidays if entry.row.year in (None, year)):
        centre = date(year, row.month, row.day)
        try:
            entry = holidays.entry(centre, holiday=row.holiday, year=row.year)
        except NoRuleInForce:
            continue
        if entry.row != row:
            continue
        basis = entry.validity
        for offset in range(row.days):
            day = centre + (offset - row.days_before) * _DAY
            off[day] = SpecialDay(day, "holiday", False, row.name_vi, row.name_en, basis.legal_basis, basis.source_tag)
    return off | _substitutes(off)


def _substitutes(off: dict[date, SpecialDay]) -> dict[date, SpecialDay]:
    moved: dict[date, SpecialDay] = {}
    for holiday in sorted(off.values(), key=lambda special: special.day):
        if holiday.day.weekday() < 5:
            continue
        day = holiday.day + _DAY
        while day.weekday() >= 5 or day in off or day in moved:
            day += _DAY
        names = f"Nghỉ bù {holiday.name_vi}", f"{holiday.name_en} (substitute day)"
        moved[day] = SpecialDay(day, "substitute", False, *names, holiday.legal_basis, holiday.source_tag)
    return moved


def _days_of(first_year: int, last_year: int) -> list[date]:
    first = date(first_year, 1, 1)
    return [first + number * _DAY for number in range((date(last_year + 1, 1, 1) - first).days)]
