"""One example of every command of handovers."""

from collections.abc import Mapping
from typing import Any

from contracts.assets import handovers
from contracts.base import Command

_BATCH = {"handover_id": "0190a6f2c3d47e1f8a2b3c4d5e6f7c01"}
_LAPTOP, _SAFE = "0190a6f2c3d47e1f8a2b3c4d5e6f7a8b", "0190a6f2c3d47e1f8a2b3c4d5e6f7a8e"
_DESK = "0190a6f2c3d47e1f8a2b3c4d5e6f7a8f"
_LAN, _HUNG = "0190a6f2c3d47e1f8a2b3c4d5e6f7b01", "0190a6f2c3d47e1f8a2b3c4d5e6f7b02"

EXAMPLES: Mapping[type[Command], dict[str, Any]] = {
    handovers.PrepareHandover: {
        "title": "Bàn giao tài sản của Ban Tổ chức Tỉnh ủy về Văn phòng Tỉnh ủy",
        "to_unit_id": "vptu",
        "effective_on": "2027-01-01",
        "decision": {"number": "214-QĐ/TU", "issued_on": "2026-11-20", "issuer": "Ban Thường vụ Tỉnh ủy"},
        "venue": "Trụ sở Tỉnh ủy, phòng P.201",
        "parties": [
            {"side": "giver", "unit_id": "btctu", "person_id": _LAN, "post": "Phó Trưởng Ban"},
            {"side": "receiver", "unit_id": "vptu", "person_id": _HUNG},
        ],
        "asset_ids": [_LAPTOP, _SAFE],
        "missing_to": "receiver",
        "closes_books": True,
    },
    handovers.AmendHandover: {**_BATCH, "asset_ids": [_DESK], "dropped_ids": [_SAFE]},
    handovers.ReportSurplusLine: {
        **_BATCH,
        "side": "receiver",
        "from_unit_id": "btctu",
        "found": {
            "class_code": "5.2",
            "name": "Điều hòa treo tường 18.000 BTU",
            "cost_vnd": 14_500_000,
            "remaining_years": 3,
            "made_in": 2021,
        },
        "condition": "usable",
        "place": {"site_id": "ts1", "division_id": "p-qt", "room": "P.305"},
        "note": "Không có trong sổ của bên giao.",
    },
    handovers.AgreeLines: {
        **_BATCH,
        "side": "receiver",
        "lines": [
            {"asset_id": _LAPTOP, "finding": "matching", "place": {"site_id": "ts1", "room": "P.201"}},
            {
                "asset_id": _DESK,
                "finding": "wrong",
                "wrong": [{"point": "serial_number", "found": "HP-7731-B"}],
                "condition": "usable",
                "seen": 1,
            },
        ],
    },
    handovers.SignHandover: {
        **_BATCH,
        "unit_id": "btctu",
        "asset_count": 120,
        "cost_vnd": 2_415_600_000,
        "accumulated_vnd": 1_087_250_000,
        "residual_vnd": 1_328_350_000,
        "person_id": _LAN,
    },
    handovers.CloseHandover: {**_BATCH, "to_unit_id": "vptu", "asset_ids": [_LAPTOP, _DESK]},
    handovers.CancelHandover: {**_BATCH, "reason": "Thay bằng đợt bàn giao theo quyết định mới."},
}
