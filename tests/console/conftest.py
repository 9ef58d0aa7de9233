"""A console in this process on real servers, with a small service of real NATS subscriptions that answers as told."""

import json
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import Any

import asyncpg
import httpx
import pytest
import pytest_asyncio
from nats.aio.client import Client
from nats.aio.msg import Msg
from pydantic_core import to_json
from starlette.applications import Starlette

from contracts.base import Message
from deploy import SERVICES
from deploy.credentials import CONSOLE
from deploy.stack import Stack
from services.console import tokens
from services.console.app import application
from services.runtime.settings import Settings

Answer = Callable[[dict[str, Any]], Message | bytes]


@dataclass
class Desk:
    """The answering service: what it heard, and what it answers to each subject."""

    client: Client
    heard: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    answers: dict[str, Answer] = field(default_factory=dict)

    async def answer(self, subject: str, answer: Answer | Message) -> None:
        """From now on answer this subject so; a subject never named has no responder."""
        if subject not in self.answers:
            await self.client.subscribe(subject, cb=self._handle)
            # nats-py's ping overtakes what is pending; when the first pong is back, the subscription is on its way.
            await self.client.flush()
            await self.client.flush()
        self.answers[subject] = answer if callable(answer) else lambda _: answer

    async def _handle(self, message: Msg) -> None:
        body = json.loads(message.data) if message.data else {}
        self.heard.append((message.subject, body))
        reply = self.answers[message.subject](body)
        await message.respond(reply if isinstance(reply, bytes) else to_json(reply))


def settings_of(stack: Stack, port: int = 0) -> Settings:
    """The console's own settings on these servers."""
    return Settings.from_environment(
        {
            "MOTMOI_NATS_URL": stack.nats_url,
            "MOTMOI_NATS_USER": CONSOLE,
            "MOTMOI_NATS_PASSWORD": stack.credentials.nats[CONSOLE],
            "MOTMOI_DATABASE_URL": stack.database_url(CONSOLE),
            "MOTMOI_HTTP_PORT": str(port),
        }
    )


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def console(office: Stack) -> AsyncIterator[Starlette]:
    """The running application."""
    app = application(settings_of(office))
    async with app.router.lifespan_context(app):
        yield app


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def database(office: Stack, console: Starlette) -> AsyncIterator["asyncpg.Connection[Any]"]:
    """The console's own schema."""
    connection = await asyncpg.connect(office.database_url(CONSOLE))
    yield connection
    await connection.close()


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def clerk(database: "asyncpg.Connection[Any]") -> str:
    """A clerk's token."""
    return await tokens.create(database, "person:lan", "Nguyễn Thị Lan", ["clerk"], "VPTU", 30, "person:admin")


@pytest_asyncio.fixture(loop_scope="session")
async def http(console: Starlette, clerk: str) -> AsyncIterator[httpx.AsyncClient]:
    """A client that speaks with the clerk's token."""
    headers = {"Authorization": f"Bearer {clerk}"}
    transport = httpx.ASGITransport(app=console, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://console", headers=headers) as client:
        yield client


@pytest_asyncio.fixture(loop_scope="session")
async def desk(office: Stack, connect: Any) -> Desk:
    """The answering service, connected as `documents` with that user's permissions."""
    return Desk(await connect(office, "documents"))


@pytest_asyncio.fixture(loop_scope="session")
async def other_desks(office: Stack, connect: Any) -> dict[str, Desk]:
    """An answering service for each of the others, connected with that user's permissions."""
    return {name: Desk(await connect(office, name)) for name in SERVICES if name != "documents"}


@pytest.fixture
def register_incoming() -> dict[str, Any]:
    """A body the console passes on as it is."""
    return {"organ": "VPTU", "document_type": "Công văn", "summary": "V/v đăng ký lịch", "issuer": "Ban Tổ chức"}
