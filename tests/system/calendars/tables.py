"""Three weeks in the shapes of three published calendars; their content is made up, their days and hours are not.

Shapes: Ủy ban nhân dân tỉnh Thanh Hóa, week 29/2025 (a table with sessions and hours, several leaders in one slot);
Thành ủy Vị Thanh, week of 12/5/2025 (free lines: hours from 6h30, preparing unit, accompanying office leader,
delegation, "thay thư mời", "làm việc tại cơ quan"); Hội đồng nhân dân tỉnh Bến Tre, 2018 (sessions only). The weeks are
taken a year or more later, since nothing is booked in the past; weekdays, sessions and hours stay.
"""

import csv
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

_FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Calendar:
    """A calendar: its rows, the week of the year it stands in, and how its paper is laid out."""

    name: str
    code: str
    week: int
    layout: str
    heading: str
    organ: str

    @property
    def rows(self) -> list[dict[str, str]]:
        """Its items, in the order in which they stand in the calendar; several values are divided by semicolons."""
        return _read(self.name)

    def monday(self, after: date) -> date:
        """Return the first day of the week of that number that begins more than a week after a day."""
        for year in (after.year, after.year + 1):
            monday = date.fromisocalendar(year, self.week, 1)
            if monday > after + timedelta(7):
                return monday
        raise AssertionError(self.week)

    def week_id(self, after: date) -> str:
        """Return the id of that week."""
        return f"{self.code}-{self.monday(after).isocalendar().year}-w{self.week:02d}"


CALENDARS = (
    Calendar("thanh_hoa", "ubnd", 29, "table", "state", "Ủy ban nhân dân tỉnh Thanh Hóa"),
    Calendar("vi_thanh", "thanh-uy", 20, "lines", "party", "Thành ủy Vị Thanh"),
    Calendar("ben_tre", "hdnd", 10, "list", "state", "Hội đồng nhân dân tỉnh Bến Tre"),
)


def people() -> dict[str, dict[str, str]]:
    """Return who and what can be booked, by the keys the calendars name them with."""
    return {row["key"]: row for row in _read("people")}


def thing_of(key: str) -> str:
    """Return the id under which somebody or a room can be booked."""
    return f"own-calendar-{key}"


def several(value: str) -> list[str]:
    """Return the values of a cell."""
    return [each for each in value.split(";") if each]


def _read(name: str) -> list[dict[str, str]]:
    with (_FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))
