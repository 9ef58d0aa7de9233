"""Commands and queries over HTTP: identity, passing on, and the mapping of every reply."""

import asyncio
from typing import Any
from uuid import UUID

import httpx
import pytest

from contracts.base import Accepted, Answered, Conflict, Failed, FieldProblem, Forbidden, Invalid, Message, Rejected

COMMAND = "/api/documents/register-incoming"
COMMAND_SUBJECT = "command.documents.register-incoming"
QUERY = "/api/documents/incoming-register"
QUERY_SUBJECT = "query.documents.incoming-register"
KEY = "0b5b1c1e-6f1d-4a77-9a53-3b9c3f1d2e4a"
SAID: dict[str, Any] = {"code": "c", "vi": "Không được.", "en": "No."}


async def test_a_command_goes_on_untouched_with_the_tokens_actor(
    http: httpx.AsyncClient, desk: Any, register_incoming: dict[str, Any]
) -> None:
    await desk.answer(COMMAND_SUBJECT, Accepted(position=41))
    answer = await http.post(COMMAND, json=register_incoming, headers={"Idempotency-Key": KEY})
    assert answer.status_code == 200
    assert answer.json() == {"position": 41, "recorded": [], "notices": []}
    assert answer.headers["Motmoi-Position"] == "41"
    assert answer.headers["Motmoi-Command-Id"] == answer.headers["X-Correlation-Id"] == KEY
    _, heard = desk.heard[-1]
    assert heard["data"] == register_incoming
    assert heard["meta"]["command_id"] == KEY
    assert heard["meta"]["actor"] == {"id": "person:lan", "name": "Nguyễn Thị Lan", "roles": ["clerk"], "board": "VPTU"}


@pytest.mark.parametrize(
    ("reply", "status"),
    [
        (Invalid(fields=(FieldProblem(field="organ", code="missing", vi="Thiếu.", en="Missing."),)), 400),
        (Forbidden(**SAID), 403),
        (Conflict(**SAID), 409),
        (Rejected(**SAID, legal_basis="Nghị định 30/2020/NĐ-CP"), 422),
        (Failed(**SAID), 503),
    ],
)
async def test_every_refusal_becomes_a_problem_document(
    http: httpx.AsyncClient, desk: Any, reply: Message, status: int
) -> None:
    await desk.answer(COMMAND_SUBJECT, reply)
    answer = await http.post(COMMAND, json={}, headers={"Accept-Language": "en-GB,vi;q=0.5", "X-Correlation-Id": "abc"})
    body = answer.json()
    assert (answer.status_code, body["status"]) == (status, status)
    assert answer.headers["content-type"] == "application/problem+json"
    assert body["type"] == f"/problems/{body['code']}"
    assert body["detail"] == body["en"]
    assert body["correlation_id"] == answer.headers["X-Correlation-Id"] == "abc"
    assert ("Retry-After" in answer.headers) == (status == 503)
    if isinstance(reply, Rejected):
        assert body["legal_basis"] == "Nghị định 30/2020/NĐ-CP"
    if isinstance(reply, Invalid):
        assert body["fields"][0]["field"] == "organ"


@pytest.mark.parametrize(
    ("header", "spoken"), [(None, "vi"), ("en", "en"), ("en;q=0.4, vi;q=0.9", "vi"), ("fr", "vi"), ("en, vi", "en")]
)
async def test_vietnamese_is_spoken_unless_english_is_preferred(
    http: httpx.AsyncClient, desk: Any, header: str | None, spoken: str
) -> None:
    await desk.answer(COMMAND_SUBJECT, Rejected(**SAID))
    answer = await http.post(COMMAND, json={}, headers={"Accept-Language": header} if header else {})
    assert answer.json()["detail"] == SAID[spoken]
    assert answer.headers["Content-Language"] == spoken


async def test_the_same_key_is_the_same_command_for_one_speaker(http: httpx.AsyncClient, desk: Any) -> None:
    await desk.answer(COMMAND_SUBJECT, Accepted(position=1))
    one, again, other = [
        await http.post(COMMAND, json={}, headers={"Idempotency-Key": key}) for key in ("a 1", "a 1", "a 2")
    ]
    assert one.headers["Motmoi-Command-Id"] == again.headers["Motmoi-Command-Id"]
    assert one.headers["Motmoi-Command-Id"] != other.headers["Motmoi-Command-Id"]
    assert UUID(one.headers["Motmoi-Command-Id"]).version == 5


async def test_a_key_that_is_too_long_is_refused_by_name(http: httpx.AsyncClient, desk: Any) -> None:
    answer = await http.post(COMMAND, json={}, headers={"Idempotency-Key": "x" * 201})
    assert answer.status_code == 400
    assert answer.json()["fields"][0]["field"] == "Idempotency-Key"


