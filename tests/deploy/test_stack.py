"""The embedded stack on real servers: what survives, what is refused, what is left behind."""

import asyncio
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import asyncpg
import pytest
import pytest_asyncio
from nats.aio.client import Client

from deploy.child import Account, end_leftover, identity, spawn
from deploy.credentials import load_or_create
from deploy.messages import DeployError, Say
from deploy.ports import choose_port
from deploy.postgres_place import can_reach, copy_programs, find_place
from deploy.stack import Stack

SERVICES = ("documents",)
Connect = Callable[..., Awaitable[Client]]

SUPERVISOR_SCRIPT = """
import asyncio, sys
from pathlib import Path
from deploy.stack import Stack

async def main() -> None:
    stack = Stack(Path(sys.argv[1]), ("documents",), nats_port=0, postgres_port=0, fast=True,
                  state_folder=Path(sys.argv[2]))
    await stack.start()
    sys.stdout.write(f"{stack.nats.pid} {stack.postgres.pid}\\n")
    sys.stdout.flush()
    await asyncio.Event().wait()

asyncio.run(main())
"""


def new_stack(folder: Path, name: str, *, nats_port: int | None = 0, postgres_port: int | None = 0) -> Stack:
    return Stack(
        folder / name,
        SERVICES,
        nats_port=nats_port,
        postgres_port=postgres_port,
        fast=True,
        state_folder=folder / "state",
    )


class Watched:
    """A process that is no child of ours, watched from now on until it ends."""

    def __init__(self, pid: int) -> None:
        self._descriptor = os.pidfd_open(pid)
        self._ended = asyncio.Event()
        asyncio.get_running_loop().add_reader(self._descriptor, self._ended.set)

    async def end(self) -> None:
        await asyncio.wait_for(self._ended.wait(), 30)
        asyncio.get_running_loop().remove_reader(self._descriptor)
        os.close(self._descriptor)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def mortal(reachable_folder: Path) -> AsyncIterator[Stack]:
    """A stack of this module's own, for tests that kill."""
    async with new_stack(reachable_folder, "mortal") as stack:
        await stack.provision()
        yield stack


async def test_acknowledged_events_survive_a_killed_nats_server(mortal: Stack, connect: Connect) -> None:
    client = await connect(mortal, "documents")
    for number in range(20):
        await client.request(f"event.documents.register.{number}", b"{}", timeout=5)
    os.kill(mortal.nats.pid, signal.SIGKILL)
    assert await mortal.nats.wait() == -signal.SIGKILL
    port, restarts = mortal.nats.port, mortal.nats.restarts
    await mortal.restart("nats")
    assert (mortal.nats.port, mortal.nats.restarts) == (port, restarts + 1)
    again = await connect(mortal, "documents")
    assert (await again.jetstream().stream_info("EVENTS")).state.messages == 20


async def test_committed_rows_survive_a_killed_postgresql(mortal: Stack) -> None:
    connection = await asyncpg.connect(mortal.database_url("documents"))
    await connection.execute("CREATE TABLE kept (number bigint); INSERT INTO kept VALUES (47)")
    os.kill(mortal.postgres.pid, signal.SIGKILL)
    assert await mortal.postgres.wait() == -signal.SIGKILL
    connection.terminate()
    port = mortal.postgres.port
    await mortal.restart("postgres")
    assert mortal.postgres.port == port
    connection = await asyncpg.connect(mortal.database_url("documents"))
    assert await connection.fetchval("SELECT number FROM kept") == 47
    await connection.close()


async def test_a_second_supervisor_on_the_same_folder_is_refused_in_both_languages(mortal: Stack) -> None:
    second = new_stack(mortal.folder.parent, "mortal")
    with pytest.raises(DeployError) as refused:
        await second.start()
    assert str(os.getpid()) in refused.value.vi
    assert str(os.getpid()) in refused.value.en
    assert mortal.nats.alive
    assert mortal.postgres.alive


async def test_stop_leaves_no_process_and_the_next_start_has_the_same_ports_and_passwords(
    reachable_folder: Path,
) -> None:
    first = new_stack(reachable_folder, "stopped")
    await first.start()
    ports = (first.nats.port, first.postgres.port)
    pids = (first.nats.pid, first.postgres.pid)
    assert all(identity(pid) for pid in pids)
    await first.stop()
    assert not any(identity(pid) for pid in pids)
    async with new_stack(reachable_folder, "stopped", nats_port=None, postgres_port=None) as second:
        assert (second.nats.port, second.postgres.port) == ports
        assert second.credentials == first.credentials


async def test_servers_die_with_a_killed_supervisor_and_the_next_one_starts(reachable_folder: Path) -> None:
    supervisor = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        SUPERVISOR_SCRIPT,
        str(reachable_folder / "orphan"),
        str(reachable_folder / "state"),
        stdout=asyncio.subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert supervisor.stdout is not None
    pids = [int(word) for word in (await supervisor.stdout.readline()).split()]
    servers = [Watched(pid) for pid in pids]
    supervisor.kill()
    await supervisor.wait()
    for server in servers:
        await server.end()
    async with new_stack(reachable_folder, "orphan", nats_port=None, postgres_port=None) as next_stack:
        assert next_stack.nats.pid not in pids


