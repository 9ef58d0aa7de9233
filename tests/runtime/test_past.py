"""As of the past: the answer is what the live read model answered then, and nothing of it touches what is live."""

import asyncio
import json
import random
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import asyncpg
import pytest
from asyncpg import Pool
from nats.aio.client import Client
from pydantic import ValidationError

from contracts.base import ListQuery, Refused, Row
from deploy.stack import Stack
from services.runtime.aggregates import snapshot_model
from services.runtime.listing import Listing
from services.runtime.log import EventLog, Write
from services.runtime.manifest import QueryRule
from services.runtime.moments import position_at
from services.runtime.past import Past, PastUnavailable
from services.runtime.past_building import Build, build
from services.runtime.past_keeping import PastSchemas
from services.runtime.problems import explain

OpenDesk = Callable[[], Any]


class JarRow(Row):
    """A jar."""

    jar: str
    beads: int
    changes: int


def _rule(toy: SimpleNamespace) -> QueryRule:
    return QueryRule(ListQuery, (toy.BEADS,), lambda query, _: Listing(toy.BEADS, query, JarRow, ("beads", "jar")))


def _here(office: Stack, toy: SimpleNamespace) -> Build:
    return partial(build, toy.settings_of(office))


@asynccontextmanager
async def _past(
    office: Stack, client: Client, making: Build, patience_s: float = 30.0, **how: Any
) -> AsyncIterator[Past]:
    """The pasts of a process, until the block ends."""
    schemas = PastSchemas("documents", office.database_url("documents"), making, **how)
    running = asyncio.create_task(schemas.run())
    try:
        yield Past(schemas, EventLog(client), patience_s)
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


async def _asked(past: Past, rule: QueryRule, **words: Any) -> tuple[int, Any]:
    query = rule.query.model_validate({"limit": 1000, **words})
    kept = await past.reach(rule, query)
    async with past.reading(kept, rule.reads) as connection:
        return kept.place.position, await rule.answer(query, None).read(connection)


async def _schemas(pool: Pool) -> list[str]:
    rows = await pool.fetch("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'documents\\_past\\_%' ORDER BY 1")
    return [row[0] for row in rows]


async def _shown(office: Stack, toy: SimpleNamespace, pool: Pool, position: int) -> None:
    async with toy.following(office, pool, toy.BEADS) as positions:
        assert await positions.wait((toy.BEADS.table,), position, 20)


@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_the_past_answers_what_the_live_read_model_answered_then(
    open_desk: OpenDesk, toy: SimpleNamespace, office: Stack, pool: Pool, client: Client, seed: int
) -> None:
    chance, desk, rule = random.Random(seed), open_desk(), _rule(toy)
    jars = [f"jar{uuid4().hex}" for _ in range(5)]
    answered: dict[tuple[int, bool], Any] = {}
    async with toy.following(office, pool, toy.BEADS) as positions:
        for _ in range(60):
            source, target = chance.sample(jars, 2)
            said = [toy.Drop(jar=source, count=chance.randint(0, 5)), toy.Move(source=source, target=target, count=2)]
            answers = [await desk.say(command) for command in said]
            reached = max((answer.position for answer in answers if answer.outcome == "accepted"), default=0)
            assert await positions.wait((toy.BEADS.table,), reached, 20)
            async with pool.acquire() as connection, connection.transaction(isolation="repeatable_read"):
                position = await connection.fetchval(
                    "SELECT position FROM checkpoints WHERE follower = $1", toy.BEADS.table
                )
                for descending in (True, False):
                    query = ListQuery(limit=1000, descending=descending)
                    answered[position, descending] = await rule.answer(query, None).read(connection)

    async with _past(office, client, _here(office, toy)) as past:
        for position, descending in chance.sample(list(answered), 12):
            found = await _asked(past, rule, as_of_position=position, descending=descending)
            assert found == (position, answered[position, descending])
        assert len(await _schemas(pool)) <= 5
    assert await _schemas(pool) == []


async def test_a_past_has_the_indexes_of_the_live_table_and_sees_no_other(
    open_desk: OpenDesk, toy: SimpleNamespace, office: Stack, pool: Pool, client: Client
) -> None:
    position = await toy.drop(open_desk(), 30)
    await _shown(office, toy, pool, position)
    rule, query = _rule(toy), ListQuery(as_of_position=position)
    async with _past(office, client, _here(office, toy)) as past:
        kept = await past.reach(rule, query)
        async with past.reading(kept, rule.reads) as connection:
            assert await connection.fetchval("SELECT current_schema()") == kept.schema
            count = "SELECT count(*) FROM pg_indexes WHERE schemaname = $1 AND tablename = 'beads_v1'"
            assert await connection.fetchval(count, kept.schema) == await pool.fetchval(count, "documents")
            with pytest.raises(asyncpg.UndefinedTableError):
                await connection.fetch(f"SELECT * FROM {snapshot_model(toy.TOY).table}")
        async with past.reading(kept, rule.reads) as connection:
            with pytest.raises(asyncpg.ReadOnlySQLTransactionError):
                await connection.execute("DELETE FROM beads_v1")


