"""What finance keeps of other desks' things: which board a unit is, and whose an asset or a car is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from contracts import finance as words_of
from contracts.base import Event
from contracts.finance import KnowThing, KnowUnit
from services.runtime.manifest import Aggregate, CommandRule, Decision, Given, Ref, Seen, decides


@dataclass(frozen=True)
class Unit:
    """A unit: the letters its board is told apart by."""

    board: str | None = None
    name: str = ""


@dataclass(frozen=True)
class Thing:
    """An asset or a car."""

    unit_id: str | None = None
    board: str | None = None
    class_code: str | None = None
    name: str | None = None
    supplier: str | None = None


def _know_unit(command: KnowUnit, given: Given, unit: Unit) -> Iterable[Event]:
    if (unit.board, unit.name) != (command.board, command.name):
        yield words_of.UnitKnown(board=command.board, name=command.name)


def _involved(command: KnowThing, given: Given) -> Sequence[Ref]:
    units = (Ref(KNOWN_UNIT, command.unit_id),) if command.unit_id else ()
    return (Ref(KNOWN_THING, command.thing_id), *units)


def _know_thing(command: KnowThing, given: Given, thing: Seen, *units: Seen) -> Decision:
    """What a fact does not say of a thing stays as it was."""
    before: Thing = thing.state
    after = Thing(
        command.unit_id or before.unit_id,
        board_of(units[0]) if units else before.board,
        command.class_code or before.class_code,
        command.name or before.name,
        command.supplier or before.supplier,
    )
    return [] if after == before else [(thing, words_of.ThingKnown(**after.__dict__))]


def board_of(unit: Seen) -> str:
    """Return a unit's board; its id in capitals for one that nobody established, to be put right in the draft."""
    known: Unit = unit.state
    return known.board or unit.ref.id.upper()[:20]


def evolve_unit(unit: Unit, event: Event) -> Unit:
    """Return the unit after an event."""
    return Unit(event.board, event.name) if isinstance(event, words_of.UnitKnown) else unit


def evolve_thing(thing: Thing, event: Event) -> Thing:
    """Return the thing after an event."""
    if not isinstance(event, words_of.ThingKnown):
        return thing
    return Thing(event.unit_id, event.board, event.class_code, event.name, event.supplier)


KNOWN_UNIT = Aggregate("known_unit", Unit(), evolve_unit)
KNOWN_THING = Aggregate("known_thing", Thing(), evolve_thing, snapshots=False)
KNOW_UNIT = decides(KnowUnit, KNOWN_UNIT, lambda command: command.unit_id, _know_unit)
KNOW_THING = CommandRule(KnowThing, _involved, _know_thing)
