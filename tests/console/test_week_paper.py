"""The papers of the weekly calendar: three layouts of one week, what changed, and what is for whom."""

from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from docx import Document

from contracts.scheduling.weekly import ListWeekChanges, Named, WeekChange, WeekChangeRow, WeekItemRow, WeekView
from contracts.scheduling.weekly.events import ItemFacts
from services.console.papers import press, week, week_changes
from services.console.papers.paper import Column, Line, Paper, Table
from services.console.papers.week import WeekLetterhead
from services.console.papers.week_words import clock
from tests.console.test_asset_papers import text_of
from tests.console.test_papers import pages_of
from tests.system.calendars.tables import CALENDARS, Calendar, people, several, thing_of

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
PEOPLE = people()
SESSIONS = {
    "morning": ("07:30", "11:30"),
    "afternoon": ("13:30", "17:00"),
    "evening": ("18:00", "21:00"),
    "day": ("07:30", "17:00"),
}
HEAD: dict[str, Any] = {
    "place": "Lạng Sơn",
    "dated": date(2026, 11, 20),
    "head": "Trần Văn Minh",
    "recipients": "Thường trực Tỉnh ủy; Các ban xây dựng Đảng; Lưu Văn phòng",
}


def named(key: str, delegate: str = "") -> Named:
    gone = {"delegate": PEOPLE[delegate]["name"], "delegate_thing": thing_of(delegate)} if delegate else {}
    return Named(name=PEOPLE[key]["name"], thing=thing_of(key), **gone)


def moment(day: date, clock: str) -> datetime:
    return datetime.fromisoformat(f"{day} {clock}").replace(tzinfo=HANOI).astimezone(UTC)


def item(place: int, row: dict[str, str], monday: date, **more: Any) -> WeekItemRow:
    day = monday + timedelta(int(row["weekday"]) - 2)
    session = row["session"] or ("morning" if row["starts"] < "12:00" else "afternoon")
    opens, closes = SESSIONS[session]
    facts: dict[str, Any] = {
        "day": day,
        "session": session,
        "timed": bool(row["starts"]),
        "starts_at": moment(day, row["starts"] or opens),
        "ends_at": moment(day, row["ends"] or closes),
        "content": row["content"],
        "kind": row["kind"],
        "chair": PEOPLE[row["chair"]]["name"] if row["chair"] else None,
        "chair_named": named(row["chair"], row["delegate"]) if row["chair"] else None,
        "attendees": tuple(map(named, several(row["attendees"]))),
        "accompanying": tuple(map(named, several(row["accompanying"]))),
        "invited": tuple(several(row["invited"])),
        "place": row["place"] or (PEOPLE[row["room"]]["name"] if row["room"] else None),
        "preparing": row["preparing"] or None,
        "invitation": row["invitation"],
        "item_id": f"{place:032x}",
    }
    rest: dict[str, Any] = {
        "taking_part": "", "accompanying_names": "", "status": "arranged", "board": None, "boards": (), "vehicles": (),
        "room": None, "site_id": None, "site_name": None, "documents": (), "publicity": "internal", "contact": None,
        "note": None, "week_id": "tinh-uy-2026-w48", "proposed_by": "Nguyễn Thị Lan", "needs_opinion": False,
        "late": False, "reason": None, "holds": None, "changed": None,
    }  # fmt: skip
    return WeekItemRow(**{**rest, **facts, **more})


def view(calendar: Calendar, **more: Any) -> WeekView:
    """A calendar as it was published in week 48 of 2026."""
    monday = date(2026, 11, 23)
    facts: dict[str, Any] = {
        "week_id": "tinh-uy-2026-w48",
        "calendar": "tinh-uy",
        "year": 2026,
        "week": 48,
        "from_day": monday,
        "to_day": monday + timedelta(6),
        "status": "published",
        "version": 1,
        "revision": 20,
        "returned": None,
        "approved_by": "Phó Bí thư Thường trực",
        "published_at": datetime(2026, 11, 20, 9, tzinfo=UTC),
        "items": tuple(item(place, row, monday) for place, row in enumerate(calendar.rows)),
        "changes": (),
        "versions": (),
        "acknowledged": (),
        "holidays": (),
    }
    return WeekView(**{**facts, **more})


def head(calendar: Calendar, **more: Any) -> WeekLetterhead:
    asked = {"organ": calendar.organ, "layout": calendar.layout, "heading": calendar.heading, **more}
    return WeekLetterhead(**{**HEAD, **asked})


def paper(calendar: Calendar, *, draft: bool = False, **more: Any) -> Paper:
    return week.compose(view(calendar, **more), head(calendar), draft=draft)


THANH_HOA, VI_THANH, BEN_TRE = CALENDARS


