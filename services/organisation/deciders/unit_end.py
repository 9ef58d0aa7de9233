"""How a unit ends: merged into another, split among others, or dissolved; its past stays as it was."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from contracts import organisation as words_of
from contracts.base import Refused
from services.organisation.deciders.chart import THE_CHART, OfficeChart, units_under
from services.organisation.deciders.common import day_before, decided, first_twice
from services.organisation.deciders.unit import UNIT, Unit, expect_next, expect_standing, facts_of, other
from services.runtime.manifest import Decision, Given, Ref, Seen


def merging_involves(words: words_of.MergeUnits, given: Given) -> Sequence[Ref]:
    """A merger is decided over the unit that stays, those that end, and the chart."""
    twice = first_twice((words.into_id, *words.unit_ids))
    if twice:
        raise Refused(words_of.UNIT_NAMED_TWICE, "unit_ids", unit_id=twice)
    return (Ref(UNIT, words.into_id), THE_CHART, *(Ref(UNIT, id) for id in words.unit_ids))


def merge_units(words: words_of.MergeUnits, given: Given, into: Seen, chart: Seen, *ending: Seen) -> Decision:
    """The unit that stays succeeds the others, which end the day before: all of them, or nothing changes."""
    decided(words, given)
    if all(_ended_so(one.state, words, into.ref.id) for one in ending):
        return []
    expect_next(into.state, into.ref.id, words.effective_on, "into_id")
    for one in ending:
        _expect_ready(one, chart.state, words, "unit_ids")
    predecessors = tuple(other(one.ref.id, one.state) for one in ending)
    succeeded = words_of.UnitSucceeded(**facts_of(into.state, words), predecessors=predecessors, way="merge")
    successor = other(into.ref.id, into.state)
    merged = [(one, words_of.UnitMerged(**_last_facts(one, words), successor=successor)) for one in ending]
    removed = [(chart, _removed(one, words)) for one in ending]
    return [(into, succeeded), *merged, *removed]


def splitting_involves(words: words_of.SplitUnit, given: Given) -> Sequence[Ref]:
    """A split is decided over the unit that ends, its successors, and the chart."""
    twice = first_twice((words.unit_id, *words.into_ids))
    if twice:
        raise Refused(words_of.UNIT_NAMED_TWICE, "into_ids", unit_id=twice)
    return (Ref(UNIT, words.unit_id), THE_CHART, *(Ref(UNIT, id) for id in words.into_ids))


def split_unit(words: words_of.SplitUnit, given: Given, unit: Seen, chart: Seen, *successors: Seen) -> Decision:
    """A unit ends the day before; units that stand on the day succeed it."""
    decided(words, given)
    if _ended_so(unit.state, words, "+".join(words.into_ids)):
        return []
    _expect_ready(unit, chart.state, words, "unit_id")
    for one in successors:
        expect_next(one.state, one.ref.id, words.effective_on, "into_ids")
    predecessors = (other(unit.ref.id, unit.state),)
    names = tuple(other(one.ref.id, one.state) for one in successors)
    succeeded = [
        (one, words_of.UnitSucceeded(**facts_of(one.state, words), predecessors=predecessors, way="split"))
        for one in successors
    ]
    split = words_of.UnitSplit(**_last_facts(unit, words), successors=names)
    return [(unit, split), *succeeded, (chart, _removed(unit, words))]


def dissolving_involves(words: words_of.DissolveUnit, given: Given) -> Sequence[Ref]:
    """A dissolution is decided over the unit and the chart."""
    return Ref(UNIT, words.unit_id), THE_CHART


def dissolve_unit(words: words_of.DissolveUnit, given: Given, unit: Seen, chart: Seen) -> Decision:
    """A unit ends the day before, with nobody and nothing left in it."""
    decided(words, given)
    if _ended_so(unit.state, words, ""):
        return []
    _expect_ready(unit, chart.state, words, "unit_id")
    return [(unit, words_of.UnitDissolved(**_last_facts(unit, words))), (chart, _removed(unit, words))]


def _ended_so(unit: Unit, words: words_of.Change, by: str) -> bool:
    return (unit.ended_from, unit.ended_by) == (words.effective_on, by)


def _expect_ready(one: Seen, chart: OfficeChart, words: words_of.Change, field: str) -> None:
    """Raise Refused unless the unit can end: it stood the day before, and has no posts and no units from the day on."""
    unit: Unit = one.state
    last_day = day_before(words.effective_on)
    expect_standing(unit, one.ref.id, last_day, field)
    if unit.ended_from is not None:
        raise Refused(
            words_of.UNIT_ENDED, field, name=unit.name, last_day=day_before(unit.ended_from), day=words.effective_on
        )
    if words.effective_on < unit.changed_on:
        raise Refused(words_of.UNIT_CHANGED_LATER, "effective_on", name=unit.name, changed_on=unit.changed_on)
    under = units_under(chart, one.ref.id, words.effective_on)
    if under:
        raise Refused(words_of.UNIT_HAS_UNITS, name=unit.name, units=", ".join(under), day=words.effective_on)
    open_posts = [post.title for post in unit.posts if (post.closed_from or date.max) > words.effective_on]
    if open_posts:
        raise Refused(words_of.UNIT_HAS_POSTS, name=unit.name, posts=", ".join(open_posts), day=words.effective_on)


def _last_facts(one: Seen, words: words_of.Change) -> dict[str, Any]:
    return facts_of(one.state, words) | {"last_day": day_before(words.effective_on)}


def _removed(one: Seen, words: words_of.Change) -> words_of.UnitRemoved:
    return words_of.UnitRemoved(unit_id=one.ref.id, effective_on=words.effective_on)
