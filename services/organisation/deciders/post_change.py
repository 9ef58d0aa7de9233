"""What a post goes through while it is there: created, its numbers changed, described anew."""

from collections.abc import Sequence

from contracts import organisation as words_of
from contracts.base import Refused
from services.organisation.deciders.common import day_before, decided, made_token
from services.organisation.deciders.post import (
    POST,
    Post,
    expect_next,
    facts_of,
    fullest,
    unit_of,
)
from services.organisation.deciders.post_norms import (
    caps_passed,
    expect_numbers,
    expect_rank,
    planned_post,
    with_post,
)
from services.organisation.deciders.unit import UNIT, PlannedPost, Unit, expect_standing
from services.runtime.manifest import Decision, Given, Ref, Seen


def creating_involves(words: words_of.CreatePost, given: Given) -> Sequence[Ref]:
    """A post is known by its unit and its code."""
    return Ref(POST, f"{words.unit_id}--{made_token(words.code)}"), Ref(UNIT, words.unit_id)


def create_post(words: words_of.CreatePost, given: Given, post: Seen, unit: Seen) -> Decision:
    """A unit that stands gets a post; minimum, norm and maximum follow each other, and a unit has one head."""
    decided(words, given)
    state: Unit = unit.state
    _expect_unit(state, unit.ref.id, words)
    if post.state.numbers:
        raise Refused(words_of.POST_CODE_TAKEN, "code", code=words.code, title=post.state.title)
    expect_numbers(words)
    expect_rank(words, state)
    planned = PlannedPost(post.ref.id, words.title, words.rank, words.norm, words.maximum)
    after = with_post(state, planned)
    created = words_of.PostCreated(
        unit_code=state.code,
        unit_name=state.name,
        unit_norm=after.norm,
        unit_deputies=after.deputies,
        caps=caps_passed(given, words, state, after),
        **words.model_dump(),
    )
    return [(post, created), (unit, planned_post(planned, words))]


def changing_involves(words: words_of.ChangePost, given: Given) -> Sequence[Ref]:
    """A post's numbers are part of its unit's."""
    return Ref(POST, words.post_id), Ref(UNIT, unit_of(words.post_id))


def change_post(words: words_of.ChangePost, given: Given, post: Seen, unit: Seen) -> Decision:
    """A post's numbers change from a day on; the most is never below the number of its holders on a day."""
    decided(words, given)
    state: Post = post.state
    expect_next(state, post.ref.id, words)
    expect_numbers(words)
    latest = state.numbers[-1]
    if (latest.minimum, latest.norm, latest.maximum) == (words.minimum, words.norm, words.maximum):
        return []
    if state.rank == "head" and words.maximum > 1:
        raise Refused(words_of.HEAD_IS_ONE, "maximum", title=state.title)
    for acting in (False, True):
        day, held = fullest(state, words.effective_on, None, acting=acting)
        if held > words.maximum:
            raise Refused(words_of.POST_HELD_BY_MORE, "maximum", title=state.title, day=day, held=held)
    planned = PlannedPost(post.ref.id, state.title, state.rank, words.norm, words.maximum)
    after = with_post(unit.state, planned)
    numbers = {"minimum": words.minimum, "norm": words.norm, "maximum": words.maximum}
    changed = words_of.PostChanged(
        **(facts_of(state, words) | numbers | {"unit_name": unit.state.name}),
        former_minimum=latest.minimum,
        former_norm=latest.norm,
        former_maximum=latest.maximum,
        unit_norm=after.norm,
        unit_deputies=after.deputies,
        caps=caps_passed(given, words, unit.state, after),
    )
    return [(post, changed), (unit, planned_post(planned, words))]


def describe_post(words: words_of.DescribePost, given: Given, post: Seen, unit: Seen) -> Decision:
    """A post's description is written anew from a day on; its numbers stay."""
    decided(words, given)
    state: Post = post.state
    expect_next(state, post.ref.id, words)
    described = facts_of(state, words) | words.model_dump(include=set(_DESCRIPTION)) | {"unit_name": unit.state.name}
    if all(described[name] == getattr(state, name) for name in _DESCRIPTION):
        return []
    latest = state.numbers[-1]
    planned = PlannedPost(post.ref.id, words.title, state.rank, latest.norm, latest.maximum)
    fact = words_of.PostDescribed(**described, former_title=state.title)
    return [(post, fact), (unit, planned_post(planned, words))]


_DESCRIPTION = ("title", "standard", "training", "duties", "products")


def _expect_unit(unit: Unit, unit_id: str, words: words_of.CreatePost) -> None:
    expect_standing(unit, unit_id, words.effective_on)
    if unit.ended_from is not None:
        raise Refused(
            words_of.UNIT_ENDED, "unit_id", name=unit.name, last_day=day_before(unit.ended_from), day=words.effective_on
        )
