"""The Vietnamese names of what documents offers, and of the coded values in its legal columns."""

from collections.abc import Mapping

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
}
WORDS: Mapping[tuple[str, str], str] = {
    ("direction", "incoming"): "Văn bản đến",
    ("direction", "outgoing"): "Văn bản đi",
}
