"""As of the past, as people meet it: over NATS, over HTTP, and from the command line, on a running office."""

import asyncio
import csv
import io
import json
import os
import random
import sys
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import asyncpg
import httpx
import pytest
import pytest_asyncio
from pydantic_core import to_json

from contracts.base import Actor
from contracts.documents import ListHandlingRegister, ListIncomingRegister, ListRegisterBooks
from services.documents.service import DOCUMENTS
from services.ops.supervisor import Supervisor

_ROOT = Path(__file__).parents[2]
_ACTOR = Actor(id="user:lan", name="Nguyễn Thị Lan", roles=("clerk",))
Words = Callable[..., dict[str, Any]]


@pytest_asyncio.fixture(loop_scope="session")
async def database(running: Supervisor) -> AsyncIterator["asyncpg.Connection[Any]"]:
    """The database as documents sees it."""
    connection = await asyncpg.connect(running.stack.database_url("documents"))
    yield connection
    await connection.close()


async def _motmoi(running: Supervisor, *arguments: str) -> tuple[int | None, str]:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "services.ops", *arguments, "--data", str(running.stack.folder)),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        cwd=_ROOT,
        env={**os.environ, "PYTHONPATH": str(_ROOT), "MOTMOI_LANG": "en"},
    )
    output, _ = await asyncio.wait_for(process.communicate(), 120)
    return process.returncode, output.decode()


async def _asked(person: Any, query: str, **words: Any) -> dict[str, Any]:
    """Ask until it is neither silence nor `failed`; return the whole answer."""
    request = {"actor": person.actor, "correlation_id": "system-test", "data": words}
    answer: dict[str, Any] = await person.sends(f"query.documents.{query}", request)
    return answer


async def _live(database: "asyncpg.Connection[Any]", query: Any) -> tuple[int, Any]:
    """What a query answers now, and the very position it answers at: read in one snapshot with the checkpoint."""
    rule = next(rule for rule in DOCUMENTS.queries if rule.query is type(query))
    async with database.transaction(isolation="repeatable_read"):
        tables = [model.table for model in rule.reads]
        position = await database.fetchval(
            "SELECT max(position) FROM checkpoints WHERE follower = ANY($1::text[])", tables
        )
        return position, json.loads(to_json(await rule.answer(query, _ACTOR).read(database)))


@pytest.mark.parametrize("seed", [11, 12])
async def test_what_was_answered_then_is_answered_for_ever(
    person: Any, letter: Words, database: "asyncpg.Connection[Any]", seed: int
) -> None:
    chance, clerk, leader = random.Random(seed), person("clerk"), person("leader")
    board = person("board", board="BTCTU")
    queries = {
        "incoming-register": ListIncomingRegister(limit=1000, sort="deadline", descending=False),
        "handling-register": ListHandlingRegister(limit=1000, board="BTCTU"),
        "register-books": ListRegisterBooks(limit=1000),
    }
    documents: list[str] = []
    answered: list[tuple[str, int, Any]] = []
    for _ in range(40):
        target = chance.choice(documents) if documents else None
        choice = chance.randrange(4) if target else 0
        if choice == 0:
            said = await clerk.says("register-incoming", **letter(register_name=f"qk-{chance.randrange(3)}"))
            documents.append(said["recorded"][0]["subject"].split("/", 1)[1])
        elif choice == 1:
            said = await leader.says("direct-document", document_id=target, lead_board="BTCTU", opinion="Đề nghị làm.")
        elif choice == 2:
            said = await board.says("acknowledge-receipt", document_id=target, received_by="Phạm Văn An")
        else:
            evidence = {"account": "Đã phổ biến."}
            said = await board.says("complete-document", document_id=target, evidence=evidence)
        for name, query in queries.items():
            if said["outcome"] == "accepted":
                await clerk.asks(name, after=said["position"], limit=1)
            position, result = await _live(database, query)
            answered.append((name, position, result))

    for name, position, result in chance.sample(answered, 10):
        words = json.loads(to_json(queries[name])) | {"as_of": None, "as_of_position": position}
        answer = await _asked(clerk, name, **words)
        assert (answer["outcome"], answer["position"]) == ("answered", position)
        assert answer["result"] == result
        assert result["rows"]


async def test_over_http_a_moment_means_what_was_recorded_by_then_and_exports_are_of_it_too(
    running: Supervisor, person: Any, letter: Words
) -> None:
    clerk = person("clerk")
    first = await clerk.says("register-incoming", **letter(organ="QUAKHU"))
    between = await _later()
    second = await clerk.says("register-incoming", **letter(organ="QUAKHU"))
    await clerk.asks("incoming-register", after=second["position"])
    _, token = await _motmoi(running, "token", "create", "--actor", "user:lan", "--name", "Lan", "--role", "clerk")
    headers = {"Authorization": f"Bearer {token.strip()}"}
    url = f"http://127.0.0.1:{running.http_port}/api/documents/incoming-register"
    # The plus sign stands in the address as people write it.
    address = f"{url}?organ=QUAKHU&as_of={between.astimezone().isoformat(timespec='milliseconds')}"
    async with httpx.AsyncClient(headers=headers, timeout=30) as http:
        now = await _page(http, f"{url}?organ=QUAKHU")
        then = await _page(http, address)
        at = await _page(http, f"{url}?organ=QUAKHU&as_of_position={first['position']}")
        file = await _page(http, address.replace("incoming-register?", "incoming-register.csv?"))
        both = await http.get(f"{address}&as_of_position=3")
        future = await http.get(f"{url}?as_of=2999-01-01T00:00:00Z")
        beyond = await http.get(f"{url}?as_of_position=999999999")
        described = (await http.get(f"http://127.0.0.1:{running.http_port}/openapi.json")).json()

    assert len(now.json()["rows"]) == 2
    for answer in (then, at):
        assert answer.json()["position"] == first["position"]
        assert [row["document_id"] for row in answer.json()["rows"]] == [
            first["recorded"][0]["subject"].split("/", 1)[1]
        ]
    rows = list(csv.reader(io.StringIO(file.text)))
    assert len(rows) == 3
    assert both.status_code == 400
    assert [one["field"] for one in both.json()["fields"]] == ["as_of_position"]
    for refused, field in ((future, "as_of"), (beyond, "as_of_position")):
        assert refused.status_code == 400
        assert [(one["field"], one["code"]) for one in refused.json()["fields"]] == [(field, "not-yet-recorded")]
    for path in ("/api/documents/incoming-register", "/api/documents/incoming-register.csv"):
        assert {"as_of", "as_of_position"} <= {one["name"] for one in described["paths"][path]["get"]["parameters"]}


