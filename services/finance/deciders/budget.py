"""The budget of a board's year: its lines, what is kept of them for whom, and how each fact leaves them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from contracts import finance as words_of
from contracts.base import Event, Refused
from contracts.finance import ChangedLine, ItemAmount, ItemSpent, LineAmount, LineFigures
from services.finance.deciders.common import told_vnd
from services.runtime.manifest import Aggregate

Kept = Mapping[str, Mapping[str, int]]
"""What each request or advance keeps, by its id and line."""


@dataclass(frozen=True, slots=True)
class BudgetLine:
    """A line: what was assigned, and what has become of it; whole đồng."""

    estimate: int = 0
    frozen: int = 0
    committed: int = 0
    advanced: int = 0
    spent: int = 0

    @property
    def left(self) -> int:
        """What may still be committed."""
        return self.estimate - self.frozen - self.committed - self.advanced - self.spent

    def figures(self, line: str) -> LineFigures:
        """Return the line as events and answers tell it."""
        return LineFigures(
            line=line,
            estimate_vnd=self.estimate,
            frozen_vnd=self.frozen,
            committed_vnd=self.committed,
            advanced_vnd=self.advanced,
            spent_vnd=self.spent,
            left_vnd=self.left,
        )


@dataclass(frozen=True)
class Budget:
    """A board's year as later decisions need it."""

    year: int = 0
    board: str = ""
    lines: Mapping[str, BudgetLine] = field(default_factory=dict)
    committed: Kept = field(default_factory=dict)
    advanced: Kept = field(default_factory=dict)
    closed: bool = False


def evolve(budget: Budget, event: Event) -> Budget:
    """Return the budget after an event."""
    if not isinstance(event, words_of.BudgetFact):
        return budget
    lines = {**budget.lines, **{figures.line: _line(figures) for figures in event.lines}}
    budget = replace(budget, year=event.year, board=event.board, lines=lines)
    match event:
        case words_of.FundsCommitted() | words_of.SpendingReversed():
            return replace(budget, committed=_kept(budget.committed, event.request_id, event.changes, 1))
        case words_of.CommitmentReleased() | words_of.FundsSpent():
            return replace(budget, committed=_kept(budget.committed, event.request_id, event.changes, -1))
        case words_of.FundsAdvanced():
            committed = _kept(budget.committed, event.request_id, event.changes, -1)
            return replace(
                budget, committed=committed, advanced=_kept(budget.advanced, event.advance_id, event.changes, 1)
            )
        case words_of.AdvanceAccounted():
            return replace(budget, advanced=_without(budget.advanced, (event.advance_id,)))
        case words_of.EstimateCarriedOver():
            committed, advanced = _without(budget.committed, event.requests), _without(budget.advanced, event.advances)
            return replace(budget, committed=committed, advanced=advanced)
        case words_of.BudgetTakenOver():
            return _taken_over(budget, event)
        case words_of.BudgetClosed():
            return replace(budget, closed=True, committed={}, advanced={})
    return budget


BUDGET = Aggregate("budget", Budget(), evolve)


def changed(budget: Budget, changes: Iterable[ChangedLine | LineAmount], **by: int) -> dict[str, BudgetLine]:
    """Return the lines as they stand when each named part changes by its factor of the amounts, added up by line.

    `changed(budget, amounts, committed=-1, spent=1)` is a payment. Raises Refused for a line that was never assigned.
    """
    lines: dict[str, BudgetLine] = {}
    for change in changes:
        line = lines.get(change.line) or line_of(budget, change.line)
        parts = {part: getattr(line, part) + factor * change.amount_vnd for part, factor in by.items()}
        lines[change.line] = replace(line, **parts)
    return lines


def told(budget: Budget, lines: Mapping[str, BudgetLine]) -> dict[str, Any]:
    """Return whose budget it is and its changed lines, as every event of a budget says them."""
    figures = tuple(line.figures(code) for code, line in lines.items())
    return {"year": budget.year, "board": budget.board, "lines": figures}


