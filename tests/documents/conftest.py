"""The scenarios in which the rules of the documents desk are told."""

import pytest

from tests.documents.decider import CLERK, Scenario
from tests.documents.history import History, year


@pytest.fixture
def scenario() -> Scenario:
    """An office without a past."""
    return Scenario()


@pytest.fixture(scope="session")
def new_scenario() -> type[Scenario]:
    """Makes offices without a past, for tests that need many."""
    return Scenario


@pytest.fixture(scope="session")
def history() -> History:
    """A year of an office, as the log would hold it."""
    return year(Scenario(), CLERK)
