"""The office in which the rules of finance are told: its people, an estimate, and the log of what was said."""

from collections.abc import Callable
from dataclasses import replace
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from services.finance.service import FINANCE

if TYPE_CHECKING:
    from tests.finance.office import Office

_HERE = Path(__file__)


def _module(path: Path) -> Any:
    spec = spec_from_file_location(f"tests_finance_{path.stem}", path)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


_SCENARIO, _OFFICE = _module(_HERE.parents[1] / "scenario.py"), _module(_HERE.with_name("office.py"))
_RULES = FINANCE.rules()
# The tables are read once, not for every office of every example.
_FINANCE = replace(FINANCE, rules=lambda: _RULES)


def _office() -> "Office":
    office: Office = _OFFICE.Office(_SCENARIO.Scenario(_FINANCE, _SCENARIO.speaker("accountant")))
    return office


@pytest.fixture
def money() -> "Office":
    """An office with an estimate, and with people of every role; see tests/finance/office.py."""
    return _office().assigned()


@pytest.fixture(scope="session")
def new_money() -> "Callable[[], Office]":
    """Makes such offices, for tests that need many."""
    return lambda: _office().assigned()


@pytest.fixture(scope="session")
def moment() -> Callable[[str], Any]:
    """Makes a moment in UTC from the office's own clock, such as `2026-11-23 09:00`."""
    made: Callable[[str], Any] = _SCENARIO.at
    return made
