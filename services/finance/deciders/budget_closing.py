"""Closing a board's year: what is left of each line lapses, or goes along to whoever comes after."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from contracts import finance as words_of
from contracts.base import Event, Refused
from contracts.finance import ChangedLine, CloseBudget
from services.finance.deciders.budget import BUDGET, Budget, BudgetLine, opened, told
from services.finance.deciders.common import budget_id
from services.runtime.manifest import CommandRule, Given, decides

_NAMED = 5


class Emptied(NamedTuple):
    """The lines of a budget when only what was spent stays in it, and what goes out of each line's estimate."""

    lines: Mapping[str, BudgetLine]
    out: tuple[ChangedLine, ...]

    @property
    def out_vnd(self) -> int:
        """What goes out of all lines together."""
        return sum(change.amount_vnd for change in self.out)


def emptied(budget: Budget) -> Emptied:
    """Return a budget's lines without all that is not spent; what a line was overspent by stays its own."""
    lines, out = {}, []
    for code, line in budget.lines.items():
        rest = max(0, line.estimate - line.spent)
        after = BudgetLine(line.estimate - rest, 0, 0, 0, line.spent)
        if after != line:
            lines[code] = after
        if rest:
            out.append(ChangedLine(line=code, amount_vnd=rest))
    return Emptied(lines, tuple(out))


def expect_nothing_open(budget: Budget) -> None:
    """Raise Refused for a budget of which requests or advances still keep something."""
    if budget.committed or budget.advanced:
        raise Refused(
            words_of.STILL_OPEN,
            requests=len(budget.committed),
            advances=len(budget.advanced),
            named=named([*budget.committed, *budget.advanced]),
        )


def named(ids: list[str]) -> str:
    """Return the first of some ids, and that there are more."""
    return ", ".join(ids[:_NAMED]) + ("…" if len(ids) > _NAMED else "")


def _close(command: CloseBudget, given: Given, budget: Budget) -> Iterable[Event]:
    budget = opened(budget, command.year, command.board)
    if not budget.lines:
        raise Refused(words_of.BUDGET_UNKNOWN, year=command.year, board=command.board)
    expect_nothing_open(budget)
    after = emptied(budget)
    yield words_of.BudgetClosed(
        **told(budget, after.lines),
        on=command.on,
        lapsed_vnd=after.out_vnd,
        lapsed=after.out,
        by_name=given.actor.name,
    )


CLOSE_BUDGET: CommandRule = decides(CloseBudget, BUDGET, lambda command: budget_id(command.year, command.board), _close)
