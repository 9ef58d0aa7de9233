"""One example of every command of things that can be booked, bookings and series."""

from collections.abc import Mapping
from typing import Any

from contracts import scheduling
from contracts.base import Command

_ROOM, _HALL = "asset-0190a6f2c3d47e1f8a2b3c4d5e6f7f01", "asset-0190a6f2c3d47e1f8a2b3c4d5e6f7f02"
_CAR = "asset-0190a6f2c3d47e1f8a2b3c4d5e6f7a8c"
_LAN = "0190a6f2c3d47e1f8a2b3c4d5e6f7b01"
_POST = {"person_id": _LAN, "post_id": "vptu--pho-chanh-van-phong"}
_MORNING = {"starts_at": "2026-11-26T08:00:00+07:00", "ends_at": "2026-11-26T10:00:00+07:00"}
_SEEN = {**_MORNING, "things": [_ROOM, f"person-{_LAN}"]}
_BOOKING = {"booking_id": "0190a6f2c3d47e1f8a2b3c4d5e6f8001", "seen": _SEEN}
_ABOUT = {
    "title": "Họp giao ban Văn phòng Tỉnh ủy",
    "holder": "Nguyễn Thị Lan",
    "contact": "0912 345 678",
    "board": "VPTU",
    "attendees": 18,
    "services": ["Nước uống", "Máy chiếu"],
}
_WANTS = [{"of": [_ROOM]}, {"of": [f"person-{_LAN}"]}]
_SERIES_ID = "0190a6f2c3d47e1f8a2b3c4d5e6f8010"
_SERIES = {"series_id": _SERIES_ID, "number": 3, "seen": [{**_SEEN, "number": 3}]}
_WORKING_HOURS = [
    {"weekday": weekday, "opens": opens, "closes": closes}
    for weekday in range(1, 6)
    for opens, closes in (("07:30", "11:30"), ("13:30", "17:00"))
]

EXAMPLES: Mapping[type[Command], dict[str, Any]] = {
    scheduling.MakeBookable: {
        "bookable_id": _ROOM,
        "kind": "room",
        "type": "room-meeting",
        "name": "Phòng họp P.201",
        "site_id": "ts1",
        "place": "P.201",
        "seats": 24,
        "equipment": ["Màn hình", "Micro", "Họp trực tuyến"],
        "contact": "Phòng Quản trị, máy lẻ 105",
        "preparation_minutes": 15,
    },
    scheduling.DescribeBookable: {"bookable_id": _ROOM, "seats": 30, "contact": "Trần Văn Minh, 0912 000 111"},
    scheduling.SetTerms: {
        "bookable_id": _HALL,
        "terms": {
            "hours": _WORKING_HOURS,
            "closed_on_days_off": True,
            "preparation_minutes": 30,
            "cleaning_minutes": 30,
            "approval": [{"role": "leader"}],
            "check_in": True,
            "least_priority": "board",
        },
    },
    scheduling.BlockThing: {
        "bookable_id": _HALL,
        "starts_at": "2026-12-01T07:00:00+07:00",
        "ends_at": "2026-12-04T17:00:00+07:00",
        "reason": "Bảo dưỡng hệ thống âm thanh hội trường.",
        "except_boards": ["VPTU"],
    },
    scheduling.UnblockThing: {
        "bookable_id": _HALL,
        "blocking_id": "0190a6f2c3d47e1f8a2b3c4d5e6f8020",
        "reason": "Bảo dưỡng xong trước thời hạn.",
    },
    scheduling.RecordValidity: {"bookable_id": _CAR, "validity": "inspection", "last_day": "2028-11-19"},
    scheduling.NotePlace: {"bookable_id": _CAR, "site_id": "ts2", "place": "Nhà xe"},
    scheduling.TakeUpPost: {
        **_POST,
        "name": "Nguyễn Thị Lan",
        "title": "Phó Chánh Văn phòng Tỉnh ủy",
        "board": "VPTU",
        "leading": True,
    },
    scheduling.GiveUpPost: {**_POST},
    scheduling.RetireBookable: {"bookable_id": _ROOM, "reason": "Chuyển thành phòng làm việc."},
    scheduling.RestoreBookable: {"bookable_id": _ROOM},
    scheduling.BookThings: {**_ABOUT, **_MORNING, "wants": _WANTS, "if_busy": "wait"},
    scheduling.BookOver: {
        **_ABOUT,
        **_MORNING,
        "title": "Họp đột xuất Thường trực Tỉnh ủy",
        "priority": "standing",
        "wants": [{"of": [_ROOM]}],
        "displaces": [_BOOKING],
        "reason": "Thường trực Tỉnh ủy họp đột xuất về phòng, chống thiên tai.",
    },
    scheduling.ConfirmHold: {**_BOOKING, **_ABOUT},
    scheduling.ApproveBooking: {**_BOOKING, "note": "Đồng ý; Phòng Quản trị chuẩn bị phòng trước 15 phút."},
    scheduling.RejectBooking: {**_BOOKING, "reason": "Trùng thời gian chuẩn bị hội nghị Tỉnh ủy."},
    scheduling.MoveBooking: {
        **_BOOKING,
        "starts_at": "2026-11-26T14:00:00+07:00",
        "ends_at": "2026-11-26T16:00:00+07:00",
        "reason": "Chuyển sang buổi chiều theo lịch của lãnh đạo.",
    },
    scheduling.EndBooking: {**_BOOKING},
    scheduling.DescribeBooking: {**_BOOKING, "attendees": 22, "note": "Thêm đại biểu của Ban Tổ chức Tỉnh ủy."},
    scheduling.ConfirmBooking: {**_BOOKING},
    scheduling.CheckIn: {**_BOOKING},
    scheduling.CancelBooking: {**_BOOKING, "reason": "Hoãn họp."},
    scheduling.ReleaseUnused: {**_BOOKING, "cause": "no_show"},
    scheduling.PromoteWaiting: {**_BOOKING},
    scheduling.BookSeries: {
        **_ABOUT,
        "title": "Họp giao ban hằng tuần",
        "wants": _WANTS,
        "starts_at": "2026-11-30T08:00:00+07:00",
        "ends_at": "2026-11-30T09:30:00+07:00",
        "every": "week",
        "weekdays": [1],
        "count": 26,
        "until": "2027-05-31",
        "on_conflict": "skip",
    },
    scheduling.SkipOccurrences: {**_SERIES, "scope": "this", "reason": "Nghỉ lễ, không họp giao ban."},
    scheduling.MoveOccurrences: {**_SERIES, "days": 1, "starts": "14:00", "minutes": 90, "on_conflict": "skip"},
    scheduling.AddOccurrence: {"series_id": _SERIES_ID, "number": 3, **_MORNING, "wants": _WANTS},
}
