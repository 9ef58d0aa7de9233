"""What one request that waits can be given: cars and drivers, what is missing of the others, and other times."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from contracts import scheduling as words_of_scheduling
from contracts.base import Notice, Refused
from contracts.scheduling import vehicles as words_of
from contracts.scheduling.vehicles import CarChoice, DriverChoice, OtherTime
from services.scheduling.deciders.calendar import minute, moment
from services.scheduling.deciders.common import HANOI
from services.scheduling.deciders.placing import told_held
from services.scheduling.deciders.ride_request import fits
from services.scheduling.planning.facts import PlannedCar, PlannedDriver, Wish
from services.scheduling.planning.fitness import Fitness, seats_for

_STEP = 30
_FIRST_HOUR, _LAST_HOUR = 6, 21
_TIMES = 3
_MOST = 20


@dataclass(frozen=True)
class Choices:
    """The choices for one request among the cars and drivers of its day."""

    fitness: Fitness
    wish: Wish

    def cars(self) -> tuple[CarChoice, ...]:
        """Return the cars that fit and are free, the smallest first; then the others, the nearest to fit first."""
        chosen = [(self._against_car(car), car) for car in self.fitness.cars.values()]
        chosen.sort(key=lambda one: (len(one[0]), one[1].seats, one[1].plate))
        return tuple(CarChoice(vehicle_id=car.id, plate=car.plate, seats=car.seats, missing=no) for no, car in chosen)[
            :_MOST
        ]

    def drivers(self) -> tuple[DriverChoice, ...]:
        """Return the drivers who could drive the smallest car that fits, then the others and what they are missing."""
        seats = self._seats()
        chosen = [(self._against_driver(driver, seats), driver) for driver in self.fitness.drivers.values()]
        chosen.sort(key=lambda one: (len(one[0]), one[1].driver.name, one[1].id))
        return tuple(
            DriverChoice(
                driver_id=one.id,
                driver_name=one.driver.name,
                phone=one.driver.phone,
                licence_class=one.driver.licence_class,
                missing=missing,
            )
            for missing, one in chosen
        )[:_MOST]

    def times(self) -> tuple[OtherTime, ...]:
        """Return the three nearest times of the day, to come, at which the request could have a car and a driver."""
        found = (OtherTime(leaves_at=moment(one.start), returns_at=moment(one.end), plates=plates)
                 for one in self._shifted() if (plates := self._plates(one)))  # fmt: skip
        return tuple(one for one, _ in zip(found, range(_TIMES), strict=False))

    def possible(self) -> bool:
        """Tell whether a run can be ordered for the request at its own time."""
        return bool(self._plates(self.wish))

    def _plates(self, wish: Wish) -> tuple[str, ...]:
        fitness = self.fitness
        served = _served(wish)
        cars = [car for car in fitness.cars.values() if seats_for(car, [wish])]
        free = [car for car in cars if fitness.open(car, wish.start, wish.end, served)]
        duty = fitness.duty(wish.start, wish.end)
        rested = [
            driver
            for driver in (fitness.drivers.values() if free else ())
            if fitness.open(driver, wish.start, wish.end, served) and fitness.against_hours(driver, (), duty) is None
        ]
        driven = (car for car in free if any(fitness.licensed(one, car.seats, wish.end) for one in rested))
        return tuple(sorted(car.plate for car in driven))

    def _shifted(self) -> Iterator[Wish]:
        """Yield the request at other times of its day, the nearest first, within the hours in which cars go."""
        wish = self.wish
        day = moment(wish.start).astimezone(HANOI).date()
        opens, closes = (
            minute(datetime.combine(day, datetime.min.time(), HANOI) + timedelta(hours=hour))
            for hour in (_FIRST_HOUR, _LAST_HOUR)
        )
        earliest = max(opens, minute(self.fitness.facts.given.now) + 1)
        for away in range(_STEP, closes - opens, _STEP):
            for start in (wish.start - away, wish.start + away):
                end = start + wish.end - wish.start
                if earliest <= start and end <= closes:
                    yield replace(wish, start=start, end=end)

    def _seats(self) -> int:
        """Return the seats of the smallest car that fits and is free, else of the smallest that fits at all."""
        fitting = sorted(car.seats for car in self.fitness.cars.values() if seats_for(car, [self.wish]))
        free = [one.seats for one in self.cars() if not one.missing]
        return (free or fitting or [self.wish.passengers + 1])[0]

    def _against_car(self, car: PlannedCar) -> tuple[Notice, ...]:
        wish, refusals = self.wish, list[Refused | None]()
        if not fits(wish.wish, car.seats, car.use):
            refusals.append(Refused(words_of.CAR_UNFIT, plate=car.plate, requester=wish.requester))
        if wish.passengers > car.seats - 1:
            said: dict[str, Any] = {"plate": car.plate, "free": car.seats - 1, "passengers": wish.passengers}
            refusals.append(Refused(words_of.SEATS_TOO_FEW, **said))
        return _notices([*refusals, *self._against_thing(car)])

    def _against_driver(self, driver: PlannedDriver, seats: int) -> tuple[Notice, ...]:
        wish, fitness = self.wish, self.fitness
        hours = fitness.against_hours(driver, (), fitness.duty(wish.start, wish.end))
        licence = fitness.against_licence(driver, seats, wish.end)
        return _notices([licence, *self._against_thing(driver), hours])

    def _against_thing(self, one: PlannedCar | PlannedDriver) -> list[Refused | None]:
        wish = self.wish
        standing = self.fitness.taken(one, wish.start, wish.end, _served(wish))
        held = Refused(words_of_scheduling.NOT_FREE, held=told_held(one.thing, standing)) if standing else None
        return [self.fitness.against(one.id, wish.start, wish.end), held]


def _served(wish: Wish) -> tuple[str, ...]:
    return () if wish.booking_id is None else (wish.booking_id,)


def _notices(refusals: Sequence[Refused | None]) -> tuple[Notice, ...]:
    return tuple(_notice(refused) for refused in refusals if refused is not None)


def _notice(refused: Refused) -> Notice:
    reply = Refused(refused.refusal, None, **refused.values).reply()
    _, vi, en, _ = refused.refusal
    return Notice(code=refused.refusal.code, vi=getattr(reply, "vi", vi), en=getattr(reply, "en", en))
