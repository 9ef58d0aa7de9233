"""One example of every command about estimates."""

from collections.abc import Mapping
from typing import Any

from contracts import finance
from contracts.base import Command

_PETROL, _PAPER = "tu-chu.509.351.6500", "tu-chu.509.351.6550"
_YEAR = {"year": 2026, "board": "BTCTU"}
_DECISION = {"decision_number": "12-QĐ/TU", "decided_on": "2026-01-05"}
_REQUEST, _ADVANCE = "0190a6f2c3d47e1f8a2b3c4d5e6f7f01", "0190a6f2c3d47e1f8a2b3c4d5e6f7f02"

EXAMPLES: Mapping[type[Command], dict[str, Any]] = {
    finance.AssignEstimate: {
        **_YEAR,
        **_DECISION,
        "kind": "initial",
        "lines": [
            {"line": _PETROL, "amount_vnd": 120_000_000},
            {"line": _PAPER, "amount_vnd": 60_000_000},
            {"line": "khong-tu-chu.509.351.7750", "amount_vnd": 20_000_000},
        ],
    },
    finance.TransferEstimate: {
        **_YEAR,
        **_DECISION,
        "from_line": _PETROL,
        "to_line": _PAPER,
        "amount_vnd": 5_000_000,
        "reason": "Điều chỉnh theo nhu cầu thực tế.",
    },
    finance.FreezeEstimate: {
        **_YEAR,
        **_DECISION,
        "lines": [{"line": _PETROL, "amount_vnd": 6_000_000}],
        "reason": "Tiết kiệm 5% chi thường xuyên.",
    },
    finance.ReleaseEstimate: {
        **_YEAR,
        **_DECISION,
        "lines": [{"line": _PETROL, "amount_vnd": 1_000_000}],
        "reason": "Được phép sử dụng phần tiết kiệm.",
    },
    finance.CarryOver: {
        **_YEAR,
        **_DECISION,
        "lines": [{"line": _PETROL, "amount_vnd": 9_000_000, "reason": "autonomy_fund"}],
        "requests": [_REQUEST],
        "advances": [_ADVANCE],
    },
    finance.CloseBudget: {**_YEAR, "on": "2026-12-31"},
    finance.SettleBoard: {
        **_YEAR,
        **_DECISION,
        "on": "2026-07-01",
        "to_board": "BTGTU",
        "books_since": 2025,
        "requests": [_REQUEST],
        "advances": [_ADVANCE],
    },
}
