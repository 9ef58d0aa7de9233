"""The driver: the licence, the runs of each month, and how much more driving a day, a week and a night allow."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from contracts.base import Event, Refused
from contracts.scheduling import vehicles as words_of
from services.runtime.manifest import Aggregate, Given, Ref
from services.runtime.rules import NoRuleInForce
from services.scheduling.deciders.calendar import minute, moment
from services.scheduling.deciders.common import HANOI, told
from services.scheduling.rules.vehicles_tables import LimitKind, VehicleRules

_DAY = 1440


@dataclass(frozen=True, slots=True)
class Driver:
    """Who a driver is; there is no name before the driver was recorded."""

    name: str = ""
    phone: str | None = None
    licence_class: str = ""
    licence_number: str = ""
    issued_on: date | None = None
    expires_on: date | None = None


@dataclass(frozen=True, slots=True)
class Duty:
    """A run a driver has: from a minute since 1970, included, to another, excluded, and how long at the wheel."""

    run_id: str
    start: int
    end: int
    driving: int


@dataclass(frozen=True, slots=True)
class DutyMonth:
    """The runs of a driver of which a part lies in a month."""

    duties: tuple[Duty, ...] = ()


def evolve(driver: Driver, event: Event) -> Driver:
    """Return the driver after an event."""
    match event:
        case words_of.DriverRecorded():
            return Driver(**dict(event))
    return driver


def evolve_month(month: DutyMonth, event: Event) -> DutyMonth:
    """Return the month after an event."""
    match event:
        case words_of.DutyTaken():
            others = tuple(duty for duty in month.duties if duty.run_id != event.run_id)
            duty = Duty(event.run_id, minute(event.starts_at), minute(event.ends_at), event.driving_minutes)
            return replace(month, duties=(*others, duty))
        case words_of.DutyDropped():
            return replace(month, duties=tuple(duty for duty in month.duties if duty.run_id != event.run_id))
    return month


DRIVER = Aggregate("driver", Driver(), evolve)
DUTY_MONTH = Aggregate("dutymonth", DutyMonth(), evolve_month)


def record_driver(words: words_of.RecordDriver, given: Given, driver: Driver) -> Iterable[Event]:
    """What is said of a driver replaces what stood."""
    said = {name: value for name, value in dict(words).items() if name != "driver_id"}
    if Driver(**said) != driver:
        yield words_of.DriverRecorded(**said)


def monday(day: date) -> date:
    """Return the first day of a day's week."""
    return day - timedelta(day.weekday())


def duty_month_ids(driver_id: str, start: datetime, end: datetime) -> tuple[str, ...]:
    """Return the ids of the months, of the office, in which a run lies: `<driver>-<yyyy-mm>`, in their order."""
    first, last = start.astimezone(HANOI), (end - timedelta(minutes=1)).astimezone(HANOI)
    months = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return tuple(f"{driver_id}-{month // 12}-{month % 12 + 1:02}" for month in months)


def duty_refs(driver_id: str, start: datetime, end: datetime) -> Iterator[Ref]:
    """Yield the months a run is decided over: those of its weeks, and of a night before and after them."""
    first = monday(start.astimezone(HANOI).date()) - timedelta(1)
    last = monday(end.astimezone(HANOI).date()) + timedelta(8)
    from_, to = (datetime.combine(day, datetime.min.time(), HANOI) for day in (first, last))
    for id in duty_month_ids(driver_id, from_, to):
        yield Ref(DUTY_MONTH, id)


def of_days(duty: Duty) -> Iterator[tuple[date, int]]:
    """Yield the office's days of a run and the minutes at the wheel on each: all of them, as evenly as can be."""
    first = moment(duty.start).astimezone(HANOI).date()
    count = (moment(duty.end - 1).astimezone(HANOI).date() - first).days + 1
    each, more = divmod(duty.driving, count)
    for place in range(count):
        yield first + timedelta(place), each + (place < more)


