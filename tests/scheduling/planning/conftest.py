"""Days to plan, somebody who looks for broken rules, and an office that sends what was planned."""

from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from contracts import scheduling as words
from services.runtime.manifest import Service
from services.scheduling import bookings
from services.scheduling.read_models.run_plan import PLAN_RUNS
from services.scheduling.vehicles import AGGREGATES, COMMAND_RULES, office_rules

if TYPE_CHECKING:
    from tests.scheduling.planning.fleet import Fleet

_HERE = Path(__file__)
_RULES = office_rules()


def _module(path: Path) -> Any:
    spec = spec_from_file_location(f"tests_scheduling_planning_{path.stem}", path)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


_SCENARIO = _module(_HERE.parents[2] / "scenario.py")
_DAYS, _CHECKER, _FLEET = (_module(_HERE.with_name(f"{name}.py")) for name in ("days", "checker", "fleet"))
_OFFICE = Service(
    name="scheduling",
    aggregates=(*bookings.AGGREGATES, *AGGREGATES),
    events=words.EVENTS,
    commands=(*bookings.COMMAND_RULES, *COMMAND_RULES),
    queries=(PLAN_RUNS,),
    policies=(),
    rules=lambda: _RULES,
)


@pytest.fixture(scope="session")
def days() -> Any:
    """Draws days from seeds."""
    return _DAYS


@pytest.fixture(scope="session")
def broken() -> Any:
    """Tells which rules a plan breaks, by a second reading of the rules."""
    return _CHECKER.broken


@pytest.fixture(scope="session")
def rules() -> Any:
    """The tables of scheduling, read once."""
    return _RULES


@pytest.fixture(scope="session")
def fleet() -> "Fleet":
    """A day of an office as its log would hold it, and the office in which plans can be sent."""
    made: Fleet = _FLEET.Fleet(_SCENARIO.Scenario(_OFFICE, _SCENARIO.speaker("clerk", "leader")), _SCENARIO.Log)
    return made.day()
