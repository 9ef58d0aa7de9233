"""The archive has every message of the log, to the byte, in a tree whose head is signed."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest_asyncio
from asyncpg import Pool

from deploy.keys import audit_key
from deploy.stack import Stack
from services.audit.archive import tables
from services.audit.archive.archiving import Archiver
from services.audit.archive.merkle import Frontier, leaf_hash
from services.audit.archive.notes import Verifier, open_checkpoint
from services.audit.service import AUDIT
from services.runtime.aggregates import snapshot_model
from services.runtime.bus import connect as connect_to_bus
from services.runtime.database import checkpoints, open_pool, prepare
from services.runtime.log import EventLog, Write
from services.runtime.second_copy import SecondCopy
from services.runtime.settings import Settings

Start = Callable[..., Any]


def settings_of(stack: Stack, user: str = "audit") -> Settings:
    """The settings of a service on these servers."""
    return Settings.from_environment(
        {
            "MOTMOI_NATS_URL": stack.nats_url,
            "MOTMOI_NATS_USER": user,
            "MOTMOI_NATS_PASSWORD": stack.credentials.nats[user],
            "MOTMOI_DATABASE_URL": stack.database_url(user),
        }
    )


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def pool(office: Stack) -> AsyncIterator[Pool]:
    """Audit's pool, with its tables."""
    opened = await open_pool(office.database_url("audit"), rebuildable=True)
    await prepare(opened, (snapshot_model(AUDIT), *AUDIT.read_models), AUDIT.follower_names)
    yield opened
    await opened.close()


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def log(office: Stack) -> AsyncIterator[EventLog]:
    """The log as documents appends to it."""
    client = await connect_to_bus(settings_of(office, "documents"), "test")
    yield EventLog(client)
    await client.close()


@pytest_asyncio.fixture(loop_scope="session")
async def start(office: Stack, pool: Pool) -> AsyncIterator[Start]:
    """Starts an archiver; each is stopped at the end of the test."""
    running: list[asyncio.Task[None]] = []
    client = await connect_to_bus(settings_of(office), "test")

    def started(**changed: Any) -> asyncio.Task[None]:
        archiver = Archiver(replace(settings_of(office), **changed), pool, client)
        running.append(asyncio.create_task(archiver.run()))
        return running[-1]

    yield started
    for task in running:
        task.cancel()
    await asyncio.gather(*running, return_exceptions=True)
    await client.close()


async def append(log: EventLog, count: int, name: str) -> None:
    """Append so many messages, each of a subject of its own."""
    for start in range(0, count, 500):
        writes = [
            Write(f"event.documents.jar.{name}-{number}", 0, json.dumps([{"n": number, "t": "Một Mối"}]).encode())
            for number in range(start, min(start + 500, count))
        ]
        await log.append(writes)


async def archived(pool: Pool, position: int) -> None:
    """Wait until the archive has come to a position."""
    async with asyncio.timeout(20):
        while (await checkpoints(pool))["archive"].position < position:
            await asyncio.sleep(0.02)


async def test_every_message_is_archived_to_the_byte_across_a_restart(log: EventLog, pool: Pool, start: Start) -> None:
    await append(log, 700, "first")
    task = start()
    await archived(pool, 700)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    await append(log, 300, "second")
    start()
    await archived(pool, (await log.head()).last_sequence)
    rows = await pool.fetch("SELECT sequence, subject, payload, leaf_hash FROM archive ORDER BY sequence")
    assert [row["sequence"] for row in rows] == list(range(1, 1001))
    for row in rows[::37]:
        assert (row["subject"], row["payload"]) == await log.message(row["sequence"])
    assert all(row["leaf_hash"] == leaf_hash(*row[:3]) for row in rows)
    whole, nodes = Frontier().extend(row["leaf_hash"] for row in rows)
    async with pool.acquire() as connection:
        assert (await tables.frontier_at(connection, 1000)).root() == whole.root()
    assert [tuple(row) for row in await pool.fetch("SELECT level, place, hash FROM tree ORDER BY place")] == nodes


async def test_what_was_committed_is_announced(
    office: Stack, log: EventLog, pool: Pool, start: Start, connect: Any
) -> None:
    copy = SecondCopy()
    await copy.listen(await connect(office, "documents"))
    start()
    await append(log, 3, "third")
    head = (await log.head()).last_sequence
    assert await copy.wait(head, 10)
    assert await pool.fetchval("SELECT max(sequence) FROM archive") == head
    assert not await copy.wait(head + 1, 0.05)


async def test_only_audit_may_say_how_far_the_archive_is(office: Stack, connect: Any) -> None:
    refusals: asyncio.Queue[Exception] = asyncio.Queue()
    client = await connect(office, "documents", refusals)
    await client.publish("archive.position", b'{"position": 999999999, "reason": null}')
    await client.flush()
    assert "permissions violation" in str(await asyncio.wait_for(refusals.get(), 5)).lower()


async def test_the_head_is_signed_with_the_office_s_key(
    office: Stack, pool: Pool, log: EventLog, start: Start, connect: Any, tmp_path: Path
) -> None:
    said: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
    listener = await connect(office, "operator")

    async def answer(message: Any) -> None:
        said.put_nowait(json.loads(message.data))
        await message.respond(b'{"outcome": "accepted", "position": 1}')

    await listener.subscribe("command.audit.sign-checkpoint", cb=answer)
    await listener.flush()
    key = audit_key(tmp_path)
    start(audit_key=key, office="vptu", checkpoint_every_s=0.1)
    request = await asyncio.wait_for(said.get(), 10)
    head = (await log.head()).last_sequence
    assert request["data"]["tree_size"] == head
    checkpoint = open_checkpoint(request["data"]["note"], Verifier.from_pem(key.with_name("audit.pub").read_bytes()))
    async with pool.acquire() as connection:
        root = (await tables.frontier_at(connection, head)).root()
    assert (checkpoint.origin, checkpoint.size, checkpoint.root) == ("motmoi/vptu", head, root)
