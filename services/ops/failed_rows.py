"""The rows of a file that were not taken, as a file to be corrected and imported again."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font

from services.ops.language import in_language
from services.ops.row_import import Verdict
from services.ops.sheets import SheetRow

TAKEN = ("accepted", "already")
_ADDED = ("Kết quả nhập", "Mã lỗi", "Lý do và cách sửa")
_OUTCOMES = {
    "accepted": ("đã ghi", "registered"),
    "already": ("đã có", "there already"),
    "rejected": ("từ chối", "refused"),
    "invalid": ("chưa đúng", "wrong"),
    "failed": ("chưa ghi", "not recorded"),
}


def beside(file: Path) -> Path:
    """Return where the rows that were not taken are written: beside the file, in its format."""
    ending = ".csv" if file.suffix.lower() == ".csv" else ".xlsx"
    return file.with_name(f"{file.stem}-chua-nhap{ending}")


def write(path: Path, titles: dict[str, str], rows: Sequence[SheetRow], verdicts: Sequence[Verdict]) -> int:
    """Write the rows that were not taken, under the titles of their fields and with what to correct; return how many.

    Nothing is written where every row was taken. Raises OSError.
    """
    failed = [(row, one) for row, one in zip(rows, verdicts, strict=True) if one.outcome not in TAKEN]
    if not failed:
        return 0
    used = [name for name in titles if any(name in row.cells for row, _ in failed) and not name.startswith("_")]
    lines = [[*(titles[name] for name in used), *_ADDED], *_lines(used, failed, titles)]
    path.write_bytes(_csv(lines) if path.suffix == ".csv" else _xlsx(lines))
    return len(failed)


def _lines(
    used: Sequence[str], failed: Sequence[tuple[SheetRow, Verdict]], titles: Mapping[str, str]
) -> Iterator[list[str]]:
    for row, verdict in failed:
        codes = ", ".join(problem["code"] for problem in verdict.problems)
        yield [*(row.cells.get(name, "") for name in used), outcome(verdict), codes, what_to_do(verdict, titles)]


def outcome(verdict: Verdict) -> str:
    """Return what became of a row, in the reader's language."""
    vi, en = _OUTCOMES[verdict.outcome]
    return in_language(vi=vi, en=en)


def what_to_do(verdict: Verdict, titles: Mapping[str, str]) -> str:
    """Return what is wrong with a row under which column's title and what to do, in the reader's language."""
    return " ".join(
        f"{_column(one.get('field', ''), titles)}{in_language(vi=one['vi'], en=one['en'])}"
        for one in (*verdict.problems, *verdict.notices)
    )


def _column(field: str, titles: Mapping[str, str]) -> str:
    title = titles.get(field) or titles.get(field.rpartition(".")[2])
    return f"{title}: " if title else ""


def _csv(lines: Sequence[Sequence[str]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(lines)
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def _xlsx(lines: Sequence[Sequence[str]]) -> bytes:
    book = Workbook()
    sheet: Any = book.active
    for place, line in enumerate(lines, 1):
        for column, text in enumerate(line, 1):
            cell = sheet.cell(place, column, ILLEGAL_CHARACTERS_RE.sub(" ", text))
            cell.data_type = "s"
            cell.font = Font(bold=place == 1)
    sheet.freeze_panes = "A2"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
