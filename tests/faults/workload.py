"""Clients that register, direct and forward, each command again with its own id until its answer is definite."""

import asyncio
import itertools
import json
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

import nats
from nats.aio.client import Client
from nats.errors import Error as NatsError

from deploy.credentials import CONSOLE
from deploy.stack import Stack

ACTOR = {"id": "user:lan", "name": "Nguyễn Thị Lan", "roles": ["clerk", "leader"], "board": "VPTU"}
BOARDS = ("BTCTU", "BTGDVTU", "BNCTU", "UBKTTU")
_PATIENCE_S = 120
_TIMEOUT_S = 3
_PAUSE_S = 0.1
_TWICE = 0.1


@dataclass
class Ledger:
    """What one run attempted, by command id, and the definite answers it got."""

    run: str
    attempted: dict[str, str] = field(default_factory=dict)
    answers: dict[str, dict[str, Any]] = field(default_factory=dict)
    requests: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    differing: list[str] = field(default_factory=list)
    accepted_at: list[float] = field(default_factory=list)
    tries: int = 0

    @property
    def acknowledged(self) -> set[str]:
        """The commands that were accepted."""
        return {command_id for command_id, answer in self.answers.items() if answer["outcome"] == "accepted"}

    @property
    def longest_pause_s(self) -> float:
        """The longest time between two acceptances, seconds."""
        return max((later - earlier for earlier, later in itertools.pairwise(self.accepted_at)), default=0.0)

    @property
    def refused(self) -> dict[str, dict[str, Any]]:
        """The commands that were definitely not accepted, with their answers."""
        return {command_id: said for command_id, said in self.answers.items() if said["outcome"] != "accepted"}


class Workload:
    """Many clients at once on connections of their own, until told to stop."""

    def __init__(self, stack: Stack, seed: int) -> None:
        """Speak to this stack as the console does."""
        self.ledger = Ledger(uuid4().hex[:10])
        self._stack = stack
        self._random = random.Random(seed)
        self.clients: list[Client] = []
        self._stopping = asyncio.Event()

    async def __aenter__(self) -> "Workload":
        self.clients = [await self._connect() for _ in range(4)]
        return self

    async def __aexit__(self, *_: object) -> None:
        for client in self.clients:
            await client.close()

    async def _connect(self) -> Client:
        async def quiet(_: Exception) -> None:
            """What goes wrong on a connection shows in the requests it fails."""

        return await nats.connect(
            self._stack.nats_url.split(","),
            user=CONSOLE,
            password=self._stack.credentials.nats[CONSOLE],
            inbox_prefix=f"_INBOX.{CONSOLE}",
            max_reconnect_attempts=-1,
            reconnect_time_wait=0.1,
            connect_timeout=2,
            ping_interval=2,
            error_cb=quiet,
        )

    async def during(self, happening: Callable[[], Awaitable[Any]], clients: int = 16, books: int = 4) -> None:
        """Keep clients busy while `happening` goes on, and let each finish what it has begun."""
        self._stopping.clear()
        async with asyncio.timeout(None) as patience, asyncio.TaskGroup() as tasks:
            for number in range(clients):
                tasks.create_task(self._client(number, books))
            try:
                await happening()
            finally:
                self._stopping.set()
                patience.reschedule(asyncio.get_running_loop().time() + _PATIENCE_S)

    async def _client(self, number: int, books: int) -> None:
        while not self._stopping.is_set():
            document = await self.register(f"{self.ledger.run}-{number % books}")
            if self._random.random() < 0.3:
                await self.give("direct-document", document_id=document, lead_board=BOARDS[0], opinion="Đề nghị làm.")
                for board in self._random.sample(BOARDS[1:], 2):
                    await self.give("forward-document", document_id=document, to_board=board)

    async def register(self, register_name: str) -> str:
        """Register a document into a book of this run; return its id."""
        number = self._random.randrange(1, 10**6)
        words = {
            "organ": "VPTU",
            "register_name": register_name,
            "document_type": "Công văn",
            "number_notation": f"{number}-CV/TW",
            "summary": f"Về việc báo cáo tình hình thực hiện nhiệm vụ số {number}",
            "issuer": f"Văn phòng Trung ương Đảng, bộ phận {uuid4().hex}",
            "issued_on": "2025-11-03",
        }
        return UUID(await self.give("register-incoming", **words)).hex

    async def give(self, command: str, **words: Any) -> str:
        """Give a command until it is definitely answered, now and then twice at once; return its id."""
        command_id, ledger = str(uuid4()), self.ledger
        meta = {"command_id": command_id, "actor": ACTOR, "correlation_id": ledger.run}
        body = json.dumps({"meta": meta, "data": words}, ensure_ascii=False).encode()
        ledger.attempted[command_id] = command
        ledger.requests[command_id] = (f"command.documents.{command}", body)
        times = 2 if self._random.random() < _TWICE else 1
        answers = await asyncio.gather(*(self.ask_again(command_id) for _ in range(times)))
        ledger.answers[command_id] = answers[0]
        ledger.accepted_at.append(asyncio.get_running_loop().time())
        if any(answer != answers[0] for answer in answers):
            ledger.differing.append(command_id)
        return command_id

    async def ask_again(self, command_id: str) -> dict[str, Any]:
        """Send an attempted command again until its answer is definite, and return it."""
        subject, body = self.ledger.requests[command_id]
        return await self.send(subject, body)

    async def send(self, subject: str, body: bytes) -> dict[str, Any]:
        """Send a request until its answer is neither silence nor `failed` nor `conflict`."""
        while True:
            client = self._random.choice(self.clients)
            self.ledger.tries += 1
            try:
                reply = await client.request(subject, body, timeout=_TIMEOUT_S)
                answer: dict[str, Any] = json.loads(reply.data)
            except (NatsError, OSError):
                answer = {"outcome": "failed"}
            if answer["outcome"] not in ("failed", "conflict"):
                return answer
            await asyncio.sleep(_PAUSE_S)  # a client's own pause before it asks again
