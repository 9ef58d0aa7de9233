"""Three weeks in the shapes of three published calendars: from proposals to papers and feeds that others read back.

What their items say is made up (tests/system/calendars/tables.py says of what the shapes are).
"""

import asyncio
import base64
import hashlib
import secrets
import warnings
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any
from zoneinfo import ZoneInfo

import asyncpg
import httpx
import icalendar
import pytest
import pytest_asyncio
import vobject
from docx import Document
from pypdfium2 import PdfDocument

from contracts.base import Role
from deploy.credentials import CONSOLE
from services.console import tokens
from services.ops.supervisor import Supervisor
from tests.system.calendars.tables import CALENDARS, Calendar, people, several, thing_of

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
TODAY = datetime.now(HANOI).date()
EVERYBODY = people()
OPENS = {"morning": "07:30", "afternoon": "13:30", "evening": "18:00", "day": "07:30"}
CLOSES = {"morning": "11:30", "afternoon": "17:00", "evening": "21:00", "day": "17:00"}
NAMES = {"morning": "Sáng", "afternoon": "Chiều", "evening": "Tối", "day": "Cả ngày"}
ORDER = ("day", "morning", "afternoon", "evening")
ADDED = {
    "weekday": "6", "session": "afternoon", "starts": "", "ends": "", "kind": "meeting", "attendees": "", "invited": "",
    "content": "Nghe Văn phòng báo cáo việc chuẩn bị tuần sau", "accompanying": "", "room": "", "place": "Phòng khách",
    "preparing": "Văn phòng", "invitation": "calendar", "opinion": "", "delegate": "",
}  # fmt: skip


@dataclass(frozen=True)
class Person:
    """Somebody with a token at the office's door; `positions` of what was said are known to everybody."""

    http: httpx.AsyncClient
    positions: list[int]

    async def says(self, command: str, **words: Any) -> dict[str, Any]:
        """Give a command of scheduling, accepted; return what is recorded of it on its own aggregate."""
        answer = await self.http.post(f"/api/scheduling/{command}", json=words)
        assert answer.status_code == 200, (command, words, answer.text)
        said = answer.json()
        self.positions.append(said["position"])
        recorded: dict[str, Any] = said["recorded"][0]["data"]
        return recorded

    async def asks(self, query: str, **words: Any) -> dict[str, Any]:
        """Ask for what holds after everything that was said."""
        answer = await self.http.get(f"/api/scheduling/{query}", params={"after": max(self.positions), **words})
        assert answer.status_code == 200, answer.text
        result: dict[str, Any] = answer.json()
        return result

    async def gets(self, address: str, **words: Any) -> bytes:
        """Fetch a paper or a page."""
        answer = await self.http.get(address, params=words)
        assert answer.status_code == 200, answer.text
        return answer.content


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def office(running: Supervisor) -> AsyncIterator[dict[str, Person]]:
    """A clerk, a leader who approves, somebody of a board and a reader; with everybody and every room bookable."""
    database = await asyncpg.connect(running.stack.database_url(CONSOLE))
    found, positions = {}, [0]
    known: tuple[tuple[str, list[Role], str | None], ...] = (
        ("clerk", ["clerk", "administrator"], None),
        ("leader", ["leader"], None),
        ("board", ["board"], "BTGTU"),
        ("reader", ["reader"], None),
    )
    for name, roles, board in known:
        token = await tokens.create(database, f"user:calendar.{name}", f"Cán bộ {name}", roles, board, 1, "person:test")
        found[name] = Person(
            httpx.AsyncClient(
                base_url=f"http://127.0.0.1:{running.http_port}",
                headers={"Authorization": f"Bearer {token}"},
                timeout=60,
            ),
            positions,
        )
    await database.close()
    for key, row in EVERYBODY.items():
        await found["clerk"].says("make-bookable", bookable_id=thing_of(key), kind=row["kind"], name=row["name"])
    yield found
    for person in found.values():
        await person.http.aclose()


# --- what is said ---------------------------------------------------------------------------------------------------


def who(keys: str) -> list[dict[str, str]]:
    return [{"thing": thing_of(key)} for key in several(keys)]


