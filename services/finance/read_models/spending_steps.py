"""The steps of requests and advances as read models keep them: one JSON text each, in the order of the log."""

from collections.abc import Iterable, Mapping
from typing import Any

from contracts import finance as words_of
from contracts.base import Event
from contracts.finance import SpendingStep, StepTaken
from services.runtime.envelope import Fact

STEPS: Mapping[type[Event], SpendingStep] = {
    words_of.SpendingRequested: "requested",
    words_of.SpendingDrafted: "drafted",
    words_of.SpendingRevised: "revised",
    words_of.SpendingChecked: "checked",
    words_of.SpendingReturned: "returned",
    words_of.SpendingRejected: "rejected",
    words_of.SpendingApproved: "approved",
    words_of.SpendingPaid: "paid",
    words_of.SpendingAdvanced: "advanced",
    words_of.PaymentReversed: "payment_reversed",
    words_of.SpendingClosed: "closed",
    words_of.SpendingMoved: "moved",
    words_of.SpendingEscalated: "escalated",
    words_of.AdvancePaid: "paid",
    words_of.AdvanceClaimed: "claimed",
    words_of.ClaimChecked: "claim_checked",
    words_of.ClaimReturned: "claim_returned",
    words_of.ClaimApproved: "claim_approved",
    words_of.RestReceived: "rest_received",
    words_of.RestPaid: "rest_paid",
    words_of.AdvanceMoved: "moved",
    words_of.AdvanceReminded: "reminded",
}
"""What each fact is called in a history."""
_AMOUNTS = (
    "total_vnd",
    "paid_vnd",
    "advanced_vnd",
    "released_vnd",
    "amount_vnd",
    "spent_vnd",
)
_TOLD = ("over_reason", "reason", "note")


def step_of(fact: Fact, revision: int) -> str:
    """Return what a fact adds to a history; `revision` is that of the request or advance after it."""
    event = fact.event
    step = STEPS[type(event)]
    if isinstance(event, words_of.SpendingApproved) and event.over_reason is not None:
        step = "approved_over"
    if isinstance(event, words_of.AdvanceReminded) and event.overdue:
        step = "reminded_overdue"
    taken = StepTaken(
        step=step,
        at=fact.time,
        by_name=getattr(event, "by_name", None),
        amount_vnd=_first(event, _AMOUNTS),
        voucher=getattr(event, "voucher", None),
        told=_first(event, _TOLD),
        revision=revision,
    )
    return taken.model_dump_json(exclude_none=True)


def history_of(record: Mapping[str, Any]) -> tuple[StepTaken, ...]:
    """Return the history of a record."""
    return tuple(StepTaken.model_validate_json(step) for step in record["steps"])


def _first(event: Event, names: Iterable[str]) -> Any:
    found = (getattr(event, name, None) for name in names)
    return next((value for value in found if value is not None), None)
