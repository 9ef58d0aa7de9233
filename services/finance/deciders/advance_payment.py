"""Handing out an advance of what was approved, and reminding whoever holds it."""

from collections.abc import Iterable, Sequence

from contracts import finance as words_of
from contracts.base import Event
from contracts.finance import PayAdvance, RemindAdvance
from services.finance.deciders.advance import ADVANCE, Advance
from services.finance.deciders.advance_holder import ADVANCE_HOLDER, expect_may_hold, holder_id
from services.finance.deciders.budget import advance as advanced_from
from services.finance.deciders.budget import opened
from services.finance.deciders.deadlines import account_by, overdue_at, remind_at
from services.finance.deciders.money import PAID_ON, money_account, money_refs, movement
from services.finance.deciders.posting import post, posting_refs
from services.finance.deciders.request import Request, expect_kept, merged, total
from services.finance.deciders.spending_approval import involved
from services.finance.deciders.spending_payment import expect_payable, voucher_of
from services.finance.deciders.spending_request import by
from services.runtime.manifest import CommandRule, Decision, Given, Ref, Seen, decides


def _involved(command: PayAdvance, given: Given) -> Sequence[Ref]:
    return (
        *involved(command, given),
        *posting_refs(given.command_id.hex, PAID_ON[command.method], command.on),
        Ref(ADVANCE, given.command_id.hex, new=True),
        Ref(ADVANCE_HOLDER, holder_id(command.holder)),
        *money_refs(command),
    )


def _pay(
    command: PayAdvance,
    given: Given,
    request: Seen,
    budget: Seen,
    entry: Seen,
    book: Seen,
    advance: Seen,
    holder: Seen,
    money: Seen,
) -> Decision:
    state: Request = request.state
    expect_payable(command, given, state)
    expect_may_hold(holder.state, given, command.holder.name, state.purpose)
    amounts = merged(command.amounts)
    expect_kept(state, amounts)
    posted, numbered = _posted(command, given, request, entry, book, money)
    paid = _paid(command, given, request, voucher_of(posted[1]), amounts)
    kept = advanced_from(opened(budget.state, state.year, state.board), request.ref.id, advance.ref.id, amounts)
    held = words_of.HoldingNoted(
        advance_id=advance.ref.id,
        purpose=state.purpose,
        since=command.on,
        account_by=paid.account_by,
        status="open",
    )
    told = _told(command, given, request, paid)
    return [(request, told), (budget, kept), posted, numbered, (advance, paid), (holder, held)]


def _posted(
    command: PayAdvance, given: Given, request: Seen, entry: Seen, book: Seen, money: Seen
) -> list[tuple[Seen, Event]]:
    state: Request = request.state
    facts = movement(
        command,
        given,
        template=f"advance_paid_{command.method}",
        kind=PAID_ON[command.method],
        account=money_account(command, given, money),
        board=state.board,
        amounts=merged(command.amounts),
        party=command.holder.name,
        description=f"Tạm ứng: {state.purpose}",
    )
    return post(entry, book, given, facts, request_id=request.ref.id)


def _told(command: PayAdvance, given: Given, request: Seen, paid: words_of.AdvancePaid) -> words_of.SpendingAdvanced:
    state: Request = request.state
    return words_of.SpendingAdvanced(
        **by(given),
        year=state.year,
        board=state.board,
        advance_id=given.command_id.hex,
        entry_id=paid.entry_id,
        voucher=paid.voucher,
        amounts=paid.amounts,
        advanced_vnd=paid.amount_vnd,
        open_vnd=state.open_vnd - paid.amount_vnd,
        revision=state.revision + 1,
    )


def _paid(
    command: PayAdvance, given: Given, request: Seen, voucher: str, amounts: tuple[words_of.ItemAmount, ...]
) -> words_of.AdvancePaid:
    due = account_by(given, command.task_ends_on)
    return words_of.AdvancePaid(
        **by(given),
        year=request.state.year,
        board=request.state.board,
        request_id=request.ref.id,
        purpose=request.state.purpose,
        holder=command.holder,
        amounts=amounts,
        amount_vnd=total(amounts),
        entry_id=given.command_id.hex,
        voucher=voucher,
        on=command.on,
        method=command.method,
        task_ends_on=command.task_ends_on,
        account_by=due,
        remind_at=remind_at(given, due),
        overdue_at=overdue_at(due),
    )


def _remind(command: RemindAdvance, given: Given, advance: Advance) -> Iterable[Event]:
    """Quiet where it is accounted for, or was reminded of already."""
    if advance.status == "open" and command.overdue not in advance.reminded:
        yield words_of.AdvanceReminded(account_by=advance.account_by, overdue=command.overdue)


PAY_ADVANCE = CommandRule(PayAdvance, _involved, _pay)
REMIND_ADVANCE = decides(RemindAdvance, ADVANCE, lambda command: command.advance_id, _remind)