def summed(amounts: Iterable[LineAmount]) -> tuple[ChangedLine, ...]:
    """Return amounts added up by line, in the order in which lines are first named."""
    sums: dict[str, int] = {}
    for amount in amounts:
        sums[amount.line] = sums.get(amount.line, 0) + amount.amount_vnd
    return tuple(ChangedLine(line=line, amount_vnd=sum_vnd) for line, sum_vnd in sums.items())


def line_of(budget: Budget, line: str) -> BudgetLine:
    """Return a line; raise Refused for one that was never assigned."""
    found = budget.lines.get(line)
    if found is None:
        raise Refused(words_of.LINE_UNKNOWN, year=budget.year, board=budget.board, line=line)
    return found


def expect_open(budget: Budget, year: int, board: str) -> None:
    """Raise Refused for a budget that is closed."""
    if budget.closed:
        raise Refused(words_of.BUDGET_CLOSED, year=year, board=board)


def expect_left(lines: Mapping[str, BudgetLine], was: Budget) -> None:
    """Raise Refused where a line would have less than nothing left, saying what it has and lacks.

    A line that authority let go beyond its estimate may stay there, and go no further.
    """
    for code, line in lines.items():
        short = _beyond(code, line, was)
        if short:
            left = was.lines[code].left if code in was.lines else 0
            raise Refused(words_of.NOT_ENOUGH_LEFT, line=code, left=told_vnd(left), short=told_vnd(short))


def commit(
    budget: Budget, request_id: str, amounts: Iterable[LineAmount], over_reason: str | None = None
) -> words_of.FundsCommitted:
    """Return that amounts are kept for a request; raise Refused where lines lack them, unless by authority."""
    changes = summed(amounts)
    lines = changed(budget, changes, committed=1)
    if over_reason is None:
        expect_left(lines, budget)
    over = sum(_beyond(code, line, budget) for code, line in lines.items())
    return words_of.FundsCommitted(
        **told(budget, lines),
        request_id=request_id,
        changes=changes,
        over_vnd=over,
        over_reason=over_reason if over else None,
    )


def release(budget: Budget, request_id: str) -> words_of.CommitmentReleased:
    """Return that all a request still keeps is free again."""
    kept = budget.committed.get(request_id, {})
    changes = tuple(ChangedLine(line=line, amount_vnd=amount) for line, amount in kept.items())
    return words_of.CommitmentReleased(
        **told(budget, changed(budget, changes, committed=-1)), request_id=request_id, changes=changes
    )


def spend(
    budget: Budget, request_id: str, entry_id: str, amounts: Sequence[LineAmount], on: date | None = None
) -> words_of.FundsSpent:
    """Return that a part of what a request keeps was paid; whoever calls has checked that it keeps so much.

    Amounts that name an item are told by item too; `on` is the day of the voucher.
    """
    changes = summed(amounts)
    return words_of.FundsSpent(
        **told(budget, changed(budget, changes, committed=-1, spent=1)),
        request_id=request_id,
        entry_id=entry_id,
        changes=changes,
        items=_by_item(amounts),
        on=on,
    )


def unspend(
    budget: Budget, request_id: str, entry_id: str, amounts: Sequence[LineAmount], on: date | None = None
) -> words_of.SpendingReversed:
    """Return that a payment was reversed: it is kept for its request again; `on` is the day of the reversal."""
    changes = summed(amounts)
    return words_of.SpendingReversed(
        **told(budget, changed(budget, changes, committed=1, spent=-1)),
        request_id=request_id,
        entry_id=entry_id,
        changes=changes,
        items=_by_item(amounts),
        on=on,
    )


def advance(budget: Budget, request_id: str, advance_id: str, amounts: Iterable[LineAmount]) -> words_of.FundsAdvanced:
    """Return that a part of what a request keeps was handed out as an advance."""
    changes = summed(amounts)
    lines = changed(budget, changes, committed=-1, advanced=1)
    return words_of.FundsAdvanced(**told(budget, lines), request_id=request_id, advance_id=advance_id, changes=changes)


