"""How much was each thing used, at which hours, and how often did nobody come?"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

from contracts.base import Actor, Page, Refused
from contracts.scheduling import USAGE_DAYS_UNFIT, ListUsage, UsageRow
from services.runtime.gathering import page
from services.runtime.manifest import QueryRule
from services.runtime.read_model import Database
from services.scheduling.read_models.board import midnight
from services.scheduling.read_models.bookables import BOOKABLES, chosen
from services.scheduling.read_models.bookings import BOOKINGS
from services.scheduling.rules.tables import Session, sessions

_LONGEST = timedelta(days=28)
_MOST_DAYS = 400
_SESSIONS = sessions()
_MINUTES = "sum(extract(epoch FROM LEAST(ends, {end}) - GREATEST(begins, {start})) / 60)::bigint"
# A year of an office is 200,000 bookings: PostgreSQL counts, and only a row for each thing comes from there.
_USED = f"""
    WITH told AS MATERIALIZED (
        SELECT thing, status, cause, status IN ('booked', 'checked_in', 'displaced') AS used,
            GREATEST(starts_at, $2) AT TIME ZONE 'Asia/Ho_Chi_Minh' AS begins,
            LEAST(ends_at, $3) AT TIME ZONE 'Asia/Ho_Chi_Minh' AS ends
        FROM "{BOOKINGS.table}" CROSS JOIN unnest(things) AS of_booking (thing)
        WHERE starts_at >= $1 AND starts_at < $3 AND ends_at > $2 AND thing = ANY($4::text[])
    ), counted AS (
        SELECT thing, count(*) FILTER (WHERE used) AS bookings, count(*) FILTER (WHERE cause = 'no_show') AS no_shows,
            count(*) FILTER (WHERE status = 'cancelled') AS cancelled
        FROM told GROUP BY thing
    ), hourly AS (
        SELECT thing, extract(hour FROM hour)::integer AS hour,
            {_MINUTES.format(start="hour", end="hour + interval '1 hour'")} AS minutes
        FROM told
        CROSS JOIN generate_series(date_trunc('hour', begins), ends - interval '1 minute', '1 hour') AS hour
        WHERE used GROUP BY 1, 2
    ), by_hour AS (
        SELECT thing, array_agg(hour) AS hours, array_agg(minutes) AS minutes FROM hourly GROUP BY thing
    ), worked AS (
        SELECT thing, {_MINUTES.format(start="day + opens", end="day + closes")} AS inside
        FROM told
        CROSS JOIN generate_series(date_trunc('day', begins), ends - interval '1 minute', '1 day') AS day
        JOIN unnest($5::date[], $6::date[], $7::interval[], $8::interval[]) AS session (first, last, opens, closes)
            ON day BETWEEN first AND last AND day + opens < ends AND begins < day + closes
        WHERE used AND extract(isodow FROM day) < 6 GROUP BY thing
    )
    SELECT * FROM counted LEFT JOIN by_hour USING (thing) LEFT JOIN worked USING (thing)
"""


@dataclass(frozen=True)
class _Usage:
    query: ListUsage

    async def read(self, database: Database) -> Page[UsageRow]:
        """Read the things, then what PostgreSQL has counted of each."""
        query = self.query
        if not 0 <= (query.to_day - query.from_day).days < _MOST_DAYS:
            raise Refused(USAGE_DAYS_UNFIT, "to_day", limit=_MOST_DAYS)
        start, end = midnight(query.from_day), midnight(query.to_day + timedelta(1))
        _, where, values = chosen(query)
        things = await database.fetch(f'SELECT bookable_id, name, kind FROM "{BOOKABLES.table}" WHERE {where}', *values)
        ids = [thing["bookable_id"] for thing in things]
        hours, office_minutes = _office_hours(query)
        found = await database.fetch(_USED, start - _LONGEST, start, end, ids, *hours)
        used = {record["thing"]: record for record in found}
        rows = [_row(thing, used.get(thing["bookable_id"]), office_minutes) for thing in things]
        return page(query, rows, lambda row: (row.name, row.bookable_id))


def _row(thing: Mapping[str, Any], used: Mapping[str, Any] | None, office_minutes: int) -> UsageRow:
    hours = dict(zip(used["hours"] or (), used["minutes"] or (), strict=True)) if used else {}
    inside = (used["inside"] or 0) if used else 0
    return UsageRow(
        name=thing["name"],
        kind=thing["kind"],
        bookings=used["bookings"] if used else 0,
        minutes=sum(hours.values()),
        share_percent=round(100 * inside / office_minutes) if office_minutes else 0,
        no_shows=used["no_shows"] if used else 0,
        cancelled=used["cancelled"] if used else 0,
        bookable_id=thing["bookable_id"],
        by_hour=tuple(hours.get(hour, 0) for hour in range(24)),
    )


def _office_hours(query: ListUsage) -> tuple[tuple[list[date], list[date], list[timedelta], list[timedelta]], int]:
    """Return from which day to which each session is worked on weekdays, when it is; and how many minutes they are."""
    runs: list[tuple[date, date, timedelta, timedelta]] = []
    minutes, before = 0, query.from_day
    for number in range((query.to_day - query.from_day).days + 1):
        day = query.from_day + timedelta(number)
        for session in _working(day):
            hours = _since_midnight(session.opens), _since_midnight(session.closes)
            minutes += (hours[1] - hours[0]) // timedelta(minutes=1)
            going_on = next((run for run in runs if run[1:] == (before, *hours)), None)
            if going_on is not None:
                runs.remove(going_on)
            runs.append((going_on[0] if going_on else day, day, *hours))
        before = day if day.weekday() < 5 else before
    return (
        [run[0] for run in runs],
        [run[1] for run in runs],
        [run[2] for run in runs],
        [run[3] for run in runs],
    ), minutes


def _since_midnight(clock: str) -> timedelta:
    at = time.fromisoformat(clock)
    return timedelta(hours=at.hour, minutes=at.minute)


def _working(day: date) -> list[Session]:
    return [each for each in _SESSIONS.all_in_force(day) if each.working] if day.weekday() < 5 else []


def _list(query: ListUsage, actor: Actor) -> _Usage:
    return _Usage(query)


LIST_USAGE = QueryRule(ListUsage, (BOOKABLES, BOOKINGS), _list)
