"""The offices in which the rules of cars are told."""

from collections.abc import Callable
from typing import Any

import pytest

from contracts import scheduling as core
from contracts.base import Role
from contracts.scheduling.vehicles import VEHICLE_EVENTS
from services.runtime.manifest import Service
from services.scheduling import bookings
from services.scheduling.vehicles import AGGREGATES, COMMAND_RULES, POLICIES, QUERY_RULES, office_rules
from tests import scenario as scenarios
from tests.scheduling.vehicles import history
from tests.scheduling.vehicles.garage import Garage
from tests.scheduling.vehicles.history import History

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


def _garage(*roles: Role) -> Garage:
    return Garage(scenarios.Scenario(_OFFICE, scenarios.speaker(*(roles or ("clerk", "leader")))))


@pytest.fixture
def garage() -> Garage:
    """An office with five cars and five drivers."""
    return _garage()


@pytest.fixture(scope="session")
def new_garage() -> Callable[[], Garage]:
    """Makes offices with five cars and five drivers, for tests that need many."""
    return _garage


@pytest.fixture(scope="session")
def speaker() -> Callable[..., Any]:
    """Makes somebody with roles."""
    return scenarios.speaker


@pytest.fixture(scope="session")
def month() -> History:
    """A month of an office's cars, as the log would hold it."""
    scenario = scenarios.Scenario(_OFFICE, scenarios.speaker("clerk", "leader"))
    return history.month(Garage(scenario, recorded=False), scenarios.Log)
