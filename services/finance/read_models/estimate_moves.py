"""Who moved which estimates, when, by which decision?"""

from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import TypeAdapter
from pydantic_core import to_json

from contracts import finance as words_of
from contracts.base import Actor
from contracts.finance import ChangedLine, EstimateMoveRow, ListEstimateMoves, MovedLine
from services.finance.read_models.own_budgets import seen
from services.runtime.envelope import Fact, event_types
from services.runtime.listing import Listing
from services.runtime.manifest import QueryRule
from services.runtime.read_model import ReadModel, RowValues

_MOVED = TypeAdapter(tuple[MovedLine, ...])


def _project(row: RowValues | None, fact: Fact) -> RowValues:
    event = fact.event
    assert isinstance(event, words_of.BudgetFact)
    told = {"kind": "", "other_board": None, "other_year": None, **_told(event)}
    lines = tuple(told.pop("lines"))
    reason = getattr(event, "reason", None) or getattr(event, "note", None)
    return {
        "budget_id": fact.id,
        "year": event.year,
        "board": event.board,
        "decision_number": getattr(event, "decision_number", None),
        "decided_on": getattr(event, "decided_on", None),
        "by_name": getattr(event, "by_name", fact.actor),
        "recorded_at": fact.time,
        "reason": reason,
        "lines": to_json(lines).decode(),
        "line_codes": list(dict.fromkeys(line.line for line in lines)),
        "amount_vnd": sum(line.amount_vnd for line in lines),
        **told,
    }


def _told(event: words_of.BudgetFact) -> dict[str, Any]:
    match event:
        case words_of.EstimateAssigned():
            return {"kind": event.kind, "lines": _moved(event.changes)}
        case words_of.EstimateFrozen():
            return {"kind": "frozen", "lines": _moved(event.changes)}
        case words_of.EstimateReleased():
            return {"kind": "released", "lines": _moved(event.changes)}
        case words_of.EstimateTransferred():
            return _transferred(event)
        case words_of.EstimateCarriedOver():
            lines = [MovedLine(line=p.line, amount_vnd=p.amount_vnd, reason=p.reason) for p in event.changes]
            return {"kind": "carried_out", "lines": lines, "other_year": event.to_year}
        case words_of.BudgetTakenOver():
            kind = "carried_in" if event.from_board == event.board else "taken_over"
            other = {"other_board": event.from_board, "other_year": event.from_year}
            return {"kind": kind, "lines": _moved(event.changes), **other}
        case words_of.BudgetClosed():
            kind, changes = ("handed_over", event.handed_over) if event.to_board else ("lapsed", event.lapsed)
            return {"kind": kind, "lines": _moved(changes), "other_board": event.to_board}
    raise AssertionError(type(event).__name__)


def _transferred(event: words_of.EstimateTransferred) -> dict[str, Any]:
    out = MovedLine(line=event.from_line, amount_vnd=-event.amount_vnd)
    into = MovedLine(line=event.to_line, amount_vnd=event.amount_vnd)
    if event.from_board == event.to_board:
        return {"kind": "transfer", "lines": (out, into), "amount_vnd": event.amount_vnd}
    if event.board == event.from_board:
        return {"kind": "transfer_out", "lines": (out,), "other_board": event.to_board}
    return {"kind": "transfer_in", "lines": (into,), "other_board": event.from_board}


def _moved(changes: Iterable[ChangedLine]) -> list[MovedLine]:
    return [MovedLine(line=change.line, amount_vnd=change.amount_vnd) for change in changes]


ESTIMATE_MOVES = ReadModel(
    name="estimate_moves",
    version=1,
    key_column="event_id",
    columns={
        "budget_id": "text NOT NULL",
        "year": "integer NOT NULL",
        **dict.fromkeys(("board", "kind", "by_name"), "text NOT NULL"),
        **dict.fromkeys(("decision_number", "other_board", "reason"), "text"),
        "decided_on": "date",
        "other_year": "integer",
        "recorded_at": "timestamptz NOT NULL",
        "amount_vnd": "bigint NOT NULL",
        "lines": "text NOT NULL",
        "line_codes": "text[] NOT NULL",
    },
    indexes=("(recorded_at, event_id)", "(year, board)"),
    events=event_types(
        "finance",
        (
            words_of.EstimateAssigned,
            words_of.EstimateTransferred,
            words_of.EstimateFrozen,
            words_of.EstimateReleased,
            words_of.EstimateCarriedOver,
            words_of.BudgetTakenOver,
            words_of.BudgetClosed,
        ),
    ),
    key=lambda fact: fact.event_id,
    project=_project,
)
"""One row a decision and budget; `lines` is JSON of what changed by how much."""


def moved_in(record: Mapping[str, Any]) -> tuple[MovedLine, ...]:
    """Return the lines of a record of ESTIMATE_MOVES."""
    return _MOVED.validate_json(record["lines"])


def _make(record: Mapping[str, Any]) -> dict[str, Any]:
    codes = record["line_codes"]
    return {"lines": moved_in(record), "told": ", ".join(codes[:3]) + ("…" if len(codes) > 3 else "")}


def _list(query: ListEstimateMoves, actor: Actor) -> Listing:
    return (
        Listing(ESTIMATE_MOVES, query, EstimateMoveRow, ("recorded_at", "event_id"), _make)
        .where("year = {}", query.year)
        .where("board = {}", seen(actor, query.board))
        .where("kind = {}", query.kind)
        .where("line_codes @> ARRAY[{}::text]", query.line)
    )


LIST_ESTIMATE_MOVES = QueryRule(ListEstimateMoves, (ESTIMATE_MOVES,), _list)
