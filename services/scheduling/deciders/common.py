"""What every decision of scheduling asks: the tables in force, the office's clock, and how a time is written."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from contracts.scheduling import PriorityClass, Terms, ThingKind
from services.runtime.manifest import Given
from services.runtime.rules import Table
from services.runtime.working_days import WorkingCalendar, working_calendar
from services.scheduling.rules.tables import (
    KindOfThing,
    Limit,
    PriorityOfRole,
    Session,
    WeeklyCutoff,
    kinds,
    limits,
    priorities,
    sessions,
    weekly_cutoffs,
)

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
PRIORITY_NAMES: dict[PriorityClass, tuple[str, str]] = {
    "standing": ("Thường trực", "the standing committee"),
    "committee": ("Ban Thường vụ", "the executive committee"),
    "board": ("ban, cơ quan", "boards"),
    "division": ("phòng", "divisions"),
}


@dataclass(frozen=True)
class Rules:
    """The dated tables that decisions of scheduling are taken by."""

    limits: Table[Limit]
    kinds: Table[KindOfThing]
    sessions: Table[Session]
    priorities: Table[PriorityOfRole]
    working_days: WorkingCalendar
    weekly_cutoffs: Table[WeeklyCutoff]


def rules(override_folder: Path | None = None) -> Rules:
    """Read the tables, with the office's own rows where it has some."""
    return Rules(
        limits(override_folder),
        kinds(override_folder),
        sessions(override_folder),
        priorities(override_folder),
        working_calendar(override_folder),
        weekly_cutoffs(override_folder),
    )


def today(given: Given) -> date:
    """Return the day at the office."""
    return given.now.astimezone(HANOI).date()


def limit(given: Given, name: str) -> int:
    """Return a limit in force today, in the unit its name ends with."""
    value: int = given.rules.limits.in_force(today(given), limit=name).value
    return value


def terms_of_kind(given: Given, kind: ThingKind, preparation_minutes: int = 0) -> Terms:
    """Return the terms a thing of a kind has by the rules in force today."""
    row: KindOfThing = given.rules.kinds.in_force(today(given), kind=kind)
    return Terms(
        preparation_minutes=preparation_minutes or row.preparation_minutes,
        cleaning_minutes=row.cleaning_minutes,
        travel_inside_minutes=row.travel_inside_minutes,
        travel_between_minutes=row.travel_between_minutes,
        check_in=row.check_in,
    )


def at_office(day: date, clock: str) -> datetime:
    """Return the moment, in UTC, of an hour such as 13:30 or 24:00 by the office's clock."""
    hours, minutes = clock.split(":")
    return datetime.combine(day, time(), HANOI).astimezone(UTC) + timedelta(hours=int(hours), minutes=int(minutes))


def told(moment: datetime) -> str:
    """Return a moment as people are told it in both languages, by the office's clock."""
    return f"{moment.astimezone(HANOI):%H:%M %d/%m/%Y}"


def told_period(start: datetime, end: datetime) -> str:
    """Return a time as people are told it in both languages, by the office's clock."""
    same = start.astimezone(HANOI).date() == end.astimezone(HANOI).date()
    return f"{start.astimezone(HANOI):%H:%M} – {told(end)}" if same else f"{told(start)} – {told(end)}"
