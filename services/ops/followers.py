"""Where followers stand and what they stand before; letting a stopped one try again, or pass over one message."""

import asyncio
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, TypeAlias

import asyncpg
from nats.aio.client import Client
from pydantic_core import to_json

from contracts.audit import SkipMessage
from contracts.base import Meta, wire_name
from services.ops.office import Office, operator_actor
from services.ops.registry import SERVICES
from services.runtime.aggregates import snapshot_model
from services.runtime.answering import derived_id
from services.runtime.bus import UNREACHABLE as BROKER_UNREACHABLE
from services.runtime.database import clear_stop, move_checkpoints, skip
from services.runtime.log import EventLog

ARCHIVE = "archive"
"""The follower that keeps the second copy of the log: a hole in it would be a hole in every proof."""
State: TypeAlias = Literal["following", "starting", "stopped", "left-over"]
Retried: TypeAlias = Literal["moved-on", "stopped-again", "waiting"]
_ANSWER_LIMIT_S = 10
_LOOK_AGAIN_S = 0.1


@dataclass(frozen=True)
class Standing:
    """Where a follower stands: the last sequence it finished, why it stopped, if so, and since when (UTC).

    A left-over one is the checkpoint of a version that no service has any more.
    """

    service: str
    name: str
    state: State
    position: int
    error: str | None
    since: datetime

    @property
    def full_name(self) -> str:
        """How commands name it."""
        return f"{self.service}.{self.name}"

    def lag(self, head: int | None) -> int | None:
        """Return how many messages of the log it has not seen; None when the head is not known."""
        return None if head is None else max(0, head - self.position)


@dataclass(frozen=True)
class Before:
    """A message as it stands in the log; `events` are its CloudEvents, or None when it is no JSON array."""

    sequence: int
    subject: str
    payload: bytes
    events: Sequence[Mapping[str, Any]] | None


class NotSkipped(Exception):
    """The message was not passed over; the words say why and what to do, in Vietnamese and English."""

    def __init__(self, vi: str, en: str) -> None:
        super().__init__(en)
        self.vi, self.en = vi, en


def live_followers(service: str) -> tuple[str, ...]:
    """Return the names of the followers a service has: snapshots, read models, policies, and others of its own."""
    manifest = SERVICES[service]
    return (snapshot_model(manifest).table, *(m.table for m in manifest.read_models), *manifest.follower_names)


async def standings(office: Office, service: str) -> list[Standing]:
    """Return where every follower of a service stands, by name; raise a database error when it does not answer."""
    connection = await asyncpg.connect(office.database_url(service), timeout=3)
    try:
        rows = await connection.fetch(
            "SELECT follower, position, ready, error, changed_at FROM checkpoints ORDER BY follower"
        )
    except asyncpg.UndefinedTableError:
        return []
    finally:
        await connection.close()
    live = live_followers(service)
    return [
        Standing(
            service,
            row["follower"],
            _state(row["ready"], row["error"], live=row["follower"] in live),
            row["position"],
            row["error"],
            row["changed_at"],
        )
        for row in rows
    ]


def _state(ready: bool, error: str | None, *, live: bool) -> State:
    if not live:
        return "left-over"
    if error is not None:
        return "stopped"
    return "following" if ready else "starting"


async def message_at(client: Client, sequence: int) -> Before | None:
    """Return a message of the log, None when there is none at this sequence; raise LogUnavailable."""
    found = await EventLog(client).message(sequence)
    if found is None:
        return None
    subject, payload = found
    try:
        events = json.loads(payload)
    except ValueError:
        events = None
    readable = isinstance(events, list) and all(isinstance(event, dict) for event in events)
    return Before(sequence, subject, payload, events if readable else None)


async def retry(office: Office, standing: Standing, patience_s: float) -> tuple[Retried, Standing]:
    """Let a stopped follower try again, and say for so long whether it went on; return what became of it."""
    connection = await asyncpg.connect(office.database_url(standing.service), timeout=3)
    try:
        await clear_stop(connection, standing.name)
    finally:
        await connection.close()
    now = standing
    try:
        async with asyncio.timeout(patience_s):
            while True:
                now = await _again(office, standing)
                if now.position > standing.position:
                    return "moved-on", now
                if now.state == "stopped":
                    return "stopped-again", now
                await asyncio.sleep(_LOOK_AGAIN_S)
    except TimeoutError:
        return "waiting", now


async def _again(office: Office, standing: Standing) -> Standing:
    return next(one for one in await standings(office, standing.service) if one.name == standing.name)