@pytest.mark.parametrize("calendar", CALENDARS, ids=lambda calendar: calendar.name)
def test_both_files_say_every_item_of_a_week_in_its_order(calendar: Calendar) -> None:
    text = " ".join(text_of(paper(calendar)).split())
    assert "LỊCH CÔNG TÁC TUẦN 48/2026 (từ ngày 23/11/2026 đến ngày 29/11/2026)" in text
    place = 0
    for row in sorted(calendar.rows, key=lambda row: (row["weekday"], row["session"] != "day")):
        place = text.find(row["content"], place)
        assert place >= 0, row
    assert "Nơi nhận:" in text
    assert "- Các ban xây dựng Đảng" in text
    assert "CHÁNH VĂN PHÒNG" in text
    assert "Trần Văn Minh" in text
    assert "DỰ THẢO" not in text


def test_the_table_says_each_day_and_each_session_once() -> None:
    made = paper(THANH_HOA)
    (table,) = (block for block in made.blocks if isinstance(block, Table))
    highs = [high for high in table.runs() if high[0]]
    assert [high[0] for high in highs] == [5, 3, 3, 3, 2, 1]
    assert sum(high[1] for high in table.runs()) == len(table.lines) == 17
    cells = Document(BytesIO(press.render(made, "docx"))).tables[1].rows[5].cells
    assert [cell.text for cell in cells[:3]] == ["Thứ Hai\n23/11", "Chiều", "13h30"]
    hours = {line.cells[2] for line in table.lines}
    assert {"7h30", "8h", "8h30", "10h", "13h30", "16h30", ""} == hours


def test_cells_are_merged_only_where_those_before_them_are() -> None:
    texts = [("a", "x", "1"), ("a", "x", "2"), ("b", "x", "3"), ("b", "x", "3"), ("b", "y", "3")]
    table = Table((Column("1", 1), Column("2", 1), Column("3", 1)), [Line(cells) for cells in texts], merged=2)
    assert table.runs() == [[2, 2], [0, 0], [3, 2], [0, 0], [0, 1]]


def test_a_day_longer_than_a_page_goes_on_on_the_next() -> None:
    (row, *_) = THANH_HOA.rows
    rows = tuple(
        item(place, {**row, "content": f"Việc thứ {place:02d}."}, date(2026, 11, 23)) for place in range(1, 61)
    )
    made = paper(THANH_HOA, items=rows)
    pages = pages_of(press.render(made, "pdf"))
    assert len(pages) > 2
    found = [place for page in pages for place in range(1, 61) if f"Việc thứ {place:02d}" in page]
    assert found == list(range(1, 61))


def test_free_lines_say_who_goes_instead_who_prepares_and_how_one_is_invited() -> None:
    text = " ".join(text_of(paper(VI_THANH)).split())
    assert "Thứ Ba, ngày 24/11/2026" in text
    assert "- 6h30: Đ/c Bí thư Huỳnh Thanh Phong, đ/c Phó Bí thư Thường trực Trần Thị Tuyết: Dự Hội nghị" in text
    assert "Giao Văn phòng HĐND và UBND thành phố chuẩn bị." in text
    assert "LĐVP: Đ/c Chánh Văn phòng Nguyễn Văn Út" in text
    assert "Ủy quyền đồng chí Phó Chủ tịch UBND thành phố Đặng Văn Tám dự thay đ/c Bí thư Huỳnh Thanh Phong." in text
    assert "(thay thư mời)" in text
    assert "(giấy mời riêng)" in text
    assert "- Buổi sáng: Đ/c Bí thư Huỳnh Thanh Phong, đ/c Phó Bí thư" in text
    assert "- 7h30: Đ/c Bí thư Huỳnh Thanh Phong chủ trì, đ/c Phó Bí thư Thường trực" in text
    assert "Thứ Sáu, ngày 27/11/2026 - Làm việc tại cơ quan." in text
    assert "Chủ nhật" not in text


def test_the_list_says_the_session_and_who_goes_in_brackets() -> None:
    text = " ".join(text_of(paper(BEN_TRE)).split())
    assert "(ngày; chủ trì: đ/c Phó Chủ tịch HĐND Nguyễn Thị Sương; dự: đ/c Trưởng Ban Kinh tế" in text
    assert "(sáng; dự: đ/c Trưởng Ban Pháp chế Lê Văn Khê; giấy mời riêng)" in text
    assert "đ/c Chủ tịch HĐND Võ Thành Hạo (ủy quyền đ/c Phó Chủ tịch HĐND Nguyễn Thị Sương dự)" in text
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in text
    assert "TL. CHỦ TỊCH" in text


