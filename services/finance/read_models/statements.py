"""Which statements were entered, what do their lines say, and which entries is each line matched with?"""

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import TypeAdapter
from pydantic_core import to_json

from contracts import finance as words_of
from contracts.base import Actor, Refused
from contracts.finance import (
    GetStatement,
    ListStatements,
    MatchedEntry,
    StatementLine,
    StatementLineView,
    StatementRow,
    StatementView,
)
from services.finance.read_models.money_entries import MONEY_ENTRIES, net_of
from services.runtime.envelope import Fact, event_types
from services.runtime.gathering import Gathering, Record, Rows
from services.runtime.listing import Listing, as_row
from services.runtime.manifest import QueryRule
from services.runtime.read_model import ReadModel, RowValues

_LINES = TypeAdapter(tuple[StatementLine, ...])
_STATEMENT_EVENTS = (
    words_of.StatementRecorded,
    words_of.LineMatched,
    words_of.LineUnmatched,
    words_of.ReconciliationConfirmed,
)


def _project(row: RowValues | None, fact: Fact) -> RowValues | None:
    event = fact.event
    if isinstance(event, words_of.StatementRecorded):
        amounts = [line.amount_vnd for line in event.lines]
        return {
            **{name: getattr(event, name) for name in ("money_account", "account", "from_day", "to_day", "file")},
            "opening_vnd": event.opening_vnd,
            "closing_vnd": event.closing_vnd,
            "in_vnd": sum(amount for amount in amounts if amount > 0),
            "out_vnd": -sum(amount for amount in amounts if amount < 0),
            "line_count": len(amounts),
            "open_count": len(amounts),
            "confirmed_by": None,
            "confirmed_at": None,
            "recorded_at": fact.time,
        }
    if row is None:
        return None
    if isinstance(event, words_of.ReconciliationConfirmed):
        return {**row, "confirmed_by": event.by_name, "confirmed_at": fact.time}
    assert isinstance(event, words_of.LineMatched | words_of.LineUnmatched)
    more = 1 if isinstance(event, words_of.LineUnmatched) else -1
    return {**row, "open_count": row["open_count"] + more}


STATEMENTS = ReadModel(
    name="statements",
    version=1,
    key_column="statement_id",
    columns={
        "money_account": "text NOT NULL",
        "account": "text NOT NULL",
        "from_day": "date NOT NULL",
        "to_day": "date NOT NULL",
        "opening_vnd": "bigint NOT NULL",
        "closing_vnd": "bigint NOT NULL",
        "in_vnd": "bigint NOT NULL",
        "out_vnd": "bigint NOT NULL",
        "line_count": "integer NOT NULL",
        "open_count": "integer NOT NULL",
        "file": "text",
        "confirmed_by": "text",
        "confirmed_at": "timestamptz",
        "recorded_at": "timestamptz NOT NULL",
    },
    indexes=("(from_day, statement_id)", "(money_account, from_day)"),
    events=event_types("finance", _STATEMENT_EVENTS),
    key=lambda fact: fact.id,
    project=_project,
)


def _lines_of(row: RowValues | None, fact: Fact) -> RowValues | None:
    assert isinstance(fact.event, words_of.StatementRecorded)
    lines = fact.event.lines
    return {"lines": to_json(lines).decode(), "amounts": [line.amount_vnd for line in lines]}


STATEMENT_LINES = ReadModel(
    name="statement_lines",
    version=1,
    key_column="statement_id",
    columns={"lines": "text NOT NULL", "amounts": "bigint[] NOT NULL"},
    indexes=(),
    events=event_types("finance", (words_of.StatementRecorded,)),
    key=lambda fact: fact.id,
    project=_lines_of,
)
"""The lines of each statement, which never change, as JSON, and their amounts in order."""


def _match_key(fact: Fact) -> str:
    assert isinstance(fact.event, words_of.LineMatched | words_of.LineUnmatched)
    return f"{fact.id}-{fact.event.line_number}"


