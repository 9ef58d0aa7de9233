"""Reading the whole log in order, in large pulls: a lean reader, since machinery for each message is what costs."""

import asyncio
import json
import random
import secrets
import ssl
import time
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from services.runtime.bus import STREAM
from services.runtime.settings import Settings
from services.runtime.wire import Message as Message
from services.runtime.wire import Wire

_PULL_LIFE_S = 20
_HEARTBEAT_S = 1
_SILENCE_S = 3 * _HEARTBEAT_S
_GREETING_S = 2.5
_CONSUMER_S = 5
_ASKED_AGAIN_S = 0.5
_FRUITLESS = 5
_UNHEARD_S = 0.1
_NO_MESSAGE = 10037


class Batch(NamedTuple):
    """Messages in order without a gap, and how many the log still holds after them."""

    messages: list[Message]
    pending: int


class ReaderLost(Exception):
    """The connection or the consumer is gone or skipped something; open a new reader after the last message kept."""


class LogGap(Exception):
    """The log has no message where one was, `first`, nor any up to `last` where that is known: it was damaged.

    Nothing behind the gap may be read as if nothing were missing. An operator mends the log with `motmoi repair`.
    """

    def __init__(self, first: int, last: int | None = None) -> None:
        missing = f"messages {first} to {last}" if last and last > first else f"message {first}"
        super().__init__(f"the log has no {missing}; see: motmoi verify")
        self.first = first
        self.last = last


