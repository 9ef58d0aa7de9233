"""Finding a running office from the command line: its data folder, its addresses, and the operator's credentials."""

import getpass
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nats
from nats.aio.client import Client

from contracts.base import Actor, Role
from deploy import SERVICES
from deploy.credentials import OPERATOR, Credentials, load_or_create
from deploy.files import read_json
from services.ops.language import in_language
from services.ops.supervisor import RUN_FILE
from services.runtime.settings import Settings

ROLES: tuple[Role, ...] = (
    "clerk",
    "leader",
    "board",
    "reader",
    "administrator",
    "auditor",
    "accountant",
    "cashier",
)


class OfficeNotFound(Exception):
    """No office runs on the data folder; the message says how to start one."""


def data_folder(chosen: Path | None) -> Path:
    """Return the data folder: the chosen one, MOTMOI_DATA, or the user's own place for such things."""
    if chosen or os.environ.get("MOTMOI_DATA"):
        return (chosen or Path(os.environ["MOTMOI_DATA"])).expanduser().absolute()
    home = os.environ.get("XDG_DATA_HOME")
    return (Path(home) if home else Path.home() / ".local" / "share") / "motmoi"


@dataclass(frozen=True)
class Office:
    """An office that runs: where it is and who the operator is to it."""

    folder: Path
    credentials: Credentials
    state: dict[str, Any]

    @classmethod
    def find(cls, chosen: Path | None) -> "Office":
        """Return the office on the data folder; raise OfficeNotFound when none runs there."""
        folder = data_folder(chosen)
        state = read_json(folder / RUN_FILE)
        if not state:
            raise OfficeNotFound(
                in_language(
                    vi=f"Chưa có văn phòng nào chạy trên {folder}. Đề nghị chạy: motmoi run --data {folder}",
                    en=f"No office runs on {folder}. Start it with: motmoi run --data {folder}",
                )
            )
        return cls(folder, load_or_create(folder, SERVICES), state)

    @property
    def nats_url(self) -> str:
        """The broker's address; of several brokers each, with commas."""
        brokers = (server for name, server in self.state["servers"].items() if name != "postgres")
        return ",".join(f"nats://127.0.0.1:{broker['port']}" for broker in brokers)

    @property
    def copies_of_log(self) -> int:
        """How many brokers keep the log."""
        return len(self.nats_url.split(","))

    @property
    def http_url(self) -> str:
        """The console's address."""
        return f"http://{self.state['http']['host']}:{self.state['http']['port']}"

    def database_url(self, role: str) -> str:
        """Return the database's address for a role."""
        return self.credentials.database_url(role, self.state["servers"]["postgres"]["port"])

    def settings(self, service: str) -> Settings:
        """Return a service's own settings, for work the operator does in its place."""
        return Settings.from_environment(
            {
                "MOTMOI_NATS_URL": self.nats_url,
                "MOTMOI_NATS_USER": service,
                "MOTMOI_NATS_PASSWORD": self.credentials.nats[service],
                "MOTMOI_DATABASE_URL": self.database_url(service),
                **{name: os.environ[name] for name in ("MOTMOI_RULES",) if name in os.environ},
            }
        )

    async def connect(self) -> Client:
        """Connect to the broker as the operator."""
        return await nats.connect(
            self.nats_url.split(","),
            user=OPERATOR,
            password=self.credentials.nats[OPERATOR],
            inbox_prefix=f"_INBOX.{OPERATOR}".encode(),
            name="motmoi",
            pending_size=64 * 1024 * 1024,
        )


def operator_actor(name: str | None = None) -> Actor:
    """Return the speaker of commands given at the terminal: the person logged in on this machine."""
    login = "".join(letter for letter in getpass.getuser() if letter.isalnum() or letter in "@._-") or "unknown"
    return Actor(id=f"operator:{login}", name=name or login, roles=ROLES)
