"""What follows for a request and its budget when a payment of it is taken back."""

from collections.abc import Sequence

from contracts import finance as words_of
from contracts.base import Event, Refused
from contracts.finance import EntryPosted, ReverseEntry
from services.finance.deciders.budget import BUDGET, opened, unspend
from services.finance.deciders.common import budget_id
from services.finance.deciders.request import REQUEST, Request, total
from services.runtime.manifest import Given, Ref, Seen


def payment_refs(command: ReverseEntry, given: Given) -> Sequence[Ref]:
    """Return what reversing a payment is decided over besides the entries: the request it paid, and its budget."""
    if command.request_id is None or command.board is None:
        return ()
    year = command.on.year if command.year is None else command.year
    return Ref(REQUEST, command.request_id), Ref(BUDGET, budget_id(year, command.board))


def payment_reversed(
    command: ReverseEntry, posted: EntryPosted, entry: Seen, given: Given, paid: Sequence[Seen]
) -> list[tuple[Seen, Event]]:
    """Return that the amounts of a payment are kept for its request again; nothing for an entry that paid none.

    `posted` is what was taken back, `entry` the one that does it, `paid` what `payment_refs` named, in its order.
    Raises Refused for what is no payment of the request from the named budget, such as an advance; for a closed
    budget; and for a request that went over to another budget after it was paid.
    """
    if posted.request_id is None:
        return []
    if not paid:
        raise Refused(words_of.NOT_A_PAYMENT, "board", request_id=posted.request_id)
    request, budget = paid
    state: Request = request.state
    part = state.payments.get(command.entry_id)
    if part is None or budget.ref.id != budget_id(part.year, part.board):
        raise Refused(words_of.NOT_A_PAYMENT, "request_id", request_id=posted.request_id)
    if (state.year, state.board) != (part.year, part.board):
        raise Refused(words_of.PAID_BEFORE_MOVE, year=state.year, board=state.board)
    reversed_ = words_of.PaymentReversed(
        by=given.actor.id,
        by_name=given.actor.name,
        entry_id=command.entry_id,
        amounts=part.amounts,
        open_vnd=state.open_vnd + total(part.amounts),
        revision=state.revision + 1,
    )
    was = opened(budget.state, part.year, part.board)
    unspent = unspend(was, request.ref.id, entry.ref.id, part.amounts, command.on)
    return [(request, reversed_), (budget, unspent)]
