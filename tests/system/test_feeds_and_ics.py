"""A calendar out of the office and into it: followed by a secret address, and booked from a file event by event."""

import asyncio
import hashlib
import json
import os
import secrets
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import asyncpg
import httpx
import pytest
import vobject
from pydantic_core import to_json

from contracts import scheduling as words
from contracts.base import Command, Meta, Query, wire_name
from services.ops.office import Office, operator_actor
from services.ops.supervisor import Supervisor

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
FIRST = (datetime.now(HANOI) + timedelta(14)).replace(hour=9, minute=0, second=0, microsecond=0)


async def sent(office: Office, subject: str, body: Any) -> dict[str, Any]:
    client = await office.connect()
    try:
        while True:
            reply = json.loads((await client.request(subject, to_json(body, exclude_none=True), timeout=20)).data)
            if reply["outcome"] != "failed":
                assert reply["outcome"] in ("accepted", "answered"), reply
                return dict(reply)
            await asyncio.sleep(0.05)  # a client's own pause before it asks again
    finally:
        await client.close()


async def said(office: Office, command: Command) -> dict[str, Any]:
    meta = Meta(command_id=uuid4(), actor=operator_actor(), correlation_id="feeds")
    return await sent(office, f"command.scheduling.{wire_name(type(command))}", {"meta": meta, "data": command})


async def asked(office: Office, query: Query) -> Any:
    body = {"actor": operator_actor(), "correlation_id": "feeds", "data": query}
    return (await sent(office, f"query.scheduling.{wire_name(type(query))}", body))["result"]


async def line(running: Supervisor, *arguments: str) -> tuple[int, Any, str]:
    """Run a command of the line; return its exit code, what it printed for programs, and what it complained of."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "services.ops", *arguments, "--json", "--data", str(running.stack.folder)),
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "MOTMOI_LANG": "en"},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    output, complaint = await process.communicate()
    assert process.returncode is not None
    assert b"Traceback" not in complaint
    return process.returncode, json.loads(output) if output else None, complaint.decode()


async def room(office: Office) -> str:
    """Make a room of this test's own; return its id."""
    id = f"own-{uuid4().hex}"
    await said(office, words.MakeBookable(bookable_id=id, kind="room", name=f"Phòng {id[-6:]}", type="room-meeting"))
    return id


async def booked(office: Office, thing: str, *, title: str = "Họp giao ban", hours: int = 0) -> str:
    booking = words.BookThings(
        wants=(words.Want(of=(thing,)),),
        title=title,
        contact="0912 345 678",
        starts_at=FIRST + timedelta(hours=hours),
        ends_at=FIRST + timedelta(hours=hours + 1),
    )
    return str((await said(office, booking))["recorded"][0]["subject"].split("/")[1])


async def times(office: Office, thing: str) -> list[tuple[str, str, str | None]]:
    """Return what is taken of a thing, once everything is shown."""
    client = await office.connect()
    head = json.loads((await client.request("$JS.API.STREAM.INFO.EVENTS", b"", timeout=5)).data)["state"]["last_seq"]
    await client.close()
    start = FIRST.replace(hour=0) - timedelta(13)
    query = words.ListBusyTimes(things=(thing,), starts_at=start, ends_at=start + timedelta(300), after=head, limit=500)
    rows = (await asked(office, query))["rows"]
    return sorted((row["starts_at"], row["ends_at"], row["title"]) for row in rows)


async def fetched(address: str, *, until: Any, headers: dict[str, str] | None = None) -> httpx.Response:
    """Fetch an address again until the answer is as wanted: read models follow the log."""
    async with asyncio.timeout(30), httpx.AsyncClient() as client:
        while not until(answer := await client.get(address, headers=headers)):
            await asyncio.sleep(0.05)
    return answer


def event_of(answer: httpx.Response, booking: str) -> Any:
    (calendar,) = vobject.readComponents(answer.text, validate=True)
    found = [event for event in calendar.contents.get("vevent", []) if event.uid.value.startswith(booking)]
    return found[0] if found else None


def written(*folders: Path) -> Iterator[bytes]:
    for folder in folders:
        yield from (path.read_bytes() for path in folder.rglob("*") if path.is_file())


