"""One example of every command of tools."""

from collections.abc import Mapping
from typing import Any

from contracts.assets import tools
from contracts.base import Command

_CHAIRS = {"tool_id": "0190a6f2c3d47e1f8a2b3c4d5e6f7e01"}
_OFFICE = {"division_id": "vptu-hc"}
_DECISION = {"number": "45-QĐ/VPTU", "issued_on": "2026-11-20", "issuer": "Văn phòng Tỉnh ủy"}

EXAMPLES: Mapping[type[Command], dict[str, Any]] = {
    tools.RegisterTool: {
        "unit_id": "vptu",
        "name": "Ghế họp chân quỳ",
        "measure": "cái",
        "place": {"site_id": "ts1", "room": "Kho tầng 1"},
        "quantity": 40,
        "unit_price_vnd": 450_000,
        "source": "purchase",
        "paper": "PN-12/2026",
    },
    tools.CorrectTool: {**_CHAIRS, "name": "Ghế họp chân quỳ bọc nỉ", "reason": "Ghi rõ chủng loại."},
    tools.EnterTools: {**_CHAIRS, "quantity": 10, "unit_price_vnd": 470_000, "paper": "PN-15/2026"},
    tools.IssueTools: {**_CHAIRS, "quantity": 20, "holder": _OFFICE, "paper": "PX-31/2026"},
    tools.ReturnTools: {**_CHAIRS, "quantity": 2, "holder": _OFFICE, "paper": "PT-04/2026"},
    tools.ReportBroken: {
        **_CHAIRS,
        "quantity": 3,
        "holder": _OFFICE,
        "cause": "broken",
        "paper": "BH-07/2026",
        "reason": "Gãy chân, không sửa được.",
    },
    tools.WriteOffTools: {**_CHAIRS, "quantity": 3, "decision": _DECISION},
    tools.TransferTools: {
        **_CHAIRS,
        "quantity": 5,
        "to_unit_id": "btctu",
        "paper": "DC-02/2026",
        "decision": _DECISION,
    },
    tools.CountTools: {**_CHAIRS, "counted": 24, "paper": "KK-2026", "reason": "Kiểm kê cuối năm 2026."},
}
