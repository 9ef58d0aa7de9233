"""Carrying over to the next year: what the closed list allows of each line, and what is open with what it keeps."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from contracts import finance as words_of
from contracts.base import Refused
from contracts.finance import CarriedPart, CarryOver, ChangedLine, Reserved
from services.finance.deciders.budget import BUDGET, Budget, BudgetLine, Kept, changed, expect_left, opened, told
from services.finance.deciders.budget_open import expect_seen, moved, open_refs
from services.finance.deciders.common import budget_id
from services.finance.deciders.estimates import expect_once, on_decision
from services.runtime.manifest import CommandRule, Decision, Given, Ref, Seen
from services.runtime.rules import NoRuleInForce


def _involved(command: CarryOver, given: Given) -> Sequence[Ref]:
    budgets = (budget_id(year, command.board) for year in (command.year, command.year + 1))
    return (*(Ref(BUDGET, id) for id in budgets), *open_refs(command))


def _carry(command: CarryOver, given: Given, giving: Seen, taking: Seen, *open_items: Seen) -> Decision:
    source = opened(giving.state, command.year, command.board)
    target = opened(taking.state, command.year + 1, command.board)
    if not source.lines:
        raise Refused(words_of.BUDGET_UNKNOWN, year=command.year, board=command.board)
    _expect_allowed(command, given)
    expect_seen(command, source, open_items)
    without = changed(source, command.lines, estimate=-1)
    expect_left(without, source)
    lines = {**source.lines, **without}
    along = _along(source, lines)
    reasons = {line.line: line.reason for line in command.lines}
    parts = [CarriedPart(line=line.line, amount_vnd=line.amount_vnd, reason=line.reason) for line in command.lines]
    parts += [CarriedPart(line=code, amount_vnd=amount) for code, amount in along.items() if amount]
    out = {code: _left_behind(lines[code], along.get(code, 0)) for code in {**reasons, **along}}
    said = on_decision(command, given)
    carried = words_of.EstimateCarriedOver(
        **told(source, out),
        **said,
        to_year=command.year + 1,
        changes=tuple(parts),
        requests=tuple(source.committed),
        advances=tuple(dict.fromkeys(command.advances)),
    )
    changes = tuple(ChangedLine(line=part.line, amount_vnd=part.amount_vnd) for part in parts)
    taken = words_of.BudgetTakenOver(
        **told(target, taken_over(target, source, changes)),
        **said,
        from_year=command.year,
        from_board=command.board,
        changes=changes,
        committed=reserved(source.committed),
        advanced=reserved(source.advanced),
    )
    return [(giving, carried), (taking, taken), *moved(command, open_items, command.year + 1, command.board)]


def _expect_allowed(command: CarryOver, given: Given) -> None:
    """Raise Refused for a reason outside the closed list of the year's last day (Law 89/2025/QH15 on the budget)."""
    if not (command.lines or command.requests or command.advances):
        raise Refused(words_of.NOTHING_TO_CARRY)
    expect_once(command.lines)
    for line in command.lines:
        try:
            given.rules.carry_over_reasons.in_force(date(command.year, 12, 31), reason=line.reason)
        except NoRuleInForce:
            raise Refused(words_of.NOT_TO_CARRY, "lines", reason=line.reason, year=command.year) from None


def _along(source: Budget, lines: Mapping[str, BudgetLine]) -> dict[str, int]:
    """Return what of each line's estimate goes along with what is open of it: all of it, where there is so much."""
    kept = {**dict.fromkeys(_lines_of(source.committed)), **dict.fromkeys(_lines_of(source.advanced))}
    found = {}
    for code in kept:
        line = lines[code]
        unspent = line.estimate - line.frozen - line.spent
        found[code] = max(0, min(line.committed + line.advanced, unspent))
    return found


def _left_behind(line: BudgetLine, along: int) -> BudgetLine:
    return BudgetLine(line.estimate - along, line.frozen, 0, 0, line.spent)


def _lines_of(kept: Kept) -> list[str]:
    return [line for lines in kept.values() for line in lines]


def reserved(kept: Kept) -> tuple[Reserved, ...]:
    """Return what requests or advances keep, as the event of the budget that takes them over says it."""
    return tuple(
        Reserved(id=id, line=line, amount_vnd=amount) for id, lines in kept.items() for line, amount in lines.items()
    )


def taken_over(
    target: Budget, source: Budget, changes: Sequence[ChangedLine], frozen: Sequence[ChangedLine] = ()
) -> dict[str, BudgetLine]:
    """Return the lines of a budget that takes over estimates, what is held back, and all that is open."""
    lines: dict[str, BudgetLine] = {}
    parts: Mapping[str, Sequence[ChangedLine | Reserved]] = {
        "estimate": changes,
        "frozen": frozen,
        "committed": reserved(source.committed),
        "advanced": reserved(source.advanced),
    }
    for part, amounts in parts.items():
        for each in amounts:
            line = lines.get(each.line) or target.lines.get(each.line) or BudgetLine()
            lines[each.line] = replace(line, **{part: getattr(line, part) + each.amount_vnd})
    return lines


CARRY_OVER = CommandRule(CarryOver, _involved, _carry)
