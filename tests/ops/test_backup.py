"""A backup brings the whole office back on an empty machine, whatever interrupts it; what is wrong changes nothing."""

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import asyncpg
import pytest
import pytest_asyncio
from asyncpg import Pool

from deploy import SERVICES
from deploy.credentials import CONSOLE
from deploy.messages import silent
from deploy.stack import Stack
from services.audit.archive.archiving import Archiver
from services.audit.archive.notes import Signer, sign_checkpoint
from services.audit.read_models.signed_checkpoints import SIGNED_CHECKPOINTS
from services.audit.service import AUDIT
from services.console import tokens
from services.ops.backups import appending, archive_reading, belongings, key_file, marks
from services.ops.backups.checking import open_backup
from services.ops.backups.chunks import pack
from services.ops.backups.container import Unfinished
from services.ops.backups.making import Made, Making
from services.ops.backups.refusing import BackupRefused
from services.ops.backups.restoring import Restored, Restoring
from services.ops.office import Office
from services.runtime.aggregates import snapshot_model
from services.runtime.bus import connect
from services.runtime.database import checkpoints, open_pool, prepare
from services.runtime.follow import Message
from services.runtime.log import EventLog
from services.runtime.settings import Settings
from services.runtime.vault import KeyRow, Vault

COUNT = 2_400
STEP = 100
ERASED, LIVING = "nguoi-da-xoa", "nguoi-con-lai"

BACKUP_SCRIPT = """
import asyncio, json, resource, sys
from pathlib import Path
from deploy.credentials import Credentials
from services.ops.backups import archive_reading
from services.ops.backups.making import Making
from services.ops.office import Office

asked = json.loads(sys.argv[1])
archive_reading.STEP = asked["step"]
if asked["largest"]:
    resource.setrlimit(resource.RLIMIT_FSIZE, (asked["largest"], asked["largest"]))

def report(name, done, of, events):
    if asked["hold_at"] and done >= asked["hold_at"]:
        sys.stdout.write("held\\n")
        sys.stdout.flush()
        sys.stdin.read()

office = Office(Path(asked["folder"]), Credentials(**asked["credentials"]), asked["state"])
asyncio.run(Making(office, Path(asked["file"]), Path(asked["file"] + ".keys")).run(report))
"""
RESTORE_SCRIPT = """
import asyncio, json, sys
from pathlib import Path
from deploy.messages import silent
from services.ops.backups.checking import open_backup
from services.ops.backups.chunks import pack
from services.ops.backups.container import Unfinished
from services.ops.backups.restoring import Restoring

asked = json.loads(sys.argv[1])

def report(name, done, of, events):
    if name == asked["hold_in"] and done >= asked["hold_at"]:
        sys.stdout.write("held\\n")
        sys.stdout.flush()
        sys.stdin.read()

restoring = Restoring(open_backup(Path(asked["file"]), None), None, Path(asked["data"]), say=silent, fast=True,
                      state_folder=Path(asked["state"]))
asyncio.run(restoring.run(report))
"""


def quiet(name: str, done: int, of: int, events: int) -> None:
    """A report nobody hears."""


def settings_of(stack: Stack, user: str) -> Settings:
    return Settings.from_environment(
        {
            "MOTMOI_NATS_URL": stack.nats_url,
            "MOTMOI_NATS_USER": user,
            "MOTMOI_NATS_PASSWORD": stack.credentials.nats[user],
            "MOTMOI_DATABASE_URL": stack.database_url(user),
        }
    )


def history() -> list[Message]:
    """A log of many subjects, payloads of every kind, and at its end somebody who was erased."""
    erased: dict[str, Any] = {"specversion": "1.0", "type": "audit.PersonErased", "time": "2026-11-20T01:02:03Z"}
    erased |= {"actor": "operator:lan", "data": {"person": ERASED, "reason": "theo yêu cầu"}}
    events = [{"specversion": "1.0", "data": {"text": "Một Mối"}}] * 3
    payloads = [b"", b"\n\n1 event.a.b.c 3\nabc\n", bytes(range(256)) * 40, json.dumps(events).encode()]
    messages = [
        Message(number, f"event.documents.incoming.{number % 700}", payloads[number % 4]) for number in range(1, COUNT)
    ]
    return [*messages, Message(COUNT, f"event.audit.person.{ERASED}", json.dumps([erased]).encode())]


