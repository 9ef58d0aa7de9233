"""The documents desk as people meet it: the real processes, over NATS, on real servers."""

import asyncio
import json
import os
import signal
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import asyncpg
import pytest

from services.ops.supervisor import Supervisor

Words = Callable[..., dict[str, Any]]


def first(answer: dict[str, Any]) -> dict[str, Any]:
    """The first fact an accepted command recorded."""
    assert answer["outcome"] == "accepted", answer
    recorded: dict[str, Any] = answer["recorded"][0]
    return recorded


def document_of(answer: dict[str, Any]) -> str:
    """The id of the document a command was about."""
    subject: str = first(answer)["subject"]
    return subject.split("/", 1)[1]


async def test_a_document_goes_from_the_register_to_its_evidence(person: Any, letter: Words) -> None:
    clerk, leader, board = person("clerk"), person("leader"), person("board", board="BTCTU")
    registered = await clerk.says("register-incoming", **letter(summary="Về việc lưu trữ hồ sơ cán bộ"))
    document = document_of(registered)
    shown = await clerk.asks("incoming-register", after=registered["position"], text="luu tru ho so")
    assert document in [row["document_id"] for row in shown["rows"]]

    directed = await leader.says(
        "direct-document", document_id=document, lead_board="BTCTU", supporting_boards=["VPTU"], opinion="Đề nghị làm."
    )
    handling = await board.asks("handling-register", after=directed["position"], board="BTCTU")
    assert [row["status"] for row in handling["rows"] if row["document_id"] == document] == ["directed"]

    evidence = {"reply_notation": "12-CV/BTCTU"}
    completed = await board.says("complete-document", document_id=document, evidence=evidence)
    view = await clerk.asks("document", after=completed["position"], document_id=document)
    assert (view["incoming"]["status"], view["incoming"]["deadline_state"]) == ("completed", "met")
    assert view["handling"]["reply_notation"] == "12-CV/BTCTU"


async def test_a_command_sent_twenty_times_at_once_has_one_effect_and_one_answer(clerk: Any, letter: Words) -> None:
    command_id, words = str(uuid4()), letter(register_name="hai-muoi-lan")
    answers = await asyncio.gather(*(clerk.says("register-incoming", command_id, **words) for _ in range(20)))
    assert {json.dumps(answer, sort_keys=True) for answer in answers} == {json.dumps(answers[0], sort_keys=True)}
    books = await clerk.asks("register-books", after=answers[0]["position"], limit=1000)
    book = next(book for book in books["rows"] if book["book_id"] == first(answers[0])["data"]["book_id"])
    assert (book["last_number"], book["entries"], book["gapless"]) == (1, 1, True)
    assert await clerk.says("register-incoming", command_id, **words) == answers[0]


async def test_sixty_four_at_once_get_the_numbers_1_to_64_of_their_book(clerk: Any, letter: Words) -> None:
    answers = await asyncio.gather(
        *(clerk.says("register-incoming", **letter(register_name="cung-luc")) for _ in range(64))
    )
    assert sorted(first(answer)["data"]["number"] for answer in answers) == list(range(1, 65))
    head = max(answer["position"] for answer in answers)
    book_id = first(answers[0])["data"]["book_id"]
    rows = (await clerk.asks("incoming-register", after=head, book_id=book_id, limit=100, descending=False))["rows"]
    assert [row["number"] for row in rows] == list(range(1, 65))
    assert {row["document_id"] for row in rows} == {document_of(answer) for answer in answers}


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"colour": "red"}, "colour"),
        ({"organ": None}, "organ"),
        ({"page_count": "12"}, "page_count"),
        ({"page_count": 0}, "page_count"),
        ({"files": "a.pdf"}, "files"),
        ({"files": [{"name": "a.pdf", "sha256": "0", "size_bytes": 1}]}, "files.0.sha256"),
        ({"summary": "Về việc\x00 báo cáo"}, "summary"),
        ({"summary": "Về việc\u202e báo cáo"}, "summary"),
        ({"summary": "   "}, "summary"),
        ({"issuer": "dòng một\ndòng hai"}, "issuer"),
        ({"issued_on": "2025-02-30"}, "issued_on"),
        ({"issued_on": "0001-01-01"}, "issued_on"),
        ({"issued_on": "9999-12-31"}, "issued_on"),
        ({"issued_on": "hôm qua"}, "issued_on"),
        ({"issued_on": 20251103}, "issued_on"),
        ({"arrived_on": "2100-12-31"}, "arrived_on"),
        ({"urgency": "express_timed"}, "due_at"),
        ({"urgency": "express_timed", "due_at": "2025-11-03T10:00:00"}, "due_at"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
async def test_a_malformed_request_is_told_its_field_in_both_languages_and_leaves_no_trace(
    clerk: Any, log: Any, letter: Words, changed: dict[str, Any], field: str
) -> None:
    wrong, right = str(uuid4()), str(uuid4())
    before = (await clerk.says("register-incoming", **letter()))["position"]
    answer = await clerk.says("register-incoming", wrong, **letter(**changed))
    assert answer["outcome"] == "invalid", answer
    (problem,) = [problem for problem in answer["fields"] if problem["field"] == field]
    assert problem["vi"]
    assert problem["en"]
    assert problem["vi"] != problem["en"]
    await clerk.says("register-incoming", right, **letter())
    _, events = await log.until(before, lambda event: event["commandid"] == right)
    assert wrong not in {event["commandid"] for event in events}


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"\xff\xfe", b'{"data": {}}', b'{"meta": 1, "data": 2}'])
async def test_a_body_that_is_no_request_is_answered_too(clerk: Any, body: bytes) -> None:
    for subject in ("command.documents.register-incoming", "query.documents.incoming-register"):
        answer = await clerk.sends(subject, body)
        assert answer["outcome"] == "invalid"
        assert answer["fields"]


