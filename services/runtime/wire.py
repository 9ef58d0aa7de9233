"""The wire of the log's reader: the NATS protocol parsed in one pass, and the messages it brought, in order."""

import asyncio
import json
import time
from collections import deque
from typing import Any, NamedTuple, cast

_LAST_PASSED = b"Nats-Last-Stream: "


class Message(NamedTuple):
    """One message of the log."""

    sequence: int
    subject: str
    payload: bytes


class Wire(asyncio.Protocol):
    """Parses what the server sends; messages of the log pile up in `messages`, the rest is answered or noted.

    `last` is the sequence of the last of them, `passed` the one the server says its consumer has come to, `gap` what
    it passed over; nothing behind a gap is kept.
    """

    def __init__(self, resume_below: int) -> None:
        self.messages: deque[Message] = deque()
        self.pending = 0
        self.last = 0
        self.passed = 0
        self.gap: tuple[int, int] | None = None
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
        """Keep the transport that answers go out on."""
        self._transport = cast(asyncio.Transport, transport)

    def connection_lost(self, exc: Exception | None) -> None:
        """Note the loss, so that whoever waits hears of it."""
        self.error = self.error or f"connection lost: {exc}"
        self.heard.set()

    def data_received(self, data: bytes) -> None:
        """Take in what the server sends, message after message."""
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
        sequence = int(fields[-4])
        if sequence != self.last + 1:
            # The server passes over what it cannot read, without a word and without a hole in its own count.
            self.gap = self.gap or (self.last + 1, sequence - 1)
            return
        self.last = sequence
        self.messages.append(Message(sequence, parts[1].decode(), data[body:end]))

    def _status(self, head: bytes) -> None:
        first, *lines = head.split(b"\r\n")
        line = first.decode()
        if not line.startswith("NATS/1.0 100"):
            self.status = line[9:]
            return
        for named in lines:
            if named.startswith(_LAST_PASSED):
                self.passed = int(named[len(_LAST_PASSED) :])

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
