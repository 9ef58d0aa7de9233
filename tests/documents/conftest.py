"""The scenarios in which the rules of the documents desk are told."""

from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.documents.decider import Scenario
    from tests.documents.history import History


def _module(name: str) -> Any:
    spec = spec_from_file_location(f"tests_documents_{name}", Path(__file__).with_name(f"{name}.py"))
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


_DECIDER, _HISTORY = _module("decider"), _module("history")


@pytest.fixture
def scenario() -> "Scenario":
    """An office without a past."""
    office: Scenario = _DECIDER.Scenario()
    return office


@pytest.fixture(scope="session")
def new_scenario() -> "type[Scenario]":
    """Makes offices without a past, for tests that need many."""
    kind: type[Scenario] = _DECIDER.Scenario
    return kind


@pytest.fixture(scope="session")
def history() -> "History":
    """A year of an office, as the log would hold it."""
    told: History = _HISTORY.year(_DECIDER.Scenario(), _DECIDER.CLERK)
    return told
