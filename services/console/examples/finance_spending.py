"""One example of every command about requests, payments, advances and travel."""

from collections.abc import Mapping
from typing import Any

from contracts import finance
from contracts.base import Command

_PETROL, _TRAVEL = "tu-chu.509.351.6500", "tu-chu.509.351.6700"
_YEAR = {"year": 2026, "board": "BTCTU"}
_REQUEST = {"request_id": "0190a6f2c3d47e1f8a2b3c4d5e6f7f01", **_YEAR}
_PERSON = "0190a6f2c3d47e1f8a2b3c4d5e6f7b01"
_ADVANCE = {"advance_id": "0190a6f2c3d47e1f8a2b3c4d5e6f7f02", "holder_id": f"p-{_PERSON}", **_YEAR}
_HOLDER = {"name": "Nguyễn Văn Ứng", "person_id": _PERSON}
_FUEL = [{"line": _PETROL, "item": "6503", "amount_vnd": 6_000_000}]
_CASH = {"method": "cash", "money_account": "quy-tien-mat", "on": "2026-11-20"}
_BILL = {"number": "0001234", "dated_on": "2026-11-19", "title": "Hóa đơn xăng"}
_DETAILS = {
    **_YEAR,
    "purpose": "Xăng xe tháng 11",
    "amounts": _FUEL,
    "payee": {
        "name": "Công ty Xăng dầu Cao Bằng",
        "account_number": "3713.0.1058746",
        "bank": "Kho bạc Nhà nước khu vực",
        "tax_code": "4800123456",
    },
    "needed_by": "2026-11-30",
    "papers": [_BILL],
}

EXAMPLES: Mapping[type[Command], dict[str, Any]] = {
    finance.RequestSpending: _DETAILS,
    finance.DraftSpending: {
        **_DETAILS,
        "cause": {
            "event_id": "0190a6f2-c3d4-7e1f-8a2b-3c4d5e6f7081:0",
            "type": "scheduling.FuelRecorded",
            "subject": "trip_log/xe-45-2026-11",
            "told": "Đổ xăng xe 12A-000.45 ngày 19/11/2026",
        },
    },
    finance.ReviseSpending: {**_DETAILS, **_REQUEST, "revision": 1},
    finance.CheckSpending: {**_REQUEST, "revision": 1, "note": "Đúng chế độ, đủ chứng từ."},
    finance.ReturnSpending: {**_REQUEST, "revision": 1, "reason": "Thiếu báo giá."},
    finance.RejectSpending: {**_REQUEST, "revision": 2, "reason": "Chưa cần thiết trong năm nay."},
    finance.ApproveSpending: {**_REQUEST, "revision": 2},
    finance.ApproveSpendingOver: {**_REQUEST, "revision": 2, "reason": "Đón đoàn Trung ương, báo trước một ngày."},
    finance.PaySpending: {**_REQUEST, "revision": 3, **_CASH, "amounts": _FUEL, "papers": [_BILL]},
    finance.CloseSpending: {**_REQUEST, "revision": 4, "reason": "Đã mua đủ."},
    finance.PayAdvance: {
        **_REQUEST,
        "revision": 3,
        **_CASH,
        "amounts": _FUEL,
        "holder": _HOLDER,
        "task_ends_on": "2026-11-27",
    },
    finance.ClaimAdvance: {
        **_ADVANCE,
        "revision": 1,
        "amounts": [{"line": _PETROL, "item": "6503", "amount_vnd": 5_500_000}],
        "papers": [_BILL],
    },
    finance.CheckClaim: {**_ADVANCE, "revision": 2},
    finance.ReturnClaim: {**_ADVANCE, "revision": 2, "reason": "Thiếu hóa đơn ngày 18/11."},
    finance.ApproveClaim: {**_ADVANCE, "revision": 3, "on": "2026-11-30"},
    finance.ReceiveRest: {**_ADVANCE, "revision": 4, **_CASH, "amount_vnd": 500_000},
    finance.PayRest: {**_ADVANCE, "revision": 4, **_CASH, "amount_vnd": 200_000},
    finance.ClaimTravel: {
        **_YEAR,
        "purpose": "Kiểm tra công tác tổ chức ở cơ sở",
        "traveller": {"name": "Nguyễn Văn Đi", "person_id": _PERSON},
        "group": "official",
        "line": _TRAVEL,
        "travel_order": {"number": "45-GĐĐ", "dated_on": "2026-11-02"},
        "days": [
            {"day": "2026-11-02", "region": "other", "night": "lump_sum"},
            {"day": "2026-11-03", "region": "provincial-city", "night": "invoice", "invoice_vnd": 650_000},
            {"day": "2026-11-04", "region": "other", "days_share": 50},
        ],
        "tickets": [{"what": "Vé xe khách", "amount_vnd": 180_000, "paper": {"number": "0004567"}}],
        "own_vehicle_km": 85,
        "fuel_price_vnd": 20_350,
    },
    finance.RemindAdvance: {"advance_id": _ADVANCE["advance_id"], "overdue": False},
    finance.EscalateSpending: {"request_id": _REQUEST["request_id"]},
}
