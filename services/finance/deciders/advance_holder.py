"""One who holds advances: for each purpose one at a time, and none while another is overdue."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple

from contracts import finance as words_of
from contracts.base import Event, Refused
from contracts.finance import HoldingStatus, Payee
from services.finance.deciders.common import limit, today
from services.runtime.manifest import Aggregate, Given
from services.runtime.text import EmptyToken, fold, token

_LONGEST = 100


class Holding(NamedTuple):
    """An advance that is not settled yet."""

    purpose: str
    since: date
    account_by: date
    status: HoldingStatus


@dataclass(frozen=True)
class AdvanceHolder:
    """What one person or supplier holds, by the advance."""

    held: Mapping[str, Holding] = field(default_factory=dict)


def evolve(holder: AdvanceHolder, event: Event) -> AdvanceHolder:
    """Return the holder after an event."""
    if not isinstance(event, words_of.HoldingNoted):
        return holder
    held = {id: holding for id, holding in holder.held.items() if id != event.advance_id}
    if event.status != "settled":
        held[event.advance_id] = Holding(event.purpose, event.since, event.account_by, event.status)
    return replace(holder, held=held)


ADVANCE_HOLDER = Aggregate("advance_holder", AdvanceHolder(), evolve)


def holder_id(holder: Payee) -> str:
    """Return whose advances these are: a person known to the office, else whoever is called so; raise Refused."""
    if holder.person_id is not None:
        return f"p-{holder.person_id}"
    try:
        return f"n-{token(holder.name)[:_LONGEST].strip('-')}"
    except EmptyToken:
        raise Refused(words_of.HOLDER_UNNAMED, "holder") from None


def expect_may_hold(holder: AdvanceHolder, given: Given, name: str, purpose: str) -> None:
    """Raise Refused where the same purpose has an open advance, or any is overdue and the office's limit forbids it."""
    for holding in holder.held.values():
        if fold(holding.purpose) == fold(purpose):
            raise Refused(
                words_of.ADVANCE_STILL_OPEN, "holder", holder=name, purpose=holding.purpose, since=holding.since
            )
    if not limit(given, "overdue_blocks_advance"):
        return
    for holding in holder.held.values():
        if holding.status == "open" and holding.account_by < today(given):
            told = {"holder": name, "purpose": holding.purpose, "account_by": holding.account_by}
            raise Refused(words_of.ADVANCE_OVERDUE, "holder", **told)
