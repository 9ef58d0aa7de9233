"""The line of a stocktake: one asset or thing, what the books expect of it, what was seen, what was decided."""

from dataclasses import dataclass, replace

from contracts.assets import Condition, Place
from contracts.assets import stocktakes as words_of
from contracts.assets.stocktakes import Differs, LineState, Tally, Worth
from contracts.base import Event
from services.runtime.manifest import Aggregate, Ref
from services.runtime.text import fold

_NOWHERE, _NOTHING = Place(), Worth()
_TO_DECIDE = frozenset({"missing", "differing", "unexpected", "untagged"})
LEFT_OPEN = frozenset({"search_again", "mistaken"})
"""The decisions after which a line is still to be found, or to be decided."""


@dataclass(frozen=True, slots=True)
class Line:
    """What later decisions need of a line; `state` is None while the stocktake knows nothing of it.

    `worth` is what the books say, those of another unit where it is not expected. `revision` grows with everything a
    decision about it would want to know, so not with repeated scans. `scans` are the ids of all that were entered.
    """

    state: LineState | None = None
    number: int = 0
    expected: bool = False
    asset_id: str | None = None
    class_code: str | None = None
    unit_id: str | None = None
    place: Place = _NOWHERE
    custodian_id: str | None = None
    condition: Condition | None = None
    worth: Worth = _NOTHING
    seen: words_of.Seen | None = None
    scans: tuple[str, ...] = ()
    decision: words_of.DifferenceDecided | None = None
    revision: int = 0

    @property
    def undecided(self) -> bool:
        """Whether it differs from the books and nobody has decided what becomes of it."""
        return self.state in _TO_DECIDE and (self.decision is None or self.decision.resolution in LEFT_OPEN)


def evolve(line: Line, event: Event) -> Line:
    """Return the line after an event."""
    match event:
        case words_of.AssetExpected():
            return replace(
                _standing(line, event.state, None),
                number=event.number,
                expected=True,
                asset_id=event.asset_id,
                class_code=event.class_code,
                unit_id=event.unit_id,
                place=event.place,
                custodian_id=event.custodian_id,
                condition=event.condition,
                worth=event.book,
            )
        case words_of.AssetCounted():
            counted = _seen(_standing(line, event.state, None), event.seen)
            return counted if line.expected else _unexpected(counted, event)
        case words_of.CountRepeated():
            return replace(line, scans=(*line.scans, event.seen.scan_id))
        case words_of.ThingFound():
            found = replace(line, number=event.number, worth=Worth(quantity=event.quantity))
            return _seen(_standing(found, "untagged", None), event.seen)
        case words_of.DifferenceDecided():
            asset_id = line.asset_id or (None if event.asset_tag else event.asset_id)
            decided = replace(_standing(line, event.state, event), asset_id=asset_id)
            return replace(decided, seen=None) if event.resolution == "mistaken" else decided
    return line


def _standing(line: Line, state: LineState, decision: words_of.DifferenceDecided | None) -> Line:
    return replace(line, state=state, decision=decision, revision=line.revision + 1)


def _seen(line: Line, seen: words_of.Seen) -> Line:
    return replace(line, seen=seen, scans=(*line.scans, seen.scan_id))


def _unexpected(line: Line, event: words_of.AssetCounted) -> Line:
    return replace(
        line,
        number=event.number or line.number,
        asset_id=event.asset_id,
        class_code=event.class_code,
        unit_id=event.unit_id,
        place=event.registered_place or _NOWHERE,
        worth=event.book or Worth(quantity=1),
    )


LINE = Aggregate("stocktakeline", Line(), evolve)


def line_ref(stocktake_id: str, line: str, *, new: bool = False) -> Ref:
    """Return the aggregate of a line, `new` when it is hardly there yet.

    A tag is one asset's for ever, so counters need to look nothing up.
    """
    return Ref(LINE, f"{stocktake_id}-{line.lower()}", new)


def differences(line: Line, seen: words_of.Sighting) -> tuple[Differs, ...]:
    """Return in what a thing was seen otherwise than registered; what either of them does not say is no difference."""
    found, known = seen.place, line.place
    said: tuple[tuple[Differs, str | None, str | None], ...] = (
        ("site", found.site_id, known.site_id),
        ("division", found.division_id, known.division_id),
        ("room", found.room and fold(found.room), known.room and fold(known.room)),
        ("custodian", seen.custodian_id, line.custodian_id),
        ("condition", seen.condition, line.condition),
    )
    return tuple(part for part, actual, registered in said if actual and registered and actual != registered)


def tallied(tally: Tally, before: Line, after: Line) -> Tally:
    """Return what the lines of a stocktake come to when one of them changes."""
    counts = tally.model_dump()
    for line, sign in ((before, -1), (after, 1)):
        if line.state in counts:
            counts[line.state] += sign
        counts["expected"] += sign * line.expected
        counts["undecided"] += sign * line.undecided
    counts["lines"] += before.state is None and after.state is not None
    return Tally(**counts)