def usual_driving(given: Given, start: datetime, end: datetime) -> int:
    """Return how long at the wheel a run is where nobody says: all of it, as far as a day's limit allows."""
    length = max(1, minute(end) - minute(start))
    days = len(list(of_days(Duty("", minute(start), minute(start) + length, 0))))
    most = limit(given, "driving_day", start.astimezone(HANOI).date())
    return length if most is None else min(length, most * days)


def limit(given: Given, kind: LimitKind, day: date) -> int | None:
    """Return a limit in minutes on a day; None where none is in force."""
    tables: VehicleRules = given.rules.vehicles
    try:
        return tables.limits.in_force(day, kind=kind).minutes
    except NoRuleInForce:
        return None


def expect_rested(given: Given, driver: Driver, months: Iterable[DutyMonth], duty: Duty) -> None:
    """Raise Refused where a run would pass a day's or a week's limit, or leave no rest in some 24 hours."""
    others = {one.run_id: one for month in months for one in month.duties if one.run_id != duty.run_id}
    duties = (*others.values(), duty)
    driven: dict[date, int] = {}
    for one in duties:
        for day, minutes in of_days(one):
            driven[day] = driven.get(day, 0) + minutes
    for day, _ in of_days(duty):
        _expect_within(given, driver, "driving_day", day, driven[day])
    for first in dict.fromkeys(monday(day) for day, _ in of_days(duty)):
        whole = sum(driven.get(first + timedelta(place), 0) for place in range(7))
        _expect_within(given, driver, "driving_week", first, whole)
    least = limit(given, "rest", moment(duty.start).astimezone(HANOI).date())
    if least is not None:
        _expect_rest(driver, duties, duty, least)


def _expect_within(given: Given, driver: Driver, kind: LimitKind, day: date, minutes: int) -> None:
    most = limit(given, kind, day)
    if most is not None and minutes > most:
        refusal = words_of.DRIVER_DAY_FULL if kind == "driving_day" else words_of.DRIVER_WEEK_FULL
        raise Refused(refusal, driver_name=driver.name, day=day, minutes=minutes, most=most)


def _expect_rest(driver: Driver, duties: Iterable[Duty], new: Duty, least: int) -> None:
    """A run so long that no 24 hours around it hold the rest has it on its way: such windows are not looked at."""
    near = sorted((one.start, one.end) for one in duties if one.end > new.start - _DAY and one.start < new.end + _DAY)
    for from_ in (start for start, _ in near if new.start - _DAY < start < new.end):
        to, rested, free = from_ + _DAY, 0, from_
        within = [(start, end) for start, end in near if start < to and end > from_]
        for start, end in within:
            rested, free = max(rested, start - free), max(free, end)
        if max(rested, to - free) < least and all(end - start <= _DAY - least for start, end in within):
            raise Refused(
                words_of.DRIVER_WITHOUT_REST, driver_name=driver.name, least=least, starts_at=told(moment(from_))
            )


def expect_licence(given: Given, driver: Driver, driver_id: str, seats: int, end: datetime) -> None:
    """Raise Refused for a licence that is not known, ends before the run does, or is not for a car of these seats."""
    if not driver.name:
        raise Refused(words_of.NOT_A_DRIVER, "driver_id", driver_id=driver_id)
    day = (end - timedelta(minutes=1)).astimezone(HANOI).date()
    if driver.expires_on is not None and driver.expires_on < day:
        raise Refused(words_of.LICENCE_EXPIRED, driver_name=driver.name, last_day=driver.expires_on, day=day)
    tables: VehicleRules = given.rules.vehicles
    try:
        most = tables.licences.in_force(driver.issued_on or day, licence_class=driver.licence_class).most_seats
    except NoRuleInForce:
        most = 0
    if seats > most:
        facts = {"licence_class": driver.licence_class, "driver_name": driver.name}
        raise Refused(words_of.LICENCE_UNFIT, seats=seats, **facts)
