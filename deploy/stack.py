"""The embedded stack: a real nats-server and a real PostgreSQL for one data folder, as children of this process."""

import asyncio
import json
import signal
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

from deploy.child import end_leftover, identity
from deploy.credentials import OPERATOR, SUPERUSER, Credentials, load_or_create
from deploy.files import FolderLock, read_json, write_durably
from deploy.messages import Say, silent
from deploy.nats_server import nats_recipe
from deploy.ports import HOST
from deploy.postgres_place import STATE_FOLDER, find_place
from deploy.postgres_server import postgres_recipe
from deploy.provision import provision, provision_database
from deploy.server import Recipe, Server

NATS_PORT = 14222
POSTGRES_PORT = 15432
SERVERS_FILE = "servers.json"
LEFTOVER_LIMIT_S = 15
READY_LIMIT_S = 180


class Stack:
    """Starts, restarts and stops both servers of `folder`; one per folder at a time.

    Ports: the asked one (0: any), else the one remembered from the last run, else 14222 and 15432; a taken port gives
    way to the next free one. `fast` is for tests: a new cluster is created without disk syncs.
    `credentials`, `postgres_folder` and the servers `nats` and `postgres` are there once `start` has begun.
    """

    credentials: Credentials
    postgres_folder: Path
    nats: Server
    postgres: Server

    def __init__(
        self,
        folder: Path,
        services: Sequence[str],
        *,
        nats_port: int | None = None,
        postgres_port: int | None = None,
        say: Say = silent,
        fast: bool = False,
        state_folder: Path = STATE_FOLDER,
    ) -> None:
        self.folder = folder.absolute()
        self.services = tuple(services)
        self._say = say
        self._fast = fast
        self._asked = {"nats": nats_port, "postgres": postgres_port}
        self._state_folder = state_folder
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._lock = FolderLock(self.folder)
        self._servers: dict[str, Server] = {}

    async def start(self) -> None:
        """Start both servers and return when both answer; raises DeployError, with nothing left running.

        A leftover server of a dead supervisor is ended first. Refuses a folder another supervisor runs on.
        """
        self._lock.acquire()
        try:
            kept = read_json(self.folder / SERVERS_FILE)
            await self._end_leftovers(kept)
            self._prepare(kept)
            self._say(vi="Đang chờ NATS và PostgreSQL trả lời…", en="Waiting for NATS and PostgreSQL to answer…")
            outcomes = await asyncio.gather(self.nats.start(), self.postgres.start(), return_exceptions=True)
            self._remember()
            for outcome in outcomes:
                if isinstance(outcome, BaseException):
                    raise outcome
        except BaseException:
            await self.stop()
            raise

    async def stop(self) -> None:
        """Stop NATS, then PostgreSQL, and free the folder; harmless when nothing runs."""
        try:
            for server in self._servers.values():
                await server.stop()
        finally:
            self._lock.release()

    async def restart_nats(self) -> None:
        """Start nats-server again after its death; raises DeployError when it does not come back."""
        await self.nats.restart()
        self._remember()

    async def restart_postgres(self) -> None:
        """Start PostgreSQL again after its death; raises DeployError when it does not come back."""
        await self.postgres.restart()
        self._remember()

    async def provision(self) -> list[str]:
        """Provision streams and database of the running servers; returns what was created or changed."""
        changed = await provision(self.nats_url, OPERATOR, self.credentials.nats[OPERATOR], self.services)
        return changed + await provision_database(self.superuser_dsn, self.credentials, self.services)

    @property
    def nats_url(self) -> str:
        """Where clients connect: nats://127.0.0.1:<port>, without a user."""
        return f"nats://{HOST}:{self.nats.port}"

    @property
    def superuser_dsn(self) -> str:
        """The superuser's URL, on the database `postgres`."""
        return self.credentials.database_url(SUPERUSER, self.postgres.port, database="postgres")

    def database_url(self, role: str) -> str:
        """The URL of the database `motmoi` for `role`; raises KeyError for an unknown role."""
        return self.credentials.database_url(role, self.postgres.port)

    async def __aenter__(self) -> "Stack":
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    def _prepare(self, kept: Mapping[str, Any]) -> None:
        log = self.folder / "log"
        log.mkdir(mode=0o700, exist_ok=True)
        self.credentials = load_or_create(self.folder, self.services)
        place = find_place(self.folder, self._state_folder)
        self.postgres_folder = place.folder
        nats = nats_recipe(self.folder, self.credentials, self.services)
        postgres = postgres_recipe(place, self.credentials, log / "postgres.log", self._say, fast=self._fast)
        self.nats = self._server("nats", nats, kept, NATS_PORT)
        self.postgres = self._server("postgres", postgres, kept, POSTGRES_PORT)
        # In the order of stopping: what writes to the log is gone before the database is.
        self._servers = {"nats": self.nats, "postgres": self.postgres}

    async def _end_leftovers(self, kept: Mapping[str, Any]) -> None:
        for server in kept.values():
            if await end_leftover(
                server["pid"], server["identity"], signal.Signals(server["stop_signal"]), LEFTOVER_LIMIT_S
            ):
                self._say(
                    vi=f"Đã dừng máy chủ còn sót lại từ lần chạy trước (tiến trình {server['pid']}).",
                    en=f"Ended a server left over from an earlier run (process {server['pid']}).",
                )

    def _server(self, key: str, recipe: Recipe, kept: Mapping[str, Any], default_port: int) -> Server:
        asked = self._asked[key]
        port = asked if asked is not None else kept.get(key, {}).get("port", default_port)
        return Server(recipe, self.folder / "log" / f"{key}.log", int(port), self._say, READY_LIMIT_S)

    def _remember(self) -> None:
        running = {
            key: {
                "port": server.port,
                "pid": server.pid,
                "identity": identity(server.pid),
                "stop_signal": int(server.stop_signal),
            }
            for key, server in self._servers.items()
            if server.alive
        }
        # A server that is not running keeps what is known of it: its port serves the next start.
        kept = {**read_json(self.folder / SERVERS_FILE), **running}
        write_durably(self.folder / SERVERS_FILE, json.dumps(kept, indent=2) + "\n")
