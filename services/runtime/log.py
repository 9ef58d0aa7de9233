"""The event log: append with expectations, one message or an atomic batch; load an aggregate's tail; ask its head."""

import asyncio
import base64
import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.errors import TimeoutError as NatsTimeout
from nats.nuid import NUID

from services.runtime.bus import STREAM, UNREACHABLE, BrokerError, api

MAX_BATCH = 1000
_WRONG_SEQUENCE = 10071
_BUSY_REPLICA = 10164
_NO_MESSAGE = 10037
_TAIL = 500
_SINGLES = 8
_AT_ONCE = 256
_LONG_S = 0.2
_UNHEARD_S = 1.0


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
    """The one stream EVENTS, through one connection.

    Any replica of the stream answers a direct get, and one may be behind what was acknowledged: measured, one read in
    twelve right after an append. So a direct get brings what an append's expectation guards; what nothing guards, and
    that something is not there, is asked of the leader.
    """

    def __init__(
        self, client: Client, timeout_s: float = 5.0, *, open_to_appends: Callable[[], bool] = lambda: True
    ) -> None:
        """Use the given connection; every request waits `timeout_s` at most; a closed log takes no appends."""
        self._client = client
        self._timeout_s = timeout_s
        self._open_to_appends = open_to_appends
        self._ids = NUID()

    async def append(self, writes: Sequence[Write]) -> list[int]:
        """Append all writes or none, each under its own expectation, and return their sequences in order.

        The acknowledgement comes after fsync. Raises SequenceConflict when an expectation did not hold,
        LogUnavailable when the outcome is unknown, BrokerError for any other refusal. At most MAX_BATCH writes, one a
        subject.
        """
        while True:
            self._expect_open()
            try:
                return await (self._single(writes[0]) if len(writes) == 1 else self._batch(writes))
            except BrokerError as error:
                if error.code == _WRONG_SEQUENCE:
                    raise SequenceConflict from error
                if error.code != _BUSY_REPLICA:
                    raise
                await asyncio.sleep(0.01)

    async def answers(self) -> None:
        """Return when the log answers and takes appends; raise LogUnavailable."""
        self._expect_open()
        await self.head()

    def _expect_open(self) -> None:
        # What is published while there is no connection would be sent later, to whatever log is there then.
        if not self._client.is_connected or not self._open_to_appends():
            raise LogUnavailable("not connected, or the log is being checked")

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

    async def tail(self, subject: str, after: int, until: int = 0) -> list[Stored]:
        """Return an aggregate's messages later than sequence `after`, oldest first; raise LogUnavailable.

        They may stop short of what was last acknowledged, but not of `until`, a sequence of this aggregate.
        """
        found: list[Stored] = []
        last = after
        # One by one at first: a batch has the server count what lies before it, which costs more the longer the log is.
        while len(found) < _SINGLES and (last < until or not until):
            part = await self._direct_get({"seq": last + 1, "next_by_subj": subject}, single=True)
            if not part:
                break
            found.append(Stored(_sequence(part[0]), part[0].data))
            last = found[-1].sequence
        else:
            while last < until or not until:
                part = await self._direct_get({"batch": _TAIL, "seq": last + 1, "next_by_subj": subject})
                found += [Stored(_sequence(message), message.data) for message in part]
                last = found[-1].sequence
                if len(part) < _TAIL:
                    break
        while last < until:
            late = await self._leaders({"seq": last + 1, "next_by_subj": subject})
            if late is None:
                raise LogUnavailable(f"the log ends before {until} for {subject}")
            found.append(Stored(late["seq"], base64.b64decode(late.get("data", ""))))
            last = found[-1].sequence
        return found

    async def latest(self, subjects: Sequence[str]) -> dict[str, int]:
        """Return the sequence of the last message of each subject that has one; raise LogUnavailable.

        It may stop short of what was last acknowledged; where that matters there is `last_sequences`, at eight times
        the cost.
        """
        found: dict[str, int] = {}
        for start in range(0, len(subjects), _AT_ONCE):
            asked = subjects[start : start + _AT_ONCE]
            for message in await self._direct_get({"multi_last": list(asked), "batch": len(asked)}):
                found[(message.headers or {})["Nats-Subject"]] = _sequence(message)
        return found

    async def messages(self, after: int, count: int) -> list[Stored]:
        """Return so many messages later than sequence `after`, of whatever subject, in order; raise LogUnavailable."""
        part = await self._direct_get({"batch": count, "seq": after + 1, "next_by_subj": "event.>"})
        return [Stored(_sequence(message), message.data) for message in part]

    async def last_sequences(self, subjects: Sequence[str]) -> dict[str, int]:
        """Return the sequence of the last message of each subject that has one; raise LogUnavailable.

        Nothing that was acknowledged before the question is missing.
        """
        found: dict[str, int] = {}
        for start in range(0, len(subjects), _AT_ONCE):
            questions = ({"last_by_subj": name, "no_hdr": True} for name in subjects[start : start + _AT_ONCE])
            answers = await asyncio.gather(*(self._leaders(question) for question in questions))
            found.update((answer["subject"], answer["seq"]) for answer in answers if answer)
        return found

    async def message(self, sequence: int) -> tuple[str, bytes] | None:
        """Return subject and payload of the message at a sequence, None when the log has none; raise LogUnavailable."""
        if found := await self._direct_get({"seq": sequence}, single=True):
            return (found[0].headers or {})["Nats-Subject"], found[0].data
        late = await self._leaders({"seq": sequence})
        return (late["subject"], base64.b64decode(late.get("data", ""))) if late else None

    async def head(self) -> Head:
        """Return the log's creation time and last sequence; raise LogUnavailable.

        Nothing that was acknowledged before the question is missing.
        """
        answer = await self._ask_leader(f"STREAM.INFO.{STREAM}")
        return Head(answer["created"], int(answer["state"]["last_seq"]))

    async def _leaders(self, question: dict[str, object]) -> dict[str, Any] | None:
        """Return the message the leader finds, its payload in base64 under `data`; None when it finds none."""
        answer = await self._ask_leader(f"STREAM.MSG.GET.{STREAM}", question)
        return answer.get("message")

    async def _ask_leader(self, request: str, question: object = None) -> dict[str, Any]:
        """Ask the leader; once more when the answer was long in coming.

        A leader that stood still, and was replaced meanwhile, may answer what waited for it before it hears of that.
        """
        asked = time.monotonic()
        answer = await self._ask(request, question)
        return answer if time.monotonic() - asked < _LONG_S else await self._ask(request, question)

    async def _ask(self, request: str, question: object) -> dict[str, Any]:
        until = time.monotonic() + self._timeout_s
        while True:
            try:
                return await api(self._client, request, question, timeout_s=min(_UNHEARD_S, self._timeout_s))
            except UNREACHABLE as error:
                # While it chooses a leader, a cluster leaves a question unanswered.
                if not isinstance(error, NatsTimeout) or time.monotonic() > until:
                    raise LogUnavailable(str(error) or type(error).__name__) from error
            except BrokerError as error:
                if error.code != _NO_MESSAGE:
                    raise LogUnavailable(str(error)) from error
                return {}

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
