"""Paying what was approved: the request, the budget, the entry and its number in one decision."""

from collections.abc import Sequence

from contracts import finance as words_of
from contracts.base import Event
from contracts.finance import PaySpending
from services.finance.deciders.budget import opened, spend
from services.finance.deciders.common import expect_somebody_else
from services.finance.deciders.money import PAID_ON, expect_in_year, money_account, money_refs, movement
from services.finance.deciders.posting import post, posting_refs
from services.finance.deciders.request import Request, expect_as_seen, expect_kept, expect_status, merged, total
from services.finance.deciders.spending_approval import involved
from services.finance.deciders.spending_request import by
from services.runtime.manifest import CommandRule, Decision, Given, Ref, Seen


def _involved(command: PaySpending, given: Given) -> Sequence[Ref]:
    own = posting_refs(given.command_id.hex, PAID_ON[command.method], command.on)
    return (*involved(command, given), *own, *money_refs(command))


def _pay(
    command: PaySpending, given: Given, request: Seen, budget: Seen, entry: Seen, book: Seen, money: Seen
) -> Decision:
    state: Request = request.state
    expect_payable(command, given, state)
    amounts, payee = merged(command.amounts), command.payee or state.payee
    expect_kept(state, amounts)
    facts = movement(
        command,
        given,
        template=f"pay_{command.method}",
        kind=PAID_ON[command.method],
        account=money_account(command, given, money),
        board=state.board,
        amounts=amounts,
        party=payee.name if payee else None,
        description=state.purpose,
    )
    posted, numbered = post(entry, book, given, facts, request_id=request.ref.id)
    was = opened(budget.state, state.year, state.board)
    spent = spend(was, request.ref.id, entry.ref.id, amounts, command.on)
    paid = words_of.SpendingPaid(
        **by(given),
        year=state.year,
        board=state.board,
        entry_id=entry.ref.id,
        voucher=voucher_of(posted[1]),
        on=command.on,
        method=command.method,
        amounts=amounts,
        paid_vnd=total(amounts),
        open_vnd=state.open_vnd - total(amounts),
        payee=payee,
        revision=state.revision + 1,
    )
    return [(request, paid), (budget, spent), posted, numbered]


def expect_payable(command: words_of.PaySpending | words_of.PayAdvance, given: Given, request: Request) -> None:
    """Raise Refused for a request that is not approved, a day outside its year, or one who took an earlier step."""
    expect_as_seen(request, command)
    expect_status(request, "approved")
    expect_somebody_else(given, request.approving)
    expect_in_year(request.year, command.on)


def voucher_of(posted: Event) -> str:
    """Return how the voucher of an entry just posted is called."""
    assert isinstance(posted, words_of.EntryPosted)
    return posted.voucher


PAY_SPENDING = CommandRule(PaySpending, _involved, _pay)
