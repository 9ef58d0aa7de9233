"""The person: what they hold from which day to which, how they are counted, and when they were away for good."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from contracts import organisation as words_of
from contracts.base import Event, Refused
from contracts.organisation import AppointmentKind, HeadcountKind
from services.organisation.deciders.common import day_before, overlap, shown
from services.runtime.manifest import Aggregate


@dataclass(frozen=True, slots=True)
class Appointment:
    """A post held from a day to a day, with its names of that time."""

    post_id: str
    post_title: str
    unit_id: str
    unit_code: str
    unit_name: str
    kind: AppointmentKind
    since: date
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Counted:
    """How a person is counted from a day on."""

    since: date
    headcount: HeadcountKind


@dataclass(frozen=True, slots=True)
class Away:
    """Days on which a person did not work here any more; open until a return."""

    since: date
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who works here; `name` is empty before they were registered."""

    name: str = ""
    born_on: date | None = None
    education: str | None = None
    phone: str | None = None
    email: str | None = None
    account: str | None = None
    counted: tuple[Counted, ...] = ()
    appointments: tuple[Appointment, ...] = ()
    away: tuple[Away, ...] = ()


def evolve(person: Person, event: Event) -> Person:
    """Return the person after an event."""
    match event:
        case words_of.PersonRegistered():
            return replace(_known(person, event), counted=(Counted(date.min, event.headcount),))
        case words_of.PersonCorrected():
            return _known(person, event)
        case words_of.HeadcountKindChanged():
            earlier = tuple(step for step in person.counted if step.since < event.effective_on)
            return replace(person, counted=(*earlier, Counted(event.effective_on, event.headcount)))
        case words_of.PersonAppointed():
            return replace(person, appointments=(*person.appointments, _appointment(event)))
        case words_of.AppointmentEnded() | words_of.AppointmentCancelled():
            return replace(person, appointments=tuple(_without(person, event)))
        case words_of.PersonDeparted():
            return replace(person, away=(*person.away, Away(event.effective_on)))
        case words_of.PersonReturned():
            back = tuple(
                replace(away, until=day_before(event.effective_on)) if away.until is None else away
                for away in person.away
            )
            return replace(person, away=back)
    return person


def _known(person: Person, event: words_of.PersonRegistered | words_of.PersonCorrected) -> Person:
    return replace(
        person,
        name=event.name,
        born_on=event.born_on,
        education=event.education,
        phone=event.phone,
        email=event.email,
        account=event.account,
    )


def _appointment(event: words_of.PersonAppointed) -> Appointment:
    return Appointment(
        post_id=event.post_id,
        post_title=event.post_title,
        unit_id=event.unit_id,
        unit_code=event.unit_code,
        unit_name=event.unit_name,
        kind=event.kind,
        since=event.effective_on,
        until=event.until,
    )


def _without(person: Person, event: words_of.AppointmentEnded | words_of.AppointmentCancelled) -> list[Appointment]:
    kept = []
    for held in person.appointments:
        if (held.post_id, held.since) != (event.post_id, event.since):
            kept.append(held)
        elif isinstance(event, words_of.AppointmentEnded):
            kept.append(replace(held, until=event.last_day))
    return kept


PERSON = Aggregate("person", Person(), evolve)


def headcount_on(person: Person, day: date) -> HeadcountKind:
    """Return how the person is counted on a day."""
    return next(step.headcount for step in reversed(person.counted) if step.since <= day)


def held_from(person: Person, day: date) -> tuple[Appointment, ...]:
    """Return what the person holds on a day or later."""
    return tuple(held for held in person.appointments if (held.until or date.max) >= day)


def main_on(person: Person, day: date) -> Appointment | None:
    """Return the person's main appointment on a day."""
    return next((held for held in mains(person) if overlap(held.since, held.until, day, day)), None)


def mains(person: Person) -> Sequence[Appointment]:
    """Return the person's main appointments."""
    return [held for held in person.appointments if held.kind == "main"]


def expect_here(person: Person, person_id: str, since: date, until: date | None, field: str = "person_id") -> None:
    """Raise Refused unless the person is known and works here from a day to a day."""
    expect_known(person, person_id, field)
    away = next((away for away in person.away if overlap(away.since, away.until, since, until)), None)
    if away:
        raise Refused(words_of.PERSON_AWAY, field, name=person.name, since=away.since, until=shown(away.until))


def expect_known(person: Person, person_id: str, field: str = "person_id") -> None:
    """Raise Refused for a person who was not registered."""
    if not person.name:
        raise Refused(words_of.PERSON_UNKNOWN, field, person_id=person_id)
