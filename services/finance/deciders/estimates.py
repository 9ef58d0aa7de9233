"""Estimates: assigned, supplemented and adjusted, held back and released, line by line."""

from collections.abc import Iterable, Mapping, Sequence

from contracts import finance as words_of
from contracts.base import Event, Refused
from contracts.finance import AssignEstimate, ChangedLine, FreezeEstimate, LineAmount, LineChange, ReleaseEstimate
from services.finance.deciders.budget import BUDGET, Budget, BudgetLine, changed, expect_left, line_of, opened, told
from services.finance.deciders.budget_index import expect_line_in_force
from services.finance.deciders.common import budget_id, told_vnd
from services.runtime.manifest import CommandRule, Given, decides


def _id(command: words_of.BoardYear) -> str:
    return budget_id(command.year, command.board)


def on_decision(command: words_of.EstimateDecision, given: Given) -> dict[str, object]:
    """Return the decision a command rests on and who entered it, as its events say them."""
    return {
        "decision_number": command.decision_number,
        "decided_on": command.decided_on,
        "by_name": given.actor.name,
    }


def expect_once(lines: Iterable[LineChange | LineAmount]) -> None:
    """Raise Refused for a line that is named twice."""
    seen: set[str] = set()
    for each in lines:
        if each.line in seen:
            raise Refused(words_of.LINE_TWICE, "lines", line=each.line)
        seen.add(each.line)


def assign(command: AssignEstimate, given: Given, budget: Budget) -> Iterable[Event]:
    """Decide that lines get an estimate, more of it, or less."""
    budget = opened(budget, command.year, command.board)
    expect_once(command.lines)
    lines: dict[str, BudgetLine] = {}
    for change in command.lines:
        lines[change.line] = _assigned(command, given, budget, change)
    yield words_of.EstimateAssigned(
        **told(budget, lines),
        **on_decision(command, given),
        kind=command.kind,
        changes=_changes(command.lines),
        note=command.note,
    )


def _assigned(command: AssignEstimate, given: Given, budget: Budget, change: LineChange) -> BudgetLine:
    if change.amount_vnd == 0:
        raise Refused(words_of.NOTHING_CHANGES, "lines", line=change.line)
    if change.amount_vnd > 0:
        expect_line_in_force(given, command.year, change.line)
        return with_estimate(budget.lines.get(change.line) or BudgetLine(), change.amount_vnd)
    if command.kind != "adjustment":
        raise Refused(words_of.ONLY_MORE, "lines", line=change.line)
    line = line_of(budget, change.line)
    if line.left + change.amount_vnd < 0:
        raise Refused(words_of.BELOW_ITS_USE, "lines", line=change.line, left=told_vnd(max(0, line.left)))
    return with_estimate(line, change.amount_vnd)


def with_estimate(line: BudgetLine, amount: int) -> BudgetLine:
    """Return a line whose estimate is more by an amount."""
    return BudgetLine(line.estimate + amount, line.frozen, line.committed, line.advanced, line.spent)


def freeze(command: FreezeEstimate, given: Given, budget: Budget) -> Iterable[Event]:
    """Decide that a part of what is left of lines is held back."""
    budget = opened(budget, command.year, command.board)
    expect_once(command.lines)
    lines = changed(budget, command.lines, frozen=1)
    expect_left(lines, budget)
    yield words_of.EstimateFrozen(**_held(command, given, budget, lines))


def release(command: ReleaseEstimate, given: Given, budget: Budget) -> Iterable[Event]:
    """Decide that what is held back may be spent again."""
    budget = opened(budget, command.year, command.board)
    expect_once(command.lines)
    lines = changed(budget, command.lines, frozen=-1)
    for code, line in lines.items():
        if line.frozen < 0:
            frozen = told_vnd(budget.lines[code].frozen)
            raise Refused(words_of.NOT_SO_MUCH_FROZEN, "lines", line=code, frozen=frozen)
    yield words_of.EstimateReleased(**_held(command, given, budget, lines))


def _held(
    command: FreezeEstimate | ReleaseEstimate, given: Given, budget: Budget, lines: Mapping[str, BudgetLine]
) -> dict[str, object]:
    return {
        **told(budget, lines),
        **on_decision(command, given),
        "changes": _changes(command.lines),
        "reason": command.reason,
    }


def _changes(lines: Sequence[LineChange | LineAmount]) -> tuple[ChangedLine, ...]:
    return tuple(ChangedLine(line=each.line, amount_vnd=each.amount_vnd) for each in lines)


ESTIMATE_RULES: tuple[CommandRule, ...] = (
    decides(AssignEstimate, BUDGET, _id, assign),
    decides(FreezeEstimate, BUDGET, _id, freeze),
    decides(ReleaseEstimate, BUDGET, _id, release),
)
