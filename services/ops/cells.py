"""What people write in cells of spreadsheets: days, amounts and coded words, as commands take them."""

import re
from collections.abc import Mapping
from datetime import datetime

from contracts.base import FieldProblem
from services.runtime.text import fold

_GROUPED = re.compile(r"^-?\d{1,3}(?:([.,\s])\d{3})(?:\1\d{3})*$")
_CURRENCY = re.compile(r"\s*(?:đồng|đ|vnđ|vnd)\.?$", re.IGNORECASE)
_DECIMALS = re.compile(r"[.,]0+$")
_QUOTED = re.compile(r"'([a-z_]+)'")
_DAY = (
    "Phải là ngày có thật, dạng ngày/tháng/năm, ví dụ 22/11/2026.",
    "It must be a real date as day/month/year, such as 22/11/2026.",
)
_NUMBER = ("Phải là số nguyên, ví dụ 15.500.000.", "It must be a whole number, such as 15.500.000.")
_SAID = {
    "good": "Tốt",
    "usable": "Còn sử dụng được",
    "damaged": "Hư hỏng",
    "unusable": "Không sử dụng được",
    "purchase": "Mua sắm",
    "construction": "Đầu tư xây dựng",
    "allocation": "Giao, điều chuyển",
    "gift": "Tặng cho",
    "surplus": "Kiểm kê thừa",
    "joint_venture": "Liên doanh",
    "lease_purchase": "Thuê mua",
    "civil_servant": "Cán bộ, công chức",
    "public_employee": "Viên chức",
    "contract": "Lao động hợp đồng",
    "main": "Chính thức",
    "concurrent": "Kiêm nhiệm",
    "acting": "Phụ trách",
    "secondment": "Biệt phái",
}


def iso_date(text: str) -> str:
    """Return a day written as 31/12/2026, 31-12-2026 or 31.12.2026 as 2026-12-31; anything else as it is."""
    for form in ("%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y"):
        try:
            return datetime.strptime(text, form).date().isoformat()
        except ValueError:
            continue
    return text


def amount(text: str) -> str:
    """Return an amount of đồng such as `1.234.567 đ` as its digits; anything else as it is, to be refused as it stands.

    A part of a đồng other than zero is no amount of đồng and stays.
    """
    bare = _CURRENCY.sub("", text.replace("\xa0", " ")).strip()
    if _GROUPED.match(bare):
        return re.sub(r"[.,\s]", "", bare)
    whole = _DECIMALS.sub("", bare)
    return whole if whole.isdigit() else text


def coded(text: str, words: Mapping[str, str]) -> str:
    """Return the code of what the office says, whatever its accents and capitals; anything else as it is."""
    return words.get(fold(text), text)


def in_a_cell(problem: FieldProblem) -> FieldProblem:
    """Return a problem as whoever fills in cells knows it: days, numbers and words as people write them there."""
    if problem.code.startswith("date_"):
        vi, en = _DAY
    elif problem.code == "int_parsing":
        vi, en = _NUMBER
    elif problem.code == "literal_error":
        vi, en = (
            _QUOTED.sub(lambda code: f"«{_SAID.get(code[1], code[1])}»", problem.vi).replace(" or ", ", "),
            problem.en,
        )
    else:
        return problem
    return problem.model_copy(update={"vi": vi, "en": en})
