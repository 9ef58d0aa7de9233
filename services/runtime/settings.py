"""Settings of a process: environment variables, read once at its start."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


class SettingMissing(Exception):
    """An environment variable that has no default was not set; the message names it."""


@dataclass(frozen=True)
class Settings:
    """Where the servers are, who this process is to them, and how it logs.

    With `two_copies` a command is answered only when the archive has its events too. `audit_key` signs the log's
    checkpoints, under the name `office`, every `checkpoint_every_s` seconds while there is something new. The disk that
    is measured is that of `data_folder`.
    """

    nats_servers: tuple[str, ...]
    nats_user: str
    nats_password: str
    database_url: str
    http_host: str
    http_port: int
    log_level: str
    log_format: str
    rules_folder: Path | None
    data_folder: Path = Path("/")
    two_copies: bool = False
    audit_key: Path | None = None
    office: str = "office"
    checkpoint_every_s: float = 60.0

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "Settings":
        """Read MOTMOI_* variables; raise SettingMissing naming the first that is needed and absent."""

        def needed(name: str) -> str:
            if not environment.get(name):
                raise SettingMissing(f"Thiếu biến môi trường {name}. / Environment variable {name} is not set.")
            return environment[name]

        rules, key = environment.get("MOTMOI_RULES"), environment.get("MOTMOI_AUDIT_KEY")
        return cls(
            nats_servers=tuple(needed("MOTMOI_NATS_URL").split(",")),
            nats_user=needed("MOTMOI_NATS_USER"),
            nats_password=needed("MOTMOI_NATS_PASSWORD"),
            database_url=needed("MOTMOI_DATABASE_URL"),
            http_host=environment.get("MOTMOI_HTTP_HOST", "127.0.0.1"),
            http_port=int(environment.get("MOTMOI_HTTP_PORT", "8460")),
            log_level=environment.get("MOTMOI_LOG_LEVEL", "info"),
            log_format=environment.get("MOTMOI_LOG_FORMAT", "json"),
            rules_folder=Path(rules) if rules else None,
            data_folder=Path(environment.get("MOTMOI_DATA", "/")),
            two_copies=environment.get("MOTMOI_TWO_COPIES", "no").lower() in ("1", "yes", "true"),
            audit_key=Path(key) if key else None,
            office=environment.get("MOTMOI_OFFICE_NAME", "office"),
            checkpoint_every_s=float(environment.get("MOTMOI_CHECKPOINT_EVERY_S", "60")),
        )
