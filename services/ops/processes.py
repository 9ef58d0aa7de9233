"""The processes of an office: their commands, the environment each may see, and how one knows they are ready."""

import asyncio
import json
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from nats.aio.client import Client
from nats.errors import Error as NatsError

from deploy import SERVICES
from deploy.credentials import CONSOLE
from deploy.keys import audit_key
from deploy.permissions import AUDIT
from deploy.stack import Stack

ANSWER = "answer"
FOLLOW = "follow"
FOLLOW_NICENESS = 15
ASK_LIMIT_S = 2.0
STARTED = frozenset({"ok", "fenced", "stopped"})
# Passed on as they are; every other MOTMOI_ setting is the supervisor's own and may be a secret.
SHARED_SETTINGS = frozenset(
    {
        "MOTMOI_LANG",
        "MOTMOI_LOG_LEVEL",
        "MOTMOI_LOG_FORMAT",
        "MOTMOI_RULES",
        "MOTMOI_TWO_COPIES",
        "MOTMOI_OFFICE_NAME",
        "MOTMOI_CHECKPOINT_EVERY_S",
    }
)
PRIVATE_PREFIXES = ("MOTMOI_", "PG")


@dataclass(frozen=True)
class Process:
    """One child of the supervisor: `argv` begins with an absolute path, `environment` is all it sees."""

    name: str
    argv: tuple[str, ...]
    environment: Mapping[str, str] = field(repr=False)
    niceness: int = 0


def office_processes(stack: Stack, http_host: str, http_port: int) -> tuple[Process, ...]:
    """The processes of an office on a running stack, in the order of starting; each with its own credentials only."""
    processes = [
        process
        for service in SERVICES
        for process in (
            _python(service, stack, service, f"services.{service}", ANSWER),
            _python(
                f"{service}-{FOLLOW}",
                stack,
                service,
                f"services.{service}",
                FOLLOW,
                niceness=FOLLOW_NICENESS,
                settings={"MOTMOI_AUDIT_KEY": str(audit_key(stack.folder))} if service == AUDIT else None,
            ),
        )
    ]
    # The console tells how full the disk is, of which only it needs to know the place.
    http = {"MOTMOI_HTTP_HOST": http_host, "MOTMOI_HTTP_PORT": str(http_port), "MOTMOI_DATA": str(stack.folder)}
    return (*processes, _python(CONSOLE, stack, CONSOLE, "services.console", settings=http))


def shared_environment(environment: Mapping[str, str] = os.environ) -> dict[str, str]:
    """What every child inherits of `environment`: all but the settings and passwords of the supervisor."""
    return {
        name: value
        for name, value in environment.items()
        if name in SHARED_SETTINGS or not name.startswith(PRIVATE_PREFIXES)
    }


async def service_ready(client: Client, name: str, http_host: str, http_port: int) -> bool:
    """Whether the process `name` has started: console over HTTP GET /healthz, every other over NATS.

    `documents` is asked on `ops.documents.health.answer`, `documents-follow` on `ops.documents.health.follow`. One that
    is fenced, or has a follower that stopped, has started too, and so has a console that tells of it (503): an operator
    can mend only what runs. No answer within 2 seconds counts as not ready.
    """
    if name == CONSOLE:
        return await _page_answers(http_host, http_port)
    health = await service_health(client, name)
    return health is not None and health.get("status") in STARTED


async def service_health(client: Client, name: str) -> dict[str, Any] | None:
    """Return what the process `name`, other than the console, says of itself; None when it does not answer."""
    service, part = (name.removesuffix(f"-{FOLLOW}"), FOLLOW) if name.endswith(f"-{FOLLOW}") else (name, ANSWER)
    try:
        reply = await client.request(f"ops.{service}.health.{part}", b"", timeout=ASK_LIMIT_S)
        health = json.loads(reply.data)
    except (NatsError, TimeoutError, ValueError):
        return None
    return health if isinstance(health, dict) else None


def _python(
    name: str,
    stack: Stack,
    user: str,
    module: str,
    *arguments: str,
    niceness: int = 0,
    settings: Mapping[str, str] | None = None,
) -> Process:
    own = {
        "PYTHONUNBUFFERED": "1",
        "MOTMOI_NATS_URL": stack.nats_url,
        "MOTMOI_NATS_USER": user,
        "MOTMOI_NATS_PASSWORD": stack.credentials.nats[user],
        "MOTMOI_DATABASE_URL": stack.database_url(user),
    }
    environment = {**shared_environment(), **own, **(settings or {})}
    return Process(name, (sys.executable, "-m", module, *arguments), environment, niceness)


async def _page_answers(host: str, port: int) -> bool:
    # An address that means "every interface" is listened on, not asked.
    target = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    try:
        async with asyncio.timeout(ASK_LIMIT_S):
            reader, writer = await asyncio.open_connection(target, port)
            try:
                writer.write(f"GET /healthz HTTP/1.0\r\nHost: {target}\r\n\r\n".encode())
                words = (await reader.readline()).split()
            finally:
                writer.close()
    except (OSError, TimeoutError, ValueError):
        return False
    return len(words) > 1 and words[1] in (b"200", b"503")
