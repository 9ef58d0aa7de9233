"""The NATS configuration of an office: one account, and for each user exactly the subjects it may use."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from deploy.credentials import CONSOLE, OPERATOR, ROUTES, Credentials

ACCOUNT = "OFFICE"
AUDIT = "audit"
ARCHIVE_POSITION = "archive.position"
"""Where audit alone says how far the second copy of the log is."""


@dataclass(frozen=True)
class Member:
    """One server of a cluster: its own name, the port it hears the others on, and where all of them are heard."""

    name: str
    route_port: int
    routes: tuple[str, ...]


def nats_configuration(
    credentials: Credentials,
    port: int,
    store_dir: Path | str,
    services: Sequence[str],
    *,
    host: str = "127.0.0.1",
    member: Member | None = None,
) -> str:
    """The text of `nats-server.conf`: default deny, every acknowledged message on disk first.

    For a server by itself, or for one `member` of a cluster, which listens to the others on the same `host`.
    The text contains passwords: keep it in a file of mode 0600. Raises KeyError for a user without a password.
    """
    settings = {
        "server_name": member.name if member else "motmoi",
        "listen": f"{host}:{port}",
        "max_payload": 8 * 1024 * 1024,
        "max_pending": 256 * 1024 * 1024,
        "max_connections": 1024,
        "write_deadline": "10s",
        "ping_interval": "20s",
        "ping_max": 3,
        "logtime_utc": True,
        "authorization": {"timeout": 5},
        "jetstream": {
            "store_dir": str(store_dir),
            "sync_interval": "always",
            "max_mem": 256 * 1024 * 1024,
            "max_file": 1024**4,
        },
        "accounts": {ACCOUNT: {"jetstream": "enabled", "users": _users(credentials, services)}},
        **({"cluster": _cluster(member, host, credentials.nats[ROUTES])} if member else {}),
    }
    # The server's configuration format accepts JSON; no quoting of our own can go wrong.
    return json.dumps(settings, indent=2) + "\n"


def _cluster(member: Member, host: str, password: str) -> dict[str, Any]:
    return {
        "name": "motmoi",
        "listen": f"{host}:{member.route_port}",
        "authorization": {"user": ROUTES, "password": password, "timeout": 5},
        "routes": [f"nats://{ROUTES}:{password}@{address}" for address in member.routes],
        # Clients are told of all members by their settings, under the names their network knows.
        "no_advertise": True,
    }


def _users(credentials: Credentials, services: Sequence[str]) -> list[Mapping[str, Any]]:
    permissions = {service: _service_permissions(service) for service in services}
    permissions[CONSOLE] = {
        "publish": {"allow": ["command.>", "query.>", "ops.>"]},
        "subscribe": {"allow": [f"_INBOX.{CONSOLE}.>"]},
    }
    permissions[OPERATOR] = {"publish": {"allow": [">"]}, "subscribe": {"allow": [">"]}}
    return [
        {"user": user, "password": credentials.nats[user], "permissions": allowed}
        for user, allowed in permissions.items()
    ]


def _service_permissions(service: str) -> dict[str, Any]:
    return {
        "publish": {
            "allow": [
                f"event.{service}.>",
                f"command.{service}.>",
                f"query.{service}.>",
                f"timer.{service}.>",
                "$JS.API.STREAM.INFO.EVENTS",
                "$JS.API.STREAM.INFO.TIMERS",
                "$JS.API.STREAM.MSG.GET.EVENTS",
                "$JS.API.DIRECT.GET.EVENTS",
                "$JS.API.DIRECT.GET.EVENTS.>",
                "$JS.API.CONSUMER.CREATE.EVENTS.>",
                "$JS.API.CONSUMER.MSG.NEXT.EVENTS.>",
                f"$JS.API.CONSUMER.INFO.TIMERS.{service}",
                f"$JS.API.CONSUMER.MSG.NEXT.TIMERS.{service}",
                f"$JS.ACK.TIMERS.{service}.>",
                *([ARCHIVE_POSITION] if service == AUDIT else []),
            ]
        },
        "subscribe": {
            "allow": [
                f"command.{service}.>",
                f"query.{service}.>",
                f"ops.{service}.>",
                f"_INBOX.{service}.>",
                ARCHIVE_POSITION,
            ]
        },
        "allow_responses": {"max": 1, "expires": "1m"},
    }
