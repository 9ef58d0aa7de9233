"""A person put into a post: a post with room, held by somebody who is here, with one main post a day."""

from collections.abc import Iterable, Sequence
from datetime import date

from contracts import organisation as words_of
from contracts.base import Refusal, Refused
from services.organisation.deciders.common import decided, in_order, overlap, shown
from services.organisation.deciders.person import (
    PERSON,
    Appointment,
    Person,
    expect_here,
    headcount_on,
    main_on,
    mains,
)
from services.organisation.deciders.post import POST, Post, expect_open, expect_room, numbers_on, unit_of
from services.organisation.deciders.unit import UNIT
from services.runtime.manifest import Decision, Given, Ref, Seen


def appointment_involves(words: words_of.AppointPerson, given: Given) -> Sequence[Ref]:
    """An appointment is decided over the person, the post, and the unit for its name."""
    return Ref(PERSON, words.person_id), Ref(POST, words.post_id), Ref(UNIT, unit_of(words.post_id))


def appoint_person(words: words_of.AppointPerson, given: Given, person: Seen, post: Seen, unit: Seen) -> Decision:
    """A post that is there and has room is held by a person who is here, with one main post a day."""
    decided(words, given)
    in_order(words.effective_on, words.until)
    state: Person = person.state
    if any(_same(held, words) for held in state.appointments):
        return []
    expect_here(state, words.person_id, words.effective_on, words.until)
    expect_open(post.state, words.post_id, words.effective_on, words.until)
    _expect_free(state, words)
    holders = expect_room(post.state, words.effective_on, words.until, words.kind)
    appointed = appointed_to(words, state, post, unit.state.name, holders)
    taken = words_of.PostTaken(
        person_id=person.ref.id, kind=words.kind, effective_on=words.effective_on, until=words.until
    )
    return [(person, appointed), (post, taken)]


def appointed_to(
    words: words_of.AppointPerson, person: Person, post: Seen, unit_name: str, holders: int, transfer: str | None = None
) -> words_of.PersonAppointed:
    """Return the appointment as it is recorded of the person."""
    state: Post = post.state
    return words_of.PersonAppointed(
        name=person.name,
        headcount=headcount_on(person, words.effective_on),
        post_id=post.ref.id,
        post_title=state.title,
        post_group=state.group,
        post_rank=state.rank,
        post_headcount=state.headcount,
        unit_id=state.unit_id,
        unit_code=state.unit_code,
        unit_name=unit_name,
        kind=words.kind,
        effective_on=words.effective_on,
        until=words.until,
        decision=words.decision,
        transfer_id=transfer,
        holders=holders,
        norm=numbers_on(state, words.effective_on).norm,
    )


def _same(held: Appointment, words: words_of.AppointPerson) -> bool:
    known = (held.post_id, held.kind, held.since, held.until)
    return known == (words.post_id, words.kind, words.effective_on, words.until)


def _expect_free(person: Person, words: words_of.AppointPerson) -> None:
    """Raise Refused for what is in the way: the same post, another main one, or no main one to be beside."""
    since, until = words.effective_on, words.until
    again = (held for held in person.appointments if held.post_id == words.post_id)
    expect_none(person, again, since, until, words_of.POST_HELD_ALREADY)
    if words.kind == "main":
        expect_none(person, mains(person), since, until, words_of.MAIN_POST_HELD)
    if words.kind == "concurrent" and main_on(person, since) is None:
        raise Refused(words_of.MAIN_POST_NEEDED, "kind", name=person.name, day=since)


def expect_none(
    person: Person,
    others: Iterable[Appointment],
    since: date,
    until: date | None,
    refusal: Refusal,
    field: str = "effective_on",
) -> None:
    """Raise Refused, naming it, for an appointment that shares a day with a stretch of days."""
    other = next((held for held in others if overlap(held.since, held.until, since, until)), None)
    if other:
        raise Refused(
            refusal,
            field,
            name=person.name,
            title=other.post_title,
            unit=other.unit_name,
            since=other.since,
            until=shown(other.until),
        )
