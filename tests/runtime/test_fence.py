"""A service refuses commands when the log is shorter than, or other than, what was already seen of it."""

import json
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import uuid4

from asyncpg import Pool
from nats.aio.client import Client

from deploy.stack import Stack
from services.runtime.database import fingerprint
from services.runtime.fence import Fence
from services.runtime.log import EventLog, Write

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
