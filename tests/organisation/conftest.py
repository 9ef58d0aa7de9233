"""The offices in which the rules of organisation are told."""

from collections.abc import Callable
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from services.organisation.service import ORGANISATION

if TYPE_CHECKING:
    from tests.organisation.decider import Desk
    from tests.organisation.history import History

_HERE = Path(__file__)


def _module(path: Path) -> Any:
    spec = spec_from_file_location(f"tests_organisation_{path.stem}", path)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


_SCENARIO = _module(_HERE.parent.with_name("scenario.py"))
_DECIDER, _HISTORY = _module(_HERE.with_name("decider.py")), _module(_HERE.with_name("history.py"))


def _desk() -> "Desk":
    desk: Desk = _DECIDER.Desk(_SCENARIO.Scenario(ORGANISATION, _SCENARIO.speaker("administrator")))
    return desk


@pytest.fixture
def desk() -> "Desk":
    """An office without a past."""
    return _desk()


@pytest.fixture
def boards() -> "Desk":
    """An office with a committee, the shared office and its division, and a board."""
    return _desk().with_boards()


@pytest.fixture(scope="session")
def new_desk() -> "Callable[[], Desk]":
    """Makes offices with boards, posts and people to begin with, for tests that need many."""
    begun: Desk = _desk().with_boards().with_people()
    return lambda: _DECIDER.Desk(begun.scenario.again())  # type: ignore[no-any-return]


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
def history() -> "History":
    """A year of an office, as the log would hold it."""
    told: History = _HISTORY.year(_desk(), _SCENARIO.Log)
    return told
