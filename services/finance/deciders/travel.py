"""Claiming the costs of a journey: a request by the rates in force, or the account of the traveller's advance."""

from collections.abc import Iterable, Sequence

from contracts import finance as words_of
from contracts.base import Refused
from contracts.finance import ClaimTravel, ItemAmount, Paper, RatedAmount
from services.finance.deciders.advance import ADVANCE, Advance, expect_place
from services.finance.deciders.advance_claim import claimed
from services.finance.deciders.advance_holder import ADVANCE_HOLDER, holder_id
from services.finance.deciders.budget import BUDGET
from services.finance.deciders.budget_index import expect_item_of_line
from services.finance.deciders.common import budget_id, expect_own_board
from services.finance.deciders.request import REQUEST, merged, total
from services.finance.deciders.spending_request import by, weighed
from services.finance.deciders.travel_costs import costs
from services.runtime.manifest import CommandRule, Decision, Given, Ref, Seen

_TRAVEL = "6700"


def _involved(command: ClaimTravel, given: Given) -> Sequence[Ref]:
    if command.advance_id is not None:
        return Ref(ADVANCE, command.advance_id), Ref(ADVANCE_HOLDER, holder_id(command.traveller))
    request = Ref(REQUEST, given.command_id.hex, new=True)
    return request, Ref(BUDGET, budget_id(command.year, command.board))


def _claim(command: ClaimTravel, given: Given, own: Seen, other: Seen) -> Decision:
    expect_own_board(given, command.board)
    if command.line.rsplit(".", 1)[1] != _TRAVEL:
        raise Refused(words_of.NOT_A_TRAVEL_LINE, "line", line=command.line)
    rated = costs(command, given)
    amounts = merged(_amounts(command.line, rated))
    for amount in amounts:
        expect_item_of_line(given, command.year, amount.line, amount.item, "line")
    papers = (command.travel_order, *(ticket.paper for ticket in command.tickets if ticket.paper))
    if command.advance_id is not None:
        return _against(command, given, own, other, rated, amounts, papers)
    requested = words_of.SpendingRequested(
        year=command.year,
        board=command.board,
        purpose=command.purpose,
        amounts=amounts,
        total_vnd=total(amounts),
        payee=command.traveller,
        papers=papers,
        revision=1,
        **by(given),
        travel=rated,
        after=weighed(other.state, amounts, command.year, command.board),
    )
    return [(own, requested)]


def _against(
    command: ClaimTravel,
    given: Given,
    advance: Seen,
    holder: Seen,
    rated: Sequence[RatedAmount],
    amounts: Sequence[ItemAmount],
    papers: Sequence[Paper],
) -> Decision:
    state: Advance = advance.state
    if state.status is None:
        raise Refused(words_of.ADVANCE_UNKNOWN, "advance_id", advance_id=command.advance_id)
    expect_place(state, command.year, command.board, holder_id(command.traveller))
    return claimed(given, advance, holder, amounts, papers, travel=rated, note=command.purpose)


def _amounts(line: str, rated: Iterable[RatedAmount]) -> list[ItemAmount]:
    return [ItemAmount(line=line, item=part.item, amount_vnd=part.amount_vnd) for part in rated]


CLAIM_TRAVEL = CommandRule(ClaimTravel, _involved, _claim)
