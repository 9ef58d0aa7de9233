"""The offices in which the rules of assets are told."""

from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import TYPE_CHECKING, Any

import asyncpg
import pytest
import pytest_asyncio

from contracts.base import Event
from deploy.stack import Stack
from services.assets.deciders.common import rules
from services.assets.service import ASSETS
from services.runtime.envelope import Fact

if TYPE_CHECKING:
    from tests.assets.decider import Desk
    from tests.assets.history import History
    from tests.assets.shown import Shown

_HERE = Path(__file__)


def _module(path: Path) -> Any:
    spec = spec_from_file_location(f"tests_assets_{path.stem}", path)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


_SCENARIO = _module(_HERE.parent.with_name("scenario.py"))
_DECIDER, _HISTORY = _module(_HERE.with_name("decider.py")), _module(_HERE.with_name("history.py"))
_SHOWN = _module(_HERE.with_name("shown.py"))


_RULES = rules()
# The tables are read once, not for every office of every example.
_OFFICE = replace(ASSETS, rules=lambda: _RULES)


def _desk() -> "Desk":
    desk: Desk = _DECIDER.Desk(_SCENARIO.Scenario(_OFFICE, _SCENARIO.speaker("clerk", "leader")))
    return desk


@pytest.fixture
def desk() -> "Desk":
    """An office that owns nothing yet."""
    return _desk()


@pytest.fixture(scope="session")
def new_desk() -> "Callable[[], Desk]":
    """Makes offices that own nothing yet, for tests that need many."""
    return _desk


@pytest.fixture(scope="session")
def history() -> "History":
    """A year of what an office owns, as the log would hold it."""
    told: History = _HISTORY.year(_desk(), _SCENARIO.Log)
    return told


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def shown(office: Stack, history: "History") -> AsyncIterator["Shown"]:
    """The schema of assets with everything the register shows of the history."""
    connection = await asyncpg.connect(office.database_url("assets"))
    made: Shown = _SHOWN.Shown(connection)
    await made.build(history.facts)
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


@pytest.fixture(scope="session")
def fact() -> Callable[..., Any]:
    """Makes a fact of an asset, as a policy meets it in the log."""

    def made(event: Event, asset_id: str) -> Fact:
        moment = _SCENARIO.NOW
        return Fact(event, "asset", asset_id, 1, 4096, "c:0", type(event).__name__, "c", moment, "user:lan", "c", None)

    return made
