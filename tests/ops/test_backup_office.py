"""A running office backed up and restored by the command line is the same office: same log, same registers."""

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import asyncpg
import pytest_asyncio

from services.documents.service import DOCUMENTS
from services.ops.backups import appending, marks
from services.ops.office import Office
from services.ops.sample import load_sample
from services.ops.supervisor import Supervisor
from services.runtime.database import checkpoints
from services.runtime.follow import Message


def supervisor_on(folder: Path, state: Path) -> Supervisor:
    return Supervisor(
        folder, nats_port=0, postgres_port=0, http_port=0, say=lambda **_: None, fast=True, state_folder=state
    )


async def motmoi(*arguments: str | Path) -> tuple[int, str, str]:
    """Run the command line in a process of its own; return its exit code, its output and its errors."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "services.ops", *(str(argument) for argument in arguments)),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "MOTMOI_LANG": "en"},
    )
    output, errors = await process.communicate()
    return process.returncode or 0, output.decode(), errors.decode()


async def told(*arguments: str | Path) -> dict[str, Any]:
    """Run a command that succeeds and return its JSON."""
    code, output, errors = await motmoi(*arguments, "--json")
    assert code == 0, errors
    found: dict[str, Any] = json.loads(output)
    return found


async def positions(database: Any, tables: list[str]) -> list[int]:
    found = await checkpoints(database)
    return [found[table].position for table in tables]


async def everything(office: Office) -> tuple[list[Message], dict[str, list[str]]]:
    """The log, and every row of the desk's read models when they have come to its end."""
    settings = office.settings("documents")
    client = await office.connect()
    reply = await client.request("$JS.API.STREAM.INFO.EVENTS", b"", timeout=10)
    last = json.loads(reply.data)["state"]["last_seq"]
    await client.close()
    log = [message async for batch in appending.stored(settings, last) for message in batch]
    database = await asyncpg.connect(office.database_url("documents"))
    tables = [model.table for model in DOCUMENTS.read_models]
    async with asyncio.timeout(60):
        while min(await positions(database, tables)) < last:
            await asyncio.sleep(0.05)
    rows = {table: await database.fetch(f'SELECT to_jsonb(t)::text FROM "{table}" t ORDER BY 1') for table in tables}
    await database.close()
    return log, {table: [row[0] for row in found] for table, found in rows.items()}


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def running(reachable_folder: Path) -> AsyncIterator[Office]:
    """The sample office at work."""
    supervised = supervisor_on(reachable_folder / "backed-up", reachable_folder / "state")
    await supervised.start()
    office = Office.find(supervised.stack.folder)
    assert await load_sample(office)
    yield office
    await supervised.stop()


async def test_a_restored_office_has_the_same_log_and_the_same_registers(
    running: Office, reachable_folder: Path
) -> None:
    file, folder = reachable_folder / "sample.motmoi", reachable_folder / "restored-office"
    made = await told("backup", file, "--data", running.folder)
    log, registers = await everything(running)
    restored = await told("restore", file, "--keys", f"{file}.keys", "--data", folder)
    assert (restored["last"], restored["root"]) == (made["last"], made["root"])

    again = supervisor_on(folder, reachable_folder / "state")
    await again.start()
    try:
        office = Office.find(folder)
        found, shown = await everything(office)
        assert found[: made["last"]] == log[: made["last"]]
        assert shown == registers
        assert await marks.record(office)
        assert not await marks.record(office)
        found, _ = await everything(office)
    finally:
        await again.stop()
    (recorded,) = [
        event for message in found for event in json.loads(message.payload) if event["type"] == "audit.LogRepaired"
    ]
    assert {name: recorded["data"][name] for name in ("what", "first", "last")} == {
        "what": "restore",
        "first": 1,
        "last": made["last"],
    }


async def test_a_dry_run_says_what_would_be_done_and_writes_nothing(running: Office, tmp_path: Path) -> None:
    planned = await told("backup", tmp_path / "office.motmoi", "--dry-run", "--data", running.folder)
    assert planned["dry_run"]
    assert planned["last"] == planned["head"] > 0
    assert os.listdir(tmp_path) == []


async def test_check_proves_a_file_without_an_office(running: Office, tmp_path: Path) -> None:
    file = tmp_path / "office.motmoi"
    made = await told("backup", file, "--data", running.folder)
    public = running.folder / "keys" / "audit.pub"
    checked = await told("backup", file, "--check", "--key", public)
    assert (checked["trusted"], checked["root"], checked["signed_by"]) == (True, made["root"], made["signed_by"])
    code, output, _ = await motmoi("restore", file, "--dry-run", "--data", tmp_path / "new")
    assert code == 0
    assert "The file is whole" in output
    assert "proves it whole, not whose it is" in output
    assert not (tmp_path / "new").exists()


async def test_a_damaged_file_is_refused_before_the_folder_exists(running: Office, tmp_path: Path) -> None:
    file, folder = tmp_path / "office.motmoi", tmp_path / "new"
    await told("backup", file, "--data", running.folder)
    file.write_bytes(file.read_bytes()[:-100])
    for arguments in (("restore", file, "--data", folder), ("backup", file, "--check")):
        code, _, errors = await motmoi(*arguments)
        assert code == 1
        assert "manifest.note" in errors
    assert not folder.exists()


async def test_a_backup_never_replaces_a_file_unasked(running: Office, tmp_path: Path) -> None:
    file = tmp_path / "office.motmoi"
    await told("backup", file, "--data", running.folder)
    code, _, errors = await motmoi("backup", file, "--data", running.folder)
    assert code == 1
    assert "--force" in errors
    await told("backup", file, "--force", "--data", running.folder)
