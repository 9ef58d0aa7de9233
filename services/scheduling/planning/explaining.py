"""Why a request has no run in a plan, in words that say what to do next."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from contracts import scheduling as words_of
from contracts.base import Refused
from contracts.scheduling.planning import UnplacedCode
from contracts.scheduling.vehicles import LONGEST_RUN_DAYS
from services.scheduling.deciders.calendar import moment, rank
from services.scheduling.deciders.common import told_period
from services.scheduling.deciders.ride_request import fits
from services.scheduling.planning.facts import PlannedCar, PlannedDriver, PlannedRun, Wish
from services.scheduling.planning.roster import Roster
from services.scheduling.planning.sentences import SENTENCES

_NAMED = 3


@dataclass(frozen=True)
class Why:
    """A reason: its code, its sentences, and the requests of a higher class that go instead."""

    code: UnplacedCode
    vi: str
    en: str
    instead: tuple[str, ...] = ()


def left_out(code: UnplacedCode) -> Why:
    """Return why a request is not planned at all."""
    return _why(code, most=LONGEST_RUN_DAYS)


def explain(roster: Roster, wish: Wish) -> Why:
    """Return why a request has no run beside those planned: of all that stands against it, what is nearest to a car."""
    fitness, served = roster.fitness, _served(wish)
    cars = list(fitness.cars.values())
    of_kind = [car for car in cars if fits(wish.wish, car.seats, car.use)]
    if not of_kind:
        wanted = f"{wish.wish.seats or ''} {wish.wish.use or ''}".strip() or "-"
        return _why("no-car-of-kind", wanted=wanted)
    roomy = [car for car in of_kind if wish.passengers < car.seats]
    if not roomy:
        most = max(car.seats for car in of_kind) - 1
        return _why("no-car-with-seats", passengers=wish.passengers, most=most)
    against = {car.id: fitness.against(car.id, wish.start, wish.end) for car in roomy}
    usable = [car for car in roomy if against[car.id] is None]
    if not usable:
        return _not_open([refused for refused in against.values() if refused], roomy)
    untaken = [car for car in usable if not fitness.taken(car, wish.start, wish.end, served)]
    free = [car for car in untaken if not roster.in_the_way(car, wish.start, wish.end)]
    if not free:
        return _cars_taken(roster, wish, usable, untaken)
    return _no_driver(roster, wish, free)


def _cars_taken(roster: Roster, wish: Wish, usable: Sequence[PlannedCar], untaken: Sequence[PlannedCar]) -> Why:
    ahead = _of_higher_class(roster, wish, untaken)
    if ahead:
        return ahead
    holders = [_held(roster, car, wish) for car in usable]
    return _why("cars-taken", count=len(usable), held=_some(holders), time=_time(wish))


def _no_driver(roster: Roster, wish: Wish, free: Sequence[PlannedCar]) -> Why:
    fitness, seats = roster.fitness, min(car.seats for car in free)
    drivers = list(fitness.drivers.values())
    licensed = [driver for driver in drivers if fitness.licensed(driver, seats, wish.end)]
    if not licensed:
        reasons = [refused for one in drivers if (refused := fitness.against_licence(one, seats, wish.end))]
        return _with(_why("no-licence", seats=seats), reasons)
    opened = [driver for driver in licensed if fitness.against(driver.id, wish.start, wish.end) is None]
    if not opened:
        reasons = [refused for one in licensed if (refused := fitness.against(one.id, wish.start, wish.end))]
        return _with(_why("drivers-not-open", time=_time(wish)), reasons)
    untaken = [driver for driver in opened if not fitness.taken(driver, wish.start, wish.end, _served(wish))]
    there = [driver for driver in untaken if not roster.in_the_way(driver, wish.start, wish.end)]
    if not there:
        held = _some([_held(roster, driver, wish) for driver in opened])
        return _of_higher_class(roster, wish, untaken) or _why(
            "drivers-taken", count=len(opened), held=held, time=_time(wish)
        )
    tired = [refused for driver in there if (refused := _tired(roster, driver, wish))]
    return _with(_why("driver-hours", count=len(there)), tired)


def _tired(roster: Roster, driver: PlannedDriver, wish: Wish) -> Refused | None:
    planned = [roster.fitness.duty(run.start, run.end) for run in roster.runs if run.driver_id == driver.id]
    return roster.fitness.against_hours(driver, planned, roster.fitness.duty(wish.start, wish.end))


def _of_higher_class(roster: Roster, wish: Wish, ones: Sequence[PlannedCar | PlannedDriver]) -> Why | None:
    """Name the requests of a higher class that have what this one could have had."""
    ahead: dict[str, Wish] = {}
    for one in ones:
        for run in roster.in_the_way(one, wish.start, wish.end):
            ahead |= {each.ride_id: each for each in run.wishes if rank(each.priority) < rank(wish.priority)}
    if not ahead:
        return None
    named = _some([f"{each.requester} ({_time(each)})" for each in ahead.values()])
    return replace(_why("gave-way", named=named), instead=tuple(ahead))


def _not_open(refusals: Sequence[Refused], cars: Sequence[PlannedCar]) -> Why:
    papers = [one for one in refusals if one.refusal is words_of.VALIDITY_ENDED]
    code: UnplacedCode = "car-papers-end" if papers else "cars-not-open"
    return _with(_why(code, count=len(cars)), papers or refusals)


def _with(why: Why, refusals: Sequence[Refused]) -> Why:
    """Add what the order of a run itself would be told."""
    told = [_sentence(refused) for refused in refusals[:_NAMED]]
    return replace(why, vi=" ".join((why.vi, *(vi for vi, _ in told))), en=" ".join((why.en, *(en for _, en in told))))


def _sentence(refused: Refused) -> tuple[str, str]:
    _, vi, en, _ = refused.refusal
    reply = Refused(refused.refusal, None, **refused.values).reply()
    return getattr(reply, "vi", vi), getattr(reply, "en", en)


def _held(roster: Roster, one: PlannedCar | PlannedDriver, wish: Wish) -> str:
    name = one.plate if isinstance(one, PlannedCar) else one.driver.name
    slots = [(slot.start, slot.end) for slot in roster.fitness.taken(one, wish.start, wish.end, _served(wish))]
    runs: list[PlannedRun] = roster.in_the_way(one, wish.start, wish.end)
    times = sorted([*slots, *((run.start, run.end) for run in runs)])
    return f"{name} {', '.join(told_period(moment(start), moment(end)) for start, end in times)}".strip()


def _served(wish: Wish) -> tuple[str, ...]:
    return () if wish.booking_id is None else (wish.booking_id,)


def _time(wish: Wish) -> str:
    return told_period(moment(wish.start), moment(wish.end))


def _some(names: Sequence[str]) -> str:
    return "; ".join(names[:_NAMED]) + ("; …" if len(names) > _NAMED else "")


def _why(code: UnplacedCode, **values: object) -> Why:
    vi, en = SENTENCES[code]
    return Why(code, vi.format(**values), en.format(**values))
