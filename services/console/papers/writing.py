"""How papers write numbers, days, rates and coded words in Vietnamese."""

from collections.abc import Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from services.console.wording import WORDS

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
DOTS = "…………………"
_CODES: Mapping[str, Mapping[str, str]] = {
    "headcount": {
        "civil_servant": "Cán bộ, công chức",
        "public_employee": "Viên chức",
        "contract": "Lao động hợp đồng",
    },
    "kind": {"main": "Chính thức", "concurrent": "Kiêm nhiệm", "acting": "Phụ trách, quyền", "secondment": "Biệt phái"},
    "condition": {
        "good": "Tốt",
        "usable": "Còn sử dụng được",
        "damaged": "Hư hỏng",
        "unusable": "Không sử dụng được",
    },
    "finding": {
        "matching": "Khớp",
        "surplus": "Thừa",
        "missing": "Thiếu",
        "wrong": "Sai thông tin",
        "pending": "Chờ xử lý",
    },
    "change": {
        "registered": "Ghi tăng",
        "corrected": "Đính chính",
        "upgraded": "Nâng cấp, mở rộng",
        "revalued": "Điều chỉnh nguyên giá",
        "worn": "Tính hao mòn",
        "handed_over": "Điều chuyển, bàn giao",
        "disposed": "Ghi giảm",
    },
    "gone_by": {
        "sale": "Bán",
        "demolition": "Phá dỡ",
        "destruction": "Hủy",
        "loss": "Xử lý mất, hủy hoại",
    },
    "car_use": {
        "titled": "Xe phục vụ chức danh",
        "general": "Xe phục vụ công tác chung",
        "specialised": "Xe chuyên dùng",
    },
    "instead": {
        "hired_car": "Thuê xe ngoài",
        "lump_sum": "Khoán kinh phí sử dụng xe",
        "another_time": "Chọn thời gian khác",
        "own_means": "Tự túc phương tiện",
    },
    "upkeep": {
        "repair": "Sửa chữa",
        "maintenance": "Bảo dưỡng",
        "insurance": "Bảo hiểm",
        "inspection": "Đăng kiểm, kiểm định",
    },
}
"""Coded values as the forms say them, where the registers have no words of their own for them."""


def number(value: int | None) -> str:
    """Return whole units or đồng with points between thousands, such as 1.234.567; nothing for None."""
    return "" if value is None else f"{value:,}".replace(",", ".")


def difference(value: int) -> str:
    """Return a difference: nothing for 0, else with its sign before it when it is negative."""
    return number(value) if value else ""


def litres(centilitres: int | None) -> str:
    """Return hundredths of a litre as litres with a decimal comma: 4550 is 45,50; nothing for None."""
    if centilitres is None:
        return ""
    whole, rest = divmod(abs(centilitres), 100)
    return f"{'-' if centilitres < 0 else ''}{number(whole)},{rest:02d}"


def percent(value: float | None) -> str:
    """Return a percentage with a decimal comma and no idle zeros: 12.5 is 12,5."""
    return "" if value is None else f"{value:.2f}".rstrip("0").rstrip(".").replace(".", ",")


def day(value: date | None) -> str:
    """Return a day as dd/mm/yyyy; nothing for None."""
    return "" if value is None else f"{value:%d/%m/%Y}"


def day_in_words(value: date | None) -> str:
    """Return `ngày 01 tháng 01 năm 2027`, or dots to be filled in by hand."""
    return "ngày …… tháng …… năm ………" if value is None else f"ngày {value:%d} tháng {value:%m} năm {value.year}"


def moment(value: datetime | None) -> str:
    """Return a moment as the office's clock has it, such as `07 giờ 30, ngày 25/11/2026`; dots for None."""
    if value is None:
        return "…… giờ ……, ngày ……/……/………"
    here = value.astimezone(HANOI)
    return f"{here:%H} giờ {here:%M}, ngày {here:%d/%m/%Y}"


def hour_and_day(value: datetime | None) -> str:
    """Return a moment for a narrow column, such as `07:30 25/11/2026`; nothing for None."""
    return "" if value is None else f"{value.astimezone(HANOI):%H:%M %d/%m/%Y}"


def month_in_words(month: str) -> str:
    """Return a month such as 2026-11 as `tháng 11 năm 2026`."""
    year, _, of_year = month.partition("-")
    return f"tháng {of_year} năm {year}"


def said(field: str, code: str | None) -> str:
    """Return a coded value of a field as papers say it; the code itself while it has no words."""
    if code is None:
        return ""
    return WORDS.get((field, code)) or _CODES.get(field, {}).get(code, code)


def or_dots(text: str | None) -> str:
    """Return the text, or dots to be filled in by hand."""
    return text or DOTS