async def everything_kept(running: Supervisor) -> str:
    """Return all that the office has written down: its files, its database row by row, and the log by messages."""
    office = Office.find(running.stack.folder)
    folder = running.stack.folder
    kept = [text.decode("latin-1") for text in await asyncio.to_thread(lambda: list(written(folder, folder.parent)))]
    database = await asyncpg.connect(running.stack.superuser_dsn, database="motmoi")
    tables = await database.fetch(
        "SELECT schemaname, tablename FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"
    )
    for schema, table in tables:
        kept += [row[0] for row in await database.fetch(f'SELECT t::text FROM "{schema}"."{table}" t')]
    await database.close()
    client = await office.connect()
    messages = json.loads((await client.request("$JS.API.STREAM.INFO.EVENTS", b"", timeout=5)).data)["state"]
    for sequence in range(messages["first_seq"], messages["last_seq"] + 1):
        asking = json.dumps({"seq": sequence}).encode()
        kept.append((await client.request("$JS.API.DIRECT.GET.EVENTS", asking, timeout=5)).data.decode())
    await client.close()
    return "\n".join(kept)


async def test_a_telephone_follows_a_calendar_until_its_address_is_revoked(running: Supervisor) -> None:
    office = Office.find(running.stack.folder)
    thing = await room(office)
    booking = await booked(office, thing)
    code, opened, _ = await line(running, "feed", "open", thing, "--label", "Điện thoại Chánh VP")
    assert code == 0
    address, secret = opened["address"], opened["address"].rsplit("/", 1)[1].removesuffix(".ics")
    answer = await fetched(address, until=lambda got: got.status_code == 200 and event_of(got, booking))
    before = event_of(answer, booking)
    assert before.dtstart.value == FIRST
    assert (
        await fetched(address, until=lambda _: True, headers={"If-None-Match": answer.headers["ETag"]})
    ).status_code == 304

    seen = words.SeenBooking(things=(thing,), starts_at=FIRST, ends_at=FIRST + timedelta(hours=1))
    later = FIRST + timedelta(hours=5)
    await said(office, words.MoveBooking(booking_id=booking, seen=seen, starts_at=later))
    moved = await fetched(address, until=lambda got: event_of(got, booking).dtstart.value == later)
    after = event_of(moved, booking)
    assert (after.uid.value, after.status.value) == (before.uid.value, "CONFIRMED")
    assert int(after.sequence.value) > int(before.sequence.value)

    _, listed, _ = await line(running, "feed", "list")
    (row,) = (row for row in listed if row["feed_id"] == opened["feed_id"])
    assert row["label"] == "Điện thoại Chánh VP"
    code, _, complaint = await line(running, "feed", "revoke", opened["feed_id"][:10], "--reason", "Mất điện thoại.")
    assert (code, complaint) == (0, "")
    gone = await fetched(address, until=lambda got: got.status_code != 200)
    assert (gone.status_code, gone.json()["code"]) == (410, "feed-revoked")
    kept, digest = await everything_kept(running), hashlib.sha256(secret.encode()).hexdigest()
    assert (digest in kept, f'"secret_sha256":"{digest}"' in kept) == (True, True)
    assert secret not in kept
    assert secret.encode().hex() not in kept


async def test_a_person_opens_a_feed_of_their_own_calendar_over_http(running: Supervisor) -> None:
    office, name = Office.find(running.stack.folder), uuid4().hex
    thing, account = f"person-{name}", f"user:{name[:12]}"
    await said(office, words.MakeBookable(bookable_id=thing, kind="staff", name="Hà", type="staff", account=account))
    _, made, _ = await line(running, "token", "create", "--actor", account, "--name", "Hà", "--role", "reader")
    secret = secrets.token_urlsafe(32)
    told = {"bookable_id": thing, "label": "Điện thoại", "secret_sha256": hashlib.sha256(secret.encode()).hexdigest()}
    async with httpx.AsyncClient(base_url=office.http_url) as client:
        client.headers["Authorization"] = f"Bearer {made['token']}"
        opened = await client.post("/api/scheduling/open-feed", json=told)
        others = await client.post("/api/scheduling/open-feed", json={**told, "bookable_id": await room(office)})
        asked_by_program = await client.get("/api/scheduling/feed-calendar", params={"secret_sha256": "0" * 64})
    assert (opened.status_code, others.json()["code"], asked_by_program.status_code) == (200, "feed-not-yours", 403)
    address = f"{office.http_url}/feeds/{secret}.ics"
    answer = await fetched(address, until=lambda got: got.status_code == 200)
    assert "X-WR-CALNAME:Hà" in answer.text


