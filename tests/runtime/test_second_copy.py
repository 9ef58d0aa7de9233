"""Where two durable copies are asked for, a command is answered only when the archive has its events too."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest_asyncio
from asyncpg import Pool
from nats.aio.client import Client

from deploy.stack import Stack
from services.runtime import answering
from services.runtime.aggregates import Aggregates
from services.runtime.answering import Endpoints
from services.runtime.committing import Committer
from services.runtime.fence import Fence
from services.runtime.log import EventLog
from services.runtime.positions import Positions
from services.runtime.second_copy import SecondCopy, announce

Say = Callable[..., Awaitable[dict[str, Any]]]


@pytest_asyncio.fixture(loop_scope="session")
async def say(office: Stack, client: Client, pool: Pool, toy: SimpleNamespace, connect: Any) -> AsyncIterator[Say]:
    """Drops beads over the wire at a service that wants two copies."""
    log = EventLog(client)
    committer = Committer(toy.TOY, log, Aggregates(toy.TOY, log, pool))
    fence, copy = Fence("documents", log, pool), SecondCopy()
    await copy.listen(client)
    assert await fence.check()
    endpoints = Endpoints(
        toy.TOY, client, committer, fence, pool, Positions(office.database_url("documents"), "documents")
    )
    endpoints.second_copy = copy
    handle = endpoints.command_handler(toy.TOY.commands[0])
    subscription = await client.subscribe("command.documents.drop", cb=handle)
    await client.flush()
    working = asyncio.create_task(committer.run())
    console = await connect(office, "console")

    async def said(command_id: str) -> dict[str, Any]:
        actor = {"id": "user:lan", "name": "Lan", "roles": ["clerk"]}
        meta = {"command_id": command_id, "actor": actor, "correlation_id": "test"}
        body = json.dumps({"meta": meta, "data": {"jar": command_id, "count": 3}}).encode()
        answer: dict[str, Any] = json.loads((await console.request("command.documents.drop", body, timeout=20)).data)
        return answer

    yield said
    working.cancel()
    await subscription.unsubscribe()
    await asyncio.gather(working, return_exceptions=True)


async def test_the_answer_waits_for_the_archive(office: Stack, client: Client, say: Say, connect: Any) -> None:
    log, audit = EventLog(client), await connect(office, "audit")
    before = (await log.head()).last_sequence
    answering_ = asyncio.create_task(say(str(uuid4())))
    async with asyncio.timeout(5):
        while (await log.head()).last_sequence == before:
            await asyncio.sleep(0.01)
    position = (await log.head()).last_sequence
    await announce(audit, position - 1, None)
    await audit.flush()
    done, _ = await asyncio.wait((answering_,), timeout=0.2)
    assert not done
    await announce(audit, position, None)
    answer = await asyncio.wait_for(answering_, 5)
    assert (answer["outcome"], answer["position"]) == ("accepted", position)


async def test_without_the_archive_s_word_the_same_command_is_answered_later(
    office: Stack, client: Client, say: Say, connect: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr(answering, "_ARCHIVE_TIMEOUT_S", 0.2)
    command_id = str(uuid4())
    assert (await say(command_id))["code"] == "not-archived"
    head = (await EventLog(client).head()).last_sequence
    await announce(await connect(office, "audit"), head, None)
    async with asyncio.timeout(5):
        while (answer := await say(command_id))["outcome"] != "accepted":
            await asyncio.sleep(0.02)
    assert answer["position"] == head
    assert (await EventLog(client).head()).last_sequence == head
