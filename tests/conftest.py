"""What every test may ask for: real servers, one stack for each test process, and an empty office for each module."""

import asyncio
import json
import shutil
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path

import asyncpg
import nats
import pytest
import pytest_asyncio
from nats.aio.client import Client

from deploy import SERVICES
from deploy.credentials import CONSOLE, DATABASE, OPERATOR
from deploy.stack import Stack


async def connect_as(stack: Stack, user: str, refusals: asyncio.Queue[Exception] | None = None) -> Client:
    """A NATS client of `user`; what the server refuses is put into `refusals`."""

    async def keep(error: Exception) -> None:
        if refusals is not None:
            refusals.put_nowait(error)

    return await nats.connect(
        stack.nats_url.split(","),
        user=user,
        password=stack.credentials.nats[user],
        inbox_prefix=f"_INBOX.{user}".encode(),
        error_cb=keep,
    )


async def empty_office(stack: Stack) -> None:
    """Take away streams and schemas as only the operator can, and provision the office anew."""
    operator = await connect_as(stack, OPERATOR)
    for stream in ("EVENTS", "TIMERS"):
        json.loads((await operator.request(f"$JS.API.STREAM.DELETE.{stream}", b"", timeout=10)).data)
    await operator.close()
    await stack.provision()
    database = await asyncpg.connect(stack.superuser_dsn, database=DATABASE)
    for schema in (*stack.services, CONSOLE):
        await database.execute(f'DROP SCHEMA "{schema}" CASCADE')
    await database.close()
    await stack.provision()


@pytest_asyncio.fixture(loop_scope="session")
async def connect() -> AsyncIterator[Callable[..., Awaitable[Client]]]:
    """Connects to a stack as one of its NATS users, as `connect_as` does, until the test ends."""
    clients: list[Client] = []

    async def connected(stack: Stack, user: str, refusals: asyncio.Queue[Exception] | None = None) -> Client:
        clients.append(await connect_as(stack, user, refusals))
        return clients[-1]

    yield connected
    for client in clients:
        await client.close()


@pytest.fixture(scope="session")
def reachable_folder() -> Iterator[Path]:
    """A folder PostgreSQL's own user can reach too, unlike pytest's; removed when the tests end."""
    folder = Path(tempfile.mkdtemp(prefix="motmoi-test-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def stack(reachable_folder: Path) -> AsyncIterator[Stack]:
    """Both servers, running and provisioned, shared by the tests of one process; for tests that kill nothing."""
    shared = Stack(
        reachable_folder / "shared",
        SERVICES,
        nats_port=0,
        postgres_port=0,
        fast=True,
        state_folder=reachable_folder / "state",
    )
    async with shared:
        await shared.provision()
        yield shared


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def office(stack: Stack) -> Stack:
    """The shared stack with an empty log, no timers and empty schemas at the beginning of the module."""
    await empty_office(stack)
    return stack
