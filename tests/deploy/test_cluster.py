"""Three real nats-servers: from the files production gets, and as the embedded stack starts them."""

import asyncio
import json
import os
import signal
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import nats
import pytest
import pytest_asyncio
import typer
from nats.aio.client import Client
from nats.errors import Error as NatsError

from deploy import SERVICES
from deploy.__main__ import NATS_PORT, ROUTE_PORT, STORE_FOLDER, prepare
from deploy.child import Child, spawn
from deploy.credentials import OPERATOR, load_or_create
from deploy.messages import silent
from deploy.nats_server import _program
from deploy.ports import choose_port
from deploy.provision import provision
from deploy.stack import Stack

HOSTS = ("nats-a", "nats-b", "nats-c")
PATIENCE_S = 60
KEPT = 9600


async def ask(client: Client, subject: str, question: object = None) -> dict[str, Any]:
    """An answer of JetStream, asked for until somebody leads and it is no error."""
    async with asyncio.timeout(PATIENCE_S):
        while True:
            try:
                reply = await client.request(f"$JS.API.{subject}", json.dumps(question or {}).encode(), timeout=1)
            except NatsError:
                await asyncio.sleep(0.1)
                continue
            answer: dict[str, Any] = json.loads(reply.data)
            if "error" not in answer:
                return answer
            await asyncio.sleep(0.1)


async def current(client: Client) -> None:
    """Wait until every copy of the log has all of it."""
    async with asyncio.timeout(PATIENCE_S):
        while not all(copy["current"] for copy in (await ask(client, "STREAM.INFO.EVENTS"))["cluster"]["replicas"]):
            await asyncio.sleep(0.1)


def on_this_machine(office: Path) -> list[str]:
    """Give each prepared file free ports and a store of its own here; return the addresses for clients."""
    ports = [choose_port("nats", 0, silent) for _ in HOSTS]
    routes = {host: choose_port("nats", 0, silent) for host in HOSTS}
    for number, host in enumerate(HOSTS, 1):
        file = office / f"nats-{number}.conf"
        text = file.read_text()
        text = text.replace(f"0.0.0.0:{NATS_PORT}", f"127.0.0.1:{ports[number - 1]}")
        text = text.replace(f"0.0.0.0:{ROUTE_PORT}", f"127.0.0.1:{routes[host]}")
        for other, port in routes.items():
            text = text.replace(f"@{other}:{ROUTE_PORT}", f"@127.0.0.1:{port}")
        file.write_text(text.replace(f'"{STORE_FOLDER}"', json.dumps(str(office / f"data-{number}"))))
    return [f"nats://127.0.0.1:{port}" for port in ports]


async def test_three_servers_start_from_what_prepare_wrote_and_keep_three_copies(tmp_path: Path) -> None:
    office = tmp_path / "office"
    prepare(office, ",".join(HOSTS))
    settings = dict(line.split("=", 1) for line in (office / ".env").read_text().splitlines())
    assert settings["MOTMOI_NATS_URL"] == "nats://nats-a:4222,nats://nats-b:4222,nats://nats-c:4222"
    assert settings["MOTMOI_REPLICAS"] == "3"
    assert {path.stat().st_mode & 0o777 for path in office.glob("nats-*.conf")} == {0o600}
    urls, password = on_this_machine(office), load_or_create(office, SERVICES).nats[OPERATOR]
    async with AsyncExitStack() as ending:
        for number in (1, 2, 3):
            command = [_program(), "-c", str(office / f"nats-{number}.conf")]
            child: Child = await spawn(command, log=office / f"nats-{number}.log", environment={})
            ending.push_async_callback(child.stop, signal.SIGTERM, 10)
        async with asyncio.timeout(PATIENCE_S):
            while True:
                try:
                    changed = await provision(",".join(urls), OPERATOR, password, SERVICES, replicas=3)
                    break
                except (NatsError, OSError):
                    await asyncio.sleep(0.1)
        assert {"EVENTS", "TIMERS"} < set(changed)
        client = await nats.connect(urls, user=OPERATOR, password=password, inbox_prefix=f"_INBOX.{OPERATOR}")
        ending.push_async_callback(client.close)
        log = await ask(client, "STREAM.INFO.EVENTS")
        assert {log["cluster"]["leader"], *(copy["name"] for copy in log["cluster"]["replicas"])} == {
            "nats-1",
            "nats-2",
            "nats-3",
        }


def test_a_cluster_is_of_three_different_servers(tmp_path: Path) -> None:
    for hosts in ("nats-a", "nats-a,nats-b", "nats-a,nats-b,nats-b"):
        with pytest.raises(typer.BadParameter):
            prepare(tmp_path / "office", hosts)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def cluster(reachable_folder: Path) -> AsyncIterator[Stack]:
    """A stack on three brokers of this module's own, for tests that kill."""
    stack = Stack(
        reachable_folder / "cluster",
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


@pytest_asyncio.fixture(loop_scope="session")
async def operator(cluster: Stack) -> AsyncIterator[Client]:
    """The operator, on whichever broker is there."""

    async def quiet(_: Exception) -> None:
        """What goes wrong on a connection shows in the requests it fails."""

    client = await nats.connect(
        cluster.nats_url.split(","),
        user=OPERATOR,
        password=cluster.credentials.nats[OPERATOR],
        inbox_prefix=f"_INBOX.{OPERATOR}",
        reconnect_time_wait=0.1,
        max_reconnect_attempts=-1,
        error_cb=quiet,
    )
    yield client
    await client.close()


async def test_streams_and_timer_consumers_have_three_copies_and_provisioning_again_changes_nothing(
    cluster: Stack, operator: Client
) -> None:
    for stream in ("EVENTS", "TIMERS"):
        assert (await ask(operator, f"STREAM.INFO.{stream}"))["config"]["num_replicas"] == 3
    assert (await ask(operator, "CONSUMER.INFO.TIMERS.documents"))["config"]["num_replicas"] == 3
    assert await cluster.provision() == []


async def test_killed_members_come_back_to_a_log_of_several_blocks(cluster: Stack, operator: Client) -> None:
    """Compressed copies did not: the second leader killed was the end of the log."""
    body, subjects = os.urandom(400).hex().encode() * 2, [f"event.documents.jar.{number}" for number in range(64)]
    for _ in range(KEPT // len(subjects)):
        await asyncio.gather(*(operator.request(subject, body, timeout=10) for subject in subjects))
    created = (await ask(operator, "STREAM.INFO.EVENTS"))["created"]
    for _ in range(2):
        await current(operator)
        leader = (await ask(operator, "STREAM.INFO.EVENTS"))["cluster"]["leader"]
        os.kill(cluster.servers[leader].pid, signal.SIGKILL)
        await cluster.servers[leader].wait()
        await cluster.restart(leader)
    await current(operator)
    log = await ask(operator, "STREAM.INFO.EVENTS")
    assert (log["state"]["messages"], log["created"]) == (KEPT, created)
