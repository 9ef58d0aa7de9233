"""Sheets of rows in their legal columns: XLSX and CSV, in which no text can ever become a formula."""

import csv
import io
from collections.abc import Sequence
from datetime import date, datetime
from functools import cache
from typing import IO, Any, NamedTuple, Protocol
from zoneinfo import ZoneInfo

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from contracts.base import Row
from services.console.surface import column_number
from services.console.wording import WORDS

_OFFICE = ZoneInfo("Asia/Ho_Chi_Minh")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
Cell = str | int | float | date | None


class Column(NamedTuple):
    """One legal column: title, the row's fields that stand in it, width in characters, whether it holds days."""

    title: str
    fields: tuple[str, ...]
    width: int
    dated: bool


@cache
def columns(row: type[Row]) -> tuple[Column, ...]:
    """Return the row's legal columns in order; fields of one number share a column."""
    fields: dict[int, list[str]] = {}
    for name, field in row.model_fields.items():
        number = column_number(field)
        if number is not None:
            fields.setdefault(number, []).append(name)
    return tuple(
        Column(str(row.model_fields[names[0]].title), tuple(names), *_shape(row, names))
        for _, names in sorted(fields.items())
    )


def _shape(row: type[Row], names: Sequence[str]) -> tuple[int, bool]:
    if len(names) > 1:
        return 60, False
    kind = str(row.model_fields[names[0]].annotation)
    return (13, True) if "date" in kind else (10, False) if "int" in kind else (26, False)


def cells(row: Row) -> list[Cell]:
    """Return a row's cells: days as dates, numbers as numbers, everything else as text."""
    return [
        _value(row, column.fields[0])
        if len(column.fields) == 1
        else " ".join(text for name in column.fields if (text := _text(_value(row, name))))
        for column in columns(type(row))
    ]


def _value(row: Row, name: str) -> Cell:
    value = getattr(row, name)
    if isinstance(value, datetime):
        return value.astimezone(_OFFICE).strftime("%d/%m/%Y %H:%M")
    if isinstance(value, bool):
        return "Có" if value else "Không"
    if value is None or isinstance(value, int | float | date):
        return value
    if isinstance(value, tuple):
        return ", ".join(str(part) for part in value)
    return WORDS.get((name, value), str(value))


def _text(cell: Cell) -> str:
    if isinstance(cell, date):
        return f"{cell:%d/%m/%Y}"
    return "" if cell is None else str(cell)


class Sheet(Protocol):
    """A file that takes rows of cells and is whole only when finished."""

    def add(self, rows: Sequence[list[Cell]]) -> None:
        """Append rows."""

    def finish(self, file: IO[bytes]) -> None:
        """Write what is still missing; the file is then complete."""


class CsvSheet:
    """Comma-separated values in UTF-8 with a byte order mark; no cell can start a formula."""

    def __init__(self, file: IO[bytes], title: str, headers: Sequence[Column]) -> None:
        self._file = file
        file.write(b"\xef\xbb\xbf")
        self.add([[title], [column.title for column in headers]])

    def add(self, rows: Sequence[list[Cell]]) -> None:
        """Append rows."""
        text = io.StringIO(newline="")
        csv.writer(text).writerows([_defused(cell) for cell in row] for row in rows)
        self._file.write(text.getvalue().encode())

    def finish(self, file: IO[bytes]) -> None:
        """Nothing is missing: every row is already in the file."""


def _defused(cell: Cell) -> str | int | float:
    shown = cell if isinstance(cell, int | float) else _text(cell)
    return f"'{shown}" if isinstance(shown, str) and shown.startswith(_FORMULA) else shown


class XlsxSheet:
    """A workbook of one sheet: title, frozen headings, wrapped text; text is never taken for a formula."""

    def __init__(self, title: str, headers: Sequence[Column]) -> None:
        self._book = Workbook(write_only=True)
        self._sheet = self._book.create_sheet(title[:31])
        self._sheet.freeze_panes = "A3"
        self._sheet.print_title_rows = "2:2"
        self._sheet.page_setup.orientation = "landscape"
        for place, column in enumerate(headers, 1):
            self._sheet.column_dimensions[get_column_letter(place)].width = column.width
        self._sheet.append([self._styled(title, Font(bold=True, size=14))])
        self._sheet.append([self._styled(column.title, Font(bold=True)) for column in headers])
        # A style costs far more than a value: each column keeps one cell, written anew for every row.
        self._row = [self._styled(None, None, column.dated) for column in headers]

    def add(self, rows: Sequence[list[Cell]]) -> None:
        """Append rows."""
        for row in rows:
            for cell, value in zip(self._row, row, strict=True):
                _put(cell, value)
            self._sheet.append(self._row)

    def finish(self, file: IO[bytes]) -> None:
        """Write the workbook."""
        self._book.save(file)

    def _styled(self, value: Cell, font: Font | None, dated: bool = False) -> Any:
        cell = WriteOnlyCell(self._sheet)
        if font:
            cell.font = font
        else:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
        if dated:
            cell.number_format = "dd/mm/yyyy"
        _put(cell, value)
        return cell


def _put(cell: Any, value: Cell) -> None:
    if isinstance(value, str):
        cell.value = ILLEGAL_CHARACTERS_RE.sub(" ", value)
        cell.data_type = "s"
    else:
        cell.value = value
