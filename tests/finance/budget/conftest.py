"""The offices in which the rules of estimates are told."""

from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import asyncpg
import pytest
import pytest_asyncio

from deploy.stack import Stack
from services.finance import budget
from services.finance.rules import tables
from services.finance.service import FINANCE
from tests.finance.shown import Shown

if TYPE_CHECKING:
    from tests.finance.budget.house import House

_HERE = Path(__file__)
_TABLES = ("accounts", "sources", "templates", "chapters", "clauses", "items", "carry_over_reasons")


def _module(path: Path) -> Any:
    spec = spec_from_file_location(f"tests_finance_budget_{path.stem}", path)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


_SCENARIO = _module(_HERE.parents[2] / "scenario.py")
_HOUSE, _YEAR = (_module(_HERE.with_name(f"{name}.py")) for name in ("house", "year"))
_RULES = SimpleNamespace(**{name: getattr(tables, name)() for name in _TABLES})
# The tables are read once, not for every office of every example.
_OFFICE = replace(FINANCE, rules=lambda: _RULES)


def _house() -> "House":
    scenario = _SCENARIO.Scenario(_OFFICE, _SCENARIO.speaker("accountant", "leader"))
    house: House = _HOUSE.House(scenario, _SCENARIO.speaker)
    return house


@pytest.fixture
def house() -> "House":
    """An office in which no estimate was assigned yet."""
    return _house()


@pytest.fixture(scope="session")
def new_house() -> "Callable[[], House]":
    """Makes such offices, for tests that need many."""
    return _house


@pytest.fixture(scope="session")
def rules() -> SimpleNamespace:
    """The tables in force."""
    return _RULES


@pytest.fixture(scope="session")
def told() -> "House":
    """An office in which everything happened to estimates that can, as the log would hold it."""
    house = _house()
    _YEAR.told(house, _SCENARIO.at, _SCENARIO.speaker)
    return house


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def shown(office: Stack, told: "House") -> AsyncIterator[Shown]:
    """A schema with everything that is shown of those estimates."""
    connection = await asyncpg.connect(office.database_url("finance"))
    made: Shown = Shown(connection, budget.QUERY_RULES)
    await made.build(told.facts)
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
