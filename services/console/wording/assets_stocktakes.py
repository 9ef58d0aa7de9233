"""The Vietnamese names of what assets offers about stocktakes, and of the coded values in its columns."""

from collections.abc import Mapping

NAMES: Mapping[tuple[str, str], str] = {
    ("assets", "open-stocktake"): "Mở đợt kiểm kê",
    ("assets", "name-committee"): "Thay đổi ban kiểm kê",
    ("assets", "expect-assets"): "Lập danh mục kiểm kê (từng phần)",
    ("assets", "start-counting"): "Bắt đầu kiểm đếm",
    ("assets", "record-counts"): "Ghi phiếu kiểm đếm (quét, danh sách ngoại tuyến)",
    ("assets", "decide-difference"): "Quyết định xử lý một dòng chênh lệch",
    ("assets", "close-stocktake"): "Khóa đợt kiểm kê",
    ("assets", "cancel-stocktake"): "Hủy đợt kiểm kê",
    ("assets", "stocktakes"): "Danh sách các đợt kiểm kê",
    ("assets", "stocktake"): "Tiến độ một đợt kiểm kê",
    ("assets", "stocktake-lines"): "Biên bản kiểm kê tài sản cố định (mẫu C53-HD)",
    ("assets", "stocktake-report"): "Biên bản kiểm kê kèm tổng cộng và thành phần ký (mẫu C53-HD)",
    ("assets", "last-counts"): "Tài sản theo ngày kiểm kê lần cuối",
}
WORDS: Mapping[tuple[str, str], str] = {
    ("occasion", "annual"): "Cuối kỳ kế toán năm",
    ("occasion", "damage"): "Thiệt hại bất thường",
    ("occasion", "other"): "Trường hợp khác",
    ("occasion", "reorganisation"): "Chia, tách, hợp nhất, sáp nhập",
    ("occasion", "revaluation"): "Đánh giá lại tài sản",
    ("status", "open"): "Đang lập danh mục",
    ("status", "counting"): "Đang kiểm kê",
    ("status", "closed"): "Đã khóa",
    ("status", "cancelled"): "Đã hủy",
}
