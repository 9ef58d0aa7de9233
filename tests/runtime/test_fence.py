"""A service refuses commands when the log is shorter than, or other than, what was already seen of it."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import uuid4

import pytest
from asyncpg import Pool
from nats.aio.client import Client

from deploy.stack import Stack
from services.runtime.database import fingerprint, know_log
from services.runtime.fence import Fence
from services.runtime.log import EventLog, LogUnavailable, Write
from services.runtime.second_copy import SecondCopy

Connect = Callable[..., Awaitable[Client]]


async def _append(log: EventLog, payload: bytes) -> int:
    return (await log.append([Write(f"event.documents.jar.{uuid4().hex}", 0, payload)]))[0]


async def _checkpoint(pool: Pool, position: int, payload: bytes) -> None:
    await pool.execute(
        "UPDATE checkpoints SET position = $1, fingerprint = $2 WHERE follower = 'beads_v1'",
        position,
        fingerprint(payload),
    )


async def _forget(office: Stack, connect: Connect) -> None:
    """Lose the log as a broker that comes back empty would."""
    operator = await connect(office, "operator")
    answer: dict[str, Any] = json.loads((await operator.request("$JS.API.STREAM.DELETE.EVENTS", b"")).data)
    assert answer["success"]
    await office.provision()


async def test_a_log_as_it_was_left_lets_commands_through(office: Stack, client: Client, pool: Pool) -> None:
    log = EventLog(client)
    await _checkpoint(pool, await _append(log, b"[]"), b"[]")
    fence = Fence("documents", log, pool)

    assert await fence.check()
    assert fence.reason is None


async def test_a_log_shorter_than_a_checkpoint_closes_the_fence(
    office: Stack, client: Client, pool: Pool, connect: Connect
) -> None:
    log = EventLog(client)
    position = 0
    for _ in range(3):
        position = await _append(log, b"[]")
    await _checkpoint(pool, position, b"[]")
    await _forget(office, connect)
    fence = Fence("documents", log, pool)

    assert not await fence.check()
    assert fence.reason == f"log ends at 0, {position} was seen"


async def test_a_log_grown_again_with_other_events_keeps_the_fence_closed(
    office: Stack, client: Client, pool: Pool, connect: Connect
) -> None:
    log = EventLog(client)
    await _forget(office, connect)
    await _checkpoint(pool, 1, b"[old]")
    await _append(log, b"[new]")
    await _append(log, b"[new]")
    fence = Fence("documents", log, pool)

    assert not await fence.check()
    assert fence.reason == "message 1 is not the one that was read"


async def test_what_a_process_was_acknowledged_counts_as_seen(
    office: Stack, client: Client, pool: Pool, connect: Connect
) -> None:
    log = EventLog(client)
    await _forget(office, connect)
    await pool.execute("UPDATE checkpoints SET position = 0, fingerprint = NULL")
    fence = Fence("documents", log, pool)
    fence.highest_seen = await _append(log, b"[]") + 5

    assert not await fence.check()


async def test_a_log_made_anew_with_the_same_messages_stays_fenced_until_an_operator_says_so(
    office: Stack, client: Client, pool: Pool, connect: Connect
) -> None:
    log = EventLog(client)
    await pool.execute("DELETE FROM known_log")
    await _forget(office, connect)
    await pool.execute("UPDATE checkpoints SET position = 0, fingerprint = NULL")
    assert await Fence("documents", log, pool).check()
    known = (await log.head()).created
    await _forget(office, connect)
    fence = Fence("documents", log, pool)

    assert not await fence.check()
    assert fence.reason == f"log was made anew at {(await log.head()).created}, the one of {known} was known"
    await know_log(pool, (await log.head()).created)
    assert await fence.check()


async def test_what_the_archive_says_counts(office: Stack, client: Client, pool: Pool) -> None:
    copy = SecondCopy()
    fence = Fence("documents", EventLog(client), pool, copy)
    assert await fence.check()
    copy.reason = "message 7 is not the one that was read"
    assert not await fence.check()
    assert fence.reason == copy.reason
    copy.reason, copy.position = None, (await EventLog(client).head()).last_sequence + 1
    assert not await fence.check()


async def test_a_lost_connection_closes_the_fence_until_the_log_is_checked(client: Client, pool: Pool) -> None:
    fence = Fence("documents", EventLog(client), pool)
    log = EventLog(client, open_to_appends=lambda: fence.reason is None)
    assert await fence.check()
    await _append(log, b"[]")
    fence.close()
    with pytest.raises(LogUnavailable):
        await _append(log, b"[]")
    assert await fence.check()
    await _append(log, b"[]")


async def test_a_connection_lost_while_the_log_is_checked_leaves_the_fence_closed(client: Client, pool: Pool) -> None:
    fence = Fence("documents", EventLog(client), pool)
    checking = asyncio.create_task(fence.check())
    await asyncio.sleep(0)
    fence.close()

    assert not await checking
    assert fence.reason is not None
    assert await fence.check()
