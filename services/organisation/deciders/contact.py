"""The focal contact (đầu mối): who answers for a line of service in a board, one and a substitute on a day."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from contracts import organisation as words_of
from contracts.base import Event, Refused
from services.organisation.deciders.common import day_before, in_order, overlap, seen_of
from services.organisation.deciders.person import PERSON, expect_here
from services.organisation.deciders.unit import UNIT, Unit, expect_standing
from services.runtime.manifest import Aggregate, Decision, Given, Ref, Seen


@dataclass(frozen=True, slots=True)
class Naming:
    """Who answers from a day to a day."""

    person_id: str
    person_name: str
    substitute_id: str | None
    since: date
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Contact:
    """The contacts of a board for a line of service, one after another."""

    namings: tuple[Naming, ...] = ()


def evolve(contact: Contact, event: Event) -> Contact:
    """Return the contacts after an event."""
    match event:
        case words_of.ContactNamed():
            naming = Naming(event.person_id, event.person_name, event.substitute_id, event.effective_on, event.until)
            return replace(contact, namings=(*_cut(contact, event.effective_on), naming))
        case words_of.ContactWithdrawn():
            return replace(contact, namings=_cut(contact, event.effective_on))
    return contact


def _cut(contact: Contact, day: date) -> tuple[Naming, ...]:
    earlier = (naming for naming in contact.namings if naming.since < day)
    return tuple(
        replace(naming, until=day_before(day)) if (naming.until or date.max) >= day else naming for naming in earlier
    )


CONTACT = Aggregate("contact", Contact(), evolve)


def _own(words: words_of.NameContact | words_of.WithdrawContact) -> Ref:
    return Ref(CONTACT, f"{words.unit_id}--{words.line.replace('_', '-')}")


def naming_involves(words: words_of.NameContact, given: Given) -> Sequence[Ref]:
    """A contact is named over the line, the board, and the one or two who are named."""
    if words.substitute_id == words.person_id:
        raise Refused(words_of.SUBSTITUTE_IS_ANOTHER, "substitute_id")
    people = [Ref(PERSON, id) for id in (words.person_id, words.substitute_id) if id]
    return (_own(words), Ref(UNIT, words.unit_id), *people)


def name_contact(words: words_of.NameContact, given: Given, contact: Seen, unit: Seen, *people: Seen) -> Decision:
    """Who is named answers from the day on, in place of who was named before; days follow one another."""
    in_order(words.effective_on, words.until)
    _expect_own_board(given, unit.state, unit.ref.id, words.effective_on)
    latest = _latest(contact.state)
    if latest and (latest.person_id, latest.substitute_id, latest.since, latest.until) == (
        words.person_id,
        words.substitute_id,
        words.effective_on,
        words.until,
    ):
        return []
    if latest and words.effective_on < latest.since:
        raise Refused(words_of.CONTACT_NAMED_LATER, "effective_on", name=latest.person_name, since=latest.since)
    known = seen_of(PERSON, people)
    for field, id in (("person_id", words.person_id), ("substitute_id", words.substitute_id)):
        if id:
            expect_here(known[id].state, id, words.effective_on, words.until, field)
    substitute = known[words.substitute_id].state.name if words.substitute_id else None
    named = words_of.ContactNamed(
        unit_code=unit.state.code,
        unit_name=unit.state.name,
        person_name=known[words.person_id].state.name,
        substitute_name=substitute,
        **words.model_dump(),
    )
    return [(contact, named)]


def withdrawing_involves(words: words_of.WithdrawContact, given: Given) -> Sequence[Ref]:
    """A contact ends for a line of a board."""
    return _own(words), Ref(UNIT, words.unit_id)


def withdraw_contact(words: words_of.WithdrawContact, given: Given, contact: Seen, unit: Seen) -> Decision:
    """Nobody answers for the line from the day on; said again, it changes nothing."""
    _expect_own_board(given, unit.state, unit.ref.id, None)
    latest = _latest(contact.state)
    if latest and latest.until == day_before(words.effective_on):
        return []
    if latest is None or not overlap(latest.since, latest.until, words.effective_on, words.effective_on):
        raise Refused(words_of.NO_CONTACT, "line", name=unit.state.name, day=words.effective_on)
    withdrawn = words_of.ContactWithdrawn(
        unit_code=unit.state.code,
        unit_name=unit.state.name,
        person_id=latest.person_id,
        person_name=latest.person_name,
        **words.model_dump(),
    )
    return [(contact, withdrawn)]


def _latest(contact: Contact) -> Naming | None:
    return contact.namings[-1] if contact.namings else None


def _expect_own_board(given: Given, unit: Unit, unit_id: str, day: date | None) -> None:
    """Raise Refused for a unit that is not there, or is not the speaker's board; the office acts for every board."""
    expect_standing(unit, unit_id, day or unit.established_on or date.max)
    office = {"administrator", "leader"}.intersection(given.actor.roles)
    if not office and given.actor.board != unit.code:
        raise Refused(words_of.CONTACT_OF_ANOTHER_BOARD, "unit_id", name=unit.name)
