"""The offices in which the rules of the ledger are told."""

from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import TYPE_CHECKING, Any

import asyncpg
import pytest
import pytest_asyncio

from deploy.stack import Stack
from services.finance import ledger
from services.finance.service import FINANCE
from tests.finance.shown import Shown

if TYPE_CHECKING:
    from tests.finance.ledger.books import Books
    from tests.finance.ledger.year import Year

_HERE = Path(__file__)


def _module(path: Path) -> Any:
    spec = spec_from_file_location(f"tests_finance_ledger_{path.stem}", path)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


_SCENARIO = _module(_HERE.parents[2] / "scenario.py")
_BOOKS, _YEAR = (_module(_HERE.with_name(f"{name}.py")) for name in ("books", "year"))
_RULES = FINANCE.rules()
# The tables are read once, not for every office of every example.
_OFFICE = replace(FINANCE, rules=lambda: _RULES)


def _books() -> "Books":
    books: Books = _BOOKS.Books(_SCENARIO.Scenario(_OFFICE, _SCENARIO.speaker("accountant", "leader")))
    return books


@pytest.fixture
def books() -> "Books":
    """An office in whose books nothing stands yet."""
    return _books()


@pytest.fixture(scope="session")
def new_books() -> "Callable[[], Books]":
    """Makes such offices, for tests that need many."""
    return _books


@pytest.fixture(scope="session")
def balances() -> Callable[..., Any]:
    """Sums entries line by line."""
    made: Callable[..., Any] = _BOOKS.balances
    return made


@pytest.fixture(scope="session")
def told() -> "Year":
    """Two years in which everything happened in the books that can, as the log would hold them."""
    year: Year = _YEAR.told(_books(), _SCENARIO.Log, _SCENARIO.at)
    return year


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def shown(office: Stack, told: "Year") -> AsyncIterator[Shown]:
    """A schema with everything the ledger shows of those years."""
    connection = await asyncpg.connect(office.database_url("finance"))
    made: Shown = Shown(connection, ledger.QUERY_RULES)
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
