"""First come, first served: what a dispatcher does who takes one request after another as they came."""

from collections.abc import Iterable

from services.scheduling.deciders.calendar import rank
from services.scheduling.planning.facts import PlannedRun, Wish
from services.scheduling.planning.fitness import Fitness
from services.scheduling.planning.roster import Roster


def first_come(fitness: Fitness, wishes: Iterable[Wish]) -> tuple[PlannedRun, ...]:
    """Return the runs of requests that are placed in the order in which they were asked for, each for good."""
    return _one_by_one(fitness, sorted(wishes, key=lambda wish: (wish.asked_at, wish.ride_id)))


def other_orders(fitness: Fitness, wishes: Iterable[Wish]) -> list[tuple[PlannedRun, ...]]:
    """Return the runs of the same way of placing in other orders, the higher class first."""
    wishes = tuple(wishes)
    orders = (
        sorted(wishes, key=lambda wish: (rank(wish.priority), wish.end, wish.start, wish.ride_id)),
        sorted(wishes, key=lambda wish: (rank(wish.priority), wish.area, wish.start, wish.end, wish.ride_id)),
    )
    return [_one_by_one(fitness, order) for order in orders]


def _one_by_one(fitness: Fitness, wishes: Iterable[Wish]) -> tuple[PlannedRun, ...]:
    roster = Roster(fitness)
    for wish in wishes:
        roster.place(wish)
    return tuple(roster.runs)