async def test_a_role_that_may_not_is_forbidden_and_leaves_no_trace(person: Any, log: Any, letter: Words) -> None:
    clerk, right = person("clerk"), str(uuid4())
    before = (await clerk.says("register-incoming", **letter()))["position"]
    wrong = {role: str(uuid4()) for role in ("reader", "board", "leader", "administrator", "service")}
    for role, command_id in wrong.items():
        answer = await person(role).says("register-incoming", command_id, **letter())
        assert (answer["outcome"], answer["code"]) == ("forbidden", "not-allowed")
        assert answer["vi"] != answer["en"]
    await clerk.says("register-incoming", right, **letter())
    _, events = await log.until(before, lambda event: event["commandid"] == right)
    assert not set(wrong.values()) & {event["commandid"] for event in events}


async def test_a_deadline_that_passes_is_marked_by_its_timer(person: Any, log: Any, letter: Words) -> None:
    clerk, leader = person("clerk"), person("leader")
    due_at = datetime.now(UTC) + timedelta(seconds=3)
    registered = await clerk.says("register-incoming", **letter(urgency="express_timed", due_at=due_at.isoformat()))
    document = document_of(registered)
    directed = await leader.says("direct-document", document_id=document, lead_board="BTCTU")

    def missed(event: dict[str, Any]) -> bool:
        return bool(event["type"] == "documents.DeadlineMissed" and event["subject"] == f"incoming/{document}")

    position, events = await log.until(directed["position"], missed)
    mark = next(event for event in events if missed(event))
    assert datetime.fromisoformat(mark["time"]) >= due_at
    view = await clerk.asks("document", after=position, document_id=document)
    assert (view["incoming"]["deadline_state"], view["handling"]["deadline_state"]) == ("overdue", "overdue")


async def test_the_same_letter_again_is_noticed_or_refused_as_asked(clerk: Any, letter: Words) -> None:
    words = letter(number_notation="45-CV/TW")
    one = await clerk.says("register-incoming", **words)
    assert one["notices"] == []
    spelt = {**words, "number_notation": "45 - CV / TW", "issuer": words["issuer"].upper()}
    refused = await clerk.says("register-incoming", **{**spelt, "on_duplicate": "refuse"})
    assert (refused["outcome"], refused["code"]) == ("rejected", "already-registered")
    again = await clerk.says("register-incoming", **spelt)
    assert [notice["code"] for notice in again["notices"]] == ["possible-duplicate"]
    asked = {name: words[name] for name in ("organ", "number_notation", "issuer", "issued_on")}
    found = await clerk.asks("possible-duplicates", after=again["position"], **asked)
    assert {row["document_id"] for row in found["rows"]} == {document_of(one), document_of(again)}


async def test_a_struck_out_entry_is_no_duplicate_any_more(clerk: Any, log: Any, letter: Words) -> None:
    words = letter(number_notation="46-CV/TW")
    one = await clerk.says("register-incoming", **words)
    cancelled = await clerk.says("cancel-incoming-number", document_id=document_of(one), reason="Đăng ký nhầm sổ")
    await log.until(cancelled["position"], lambda event: event["data"].get("document_id") == document_of(one))
    again = await clerk.says("register-incoming", **{**words, "on_duplicate": "refuse"})
    assert (again["outcome"], again["notices"]) == ("accepted", [])
    assert first(again)["data"]["number"] > first(one)["data"]["number"]


async def test_after_a_kill_the_desk_goes_on_and_remembers_its_answers(
    running: Supervisor, clerk: Any, letter: Words
) -> None:
    command_id, words = str(uuid4()), letter(register_name="sau-khi-dung")
    one = await clerk.says("register-incoming", command_id, **words)
    (desk,) = (kept for kept in running.kept if kept.process.name == "documents")
    killed = desk.pid
    assert killed is not None
    os.kill(killed, signal.SIGKILL)
    two = await clerk.says("register-incoming", **letter(register_name="sau-khi-dung"))
    assert first(two)["data"]["number"] == first(one)["data"]["number"] + 1
    assert await clerk.says("register-incoming", command_id, **words) == one
    assert desk.pid != killed


async def test_no_service_can_write_anothers_events(running: Supervisor, connect: Any, clerk: Any, log: Any) -> None:
    refusals: asyncio.Queue[Exception] = asyncio.Queue()
    documents = await connect(running.stack, "documents", refusals)
    for subject in (
        "event.finance.payment.1",
        "event.audit.proof.1",
        "command.finance.pay",
        "$JS.API.STREAM.PURGE.EVENTS",
    ):
        await documents.publish(subject, b"[]")
        assert "permissions violation" in str(await asyncio.wait_for(refusals.get(), 10)).lower()


async def test_the_services_role_reads_no_schema_but_its_own(running: Supervisor) -> None:
    connection = await asyncpg.connect(running.stack.database_url("documents"))
    try:
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await connection.fetch("SELECT * FROM console.api_tokens")
    finally:
        await connection.close()