def details(calendar: Calendar, row: dict[str, str]) -> dict[str, Any]:
    """A row as a command says it."""
    said = {
        "day": str(day_of(calendar, row)),
        "session": row["session"] or None,
        "starts": row["starts"] or None,
        "ends": row["ends"] or None,
        "content": row["content"],
        "kind": row["kind"],
        "chair": next(iter(who(row["chair"])), None),
        "attendees": who(row["attendees"]),
        "accompanying": who(row["accompanying"]),
        "invited": several(row["invited"]),
        "room": thing_of(row["room"]) if row["room"] else None,
        "place": row["place"] or None,
        "preparing": row["preparing"] or None,
        "invitation": row["invitation"],
    }
    return {name: value for name, value in said.items() if value}


def day_of(calendar: Calendar, row: dict[str, str]) -> date:
    return calendar.monday(TODAY) + timedelta(int(row["weekday"]) - 2)


def times(calendar: Calendar, row: dict[str, str]) -> tuple[datetime, datetime]:
    """When a row begins and ends."""
    day, session = day_of(calendar, row), session_of(row)
    ends = row["ends"] or CLOSES[session]
    found = (datetime.fromisoformat(f"{day} {clock}") for clock in (row["starts"] or OPENS[session], ends))
    start, end = (moment.replace(tzinfo=HANOI) for moment in found)
    return start, end


def session_of(row: dict[str, str]) -> str:
    return row["session"] or ("morning" if row["starts"] < "12:00" else "afternoon")


class Story:
    """A calendar on its way from proposals to its second version."""

    def __init__(self, calendar: Calendar, office: dict[str, Person]) -> None:
        self.calendar, self.office = calendar, office
        self.week = {"week_id": calendar.week_id(TODAY)}
        self.rows = calendar.rows
        self.ids: list[str] = []

    async def first_version(self) -> None:
        """Every item is proposed by a board; some wait for an opinion; the office arranges; a leader approves."""
        clerk, leader, board = (self.office[name] for name in ("clerk", "leader", "board"))
        for row in self.rows:
            said = {**self.week, **details(self.calendar, row), "needs_opinion": bool(row["opinion"])}
            self.ids.append((await board.says("propose-item", **said))["item_id"])
        for id, row in zip(self.ids, self.rows, strict=True):
            item = {**self.week, "item_id": id}
            if row["opinion"]:
                await leader.says("give-opinion", **item, agrees=True)
            await clerk.says("arrange-item", **item, **details(self.calendar, row))
        await self._delegate()
        await self.publish()
        self.published_at = max(clerk.positions)

    async def _delegate(self) -> None:
        holds = {item["item_id"]: item["holds"] for item in (await self._view())["items"]}
        for id, row in zip(self.ids, self.rows, strict=True):
            if row["delegate"]:
                gone = {"of": thing_of(row["chair"]), "to": {"thing": thing_of(row["delegate"])}, "seen": holds[id]}
                await self.office["clerk"].says("delegate-item", **self.week, item_id=id, **gone)

    async def second_version(self) -> None:
        """The first item moves, the last is called off, one is added; the leader approves again."""
        clerk = self.office["clerk"]
        holds = {item["item_id"]: item["holds"] for item in (await self._view())["items"]}
        moved = {**self.rows[0], "room": "", "place": "Phòng khách"}
        if moved["starts"]:
            begins = datetime.fromisoformat(f"2027-01-01 {moved['starts']}") - timedelta(minutes=15)
            moved["starts"] = f"{begins:%H:%M}"
        first, last = self.ids[0], self.ids[-1]
        change = {"seen": holds[first], "reason": "Phòng họp sửa chữa"}
        await clerk.says("arrange-item", **self.week, item_id=first, **details(self.calendar, moved), **change)
        await clerk.says("cancel-item", **self.week, item_id=last, seen=holds[last], reason="Hoãn theo chỉ đạo")
        added = {**ADDED, "chair": next(row["chair"] for row in self.rows if row["chair"])}
        said = details(self.calendar, added)
        new = (await self.office["board"].says("propose-item", **self.week, **said))["item_id"]
        await clerk.says("arrange-item", **self.week, item_id=new, **said, reason="Bổ sung theo đề nghị")
        self.called_off = self.rows[-1]
        self.rows = [moved, *self.rows[1:-1], added]
        self.ids = [*self.ids[:-1], new]
        await self.publish()

    async def publish(self) -> None:
        """Submit the week, and approve it as it is seen."""
        await self.office["clerk"].says("submit-week", **self.week)
        revision = (await self._view())["revision"]
        await self.office["leader"].says("approve-week", **self.week, revision=revision)

    async def _view(self) -> dict[str, Any]:
        return await self.office["clerk"].asks("week", **self.week)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def stories(office: dict[str, Person]) -> dict[str, Story]:
    """The three calendars in their first version."""
    found = {calendar.name: Story(calendar, office) for calendar in CALENDARS}
    for story in found.values():
        await story.first_version()
    return found


