"""The office whose books are exported."""

from collections.abc import AsyncIterator
from dataclasses import replace
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import asyncpg
import pytest
import pytest_asyncio

from deploy.stack import Stack
from services.finance import ledger
from services.finance.rules.tables import accounts, sources, templates
from services.finance.service import FINANCE
from services.runtime.envelope import Fact
from tests.finance.shown import Shown

_HERE = Path(__file__)
_RULES = SimpleNamespace(accounts=accounts(), sources=sources(), templates=templates())
_OFFICE = replace(FINANCE, rules=lambda: _RULES)


def _module(path: Path) -> Any:
    spec = spec_from_file_location(f"tests_finance_exports_{path.stem}", path)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


_SCENARIO = _module(_HERE.parents[2] / "scenario.py")
_EVERYTHING = _module(_HERE.with_name("everything.py"))


@pytest.fixture(scope="session")
def everything() -> Any:
    """The module that tells the years, with its boards and its texts of malice."""
    return _EVERYTHING


@pytest.fixture(scope="session")
def facts() -> list[Fact]:
    """Two years in which everything happened in the books that can, as the log would hold them."""
    rows = [entry.row for entry in _RULES.templates]
    needs = {row.template: False for row in rows} | {row.template: True for row in rows if row.account == "{money}"}
    log = _SCENARIO.Log(_SCENARIO.Scenario(_OFFICE, _SCENARIO.speaker("accountant", "leader")))
    _EVERYTHING.tell(lambda command, now: log.say(command, _SCENARIO.at(now)), needs)
    told: list[Fact] = log.facts
    return told


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def shown(office: Stack, facts: list[Fact]) -> AsyncIterator[Any]:
    """A schema with everything the ledger shows of those years."""
    connection = await asyncpg.connect(office.database_url("finance"))
    made = Shown(connection, ledger.QUERY_RULES)
    await made.build(facts)
    yield made
    await connection.close()