def account_for(
    budget: Budget,
    request_id: str,
    advance_id: str,
    spent: Sequence[LineAmount],
    *,
    over: bool,
    over_reason: str | None = None,
    on: date | None = None,
) -> words_of.AdvanceAccounted:
    """Return that an advance became spending; raise Refused where it went beyond what is left, unless by authority.

    `over_reason` says why it may go beyond; `on` is the day of the voucher.
    """
    kept = budget.advanced.get(advance_id, {})
    advanced = tuple(ChangedLine(line=line, amount_vnd=amount) for line, amount in kept.items())
    changes = summed(spent)
    without = with_lines(budget, changed(budget, advanced, advanced=-1))
    lines = {line.line: without.lines[line.line] for line in advanced} | changed(without, changes, spent=1)
    if not over:
        expect_left(lines, budget)
    over_vnd = sum(_beyond(code, line, budget) for code, line in lines.items())
    return words_of.AdvanceAccounted(
        **told(budget, lines),
        request_id=request_id,
        advance_id=advance_id,
        advanced=advanced,
        spent=changes,
        over_vnd=over_vnd,
        over_reason=over_reason if over_vnd else None,
        items=_by_item(spent),
        on=on,
    )


def opened(budget: Budget, year: int, board: str) -> Budget:
    """Return a budget that knows whose it is, before its first fact too; raise Refused for one that is closed.

    Two boards whose letters differ by capitals or marks alone (B.1, B-1) would share a budget: the second is refused.
    """
    if budget.board not in ("", board):
        raise Refused(words_of.BUDGET_UNKNOWN, year=year, board=board)
    expect_open(budget, year, board)
    return replace(budget, year=year, board=board)


def with_lines(budget: Budget, lines: Mapping[str, BudgetLine]) -> Budget:
    """Return the budget with some lines as they are to stand."""
    return replace(budget, lines={**budget.lines, **lines})


def _beyond(code: str, line: BudgetLine, was: Budget) -> int:
    """Return by how much a line goes below nothing, and below where it was."""
    before = was.lines[code].left if code in was.lines else 0
    return max(0, min(0, before) - line.left)


def _by_item(amounts: Iterable[LineAmount]) -> tuple[ItemSpent, ...]:
    return tuple(
        ItemSpent(line=amount.line, item=amount.item, amount_vnd=amount.amount_vnd)
        for amount in amounts
        if isinstance(amount, ItemAmount)
    )


def _line(figures: LineFigures) -> BudgetLine:
    return BudgetLine(
        figures.estimate_vnd, figures.frozen_vnd, figures.committed_vnd, figures.advanced_vnd, figures.spent_vnd
    )


def _kept(kept: Kept, id: str, changes: Iterable[ChangedLine], factor: int) -> Kept:
    mine = dict(kept.get(id, {}))
    for change in changes:
        mine[change.line] = mine.get(change.line, 0) + factor * change.amount_vnd
    left = {line: amount for line, amount in mine.items() if amount}
    return {**_without(kept, (id,)), **({id: left} if left else {})}


def _without(kept: Kept, ids: Iterable[str]) -> Kept:
    gone = set(ids)
    return {id: lines for id, lines in kept.items() if id not in gone}


def _taken_over(budget: Budget, event: words_of.BudgetTakenOver) -> Budget:
    committed, advanced = budget.committed, budget.advanced
    for part in event.committed:
        committed = _kept(committed, part.id, (ChangedLine(line=part.line, amount_vnd=part.amount_vnd),), 1)
    for part in event.advanced:
        advanced = _kept(advanced, part.id, (ChangedLine(line=part.line, amount_vnd=part.amount_vnd),), 1)
    return replace(budget, committed=committed, advanced=advanced)
