"""Connections to NATS: one way to make them, and requests to JetStream's own interface."""

import json
from typing import Any

import nats
from nats.aio.client import Client
from nats.errors import Error as NatsError
from nats.errors import NoRespondersError
from nats.errors import TimeoutError as NatsTimeout

from services.runtime.settings import Settings

STREAM = "EVENTS"
UNREACHABLE = (NatsTimeout, NoRespondersError, NatsError, OSError)
"""What a request raises when the broker did not answer; whether it did the work is then unknown."""


class BrokerError(Exception):
    """JetStream refused a request; `code` is its stable error code."""

    def __init__(self, error: dict[str, Any]) -> None:
        super().__init__(f"{error.get('description')} ({error.get('err_code')})")
        self.code = int(error.get("err_code", 0))


def connection_options(settings: Settings, name: str) -> dict[str, Any]:
    """Return the options every client of ours uses; it reconnects for ever and never keeps publishes for later.

    Where there are other servers to go to, one that says nothing is left after some seconds.
    """
    several = len(settings.nats_servers) > 1
    return {
        "servers": list(settings.nats_servers),
        "user": settings.nats_user,
        "password": settings.nats_password,
        "inbox_prefix": f"_INBOX.{settings.nats_user}",
        "name": name,
        "allow_reconnect": True,
        "max_reconnect_attempts": -1,
        "reconnect_time_wait": 0.2,
        "connect_timeout": 2 if several else 5,
        "ping_interval": 2 if several else 10,
        "max_outstanding_pings": 2,
        "pending_size": 64 * 1024 * 1024,
    }


async def connect(settings: Settings, name: str) -> Client:
    """Connect to the broker as this process; raise nats' own errors when it cannot be reached."""
    return await nats.connect(**connection_options(settings, name), error_cb=_quiet)


async def _quiet(error: Exception) -> None:
    """Connection errors show in `status` and in the requests they fail; nats-py's default prints them twice."""


async def api(client: Client, subject: str, body: object = None, timeout_s: float = 5.0) -> dict[str, Any]:
    """Ask JetStream's interface; raise BrokerError when it refuses, an error of UNREACHABLE when it is not there."""
    message = await client.request(f"$JS.API.{subject}", json.dumps(body or {}).encode(), timeout=timeout_s)
    answer: dict[str, Any] = json.loads(message.data)
    if "error" in answer:
        raise BrokerError(answer["error"])
    return answer