def ics(*events: str) -> str:
    inner = "".join(f"BEGIN:VEVENT\r\n{event}\r\nEND:VEVENT\r\n" for event in events)
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//khac//VI\r\n{inner}END:VCALENDAR\r\n"


def event(uid: str, start: datetime, *more: str, hours: int = 1, title: str = "Họp") -> str:
    at = f"{start.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    return "\r\n".join((f"UID:{uid}", f"SUMMARY:{title} {uid}", f"DTSTART:{at}", f"DURATION:PT{hours}H", *more))


async def imported(running: Supervisor, file: Path, thing: str, *more: str) -> tuple[int, dict[str, int], list[Any]]:
    code, summary, complaint = await line(running, "import", "ics", str(file), "--bookable", thing, *more)
    assert summary is not None, complaint
    counts = {name: count for name, count in summary.items() if isinstance(count, int) and count and name != "dry_run"}
    return code, counts, summary["verdicts"]


def begins(rows: Sequence[tuple[str, str, str | None]]) -> list[datetime]:
    return [datetime.fromisoformat(start) for start, _, _ in rows]


async def test_a_file_is_booked_once_and_a_corrected_one_changes_what_it_booked(
    running: Supervisor, tmp_path: Path
) -> None:
    office, file = Office.find(running.stack.folder), tmp_path / "lich.ics"
    thing = await room(office)
    day = timedelta(1)
    weekly = event("tuan", FIRST, "RRULE:FREQ=WEEKLY;COUNT=4")
    file.write_text(ics(weekly, event("a", FIRST + day), event("b", FIRST + 2 * day), event("cu", FIRST - 400 * day)))
    assert (await imported(running, file, thing, "--dry-run"))[1] == {"events": 7, "booked": 6, "passed": 1}
    assert await times(office, thing) == []
    assert (await imported(running, file, thing))[:2] == (0, {"events": 7, "booked": 6, "passed": 1})
    taken = await times(office, thing)
    assert len(taken) == 6
    assert (await imported(running, file, thing))[:2] == (0, {"events": 7, "already": 6, "passed": 1})
    assert await times(office, thing) == taken

    # a and b change places, one time of the series moves, another is left out, and the last is longer.
    second, third = (f"{(FIRST + n * 7 * day).astimezone(UTC):%Y%m%dT%H%M%SZ}" for n in (1, 2))
    weekly += f"\r\nEXDATE:{third}"
    other = event("tuan", FIRST + 7 * day + timedelta(hours=6), f"RECURRENCE-ID:{second}", hours=2)
    file.write_text(ics(weekly, other, event("a", FIRST + 2 * day, title="Họp kín"), event("b", FIRST + 5 * day)))
    code, counts, verdicts = await imported(running, file, thing)
    assert (code, counts) == (0, {"events": 6, "changed": 3, "cancelled": 1, "already": 2}), verdicts
    expected = [0, 2, 5, 7.25, 21]
    after = await times(office, thing)
    assert begins(after) == [FIRST + n * day for n in expected]
    assert [title for _, _, title in after] == ["Họp tuan", "Họp kín a", "Họp b", "Họp tuan", "Họp tuan"]
    assert (await imported(running, file, thing))[:2] == (0, {"events": 6, "already": 5, "passed": 1})

    # What the file called off is booked anew when the file holds it again.
    cancelled = event("b", FIRST + 5 * day, "STATUS:CANCELLED")
    file.write_text(ics(cancelled))
    assert (await imported(running, file, thing))[1] == {"events": 1, "cancelled": 1}
    assert (await imported(running, file, thing))[1] == {"events": 1, "passed": 1}
    file.write_text(ics(event("b", FIRST + 5 * day)))
    assert (await imported(running, file, thing))[1] == {"events": 1, "booked": 1}
    assert (await imported(running, file, thing))[1] == {"events": 1, "already": 1}
    assert await times(office, thing) == after


