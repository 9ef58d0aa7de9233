"""The plan as a problem for CP-SAT: which companies go, in which kind of car, with which driver.

Cars of which one can do exactly what the other can are one kind: as many runs at a time as there are cars of it. That
is enough, since runs that never outnumber the cars can be dealt out to them in the order in which they leave.
One worker, a fixed seed and a limit that counts steps, not seconds: the same question has the same answer.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from services.scheduling.deciders.driver_log import limit, monday, of_days
from services.scheduling.planning.companies import Company
from services.scheduling.planning.facts import Lately, PlannedCar, PlannedDriver, PlannedRun, Wish
from services.scheduling.planning.fitness import Fitness
from services.scheduling.planning.kinds import kinds_of_cars
from services.scheduling.planning.score import CLASSES, on_day

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import CpModel, IntVar, LinearExprT

_DAY = 1440


@dataclass(frozen=True)
class Going:
    """A company as the model has it: its time, those it serves, and whether it goes in which kind, with whom."""

    company: Company
    start: int
    end: int
    served: tuple[str, ...]
    in_kind: dict[int, "IntVar"]
    with_driver: dict[str, "IntVar"]

    @property
    def goes(self) -> "LinearExprT":
        """One when it goes, else nought."""
        return sum(self.in_kind.values())


class Problem:
    """The model of a day; of its three aims each is met before the next is looked at."""

    def __init__(
        self, model: "CpModel", fitness: Fitness, wishes: Sequence[Wish], companies: Sequence[Company]
    ) -> None:
        """State who could go, and every rule."""
        self.model = model
        self.fitness = fitness
        self.wishes = wishes
        self.kinds = kinds_of_cars(fitness, companies)
        self.used = [model.new_int_var(0, len(kind), f"cars {place}") for place, kind in enumerate(self.kinds)]
        self.going = [one for company in companies if (one := self._going(company)).in_kind and one.with_driver]
        self._crews()
        self._each_once()
        self._cars()
        self._drivers()
        self._hours()
        self._nights()

    @property
    def placing(self) -> "LinearExprT":
        """The first aim: the requests placed by their classes, then the passengers."""
        worth = self._worth()
        return sum(sum(worth[wish] for wish in one.company) * one.goes for one in self.going)

    def place_all(self) -> None:
        """Demand that every request is placed."""
        self.model.add(self.placing >= sum(self._worth().values()))

    def sparing(self) -> "LinearExprT":
        """State and return the second aim: few cars, then a fair share for the board that fares worst."""
        return 1001 * -sum(self.used) + self._fairness()

    def resting(self) -> "LinearExprT":
        """State and return the third aim: a short day for the driver who drives most."""
        return -self._driving()

    def hint(self, runs: Iterable[PlannedRun]) -> None:
        """Begin the search at a plan."""
        self.model.clear_hints()  # type: ignore[no-untyped-call]
        kind_of = {car.id: place for place, kind in enumerate(self.kinds) for car in kind}
        planned = {frozenset(run.wishes): run for run in runs}
        for one in self.going:
            run = planned.get(frozenset(one.company))
            for kind, variable in one.in_kind.items():
                self.model.add_hint(variable, run is not None and kind_of[run.car_id] == kind)
            for id, variable in one.with_driver.items():
                self.model.add_hint(variable, run is not None and run.driver_id == id)

    def runs(self, is_so: Any) -> tuple[PlannedRun, ...]:
        """Return the runs of a solution, dealt out to the cars of each kind; `is_so` tells the value of a variable."""
        found, free_at = [], {car.id: -_DAY for kind in self.kinds for car in kind}
        for one in sorted(self.going, key=lambda one: (one.start, one.end)):
            for kind in (kind for kind, variable in one.in_kind.items() if is_so(variable)):
                # The car that came back last: as few cars as can be, and the others stay free.
                able = [car for car in self.kinds[kind] if free_at[car.id] <= one.start]
                car = max(able, key=lambda car: (free_at[car.id], car.id))
                free_at[car.id] = one.end + _gap(car)
                driver_id = next(id for id, variable in one.with_driver.items() if is_so(variable))
                found.append(PlannedRun(one.company, car.id, driver_id))
        return tuple(found)

    def _worth(self) -> dict[Wish, int]:
        """One request more of a class is worth more than all of the lower ones, and those more than all passengers."""
        worth, step = {}, 1 + sum(wish.passengers for wish in self.wishes)
        for priority in reversed(CLASSES):
            worth[priority] = step
            step *= 1 + sum(wish.priority == priority for wish in self.wishes)
        return {wish: worth[wish.priority] + wish.passengers for wish in self.wishes}

    def _going(self, company: Company) -> Going:
        start, end = min(wish.start for wish in company), max(wish.end for wish in company)
        served = tuple(wish.booking_id for wish in company if wish.booking_id is not None)
        kinds = self.kinds.able(company)
        drivers = [driver for driver in self.fitness.drivers.values() if self._may_drive(driver, start, end, served)]
        return Going(
            company,
            start,
            end,
            served,
            {kind: self.model.new_bool_var("") for kind in kinds},
            {driver.id: self.model.new_bool_var("") for driver in drivers},
        )

    def _may_drive(self, driver: PlannedDriver, start: int, end: int, served: Sequence[str]) -> bool:
        alone = self.fitness.open(driver, start, end, served)
        return alone and self.fitness.against_hours(driver, (), self.fitness.duty(start, end)) is None

    def _crews(self) -> None:
        """Whoever goes has one car and one driver, whose licence is for a car of that many seats."""
        for one in self.going:
            drivers = one.with_driver
            self.model.add(sum(drivers.values()) == one.goes)
            seats_of = {kind: self.kinds[kind][0].seats for kind in one.in_kind}
            for seats in sorted(set(seats_of.values())):
                able = [
                    variable
                    for id, variable in drivers.items()
                    if self.fitness.licensed(self.fitness.drivers[id], seats, one.end)
                ]
                if len(able) < len(drivers):
                    larger = [variable for kind, variable in one.in_kind.items() if seats_of[kind] >= seats]
                    self.model.add(sum(larger) <= sum(able))

    def _each_once(self) -> None:
        carrying: dict[str, list[IntVar]] = defaultdict(list)
        for one in self.going:
            for wish in one.company:
                carrying[wish.ride_id] += one.in_kind.values()
        for variables in carrying.values():
            self.model.add_at_most_one(variables)

    def _cars(self) -> None:
        """At no time are more cars of a kind on the road, or made ready, than there are."""
        for place, kind in enumerate(self.kinds):
            gap = _gap(kind[0])
            times = [(one.start, one.end + gap, one.in_kind[place]) for one in self.going if place in one.in_kind]
            for variables in _at_once(times):
                self.model.add(sum(variables) <= self.used[place])

    def _drivers(self) -> None:
        for driver in self.fitness.drivers.values():
            gap = _gap(driver)
            times = [
                (one.start, one.end + gap, one.with_driver[driver.id])
                for one in self.going
                if driver.id in one.with_driver
            ]
            for variables in _at_once(times):
                self.model.add_at_most_one(variables)

    def _hours(self) -> None:
        """No driver passes the limit of a day, nor of a week, with what they drive already."""
        for driver in self.fitness.drivers.values():
            driven: dict[Any, int] = defaultdict(int)
            for duty in driver.duties:
                for day, minutes in of_days(duty):
                    driven["driving_day", day] += minutes
                    driven["driving_week", monday(day)] += minutes
            terms: dict[Any, list[LinearExprT]] = defaultdict(list)
            for one in self.going:
                if driver.id in one.with_driver:
                    for day, minutes in of_days(self.fitness.duty(one.start, one.end)):
                        terms["driving_day", day].append(minutes * one.with_driver[driver.id])
                        terms["driving_week", monday(day)].append(minutes * one.with_driver[driver.id])
            for (kind, day), minutes_of in terms.items():
                most = limit(self.fitness.facts.given, kind, day)
                if most is not None:
                    self.model.add(sum(minutes_of) <= max(0, most - driven[kind, day]))

    def _nights(self) -> None:
        """A driver's runs of a day and a night leave the night's rest after them: somewhat stricter than the rule."""
        least = limit(self.fitness.facts.given, "rest", self.fitness.facts.day) or 0
        short = [one for one in self.going if one.end - one.start <= _DAY - least]
        first, last = min((one.start for one in short), default=0), max((one.end for one in short), default=0)
        early = [one for one in short if one.start + _DAY - least < last]
        late = [one for one in short if first + _DAY - least < one.end]
        for id in self.fitness.drivers if early and late else ():
            begun = self._steps(id, early, sorted({one.start for one in early}))
            for start, has_begun in begun.items():
                for one in late:
                    if id in one.with_driver and start + _DAY - least < one.end and one.start < start + _DAY:
                        self.model.add_implication(one.with_driver[id], ~has_begun)

    def _steps(self, driver_id: str, early: Iterable[Going], starts: Sequence[int]) -> "dict[int, IntVar]":
        """Return by minute whether a driver leaves just then."""
        begun = {start: self.model.new_bool_var("") for start in starts}
        for one in early:
            if driver_id in one.with_driver:
                self.model.add_implication(one.with_driver[driver_id], begun[one.start])
        return begun

    def _fairness(self) -> "IntVar":
        """The share of the board that fares worst, in thousandths."""
        lowest = self.model.new_int_var(0, 1000, "lowest share")
        for board_id in sorted({wish.board_id for wish in self.wishes}):
            lately = self.fitness.facts.lately.get(board_id, Lately())
            asked = lately.asked + sum(wish.board_id == board_id for wish in self.wishes)
            got = sum(sum(wish.board_id == board_id for wish in one.company) * one.goes for one in self.going)
            self.model.add(lowest * asked <= 1000 * (lately.granted + got))
        return lowest

    def _driving(self) -> "IntVar":
        """The minutes at the wheel on the day of the planned driver who drives most."""
        facts = self.fitness.facts
        most = self.model.new_int_var(0, 2 * _DAY, "most driving")
        for driver in self.fitness.drivers.values():
            own = [(one, one.with_driver[driver.id]) for one in self.going if driver.id in one.with_driver]
            planned = sum(on_day(facts, self.fitness.duty(one.start, one.end)) * variable for one, variable in own)
            self.model.add(most >= planned)
            before = sum(on_day(facts, duty) for duty in driver.duties)
            if before and own:
                goes = self.model.new_bool_var("")
                self.model.add_max_equality(goes, [variable for _, variable in own])
                self.model.add(most >= planned + before * goes)
        return most


def _gap(one: PlannedCar | PlannedDriver) -> int:
    terms = one.thing.terms
    return terms.cleaning_minutes + terms.preparation_minutes + terms.travel_between_minutes


def _at_once(times: "Iterable[tuple[int, int, IntVar]]") -> "Iterable[list[IntVar]]":
    """Yield who is under way at the moments when somebody leaves, if others are, and no one set twice."""
    known, said = list(times), set()
    for start in sorted({start for start, _, _ in known}):
        at_once = [variable for begins, ends, variable in known if begins <= start < ends]
        key = frozenset(variable.index for variable in at_once)
        if key not in said:
            said.add(key)
            yield at_once
