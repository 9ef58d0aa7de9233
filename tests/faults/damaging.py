"""An office that can be stopped, damaged behind its back, and started again; and the ways to damage it."""

import asyncio
import json
import os
import shutil
import sys
from pathlib import Path
from typing import Any
from uuid import uuid4

import asyncpg
import nats
from judging import MODELS, Judge
from nats.aio.client import Client
from workload import Workload

from deploy import SERVICES
from deploy.credentials import OPERATOR
from services.ops.supervisor import Supervisor
from services.runtime.follow import Message, Reader

NOTHING_DIFFERS = dict.fromkeys((model.name for model in MODELS), (0, True))
BLOCK_BYTES = 8 * 1024 * 1024
"""Messages of a block, before the broker begins the next one and compresses this."""


class Desk:
    """An office on one folder, started and stopped by the test, and the one workload that lasts through all of it."""

    def __init__(self, place: Path, seed: int) -> None:
        """Keep everything below `place`."""
        self.folder = place / "office"
        self._state = place / "state"
        self._seed = seed
        self._port: int | None = 0
        self.running: Supervisor
        self.workload: Workload

    async def start(self) -> None:
        """Start the office; the ports of the first start stay."""
        port = self._port
        self.running = Supervisor(
            self.folder,
            nats_port=port,
            postgres_port=port,
            http_port=0,
            say=lambda **_: None,
            state_folder=self._state,
        )
        self._port = None
        await self.running.start()

    async def stop(self) -> None:
        """Stop everything in order."""
        await self.running.stop()

    async def open(self) -> None:
        """Start for the first time, with clients."""
        await self.start()
        self.workload = await Workload(self.running.stack, self._seed).__aenter__()

    async def close(self) -> None:
        """Stop for good."""
        await self.workload.__aexit__()
        await self.running.stop()

    async def operator(self) -> Client:
        """A connection that may do everything."""
        return await nats.connect(
            self.running.stack.nats_url,
            user=OPERATOR,
            password=self.running.stack.credentials.nats[OPERATOR],
            inbox_prefix=f"_INBOX.{OPERATOR}",
        )

    async def stream(self, name: str = "EVENTS") -> dict[str, Any]:
        """The broker's state of a stream."""
        client = await self.operator()
        try:
            answer = json.loads((await client.request(f"$JS.API.STREAM.INFO.{name}", b"", timeout=20)).data)
        finally:
            await client.close()
        return dict(answer["state"])

    async def log(self) -> list[Message]:
        """The whole log as it is read."""
        last, messages = (await self.stream())["last_seq"], list[Message]()
        reader = await Reader(Judge(self.running.stack).settings(OPERATOR), "test").open(0)
        try:
            async with asyncio.timeout(60):
                while len(messages) < last:
                    messages += (await reader.batch()).messages
        finally:
            reader.close()
        return messages

    async def work(self, seconds: float = 2) -> None:
        """Keep clients busy for a while; every command is accepted in the end."""
        await self.workload.during(lambda: asyncio.sleep(seconds), clients=8)

    async def at_rest(self) -> list[Message]:
        """Wait until all followers of all services, and the archive, have come to the end; return the log."""
        async with asyncio.timeout(60):
            while True:
                log = await self.log()
                positions = [position for service in SERVICES for position in await self.positions(service)]
                if positions and min(positions) == log[-1].sequence:
                    return log
                await asyncio.sleep(0.2)

    async def positions(self, service: str) -> list[int]:
        """Where the followers of a service stand."""
        connection = await self.database(service)
        try:
            return [row[0] for row in await connection.fetch("SELECT position FROM checkpoints")]
        finally:
            await connection.close()

    async def database(self, role: str) -> Any:
        """A connection as a service."""
        return await asyncpg.connect(self.running.stack.database_url(role))

    async def execute(self, role: str, *statements: str) -> None:
        """Change something by SQL, as whoever has got the password."""
        connection = await self.database(role)
        try:
            for statement in statements:
                await connection.execute(statement)
        finally:
            await connection.close()

    async def refusal(self) -> dict[str, Any]:
        """The answer to one command, given once."""
        client = self.workload.clients[0]
        words = {
            "organ": "VPTU",
            "register_name": "x",
            "document_type": "Công văn",
            "summary": "Về việc thử",
            "issuer": "Sở",
        }
        meta = {
            "command_id": str(uuid4()),
            "actor": {"id": "user:lan", "name": "Lan", "roles": ["clerk"]},
            "correlation_id": "refusal",
        }
        body = json.dumps({"meta": meta, "data": {**words, "issued_on": "2025-11-03"}}).encode()
        return dict(json.loads((await client.request("command.documents.register-incoming", body, timeout=30)).data))

    async def motmoi(self, *arguments: str, code: int = 0) -> dict[str, Any]:
        """Run a command of the line as the operator would and return its JSON."""
        status, output, errors = await self.command(*arguments)
        assert status == code, (status, output, errors)
        found = json.loads(output)
        return dict(found) if isinstance(found, dict) else {"rows": found}

    async def command(self, *arguments: str) -> tuple[int, str, str]:
        """Run a command of the line; return its exit code, its output and its errors."""
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "services.ops", *arguments, "--data", str(self.folder), "--json"),
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            env=command_environment(),
        )
        output, errors = await process.communicate()
        return process.returncode or 0, output.decode(), errors.decode()

    async def well(self, before: list[Message]) -> None:
        """The log is as it was, and everything agrees with it."""
        assert (await self.log())[: len(before)] == before
        verified = await self.motmoi("verify")
        assert verified["well"], verified["findings"]

    async def sound(self, before: list[Message]) -> None:
        """Everything is as it was and goes on: same log, verified, commands accepted, read models as folded anew."""
        await self.well(before)
        await self.work(1)
        judge = Judge(self.running.stack)
        assert (await judge.verdict(self.workload)).faults() == {}
        assert await judge.rebuilt() == NOTHING_DIFFERS

    # --- damage ------------------------------------------------------------------------------------------------------

    def blocks(self) -> list[Path]:
        """The log's block files, oldest first."""
        found = (self.folder / "nats").glob("jetstream/*/streams/EVENTS/msgs/*.blk")
        return sorted((path for path in found if path.stat().st_size), key=lambda path: int(path.stem))

    def remove_index(self) -> None:
        """Take away what the broker remembers of its blocks."""
        for path in (self.folder / "nats").glob("jetstream/*/streams/EVENTS/msgs/index.db"):
            path.unlink()

    def remove_store(self) -> None:
        """Take away everything the broker has."""
        shutil.rmtree(self.folder / "nats")


def flip(path: Path, part: float = 0.5) -> None:
    """Flip one bit of a file."""
    with path.open("r+b") as stream:
        stream.seek(int(path.stat().st_size * part))
        byte = stream.read(1)[0]
        stream.seek(-1, os.SEEK_CUR)
        stream.write(bytes([byte ^ 4]))


def cut(path: Path, part: float = 0.5) -> None:
    """Cut a file short."""
    os.truncate(path, int(path.stat().st_size * part))


def command_environment() -> dict[str, str]:
    """The environment of somebody at a terminal, who reads English."""
    return {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "MOTMOI_LANG": "en"}