def expect_skippable(standing: Standing) -> None:
    """Raise NotSkipped for a follower that may never skip, or that is not stopped."""
    name = standing.full_name
    if standing.name == ARCHIVE:
        raise NotSkipped(
            f"{name} không bao giờ được bỏ qua bản ghi nào: đó là bản sao thứ hai của nhật ký, mọi bằng chứng dựa vào "
            "nó. Đề nghị chạy: motmoi verify",
            f"{name} never passes over a message: it is the log's second copy, and every proof rests on it. "
            "Run: motmoi verify",
        )
    if standing.state != "stopped":
        raise NotSkipped(
            f"{name} không dừng, nên không có gì để bỏ qua. Đề nghị xem: motmoi follower list",
            f"{name} is not stopped, so there is nothing to skip. See: motmoi follower list",
        )


async def skippable_message(client: Client, standing: Standing) -> Before:
    """Return the message a stopped follower would pass over; raise NotSkipped when it may not, or has none before it.

    A follower that stands at a hole of the log has none: no skip mends that. Raises LogUnavailable.
    """
    expect_skippable(standing)
    for sequence in (standing.position, standing.position + 1):
        if sequence == 0:
            continue
        found = await message_at(client, sequence)
        if found is None:
            raise NotSkipped(
                f"Nhật ký không có bản ghi {sequence:,}, nên không có gì để bỏ qua. Đề nghị chạy: motmoi verify",
                f"The log has no message {sequence:,}, so there is nothing to skip. Run: motmoi verify",
            )
    assert found is not None
    return found


async def decide_to_skip(client: Client, standing: Standing, reason: str, *, rehearsal: bool = False) -> int:
    """Have audit record that the follower passes over the message it stands before; return where it was recorded.

    A repeat of the same decision is recognised and answered as before; a rehearsal records nothing. Raises NotSkipped
    when audit does not answer or does not accept it.
    """
    sequence = standing.position + 1
    command = SkipMessage.model_construct(
        service=standing.service, follower=standing.name, sequence=sequence, reason=reason
    )
    meta = Meta(
        command_id=derived_id(f"skip:{standing.service}:{standing.name}:{sequence}"),
        actor=operator_actor(),
        correlation_id=f"skip:{standing.full_name}:{sequence}",
        rehearsal=rehearsal,
    )
    body = to_json({"meta": meta, "data": command}, exclude_none=True)
    try:
        answer = await client.request(f"command.audit.{wire_name(SkipMessage)}", body, timeout=_ANSWER_LIMIT_S)
    except BROKER_UNREACHABLE as error:
        why = str(error) or type(error).__name__
        raise NotSkipped(
            f"Dịch vụ audit không trả lời ({why}), nên quyết định chưa được ghi và chưa bỏ qua gì. "
            "Đề nghị xem: motmoi status, rồi chạy lại.",
            f"The service audit does not answer ({why}): the decision is not recorded and nothing was skipped. "
            "See: motmoi status, then run this again.",
        ) from error
    reply = json.loads(answer.data)
    if reply["outcome"] != "accepted":
        said = reply.get("fields") or [reply]
        vi, en = ("; ".join(one[language] for one in said) for language in ("vi", "en"))
        raise NotSkipped(f"Chưa bỏ qua gì. {vi}", f"Nothing was skipped. {en}")
    return int(reply["position"])


async def pass_over(office: Office, standing: Standing, before: Before) -> None:
    """Move the follower behind exactly this message, if it still stands before it; raise NotSkipped when it does not.

    Only after the decision was recorded; the follower notices within a second and goes on by itself. Built anew, its
    table passes over the message too.
    """
    connection = await asyncpg.connect(office.database_url(standing.service), timeout=3)
    try:
        async with connection.transaction():
            found = await connection.fetchrow(
                "SELECT position, error FROM checkpoints WHERE follower = $1 FOR UPDATE", standing.name
            )
            if found is None or found["position"] != before.sequence - 1 or found["error"] is None:
                raise NotSkipped(
                    f"{standing.full_name} không còn dừng trước bản ghi {before.sequence:,}; không bỏ qua gì.",
                    f"{standing.full_name} does not stand before message {before.sequence:,} any more; "
                    "nothing was skipped.",
                )
            await skip(connection, standing.name, before.sequence)
            await move_checkpoints(connection, [standing.name], before.sequence, before.payload, at_head=False)
    finally:
        await connection.close()


async def remove(office: Office, standing: Standing) -> bool:
    """Remove a left-over follower's checkpoint and its table, if there is one; return whether a table was dropped."""
    assert standing.state == "left-over"
    connection = await asyncpg.connect(office.database_url(standing.service), timeout=3)
    try:
        async with connection.transaction():
            await connection.execute("DELETE FROM checkpoints WHERE follower = $1", standing.name)
            table = '"' + standing.name.replace('"', '""') + '"'
            there: bool = await connection.fetchval("SELECT to_regclass($1) IS NOT NULL", table)
            if there:
                await connection.execute(f"DROP TABLE {table}")
            return there
    finally:
        await connection.close()
