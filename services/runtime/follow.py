"""Reading the whole log in order, in large pulls: a lean reader, since machinery for each message is what costs."""

import asyncio
import json
import secrets
import ssl
import time
from collections import deque
from typing import Any, NamedTuple, cast
from urllib.parse import urlsplit

from services.runtime.bus import STREAM
from services.runtime.settings import Settings

_PULL_LIFE_S = 20
_HEARTBEAT_S = 4
_SILENCE_S = 3 * _HEARTBEAT_S


class Message(NamedTuple):
    """One message of the log."""

    sequence: int
    subject: str
    payload: bytes


class Batch(NamedTuple):
    """Messages in order without a gap, and how many the log still holds after them."""

    messages: list[Message]
    pending: int


class ReaderLost(Exception):
    """The connection or the consumer is gone or skipped something; open a new reader after the last message kept."""


class _Wire(asyncio.Protocol):
    """Parses what the server sends; messages of the log pile up in `messages`, the rest is answered or noted."""

    def __init__(self, resume_below: int) -> None:
        self.messages: deque[Message] = deque()
        self.pending = 0
        self.received = 0
        self.replies: deque[bytes] = deque()
        self.status: str | None = None
        self.error: str | None = None
        self.info: dict[str, Any] | None = None
        self.welcome = False
        self.heard_at = time.monotonic()
        self.heard = asyncio.Event()
        self._transport: asyncio.Transport | None = None
        self._rest = b""
        self._next_consumer_sequence = 1
        self._high = resume_below
        self._paused = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)

    def connection_lost(self, exc: Exception | None) -> None:
        self.error = self.error or f"connection lost: {exc}"
        self.heard.set()

    def data_received(self, data: bytes) -> None:
        self.heard_at = time.monotonic()
        data = self._rest + data if self._rest else data
        position, end = 0, len(data)
        while position < end:
            line_end = data.find(b"\r\n", position)
            if line_end < 0:
                break
            kind = data[position]
            if kind in b"HM":
                parts = data[position:line_end].split(b" ")
                after = line_end + 2 + int(parts[-1])
                if after + 2 > end:
                    break
                self._message(parts, data, line_end + 2, after)
                position = after + 2
                continue
            self._control(data[position:line_end])
            position = line_end + 2
        self._rest = data[position:]
        if len(self.messages) > self._high and not self._paused and self._transport:
            self._transport.pause_reading()
            self._paused = True
        self.heard.set()

    def _message(self, parts: list[bytes], data: bytes, start: int, end: int) -> None:
        headed = parts[0] == b"HMSG"
        body = start + int(parts[-2]) if headed else start
        reply = parts[3] if len(parts) == (6 if headed else 5) else b""
        if not reply.startswith(b"$JS.ACK."):
            if headed and body == end:
                self._status(data[start:body])
            elif parts[2] == b"1":
                self.replies.append(data[body:end])
            return
        fields = reply.split(b".")
        consumer_sequence = int(fields[-3])
        if consumer_sequence != self._next_consumer_sequence:
            self.error = f"message {consumer_sequence} of the consumer came instead of {self._next_consumer_sequence}"
            return
        self._next_consumer_sequence += 1
        self.received += 1
        self.pending = int(fields[-1])
        self.messages.append(Message(int(fields[-4]), parts[1].decode(), data[body:end]))

    def _status(self, head: bytes) -> None:
        line = head.split(b"\r\n", 1)[0].decode()
        if not line.startswith("NATS/1.0 100"):
            self.status = line[9:]

    def _control(self, line: bytes) -> None:
        if line.startswith(b"PING"):
            self.send(b"PONG\r\n")
        elif line.startswith(b"INFO"):
            self.info = json.loads(line[5:])
        elif line.startswith(b"PONG"):
            self.welcome = True
        elif line.startswith(b"-ERR"):
            self.error = line.decode()

    def resume(self) -> None:
        """Let the server send again after a pause."""
        if self._paused and self._transport and not self._transport.is_closing():
            self._transport.resume_reading()
            self._paused = False

    def send(self, data: bytes) -> None:
        """Write to the server."""
        if self._transport:
            self._transport.write(data)

    def close(self) -> None:
        """Drop the connection."""
        if self._transport:
            self._transport.close()


