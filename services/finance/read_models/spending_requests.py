"""Who asked for what, how far is it, whom does it wait for, and what has become of the money?"""

from collections.abc import Mapping
from typing import Any

from contracts import finance as words_of
from contracts.base import Actor, Event
from contracts.finance import Cause, ListRequests, Payee, RequestRow, WaitsFor
from contracts.finance.spending.words import REQUEST_EVENTS
from services.finance.deciders.common import HANOI
from services.finance.deciders.spending_approval import WAITS_FOR
from services.finance.read_models.own_budgets import seen
from services.finance.read_models.spending_steps import step_of
from services.runtime.envelope import Fact, event_types
from services.runtime.listing import Listing
from services.runtime.manifest import QueryRule
from services.runtime.read_model import ReadModel, RowValues
from services.runtime.text import fold

_KEPT = ("year", "board", "purpose", "kind", "total_vnd", "needed_by", "as_advance", "legal_basis", "contract_number")
_EMPTY: RowValues = {
    "revision": 0,
    "requested_by": "",
    "approved_vnd": 0,
    "paid_vnd": 0,
    "advanced_vnd": 0,
    "open_vnd": 0,
    "released_vnd": 0,
    "escalated": False,
    "over_reason": None,
    "travel": [],
    "cause": None,
    "steps": [],
    "askers": [],
    "did": [],
}


def _project(row: RowValues | None, fact: Fact) -> RowValues | None:
    event = fact.event
    if row is None and not isinstance(event, words_of.RequestFacts):
        return None
    before = row or {**_EMPTY, "requested_on": fact.time.astimezone(HANOI).date(), "place": fact.position}
    after = {**before, **_changes(before, event)}
    after["revision"] = getattr(event, "revision", before["revision"])
    after["steps"] = [*before["steps"], step_of(fact, after["revision"])]
    after["waits_for"] = _waits(after)
    return after


def _changes(row: RowValues, event: Event) -> RowValues:
    """Return what a fact changes of a row, as values."""
    match event:
        case words_of.RequestFacts():
            return _asked(row, event)
        case words_of.SpendingChecked():
            return {"status": "checked", "did": [*row["askers"], event.by]}
        case words_of.SpendingReturned():
            return {"status": "returned", "did": row["askers"]}
        case words_of.SpendingRejected():
            return {"status": "rejected"}
        case words_of.SpendingApproved():
            total = row["total_vnd"]
            return {
                "status": "approved",
                "approved_vnd": total,
                "open_vnd": total,
                "over_reason": event.over_reason,
                "did": [*row["did"], event.by],
            }
        case words_of.SpendingPaid():
            return {"paid_vnd": row["paid_vnd"] + event.paid_vnd, "open_vnd": event.open_vnd}
        case words_of.SpendingAdvanced():
            return {"advanced_vnd": row["advanced_vnd"] + event.advanced_vnd, "open_vnd": event.open_vnd}
        case words_of.PaymentReversed():
            # What was released when it was closed stays free; what was paid is kept again.
            paid = row["paid_vnd"] - sum(amount.amount_vnd for amount in event.amounts)
            return {"status": "approved", "paid_vnd": paid, "open_vnd": event.open_vnd}
        case words_of.SpendingClosed():
            released = row["released_vnd"] + event.released_vnd
            return {"status": "closed", "released_vnd": released, "open_vnd": 0}
        case words_of.SpendingMoved():
            return {"year": event.year, "board": event.board}
        case words_of.SpendingEscalated():
            return {"escalated": True}
    return {}


