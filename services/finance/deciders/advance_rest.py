"""The rest of an advance in money: what was not spent comes back, what was spent beyond it is paid."""

from collections.abc import Mapping, Sequence

from contracts import finance as words_of
from contracts.base import Event, Refused
from contracts.finance import ItemAmount, PayRest, ReceiveRest, VoucherKind
from services.finance.deciders.advance import (
    ADVANCE,
    Advance,
    expect_as_seen,
    expect_status,
    first_of,
    noted,
)
from services.finance.deciders.advance_holder import ADVANCE_HOLDER
from services.finance.deciders.common import expect_somebody_else, told_vnd
from services.finance.deciders.money import (
    PAID_ON,
    RECEIVED_ON,
    money_account,
    money_refs,
    movement,
)
from services.finance.deciders.posting import post, posting_refs
from services.finance.deciders.request import total
from services.finance.deciders.spending_payment import voucher_of
from services.finance.deciders.spending_request import by
from services.runtime.manifest import CommandRule, Decision, Given, Ref, Seen

_TOLD: Mapping[type[ReceiveRest | PayRest], tuple[str, str]] = {
    ReceiveRest: ("rest_received", "Thu hoàn tạm ứng thừa"),
    PayRest: ("rest_paid", "Chi bổ sung tạm ứng thiếu"),
}


def _kind(command: ReceiveRest | PayRest) -> VoucherKind:
    return (RECEIVED_ON if isinstance(command, ReceiveRest) else PAID_ON)[command.method]


def _involved(command: ReceiveRest | PayRest, given: Given) -> Sequence[Ref]:
    return (
        Ref(ADVANCE, command.advance_id),
        Ref(ADVANCE_HOLDER, command.holder_id),
        *posting_refs(given.command_id.hex, _kind(command), command.on),
        *money_refs(command),
    )


def _settle(
    command: ReceiveRest | PayRest, given: Given, advance: Seen, holder: Seen, entry: Seen, book: Seen, money: Seen
) -> Decision:
    state: Advance = advance.state
    expect_as_seen(state, command)
    expect_status(state, "accounted")
    expect_somebody_else(given, state.settling)
    rest = state.returning if isinstance(command, ReceiveRest) else state.owed
    amounts = _part(rest, command.amount_vnd)
    template, told = _TOLD[type(command)]
    facts = movement(
        command,
        given,
        template=template,
        kind=_kind(command),
        account=money_account(command, given, money),
        board=state.board,
        amounts=amounts,
        party=state.holder,
        description=f"{told}: {state.purpose}",
    )
    posting = post(entry, book, given, facts, request_id=state.request_id)
    settled = _told(command, given, advance, entry, voucher_of(posting[0][1]), total(rest) - command.amount_vnd)
    over = total(state.returning) + total(state.owed) == command.amount_vnd
    released = [(holder, noted(state, advance.ref.id, "settled"))] if over else []
    return [(advance, settled), *posting, *released]


def _part(rest: Sequence[ItemAmount], amount_vnd: int) -> list[ItemAmount]:
    """Return what an amount settles of a rest; raise Refused for more than it is."""
    if amount_vnd > total(rest):
        raise Refused(words_of.MORE_THAN_REST, "amount_vnd", rest=told_vnd(total(rest)))
    return first_of(rest, amount_vnd)


def _told(
    command: ReceiveRest | PayRest, given: Given, advance: Seen, entry: Seen, voucher: str, left_vnd: int
) -> Event:
    state: Advance = advance.state
    told = {
        **by(given),
        "year": state.year,
        "board": state.board,
        "request_id": state.request_id,
        "party": state.holder,
        "method": command.method,
        "entry_id": entry.ref.id,
        "voucher": voucher,
        "on": command.on,
        "amount_vnd": command.amount_vnd,
        "revision": state.revision + 1,
    }
    if isinstance(command, ReceiveRest):
        return words_of.RestReceived(**told, to_return_vnd=left_vnd)
    return words_of.RestPaid(**told, to_pay_vnd=left_vnd)


RECEIVE_REST = CommandRule(ReceiveRest, _involved, _settle)
PAY_REST = CommandRule(PayRest, _involved, _settle)
