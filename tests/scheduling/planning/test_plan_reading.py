"""A plan is read from tables, told in words, and every run of it is accepted by those who decide."""

import subprocess
import sys
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import TYPE_CHECKING, Any, TypeAlias

import asyncpg
import pytest
import pytest_asyncio

from contracts.base import Actor, QueryRequest
from contracts.scheduling import vehicles as words
from contracts.scheduling.planning import PlanRuns, RunPlan
from deploy.stack import Stack
from services.runtime.considering import Considered
from services.runtime.read_model import Fold, ReadModel, create_indexes_sql, create_table_sql
from services.scheduling.read_models.run_plan import PLAN_RUNS
from services.scheduling.read_models.run_plan_fleet import CARS_TO_PLAN, DRIVERS_TO_PLAN

if TYPE_CHECKING:
    from tests.scheduling.planning.fleet import Fleet

Connection: TypeAlias = "asyncpg.Connection[asyncpg.Record]"
LEADER = Actor(id="user:hoa", name="Nguyễn Thị Hoa", roles=("clerk", "leader"))
CLERK = Actor(id="user:lan", name="Nguyễn Thị Lan", roles=("clerk",))


async def fill(database: Connection, model: ReadModel, table: str, batches: Any) -> None:
    await database.execute(f'DROP TABLE IF EXISTS "{table}"')
    await database.execute(create_table_sql(model, table))
    folding = Fold(model, table)
    for batch in batches:
        async with database.transaction():
            await folding.apply(database, [fact for fact in batch if fact.type in model.events])


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def database(office: Stack, fleet: "Fleet") -> AsyncIterator[Connection]:
    """Every table that a plan is read from, filled from the log of a day."""
    connection: Connection = await asyncpg.connect(office.database_url("scheduling"))
    for model in PLAN_RUNS.reads:
        await fill(connection, model, model.table, [fleet.facts])
        for statement in create_indexes_sql(model, model.table):
            await connection.execute(statement)
    yield connection
    await connection.close()


async def planned(database: Connection, rules: Any, fleet: "Fleet", actor: Actor = LEADER, **asked: Any) -> RunPlan:
    """Return the plan as its answer is read again by whoever gets it, made the day before."""
    query = PlanRuns(day=fleet.DAY, as_of=fleet.scenario.now + timedelta(hours=3), **{"seconds": 4, **asked})
    found = await PLAN_RUNS.answer(query, actor).read(database)
    assert isinstance(found, Considered)
    return RunPlan.model_validate_json(found.work(rules).model_dump_json())


@pytest.mark.parametrize("model", [CARS_TO_PLAN, DRIVERS_TO_PLAN], ids=lambda model: model.name)
async def test_a_fact_delivered_twice_changes_nothing(database: Connection, fleet: "Fleet", model: ReadModel) -> None:
    half = len(fleet.facts) // 2
    await fill(database, model, "again", [fleet.facts[:half], fleet.facts[:half], fleet.facts])
    found = await database.fetch(f'SELECT * FROM again ORDER BY "{model.key_column}"')
    assert found == await database.fetch(f'SELECT * FROM "{model.table}" ORDER BY "{model.key_column}"')
    assert len(found) == len(fleet.CARS)


async def test_every_run_of_a_planned_day_is_accepted_as_it_is_proposed(
    database: Connection, rules: Any, fleet: "Fleet"
) -> None:
    plan = await planned(database, rules, fleet)
    office = fleet.scenario.again()
    for run in plan.runs:
        ordered = office.when(run.dispatch).accepted()
        assert ordered.events
    named = [seat.ride_id for run in plan.runs for seat in run.dispatch.rides]
    assert len(named) == len(set(named)) == plan.totals.placed >= plan.first_come.placed
    assert {*named, *(ride.ride_id for ride in plan.unplaced)} == fleet.waiting
    assert plan.totals.placed > 20
    assert any(len(run.dispatch.rides) > 1 for run in plan.runs)
    assert office.when(plan.runs[0].dispatch).refusal is not None  # what was sent is not there to be sent again


async def test_what_stands_stays_and_what_serves_the_calendar_has_the_car_that_is_kept_for_it(
    database: Connection, rules: Any, fleet: "Fleet"
) -> None:
    plan = await planned(database, rules, fleet)
    (serving,) = (run for run in plan.runs if any(seat.ride_id == fleet.standing for seat in run.dispatch.rides))
    assert serving.dispatch.vehicle_id == fleet.CARS[9]
    used = {run.dispatch.vehicle_id for run in plan.runs}
    assert used.isdisjoint((fleet.CARS[5], fleet.CARS[7]))
    assert plan.totals.placed_by_class[0] == 1
    codes = {ride.requester: ride.code for ride in plan.unplaced}
    assert codes.get("Người đề nghị 7", "no-car-with-seats") == "no-car-with-seats"


async def test_only_what_is_named_is_planned(database: Connection, rules: Any, fleet: "Fleet") -> None:
    chosen = sorted(fleet.waiting)[:5]
    plan = await planned(
        database, rules, fleet, rides=tuple(chosen), vehicles=fleet.CARS[10:12], drivers=fleet.DRIVERS[10:11]
    )
    assert {run.dispatch.vehicle_id for run in plan.runs} <= set(fleet.CARS[10:12])
    assert {run.dispatch.driver_id for run in plan.runs} == {fleet.DRIVERS[10]}
    assert plan.totals.requests == len(chosen)


async def test_a_clerk_plans_what_a_leader_approved_and_is_told_of_the_rest(
    database: Connection, rules: Any, fleet: "Fleet"
) -> None:
    plan = await planned(database, rules, fleet, CLERK)
    waiting = [ride for ride in plan.unplaced if ride.code == "not-approved"]
    assert len(waiting) == 5
    office = fleet.scenario.again()
    for run in plan.runs:
        office.when(run.dispatch, actor=CLERK).accepted()


async def test_what_changed_since_the_plan_is_refused_by_those_who_decide(
    database: Connection, rules: Any, fleet: "Fleet"
) -> None:
    plan = await planned(database, rules, fleet)
    office, proposed = fleet.scenario.again(), plan.runs[0].dispatch
    office.when(words.CancelRide(ride_id=proposed.rides[0].ride_id, reason="Hoãn cuộc họp.")).accepted()
    office.when(proposed).refused(words.RIDE_CLOSED)


async def test_nothing_of_a_day_that_is_over_is_planned(database: Connection, rules: Any, fleet: "Fleet") -> None:
    query = PlanRuns(day=fleet.DAY, as_of=fleet.scenario.now + timedelta(10), seconds=1)
    found = await PLAN_RUNS.answer(query, LEADER).read(database)
    plan = found.work(rules)
    assert plan.runs == ()
    assert {ride.code for ride in plan.unplaced} == {"time-passed"}


def test_the_solver_is_not_loaded_before_a_plan_is_asked_for() -> None:
    """It brings pandas: half a second and some ninety megabytes."""
    code = "import services.scheduling.read_models.run_plan, sys; print({'ortools', 'pandas'} & set(sys.modules))"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "set()"


def test_the_question_is_read_from_its_own_words() -> None:
    asked = QueryRequest[PlanRuns].model_validate_json(
        '{"actor": {"id": "user:hoa", "name": "Hoa", "roles": ["clerk"]}, "correlation_id": "1",'
        ' "data": {"day": "2026-11-25", "seconds": 9}}'
    )
    assert asked.data.seconds == 9
