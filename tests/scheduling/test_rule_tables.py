"""The rules of scheduling are dated data: what the office set for itself is there on any day, and can be overridden."""

from datetime import date
from pathlib import Path
from typing import get_args

from contracts.scheduling import PriorityClass, ThingKind
from services.scheduling.deciders.calendar import rank
from services.scheduling.rules.tables import kinds, limits, priorities, sessions

DAY = date(2026, 11, 23)


def test_the_usual_length_and_the_travel_are_those_the_office_agreed_on() -> None:
    assert limits().in_force(DAY, limit="usual_length_minutes").value == 120
    leader = kinds().in_force(DAY, kind="leader")
    assert (leader.travel_inside_minutes, leader.travel_between_minutes) == (15, 30)


def test_every_kind_of_thing_has_its_row() -> None:
    assert {row.kind for row in kinds().all_in_force(DAY)} == set(get_args(ThingKind))


def test_the_day_has_a_morning_and_an_afternoon() -> None:
    working = [(row.opens, row.closes) for row in sessions().all_in_force(DAY) if row.working]
    assert working == [("07:30", "11:30"), ("13:30", "17:00")]


def test_nobody_is_usually_of_a_higher_class_than_they_may_claim() -> None:
    rows = priorities().all_in_force(DAY)
    assert all(rank(row.best) <= rank(row.usual) for row in rows)
    assert [rank(each) for each in get_args(PriorityClass)] == [0, 1, 2, 3]


def test_an_office_sets_its_own_limits(tmp_path: Path) -> None:
    head = "limit,value,effective_from,effective_to,legal_basis,source_tag"
    (tmp_path / "limits.csv").write_text(f"{head}\nhold_minutes,10,2026-12-01,,Quy chế của cơ quan,D\n", "utf-8")
    table = limits(tmp_path)
    assert [table.in_force(day, limit="hold_minutes").value for day in (DAY, date(2026, 12, 1))] == [5, 10]
