"""The sample's weekly calendar: the coming week as it was published, changed once; and proposals that wait."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from services.ops.sample.speaking import HANOI, Speaker

_CALENDAR = "tinh-uy"
_SECRETARY, _DEPUTY, _STANDING = "own-bi-thu", "own-pho-bi-thu", "own-thuong-truc"
_ROOM, _HALL = "own-phong-hop-1", "own-hoi-truong"
_THINGS = (
    (_SECRETARY, "leader", "Đồng chí Nông Văn Thái, Bí thư Tỉnh ủy"),
    (_DEPUTY, "leader", "Đồng chí Hoàng Thị Lệ, Phó Bí thư, Chủ tịch UBND tỉnh"),
    (_STANDING, "leader", "Đồng chí Triệu Quang Minh, Phó Bí thư Thường trực Tỉnh ủy"),
    (_ROOM, "room", "Phòng họp số 1"),
    (_HALL, "hall", "Hội trường Tỉnh ủy"),
)
_ITEMS: tuple[tuple[int, str, str, dict[str, Any]], ...] = (
    (
        0,
        "08:00",
        "10:00",
        {
            "content": "Hội ý Thường trực Tỉnh ủy",
            "kind": "standing",
            "chair": {"thing": _SECRETARY},
            "attendees": [{"thing": _DEPUTY}, {"thing": _STANDING}],
            "room": _ROOM,
            "preparing": "Văn phòng Tỉnh ủy",
        },
    ),
    (
        1,
        "14:00",
        "16:00",
        {
            "content": "Làm việc với Ban Tổ chức Tỉnh ủy về công tác cán bộ",
            "chair": {"thing": _STANDING},
            "boards": ["BTCTU"],
            "room": _ROOM,
            "preparing": "Ban Tổ chức Tỉnh ủy",
            "publicity": "restricted",
        },
    ),
    (
        2,
        "07:30",
        "11:00",
        {
            "content": "Kiểm tra việc thực hiện nghị quyết tại xã Bình Minh",
            "kind": "grassroots",
            "chair": {"thing": _SECRETARY},
            "invited": ["Ủy ban Kiểm tra Tỉnh ủy", "Ban Tuyên giáo và Dân vận Tỉnh ủy"],
            "place": "Đảng ủy xã Bình Minh",
        },
    ),
    (
        3,
        "08:00",
        "11:00",
        {
            "content": "Hội nghị báo cáo viên Tỉnh ủy",
            "chair": {"thing": _STANDING},
            "invited": ["Báo cáo viên các đảng bộ trực thuộc"],
            "room": _HALL,
            "preparing": "Ban Tuyên giáo và Dân vận Tỉnh ủy",
            "invitation": "letter",
            "publicity": "public",
        },
    ),
    (
        4,
        "14:00",
        "16:00",
        {"content": "Tiếp công dân định kỳ", "kind": "reception", "chair": {"thing": _DEPUTY}, "publicity": "public",
         "place": "Trụ sở Tiếp công dân tỉnh"},
    ),
)  # fmt: skip


async def load(speaker: Speaker) -> None:
    """Publish the coming week, move one of its items, publish it again; two proposals for it are not decided on."""
    today = datetime.now(HANOI).date()
    monday = today + timedelta(7 - today.weekday())
    year, number, _ = monday.isocalendar()
    week = {"week_id": f"{_CALENDAR}-{year}-w{number:02d}"}
    for thing, kind, name in _THINGS:
        bookable = {"bookable_id": thing, "kind": kind, "name": name}
        await speaker.say("scheduling", "make-bookable", f"bookable:{thing}", bookable)
    for place, (day, starts, ends, said) in enumerate(_ITEMS):
        details = {"day": str(monday + timedelta(day)), "starts": starts, "ends": ends, **said}
        await speaker.say("scheduling", "propose-item", f"item:{place}", week | details)
        await speaker.say("scheduling", "arrange-item", f"arranged:{place}", week | _item(place) | details)
    await _published(speaker, week, 1, len(_ITEMS))
    await _moved(speaker, week, monday)
    await _published(speaker, week, 2, len(_ITEMS) + 1)
    await _waiting(speaker, week, monday)


async def _published(speaker: Speaker, week: dict[str, Any], version: int, revision: int) -> None:
    await speaker.say("scheduling", "submit-week", f"week:submitted:{version}", week)
    await speaker.say("scheduling", "approve-week", f"week:approved:{version}", week | {"revision": revision})


async def _moved(speaker: Speaker, week: dict[str, Any], monday: date) -> None:
    """Hold the reception of citizens in the morning."""
    place = len(_ITEMS) - 1
    day, starts, ends, said = _ITEMS[place]
    on = monday + timedelta(day)
    seen = {"things": [_DEPUTY], "starts_at": _moment(on, starts), "ends_at": _moment(on, ends)}
    details = {"day": str(on), "starts": "08:00", "ends": "10:00", **said}
    why = {"seen": seen, "reason": "Trùng lịch làm việc với đoàn công tác Trung ương"}
    await speaker.say("scheduling", "arrange-item", "moved:1", week | _item(place) | details | why)


async def _waiting(speaker: Speaker, week: dict[str, Any], monday: date) -> None:
    """Two more are proposed; on one of them the standing committee is asked."""
    asked = {"day": str(monday + timedelta(1)), "starts": "09:00", "chair": {"thing": _SECRETARY}}
    asked |= {"content": "Nghe báo cáo kết quả kiểm tra quý IV", "preparing": "Ủy ban Kiểm tra Tỉnh ủy"}
    await speaker.say("scheduling", "propose-item", "item:asked", week | asked | {"needs_opinion": True})
    simple = {"day": str(monday + timedelta(3)), "session": "afternoon", "chair": {"thing": _STANDING}}
    simple |= {"content": "Dự sinh hoạt chi bộ Văn phòng Tỉnh ủy"}
    await speaker.say("scheduling", "propose-item", "item:proposed", week | simple)


def _item(place: int) -> dict[str, str]:
    return {"item_id": uuid5(NAMESPACE_URL, f"motmoi:sample:item:{place}").hex}


def _moment(day: date, clock: str) -> str:
    return datetime.fromisoformat(f"{day} {clock}").replace(tzinfo=HANOI).isoformat()
