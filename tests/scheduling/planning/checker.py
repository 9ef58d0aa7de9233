"""Which rules does a plan break? Read from the rules' words, minute by minute, without a word of the planner's."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from services.scheduling.planning.facts import DayFacts, PlannedRun

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
MOST_SEATS = {"B": 9, "C": 9, "D1": 17, "D2": 30, "D": 999}
DAY_MOST, WEEK_MOST, REST, DAY = 600, 2880, 480, 1440


def broken(facts: "DayFacts", runs: "Sequence[PlannedRun]") -> list[str]:
    """Return in words every rule that runs break, nothing where they break none."""
    found = [f"{id} rides twice" for id, count in Counter(_riding(runs)).items() if count > 1]
    for run in runs:
        found += _company(run)
        found += _car(facts, run)
        found += _driver(facts, run)
    found += _one_at_a_time(facts, runs)
    for driver in facts.drivers:
        planned = [(run.start, run.end) for run in runs if run.driver_id == driver.id]
        found += _hours(driver, planned)
    return found


def _riding(runs: "Sequence[PlannedRun]") -> Iterator[str]:
    for run in runs:
        yield from (wish.ride_id for wish in run.wishes)


def _company(run: "PlannedRun") -> Iterator[str]:
    if len(run.wishes) > 12:
        yield "more than twelve requests on a run"
    for one in run.wishes:
        for other in run.wishes:
            if one is not other:
                if not one.may_share:
                    yield f"{one.ride_id} would not share"
                if one.area != other.area:
                    yield f"{one.ride_id} and {other.ride_id} go different ways"
                if not any(other.start <= minute < other.end for minute in range(one.start, one.end)):
                    yield f"{one.ride_id} and {other.ride_id} are never on the way together"


def _car(facts: "DayFacts", run: "PlannedRun") -> Iterator[str]:
    (car,) = [car for car in facts.cars if car.id == run.car_id]
    if sum(wish.passengers for wish in run.wishes) + 1 > car.seats:
        yield f"too many in {car.plate}"
    for wish in run.wishes:
        if (wish.wish.seats or 0) > car.seats or wish.wish.use not in (None, car.use):
            yield f"{car.plate} is not what {wish.ride_id} asked for"
    yield from _open(car.thing, run, car.plate)


def _driver(facts: "DayFacts", run: "PlannedRun") -> Iterator[str]:
    (driver,) = [driver for driver in facts.drivers if driver.id == run.driver_id]
    (car,) = [car for car in facts.cars if car.id == run.car_id]
    if car.seats > MOST_SEATS[driver.driver.licence_class]:
        yield f"{driver.driver.name} may not drive {car.plate}"
    if driver.driver.expires_on is not None and driver.driver.expires_on < _day(run.end - 1):
        yield f"the licence of {driver.driver.name} has ended"
    yield from _open(driver.thing, run, driver.driver.name)


def _open(thing: Any, run: "PlannedRun", name: str) -> Iterator[str]:
    for blocking in thing.blockings:
        if _moment(run.start) < blocking.ends_at and blocking.starts_at < _moment(run.end):
            yield f"{name} is blocked"
    for paper, last_day in thing.valid:
        if _day(run.end - 1) > last_day:
            yield f"the {paper} of {name} has ended"


def _one_at_a_time(facts: "DayFacts", runs: "Sequence[PlannedRun]") -> Iterator[str]:
    """Every minute of a run and of what is done around it belongs to one run only."""
    for one in (*facts.cars, *facts.drivers):
        terms = one.thing.terms
        kept: set[int] = set()
        own = [(run.start, run.end) for run in runs if one.id in (run.car_id, run.driver_id)]
        slots = [(slot.start - slot.before, slot.end + slot.after) for slot in one.slots]
        times = [(start - terms.preparation_minutes, end + terms.cleaning_minutes) for start, end in own]
        for start, end in (*times, *slots):
            minutes = set(range(start, end))
            if minutes & kept:
                yield f"{one.id} has two things to do at {_moment(min(minutes & kept)):%H:%M}"
            kept |= minutes


def _hours(driver: Any, planned: Sequence[tuple[int, int]]) -> Iterator[str]:
    duties = [(duty.start, duty.end, duty.driving) for duty in driver.duties]
    duties += [(start, end, min(end - start, DAY_MOST * len(_days(start, end)))) for start, end in planned]
    by_day: dict[date, int] = defaultdict(int)
    for start, end, driving in duties:
        on = _days(start, end)
        for place, day in enumerate(on):
            by_day[day] += driving // len(on) + (place < driving % len(on))
    touched = {day for start, end in planned for day in _days(start, end)}
    for day in touched:
        week = day - timedelta(day.weekday())
        if by_day[day] > DAY_MOST:
            yield f"{driver.driver.name} drives {by_day[day]} minutes on {day}"
        if sum(by_day[week + timedelta(days)] for days in range(7)) > WEEK_MOST:
            yield f"{driver.driver.name} drives too long in the week of {week}"
    for start, end in planned:
        yield from _nights(driver, [(begins, ends) for begins, ends, _ in duties], start, end)


def _nights(driver: Any, duties: Sequence[tuple[int, int]], start: int, end: int) -> Iterator[str]:
    """In the 24 hours from any run's beginning that a planned run touches there are eight hours on end without one."""
    for begins in {begins for begins, _ in duties if start - DAY < begins < end}:
        within = [one for one in duties if one[0] < begins + DAY and one[1] > begins]
        if any(ends - starts > DAY - REST for starts, ends in within):
            continue
        idle = longest = 0
        for minute in range(begins, begins + DAY):
            idle = 0 if any(starts <= minute < ends for starts, ends in within) else idle + 1
            longest = max(longest, idle)
        if longest < REST:
            yield f"{driver.driver.name} rests {longest} minutes only from {_moment(begins):%d/%m %H:%M}"


def _moment(minute: int) -> datetime:
    return datetime.fromtimestamp(minute * 60, HANOI)


def _day(minute: int) -> date:
    return _moment(minute).date()


def _days(start: int, end: int) -> list[date]:
    first, last = _day(start), _day(end - 1)
    return [first + timedelta(days) for days in range((last - first).days + 1)]
