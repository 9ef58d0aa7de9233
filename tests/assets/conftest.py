"""The offices in which the rules of assets are told."""

from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from typing import Any

import asyncpg
import pytest
import pytest_asyncio

from contracts.base import Event
from deploy.stack import Stack
from services.assets.deciders.common import rules
from services.assets.service import ASSETS
from services.runtime.envelope import Fact
from tests import scenario as scenarios
from tests.assets.decider import Desk
from tests.assets.history import History, year
from tests.assets.shown import Shown

_RULES = rules()
# The tables are read once, not for every office of every example.
_OFFICE = replace(ASSETS, rules=lambda: _RULES)


def _desk() -> Desk:
    return Desk(scenarios.Scenario(_OFFICE, scenarios.speaker("clerk", "leader")))


@pytest.fixture
def desk() -> Desk:
    """An office that owns nothing yet."""
    return _desk()


@pytest.fixture(scope="session")
def new_desk() -> Callable[[], Desk]:
    """Makes offices that own nothing yet, for tests that need many."""
    return _desk


@pytest.fixture(scope="session")
def history() -> History:
    """A year of what an office owns, as the log would hold it."""
    return year(_desk(), scenarios.Log)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def shown(office: Stack, history: History) -> AsyncIterator[Shown]:
    """The schema of assets with everything the register shows of the history."""
    connection = await asyncpg.connect(office.database_url("assets"))
    made = Shown(connection)
    await made.build(history.facts)
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


@pytest.fixture(scope="session")
def fact() -> Callable[..., Any]:
    """Makes a fact of an asset, as a policy meets it in the log."""

    def made(event: Event, asset_id: str) -> Fact:
        moment = scenarios.NOW
        return Fact(event, "asset", asset_id, 1, 4096, "c:0", type(event).__name__, "c", moment, "user:lan", "c", None)

    return made
