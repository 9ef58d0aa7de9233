"""The office beside other desks, whose facts finance hears."""

from collections.abc import Callable
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.finance.causes.desks import Desks

_HERE = Path(__file__)


def _module(path: Path) -> Any:
    spec = spec_from_file_location(f"tests_finance_causes_{path.stem}", path)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


_DESKS = _module(_HERE.with_name("desks.py"))


@pytest.fixture
def desks(money: Any) -> "Desks":
    """An office in whose hearing nothing happened yet but that two units were established."""
    made: Desks = _DESKS.Desks(money).established()
    return made


@pytest.fixture(scope="session")
def new_desks(new_money: Callable[[], Any]) -> "Callable[[], Desks]":
    """Makes such offices, for tests that need many."""
    return lambda: _DESKS.Desks(new_money()).established()
