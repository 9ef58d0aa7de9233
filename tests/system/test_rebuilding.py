"""Every read model of a running office is rebuilt or compared by one command, in processes of its own."""

import asyncio
import json
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import asyncpg

from services.ops.office import Office
from services.ops.rebuilding import Reported, every_model, rebuild_everywhere
from services.ops.supervisor import Supervisor

_ROOT = Path(__file__).parents[2]
Words = Callable[..., dict[str, Any]]


async def _motmoi(running: Supervisor, *arguments: str) -> asyncio.subprocess.Process:
    """Start a command of the line beside the running office."""
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "services.ops", *arguments, "--data", str(running.stack.folder)),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        cwd=_ROOT,
        env={**os.environ, "PYTHONPATH": str(_ROOT), "MOTMOI_LANG": "en"},
    )


async def _said(running: Supervisor, *arguments: str) -> tuple[int | None, str]:
    """Run a command of the line; return its exit code and what it prints."""
    process = await _motmoi(running, *arguments)
    output, _ = await asyncio.wait_for(process.communicate(), 120)
    return process.returncode, output.decode()


async def _database(running: Supervisor, service: str = "documents") -> "asyncpg.Connection[asyncpg.Record]":
    return await asyncpg.connect(running.stack.database_url(service))


async def _left_behind(running: Supervisor) -> int:
    database = await _database(running)
    try:
        left: int = await database.fetchval("SELECT count(*) FROM pg_tables WHERE tablename LIKE '%\\_next'")
        return left
    finally:
        await database.close()


async def _registered(clerk: Any, letter: Words, count: int = 20) -> int:
    answers = await asyncio.gather(*(clerk.says("register-incoming", **letter()) for _ in range(count)))
    position: int = max(answer["position"] for answer in answers)
    await clerk.asks("incoming-register", after=position)
    await clerk.asks("handling-register", after=position)
    return position


async def test_one_command_rebuilds_everything_of_every_service(running: Supervisor, clerk: Any, letter: Words) -> None:
    position = await _registered(clerk, letter)

    status, said = await _said(running, "rebuild", "--json")

    found = json.loads(said)
    assert status == 0, found
    assert {(one["service"], one["model"]) for one in found} == {
        (service, name) for service, names in every_model().items() for name in names
    }
    assert all(one["switched"] and one["differences"] == 0 and one["error"] is None for one in found)
    assert next(one for one in found if one["model"] == "incoming_register")["position"] >= position
    assert await _left_behind(running) == 0


async def test_a_dry_run_says_what_would_change_and_changes_nothing(
    running: Supervisor, clerk: Any, letter: Words
) -> None:
    await _registered(clerk, letter, 1)
    database = await _database(running)
    document = await database.fetchval(
        "UPDATE incoming_register_v1 SET summary = 'Sửa tay' WHERE document_id = "
        "(SELECT max(document_id) FROM incoming_register_v1) RETURNING document_id"
    )

    status, said = await _said(running, "rebuild", "documents", "--dry-run")
    kept = await database.fetchval("SELECT summary FROM incoming_register_v1 WHERE document_id = $1", document)
    refused, _ = await _said(running, "rebuild", "documents", "incoming_register")
    mended, _ = await _said(running, "rebuild", "documents", "incoming_register", "--even-if-different", "--json")
    identical, again = await _said(running, "rebuild", "--dry-run", "--json")

    assert status == 1
    assert document in said
    assert "live 'Sửa tay' · by the log 'Về việc báo cáo" in said
    assert kept == "Sửa tay"
    assert (refused, mended, identical) == (1, 0, 0)
    assert {(one["differences"], one["switched"]) for one in json.loads(again)} == {(0, False)}
    assert await _left_behind(running) == 0
    await database.close()


async def test_names_that_are_not_there_are_refused_with_those_that_are(running: Supervisor) -> None:
    assert (await _said(running, "rebuild", "payroll"))[0] == 2
    assert (await _said(running, "rebuild", "documents", "ledger"))[0] == 2


async def test_a_process_that_dies_is_reported_and_what_it_left_is_swept_by_the_next(
    running: Supervisor, clerk: Any, letter: Words
) -> None:
    await _registered(clerk, letter)
    office = Office.find(running.stack.folder)
    killed = list[int]()

    def kill(said: Reported) -> None:
        if said.service == "documents" and "snapshots" in said.models and not killed:
            killed.append(_worker())
            os.kill(killed[0], signal.SIGKILL)

    holder = await _database(running)
    async with holder.transaction():
        await holder.execute("SELECT 1 FROM checkpoints FOR UPDATE")
        rebuilding = asyncio.create_task(rebuild_everywhere(office, {"documents": ("snapshots",)}, kill))
        (outcome,) = await rebuilding
    await holder.close()

    assert killed
    assert outcome.found is None
    assert "-9" in str(outcome.error)
    after = await rebuild_everywhere(office, every_model())
    assert all(one.found and one.found.switched for one in after)
    assert await _left_behind(running) == 0


def _worker() -> int:
    """Return the process that rebuilds, among this process's children."""
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            line, parent = path.read_bytes(), int((path.parent / "stat").read_text().rpartition(")")[2].split()[1])
        except OSError:  # it has just ended
            continue
        if b"rebuilding_worker" in line and parent == os.getpid():
            return int(path.parent.name)
    raise LookupError("no process rebuilds")


async def test_the_terminal_s_signal_ends_it_and_leaves_no_table_behind(
    running: Supervisor, clerk: Any, letter: Words
) -> None:
    await _registered(clerk, letter)
    holder = await _database(running)
    async with holder.transaction():
        await holder.execute("SELECT 1 FROM checkpoints FOR UPDATE")
        process = await _motmoi(running, "rebuild", "documents")
        while await _left_behind(running) < len(every_model()["documents"]):
            await asyncio.sleep(0.01)

        process.send_signal(signal.SIGINT)

        _, said = await asyncio.wait_for(process.communicate(), 60)
    await holder.close()
    assert process.returncode == 130, said.decode()
    assert await _left_behind(running) == 0
