"""Keeping one process alive: started, watched, started again after a pause that grows while it keeps dying."""

import asyncio
import signal
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path

from deploy.child import Child, identity, spawn
from deploy.messages import DeployError, Say
from deploy.server import Server
from services.ops.processes import Process

FIRST_PAUSE_S = 0.2
LONGEST_PAUSE_S = 5.0
STEADY_LIFE_S = 30.0
STOP_LIMIT_S = 10.0


class Backoff:
    """Pauses between restarts, seconds: 0.2 doubling to 5, from the beginning after 30 seconds of life."""

    def __init__(self) -> None:
        self._pause_s = FIRST_PAUSE_S

    def pause_after(self, life_s: float) -> float:
        """The pause before the next start of what just died after `life_s` seconds."""
        if life_s >= STEADY_LIFE_S:
            self._pause_s = FIRST_PAUSE_S
        pause_s = self._pause_s
        self._pause_s = min(pause_s * 2, LONGEST_PAUSE_S)
        return pause_s


class KeptProcess:
    """A process that is started again whenever it ends; `changed` is called after every start."""

    def __init__(self, process: Process, log: Path, say: Say, changed: Callable[[], None]) -> None:
        self.process = process
        self.log = log
        self.restarts = 0
        self.started_at: datetime | None = None
        self._say = say
        self._changed = changed
        self._child: Child | None = None
        self._task: asyncio.Task[None] | None = None

    @property
    def pid(self) -> int | None:
        """The process id of the latest start."""
        return self._child.pid if self._child else None

    @property
    def alive(self) -> bool:
        """Whether it runs now, rather than waiting for its next start."""
        return self._child is not None and self._child.alive

    async def start(self) -> None:
        """Start it and watch it from now on."""
        await self._spawn()
        self._task = asyncio.create_task(self._keep(), name=f"keep {self.process.name}")

    async def stop(self) -> None:
        """End it for good: SIGTERM, and SIGKILL after 10 seconds."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        if self._child is not None:
            await self._child.stop(signal.SIGTERM, STOP_LIMIT_S)

    def record(self) -> dict[str, object]:
        """What `run.json` says of it."""
        return {
            "pid": self.pid,
            "identity": identity(self.pid) if self.pid else None,
            "restarts": self.restarts,
            "started_at": self.started_at.isoformat() if self.started_at else None,
            "log": str(self.log),
        }

    async def _spawn(self) -> None:
        self._child = await spawn(
            self.process.argv,
            log=self.log,
            environment=self.process.environment,
            folder=Path.cwd(),
            niceness=self.process.niceness,
        )
        self.started_at = datetime.now(UTC)
        self._changed()

    async def _keep(self) -> None:
        backoff = Backoff()
        while self._child is not None:
            begun = time.monotonic()
            status = await self._child.wait()
            pause_s = backoff.pause_after(time.monotonic() - begun)
            name = self.process.name
            self._say(
                vi=f"{name} đã dừng (mã {status}); khởi động lại sau {pause_s:.1f} giây. Nhật ký: {self.log}",
                en=f"{name} ended (status {status}); starting again in {pause_s:.1f} seconds. Log: {self.log}",
            )
            await asyncio.sleep(pause_s)
            self.restarts += 1
            await self._spawn()


async def keep_server(server: Server, restart: Callable[[], Awaitable[None]], say: Say) -> None:
    """Call `restart` whenever `server` ends, for ever; a start that fails is said and tried again after a pause."""
    backoff = Backoff()
    while True:
        begun = time.monotonic()
        status = await server.wait()
        pause_s = backoff.pause_after(time.monotonic() - begun)
        say(
            vi=f"{server.name} đã dừng (mã {status}); khởi động lại sau {pause_s:.1f} giây.",
            en=f"{server.name} ended (status {status}); starting again in {pause_s:.1f} seconds.",
        )
        await asyncio.sleep(pause_s)
        try:
            await restart()
        except DeployError as error:
            say(vi=error.vi, en=error.en)
        else:
            say(vi=f"{server.name} đã hoạt động trở lại.", en=f"{server.name} is back.")
