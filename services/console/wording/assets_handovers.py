"""The Vietnamese names of what handovers offer, and of the coded values in their legal columns."""

from collections.abc import Mapping

NAMES: Mapping[tuple[str, str], str] = {
    ("assets", "prepare-handover"): "Lập đợt bàn giao tài sản",
    ("assets", "amend-handover"): "Sửa danh mục bàn giao",
    ("assets", "report-surplus-line"): "Ghi nhận tài sản thừa khi bàn giao",
    ("assets", "agree-lines"): "Ghi kết quả đối chiếu từng dòng bàn giao",
    ("assets", "sign-handover"): "Ký biên bản bàn giao",
    ("assets", "close-handover"): "Hoàn thành đợt bàn giao",
    ("assets", "cancel-handover"): "Hủy đợt bàn giao",
    ("assets", "handovers"): "Danh sách đợt bàn giao tài sản",
    ("assets", "handover"): "Tiến độ một đợt bàn giao",
    ("assets", "handover-lines"): "Danh mục tài sản bàn giao",
    ("assets", "handover-minutes"): "Biên bản bàn giao tài sản",
}
WORDS: Mapping[tuple[str, str], str] = {
    ("condition", "good"): "Tốt",
    ("condition", "usable"): "Còn sử dụng được",
    ("condition", "damaged"): "Hư hỏng",
    ("condition", "unusable"): "Không sử dụng được",
    ("finding", "matching"): "Khớp",
    ("finding", "surplus"): "Thừa",
    ("finding", "missing"): "Thiếu",
    ("finding", "wrong"): "Sai thông tin",
    ("finding", "pending"): "Chờ xử lý",
}
