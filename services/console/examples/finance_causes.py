"""One example of every command that finance says to itself when other desks' facts cost money."""

from collections.abc import Mapping
from typing import Any

from contracts import finance
from contracts.base import Command

_CAR = "asset-0190a6f2c3d47e1f8a2b3c4d5e6f5001"


def _cause(type: str, subject: str, told: str) -> dict[str, str]:
    return {"event_id": "0190a6f2-c3d4-7e1f-8a2b-3c4d5e6f7081:0", "type": type, "subject": subject, "told": told}


_WEAR = _cause("assets.WearRunRecorded", "wearrun/2027", "Tính hao mòn tài sản cố định năm 2027")

EXAMPLES: Mapping[type[Command], dict[str, Any]] = {
    finance.KnowUnit: {"unit_id": "btctu", "board": "BTCTU", "name": "Ban Tổ chức Tỉnh ủy"},
    finance.KnowThing: {"thing_id": _CAR, "unit_id": "btctu", "class_code": "3", "name": "xe 12A-000.45"},
    finance.RecordCost: {
        "cost_id": "fuel-0190a6f2c3d47e1f8a2b3c4d5e6f6001",
        "kind": "fuel",
        "on": "2027-03-10",
        "amount_vnd": 1_250_000,
        "told": "Nhiên liệu 50,05 lít, hóa đơn 0000123 ngày 10/03/2027",
        "thing_id": _CAR,
        "supplier": "Cửa hàng xăng dầu số 3",
        "paper": {"number": "0000123", "dated_on": "2027-03-10", "title": "Hóa đơn nhiên liệu"},
        "cause": _cause("scheduling.FuelRecorded", f"fuel/{_CAR}", "Nhiên liệu 50,05 lít, hóa đơn 0000123"),
    },
    finance.RecordBooking: {
        "cost_id": "handover-0190a6f2c3d47e1f8a2b3c4d5e6f7001",
        "kind": "asset_handed_over",
        "on": "2027-07-01",
        "told": "Bàn giao tài sản giữa các đơn vị, biên bản số 3/2027",
        "moved": [
            {"unit_id": "btctu", "whose": "giver", "cost_vnd": 300_000_000, "accumulated_vnd": 100_000_000},
            {"unit_id": "btgtu", "whose": "receiver", "cost_vnd": 300_000_000, "accumulated_vnd": 100_000_000},
        ],
        "cause": _cause(
            "assets.HandoverClosed",
            "handover/0190a6f2c3d47e1f8a2b3c4d5e6f7001",
            "Bàn giao tài sản giữa các đơn vị, biên bản số 3/2027",
        ),
    },
    finance.RecordEstimate: {
        "cost_id": "estimate-0190a6f2c3d47e1f8a2b3c4d5e6f8001",
        "board": "BTCTU",
        "on": "2027-01-05",
        "told": "Giao dự toán đầu năm 2027 của BTCTU, Quyết định 12-QĐ/TU",
        "lines": [{"line": "tu-chu.509.351.6500", "amount_vnd": 120_000_000}],
        "cause": _cause("finance.EstimateAssigned", "budget/2027-btctu", "Giao dự toán đầu năm 2027 của BTCTU"),
    },
    finance.CountWear: {"year": 2027, "unit_id": "btctu", "thing_id": _CAR, "wear_vnd": 45_000_000},
    finance.DraftWear: {"year": 2027, "cause": _WEAR},
}
