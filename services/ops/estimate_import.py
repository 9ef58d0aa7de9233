"""Importing estimates: rows of lines under Vietnamese titles into one assignment for each board and decision."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pydantic import ValidationError

from contracts.base import FieldProblem
from contracts.finance import AssignEstimate, LineChange
from services.ops.cells import amount, coded, in_a_cell, iso_date
from services.ops.row_import import RowImport, RowRefused, Verdict
from services.ops.sheets import SheetRow
from services.runtime.problems import explain
from services.runtime.text import fold

SUBJECT = "command.finance.assign-estimate"
_FIELDS: dict[str, tuple[str, ...]] = {
    "year": ("year", "Năm ngân sách", "Năm"),
    "board": ("board", "Đơn vị", "Mã đơn vị", "Ký hiệu đơn vị"),
    "line": ("line", "Dòng dự toán"),
    "source": ("source", "Nguồn", "Mã nguồn"),
    "chapter": ("chapter", "Chương"),
    "clause": ("clause", "Khoản", "Mã ngành kinh tế"),
    "item": ("item", "Mục", "Mục, tiểu mục"),
    "amount_vnd": ("amount_vnd", "Số tiền (đồng)", "Số tiền", "Dự toán giao"),
    "kind": ("kind", "Loại giao", "Loại"),
    "decision_number": ("decision_number", "Số quyết định"),
    "decided_on": ("decided_on", "Ngày quyết định"),
    "note": ("note", "Ghi chú"),
    "_told": ("Nội dung", "Tên đơn vị"),
    "_place": ("STT", "Số TT", "Số thứ tự"),
    "_verdict": ("Kết quả nhập", "Result"),
    "_code": ("Mã lỗi", "Code"),
    "_reason": ("Lý do và cách sửa", "Reason"),
}
TITLES = {fold(title): name for name, titles in _FIELDS.items() for title in titles}
"""Field names by folded column title; those that start with _ are read past."""
SHOWN = {name: titles[min(1, len(titles) - 1)] for name, titles in _FIELDS.items()}
"""The Vietnamese title of each field."""
REQUIRED = ("board", "amount_vnd", "decision_number", "decided_on")
_WORDS: Mapping[str, Mapping[str, str]] = {
    "kind": {
        "giao dau nam": "initial",
        "dau nam": "initial",
        "bo sung": "supplement",
        "dieu chinh": "adjustment",
        "chuyen nguon": "carried_over",
        "nam truoc chuyen sang": "carried_over",
    },
    "source": {
        "tu chu": "tu-chu",
        "giao tu chu": "tu-chu",
        "khong tu chu": "khong-tu-chu",
        "khong giao tu chu": "khong-tu-chu",
        "dang phi": "dang-phi",
        "thu khac": "thu-khac",
        "chi ho": "chi-ho",
    },
}
_PARTS = ("source", "chapter", "clause", "item")
_LARGEST = 300
_AMOUNT = "amount_vnd"


@dataclass(frozen=True)
class Assigning:
    """What all rows of a file share: the year of rows that name none."""

    year: int

    def command(self, rows: Sequence[SheetRow]) -> AssignEstimate:
        """Return the assignment that rows of one board and decision make; raise RowRefused or ValidationError."""
        first = self._read(rows[0])
        notes = [row.cells["note"] for row in rows if "note" in row.cells]
        fields: dict[str, Any] = {
            "year": first["year"],
            "kind": first.get("kind", "initial"),
            "lines": tuple(self._change(row) for row in rows),
            **{name: first[name] for name in ("board", "decision_number", "decided_on") if name in first},
            **({"note": "; ".join(dict.fromkeys(notes))[:1000]} if notes else {}),
        }
        return AssignEstimate.model_validate(fields)

    def decision(self, row: SheetRow) -> tuple[str, ...]:
        """Return what rows share that are assigned together: board, year, kind and decision."""
        cells = self._read(row)
        return tuple(cells.get(name, "") for name in ("board", "year", "kind", "decision_number", "decided_on"))

    def _read(self, row: SheetRow) -> dict[str, str]:
        cells = {name: text for name, text in row.cells.items() if not name.startswith("_")}
        cells |= {name: coded(cells[name], words) for name, words in _WORDS.items() if name in cells}
        cells |= {"decided_on": iso_date(cells["decided_on"])} if "decided_on" in cells else {}
        cells |= {_AMOUNT: amount(cells[_AMOUNT])} if _AMOUNT in cells else {}
        return {"year": str(self.year), **cells}

    def _change(self, row: SheetRow) -> LineChange:
        cells = self._read(row)
        amounts = {_AMOUNT: cells[_AMOUNT]} if _AMOUNT in cells else {}
        return LineChange.model_validate_strings({"line": self._line(cells), **amounts})

    def _line(self, cells: Mapping[str, str]) -> str:
        if "line" in cells:
            return cells["line"]
        missing = [name for name in _PARTS if name not in cells]
        if missing:
            titles = ", ".join(SHOWN[name] for name in missing)
            vi = f"Dòng phải ghi Dòng dự toán, hoặc đủ Nguồn, Chương, Khoản, Mục; còn thiếu {titles}."
            en = f"A row names its line, or source, chapter, clause and item; {titles} are missing."
            raise RowRefused(*(FieldProblem(field=name, code="missing", vi=vi, en=en) for name in missing))
        # A spreadsheet takes 085 for a number.
        return f"{cells['source']}.{cells['chapter'].zfill(3)}.{cells['clause'].zfill(3)}.{cells['item']}"


async def import_estimates(
    importing: RowImport, rows: Sequence[SheetRow], assigning: Assigning, advance: Callable[[], None]
) -> list[Verdict]:
    """Say one assignment for each board and decision; return one verdict a row.

    A decision with a row that cannot be read is not assigned at all: half an estimate is none. More than 300 lines of a
    decision go in several assignments.
    """
    groups = _grouped(rows, assigning)
    faults = {row.number: fault for row in rows if (fault := _fault(assigning, row)) is not None}
    found: dict[int, Verdict] = {}
    sent: dict[int, Sequence[SheetRow]] = {}
    for group in groups:
        if any(row.number in faults for row in group):
            found |= {row.number: Verdict(row.number, "invalid", problems=_told(faults, row)) for row in group}
        else:
            sent[group[0].number] = group
    verdicts = await importing.run(
        [group[0] for group in sent.values()], lambda row: assigning.command(sent[row.number]), advance
    )
    for verdict in verdicts:
        found |= {row.number: replace(verdict, row=row.number) for row in sent[verdict.row]}
    return [found[row.number] for row in rows]


def _grouped(rows: Sequence[SheetRow], assigning: Assigning) -> list[list[SheetRow]]:
    groups: dict[tuple[str, ...], list[SheetRow]] = {}
    for row in rows:
        groups.setdefault(assigning.decision(row), []).append(row)
    return [group[start : start + _LARGEST] for group in groups.values() for start in range(0, len(group), _LARGEST)]


def _fault(assigning: Assigning, row: SheetRow) -> tuple[FieldProblem, ...] | None:
    """Return what is wrong with a row by itself."""
    try:
        assigning.command((row,))
    except RowRefused as refused:
        return refused.problems
    except ValidationError as error:
        return tuple(_in_its_column(in_a_cell(one)) for one in explain(error, skip=0).fields)
    return None


def _in_its_column(problem: FieldProblem) -> FieldProblem:
    return problem.model_copy(update={"field": problem.field.rsplit(".", 1)[-1]})


def _told(faults: Mapping[int, tuple[FieldProblem, ...]], row: SheetRow) -> tuple[dict[str, str], ...]:
    if row.number in faults:
        return tuple(problem.model_dump() for problem in faults[row.number])
    others = ", ".join(str(number) for number in faults)
    vi = f"Quyết định này có dòng chưa đúng (dòng {others}); cả quyết định chưa được nhập."
    en = f"Rows of this decision are wrong (rows {others}); none of it was assigned."
    return (FieldProblem(field="", code="decision-not-whole", vi=vi, en=en).model_dump(),)
