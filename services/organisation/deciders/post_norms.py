"""What a unit's posts add up to: numbers that follow each other, one head, and the caps on staffing."""

from dataclasses import replace

from contracts import organisation as words_of
from contracts.base import Refused
from contracts.organisation import Cap, CapPassed, UnitKind
from services.organisation.deciders.unit import PlannedPost, Unit
from services.organisation.rules.tables import cap_passed
from services.runtime.manifest import Given


def expect_numbers(words: words_of.CreatePost | words_of.ChangePost) -> None:
    """Raise Refused unless the fewest, the norm and the most follow each other, and somebody may hold the post."""
    if not words.minimum <= words.norm <= words.maximum or words.maximum == 0:
        numbers = {"minimum": words.minimum, "norm": words.norm, "maximum": words.maximum}
        raise Refused(words_of.POST_NUMBERS, "norm", **numbers)


def expect_rank(words: words_of.CreatePost, unit: Unit) -> None:
    """Raise Refused unless a head or a deputy is of the leadership, and the unit has one head at most."""
    if words.rank == "staff":
        return
    if words.group != "leadership":
        raise Refused(words_of.LEADER_GROUP, "group")
    if words.rank == "head" and words.maximum > 1:
        raise Refused(words_of.HEAD_IS_ONE, "maximum", title=words.title)
    heads = [post.title for post in unit.posts if post.rank == "head" and post.closed_from is None]
    if words.rank == "head" and heads:
        raise Refused(words_of.HEAD_IS_THERE, "rank", name=unit.name, title=heads[0])


def with_post(unit: Unit, planned: PlannedPost) -> Unit:
    """Return the unit with a post added or changed."""
    return replace(unit, posts=(*(post for post in unit.posts if post.post_id != planned.post_id), planned))


def planned_post(planned: PlannedPost, words: words_of.Change) -> words_of.PostPlanned:
    """Return what is recorded of a post on its unit."""
    return words_of.PostPlanned(
        post_id=planned.post_id,
        title=planned.title,
        rank=planned.rank,
        norm=planned.norm,
        maximum=planned.maximum,
        effective_on=words.effective_on,
    )


def caps_passed(given: Given, words: words_of.Change, before: Unit, after: Unit) -> tuple[CapPassed, ...]:
    """Return the caps that the unit passes after a change; a unit still being built up is not yet too small."""
    norm_caps: dict[UnitKind, Cap] = {"division": "people_of_division", "office": "people_of_office"}
    found: list[CapPassed] = []
    if after.kind in norm_caps:
        passed = cap_passed(given.rules.caps, words.effective_on, norm_caps[after.kind], after.tier, after.norm)
        above = passed is not None and passed.most is not None and passed.value > passed.most
        found += [passed] if passed and (above or 0 < after.norm < before.norm) else []
    if after.kind == "division":
        cap: Cap = "deputies_of_division"
        passed = cap_passed(given.rules.caps, words.effective_on, cap, after.tier, after.deputies, after.norm)
        found += [passed] if passed else []
    return tuple(found)
