"""One server as a child process: started until it really answers, restarted on the same port, stopped."""

import asyncio
import signal
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from deploy.child import POLL_S, Account, Child, last_lines, spawn
from deploy.messages import DeployError, Say
from deploy.ports import choose_port

ATTEMPTS = 5
PAUSE_S = 0.3
TAKEN_S = 3.0


@dataclass(frozen=True)
class Recipe:
    """How a server is started: its command for a port, and the question that shows it answers (False: not yet)."""

    name: str
    command: Callable[[int], Awaitable[Sequence[str]]]
    answers: Callable[[int], Awaitable[bool]]
    environment: Mapping[str, str]
    stop_signal: signal.Signals
    stop_timeout_s: float
    account: Account | None = None


class Server:
    """A server by its recipe; `port`, `pid` and `restarts` tell what runs now."""

    def __init__(self, recipe: Recipe, log: Path, asked_port: int, say: Say, ready_timeout_s: float) -> None:
        self._recipe = recipe
        self._log = log
        self._say = say
        self._ready_timeout_s = ready_timeout_s
        self._child: Child | None = None
        self.port = asked_port
        self.restarts = 0

    @property
    def name(self) -> str:
        """The name people read in messages."""
        return self._recipe.name

    @property
    def stop_signal(self) -> signal.Signals:
        """The signal that ends it in good order."""
        return self._recipe.stop_signal

    @property
    def pid(self) -> int:
        """Its process id; raises RuntimeError before the first start."""
        return self._started().pid

    @property
    def alive(self) -> bool:
        """Whether it runs, as far as has been seen."""
        return self._child is not None and self._child.alive

    async def start(self) -> None:
        """Start on the wanted port or the next free one and return when it answers.

        A start that ends early is tried again, since a port may be taken between looking and listening and a killed
        server's last processes may still hold its files. Raises DeployError with the last lines of the log.
        """
        await self._start(port_may_move=True)

    async def restart(self) -> None:
        """Start again after its death, on the same port, since its clients know no other; ends it first if it runs."""
        await self.stop()
        self.restarts += 1
        await self._start(port_may_move=False)

    async def stop(self) -> None:
        """End it in good order, or by force after its time limit; returns when it is gone."""
        if self._child is not None:
            await self._child.stop(self._recipe.stop_signal, self._recipe.stop_timeout_s)

    async def wait(self) -> int:
        """Wait until it ends; a negative number is the signal that ended it."""
        return await self._started().wait()

    async def _start(self, *, port_may_move: bool) -> None:
        for attempt in range(ATTEMPTS):
            if attempt:
                await asyncio.sleep(PAUSE_S)
            if port_may_move:
                self.port = choose_port(self.name, self.port, self._say)
            command = await self._recipe.command(self.port)
            self._child = await spawn(
                command,
                log=self._log,
                environment=self._recipe.environment,
                death_signal=self._recipe.stop_signal,
                account=self._recipe.account,
            )
            if await self._ready(self._child):
                return
        raise self._failure("dừng ngay khi khởi động", "ended while starting")

    async def _ready(self, child: Child) -> bool:
        deadline = asyncio.get_running_loop().time() + self._ready_timeout_s
        try:
            while child.alive:
                if await self._answers(child) and child.alive:
                    return True
                if asyncio.get_running_loop().time() > deadline:
                    raise self._failure(
                        f"không trả lời sau {self._ready_timeout_s:.0f} giây",
                        f"does not answer after {self._ready_timeout_s:.0f} seconds",
                    )
                await asyncio.sleep(POLL_S)
        except BaseException:
            await self.stop()
            raise
        return False

    async def _answers(self, child: Child) -> bool:
        try:
            return await self._recipe.answers(self.port)
        except DeployError:
            # A stranger may have taken the port meanwhile and answer in our server's place, which then ends by itself.
            with suppress(TimeoutError):
                await asyncio.wait_for(child.wait(), TAKEN_S)
            if child.alive:
                raise
            return False

    def _failure(self, vi: str, en: str) -> DeployError:
        lines = last_lines(self._log)
        return DeployError(
            vi=f"{self.name} {vi}. Những dòng cuối của {self._log}:\n{lines}",
            en=f"{self.name} {en}. The last lines of {self._log}:\n{lines}",
        )

    def _started(self) -> Child:
        if self._child is None:
            raise RuntimeError(f"{self.name} has not been started")
        return self._child
