"""The page of a week: every item in its day and session, what its colours mean, and nothing taken for markup."""

from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import httpx
import pytest

from contracts.base import Answered, Rejected
from contracts.scheduling.weekly import WeekChange, WeekItemRow, WeekVersion, WeekView
from services.console.papers.week_words import clock
from services.console.week_html import grid
from services.console.week_wording import STATUS, WORDS, Wording
from tests.console.test_week_paper import BEN_TRE, VI_THANH, view
from tests.system.calendars.tables import CALENDARS

VI, EN = Wording("vi"), Wording("en")


class Grid(HTMLParser):
    """The words of each row's cells as a browser would lay them out: columns by day and session."""

    VOID = frozenset({"br", "meta", "link"})

    def __init__(self, html: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.open: list[str] = []
        self.classes: dict[str, str] = {}
        self.links: list[str] = []
        self._class = ""
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in self.VOID:
            self.open.append(tag)
        said = dict(attrs)
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")
        if tag == "div":
            self._class = said.get("class") or ""
        if tag == "a":
            self.links.append(said["href"] or "")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        assert self.open[-1] != "script"
        if "td" in self.open or "th" in self.open:
            self.rows[-1][-1] += f"{data} "
        if "div" in self.open:
            self.classes[data] = self._class


def cells(html: str) -> Iterator[tuple[str, str, str]]:
    """Yield day, session and words of every cell of a grid."""
    rows = Grid(html).rows
    sessions, label = rows[0][1:], ""
    for row in rows[1:]:
        if row[0].startswith(("Thứ", "Chủ nhật")):
            label, row = row[0], row[1:]
        if len(row) == 1:
            yield label, "Cả ngày ", row[0]
        else:
            yield from ((label, session, words) for session, words in zip(sessions, row, strict=True))


@pytest.mark.parametrize("calendar", CALENDARS, ids=lambda calendar: calendar.name)
def test_every_item_stands_in_its_day_and_session(calendar: Any) -> None:
    week = view(calendar)
    found = list(cells(grid(week, VI)))
    for item in week.items:
        places = {(label, session.strip()) for label, session, words in found if f"{item.content} " in words}
        assert (f"{item.day:%d/%m}", VI.coded("session", item.session)) in {
            (label.split()[2], session) for label, session in places
        }
    whole = " ".join(words for _, _, words in found)
    for item in week.items:
        assert (clock(item.starts_at) in whole) or not item.timed


def test_days_without_items_say_so_and_weekends_without_items_are_left_out() -> None:
    said = {label: words for label, session, words in cells(grid(view(VI_THANH), VI)) if session == "Cả ngày "}
    assert {words for label, words in said.items() if "27/11" in label} == {"Làm việc tại cơ quan "}
    assert "29/11" not in grid(view(VI_THANH), VI)
    assert "Thứ Hai 23/11 15/10 âm lịch" in {label.strip() for label, _, _ in cells(grid(view(VI_THANH), VI))}
    off = view(BEN_TRE, items=(), holidays=("2026-11-24 Ngày Văn hóa Việt Nam",))
    assert "Nghỉ: Ngày Văn hóa Việt Nam" in grid(off, VI)
    assert "Day off: Ngày Văn hóa Việt Nam" in grid(off, EN)


def test_each_status_has_its_colour_and_what_changed_its_mark() -> None:
    rows: list[WeekItemRow] = list(view(BEN_TRE).items)
    for place, status in enumerate(STATUS):
        rows[place] = rows[place].model_copy(update={"status": status, "changed": "changed"})
    rows[6] = rows[6].model_copy(update={"status": "declined"})
    rows[7] = rows[7].model_copy(update={"status": "cancelled"})
    html = grid(view(BEN_TRE, items=tuple(rows)), VI)
    classes = Grid(html).classes
    for place, status in enumerate(STATUS):
        assert classes[rows[place].content] == f"item {status} changed"
    assert rows[6].content not in html
    assert rows[7].content not in html
    assert "Đề xuất: Nguyễn Thị Lan" in html


def test_nothing_that_was_said_is_taken_for_markup() -> None:
    evil = "<script>alert('1')</script> & \"x\""
    rows = tuple(
        row.model_copy(update={"content": evil, "place": evil, "preparing": evil, "invited": (evil,), "reason": evil})
        for row in view(VI_THANH).items
    )
    html = grid(view(VI_THANH, items=rows), VI)
    assert "<script" not in html
    assert evil in " ".join(words for _, _, words in cells(html))


def test_every_word_of_the_page_has_both_languages() -> None:
    assert all(vi and en and vi != en for vi, en in (*WORDS.values(), *STATUS.values()))


def answered(week: WeekView) -> Answered:
    return Answered(position=9, result=week.model_dump(mode="json"))


@pytest.fixture
def published() -> WeekView:
    """A week in its second version."""
    item = view(VI_THANH).items[0]
    versions = tuple(
        WeekVersion(version=number, published_at=view(VI_THANH).published_at, by_name="A", note=None, item_count=14,
                    change_count=number - 1)
        for number in (1, 2)
    )  # fmt: skip
    return view(VI_THANH, version=2, versions=versions, changes=(WeekChange(item_id=item.item_id, change="changed"),))


CHANGE: dict[str, Any] = {
    "day": "2026-11-23", "content": "Chào cờ", "change": "changed", "told": "giờ 06:45 → 07:00",
    "told_en": "hour 06:45 → 07:00", "reason": "Mưa", "version": 2, "published_at": "2026-11-20T09:00:00Z",
    "week_id": "tinh-uy-2026-w48", "item_id": "0", "things": [], "boards": [], "publicity": "internal",
    "acknowledged": False,
}  # fmt: skip


async def test_the_page_asks_as_its_reader_and_links_versions_and_papers(
    http: httpx.AsyncClient, other_desks: dict[str, Any], published: WeekView
) -> None:
    desk = other_desks["scheduling"]
    await desk.answer("query.scheduling.week", answered(published))
    await desk.answer("query.scheduling.week-changes", Answered(position=9, result={"rows": [CHANGE]}))

    answer = await http.get("/weeks/tinh-uy-2026-w48?version=2")

    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/html")
    asked = next(body for subject, body in desk.heard if subject == "query.scheduling.week")
    assert (asked["actor"]["id"], asked["data"]["version"]) == ("person:lan", 2)
    page = Grid(answer.text)
    assert "/weeks/tinh-uy-2026-w48?version=1" in page.links
    assert "/weeks/tinh-uy-2026-w49" in page.links
    assert "/papers/scheduling/week.pdf?week_id=tinh-uy-2026-w48&version=2&layout=table" in page.links
    assert "giờ 06:45 → 07:00" in answer.text
    assert "DỰ THẢO" not in answer.text
    english = await http.get("/weeks/tinh-uy-2026-w48?version=2&lang=en")
    assert "hour 06:45 → 07:00" in english.text
    assert 'lang="en"' in english.text
    assert "Calendar of week 48/2026" in english.text


async def test_a_week_that_is_not_published_is_marked_as_a_draft(
    http: httpx.AsyncClient, other_desks: dict[str, Any]
) -> None:
    draft = view(VI_THANH, status="submitted", version=0, published_at=None, approved_by=None)
    await other_desks["scheduling"].answer("query.scheduling.week", answered(draft))
    answer = await http.get("/weeks/tinh-uy-2026-w48")
    assert "DỰ THẢO" in answer.text


async def test_a_calendar_leads_to_its_current_week_and_what_is_no_week_is_refused(
    http: httpx.AsyncClient, other_desks: dict[str, Any]
) -> None:
    led = await http.get("/weeks/tinh-uy")
    assert led.status_code == 303
    assert led.headers["location"].startswith("/weeks/tinh-uy-20")
    assert (await http.get("/weeks/tinh-uy-2026-w48?version=x")).status_code == 400
    assert (await http.get("/weeks/TinhUy")).status_code == 400
    refused = Rejected(code="week-version-unknown", vi="Chưa có bản số 9.", en="No version 9.")
    await other_desks["scheduling"].answer("query.scheduling.week", refused)
    answer = await http.get("/weeks/tinh-uy-2026-w48?version=9")
    assert (answer.status_code, answer.json()["code"]) == (422, "week-version-unknown")


async def test_without_a_token_there_is_no_page(http: httpx.AsyncClient) -> None:
    for path in ("/weeks", "/weeks/tinh-uy-2026-w48"):
        assert (await http.get(path, headers={"Authorization": ""})).status_code == 401


async def test_weeks_are_listed_with_their_addresses(http: httpx.AsyncClient, other_desks: dict[str, Any]) -> None:
    row = {
        "calendar": "tinh-uy", "year": 2026, "week": 48, "from_day": "2026-11-23", "to_day": "2026-11-29",
        "status": "published", "version": 2, "arranged": 14, "undecided": 0, "published_at": None,
        "week_id": "tinh-uy-2026-w48",
    }  # fmt: skip
    await other_desks["scheduling"].answer("query.scheduling.weeks", Answered(position=9, result={"rows": [row]}))
    answer = await http.get("/weeks")
    assert Grid(answer.text).links == ["/weeks/tinh-uy-2026-w48"]
    assert "Đã ban hành (2)" in answer.text
