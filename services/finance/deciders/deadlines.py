"""The times of spending: until when a request is decided, and until when an advance is accounted for."""

from datetime import UTC, date, datetime, time, timedelta

from contracts import finance as words_of
from contracts.base import Refused
from contracts.finance import SpendingKind
from services.finance.deciders.common import HANOI, limit
from services.runtime.manifest import Given
from services.runtime.working_days import OutsideCalendar

_DAY = 24
_MORNING = time(8)


def decide_by(given: Given, kind: SpendingKind) -> datetime | None:
    """Return until when special and unplanned spending is decided; None for regular spending.

    The hours of the limit run on working days only, all 24 of each: what is asked on a Friday at 15:00 with 24 hours
    has until Monday at 15:00; what is asked on a day off counts from the next working day's midnight.
    """
    if kind == "regular":
        return None
    calendar, now = given.rules.working_days, given.now.astimezone(HANOI)
    days, hours = divmod(limit(given, f"{kind}_decide_hours"), _DAY)
    start, clock = now.date(), now.time()
    if not calendar.is_working(start):
        start, clock = calendar.next_working_day(start), time()
    until = datetime.combine(calendar.add_working_days(start, days), clock) + timedelta(hours=hours)
    if not calendar.is_working(until.date()):
        until = datetime.combine(calendar.next_working_day(until.date()), until.time())
    return until.replace(tzinfo=HANOI).astimezone(UTC)


def account_by(given: Given, task_ends_on: date) -> date:
    """Return the last day to account for an advance: working days after the task ends, by the office's limit.

    Raises Refused for a task that ends in years whose public holidays are not known.
    """
    try:
        day: date = given.rules.working_days.add_working_days(task_ends_on, limit(given, "advance_account_days"))
    except OutsideCalendar:
        raise Refused(words_of.TASK_OUTSIDE_CALENDAR, "task_ends_on", on=task_ends_on) from None
    return day


def remind_at(given: Given, due: date) -> datetime:
    """Return when a reminder is due: in the morning, working days before the last day."""
    return _at(given.rules.working_days.add_working_days(due, -limit(given, "advance_remind_days")), _MORNING)


def overdue_at(due: date) -> datetime:
    """Return when an advance is overdue: the first moment after its last day."""
    return _at(due + timedelta(days=1), time())


def _at(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, tzinfo=HANOI).astimezone(UTC)