def _asked(row: RowValues, event: words_of.RequestFacts) -> RowValues:
    asked = {name: getattr(event, name) for name in _KEPT}
    drafted = isinstance(event, words_of.SpendingDrafted)
    payee = event.payee.name if event.payee else ""
    askers = list(dict.fromkeys([*row["askers"], *([] if drafted else [getattr(event, "by", "")])]))
    changes = {
        **asked,
        "status": "drafted" if drafted else "submitted",
        "amounts": [amount.model_dump_json(exclude_none=True) for amount in event.amounts],
        "payee": event.payee.model_dump_json(exclude_none=True) if event.payee else None,
        "papers": [paper.model_dump_json(exclude_none=True) for paper in event.papers],
        "note": event.note,
        "requested_by": getattr(event, "by_name", row["requested_by"]),
        "decide_by": getattr(event, "decide_by", None),
        "escalated": False,
        "askers": askers,
        "did": askers,
        "search_text": fold(f"{event.purpose} {payee}"),
    }
    if isinstance(event, words_of.SpendingDrafted):
        changes["cause"] = event.cause.model_dump_json()
    if isinstance(event, words_of.SpendingRequested):
        changes["travel"] = [part.model_dump_json(exclude_none=True) for part in event.travel]
    return changes


def _waits(row: RowValues) -> WaitsFor | None:
    if row["status"] == "approved":
        return "cashier" if row["open_vnd"] else None
    return WAITS_FOR.get(row["status"])


SPENDING_REQUESTS = ReadModel(
    name="spending_requests",
    version=1,
    key_column="request_id",
    columns={
        **dict.fromkeys(("year", "revision"), "integer NOT NULL"),
        **dict.fromkeys(("board", "purpose", "kind", "status", "requested_by", "search_text"), "text NOT NULL"),
        **dict.fromkeys(
            ("place", "total_vnd", "approved_vnd", "paid_vnd", "advanced_vnd", "open_vnd", "released_vnd"),
            "bigint NOT NULL",
        ),
        **dict.fromkeys(
            ("payee", "note", "legal_basis", "contract_number", "over_reason", "cause", "waits_for"), "text"
        ),
        **dict.fromkeys(("amounts", "papers", "travel", "steps", "askers", "did"), "text[] NOT NULL"),
        **dict.fromkeys(("as_advance", "escalated"), "boolean NOT NULL"),
        "requested_on": "date NOT NULL",
        "needed_by": "date",
        "decide_by": "timestamptz",
        "search": "tsvector GENERATED ALWAYS AS (to_tsvector('simple', search_text)) STORED",
    },
    indexes=(
        "(requested_on, place)",
        "(board, requested_on, place)",
        "(waits_for, requested_on, place) WHERE waits_for IS NOT NULL",
        "USING gin (search)",
    ),
    events=event_types("finance", REQUEST_EVENTS),
    key=lambda fact: fact.id,
    project=_project,
)
"""Every request with its history; `place` is where it stands in the log.

`did` names the accounts that may not take the next step, for they took one before.
"""


def made(record: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a row says beside its columns."""
    payee = Payee.model_validate_json(record["payee"]).name if record["payee"] else None
    cause = Cause.model_validate_json(record["cause"]).told if record["cause"] else None
    return {"request_status": record["status"], "payee": payee, "cause": cause}


def waiting(listing: Listing, actor: Actor) -> Listing:
    """Add that the speaker may take the next step: by role, of their own board where it is a board's, and not twice."""
    roles = {"cashier", *actor.roles} if "accountant" in actor.roles else {*actor.roles}
    return (
        listing.where("waits_for = ANY({}::text[])", sorted(roles))
        .where("(waits_for <> 'board' OR board = {})", actor.board or "-")
        .where("(waits_for = 'board' OR NOT did @> ARRAY[{}::text])", actor.id)
    )


def _list(query: ListRequests, actor: Actor) -> Listing:
    late = "(decide_by < {} AND status IN ('submitted', 'returned', 'checked'))"
    listing = (
        Listing(SPENDING_REQUESTS, query, RequestRow, ("requested_on", "place"), made)
        .where("year = {}", query.year)
        .where("status = {}", query.status)
        .where("kind = {}", query.kind)
        .where("(status = 'approved' AND open_vnd > 0) = {}", query.open)
        .among("board = {}", seen(actor, query.board))
        .matching("search", query.text)
    )
    if query.late is not None:
        moment = "now()" if query.as_of is None else f"'{query.as_of.isoformat()}'::timestamptz"
        listing.where(f"coalesce({late.format(moment)}, false) = {{}}", query.late)
    return waiting(listing, actor) if query.waits_for_me else listing


LIST_REQUESTS = QueryRule(ListRequests, (SPENDING_REQUESTS,), _list)
