"""One example of every command of documents."""

from collections.abc import Mapping
from typing import Any

from contracts import documents
from contracts.base import Command

_INCOMING = {"document_id": "0190a6f2c3d47e1f8a2b3c4d5e6f7a8b"}
_OUTGOING = {"document_id": "0190a6f2c3d47e1f8a2b3c4d5e6f7a8c"}

EXAMPLES: Mapping[type[Command], dict[str, Any]] = {
    documents.OpenRegisterBook: {"organ": "VPTU", "direction": "incoming", "year": 2026, "first_number": 1201},
    documents.CloseRegisterBook: {"book_id": "vptu-den-2025"},
    documents.RegisterIncoming: {
        "organ": "VPTU",
        "number_notation": "12-CV/BTCTU",
        "document_type": "Công văn",
        "summary": "V/v đăng ký lịch làm việc tháng 12 năm 2026",
        "issuer": "Ban Tổ chức Tỉnh ủy",
        "issued_on": "2026-11-20",
        "urgency": "urgent",
        "received_via": "electronic",
    },
    documents.CancelIncomingNumber: {**_INCOMING, "reason": "Đăng ký nhầm sổ."},
    documents.DirectDocument: {
        **_INCOMING,
        "lead_board": "BTCTU",
        "supporting_boards": ["VPTU"],
        "opinion": "Giao Ban Tổ chức Tỉnh ủy chủ trì tham mưu, báo cáo Thường trực.",
        "deadline": "2026-12-15",
    },
    documents.AcknowledgeReceipt: {**_INCOMING, "received_by": "Nguyễn Thị Lan"},
    documents.HandBackDocument: {**_INCOMING, "reason": "Nội dung không thuộc chức năng của Ban."},
    documents.ForwardDocument: {**_INCOMING, "to_board": "UBKTTU", "reason": "Thuộc thẩm quyền của Ủy ban Kiểm tra."},
    documents.CompleteDocument: {
        **_INCOMING,
        "evidence": {"reply_notation": "66-CV/BTCTU", "reply_issued_on": "2026-12-10"},
    },
    documents.RecallDirection: {**_INCOMING, "reason": "Điều chỉnh đơn vị chủ trì."},
    documents.MarkDeadlineApproaching: {**_INCOMING, "deadline": "2026-12-15"},
    documents.MarkDeadlineMissed: {**_INCOMING, "deadline": "2026-12-15"},
    documents.ReleaseOriginal: {**_INCOMING, "fingerprint": "vptu-12-cv-btctu-2026-11-20"},
    documents.RegisterOutgoing: {
        "organ": "TU",
        "system": "party",
        "type_code": "CV",
        "term": "2025-2030",
        "summary": "V/v chuẩn bị nội dung hội nghị Ban Chấp hành",
        "signer": {"name": "Trần Văn Minh", "position": "Chánh Văn phòng"},
        "recipients": ["Các ban xây dựng Đảng Tỉnh ủy"],
        "copy_count": 12,
    },
    documents.CancelOutgoingNumber: {**_OUTGOING, "reason": "Văn bản không ban hành."},
    documents.RecordDispatch: {**_OUTGOING, "dispatched_on": "2026-11-23", "received_by": "Lê Văn Hùng"},
    documents.RecallOutgoing: {**_OUTGOING, "reason": "Ban hành chưa đúng thẩm quyền."},
}
