"""What was let go beyond an estimate by authority, who let it, and why?"""

from collections.abc import Mapping
from typing import Any

from contracts import finance as words_of
from contracts.base import Actor
from contracts.finance import ListOverrides, OverrideRow
from services.finance.read_models.own_budgets import seen
from services.runtime.completing import Completed, Found, Look
from services.runtime.envelope import Fact, event_types
from services.runtime.listing import Listing, as_row
from services.runtime.manifest import QueryRule
from services.runtime.read_model import ReadModel, RowValues


def _key(fact: Fact) -> str | None:
    event = fact.event
    assert isinstance(event, words_of.FundsCommitted | words_of.AdvanceAccounted)
    return fact.event_id if event.over_vnd else None


def _project(row: RowValues | None, fact: Fact) -> RowValues:
    event = fact.event
    assert isinstance(event, words_of.FundsCommitted | words_of.AdvanceAccounted)
    return {
        "year": event.year,
        "board": event.board,
        "recorded_at": fact.time,
        "request_id": event.request_id,
        "advance_id": event.advance_id if isinstance(event, words_of.AdvanceAccounted) else None,
        "lines": [figures.line for figures in event.lines if figures.left_vnd < 0],
        "over_vnd": event.over_vnd,
        "reason": event.over_reason or "",
        "account": fact.actor,
    }


OVERRIDES = ReadModel(
    name="budget_overrides",
    version=1,
    key_column="event_id",
    columns={
        "year": "integer NOT NULL",
        **dict.fromkeys(("board", "request_id", "reason", "account"), "text NOT NULL"),
        "advance_id": "text",
        "recorded_at": "timestamptz NOT NULL",
        "lines": "text[] NOT NULL",
        "over_vnd": "bigint NOT NULL",
    },
    indexes=("(recorded_at, event_id)", "(year, board)"),
    events=event_types("finance", (words_of.FundsCommitted, words_of.AdvanceAccounted)),
    key=_key,
    project=_project,
)
"""Only what went beyond; `account` is the speaker's."""


def _approval(row: RowValues | None, fact: Fact) -> RowValues:
    event, kept = fact.event, row or {"purpose": "", "by_name": None}
    if isinstance(event, words_of.SpendingApproved):
        return {**kept, "by_name": event.by_name}
    assert isinstance(event, words_of.RequestFacts)
    return {**kept, "purpose": event.purpose}


APPROVALS = ReadModel(
    name="budget_approvals",
    version=1,
    key_column="request_id",
    columns={"purpose": "text NOT NULL", "by_name": "text"},
    indexes=(),
    events=event_types(
        "finance",
        (
            words_of.SpendingRequested,
            words_of.SpendingDrafted,
            words_of.SpendingRevised,
            words_of.SpendingApproved,
        ),
    ),
    key=lambda fact: fact.id,
    project=_approval,
)
"""What requests are for and who approved them."""


def make_override(record: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a row says beside its columns, before it is completed."""
    return {"lines": tuple(record["lines"]), "by_name": record["account"]}


def override_row(record: Mapping[str, Any], approvals: Found) -> OverrideRow:
    """Return the row of a record of OVERRIDES."""
    row = as_row(OverrideRow, record, make_override)
    assert isinstance(row, OverrideRow)
    return _named(row, approvals)


def _named(row: OverrideRow, approvals: Found) -> OverrideRow:
    approval = approvals.get(row.request_id)
    if approval is None:
        return row
    by_name = row.by_name if row.advance_id else approval["by_name"] or row.by_name
    return row.model_copy(update={"purpose": approval["purpose"], "by_name": by_name})


def _list(query: ListOverrides, actor: Actor) -> Completed:
    listing = (
        Listing(OVERRIDES, query, OverrideRow, ("recorded_at", "event_id"), make_override)
        .where("year = {}", query.year)
        .where("board = {}", seen(actor, query.board))
    )
    look = Look(APPROVALS, lambda row: (row.request_id,))
    return Completed(listing, query, (look,), lambda row, day, approvals: _named(row, approvals))


LIST_OVERRIDES = QueryRule(ListOverrides, (OVERRIDES, APPROVALS), _list)
