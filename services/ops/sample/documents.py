"""The sample's papers: what came in, what was directed and answered, what went out."""

from datetime import datetime, timedelta
from typing import Any

from services.ops.sample.speaking import HANOI, Speaker

_INCOMING = (
    ("21-CV/BTCTU", "Công văn", "về việc rà soát biên chế các phòng sau hợp nhất", "Ban Tổ chức Tỉnh ủy", 9, "normal"),
    (
        "07-KH/BTGDVTU",
        "Kế hoạch",
        "tổ chức hội nghị báo cáo viên quý IV",
        "Ban Tuyên giáo và Dân vận Tỉnh ủy",
        8,
        "normal",
    ),
    (
        "112/UBND-KT",
        "Công văn",
        "V/v báo cáo tình hình thu, chi ngân sách 10 tháng",
        "Ủy ban nhân dân tỉnh",
        7,
        "urgent",
    ),
    (
        "15-TB/BNCTU",
        "Thông báo",
        "kết luận buổi làm việc về công tác tiếp công dân",
        "Ban Nội chính Tỉnh ủy",
        6,
        "normal",
    ),
    ("33-BC/ĐU", "Báo cáo", "kết quả thực hiện nhiệm vụ tháng 10", "Đảng ủy xã Bình Minh", 5, "normal"),
    ("34-TTr/ĐU", "Tờ trình", "đề nghị bố trí xe phục vụ đại hội chi bộ", "Đảng ủy phường Tân Lập", 4, "normal"),
    ("58/SNV-VP", "Công văn", "V/v cử cán bộ tham gia lớp bồi dưỡng lưu trữ", "Sở Nội vụ", 3, "very_urgent"),
    (
        "09-GM/VPTW",
        "Giấy mời",
        "họp trực tuyến về chuyển đổi số trong cơ quan Đảng",
        "Văn phòng Trung ương Đảng",
        2,
        "express",
    ),
    ("40-CV/UBKTTU", "Công văn", "về việc cung cấp hồ sơ phục vụ kiểm tra", "Ủy ban Kiểm tra Tỉnh ủy", 1, "normal"),
    ("66/QĐ-UBND", "Quyết định", "về việc giao dự toán bổ sung", "Ủy ban nhân dân tỉnh", 1, "normal"),
)
_DIRECTIONS = (
    (0, "BTCTU", (), "Giao Ban Tổ chức chủ trì tham mưu, báo cáo Thường trực."),
    (2, "VPTU", ("BNCTU",), "Văn phòng tổng hợp số liệu, báo cáo trước hạn."),
    (6, "VPTU", (), "Phòng Hành chính, lưu trữ cử người dự."),
    (7, "BTGDVTU", ("VPTU",), "Chuẩn bị nội dung phát biểu."),
)
_OUTGOING = (
    ("party", "CV", "về việc chuẩn bị nội dung giao ban tháng 11", ("Các ban tham mưu, giúp việc Tỉnh ủy",)),
    (
        "party",
        "CV",
        "về việc đăng ký sử dụng xe ô tô dự hội nghị",
        ("Các ban tham mưu, giúp việc Tỉnh ủy", "Lưu Văn phòng"),
    ),
    ("party", "BC", "kết quả công tác văn phòng tháng 10", ("Thường trực Tỉnh ủy", "Lưu Văn phòng")),
)


async def load(speaker: Speaker) -> None:
    """Register papers that came in, direct four of them, answer one, and send three out."""
    today = datetime.now(HANOI).date()
    registered = []
    for notation, kind, summary, issuer, days, urgency in _INCOMING:
        day = (today - timedelta(days=days)).isoformat()
        words: dict[str, Any] = {
            "organ": "VPTU",
            "number_notation": notation,
            "document_type": kind,
            "summary": summary,
        }
        words |= {"issuer": issuer, "issued_on": day, "arrived_on": day, "urgency": urgency}
        registered.append(await speaker.say("documents", "register-incoming", f"in:{notation}", words))
    for place, lead, supporting, opinion in _DIRECTIONS:
        words = {"document_id": registered[place], "lead_board": lead, "opinion": opinion}
        words |= {"supporting_boards": list(supporting), "directed_by": "Chánh Văn phòng"}
        await speaker.say("documents", "direct-document", f"direct:{place}", words)
    evidence = {"account": "Đã cử 02 cán bộ tham gia lớp bồi dưỡng."}
    done = {"document_id": registered[6], "evidence": evidence}
    await speaker.say("documents", "complete-document", "done", done)
    for place, (system, code, summary, recipients) in enumerate(_OUTGOING):
        words = {"organ": "VPTU", "system": system, "type_code": code, "term": _term(today.year)}
        words |= {"summary": summary, "recipients": list(recipients)}
        words |= {"signer": {"name": "Trần Văn Minh", "position": "Chánh Văn phòng"}, "copy_count": 8}
        await speaker.say("documents", "register-outgoing", f"out:{place}", words)


def _term(year: int) -> str:
    start = 2025 + (year - 2025) // 5 * 5
    return f"{start}-{start + 5}"
