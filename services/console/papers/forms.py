"""The numbers of prescribed forms and what prescribes them, as of a day."""

import csv
from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple

_TABLE = Path(__file__).with_name("forms.csv")


class Form(NamedTuple):
    """A prescribed form: its number, and the circular it comes from."""

    code: str
    basis: str


class _Dated(NamedTuple):
    form: Form
    first: date
    last: date | None


def form(name: str, on: date) -> Form:
    """Return a form as prescribed on a day; before the first circular known, the first one's; KeyError for no form."""
    known = _table()[name]
    fitting = [row.form for row in known if row.first <= on and (row.last is None or on <= row.last)]
    return fitting[0] if fitting else known[0].form


@cache
def _table() -> dict[str, list[_Dated]]:
    found: dict[str, list[_Dated]] = {}
    with _TABLE.open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            last = date.fromisoformat(row["effective_to"]) if row["effective_to"] else None
            dated = _Dated(Form(row["code"], row["basis"]), date.fromisoformat(row["effective_from"]), last)
            found.setdefault(row["form"], []).append(dated)
    return found
