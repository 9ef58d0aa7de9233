"""Read models follow the log by themselves, stop at what they cannot apply, and are rebuilt beside themselves."""

import asyncio
import dataclasses
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import asyncpg
import pytest
import structlog
from asyncpg import Pool

from deploy.stack import Stack
from services.runtime.aggregates import snapshot_model
from services.runtime.database import checkpoints, prepare
from services.runtime.envelope import Decoder, UnknownEvent, event_types
from services.runtime.follow import Reader, ReaderLost


async def test_a_read_model_shows_what_was_recorded_when_asked_for_its_position(
    open_desk: Callable[[], Any], toy: SimpleNamespace, office: Stack, pool: Pool
) -> None:
    desk, jar = open_desk(), f"jar{uuid4().hex}"
    async with toy.following(office, pool, toy.BEADS, snapshot_model(toy.TOY)) as positions:
        answer = await desk.say(toy.Drop(jar=jar, count=5))

        assert await positions.wait((toy.BEADS.table,), answer.position, 10)
        assert await pool.fetchval("SELECT beads FROM beads_v1 WHERE jar = $1", jar) == 5


async def test_a_snapshot_alone_brings_an_aggregate_back(
    open_desk: Callable[[], Any], toy: SimpleNamespace, office: Stack, pool: Pool
) -> None:
    desk, jar = open_desk(), f"jar{uuid4().hex}"
    model = snapshot_model(toy.TOY)
    async with toy.following(office, pool, toy.BEADS, model) as positions:
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
    async with toy.following(office, pool, toy.BEADS, fussy) as positions:
        before = await desk.say(toy.Drop(jar=f"jar{uuid4().hex}", count=1))
        assert await positions.wait((fussy.table,), before.position, 20)
        bad = await desk.say(toy.Drop(jar=bad_jar, count=1))
        after = await toy.drop(desk, 30)

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
        assert await toy.rows(pool, fussy.table) == await toy.rows(pool, toy.BEADS.table)


async def test_a_new_read_model_comes_up_by_itself_from_the_first_event(
    open_desk: Callable[[], Any], toy: SimpleNamespace, office: Stack, pool: Pool
) -> None:
    late = dataclasses.replace(toy.BEADS, name="late")
    await prepare(pool, (late,))
    position = await toy.drop(open_desk(), 50)

    async with toy.following(office, pool, toy.BEADS, late) as positions:
        assert await positions.wait((toy.BEADS.table, late.table), position, 20)

    assert await toy.rows(pool, late.table) == await toy.rows(pool, toy.BEADS.table)


async def test_a_follower_that_must_wait_too_long_for_its_checkpoint_waits_on(
    open_desk: Callable[[], Any], toy: SimpleNamespace, office: Stack, pool: Pool
) -> None:
    """As while a large table is compared before it is switched: no event is at fault then."""
    url, impatient = office.database_url("documents"), {"lock_timeout": "20ms"}
    async with asyncpg.create_pool(url, min_size=0, server_settings=impatient) as hasty:
        position = await toy.drop(open_desk(), 10)
        async with pool.acquire() as connection, toy.following(office, hasty, toy.BEADS) as positions:
            async with connection.transaction():
                await connection.execute("SELECT 1 FROM checkpoints FOR UPDATE")
                with structlog.testing.capture_logs() as said:
                    while not any("followers wait" in line["event"] for line in said):
                        await asyncio.sleep(0)

            assert await positions.wait((toy.BEADS.table,), position, 20)
            assert (await checkpoints(pool))[toy.BEADS.table].error is None


async def test_a_reader_gives_every_message_once_and_in_order_from_anywhere(
    open_desk: Callable[[], Any], toy: SimpleNamespace, office: Stack
) -> None:
    last = await toy.drop(open_desk(), 120)
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
    await toy.drop(desk, 30)
    async with toy.following(office, pool, lonely), toy.following(office, pool, toy.BEADS) as others:
        async with asyncio.timeout(10):
            while not (await checkpoints(pool))[lonely.table].error:
                await asyncio.sleep(0)
        assert await others.wait((toy.BEADS.table,), await toy.drop(desk, 30), 20)

        stopped = (await checkpoints(pool))[lonely.table]

    assert stopped.position == bad.position - 1
    assert f"sequence {bad.position}" in str(stopped.error)
    assert not stopped.ready
