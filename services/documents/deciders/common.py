"""What every decision about documents asks: the tables in force, the office's day, and whether a text is secret."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

from contracts.base import Refused
from contracts.documents import DATE_IN_FUTURE, SECRET_CONTENT, Secrecy, Urgency
from services.documents.rules.secrecy import secret_marking
from services.documents.rules.tables import (
    DocumentType,
    UrgencyLevel,
    document_types,
    register_by,
    urgency_levels,
)
from services.runtime.manifest import Given
from services.runtime.rules import NoRuleInForce, Table
from services.runtime.working_days import OutsideCalendar, WorkingCalendar, working_calendar

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
_MARKINGS = {"confidential": "MẬT", "secret": "TỐI MẬT", "top_secret": "TUYỆT MẬT"}


@dataclass(frozen=True)
class Rules:
    """The dated tables that decisions about documents are taken by."""

    document_types: Table[DocumentType]
    urgency_levels: Table[UrgencyLevel]
    calendar: WorkingCalendar


def rules(override_folder: Path | None = None) -> Rules:
    """Read the tables, with the office's own rows where it has some."""
    return Rules(document_types(override_folder), urgency_levels(override_folder), working_calendar(override_folder))


def today(given: Given) -> date:
    """Return the day at the office."""
    return given.now.astimezone(HANOI).date()


def at_office(day: date, hour: time) -> datetime:
    """Return a moment of a day at the office, in UTC."""
    return datetime.combine(day, hour, HANOI).astimezone(UTC)


def day_after(day: date) -> date:
    """Return the next calendar day."""
    return day + timedelta(days=1)


def not_in_future(given: Given, field: str, day: date) -> None:
    """Raise Refused for a day that has not come yet."""
    if day > today(given):
        raise Refused(DATE_IN_FUTURE, field=field, day=day, today=today(given))


def not_secret(secrecy: Secrecy, *texts: str | None) -> None:
    """Raise Refused for a document marked secret or a text that bears a secret stamp (Luật 117/2025/QH15)."""
    if secrecy != "none":
        raise Refused(SECRET_CONTENT, marking=_MARKINGS[secrecy])
    for text in texts:
        marking = secret_marking(text) if text else None
        if marking:
            raise Refused(SECRET_CONTENT, marking=marking)


def handled_by(given: Given, urgency: Urgency, day: date) -> date | None:
    """Return the last day to register, forward or release; None where no rule is known, as for very old papers."""
    return _handled_by(urgency, day, given.rules.calendar, given.rules.urgency_levels)


@lru_cache(4096)
def _handled_by(urgency: Urgency, day: date, calendar: WorkingCalendar, levels: Table[UrgencyLevel]) -> date | None:
    try:
        return register_by(urgency, day, calendar, levels)
    except (NoRuleInForce, OutsideCalendar):
        return None
