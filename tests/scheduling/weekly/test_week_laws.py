"""The laws of the week: a state comes through its snapshot, evolve never raises, and nothing is said twice."""

import random
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter
from pydantic_core import to_json

from contracts.scheduling import weekly as words
from services.scheduling import weekly as part
from services.scheduling.deciders.week import WEEK, Week

if TYPE_CHECKING:
    from tests.scheduling.weekly.office import Office


def test_everything_that_can_happen_happens_in_one_story(weekly: "Office", a_week: "Callable[[Office], Any]") -> None:
    a_week(weekly)
    of_weeks = (events for (name, _), events in weekly.scenario.events.items() if name == "week")
    assert {type(event) for events in of_weeks for event in events} == set(words.WEEKLY_EVENTS)


def test_a_state_is_the_same_when_it_comes_back_from_its_snapshot(
    weekly: "Office", a_week: "Callable[[Office], Any]"
) -> None:
    a_week(weekly)
    for (name, _), state in weekly.scenario.states.items():
        if name == "week":
            assert TypeAdapter(Week).validate_json(to_json(state)) == state


def test_evolve_never_raises_whatever_comes_in_whatever_order(
    weekly: "Office", a_week: "Callable[[Office], Any]"
) -> None:
    a_week(weekly)
    events = [event for events in weekly.scenario.events.values() for event in events]
    chance = random.Random(1)
    for _ in range(50):
        state = WEEK.initial
        for event in chance.sample(events, len(events)):
            state = WEEK.evolve(state, event)


def test_every_command_of_the_words_has_its_rule() -> None:
    assert tuple(rule.command for rule in part.COMMAND_RULES) == words.WEEKLY_COMMANDS
