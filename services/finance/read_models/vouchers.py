"""What was posted, as vouchers: the general journal, and each entry with what it came of and what became of it?"""

from collections.abc import Callable, Mapping
from typing import Any

from contracts import finance as words_of
from contracts.base import Actor, Refused
from contracts.finance import Cause, EntryLine, GetVoucher, ListVouchers, Paper, VoucherRow, VoucherView
from services.finance.deciders.posting import total_of
from services.finance.read_models.ledger_lines import (
    LINE_COLUMNS,
    boards_of,
    codes_of,
    line_lists,
    lines_of,
    seen_board,
)
from services.runtime.envelope import Fact, event_types
from services.runtime.listing import Listing, Lookup
from services.runtime.manifest import QueryRule
from services.runtime.read_model import ReadModel, RowValues
from services.runtime.text import fold


def _posted(event: words_of.EntryPosted, fact: Fact) -> RowValues:
    texts = (event.voucher, event.description, event.party, *(paper.number for paper in event.papers))
    return {
        "kind": event.kind,
        "year": event.year,
        "number": event.number,
        "voucher": event.voucher,
        "on_day": event.on,
        "place": fact.position,
        "description": event.description,
        "total_vnd": event.total_vnd,
        "party": event.party,
        "papers": [paper.model_dump_json() for paper in event.papers],
        "template": event.template,
        "cause": event.cause.model_dump_json() if event.cause else None,
        "event_id": fact.event_id,
        "request_id": event.request_id,
        "reverses": event.reverses,
        "closing": event.closing,
        "by_name": event.by_name,
        "posted_at": fact.time,
        "boards": boards_of(event.lines),
        "accounts": codes_of(event.lines),
        **line_lists(event.lines),
        "reversed_by_entry": None,
        "reversed_by": None,
        "reversed_on": None,
        "reversed_because": None,
        "statements": [],
        "statement_lines": [],
        "search_text": fold(" ".join(text for text in texts if text)),
        "party_text": fold(" ".join({text for text in (event.party, *(line.party for line in event.lines)) if text})),
    }


def _project(row: RowValues | None, fact: Fact) -> RowValues | None:
    event = fact.event
    if isinstance(event, words_of.EntryPosted):
        return _posted(event, fact)
    if row is None:
        return None
    if isinstance(event, words_of.EntryReversed):
        reversal = {"reversed_by_entry": event.by_entry_id, "reversed_by": event.voucher, "reversed_on": event.on}
        return {**row, **reversal, "reversed_because": event.reason}
    assert isinstance(event, words_of.EntryReconciled | words_of.EntryUnreconciled)
    matched = dict(zip(row["statements"], row["statement_lines"], strict=True))
    matched.pop(event.statement_id, None)
    if isinstance(event, words_of.EntryReconciled):
        matched[event.statement_id] = event.line_number
    return {**row, "statements": list(matched), "statement_lines": list(matched.values())}


