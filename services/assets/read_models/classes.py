"""Classes of assets as they are shown: their names, and which the code of a group stands for."""

from functools import cache

from services.assets.rules.tables import asset_classes
from services.runtime.rules import office_rules

CLASSES = asset_classes(office_rules())
"""The tables with the office's own rows. A year that was charged is in the facts, at the rate it was charged at."""
_NAMES = {entry.row.code: entry.row.name_vi for entry in CLASSES}
_GROUPS = {
    "1": "Nhà, công trình xây dựng",
    "2": "Vật kiến trúc",
    "3": "Xe ô tô",
    "4": "Phương tiện vận tải khác",
    "5": "Máy móc, thiết bị",
    "6": "Súc vật, cây lâu năm",
    "7": "Tài sản cố định hữu hình khác",
    "VH": "Tài sản cố định vô hình",
    "DT": "Tài sản đặc thù",
    "PH": "Phòng họp, hội trường",
}


@cache
def class_name(code: str) -> str:
    """Return what a class, or a group of them, is called; the code itself while it has no name here."""
    return _NAMES.get(code) or _GROUPS.get(code) or code


def class_group(code: str) -> str:
    """Return the group a class belongs to, such as 5 for 5.3."""
    return code.split(".", 1)[0]
