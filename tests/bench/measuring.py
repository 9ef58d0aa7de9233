"""What is measured, in its order: the servers alone, a long history, reading it, asking it, commanding it."""

import json
import statistics
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import archiving
import december
import following
import ledger
import people
import raw
import scheduling
from history import BOARDS, BOOKS, History
from load import ACTOR
from nats.errors import Error as NatsError
from office import HOST, SERVICE, Office, generate, running
from ratios import ratios

from deploy.credentials import CONSOLE, DATABASE, OPERATOR
from deploy.streams import events_stream
from services.documents.deciders.incoming_document import INCOMING
from services.documents.service import DOCUMENTS
from services.runtime.envelope import Decoder, event_types
from services.runtime.log import EventLog

_SHORT = 20
_SAMPLES = 10
_CLIENTS = (1, 8, 64)
_FORWARDED = 1000


@dataclass(frozen=True)
class Scale:
    """How much of everything."""

    history_events: int
    documents: int
    seconds: float
    raw_seconds: float
    query_seconds: float
    long_aggregate: int
    assets: tuple[int, ...]
    people: tuple[int, ...]
    slots: tuple[int, ...]
    entries: tuple[int, ...]


async def measure(folder: Path, scale: Scale) -> dict[str, Any]:
    """Measure everything once, in offices within the folder, and return it by section."""
    async with running(folder / SERVICE) as office:
        results = await _documents(office, scale)
    _say("December run")
    results["december"] = await december.measured(folder / december.SERVICE, scale.assets, scale.query_seconds)
    _say("people")
    results["people"] = await people.measured(folder / people.SERVICE, scale.people, scale.query_seconds)
    _say("scheduling")
    results["scheduling"] = await scheduling.measured(folder / scheduling.SERVICE, scale.slots, scale.query_seconds)
    _say("ledger")
    # Finance is measured as soon as it is one of the office's services.
    results["ledger"] = await ledger.measured(folder / ledger.SERVICE, scale.entries, scale.query_seconds)
    results["ratios"] = ratios(results, scale.assets, scale.people, scale.slots)
    return results


async def _documents(office: Office, scale: Scale) -> dict[str, Any]:
    results: dict[str, Any] = {}
    _say("servers alone")
    results["raw"] = await _raw(office, scale)
    _say("history")
    history = History(EventLog(office.operator, timeout_s=30))
    results["history"], aggregates = await _history(office, history, scale)
    _say("followers catch up")
    await office.start("documents", "documents-follow", CONSOLE)
    seconds = await office.caught_up(policies=False)
    results["history"]["all read models caught up"] = _per_s(history.events, seconds)
    policies = await office.caught_up()
    results["history"]["policies caught up"] = {"seconds": round(policies, 2), "directions": history.directions}
    _say("reading and rebuilding")
    results["rebuild"] = {
        **await following.read(office, history.events),
        **await following.folded(office, history.events),
        **await following.rebuilt(office, history.events),
    }
    _say("queries")
    await history.register(max(0, scale.documents - len(history.documents)))
    await office.caught_up()
    results["queries"] = await _queries(office, scale, len(history.documents))
    _say("commands")
    results["commands"] = await _commands(office, scale, history)
    _say("aggregates")
    await office.caught_up()
    results["aggregates"] = await _aggregates(office, history.log, aggregates)
    _say("archive")
    results["archive"] = {
        **await archiving.archived(office, await office.head()),
        **await archiving.two_copies(office, _plain_commands(office, history), scale.seconds),
        **await archiving.proofs(office),
    }
    results["memory_mb"] = office.memory()
    results["disk_mb"] = await office.disk()
    return results


def _say(what: str) -> None:
    sys.stderr.write(f"{time.strftime('%H:%M:%S')}  {what}\n")


def _per_s(count: int, seconds: float) -> dict[str, Any]:
    return {"events": count, "seconds": round(seconds, 2), "events_per_s": round(count / max(seconds, 0.001))}


