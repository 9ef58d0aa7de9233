"""Work done by a process of its own: told by one line on its stdin, heard line by line on its stdout, ended with stdin.

The process stops, and may tidy up, on SIGINT, on SIGTERM and when its parent lets go of its stdin or dies.
"""

import asyncio
import contextlib
import gc
import json
import os
import signal
import sys
from collections.abc import Callable, Coroutine, Mapping
from typing import Any, TextIO

import uvloop

Words = Mapping[str, Any]
Say = Callable[[Words], None]
_FAREWELL_S = 30
_LONGEST_LINE = 2**26


async def have_done(
    module: str, *arguments: str, task: Words, hear: Callable[[dict[str, Any]], None], environment: Mapping[str, str]
) -> int:
    """Start `python -m module`, give it its task, hear what it says, and return its exit status.

    Cancelled, it tells the process to stop and waits until it has.
    """
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", module, *arguments),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        env=dict(environment),
        limit=_LONGEST_LINE,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        with contextlib.suppress(ConnectionError):
            process.stdin.write(json.dumps(task).encode() + b"\n")
            await process.stdin.drain()
        async for line in process.stdout:
            hear(json.loads(line))
        return await process.wait()
    finally:
        process.stdin.close()
        await _gone(process)


async def _gone(process: asyncio.subprocess.Process) -> None:
    """Wait for a process that was told to stop; end it when it does not."""
    try:
        async with asyncio.timeout(_FAREWELL_S):
            await process.wait()
    except TimeoutError:
        process.kill()
        await process.wait()


def do_apart(work: Callable[[dict[str, Any], Say], Coroutine[Any, Any, None]]) -> None:
    """Be such a process: do `work(task, say)`; whatever else writes to stdout goes to stderr."""
    told = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    # What is loaded now stays: the collector need not look at it, nor so often at what passes through.
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)
    with contextlib.suppress(asyncio.CancelledError):
        uvloop.run(_until_told_to_stop(work, told))


async def _until_told_to_stop(work: Callable[[dict[str, Any], Say], Coroutine[Any, Any, None]], told: TextIO) -> None:
    loop, task = asyncio.get_running_loop(), asyncio.current_task()
    assert task is not None
    lines = asyncio.StreamReader(limit=_LONGEST_LINE)
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), sys.stdin)
    stopping = False

    def stop() -> None:
        nonlocal stopping
        if not stopping:  # once: tidying up must not be cut short
            stopping = True
            task.cancel()

    def say(words: Words) -> None:
        with contextlib.suppress(BrokenPipeError):
            told.write(json.dumps(words, ensure_ascii=False) + "\n")
            told.flush()

    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop)
    asked = json.loads(await lines.readline())
    parent = loop.create_task(lines.read())
    parent.add_done_callback(lambda _: stop())
    await work(asked, say)
    stopping = True
    parent.cancel()