class Reader:
    """An ordered reader of the log; it never skips, never repeats, and says so when it cannot go on.

    The log has no holes: after message n comes n + 1, or LogGap.
    """

    def __init__(self, settings: Settings, name: str, pull: int = 5000) -> None:
        """Read as this process; `pull` messages are asked for at a time and `batch` gives at most about as many."""
        self._settings = settings
        self._name = name
        self._pull = pull
        self._wire = Wire(2 * pull)
        self._asked = 0
        self._fruitless = 0
        self._idle = 0
        self._unheard = 0
        self._left_at = time.monotonic()
        # Of its own, even beside another reader of the same name, as when an old process still lingers.
        self._consumer = f"{name}-{secrets.token_hex(6)}"
        self._inbox = f"_INBOX.{settings.nats_user}.{self._consumer}"

    async def open(self, after: int, *, was_read: bool = True) -> "Reader":
        """Connect and start behind sequence `after`.

        Raises ReaderLost when the broker cannot be reached or refuses, LogGap when the log has no message `after`,
        which `was_read` says that it had.
        """
        try:
            await self._connect()
            self._wire.last = after
            if after and was_read:
                await self._expect(after)
            await self._create_consumer(after)
        except (OSError, TimeoutError) as error:
            self.close()
            raise ReaderLost(str(error) or type(error).__name__) from error
        self._ask()
        return self

    async def batch(self, patience_s: float = 1.0) -> Batch:
        """Return the next messages: a full pull while catching up, what there is at the head or after `patience_s`.

        Raises ReaderLost when the connection would skip messages or went silent, LogGap when the log itself lacks some;
        everything before the gap was returned by then.
        """
        wire, loop = self._wire, asyncio.get_running_loop()
        until = loop.time() + patience_s
        # While the last messages were worked on nobody listened: that was no silence of the server's.
        now = time.monotonic()
        wire.heard_at = min(now, wire.heard_at + now - self._left_at)
        while True:
            if wire.error:
                raise ReaderLost(wire.error)
            await self._heard_of()
            self._ask()
            count = len(wire.messages)
            if count and (wire.gap or wire.pending == 0 or count >= self._pull or loop.time() >= until):
                return self._take()
            if wire.gap:
                await self._passed_over(*wire.gap)
            wire.heard.clear()
            try:
                async with asyncio.timeout_at(min(until, loop.time() + _SILENCE_S)):
                    await wire.heard.wait()
            except TimeoutError:
                if time.monotonic() - wire.heard_at > _SILENCE_S:
                    raise ReaderLost("the server went silent") from None
                if not wire.messages and loop.time() >= until:
                    await self._waiting_in_vain()
                    self._left_at = time.monotonic()
                    return Batch([], wire.pending)

    def close(self) -> None:
        """Leave; the server forgets the consumer by itself."""
        self._wire.close()

    def _take(self) -> Batch:
        wire = self._wire
        self._fruitless = self._unheard = 0
        self._left_at = time.monotonic()
        messages = list(wire.messages)
        wire.messages.clear()
        wire.resume()
        return Batch(messages, wire.pending)

    async def _passed_over(self, first: int, last: int) -> None:
        """Say whose fault it is that messages did not come: the log's, or this consumer's alone."""
        await self._expect(first, last)
        raise ReaderLost(f"the consumer passed over message {first}, which the log has")

    async def _waiting_in_vain(self) -> None:
        """Nothing comes: that is well at the head; before it, the next message must be there.

        The head a consumer knows is that of one copy of the log, which may stand still: the leader is asked at times.
        """
        wire = self._wire
        if wire.pending or wire.passed > wire.last:
            await self._expect(wire.last + 1)
        else:
            self._idle += 1
            if self._idle % _FRUITLESS or not await self._has(wire.last + 1):
                return
        self._fruitless += 1
        if self._fruitless >= _FRUITLESS:
            raise ReaderLost(f"message {wire.last + 1} does not come, though the log has it")

    async def _expect(self, sequence: int, last: int | None = None) -> None:
        """Raise LogGap when the log has no such message; of a cluster, its leader is asked, and asked again."""
        for pause_s in (_ASKED_AGAIN_S, 0):
            if await self._has(sequence):
                return
            await asyncio.sleep(pause_s)
        raise LogGap(sequence, last)

    async def _has(self, sequence: int) -> bool:
        answer = await self._request(f"STREAM.MSG.GET.{STREAM}", {"seq": sequence, "no_hdr": True})
        error = answer.get("error")
        if error is not None and error.get("err_code") != _NO_MESSAGE:
            raise ReaderLost(error["description"])
        return error is None

    async def _heard_of(self) -> None:
        """Ask again when nobody took the pull: in a cluster, word of a new consumer may come after its creation."""
        if self._wire.status is None or not self._wire.status.startswith("503"):
            return
        self._unheard += 1
        if self._unheard > _FRUITLESS:
            raise ReaderLost("nobody has the consumer")
        await asyncio.sleep(_UNHEARD_S)
        self._wire.status, self._asked = None, self._wire.received

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
        """Greet the servers in any order until one answers; one that takes the connection and is silent is left too."""
        servers = self._settings.nats_servers
        for server in random.sample(servers, len(servers)):
            try:
                async with asyncio.timeout(_GREETING_S):
                    return await self._greet(server)
            except (OSError, TimeoutError, ReaderLost) as error:
                failure = error
                self.close()
                self._wire = Wire(2 * self._pull)
        raise failure

    async def _greet(self, server: str) -> None:
        loop, address = asyncio.get_running_loop(), urlsplit(server)
        transport, _ = await loop.create_connection(lambda: self._wire, str(address.hostname), address.port or 4222)
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
            "no_responders": True,
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
        answer = await self._request(f"CONSUMER.CREATE.{STREAM}.{self._consumer}", body)
        if "error" in answer:
            raise ReaderLost(answer["error"]["description"])
        self._wire.pending = int(answer["num_pending"])

    async def _request(self, subject: str, body: object) -> dict[str, Any]:
        try:
            async with asyncio.timeout(_CONSUMER_S):
                self._wire.send(_publish(f"$JS.API.{subject}", f"{self._inbox}.r", json.dumps(body).encode()))
                while not self._wire.replies:
                    await self._heard()
        except TimeoutError:
            raise ReaderLost(f"no answer to {subject}") from None
        return dict(json.loads(self._wire.replies.popleft()))

    async def _heard(self) -> None:
        self._wire.heard.clear()
        await self._wire.heard.wait()
        if self._wire.error:
            raise ReaderLost(self._wire.error)


def _publish(subject: str, reply: str, body: bytes) -> bytes:
    return f"PUB {subject} {reply} {len(body)}\r\n".encode() + body + b"\r\n"
