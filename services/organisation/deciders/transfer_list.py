"""The list of a transfer: drawn up under the year's next number, amended, or dropped."""

from collections.abc import Sequence
from typing import Any

from contracts import organisation as words_of
from contracts.base import Refused
from contracts.organisation import PlannedLine
from services.organisation.deciders.common import decided, first_twice, seen_of, today
from services.organisation.deciders.person import PERSON, Person, expect_here, headcount_on, main_on
from services.organisation.deciders.post import POST, Post, expect_open, unit_of
from services.organisation.deciders.transfer import (
    TRANSFER,
    Transfer,
    expect_prepared,
    sources_of,
    targets_of,
)
from services.organisation.deciders.transfer_book import TRANSFER_BOOK
from services.organisation.deciders.unit import UNIT
from services.runtime.manifest import Decision, Given, Ref, Seen


def preparing_involves(words: words_of.PrepareTransfer, given: Given) -> Sequence[Ref]:
    """A list is drawn up over the year's numbers, the people, and the posts and units they come to."""
    book = Ref(TRANSFER_BOOK, str(today(given).year))
    return (Ref(TRANSFER, words_of.transfer_id(given.command_id), new=True), book, *_named(words.lines))


def prepare_transfer(
    words: words_of.PrepareTransfer, given: Given, transfer: Seen, book: Seen, *named: Seen
) -> Decision:
    """A list gets the next number of the year in which it is drawn up; each person is on it once."""
    decided(words, given)
    new = Transfer(
        status="prepared",
        number=book.state.last_number + 1,
        year=int(book.ref.id),
        title=words.title,
        effective_on=words.effective_on,
        decision=words.decision,
    )
    facts = transfer_facts(new, planned_lines(new, words.lines, named))
    numbered = words_of.TransferNumbered(number=new.number, transfer_id=transfer.ref.id)
    return [(transfer, words_of.TransferPrepared(**facts)), (book, numbered)]


def amending_involves(words: words_of.AmendTransfer, given: Given) -> Sequence[Ref]:
    """A list is amended over the people, and the posts and units they come to."""
    return (Ref(TRANSFER, words.transfer_id), *_named(words.lines))


def amend_transfer(words: words_of.AmendTransfer, given: Given, transfer: Seen, *named: Seen) -> Decision:
    """The lines are replaced as long as the batch was not carried out; the same lines change nothing."""
    state: Transfer = transfer.state
    expect_prepared(state, transfer.ref.id)
    lines = planned_lines(state, words.lines, named)
    after = [(line.person_id, line.from_post_id, line.to_post_id) for line in lines]
    if after == [(line.person_id, line.from_post_id, line.to_post_id) for line in state.lines]:
        return []
    return [(transfer, words_of.TransferAmended(**transfer_facts(state, lines)))]


def cancelling_involves(words: words_of.CancelTransfer, given: Given) -> Sequence[Ref]:
    """A batch is dropped by itself."""
    return (Ref(TRANSFER, words.transfer_id),)


def cancel_transfer(words: words_of.CancelTransfer, given: Given, transfer: Seen) -> Decision:
    """A batch that was not carried out is dropped; its number stays used."""
    state: Transfer = transfer.state
    expect_prepared(state, transfer.ref.id)
    cancelled = words_of.TransferCancelled(number=state.number, year=state.year, title=state.title, reason=words.reason)
    return [(transfer, cancelled)]


def transfer_facts(transfer: Transfer, lines: Sequence[PlannedLine]) -> dict[str, Any]:
    """Return what is recorded of a batch with these lines; its totals add up to its people on both sides."""
    return {
        "number": transfer.number,
        "year": transfer.year,
        "title": transfer.title,
        "effective_on": transfer.effective_on,
        "decision": transfer.decision,
        "lines": tuple(lines),
        "sources": sources_of(lines),
        "targets": targets_of(lines),
        "people": len(lines),
    }


def planned_lines(
    transfer: Transfer, lines: Sequence[words_of.TransferLine | words_of.CarriedLine], named: Sequence[Seen]
) -> list[PlannedLine]:
    """Return the lines with everybody's names and the posts they leave; raise Refused for one that cannot be."""
    people, posts, units = seen_of(PERSON, named), seen_of(POST, named), seen_of(UNIT, named)
    planned = []
    for line in lines:
        person: Person = people[line.person_id].state
        expect_here(person, line.person_id, transfer.effective_on, None, "lines")
        post: Post = posts[line.to_post_id].state
        expect_open(post, line.to_post_id, transfer.effective_on, None, "lines")
        left = main_on(person, transfer.effective_on)
        if left and left.post_id == line.to_post_id:
            raise Refused(words_of.TRANSFER_GOES_NOWHERE, "lines", name=person.name, title=post.title)
        planned.append(
            PlannedLine(
                person_id=line.person_id,
                name=person.name,
                headcount=headcount_on(person, transfer.effective_on),
                from_post_id=left.post_id if left else None,
                from_post_title=left.post_title if left else None,
                from_unit_id=left.unit_id if left else None,
                from_unit_code=left.unit_code if left else None,
                from_unit_name=left.unit_name if left else None,
                to_post_id=line.to_post_id,
                to_post_title=post.title,
                to_unit_id=post.unit_id,
                to_unit_code=post.unit_code,
                to_unit_name=units[unit_of(line.to_post_id)].state.name,
            )
        )
    return planned


def _named(lines: Sequence[words_of.TransferLine]) -> Sequence[Ref]:
    expect_once(lines)
    people = (Ref(PERSON, line.person_id) for line in lines)
    posts = dict.fromkeys(line.to_post_id for line in lines)
    units = dict.fromkeys(unit_of(id) for id in posts)
    return (*people, *(Ref(POST, id) for id in posts), *(Ref(UNIT, id) for id in units))


def expect_once(lines: Sequence[words_of.TransferLine | words_of.CarriedLine]) -> None:
    """Raise Refused for a person who is on a list twice."""
    twice = first_twice([line.person_id for line in lines])
    if twice:
        raise Refused(words_of.PERSON_NAMED_TWICE, "lines", person_id=twice)
