"""A follower that stopped is found, understood, tried again, and passes over one message by a recorded decision."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import asyncpg
import pytest
import pytest_asyncio
from click.testing import Result
from nats.aio.client import Client
from prometheus_client.parser import text_string_to_metric_families
from typer.testing import CliRunner

from deploy.credentials import OPERATOR
from deploy.stack import Stack
from services.audit.service import AUDIT
from services.documents.service import DOCUMENTS
from services.ops import followers
from services.ops.__main__ import command_line
from services.ops.condition import condition
from services.ops.followers import NotSkipped, Standing
from services.ops.office import Office, operator_actor
from services.runtime import process
from services.runtime.aggregates import snapshot_model
from services.runtime.database import open_pool, record_stop
from services.runtime.log import EventLog, Write
from services.runtime.rebuilding import Rebuild

Motmoi = Callable[..., Awaitable[Result]]
SNAPSHOTS = followers.live_followers("documents")[0]
NAME = f"documents.{SNAPSHOTS}"
POLICY = "documents.policy.watch_deadlines"
WELL = "documents.policy.release_cancelled_original"
REASON = "Sự kiện ghi nhầm khi thử, đã lập biên bản"


def event(kind: str, **facts: Any) -> bytes:
    """The payload of a message with one event, as nobody's service would write it."""
    envelope = {
        "specversion": "1.0",
        "id": "6f2e0000-0000-4000-8000-000000000001:0",
        "source": "/documents",
        "type": f"documents.{kind}",
        "subject": "incoming/stray",
        "time": "2026-11-22T08:00:00Z",
        "datacontenttype": "application/json",
        "actor": "user:stranger",
        "commandid": "6f2e0000-0000-4000-8000-000000000001",
        "correlationid": "stray",
        "data": facts,
    }
    return json.dumps([envelope], ensure_ascii=False, separators=(",", ":")).encode()


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def running(office: Stack) -> AsyncIterator[Office]:
    """An office whose documents are followed; no other process of it runs."""
    run_file = office.folder / "run.json"
    servers = {name: {"port": server.port, "restarts": 0} for name, server in office.servers.items()}
    state = {"started_at": "2026-11-22T08:00:00+00:00", "http": {"host": "127.0.0.1", "port": 0}}
    run_file.write_text(json.dumps({**state, "servers": servers, "processes": {}}))
    found = Office.find(office.folder)
    following = asyncio.create_task(process.follow(DOCUMENTS, found.settings("documents")))
    yield found
    following.cancel()
    await asyncio.gather(following, return_exceptions=True)
    run_file.unlink()


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def audit(running: Office) -> AsyncIterator[None]:
    """The service audit answers, from the first test that asks for it to the module's end."""
    answering = process.Answering(AUDIT, running.settings("audit"))
    task = asyncio.create_task(answering.run())
    client = await running.connect()
    async with asyncio.timeout(20):
        while not (hasattr(answering, "fence") and answering.fence.reason is None):
            await asyncio.sleep(0.02)
        await client.flush()
    await client.close()
    yield
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


@pytest_asyncio.fixture(loop_scope="session")
async def operator(running: Office, office: Stack, connect: Any) -> Client:
    client: Client = await connect(office, OPERATOR)
    return client


@pytest.fixture
def motmoi(running: Office, monkeypatch: pytest.MonkeyPatch) -> Motmoi:
    """The command line, in a thread of its own so that the followers go on meanwhile."""
    monkeypatch.setenv("MOTMOI_LANG", "en")
    monkeypatch.setenv("MOTMOI_DATA", str(running.folder))

    async def run(*arguments: str) -> Result:
        return await asyncio.to_thread(CliRunner().invoke, command_line(), ["follower", *arguments])

    return run


def told(result: Result) -> Any:
    """The JSON a command printed; what the followers of the same process log stands around it."""
    (line,) = (line for line in result.stdout.splitlines() if line.startswith(("[", "{")))
    return json.loads(line)


async def standing(running: Office, name: str) -> Standing:
    found = await followers.standings(running, name.split(".")[0])
    return {one.full_name: one for one in found}[name]


