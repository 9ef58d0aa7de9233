"""Read models follow the log by themselves, stop at what they cannot apply, and are rebuilt beside themselves."""

import asyncio
import dataclasses
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from asyncpg import Pool

from deploy.stack import Stack
from services.runtime.aggregates import snapshot_model
from services.runtime.database import checkpoints, prepare
from services.runtime.envelope import Decoder, UnknownEvent, event_types
from services.runtime.follow import Reader, ReaderLost
from services.runtime.positions import Positions
from services.runtime.projecting import Feed, Projection
from services.runtime.read_model import ReadModel
from services.runtime.rebuilding import Rebuild


@asynccontextmanager
async def _following(office: Stack, toy: SimpleNamespace, pool: Pool, *models: ReadModel) -> AsyncIterator[Positions]:
    """A feed and the positions it reports, until the block ends."""
    settings = toy.settings_of(office)
    events = {name: kind for model in models for name, kind in model.events.items()}
    feed = Feed("documents", settings, pool, Decoder(events), [Projection(model, model.table) for model in models])
    positions = Positions(settings.database_url, "documents")
    tasks = [asyncio.create_task(feed.run()), asyncio.create_task(positions.run())]
    try:
        yield positions
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _rows(pool: Pool, table: str) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in await pool.fetch(f"SELECT * FROM {table} ORDER BY 1")]


async def _drop(desk: Any, toy: SimpleNamespace, count: int, jars: int = 7) -> int:
    names = [f"jar{uuid4().hex}" for _ in range(jars)]
    answers = await asyncio.gather(*(desk.say(toy.Drop(jar=names[n % jars], count=1)) for n in range(count)))
    return max(answer.position for answer in answers)


async def test_a_read_model_shows_what_was_recorded_when_asked_for_its_position(
    open_desk: Callable[[], Any], toy: SimpleNamespace, office: Stack, pool: Pool
) -> None:
    desk, jar = open_desk(), f"jar{uuid4().hex}"
    async with _following(office, toy, pool, toy.BEADS, snapshot_model(toy.TOY)) as positions:
        answer = await desk.say(toy.Drop(jar=jar, count=5))

        assert await positions.wait((toy.BEADS.table,), answer.position, 10)
        assert await pool.fetchval("SELECT beads FROM beads_v1 WHERE jar = $1", jar) == 5


async def test_a_snapshot_alone_brings_an_aggregate_back(
    open_desk: Callable[[], Any], toy: SimpleNamespace, office: Stack, pool: Pool
) -> None:
    desk, jar = open_desk(), f"jar{uuid4().hex}"
    model = snapshot_model(toy.TOY)
    async with _following(office, toy, pool, toy.BEADS, model) as positions:
        for _ in range(20):
            answer = await desk.say(toy.Drop(jar=jar, count=1))
        assert await positions.wait((model.table,), answer.position, 10)

    row = await pool.fetchrow(
        f"SELECT sequence, state FROM {model.table} WHERE subject = $1", f"event.documents.jar.{jar}"
    )

    assert row["sequence"] == answer.position
    assert row["state"] == '{"beads":20}'
    assert (await open_desk().say(toy.Move(source=jar, target=f"jar{uuid4().hex}", count=20))).outcome == "accepted"


async def test_a_follower_stops_at_what_it_cannot_apply_and_the_others_go_on(
    open_desk: Callable[[], Any], toy: SimpleNamespace, office: Stack, pool: Pool
) -> None:
    bad_jar = f"jar{uuid4().hex}"

    def project(row: Any, fact: Any) -> Any:
        if fact.id == bad_jar and broken:
            raise ValueError("cannot be applied")
        return toy.BEADS.project(row, fact)

    broken = True
    fussy = dataclasses.replace(toy.BEADS, name="fussy", project=project)
    await prepare(pool, (fussy,))
    desk = open_desk()
    async with _following(office, toy, pool, toy.BEADS, fussy) as positions:
        before = await desk.say(toy.Drop(jar=f"jar{uuid4().hex}", count=1))
        assert await positions.wait((fussy.table,), before.position, 20)
        bad = await desk.say(toy.Drop(jar=bad_jar, count=1))
        after = await _drop(desk, toy, 30)

        assert await positions.wait((toy.BEADS.table,), after, 20)
        async with asyncio.timeout(10):
            while not (stopped := (await checkpoints(pool))[fussy.table]).error:
                await asyncio.sleep(0)
        assert stopped.position == bad.position - 1
        assert f"sequence {bad.position}" in stopped.error
        assert "cannot be applied" in stopped.error

        broken = False
        await pool.execute("UPDATE checkpoints SET error = NULL WHERE follower = $1", fussy.table)

        assert await positions.wait((fussy.table,), after, 20)
        assert await _rows(pool, fussy.table) == await _rows(pool, toy.BEADS.table)


async def test_a_new_read_model_comes_up_by_itself_from_the_first_event(
    open_desk: Callable[[], Any], toy: SimpleNamespace, office: Stack, pool: Pool
) -> None:
    late = dataclasses.replace(toy.BEADS, name="late")
    await prepare(pool, (late,))
    position = await _drop(open_desk(), toy, 50)

    async with _following(office, toy, pool, toy.BEADS, late) as positions:
        assert await positions.wait((toy.BEADS.table, late.table), position, 20)

    assert await _rows(pool, late.table) == await _rows(pool, toy.BEADS.table)


