"""The offices in which the rules of cars are told."""

from collections.abc import Callable
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from contracts import scheduling as core
from contracts.scheduling.vehicles import VEHICLE_EVENTS
from services.runtime.manifest import Service
from services.scheduling import bookings
from services.scheduling.vehicles import AGGREGATES, COMMAND_RULES, POLICIES, QUERY_RULES, office_rules

if TYPE_CHECKING:
    from tests.scheduling.vehicles.garage import Garage
    from tests.scheduling.vehicles.history import History

_HERE = Path(__file__)


def _module(path: Path) -> Any:
    spec = spec_from_file_location(f"tests_scheduling_vehicles_{path.stem}", path)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


_SCENARIO = _module(_HERE.parents[2] / "scenario.py")
_GARAGE = _module(_HERE.with_name("garage.py"))
_HISTORY = _module(_HERE.with_name("history.py"))
_RULES = office_rules()
# Scheduling with its cars; the tables are read once.
_OFFICE = Service(
    name="scheduling",
    aggregates=(*bookings.AGGREGATES, *AGGREGATES),
    events=(*core.EVENTS, *VEHICLE_EVENTS),
    commands=(*bookings.COMMAND_RULES, *COMMAND_RULES),
    queries=(*bookings.QUERY_RULES, *QUERY_RULES),
    policies=(*bookings.POLICIES, *POLICIES),
    rules=lambda: _RULES,
)


def _garage(*roles: str) -> "Garage":
    garage: Garage = _GARAGE.Garage(_SCENARIO.Scenario(_OFFICE, _SCENARIO.speaker(*(roles or ("clerk", "leader")))))
    return garage


@pytest.fixture
def garage() -> "Garage":
    """An office with five cars and five drivers."""
    return _garage()


@pytest.fixture(scope="session")
def new_garage() -> "Callable[[], Garage]":
    """Makes offices with five cars and five drivers, for tests that need many."""
    return _garage


@pytest.fixture(scope="session")
def speaker() -> Callable[..., Any]:
    """Makes somebody with roles."""
    made: Callable[..., Any] = _SCENARIO.speaker
    return made


@pytest.fixture(scope="session")
def month() -> "History":
    """A month of an office's cars, as the log would hold it."""
    scenario = _SCENARIO.Scenario(_OFFICE, _SCENARIO.speaker("clerk", "leader"))
    told: History = _HISTORY.month(_GARAGE.Garage(scenario, recorded=False), _SCENARIO.Log)
    return told