async def test_before_the_first_event_there_is_nothing(
    open_desk: OpenDesk, toy: SimpleNamespace, office: Stack, client: Client
) -> None:
    await toy.drop(open_desk(), 3)
    async with _past(office, client, _here(office, toy)) as past:
        for words in ({"as_of_position": 0}, {"as_of": datetime(2020, 1, 1, tzinfo=UTC)}):
            position, page = await _asked(past, _rule(toy), **words)
            assert (position, page.rows) == (0, ())


async def test_what_has_not_been_recorded_yet_is_refused_with_its_field(
    toy: SimpleNamespace, office: Stack, client: Client
) -> None:
    head = (await EventLog(client).head()).last_sequence
    async with _past(office, client, _here(office, toy)) as past:
        for name, value in (
            ("as_of", datetime.now(UTC) + timedelta(minutes=1)),
            ("as_of_position", head + 1),
        ):
            with pytest.raises(Refused) as refused:
                await _asked(past, _rule(toy), **{name: value})
            (problem,) = refused.value.reply().fields  # type: ignore[union-attr]
            assert (problem.field, problem.code) == (name, "not-yet-recorded")
            assert str(head) in problem.vi
            assert str(head) in problem.en


def test_a_moment_and_a_position_at_once_are_refused_naming_the_field_and_a_moment_has_its_zone() -> None:
    for words, field, code in (
        ({"as_of": "2026-05-01T10:00:00+07:00", "as_of_position": 3}, "as_of_position", "as_of_twice"),
        ({"as_of": "2026-05-01T10:00:00"}, "as_of", "timezone_aware"),
        ({"as_of_position": -1}, "as_of_position", "greater_than_equal"),
    ):
        with pytest.raises(ValidationError) as raised:
            ListQuery.model_validate_json(json.dumps(words), strict=True)
        (problem,) = explain(raised.value).fields
        assert (problem.field, problem.code) == (field, code)
        assert problem.vi != "Giá trị không hợp lệ."


async def test_a_moment_means_everything_before_the_first_message_recorded_later(client: Client) -> None:
    """Also where neighbours were recorded by several processes and stand in another order than their times."""
    log, chance, start = EventLog(client), random.Random(7), datetime(2024, 1, 1, tzinfo=UTC)
    before = (await log.head()).last_sequence
    times = [start + timedelta(seconds=n + chance.choice((0, 0, 0, 3, -3))) for n in range(300)]
    for at in times:
        moment = at.isoformat(timespec="microseconds").replace("+00:00", "Z")
        payload = json.dumps([{"type": "documents.Nothing", "time": moment}]).encode()
        await log.append([Write(f"event.documents.moment.m{uuid4().hex}", 0, payload)])
    head = before + len(times)

    # What the other tests wrote is of today, so this part of the log is looked at as if it were the whole.
    class Part(EventLog):
        async def message(self, sequence: int) -> tuple[str, bytes] | None:
            return await super().message(sequence + before)

        async def messages(self, after: int, count: int) -> Any:
            return [
                one._replace(sequence=one.sequence - before) for one in await super().messages(after + before, count)
            ]

    part = Part(client)
    for seconds in [-5.0, 400.0, *(chance.uniform(-4, 304) for _ in range(60))]:
        asked = start + timedelta(seconds=seconds)
        wanted = next((place for place, at in enumerate(times) if at > asked), len(times))
        assert await position_at(part, asked, head - before) == wanted


