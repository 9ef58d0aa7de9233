"""The offices in which the rules of scheduling are told."""

from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import TYPE_CHECKING, Any

import asyncpg
import pytest
import pytest_asyncio

from deploy.stack import Stack
from services.scheduling.service import SCHEDULING

if TYPE_CHECKING:
    from tests.scheduling.decider import Desk
    from tests.scheduling.shown import Recorded, Shown

_HERE = Path(__file__)


def _module(path: Path) -> Any:
    spec = spec_from_file_location(f"tests_scheduling_{path.stem}", path)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


_SCENARIO = _module(_HERE.parent.with_name("scenario.py"))
_DECIDER, _SHOWN = _module(_HERE.with_name("decider.py")), _module(_HERE.with_name("shown.py"))
_LAWS = _module(_HERE.with_name("test_laws.py"))
_RULES = SCHEDULING.rules()
# The tables are read once, not for every office of every example.
_OFFICE = replace(SCHEDULING, rules=lambda: _RULES)


def _desk() -> "Desk":
    desk: Desk = _DECIDER.Desk(_SCENARIO.Scenario(_OFFICE, _SCENARIO.speaker("clerk")), _SCENARIO.speaker)
    return desk


@pytest.fixture
def desk() -> "Desk":
    """An office with rooms, halls, cars, drivers and leaders, in which nothing is booked."""
    return _desk().furnished()


@pytest.fixture(scope="session")
def new_desk() -> "Callable[[], Desk]":
    """Makes such offices, for tests that need many."""
    return lambda: _desk().furnished()


@pytest.fixture(scope="session")
def bare_desk() -> "Callable[[], Desk]":
    """Makes offices in which nothing can be booked yet."""
    return _desk


@pytest.fixture(scope="session")
def recorded() -> "Recorded":
    """An office in which everything happened that can, as the log would hold it."""
    kept: Recorded = _SHOWN.Recorded(_desk())
    _LAWS.told(kept.desk, _SCENARIO.at, _SCENARIO.speaker)
    return kept


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def shown(office: Stack, recorded: "Recorded") -> AsyncIterator["Shown"]:
    """The schema of scheduling with everything it shows of that office."""
    connection = await asyncpg.connect(office.database_url("scheduling"))
    made: Shown = _SHOWN.Shown(connection)
    await made.build(recorded.facts)
    yield made
    await connection.close()


@pytest.fixture(scope="session")
def speaker() -> Callable[..., Any]:
    """Makes somebody with roles."""
    made: Callable[..., Any] = _SCENARIO.speaker
    return made


@pytest.fixture(scope="session")
def at() -> Callable[[str], Any]:
    """Makes a moment in UTC from the office's own clock."""
    made: Callable[[str], Any] = _SCENARIO.at
    return made
