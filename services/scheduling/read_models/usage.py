"""How much was each thing used, at which hours, and how often did nobody come?"""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from contracts.base import Actor, Page
from contracts.scheduling import ListUsage, UsageRow
from services.runtime.gathering import Gathering, Record, Rows, page
from services.runtime.manifest import QueryRule
from services.scheduling.read_models.board import midnight
from services.scheduling.read_models.bookables import BOOKABLES, chosen
from services.scheduling.read_models.bookings import BOOKINGS
from services.scheduling.rules.tables import sessions

_HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
_HOUR = timedelta(hours=1)
_LONGEST = timedelta(days=28)
_SESSIONS = sessions()


def by_hour(times: Iterable[tuple[datetime, datetime]]) -> tuple[int, ...]:
    """Return the minutes that fall into each hour of the day by the office's clock, from midnight."""
    minutes = Counter[int]()
    for start, end in times:
        begins, last = start.astimezone(_HANOI), end.astimezone(_HANOI)
        while begins < last:
            full = begins.replace(minute=0, second=0, microsecond=0) + _HOUR
            minutes[begins.hour] += int((min(full, last) - begins).total_seconds()) // 60
            begins = full
    return tuple(minutes[hour] for hour in range(24))


def _list(query: ListUsage, actor: Actor) -> Gathering:
    start, end = midnight(query.from_day), midnight(query.to_day + timedelta(1))
    worked, office_minutes = _office_hours(query)

    def build(things: list[Record], bookings: list[Record]) -> Page[UsageRow]:
        of_thing: dict[str, list[Record]] = {thing["bookable_id"]: [] for thing in things}
        for booking in bookings:
            for thing in booking["things"]:
                if thing in of_thing:
                    of_thing[thing].append(booking)
        rows = [_row(thing, of_thing[thing["bookable_id"]]) for thing in things]
        return page(query, rows, lambda row: (row.name, row.bookable_id))

    def _row(thing: Record, bookings: list[Record]) -> UsageRow:
        used = [each for each in bookings if each["status"] in ("booked", "checked_in", "displaced")]
        times = [(max(each["starts_at"], start), min(each["ends_at"], end)) for each in used]
        minutes = sum(int((ends - begins).total_seconds()) // 60 for begins, ends in times)
        inside = sum(_overlap(each, hours) for each in times for hours in worked)
        return UsageRow(
            name=thing["name"],
            kind=thing["kind"],
            bookings=len(used),
            minutes=minutes,
            share_percent=round(100 * inside / office_minutes) if office_minutes else 0,
            no_shows=sum(each["cause"] == "no_show" for each in bookings),
            cancelled=sum(each["status"] == "cancelled" for each in bookings),
            bookable_id=thing["bookable_id"],
            by_hour=by_hour(times),
        )

    near = ("starts_at >= $1 AND starts_at < $2 AND ends_at > $3", (start - _LONGEST, end, start))
    return Gathering((chosen(query), Rows(BOOKINGS, *near)), build)


def _office_hours(query: ListUsage) -> tuple[list[tuple[datetime, datetime]], int]:
    """Return the sessions of the weekdays asked for, and how many minutes they are."""
    found = []
    for number in range((query.to_day - query.from_day).days + 1):
        day = query.from_day + timedelta(number)
        for session in _SESSIONS.all_in_force(day) if day.weekday() < 5 else ():
            hours = (time.fromisoformat(session.opens), time.fromisoformat(session.closes))
            found.append((datetime.combine(day, hours[0], _HANOI), datetime.combine(day, hours[1], _HANOI)))
    return found, sum(int((ends - begins).total_seconds()) // 60 for begins, ends in found)


def _overlap(one: tuple[datetime, datetime], other: tuple[datetime, datetime]) -> int:
    return max(0, int((min(one[1], other[1]) - max(one[0], other[0])).total_seconds()) // 60)


LIST_USAGE = QueryRule(ListUsage, (BOOKABLES, BOOKINGS), _list)
