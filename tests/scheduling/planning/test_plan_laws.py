"""A plan breaks no rule, is never worse than first come first served, and is the same for the same day."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.scheduling.planning import solving
from services.scheduling.planning.first_come import first_come
from services.scheduling.planning.fitness import Fitness
from services.scheduling.planning.propose import Plan, propose
from services.scheduling.planning.score import score

DRAWN = settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
SECONDS = 1.0
SHAPES = st.builds(
    lambda requests, cars, drivers, trouble: (requests, cars, drivers, trouble),
    st.integers(0, 12),
    st.integers(0, 4),
    st.integers(0, 4),
    st.sampled_from((0.0, 0.2, 0.6)),
)


def runs_of(plan: Plan) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(run.car_id, run.driver_id, tuple(wish.ride_id for wish in run.wishes)) for run in plan.runs]


@DRAWN
@given(seed=st.integers(0, 10**6), shape=SHAPES)
def test_a_plan_breaks_no_rule_and_is_never_worse_than_first_come_first_served(
    days: Any, broken: Any, seed: int, shape: tuple[int, int, int, float]
) -> None:
    facts = days.day(seed, days.Shape(*shape, areas=2))
    plan = propose(facts, SECONDS)
    first = first_come(Fitness(facts), plan.wishes)
    assert broken(facts, plan.runs) == []
    assert broken(facts, first) == []
    assert plan.first_come == first
    assert plan.worth >= score(Fitness(facts), plan.wishes, first)
    assert plan.by_solver == (plan.worth > score(Fitness(facts), plan.wishes, first))
    told = {wish.ride_id for wish, _ in plan.unplaced} | {wish.ride_id for run in plan.runs for wish in run.wishes}
    assert told == {wish.ride_id for wish in facts.wishes}
    assert all(why.vi and why.en and "{" not in why.vi + why.en for _, why in plan.unplaced)


@DRAWN
@given(seed=st.integers(0, 10**6), shape=SHAPES)
def test_where_nobody_goes_before_others_no_fewer_are_placed_than_first_come_first_served(
    days: Any, seed: int, shape: tuple[int, int, int, float]
) -> None:
    plan = propose(days.day(seed, days.Shape(*shape, areas=2, classes=("board",))), SECONDS)
    placed, before = (sum(len(run.wishes) for run in runs) for runs in (plan.runs, plan.first_come))
    assert placed >= before


@DRAWN
@given(seed=st.integers(0, 10**6), shape=SHAPES)
def test_a_search_that_finds_nothing_leaves_a_plan_that_is_no_worse(
    days: Any, broken: Any, seed: int, shape: tuple[int, int, int, float]
) -> None:
    facts = days.day(seed, days.Shape(*shape, areas=2))
    plan = propose(facts, 0.0)
    assert broken(facts, plan.runs) == []
    assert plan.worth >= score(Fitness(facts), plan.wishes, plan.first_come)


@pytest.mark.parametrize("seed", range(3))
def test_the_same_day_has_the_same_plan(days: Any, seed: int) -> None:
    facts = days.day(seed, days.Shape(18, 4, 4))
    one, other = propose(facts, 4.0), propose(facts, 4.0)
    assert not one.cut_short
    assert runs_of(one) == runs_of(other)
    shuffled = replace(facts, wishes=facts.wishes[::-1])
    assert propose(shuffled, 4.0).worth == one.worth


@pytest.mark.parametrize("seed", range(2))
def test_a_full_day_is_planned_piece_by_piece_by_the_same_rules(days: Any, broken: Any, seed: int) -> None:
    """More is asked for than can be carried, so no plan is proven best before the steps for that are done."""
    facts = days.day(seed, days.Shape(60, 6, 6, trouble=0.3, areas=3))
    plan = propose(facts, 3.0)
    assert broken(facts, plan.runs) == []
    assert plan.by_solver
    assert plan.unplaced


@pytest.mark.parametrize("seed", range(3))
def test_a_day_that_can_be_carried_whole_is_carried_whole(days: Any, broken: Any, seed: int) -> None:
    """The day was drawn from a plan, so it is known that there is one; first come, first served does not find it."""
    facts = days.planted(seed, cars=4)
    plan = propose(facts, 8.0)
    assert broken(facts, plan.runs) == []
    assert plan.unplaced == ()
    assert sum(len(run.wishes) for run in plan.first_come) < len(plan.wishes)


def test_more_are_placed_where_first_come_first_served_is_short_sighted(days: Any) -> None:
    """Who asks first has the car from morning to evening; two others of the same class could have had it in turn."""
    facts = days.day(1, days.Shape(3, 1, 2, trouble=0.0))
    long, early, late = facts.wishes
    facts = replace(
        facts,
        wishes=tuple(
            replace(wish, area=f"{place}", passengers=2, priority="board", asked_at=place, start=start, end=end)
            for place, (wish, start, end) in enumerate(
                (
                    (long, days.MIDNIGHT + 420, days.MIDNIGHT + 960),
                    (early, days.MIDNIGHT + 420, days.MIDNIGHT + 600),
                    (late, days.MIDNIGHT + 660, days.MIDNIGHT + 900),
                )
            )
        ),
    )
    plan = propose(facts, SECONDS)
    assert (len(plan.first_come), len(plan.runs), plan.by_solver, plan.proven) == (1, 2, True, True)


def test_the_drive_to_one_area_is_shared_in_one_car(days: Any, broken: Any) -> None:
    facts = days.day(2, days.Shape(3, 3, 3, trouble=0.0, areas=1))
    start = days.MIDNIGHT + 480
    facts = replace(
        facts,
        wishes=tuple(
            replace(wish, passengers=2, start=start + 30 * place, end=start + 240)
            for place, wish in enumerate(facts.wishes)
        ),
    )
    plan = propose(facts, SECONDS)
    assert [len(run.wishes) for run in plan.runs] == [3]
    assert broken(facts, plan.runs) == []
    apart = replace(facts, wishes=tuple(replace(wish, may_share=False) for wish in facts.wishes))
    assert [len(run.wishes) for run in propose(apart, SECONDS).runs] == [1, 1, 1]


def test_the_board_that_got_least_lately_goes_first_among_equals(days: Any) -> None:
    facts = days.day(3, days.Shape(2, 1, 1, trouble=0.0))
    lately = type(next(iter(facts.lately.values())))
    often, seldom = (
        replace(
            wish, board_id=board, priority="board", passengers=2, start=days.MIDNIGHT + 480, end=days.MIDNIGHT + 720
        )
        for wish, board in zip(facts.wishes, ("vptu", "btctu"), strict=True)
    )
    facts = replace(
        facts,
        wishes=(replace(often, asked_at=0, area="1"), replace(seldom, asked_at=1, area="2")),
        lately={"vptu": lately(20, 20), "btctu": lately(20, 2)},
    )
    assert [run.wishes[0].board_id for run in propose(facts, SECONDS).runs] == ["btctu"]


def test_a_search_that_answers_what_breaks_a_rule_is_not_believed(
    days: Any, broken: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The plan is looked at once more by the rules of run orders, so a mistake of the model costs runs, not rules."""
    monkeypatch.setattr(solving.Problem, "_drivers", lambda _: None)
    monkeypatch.setattr(solving.Problem, "_hours", lambda _: None)
    facts = days.day(4, days.Shape(20, 4, 2, areas=3))
    plan = propose(facts, SECONDS)
    assert broken(facts, plan.runs) == []
    assert plan.worth >= score(Fitness(facts), plan.wishes, plan.first_come)
