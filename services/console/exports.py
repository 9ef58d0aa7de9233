"""Registers as files: every row of a list query, complete or not at all."""

import asyncio
import contextlib
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from typing import IO, Any

from contracts.base import Page, Refusal, Rejected, Row
from services.console.refusals import Stop
from services.console.sheets import CsvSheet, Sheet, XlsxSheet, cells, columns
from services.console.surface import QueryOffer
from services.console.wording import vietnamese
from services.runtime.problems import problem

PAGE_ROWS = 1000
MOST_ROWS = 200_000
MEDIA_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
TOO_LONG = Refusal(
    "export-too-long",
    "Kết quả vượt quá {limit} dòng nên không kết xuất được; đề nghị thu hẹp điều kiện lọc (năm, sổ, khoảng ngày).",
    "There are more than {limit} rows, too many for one export; narrow the filters (year, book, range of days).",
)
_CHUNK_BYTES = 256 * 1024
Ask = Callable[[str | None], Awaitable[Any]]


async def write(offer: QueryOffer, kind: str, page: Ask) -> IO[bytes]:
    """Return a file with every row, page by page; raise Stop with the first reply that is not a page, or when too long.

    `page(cursor)` returns the query's answer at a cursor. The sheet is written in a
    thread, so that others are served meanwhile.
    """
    row = offer.row
    assert row is not None
    title, headers, decode = vietnamese(offer).upper(), columns(row), Page[row].model_validate  # type: ignore[valid-type]
    with contextlib.ExitStack() as kept:
        file = kept.enter_context(tempfile.TemporaryFile())
        sheet: Sheet = CsvSheet(file, title, headers) if kind == "csv" else XlsxSheet(title, headers)
        kept.callback(_abandon, sheet)
        cursor, count = None, 0
        while True:
            answer = decode(await page(cursor))
            count += len(answer.rows)
            if count > MOST_ROWS:
                raise Stop(problem(Rejected, TOO_LONG, limit=f"{MOST_ROWS:,}"))
            await asyncio.to_thread(_add, sheet, answer.rows)
            cursor = answer.next_cursor
            if cursor is None:
                break
        await asyncio.to_thread(sheet.finish, file)
        kept.pop_all()
    file.seek(0)
    return file


def _add(sheet: Sheet, rows: Sequence[Row]) -> None:
    sheet.add([cells(row) for row in rows])


def _abandon(sheet: Sheet) -> None:
    """Finish an unwanted sheet into nowhere, so that openpyxl removes its own temporary file."""
    with tempfile.TemporaryFile() as nowhere:
        sheet.finish(nowhere)


async def stream(file: IO[bytes]) -> AsyncIterator[bytes]:
    """Yield a finished file in pieces and close it."""
    try:
        pieces: Iterator[bytes] = iter(lambda: file.read(_CHUNK_BYTES), b"")
        for piece in pieces:
            yield piece
    finally:
        file.close()