# --- what is read back ----------------------------------------------------------------------------------------------


def hour(row: dict[str, str]) -> str:
    """The hour as calendars write it: 7h30, 8h."""
    start, minutes = row["starts"].split(":")
    return f"{int(start)}h{minutes if minutes != '00' else ''}"


def expected(calendar: Calendar, rows: list[dict[str, str]]) -> list[tuple[str, list[str], str]]:
    """Day, words and content of every item, in the order of the calendar."""
    ordered = sorted(rows, key=lambda row: place_of(calendar, row))
    return [(f"{day_of(calendar, row):%d/%m}", list(words(calendar, row)), row["content"]) for row in ordered]


def place_of(calendar: Calendar, row: dict[str, str]) -> tuple[Any, ...]:
    return row["weekday"], ORDER.index(session_of(row)), bool(row["starts"]), *times(calendar, row)


def words(calendar: Calendar, row: dict[str, str]) -> Iterator[str]:
    """All that an entry of the calendar must say."""
    yield row["content"]
    if row["starts"]:
        yield hour(row)
    elif calendar.layout != "list":
        yield NAMES[session_of(row)] if session_of(row) == "day" else NAMES[session_of(row)].lower()
    else:
        yield "ngày" if session_of(row) == "day" else NAMES[session_of(row)].lower()
    keys = [row["chair"], *several(row["attendees"]), *several(row["accompanying"]), row["delegate"]]
    if calendar.layout == "list" or calendar.layout == "table":
        yield from (EVERYBODY[key]["name"].removeprefix("Đồng chí ") for key in keys if key)
    yield from several(row["invited"])
    yield row["place"] or (EVERYBODY[row["room"]]["name"] if row["room"] else "")
    yield row["preparing"]
    if row["invitation"] == "letter":
        yield "giấy mời riêng"
    if calendar.layout == "lines" and row["delegate"]:
        yield f"Ủy quyền đồng chí {EVERYBODY[row['delegate']]['name'].removeprefix('Đồng chí ')} dự thay"
    if calendar.layout == "lines" and row["invited"] and row["invitation"] == "calendar":
        yield "(thay thư mời)"


def entries(calendar: Calendar, paper: bytes) -> list[tuple[str, str]]:
    """Day and words of every entry of a DOCX, as python-docx reads it."""
    document = Document(BytesIO(paper))
    if calendar.layout != "lines":
        table = document.tables[1]
        heads = 2 if calendar.layout == "table" else 1
        rows = [[cell.text for cell in row.cells] for row in table.rows[heads:]]
        return [(cells[0].split("\n")[1], " | ".join(cells[1:])) for cells in rows]
    found, day = [], ""
    for paragraph in document.paragraphs:
        if paragraph.runs and paragraph.runs[0].bold and ", ngày " in paragraph.text:
            day = paragraph.text.split(", ngày ")[1][:5]
        elif day and paragraph.text.startswith("- "):
            found.append((day, paragraph.text))
    return found


