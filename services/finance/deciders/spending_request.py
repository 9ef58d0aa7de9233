"""Asking for money and putting a request right: every line is in the board's budget, every item of its line."""

from collections.abc import Iterable, Sequence
from typing import Any

from contracts import finance as words_of
from contracts.base import Event, Refused
from contracts.finance import (
    DraftSpending,
    ItemAmount,
    LineAfter,
    RequestSpending,
    ReviseSpending,
    SpendingDetails,
    first_day,
)
from services.finance.deciders.budget import BUDGET, Budget, line_of, opened, summed
from services.finance.deciders.budget_index import expect_item_of_line
from services.finance.deciders.common import budget_id, expect_own_board
from services.finance.deciders.deadlines import decide_by
from services.finance.deciders.request import (
    REQUEST,
    expect_as_seen,
    expect_status,
    merged,
    said,
    total,
)
from services.runtime.manifest import CommandRule, Decision, Given, Ref, Seen

_MAIN = "00", "50"


def _budget(command: SpendingDetails) -> Ref:
    return Ref(BUDGET, budget_id(command.year, command.board))


def facts_of(command: SpendingDetails, amounts: tuple[ItemAmount, ...], revision: int) -> dict[str, Any]:
    """Return what a command asks for as its event says it."""
    asked = {name: getattr(command, name) for name in SpendingDetails.model_fields if name != "amounts"}
    return {**asked, "amounts": amounts, "total_vnd": total(amounts), "revision": revision}


def weighed(budget: Budget, amounts: Iterable[ItemAmount], year: int, board: str) -> tuple[LineAfter, ...]:
    """Return what is left of each line and would be after the amounts; raise Refused for a line there is not."""
    budget = opened(budget, year, board)
    return tuple(
        LineAfter(line=change.line, left_vnd=left, after_vnd=left - change.amount_vnd)
        for change in summed(amounts)
        for left in (line_of(budget, change.line).left,)
    )


def by(given: Given) -> dict[str, str]:
    """Return who speaks, as events say it."""
    return {"by": given.actor.id, "by_name": given.actor.name}


def _involved(command: RequestSpending, given: Given) -> Sequence[Ref]:
    return Ref(REQUEST, given.command_id.hex, new=True), _budget(command)


def _request(command: RequestSpending, given: Given, request: Seen, budget: Seen) -> Decision:
    expect_own_board(given, command.board)
    amounts = _sound(command, given)
    asked = words_of.SpendingRequested(
        **facts_of(command, amounts, 1),
        **by(given),
        decide_by=decide_by(given, command.kind),
        after=weighed(budget.state, amounts, command.year, command.board),
    )
    return [(request, asked)]


def _sound(command: SpendingDetails, given: Given) -> tuple[ItemAmount, ...]:
    """Return the amounts, those of one item together; raise Refused for items and bases that may not be."""
    for amount in command.amounts:
        expect_item_of_line(given, command.year, amount.line, amount.item)
    if command.kind != "regular":
        _expect_special(command, given)
    return merged(command.amounts)


def _expect_special(command: SpendingDetails, given: Given) -> None:
    """Raise Refused unless every item is one of those for special spending, and the basis is said."""
    rows = [row for row in given.rules.items.all_in_force(first_day(command.year)) if row.special]
    special = {row.item for row in rows}
    for amount in command.amounts:
        if amount.item not in special:
            named = ", ".join(sorted(item for item in special if not item.endswith(_MAIN)))
            raise Refused(words_of.FORCED_ITEM, "amounts", item=amount.item, items=named)
    if command.legal_basis is None:
        raise Refused(words_of.LEGAL_BASIS_NEEDED, "legal_basis")


def _involved_in_drafting(command: DraftSpending, given: Given) -> Sequence[Ref]:
    return (Ref(REQUEST, given.command_id.hex, new=True),)


def _draft(command: DraftSpending, given: Given, request: Seen) -> Decision:
    """A draft need not be sound: whoever sends it puts it right."""
    facts = facts_of(command, merged(command.amounts), 1)
    return [(request, words_of.SpendingDrafted(**facts, cause=command.cause))]


def _involved_in_revising(command: ReviseSpending, given: Given) -> Sequence[Ref]:
    return Ref(REQUEST, command.request_id), _budget(command)


def _revise(command: ReviseSpending, given: Given, request: Seen, budget: Seen) -> Decision:
    state = request.state
    if _revised_again(command, given, request):
        return []
    expect_as_seen(state, command)
    for board in (command.board, state.board):
        expect_own_board(given, board)
    expect_status(state, "drafted", "submitted", "returned")
    amounts = _sound(command, given)
    revised = words_of.SpendingRevised(
        **facts_of(command, amounts, state.revision + 1),
        **by(given),
        decide_by=decide_by(given, command.kind),
        after=weighed(budget.state, amounts, command.year, command.board),
    )
    unchanged = state.status == "submitted" and said(revised) == state.facts
    decision: list[tuple[Seen, Event]] = [] if unchanged else [(request, revised)]
    return decision


def _revised_again(command: ReviseSpending, given: Given, request: Seen) -> bool:
    """Tell whether this is what the speaker last made of it."""
    state = request.state
    if (state.revision, state.last, state.last_by) != (command.revision + 1, "SpendingRevised", given.actor.id):
        return False
    facts = words_of.RequestFacts(**facts_of(command, merged(command.amounts), state.revision))
    return bool(said(facts) == state.facts)


SPENDING_REQUEST_RULES: tuple[CommandRule, ...] = (
    CommandRule(RequestSpending, _involved, _request),
    CommandRule(DraftSpending, _involved_in_drafting, _draft),
    CommandRule(ReviseSpending, _involved_in_revising, _revise),
)