async def test_a_rebuild_while_commands_arrive_ends_with_identical_rows(
    open_desk: Callable[[], Any], toy: SimpleNamespace, office: Stack, pool: Pool
) -> None:
    desk = open_desk()
    seen: list[int] = []
    async with _following(office, toy, pool, toy.BEADS) as positions:
        await positions.wait((toy.BEADS.table,), await _drop(desk, toy, 100), 20)
        arriving = asyncio.create_task(_drop(desk, toy, 400, 11))
        rebuilt = await Rebuild(toy.settings_of(office), pool, toy.BEADS).run(
            lambda position, goal: seen.append(position)
        )
        position = await arriving
        assert await positions.wait((toy.BEADS.table,), position, 20)

    assert rebuilt.switched
    assert rebuilt.differences == 0
    assert seen
    again = await Rebuild(toy.settings_of(office), pool, toy.BEADS).run(lambda position, goal: None)
    assert again.differences == 0
    assert await pool.fetchval("SELECT to_regclass('beads_v1_next')") is None


async def test_a_row_changed_behind_the_log_s_back_is_named_and_only_replaced_when_told(
    open_desk: Callable[[], Any], toy: SimpleNamespace, office: Stack, pool: Pool
) -> None:
    jar = f"jar{uuid4().hex}"
    async with _following(office, toy, pool, toy.BEADS) as positions:
        answer = await open_desk().say(toy.Drop(jar=jar, count=5))
        assert await positions.wait((toy.BEADS.table,), answer.position, 10)
    await pool.execute("UPDATE beads_v1 SET beads = 500 WHERE jar = $1", jar)
    settings = toy.settings_of(office)

    found = await Rebuild(settings, pool, toy.BEADS).run(lambda position, goal: None)
    kept = await pool.fetchval("SELECT beads FROM beads_v1 WHERE jar = $1", jar)
    mended = await Rebuild(settings, pool, toy.BEADS).run(lambda position, goal: None, even_if_different=True)

    assert (found.differences, found.differing_keys, found.switched) == (1, (jar,), False)
    assert kept == 500
    assert mended.switched
    assert await pool.fetchval("SELECT beads FROM beads_v1 WHERE jar = $1", jar) == 5


async def test_a_reader_gives_every_message_once_and_in_order_from_anywhere(
    open_desk: Callable[[], Any], toy: SimpleNamespace, office: Stack
) -> None:
    last = await _drop(open_desk(), toy, 120)
    for after in (0, last // 2, last - 1):
        reader = await Reader(toy.settings_of(office), "test-reader", pull=50).open(after)
        sequences: list[int] = []
        while not sequences or sequences[-1] < last:
            sequences += [message.sequence for message in (await reader.batch()).messages]
        reader.close()

        assert sequences == list(range(after + 1, last + 1))


async def test_a_reader_with_a_wrong_password_says_so(toy: SimpleNamespace, office: Stack) -> None:
    settings = dataclasses.replace(toy.settings_of(office), nats_password="wrong")

    with pytest.raises(ReaderLost, match="Authorization"):
        await Reader(settings, "test-reader").open(0)


async def test_snapshots_stop_at_an_event_their_service_does_not_know(
    open_desk: Callable[[], Any], toy: SimpleNamespace, office: Stack, pool: Pool
) -> None:
    desk, jar = open_desk(), f"jar{uuid4().hex}"
    await desk.say(toy.Drop(jar=jar, count=1))
    subject = f"event.documents.jar.{jar}"
    stored = (await desk.log.tail(subject, 0))[-1]
    unknown = stored.payload.replace(b"documents.Dropped", b"documents.Painted")

    known = Decoder(event_types("documents", (toy.Dropped, toy.Taken)))
    whole = Decoder(event_types("documents", (toy.Dropped, toy.Taken)), whole="documents")

    assert known.all_facts([(stored.sequence, subject, unknown)]) == []
    with pytest.raises(UnknownEvent, match="Painted"):
        whole.all_facts([(stored.sequence, subject, unknown)])


async def test_a_follower_left_alone_stops_too_and_never_passes_over_what_it_cannot_apply(
    open_desk: Callable[[], Any], toy: SimpleNamespace, office: Stack, pool: Pool
) -> None:
    desk, bad_jar = open_desk(), f"jar{uuid4().hex}"

    def project(row: Any, fact: Any) -> Any:
        if fact.id == bad_jar:
            raise ValueError("cannot be applied")
        return toy.BEADS.project(row, fact)

    lonely = dataclasses.replace(toy.BEADS, name="lonely", project=project)
    await prepare(pool, (lonely,))
    bad = await desk.say(toy.Drop(jar=bad_jar, count=1))
    await _drop(desk, toy, 30)
    async with _following(office, toy, pool, lonely), _following(office, toy, pool, toy.BEADS) as others:
        async with asyncio.timeout(10):
            while not (await checkpoints(pool))[lonely.table].error:
                await asyncio.sleep(0)
        assert await others.wait((toy.BEADS.table,), await _drop(desk, toy, 30), 20)

        stopped = (await checkpoints(pool))[lonely.table]

    assert stopped.position == bad.position - 1
    assert f"sequence {bad.position}" in str(stopped.error)
    assert not stopped.ready
