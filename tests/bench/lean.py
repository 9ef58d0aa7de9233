"""Closed loops over NATS and HTTP that cost the generator little, so that the service is what is measured."""

import asyncio
import json
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, cast
from urllib.parse import urlsplit

_GRACE_S = 20


@dataclass
class Measured:
    """What a loop measured: seconds of each round trip, and how each ended."""

    latencies: list[float] = field(default_factory=list)
    outcomes: Counter[str] = field(default_factory=Counter)
    warnings: int = 0
    seconds: float = 0.0
    sample: str | None = None

    def note(self, payload: bytes, started: float) -> None:
        """Keep one answer."""
        self.latencies.append(time.perf_counter() - started)
        if payload.startswith((b'{"outcome":"accepted"', b'{"outcome":"answered"', b'{"position"', b"ok")):
            self.outcomes["done"] += 1
            self.warnings += payload.count(b'"possible-duplicate"')
            return
        self.outcomes["other"] += 1
        self.sample = self.sample or payload[:400].decode(errors="replace")

    def summary(self) -> dict[str, Any]:
        """Return the numbers, times in milliseconds."""
        ordered = sorted(self.latencies) or [0.0]
        count = len(self.latencies)
        return {
            "count": count,
            "per_s": round(count / self.seconds, 1) if self.seconds else 0.0,
            "p50_ms": round(ordered[len(ordered) // 2] * 1000, 3),
            "p99_ms": round(ordered[int((len(ordered) - 1) * 0.99)] * 1000, 3),
            "max_ms": round(ordered[-1] * 1000, 3),
            "outcomes": dict(self.outcomes),
            "duplicate_warnings": self.warnings,
            **({"sample_of_other": self.sample} if self.sample else {}),
        }


class Clock:
    """When a run ends, and what wakes its owner when every client has had its last answer."""

    def __init__(self, seconds: float, clients: int) -> None:
        """Start now."""
        self.measured = Measured()
        self.begun = time.perf_counter()
        self.until = self.begun + seconds
        self.running = clients
        self.done = asyncio.Event()

    def over(self) -> bool:
        """Tell whether a client must not send again; the last one ends the run."""
        now = time.perf_counter()
        if now < self.until:
            return False
        self.running -= 1
        if self.running == 0:
            self.measured.seconds = now - self.begun
            self.done.set()
        return True

    async def wait(self) -> Measured:
        """Return what was measured when all clients have ended; raise TimeoutError when one never does."""
        async with asyncio.timeout(self.until - time.perf_counter() + _GRACE_S):
            await self.done.wait()
        return self.measured


class NatsLoop(asyncio.Protocol):
    """Many clients on one connection, each sending its next request when it has its answer."""

    def __init__(self, user: str, password: str, make: Callable[[int], tuple[str, bytes]]) -> None:
        """`make(client)` returns the next request's subject and body."""
        self._hello = {"user": user, "pass": password, "verbose": False, "pedantic": False, "lang": "python"}
        self._inbox = f"_INBOX.{user}.bench"
        self._make = make
        self._rest = b""
        self._started: dict[int, float] = {}
        self.ready = asyncio.Event()
        self.clock: Clock | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        data = self._rest + data if self._rest else data
        position, end = 0, len(data)
        while True:
            line_end = data.find(b"\r\n", position)
            if line_end < 0:
                break
            if data.startswith((b"MSG", b"HMSG"), position):
                parts = data[position:line_end].split(b" ")
                after = line_end + 2 + int(parts[-1])
                if after + 2 > end:
                    break
                self._answered(int(parts[1].rsplit(b".", 1)[1]), data[line_end + 2 : after])
                position = after + 2
                continue
            self._control(data[position:line_end])
            position = line_end + 2
        self._rest = data[position:]

    def _control(self, line: bytes) -> None:
        if line.startswith(b"INFO"):
            hello = json.dumps({**self._hello, "headers": True, "no_responders": True, "protocol": 1}).encode()
            self._transport.write(b"CONNECT " + hello + f"\r\nSUB {self._inbox}.* 1\r\nPING\r\n".encode())
        elif line.startswith(b"PING"):
            self._transport.write(b"PONG\r\n")
        elif line.startswith(b"PONG"):
            self.ready.set()
        elif line.startswith(b"-ERR"):
            raise RuntimeError(line.decode())

    async def run(self, seconds: float, clients: int) -> Measured:
        """Keep `clients` busy for `seconds`."""
        self.clock = Clock(seconds, clients)
        for client in range(clients):
            self._send(client)
        return await self.clock.wait()

    def _send(self, client: int) -> None:
        subject, body = self._make(client)
        self._started[client] = time.perf_counter()
        self._transport.write(
            b"PUB %s %s.%d %d\r\n%s\r\n" % (subject.encode(), self._inbox.encode(), client, len(body), body)
        )

    def _answered(self, client: int, payload: bytes) -> None:
        assert self.clock is not None
        self.clock.measured.note(payload, self._started[client])
        if not self.clock.over():
            self._send(client)


class HttpClient(asyncio.Protocol):
    """One client on a connection of its own, sending its next request when it has its answer."""

    def __init__(self, make: Callable[[], bytes], clock: Clock) -> None:
        """`make()` returns the next request's bytes."""
        self._make = make
        self._clock = clock
        self._rest = b""
        self._started = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        self._send()

    def data_received(self, data: bytes) -> None:
        self._rest += data
        head = self._rest.find(b"\r\n\r\n")
        if head < 0:
            return
        lower = self._rest[:head].lower()
        start = lower.index(b"content-length:") + 15
        length = int(lower[start : lower.find(b"\r\n", start) if b"\r\n" in lower[start:] else head])
        if len(self._rest) < head + 4 + length:
            return
        payload, self._rest = self._rest[head + 4 : head + 4 + length], self._rest[head + 4 + length :]
        self._clock.measured.note(payload, self._started)
        if self._clock.over():
            self._transport.close()
        else:
            self._send()

    def _send(self) -> None:
        self._started = time.perf_counter()
        self._transport.write(self._make())


async def over_nats(
    url: str, user: str, password: str, make: Callable[[int], tuple[str, bytes]], seconds: float, clients: int
) -> Measured:
    """Measure requests over one NATS connection."""
    address = urlsplit(url)
    loop = NatsLoop(user, password, make)
    transport, _ = await asyncio.get_running_loop().create_connection(
        lambda: loop, str(address.hostname), address.port or 4222
    )
    await loop.ready.wait()
    try:
        return await loop.run(seconds, clients)
    finally:
        transport.close()


async def over_http(host: str, port: int, make: Callable[[], bytes], seconds: float, clients: int) -> Measured:
    """Measure requests over as many kept-alive HTTP connections as there are clients."""
    clock = Clock(seconds, clients)
    running = asyncio.get_running_loop()
    await asyncio.gather(
        *(running.create_connection(lambda: HttpClient(make, clock), host, port) for _ in range(clients))
    )
    return await clock.wait()
