"""The plan of a day: first come first served, something better where there is, and why the rest has no car."""

from collections.abc import Sequence
from dataclasses import dataclass

from contracts.scheduling.planning import MOST_PLANNED
from contracts.scheduling.vehicles import LONGEST_RUN_DAYS
from services.scheduling.deciders.calendar import minute, rank
from services.scheduling.planning.explaining import Why, explain, left_out
from services.scheduling.planning.facts import DayFacts, PlannedRun, Wish
from services.scheduling.planning.first_come import first_come, other_orders
from services.scheduling.planning.fitness import Fitness
from services.scheduling.planning.roster import Roster
from services.scheduling.planning.score import Score, score
from services.scheduling.planning.solving import Search

_SEARCHED = 0.8
"""Of the seconds asked for, what may pass until the search ends: the rest is for looking again, and for the reasons."""


@dataclass(frozen=True)
class Plan:
    """What is proposed for a day, and what first come, first served would have given."""

    fitness: Fitness
    wishes: tuple[Wish, ...]
    runs: tuple[PlannedRun, ...]
    first_come: tuple[PlannedRun, ...]
    unplaced: tuple[tuple[Wish, Why], ...]
    by_solver: bool
    proven: bool
    cut_short: bool

    @property
    def worth(self) -> Score:
        """How good the plan is."""
        return score(self.fitness, self.wishes, self.runs)


def propose(facts: DayFacts, seconds: float) -> Plan:
    """Return the best plan found within about so many seconds, never worse than first come, first served.

    No rule is broken by it: each run is looked at once more by the rules of run orders before it is proposed. With
    nothing to choose, nothing is searched for.
    """
    fitness = Fitness(facts)
    wishes, out = _of_the_day(facts)
    search = Search(fitness, wishes, seconds * _SEARCHED) if wishes and facts.cars and facts.drivers else None
    first = first_come(fitness, wishes)
    known = sorted([first, *other_orders(fitness, wishes)], key=lambda runs: score(fitness, wishes, runs), reverse=True)
    found_runs, proven, cut_short = known[0], not wishes, False
    if search is not None:
        found = search.best(known)
        proven, cut_short = found.proven, found.cut_short
        checked = _checked(fitness, wishes, found.runs)
        found_runs = max((checked, found_runs), key=lambda runs: score(fitness, wishes, runs))
        proven = proven and found_runs is checked
    better = score(fitness, wishes, found_runs) > score(fitness, wishes, first)
    runs = tuple(sorted(found_runs if better else first, key=lambda run: (run.start, run.car_id)))
    placed = {wish.ride_id for run in runs for wish in run.wishes}
    roster = Roster(fitness, runs)
    unplaced = [(wish, explain(roster, wish)) for wish in wishes if wish.ride_id not in placed]
    unplaced = sorted([*unplaced, *out], key=lambda one: (one[0].start, one[0].ride_id))
    return Plan(fitness, wishes, runs, first, tuple(unplaced), better, proven, cut_short)


def _checked(fitness: Fitness, wishes: Sequence[Wish], runs: Sequence[PlannedRun]) -> tuple[PlannedRun, ...]:
    """Return the runs that break no rule, with those requests placed that still find room."""
    roster = Roster(fitness)
    for run in sorted(runs, key=lambda run: (run.start, run.car_id)):
        roster.add(run)
    placed = {wish for run in roster.runs for wish in run.wishes}
    for wish in sorted(set(wishes) - placed, key=lambda wish: (rank(wish.priority), wish.start, wish.ride_id)):
        roster.place(wish)
    return tuple(roster.runs)


def _of_the_day(facts: DayFacts) -> tuple[tuple[Wish, ...], list[tuple[Wish, Why]]]:
    """Return the requests that can be planned, and the others, each with its reason."""
    planned: list[Wish] = []
    out: list[tuple[Wish, Why]] = []
    for wish in sorted(facts.wishes, key=lambda wish: (rank(wish.priority), wish.asked_at, wish.ride_id)):
        code = None
        if wish.end <= minute(facts.given.now):
            code = left_out("time-passed")
        elif not wish.approved and "leader" not in facts.given.actor.roles:
            code = left_out("not-approved")
        elif wish.end - wish.start > LONGEST_RUN_DAYS * 1440:
            code = left_out("run-too-long")
        elif len(planned) >= MOST_PLANNED:
            code = left_out("more-than-planned-at-once")
        if code is None:
            planned.append(wish)
        else:
            out.append((wish, code))
    return tuple(planned), out
