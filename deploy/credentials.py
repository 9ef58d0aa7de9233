"""Passwords of an office's servers: generated once, kept in the data folder, read by its owner alone."""

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from deploy.files import read_json, write_durably
from deploy.messages import DeployError

CONSOLE = "console"
OPERATOR = "operator"
ROUTES = "routes"
SUPERUSER = "postgres"
DATABASE = "motmoi"
FILE_NAME = "credentials.json"


@dataclass(frozen=True)
class Credentials:
    """Passwords by user name: `nats` for NATS users and, under `routes`, for its servers among themselves; `postgres`
    for PostgreSQL roles (the superuser among them).
    """

    nats: Mapping[str, str]
    postgres: Mapping[str, str]

    def database_url(self, role: str, port: int, *, host: str = "127.0.0.1", database: str = DATABASE) -> str:
        """The connection URL of `role`; raises KeyError for a role without a password."""
        return f"postgresql://{quote(role)}:{quote(self.postgres[role], safe='')}@{host}:{port}/{database}"


def load_or_create(folder: Path, services: Sequence[str]) -> Credentials:
    """Read `credentials.json` of `folder`, adding a random password for every name it lacks.

    Names: every service, `console` and `operator`; for NATS `routes` besides, by which the servers of a cluster know
    each other; for PostgreSQL the superuser `postgres`. Passwords that exist are never changed. The file has mode 0600
    and is on disk before this returns. Raises DeployError when the file is damaged.
    """
    path = folder / FILE_NAME
    kept = read_json(path)
    names = [*services, CONSOLE, OPERATOR]
    credentials = Credentials(
        nats=_completed(path, kept.get("nats", {}), [*names, ROUTES]),
        postgres=_completed(path, kept.get("postgres", {}), [*names, SUPERUSER]),
    )
    wanted = {"nats": dict(credentials.nats), "postgres": dict(credentials.postgres)}
    if wanted != kept:
        folder.mkdir(parents=True, exist_ok=True)
        write_durably(path, json.dumps(wanted, indent=2) + "\n")
    if path.stat().st_mode & 0o077:
        path.chmod(0o600)
    return credentials


def _completed(path: Path, kept: object, names: Sequence[str]) -> dict[str, str]:
    if not isinstance(kept, dict) or not all(isinstance(value, str) and value for value in kept.values()):
        raise DeployError(
            vi=f"Tệp {path} không đúng khuôn dạng. Khôi phục tệp từ bản sao lưu rồi khởi động lại.",
            en=f"The file {path} does not have the expected form. Restore it from the backup, then start again.",
        )
    # 32 bytes: far beyond guessing, and token_urlsafe needs no quoting in URLs, SQL or NATS configuration.
    return {**kept, **{name: secrets.token_urlsafe(32) for name in names if name not in kept}}
