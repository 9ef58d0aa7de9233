"""Looking for a better plan with CP-SAT, from plans that are known, within a limit."""

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from services.scheduling.planning.companies import companies
from services.scheduling.planning.facts import PlannedRun, Wish
from services.scheduling.planning.fitness import Fitness
from services.scheduling.planning.model import Problem
from services.scheduling.planning.neighbours import neighbourhoods

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import CpSolver

_SHARES = (0.4, 0.4, 0.2)
"""Of all the steps, those for each aim; where they do not meet the first, the rest is for pieces of the plan."""
_CLOCK = 0.75
"""Of the time that is left, what the clock gives an aim whose steps take longer than they should."""
_STEPS_PER_S = 0.4
"""Deterministic units of CP-SAT that a slow core does in a second: the steps, not the clock, end the search."""
_ROUNDS_PER_S = 8
"""Neighbourhoods that a slow core looks at in a second."""
_STEPS_A_ROUND = 0.1
_CHOICES_A_ROUND = 1_500
_SEED = 20_261_124
_MOST_CHOICES = 60_000
"""A day of more choices is not searched: the plans that are known have to do."""


@dataclass(frozen=True)
class Found:
    """What a search came to; `proven` when every aim was met as well as can be, `cut_short` when the clock ended it."""

    runs: tuple[PlannedRun, ...]
    proven: bool
    cut_short: bool


class Search:
    """One search for a better plan; the limit in seconds is for all of it."""

    def __init__(self, fitness: Fitness, wishes: Sequence[Wish], seconds: float) -> None:
        """Begin now."""
        from ortools.sat.python import cp_model  # half a second and a hundred megabytes: not before somebody asks

        self._cp = cp_model
        self._fitness, self._wishes = fitness, wishes
        self._seconds, self._begun = seconds, time.monotonic()
        self._cut_short = False

    def best(self, known: Sequence[Sequence[PlannedRun]]) -> Found:
        """Return the best plan found, beginning at the first of those known; for a huge day that has to do."""
        runs = tuple(known[0])
        problem = self._problem(run.wishes for each in known for run in each)
        if problem is None:
            return Found(runs, proven=False, cut_short=False)
        runs, met = self._aim(problem, problem.placing, runs, _SHARES[0])
        if not met:
            runs = self._around(runs)
            problem = self._problem(run.wishes for run in runs)
            if not self._all_in(runs) or problem is None:
                return Found(runs, proven=False, cut_short=self._cut_short)
            problem.place_all()
        runs, spared = self._aim(problem, problem.sparing(), runs, _SHARES[1])
        runs, rested = self._aim(problem, problem.resting(), runs, _SHARES[2])
        return Found(runs, spared and rested, self._cut_short)

    def _problem(self, also: Iterable[Sequence[Wish]]) -> Problem | None:
        """Return the problem of the whole day; None for a day of more choices than are searched."""
        fitness = self._fitness
        asked = companies(fitness, self._wishes, also)
        if len(asked) * (len(fitness.cars) + len(fitness.drivers)) > _MOST_CHOICES:
            return None
        return Problem(self._cp.CpModel(), fitness, self._wishes, asked)

    def _all_in(self, runs: Iterable[PlannedRun]) -> bool:
        return sum(len(run.wishes) for run in runs) == len(self._wishes)

    def _aim(
        self, problem: Problem, aim: object, runs: tuple[PlannedRun, ...], share: float
    ) -> tuple[tuple[PlannedRun, ...], bool]:
        """Return the runs that meet an aim best, and whether none could meet it better; later aims keep to it."""
        problem.hint(runs)
        problem.model.maximize(aim)  # type: ignore[arg-type]
        left = _CLOCK * (self._seconds - self._used())
        solver = _solver(left, self._seconds * share * _STEPS_PER_S)
        status = solver.solve(problem.model)
        met: bool = status == self._cp.OPTIMAL
        self._cut_short = self._cut_short or (not met and solver.wall_time >= left)
        if not met and status != self._cp.FEASIBLE:
            return runs, False
        problem.model.add(aim >= round(solver.objective_value))  # type: ignore[operator]
        return problem.runs(solver.boolean_value), met

    def _around(self, runs: tuple[PlannedRun, ...]) -> tuple[PlannedRun, ...]:
        """Return runs made better piece by piece: some cars are planned anew while all others keep what they have."""
        rounds = int(_ROUNDS_PER_S * self._seconds * (1 - _SHARES[0]))
        for place, choose in enumerate(neighbourhoods(self._fitness, self._wishes, _SEED)):
            if place >= rounds or self._all_in(runs):
                break
            if self._used() > self._seconds:
                self._cut_short = True
                break
            near = choose(runs)
            asked = companies(near.fitness, near.wishes, [run.wishes for run in near.freed], _CHOICES_A_ROUND)
            problem = Problem(self._cp.CpModel(), near.fitness, near.wishes, asked)
            problem.hint(near.freed)
            problem.model.maximize(problem.placing)
            solver = _solver(max(0.1, self._seconds - self._used()), _STEPS_A_ROUND)
            if solver.solve(problem.model) in (self._cp.OPTIMAL, self._cp.FEASIBLE):
                runs = (*near.fixed, *problem.runs(solver.boolean_value))
        return runs

    def _used(self) -> float:
        return time.monotonic() - self._begun


def _solver(seconds: float, steps: float) -> "CpSolver":
    from ortools.sat.python import cp_model

    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = _SEED
    # Measured on days of 120 requests: the relaxation is close, and probing so many choices costs more than it gives.
    solver.parameters.linearization_level = 2
    solver.parameters.cp_model_probing_level = 0
    solver.parameters.max_time_in_seconds = max(0.05, seconds)
    solver.parameters.max_deterministic_time = max(0.05, steps)
    return solver
