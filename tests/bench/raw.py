"""What the servers do by themselves, by their clients' public calls: what everything else is compared with."""

import asyncio
import json
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from typing import Any

import asyncpg
import nats
import uvloop
from nats.aio.client import Client
from nats.aio.msg import Msg

_BODY = json.dumps([{"specversion": "1.0", "type": "raw.Written", "data": {"text": "x" * 400}}]).encode()


async def connect(task: dict[str, Any]) -> Client:
    """Connect as the task's user."""
    inbox = f"_INBOX.{task['user']}".encode()
    return await nats.connect(task["url"], user=task["user"], password=task["password"], inbox_prefix=inbox)


async def timed(work: Callable[[int], Awaitable[Any]], seconds: float, clients: int) -> dict[str, Any]:
    """Call `work(client)` again and again from so many clients, and return rate and times."""
    latencies: list[float] = []
    begun = time.perf_counter()
    until = begun + seconds

    async def client(number: int) -> None:
        while (started := time.perf_counter()) < until:
            await work(number)
            latencies.append(time.perf_counter() - started)

    await asyncio.gather(*(client(number) for number in range(clients)))
    elapsed = time.perf_counter() - begun
    latencies.sort()
    return {
        "count": len(latencies),
        "per_s": round(len(latencies) / elapsed, 1),
        "p50_ms": round(latencies[len(latencies) // 2] * 1000, 3),
        "p99_ms": round(latencies[int((len(latencies) - 1) * 0.99)] * 1000, 3),
        "clients": clients,
    }


async def publishes(client: Client, seconds: float) -> dict[str, Any]:
    """One synced message after another, 64 at once, and an atomic batch of two, on a stream with the log's options."""
    last: dict[int, int] = {}

    async def publish(number: int) -> None:
        headers = {"Nats-Expected-Last-Subject-Sequence": str(last.get(number, 0))}
        answer = json.loads((await client.request(f"raw.one.{number}", _BODY, timeout=10, headers=headers)).data)
        last[number] = answer["seq"]

    alone = await timed(publish, seconds, 1)
    together = await timed(publish, seconds, 64)
    batches = iter(range(1_000_000))

    async def batch(_: int) -> None:
        headers = {"Nats-Batch-Id": f"b{next(batches)}", "Nats-Batch-Sequence": "1"}
        await client.publish("raw.two.a", _BODY, headers=headers)
        headers = {**headers, "Nats-Batch-Sequence": "2", "Nats-Batch-Commit": "1"}
        assert "error" not in json.loads((await client.request("raw.two.b", _BODY, timeout=10, headers=headers)).data)

    return {
        "publish alone": alone,
        "publish, 64 at once": together,
        "atomic batch of 2": await timed(batch, seconds, 1),
    }


async def inserts(url: str, seconds: float) -> dict[str, Any]:
    """One row a statement, committed to disk, 64 at once through asyncpg."""
    pool = await asyncpg.create_pool(url, min_size=64, max_size=64)
    await pool.execute("CREATE TABLE raw_inserts (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, body bytea)")

    async def insert(_: int) -> None:
        await pool.execute("INSERT INTO raw_inserts (body) VALUES ($1)", _BODY)

    try:
        return await timed(insert, seconds, 64)
    finally:
        await pool.execute("DROP TABLE raw_inserts")
        await pool.close()


async def measure(task: dict[str, Any]) -> dict[str, Any]:
    """Return every baseline but the empty round trip, which the load generator measures against `echo`."""
    client = await connect(task)
    try:
        return {
            **await publishes(client, task["seconds"]),
            "PostgreSQL insert, 64 at once": await inserts(task["database"], task["seconds"]),
        }
    finally:
        await client.close()


async def echo(task: dict[str, Any]) -> None:
    """Answer requests on `raw.echo` until the input ends."""
    client = await connect(task)

    async def answer(message: Msg) -> None:
        await message.respond(b"ok")

    await client.subscribe("raw.echo", cb=answer)
    await client.flush()
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    await asyncio.to_thread(sys.stdin.read)
    await client.close()


def start_echo(task: dict[str, Any]) -> "subprocess.Popen[str]":
    """Start the echo in a process of its own and return when it answers; it ends when its input is closed."""
    command = [sys.executable, __file__]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(json.dumps({**task, "echo": True}) + "\n")
    process.stdin.flush()
    process.stdout.readline()
    return process


if __name__ == "__main__":
    asked = json.loads(sys.stdin.readline())
    if asked.get("echo"):
        uvloop.run(echo(asked))
    else:
        json.dump(uvloop.run(measure(asked)), sys.stdout)
