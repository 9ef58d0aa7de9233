"""The load generator, a process of its own: reads what to do as JSON from its input, writes what it measured."""

import itertools
import json
import sys
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import uvloop
from lean import Measured, over_http, over_nats

ACTOR = {"id": "user:lan", "name": "Nguyễn Thị Lan", "roles": ["clerk", "leader", "accountant"], "board": "VPTU"}
_TYPES = ("Công văn", "Báo cáo", "Kế hoạch", "Thông báo", "Tờ trình")
_ISSUERS = ("Văn phòng Trung ương Đảng", "Ban Tổ chức Tỉnh ủy", "Ủy ban nhân dân tỉnh", "Sở Nội vụ", "Đảng ủy xã")
_FIRST_DAY = date(2024, 1, 2)


def registration(books: int) -> Callable[[], dict[str, Any]]:
    """Return what makes registrations, none like another, over so many books."""
    run = uuid4().hex[:8]
    numbers = itertools.count(1)

    def words() -> dict[str, Any]:
        number = next(numbers)
        return {
            "organ": f"B{number % books}",
            "document_type": _TYPES[number % len(_TYPES)],
            "number_notation": f"{number}-CV/VPTW",
            "summary": f"về việc báo cáo tình hình thực hiện nhiệm vụ công tác quý IV, lần thứ {number}",
            "issuer": f"{_ISSUERS[number % len(_ISSUERS)]}, bộ phận {run}",
            "issued_on": (_FIRST_DAY + timedelta(days=number % 500)).isoformat(),
            "page_count": number % 40 + 1,
        }

    return words


def forwarding(documents: list[str]) -> Callable[[], dict[str, Any]]:
    """Return what passes documents on, each between two boards in turn."""
    run, turns = uuid4().hex[:8], itertools.count()

    def words() -> dict[str, Any]:
        turn = next(turns)
        lap, place = divmod(turn, len(documents))
        return {"document_id": documents[place], "to_board": f"B{run}{lap % 2}"}

    return words


def booked(things: list[list[str]], at_once: int, first_day: str) -> Callable[[], dict[str, Any]]:
    """Return what books groups of things in turn, seven times a day from a day on; so many times each for one slot."""
    numbers, first = itertools.count(), datetime.fromisoformat(f"{first_day}T07:00:00+07:00")

    def words() -> dict[str, Any]:
        turn, group = divmod(next(numbers) // at_once, len(things))
        day, hour = divmod(turn, 7)
        start = first + timedelta(days=day, minutes=100 * hour)
        return {
            "title": "Họp giao ban tuần với các phòng chuyên môn, đơn vị trực thuộc",
            "contact": "Phòng Tổng hợp, 0205 3812 345",
            "wants": [{"of": [id]} for id in things[group]],
            "starts_at": start.isoformat(),
            "ends_at": (start + timedelta(minutes=75)).isoformat(),
        }

    return words


def maker(task: dict[str, Any]) -> Callable[[], dict[str, Any]]:
    """Return what makes the words of one request after another."""
    kind = task["words"]
    if kind == "registration":
        return registration(task["books"])
    if kind == "forwarding":
        return forwarding(task["documents"])
    if kind == "booking":
        return booked(task["things"], task["at_once"], task["first_day"])
    choices = itertools.cycle(task["choices"])
    return lambda: next(choices)


def over_the_bus(task: dict[str, Any]) -> Callable[[int], tuple[str, bytes]]:
    """Return what makes NATS requests; an empty one where the task has no words."""
    subject = task["subject"]
    if task["words"] == "none":
        return lambda _: (subject, b"")
    words, query = maker(task), subject.startswith("query.")

    def make(_: int) -> tuple[str, bytes]:
        if query:
            request: dict[str, Any] = {"actor": ACTOR, "correlation_id": "bench", "data": words()}
        else:
            meta = {"command_id": str(uuid4()), "actor": ACTOR, "correlation_id": "bench"}
            request = {"meta": meta, "data": words()}
        return subject, json.dumps(request, ensure_ascii=False).encode()

    return make


def over_the_page(task: dict[str, Any]) -> Callable[[], bytes]:
    """Return what makes HTTP requests of commands."""
    words = maker(task)
    head = (
        f"POST {task['path']} HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer {task['token']}\r\n"
        "Content-Type: application/json\r\n"
    )

    def make() -> bytes:
        body = json.dumps(words(), ensure_ascii=False).encode()
        return f"{head}Idempotency-Key: {uuid4()}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body

    return make


async def measure(task: dict[str, Any]) -> dict[str, Any]:
    """Do one task and return its numbers with the generator's own share of a processor."""
    started, used = time.perf_counter(), time.process_time()
    seconds, clients = task["seconds"], task["clients"]
    measured: Measured
    if task["over"] == "http":
        measured = await over_http(task["host"], task["port"], over_the_page(task), seconds, clients)
    else:
        make = over_the_bus(task)
        measured = await over_nats(task["url"], task["user"], task["password"], make, seconds, clients)
    share = (time.process_time() - used) / (time.perf_counter() - started)
    return {**measured.summary(), "clients": clients, "generator_cpu": round(share, 3)}


if __name__ == "__main__":
    json.dump(uvloop.run(measure(json.load(sys.stdin))), sys.stdout)
