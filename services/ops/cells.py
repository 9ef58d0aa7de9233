"""What people write in cells of spreadsheets: days, amounts and coded words, as commands take them."""

import re
from collections.abc import Mapping
from datetime import datetime

from services.runtime.text import fold

_GROUPED = re.compile(r"^-?\d{1,3}(?:([.,\s])\d{3})(?:\1\d{3})*$")
_CURRENCY = re.compile(r"\s*(?:đồng|đ|vnđ|vnd)\.?$", re.IGNORECASE)
_DECIMALS = re.compile(r"[.,]0+$")


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
