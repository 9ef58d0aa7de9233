"""By how much did the accounts move in each year, in each month and on each day?"""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from contracts import finance as words_of
from contracts.finance import EntryLine
from services.runtime.envelope import Fact, event_types
from services.runtime.read_model import ReadModel, RowValues

CLOSING = "c"
"""Ends the key of what the entry that closes a year moved."""
_LISTS = {
    "keys": "text[] NOT NULL",
    "debits": "bigint[] NOT NULL",
    "credits": "bigint[] NOT NULL",
    "counts": "bigint[] NOT NULL",
}
_PLACES = "places"


def by_item(account: str) -> bool:
    """Tell whether sums of an account are kept by item: those of expense, and off the balance."""
    return account[0] in "06"


def _key(line: EntryLine, closing: bool) -> str | None:
    return f"{line.account}|{line.board}|{line.source or ''}||{CLOSING if closing else ''}"


def _item_key(line: EntryLine, closing: bool) -> str | None:
    if not by_item(line.account):
        return None
    return f"{line.account}|{line.board}|{line.source or ''}|{line.item or ''}|{CLOSING if closing else ''}"


def _project(
    row: RowValues | None, event: words_of.EntryPosted, span: str, key_of: Callable[..., str | None]
) -> RowValues | None:
    """Return the row of a span with an entry's lines added.

    Where each key stands goes along beside the columns, so that a row of many keys is not searched for each fact;
    a row that comes from the table has it made anew.
    """
    lists = {name: list(row[name]) if row else [] for name in _LISTS}
    places: dict[str, int] | None = row.get(_PLACES) if row else None
    if places is None or len(places) != len(lists["keys"]):
        places = {key: place for place, key in enumerate(lists["keys"])}
    for line in event.lines:
        key = key_of(line, event.closing)
        if key is None:
            continue
        place = places.get(key)
        if place is None:
            place = places[key] = len(places)
            for name, first in zip(_LISTS, (key, 0, 0, 0), strict=True):
                lists[name].append(first)
        lists["debits" if line.side == "debit" else "credits"][place] += line.amount_vnd
        lists["counts"][place] += 1
    return {"span": span, **lists, _PLACES: places} if places else None


def _sums(name: str, span: Callable[[date], str], key_of: Callable[..., str | None]) -> ReadModel:
    def posted(fact: Fact) -> words_of.EntryPosted:
        assert isinstance(fact.event, words_of.EntryPosted)
        return fact.event

    return ReadModel(
        name=name,
        version=1,
        key_column="part",
        columns={"span": "text NOT NULL", **_LISTS},
        indexes=("(span)",),
        events=event_types("finance", (words_of.EntryPosted,)),
        key=lambda fact: f"{span(posted(fact).on)}|{posted(fact).lines[0].board}",
        project=lambda row, fact: _project(row, posted(fact), span(posted(fact).on), key_of),
    )


def year_key(day: date) -> str:
    """Return the key of a day's year, such as 2027."""
    return f"{day.year:04d}"


def month_key(day: date) -> str:
    """Return the key of a day's month, such as 2027-03."""
    return f"{day:%Y-%m}"


class Sums(NamedTuple):
    """Three tables of one shape, for years, months and days: a row's lists go together, one place for each key.

    A span has a row for each board that an entry begins with, so that rows stay short and are written fast.
    """

    years: ReadModel
    months: ReadModel
    days: ReadModel


SUMS = Sums(
    _sums("ledger_years", year_key, _key),
    _sums("ledger_months", month_key, _key),
    _sums("ledger_days", date.isoformat, _key),
)
"""By account, board and source."""
ITEM_SUMS = Sums(
    _sums("ledger_item_years", year_key, _item_key),
    _sums("ledger_item_months", month_key, _item_key),
    _sums("ledger_item_days", date.isoformat, _item_key),
)
"""By item too, of the accounts that are told by item."""
