"""Importing counts: rows of a list that was counted on paper or by a device that was offline, into scans."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

from contracts.assets import RecordCounts, Scan
from services.ops.asset_columns import WORDS
from services.ops.cells import coded
from services.ops.office_names import OfficeNames
from services.ops.sheets import SheetRow
from services.runtime.text import fold

SUBJECT = "command.assets.record-counts"
_HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
_FIELDS: dict[str, tuple[str, ...]] = {
    "tag": ("tag", "Mã tài sản", "Mã số", "Số hiệu tài sản"),
    "description": ("description", "Mô tả (không có tem)", "Mô tả"),
    "quantity": ("quantity", "Số lượng"),
    "counted_at": ("counted_at", "Thời điểm kiểm đếm", "Thời điểm"),
    "counted_by": ("counted_by", "Người kiểm đếm"),
    "device": ("device", "Thiết bị"),
    "condition": ("condition", "Tình trạng"),
    "site_id": ("site_id", "Trụ sở"),
    "division_id": ("division_id", "Phòng, ban sử dụng", "Bộ phận sử dụng"),
    "room": ("room", "Phòng đặt", "Nơi sử dụng", "Vị trí"),
    "note": ("note", "Ghi chú"),
    "_name": ("Tên tài sản", "Tên tài sản cố định"),
    "_place": ("STT", "Số TT", "Số thứ tự"),
    "_verdict": ("Kết quả nhập", "Result"),
    "_code": ("Mã lỗi", "Code"),
    "_reason": ("Lý do và cách sửa", "Reason"),
}
TITLES = {fold(title): name for name, titles in _FIELDS.items() for title in titles}
"""Field names by folded column title; those that start with _ are read past."""
SHOWN = {name: titles[min(1, len(titles) - 1)] for name, titles in _FIELDS.items()}
"""The Vietnamese title of each field."""
REQUIRED = ("counted_at",)
_MOMENTS = ("%d/%m/%Y %H:%M:%S", "%d/%m/%Y %H:%M", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M")


@dataclass(frozen=True)
class Counting:
    """What all rows of a list share: the stocktake they belong to, and the office's names."""

    stocktake_id: str
    names: OfficeNames

    def command(self, row: SheetRow) -> RecordCounts:
        """Return a row's scan; raise RowRefused for a name nobody knows, or ValidationError.

        The same row is the same scan in whatever file it comes: a list may be sent by half, and whole after.
        """
        cells = {name: text for name, text in row.cells.items() if not name.startswith("_")}
        said = json.dumps([self.stocktake_id, sorted(cells.items())], ensure_ascii=False)
        scan: dict[str, Any] = {"scan_id": uuid5(NAMESPACE_URL, f"motmoi:scan:{said}").hex, "place": self._place(cells)}
        scan |= {name: text for name, text in cells.items() if name not in ("site_id", "division_id", "room")}
        if "condition" in scan:
            scan["condition"] = coded(scan["condition"], WORDS["condition"])
        scan["counted_at"] = _moment(scan.get("counted_at", ""))
        return RecordCounts(stocktake_id=self.stocktake_id, scans=(Scan.model_validate_strings(scan),))

    def _place(self, cells: Mapping[str, str]) -> dict[str, str]:
        place = {"room": cells["room"]} if "room" in cells else {}
        if "site_id" in cells:
            place["site_id"] = self.names.site(cells["site_id"], "site_id")
        if "division_id" in cells:
            place["division_id"] = self.names.unit(cells["division_id"], "division_id")
        return place


def _moment(text: str) -> str:
    """Return a moment of the office's own clock with its zone; anything else as it is, to be refused as it stands."""
    for form in _MOMENTS:
        try:
            return datetime.strptime(text, form).replace(tzinfo=_HANOI).isoformat()
        except ValueError:
            continue
    return text
