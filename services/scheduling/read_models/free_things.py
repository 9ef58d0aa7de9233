"""Who and what is free when, and what could be booked instead of what is taken?"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import chain
from operator import attrgetter
from typing import Any
from zoneinfo import ZoneInfo

from contracts import scheduling as words_of
from contracts.base import Actor, Page, Refused
from contracts.scheduling import Alternatives, FreePeriod, FreeThingRow, ListAlternatives, ListFreeThings, ThingFilter
from services.runtime.gathering import page
from services.runtime.manifest import QueryRule
from services.runtime.read_model import Database
from services.scheduling.deciders.calendar import Slot, minute, moment, travel
from services.scheduling.deciders.common import at_office
from services.scheduling.read_models.bookables import BOOKABLES, blockings_of, chosen, last_day_of, terms_of
from services.scheduling.read_models.slots import SLOTS, busy_rows, expect_time, taken, taken_near

_HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
_STEP = 15
_DAYS_AROUND = 7
_MOST_DAYS = 35
_THREE = 3
Record = Mapping[str, Any]


class Free:
    """When one thing can be booked, as its row and its slots say."""

    def __init__(self, thing: Record, slots: Iterable[Record]) -> None:
        self.thing = thing
        self.terms = terms_of(thing)
        self.last_day = last_day_of(thing)
        self.blocked = [(minute(each.starts_at), minute(each.ends_at)) for each in blockings_of(thing)]
        self.shut = sorted(chain(self.blocked, (self._shut_by(_slot(record)) for record in slots)))

    def at(self, start: int, end: int) -> bool:
        """Tell whether it can be booked from one minute to another."""
        return (
            all(end <= begins or ends <= start for begins, ends in self.shut)
            and any(opens <= start and end <= closes for opens, closes in self._open(start, end))
        )  # fmt: skip

    def periods(self, start: int, end: int) -> list[tuple[int, int]]:
        """Return the longest times within a time in which it can be booked, by steps of a quarter of an hour."""
        return [
            period
            for opens, closes in self._open(start, end)
            for begins, ends in self._gaps(max(start, opens), min(end, closes))
            if (period := _by_steps(start, end, begins, ends)) is not None
        ]

    def _shut_by(self, slot: Slot) -> tuple[int, int]:
        """Return the time that nothing else can have a part of: the slot, its buffers and those of what is asked."""
        terms = self.terms
        asked = Slot("", slot.start, slot.end, terms.preparation_minutes, terms.cleaning_minutes)
        apart = travel(asked, slot, terms.travel_inside_minutes, terms.travel_between_minutes)
        return slot.start - asked.after - slot.before - apart, slot.end + slot.after + asked.before + apart

    def _gaps(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        for begins, ends in self.shut:
            if start < end and start < ends:
                if start < begins:
                    yield start, min(begins, end)
                start = ends
        if start < end:
            yield start, end

    def _open(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Yield the times around a time in which its hours and papers let it be used."""
        first, last = _day(start), _day(end - 1)
        last = last if self.last_day is None else min(last, self.last_day)
        if not self.terms.hours:
            if first <= last:
                yield _minute_of(first, "00:00"), _minute_of(last, "24:00")
            return
        for day in (first + timedelta(number) for number in range((last - first).days + 1)):
            for hours in sorted(self.terms.hours, key=attrgetter("opens")):
                if hours.weekday == day.isoweekday():
                    yield _minute_of(day, hours.opens), _minute_of(day, hours.closes)


@dataclass(frozen=True)
class _FreeThings:
    query: ListFreeThings

    async def read(self, database: Database) -> Page[FreeThingRow]:
        query = self.query
        expect_time(query.starts_at, query.ends_at, _MOST_DAYS)
        frees = await _frees(database, query, query.starts_at, query.ends_at)
        rows = [row for free in frees if (row := _free_row(free, query.starts_at, query.ends_at)).periods]
        return page(query, rows, lambda row: (not row.free, row.kind, row.name, row.bookable_id))


