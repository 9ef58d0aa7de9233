"""What facts change in the books: the lines of the entry to be drafted, by tables, each board balanced by itself."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from contracts import finance as words_of
from contracts.base import Refused
from contracts.finance import EntryLine, ItemAmount, RecordBooking, RecordEstimate, Side, ValueMoved
from services.finance.deciders.cost import COST
from services.finance.deciders.known import KNOWN_UNIT, board_of
from services.finance.deciders.posting import templated
from services.finance.rules.cost_tables import CostEntry
from services.runtime.manifest import CommandRule, Decision, Given, Ref, Seen

_OTHER: Mapping[Side, Side] = {"debit": "credit", "credit": "debit"}
INTANGIBLE = ("VH", "DT.2", "DT.3")
"""Classes of assets that are no things: land-use rights, software and others (Thông tư 141/2025/TT-BTC)."""


def _involved(command: RecordBooking, given: Given) -> Sequence[Ref]:
    units = dict.fromkeys(moved.unit_id for moved in command.moved)
    return (Ref(COST, command.cost_id), *(Ref(KNOWN_UNIT, unit_id) for unit_id in units))


def _record(command: RecordBooking, given: Given, cost: Seen, *units: Seen) -> Decision:
    if cost.state.told:
        return []
    boards = {unit.ref.id: board_of(unit) for unit in units}
    lines = tuple(asset_lines(given, command.kind, command.on, command.moved, boards, command.class_code))
    if not lines:
        return []
    caused = words_of.EntryCaused(
        kind=command.kind, on=command.on, description=command.told, lines=lines, cause=command.cause
    )
    return [(cost, caused)]


def asset_lines(
    given: Given,
    kind: str,
    on: date,
    moved: Iterable[ValueMoved],
    boards: Mapping[str, str],
    class_code: str | None = None,
) -> Iterator[EntryLine]:
    """Yield the lines that changes of assets' value make by the table in force; those of nothing are left out.

    Every unit's rows of the table balance, so every board does.
    """
    rows = sorted(rows_of(given, kind, on), key=lambda row: row.row)
    intangible = class_code is not None and class_code.startswith(INTANGIBLE)
    for part in moved:
        measures = {"cost": part.cost_vnd, "accumulated": part.accumulated_vnd}
        measures["residual"] = part.cost_vnd - part.accumulated_vnd
        for row in rows:
            amount = measures[row.measure]
            if row.whose == part.whose and amount:
                yield EntryLine(
                    account=row.intangible_account if intangible and row.intangible_account else row.account,
                    side=row.side if amount > 0 else _OTHER[row.side],
                    amount_vnd=abs(amount),
                    board=boards[part.unit_id],
                )


def rows_of(given: Given, kind: str, on: date) -> Iterator[CostEntry]:
    """Yield the rows in force for a cause; none for what the office books by hand."""
    return (row for row in given.rules.costs.entries.all_in_force(on) if row.cause == kind)


def _involved_in_estimate(command: RecordEstimate, given: Given) -> Sequence[Ref]:
    return (Ref(COST, command.cost_id),)


def _record_estimate(command: RecordEstimate, given: Given, cost: Seen) -> Decision:
    if cost.state.told:
        return []
    lines = tuple(line for moved in command.lines for line in _estimate_lines(given, command, moved))
    if not lines:
        return []
    caused = words_of.EntryCaused(
        kind="estimate_assigned", on=command.on, description=command.told, lines=lines, cause=command.cause
    )
    return [(cost, caused)]


def _estimate_lines(given: Given, command: RecordEstimate, moved: words_of.LineMoved) -> tuple[EntryLine, ...]:
    """Return the line off the balance; none for a source whose estimate is not kept there, or is not in force."""
    template = "estimate_assigned" if moved.amount_vnd > 0 else "estimate_lowered"
    item = moved.line.rsplit(".", 1)[1]
    amount = ItemAmount(line=moved.line, item=item, amount_vnd=abs(moved.amount_vnd))
    try:
        return templated(given, template, command.on, command.board, (amount,)) if moved.amount_vnd else ()
    except Refused:
        return ()


RECORD_BOOKING = CommandRule(RecordBooking, _involved, _record)
RECORD_ESTIMATE = CommandRule(RecordEstimate, _involved_in_estimate, _record_estimate)