async def _later() -> datetime:
    """A moment after all that was recorded and before all that will be: clocks of two processes count here."""
    start = datetime.now(UTC)
    while (moment := datetime.now(UTC)) < start + timedelta(milliseconds=5):
        await asyncio.sleep(0)
    while datetime.now(UTC) < moment + timedelta(milliseconds=5):
        await asyncio.sleep(0)
    return moment


async def _page(http: httpx.AsyncClient, url: str) -> httpx.Response:
    """Ask again for as long as the past is being put together."""
    while True:
        answer = await http.get(url)
        if answer.status_code != 503:
            assert answer.status_code == 200, answer.text
            return answer


async def test_a_query_that_reads_more_than_read_models_says_that_it_has_no_past(person: Any) -> None:
    auditor = person("auditor")
    request = {"actor": auditor.actor, "correlation_id": "system-test", "data": {"sequence": 1, "as_of_position": 1}}

    answer = await auditor.sends("query.audit.evidence", request)

    assert answer["outcome"] == "invalid", answer
    assert [(one["field"], one["code"]) for one in answer["fields"]] == [("as_of_position", "past-not-kept")]


async def test_a_killed_process_s_pasts_are_swept_when_the_service_is_back(
    running: Supervisor, person: Any, letter: Words, database: "asyncpg.Connection[Any]"
) -> None:
    clerk = person("clerk")
    position = (await clerk.says("register-incoming", **letter()))["position"]
    await _asked(clerk, "incoming-register", as_of_position=position)
    pasts = "SELECT array_agg(nspname::text) FROM pg_namespace WHERE nspname LIKE 'documents\\_past\\_%'"
    left = set(await database.fetchval(pasts))
    assert left

    os.kill(json.loads((running.stack.folder / "run.json").read_text())["processes"]["documents"]["pid"], 9)

    async with asyncio.timeout(60):
        while left & set(await database.fetchval(pasts) or ()):
            await asyncio.sleep(0)
    assert (await _asked(clerk, "incoming-register", as_of_position=position))["position"] == position


async def test_the_command_line_shows_a_past_as_a_table_as_json_and_as_a_file(
    running: Supervisor, person: Any, letter: Words, tmp_path: Path
) -> None:
    clerk = person("clerk")
    answers = [await clerk.says("register-incoming", **letter(organ="DONGLENH")) for _ in range(3)]
    position = answers[1]["position"]
    asked = ("replay", "documents", "incoming-register", "--as-of", str(position), "--set", "organ=DONGLENH")

    shown = await _motmoi(running, *asked)
    status, said = await _motmoi(running, *asked, "--json")
    files = [await _motmoi(running, *asked, "-o", str(tmp_path / f"rows.{kind}")) for kind in ("csv", "json", "xlsx")]
    yesterday = f"{datetime.now(UTC) - timedelta(days=1):%Y-%m-%d}"
    empty, none = await _motmoi(running, *asked[:3], "--as-of", yesterday, "--json")

    assert shown[0] == 0, shown
    assert f"As recorded up to position {position:,}." in shown[1]
    assert status == 0, said
    assert (json.loads(said)["position"], len(json.loads(said)["rows"])) == (position, 2)
    assert [status for status, _ in files] == [0, 0, 0], files
    assert len((tmp_path / "rows.csv").read_text().splitlines()) == 4
    assert json.loads((tmp_path / "rows.json").read_text()) == json.loads(said)
    assert (empty, json.loads(none)) == (0, {"position": 0, "rows": []})


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (("documents", "incoming-register", "--as-of", "khi nào"), 2, "is no moment"),
        (("documents", "ledger", "--as-of", "1"), 2, "no such query"),
        (("documents", "incoming-register", "--as-of", "1", "--set", "colour=red"), 2, "colour"),
        (("documents", "incoming-register", "--as-of", "999999999"), 1, "Nothing is recorded yet"),
        (("documents", "document", "--as-of", "1", "--set", f"document_id={'0' * 32}", "-o", "a.csv"), 2, ".json"),
        (("documents", "document", "--as-of", "1", "--set", f"document_id={'0' * 32}"), 1, "document"),
    ],
)
async def test_what_cannot_be_asked_of_the_past_is_told_in_a_sentence(
    running: Supervisor, arguments: tuple[str, ...], status: int, said: str
) -> None:
    code, output = await _motmoi(running, "replay", *arguments)

    assert code == status, output
    assert said in output
