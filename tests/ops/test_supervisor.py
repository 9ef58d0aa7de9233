"""The supervisor with throw-away services on real servers: it keeps them alive, knows them ready and stops them all."""

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from pathlib import Path

import pytest
import pytest_asyncio
from nats.aio.client import Client

from deploy import SERVICES
from deploy.child import identity
from deploy.credentials import CONSOLE
from deploy.messages import DeployError
from deploy.stack import Stack
from services.ops.keeping import Backoff
from services.ops.language import in_language
from services.ops.processes import FOLLOW_NICENESS, Process, office_processes, service_ready, shared_environment
from services.ops.supervisor import Supervisor

Connect = Callable[..., Awaitable[Client]]

SERVICE_SCRIPT = """
import asyncio, json, os, sys
import nats

async def main() -> None:
    user = os.environ["MOTMOI_NATS_USER"]
    client = await nats.connect(os.environ["MOTMOI_NATS_URL"], user=user,
        password=os.environ["MOTMOI_NATS_PASSWORD"], inbox_prefix=f"_INBOX.{user}".encode(),
        max_reconnect_attempts=-1, reconnect_time_wait=0.1)

    async def answer(message):
        await message.respond(json.dumps({"status": "ok", "niceness": os.nice(0)}).encode())

    await client.subscribe(f"ops.{user}.health.{sys.argv[1]}", cb=answer)
    await client.flush()
    await client.publish(f"event.{user}.started.{sys.argv[1]}", str(os.getpid()).encode())
    await client.flush()
    await asyncio.Event().wait()

asyncio.run(main())
"""

CONSOLE_SCRIPT = """
import os
from http.server import BaseHTTPRequestHandler, HTTPServer

class Page(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200 if self.path == "/healthz" else 404)
        self.end_headers()

HTTPServer((os.environ["MOTMOI_HTTP_HOST"], int(os.environ["MOTMOI_HTTP_PORT"])), Page).serve_forever()
"""

RUN_SCRIPT = """
import asyncio, sys
from pathlib import Path
from services.ops.supervisor import Supervisor

asyncio.run(Supervisor(Path(sys.argv[1]), plan=lambda stack, host, port: (), nats_port=0, postgres_port=0,
                       http_port=0, fast=True, state_folder=Path(sys.argv[2])).run())
"""


def throwaway_plan(stack: Stack, http_host: str, http_port: int) -> Sequence[Process]:
    return [
        Process(
            process.name,
            (sys.executable, "-c", CONSOLE_SCRIPT if process.name == CONSOLE else SERVICE_SCRIPT, *process.argv[3:]),
            process.environment,
            process.niceness,
        )
        for process in office_processes(stack, http_host, http_port)
    ]


OWNERS = {
    **{name: service for service in SERVICES for name in (service, f"{service}-follow")},
    CONSOLE: CONSOLE,
}
"""The processes of an office, in the order of starting, and as whom each speaks."""


class Heard:
    """Keeps what the supervisor says, so that a test can wait for a line instead of a time."""

    def __init__(self) -> None:
        self._lines: asyncio.Queue[str] = asyncio.Queue()

    def __call__(self, *, vi: str, en: str) -> None:
        assert vi
        self._lines.put_nowait(en)

    async def line(self, wanted: str) -> None:
        async with asyncio.timeout(60):
            while await self._lines.get() != wanted:
                pass


@pytest.fixture(scope="module")
def heard() -> Heard:
    return Heard()


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def supervisor(reachable_folder: Path, heard: Heard) -> AsyncIterator[Supervisor]:
    supervised = Supervisor(
        reachable_folder / "supervised",
        plan=throwaway_plan,
        nats_port=0,
        postgres_port=0,
        http_port=0,
        say=heard,
        fast=True,
        state_folder=reachable_folder / "state",
    )
    await supervised.start()
    yield supervised
    await supervised.stop()


async def test_after_the_start_every_process_is_ready_and_run_json_says_what_runs(supervisor: Supervisor) -> None:
    state = json.loads((supervisor.stack.folder / "run.json").read_text())
    assert state["pid"] == os.getpid()
    assert state["servers"]["nats"] == {
        "port": supervisor.stack.nats.port,
        "pid": supervisor.stack.nats.pid,
        "restarts": 0,
    }
    assert list(state["processes"]) == [*OWNERS]
    assert all(identity(process["pid"]) == process["identity"] for process in state["processes"].values())


async def test_the_followers_give_way_to_those_who_answer(supervisor: Supervisor, connect: Connect) -> None:
    operator = await connect(supervisor.stack, "operator")
    niceness = [
        json.loads((await operator.request(f"ops.documents.health.{part}", b"", timeout=5)).data)["niceness"]
        for part in ("answer", "follow")
    ]
    assert niceness[1] - niceness[0] == FOLLOW_NICENESS


async def test_a_process_that_is_not_there_is_not_ready(supervisor: Supervisor, connect: Connect) -> None:
    operator = await connect(supervisor.stack, "operator")
    assert await service_ready(operator, "console", supervisor.http_host, supervisor.http_port)
    assert not await service_ready(operator, "console", supervisor.http_host, supervisor.stack.nats.port)
    assert not await service_ready(operator, "payroll", supervisor.http_host, supervisor.http_port)


