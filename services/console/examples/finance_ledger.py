"""One example of every command of the ledger."""

from collections.abc import Mapping
from typing import Any

from contracts import finance
from contracts.base import Command

_ENTRY = "0190a6f2c3d47e1f8a2b3c4d5e6f9001"
_DRAFT = "0190a6f2c3d47e1f8a2b3c4d5e6f9002"


def _line(account: str, side: str, **changes: Any) -> dict[str, Any]:
    usual = {"amount_vnd": 1_650_000, "board": "VPTU", "source": "tu-chu", "chapter": "509", "clause": "351"}
    return {"account": account, "side": side, **usual, "item": "6551", "line": "tu-chu.509.351.6550", **changes}


EXAMPLES: Mapping[type[Command], dict[str, Any]] = {
    finance.PostEntry: {
        "kind": "payment",
        "on": "2027-03-15",
        "description": "Chi mua văn phòng phẩm tháng 3",
        "party": "Cửa hàng văn phòng phẩm Kỳ Lừa",
        "lines": [_line("612", "debit"), _line("111", "credit")],
        "papers": [{"number": "0000123", "dated_on": "2027-03-14", "title": "Hóa đơn bán hàng"}],
    },
    finance.PostByTemplate: {
        "template": "withdraw_cash",
        "kind": "receipt",
        "on": "2027-03-10",
        "description": "Rút dự toán về quỹ tiền mặt",
        "amount_vnd": 50_000_000,
        "board": "VPTU",
        "line": "tu-chu.509.351.6550",
        "item": "6551",
    },
    finance.ReverseEntry: {
        "entry_id": _ENTRY,
        "on": "2027-03-20",
        "reason": "Ghi nhầm đơn vị thụ hưởng, lập lại chứng từ khác.",
    },
    finance.DraftEntry: {
        "kind": "general",
        "on": "2027-03-31",
        "description": "Nhiên liệu xe 12A-000.45 tháng 3",
        "lines": [_line("612", "debit", item="6503"), _line("331", "credit", item="6503")],
        "template": "fuel_bought",
        "cause": {
            "event_id": "0190a6f2-c3d4-7e1f-8a2b-3c4d5e6f7081:0",
            "type": "scheduling.FuelMonthClosed",
            "subject": "fuel_month/xe-12a-000.45-2027-03",
            "told": "Bảng thanh toán nhiên liệu xe 12A-000.45 tháng 3 năm 2027",
        },
    },
    finance.PostDraft: {"draft_id": _DRAFT, "on": "2027-03-31"},
    finance.DiscardDraft: {"draft_id": _DRAFT, "reason": "Đơn vị chủ trì hội nghị đã chi trả."},
    finance.ClosePeriod: {"year": 2027, "month": 3},
    finance.ReopenPeriod: {"year": 2027, "month": 3, "reason": "Bổ sung hóa đơn đến chậm."},
    finance.CloseYear: {"year": 2027},
    finance.ReopenYear: {"year": 2027, "reason": "Điều chỉnh trong thời gian chỉnh lý quyết toán."},
}