async def test_only_the_very_process_that_was_left_over_is_ended(tmp_path: Path) -> None:
    child = await spawn(["/bin/sleep", "600"], log=tmp_path / "sleep.log", environment={})
    known = identity(child.pid)
    assert not await end_leftover(child.pid, "another boot:1", signal.SIGTERM, 5)
    assert not await end_leftover(child.pid, None, signal.SIGTERM, 5)
    assert child.alive
    assert await end_leftover(child.pid, known, signal.SIGTERM, 5)
    assert await child.wait() == -signal.SIGTERM


async def test_a_taken_port_gives_way_to_the_next_free_one_and_this_is_said(reachable_folder: Path) -> None:
    said: list[str] = []

    def say(*, vi: str, en: str) -> None:
        said.extend((vi, en))

    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = int(other.getsockname()[1])
        chosen = choose_port("nats-server", taken, say)
        assert chosen != taken
        assert len(said) == 2
        assert all(str(taken) in line and str(chosen) in line for line in said)
        async with new_stack(reachable_folder, "ports", nats_port=taken, postgres_port=taken) as stack:
            assert len({taken, stack.nats.port, stack.postgres.port}) == 3


async def test_a_port_that_another_office_takes_between_looking_and_listening_gives_way_too(
    reachable_folder: Path, mortal: Stack, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = {"nats-server": mortal.nats.port, "PostgreSQL": mortal.postgres.port}
    looks = {"nats-server": 0, "PostgreSQL": 0}

    def look(server: str, asked: int, say: Say) -> int:
        looks[server] += 1
        return taken[server] if looks[server] == 1 else choose_port(server, 0, say)

    monkeypatch.setattr("deploy.server.choose_port", look)
    async with new_stack(reachable_folder, "beside") as stack:
        assert looks == {"nats-server": 2, "PostgreSQL": 2}
        assert {stack.nats.port, stack.postgres.port}.isdisjoint(taken.values())


async def test_a_server_that_cannot_start_says_why_with_the_end_of_its_log(reachable_folder: Path) -> None:
    stack = new_stack(reachable_folder, "broken")
    async with stack:
        nats_pid = stack.nats.pid
    (stack.postgres_folder / "cluster" / "pg_hba.conf").write_text("nonsense\n")
    with pytest.raises(DeployError) as failure:
        await stack.start()
    assert "pg_hba.conf" in failure.value.vi
    assert "pg_hba.conf" in failure.value.en
    assert identity(nats_pid) is None
    assert not stack.nats.alive
    assert not stack.postgres.alive


def test_credentials_are_made_once_readable_by_their_owner_alone_and_only_added_to(tmp_path: Path) -> None:
    first = load_or_create(tmp_path, SERVICES)
    second = load_or_create(tmp_path, (*SERVICES, "payroll"))
    assert (tmp_path / "credentials.json").stat().st_mode & 0o777 == 0o600
    assert set(first.nats) == {"documents", "console", "operator", "routes"}
    assert set(first.postgres) == {"documents", "console", "operator", "postgres"}
    assert dict(second.nats) == {**first.nats, "payroll": second.nats["payroll"]}
    assert load_or_create(tmp_path, SERVICES) == second
    assert len({*second.nats.values(), *second.postgres.values()}) == len(second.nats) + len(second.postgres)


def test_damaged_credentials_are_refused_rather_than_replaced(tmp_path: Path) -> None:
    (tmp_path / "credentials.json").write_text('{"nats": {"docu')
    with pytest.raises(DeployError):
        load_or_create(tmp_path, SERVICES)
    assert (tmp_path / "credentials.json").read_text() == '{"nats": {"docu'


def test_a_closed_folder_is_never_opened_and_the_cluster_goes_where_its_user_can_reach(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    (closed / "office").mkdir()
    state = tmp_path / "state"
    place = find_place(closed / "office", state)
    assert closed.stat().st_mode & 0o777 == 0o700
    assert find_place(closed / "office", state).folder == place.folder
    assert place.folder.stat().st_mode & 0o777 == 0o700
    if place.account is not None:
        assert not can_reach(place.account, closed / "office")
        assert place.folder.parent == state
        assert place.folder.stat().st_uid == place.account.user
    else:
        assert place.folder == closed / "office" / "postgres"


def test_programs_out_of_reach_are_copied_once_for_everybody(reachable_folder: Path, tmp_path: Path) -> None:
    program = Path("pg", "bin", "postgres")
    (tmp_path / program).parent.mkdir(parents=True)
    (tmp_path / program).write_text("program")
    (tmp_path / program).chmod(0o700)
    (tmp_path / "pg.libs").mkdir(mode=0o700)
    parts = [Path("pg"), Path("pg.libs")]
    target = copy_programs(tmp_path, parts, reachable_folder / "programs" / "postgresql-1")
    (tmp_path / program).write_text("newer")
    assert copy_programs(tmp_path, parts, target) == target
    assert (target / program).read_text() == "program"
    assert (target / program).stat().st_mode & 0o777 == 0o755
    nobody = Account("nobody", 65534, 65534)
    assert can_reach(nobody, target / program)
    assert can_reach(nobody, target / "pg.libs")
