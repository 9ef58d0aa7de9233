"""The offices in which the rules of scheduling are told."""

from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from typing import Any

import asyncpg
import pytest
import pytest_asyncio

from deploy.stack import Stack
from services.scheduling.service import SCHEDULING
from tests import scenario as scenarios
from tests.scheduling import test_laws as laws
from tests.scheduling.decider import Desk
from tests.scheduling.shown import Recorded, Shown

_RULES = SCHEDULING.rules()
# The tables are read once, not for every office of every example.
_OFFICE = replace(SCHEDULING, rules=lambda: _RULES)


def _desk() -> Desk:
    return Desk(scenarios.Scenario(_OFFICE, scenarios.speaker("clerk")), scenarios.speaker)


@pytest.fixture
def desk() -> Desk:
    """An office with rooms, halls, cars, drivers and leaders, in which nothing is booked."""
    return _desk().furnished()


@pytest.fixture(scope="session")
def new_desk() -> Callable[[], Desk]:
    """Makes such offices, for tests that need many."""
    return lambda: _desk().furnished()


@pytest.fixture(scope="session")
def bare_desk() -> Callable[[], Desk]:
    """Makes offices in which nothing can be booked yet."""
    return _desk


@pytest.fixture(scope="session")
def recorded() -> Recorded:
    """An office in which everything happened that can, as the log would hold it."""
    kept = Recorded(_desk())
    laws.told(kept.desk, scenarios.at, scenarios.speaker)
    return kept


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def shown(office: Stack, recorded: Recorded) -> AsyncIterator[Shown]:
    """The schema of scheduling with everything it shows of that office."""
    connection = await asyncpg.connect(office.database_url("scheduling"))
    made = Shown(connection)
    await made.build(recorded.facts)
    yield made
    await connection.close()


@pytest.fixture(scope="session")
def speaker() -> Callable[..., Any]:
    """Makes somebody with roles."""
    return scenarios.speaker


@pytest.fixture(scope="session")
def at() -> Callable[[str], Any]:
    """Makes a moment in UTC from the office's own clock."""
    return scenarios.at
