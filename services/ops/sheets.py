"""Reading registers from CSV and XLSX: bytes in, named cells out, one clear sentence when a file is no good."""

import csv
import io
import itertools
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from services.ops.language import in_language
from services.runtime.text import fold

LARGEST_BYTES = 200 * 1024 * 1024
LARGEST_ROWS = 500_000
_LONGEST_CELL = 100_000
_LINES_ABOVE_TITLES = 10
"""Registers carry their own title above the columns' titles; these are looked for so far down."""


class BadFile(Exception):
    """A file cannot be read as a register; the message says why and what to do, in the reader's language."""

    def __init__(self, vi: str, en: str) -> None:
        super().__init__(in_language(vi=vi, en=en))


@dataclass(frozen=True)
class SheetRow:
    """One row: its number as the file counts it, and its cells by field name, empty ones left out."""

    number: int
    cells: Mapping[str, str]


def read_bytes(path: Path) -> bytes:
    """Return a file's bytes; raise BadFile when it is missing, unreadable, empty or too large."""
    try:
        size = path.stat().st_size
        if size > LARGEST_BYTES:
            limit = LARGEST_BYTES // 1024 // 1024
            raise BadFile(
                f"Tệp {path} lớn hơn {limit} MB; đề nghị chia thành nhiều tệp.",
                f"File {path} is larger than {limit} MB; split it into several files.",
            )
        content = path.read_bytes()
    except OSError as error:
        raise BadFile(
            f"Không đọc được tệp {path}: {error.strerror}.", f"Cannot read {path}: {error.strerror}."
        ) from None
    if not content.strip():
        raise BadFile(f"Tệp {path} trống.", f"File {path} is empty.")
    return content


def read_rows(name: str, content: bytes, titles: Mapping[str, str]) -> list[SheetRow]:
    """Return the rows of a CSV or XLSX file; `titles` maps folded column titles to field names.

    The columns' titles are the first line that has two of them, within the first lines of the file.

    Raises BadFile for a broken file, a wrong encoding, an unknown or doubled column, or too many rows.
    """
    if content.startswith(b"PK"):
        lines = _xlsx(name, content)
    elif name.lower().endswith((".xlsx", ".xlsm", ".xls")):
        raise BadFile(
            f"Tệp {name} không phải XLSX hợp lệ (hỏng hoặc là XLS cũ); đề nghị lưu lại dạng XLSX hoặc CSV UTF-8.",
            f"File {name} is not a valid XLSX (broken, or an old XLS); save it again as XLSX or as CSV UTF-8.",
        )
    else:
        lines = _csv(name, content)
    return list(_named(name, lines, titles))


def _csv(name: str, content: bytes) -> Iterator[Sequence[str]]:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in content[:4096]:
        raise BadFile(
            f"Tệp {name} không ở bảng mã UTF-8 (có vẻ là UTF-16 hoặc tệp nhị phân); đề nghị lưu lại dạng CSV UTF-8.",
            f"File {name} is not UTF-8 (it looks like UTF-16 or a binary file); save it again as CSV UTF-8.",
        )
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise BadFile(
            f"Tệp {name} không ở bảng mã UTF-8 (dòng {line}); đề nghị lưu lại dạng CSV UTF-8.",
            f"File {name} is not UTF-8 (line {line}); save it again as CSV UTF-8.",
        ) from None
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    csv.field_size_limit(_LONGEST_CELL)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    except csv.Error as error:
        raise BadFile(
            f"Tệp {name} sai cấu trúc CSV: {error}.", f"File {name} is not well-formed CSV: {error}."
        ) from None


def _xlsx(name: str, content: bytes) -> Iterator[Sequence[str]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(part.file_size for part in archive.infolist()) > 10 * LARGEST_BYTES:
                raise BadFile(f"Tệp {name} quá lớn khi giải nén.", f"File {name} is too large when unpacked.")
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        for row in sheet.iter_rows(values_only=True):
            yield [_cell(value) for value in row]
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, IndexError, OSError, SyntaxError) as error:
        raise BadFile(
            f"Tệp {name} bị hỏng hoặc không phải XLSX: {error}.", f"File {name} is broken or no XLSX: {error}."
        ) from None


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat() if not (value.hour or value.minute or value.second) else value.isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _named(name: str, lines: Iterable[Sequence[str]], titles: Mapping[str, str]) -> Iterator[SheetRow]:
    numbered = ((number, line) for number, line in enumerate(lines, 1) if any(cell.strip() for cell in line))
    opening = list(itertools.islice(numbered, _LINES_ABOVE_TITLES))
    place = next((at for at, (_, line) in enumerate(opening) if _known(line, titles) > 1), 0)
    header = opening[place][1] if opening else ()
    fields = _fields(name, header, titles)
    for count, (number, line) in enumerate(itertools.chain(opening[place + 1 :], numbered), 1):
        if count > LARGEST_ROWS:
            raise BadFile(
                f"Tệp {name} có hơn {LARGEST_ROWS:,} dòng.", f"File {name} has more than {LARGEST_ROWS:,} rows."
            )
        cells = {field: cell.strip() for field, cell in zip(fields, line, strict=False) if cell.strip()}
        if any(cell.strip() for cell in line[len(fields) :]):
            cells["?"] = str(len(line))
        yield SheetRow(number, cells)


def _known(line: Sequence[str], titles: Mapping[str, str]) -> int:
    return sum(fold(title) in titles for title in line)


def _fields(name: str, header: Sequence[str], titles: Mapping[str, str]) -> list[str]:
    fields = [titles.get(fold(title), "") for title in header]
    unknown = [title for title, field in zip(header, fields, strict=True) if not field]
    if unknown:
        known = ", ".join(dict.fromkeys(titles.values()))
        raise BadFile(
            f"Tệp {name} có cột không rõ: {', '.join(map(repr, unknown))}. Các cột nhận biết được: {known}.",
            f"File {name} has columns that are not known: {', '.join(map(repr, unknown))}. The known ones: {known}.",
        )
    doubled = [field for field in dict.fromkeys(fields) if fields.count(field) > 1]
    if doubled:
        raise BadFile(
            f"Tệp {name} có hai cột cho {', '.join(doubled)}.", f"File {name} has two columns for {', '.join(doubled)}."
        )
    return fields
