"""The car and its log: what it is, what its odometer shows, whether it is out, and the km of each month."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from contracts.base import Event, Refused
from contracts.scheduling import vehicles as words_of
from contracts.scheduling.values import BookableId
from contracts.scheduling.vehicles import CarHire, CarUse, Surcharge
from services.runtime.manifest import Aggregate, Given
from services.runtime.rules import NoRuleInForce
from services.scheduling.deciders.common import HANOI, told
from services.scheduling.rules.vehicles_tables import VehicleRules

_FARTHEST_A_DAY = 2_000
_WIDEST_GAP = 20_000


@dataclass(frozen=True, slots=True)
class OpenTrip:
    """A trip a car is on."""

    run_id: str
    odometer_km: int
    started_at: datetime


@dataclass(frozen=True, slots=True)
class KmOfMonth:
    """Km of a month that were driven under the same surcharges, whose codes go with their shares."""

    month: str
    surcharges: tuple[tuple[str, int], ...]
    km: int


@dataclass(frozen=True, slots=True)
class Gap:
    """Km nobody logged; `counts` once somebody said that fuel is allowed for them."""

    month: str
    from_km: int
    km: int
    explanation: str | None = None
    counts: bool = False


@dataclass(frozen=True, slots=True)
class Car:
    """What later decisions need of a car; it has no plate before it was recorded.

    `km` and `gaps` are those of months that are not settled.
    """

    plate: str = ""
    seats: int = 0
    use: CarUse = "general"
    fuel_norm_cl_per_100km: int | None = None
    hire: CarHire | None = None
    odometer_km: int | None = None
    trip: OpenTrip | None = None
    came_back_at: datetime | None = None
    km: tuple[KmOfMonth, ...] = ()
    gaps: tuple[Gap, ...] = ()
    settled: str | None = None


def evolve(car: Car, event: Event) -> Car:
    """Return the car after an event."""
    match event:
        case words_of.CarRecorded():
            return replace(car, **dict(event))
        case words_of.TripOpened():
            trip = OpenTrip(event.run_id, event.odometer_km, event.started_at)
            return replace(car, trip=trip, odometer_km=event.odometer_km)
        case words_of.TripLogged():
            driven = _added(car.km, event.month, tuple((one.code, one.basis_points) for one in event.surcharges), event)
            car = replace(car, trip=None, km=driven)
            return replace(car, odometer_km=event.odometer_end_km, came_back_at=event.finished_at)
        case words_of.UnloggedKmFound():
            return replace(car, gaps=(*car.gaps, Gap(event.month, event.from_km, event.km)))
        case words_of.UnloggedKmExplained():
            said = [
                replace(gap, explanation=event.explanation, counts=event.counts)
                if (gap.month, gap.from_km) == (event.month, event.from_km)
                else gap
                for gap in car.gaps
            ]
            return replace(car, gaps=tuple(said))
        case words_of.OdometerReplaced():
            return replace(car, odometer_km=event.odometer_km)
        case words_of.TripMonthSettled():
            km = tuple(one for one in car.km if one.month > event.month)
            gaps = tuple(gap for gap in car.gaps if gap.month > event.month)
            return replace(car, settled=event.month, km=km, gaps=gaps)
    return car


def _added(
    driven: tuple[KmOfMonth, ...], month: str, surcharges: tuple[tuple[str, int], ...], trip: words_of.TripLogged
) -> tuple[KmOfMonth, ...]:
    same = sum(one.km for one in driven if (one.month, one.surcharges) == (month, surcharges))
    others = tuple(one for one in driven if (one.month, one.surcharges) != (month, surcharges))
    return (*others, KmOfMonth(month, surcharges, same + trip.km))


CAR = Aggregate("car", Car(), evolve, version=2)


def record_car(words: words_of.RecordCar, given: Given, car: Car) -> Iterable[Event]:
    """What is said of a car replaces what stood; a norm that is not said stays."""
    said = {name: getattr(words, name) for name in ("plate", "seats", "use", "hire")}
    norm = words.fuel_norm_cl_per_100km or car.fuel_norm_cl_per_100km
    if replace(car, **said, fuel_norm_cl_per_100km=norm) != car:
        yield words_of.CarRecorded(**said, fuel_norm_cl_per_100km=norm)


def explain_unlogged_km(words: words_of.ExplainUnloggedKm, given: Given, car: Car) -> Iterable[Event]:
    """A gap is explained, again where that was said better, until its month is settled."""
    expect_car(car, words.vehicle_id)
    gap = next((gap for gap in car.gaps if gap.from_km == words.from_km), None)
    if gap is None:
        raise Refused(words_of.NO_SUCH_GAP, "from_km", from_km=words.from_km)
    if (gap.explanation, gap.counts) != (words.explanation, words.counts):
        yield words_of.UnloggedKmExplained(
            from_km=gap.from_km, km=gap.km, month=gap.month, explanation=words.explanation, counts=words.counts
        )


def replace_odometer(words: words_of.ReplaceOdometer, given: Given, car: Car) -> Iterable[Event]:
    """Only here may an odometer go back, with a reason, and never on the way."""
    expect_car(car, words.vehicle_id)
    if car.trip is not None:
        raise Refused(words_of.CAR_ON_ITS_WAY, plate=car.plate)
    if car.odometer_km is None or car.odometer_km == words.odometer_km:
        return
    yield words_of.OdometerReplaced(
        former_km=car.odometer_km, odometer_km=words.odometer_km, cause=words.cause, reason=words.reason
    )


def expect_car(car: Car, id: BookableId) -> None:
    """Raise Refused for what nobody recorded as a car."""
    if not car.plate:
        raise Refused(words_of.NOT_A_CAR, "vehicle_id", vehicle_id=id)


def month_of(moment: datetime | date) -> str:
    """Return the office's month of a moment or a day, such as 2026-11."""
    day = moment.astimezone(HANOI).date() if isinstance(moment, datetime) else moment
    return f"{day:%Y-%m}"


