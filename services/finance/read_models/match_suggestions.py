"""Which entries may the open lines of a statement be?"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from contracts.base import Actor, Page
from contracts.finance import ListMatchSuggestions, MatchSuggestionRow, StatementLine
from services.finance.read_models.money_entries import MONEY_ENTRIES, net_of
from services.finance.read_models.statements import (
    STATEMENT_LINES,
    STATEMENT_MATCHES,
    STATEMENTS,
    lines_in,
    statement_in,
)
from services.runtime.gathering import Gathering, Record, Rows, page
from services.runtime.manifest import QueryRule
from services.runtime.text import fold

_BEST = 5
_NEAR, _REFERENCE, _PARTY, _WORDS = 40, 25, 20, 15
"""What a day in common, the bank's reference, the other party, and the words in common count, of a hundred."""


class Candidate(NamedTuple):
    """An entry that no statement shows, and what is compared of it."""

    record: Record
    amount_vnd: int
    words: frozenset[str]
    party: frozenset[str]


def candidate(record: Record, account: str) -> Candidate:
    """Return what is compared of a record of MONEY_ENTRIES."""
    said = (record["description"], record["party"], *record["papers"])
    return Candidate(record, net_of(record, account), _words(*said), _words(record["party"]))


def closeness(line: StatementLine, entry: Candidate, within_days: int) -> int:
    """Return how close an entry of the same amount is to a line, in hundredths.

    The days between count 40 at none and 0 beyond `within_days`; the reference found in what the entry says 25; words
    of the party 20; words in common 15, each by its share.
    """
    apart = _apart(line, entry.record)
    near = _NEAR * (within_days + 1 - apart) // (within_days + 1)
    reference = _words(line.reference)
    found = _REFERENCE if reference and reference <= entry.words else 0
    party = _share(_PARTY, entry.party, _words(line.party, line.told))
    return near + found + party + _share(_WORDS, _words(line.told), entry.words)


def _apart(line: StatementLine, record: Record) -> int:
    on: date = record["on_day"]
    return abs((line.on - on).days)


def _share(most: int, some: frozenset[str], others: frozenset[str]) -> int:
    return most * len(some & others) // len(some) if some else 0


def _words(*texts: str | None) -> frozenset[str]:
    return frozenset(word for text in texts if text for word in fold(text).split())


def _list(query: ListMatchSuggestions, actor: Actor) -> Gathering:
    def build(
        statements: Sequence[Record], pages: Sequence[Record], matches: Sequence[Record], entries: Sequence[Record]
    ) -> Page[MatchSuggestionRow]:
        statement = statement_in(statements, query.statement_id)
        matched = {match["line_number"] for match in matches if match["entries"]}
        by_amount: dict[int, list[Candidate]] = {}
        for record in entries:
            entry = candidate(record, statement.account)
            by_amount.setdefault(entry.amount_vnd, []).append(entry)
        lines = enumerate(lines_in(pages[0]) if pages else (), 1)
        wanted = {number: line for number, line in lines if number not in matched}
        return page(query, _suggested(query, wanted, by_amount), lambda row: (row.line_number, row.rank))

    this = ("statement_id = $1", (query.statement_id,))
    of_statement = f'(SELECT {{}} FROM "{STATEMENTS.table}" WHERE statement_id = $1)'
    near = (
        f"open_accounts <> '{{}}' AND open_accounts @> ARRAY[{of_statement.format('account')}] AND on_day "
        f"BETWEEN {of_statement.format('from_day - $2::int')} AND {of_statement.format('to_day + $2::int')}"
    )
    parts = (
        Rows(STATEMENTS, *this),
        Rows(STATEMENT_LINES, *this),
        Rows(STATEMENT_MATCHES, *this),
        Rows(MONEY_ENTRIES, near, (query.statement_id, query.within_days)),
    )
    return Gathering(parts, build)


def _suggested(
    query: ListMatchSuggestions, lines: Mapping[int, StatementLine], by_amount: Mapping[int, Sequence[Candidate]]
) -> Iterator[MatchSuggestionRow]:
    for number, line in lines.items():
        if query.line_number in (None, number):
            yield from _of_line(number, line, by_amount.get(line.amount_vnd, ()), query.within_days)


def _of_line(
    number: int, line: StatementLine, entries: Iterable[Candidate], within_days: int
) -> Iterator[MatchSuggestionRow]:
    """Yield the closest entries, best first; where several are as close, the one that was posted first."""
    near = [entry for entry in entries if _apart(line, entry.record) <= within_days]
    scored = [(closeness(line, entry, within_days), entry.record) for entry in near]
    best = sorted(scored, key=lambda one: (-one[0], one[1]["place"]))[:_BEST]
    for rank, (score, record) in enumerate(best, 1):
        yield MatchSuggestionRow(
            line_number=number,
            line_on=line.on,
            amount_vnd=line.amount_vnd,
            told=line.told,
            rank=rank,
            voucher=record["voucher"],
            on=record["on_day"],
            description=record["description"],
            party=record["party"],
            closeness=score,
            days_apart=_apart(line, record),
            entry_id=record["entry_id"],
        )


LIST_MATCH_SUGGESTIONS = QueryRule(
    ListMatchSuggestions, (STATEMENTS, STATEMENT_LINES, STATEMENT_MATCHES, MONEY_ENTRIES), _list
)
