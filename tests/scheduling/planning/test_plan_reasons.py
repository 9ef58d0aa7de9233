"""Every reason for which a request has no run is reached, and says in both languages what stands against it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any, TypeAlias, get_args

import pytest

from contracts.base import Actor
from contracts.scheduling import Blocking
from contracts.scheduling.planning import UnplacedCode
from contracts.scheduling.vehicles import CarWish
from services.scheduling.deciders.calendar import Slot, moment
from services.scheduling.deciders.driver_log import Duty
from services.scheduling.planning import propose as proposing
from services.scheduling.planning.facts import DayFacts
from services.scheduling.planning.propose import propose
from services.scheduling.planning.sentences import SENTENCES

Change: TypeAlias = Callable[[Any, DayFacts], DayFacts]
HELD = "9" * 32


def one(days: Any, **shape: int) -> DayFacts:
    """Return a day with one usual request for three, from eight to ten, one seven-seater and one driver."""
    facts: DayFacts = days.day(1, days.Shape(**{"requests": 1, "cars": 1, "drivers": 1, **shape}, trouble=0.0))
    start = days.MIDNIGHT + 480
    wishes = [replace(wish, passengers=3, start=start, end=start + 120, priority="board") for wish in facts.wishes]
    return replace(facts, wishes=tuple(wishes))


def wishing(facts: DayFacts, **changes: Any) -> DayFacts:
    return replace(facts, wishes=tuple(replace(wish, **changes) for wish in facts.wishes))


def car(facts: DayFacts, **changes: Any) -> DayFacts:
    return replace(facts, cars=tuple(replace(each, **changes) for each in facts.cars))


def driver(facts: DayFacts, **changes: Any) -> DayFacts:
    return replace(facts, drivers=tuple(replace(each, **changes) for each in facts.drivers))


def car_thing(facts: DayFacts, **changes: Any) -> DayFacts:
    return car(facts, thing=replace(facts.cars[0].thing, **changes))


def licensed(facts: DayFacts, **changes: Any) -> DayFacts:
    return driver(facts, driver=replace(facts.drivers[0].driver, **changes))


def blocked(days: Any) -> tuple[Blocking, ...]:
    times = {"starts_at": moment(days.MIDNIGHT), "ends_at": moment(days.MIDNIGHT + 1440)}
    return (Blocking(blocking_id="8" * 32, reason="Bảo dưỡng", **times),)


def kept(days: Any) -> tuple[Slot, ...]:
    return (Slot(HELD, days.MIDNIGHT + 540, days.MIDNIGHT + 660),)


def later(days: Any, facts: DayFacts) -> DayFacts:
    return replace(facts, given=days.given(now=days.MIDNIGHT + 1000))


def by_clerk(days: Any, facts: DayFacts) -> DayFacts:
    clerk = Actor(id="user:lan", name="Nguyễn Thị Lan", roles=("clerk",))
    return wishing(replace(facts, given=days.given(clerk)), approved=False)


def driven(days: Any, facts: DayFacts) -> DayFacts:
    start = days.MIDNIGHT + 720
    return driver(facts, duties=(Duty("7" * 32, start, start + 500, 500),))


def outranked(days: Any, facts: DayFacts) -> DayFacts:
    """Two want the only car at once: the standing committee's, which asked last, goes."""
    usual, high = one(days, requests=2).wishes
    return replace(
        facts, wishes=(replace(usual, area="1", asked_at=0), replace(high, area="2", priority="standing", asked_at=9))
    )


REACHED: dict[UnplacedCode, tuple[Change, str]] = {
    "not-approved": (by_clerk, "lãnh đạo"),
    "time-passed": (later, "đã qua"),
    "run-too-long": (lambda days, facts: wishing(facts, end=facts.wishes[0].start + 1440 * 15), "14 ngày"),
    "no-car-of-kind": (lambda days, facts: wishing(facts, wish=CarWish(use="specialised")), "specialised"),
    "no-car-with-seats": (lambda days, facts: wishing(facts, passengers=7), "6 người"),
    "car-papers-end": (
        lambda days, facts: car_thing(facts, valid=(("inspection", date(2026, 11, 23)),)),
        "23/11/2026",
    ),
    "cars-not-open": (lambda days, facts: car_thing(facts, blockings=blocked(days)), "Bảo dưỡng"),
    "cars-taken": (lambda days, facts: car(facts, slots=kept(days)), "09:00 – 11:00 24/11/2026"),
    "no-licence": (lambda days, facts: licensed(facts, expires_on=date(2026, 11, 20)), "20/11/2026"),
    "drivers-not-open": (
        lambda days, facts: driver(facts, thing=replace(facts.drivers[0].thing, blockings=blocked(days))),
        "Bảo dưỡng",
    ),
    "drivers-taken": (lambda days, facts: driver(facts, slots=kept(days)), "Lái xe 1 09:00 – 11:00"),
    "driver-hours": (driven, "Lái xe 1"),
    "gave-way": (outranked, "Người đề nghị 2"),
}


@pytest.mark.parametrize("code", REACHED)
def test_what_has_no_car_is_told_why(days: Any, code: UnplacedCode) -> None:
    change, told = REACHED[code]
    plan = propose(change(days, one(days)), 1.0)
    (found,) = plan.unplaced
    assert found[1].code == code, found[1]
    assert told in found[1].vi
    assert "{" not in found[1].vi + found[1].en
    assert "None" not in found[1].vi


def test_the_usual_request_has_a_car(days: Any) -> None:
    plan = propose(one(days), 1.0)
    assert (len(plan.runs), plan.unplaced, plan.proven, plan.by_solver) == (1, (), True, False)


def test_who_gave_way_is_told_to_whom(days: Any) -> None:
    facts = outranked(days, one(days))
    (wish, why) = propose(facts, 1.0).unplaced[0]
    assert wish.priority == "board"
    assert why.instead == (facts.wishes[1].ride_id,)


def test_of_a_day_with_too_many_requests_the_first_are_planned(days: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proposing, "MOST_PLANNED", 2)
    plan = propose(one(days, requests=3), 1.0)
    assert [why.code for _, why in plan.unplaced].count("more-than-planned-at-once") == 1


def test_without_a_car_or_a_driver_nothing_is_planned_and_everything_is_told(days: Any) -> None:
    without_cars = propose(replace(one(days), cars=()), 1.0)
    without_drivers = propose(replace(one(days), drivers=()), 1.0)
    assert [why.code for _, why in without_cars.unplaced] == ["no-car-of-kind"]
    assert [why.code for _, why in without_drivers.unplaced] == ["no-licence"]


def test_every_reason_has_its_sentences_and_its_day() -> None:
    assert set(SENTENCES) == set(get_args(UnplacedCode)) == {*REACHED, "more-than-planned-at-once"}
