"""What does the harm: SIGKILL, and SIGSTOP with SIGCONT, on services and servers, by a seed."""

import asyncio
import os
import random
import signal
from contextlib import suppress
from pathlib import Path

from services.ops.supervisor import Supervisor

TARGETS = ("documents", "documents-follow", "nats", "postgres")
_LONGEST_STOP_S = 4.0
_LONGEST_PAUSE_S = 5.0


class Chaos:
    """Harms one target, now and then two at once; the supervisor brings the dead back."""

    def __init__(self, running: Supervisor, seed: int) -> None:
        """Choose by the seed."""
        self._running = running
        self._random = random.Random(seed)
        self.done: list[str] = []

    def pid(self, target: str) -> int | None:
        """The process id of a target, None while it is not running."""
        servers = self._running.stack.servers
        if target in servers:
            return servers[target].pid if servers[target].alive else None
        (kept,) = (kept for kept in self._running.kept if kept.process.name == target)
        return kept.pid if kept.alive else None

    def kill(self, target: str) -> None:
        """End a target without warning."""
        pid = self.pid(target)
        if pid is not None:
            self.done.append(f"kill {target}")
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    async def freeze(self, target: str, seconds: float) -> None:
        """Stop a target and its children for a while, then let them go on."""
        pid = self.pid(target)
        if pid is None:
            return
        self.done.append(f"freeze {target} {seconds:.1f} s")
        frozen = _family(pid)
        try:
            _signal(frozen, signal.SIGSTOP)
            await asyncio.sleep(seconds)
        finally:
            _signal(frozen, signal.SIGCONT)

    async def at_random(self, seconds: float) -> None:
        """Do harm at random for so long."""
        until = asyncio.get_running_loop().time() + seconds
        while asyncio.get_running_loop().time() < until:
            await asyncio.sleep(self._random.uniform(0.5, _LONGEST_PAUSE_S))
            targets = self._random.sample(TARGETS, self._random.choice((1, 1, 1, 2)))
            if self._random.random() < 0.6:
                for target in targets:
                    self.kill(target)
            else:
                stop_s = self._random.uniform(0.2, _LONGEST_STOP_S)
                await asyncio.gather(*(self.freeze(target, stop_s) for target in targets))


def _family(pid: int) -> list[int]:
    children = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            fields = path.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
            if int(fields[1]) == pid:
                children.append(int(path.parent.name))
    return [pid, *children]


def _signal(pids: list[int], chosen: signal.Signals) -> None:
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, chosen)
