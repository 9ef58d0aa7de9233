"""What the processes of an office use, as Linux tells it."""

import os
from collections.abc import Iterable
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")


def family(pid: int) -> list[int]:
    """Return a process and its children."""
    return [pid, *(child for path in Path("/proc").glob("[0-9]*") if _parent(child := int(path.name)) == pid)]


def seconds(pids: Iterable[int]) -> float:
    """Return the processor time of processes and of their children that have ended, seconds."""
    return sum(sum(map(int, _status(pid)[11:15])) for pid in pids) / _TICKS


def memory_mb(pids: Iterable[int], kind: str) -> float:
    """Return the memory of processes, MB: `Rss` for all that is resident, `Pss` with shared pages divided."""
    total = 0
    for pid in pids:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii", errors="replace").splitlines()
        total += sum(int(line.split()[1]) for line in lines if line.startswith(f"{kind}:"))
    return round(total * 1024 / 1e6, 1)


def folder_mb(folder: Path) -> float:
    """Return what a folder takes on disk, MB."""
    files = (os.path.join(path, name) for path, _, names in os.walk(folder) for name in names)
    return round(sum(os.stat(file).st_blocks * 512 for file in files) / 1e6, 1)


def _status(pid: int) -> list[str]:
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
    except OSError:  # it has just ended
        return ["Z", "0", *["0"] * 20]


def _parent(pid: int) -> int:
    return int(_status(pid)[1])
