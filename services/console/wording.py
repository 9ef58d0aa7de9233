"""The Vietnamese names of what the console offers, beside the English of the message classes."""

from collections.abc import Mapping

from services.console.surface import Offer

NAMES: Mapping[tuple[str, str], str] = {
    ("documents", "open-register-book"): "Mở sổ đăng ký văn bản",
    ("documents", "close-register-book"): "Khóa sổ đăng ký văn bản",
    ("documents", "register-incoming"): "Đăng ký văn bản đến",
    ("documents", "cancel-incoming-number"): "Hủy số văn bản đến",
    ("documents", "direct-document"): "Ghi ý kiến chỉ đạo (bút phê)",
    ("documents", "acknowledge-receipt"): "Ký nhận văn bản",
    ("documents", "hand-back-document"): "Trả lại văn bản",
    ("documents", "forward-document"): "Chuyển tiếp văn bản",
    ("documents", "complete-document"): "Kết thúc xử lý văn bản",
    ("documents", "recall-direction"): "Thu hồi ý kiến chỉ đạo",
    ("documents", "mark-deadline-approaching"): "Ghi nhận văn bản sắp đến hạn",
    ("documents", "mark-deadline-missed"): "Ghi nhận văn bản quá hạn",
    ("documents", "release-original"): "Bỏ dấu hiệu trùng của văn bản đã hủy số",
    ("documents", "register-outgoing"): "Cấp số và đăng ký văn bản đi",
    ("documents", "cancel-outgoing-number"): "Hủy số văn bản đi",
    ("documents", "record-dispatch"): "Ghi ngày chuyển văn bản đi",
    ("documents", "recall-outgoing"): "Thu hồi văn bản đi",
    ("documents", "incoming-register"): "Sổ đăng ký văn bản đến",
    ("documents", "handling-register"): "Sổ theo dõi giải quyết văn bản đến",
    ("documents", "outgoing-register"): "Sổ đăng ký văn bản đi",
    ("documents", "register-books"): "Danh mục sổ đăng ký văn bản",
    ("documents", "possible-duplicates"): "Văn bản có thể trùng",
    ("documents", "document"): "Tra cứu một văn bản",
    ("audit", "sign-checkpoint"): "Ghi điểm kiểm tra nhật ký đã ký",
    ("audit", "record-reading"): "Ghi nhận việc xem vết hoạt động hoặc bằng chứng",
    ("audit", "skip-message"): "Cho phép bỏ qua một bản ghi",
    ("audit", "erase-person"): "Ghi nhận việc xóa danh tính một người",
    ("audit", "record-repair"): "Ghi nhận việc khắc phục nhật ký",
    ("audit", "trail"): "Vết hoạt động",
    ("audit", "causes"): "Chuỗi nguyên nhân của một yêu cầu",
    ("audit", "evidence"): "Bằng chứng của một bản ghi",
    ("audit", "consistency"): "Bằng chứng nhật ký không bị viết lại",
    ("audit", "checkpoints"): "Các điểm kiểm tra đã ký",
}
WORDS: Mapping[tuple[str, str], str] = {
    ("direction", "incoming"): "Văn bản đến",
    ("direction", "outgoing"): "Văn bản đi",
}
"""Coded values of fields that stand in a legal column, as the paper says them."""


def vietnamese(offer: Offer) -> str:
    """Return the Vietnamese name of what is offered; its class's name until it has one."""
    return NAMES.get((offer.service, offer.name), str(offer.message.__name__))
