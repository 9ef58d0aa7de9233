"""The planning of a day's runs: how long it takes, what it gains on first come first served, who waits meanwhile."""

import asyncio
import resource
import subprocess
import sys
import time
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

from services.runtime.considering import Considered, OneAtATime
from services.scheduling.planning.propose import propose
from services.scheduling.planning.telling import told

DAYS = Path(__file__).parents[1] / "scheduling" / "planning" / "days.py"
SEEDS = (1, 2, 3)
SECONDS = 8
_TICK_S = 0.001
_SHAPES = {
    "120 requests, 15 cars": (120, 15, 15, 0.1, 6, ("board",)),
    "120 requests of four classes, 15 cars": (120, 15, 15, 0.1),
    "60 requests, 15 cars": (60, 15, 15, 0.1, 6, ("board",)),
}
_LOADING = (
    "import time; t = time.perf_counter(); from ortools.sat.python import cp_model; print(time.perf_counter() - t)"
)


async def measured() -> dict[str, Any]:
    """Plan drawn days as the service does, in a thread, and note how late the event loop is meanwhile."""
    days = _days()
    found: dict[str, Any] = {"solver loaded": {"seconds": _loading()}}
    before = _memory_mb()
    for name, shape in _SHAPES.items():
        for seed in SEEDS:
            found[f"{name}, day {seed}"] = await _planned(days.day(seed, days.Shape(*shape)))
    for seed in SEEDS:
        found[f"120 requests that 15 cars can carry, day {seed}"] = await _planned(days.planted(seed))
    found["memory more than before"] = {"count": round(_memory_mb() - before)}
    return found


async def _planned(facts: Any) -> dict[str, Any]:
    lags: list[float] = []
    ticking = asyncio.create_task(_tick(lags))
    begun = time.perf_counter()
    plan = await OneAtATime().answer(Considered(lambda _: told(propose(facts, SECONDS))), None)
    seconds = time.perf_counter() - begun
    ticking.cancel()
    lags.sort()
    return {
        "count": plan.totals.placed,
        "seconds": round(seconds, 2),
        "p50_ms": round(1000 * lags[len(lags) // 2], 1),
        "p99_ms": round(1000 * lags[len(lags) * 99 // 100], 1),
        "first come": _told(plan.first_come),
        "plan": _told(plan.totals),
        "search": "proven" if plan.proven else "cut short" if plan.cut_short else "all its steps",
    }


async def _tick(lags: list[float]) -> None:
    """Note how much later than asked for the loop comes back."""
    while True:
        begun = time.perf_counter()
        await asyncio.sleep(_TICK_S)
        lags.append(time.perf_counter() - begun - _TICK_S)


def _told(totals: Any) -> str:
    return (
        f"{totals.placed} placed {totals.placed_by_class}, {totals.passengers} people, {totals.cars} cars, "
        f"worst board {totals.lowest_share_per_thousand / 10:.0f} %, {totals.most_driving_minutes} min"
    )


def _loading() -> float:
    said = subprocess.run([sys.executable, "-c", _LOADING], capture_output=True, text=True, check=True)
    return round(float(said.stdout), 2)


def _memory_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _days() -> Any:
    spec = spec_from_file_location("planning_days", DAYS)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    sys.modules["planning_days"] = module
    spec.loader.exec_module(module)
    return module
