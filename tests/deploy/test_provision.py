"""Provisioning on real servers: what each user may do, what each role may see, and quiet second runs."""

import asyncio
import json
import os
import sys
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import asyncpg
import pytest
import yaml
from nats.aio.client import Client
from nats.aio.msg import Msg

from deploy import SERVICES
from deploy.__main__ import prepare
from deploy.messages import DeployError
from deploy.provision import provision
from deploy.stack import Stack
from deploy.streams import events_stream, timer_consumer, timers_stream

Connect = Callable[..., Awaitable[Client]]
Refusals = asyncio.Queue[Exception]


async def ask(client: Client, subject: str, body: object = None) -> dict[str, Any]:
    reply = await client.request(f"$JS.API.{subject}", json.dumps(body).encode() if body else b"", timeout=5)
    answer: dict[str, Any] = json.loads(reply.data)
    return answer


async def pull(client: Client, stream: str, consumer: str, batch: int) -> list[Msg]:
    inbox = client.new_inbox()
    subscription = await client.subscribe(inbox)
    request = json.dumps({"batch": batch, "expires": 5_000_000_000}).encode()
    await client.publish(f"$JS.API.CONSUMER.MSG.NEXT.{stream}.{consumer}", request, reply=inbox)
    messages = [await subscription.next_msg(timeout=6) for _ in range(batch)]
    await subscription.unsubscribe()
    return messages


async def schedule(client: Client, identifier: str, at: datetime, body: bytes) -> dict[str, Any]:
    headers = {
        "Nats-Schedule": f"@at {at.isoformat().replace('+00:00', 'Z')}",
        "Nats-Schedule-Target": f"timer.documents.due.{identifier}",
    }
    reply = await client.request(f"timer.documents.schedule.{identifier}", body, headers=headers, timeout=5)
    answer: dict[str, Any] = json.loads(reply.data)
    return answer


async def test_a_second_provisioning_changes_nothing(office: Stack) -> None:
    assert await office.provision() == []


async def test_an_option_changed_by_hand_is_put_right(office: Stack, connect: Connect) -> None:
    operator = await connect(office, "operator")
    await ask(operator, "STREAM.UPDATE.EVENTS", {**events_stream(1), "max_msgs_per_subject": 5})
    consumer = {**timer_consumer("documents", 1), "max_ack_pending": 1}
    await ask(
        operator,
        f"CONSUMER.CREATE.TIMERS.documents.{consumer['filter_subject']}",
        {"stream_name": "TIMERS", "config": consumer},
    )
    assert await office.provision() == ["EVENTS", "TIMERS.documents"]
    assert await office.provision() == []


async def test_a_stream_the_server_cannot_change_is_a_clear_error(office: Stack, connect: Connect) -> None:
    operator = await connect(office, "operator")
    await ask(operator, "STREAM.DELETE.TIMERS")
    await ask(operator, "STREAM.CREATE.TIMERS", {**timers_stream(1), "retention": "limits", "storage": "memory"})
    with pytest.raises(DeployError) as refused:
        await provision(office.nats_url, "operator", office.credentials.nats["operator"], office.services)
    assert "TIMERS" in refused.value.vi
    assert "storage: 'memory' -> 'file'" in refused.value.en
    await ask(operator, "STREAM.DELETE.TIMERS")
    assert await office.provision() == ["TIMERS", *(f"TIMERS.{service}" for service in office.services)]


async def test_a_service_appends_reads_and_follows_its_own_log(office: Stack, connect: Connect) -> None:
    documents = await connect(office, "documents")
    expected = {"Nats-Expected-Last-Subject-Sequence": "0"}
    reply = await documents.request("event.documents.register.own", b"{}", headers=expected, timeout=5)
    sequence = json.loads(reply.data)["seq"]
    again = await documents.request("event.documents.register.own", b"{}", headers=expected, timeout=5)
    assert json.loads(again.data)["error"]["err_code"] == 10071
    request = json.dumps({"last_by_subj": "event.documents.register.own"}).encode()
    last = await documents.request("$JS.API.DIRECT.GET.EVENTS", request, timeout=5)
    assert last.headers is not None
    assert last.headers["Nats-Sequence"] == str(sequence)
    config = {"name": "reader", "ack_policy": "none", "deliver_policy": "all", "mem_storage": True}
    created = await ask(
        documents, "CONSUMER.CREATE.EVENTS.reader", {"stream_name": "EVENTS", "config": config, "action": "create"}
    )
    assert "error" not in created
    (message,) = await pull(documents, "EVENTS", "reader", 1)
    assert message.subject == "event.documents.register.own"


async def test_decisions_over_several_aggregates_are_one_batch(office: Stack, connect: Connect) -> None:
    documents = await connect(office, "documents")
    batch = {"Nats-Batch-Id": "one", "Nats-Expected-Last-Subject-Sequence": "0"}
    await documents.publish("event.documents.a.1", b"{}", headers={**batch, "Nats-Batch-Sequence": "1"})
    commit = {**batch, "Nats-Batch-Sequence": "2", "Nats-Batch-Commit": "1"}
    reply = await documents.request("event.documents.b.1", b"{}", headers=commit, timeout=5)
    assert json.loads(reply.data)["count"] == 2