def test_a_later_version_says_its_number_what_is_new_and_what_is_called_off() -> None:
    items = view(VI_THANH).items
    gone = facts_of(items[-1])
    said: dict[str, Any] = {"version": 2, "items": (items[0].model_copy(update={"changed": "changed"}), *items[1:-1])}
    made = paper(VI_THANH, **said, changes=(WeekChange(item_id="9", change="cancelled", before=gone),))
    text = " ".join(text_of(made).split())
    assert "(Lịch thay đổi, bổ sung - bản số 2)" in text
    assert "[Thay đổi] Đ/c Bí thư" in text
    assert "Nội dung hủy, hoãn so với bản trước: - 7h, ngày 28/11/2026: Dự Lễ ra quân" in text
    assert "Thứ Bảy" not in text


def facts_of(row: WeekItemRow) -> ItemFacts:
    same = {name: getattr(row, name) for name in ItemFacts.model_fields}
    return ItemFacts(**{**same, "chair": row.chair_named})


def test_what_is_not_approved_is_a_draft() -> None:
    first = " ".join(text_of(paper(BEN_TRE, draft=True, version=0, status="submitted")).split())
    next_one = " ".join(text_of(paper(BEN_TRE, draft=True, version=1, status="changed")).split())
    assert "DỰ THẢO" in first
    assert "bản số" not in first
    assert "(Lịch thay đổi, bổ sung - bản số 2) DỰ THẢO" in next_one


def test_proposals_and_what_was_declined_or_called_off_are_on_no_paper() -> None:
    others = ("proposed", "awaiting_opinion", "agreed", "declined", "withdrawn", "cancelled", "postponed")
    rest = [row.model_copy(update={"status": status}) for row, status in zip(view(BEN_TRE).items, others, strict=False)]
    text = text_of(paper(BEN_TRE, items=tuple(rest)))
    assert "Họp giao ban Thường trực" not in text
    assert text.count("Làm việc tại cơ quan") == 5


def test_a_paper_for_the_public_leaves_out_what_is_not() -> None:
    rows = list(view(THANH_HOA).items)
    rows[0] = rows[0].model_copy(update={"publicity": "public"})
    rows[1] = rows[1].model_copy(update={"publicity": "restricted"})
    whole = view(THANH_HOA, items=tuple(rows))
    said = {
        audience: text_of(week.compose(whole, head(THANH_HOA, audience=audience), draft=False))
        for audience in ("restricted", "internal", "public")
    }
    assert {audience: rows[1].content in text for audience, text in said.items()} == {
        "restricted": True, "internal": False, "public": False
    }  # fmt: skip
    assert rows[2].content in said["internal"]
    assert rows[2].content not in said["public"]
    assert "Giao ban Chủ tịch" in said["public"]


def test_a_day_off_says_why() -> None:
    text = text_of(paper(THANH_HOA, items=(), holidays=("2026-11-24 Ngày Văn hóa Việt Nam",)))
    assert "Nghỉ: Ngày Văn hóa Việt Nam" in text


def test_hours_are_written_as_calendars_write_them() -> None:
    day = date(2026, 11, 24)
    assert [clock(moment(day, text)) for text in ("07:30", "08:00", "13:05")] == ["7h30", "8h", "13h05"]


def test_the_notice_tells_what_the_last_version_changed() -> None:
    def row(version: int, **said: Any) -> WeekChangeRow:
        facts: dict[str, Any] = {
            "day": date(2026, 11, 24), "content": "Họp giao ban", "change": "changed", "told": "giờ 08:00 → 14:00",
            "told_en": "", "reason": "Trùng lịch", "version": version, "week_id": "tinh-uy-2026-w48",
            "published_at": datetime(2026, 11, 20, 9, tzinfo=UTC), "item_id": "1", "things": (), "boards": (),
            "publicity": "internal", "acknowledged": False,
        }  # fmt: skip
        return WeekChangeRow(**{**facts, **said})

    rows = [row(3), row(3, content="Tiếp công dân", change="cancelled", told="hủy, hoãn"), row(2, content="Cũ")]
    asked = ListWeekChanges(week_id="tinh-uy-2026-w48")
    text = " ".join(text_of(week_changes.compose(rows, asked, head(VI_THANH))).split())
    assert "THÔNG BÁO THAY ĐỔI LỊCH CÔNG TÁC Tuần 48/2026 - bản số 3" in text
    assert "Giờ 08:00 → 14:00" in text
    assert "Tiếp công dân" in text
    assert "Cũ" not in text
    public = [
        row(3),
        row(3, content="Tiếp công dân", publicity="public"),
        row(3, content="Kín", publicity="restricted"),
    ]
    for_all = text_of(week_changes.compose(public, asked, head(VI_THANH, audience="public")))
    assert [content in for_all for content in ("Tiếp công dân", "Họp giao ban", "Kín")] == [True, False, False]
    nothing = text_of(week_changes.compose([], asked, head(VI_THANH)))
    assert "không có thay đổi" in nothing