async def _raw(office: Office, scale: Scale) -> dict[str, Any]:
    options = {**events_stream(1), "name": "RAW", "subjects": ["raw.>"], "deny_delete": False, "deny_purge": False}
    await office.operator.request("$JS.API.STREAM.CREATE.RAW", json.dumps(options).encode(), timeout=10)
    access = {
        "url": office.stack.nats_url,
        "user": OPERATOR,
        "password": office.stack.credentials.nats[OPERATOR],
        "seconds": scale.raw_seconds,
    }
    database = office.stack.credentials.database_url("postgres", office.stack.postgres.port, database=DATABASE)
    measured = await generate("raw.py", {**access, "database": database})
    await office.operator.request("$JS.API.STREAM.DELETE.RAW", b"", timeout=10)
    echo = raw.start_echo(access)
    try:
        for clients in _CLIENTS:
            task = {**access, "over": "nats", "subject": "raw.echo", "words": "none", "clients": clients}
            measured[f"empty request/reply, {clients} at once"] = await generate("load.py", task)
    finally:
        echo.communicate()
    return measured


async def _history(office: Office, history: History, scale: Scale) -> tuple[dict[str, Any], dict[str, list[str]]]:
    begun = time.perf_counter()
    await history.register(2 * _SAMPLES + _FORWARDED)
    long, short = history.documents[:_SAMPLES], history.documents[_SAMPLES : 2 * _SAMPLES]
    await history.direct(history.documents)
    await history.forward(long + short, _SHORT - 2)
    await history.forward(long, scale.long_aggregate - _SHORT)
    directed = scale.history_events // 20
    registrations = (scale.history_events - history.events - directed - directed * 3 // 4) // 3
    first = len(history.documents)
    await history.register(registrations)
    await history.direct(history.documents[first : first + directed])
    await history.complete(history.documents[first : first + directed * 3 // 4])
    written = _per_s(history.events, time.perf_counter() - begun)
    aggregates = {f"{_SHORT} events": short, f"{scale.long_aggregate} events": long}
    return {"appended in batches": {**written, "messages": await office.head()}}, aggregates


async def _queries(office: Office, scale: Scale, documents: int) -> dict[str, Any]:
    cursor = await _cursor_of_page(office, 200 if documents > 10_000 else 50)
    questions: dict[str, Sequence[dict[str, Any]]] = {
        "first page": [{}],
        "page 200 by cursor": [{"cursor": cursor}],
        "one book": [{"book_id": f"s{number}-den-2026"} for number in range(BOOKS)],
        "one board": [{"board": board} for board in BOARDS],
        "by deadline": [{"sort": "deadline", "descending": False}],
        "by deadline, overdue first, one board": [
            {"sort": "deadline", "descending": False, "board": b} for b in BOARDS
        ],
        "search, rare words": [{"text": f"luu tru ho so dot {number}"} for number in range(1, 900, 7)],
        "search, common words": [{"text": text} for text in ("bao cao", "hồ sơ", "đảng ủy", "kế hoạch kiểm tra")],
        "search, one notation": [{"text": f"{number}-CV/ĐU"} for number in range(1, documents, 97)],
    }
    measured: dict[str, Any] = {"documents": documents}
    for name, choices in questions.items():
        for clients in (1, 8):
            task = {
                **office.request("query.documents.incoming-register"),
                "words": "given",
                "choices": list(choices),
                "seconds": scale.query_seconds,
                "clients": clients,
            }
            measured[f"{name}, {clients} at once"] = await generate("load.py", task)
    return measured


async def _cursor_of_page(office: Office, page: int) -> str:
    cursor = None
    for _ in range(page - 1):
        request = {"actor": ACTOR, "correlation_id": "bench", "data": {"cursor": cursor}}
        reply = await office.operator.request(
            "query.documents.incoming-register", json.dumps(request).encode(), timeout=30
        )
        cursor = json.loads(reply.data)["result"]["next_cursor"]
    return str(cursor)


def _plain_commands(office: Office, history: History) -> dict[str, dict[str, Any]]:
    forwarded = history.documents[2 * _SAMPLES : 2 * _SAMPLES + _FORWARDED]
    return {
        "forward": {
            **office.request("command.documents.forward-document"),
            "words": "forwarding",
            "documents": forwarded,
        },
        "register": {
            **office.request("command.documents.register-incoming"),
            "words": "registration",
            "books": BOOKS,
        },
    }


async def _commands(office: Office, scale: Scale, history: History) -> dict[str, Any]:
    token = await office.token()
    plain = _plain_commands(office, history)
    page = {"over": "http", "host": HOST, "port": office.http_port, "token": token}
    kinds: dict[str, dict[str, Any]] = {
        "forward, one aggregate": plain["forward"],
        f"register over {BOOKS} books": plain["register"],
        "register into one book": {**plain["register"], "books": 1},
        f"HTTP register over {BOOKS} books": {
            **page,
            "path": "/api/documents/register-incoming",
            "words": "registration",
            "books": BOOKS,
        },
    }
    await generate(
        "load.py", {**kinds["forward, one aggregate"], "seconds": scale.seconds, "clients": 64}
    )  # loads them
    measured = {}
    for name, task in kinds.items():
        for clients in _CLIENTS:
            before, begun = office.processor_seconds(), time.perf_counter()
            found = await generate("load.py", {**task, "seconds": scale.seconds, "clients": clients})
            elapsed, after = time.perf_counter() - begun, office.processor_seconds()
            used = {process: round((after[process] - before[process]) / elapsed, 2) for process in after}
            measured[f"{name}, {clients} at once"] = {**found, "processor_share": used}
            measured[f"{name}, {clients} at once"]["followers_behind_s"] = round(
                await office.caught_up(policies=False), 2
            )
    return measured


async def _aggregates(office: Office, log: EventLog, aggregates: dict[str, list[str]]) -> dict[str, Any]:
    measured: dict[str, Any] = {}
    for name, documents in aggregates.items():
        measured[f"{name}, loaded from the log and folded, raw"] = await _loads(log, documents)
    await office.stop("documents")
    await office.start("documents")
    for name, documents in aggregates.items():
        measured[f"{name}, first command after a restart"] = await _forwards(office, documents, ["BAN8"])
        boards = [f"BAN{turn % 2}" for turn in range(30)]
        measured[f"{name}, decided warm"] = await _forwards(office, documents, boards)
    return measured


async def _forwards(office: Office, documents: Sequence[str], boards: Sequence[str]) -> dict[str, Any]:
    times = []
    for board in boards:
        for document in documents:
            meta = {"command_id": str(uuid4()), "actor": ACTOR, "correlation_id": "bench"}
            body = json.dumps({"meta": meta, "data": {"document_id": document, "to_board": board}}).encode()
            begun = time.perf_counter()
            reply = await office.operator.request("command.documents.forward-document", body, timeout=30)
            times.append(time.perf_counter() - begun)
            if b'"outcome":"accepted"' not in reply.data:
                raise NatsError(reply.data[:400].decode())
    return _times(times)


async def _loads(log: EventLog, documents: Sequence[str]) -> dict[str, Any]:
    decoder = Decoder(event_types(SERVICE, DOCUMENTS.events))
    times, events = [], 0
    for document in documents:
        begun = time.perf_counter()
        subject, state = f"event.{SERVICE}.incoming.{document}", INCOMING.initial
        for stored in await log.tail(subject, 0):
            for fact in decoder.facts(subject, stored.sequence, stored.payload):
                state = INCOMING.evolve(state, fact.event)
                events += 1
        times.append(time.perf_counter() - begun)
    return {**_times(times), "events_each": events // len(documents)}


def _times(times: Sequence[float]) -> dict[str, Any]:
    ordered = sorted(times)
    return {
        "count": len(ordered),
        "p50_ms": round(statistics.median(ordered) * 1000, 3),
        "p99_ms": round(ordered[int((len(ordered) - 1) * 0.99)] * 1000, 3),
        "max_ms": round(ordered[-1] * 1000, 3),
    }
