"""The Vietnamese names of what finance says to itself when other desks' facts cost money."""

from collections.abc import Mapping

NAMES: Mapping[tuple[str, str], str] = {
    ("finance", "know-unit"): "Ghi nhớ đơn vị phát sinh chi phí",
    ("finance", "know-thing"): "Ghi nhớ tài sản, xe phát sinh chi phí",
    ("finance", "record-cost"): "Ghi nhận chi phí từ nghiệp vụ khác",
    ("finance", "record-booking"): "Ghi nhận biến động giá trị tài sản",
    ("finance", "record-estimate"): "Ghi nhận dự toán để theo dõi ngoài bảng",
    ("finance", "count-wear"): "Cộng hao mòn tài sản trong năm",
    ("finance", "draft-wear"): "Lập bút toán dự thảo hao mòn năm",
}
WORDS: Mapping[tuple[str, str], str] = {}
