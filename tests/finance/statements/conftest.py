"""The offices in which the rules of statements are told."""

from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import asyncpg
import pytest
import pytest_asyncio

from deploy.stack import Stack
from services.finance import statements
from services.finance.service import FINANCE
from tests import scenario as scenario_of
from tests.finance.shown import Shown
from tests.finance.statements import bank as bank_of

if TYPE_CHECKING:
    from tests.finance.statements.bank import Bank

_RULES = FINANCE.rules()
# The tables are read once, not for every office of every example.
_OFFICE = replace(FINANCE, rules=lambda: _RULES)


def _bank() -> "Bank":
    scenario = scenario_of.Scenario(
        _OFFICE, scenario_of.speaker("accountant", "leader"), scenario_of.at("2027-06-30 09:00")
    )
    bank: Bank = bank_of.Bank(scenario, scenario_of.Log(scenario))
    return bank


@pytest.fixture
def bank() -> "Bank":
    """An office with an account at the treasury and one at a bank, whose books are empty."""
    return _bank().opened()


@pytest.fixture(scope="session")
def new_bank() -> "Callable[[], Bank]":
    """Makes such offices, for tests that need many."""
    return lambda: _bank().opened()


@pytest.fixture(scope="session")
def told() -> "Bank":
    """Two months of statements and books: matched, taken back, open, early, late, reversed and confirmed."""
    bank: Bank = bank_of.told(_bank().opened())
    return bank


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def shown(office: Stack, told: "Bank") -> AsyncIterator[Shown]:
    """A schema with everything shown of those months."""
    connection = await asyncpg.connect(office.database_url("finance"))
    made: Shown = Shown(connection, statements.QUERY_RULES)
    await made.build(told.facts)
    yield made
    await connection.close()
