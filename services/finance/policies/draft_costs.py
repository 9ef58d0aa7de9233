"""What a fact costs is drafted: a request that the board sends or an entry that an accountant posts."""

from collections.abc import Iterable

from contracts.base import Command
from contracts.finance import CostCaused, DraftEntry, DraftSpending, EntryCaused
from services.runtime.envelope import Fact, event_types
from services.runtime.manifest import Policy


def _react(fact: Fact) -> Iterable[Command]:
    event = fact.event
    match event:
        case CostCaused():
            yield DraftSpending(
                year=event.year,
                board=event.board,
                purpose=event.purpose,
                amounts=event.amounts,
                payee=event.payee,
                papers=event.papers,
                note=event.note,
                cause=event.cause,
            )
        case EntryCaused():
            template = event.kind if event.kind == "estimate_assigned" else None
            yield DraftEntry(
                kind="general",
                on=event.on,
                description=event.description,
                lines=event.lines,
                template=template,
                cause=event.cause,
            )


DRAFT_COSTS = Policy("draft_costs", event_types("finance", (CostCaused, EntryCaused)), _react)
