"""One child process: started so that it dies with us, told to stop, recognised when its supervisor is gone."""

import asyncio
import os
import signal
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

LAUNCHER = Path(__file__).with_name("launch.py")
LOG_LIMIT_BYTES = 10 * 1024 * 1024
POLL_S = 0.02


@dataclass(frozen=True)
class Account:
    """A user of the operating system a child may run as."""

    name: str
    user: int
    group: int


@dataclass(frozen=True)
class Child:
    """A running child; its output goes to `log`."""

    process: asyncio.subprocess.Process
    log: Path

    @property
    def pid(self) -> int:
        """The process id, the same from the launcher to the program it became."""
        return self.process.pid

    @property
    def alive(self) -> bool:
        """Whether its end has not been seen yet."""
        return self.process.returncode is None

    async def wait(self) -> int:
        """Wait for the end; a negative number is the signal that ended it."""
        return await self.process.wait()

    async def stop(self, stop_signal: signal.Signals, timeout_s: float) -> int:
        """Ask it to end, and kill it when `timeout_s` has passed; returns as `wait` does."""
        if self.alive:
            self._send(stop_signal)
            try:
                return await asyncio.wait_for(self.process.wait(), timeout_s)
            except TimeoutError:
                self._send(signal.SIGKILL)
        return await self.process.wait()

    def _send(self, chosen: signal.Signals) -> None:
        with suppress(ProcessLookupError):
            self.process.send_signal(chosen)


async def spawn(
    command: Sequence[str],
    *,
    log: Path,
    environment: Mapping[str, str],
    folder: Path = Path("/"),
    death_signal: signal.Signals = signal.SIGTERM,
    account: Account | None = None,
    niceness: int = 0,
) -> Child:
    """Start `command` (its first word an absolute path) in a session of its own, deaf to the terminal's Ctrl-C.

    It receives `death_signal` when the thread that called this ends. Its output is appended to `log`; a log over
    10 MB is set aside as `<name>.1` first.
    """
    _rotate(log)
    user, group = (account.user, account.group) if account else (-1, -1)
    numbers = (os.getpid(), int(death_signal), user, group, niceness)
    with log.open("ab") as output:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-I",
            "-S",
            str(LAUNCHER),
            *(str(number) for number in numbers),
            *command,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=output,
            stderr=asyncio.subprocess.STDOUT,
            env=dict(environment),
            cwd=folder,
            start_new_session=True,
        )
    return Child(process, log)


def last_lines(log: Path, lines: int = 12) -> str:
    """The end of a log, for an error message; empty when there is no log."""
    if not log.exists():
        return ""
    with log.open("rb") as stream:
        stream.seek(max(0, log.stat().st_size - 8192))
        return "\n".join(stream.read().decode("utf-8", "replace").splitlines()[-lines:])


def identity(pid: int) -> str | None:
    """What tells this process from a later one with the same number: boot and start tick; None when it is gone."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    except OSError:
        return None
    return None if fields[0] == "Z" else f"{boot}:{fields[19]}"


async def end_leftover(pid: int, known: str | None, stop_signal: signal.Signals, timeout_s: float) -> bool:
    """End a process a dead supervisor left behind; False when `pid` no longer is the process called `known`."""
    if known is None or identity(pid) != known:
        return False
    deadline = asyncio.get_running_loop().time() + timeout_s
    with suppress(ProcessLookupError):
        os.kill(pid, stop_signal)
        while identity(pid) == known:
            if asyncio.get_running_loop().time() > deadline:
                os.kill(pid, signal.SIGKILL)
            await asyncio.sleep(POLL_S)
    return True


def _rotate(log: Path) -> None:
    log.parent.mkdir(parents=True, exist_ok=True)
    if log.exists() and log.stat().st_size > LOG_LIMIT_BYTES:
        log.replace(log.with_name(f"{log.name}.1"))
