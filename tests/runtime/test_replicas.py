"""Three brokers: a copy that is behind costs a retry and never a wrong answer, and readers change brokers."""

import asyncio
import json
import os
import signal
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest_asyncio
from nats.aio.client import Client

from contracts.base import Accepted, Rejected
from deploy import SERVICES
from deploy.stack import Stack
from services.runtime.bus import BrokerError
from services.runtime.follow import Reader, ReaderLost
from services.runtime.log import EventLog, LogUnavailable, SequenceConflict, Write
from services.runtime.settings import Settings

OFTEN = 200
Connect = Callable[..., Awaitable[Client]]


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def office(reachable_folder: Path) -> AsyncIterator[Stack]:
    """An office of this module's own, on three brokers."""
    stack = Stack(
        reachable_folder / "replicas",
        SERVICES,
        nats_port=0,
        postgres_port=0,
        fast=True,
        state_folder=reachable_folder / "state",
        brokers=3,
    )
    async with stack:
        await stack.provision()
        yield stack


async def test_nobody_is_refused_because_a_copy_is_behind(open_desk: Callable[[], Any], toy: SimpleNamespace) -> None:
    here, elsewhere = open_desk(), open_desk()
    for _ in range(OFTEN):
        source, target = f"jar{uuid4().hex}", f"jar{uuid4().hex}"
        refused = await here.say(toy.Move(source=source, target=target, count=1))
        await elsewhere.say(toy.Drop(jar=source, count=1))

        accepted = await here.say(toy.Move(source=source, target=target, count=1))

        assert isinstance(refused, Rejected)
        assert isinstance(accepted, Accepted)


async def test_a_conflict_is_settled_at_once_though_a_copy_is_behind(
    open_desk: Callable[[], Any], toy: SimpleNamespace
) -> None:
    here, elsewhere, jar = open_desk(), open_desk(), f"jar{uuid4().hex}"
    for _ in range(OFTEN):
        for desk in (here, elsewhere):
            assert isinstance(await desk.say(toy.Drop(jar=jar, count=1)), Accepted)

    assert len(await here.log.tail(f"event.documents.jar.{jar}", 0, (await here.log.head()).last_sequence)) == 2 * OFTEN


async def test_a_command_said_again_to_another_process_is_answered_as_before(
    open_desk: Callable[[], Any], toy: SimpleNamespace
) -> None:
    for _ in range(OFTEN // 10):
        jar, command_id = f"jar{uuid4().hex}", uuid4()
        first = await open_desk().say(toy.Drop(jar=jar, count=1), command_id)
        again = await open_desk().say(toy.Drop(jar=jar, count=1), command_id)
        assert again == first


async def test_what_was_acknowledged_is_there_for_whoever_asks(client: Client) -> None:
    log = EventLog(client)
    for number in range(OFTEN):
        subject, payload = f"event.documents.jar.{uuid4().hex}", f"[{number}]".encode()
        (sequence,) = await log.append([Write(subject, 0, payload)])

        assert await log.message(sequence) == (subject, payload)
        assert await log.last_sequences([subject]) == {subject: sequence}
        assert [stored.payload for stored in await log.tail(subject, 0, sequence)] == [payload]
        assert (await log.head()).last_sequence >= sequence


async def test_a_reader_passes_over_a_broker_that_is_gone_and_one_that_says_nothing(
    office: Stack, client: Client, toy: SimpleNamespace
) -> None:
    with socket.socket() as gone, socket.socket() as silent:
        for listener in (gone, silent):
            listener.bind(("127.0.0.1", 0))
        silent.listen()
        addresses = [f"nats://127.0.0.1:{listener.getsockname()[1]}" for listener in (gone, silent)]
        settings = replace(toy.settings_of(office), nats_servers=(*addresses, office.nats_url.split(",")[0]))
        (sequence,) = await EventLog(client).append([Write(f"event.documents.jar.{uuid4().hex}", 0, b"[]")])
        for _ in range(3):
            reader = await Reader(settings, "passing").open(sequence - 1)
            assert [message.sequence for message in (await reader.batch(10)).messages] == [sequence]
            reader.close()


async def test_a_reader_with_no_broker_to_go_to_says_so(office: Stack, toy: SimpleNamespace) -> None:
    with socket.socket() as gone:
        gone.bind(("127.0.0.1", 0))
        address = f"nats://127.0.0.1:{gone.getsockname()[1]}"
        try:
            await Reader(replace(toy.settings_of(office), nats_servers=(address, address)), "nowhere").open(0)
        except ReaderLost:
            return
    raise AssertionError("a reader was opened on nothing")


async def test_a_reader_whose_broker_dies_reads_on_from_another(
    office: Stack, client: Client, toy: SimpleNamespace, connect: Connect
) -> None:
    log, settings = EventLog(client), toy.settings_of(office)
    position = (await log.head()).last_sequence
    reader = await Reader(settings, "mourning").open(position)
    killed = await _home_of(reader, await connect(office, "operator"))
    os.kill(office.servers[killed].pid, signal.SIGKILL)
    await office.servers[killed].wait()
    restarting = asyncio.create_task(office.restart(killed))
    subjects = [f"event.documents.jar.{uuid4().hex}" for _ in range(20)]
    kept = [await _appended(log, subject) for subject in subjects]
    read: list[int] = []
    async with asyncio.timeout(60):
        while len(read) < len(kept):
            try:
                read += [message.sequence for message in (await reader.batch()).messages]
            except ReaderLost:
                reader.close()
                reader = await _opened_again(settings, read[-1] if read else position)
    reader.close()
    await restarting

    assert read == kept


async def _home_of(reader: Reader, operator: Client) -> str:
    """The broker that holds the reader's consumer."""
    answer = await operator.request(f"$JS.API.CONSUMER.INFO.EVENTS.{reader._consumer}", b"", timeout=5)
    return str(json.loads(answer.data)["cluster"]["leader"])


async def _appended(log: EventLog, subject: str) -> int:
    """Append one message, however often it takes while a leader is chosen; return its sequence."""
    while True:
        try:
            return (await log.append([Write(subject, 0, b"[]")]))[0]
        except SequenceConflict:
            return (await log.last_sequences([subject]))[subject]
        except (LogUnavailable, BrokerError):
            await asyncio.sleep(0.1)


async def _opened_again(settings: Settings, after: int) -> Reader:
    """A reader behind a position, as soon as a broker gives one."""
    while True:
        try:
            return await Reader(settings, "mourning").open(after)
        except ReaderLost:
            await asyncio.sleep(0.1)
