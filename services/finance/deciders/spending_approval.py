"""Checking, returning, rejecting, approving, closing a request, and telling that it waits too long."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from contracts import finance as words_of
from contracts.base import Event, Refused
from contracts.finance import (
    ApproveSpending,
    ApproveSpendingOver,
    CheckSpending,
    CloseSpending,
    EscalateSpending,
    RejectSpending,
    RequestCommand,
    RequestStatus,
    ReturnSpending,
    WaitsFor,
)
from services.finance.deciders.budget import BUDGET, commit, opened, release
from services.finance.deciders.common import budget_id, expect_somebody_else
from services.finance.deciders.request import REQUEST, Request, expect_as_seen, expect_status, said_again
from services.finance.deciders.spending_request import by, weighed
from services.runtime.manifest import CommandRule, Decision, Given, Ref, Seen, decides

WAITS_FOR: Mapping[RequestStatus, WaitsFor] = {
    "drafted": "board",
    "submitted": "accountant",
    "returned": "board",
    "checked": "leader",
}
"""Whom a request waits for until it is decided."""


def involved(command: RequestCommand, given: Given) -> Sequence[Ref]:
    """Return what a step is decided over: the request and the budget it is asked from."""
    return Ref(REQUEST, command.request_id), Ref(BUDGET, budget_id(command.year, command.board))


def _check(command: CheckSpending, given: Given, request: Seen, budget: Seen) -> Decision:
    state: Request = request.state
    if said_again(state, command, words_of.SpendingChecked, given.actor.id):
        return []
    expect_as_seen(state, command)
    expect_status(state, "submitted")
    expect_somebody_else(given, state.asking)
    after = weighed(budget.state, state.amounts, state.year, state.board)
    checked = words_of.SpendingChecked(**by(given), note=command.note, after=after, revision=state.revision + 1)
    return [(request, checked)]


def _return(command: ReturnSpending, given: Given, request: Request) -> Iterable[Event]:
    if said_again(request, command, words_of.SpendingReturned, given.actor.id):
        return
    expect_as_seen(request, command)
    expect_status(request, "submitted", "checked")
    yield words_of.SpendingReturned(**by(given), reason=command.reason, revision=request.revision + 1)


def _reject(command: RejectSpending, given: Given, request: Request) -> Iterable[Event]:
    if said_again(request, command, words_of.SpendingRejected, given.actor.id):
        return
    expect_as_seen(request, command)
    expect_status(request, "drafted", "submitted", "returned", "checked")
    if request.status != "drafted":
        if "leader" not in given.actor.roles:
            raise Refused(words_of.HEAD_REJECTS)
        expect_somebody_else(given, request.asking)
    yield words_of.SpendingRejected(**by(given), reason=command.reason, revision=request.revision + 1)


def _approve(command: ApproveSpending | ApproveSpendingOver, given: Given, request: Seen, budget: Seen) -> Decision:
    state: Request = request.state
    if said_again(state, command, words_of.SpendingApproved, given.actor.id):
        return []
    expect_as_seen(state, command)
    expect_status(state, "checked")
    expect_somebody_else(given, state.checking)
    beyond = command.reason if isinstance(command, ApproveSpendingOver) else None
    note = command.note if isinstance(command, ApproveSpending) else None
    committed = commit(opened(budget.state, state.year, state.board), request.ref.id, state.amounts, beyond)
    approved = words_of.SpendingApproved(
        **by(given),
        # A reason that was not needed is a remark.
        note=note if committed.over_reason or beyond is None else beyond,
        over_reason=committed.over_reason,
        revision=state.revision + 1,
    )
    return [(request, approved), (budget, committed)]


def _close(command: CloseSpending, given: Given, request: Seen, budget: Seen) -> Decision:
    state: Request = request.state
    if said_again(state, command, words_of.SpendingClosed, given.actor.id):
        return []
    expect_as_seen(state, command)
    expect_status(state, "approved")
    closed = words_of.SpendingClosed(
        **by(given), released_vnd=state.open_vnd, reason=command.reason, revision=state.revision + 1
    )
    if not state.open_vnd:
        return [(request, closed)]
    return [(request, closed), (budget, release(opened(budget.state, state.year, state.board), request.ref.id))]


def _escalate(command: EscalateSpending, given: Given, request: Request) -> Iterable[Event]:
    """Quiet where it was decided in time, got another time, or was told of already."""
    due = request.decide_by
    if request.status is None or due is None or given.now < due or request.escalated == due:
        return
    waits = WAITS_FOR.get(request.status)
    if waits is not None:
        yield words_of.SpendingEscalated(decide_by=due, waits_for=waits)


def _id(command: RequestCommand | EscalateSpending) -> str:
    return command.request_id


_ALONE: Mapping[type[RequestCommand], Callable[..., Iterable[Event]]] = {
    ReturnSpending: _return,
    RejectSpending: _reject,
}
SPENDING_APPROVAL_RULES: tuple[CommandRule, ...] = (
    CommandRule(CheckSpending, involved, _check),
    *(decides(command, REQUEST, _id, decide) for command, decide in _ALONE.items()),
    CommandRule(ApproveSpending, involved, _approve),
    CommandRule(ApproveSpendingOver, involved, _approve),
    CommandRule(CloseSpending, involved, _close),
    decides(EscalateSpending, REQUEST, _id, _escalate),
)
