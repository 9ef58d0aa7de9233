"""A log that lost messages: readers name what is missing, followers stand still before it, rebuilds refuse."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from asyncpg import Pool
from nats.aio.client import Client

from deploy.stack import Stack
from deploy.streams import events_stream
from services.runtime.database import checkpoints, clear_stop, prepare
from services.runtime.envelope import Decoder
from services.runtime.follow import LogGap, Message, Reader
from services.runtime.manifest import Policy
from services.runtime.projecting import Feed, Projection
from services.runtime.reacting import Reactor
from services.runtime.rebuilding import Rebuild

Connect = Callable[..., Awaitable[Client]]


async def _api(client: Client, subject: str, body: object = None) -> dict[str, Any]:
    request = json.dumps(body).encode() if body else b""
    answer: dict[str, Any] = json.loads((await client.request(f"$JS.API.{subject}", request)).data)
    assert "error" not in answer, answer
    return answer


async def _fill(operator: Client, payloads: list[bytes], *, without: tuple[int, ...] = ()) -> None:
    """Make the log anew with one message a jar, then lose some of them as a damaged block would."""
    await _api(operator, "STREAM.DELETE.EVENTS")
    await _api(operator, "STREAM.CREATE.EVENTS", {**events_stream(1), "deny_delete": False})
    for place, payload in enumerate(payloads):
        await operator.request(f"event.documents.jar.j{place}", payload)
    for sequence in without:
        await _api(operator, "STREAM.MSG.DELETE.EVENTS", {"seq": sequence, "no_erase": True})


def _payloads(toy: SimpleNamespace, count: int) -> list[bytes]:
    envelope = {
        "source": "/documents",
        "type": "documents.Dropped",
        "time": "2026-11-22T08:00:00.000000Z",
        "actor": "user:lan",
        "correlationid": "test",
        "data": {"count": 1},
    }
    ids = [str(uuid4()) for _ in range(count)]
    return [json.dumps([{**envelope, "id": f"{id}:0", "commandid": id}], separators=(",", ":")).encode() for id in ids]


async def _read(office: Stack, toy: SimpleNamespace, after: int) -> tuple[list[Message], LogGap]:
    """Everything a reader gives before it says what is missing."""
    reader = Reader(toy.settings_of(office), "test-gaps", pull=50)
    messages: list[Message] = []
    try:
        await reader.open(after)
        async with asyncio.timeout(20):
            while True:
                messages += (await reader.batch(0.2)).messages
    except LogGap as gap:
        return messages, gap
    finally:
        reader.close()


@pytest.mark.parametrize(
    ("without", "after", "given", "first"),
    [
        ((7,), 0, 6, 7),
        ((1,), 0, 0, 1),
        ((60, 61, 62), 50, 9, 60),
        ((100,), 0, 99, 100),
        ((99, 100), 90, 8, 99),
        ((31,), 30, 0, 31),
        ((31,), 31, 0, 31),
    ],
)
async def test_a_reader_gives_what_is_before_the_gap_and_names_the_first_message_that_is_missing(
    without: tuple[int, ...],
    after: int,
    given: int,
    first: int,
    office: Stack,
    toy: SimpleNamespace,
    connect: Connect,
) -> None:
    await _fill(await connect(office, "operator"), _payloads(toy, 100), without=without)

    messages, gap = await _read(office, toy, after)

    assert [message.sequence for message in messages] == list(range(after + 1, after + 1 + given))
    assert gap.first == first


async def test_a_reader_behind_the_end_of_a_log_that_became_shorter_says_so(
    office: Stack, toy: SimpleNamespace, connect: Connect
) -> None:
    await _fill(await connect(office, "operator"), _payloads(toy, 10))

    messages, gap = await _read(office, toy, 25)

    assert (messages, gap.first) == ([], 25)
    assert str(gap) == "the log has no message 25; see: motmoi verify"


@asynccontextmanager
async def _running(*work: Any) -> AsyncIterator[None]:
    tasks = [asyncio.create_task(one.run()) for one in work]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _until(pool: Pool, follower: str, fits: Callable[[Any], bool]) -> Any:
    async with asyncio.timeout(20):
        while not fits(found := (await checkpoints(pool))[follower]):
            await asyncio.sleep(0.02)
    return found


async def test_followers_stand_still_before_the_gap_and_go_on_when_the_log_is_whole_again(
    office: Stack, toy: SimpleNamespace, pool: Pool, client: Client, connect: Connect
) -> None:
    operator, payloads = await connect(office, "operator"), _payloads(toy, 40)
    seen: list[int] = []
    policy = Policy("count_beads", toy.BEADS.events, lambda fact: seen.append(fact.sequence) or ())
    await prepare(pool, (), ("policy.count_beads",))
    await pool.execute("UPDATE checkpoints SET position = 0, fingerprint = NULL")
    await pool.execute("TRUNCATE beads_v1")
    await _fill(operator, payloads, without=(21, 22))
    settings, followers = toy.settings_of(office), ("beads_v1", "policy.count_beads")
    feed = Feed("documents", settings, pool, Decoder(toy.BEADS.events), [Projection(toy.BEADS, "beads_v1")])
    async with _running(feed, Reactor("documents", settings, pool, client, policy)):
        for follower in followers:
            stopped = await _until(pool, follower, lambda found: found.error is not None)
            assert stopped.position == 20
            assert stopped.error.startswith("after sequence 20: LogGap: the log has no message")
        assert await pool.fetchval("SELECT count(*) FROM beads_v1") == 20

        await _fill(operator, payloads)
        for follower in followers:
            await clear_stop(pool, follower)
            await _until(pool, follower, lambda found: found.position == 40 and found.error is None)

    assert await pool.fetchval("SELECT count(*) FROM beads_v1") == 40
    assert seen == list(range(1, 41))


async def test_a_follower_already_behind_the_gap_goes_on(
    office: Stack, toy: SimpleNamespace, pool: Pool, connect: Connect
) -> None:
    operator, payloads = await connect(office, "operator"), _payloads(toy, 40)
    await pool.execute("UPDATE checkpoints SET position = 30, fingerprint = NULL, error = NULL")
    await _fill(operator, payloads, without=(21,))
    feed = Feed(
        "documents",
        toy.settings_of(office),
        pool,
        Decoder(toy.BEADS.events),
        [Projection(toy.BEADS, "beads_v1")],
    )
    async with _running(feed):
        assert (await _until(pool, "beads_v1", lambda found: found.position == 40)).error is None


async def test_a_rebuild_of_a_log_with_a_gap_says_what_is_missing_and_leaves_the_table_as_it_was(
    office: Stack, toy: SimpleNamespace, pool: Pool, connect: Connect
) -> None:
    await _fill(await connect(office, "operator"), _payloads(toy, 40), without=(21,))
    await pool.execute("UPDATE checkpoints SET position = 40, fingerprint = NULL, error = NULL")
    before = await pool.fetch("SELECT * FROM beads_v1 ORDER BY jar")

    with pytest.raises(LogGap, match="message 21"):
        await Rebuild(toy.settings_of(office), pool, [toy.BEADS]).run()

    assert await pool.fetch("SELECT * FROM beads_v1 ORDER BY jar") == before
