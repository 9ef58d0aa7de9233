"""The sample's organisation: two sites, four boards and the office with its divisions, and who works there."""

from typing import Any

from services.ops.sample.speaking import Speaker

_DECISION = {"number": "01-QĐ/TU", "issued_on": "2025-12-15", "issuer": "Ban Thường vụ Tỉnh ủy"}
_BEGINNING: dict[str, Any] = {"effective_on": "2026-01-01", "decision": _DECISION}
_SITES = (
    ("TS1", "Trụ sở Tỉnh ủy", "Số 1, đường Trần Phú"),
    ("TS2", "Trụ sở các ban Đảng", "Số 12, đường Lê Lợi"),
)
_UNITS: tuple[tuple[str, str, str, str | None, str | None], ...] = (
    ("TU", "Tỉnh ủy", "committee", None, "ts1"),
    ("VPTU", "Văn phòng Tỉnh ủy", "office", "tu", "ts1"),
    ("BTCTU", "Ban Tổ chức Tỉnh ủy", "body", "tu", "ts2"),
    ("BTGDVTU", "Ban Tuyên giáo và Dân vận Tỉnh ủy", "body", "tu", "ts2"),
    ("UBKTTU", "Ủy ban Kiểm tra Tỉnh ủy", "body", "tu", "ts2"),
    ("BNCTU", "Ban Nội chính Tỉnh ủy", "body", "tu", "ts2"),
    ("P-TH", "Phòng Tổng hợp", "division", "vptu", "ts1"),
    ("P-HCLT", "Phòng Hành chính, Lưu trữ", "division", "vptu", "ts1"),
    ("P-QT", "Phòng Quản trị", "division", "vptu", "ts1"),
    ("P-TCD", "Phòng Tài chính đảng", "division", "vptu", "ts1"),
    ("P-CYCNTT", "Phòng Cơ yếu, Công nghệ thông tin", "division", "vptu", "ts1"),
)
_POSTS: tuple[tuple[str, str, str, str, str, str, int, int], ...] = (
    ("vptu", "CVP", "Chánh Văn phòng", "leadership", "head", "civil_servant", 1, 1),
    ("vptu", "PCVP", "Phó Chánh Văn phòng", "leadership", "deputy", "civil_servant", 2, 3),
    ("p-hclt", "VT", "Văn thư viên", "shared_professional", "staff", "civil_servant", 3, 4),
    ("p-qt", "LX", "Lái xe", "support", "staff", "contract", 6, 8),
    ("p-tcd", "KT", "Kế toán viên", "shared_professional", "staff", "civil_servant", 4, 5),
    ("btctu", "TB", "Trưởng ban", "leadership", "head", "civil_servant", 1, 1),
    ("btctu", "CV", "Chuyên viên", "professional", "staff", "civil_servant", 12, 14),
)
_PEOPLE = (
    ("Trần Văn Minh", "civil_servant", "vptu--cvp", "user:minh"),
    ("Phạm Thị Hoa", "civil_servant", "vptu--pcvp", "user:hoa"),
    ("Nguyễn Thị Lan", "civil_servant", "p-hclt--vt", "user:lan"),
    ("Vũ Thị Thu", "civil_servant", "p-hclt--vt", None),
    ("Lê Văn Hùng", "contract", "p-qt--lx", None),
    ("Đỗ Quang Huy", "contract", "p-qt--lx", None),
    ("Hoàng Thị Mai", "civil_servant", "p-tcd--kt", "user:mai"),
    ("Ngô Đức Thắng", "civil_servant", "btctu--tb", "user:thang"),
    ("Bùi Thị Ngọc", "civil_servant", "btctu--cv", "user:ngoc"),
)
_ROLES = (
    (0, "leader", None),
    (1, "administrator", None),
    (2, "clerk", None),
    (8, "board", "btctu"),
)


async def load(speaker: Speaker) -> None:
    """Open sites, establish units, create posts, enter people, appoint them, name a contact and grant roles."""
    for code, name, address in _SITES:
        words: dict[str, Any] = {"code": code, "name": name, "address": address}
        await speaker.say("organisation", "open-site", f"site:{code}", words | _BEGINNING)
    for code, name, kind, parent, site in _UNITS:
        words = {"code": code, "name": name, "kind": kind, "parent_id": parent, "site_id": site}
        words |= {"served": kind == "body"}
        await speaker.say("organisation", "establish-unit", f"unit:{code}", words | _BEGINNING)
    for unit, code, title, group, rank, headcount, norm, most in _POSTS:
        words = {"unit_id": unit, "code": code, "title": title, "group": group, "rank": rank, "headcount": headcount}
        words |= {"norm": norm, "maximum": most}
        await speaker.say("organisation", "create-post", f"post:{unit}:{code}", words | _BEGINNING)
    people = []
    for name, headcount, post, account in _PEOPLE:
        words = {"name": name, "headcount": headcount, "account": account}
        people.append(await speaker.say("organisation", "register-person", f"person:{name}", words))
        words = {"person_id": people[-1], "post_id": post}
        await speaker.say("organisation", "appoint-person", f"appoint:{name}", words | _BEGINNING)
    contact = {"unit_id": "btctu", "line": "clerical", "person_id": people[8], "effective_on": "2026-01-01"}
    await speaker.say("organisation", "name-contact", "contact", contact)
    for place, role, board in _ROLES:
        words = {"person_id": people[place], "role": role, "unit_id": board}
        await speaker.say("organisation", "grant-role", f"role:{place}", words | _BEGINNING)