async def test_a_query_waits_a_moment_then_says_how_far_it_is_and_those_that_ask_the_same_share_the_work(
    open_desk: OpenDesk, toy: SimpleNamespace, office: Stack, client: Client
) -> None:
    position, rule = await toy.drop(open_desk(), 20), _rule(toy)
    gate, begun = asyncio.Event(), list[str]()

    async def gated(models: Any, schema: str, goal: int, report: Callable[[int], None]) -> None:
        begun.append(schema)
        report(goal // 2)
        await gate.wait()
        await build(toy.settings_of(office), models, schema, goal, report)

    async with _past(office, client, gated, patience_s=0.2) as past:
        outcomes = await asyncio.gather(
            *(_asked(past, rule, as_of_position=position) for _ in range(5)), return_exceptions=True
        )
        for outcome in outcomes:
            assert isinstance(outcome, PastUnavailable)
            assert outcome.reply.code == "past-building"
            assert "50%" in outcome.reply.vi or "49%" in outcome.reply.vi
        gate.set()
        while True:
            try:
                found, _ = await _asked(past, rule, as_of_position=position)
                break
            except PastUnavailable:
                continue
        assert found == position
        assert len(begun) == 1


async def test_a_few_are_kept_the_one_used_longest_ago_goes_first_and_no_more_than_two_are_made_at_once(
    open_desk: OpenDesk, toy: SimpleNamespace, office: Stack, pool: Pool, client: Client
) -> None:
    head, rule = await toy.drop(open_desk(), 20), _rule(toy)
    making, most, gate = 0, 0, asyncio.Event()
    gate.set()

    async def counted(models: Any, schema: str, goal: int, report: Callable[[int], None]) -> None:
        nonlocal making, most
        making += 1
        most = max(most, making)
        await gate.wait()
        await build(toy.settings_of(office), models, schema, goal, report)
        making -= 1

    async with _past(office, client, counted, patience_s=30, keep=3) as past:
        first, second, third, fourth = range(head - 4, head)
        await asyncio.gather(*(_asked(past, rule, as_of_position=at) for at in (first, second, third)))
        assert most == 2
        await _asked(past, rule, as_of_position=first)
        await _asked(past, rule, as_of_position=fourth)
        while len(await _schemas(pool)) > 3:
            await asyncio.sleep(0)
        assert [int(name.split("_")[2]) for name in await _schemas(pool)] == sorted((first, third, fourth))

        gate.clear()
        waiting = [asyncio.create_task(_asked(past, rule, as_of_position=at)) for at in range(head - 8, head - 5)]
        while making < 2:
            await asyncio.sleep(0)
        with pytest.raises(PastUnavailable) as busy:
            await _asked(past, rule, as_of_position=head)
        assert busy.value.reply.code == "past-busy"
        gate.set()
        assert [position for position, _ in await asyncio.gather(*waiting)] == list(range(head - 8, head - 5))


async def test_an_idle_one_is_dropped_and_asked_again_it_is_made_again(
    open_desk: OpenDesk, toy: SimpleNamespace, office: Stack, pool: Pool, client: Client
) -> None:
    position, rule = await toy.drop(open_desk(), 20), _rule(toy)
    async with _past(office, client, _here(office, toy), idle_s=0.1) as past:
        before = await _asked(past, rule, as_of_position=position)
        async with asyncio.timeout(20):
            while await _schemas(pool):
                await asyncio.sleep(0)
        assert await _asked(past, rule, as_of_position=position) == before


async def test_what_a_dead_process_left_is_swept_and_what_a_living_one_keeps_is_not(
    open_desk: OpenDesk, toy: SimpleNamespace, office: Stack, pool: Pool, client: Client
) -> None:
    position, rule = await toy.drop(open_desk(), 20), _rule(toy)
    await pool.execute("CREATE SCHEMA documents_past_7_0badcafe_1")
    await pool.execute("CREATE SCHEMA documents_past_due")
    async with _past(office, client, _here(office, toy)) as living:
        kept = await living.reach(rule, ListQuery(as_of_position=position))
        async with _past(office, client, _here(office, toy)) as other:
            await _asked(other, rule, as_of_position=position - 1)
            assert kept.schema in await _schemas(pool)
            assert "documents_past_7_0badcafe_1" not in await _schemas(pool)
        assert (await _asked(living, rule, as_of_position=position))[0] == position
    assert await _schemas(pool) == ["documents_past_due"]
    await pool.execute("DROP SCHEMA documents_past_due")


@pytest.mark.parametrize("loss", ["TRUNCATE {}.built", "DROP SCHEMA {} CASCADE"])
async def test_one_that_a_crash_emptied_or_another_swept_is_never_taken_for_an_empty_register(
    open_desk: OpenDesk, toy: SimpleNamespace, office: Stack, pool: Pool, client: Client, loss: str
) -> None:
    position, rule = await toy.drop(open_desk(), 20), _rule(toy)
    async with _past(office, client, _here(office, toy)) as past:
        before = await _asked(past, rule, as_of_position=position)
        await pool.execute(loss.format((await _schemas(pool))[0]))

        with pytest.raises(PastUnavailable) as lost:
            await _asked(past, rule, as_of_position=position)

        assert lost.value.reply.code == "past-unavailable"
        assert await _asked(past, rule, as_of_position=position) == before


async def test_work_that_fails_is_told_with_its_reason_and_tried_again_when_asked_again(
    open_desk: OpenDesk, toy: SimpleNamespace, office: Stack, pool: Pool, client: Client
) -> None:
    position, rule = await toy.drop(open_desk(), 20), _rule(toy)
    failing = True

    async def fails_once(models: Any, schema: str, goal: int, report: Callable[[int], None]) -> None:
        nonlocal failing
        await build(toy.settings_of(office), models, schema, goal, report)
        if failing:
            failing = False
            await pool.execute(f"TRUNCATE {schema}.built")
            raise RuntimeError("the disk is full")

    async with _past(office, client, fails_once) as past:
        with pytest.raises(PastUnavailable) as failed:
            await _asked(past, rule, as_of_position=position)
        assert failed.value.reply.code == "past-unavailable"
        assert "the disk is full" in failed.value.reply.en

        found, page = await _asked(past, rule, as_of_position=position)

        assert found == position
        assert page.rows
