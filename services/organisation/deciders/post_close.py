"""How posts end: closed by their unit, several at once, when nobody holds them any more."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from contracts import organisation as words_of
from contracts.base import Refused
from services.organisation.deciders.common import day_before, decided, first_twice
from services.organisation.deciders.post import POST, expect_next, facts_of, unit_of
from services.organisation.deciders.post_norms import caps_passed
from services.organisation.deciders.unit import UNIT
from services.runtime.manifest import Decision, Given, Ref, Seen


def closing_involves(words: words_of.ClosePosts, given: Given) -> Sequence[Ref]:
    """Posts are closed by their unit, several at once."""
    twice = first_twice(words.post_ids)
    if twice:
        raise Refused(words_of.POST_NAMED_TWICE, "post_ids", post_id=twice)
    stranger = next((id for id in words.post_ids if unit_of(id) != words.unit_id), None)
    if stranger:
        raise Refused(words_of.POST_OF_ANOTHER_UNIT, "post_ids", post_id=stranger, unit_id=words.unit_id)
    return (Ref(UNIT, words.unit_id), *(Ref(POST, id) for id in words.post_ids))


def close_posts(words: words_of.ClosePosts, given: Given, unit: Seen, *posts: Seen) -> Decision:
    """Posts that nobody holds on the day or after it are closed: all that were named, or none."""
    decided(words, given)
    ending = [post for post in posts if post.state.closed_from != words.effective_on]
    for post in ending:
        expect_next(post.state, post.ref.id, words, "post_ids")
        last = max((holder.until or date.max for holder in post.state.holders), default=date.min)
        if last >= words.effective_on:
            raise Refused(words_of.POST_HELD, "post_ids", title=post.state.title, day=words.effective_on)
    if not ending:
        return []
    names = tuple(words_of.ClosedPost(post_id=post.ref.id, title=post.state.title) for post in ending)
    gone = {post.ref.id for post in ending}
    left = replace(unit.state, posts=tuple(post for post in unit.state.posts if post.post_id not in gone))
    dropped = words_of.PostsDropped(
        unit_code=unit.state.code,
        unit_name=unit.state.name,
        posts=names,
        unit_norm=left.norm,
        effective_on=words.effective_on,
        decision=words.decision,
        caps=caps_passed(given, words, unit.state, left),
    )
    last_day = day_before(words.effective_on)
    closed = [(post, words_of.PostClosed(**facts_of(post.state, words), last_day=last_day)) for post in ending]
    return [(unit, dropped), *closed]
