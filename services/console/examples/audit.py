"""One example of every command of audit."""

from collections.abc import Mapping
from typing import Any

from contracts import audit
from contracts.base import Command

_INCOMING = {"document_id": "0190a6f2c3d47e1f8a2b3c4d5e6f7a8b"}

EXAMPLES: Mapping[type[Command], dict[str, Any]] = {
    audit.SignCheckpoint: {
        "tree_size": 1200,
        "root": "5f0c1a7b9e3d46828a1c0b7d6e5f4a3b2c1d0e9f8a7b6c5d4e3f2a1b0c9d8e7f",
        "note": "motmoi/vptu\n1200\nXwwae549RoKKHAt9bl9KOywdDp+Ke2xdTj8qGwydjn8=\n\n— motmoi/vptu q83vASNFZ4k=\n",
    },
    audit.RecordReading: {"query": "trail", "asked": {"about": _INCOMING["document_id"]}},
    audit.SkipMessage: {
        "service": "documents",
        "follower": "incoming_register_v1",
        "sequence": 1042,
        "reason": "Bản ghi hỏng, đã lập biên bản ngày 23/11/2026.",
    },
    audit.ErasePerson: {"person": "p-17", "reason": "Bảo vệ danh tính người tố cáo theo quy định."},
    audit.RecordRepair: {
        "what": "log",
        "first": 1040,
        "last": 1042,
        "reason": "Dựng lại nhật ký từ bản lưu sau khi mất dữ liệu.",
    },
}
