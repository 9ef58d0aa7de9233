"""The NATS configuration of an office: one account, and for each user exactly the subjects it may use."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from deploy.credentials import CONSOLE, OPERATOR, Credentials

ACCOUNT = "OFFICE"


def nats_configuration(
    credentials: Credentials,
    port: int,
    store_dir: Path | str,
    services: Sequence[str],
    *,
    host: str = "127.0.0.1",
    server_name: str = "motmoi",
) -> str:
    """The text of `nats-server.conf`: default deny, every acknowledged message on disk first.

    The text contains passwords: keep it in a file of mode 0600. Raises KeyError for a user without a password.
    """
    settings = {
        "server_name": server_name,
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
    }
    # The server's configuration format accepts JSON; no quoting of our own can go wrong.
    return json.dumps(settings, indent=2) + "\n"


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
                "$JS.API.DIRECT.GET.EVENTS",
                "$JS.API.DIRECT.GET.EVENTS.>",
                "$JS.API.CONSUMER.CREATE.EVENTS.>",
                "$JS.API.CONSUMER.MSG.NEXT.EVENTS.>",
                f"$JS.API.CONSUMER.INFO.TIMERS.{service}",
                f"$JS.API.CONSUMER.MSG.NEXT.TIMERS.{service}",
                f"$JS.ACK.TIMERS.{service}.>",
            ]
        },
        "subscribe": {
            "allow": [f"command.{service}.>", f"query.{service}.>", f"ops.{service}.>", f"_INBOX.{service}.>"]
        },
        "allow_responses": {"max": 1, "expires": "1m"},
    }