def key_of(person: str) -> KeyRow:
    row: KeyRow = {"person": person, "key": "A" * 43 + "=", "created_at": "2026-01-05T00:00:00+00:00"}
    return row | {"erased_at": None, "erased_by": None, "erasure_reason": None}


async def read_log(stack: Stack) -> list[Message]:
    """Every message of a log."""
    client = await connect(settings_of(stack, "operator"), "test")
    try:
        last = (await EventLog(client).head()).last_sequence
    finally:
        await client.close()
    return [message async for batch in appending.stored(settings_of(stack, "operator"), last) for message in batch]


async def run_script(script: str, asked: dict[str, Any]) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", script, json.dumps(asked)),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "MOTMOI_LANG": "en"},
    )


async def killed_where_it_holds(script: str, asked: dict[str, Any]) -> None:
    """Run a script up to the place where it holds, and kill it there."""
    process = await run_script(script, asked)
    assert process.stdout is not None
    assert process.stderr is not None
    said = await process.stdout.readline()
    assert said == b"held\n", (await process.stderr.read()).decode()
    process.kill()
    await process.communicate()


@dataclass
class Source:
    """An office that is backed up."""

    stack: Stack
    office: Office
    pool: Pool

    def making(self, file: Path, *, force: bool = False) -> Making:
        return Making(self.office, file, key_file.beside(file), force=force)

    def asked(self, file: Path, *, hold_at: int = 0, largest: int = 0) -> dict[str, Any]:
        credentials = {"nats": dict(self.office.credentials.nats), "postgres": dict(self.office.credentials.postgres)}
        asked = {"folder": str(self.office.folder), "credentials": credentials, "state": self.office.state}
        return {**asked, "file": str(file), "step": STEP, "hold_at": hold_at, "largest": largest}


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def source(office: Stack) -> AsyncIterator[Source]:
    """An office with a history, an access token, people's keys, and its archiver at work."""
    client = await connect(settings_of(office, "operator"), "test")
    await appending.append(client, history())
    pool = await open_pool(office.database_url("audit"))
    documents = await open_pool(office.database_url("documents"))
    await prepare(pool, (snapshot_model(AUDIT), *AUDIT.read_models), AUDIT.follower_names)
    await Vault(documents, "documents").import_keys([key_of(LIVING), key_of(ERASED)])
    console = await asyncpg.connect(office.database_url(CONSOLE))
    await tokens.prepare(console)
    await tokens.create(console, "user:lan", "Nguyễn Thị Lan", ["clerk"], None, 30, "operator:test")
    audit = await connect(settings_of(office, "audit"), "test")
    archiving = asyncio.create_task(Archiver(settings_of(office, "audit"), pool, audit).run())
    async with asyncio.timeout(30):
        while (await checkpoints(pool))["archive"].position < COUNT:
            await asyncio.sleep(0.02)
    ports = {"nats": {"port": office.nats.port}, "postgres": {"port": office.postgres.port}}
    yield Source(office, Office(office.folder, office.credentials, {"servers": ports}), pool)
    archiving.cancel()
    await asyncio.gather(archiving, return_exceptions=True)
    for opened in (documents, console, pool, client, audit):
        await opened.close()


@pytest.fixture(autouse=True)
def many_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small steps, so that a short log has many chunks."""
    monkeypatch.setattr(archive_reading, "STEP", STEP)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def made(source: Source, reachable_folder: Path) -> Made:
    """A backup of it in many chunks, with rules of the office's own."""
    rules = reachable_folder / "rules" / "quy định"
    rules.mkdir(parents=True)
    (rules / "thời hạn.csv").write_bytes(b"ten,ngay\r\nCong van,10\r\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MOTMOI_RULES", str(rules.parent))
        patch.setattr(archive_reading, "STEP", STEP)
        return await source.making(reachable_folder / "office.motmoi").run(quiet)


