"""The supervisor of an office on one machine: servers, provisioning and services, kept alive and stopped in order."""

import asyncio
import json
import os
import signal
from collections.abc import Callable, Coroutine, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import nats
from nats.aio.client import Client

from deploy import SERVICES
from deploy.child import end_leftover, last_lines
from deploy.credentials import CONSOLE, OPERATOR
from deploy.files import read_json, write_durably
from deploy.messages import DeployError, Say
from deploy.ports import choose_port
from deploy.postgres_place import STATE_FOLDER
from deploy.stack import Stack
from services.ops.keeping import STOP_LIMIT_S, KeptProcess, keep_server
from services.ops.language import say as say_aloud
from services.ops.processes import Process, office_processes, service_health, service_ready

RUN_FILE = "run.json"
HTTP_PORT = 8460
READY_LIMIT_S = 120.0
POLL_S = 0.05

Plan = Callable[[Stack, str, int], Sequence[Process]]


class Supervisor:
    """Runs an office on `folder` until it is told to stop; `run.json` in the folder says what runs.

    Ports follow the rules of `Stack`; the console's page has port `http_port` or the next free one. `fast`,
    `state_folder` and `brokers` are those of `Stack`. `plan` names the processes once the servers' addresses are known.
    """

    def __init__(
        self,
        folder: Path,
        *,
        plan: Plan = office_processes,
        services: Sequence[str] = SERVICES,
        nats_port: int | None = None,
        postgres_port: int | None = None,
        http_host: str = "127.0.0.1",
        http_port: int = HTTP_PORT,
        say: Say = say_aloud,
        fast: bool = False,
        state_folder: Path = STATE_FOLDER,
        brokers: int = 1,
    ) -> None:
        self.stack = Stack(
            folder,
            services,
            nats_port=nats_port,
            postgres_port=postgres_port,
            say=say,
            fast=fast,
            state_folder=state_folder,
            brokers=brokers,
        )
        self.http_host = http_host
        self.http_port = http_port
        self.kept: list[KeptProcess] = []
        self._plan = plan
        self._say = say
        self._run_file = self.stack.folder / RUN_FILE
        self._server_keepers: list[asyncio.Task[None]] = []
        self._started_at = datetime.now(UTC)
        self._stopping = asyncio.Event()
        self.ready = asyncio.Event()

    async def run(self) -> None:
        """Start everything, keep it alive, and return after SIGINT or SIGTERM when all has stopped.

        Raises DeployError, with nothing left running, when something does not start.
        """
        loop = asyncio.get_running_loop()
        for chosen in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(chosen, self.request_stop)
        try:
            starting = asyncio.create_task(self.start())
            stopping = asyncio.create_task(self._stopping.wait())
            await asyncio.wait((starting, stopping), return_when=asyncio.FIRST_COMPLETED)
            if not starting.done():
                starting.cancel()
                await asyncio.gather(starting, return_exceptions=True)
            else:
                await starting
                await stopping
        finally:
            stopping.cancel()
            await self.stop()
            for chosen in (signal.SIGINT, signal.SIGTERM):
                loop.remove_signal_handler(chosen)

    def request_stop(self) -> None:
        """Let `run` stop everything and return; for signal handlers, and for whoever runs it inside a program."""
        self._stopping.set()

    async def start(self) -> None:
        """Start servers, provision them, start the processes, and return when all say they are ready."""
        self._started_at = datetime.now(UTC)
        await self.stack.start()
        await self._end_leftovers()
        self._say(vi="Đang chuẩn bị nhật ký sự kiện và cơ sở dữ liệu…", en="Preparing the event log and the database…")
        await self.stack.provision()
        self._server_keepers = [
            asyncio.create_task(keep_server(server, self._restarting(name), self._say))
            for name, server in self.stack.servers.items()
        ]
        self.http_port = choose_port("console", self.http_port, self._say)
        for process in self._plan(self.stack, self.http_host, self.http_port):
            log = self.stack.folder / "log" / f"{process.name}.log"
            kept = KeptProcess(process, log, self._say, self._write_state)
            self.kept.append(kept)
            await kept.start()
        await self._wait_until_ready()
        self.ready.set()

    async def stop(self) -> None:
        """Stop the processes together, then NATS, then PostgreSQL; harmless when nothing runs."""
        ran = bool(self._server_keepers or self.kept)
        if ran:
            self._say(vi="Đang dừng các dịch vụ…", en="Stopping the services…")
        await asyncio.gather(*(kept.stop() for kept in self.kept))
        for keeper in self._server_keepers:
            keeper.cancel()
        await asyncio.gather(*self._server_keepers, return_exceptions=True)
        self.kept, self._server_keepers = [], []
        if ran:
            self._run_file.unlink(missing_ok=True)
        await self.stack.stop()
        if ran:
            self._say(vi="Đã dừng toàn bộ.", en="Everything has stopped.")

    def _restarting(self, name: str) -> Callable[[], Coroutine[Any, Any, None]]:
        async def restart_and_record() -> None:
            await self.stack.restart(name)
            self._write_state()

        return restart_and_record

    async def _end_leftovers(self) -> None:
        for name, left in read_json(self._run_file).get("processes", {}).items():
            if left.get("pid") and await end_leftover(left["pid"], left["identity"], signal.SIGTERM, STOP_LIMIT_S):
                self._say(
                    vi=f"Đã dừng {name} còn sót lại từ lần chạy trước (tiến trình {left['pid']}).",
                    en=f"Ended {name} left over from an earlier run (process {left['pid']}).",
                )

    async def _wait_until_ready(self) -> None:
        client = await nats.connect(
            self.stack.nats_url.split(","),
            user=OPERATOR,
            password=self.stack.credentials.nats[OPERATOR],
            inbox_prefix=f"_INBOX.{OPERATOR}".encode(),
            name="supervisor",
            max_reconnect_attempts=-1,
            reconnect_time_wait=0.2,
        )
        try:
            for kept in self.kept:
                name = kept.process.name
                self._say(vi=f"Đang chờ {name} sẵn sàng…", en=f"Waiting for {name} to be ready…")
                try:
                    async with asyncio.timeout(READY_LIMIT_S):
                        await self._until_ready(client, name)
                except TimeoutError as error:
                    raise _never_ready(kept) from error
            await self._say_what_is_wrong(client)
        finally:
            await client.close()

    async def _until_ready(self, client: Client, name: str) -> None:
        while True:
            if await service_ready(client, name, self.http_host, self.http_port):
                return
            await asyncio.sleep(POLL_S)

    async def _say_what_is_wrong(self, client: Client) -> None:
        for kept in self.kept:
            name = kept.process.name
            health = await service_health(client, name) if name != CONSOLE else None
            if health and health.get("status") != "ok":
                reason = health.get("reason") or "; ".join(health.get("stopped", {}).values())
                self._say(
                    vi=f"{name} không làm việc được: {reason}. Đề nghị chạy: motmoi verify",
                    en=f"{name} cannot work: {reason}. Run: motmoi verify",
                )

    def _write_state(self) -> None:
        state = {
            "started_at": self._started_at.isoformat(),
            "pid": os.getpid(),
            "http": {"host": self.http_host, "port": self.http_port},
            "servers": {
                name: {"port": server.port, "pid": server.pid, "restarts": server.restarts}
                for name, server in self.stack.servers.items()
            },
            "processes": {kept.process.name: kept.record() for kept in self.kept},
        }
        write_durably(self._run_file, json.dumps(state, indent=2) + "\n")


def _never_ready(kept: KeptProcess) -> DeployError:
    name, lines = kept.process.name, last_lines(kept.log)
    return DeployError(
        vi=f"{name} chưa sẵn sàng sau {READY_LIMIT_S:.0f} giây. Những dòng cuối của {kept.log}:\n{lines}",
        en=f"{name} is not ready after {READY_LIMIT_S:.0f} seconds. The last lines of {kept.log}:\n{lines}",
    )
