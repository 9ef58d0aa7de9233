"""A person released from a post they hold; on its first day, it was never held."""

from collections.abc import Sequence
from datetime import date

from contracts import organisation as words_of
from contracts.base import Refused
from contracts.organisation import Decision as Paper
from services.organisation.deciders.common import day_before, decided, overlap
from services.organisation.deciders.person import PERSON, Appointment, Person, expect_known
from services.organisation.deciders.post import POST, Post, holders_on, numbers_on
from services.runtime.manifest import Decision, Given, Ref, Seen


def end_involves(words: words_of.EndAppointment, given: Given) -> Sequence[Ref]:
    """A release is decided over the person and the post."""
    return Ref(PERSON, words.person_id), Ref(POST, words.post_id)


def end_appointment(words: words_of.EndAppointment, given: Given, person: Seen, post: Seen) -> Decision:
    """A person is released from a post they hold on the day; on its first day, it was never held."""
    decided(words, given)
    state: Person = person.state
    expect_known(state, words.person_id)
    of_post = [held for held in state.appointments if held.post_id == words.post_id]
    if any(held.until == day_before(words.effective_on) for held in of_post):
        return []
    held = next((one for one in of_post if overlap(one.since, one.until, words.effective_on, words.effective_on)), None)
    if held is None:
        raise Refused(words_of.POST_NOT_HELD, "post_id", name=state.name, post_id=words.post_id, day=words.effective_on)
    return released(person, held, post, words.effective_on, words.decision)


def released(
    person: Seen, held: Appointment, post: Seen, effective_on: date, paper: Paper, transfer: str | None = None
) -> Decision:
    """Return the end of an appointment from a day on, on the person and on the post."""
    names = {
        "name": person.state.name,
        "post_id": held.post_id,
        "post_title": held.post_title,
        "unit_id": held.unit_id,
        "unit_code": held.unit_code,
        "unit_name": held.unit_name,
        "kind": held.kind,
        "since": held.since,
        "decision": paper,
    }
    left = words_of.PostReleased(person_id=person.ref.id, since=held.since, effective_on=max(effective_on, held.since))
    if effective_on <= held.since:
        return [(person, words_of.AppointmentCancelled(**names)), (post, left)]
    after: Post = POST.evolve(post.state, left)
    ended = words_of.AppointmentEnded(
        **names,
        last_day=day_before(effective_on),
        effective_on=effective_on,
        transfer_id=transfer,
        remaining=holders_on(after, effective_on),
        minimum=numbers_on(after, effective_on).minimum,
    )
    return [(person, ended), (post, left)]
