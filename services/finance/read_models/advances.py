"""Who holds which advance, since when, until when is it accounted for, and what is still to be settled?"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from contracts import finance as words_of
from contracts.base import Actor, Event
from contracts.finance import AdvanceRow, AdvanceStatus, ListAdvances, Payee, WaitsFor
from services.finance.deciders.advance_holder import holder_id
from services.finance.deciders.common import HANOI
from services.finance.read_models.own_budgets import seen
from services.finance.read_models.spending_requests import waiting
from services.finance.read_models.spending_steps import step_of
from services.runtime.completing import Completed
from services.runtime.envelope import Fact, event_types
from services.runtime.listing import Listing, as_row
from services.runtime.manifest import QueryRule
from services.runtime.read_model import ReadModel, RowValues

_FACTS = (
    words_of.AdvancePaid,
    words_of.AdvanceClaimed,
    words_of.ClaimChecked,
    words_of.ClaimReturned,
    words_of.ClaimApproved,
    words_of.RestReceived,
    words_of.RestPaid,
    words_of.AdvanceMoved,
    words_of.AdvanceReminded,
)
_WAITS_FOR: Mapping[AdvanceStatus, WaitsFor | None] = {
    "open": "board",
    "claimed": "accountant",
    "claim_checked": "leader",
    "accounted": "cashier",
    "settled": None,
}
_NO_CLAIM: RowValues = {
    "claim": [],
    "claim_papers": [],
    "travel": [],
    "claimed_by": None,
    "claimed_on": None,
    "late": False,
    "spent_vnd": None,
}


def _project(row: RowValues | None, fact: Fact) -> RowValues | None:
    event = fact.event
    if isinstance(event, words_of.AdvancePaid):
        before = _paid(event, fact)
    elif row is None:
        return None
    else:
        before = row
    after = {**before, **_changes(before, event, fact)}
    after["revision"] = getattr(event, "revision", before["revision"])
    after["steps"] = [*before["steps"], step_of(fact, after["revision"])]
    after["waits_for"] = _WAITS_FOR[after["status"]]
    return after


def _paid(event: words_of.AdvancePaid, fact: Fact) -> RowValues:
    same = ("year", "board", "request_id", "purpose", "amount_vnd", "entry_id", "voucher", "method", "task_ends_on")
    return {
        **{name: getattr(event, name) for name in same},
        **_NO_CLAIM,
        "account_by": event.account_by,
        "on_day": event.on,
        "place": fact.position,
        "holder": event.holder.model_dump_json(exclude_none=True),
        "holder_id": holder_id(event.holder),
        "amounts": _texts(event.amounts),
        "status": "open",
        "to_return_vnd": 0,
        "to_pay_vnd": 0,
        "paid_by": event.by,
        "revision": event.revision,
        "did": [event.by],
        "steps": [],
    }


def _changes(row: RowValues, event: Event, fact: Fact) -> RowValues:
    """Return what a fact changes of a row, as values."""
    match event:
        case words_of.AdvanceClaimed():
            return {
                "status": "claimed",
                "claim": _texts(event.amounts),
                "claim_papers": _texts(event.papers),
                "travel": _texts(event.travel),
                "claimed_by": event.by_name,
                "claimed_on": fact.time.astimezone(HANOI).date(),
                "late": event.late,
                "spent_vnd": event.spent_vnd,
                "did": [row["paid_by"], event.by],
            }
        case words_of.ClaimChecked():
            return {"status": "claim_checked", "did": [*row["did"], event.by]}
        case words_of.ClaimReturned():
            return {"status": "open", **_NO_CLAIM, "did": [row["paid_by"]]}
        case words_of.ClaimApproved():
            rests = {"to_return_vnd": event.to_return_vnd, "to_pay_vnd": event.to_pay_vnd}
            # Whoever handed the advance out may settle its rest.
            return {**_rested({**row, **rests}), **rests, "did": [*row["did"][1:], event.by]}
        case words_of.RestReceived():
            return _rested({**row, "to_return_vnd": event.to_return_vnd})
        case words_of.RestPaid():
            return _rested({**row, "to_pay_vnd": event.to_pay_vnd})
        case words_of.AdvanceMoved():
            return {"year": event.year, "board": event.board}
    return {}


def _rested(row: RowValues) -> RowValues:
    rests = {name: row[name] for name in ("to_return_vnd", "to_pay_vnd")}
    return {**rests, "status": "accounted" if any(rests.values()) else "settled"}


def _texts(messages: Any) -> list[str]:
    return [message.model_dump_json(exclude_none=True) for message in messages]


ADVANCES = ReadModel(
    name="advances",
    version=1,
    key_column="advance_id",
    columns={
        **dict.fromkeys(("year", "revision"), "integer NOT NULL"),
        **dict.fromkeys(
            (
                "board",
                "request_id",
                "purpose",
                "holder",
                "holder_id",
                "entry_id",
                "voucher",
                "method",
                "status",
                "paid_by",
            ),
            "text NOT NULL",
        ),
        **dict.fromkeys(("waits_for", "claimed_by"), "text"),
        **dict.fromkeys(("place", "amount_vnd", "to_return_vnd", "to_pay_vnd"), "bigint NOT NULL"),
        "spent_vnd": "bigint",
        **dict.fromkeys(("on_day", "task_ends_on", "account_by"), "date NOT NULL"),
        "claimed_on": "date",
        "late": "boolean NOT NULL",
        **dict.fromkeys(("amounts", "claim", "claim_papers", "travel", "steps", "did"), "text[] NOT NULL"),
    },
    indexes=("(on_day, place)", "(request_id)", "(holder_id)", "(account_by) WHERE status <> 'settled'"),
    events=event_types("finance", _FACTS),
    key=lambda fact: fact.id,
    project=_project,
)
"""Every advance with its account and its history; `did` names the accounts that may not take the next step."""


def made(record: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a row says beside its columns, before the day is known."""
    holder = Payee.model_validate_json(record["holder"]).name
    return {"on": record["on_day"], "advance_status": record["status"], "holder": holder, "overdue": False}


def advance_row(record: Mapping[str, Any], day: date) -> AdvanceRow:
    """Return the row of a record as it stands on a day."""
    row = as_row(AdvanceRow, record, made)
    assert isinstance(row, AdvanceRow)
    return _on(row, day)


def is_overdue(status: AdvanceStatus, account_by: date, day: date) -> bool:
    """Tell whether an advance should have been accounted for."""
    return status == "open" and account_by < day


def _on(row: AdvanceRow, day: date) -> AdvanceRow:
    return row.model_copy(update={"overdue": is_overdue(row.advance_status, row.account_by, day)})


def _list(query: ListAdvances, actor: Actor) -> Completed:
    listing = (
        Listing(ADVANCES, query, AdvanceRow, ("on_day", "place"), made)
        .where("year = {}", query.year)
        .where("status = {}", query.status)
        .where("(status <> 'settled') = {}", query.open)
        .where("holder_id = {}", query.holder_id)
        .among("board = {}", seen(actor, query.board))
    )
    if query.overdue is not None:
        moment = "now()" if query.as_of is None else f"'{query.as_of.isoformat()}'::timestamptz"
        day = f"({moment} AT TIME ZONE '{HANOI.key}')::date"
        listing.where(f"(status = 'open' AND account_by < {day}) = {{}}", query.overdue)
    if query.waits_for_me:
        waiting(listing, actor)
    return Completed(listing, query, (), lambda row, day: _on(row, day))


LIST_ADVANCES = QueryRule(ListAdvances, (ADVANCES,), _list)
