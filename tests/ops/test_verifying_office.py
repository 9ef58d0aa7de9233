"""The commands that prove: verify, evidence and checkpoint, as an operator and an auditor run them."""

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import asyncpg
import pytest
import pytest_asyncio

from deploy import SERVICES
from services.audit.archive.notes import new_key
from services.ops.office import Office
from services.ops.sample import load_sample
from services.ops.supervisor import Supervisor


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def running(reachable_folder: Path) -> AsyncIterator[Office]:
    """A small office with the sample in it, its checkpoints signed every half second."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MOTMOI_CHECKPOINT_EVERY_S", "0.5")
        supervised = Supervisor(
            reachable_folder / "proving",
            nats_port=0,
            postgres_port=0,
            http_port=0,
            say=lambda **_: None,
            fast=True,
            state_folder=reachable_folder / "proving-state",
        )
        await supervised.start()
        office = Office.find(reachable_folder / "proving")
        await load_sample(office)
        await signed(office)
        yield office
        await supervised.stop()


async def signed(office: Office) -> None:
    """Wait until what is in the log now is signed."""
    connection = await asyncpg.connect(office.database_url("audit"))
    try:
        last = await connection.fetchval("SELECT max(position) FROM checkpoints")
        async with asyncio.timeout(30):
            while (await connection.fetchval("SELECT max(tree_size) FROM signed_checkpoints_v1") or 0) < last:
                await asyncio.sleep(0.1)
    finally:
        await connection.close()


async def motmoi(*arguments: object) -> tuple[int, str, str]:
    """Run the command line in a process of its own; return its exit code, its output and its errors."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "services.ops", *(str(argument) for argument in arguments)),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "MOTMOI_LANG": "en"},
    )
    output, errors = await process.communicate()
    return process.returncode or 0, output.decode(), errors.decode()


async def told(*arguments: object) -> Any:
    """Run a command that succeeds and return its JSON."""
    code, output, errors = await motmoi(*arguments, "--json")
    assert code == 0, (output, errors)
    return json.loads(output)


async def test_an_office_that_is_well_is_verified_in_all_its_parts(running: Office) -> None:
    found = await told("verify", "--data", running.folder)

    assert found["well"]
    assert found["findings"] == []
    assert found["messages"] >= found["log"]["last_sequence"]
    assert found["checkpoints"] > 0
    assert found["signed_size"] > 0
    compared = {(one["service"], one["differences"]) for one in found["read_models"]}
    assert compared == {(service, 0) for service in SERVICES}
    assert (await told("status", "--data", running.folder))["well"]


async def test_a_repair_of_what_is_well_changes_nothing(running: Office) -> None:
    assert (await told("repair", "--data", running.folder))["needed"] == []
    for copy in ("archive", "log"):
        done = await told("repair", copy, "--dry-run", "--data", running.folder)
        assert (done["rows_rewritten"], done["messages_written"], done["counts"]) == (0, 0, {})
    done = await told("repair", "log", "--data", running.folder)
    assert (done["rows_rewritten"], done["messages_written"], done["still_closed"]) == (0, 0, {})


async def test_evidence_is_checked_with_the_public_key_alone(running: Office, tmp_path: Path) -> None:
    file, key = tmp_path / "evidence.json", running.folder / "keys" / "audit.pub"
    await told("evidence", 3, "-o", file, "--data", running.folder)

    proven = await told("verify", "evidence", file, "--key", key, "--data", tmp_path / "nowhere")
    assert (proven["proven"], proven["sequence"]) == (True, 3)

    file.write_text(file.read_text("utf-8").replace("Về việc", "Ve viec").replace("documents.", "dokuments."), "utf-8")
    code, _, errors = await motmoi("verify", "evidence", file, "--key", key)
    assert (code, "was changed" in errors) == (1, True)


async def test_a_checkpoint_somebody_kept_is_still_the_beginning_of_the_log(running: Office, tmp_path: Path) -> None:
    file, stranger = tmp_path / "checkpoint.txt", tmp_path / "stranger.pub"
    await told("checkpoint", "-o", file, "--data", running.folder)
    await load_sample(running)
    await told("evidence", 1, "-o", tmp_path / "another.json", "--data", running.folder)

    proven = await told("verify", "checkpoint", file, "--data", running.folder)
    assert proven["proven"]
    assert proven["second"] >= proven["first"]

    stranger.write_bytes(new_key()[1])
    code, _, errors = await motmoi("verify", "checkpoint", file, "--key", stranger, "--data", running.folder)
    assert (code, "not signed by this key" in errors) == (1, True)


async def test_what_is_asked_wrongly_is_said_so(running: Office, tmp_path: Path) -> None:
    for arguments, code in (
        (("verify", "--only", "everything"), 2),
        (("verify", "evidence", tmp_path / "none.json"), 1),
        (("evidence", 10**9), 1),
        (("evidence", 0), 2),
    ):
        assert (await motmoi(*arguments, "--data", running.folder))[0] == code, arguments


async def test_a_row_changed_by_sql_is_named_for_people_and_the_exit_code_says_so(running: Office) -> None:
    connection = await asyncpg.connect(running.database_url("audit"))
    kept = await connection.fetchval("SELECT leaf_hash FROM archive WHERE sequence = 2")
    await connection.execute("UPDATE archive SET leaf_hash = sha256('x') WHERE sequence = 2")
    try:
        code, output, _ = await motmoi("verify", "--only", "archive", "--data", running.folder)
        assert code == 1
        assert "message 2 was changed" in output
        assert "Repair: motmoi repair archive" in output
        assert (await motmoi("repair", "--data", running.folder))[0] == 1
    finally:
        await connection.execute("UPDATE archive SET leaf_hash = $1 WHERE sequence = 2", kept)
        await connection.close()
