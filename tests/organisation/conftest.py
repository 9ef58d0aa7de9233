"""The offices in which the rules of organisation are told."""

from collections.abc import Callable
from typing import Any

import pytest

from services.organisation.service import ORGANISATION
from tests import scenario as scenarios
from tests.organisation.decider import Desk
from tests.organisation.history import History, year


def _desk() -> Desk:
    return Desk(scenarios.Scenario(ORGANISATION, scenarios.speaker("administrator")))


@pytest.fixture
def desk() -> Desk:
    """An office without a past."""
    return _desk()


@pytest.fixture
def boards() -> Desk:
    """An office with a committee, the shared office and its division, and a board."""
    return _desk().with_boards()


@pytest.fixture(scope="session")
def new_desk() -> Callable[[], Desk]:
    """Makes offices with boards, posts and people to begin with, for tests that need many."""
    begun: Desk = _desk().with_boards().with_people()
    return lambda: Desk(begun.scenario.again())


@pytest.fixture(scope="session")
def speaker() -> Callable[..., Any]:
    """Makes somebody with roles."""
    return scenarios.speaker


@pytest.fixture(scope="session")
def at() -> Callable[[str], Any]:
    """Makes a moment in UTC from the office's own clock."""
    return scenarios.at


@pytest.fixture(scope="session")
def history() -> History:
    """A year of an office, as the log would hold it."""
    return year(_desk(), scenarios.Log)
