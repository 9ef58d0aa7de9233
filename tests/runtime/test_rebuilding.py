"""Read models are rebuilt together beside themselves, compared row by row, and switched only when they may be."""

import asyncio
import dataclasses
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from asyncpg import Pool

from deploy.stack import Stack
from services.runtime.aggregates import snapshot_model
from services.runtime.comparing import Difference
from services.runtime.database import checkpoints, prepare
from services.runtime.read_model import ReadModel, create_table_sql
from services.runtime.rebuilding import BeingRebuilt, Progress, Rebuild, Rebuilt
from services.runtime.replaying import Growing, Replay

OpenDesk = Callable[[], Any]


def _models(toy: SimpleNamespace) -> tuple[ReadModel, ...]:
    return toy.BEADS, snapshot_model(toy.TOY)


async def _rebuilt(office: Stack, toy: SimpleNamespace, pool: Pool, *models: ReadModel, **how: bool) -> list[Rebuilt]:
    found = await Rebuild(toy.settings_of(office), pool, models or _models(toy)).run(**how)
    assert await pool.fetchval("SELECT count(*) FROM pg_tables WHERE tablename LIKE '%\\_next'") == 0
    return found


async def _shown(office: Stack, toy: SimpleNamespace, pool: Pool, position: int, *models: ReadModel) -> None:
    """Let read models come to a position, then stand still."""
    models = models or _models(toy)
    async with toy.following(office, pool, *models) as positions:
        assert await positions.wait(tuple(model.table for model in models), position, 20)


async def test_several_are_rebuilt_from_one_reading_while_commands_arrive(
    open_desk: OpenDesk, toy: SimpleNamespace, office: Stack, pool: Pool
) -> None:
    desk, seen = open_desk(), list[Progress]()
    tables = tuple(model.table for model in _models(toy))
    async with toy.following(office, pool, *_models(toy)) as positions:
        await positions.wait(tables, await toy.drop(desk, 100), 20)
        arriving = asyncio.create_task(toy.drop(desk, 400, 11))
        rebuilt = await Rebuild(toy.settings_of(office), pool, _models(toy)).run(seen.append)
        assert await positions.wait(tables, await arriving, 20)

    assert [one.model for one in rebuilt] == list(tables)
    assert [(one.differences, one.switched) for one in rebuilt] == [(0, True), (0, True)]
    assert {progress.stage for progress in seen} == {"reading", "indexing", "comparing"}
    again = await _rebuilt(office, toy, pool, switch=False)
    assert [(one.differences, one.switched) for one in again] == [(0, False), (0, False)]
    assert all(one.rows and one.facts >= 500 for one in again)


async def test_a_switched_table_is_kept_over_a_crash_and_has_its_indexes(
    open_desk: OpenDesk, toy: SimpleNamespace, office: Stack, pool: Pool
) -> None:
    await _shown(office, toy, pool, await toy.drop(open_desk(), 20))

    await _rebuilt(office, toy, pool)

    assert await pool.fetchval("SELECT relpersistence FROM pg_class WHERE relname = 'beads_v1'") == b"p"
    assert await pool.fetchval("SELECT count(*) FROM pg_indexes WHERE tablename = 'beads_v1'") == 2


async def test_a_row_changed_behind_the_log_s_back_is_named_and_only_replaced_when_told(
    open_desk: OpenDesk, toy: SimpleNamespace, office: Stack, pool: Pool
) -> None:
    jar = f"jar{uuid4().hex}"
    await _shown(office, toy, pool, (await open_desk().say(toy.Drop(jar=jar, count=5))).position)
    await pool.execute("UPDATE beads_v1 SET beads = 500 WHERE jar = $1", jar)

    compared, _ = await _rebuilt(office, toy, pool, switch=False)
    found, _ = await _rebuilt(office, toy, pool)
    kept = await pool.fetchval("SELECT beads FROM beads_v1 WHERE jar = $1", jar)
    mended, _ = await _rebuilt(office, toy, pool, even_if_different=True)

    for one in (compared, found):
        assert (one.differences, one.comparison.keys, one.switched) == (1, (jar,), False)
        assert one.comparison.first == Difference(jar, {"beads": "500"}, {"beads": "5"})
    assert kept == 500
    assert mended.switched
    assert await pool.fetchval("SELECT beads FROM beads_v1 WHERE jar = $1", jar) == 5


async def test_a_row_too_many_and_a_row_too_few_are_differences(
    open_desk: OpenDesk, toy: SimpleNamespace, office: Stack, pool: Pool
) -> None:
    await _shown(office, toy, pool, await toy.drop(open_desk(), 3, 3))
    gone = await pool.fetchval("DELETE FROM beads_v1 WHERE jar = (SELECT max(jar) FROM beads_v1) RETURNING jar")
    await pool.execute("INSERT INTO beads_v1 VALUES ('invented', 1, 1, 4096)")

    found, _ = await _rebuilt(office, toy, pool)

    assert (found.differences, found.comparison.keys) == (2, ("invented", gone))
    assert found.comparison.first == Difference(
        "invented", {"jar": "invented", "beads": "1", "changes": "1", "position": "4096"}, None
    )
    (mended, _) = await _rebuilt(office, toy, pool, even_if_different=True)
    assert mended.switched


