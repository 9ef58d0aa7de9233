"""Parts of a plan to be planned anew: some cars with their runs, while the others keep what they have."""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from services.scheduling.deciders.calendar import rank
from services.scheduling.planning.facts import PlannedRun, Wish
from services.scheduling.planning.fitness import Fitness

_CARS, _DRIVERS, _WAITING = 4, 2, 40
"""Cars planned anew at once; drivers beside those of the cars; requests without a run beside theirs."""


@dataclass(frozen=True)
class Neighbourhood:
    """What is planned anew: runs that are freed, the requests that may have their cars, and who there is for it."""

    fixed: tuple[PlannedRun, ...]
    freed: tuple[PlannedRun, ...]
    wishes: tuple[Wish, ...]
    fitness: Fitness


def neighbourhoods(
    fitness: Fitness, wishes: Sequence[Wish], seed: int
) -> Iterator[Callable[[tuple[PlannedRun, ...]], Neighbourhood]]:
    """Yield ways to choose a part of a plan, for ever; the same for the same seed."""
    chance = random.Random(seed)

    def choose(runs: tuple[PlannedRun, ...]) -> Neighbourhood:
        ids = sorted(fitness.cars)
        cars = set(chance.sample(ids, min(_CARS, len(ids))))
        freed = tuple(run for run in runs if run.car_id in cars)
        fixed = tuple(run for run in runs if run.car_id not in cars)
        drivers = {run.driver_id for run in freed}
        idle = sorted(fitness.drivers.keys() - drivers)
        drivers.update(chance.sample(idle, min(len(idle), _DRIVERS + max(0, len(cars) - len(drivers)))))
        placed = {wish.ride_id for run in runs for wish in run.wishes}
        waiting = [wish for wish in wishes if wish.ride_id not in placed]
        # Those of a high class oftener: each draws a lot, and a class is worth a part of one.
        lots = {wish.ride_id: chance.random() + rank(wish.priority) / 4 for wish in waiting}
        drawn = sorted(waiting, key=lambda wish: lots[wish.ride_id])[:_WAITING]
        near = fitness.beside(
            fixed, [fitness.cars[id] for id in sorted(cars)], [fitness.drivers[id] for id in sorted(drivers)]
        )
        return Neighbourhood(fixed, freed, (*(wish for run in freed for wish in run.wishes), *drawn), near)

    while True:
        yield choose
