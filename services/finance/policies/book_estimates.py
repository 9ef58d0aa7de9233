"""What an estimate is belongs off the balance (008): each time it becomes more or less, an entry is drafted."""

from collections.abc import Iterable
from datetime import date

from contracts.base import Command
from contracts.finance import (
    BudgetClosed,
    BudgetFact,
    BudgetTakenOver,
    ChangedLine,
    EstimateAssigned,
    EstimateCarriedOver,
    EstimateTransferred,
    LineMoved,
    RecordEstimate,
)
from services.finance.policies.hearing import cause_of, fit, told_once
from services.runtime.envelope import Fact

FINANCE = (EstimateAssigned, EstimateTransferred, EstimateCarriedOver, BudgetTakenOver, BudgetClosed)
_TOLD = {
    "initial": "Giao dự toán đầu năm",
    "supplement": "Bổ sung dự toán",
    "adjustment": "Điều chỉnh dự toán",
    "carried_over": "Chuyển nguồn năm trước sang",
}


def react(fact: Fact) -> Iterable[Command]:
    """Yield the lines that changed, on the decision's day, and within the year they are for.

    What is held back changes nothing of the estimate. What was withdrawn already is for whoever posts the draft to see.
    """
    event = fact.event
    if isinstance(event, FINANCE) and not _with_balances(event):
        moved = [one for one in _moved(event) if one.amount_vnd]
        day = event.on if isinstance(event, BudgetClosed) else event.decided_on
        told = f"{_told(event)} {event.year} của {event.board}"
        if not isinstance(event, BudgetClosed):
            told += f", Quyết định {event.decision_number}"
        if moved:
            yield RecordEstimate(
                cost_id=told_once(fact),
                board=event.board,
                on=min(max(day, date(event.year, 1, 1)), date(event.year, 12, 31)),
                told=fit(told),
                lines=tuple(moved),
                cause=cause_of(fact, told),
            )


def _with_balances(event: BudgetFact) -> bool:
    """Tell whether a board's settlement moved it: the entry that hands its balances over has what is off them too."""
    if isinstance(event, BudgetClosed):
        return event.to_board is not None
    return isinstance(event, BudgetTakenOver) and event.from_board != event.board


def _told(event: BudgetFact) -> str:
    match event:
        case EstimateAssigned():
            return _TOLD[event.kind]
        case EstimateTransferred():
            return "Điều chuyển dự toán"
        case EstimateCarriedOver():
            return "Chuyển nguồn sang năm sau dự toán"
        case BudgetTakenOver():
            return "Nhận dự toán chuyển sang"
    return "Hủy, bàn giao dự toán còn lại"


def _moved(event: BudgetFact) -> Iterable[LineMoved]:
    match event:
        case EstimateAssigned() | BudgetTakenOver():
            yield from _changed(event.changes, 1)
        case EstimateCarriedOver():
            yield from _changed(event.changes, -1)
        case EstimateTransferred():
            # Between boards each of the two budgets tells its own side.
            if event.board == event.from_board:
                yield LineMoved(line=event.from_line, amount_vnd=-event.amount_vnd)
            if event.board == event.to_board:
                yield LineMoved(line=event.to_line, amount_vnd=event.amount_vnd)
        case BudgetClosed():
            yield from _changed((*event.lapsed, *event.handed_over), -1)


def _changed(changes: Iterable[ChangedLine], sign: int) -> Iterable[LineMoved]:
    return (LineMoved(line=one.line, amount_vnd=sign * one.amount_vnd) for one in changes)