async def until(running: Office, name: str, wanted: Callable[[Standing], bool]) -> Standing:
    async with asyncio.timeout(20):
        while True:
            found = {one.full_name: one for one in await followers.standings(running, name.split(".")[0])}
            if name in found and wanted(found[name]):
                return found[name]
            await asyncio.sleep(0.02)


def is_stopped(one: Standing) -> bool:
    return one.state == "stopped"


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def poison(running: Office) -> int:
    """The sequence of a message of `documents` with an event that its service does not know."""
    client = await running.connect()
    (sequence,) = await EventLog(client).append(
        [Write("event.documents.incoming.stray", 0, event("NeverHeardOf", summary="Văn bản lạ"))]
    )
    await client.close()
    await until(running, NAME, is_stopped)
    return sequence


async def head(client: Client) -> int:
    return (await EventLog(client).head()).last_sequence


async def test_a_stopped_follower_is_listed_beside_those_that_go_on(motmoi: Motmoi, poison: int) -> None:
    listed = await motmoi("list", "--json")
    assert listed.exit_code == 0
    found = {one["follower"]: one for one in told(listed)}
    assert found[NAME]["state"] == "stopped"
    assert (found[NAME]["position"], found[NAME]["lag"]) == (poison - 1, 1)
    assert found["documents.register_books_v1"]["state"] in ("following", "starting")
    assert found["documents.register_books_v1"]["error"] is None


async def test_prometheus_is_told_of_a_follower_that_stands_still(operator: Client, poison: int) -> None:
    page = (await operator.request("ops.documents.metrics.follow", b"", timeout=5)).data.decode()
    read = {
        (sample.name, sample.labels["follower"]): sample.value
        for family in text_string_to_metric_families(page)
        for sample in family.samples
        if sample.labels.get("service") == "documents" and "follower" in sample.labels
    }
    assert read["motmoi_follower_stopped", SNAPSHOTS] == 1
    assert (read["motmoi_follower_position", SNAPSHOTS], read["motmoi_follower_lag", SNAPSHOTS]) == (poison - 1, 1)
    assert read["motmoi_follower_stopped", "register_books_v1"] == 0
    assert f'motmoi_log_head_sequence{{service="documents"}} {float(poison)}' in page
    assert 'motmoi_log_gap{service="documents"} 0.0' in page


async def test_show_names_the_reason_and_the_message_it_stands_before(motmoi: Motmoi, poison: int) -> None:
    shown = told(await motmoi("show", NAME, "--json"))
    assert "UnknownEvent" in shown["error"]
    assert shown["message"]["sequence"] == poison
    assert shown["message"]["subject"] == "event.documents.incoming.stray"
    (read,) = shown["message"]["events"]
    assert (read["type"], read["actor"], read["data"]) == (
        "documents.NeverHeardOf",
        "user:stranger",
        {"summary": "Văn bản lạ"},
    )
    said = (await motmoi("show", NAME)).stdout
    assert "UnknownEvent" in said
    assert "Văn bản lạ" in said


async def test_a_retry_alone_stops_again_at_the_same_message(motmoi: Motmoi, poison: int, running: Office) -> None:
    tried = await motmoi("retry", "--all", "--json")
    assert tried.exit_code == 1
    (one,) = told(tried)
    assert (one["follower"], one["outcome"], one["position"]) == (NAME, "stopped-again", poison - 1)
    assert "UnknownEvent" in one["error"]


async def test_without_audit_nothing_is_skipped(motmoi: Motmoi, poison: int, running: Office, operator: Client) -> None:
    before = await head(operator)
    refused = await motmoi("skip", NAME, "--reason", REASON, "--yes")
    assert refused.exit_code == 1
    assert "nothing was skipped" in refused.stderr
    assert (await standing(running, NAME)).position == poison - 1
    assert await head(operator) == before


async def test_who_is_asked_and_does_not_agree_skips_nothing(motmoi: Motmoi, poison: int, running: Office) -> None:
    refused = await motmoi("skip", NAME, "--reason", REASON)
    assert refused.exit_code == 1
    assert "Nothing was skipped." in refused.stderr
    assert (await standing(running, NAME)).state == "stopped"