VOUCHERS = ReadModel(
    name="vouchers",
    version=1,
    key_column="entry_id",
    columns={
        "kind": "text NOT NULL",
        "year": "integer NOT NULL",
        "number": "bigint NOT NULL",
        "voucher": "text NOT NULL",
        "on_day": "date NOT NULL",
        "place": "bigint NOT NULL",
        "description": "text NOT NULL",
        "total_vnd": "bigint NOT NULL",
        "party": "text",
        "papers": "text[] NOT NULL",
        "template": "text",
        "cause": "text",
        "event_id": "text NOT NULL",
        "request_id": "text",
        "reverses": "text",
        "closing": "boolean NOT NULL",
        "by_name": "text NOT NULL",
        "posted_at": "timestamptz NOT NULL",
        "boards": "text[] NOT NULL",
        "accounts": "text[] NOT NULL",
        **LINE_COLUMNS,
        "reversed_by_entry": "text",
        "reversed_by": "text",
        "reversed_on": "date",
        "reversed_because": "text",
        "statements": "text[] NOT NULL",
        "statement_lines": "integer[] NOT NULL",
        "search_text": "text NOT NULL",
        "party_text": "text NOT NULL",
        "search": "tsvector GENERATED ALWAYS AS (to_tsvector('simple', search_text)) STORED",
        "party_search": "tsvector GENERATED ALWAYS AS (to_tsvector('simple', party_text)) STORED",
    },
    indexes=(
        "(on_day, place)",
        "(kind, on_day, place)",
        "(request_id) WHERE request_id IS NOT NULL",
        "USING gin (accounts)",
        "USING gin (boards)",
        "USING gin (search)",
        "USING gin (party_search)",
    ),
    events=event_types(
        "finance",
        (words_of.EntryPosted, words_of.EntryReversed, words_of.EntryReconciled, words_of.EntryUnreconciled),
    ),
    key=lambda fact: fact.id,
    project=_project,
)
"""Every entry with its lines; `place` is where it stands in the log, `accounts` has its accounts and those above."""


def _made(board: str | None) -> Callable[[Mapping[str, Any]], dict[str, Any]]:
    """Return how a row is put together for whoever sees all lines, or one board's."""

    def make(record: Mapping[str, Any]) -> dict[str, Any]:
        lines = lines_of(record, board)
        return {
            "on": record["on_day"],
            "debits": _accounts(lines, "debit"),
            "credits": _accounts(lines, "credit"),
            "total_vnd": total_of(lines),
            "boards": ", ".join(boards_of(lines)),
            "cause": Cause.model_validate_json(record["cause"]).told if record["cause"] else None,
        }

    return make


def _accounts(lines: tuple[EntryLine, ...], side: str) -> str:
    return ", ".join(dict.fromkeys(line.account for line in lines if line.side == side))


def _list(query: ListVouchers, actor: Actor) -> Listing:
    board = seen_board(actor, query.board)
    return (
        Listing(VOUCHERS, query, VoucherRow, ("on_day", "place"), _made(board))
        .where("kind = {}", query.kind)
        .where("on_day >= {}", query.on_from)
        .where("on_day <= {}", query.on_to)
        .where("request_id = {}", query.request_id)
        .where("(reversed_by IS NOT NULL) = {}", query.reversed)
        .among("boards @> ARRAY[{}::text]", board)
        .among("accounts @> ARRAY[{}::text]", query.account)
        .matching("party_search", query.party)
        .matching("search", query.text)
    )


def _view(board: str | None, entry_id: str) -> Callable[[Mapping[str, Any] | None], VoucherView]:
    def build(record: Mapping[str, Any] | None) -> VoucherView:
        lines = lines_of(record, board) if record is not None else ()
        if record is None or not lines:
            raise Refused(words_of.ENTRY_UNKNOWN, entry_id=entry_id)
        statements = zip(record["statements"], record["statement_lines"], strict=True)
        same = {name: record[name] for name in VoucherView.model_fields if name in record.keys()}  # noqa: SIM118 - asyncpg's `in` looks at values
        return VoucherView(
            **{
                **same,
                "on": record["on_day"],
                "lines": lines,
                "total_vnd": total_of(lines),
                "papers": tuple(Paper.model_validate_json(paper) for paper in record["papers"]),
                "cause": Cause.model_validate_json(record["cause"]) if record["cause"] else None,
                "reconciled": tuple(
                    words_of.ReconciledWith(statement_id=id, line_number=line) for id, line in statements
                ),
            }
        )

    return build


def _get(query: GetVoucher, actor: Actor) -> Lookup:
    return Lookup(query.entry_id, (VOUCHERS,), _view(seen_board(actor), query.entry_id))


LIST_VOUCHERS = QueryRule(ListVouchers, (VOUCHERS,), _list)
GET_VOUCHER = QueryRule(GetVoucher, (VOUCHERS,), _get)
