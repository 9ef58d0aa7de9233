"""How good a plan is: the numbers by which one is better than another, in their order."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from contracts.scheduling import PriorityClass
from services.scheduling.deciders.driver_log import Duty, of_days
from services.scheduling.planning.facts import DayFacts, Lately, PlannedRun, Wish
from services.scheduling.planning.fitness import Fitness

CLASSES: tuple[PriorityClass, ...] = ("standing", "committee", "board", "division")


class Score(NamedTuple):
    """A plan's worth; of two, the greater is the better plan."""

    placed: tuple[int, ...]
    """Requests placed, by class from the highest."""
    passengers: int
    fewer_cars: int
    lowest_share: int
    less_driving: int


def score(fitness: Fitness, wishes: Sequence[Wish], runs: Sequence[PlannedRun]) -> Score:
    """Return the worth of a plan for these requests."""
    placed = [wish for run in runs for wish in run.wishes]
    counted = Counter(wish.priority for wish in placed)
    return Score(
        placed=tuple(counted[priority] for priority in CLASSES),
        passengers=sum(run.passengers for run in runs),
        fewer_cars=-len({run.car_id for run in runs}),
        lowest_share=min(shares(fitness.facts, wishes, placed).values(), default=1000),
        less_driving=-max(driven(fitness, runs).values(), default=0),
    )


def shares(facts: DayFacts, wishes: Iterable[Wish], placed: Iterable[Wish]) -> dict[str, int]:
    """Return by board, in thousandths, how much it got of what it asked for lately and asks for now."""
    asks, gets = Counter(wish.board_id for wish in wishes), Counter(wish.board_id for wish in placed)
    found = {}
    for board_id, asked in sorted(asks.items()):
        lately = facts.lately.get(board_id, Lately())
        found[board_id] = 1000 * (lately.granted + gets[board_id]) // (lately.asked + asked)
    return found


def driven(fitness: Fitness, runs: Iterable[PlannedRun]) -> dict[str, int]:
    """Return by driver with a planned run the minutes at the wheel on the day, with what they have already."""
    found: dict[str, int] = {}
    for run in runs:
        driver = fitness.drivers[run.driver_id]
        found.setdefault(driver.id, sum(on_day(fitness.facts, duty) for duty in driver.duties))
        found[driver.id] += on_day(fitness.facts, fitness.duty(run.start, run.end))
    return found


def on_day(facts: DayFacts, duty: Duty) -> int:
    """Return how many of a duty's minutes at the wheel fall on the planned day."""
    return dict(of_days(duty)).get(facts.day, 0)