def _match(row: RowValues | None, fact: Fact) -> RowValues | None:
    event = fact.event
    assert isinstance(event, words_of.LineMatched | words_of.LineUnmatched)
    matched = isinstance(event, words_of.LineMatched)
    return {
        "statement_id": fact.id,
        "line_number": event.line_number,
        "entries": list(event.entries) if matched else [],
        "by_name": event.by_name,
        "at": fact.time,
        "reason": None if isinstance(event, words_of.LineMatched) else event.reason,
    }


STATEMENT_MATCHES = ReadModel(
    name="statement_matches",
    version=1,
    key_column="match_id",
    columns={
        "statement_id": "text NOT NULL",
        "line_number": "integer NOT NULL",
        "entries": "text[] NOT NULL",
        "by_name": "text NOT NULL",
        "at": "timestamptz NOT NULL",
        "reason": "text",
    },
    indexes=("(statement_id, line_number)",),
    events=event_types("finance", (words_of.LineMatched, words_of.LineUnmatched)),
    key=_match_key,
    project=_match,
)
"""The last match of each line that ever had one; `entries` is empty where it was taken back."""


def lines_in(record: Mapping[str, Any]) -> tuple[StatementLine, ...]:
    """Return the lines of a record of STATEMENT_LINES."""
    return _LINES.validate_json(record["lines"])


def statement_in(statements: Sequence[Record], statement_id: str) -> StatementRow:
    """Return the statement that was read; raise Refused where there is none."""
    if not statements:
        raise Refused(words_of.STATEMENT_UNKNOWN, statement_id=statement_id)
    row = as_row(StatementRow, statements[0], None)
    assert isinstance(row, StatementRow)
    return row


def _list(query: ListStatements, actor: Actor) -> Listing:
    return (
        Listing(STATEMENTS, query, StatementRow, ("from_day", "statement_id"))
        .where("money_account = {}", query.money_account)
        .where("(confirmed_at IS NOT NULL) = {}", query.confirmed)
    )


def _get(query: GetStatement, actor: Actor) -> Gathering:
    def build(
        statements: Sequence[Record], pages: Sequence[Record], matches: Sequence[Record], entries: Sequence[Record]
    ) -> StatementView:
        statement = statement_in(statements, query.statement_id)
        known = {record["entry_id"]: record for record in entries}
        by_line = {match["line_number"]: match for match in matches}
        lines = (
            _line(number, line, by_line.get(number), known, statement.account)
            for number, line in enumerate(lines_in(pages[0]) if pages else (), 1)
        )
        return StatementView(statement=statement, lines=tuple(lines))

    this = ("statement_id = $1", (query.statement_id,))
    shown = Rows(MONEY_ENTRIES, "shown_statements @> ARRAY[$1::text]", (query.statement_id,))
    parts = (Rows(STATEMENTS, *this), Rows(STATEMENT_LINES, *this), Rows(STATEMENT_MATCHES, *this), shown)
    return Gathering(parts, build)


def _line(
    number: int, line: StatementLine, match: Record | None, known: Mapping[str, Record], account: str
) -> StatementLineView:
    said = line.model_dump()
    if match is None or not match["entries"]:
        return StatementLineView(line_number=number, **said)
    entries = tuple(_entry(entry_id, known.get(entry_id), account) for entry_id in match["entries"])
    by = {"matched_by": match["by_name"], "matched_at": match["at"]}
    return StatementLineView(line_number=number, **said, entries=entries, **by)


def _entry(entry_id: str, record: Record | None, account: str) -> MatchedEntry:
    if record is None:
        return MatchedEntry(entry_id=entry_id)
    amount = net_of(record, account)
    return MatchedEntry(entry_id=entry_id, voucher=record["voucher"], on=record["on_day"], amount_vnd=amount)


LIST_STATEMENTS = QueryRule(ListStatements, (STATEMENTS,), _list)
GET_STATEMENT = QueryRule(GetStatement, (STATEMENTS, STATEMENT_LINES, STATEMENT_MATCHES, MONEY_ENTRIES), _get)
