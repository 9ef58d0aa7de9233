"""The day of a transfer: everybody on the list changes posts in one decision, or nobody does."""

from collections.abc import Sequence
from typing import Any

from contracts import organisation as words_of
from contracts.base import Event, Refused
from services.organisation.deciders.appointment import appointed_to, expect_none
from services.organisation.deciders.common import seen_of
from services.organisation.deciders.person import PERSON, Person, main_on, mains
from services.organisation.deciders.post import POST, expect_room, unit_of
from services.organisation.deciders.release import released
from services.organisation.deciders.transfer import TRANSFER, Transfer, expect_prepared
from services.organisation.deciders.transfer_list import expect_once, planned_lines, transfer_facts
from services.organisation.deciders.unit import UNIT
from services.runtime.manifest import Decision, Given, Ref, Seen


def carrying_out_involves(words: words_of.CarryOutTransfer, given: Given) -> Sequence[Ref]:
    """A batch is carried out over all its people, the posts they leave and take, and the units they come to.

    With 200 lines these are 801 aggregates at most, within the 900 of one decision.
    """
    expect_once(words.lines)
    people = (Ref(PERSON, line.person_id) for line in words.lines)
    taken = dict.fromkeys(line.to_post_id for line in words.lines)
    left = dict.fromkeys(line.from_post_id for line in words.lines if line.from_post_id)
    units = dict.fromkeys(unit_of(id) for id in taken)
    posts = (Ref(POST, id) for id in (taken | left))
    return (Ref(TRANSFER, words.transfer_id), *people, *posts, *(Ref(UNIT, id) for id in units))


def carry_out_transfer(words: words_of.CarryOutTransfer, given: Given, transfer: Seen, *named: Seen) -> Decision:
    """What is carried out is what was agreed, line by line, with everybody still in the post they were to leave."""
    state: Transfer = transfer.state
    said = {(line.person_id, line.from_post_id, line.to_post_id) for line in words.lines}
    agreed = {(line.person_id, line.from_post_id, line.to_post_id) for line in state.lines}
    if state.status == "carried_out" and said == agreed:
        return []
    expect_prepared(state, transfer.ref.id)
    if said != agreed:
        raise Refused(words_of.TRANSFER_LIST_DIFFERS, "lines", number=state.number, year=state.year)
    lines = planned_lines(state, words.lines, named)
    for line, carried in zip(lines, words.lines, strict=True):
        if line.from_post_id != carried.from_post_id:
            now = line.from_post_title or "–"
            raise Refused(words_of.TRANSFER_OVERTAKEN, "lines", name=line.name, title=now, number=state.number)
    done = words_of.TransferCarriedOut(**transfer_facts(state, lines))
    moving = _Moving(transfer, named)
    for carried in words.lines:
        moving.leave(carried)
    for carried in words.lines:
        moving.take(carried)
    return [(transfer, done), *moving.events]


class _Moving:
    """The people and posts of a batch while it is carried out: first all leave, then all take."""

    def __init__(self, transfer: Seen, named: Sequence[Seen]) -> None:
        self.events: list[tuple[Seen, Event]] = []
        self._transfer: Transfer = transfer.state
        self._id = transfer.ref.id
        self._people = seen_of(PERSON, named)
        self._posts = seen_of(POST, named)
        self._units = seen_of(UNIT, named)

    def leave(self, line: words_of.CarriedLine) -> None:
        person = self._people[line.person_id]
        held = main_on(person.state, self._transfer.effective_on)
        if held is None:
            return
        assert self._transfer.decision is not None
        post = self._posts[held.post_id]
        self._keep(released(person, held, post, self._transfer.effective_on, self._transfer.decision, self._id))

    def take(self, line: words_of.CarriedLine) -> None:
        assert self._transfer.decision is not None
        words = words_of.AppointPerson(
            person_id=line.person_id,
            post_id=line.to_post_id,
            effective_on=self._transfer.effective_on,
            decision=self._transfer.decision,
        )
        person, post = self._people[line.person_id], self._posts[line.to_post_id]
        state: Person = person.state
        again = [held for held in state.appointments if held.post_id == line.to_post_id]
        expect_none(state, again, words.effective_on, None, words_of.POST_HELD_ALREADY, "lines")
        expect_none(state, mains(state), words.effective_on, None, words_of.MAIN_POST_HELD, "lines")
        holders = expect_room(post.state, words.effective_on, None, "main", "lines")
        unit_name = self._units[unit_of(line.to_post_id)].state.name
        appointed = appointed_to(words, state, post, unit_name, holders, self._id)
        taken = words_of.PostTaken(person_id=line.person_id, kind="main", effective_on=words.effective_on)
        self._keep([(person, appointed), (post, taken)])

    def _keep(self, events: Decision) -> None:
        """Record events, and go on with what they made of people and posts."""
        for seen, event in events:
            known = self._people if seen.ref.aggregate is PERSON else self._posts
            after: Any = seen.ref.aggregate.evolve(known[seen.ref.id].state, event)
            known[seen.ref.id] = Seen(seen.ref, after)
            self.events.append((seen, event))