def check_paper(calendar: Calendar, rows: list[dict[str, str]], docx: bytes, pdf: bytes, ignored: str = "") -> None:
    """Every item stands in both files once, on its day, in its order and with all it says; and nothing else does."""
    read = [entry for entry in entries(calendar, docx) if not (ignored and ignored in entry[1])]
    due = expected(calendar, rows)
    items = [entry for entry in read if not is_default(entry, due)]
    assert Counter(day for day, _ in items) == Counter(day for day, _, _ in due)
    left = list(items)
    for day, said, content in due:
        found = next((e for e in left if e[0] == day and all(lower(one) in lower(e[1]) for one in said)), None)
        assert found is not None, (day, said, [entry for entry in left if entry[0] == day])
        assert abs(left.index(found)) <= 1, (content, left[:2])
        left.remove(found)
    assert left == []
    text = squeezed(" ".join(page.get_textpage().get_text_range() for page in PdfDocument(pdf)))
    place = 0
    for _, entry in items:
        (content,) = {row["content"] for row in rows if row["content"] in entry}
        place = text.find(squeezed(content), place)
        assert place >= 0, content


def is_default(entry: tuple[str, str], due: list[tuple[str, list[str], str]]) -> bool:
    return "Làm việc tại cơ quan" in entry[1] and entry[0] not in {day for day, _, _ in due}


def lower(text: str) -> str:
    return text.casefold()


def squeezed(text: str) -> str:
    return "".join(text.split())


async def papers(story: Story, **words: Any) -> tuple[bytes, bytes]:
    """The DOCX and the PDF of a week, in its own layout."""
    calendar = story.calendar
    asked = {**story.week, "layout": calendar.layout, "heading": calendar.heading, "organ": calendar.organ, **words}
    asked["after"] = max(story.office["clerk"].positions)
    docx, pdf = [
        await story.office["reader"].gets(f"/papers/scheduling/week.{kind}", **asked) for kind in ("docx", "pdf")
    ]
    return docx, pdf


EACH = pytest.mark.parametrize("name", [calendar.name for calendar in CALENDARS])


@EACH
async def test_a_published_week_is_read_back_from_its_paper(stories: dict[str, Story], name: str) -> None:
    story = stories[name]
    docx, pdf = await papers(story, version=1)
    check_paper(story.calendar, story.calendar.rows, docx, pdf)
    heading = "\n".join(paragraph.text for paragraph in Document(BytesIO(docx)).paragraphs)
    monday = story.calendar.monday(TODAY)
    assert f"LỊCH CÔNG TÁC TUẦN {story.calendar.week:02d}/{monday.isocalendar().year}" in heading
    assert f"(từ ngày {monday:%d/%m/%Y} đến ngày {monday + timedelta(6):%d/%m/%Y})" in heading
    assert "DỰ THẢO" not in heading
    assert "bản số" not in heading


@EACH
async def test_its_change_is_a_second_version_that_says_what_changed(stories: dict[str, Story], name: str) -> None:
    story = stories[name]
    await story.second_version()
    called_off = story.called_off["content"]
    docx, pdf = await papers(story)
    check_paper(story.calendar, story.rows, docx, pdf, ignored=called_off)
    text = "\n".join(paragraph.text for paragraph in Document(BytesIO(docx)).paragraphs)
    assert "(Lịch thay đổi, bổ sung - bản số 2)" in text
    assert called_off in text.split("Nội dung hủy, hoãn so với bản trước:")[1]
    first = await papers(story, version=1)
    check_paper(story.calendar, story.calendar.rows, *first)
    changes = (await story.office["reader"].asks("week-changes", **story.week, limit=100))["rows"]
    assert {row["item_id"]: row["change"] for row in changes}.keys() >= {story.ids[0], story.ids[-1]}
    assert sorted(row["change"] for row in changes) == ["added", "cancelled", "changed"]
    then = await as_it_was(story)
    assert (then["version"], then["status"], len(then["versions"])) == (1, "published", 1)
    page = (await story.office["reader"].gets(f"/weeks/{story.week['week_id']}")).decode()
    assert all(row["content"] in page for row in story.rows)


