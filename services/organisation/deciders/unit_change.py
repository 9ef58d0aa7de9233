"""What a unit goes through while it stands: established, renamed, moved."""

from collections.abc import Sequence

from contracts import organisation as words_of
from contracts.base import Refused
from contracts.organisation import CapPassed
from services.organisation.deciders.chart import THE_CHART, divisions_of, expect_parent, kind_of
from services.organisation.deciders.common import decided, made_token, seen_of
from services.organisation.deciders.site import SITE, expect_open
from services.organisation.deciders.unit import UNIT, Unit, expect_next, expect_standing, facts_of, lawful_until
from services.organisation.rules.tables import cap_passed
from services.runtime.manifest import Decision, Given, Ref, Seen


def _around(unit_id: str, words: words_of.EstablishUnit | words_of.MoveUnit) -> Sequence[Ref]:
    if words.parent_id == unit_id:
        raise Refused(words_of.UNIT_UNDER_ITSELF, "parent_id", name=unit_id)
    parent = (Ref(UNIT, words.parent_id),) if words.parent_id else ()
    site = (Ref(SITE, words.site_id),) if words.site_id else ()
    return (Ref(UNIT, unit_id), THE_CHART, *parent, *site)


def establishing_involves(words: words_of.EstablishUnit, given: Given) -> Sequence[Ref]:
    """A unit is known by its code, and comes into the chart."""
    return _around(made_token(words.code), words)


def establish_unit(words: words_of.EstablishUnit, given: Given, unit: Seen, chart: Seen, *around: Seen) -> Decision:
    """A unit is established once, in a tier there is, under a unit that stands, at a site in use."""
    decided(words, given)
    if unit.state.established_on:
        raise Refused(words_of.UNIT_CODE_TAKEN, "code", code=words.code, name=unit.state.name)
    stands_until = lawful_until(given, words.tier, words.effective_on)
    facts = words.model_dump(exclude={"code"})
    facts |= {"unit_code": words.code, "stands_until": stands_until}
    facts |= _parent_and_site(words, unit.ref.id, chart, around)
    placed = _placed(unit.ref.id, facts)
    caps = _too_many_divisions(given, chart, around, placed)
    return [(unit, words_of.UnitEstablished(**facts, caps=caps)), (chart, placed)]


def rename_unit(words: words_of.RenameUnit, given: Given, unit: Seen) -> Decision:
    """A unit gets another name from a day on; its code and what it was called before stay."""
    decided(words, given)
    state: Unit = unit.state
    expect_next(state, unit.ref.id, words.effective_on)
    if state.name == words.name:
        return []
    facts = facts_of(state, words) | {"name": words.name}
    return [(unit, words_of.UnitRenamed(**facts, former_name=state.name))]


def renaming_involves(words: words_of.RenameUnit, given: Given) -> Sequence[Ref]:
    """A name is the unit's own matter."""
    return (Ref(UNIT, words.unit_id),)


def moving_involves(words: words_of.MoveUnit, given: Given) -> Sequence[Ref]:
    """A move is decided over the unit, the chart, and where it goes."""
    return _around(words.unit_id, words)


def move_unit(words: words_of.MoveUnit, given: Given, unit: Seen, chart: Seen, *around: Seen) -> Decision:
    """A unit comes under another that stands, never under itself, and to a site in use."""
    decided(words, given)
    state: Unit = unit.state
    expect_next(state, unit.ref.id, words.effective_on)
    if words.parent_id in (None, state.parent_id) and words.site_id in (None, state.site_id):
        return []
    facts = facts_of(state, words) | _parent_and_site(words, unit.ref.id, chart, around)
    placed = _placed(unit.ref.id, facts)
    moved = words_of.UnitMoved(
        **facts,
        former_parent_id=state.parent_id,
        former_parent_name=state.parent_name,
        former_site_id=state.site_id,
        former_site_name=state.site_name,
        caps=_too_many_divisions(given, chart, around, placed) if words.parent_id else (),
    )
    return [(unit, moved), (chart, placed)]


def _parent_and_site(
    words: words_of.EstablishUnit | words_of.MoveUnit, unit_id: str, chart: Seen, around: Sequence[Seen]
) -> dict[str, str | None]:
    """Return the new parent and the new site, where they are named, after checking that they are there."""
    found: dict[str, str | None] = {}
    for id, parent in seen_of(UNIT, around).items():
        expect_standing(parent.state, id, words.effective_on, "parent_id")
        expect_parent(chart.state, unit_id, id, parent.state.name, words.effective_on)
        found |= {"parent_id": id, "parent_name": parent.state.name}
    for id, site in seen_of(SITE, around).items():
        expect_open(site.state, id, words.effective_on)
        found |= {"site_id": id, "site_name": site.state.name}
    return found


def _placed(unit_id: str, facts: dict[str, object]) -> words_of.UnitPlaced:
    kept = {name: facts.get(name) for name in words_of.UnitPlaced.model_fields if name != "unit_id"}
    return words_of.UnitPlaced.model_validate({"unit_id": unit_id, **kept})


def _too_many_divisions(
    given: Given, chart: Seen, around: Sequence[Seen], placed: words_of.UnitPlaced
) -> tuple[CapPassed, ...]:
    """Return the cap on the divisions of an office where this one passes it."""
    if placed.kind != "division" or placed.parent_id is None or kind_of(chart.state, placed.parent_id) != "office":
        return ()
    tier = seen_of(UNIT, around)[placed.parent_id].state.tier
    divisions = divisions_of(chart.state, placed.parent_id, placed.effective_on) | {placed.unit_id}
    passed = cap_passed(given.rules.caps, placed.effective_on, "divisions_of_office", tier, len(divisions))
    return (passed,) if passed else ()
