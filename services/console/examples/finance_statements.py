"""One example of every command about statements."""

from collections.abc import Mapping
from typing import Any

from contracts import finance
from contracts.base import Command

_STATEMENT, _ENTRY = "0190a6f2c3d47e1f8a2b3c4d5e6fa001", "0190a6f2c3d47e1f8a2b3c4d5e6f9001"

EXAMPLES: Mapping[type[Command], dict[str, Any]] = {
    finance.OpenMoneyAccount: {
        "money_account": "kbnn-3713",
        "name": "Tiền gửi dự toán tại Kho bạc Nhà nước",
        "account": "112",
        "number": "3713.0.1054321",
        "bank": "Kho bạc Nhà nước Khu vực VI",
    },
    finance.RecordStatement: {
        "money_account": "kbnn-3713",
        "from_day": "2027-03-01",
        "to_day": "2027-03-31",
        "opening_vnd": 10_000_000,
        "closing_vnd": 9_350_000,
        "lines": [
            {
                "on": "2027-03-10",
                "amount_vnd": -650_000,
                "told": "TT tien xang dau HD 0000123",
                "reference": "FT27069000123",
                "party": "Cửa hàng xăng dầu số 3",
            }
        ],
        "file": "sao-ke-2027-03.xlsx",
    },
    finance.MatchLine: {"statement_id": _STATEMENT, "line_number": 1, "entries": [_ENTRY]},
    finance.UnmatchLine: {
        "statement_id": _STATEMENT,
        "line_number": 1,
        "entries": [_ENTRY],
        "reason": "Đối chiếu nhầm với hóa đơn tháng trước.",
    },
    finance.ConfirmReconciliation: {"statement_id": _STATEMENT},
}
