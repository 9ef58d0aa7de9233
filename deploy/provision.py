"""Provisioning: brings streams, consumers, database, roles and schemas to what is stated; quiet when they are."""

import asyncio
import json
from collections.abc import Mapping, Sequence
from typing import Any

import asyncpg
import nats
from nats.aio.client import Client
from nats.errors import TimeoutError as NatsTimeout

from deploy.credentials import DATABASE, Credentials
from deploy.database import create_database, provision_roles, provision_schemas
from deploy.messages import DeployError
from deploy.streams import differences, events_stream, timer_consumer, timers_stream

API_TIMEOUT_S = 30.0
ASKED_AGAIN_S = 3.0
PAUSE_S = 0.5
STREAM_NOT_FOUND = 10059
CONSUMER_NOT_FOUND = 10014
NOT_YET = frozenset({10005, 10008})
"""No suitable peers, temporarily unavailable: answers of a cluster that has not all its members, or no leader, yet."""


async def provision(
    nats_url: str, operator_user: str, operator_password: str, services: Sequence[str], *, replicas: int = 1
) -> list[str]:
    """Create or correct the streams EVENTS and TIMERS and one timer consumer per service.

    Returns the names of what was created or changed, so a second run returns an empty list. `nats_url` may list several
    servers, separated by commas. Raises DeployError naming the option when the server refuses to change a stream.
    """
    client = await nats.connect(
        nats_url.split(","),
        user=operator_user,
        password=operator_password,
        inbox_prefix=f"_INBOX.{operator_user}".encode(),
        name="provision",
        allow_reconnect=False,
        connect_timeout=10,
    )
    try:
        changed = [
            name
            for wanted in (events_stream(replicas), timers_stream(replicas))
            for name in await _ensure_stream(client, wanted)
        ]
        for service in services:
            changed += await _ensure_consumer(client, "TIMERS", timer_consumer(service, replicas))
        return changed
    finally:
        await client.close()


async def provision_database(superuser_dsn: str, credentials: Credentials, services: Sequence[str]) -> list[str]:
    """Create or correct the database `motmoi`, its roles and their schemas; returns what was created or changed.

    Every service and `console` own the one schema of their own name and see no other; `operator` reads everything.
    `superuser_dsn` names a database other than `motmoi`. Needs PostgreSQL 15 or later. Idempotent.
    """
    connection = await asyncpg.connect(superuser_dsn)
    try:
        changed = await create_database(connection)
        changed += await provision_roles(connection, credentials, services)
    finally:
        await connection.close()
    connection = await asyncpg.connect(superuser_dsn, database=DATABASE)
    try:
        return changed + await provision_schemas(connection, services)
    finally:
        await connection.close()


async def _ensure_stream(client: Client, wanted: Mapping[str, Any]) -> list[str]:
    name = wanted["name"]
    answer = await _ask(client, f"STREAM.INFO.{name}")
    if _code(answer) == STREAM_NOT_FOUND:
        _expect(await _ask(client, f"STREAM.CREATE.{name}", wanted), name, {})
        return [name]
    present = _expect(answer, name, {})["config"]
    unlike = differences(wanted, present)
    if not unlike:
        return []
    _expect(await _ask(client, f"STREAM.UPDATE.{name}", {**present, **wanted}), name, unlike)
    return [name]


async def _ensure_consumer(client: Client, stream: str, wanted: Mapping[str, Any]) -> list[str]:
    name = wanted["name"]
    answer = await _ask(client, f"CONSUMER.INFO.{stream}.{name}")
    unlike: dict[str, tuple[Any, Any]] = {}
    if _code(answer) != CONSUMER_NOT_FOUND:
        unlike = differences(wanted, _expect(answer, name, {})["config"])
        if not unlike:
            return []
    request = {"stream_name": stream, "config": wanted}
    _expect(await _ask(client, f"CONSUMER.CREATE.{stream}.{name}.{wanted['filter_subject']}", request), name, unlike)
    return [f"{stream}.{name}"]


async def _ask(client: Client, subject: str, body: Mapping[str, Any] | None = None) -> dict[str, Any]:
    request = json.dumps(body).encode() if body is not None else b""
    until = asyncio.get_running_loop().time() + API_TIMEOUT_S
    while True:
        # A cluster that has no leader yet leaves a request unanswered; each of ours may be made twice.
        try:
            reply = await client.request(f"$JS.API.{subject}", request, timeout=ASKED_AGAIN_S)
        except NatsTimeout:
            if asyncio.get_running_loop().time() > until:
                raise
            continue
        answer: dict[str, Any] = json.loads(reply.data)
        if _code(answer) not in NOT_YET or asyncio.get_running_loop().time() > until:
            return answer
        await asyncio.sleep(PAUSE_S)


def _code(answer: Mapping[str, Any]) -> int:
    return int(answer.get("error", {}).get("err_code", 0))


def _expect(answer: dict[str, Any], name: str, unlike: Mapping[str, tuple[Any, Any]]) -> dict[str, Any]:
    if "error" not in answer:
        return answer
    reason = answer["error"].get("description", "?")
    options = ", ".join(f"{option}: {present!r} -> {wanted!r}" for option, (present, wanted) in unlike.items())
    raise DeployError(
        vi=f"Máy chủ NATS không chấp nhận cấu hình của {name}: {reason}. Khác biệt: {options or 'không có'}. "
        "Sao lưu nhật ký sự kiện, rồi đối chiếu cấu hình trước khi chạy lại.",
        en=f"The NATS server refuses the configuration of {name}: {reason}. Differences: {options or 'none'}. "
        "Back up the event log, then compare the configuration before running again.",
    )