async def test_a_dry_run_records_nothing(
    motmoi: Motmoi, poison: int, running: Office, operator: Client, audit: None
) -> None:
    before = await head(operator)
    tried = await motmoi("skip", NAME, "--reason", REASON, "--dry-run", "--json")
    assert tried.exit_code == 0, tried.stderr
    assert told(tried)["decision"] is None
    assert await head(operator) == before
    assert (await standing(running, NAME)).state == "stopped"


async def test_a_reason_that_says_nothing_is_refused(motmoi: Motmoi, poison: int, running: Office, audit: None) -> None:
    refused = await motmoi("skip", NAME, "--reason", "x", "--yes")
    assert refused.exit_code == 1
    assert "Nothing was skipped." in refused.stderr
    assert (await standing(running, NAME)).position == poison - 1


async def test_a_skip_is_recorded_first_and_passes_over_that_message_alone(
    motmoi: Motmoi, poison: int, running: Office, operator: Client, audit: None
) -> None:
    skipped = await motmoi("skip", NAME, "--reason", REASON, "--yes", "--json")
    assert skipped.exit_code == 0, skipped.stderr
    decided_at = told(skipped)["decision"]
    stored = await EventLog(operator).message(decided_at)
    assert stored is not None
    (recorded,) = json.loads(stored[1])
    assert recorded["type"] == "audit.MessageSkipped"
    assert recorded["actor"] == operator_actor().id
    assert recorded["data"] == {"service": "documents", "follower": SNAPSHOTS, "sequence": poison, "reason": REASON}
    await until(running, NAME, lambda one: one.position == decided_at and one.state == "following")


async def test_what_was_skipped_is_skipped_by_a_rebuild_too(running: Office, poison: int, audit: None) -> None:
    settings = running.settings("documents")
    pool = await open_pool(settings.database_url, rebuildable=True, size=4)
    (found,) = await Rebuild(settings, pool, [snapshot_model(DOCUMENTS)]).run(switch=False)
    await pool.close()
    assert (found.model, found.differences) == (SNAPSHOTS, 0)
    assert found.position > poison


async def test_a_second_skip_changes_nothing(motmoi: Motmoi, running: Office, operator: Client, audit: None) -> None:
    before = await head(operator)
    again = await motmoi("skip", NAME, "--reason", REASON, "--yes")
    assert again.exit_code == 1
    assert "is not stopped" in again.stderr
    assert await head(operator) == before
    assert (await standing(running, NAME)).position == before


async def test_the_same_decision_twice_is_one_fact(running: Office, operator: Client, audit: None, poison: int) -> None:
    stopped = replace(await standing(running, NAME), state="stopped", position=poison - 1)
    before = await head(operator)
    decided_at = await followers.decide_to_skip(operator, stopped, REASON)
    assert decided_at <= before
    assert await head(operator) == before


async def test_a_follower_that_went_on_meanwhile_is_left_where_it_is(running: Office, operator: Client) -> None:
    stood = await standing(running, NAME)
    message = await followers.message_at(operator, stood.position)
    assert message is not None
    with pytest.raises(NotSkipped, match="does not stand before"):
        await followers.pass_over(running, stood, message)
    assert (await standing(running, NAME)).position == stood.position


async def test_a_policy_stands_right_before_its_message_and_is_skipped_by_itself(
    motmoi: Motmoi, running: Office, operator: Client, audit: None
) -> None:
    # What a policy passes over moves its checkpoint many messages at a time: here they come in one go with the bad one.
    bad = Write("event.documents.incoming.broken", 0, event("DocumentDirected", lead_board=1))
    *_, sequence = await EventLog(operator).append(
        [*(Write(f"event.documents.original.other-{n}", 0, event("OriginalReleased")) for n in range(5)), bad]
    )
    stopped = await until(running, POLICY, is_stopped)
    assert stopped.position == sequence - 1
    assert "ValidationError" in (stopped.error or "")

    skipped = await motmoi("skip", POLICY, "--reason", REASON, "--yes", "--json")
    assert skipped.exit_code == 0, skipped.stderr
    decided_at = told(skipped)["decision"]
    await until(running, POLICY, lambda one: one.position >= decided_at and one.state == "following")


