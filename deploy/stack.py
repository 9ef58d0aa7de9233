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
from deploy.nats_server import ALONE, nats_recipe
from deploy.permissions import Member
from deploy.ports import HOST, choose_port
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
    """Starts, restarts and stops the servers of `folder`; one supervisor per folder at a time.

    With three `brokers` the log is kept by a cluster of three nats-servers, each with a store of its own, in three
    copies; a folder stays with the number of brokers it began with.
    Ports: the asked one (0: any), else the one remembered from the last run, else 14222 and 15432; a taken port gives
    way to the next free one. `fast` is for tests: a new cluster is created without disk syncs.
    `credentials`, `postgres_folder` and `servers`, by name and in the order of stopping, are there once `start` has
    begun; `nats` is the first broker.
    """

    credentials: Credentials
    postgres_folder: Path
    brokers: tuple[Server, ...]
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
        brokers: int = 1,
    ) -> None:
        self.folder = folder.absolute()
        self.services = tuple(services)
        self._say = say
        self._fast = fast
        self._broker_count = brokers
        self._asked_nats, self._asked_postgres = nats_port, postgres_port
        self._state_folder = state_folder
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._lock = FolderLock(self.folder)
        self.servers: dict[str, Server] = {}

    async def start(self) -> None:
        """Start all servers and return when all answer; raises DeployError, with nothing left running.

        A leftover server of a dead supervisor is ended first. Refuses a folder another supervisor runs on.
        """
        self._lock.acquire()
        try:
            kept = read_json(self.folder / SERVERS_FILE)
            await self._end_leftovers(kept)
            self._prepare(kept)
            self._say(vi="Đang chờ NATS và PostgreSQL trả lời…", en="Waiting for NATS and PostgreSQL to answer…")
            starting = (server.start() for server in self.servers.values())
            outcomes = await asyncio.gather(*starting, return_exceptions=True)
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
            for server in self.servers.values():
                await server.stop()
        finally:
            self._lock.release()

    async def restart(self, name: str) -> None:
        """Start the server of that name again after its death; raises DeployError when it does not come back."""
        await self.servers[name].restart()
        self._remember()

    async def provision(self) -> list[str]:
        """Provision streams and database of the running servers; returns what was created or changed."""
        password = self.credentials.nats[OPERATOR]
        changed = await provision(self.nats_url, OPERATOR, password, self.services, replicas=len(self.brokers))
        return changed + await provision_database(self.superuser_dsn, self.credentials, self.services)

    @property
    def nats_url(self) -> str:
        """Where clients connect: nats://127.0.0.1:<port>, without a user; of several brokers each, with commas."""
        return ",".join(f"nats://{HOST}:{broker.port}" for broker in self.brokers)

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
        postgres = postgres_recipe(place, self.credentials, log / "postgres.log", self._say, fast=self._fast)
        brokers = {}
        for place_in_row, (name, member) in enumerate(self._members().items()):
            recipe = nats_recipe(self.folder, self.credentials, self.services, member)
            asked = self._asked_nats and self._asked_nats + place_in_row
            brokers[name] = self._server(name, recipe, kept, asked, NATS_PORT + place_in_row)
        self.brokers = tuple(brokers.values())
        self.nats = self.brokers[0]
        self.postgres = self._server("postgres", postgres, kept, self._asked_postgres, POSTGRES_PORT)
        # In the order of stopping: what writes to the log is gone before the database is.
        self.servers = {**brokers, "postgres": self.postgres}

    def _members(self) -> dict[str, Member | None]:
        if self._broker_count == 1:
            return {ALONE: None}
        names = [f"{ALONE}-{number}" for number in range(1, self._broker_count + 1)]
        ports = {name: choose_port("nats-server", 0, self._say) for name in names}
        routes = tuple(f"{HOST}:{port}" for port in ports.values())
        return {name: Member(name, port, routes) for name, port in ports.items()}

    async def _end_leftovers(self, kept: Mapping[str, Any]) -> None:
        for server in kept.values():
            if await end_leftover(
                server["pid"], server["identity"], signal.Signals(server["stop_signal"]), LEFTOVER_LIMIT_S
            ):
                self._say(
                    vi=f"Đã dừng máy chủ còn sót lại từ lần chạy trước (tiến trình {server['pid']}).",
                    en=f"Ended a server left over from an earlier run (process {server['pid']}).",
                )

    def _server(
        self, name: str, recipe: Recipe, kept: Mapping[str, Any], asked: int | None, default_port: int
    ) -> Server:
        port = asked if asked is not None else kept.get(name, {}).get("port", default_port)
        return Server(recipe, self.folder / "log" / f"{name}.log", int(port), self._say, READY_LIMIT_S)

    def _remember(self) -> None:
        running = {
            key: {
                "port": server.port,
                "pid": server.pid,
                "identity": identity(server.pid),
                "stop_signal": int(server.stop_signal),
            }
            for key, server in self.servers.items()
            if server.alive
        }
        # A server that is not running keeps what is known of it: its port serves the next start.
        kept = {**read_json(self.folder / SERVERS_FILE), **running}
        write_durably(self.folder / SERVERS_FILE, json.dumps(kept, indent=2) + "\n")