@pytest.mark.parametrize(
    ("user", "subject"),
    [
        ("documents", "event.finance.payment.1"),
        ("documents", "command.finance.pay"),
        ("documents", "timer.finance.schedule.1"),
        ("documents", "$JS.API.STREAM.DELETE.EVENTS"),
        ("documents", "$JS.API.STREAM.PURGE.TIMERS"),
        ("documents", "$JS.API.STREAM.UPDATE.EVENTS"),
        ("documents", "_INBOX.console.1"),
        ("console", "event.documents.register.1"),
        ("console", "timer.documents.due.1"),
        ("console", "$JS.API.DIRECT.GET.EVENTS"),
        ("console", "$JS.API.CONSUMER.CREATE.EVENTS.spy"),
    ],
)
async def test_publishing_what_is_not_ones_own_is_refused(
    office: Stack, connect: Connect, user: str, subject: str
) -> None:
    refusals: Refusals = asyncio.Queue()
    client = await connect(office, user, refusals)
    await client.publish(subject, b"{}")
    refusal = str(await asyncio.wait_for(refusals.get(), 5))
    assert f'permissions violation for publish to "{subject.lower()}"' in refusal.lower()


@pytest.mark.parametrize(
    ("user", "subject"),
    [
        ("documents", "command.finance.>"),
        ("documents", "event.>"),
        ("documents", "_INBOX.>"),
        ("documents", "_INBOX.console.>"),
        ("console", "command.>"),
        ("console", "event.>"),
        ("console", "_INBOX.documents.>"),
    ],
)
async def test_listening_to_what_is_not_ones_own_is_refused(
    office: Stack, connect: Connect, user: str, subject: str
) -> None:
    refusals: Refusals = asyncio.Queue()
    client = await connect(office, user, refusals)
    await client.subscribe(subject)
    assert "permissions violation for subscription" in str(await asyncio.wait_for(refusals.get(), 5)).lower()


async def test_a_service_answers_commands_and_health_questions_of_others(office: Stack, connect: Connect) -> None:
    documents, console, operator = [await connect(office, user) for user in ("documents", "console", "operator")]

    async def answer(message: Msg) -> None:
        await message.respond(b"answered")

    for subject in ("command.documents.>", "query.documents.>", "ops.documents.>"):
        await documents.subscribe(subject, cb=answer)
    await documents.flush()
    for asker in (console, operator):
        for subject in ("command.documents.register", "query.documents.list", "ops.documents.health.answer"):
            assert (await asker.request(subject, b"{}", timeout=5)).data == b"answered"


async def test_a_due_timer_comes_once_and_leaves_with_its_acknowledgement(office: Stack, connect: Connect) -> None:
    documents = await connect(office, "documents")
    now = datetime.now(UTC)
    await schedule(documents, "due", now - timedelta(seconds=5), b"due")
    await schedule(documents, "later", now + timedelta(days=30), b"later")
    (fired,) = await pull(documents, "TIMERS", "documents", 1)
    assert (fired.subject, fired.data) == ("timer.documents.due.due", b"due")
    await documents.request(fired.reply, b"+ACK", timeout=5)
    kept = await ask(documents, "STREAM.INFO.TIMERS", {"subjects_filter": "timer.documents.>"})
    assert kept["state"]["subjects"] == {"timer.documents.schedule.later": 1}


async def test_a_timer_set_again_replaces_the_earlier_one(office: Stack, connect: Connect) -> None:
    documents = await connect(office, "documents")
    now = datetime.now(UTC)
    await schedule(documents, "moved", now + timedelta(days=30), b"first")
    await schedule(documents, "moved", now - timedelta(seconds=5), b"second")
    (fired,) = await pull(documents, "TIMERS", "documents", 1)
    assert fired.data == b"second"
    await documents.request(fired.reply, b"+ACK", timeout=5)
    kept = await ask(documents, "STREAM.INFO.TIMERS", {"subjects_filter": "timer.documents.*.moved"})
    assert not kept["state"].get("subjects")


async def test_a_timer_cannot_be_aimed_outside_the_timers(office: Stack, connect: Connect) -> None:
    documents = await connect(office, "documents")
    headers = {"Nats-Schedule": "@at 2030-01-01T00:00:00Z", "Nats-Schedule-Target": "event.finance.payment.1"}
    reply = await documents.request("timer.documents.schedule.stray", b"{}", headers=headers, timeout=5)
    assert json.loads(reply.data)["error"]["err_code"] == 10190