async def test_a_retry_moves_on_once_the_fault_is_gone(motmoi: Motmoi, running: Office) -> None:
    connection = await asyncpg.connect(running.database_url("documents"))
    await connection.execute("UPDATE checkpoints SET error = 'gone by now' WHERE follower = $1", WELL.split(".", 1)[1])
    await connection.close()
    tried = asyncio.create_task(motmoi("retry", WELL, "--json"))
    position = (await until(running, WELL, lambda one: one.state != "stopped")).position
    client = await running.connect()
    await EventLog(client).append([Write("event.documents.original.more", 0, event("OriginalReleased"))])
    await client.close()
    (one,) = told(await tried)
    assert one["outcome"] == "moved-on"
    assert one["position"] > position


def test_the_archive_never_skips() -> None:
    archive = Standing("audit", "archive", "stopped", 7, "ValueError", datetime(2026, 11, 22, tzinfo=UTC))
    with pytest.raises(NotSkipped, match="second copy") as refused:
        followers.expect_skippable(archive)
    assert "bản sao thứ hai" in refused.value.vi


async def test_a_stop_is_not_written_over_a_follower_that_was_moved(running: Office) -> None:
    pool = await asyncpg.create_pool(running.database_url("documents"), min_size=0)
    stood = await standing(running, WELL)
    assert not await record_stop(pool, stood.name, "too late", stood.position - 1)
    assert (await standing(running, stood.full_name)).error is None
    await pool.close()


async def test_an_old_version_is_left_over_and_a_live_one_cannot_be_removed(motmoi: Motmoi, running: Office) -> None:
    connection = await asyncpg.connect(running.database_url("documents"))
    await connection.execute("CREATE TABLE register_books_v0 (id text)")
    await connection.execute("INSERT INTO checkpoints (follower, position, error) VALUES ('register_books_v0', 1, 'x')")
    before = await condition(running)
    assert before["left_over"] == ["documents.register_books_v0"]
    assert "register_books_v0" not in {one["name"] for one in before["followers"]}
    assert (await standing(running, "documents.register_books_v0")).state == "left-over"

    assert (await motmoi("remove", "documents.register_books_v0")).exit_code == 0
    assert (await motmoi("remove", "documents.register_books_v1")).exit_code == 1
    assert (await condition(running))["left_over"] == []
    assert await connection.fetchval("SELECT to_regclass('register_books_v0') IS NULL")
    assert not await connection.fetchval("SELECT to_regclass('register_books_v1') IS NULL")
    await connection.close()


async def test_an_unknown_follower_is_answered_with_the_known_ones(motmoi: Motmoi) -> None:
    asked = await motmoi("show", "documents.nothing")
    assert asked.exit_code == 2
    assert NAME in asked.stderr


async def test_the_condition_tells_what_stopped_since_when_and_how_full_the_disk_is(
    running: Office, operator: Client
) -> None:
    found = await condition(running)
    assert found["well"] is False
    stopped = {one["name"]: one for one in found["followers"] if one["state"] == "stopped"}
    assert SNAPSHOTS in stopped
    assert stopped[SNAPSHOTS]["since"]
    assert found["log"]["last_sequence"] == await head(operator)
    assert found["log"]["missing"] == 0
    assert found["log"]["created"]
    assert found["archive"]["checkpoint"] is None
    assert all(found["disk"][name] > 0 for name in ("free_bytes", "total_bytes", "log_bytes", "database_bytes"))
    assert found["restarts"] == dict.fromkeys(running.state["servers"], 0)


def test_the_folder_of_an_office_that_does_not_run_says_how_to_start_it(tmp_path: Path) -> None:
    asked = CliRunner().invoke(command_line(), ["follower", "list", "--data", str(tmp_path)], env={"MOTMOI_LANG": "en"})
    assert asked.exit_code == 1
    assert "motmoi run --data" in asked.stderr
