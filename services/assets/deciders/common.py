"""What every decision about assets asks: the tables in force, the office's day, and when something is due."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from contracts.assets import CLASS_UNKNOWN, DATE_IN_FUTURE, DUE_DAY_PAST, DueKind
from contracts.base import Event, Refused
from services.assets.rules.tables import AssetClass, Reminder, Threshold, asset_classes, reminders, thresholds
from services.runtime.manifest import Given
from services.runtime.rules import Entry, NoRuleInForce, Table

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
_MORNING = time(7, 30)


@dataclass(frozen=True)
class Rules:
    """The dated tables that decisions about assets are taken by."""

    classes: Table[AssetClass]
    thresholds: Table[Threshold]
    reminders: Table[Reminder]


def rules(override_folder: Path | None = None) -> Rules:
    """Read the tables, with the office's own rows where it has some."""
    return Rules(asset_classes(override_folder), thresholds(override_folder), reminders(override_folder))


def today(given: Given) -> date:
    """Return the day at the office."""
    return given.now.astimezone(HANOI).date()


def not_in_future(given: Given, field: str, day: date) -> None:
    """Raise Refused for a day that has not come yet."""
    if day > today(given):
        raise Refused(DATE_IN_FUTURE, field, day=day, today=today(given))


def class_on(given: Given, code: str, day: date, field: str | None = "class_code") -> Entry[AssetClass]:
    """Return the class in force on a day, with its legal basis; raise Refused when there is none."""
    try:
        entry: Entry[AssetClass] = given.rules.classes.entry(day, code=code)
    except NoRuleInForce:
        raise Refused(CLASS_UNKNOWN, field, class_code=code, day=day) from None
    return entry


def due(given: Given, kind: DueKind, due_on: date, after: date, field: str) -> dict[str, Any]:
    """Return what is recorded of a due day: when to remind of it, and when it has passed; raise Refused if it is past.

    It must be after the day `after`, and is itself the last good day.
    """
    if due_on <= after:
        raise Refused(DUE_DAY_PAST, field, due_on=due_on, day=after)
    days = given.rules.reminders.in_force(today(given), kind=kind).days_before
    remind_at = _at_office(due_on - timedelta(days), _MORNING)
    return {
        "kind": kind,
        "due_on": due_on,
        "remind_at": remind_at,
        "overdue_at": _at_office(due_on + timedelta(1), time()),
    }


def _at_office(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, HANOI).astimezone(UTC)


def unless_said(standing: Event | None, event: Event) -> Iterable[Event]:
    """Yield an event unless just that is what stands already."""
    if event != standing:
        yield event


def first_twice(ids: Sequence[str]) -> str | None:
    """Return the first id that is named twice."""
    return next((id for id, times in Counter(ids).items() if times > 1), None)
