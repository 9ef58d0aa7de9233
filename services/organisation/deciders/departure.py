"""A person who leaves: from that day on they hold no post and no role."""

from collections.abc import Sequence

from contracts import organisation as words_of
from contracts.base import Event, Refused
from services.organisation.deciders.authority import AUTHORITY, all_ended
from services.organisation.deciders.common import day_before, decided, first_twice, seen_of
from services.organisation.deciders.person import PERSON, Person, expect_here, expect_known, held_from
from services.organisation.deciders.post import POST
from services.organisation.deciders.release import released
from services.runtime.manifest import Decision, Given, Ref, Seen


def departure_involves(words: words_of.RecordDeparture, given: Given) -> Sequence[Ref]:
    """A departure is decided over the person, every post they hold, and their roles."""
    twice = first_twice(words.post_ids)
    if twice:
        raise Refused(words_of.POST_NAMED_TWICE, "post_ids", post_id=twice)
    posts = (Ref(POST, id) for id in words.post_ids)
    return (Ref(PERSON, words.person_id), Ref(AUTHORITY, words.person_id), *posts)


def record_departure(
    words: words_of.RecordDeparture, given: Given, person: Seen, authority: Seen, *posts: Seen
) -> Decision:
    """Who leaves holds nothing from the day on: no post, no role; every post must have been named."""
    decided(words, given)
    state: Person = person.state
    expect_known(state, words.person_id)
    if state.away and (state.away[-1].since, state.away[-1].until) == (words.effective_on, None):
        return []
    expect_here(state, words.person_id, words.effective_on, None)
    held = held_from(state, words.effective_on)
    if {one.post_id for one in held} != set(words.post_ids):
        needed = ", ".join(sorted({one.post_id for one in held})) or "[]"
        raise Refused(words_of.POSTS_TO_NAME, "post_ids", name=state.name, day=words.effective_on, posts=needed)
    departed = words_of.PersonDeparted(
        name=state.name,
        reason=words.reason,
        effective_on=words.effective_on,
        last_day=day_before(words.effective_on),
        decision=words.decision,
    )
    events: list[tuple[Seen, Event]] = [(person, departed)]
    by_id = seen_of(POST, posts)
    for one in held:
        events += released(person, one, by_id[one.post_id], words.effective_on, words.decision)
    return [*events, *((authority, event) for event in all_ended(authority.state, words))]
