"""Asking finance for a year's books, as the one who asks for the journal, and writing them to a file."""

import asyncio
import calendar
import contextlib
import tempfile
from datetime import date
from typing import IO, Annotated

from pydantic import Field

from contracts.base import OrganCode, Page, Query, Rejected
from contracts.finance import JournalRow, ListJournal, ListTrialBalance, TrialBalanceRow
from services.console.journals.books import BOOKS_MOVED, Books, BooksMoved, books
from services.console.journals.writing import Format, Writing
from services.console.papers.reading import Reader, Send
from services.console.refusals import Stop
from services.runtime.problems import problem

PAGE_ENTRIES = 500
"""Entries on a page; a page of entries of ordinary length is some 500 kB, and one may be as long as 2,000 lines."""
MOST_PLACES = 200_000
_TRIES = 3


class AskJournal(Query):
    """The books of a year, of one board or of all that the asker may see, for a ledger in plain text."""

    year: Annotated[int, Field(ge=2000, le=2099)]
    board: OrganCode | None = None


async def write(send: Send, asked: AskJournal, format: Format) -> IO[bytes]:
    """Return a file with the year's journal; raise Stop with the first reply that is no answer.

    What was written adds up to the trial balance of every month, board by board. Where somebody posted meanwhile it is
    written again; raises Stop when that does not help. The text is written in a thread, so that others are served.
    """
    for _ in range(_TRIES):
        with contextlib.suppress(BooksMoved):
            return await _written(Reader(send, asked, format, MOST_PLACES), asked, format)
    raise Stop(problem(Rejected, BOOKS_MOVED))


async def _written(reader: Reader, asked: AskJournal, format: Format) -> IO[bytes]:
    writing = Writing(await collected(reader, asked), format)
    with contextlib.ExitStack() as kept:
        file = kept.enter_context(tempfile.TemporaryFile())
        cursor: str | None = None
        while True:
            page = await reader.one(_page(asked, cursor), Page[JournalRow])
            text = await asyncio.to_thread(writing.add, page.rows)
            file.write(text.encode())
            cursor = page.next_cursor
            if cursor is None:
                break
        file.write(writing.finish().encode())
        kept.pop_all()
    file.seek(0)
    return file


def _page(asked: AskJournal, cursor: str | None) -> ListJournal:
    first, last = date(asked.year, 1, 1), date(asked.year, 12, 31)
    return ListJournal(on_from=first, on_to=last, board=asked.board, limit=PAGE_ENTRIES, cursor=cursor)


async def collected(reader: Reader, asked: AskJournal) -> Books:
    """Return a year's books without its entries, from the trial balances of its months."""
    months = []
    for month in range(1, 13):
        last = date(asked.year, month, calendar.monthrange(asked.year, month)[1])
        query = ListTrialBalance(on_from=last.replace(day=1), on_to=last, board=asked.board, by="board")
        months.append((last, await reader.every(query, TrialBalanceRow)))
    return books(asked.year, asked.board, months)
