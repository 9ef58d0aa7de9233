"""One example of every command of the weekly calendar."""

from collections.abc import Mapping
from typing import Any

from contracts.base import Command
from contracts.scheduling import weekly

_WEEK, _NEXT = {"week_id": "tinh-uy-2026-w49"}, "tinh-uy-2026-w50"
_ITEM = {**_WEEK, "item_id": "0190a6f2c3d47e1f8a2b3c4d5e6f9001"}
_SECRETARY = "person-0190a6f2c3d47e1f8a2b3c4d5e6f7b11"
_DEPUTY = "person-0190a6f2c3d47e1f8a2b3c4d5e6f7b12"
_CHIEF = "person-0190a6f2c3d47e1f8a2b3c4d5e6f7b13"
_ROOM, _CAR = "asset-0190a6f2c3d47e1f8a2b3c4d5e6f7f01", "asset-0190a6f2c3d47e1f8a2b3c4d5e6f7a8c"
_MEETING = {
    "day": "2026-12-01",
    "session": "morning",
    "starts": "08:00",
    "ends": "10:00",
    "content": "Thường trực Tỉnh ủy nghe báo cáo kết quả kiểm tra công tác xây dựng Đảng quý IV",
    "kind": "standing",
    "chair": {"thing": _SECRETARY},
    "attendees": [{"thing": _DEPUTY}, {"name": "Đồng chí Chủ tịch UBND xã Bắc Sơn"}],
    "invited": ["Ban Tổ chức Tỉnh ủy", "Ủy ban Kiểm tra Tỉnh ủy"],
    "boards": ["BTCTU", "UBKTTU"],
    "accompanying": [{"thing": _CHIEF}],
    "room": _ROOM,
    "preparing": "Ban Tổ chức Tỉnh ủy",
    "documents": ["312-KH/BTCTU"],
    "invitation": "calendar",
    "publicity": "internal",
    "contact": "Phòng Tổng hợp, máy lẻ 112",
}
_VISIT = {
    "day": "2026-12-02",
    "session": "day",
    "content": "Làm việc với Ban Thường vụ Đảng ủy xã Bắc Sơn",
    "kind": "grassroots",
    "chair": {"thing": _SECRETARY},
    "accompanying": [{"thing": _CHIEF}],
    "place": "Trụ sở Đảng ủy xã Bắc Sơn",
    "vehicles": [_CAR],
    "preparing": "Văn phòng Tỉnh ủy",
    "invitation": "letter",
}
_SEEN = {
    "things": [_SECRETARY, _DEPUTY, _CHIEF, _ROOM],
    "starts_at": "2026-12-01T08:00:00+07:00",
    "ends_at": "2026-12-01T10:00:00+07:00",
}
_BOOKED = {
    "booking_id": "0190a6f2c3d47e1f8a2b3c4d5e6f8001",
    "seen": {
        "things": [_ROOM],
        "starts_at": "2026-12-01T08:00:00+07:00",
        "ends_at": "2026-12-01T09:00:00+07:00",
    },
}

EXAMPLES: Mapping[type[Command], dict[str, Any]] = {
    weekly.ProposeItem: {**_WEEK, **_MEETING, "needs_opinion": True},
    weekly.ReviseProposal: {**_ITEM, **_VISIT},
    weekly.WithdrawProposal: {**_ITEM, "reason": "Cơ sở đề nghị lùi thời gian làm việc."},
    weekly.AskOpinion: {**_ITEM},
    weekly.GiveOpinion: {**_ITEM, "agrees": True, "note": "Đồng ý, bổ sung Ủy ban Kiểm tra cùng dự."},
    weekly.DeclineItem: {**_ITEM, "reason": "Nội dung thuộc thẩm quyền của ban, không đưa vào lịch Thường trực."},
    weekly.ArrangeItem: {**_ITEM, **_MEETING, "seen": _SEEN, "reason": "Bổ sung thành phần dự họp."},
    weekly.ArrangeItemOver: {**_ITEM, **_MEETING, "displaces": [_BOOKED], "reason": "Họp đột xuất của Thường trực."},
    weekly.DelegateItem: {
        **_ITEM,
        "seen": _SEEN,
        "of": _DEPUTY,
        "to": {"name": "Đồng chí Trưởng Ban Tổ chức"},
        "reason": "Đi công tác theo triệu tập của Trung ương.",
    },
    weekly.PostponeItem: {**_ITEM, "seen": _SEEN, "to_week_id": _NEXT, "reason": "Chờ báo cáo của các địa phương."},
    weekly.CancelItem: {**_ITEM, "seen": _SEEN, "reason": "Không còn nội dung cần họp."},
    weekly.SubmitWeek: {**_WEEK},
    weekly.ReturnWeek: {**_WEEK, "reason": "Bổ sung lịch tiếp công dân ngày 04/12."},
    weekly.ApproveWeek: {**_WEEK, "revision": 24, "note": "Ban hành chiều thứ Sáu."},
    weekly.AcknowledgeWeek: {**_WEEK, "version": 1},
}
