"""When an item of the week is, by the hour or the session of the day that is said, and when it is said too late."""

from datetime import date, datetime, timedelta
from typing import NamedTuple

from contracts import scheduling as words_of
from contracts.base import Refused
from contracts.scheduling.weekly import refusals as because
from contracts.scheduling.weekly.values import DaySession, ItemDetails
from services.runtime.manifest import Given
from services.scheduling.deciders.common import at_office, limit
from services.scheduling.deciders.week import last_day_of, monday_of
from services.scheduling.rules.tables import Session

_NOON = "12:00"


class Hours(NamedTuple):
    """When an item is; `timed` where its hour is said, not only its session."""

    session: DaySession
    starts_at: datetime
    ends_at: datetime
    timed: bool


def hours_of(week_id: str, details: ItemDetails, given: Given) -> Hours:
    """Return when an item is by the sessions of its day; raise Refused for a day or an hour that cannot be."""
    first, last = monday_of(week_id), last_day_of(week_id)
    if not first <= details.day <= last:
        raise Refused(because.DAY_NOT_IN_WEEK, "day", day=details.day, week=week_id, first=first, last=last)
    days = limit(given, "ahead_days")
    if at_office(details.day, "00:00") > given.now + timedelta(days):
        raise Refused(words_of.TOO_FAR_AHEAD, "day", days=days)
    session = details.session or (_session_at(given, details.day, details.starts) if details.starts else "day")
    usual = _session(given, details.day, session)
    starts_at = at_office(details.day, details.starts or usual.opens)
    if details.starts and _session_at(given, details.day, details.starts) != session != "day":
        raise Refused(because.SESSION_AND_HOUR, "starts", starts=details.starts)
    ends_at = _end(details, given, usual, starts_at)
    if ends_at <= starts_at:
        raise Refused(words_of.ENDS_BEFORE_IT_BEGINS, "ends")
    return Hours(session, starts_at, ends_at, details.starts is not None)


def _end(details: ItemDetails, given: Given, usual: Session, starts_at: datetime) -> datetime:
    """The hour said; else the end of the session, or after the usual length where only the beginning is said."""
    if details.ends is not None:
        return at_office(details.day, details.ends)
    whole = details.starts is None or (usual.session == "day" and details.starts < usual.closes)
    length = timedelta(minutes=limit(given, "usual_length_minutes"))
    return at_office(details.day, usual.closes) if whole else starts_at + length


def _session(given: Given, day: date, session: DaySession) -> Session:
    row: Session = given.rules.sessions.in_force(day, session=session)
    return row


def _session_at(given: Given, day: date, clock: str) -> DaySession:
    if clock >= _session(given, day, "evening").opens:
        return "evening"
    return "afternoon" if clock >= _NOON else "morning"


def is_late(week_id: str, published: bool, given: Given) -> bool:
    """Tell whether a week is closed to proposals: what comes now is an addition."""
    cutoffs, monday = given.rules.weekly_cutoffs, monday_of(week_id)
    calendar, before = week_id.rsplit("-", 2)[0], monday - timedelta(7)
    rows = {row.calendar: row for row in cutoffs.all_in_force(before)}
    row = rows.get(calendar) or rows["all"]
    return published or given.now > at_office(before + timedelta(row.weekday - 1), row.clock)