async def test_a_series_that_moved_to_other_days_leaves_none_of_its_old_ones(
    running: Supervisor, tmp_path: Path
) -> None:
    office, file = Office.find(running.stack.folder), tmp_path / "chuoi.ics"
    thing = await room(office)
    own = await booked(office, thing, hours=5)
    file.write_text(ics(event("a", FIRST, "RRULE:FREQ=WEEKLY;COUNT=3"), event("b", FIRST + timedelta(3))))
    assert (await imported(running, file, thing))[1] == {"events": 4, "booked": 4}
    moved = FIRST + timedelta(1)
    series = event("b", FIRST + timedelta(3), "RRULE:FREQ=DAILY;COUNT=2")
    file.write_text(ics(event("a", moved, "RRULE:FREQ=WEEKLY;COUNT=2"), series))
    code, counts, verdicts = await imported(running, file, thing)
    assert (code, counts) == (0, {"events": 8, "booked": 4, "cancelled": 4}), verdicts
    expected = [FIRST + timedelta(hours=5), moved, moved + timedelta(2), moved + timedelta(3), moved + timedelta(7)]
    assert begins(await times(office, thing)) == expected
    assert (await imported(running, file, thing))[1] == {"events": 4, "already": 4}
    assert (await asked(office, words.GetBooking(booking_id=own)))["booking"]["status"] == "booked"


async def test_who_holds_what_a_file_wants_is_told_for_each_event_and_the_others_are_booked(
    running: Supervisor, tmp_path: Path
) -> None:
    office, file = Office.find(running.stack.folder), tmp_path / "trung.ics"
    thing = await room(office)
    await booked(office, thing, title="Hội nghị Tỉnh ủy", hours=1)
    file.write_text(
        ics(event("a", FIRST, hours=2), event("b", FIRST + timedelta(hours=4)), "UID:c\r\nSUMMARY:Không giờ")
    )
    code, counts, verdicts = await imported(running, file, thing)
    assert (code, counts) == (1, {"events": 3, "booked": 1, "rejected": 1, "invalid": 1})
    of = {verdict["uid"]: verdict for verdict in verdicts}
    assert of["c"]["title"] == "Không giờ"
    assert of["a"]["code"] == "not-free"
    assert "0912 345 678" in of["a"]["said"][0]["vi"]
    assert (of["c"]["code"], of["c"]["line"]) == ("no-start", 16)


async def test_a_feed_imported_for_another_thing_gives_the_same_times(running: Supervisor, tmp_path: Path) -> None:
    office, file = Office.find(running.stack.folder), tmp_path / "feed.ics"
    one, other = await room(office), await room(office)
    for hours in (0, 2, 24, 24 * 40):
        last = await booked(office, one, hours=hours, title=f"Họp, số {hours}; phiên\\thường")
    _, opened, _ = await line(running, "feed", "open", one, "--label", "Chuyển lịch")
    answer = await fetched(opened["address"], until=lambda got: got.status_code == 200 and event_of(got, last))
    file.write_bytes(answer.content)
    assert (await imported(running, file, other))[:2] == (0, {"events": 4, "booked": 4})
    assert await times(office, other) == await times(office, one)


@pytest.mark.parametrize("arguments", [("khong-co.ics",), ("--days", "0")])
async def test_what_cannot_be_done_is_said_in_one_sentence(
    running: Supervisor, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    file = tmp_path / "x.ics"
    file.write_text(ics(event("a", FIRST)))
    name = str(tmp_path / arguments[0]) if arguments[0].endswith(".ics") else str(file)
    more = arguments[1:] and arguments
    code, _, complaint = await line(running, "import", "ics", name, "--bookable", "own-khongco", *more)
    assert code in (1, 2)
    assert complaint.strip()


async def test_a_thing_is_found_by_its_name_and_an_unclear_name_is_said_so(running: Supervisor) -> None:
    office = Office.find(running.stack.folder)
    thing = await room(office)
    await times(office, thing)
    code, opened, _ = await line(running, "feed", "open", f"Phòng {thing[-6:]}", "--label", "Màn hình")
    assert (code, len(opened["feed_id"])) == (0, 32)
    code, _, complaint = await line(running, "feed", "open", "Phòng không ai biết", "--label", "Màn hình")
    assert (code, "Phòng không ai biết" in complaint) == (1, True)