async def test_a_role_owns_its_schema_and_sees_no_other(office: Stack) -> None:
    documents = await asyncpg.connect(office.database_url("documents"))
    console = await asyncpg.connect(office.database_url("console"))
    operator = await asyncpg.connect(office.database_url("operator"))
    await documents.execute("CREATE TABLE seen (number bigint); INSERT INTO seen VALUES (1)")
    assert await documents.fetchval("SELECT schemaname FROM pg_tables WHERE tablename = 'seen'") == "documents"
    refused = (
        (console, "SELECT * FROM documents.seen"),
        (console, "CREATE TABLE documents.mine ()"),
        (console, "CREATE TABLE public.mine ()"),
        (console, "CREATE SCHEMA mine"),
        (documents, "CREATE TABLE console.mine ()"),
        (documents, "SET ROLE operator"),
        (operator, "INSERT INTO documents.seen VALUES (2)"),
    )
    for connection, statement in refused:
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await connection.execute(statement)
    assert await operator.fetchval("SELECT count(*) FROM documents.seen") == 1
    for connection in (documents, console, operator):
        await connection.close()


async def test_a_service_makes_passing_schemas_that_no_other_sees_into(office: Stack) -> None:
    documents = await asyncpg.connect(office.database_url("documents"))
    console = await asyncpg.connect(office.database_url("console"))
    await documents.execute("CREATE SCHEMA documents_past_1; CREATE TABLE documents_past_1.seen (number bigint)")
    for statement in ("SELECT * FROM documents_past_1.seen", "CREATE SCHEMA mine", "DROP SCHEMA documents_past_1"):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await console.execute(statement)
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await documents.execute("CREATE SCHEMA mine AUTHORIZATION console")
    await documents.execute("DROP SCHEMA documents_past_1 CASCADE")
    for connection in (documents, console):
        await connection.close()


async def test_a_role_reaches_no_other_database_and_needs_its_password(office: Stack) -> None:
    port = office.postgres.port
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await asyncpg.connect(office.credentials.database_url("documents", port, database="postgres"))
    with pytest.raises(asyncpg.InvalidPasswordError):
        await asyncpg.connect(f"postgresql://documents:wrong@127.0.0.1:{port}/motmoi")


async def test_the_database_keeps_what_is_promised_on_disk_and_sorts_by_code_point(office: Stack) -> None:
    connection = await asyncpg.connect(office.database_url("documents"))
    wanted = {
        "fsync": "on",
        "synchronous_commit": "on",
        "full_page_writes": "on",
        "server_encoding": "UTF8",
        "TimeZone": "UTC",
        "search_path": "documents",
        "jit": "off",
    }
    assert {name: await connection.fetchval("SELECT current_setting($1)", name) for name in wanted} == wanted
    assert await connection.fetchval("SELECT lower('ĐẢNG ỦY') = 'đảng ủy'")
    await connection.close()


async def test_a_password_changed_by_hand_is_put_right(office: Stack) -> None:
    superuser = await asyncpg.connect(office.superuser_dsn)
    await superuser.execute("ALTER ROLE console PASSWORD 'forgotten'")
    await superuser.close()
    assert await office.provision() == ["console"]
    await (await asyncpg.connect(office.database_url("console"))).close()


async def test_the_production_job_says_when_there_is_nothing_to_change(office: Stack) -> None:
    job = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "deploy", "provision", "--office", str(office.folder)),
        *("--nats", office.nats_url, "--postgres", f"127.0.0.1:{office.postgres.port}"),
        stdout=asyncio.subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    output = (await asyncio.wait_for(job.communicate(), 60))[0].decode()
    assert (job.returncode, output.strip()) == (0, "Không có gì thay đổi. / Nothing to change.")


async def test_production_secrets_are_prepared_once_and_closed_to_others(tmp_path: Path) -> None:
    written, office = [], tmp_path / "office"
    for _ in range(2):
        prepare(office)
        files = {path.relative_to(office).as_posix(): path for path in office.rglob("*") if path.is_file()}
        written.append({name: path.read_text() for name, path in files.items()})
    assert written[0] == written[1]
    assert files.pop("keys/audit.pub").stat().st_mode & 0o777 == 0o644
    assert set(files) == {"credentials.json", "nats.conf", ".env", "keys/audit.key"}
    assert {path.stat().st_mode & 0o777 for path in files.values()} == {0o600}
    # The operator's passwords serve the provisioning job alone.
    assert "OPERATOR" not in written[0][".env"]


def test_every_service_has_both_its_processes_in_containers() -> None:
    text = (Path(__file__).parents[2] / "deploy" / "compose.yaml").read_text(encoding="utf-8")
    composed = yaml.safe_load(text)["services"]
    for service in SERVICES:
        for name, part in ((service, "answer"), (f"{service}-follow", "follow")):
            assert composed[name]["command"] == ["python", "-m", f"services.{service}", part]
            assert composed[name]["environment"]["MOTMOI_NATS_USER"] == service
            assert f"{{POSTGRES_PASSWORD_{service.upper()}:" in composed[name]["environment"]["MOTMOI_DATABASE_URL"]
