"""The chart: who is under whom and works where on any day, so that no unit hangs in the air or under itself.

What a command is decided over must be known from its words alone, and a chain of parents is not; so the chart of the
office is one aggregate, and every change of the tree is written to it too.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from contracts import organisation as words_of
from contracts.base import Event, Refused
from contracts.organisation import UnitKind
from services.organisation.deciders.common import day_before
from services.runtime.manifest import Aggregate, Ref


@dataclass(frozen=True, slots=True)
class Place:
    """Where a unit stands from a day on."""

    since: date
    parent_id: str | None = None
    site_id: str | None = None


@dataclass(frozen=True, slots=True)
class Branch:
    """A unit in the chart: its places in the order of their days, and the first day it is no longer there."""

    unit_id: str
    kind: UnitKind
    places: tuple[Place, ...]
    stands_until: date | None = None
    ended_from: date | None = None


@dataclass(frozen=True, slots=True)
class OfficeChart:
    """Every unit there is, was, or will be."""

    branches: tuple[Branch, ...] = ()


def evolve(chart: OfficeChart, event: Event) -> OfficeChart:
    """Return the chart after an event."""
    match event:
        case words_of.UnitPlaced():
            place = Place(event.effective_on, event.parent_id, event.site_id)
            known = _branch(chart, event.unit_id) or Branch(event.unit_id, event.kind, (), event.stands_until)
            earlier = tuple(other for other in known.places if other.since < place.since)
            return _with(chart, replace(known, places=(*earlier, place)))
        case words_of.UnitRemoved():
            known = _branch(chart, event.unit_id) or Branch(event.unit_id, "body", ())
            return _with(chart, replace(known, ended_from=event.effective_on))
    return chart


CHART = Aggregate("chart", OfficeChart(), evolve)
THE_CHART = Ref(CHART, "office")


def expect_parent(chart: OfficeChart, unit_id: str, parent_id: str, parent_name: str, since: date) -> None:
    """Raise Refused unless the parent stands for as long as the unit is to be under it, and is not itself under it."""
    parent = _branch(chart, parent_id)
    if parent is None or _place_on(parent, since) is None:
        raise Refused(words_of.PARENT_NOT_THERE, "parent_id", name=parent_name, day=since)
    if parent.ended_from is not None:
        raise Refused(words_of.PARENT_ENDS, "parent_id", name=parent_name, last_day=day_before(parent.ended_from))
    days = {place.since for branch in chart.branches for place in branch.places if place.since > since}
    if any(unit_id in _chain(chart, parent_id, day) for day in {since, *days}):
        raise Refused(words_of.UNIT_UNDER_ITSELF, "parent_id", name=parent_name)


def units_under(chart: OfficeChart, unit_id: str, from_day: date) -> tuple[str, ...]:
    """Return the units directly under one on any day from a day on."""
    return _from(chart, from_day, lambda place: place.parent_id == unit_id)


def units_at(chart: OfficeChart, site_id: str, from_day: date) -> tuple[str, ...]:
    """Return the units that work at a site on any day from a day on."""
    return _from(chart, from_day, lambda place: place.site_id == site_id)


def divisions_of(chart: OfficeChart, parent_id: str, day: date) -> set[str]:
    """Return the divisions directly under a unit on a day."""
    return {
        branch.unit_id
        for branch in chart.branches
        if branch.kind == "division" and (place := _place_on(branch, day)) and place.parent_id == parent_id
    }


def kind_of(chart: OfficeChart, unit_id: str | None) -> UnitKind | None:
    """Return what kind of unit one is; None for one that is not there."""
    branch = _branch(chart, unit_id) if unit_id else None
    return branch.kind if branch else None


def _from(chart: OfficeChart, from_day: date, holds: Callable[[Place], bool]) -> tuple[str, ...]:
    return tuple(
        branch.unit_id
        for branch in chart.branches
        if any(holds(place) and until >= from_day for place, until in _stretches(branch))
    )


def _stretches(branch: Branch) -> Iterator[tuple[Place, date]]:
    """Yield the places with the last day of each."""
    ends = [day_before(place.since) for place in branch.places[1:]]
    last = min(branch.stands_until or date.max, day_before(branch.ended_from) if branch.ended_from else date.max)
    for place, until in zip(branch.places, [*ends, date.max], strict=False):
        yield place, min(until, last)


def _place_on(branch: Branch, day: date) -> Place | None:
    return next((place for place, until in _stretches(branch) if place.since <= day <= until), None)


def _chain(chart: OfficeChart, unit_id: str | None, day: date) -> set[str]:
    """Return a unit and all above it on a day."""
    found: set[str] = set()
    while unit_id is not None and unit_id not in found:
        found.add(unit_id)
        branch = _branch(chart, unit_id)
        place = _place_on(branch, day) if branch else None
        unit_id = place.parent_id if place else None
    return found


def _branch(chart: OfficeChart, unit_id: str) -> Branch | None:
    return next((branch for branch in chart.branches if branch.unit_id == unit_id), None)


def _with(chart: OfficeChart, changed: Branch) -> OfficeChart:
    others = tuple(branch for branch in chart.branches if branch.unit_id != changed.unit_id)
    return replace(chart, branches=(*others, changed))