async def test_a_restricted_item_is_on_nothing_that_those_it_does_not_concern_can_fetch(
    office: dict[str, Person],
) -> None:
    calendar = CALENDARS[0]
    monday = calendar.monday(TODAY) + timedelta(7)
    year, number, _ = monday.isocalendar()
    week = {"week_id": f"kin-{year}-w{number:02d}"}
    said = {"day": str(monday), "starts": "19:00", "content": "Họp kín về công tác cán bộ", "publicity": "restricted"}
    item = (await office["clerk"].says("propose-item", **week, **said))["item_id"]
    await office["clerk"].says("arrange-item", **week, item_id=item, **said)
    after = {**week, "after": max(office["clerk"].positions)}
    seen = {}
    for name, person in office.items():
        exported = await person.gets("/api/scheduling/week-items.csv", **after)
        page = await person.gets(f"/weeks/{week['week_id']}")
        paper = Document(BytesIO(await person.gets("/papers/scheduling/week.docx", **after)))
        said_by_paper = "\n".join(cell.text for table in paper.tables for cell in table._cells)
        seen[name] = ["Họp kín" in text for text in (exported.decode(), page.decode(), said_by_paper)]
    assert seen == {"clerk": [True] * 3, "leader": [True] * 3, "board": [False] * 3, "reader": [False] * 3}


async def as_it_was(story: Story) -> dict[str, Any]:
    """Ask for the week as it was recorded when its first version was out, again while that past is being built."""
    past: dict[str, str | int] = {**story.week, "as_of_position": story.published_at}
    async with asyncio.timeout(60):
        while True:
            answer = await story.office["clerk"].http.get("/api/scheduling/week", params=past)
            if answer.status_code != 503:
                assert answer.status_code == 200, answer.text
                found: dict[str, Any] = answer.json()
                return found
            await asyncio.sleep(0.2)  # a reader's own pause before they ask again


# --- feeds ----------------------------------------------------------------------------------------------------------


async def followed(stories: dict[str, Story], clerk: Person, key: str) -> str:
    """Open a feed of a person's or a room's calendar and fetch it, once it shows all that was said."""
    secret = base64.urlsafe_b64encode(secrets.token_bytes(32)).decode().rstrip("=")
    digest = hashlib.sha256(secret.encode()).hexdigest()
    opened = {"bookable_id": thing_of(key), "label": "Điện thoại", "secret_sha256": digest}
    await clerk.says("open-feed", **opened)
    address = f"/feeds/{secret}.ics"
    wanted = sum(due_of(story, key).total() for story in stories.values())
    async with asyncio.timeout(30):
        while True:
            answer = await clerk.http.get(address, headers={"Authorization": ""})
            if answer.status_code == 200 and answer.text.count("STATUS:CONFIRMED") == wanted:
                return answer.text
            await asyncio.sleep(0.05)  # a telephone's own pause before it asks again


def due_of(story: Story, key: str) -> Counter[tuple[datetime, datetime, str]]:
    """What a person's or a room's calendar has to say of this week: who sends somebody else is free."""
    found: Counter[tuple[datetime, datetime, str]] = Counter()
    for row in story.rows:
        going = [row["delegate"] or row["chair"], *several(row["attendees"]), *several(row["accompanying"])]
        if key in (*going, row["room"]):
            found[(*times(story.calendar, row), row["content"])] += 1
    return found


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("thanh_hoa", ("ct", "pct1", "pct2", "pct3", "ph1", "ht")),
        ("vi_thanh", ("bt", "pbt", "ctp", "pctp", "cvp")),
        ("ben_tre", ("cthd", "pcthd", "tbpc", "tbkt")),
    ],
)
async def test_feeds_say_the_same_to_two_independent_readers_without_a_warning(
    stories: dict[str, Story], name: str, keys: tuple[str, ...]
) -> None:
    story = stories[name]
    monday = story.calendar.monday(TODAY)
    first, last = (datetime.combine(monday + timedelta(days), datetime.min.time(), HANOI) for days in (0, 7))
    for key in keys:
        text = await followed(stories, story.office["clerk"], key)
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            (calendar,) = vobject.readComponents(text, validate=True)
            other = icalendar.Calendar.from_ical(text)
        due = due_of(story, key)
        read = Counter(
            (event.dtstart.value, event.dtend.value, event.summary.value)
            for event in calendar.contents.get("vevent", [])
            if event.status.value == "CONFIRMED" and first <= event.dtstart.value < last
        )
        again = Counter(
            (event.decoded("dtstart"), event.decoded("dtend"), str(event["summary"]))
            for event in other.walk("VEVENT")
            if str(event["status"]) == "CONFIRMED" and first <= event.decoded("dtstart") < last
        )
        assert read == due, key
        assert again == due, key
        assert all(event.errors == [] for event in other.walk())
