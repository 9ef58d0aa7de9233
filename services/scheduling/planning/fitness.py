"""Which car and which driver could go when, by the same rules as run orders are decided by."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from contracts.base import Refused
from contracts.scheduling.vehicles import MOST_RIDES
from services.scheduling.deciders.bookable import Bookable, against
from services.scheduling.deciders.calendar import Slot, clash, moment
from services.scheduling.deciders.driver_log import (
    Duty,
    DutyMonth,
    expect_licence,
    expect_rested,
    usual_driving,
)
from services.scheduling.deciders.ride_request import fits, overlap
from services.scheduling.planning.facts import DayFacts, PlannedCar, PlannedDriver, PlannedRun, Wish


def together(one: Wish, other: Wish) -> bool:
    """Tell whether two requests may share a car: both willing, at the same time, the same way."""
    times = [(moment(wish.start), moment(wish.end)) for wish in (one, other)]
    return one.may_share and other.may_share and one.area == other.area and overlap(times[0], times[1])


def all_together(wishes: Sequence[Wish], new: Wish) -> bool:
    """Tell whether a request may ride with others that ride together."""
    return len(wishes) < MOST_RIDES and all(together(one, new) for one in wishes)


def seats_for(car: PlannedCar, wishes: Iterable[Wish]) -> bool:
    """Tell whether a car is of the kind that is asked for, with a seat for everybody."""
    wishes = tuple(wishes)
    enough = sum(wish.passengers for wish in wishes) < car.seats
    return enough and all(fits(wish.wish, car.seats, car.use) for wish in wishes)


def slot_for(thing: Bookable, start: int, end: int) -> Slot:
    """Return what a run takes of a thing, as its order would."""
    return Slot("", start, end, before=thing.terms.preparation_minutes, after=thing.terms.cleaning_minutes)


def meet(thing: Bookable, one: Slot, other: Slot) -> bool:
    """Tell whether a thing cannot have both slots."""
    return clash(one, other, thing.terms.travel_inside_minutes, thing.terms.travel_between_minutes)


class Fitness:
    """What the facts of a day say of one run, whatever else is planned; each question is worked out once."""

    def __init__(self, facts: DayFacts) -> None:
        """Answer from these facts."""
        self.facts = facts
        self.cars = {car.id: car for car in facts.cars}
        self.drivers = {driver.id: driver for driver in facts.drivers}
        self._against: dict[tuple[str, int, int], Refused | None] = {}
        self._licensed: dict[tuple[str, int, int], bool] = {}
        self._driving: dict[tuple[int, int], int] = {}

    def against(self, thing_id: str, start: int, end: int) -> Refused | None:
        """Return why a thing is not to be had for a time even if nobody has it; None where nothing does."""
        key = (thing_id, start, end)
        if key not in self._against:
            given = self.facts.given
            thing = self._thing(thing_id)
            self._against[key] = against(thing, thing_id, given, moment(start), moment(end), given.actor.board, "board")
        return self._against[key]

    def taken(self, one: PlannedCar | PlannedDriver, start: int, end: int, served: Sequence[str]) -> list[Slot]:
        """Return what somebody has of a thing at a time, but for the bookings that the run itself serves."""
        asked = slot_for(one.thing, start, end)
        others = (slot for slot in one.slots if slot.booking_id not in served)
        return [slot for slot in others if meet(one.thing, slot, asked)]

    def open(self, one: PlannedCar | PlannedDriver, start: int, end: int, served: Sequence[str] = ()) -> bool:
        """Tell whether a thing is to be had for a time as the day stands."""
        return self.against(one.id, start, end) is None and not self.taken(one, start, end, served)

    def licensed(self, driver: PlannedDriver, seats: int, end: int) -> bool:
        """Tell whether a driver may drive a car of so many seats until then."""
        key = (driver.id, seats, end)
        if key not in self._licensed:
            self._licensed[key] = self.against_licence(driver, seats, end) is None
        return self._licensed[key]

    def against_licence(self, driver: PlannedDriver, seats: int, end: int) -> Refused | None:
        """Return why a driver may not drive a car of so many seats until then."""
        try:
            expect_licence(self.facts.given, driver.driver, driver.id, seats, moment(end))
        except Refused as refused:
            return refused
        return None

    def driving(self, start: int, end: int) -> int:
        """Return how long at the wheel a run counts for, as its order would say."""
        key = (start, end)
        if key not in self._driving:
            self._driving[key] = usual_driving(self.facts.given, moment(start), moment(end))
        return self._driving[key]

    def duty(self, start: int, end: int) -> Duty:
        """Return a run as a driver's duty."""
        return Duty(f"{start}-{end}", start, end, self.driving(start, end))

    def against_hours(self, driver: PlannedDriver, planned: Iterable[Duty], duty: Duty) -> Refused | None:
        """Return why the limits of a day, a week or a night forbid a driver a run, beside those planned."""
        months = (DutyMonth(driver.duties), DutyMonth(tuple(planned)))
        try:
            expect_rested(self.facts.given, driver.driver, months, duty)
        except Refused as refused:
            return refused
        return None

    def beside(
        self, fixed: Sequence[PlannedRun], cars: Iterable[PlannedCar], drivers: Iterable[PlannedDriver]
    ) -> "Fitness":
        """Return the facts of some cars and drivers as if runs were ordered already; what is worked out stays known."""
        narrowed = Fitness(
            replace(
                self.facts,
                cars=tuple(replace(car, slots=(*car.slots, *_kept(car, fixed))) for car in cars),
                drivers=tuple(
                    replace(
                        driver,
                        slots=(*driver.slots, *_kept(driver, fixed)),
                        duties=(
                            *driver.duties,
                            *(self.duty(run.start, run.end) for run in fixed if run.driver_id == driver.id),
                        ),
                    )
                    for driver in drivers
                ),
            )
        )
        narrowed._against, narrowed._licensed, narrowed._driving = self._against, self._licensed, self._driving
        return narrowed

    def _thing(self, id: str) -> Bookable:
        return self.cars[id].thing if id in self.cars else self.drivers[id].thing


def _kept(one: PlannedCar | PlannedDriver, fixed: Iterable[PlannedRun]) -> list[Slot]:
    return [slot_for(one.thing, run.start, run.end) for run in fixed if one.id in (run.car_id, run.driver_id)]