@dataclass
class Target:
    """An empty machine."""

    folder: Path
    state: Path

    async def restore(self, made: Made, *, keys: bool = False) -> Restored:
        with open_backup(Path(made.file), None) as backup:
            backup.check(quiet)
            secrets = key_file.read(Path(made.keys_file), backup.verifier) if keys else None
            restoring = Restoring(backup, secrets, self.folder, say=silent, fast=True, state_folder=self.state)
            return await restoring.run(quiet)

    def stack(self) -> Stack:
        return Stack(self.folder, SERVICES, nats_port=0, postgres_port=0, fast=True, state_folder=self.state)

    def asked(self, made: Made, hold_in: str, hold_at: int) -> dict[str, Any]:
        asked = {"file": made.file, "data": str(self.folder), "state": str(self.state)}
        return {**asked, "hold_in": hold_in, "hold_at": hold_at}


@pytest.fixture
def target(reachable_folder: Path, request: pytest.FixtureRequest) -> Target:
    return Target(reachable_folder / f"data-{abs(hash(request.node.name))}", reachable_folder / "state")


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def restored(made: Made, reachable_folder: Path) -> AsyncIterator[tuple[Restored, Stack]]:
    """The backup restored with its keys, and the servers of the new folder."""
    place = Target(reachable_folder / "restored", reachable_folder / "state")
    done = await place.restore(made, keys=True)
    async with place.stack() as stack:
        yield done, stack


# --- what comes back ------------------------------------------------------------------------------------------------


async def test_every_message_comes_back_at_its_sequence_to_the_byte(
    made: Made, restored: tuple[Restored, Stack]
) -> None:
    done, stack = restored
    assert (done.last, done.root, done.events, done.continued) == (COUNT, made.root, made.events, 0)
    assert await read_log(stack) == history()


async def test_tokens_rules_and_the_signing_key_come_back(source: Source, restored: tuple[Restored, Stack]) -> None:
    done, stack = restored
    there = [await belongings.read_tokens(one.database_url(CONSOLE)) for one in (source.stack, stack)]
    assert there[0] == there[1]
    assert json.loads(there[0])[0]["actor_id"] == "user:lan"
    assert (Path(done.rules or "") / "quy định" / "thời hạn.csv").read_bytes() == b"ten,ngay\r\nCong van,10\r\n"
    for name in ("audit.key", "audit.pub"):
        old, new = (one.folder / "keys" / name for one in (source.stack, stack))
        assert old.read_bytes() == new.read_bytes()
    assert (stack.folder / "keys" / "audit.key").stat().st_mode & 0o777 == 0o600


async def test_nobody_erased_comes_back_from_an_old_keys_file(restored: tuple[Restored, Stack]) -> None:
    done, stack = restored
    assert (done.people, done.erased) == (1, 1)
    for service in SERVICES:
        pool = await open_pool(stack.database_url(service))
        keys = {row["person"]: (row["key"], row["erasure_reason"]) for row in await Vault(pool, service).export_keys()}
        await pool.close()
        assert keys[ERASED] == (None, "theo yêu cầu")
        assert (LIVING in keys) == (service == "documents")


def test_the_keys_are_in_a_file_of_their_own_for_their_owner_alone(made: Made) -> None:
    keys = Path(made.keys_file)
    assert keys.stat().st_mode & 0o777 == 0o600
    assert b"PRIVATE KEY" in keys.read_bytes()
    assert b"PRIVATE KEY" not in Path(made.file).read_bytes()


