"""One example of every command of stocktakes."""

from collections.abc import Mapping
from typing import Any

from contracts.assets import stocktakes
from contracts.base import Command

_STOCKTAKE = {"stocktake_id": "0190a6f2c3d47e1f8a2b3c4d5e6f7d01"}
_LAPTOP, _LAN = "0190a6f2c3d47e1f8a2b3c4d5e6f7a8b", "0190a6f2c3d47e1f8a2b3c4d5e6f7b01"
_COMMITTEE = [
    {"role": "head", "name": "Trần Văn Minh", "title": "Chánh Văn phòng"},
    {"role": "chief_accountant", "name": "Lê Thị Hà", "title": "Kế toán trưởng"},
    {"role": "chair", "name": "Nguyễn Thị Lan", "title": "Phó Chánh Văn phòng", "person_id": _LAN},
    {"role": "member", "name": "Phạm Quốc Bảo"},
]

EXAMPLES: Mapping[type[Command], dict[str, Any]] = {
    stocktakes.OpenStocktake: {
        "title": "Kiểm kê tài sản cuối năm 2026",
        "occasion": "annual",
        "snapshot_on": "2027-01-01",
        "scope": {"unit_ids": ["vptu", "btctu"], "class_codes": ["5"]},
        "committee": _COMMITTEE,
        "decision": {"number": "31-QĐ/VPTU", "issued_on": "2026-11-20", "issuer": "Văn phòng Tỉnh ủy"},
    },
    stocktakes.NameCommittee: {**_STOCKTAKE, "committee": _COMMITTEE},
    stocktakes.ExpectAssets: {**_STOCKTAKE, "assets": [{"asset_id": _LAPTOP, "tag": "VPTU-000123"}]},
    stocktakes.StartCounting: {**_STOCKTAKE},
    stocktakes.RecordCounts: {
        **_STOCKTAKE,
        "scans": [
            {
                "scan_id": "0190a6f2c3d47e1f8a2b3c4d5e6f7d11",
                "tag": "VPTU-000123",
                "counted_at": "2027-01-02T08:30:00+07:00",
                "counted_by": "Phạm Quốc Bảo",
                "device": "Điện thoại tổ 2",
                "place": {"site_id": "ts1", "room": "P.305"},
                "condition": "good",
            },
            {
                "scan_id": "0190a6f2c3d47e1f8a2b3c4d5e6f7d12",
                "description": "Máy in LBP 2900 không dán nhãn",
                "counted_at": "2027-01-02T08:34:00+07:00",
                "place": {"site_id": "ts1", "room": "P.306"},
                "photos": ["9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"],
            },
        ],
    },
    stocktakes.DecideDifference: {
        **_STOCKTAKE,
        "line": "0190a6f2c3d47e1f8a2b3c4d5e6f7d12",
        "revision": 1,
        "resolution": "register_surplus",
        "reason": "Máy in mua năm 2023 chưa ghi sổ, hội đồng xác định giá trị.",
        "surplus": {
            "unit_id": "vptu",
            "class_code": "5.3",
            "name": "Máy in LBP 2900",
            "cost_vnd": 14_000_000,
            "remaining_years": 4,
            "place": {"site_id": "ts1", "room": "P.306"},
        },
    },
    stocktakes.CloseStocktake: {**_STOCKTAKE, "conclusion": "Thiếu 01 máy tính, thừa 01 máy in; đã xử lý từng dòng."},
    stocktakes.CancelStocktake: {**_STOCKTAKE, "reason": "Hoãn theo chỉ đạo của lãnh đạo Văn phòng."},
}
