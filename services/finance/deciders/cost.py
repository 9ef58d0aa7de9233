"""The cost: what a fact of another desk costs, once, of which board and under which budget line by the table in force.

Nothing here is refused: nobody would read it. What the tables have no line for is not drafted; the office's own rows
say from when on, and for which causes, it wants drafts.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from contracts import finance as words_of
from contracts.base import Event
from contracts.finance import Cause, ItemAmount, Payee, RecordCost
from services.finance.deciders.known import KNOWN_THING, KNOWN_UNIT, Thing, board_of
from services.finance.rules.cost_tables import CostLine
from services.runtime.manifest import Aggregate, CommandRule, Decision, Given, Ref, Seen
from services.runtime.rules import NoRuleInForce
from services.runtime.text import fold

_LONGEST = 200
_ANY = "*"


@dataclass(frozen=True)
class Cost:
    """Whether it was told before."""

    told: bool = False


def _involved(command: RecordCost, given: Given) -> Sequence[Ref]:
    things = (Ref(KNOWN_THING, command.thing_id),) if command.thing_id else ()
    units = tuple(Ref(KNOWN_UNIT, unit_id) for unit_id in dict.fromkeys(command.unit_ids))
    return (Ref(COST, command.cost_id), *things, *units)


def _record(command: RecordCost, given: Given, cost: Seen, *others: Seen) -> Decision:
    thing = next((seen.state for seen in others if seen.ref.aggregate is KNOWN_THING), Thing())
    units = [seen for seen in others if seen.ref.aggregate is KNOWN_UNIT]
    line = line_of(given, command.kind, thing.class_code, command.on)
    if cost.state.told or line is None or not line.drafted:
        return []
    amounts = _amounts(command, given, line)
    if not amounts:
        return []
    caused = words_of.CostCaused(
        kind=command.kind,
        year=command.on.year,
        board=_board(command, thing, units, line),
        on=command.on,
        purpose=_named(command.told, thing),
        amounts=amounts,
        payee=Payee(name=name) if (name := command.supplier or thing.supplier) else None,
        papers=(command.paper,) if command.paper else (),
        cause=_told_of(command.cause, thing),
    )
    return [(cost, caused)]


def line_of(given: Given, kind: str, class_code: str | None, on: date) -> CostLine | None:
    """Return the line for a cost of an asset of a class: the class's own, its group's, that of all; None for none."""
    for code in (class_code, class_code and class_code.split(".")[0], _ANY):
        try:
            found: CostLine = given.rules.costs.lines.in_force(on, cause=kind, class_code=code)
        except NoRuleInForce:
            continue
        return found
    return None


def _board(command: RecordCost, thing: Thing, units: Sequence[Seen], line: CostLine) -> str:
    """Return who pays: whom the fact names, the one unit it is for, whose thing it is, else the office."""
    if command.board:
        return command.board
    return board_of(units[0]) if len(units) == 1 else thing.board or line.board


def _amounts(command: RecordCost, given: Given, line: CostLine) -> tuple[ItemAmount, ...]:
    if command.amount_vnd is not None:
        return (_amount(given, line, line.item, command.amount_vnd, command.on, None),)
    if command.people is None:
        return ()
    asked = " ".join(fold(text) for text in command.asked)
    return tuple(
        _amount(given, line, row.item, row.amount * command.people * command.sessions, command.on, row.name_vi)
        for row in given.rules.costs.meetings.all_in_force(command.on)
        if fold(row.asked_as) in asked
    )


def _amount(given: Given, line: CostLine, item: str, amount_vnd: int, on: date, note: str | None) -> ItemAmount:
    """Return an amount under an item of the year's line: `<source>.<chapter>.<clause>.<mục>`."""
    of = given.rules.items.in_force(on, item=item).of
    code = f"{line.source}.{line.chapter}.{line.clause}.{of}"
    return ItemAmount(line=code, item=item, amount_vnd=amount_vnd, note=note)


def _named(told: str, thing: Thing) -> str:
    return f"{told}: {thing.name}"[:_LONGEST] if thing.name and thing.name not in told else told


def _told_of(cause: Cause, thing: Thing) -> Cause:
    return cause.model_copy(update={"told": _named(cause.told, thing)})


def evolve(cost: Cost, event: Event) -> Cost:
    """Return the cost after an event."""
    return Cost(told=True) if isinstance(event, words_of.CostCaused | words_of.EntryCaused) else cost


COST = Aggregate("cost", Cost(), evolve, snapshots=False)
RECORD_COST = CommandRule(RecordCost, _involved, _record)