# --- interruptions --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("torn", [b"", b"half a part"])
async def test_a_killed_backup_is_continued_to_the_same_backup(
    source: Source, made: Made, tmp_path: Path, torn: bytes
) -> None:
    file, partial = tmp_path / "office.motmoi", tmp_path / "office.motmoi.partial"
    await killed_where_it_holds(BACKUP_SCRIPT, source.asked(file, hold_at=COUNT // 2))
    assert os.listdir(tmp_path) == [partial.name]
    if torn:
        partial.write_bytes(partial.read_bytes()[:-700] + torn)
    again = await source.making(file).run(quiet)
    assert again.continued == COUNT // 2 - (STEP if torn else 0)
    assert (again.last, again.root, again.events) == (made.last, made.root, made.events)
    assert again.payload_bytes == made.payload_bytes
    with open_backup(file, None) as backup:
        backup.check(quiet)
    assert not partial.exists()


@pytest.mark.parametrize(("phase", "at"), [("restore", STEP), ("restore", COUNT // 2), ("read back", COUNT)])
async def test_a_killed_restore_goes_on_and_until_then_the_folder_does_not_run(
    made: Made, target: Target, phase: str, at: int
) -> None:
    await killed_where_it_holds(RESTORE_SCRIPT, target.asked(made, phase, at))
    with pytest.raises(BackupRefused, match="motmoi restore"):
        marks.expect_restored(target.folder)
    done = await target.restore(made)
    assert done.continued == at
    marks.expect_restored(target.folder)
    async with target.stack() as stack:
        assert await read_log(stack) == history()


async def test_an_unfinished_backup_of_another_log_is_not_continued(source: Source, made: Made, tmp_path: Path) -> None:
    file, partial = tmp_path / "office.motmoi", tmp_path / "office.motmoi.partial"
    with open_backup(Path(made.file), None) as backup:
        messages = [message._replace(payload=b"other") for message in next(backup.batches())]
    other = Unfinished(partial)
    other.add("README.txt", b"")
    other.add("log/000000000000001.zst", pack(messages))
    other.close()
    with pytest.raises(BackupRefused, match="not of this log"):
        await source.making(file).run(quiet)
    assert (await source.making(file, force=True).run(quiet)).continued == 0


# --- refusals -------------------------------------------------------------------------------------------------------


async def test_a_file_that_is_there_is_replaced_by_leave_only(source: Source, made: Made, tmp_path: Path) -> None:
    for name in ("office.motmoi", "office.motmoi.keys"):
        (tmp_path / name).write_bytes(b"mine")
        with pytest.raises(BackupRefused, match=f"{name} already"):
            await source.making(tmp_path / "office.motmoi").run(quiet)
        assert (tmp_path / name).read_bytes() == b"mine"
        (tmp_path / name).rename(tmp_path / "kept")
    (tmp_path / "kept").rename(tmp_path / "office.motmoi")
    assert (await source.making(tmp_path / "office.motmoi", force=True).run(quiet)).root == made.root


async def test_what_is_damaged_in_the_archive_is_not_backed_up(source: Source, tmp_path: Path) -> None:
    await source.pool.execute("UPDATE archive SET payload = 'x' WHERE sequence = 1234")
    try:
        with pytest.raises(BackupRefused, match="damaged at message 1234"):
            await source.making(tmp_path / "office.motmoi").run(quiet)
    finally:
        payload = history()[1233].payload
        await source.pool.execute("UPDATE archive SET payload = $1 WHERE sequence = 1234", payload)
    assert not (tmp_path / "office.motmoi").exists()


async def test_an_archive_that_contradicts_a_signed_checkpoint_is_not_backed_up(source: Source, tmp_path: Path) -> None:
    signer = Signer.from_pem((source.stack.folder / "keys" / "audit.key").read_bytes())
    note = sign_checkpoint("motmoi/office", 1_000, bytes(32), signer)
    table = SIGNED_CHECKPOINTS.table
    await source.pool.execute(
        f"INSERT INTO {table} (size_key, tree_size, root, note, signed_at, position) "
        "VALUES ('1', 1000, '', $1, now(), 1)",
        note,
    )
    try:
        with pytest.raises(BackupRefused, match="contradicts the checkpoint signed at message 1000"):
            await source.making(tmp_path / "office.motmoi").run(quiet)
    finally:
        await source.pool.execute(f"DELETE FROM {table}")


async def test_two_processes_never_write_one_file(source: Source, tmp_path: Path) -> None:
    other = Unfinished(tmp_path / "office.motmoi.partial")
    with closing(other), pytest.raises(BackupRefused, match="Another process"):
        await source.making(tmp_path / "office.motmoi").run(quiet)


async def test_a_full_disk_is_said_plainly_and_the_backup_continues_afterwards(source: Source, tmp_path: Path) -> None:
    file = tmp_path / "office.motmoi"
    process = await run_script(BACKUP_SCRIPT, source.asked(file, largest=20_000))
    _, errors = await process.communicate()
    assert process.returncode
    assert "is full. Free some space" in errors.decode()
    assert not file.exists()
    assert (await source.making(file).run(quiet)).continued > 0


async def test_a_place_that_cannot_be_written_is_said_plainly(source: Source, made: Made, target: Target) -> None:
    with pytest.raises(BackupRefused, match=r"/proc/office\.motmoi\.partial cannot be opened|may not be written"):
        await source.making(Path("/proc/office.motmoi")).run(quiet)
    with pytest.raises(BackupRefused, match=r"cannot be opened|may not be written"):
        await Target(Path(made.file, "data"), target.state).restore(made)


async def test_a_folder_with_anything_else_in_it_is_left_alone(made: Made, target: Target) -> None:
    target.folder.mkdir()
    (target.folder / "luận văn.docx").write_bytes(b"mine")
    with pytest.raises(BackupRefused, match="something else"):
        await target.restore(made)
    assert [path.name for path in target.folder.iterdir()] == ["luận văn.docx"]


@pytest.mark.parametrize("kind", ["another log", "a longer log", "a database that knows more"])
async def test_an_office_that_knows_something_else_is_left_as_it_was(made: Made, target: Target, kind: str) -> None:
    own = history()[:5] if kind != "a longer log" else [*history(), Message(COUNT + 1, "event.documents.a.b", b"[]")]
    if kind == "another log":
        own[4] = own[4]._replace(payload=b"other")
    async with target.stack() as stack:
        await stack.provision()
        client = await connect(settings_of(stack, "operator"), "test")
        await appending.append(client, own)
        await client.close()
        if kind == "a database that knows more":
            pool = await open_pool(stack.database_url("documents"))
            await prepare(pool, (), ("policy.later",))
            await pool.execute("UPDATE checkpoints SET position = $1", COUNT + 7)
            await pool.close()
    with pytest.raises(BackupRefused, match="empty folder"):
        await target.restore(made)
    marks.expect_restored(target.folder)
    async with target.stack() as stack:
        assert await read_log(stack) == own


async def test_a_used_folder_takes_the_restored_log_for_the_true_one(made: Made, target: Target) -> None:
    async with target.stack() as stack:
        await stack.provision()
        pool = await open_pool(stack.database_url("documents"))
        await prepare(pool, ())
        await pool.execute("INSERT INTO known_log (created) VALUES ('another log')")
        await pool.close()
    await target.restore(made)
    async with target.stack() as stack:
        client = await connect(settings_of(stack, "operator"), "test")
        pool = await open_pool(stack.database_url("documents"))
        assert await pool.fetchval("SELECT created FROM known_log") == (await EventLog(client).head()).created
        await pool.close()
        await client.close()


async def test_a_backup_of_an_office_at_work_ends_at_one_place(source: Source, tmp_path: Path) -> None:
    """The last test of this module: the log grows."""
    client = await connect(settings_of(source.stack, "operator"), "test")
    later = [Message(number, "event.documents.later.x", b"[]") for number in range(COUNT + 1, COUNT + 1_001)]
    steps = (later[start : start + 10] for start in range(0, len(later), 10))

    async def work() -> None:
        for step in steps:
            await appending.append(client, step)

    made, _ = await asyncio.gather(source.making(tmp_path / "office.motmoi").run(quiet), work())
    await client.close()
    with open_backup(Path(made.file), None) as backup:
        backup.check(quiet)
        found = [message for messages in backup.batches() for message in messages]
    assert found == [*history(), *later][: made.last]