async def test_a_killed_service_is_started_again_and_counted(supervisor: Supervisor, connect: Connect) -> None:
    operator = await connect(supervisor.stack, "operator")
    started = await operator.subscribe("event.documents.started.answer")
    await operator.flush()
    (kept,) = (one for one in supervisor.kept if one.process.name == "documents")
    assert kept.pid is not None
    killed = kept.pid
    os.kill(killed, signal.SIGKILL)
    assert int((await started.next_msg(timeout=30)).data) == kept.pid
    assert kept.pid != killed
    state = json.loads((supervisor.stack.folder / "run.json").read_text())
    assert (state["processes"]["documents"]["pid"], state["processes"]["documents"]["restarts"]) == (kept.pid, 1)


@pytest.mark.parametrize(("name", "spoken"), [("nats", "nats-server"), ("postgres", "PostgreSQL")])
async def test_a_killed_server_is_back_on_its_port(
    supervisor: Supervisor, heard: Heard, name: str, spoken: str
) -> None:
    server = {"nats": supervisor.stack.nats, "postgres": supervisor.stack.postgres}[name]
    port, killed = server.port, server.pid
    os.kill(killed, signal.SIGKILL)
    await heard.line(f"{spoken} is back.")
    assert (server.port, server.restarts) == (port, 1)
    state = json.loads((supervisor.stack.folder / "run.json").read_text())
    assert state["servers"][name] == {"port": port, "pid": server.pid, "restarts": 1}


async def test_stop_leaves_no_process_and_no_run_json(reachable_folder: Path, heard: Heard) -> None:
    brief = Supervisor(
        reachable_folder / "brief",
        plan=throwaway_plan,
        nats_port=0,
        postgres_port=0,
        http_port=0,
        say=heard,
        fast=True,
        state_folder=reachable_folder / "state",
    )
    await brief.start()
    pids = [brief.stack.nats.pid, brief.stack.postgres.pid, *(kept.pid for kept in brief.kept)]
    await brief.stop()
    assert [pid for pid in pids if pid is None or identity(pid)] == []
    assert not (brief.stack.folder / "run.json").exists()


@pytest.mark.parametrize("chosen", [signal.SIGINT, signal.SIGTERM])
async def test_a_stop_signal_ends_everything_in_order(reachable_folder: Path, chosen: signal.Signals) -> None:
    folder = reachable_folder / f"signalled-{chosen.name}"
    running = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        RUN_SCRIPT,
        str(folder),
        str(reachable_folder / "state"),
        stderr=asyncio.subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "MOTMOI_LANG": "en"},
    )
    assert running.stderr is not None
    while b"Preparing" not in await running.stderr.readline():
        pass
    servers = json.loads((folder / "servers.json").read_text())
    running.send_signal(chosen)
    rest = (await asyncio.wait_for(running.communicate(), 60))[1].decode()
    assert running.returncode == 0, rest
    assert not any(identity(server["pid"]) for server in servers.values())


async def test_a_second_supervisor_is_refused_and_harms_nothing(supervisor: Supervisor, heard: Heard) -> None:
    second = Supervisor(supervisor.stack.folder, plan=throwaway_plan, say=heard)
    with pytest.raises(DeployError):
        await second.run()
    assert supervisor.stack.nats.alive
    assert all(kept.alive for kept in supervisor.kept)
    assert (supervisor.stack.folder / "run.json").exists()


async def test_a_process_sees_its_own_credentials_only(stack: Stack, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MOTMOI_DATABASE_URL", "postgresql://operator:secret@host/motmoi")
    monkeypatch.setenv("PGPASSWORD", "secret")
    monkeypatch.setenv("MOTMOI_LANG", "en")
    processes = {process.name: process for process in office_processes(stack, "127.0.0.1", 8460)}
    for name, owner in OWNERS.items():
        environment = processes[name].environment
        assert environment["MOTMOI_NATS_USER"] == owner
        assert environment["MOTMOI_LANG"] == "en"
        secrets = {*stack.credentials.nats.values(), *stack.credentials.postgres.values(), "secret"}
        own = {stack.credentials.nats[owner], stack.credentials.postgres[owner]}
        everything = " ".join(environment.values())
        assert {secret for secret in secrets if secret in everything} == own


def test_settings_of_the_supervisor_are_not_inherited() -> None:
    given = {"PATH": "/bin", "MOTMOI_DATA": "/d", "MOTMOI_RULES": "/r", "PGUSER": "x"}
    assert shared_environment(given) == {"PATH": "/bin", "MOTMOI_RULES": "/r"}


def test_pauses_double_up_to_five_seconds_and_begin_again_after_a_steady_life() -> None:
    backoff = Backoff()
    assert [backoff.pause_after(1) for _ in range(7)] == [0.2, 0.4, 0.8, 1.6, 3.2, 5.0, 5.0]
    assert [backoff.pause_after(30), backoff.pause_after(0)] == [0.2, 0.4]


def test_people_are_spoken_to_in_vietnamese_unless_they_ask_for_english() -> None:
    assert in_language(vi="chào", en="hello", environment={}) == "chào"
    assert in_language(vi="chào", en="hello", environment={"MOTMOI_LANG": "en"}) == "hello"