class Reader:
    """An ordered reader of the log; it never skips, never repeats, and says so when it cannot go on."""

    def __init__(self, settings: Settings, name: str, pull: int = 5000) -> None:
        """Read as this process; `pull` messages are asked for at a time and `batch` gives at most about as many."""
        self._settings = settings
        self._name = name
        self._pull = pull
        self._wire = _Wire(2 * pull)
        self._asked = 0
        # Of its own, even beside another reader of the same name, as when an old process still lingers.
        self._consumer = f"{name}-{secrets.token_hex(6)}"
        self._inbox = f"_INBOX.{settings.nats_user}.{self._consumer}"

    async def open(self, after: int) -> "Reader":
        """Connect and start behind sequence `after`; raise ReaderLost when the broker cannot be reached or refuses."""
        try:
            async with asyncio.timeout(10):
                await self._connect()
                await self._create_consumer(after)
        except (OSError, TimeoutError) as error:
            self.close()
            raise ReaderLost(str(error) or type(error).__name__) from error
        self._ask()
        return self

    async def batch(self, patience_s: float = 1.0) -> Batch:
        """Return the next messages: a full pull while catching up, what there is at the head; empty after `patience_s`.

        Raises ReaderLost when messages would be missing or the server went silent.
        """
        wire, loop = self._wire, asyncio.get_running_loop()
        until = loop.time() + patience_s
        while True:
            if wire.error:
                raise ReaderLost(wire.error)
            self._ask()
            count = len(wire.messages)
            if count and (wire.pending == 0 or count >= self._pull):
                return self._take(count)
            wire.heard.clear()
            try:
                async with asyncio.timeout_at(
                    min(until, loop.time() + _SILENCE_S) if not count else loop.time() + _SILENCE_S
                ):
                    await wire.heard.wait()
            except TimeoutError:
                if count or time.monotonic() - wire.heard_at > _SILENCE_S:
                    raise ReaderLost("the server went silent") from None
                return Batch([], wire.pending)

    def close(self) -> None:
        """Leave; the server forgets the consumer by itself."""
        self._wire.close()

    def _take(self, count: int) -> Batch:
        wire = self._wire
        messages, wire.messages = list(wire.messages), deque()
        wire.resume()
        return Batch(messages, wire.pending)

    def _ask(self) -> None:
        """Keep the next pull on its way before the last one is used up; renew one that expired."""
        wire = self._wire
        if wire.status is not None:
            if not wire.status.startswith(("408", "404", "409 Batch Completed")):
                raise ReaderLost(wire.status)
            wire.status, self._asked = None, wire.received
        if self._asked - wire.received > self._pull // 2:
            return
        self._asked += self._pull
        body = json.dumps(
            {"batch": self._pull, "expires": _PULL_LIFE_S * 10**9, "idle_heartbeat": _HEARTBEAT_S * 10**9}
        ).encode()
        wire.send(_publish(f"$JS.API.CONSUMER.MSG.NEXT.{STREAM}.{self._consumer}", f"{self._inbox}.m", body))

    async def _connect(self) -> None:
        loop = asyncio.get_running_loop()
        failures = []
        for server in self._settings.nats_servers:
            address = urlsplit(server)
            try:
                transport, _ = await loop.create_connection(
                    lambda: self._wire, str(address.hostname), address.port or 4222
                )
                break
            except OSError as error:
                failures.append(error)
        else:
            raise failures[-1]
        while self._wire.info is None:
            await self._heard()
        if self._wire.info.get("tls_required") or address.scheme == "tls":
            secured = await loop.start_tls(
                transport, self._wire, ssl.create_default_context(), server_hostname=address.hostname
            )
            assert secured is not None
            self._wire.connection_made(secured)
        hello = {
            "verbose": False,
            "pedantic": False,
            "user": self._settings.nats_user,
            "pass": self._settings.nats_password,
            "name": self._name,
            "lang": "python",
            "version": "1",
            "protocol": 1,
            "headers": True,
        }
        self._wire.send(b"CONNECT " + json.dumps(hello).encode() + b"\r\nPING\r\n")
        while not self._wire.welcome:
            await self._heard()
        self._wire.send(f"SUB {self._inbox}.r 1\r\nSUB {self._inbox}.m 2\r\n".encode())

    async def _create_consumer(self, after: int) -> None:
        body = {
            "stream_name": STREAM,
            "config": {
                "name": self._consumer,
                "deliver_policy": "by_start_sequence",
                "opt_start_seq": after + 1,
                "ack_policy": "none",
                "max_deliver": 1,
                "replay_policy": "instant",
                "mem_storage": True,
                "num_replicas": 1,
                "inactive_threshold": 60 * 10**9,
            },
        }
        self._wire.send(
            _publish(
                f"$JS.API.CONSUMER.CREATE.{STREAM}.{self._consumer}", f"{self._inbox}.r", json.dumps(body).encode()
            )
        )
        while not self._wire.replies:
            await self._heard()
        answer = json.loads(self._wire.replies.popleft())
        if "error" in answer:
            raise ReaderLost(answer["error"]["description"])
        self._wire.pending = int(answer["num_pending"])

    async def _heard(self) -> None:
        self._wire.heard.clear()
        await self._wire.heard.wait()
        if self._wire.error:
            raise ReaderLost(self._wire.error)


def _publish(subject: str, reply: str, body: bytes) -> bytes:
    return f"PUB {subject} {reply} {len(body)}\r\n".encode() + body + b"\r\n"
