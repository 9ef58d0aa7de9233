"""The event log: append with expectations, one message or an atomic batch; load an aggregate's tail; ask its head."""

import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.nuid import NUID

from services.runtime.bus import STREAM, UNREACHABLE, BrokerError, api

MAX_BATCH = 1000
_WRONG_SEQUENCE = 10071
_BUSY_REPLICA = 10164
_TAIL = 500


class Write(NamedTuple):
    """One message to append: `expected` is the sequence of the last message of the subject, 0 for none."""

    subject: str
    expected: int
    payload: bytes


class SequenceConflict(Exception):
    """The expectation did not hold: somebody else appended first; nothing of the write was kept."""


class LogUnavailable(Exception):
    """The broker did not answer; whether the write was kept is unknown until the log is asked."""


class Stored(NamedTuple):
    """One message of an aggregate as it stands in the log."""

    sequence: int
    payload: bytes


@dataclass(frozen=True)
class Head:
    """The log's identity and its last sequence."""

    created: str
    last_sequence: int


class EventLog:
    """The one stream EVENTS, through one connection."""

    def __init__(self, client: Client, timeout_s: float = 5.0) -> None:
        """Use the given connection; every request waits `timeout_s` at most."""
        self._client = client
        self._timeout_s = timeout_s
        self._ids = NUID()

    async def append(self, writes: Sequence[Write]) -> list[int]:
        """Append all writes or none, each under its own expectation, and return their sequences in order.

        The acknowledgement comes after fsync. Raises SequenceConflict when an expectation did not hold,
        LogUnavailable when the outcome is unknown, BrokerError for any other refusal. At most MAX_BATCH writes, one a
        subject.
        """
        while True:
            try:
                return await (self._single(writes[0]) if len(writes) == 1 else self._batch(writes))
            except BrokerError as error:
                if error.code == _WRONG_SEQUENCE:
                    raise SequenceConflict from error
                if error.code != _BUSY_REPLICA:
                    raise
                await asyncio.sleep(0.01)

    async def _single(self, write: Write) -> list[int]:
        headers = {"Nats-Expected-Last-Subject-Sequence": str(write.expected)}
        return [await self._publish(write, headers)]

    async def _batch(self, writes: Sequence[Write]) -> list[int]:
        batch_id = self._ids.next().decode()
        for place, write in enumerate(writes[:-1], 1):
            await self._client.publish(write.subject, write.payload, headers=_batch_headers(batch_id, place, write))
        headers = _batch_headers(batch_id, len(writes), writes[-1]) | {"Nats-Batch-Commit": "1"}
        last = await self._publish(writes[-1], headers)
        return list(range(last - len(writes) + 1, last + 1))

    async def _publish(self, write: Write, headers: dict[str, str]) -> int:
        try:
            message = await self._client.request(write.subject, write.payload, timeout=self._timeout_s, headers=headers)
        except UNREACHABLE as error:
            raise LogUnavailable(str(error) or type(error).__name__) from error
        answer = json.loads(message.data)
        if "error" in answer:
            raise BrokerError(answer["error"])
        return int(answer["seq"])

    async def tail(self, subject: str, after: int) -> list[Stored]:
        """Return an aggregate's messages later than sequence `after`, oldest first; raise LogUnavailable."""
        found: list[Stored] = []
        while True:
            start = (found[-1].sequence if found else after) + 1
            part = await self._direct_get({"batch": _TAIL, "seq": start, "next_by_subj": subject})
            found += [Stored(_sequence(message), message.data) for message in part]
            if len(part) < _TAIL:
                return found

    async def last_sequences(self, subjects: Sequence[str]) -> dict[str, int]:
        """Return the sequence of the last message of each subject that has one; raise LogUnavailable."""
        found: dict[str, int] = {}
        for start in range(0, len(subjects), 256):
            for message in await self._direct_get({"multi_last": list(subjects[start : start + 256])}):
                headers = message.headers or {}
                found[headers["Nats-Subject"]] = _sequence(message)
        return found

    async def message(self, sequence: int) -> tuple[str, bytes] | None:
        """Return subject and payload of the message at a sequence, or None; raise LogUnavailable."""
        found = await self._direct_get({"seq": sequence}, single=True)
        if not found:
            return None
        headers = found[0].headers or {}
        return headers["Nats-Subject"], found[0].data

    async def head(self) -> Head:
        """Return the log's creation time and last sequence; raise LogUnavailable."""
        try:
            answer = await api(self._client, f"STREAM.INFO.{STREAM}", timeout_s=self._timeout_s)
        except UNREACHABLE as error:
            raise LogUnavailable(str(error) or type(error).__name__) from error
        return Head(answer["created"], int(answer["state"]["last_seq"]))

    async def _direct_get(self, body: dict[str, object], *, single: bool = False) -> list[Msg]:
        """Collect the streamed answer; it ends with a status message, or is one message for a single sequence."""
        inbox = self._client.new_inbox()
        try:
            subscription = await self._client.subscribe(inbox)
            try:
                await self._client.publish(f"$JS.API.DIRECT.GET.{STREAM}", json.dumps(body).encode(), reply=inbox)
                found: list[Msg] = []
                while True:
                    message = await subscription.next_msg(timeout=self._timeout_s)
                    status = (message.headers or {}).get("Status")
                    if status in ("404", "204"):
                        return found
                    if status is not None:
                        raise LogUnavailable(f"direct get: {status} {(message.headers or {}).get('Description')}")
                    found.append(message)
                    if single:
                        return found
            finally:
                await subscription.unsubscribe()
        except UNREACHABLE as error:
            raise LogUnavailable(str(error) or type(error).__name__) from error


def _batch_headers(batch_id: str, place: int, write: Write) -> dict[str, str]:
    return {
        "Nats-Batch-Id": batch_id,
        "Nats-Batch-Sequence": str(place),
        "Nats-Expected-Last-Subject-Sequence": str(write.expected),
    }


def _sequence(message: Msg) -> int:
    return int((message.headers or {})["Nats-Sequence"])
