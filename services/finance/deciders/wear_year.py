"""A year's wear by board: counted asset by asset as the run charges it, and drafted as one entry for all boards."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from contracts import finance as words_of
from contracts.base import Event
from contracts.finance import CountWear, DraftWear, ValueMoved
from services.finance.deciders.cost_entry import asset_lines
from services.finance.deciders.known import KNOWN_UNIT, board_of
from services.runtime.manifest import Aggregate, CommandRule, Decision, Given, Ref, Seen, decides

_UNIT = "unit"


@dataclass(frozen=True)
class WearYear:
    """What was counted, and what of it was drafted, by board: whole đồng."""

    counted: dict[str, int] = field(default_factory=dict)
    drafted: dict[str, int] = field(default_factory=dict)


def _involved(command: CountWear, given: Given) -> Sequence[Ref]:
    return Ref(WEAR_YEAR, str(command.year)), Ref(KNOWN_UNIT, command.unit_id)


def _count(command: CountWear, given: Given, year: Seen, unit: Seen) -> Decision:
    board = board_of(unit)
    total = year.state.counted.get(board, 0) + command.wear_vnd
    counted = words_of.WearCounted(thing_id=command.thing_id, board=board, wear_vnd=command.wear_vnd, board_vnd=total)
    return [(year, counted)]


def _draft(command: DraftWear, given: Given, year: WearYear) -> Iterable[Event]:
    """What a run charged after a draft makes a further one of the rest; where nothing was, none."""
    on = date(command.year, 12, 31)
    rest = {board: total - year.drafted.get(board, 0) for board, total in sorted(year.counted.items())}
    lines = tuple(
        line
        for board, wear in rest.items()
        for line in asset_lines(given, "asset_worn", on, (_worn(wear),), {_UNIT: board})
    )
    if lines:
        told = f"Hao mòn tài sản cố định năm {command.year}"
        yield words_of.EntryCaused(kind="asset_worn", on=on, description=told, lines=lines, cause=command.cause)


def _worn(wear_vnd: int) -> ValueMoved:
    return ValueMoved(unit_id=_UNIT, cost_vnd=wear_vnd, accumulated_vnd=wear_vnd)


def evolve(year: WearYear, event: Event) -> WearYear:
    """Return the year after an event."""
    match event:
        case words_of.WearCounted():
            return replace(year, counted={**year.counted, event.board: event.board_vnd})
        case words_of.EntryCaused():
            return replace(year, drafted=dict(year.counted))
    return year


WEAR_YEAR = Aggregate("wear_year", WearYear(), evolve)
COUNT_WEAR = CommandRule(CountWear, _involved, _count)
DRAFT_WEAR = decides(DraftWear, WEAR_YEAR, lambda command: str(command.year), _draft)