@dataclass(frozen=True)
class _Instead:
    query: ListAlternatives
    actor: Actor

    async def read(self, database: Database) -> Alternatives:
        query = self.query
        expect_time(query.starts_at, query.ends_at, _MOST_DAYS)
        names = ", ".join(f'"{name}"' for name in BOOKABLES.column_names)
        thing = await database.fetchrow(
            f'SELECT {names} FROM "{BOOKABLES.table}" WHERE bookable_id = $1', query.bookable_id
        )
        if thing is None:
            raise Refused(words_of.BOOKABLE_UNKNOWN, bookable_id=query.bookable_id)
        around = timedelta(_DAYS_AROUND)
        slots = await taken_near(database, [query.bookable_id], query.starts_at - around, query.ends_at + around)
        own = Free(thing, slots)
        alike = ThingFilter(type=thing["type"], seats=query.seats)
        frees = await _frees(database, alike, query.starts_at, query.ends_at)
        others = [_free_row(free, query.starts_at, query.ends_at) for free in frees]
        same_site = sorted(others, key=lambda row: (row.site_id != thing["site_id"], row.name))
        start, end = minute(query.starts_at), minute(query.ends_at)
        held = await taken(database, [query.bookable_id], query.starts_at, query.ends_at)
        return Alternatives(
            things=tuple(row for row in same_site if row.free and row.bookable_id != query.bookable_id)[:_THREE],
            times=tuple(_period(*each) for each in _other_times(own, start, end)),
            shorter=tuple(_period(*each) for each in _longest(own.periods(start, end), end - start)),
            held_by=busy_rows(held, self.actor),
        )


async def _frees(database: Database, asked: ThingFilter, start: datetime, end: datetime) -> list[Free]:
    _, where, values = chosen(asked)
    names = ", ".join(f'"{name}"' for name in BOOKABLES.column_names)
    things = await database.fetch(f'SELECT {names} FROM "{BOOKABLES.table}" WHERE {where}', *values)
    slots: dict[str, list[Record]] = defaultdict(list)
    for slot in await taken_near(database, [thing["bookable_id"] for thing in things], start, end):
        slots[slot["thing"]].append(slot)
    return [Free(thing, slots[thing["bookable_id"]]) for thing in things]


def _free_row(free: Free, starts_at: datetime, ends_at: datetime) -> FreeThingRow:
    start, end, thing = minute(starts_at), minute(ends_at), free.thing
    whole = free.at(start, end)
    periods = [(start, end)] if whole else free.periods(start, end)
    return FreeThingRow(
        name=thing["name"],
        kind=thing["kind"],
        seats=thing["seats"],
        free=whole,
        bookable_id=thing["bookable_id"],
        type=thing["type"],
        site_id=thing["site_id"],
        periods=tuple(_period(*each) for each in periods),
    )


def _other_times(free: Free, start: int, end: int) -> list[tuple[int, int]]:
    """Return the three nearest times of the same length: on the same day, then at the same hour of the days around."""
    day = moment(start).astimezone(_HANOI).date()
    found: list[tuple[int, int]] = []
    for away in range(_STEP, 1440, _STEP):
        for begins in (start + away, start - away):
            apart = all(abs(begins - other) >= end - start for other, _ in found)
            if apart and _day(begins) == day == _day(begins + end - start - 1) and _worked(begins):
                found += [(begins, begins + end - start)] if free.at(begins, begins + end - start) else []
    for days in range(1, _DAYS_AROUND + 1):
        begins = start + 1440 * days
        found += [(begins, begins + end - start)] if free.at(begins, begins + end - start) else []
    return found[:_THREE]


def _longest(periods: Sequence[tuple[int, int]], length: int) -> list[tuple[int, int]]:
    shorter = [each for each in periods if each[1] - each[0] < length]
    return sorted(shorter, key=lambda each: (each[0] - each[1], each[0]))[:_THREE]


def _by_steps(start: int, end: int, begins: int, ends: int) -> tuple[int, int] | None:
    """Return what is left of a time where it may begin, and end, only whole steps behind `start`, or at `end`."""
    begins += (start - begins) % _STEP
    ends -= 0 if ends == end else (ends - start) % _STEP
    return (begins, ends) if begins < ends else None


def _minute_of(day: date, clock: str) -> int:
    return minute(at_office(day, clock))


def _day(minute: int) -> date:
    return moment(minute).astimezone(_HANOI).date()


def _worked(minute: int) -> bool:
    return 6 <= moment(minute).astimezone(_HANOI).hour < 21


def _period(start: int, end: int) -> FreePeriod:
    return FreePeriod(starts_at=moment(start), ends_at=moment(end))


def _slot(record: Record) -> Slot:
    return Slot(
        record["booking_id"],
        minute(record["starts_at"]),
        minute(record["ends_at"]),
        record["before_minutes"],
        record["after_minutes"],
        record["site_id"],
        record["place"],
    )


def _list(query: ListFreeThings, actor: Actor) -> _FreeThings:
    return _FreeThings(query)


def _instead(query: ListAlternatives, actor: Actor) -> _Instead:
    return _Instead(query, actor)


LIST_FREE_THINGS = QueryRule(ListFreeThings, (BOOKABLES, SLOTS), _list)
LIST_ALTERNATIVES = QueryRule(ListAlternatives, (BOOKABLES, SLOTS), _instead)
