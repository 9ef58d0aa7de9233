"""A whole office under its supervisor, with its real processes, and people who speak to its desk."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import pytest_asyncio
from nats.aio.client import Client
from nats.errors import Error as NatsError

from deploy.credentials import CONSOLE, OPERATOR
from services.ops.supervisor import Supervisor
from services.runtime.follow import Reader
from services.runtime.settings import Settings

_PATIENCE_S = 30
_PAUSE_S = 0.05


@dataclass(frozen=True)
class Person:
    """Someone at the office, spoken for by the console."""

    client: Client
    roles: tuple[str, ...]
    board: str | None = None

    @property
    def actor(self) -> dict[str, Any]:
        """Who they are in a request."""
        return {"id": "user:lan", "name": "Nguyễn Thị Lan", "roles": self.roles, "board": self.board}

    async def says(self, command: str, command_id: str | None = None, **words: Any) -> dict[str, Any]:
        """Give a command, again with the same id for as long as nothing definite is answered."""
        meta = {"command_id": command_id or str(uuid4()), "actor": self.actor, "correlation_id": "system-test"}
        return await self.sends(f"command.documents.{command}", {"meta": meta, "data": words})

    async def asks(self, query: str, **words: Any) -> dict[str, Any]:
        """Ask and return the result, again for as long as a read model is being built."""
        request = {"actor": self.actor, "correlation_id": "system-test", "data": words}
        answer = await self.sends(f"query.documents.{query}", request)
        assert answer["outcome"] == "answered", answer
        result: dict[str, Any] = answer["result"]
        return result

    async def sends(self, subject: str, request: Any) -> dict[str, Any]:
        """Send a request as it is until its answer is neither silence nor `failed` nor `conflict`."""
        body = request if isinstance(request, bytes) else json.dumps(request, ensure_ascii=False).encode()
        async with asyncio.timeout(_PATIENCE_S):
            while True:
                try:
                    answer: dict[str, Any] = json.loads((await self.client.request(subject, body, timeout=2)).data)
                except NatsError:
                    answer = {"outcome": "failed"}
                if answer["outcome"] not in ("failed", "conflict"):
                    return answer
                await asyncio.sleep(_PAUSE_S)  # a client's own pause before it asks again


@dataclass(frozen=True)
class Log:
    """The log as the operator reads it."""

    settings: Settings

    async def until(self, after: int, wanted: Callable[[dict[str, Any]], bool]) -> tuple[int, list[dict[str, Any]]]:
        """Read behind `after` until an event is as wanted; return its sequence and all the events read up to it."""
        read: list[dict[str, Any]] = []
        reader = await Reader(self.settings, "system-test").open(after)
        try:
            async with asyncio.timeout(_PATIENCE_S):
                while True:
                    for message in (await reader.batch()).messages:
                        events = json.loads(message.payload)
                        read += events
                        if any(wanted(event) for event in events):
                            return message.sequence, read
        finally:
            reader.close()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def running(reachable_folder: Path) -> AsyncIterator[Supervisor]:
    """An office of its own, all of it running and ready."""
    supervised = Supervisor(
        reachable_folder / "system",
        nats_port=0,
        postgres_port=0,
        http_port=0,
        say=lambda **_: None,
        fast=True,
        state_folder=reachable_folder / "state",
    )
    await supervised.start()
    yield supervised
    await supervised.stop()


@pytest_asyncio.fixture(loop_scope="session")
async def person(running: Supervisor, connect: Any) -> Callable[..., Person]:
    """Makes a person with the given roles."""
    client = await connect(running.stack, CONSOLE)

    def with_roles(*roles: str, board: str | None = None) -> Person:
        return Person(client, roles, board)

    return with_roles


@pytest.fixture
def clerk(person: Callable[..., Person]) -> Person:
    """A clerk of the office."""
    return person("clerk")


@pytest.fixture
def log(running: Supervisor) -> Log:
    """The running office's log."""
    environment = {
        "MOTMOI_NATS_URL": running.stack.nats_url,
        "MOTMOI_NATS_USER": OPERATOR,
        "MOTMOI_NATS_PASSWORD": running.stack.credentials.nats[OPERATOR],
        "MOTMOI_DATABASE_URL": running.stack.database_url(OPERATOR),
    }
    return Log(Settings.from_environment(environment))


@pytest.fixture
def letter() -> Callable[..., dict[str, Any]]:
    """Makes the words of a registration, each its own document unless told otherwise."""

    def words(**changed: Any) -> dict[str, Any]:
        return {
            "organ": "VPTU",
            "document_type": "Công văn",
            "number_notation": f"{uuid4().int % 900_000 + 1}-CV/TW",
            "summary": "Về việc báo cáo tình hình thực hiện nhiệm vụ",
            "issuer": f"Văn phòng Trung ương Đảng, bộ phận {uuid4().hex}",
            "issued_on": "2025-11-03",
            **changed,
        }

    return words
