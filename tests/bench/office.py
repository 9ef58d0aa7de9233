"""The office that is measured: the embedded stack with real disk syncs, and the service's processes."""

import asyncio
import json
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import asyncpg
import nats
from nats.aio.client import Client
from processes import family, folder_mb, memory_mb, seconds

from contracts.base import Query, wire_name
from deploy import SERVICES
from deploy.credentials import CONSOLE, OPERATOR
from deploy.messages import silent
from deploy.ports import choose_port
from deploy.stack import Stack
from services.console import tokens
from services.ops.keeping import KeptProcess
from services.ops.processes import office_processes, service_ready
from services.runtime.database import checkpoints
from services.runtime.settings import Settings

HOST = "127.0.0.1"
SERVICE = "documents"
_PAUSE_S = 0.05
_LIMIT_S = 240.0
_HERE = Path(__file__).parent


@dataclass
class Office:
    """A running stack, the processes started so far, and the operator's connection."""

    stack: Stack
    operator: Client
    http_port: int
    kept: dict[str, KeptProcess] = field(default_factory=dict)

    async def start(self, *names: str) -> None:
        """Start processes by name and return when each says it is ready."""
        for process in office_processes(self.stack, HOST, self.http_port):
            if process.name in names:
                log = self.stack.folder / "log" / f"{process.name}.log"
                self.kept[process.name] = KeptProcess(process, log, silent, lambda: None)
                await self.kept[process.name].start()
        for name in names:
            while not await service_ready(self.operator, name, HOST, self.http_port):
                await asyncio.sleep(_PAUSE_S)

    async def stop(self, *names: str) -> None:
        """Stop processes by name, all of them without names."""
        for name in names or tuple(self.kept):
            await self.kept.pop(name).stop()

    async def head(self) -> int:
        """The log's last sequence."""
        return int((await self._stream())["last_seq"])

    async def log_bytes(self) -> int:
        """What the broker says the log takes, bytes before compression."""
        return int((await self._stream())["bytes"])

    async def _stream(self) -> dict[str, Any]:
        reply = await self.operator.request("$JS.API.STREAM.INFO.EVENTS", b"", timeout=10)
        state: dict[str, Any] = json.loads(reply.data)["state"]
        return state

    async def positions(self, service: str = SERVICE) -> dict[str, int]:
        """Every position of a service's followers."""
        database = await asyncpg.connect(self.stack.database_url(service))
        try:
            return {name: found.position for name, found in (await checkpoints(database)).items()}
        finally:
            await database.close()

    async def caught_up(self, service: str = SERVICE, *, policies: bool = True) -> float:
        """Wait until every follower of a service is at the log's head; return how many seconds that took."""
        running = asyncio.get_running_loop()
        begun = running.time()
        while running.time() - begun < _LIMIT_S:
            head, positions = await self.head(), await self.positions(service)
            wanted = {name: at for name, at in positions.items() if policies or not name.startswith("policy.")}
            if wanted and min(wanted.values()) >= head == await self.head():
                return running.time() - begun
            await asyncio.sleep(_PAUSE_S)
        raise TimeoutError(f"the log ends at {head}, the followers stand at {positions}")

    async def token(self) -> str:
        """A console token of a clerk who may also direct."""
        database = await asyncpg.connect(self.stack.database_url(CONSOLE))
        try:
            return await tokens.create(
                database, "user:lan", "Nguyễn Thị Lan", ["clerk", "leader"], "VPTU", 1, "user:bench"
            )
        finally:
            await database.close()

    def request(self, subject: str) -> dict[str, Any]:
        """What the load generator must be told to ask on a subject as the console does."""
        password = self.stack.credentials.nats[CONSOLE]
        return {"url": self.stack.nats_url, "user": CONSOLE, "password": password, "over": "nats", "subject": subject}

    async def ask(self, service: str, questions: Mapping[str, Sequence[Query]], duration_s: float) -> dict[str, Any]:
        """Measure questions by their names, one request at a time, each for so long and its wordings in turn."""
        measured = {}
        for name, wordings in questions.items():
            choices = [wording.model_dump(mode="json", exclude_defaults=True) for wording in wordings]
            task = {"words": "given", "choices": choices, "seconds": duration_s, "clients": 1}
            subject = f"query.{service}.{wire_name(type(wordings[0]))}"
            measured[name] = await generate("load.py", {**self.request(subject), **task})
        return measured

    def settings(self, user: str = SERVICE) -> Settings:
        """Settings of a process of this user."""
        return Settings.from_environment(
            {
                "MOTMOI_NATS_URL": self.stack.nats_url,
                "MOTMOI_NATS_USER": user,
                "MOTMOI_NATS_PASSWORD": self.stack.credentials.nats[user],
                "MOTMOI_DATABASE_URL": self.stack.database_url(user),
            }
        )

    def processor_seconds(self) -> dict[str, float]:
        """What each process has used of the processors so far, seconds."""
        used = {name: seconds([kept.pid]) for name, kept in self.kept.items() if kept.pid}
        postgres = seconds(family(self.stack.postgres.pid))
        return {**used, "nats-server": seconds([self.stack.nats.pid]), "postgres": postgres}

    def memory(self) -> dict[str, float]:
        """Resident memory of each process, MB; PostgreSQL's processes together, pages they share counted once."""
        sizes = {name: memory_mb([kept.pid], "Rss") for name, kept in self.kept.items() if kept.pid}
        postgres = memory_mb(family(self.stack.postgres.pid), "Pss")
        return {**sizes, "nats-server": memory_mb([self.stack.nats.pid], "Rss"), "postgres": postgres}

    async def disk(self) -> dict[str, float]:
        """What the log and the database take on disk, MB, and the log before compression."""
        return {
            "log": folder_mb(self.stack.folder / "nats"),
            "log before compression": round(await self.log_bytes() / 1e6, 1),
            "database with its write-ahead log": folder_mb(self.stack.postgres_folder),
        }


async def generate(program: str, task: dict[str, Any]) -> dict[str, Any]:
    """Run a load program of this folder as a process of its own and return what it measured."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        str(_HERE / program),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    output, _ = await process.communicate(json.dumps(task).encode() + b"\n")
    if process.returncode:
        raise RuntimeError(f"{program} ended with status {process.returncode}: {task.get('subject', '')}")
    measured: dict[str, Any] = json.loads(output)
    return measured


@asynccontextmanager
async def running(folder: Path) -> AsyncIterator[Office]:
    """Start an empty office in the folder, its servers only; stop everything at the end."""
    stack = Stack(folder / "office", SERVICES, nats_port=0, postgres_port=0, state_folder=folder / "state")
    async with stack:
        await stack.provision()
        operator = await nats.connect(
            stack.nats_url,
            user=OPERATOR,
            password=stack.credentials.nats[OPERATOR],
            inbox_prefix=f"_INBOX.{OPERATOR}",
            pending_size=64 * 1024 * 1024,
        )
        office = Office(stack, operator, choose_port("console", 0, silent))
        try:
            yield office
        finally:
            await office.stop()
            await operator.close()
