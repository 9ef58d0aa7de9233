"""A plan in the making: which run each car and driver has, and whether they can take one more."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from services.scheduling.planning.facts import PlannedCar, PlannedDriver, PlannedRun, Wish
from services.scheduling.planning.fitness import Fitness, all_together, meet, seats_for, slot_for


class Roster:
    """Runs that break no rule; what would break one is not taken in."""

    def __init__(self, fitness: Fitness, runs: Iterable[PlannedRun] = ()) -> None:
        """Begin with runs that fit, or with none."""
        self.fitness = fitness
        self.runs: list[PlannedRun] = []
        self._of: dict[str, list[PlannedRun]] = defaultdict(list)
        for run in runs:
            self._take(run)

    def car_free(self, car: PlannedCar, wishes: Sequence[Wish], but: PlannedRun | None = None) -> bool:
        """Tell whether a car can carry requests together."""
        start, end, served = _extent(wishes)
        if not seats_for(car, wishes) or not self.fitness.open(car, start, end, served):
            return False
        return not self.in_the_way(car, start, end, but)

    def driver_free(self, driver: PlannedDriver, wishes: Sequence[Wish], but: PlannedRun | None = None) -> bool:
        """Tell whether a driver is there for requests together, whatever the car and however long they drove."""
        start, end, served = _extent(wishes)
        return self.fitness.open(driver, start, end, served) and not self.in_the_way(driver, start, end, but)

    def rested(self, driver: PlannedDriver, wishes: Sequence[Wish], but: PlannedRun | None = None) -> bool:
        """Tell whether the limits of driving let a driver go for requests together."""
        start, end, _ = _extent(wishes)
        planned = [self.fitness.duty(run.start, run.end) for run in self._of[driver.id] if run is not but]
        return self.fitness.against_hours(driver, planned, self.fitness.duty(start, end)) is None

    def in_the_way(
        self, one: PlannedCar | PlannedDriver, start: int, end: int, but: PlannedRun | None = None
    ) -> list[PlannedRun]:
        """Return the planned runs for which a car or a driver cannot go."""
        asked = slot_for(one.thing, start, end)
        return [
            run
            for run in self._of[one.id]
            if run is not but and meet(one.thing, slot_for(one.thing, run.start, run.end), asked)
        ]

    def fits(self, run: PlannedRun, but: PlannedRun | None = None) -> bool:
        """Tell whether a run breaks no rule beside the others, `but` left out."""
        car, driver = self.fitness.cars[run.car_id], self.fitness.drivers[run.driver_id]
        return (
            self.car_free(car, run.wishes, but)
            and self.fitness.licensed(driver, car.seats, run.end)
            and self.driver_free(driver, run.wishes, but)
            and self.rested(driver, run.wishes, but)
        )

    def add(self, run: PlannedRun) -> bool:
        """Take a run in where it fits; tell whether it did."""
        fitting = self.fits(run)
        if fitting:
            self._take(run)
        return fitting

    def place(self, wish: Wish) -> bool:
        """Place a request as a dispatcher would: with others where it can ride along, else in the smallest fit car."""
        return self._join(wish) or self._send(wish)

    def _join(self, wish: Wish) -> bool:
        for run in sorted(self.runs, key=lambda run: (_longer(run, wish), run.start, run.car_id)):
            if all_together(run.wishes, wish):
                joined = PlannedRun((*run.wishes, wish), run.car_id, run.driver_id)
                if self.fits(joined, run):
                    self._drop(run)
                    self._take(joined)
                    return True
        return False

    def _send(self, wish: Wish) -> bool:
        used = {run.car_id for run in self.runs}
        for car in sorted(self.fitness.cars.values(), key=lambda car: (car.id not in used, car.seats, car.id)):
            if self.car_free(car, (wish,)):
                for driver in self._by_need():
                    may = self.fitness.licensed(driver, car.seats, wish.end) and self.driver_free(driver, (wish,))
                    if may and self.rested(driver, (wish,)):
                        self._take(PlannedRun((wish,), car.id, driver.id))
                        return True
        return False

    def _by_need(self) -> list[PlannedDriver]:
        """Return the drivers, those who drive least first."""
        driven = dict.fromkeys(self.fitness.drivers, 0)
        for run in self.runs:
            driven[run.driver_id] += self.fitness.driving(run.start, run.end)
        return sorted(self.fitness.drivers.values(), key=lambda driver: (driven[driver.id], driver.id))

    def _take(self, run: PlannedRun) -> None:
        for runs in (self.runs, self._of[run.car_id], self._of[run.driver_id]):
            runs.append(run)

    def _drop(self, run: PlannedRun) -> None:
        for runs in (self.runs, self._of[run.car_id], self._of[run.driver_id]):
            runs.remove(run)


def _extent(wishes: Sequence[Wish]) -> tuple[int, int, tuple[str, ...]]:
    served = tuple(wish.booking_id for wish in wishes if wish.booking_id is not None)
    return min(wish.start for wish in wishes), max(wish.end for wish in wishes), served


def _longer(run: PlannedRun, wish: Wish) -> int:
    return max(run.end, wish.end) - min(run.start, wish.start) - (run.end - run.start)
