"""The services themselves behind the console: registered once, seen at once, exported, and traced by an auditor."""

import asyncio
import csv
import io
import os
import sys
from collections.abc import AsyncIterator
from typing import Any

import asyncpg
import httpx
import pytest_asyncio

from deploy.stack import Stack
from services.console import tokens

LIMIT_S = 60
INCOMING = {
    "organ": "VPTU",
    "number_notation": "12-CV/BTCTU",
    "document_type": "Công văn",
    "summary": "V/v đăng ký lịch làm việc",
    "issuer": "Ban Tổ chức Tỉnh ủy",
    "issued_on": "2026-01-05",
}


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def documents(office: Stack) -> AsyncIterator[None]:
    """Both processes of each service, answering and following."""
    processes = []
    for service in office.services:
        environment = {
            "PATH": os.environ["PATH"],
            "MOTMOI_NATS_URL": office.nats_url,
            "MOTMOI_NATS_USER": service,
            "MOTMOI_NATS_PASSWORD": office.credentials.nats[service],
            "MOTMOI_DATABASE_URL": office.database_url(service),
        }
        for part, word in (("answer", b"answering"), ("follow", b"following")):
            process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", f"services.{service}", part, env=environment, stdout=asyncio.subprocess.PIPE
            )
            processes.append(process)
            assert process.stdout is not None
            async with asyncio.timeout(LIMIT_S):
                while word not in (line := await process.stdout.readline()):
                    assert line, f"{service} {part} ended before it was ready"
    yield
    for process in processes:
        process.terminate()
        await process.communicate()


async def until_well(http: httpx.AsyncClient, path: str) -> httpx.Response:
    """Ask again while the answer is 503: a desk that has just started builds its registers first."""
    async with asyncio.timeout(LIMIT_S):
        while (answer := await http.get(path)).status_code == 503:
            pass
    assert answer.status_code == 200, answer.text
    return answer


async def test_a_registered_document_is_found_by_its_position_and_exported(
    documents: None, http: httpx.AsyncClient
) -> None:
    await until_well(http, "/healthz")
    first = await http.post("/api/documents/register-incoming", json=INCOMING, headers={"Idempotency-Key": "one"})
    again = await http.post("/api/documents/register-incoming", json=INCOMING, headers={"Idempotency-Key": "one"})
    assert first.status_code == 200, first.text
    assert again.json() == first.json()
    position = first.headers["Motmoi-Position"]
    found = await until_well(http, f"/api/documents/incoming-register?after={position}&year=2026")
    assert [row["number_notation"] for row in found.json()["rows"]] == ["12-CV/BTCTU"]
    assert found.json()["position"] >= int(position)
    exported = await http.get("/api/documents/incoming-register.csv", params={"after": position})
    rows = list(csv.reader(io.StringIO(exported.text)))
    assert rows[2][3] == "12-CV/BTCTU"


async def test_the_desk_names_what_is_wrong_and_who_may_not(documents: None, http: httpx.AsyncClient) -> None:
    malformed = await http.post("/api/documents/register-incoming", json={**INCOMING, "issued_on": "yesterday"})
    assert (malformed.status_code, malformed.json()["fields"][0]["field"]) == (400, "issued_on")
    forbidden = await http.post(
        "/api/documents/mark-deadline-missed", json={"document_id": "0" * 32, "deadline": "2026-12-15"}
    )
    assert (forbidden.status_code, forbidden.json()["code"]) == (403, "not-allowed")
    secret = {**INCOMING, "summary": "MẬT: V/v bố trí lực lượng"}
    rejected = await http.post("/api/documents/register-incoming", json=secret)
    assert rejected.json()["code"] in ("secret-content", "invalid"), rejected.text


async def test_the_desks_own_descriptions_and_metrics_are_shown(documents: None, http: httpx.AsyncClient) -> None:
    page = await http.get("/asyncapi")
    assert "command.documents.register-incoming" in page.text
    metrics = (await http.get("/metrics")).text
    assert 'process="documents.answer"' in metrics
    assert 'process="documents.follow"' in metrics


async def test_an_auditor_reads_the_trail_of_a_document_and_that_is_recorded_too(
    documents: None, http: httpx.AsyncClient, database: "asyncpg.Connection[Any]"
) -> None:
    registered = await http.post("/api/documents/register-incoming", json=INCOMING, headers={"Idempotency-Key": "one"})
    position = registered.headers["Motmoi-Position"]
    document = registered.json()["recorded"][0]["subject"].split("/")[1]
    refused = await http.get("/api/audit/trail")
    assert (refused.status_code, refused.json()["code"]) == (403, "not-allowed")

    token = await tokens.create(database, "person:binh", "Trần Bình", ["auditor"], None, 30, "person:admin")
    http.headers["Authorization"] = f"Bearer {token}"
    asked = f"/api/audit/trail?about={document}&descending=false&after="
    rows = (await until_well(http, f"{asked}{position}")).json()["rows"]
    assert [row["vi"] for row in rows if row["aggregate"] == "incoming"] == ["Đăng ký văn bản đến"]
    summary = next(change for row in rows for change in row["changes"] if change["field"] == "summary")
    assert (summary["vi"], summary["before"], summary["after"]) == ("Trích yếu", None, INCOMING["summary"])
    causes = await until_well(http, f"/api/audit/causes?correlation_id={rows[0]['correlation_id']}&after={position}")
    effects = causes.json()["commands"][0]["events"]
    caused = {row["event_id"] for row in rows if row["correlation_id"] == rows[0]["correlation_id"]}
    assert {effect["event"]["event_id"] for effect in effects} >= caused

    async with asyncio.timeout(LIMIT_S):
        while (last := (await until_well(http, f"{asked}{position}")).json()["rows"][-1])["type"] != "audit.TrailRead":
            pass
    assert (last["actor"], last["facts"]) == ("person:binh", {"query": "trail", "asked": {"about": document}})
