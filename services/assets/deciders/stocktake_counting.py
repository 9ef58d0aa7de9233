"""Counting in a stocktake: what each scan of a list means, whoever sends it and however often."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from contracts.assets import stocktakes as words_of
from contracts.assets.stocktakes import Reappeared, Repeat, Sighting, Tally
from contracts.base import Event
from services.assets.deciders.asset import ASSET, Asset
from services.assets.deciders.stocktake import STOCKTAKE, expect_counting
from services.assets.deciders.stocktake_line import LEFT_OPEN, Line, differences, evolve, line_ref, tallied
from services.assets.deciders.stocktake_listing import worth
from services.runtime.manifest import Aggregate, Decision, Given, Ref, Seen


@dataclass(frozen=True, slots=True)
class CountSheet:
    """A list of counts; nothing is decided on it a second time."""

    entered: bool = False


def evolve_sheet(sheet: CountSheet, event: Event) -> CountSheet:
    """Return the list after an event."""
    return replace(sheet, entered=True) if isinstance(event, words_of.CountsRecorded) else sheet


SHEET = Aggregate("countsheet", CountSheet(), evolve_sheet, snapshots=False)


def counting_involves(words: words_of.RecordCounts, given: Given) -> Sequence[Ref]:
    """A list of counts is decided over itself, the stocktake, each line it names, and the assets a device knew.

    It is an aggregate of its own, so that a campaign of many thousands of scans does not grow by each of them.
    """
    lines = {_line(words, scan): None for scan in words.scans}
    assets = {Ref(ASSET, scan.asset_id): None for scan in words.scans if scan.asset_id}
    return Ref(SHEET, given.command_id.hex, new=True), Ref(STOCKTAKE, words.stocktake_id), *lines, *assets


def record_counts(words: words_of.RecordCounts, given: Given, sheet: Seen, stocktake: Seen, *others: Seen) -> Decision:
    """The first scan of a thing counts, a later one is kept as a repeat, and one that was entered before says nothing.

    So an offline list may come twice, or first by half. What is not expected becomes a line of its own.
    """
    expect_counting(stocktake.state, words.stocktake_id)
    known = {seen.ref: seen for seen in others}
    course = _Course({ref: seen.state for ref, seen in known.items()}, stocktake.state.tally)
    for scan in words.scans:
        asset = course.states.get(Ref(ASSET, scan.asset_id)) if scan.asset_id else None
        course.take(_line(words, scan), scan, given, asset)
    if not course.events:
        return []
    summary = words_of.CountsRecorded(stocktake_id=words.stocktake_id, **course.summary)
    events = [(known[ref], event) for ref, event in course.events]
    # Said even where nothing moved, so that no list slips in behind the closing of its stocktake.
    return [(sheet, summary), *events, (stocktake, words_of.StocktakeTallied(tally=course.tally))]


def _line(words: words_of.RecordCounts, scan: words_of.Scan) -> Ref:
    return line_ref(words.stocktake_id, scan.tag or scan.scan_id, new=scan.tag is None)


@dataclass
class _Course:
    """The states of lines and assets in the course of a list, scan by scan."""

    states: dict[Ref, Any]
    tally: Tally
    events: list[tuple[Ref, Event]] = field(default_factory=list)
    repeats: list[Repeat] = field(default_factory=list)
    reappeared: list[Reappeared] = field(default_factory=list)

    def take(self, ref: Ref, scan: words_of.Scan, given: Given, asset: Asset | None) -> None:
        line: Line = self.states[ref]
        if scan.scan_id in line.scans:
            return
        event = _event(line, scan, given, asset, self.tally.lines + 1)
        after = evolve(line, event)
        if isinstance(event, words_of.CountRepeated) and line.seen:
            first = line.seen
            self.repeats.append(
                Repeat(line=scan.tag or scan.scan_id, counted_by=first.counted_by, counted_at=first.counted_at)
            )
        decision = line.decision
        if decision and line.state == "missing" and decision.resolution not in LEFT_OPEN:
            self.reappeared.append(
                Reappeared(
                    line=scan.tag or scan.scan_id, resolution=decision.resolution, decided_by=decision.decided_by
                )
            )
        self.tally, self.states[ref] = tallied(self.tally, line, after), after
        self.events.append((ref, event))

    @property
    def summary(self) -> dict[str, Any]:
        """What the list came to."""
        counted = [event.state for _, event in self.events if isinstance(event, words_of.AssetCounted)]
        return {
            **{state: counted.count(state) for state in ("found", "differing", "unexpected")},
            "untagged": sum(isinstance(event, words_of.ThingFound) for _, event in self.events),
            "repeats": tuple(self.repeats),
            "reappeared": tuple(self.reappeared),
        }


def _event(line: Line, scan: words_of.Scan, given: Given, asset: Asset | None, number: int) -> Event:
    seen = _seen(scan, given)
    if scan.tag is None:
        return words_of.ThingFound(number=number, description=scan.description or "", quantity=scan.quantity, seen=seen)
    if line.state in ("found", "differing", "unexpected"):
        return words_of.CountRepeated(seen=seen)
    if line.expected:
        differs = differences(line, seen)
        state = "differing" if differs else "found"
        return words_of.AssetCounted(tag=scan.tag, state=state, differs=differs, seen=seen, asset_id=line.asset_id)
    new = number if line.state is None else None
    known = dict(_known(scan, asset))
    return words_of.AssetCounted(tag=scan.tag, state="unexpected", seen=seen, number=new, **known)


def _seen(scan: words_of.Scan, given: Given) -> words_of.Seen:
    """Return what was seen; a device whose clock is ahead saw it at the latest when it said so."""
    said = {name: getattr(scan, name) for name in Sighting.model_fields}
    said["counted_at"] = min(scan.counted_at, given.now)
    return words_of.Seen(**said, counted_by=scan.counted_by or given.actor.name)


def _known(scan: words_of.Scan, asset: Asset | None) -> Iterable[tuple[str, Any]]:
    """Yield what the register knows of a thing that was not expected, where the device named its asset rightly."""
    if asset is None or asset.status is None or asset.tag != scan.tag:
        return
    yield "asset_id", scan.asset_id
    yield "name", asset.description.name
    yield "class_code", asset.class_code
    yield "unit_id", asset.unit_id
    yield "registered_place", asset.place
    yield "book", worth(asset)
