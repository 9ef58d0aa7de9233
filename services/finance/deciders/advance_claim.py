"""Accounting for an advance: claimed, checked, returned, and approved, when what was spent is posted."""

from collections.abc import Sequence

from contracts import finance as words_of
from contracts.base import Event, Refused
from contracts.finance import (
    AdvanceCommand,
    ApproveClaim,
    CheckClaim,
    ClaimAdvance,
    EntryFacts,
    ItemAmount,
    RatedAmount,
    ReturnClaim,
)
from services.finance.deciders.advance import (
    ADVANCE,
    Advance,
    expect_as_seen,
    expect_status,
    noted,
    rests,
    said_again,
)
from services.finance.deciders.advance_holder import ADVANCE_HOLDER
from services.finance.deciders.budget import BUDGET, account_for, opened
from services.finance.deciders.budget_index import expect_item_of_line
from services.finance.deciders.common import budget_id, expect_own_board, expect_somebody_else, today
from services.finance.deciders.money import expect_in_year
from services.finance.deciders.posting import post, posting_refs, templated, total_of
from services.finance.deciders.request import merged, total
from services.finance.deciders.spending_payment import voucher_of
from services.finance.deciders.spending_request import by
from services.runtime.manifest import CommandRule, Decision, Given, Ref, Seen


def _involved(command: AdvanceCommand, given: Given) -> Sequence[Ref]:
    return Ref(ADVANCE, command.advance_id), Ref(ADVANCE_HOLDER, command.holder_id)


def _claim(command: ClaimAdvance, given: Given, advance: Seen, holder: Seen) -> Decision:
    state: Advance = advance.state
    expect_own_board(given, state.board or command.board)
    if said_again(state, command, words_of.AdvanceClaimed, given.actor.id) and state.claim == merged(command.amounts):
        return []
    expect_as_seen(state, command)
    return claimed(given, advance, holder, command.amounts, command.papers, note=command.note)


def claimed(
    given: Given,
    advance: Seen,
    holder: Seen,
    amounts: Sequence[ItemAmount],
    papers: Sequence[words_of.Paper],
    *,
    travel: Sequence[RatedAmount] = (),
    note: str | None = None,
) -> Decision:
    """Return that an advance is accounted for; raise Refused for lines that are not its own, or items not theirs."""
    state: Advance = advance.state
    expect_status(state, "open")
    lines = {amount.line for amount in state.amounts}
    for amount in amounts:
        if amount.line not in lines:
            raise Refused(words_of.NOT_LINE_OF_ADVANCE, "amounts", line=amount.line)
        expect_item_of_line(given, state.year, amount.line, amount.item)
    told = words_of.AdvanceClaimed(
        **by(given),
        amounts=merged(amounts),
        spent_vnd=total(amounts),
        papers=tuple(papers),
        note=note,
        late=today(given) > state.account_by,
        travel=tuple(travel),
        revision=state.revision + 1,
    )
    return [(advance, told), (holder, noted(state, advance.ref.id, "claimed"))]


def _check(command: CheckClaim, given: Given, advance: Seen, holder: Seen) -> Decision:
    state: Advance = advance.state
    if said_again(state, command, words_of.ClaimChecked, given.actor.id):
        return []
    expect_as_seen(state, command)
    expect_status(state, "claimed")
    expect_somebody_else(given, state.claiming)
    return [(advance, words_of.ClaimChecked(**by(given), note=command.note, revision=state.revision + 1))]


def _return(command: ReturnClaim, given: Given, advance: Seen, holder: Seen) -> Decision:
    state: Advance = advance.state
    if said_again(state, command, words_of.ClaimReturned, given.actor.id):
        return []
    expect_as_seen(state, command)
    expect_status(state, "claimed", "claim_checked")
    returned = words_of.ClaimReturned(**by(given), reason=command.reason, revision=state.revision + 1)
    return [(advance, returned), (holder, noted(state, advance.ref.id, "open"))]


def _involved_in_approving(command: ApproveClaim, given: Given) -> Sequence[Ref]:
    return (
        *_involved(command, given),
        Ref(BUDGET, budget_id(command.year, command.board)),
        *posting_refs(given.command_id.hex, "general", command.on),
    )


def _approve(
    command: ApproveClaim, given: Given, advance: Seen, holder: Seen, budget: Seen, entry: Seen, book: Seen
) -> Decision:
    state: Advance = advance.state
    if said_again(state, command, words_of.ClaimApproved, given.actor.id):
        return []
    expect_as_seen(state, command)
    expect_status(state, "claim_checked")
    expect_somebody_else(given, state.checking)
    expect_in_year(state.year, command.on)
    posting = _posted(command, given, state, entry, book)
    returning, owed = rests(state.amounts, state.claim)
    approved = words_of.ClaimApproved(
        **by(given),
        entry_id=entry.ref.id if posting else None,
        voucher=voucher_of(posting[0][1]) if posting else None,
        on=command.on,
        spent_vnd=total(state.claim),
        to_return_vnd=total(returning),
        to_pay_vnd=total(owed),
        revision=state.revision + 1,
    )
    accounted = account_for(
        opened(budget.state, state.year, state.board),
        state.request_id,
        advance.ref.id,
        state.claim,
        over=command.over_reason is not None,
        over_reason=command.over_reason,
        on=command.on,
    )
    settled = [] if returning or owed else [(holder, noted(state, advance.ref.id, "settled"))]
    return [(advance, approved), (budget, accounted), *posting, *settled]


def _posted(command: ApproveClaim, given: Given, advance: Advance, entry: Seen, book: Seen) -> list[tuple[Seen, Event]]:
    """Return the entry that books what was spent; none where nothing was."""
    if not advance.claim:
        return []
    template = "advance_settled"
    lines = templated(given, template, command.on, advance.board, advance.claim, party=advance.holder)
    facts = EntryFacts(
        kind="general",
        on=command.on,
        description=f"Thanh toán tạm ứng: {advance.purpose}"[:200],
        lines=lines,
        total_vnd=total_of(lines),
        party=advance.holder,
        template=template,
    )
    return post(entry, book, given, facts, request_id=advance.request_id)


ADVANCE_CLAIM_RULES: tuple[CommandRule, ...] = (
    CommandRule(ClaimAdvance, _involved, _claim),
    CommandRule(CheckClaim, _involved, _check),
    CommandRule(ReturnClaim, _involved, _return),
    CommandRule(ApproveClaim, _involved_in_approving, _approve),
)
