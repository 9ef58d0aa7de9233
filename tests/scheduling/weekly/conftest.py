"""The offices in which the rules of the weekly calendar are told."""

from collections.abc import Callable
from dataclasses import replace
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from services.scheduling.service import SCHEDULING

if TYPE_CHECKING:
    from tests.scheduling.weekly.office import Office

_HERE = Path(__file__)


def _module(path: Path) -> Any:
    spec = spec_from_file_location(f"tests_scheduling_weekly_{path.stem}", path)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


_SCENARIO = _module(_HERE.parents[2] / "scenario.py")
_OFFICE = _module(_HERE.with_name("office.py"))
_RULES = SCHEDULING.rules()
# The tables are read once, not for every office of every example.
_SERVICE = replace(SCHEDULING, rules=lambda: _RULES)


def _weekly() -> "Office":
    scenario = _SCENARIO.Scenario(_SERVICE, _SCENARIO.speaker("clerk"))
    office: Office = _OFFICE.Office(scenario, _SCENARIO.speaker).furnished()
    return office


@pytest.fixture
def weekly() -> "Office":
    """An office with leaders, rooms and cars, and nothing in its week yet."""
    return _weekly()


@pytest.fixture(scope="session")
def new_weekly() -> "Callable[[], Office]":
    """Makes such offices, for tests that need many."""
    return _weekly


@pytest.fixture(scope="session")
def a_week() -> "Callable[[Office], Any]":
    """Tells the whole story of a week in an office, and returns its items by name."""
    told: Callable[[Office], Any] = _OFFICE.a_week
    return told