async def test_a_malformed_correlation_id_gives_way_to_the_command_id(http: httpx.AsyncClient, desk: Any) -> None:
    await desk.answer(COMMAND_SUBJECT, Accepted(position=1))
    answer = await http.post(COMMAND, json={}, headers={"Idempotency-Key": KEY, "X-Correlation-Id": "a b<"})
    assert answer.headers["X-Correlation-Id"] == KEY


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "json_invalid"),
        (b"{", "json_invalid"),
        (b'{"a": NaN}', "json_invalid"),
        (b'{"a": "\xff"}', "json_invalid"),
        (b"{} {}", "json_invalid"),
        (b'{},"meta":{}', "json_invalid"),
        (b"[1]", "model_type"),
        (b'{"a": "' + b"x" * 1_000_000 + b'"}', "body-too-large"),
    ],
)
async def test_a_body_that_is_no_small_json_object_never_reaches_the_service(
    http: httpx.AsyncClient, desk: Any, content: bytes, code: str
) -> None:
    await desk.answer(COMMAND_SUBJECT, Accepted(position=1))
    answer = await http.post(COMMAND, content=content)
    assert answer.status_code == 400
    problem = answer.json()["fields"][0]
    assert (problem["field"], problem["code"]) == ("body", code)
    assert problem["vi"] != problem["en"]
    assert not desk.heard


async def test_a_query_string_is_sent_as_the_querys_own_types(http: httpx.AsyncClient, desk: Any) -> None:
    await desk.answer(QUERY_SUBJECT, Answered(position=9, result={"rows": [], "next_cursor": None}))
    answer = await http.get(
        QUERY, params={"year": "2026", "duplicates_only": "true", "arrived_from": "2026-01-05", "after": "7"}
    )
    assert answer.json() == {"position": 9, "rows": [], "next_cursor": None}
    _, heard = desk.heard[-1]
    assert heard["actor"]["id"] == "person:lan"
    assert heard["correlation_id"] == answer.headers["X-Correlation-Id"]
    assert heard["data"]["year"] == 2026
    assert heard["data"]["duplicates_only"] is True
    assert (heard["data"]["arrived_from"], heard["data"]["after"]) == ("2026-01-05", 7)


@pytest.mark.parametrize(
    ("query", "field"),
    [("year=next", "year"), ("colour=red", "colour"), ("limit=5000", "limit"), ("year=2026&year=2025", "year")],
)
async def test_an_unknown_or_malformed_query_field_is_named(http: httpx.AsyncClient, query: str, field: str) -> None:
    answer = await http.get(f"{QUERY}?{query}")
    assert answer.status_code == 400
    assert answer.json()["fields"][0]["field"] == field


async def test_a_service_that_is_not_there_is_named(http: httpx.AsyncClient) -> None:
    answer = await http.get("/api/documents/register-books")
    assert answer.status_code == 503
    assert answer.json()["code"] == "service-unavailable"
    assert "documents" in answer.json()["vi"]
    assert answer.headers["Retry-After"]


async def test_a_reply_outside_the_union_is_a_fault_without_its_details(http: httpx.AsyncClient, desk: Any) -> None:
    await desk.answer(COMMAND_SUBJECT, lambda _: b'{"outcome": "wonderful"}')
    answer = await http.post(COMMAND, json={})
    assert answer.status_code == 500
    assert answer.json()["code"] == "console-fault"
    assert "wonderful" not in answer.text


async def test_what_is_not_offered_is_a_problem_too(http: httpx.AsyncClient) -> None:
    missing = await http.get("/api/documents/nothing-like-this")
    wrong = await http.get(COMMAND)
    assert (missing.status_code, missing.json()["code"]) == (404, "address-unknown")
    assert (wrong.status_code, wrong.json()["code"]) == (405, "method-not-allowed")
    assert wrong.headers["Allow"] == "POST"


async def test_every_answer_carries_safe_headers(http: httpx.AsyncClient, desk: Any) -> None:
    await desk.answer(COMMAND_SUBJECT, Accepted(position=1))
    for answer in (await http.post(COMMAND, json={}), await http.get("/nowhere"), await http.get("/docs")):
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cache-Control"] == "no-store"
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


async def test_many_at_once_each_get_their_own_answer(http: httpx.AsyncClient, desk: Any) -> None:
    await desk.answer(COMMAND_SUBJECT, lambda body: Accepted(position=body["data"]["n"]))
    answers = await asyncio.gather(*(http.post(COMMAND, json={"n": n}) for n in range(200)))
    assert [answer.json()["position"] for answer in answers] == list(range(200))