def leave(
    given: Given, car: Car, run_id: str, driver_id: str, odometer_km: int, started_at: datetime
) -> Sequence[Event]:
    """Return what a car's log says when it leaves: the reading, after the km nobody logged where there are some."""
    if car.trip is not None:
        raise Refused(words_of.CAR_ON_ITS_WAY, plate=car.plate)
    expect_moment(given, started_at, car.came_back_at)
    last = odometer_km if car.odometer_km is None else car.odometer_km
    expect_reading(car, odometer_km, last, _WIDEST_GAP, "odometer_km")
    opened = words_of.TripOpened(run_id=run_id, driver_id=driver_id, odometer_km=odometer_km, started_at=started_at)
    if odometer_km == last:
        return [opened]
    month, km = month_of(given.now), odometer_km - last
    gap = words_of.UnloggedKmFound(from_km=last, to_km=odometer_km, km=km, month=month, found_by_run_id=run_id)
    return [gap, opened]


def expect_return(given: Given, car: Car, odometer_km: int, finished_at: datetime, field: str = "odometer_km") -> int:
    """Return the km of the trip a car is on; raise Refused for a reading or a time that cannot be."""
    assert car.trip is not None
    expect_moment(given, finished_at, car.trip.started_at)
    days = (finished_at - car.trip.started_at).days + 1
    expect_reading(car, odometer_km, car.trip.odometer_km, _FARTHEST_A_DAY * days, field)
    if car.settled is not None and month_of(finished_at) <= car.settled:
        raise Refused(words_of.MONTH_SETTLED, month=month_of(finished_at))
    return odometer_km - car.trip.odometer_km


def hire_cost(car: Car, km: int, finished_at: datetime) -> int:
    """Return what a hired car costs for the trip it is on; a day on which it had come back before is paid already."""
    if car.hire is None or car.trip is None:
        return 0
    if car.hire.per == "km":
        return km * car.hire.price_vnd
    first, last = (one.astimezone(HANOI).date() for one in (car.trip.started_at, finished_at))
    paid = car.came_back_at is not None and car.came_back_at.astimezone(HANOI).date() == first
    return ((last - first).days + 1 - paid) * car.hire.price_vnd


def expect_reading(car: Car, odometer_km: int, last_km: int, most_km: int, field: str) -> None:
    """Raise Refused for an odometer that goes back, or farther than a car can go."""
    if odometer_km < last_km:
        raise Refused(words_of.ODOMETER_BACKWARDS, field, plate=car.plate, last_km=last_km, odometer_km=odometer_km)
    if odometer_km - last_km > most_km:
        far = odometer_km - last_km
        raise Refused(words_of.TRIP_TOO_FAR, field, plate=car.plate, odometer_km=odometer_km, km=far)


def expect_moment(given: Given, moment: datetime, earliest: datetime | None) -> None:
    """Raise Refused for a moment to come, or before the earliest there can be."""
    if moment > given.now or (earliest is not None and moment < earliest):
        since = told(earliest) if earliest is not None else "-"
        raise Refused(words_of.TRIP_TIME_UNFIT, moment=told(moment), earliest=since)


def surcharges_on(given: Given, codes: Iterable[str], day: date, scope: str, field: str) -> tuple[Surcharge, ...]:
    """Return the surcharges of these codes as they are on a day, each once, in the order of their codes."""
    tables: VehicleRules = given.rules.vehicles
    found = []
    for code in sorted(set(codes)):
        try:
            entry = tables.surcharges.entry(day, code=code)
        except NoRuleInForce:
            raise Refused(words_of.SURCHARGE_UNKNOWN, field, code=code, day=day) from None
        if entry.row.scope != scope:
            raise Refused(words_of.SURCHARGE_UNKNOWN, field, code=code, day=day)
        share = entry.row.basis_points
        found.append(Surcharge(code=code, basis_points=share, legal_basis=entry.validity.legal_basis))
    return tuple(found)
