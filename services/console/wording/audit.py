"""The Vietnamese names of what audit offers, and of the coded values in its legal columns."""

from collections.abc import Mapping

NAMES: Mapping[tuple[str, str], str] = {
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
WORDS: Mapping[tuple[str, str], str] = {}
