"""The person: whether the key that says who it was is destroyed."""

from collections.abc import Iterable
from dataclasses import dataclass

from contracts.audit import ErasePerson, PersonErased
from contracts.base import Event
from services.runtime.manifest import Aggregate, Given


@dataclass(frozen=True, slots=True)
class Person:
    """A person known by a pseudonym."""

    erased: bool = False


def evolve(person: Person, event: Event) -> Person:
    """Return the person after an event."""
    match event:
        case PersonErased():
            return Person(erased=True)
    return person


PERSON = Aggregate("person", Person(), evolve)


def erase_person(words: ErasePerson, given: Given, person: Person) -> Iterable[Event]:
    """A person is erased once."""
    if not person.erased:
        yield PersonErased(person=words.person, reason=words.reason)
