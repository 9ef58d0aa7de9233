"""The year that other tests read is a whole one: it happens, and everything that can happen does."""

from datetime import date
from typing import TYPE_CHECKING

from contracts import organisation as words

if TYPE_CHECKING:
    from tests.organisation.history import History


def test_in_a_year_everything_happens_that_can(history: "History") -> None:
    assert {type(fact.event) for fact in history.facts} == set(words.EVENTS)


def test_seven_divisions_become_five_and_the_past_stays_readable(history: "History") -> None:
    before, after = history.units_on(date(2026, 3, 31)), history.units_on(date(2026, 4, 1))
    assert sum(id.startswith("p-") for id in before) == 7
    assert sum(id.startswith("p-") for id in after) == 5
    assert (before["p-hc"], after["p-hc"]) == ("Đơn vị P-HC", "Phòng Hành chính - Lưu trữ")


def test_nobody_is_lost_when_divisions_and_boards_are_merged(history: "History") -> None:
    def mains(day: date) -> set[str]:
        return {person for person, _, kind in history.roster_on(day) if kind == "main"}

    assert mains(date(2026, 3, 31)) == mains(date(2026, 4, 1))
    assert mains(date(2026, 6, 30)) == mains(date(2026, 7, 1))