async def test_one_that_stopped_is_compared_where_it_stands_and_is_no_trouble_for_the_others(
    open_desk: OpenDesk, toy: SimpleNamespace, office: Stack, pool: Pool
) -> None:
    desk, bad_jar = open_desk(), f"jar{uuid4().hex}"

    def project(row: Any, fact: Any) -> Any:
        if fact.id == bad_jar:
            raise ValueError("cannot be applied")
        return toy.BEADS.project(row, fact)

    fussy = dataclasses.replace(toy.BEADS, name="fussy", project=project)
    await prepare(pool, (fussy,))
    await toy.drop(desk, 20)
    bad = await desk.say(toy.Drop(jar=bad_jar, count=1))
    head = await toy.drop(desk, 20)
    async with toy.following(office, pool, toy.BEADS, fussy) as positions:
        assert await positions.wait((toy.BEADS.table,), head, 20)
        while not (await checkpoints(pool))[fussy.table].error:
            await asyncio.sleep(0)

    found = {one.model: one for one in await _rebuilt(office, toy, pool, toy.BEADS, fussy)}

    assert (found[fussy.table].position, found[toy.BEADS.table].position) == (bad.position - 1, head)
    assert all(one.switched for one in found.values())
    await pool.execute("UPDATE checkpoints SET position = $1, error = NULL WHERE follower = $2", head, fussy.table)
    with pytest.raises(ValueError, match="cannot be applied") as raised:
        await _rebuilt(office, toy, pool, toy.BEADS, fussy)
    assert f"sequence {bad.position}" in raised.value.__notes__[0]
    await pool.execute(f"DROP TABLE {fussy.table}")
    await pool.execute("DELETE FROM checkpoints WHERE follower = $1", fussy.table)


async def test_one_that_is_given_up_leaves_nothing_and_what_a_killed_one_left_is_swept(
    open_desk: OpenDesk, toy: SimpleNamespace, office: Stack, pool: Pool
) -> None:
    await _shown(office, toy, pool, await toy.drop(open_desk(), 50))
    for stage in ("reading", "indexing", "comparing"):
        rebuilding: asyncio.Task[Any]

        def given_up(progress: Progress, stage: str = stage) -> None:
            if progress.stage == stage:
                rebuilding.cancel()  # noqa: B023 - it is the one of this turn

        rebuilding = asyncio.create_task(Rebuild(toy.settings_of(office), pool, _models(toy)).run(given_up))
        with pytest.raises(asyncio.CancelledError):
            await rebuilding
        assert await pool.fetchval("SELECT count(*) FROM pg_tables WHERE tablename LIKE '%\\_next'") == 0

    await pool.execute("CREATE TABLE beads_v1_next (jar text PRIMARY KEY)")
    assert all(one.switched for one in await _rebuilt(office, toy, pool))


async def test_a_reader_that_is_lost_on_the_way_is_replaced_and_nothing_is_missed_or_doubled(
    open_desk: OpenDesk, toy: SimpleNamespace, office: Stack, pool: Pool
) -> None:
    position = await toy.drop(open_desk(), 60)
    await _shown(office, toy, pool, position)
    await pool.execute(create_table_sql(toy.BEADS, "beads_again"))
    replay = Replay(toy.settings_of(office), pool, [Growing(toy.BEADS, "beads_again", pool)], "again", pull=10)
    try:
        await replay.open()
        for goal in (position // 3, position // 2, position):
            await replay.forward({"beads_again": goal})
            replay._reader.close()  # as when the broker goes away; what came and was not taken is lost with it
        assert await toy.rows(pool, "beads_again") == await toy.rows(pool, toy.BEADS.table)
    finally:
        await replay.close()
        await pool.execute("DROP TABLE beads_again")


async def test_two_at_once_over_one_read_model_do_not_meet(
    open_desk: OpenDesk, toy: SimpleNamespace, office: Stack, pool: Pool
) -> None:
    await _shown(office, toy, pool, await toy.drop(open_desk(), 50))
    held, second = asyncio.Event(), list[BaseException | list[Rebuilt]]()

    def report(progress: Progress) -> None:
        held.set()

    first = asyncio.create_task(Rebuild(toy.settings_of(office), pool, _models(toy)).run(report))
    await held.wait()
    second += await asyncio.gather(
        Rebuild(toy.settings_of(office), pool, (toy.BEADS,)).run(switch=False), return_exceptions=True
    )

    assert isinstance(second[0], BeingRebuilt)
    assert all(one.switched for one in await first)
    assert all(not one.differences for one in await _rebuilt(office, toy, pool, switch=False))


async def test_comparing_alone_holds_nobody_up(
    open_desk: OpenDesk, toy: SimpleNamespace, office: Stack, pool: Pool
) -> None:
    """The live follower's checkpoint is held by somebody else for all the time that is compared."""
    await _shown(office, toy, pool, await toy.drop(open_desk(), 50))
    async with pool.acquire() as connection, connection.transaction():
        await connection.execute("SELECT 1 FROM checkpoints FOR UPDATE")

        found = await _rebuilt(office, toy, pool, switch=False)

    assert [one.differences for one in found] == [0, 0]
