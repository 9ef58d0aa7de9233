"""What an item of the week says: its people, rooms and cars by name, and which of them it needs."""

from collections.abc import Callable, Iterator

from contracts.base import Refused
from contracts.scheduling import ThingKind
from contracts.scheduling.weekly import refusals as because
from contracts.scheduling.weekly.events import ItemFacts, Named
from contracts.scheduling.weekly.values import ItemDetails, Participant
from services.scheduling.deciders.bookable import Bookable, expect_known
from services.scheduling.deciders.week_hours import Hours

_PEOPLE: tuple[ThingKind, ...] = ("leader", "staff", "driver")
_KINDS: dict[str, tuple[tuple[ThingKind, ...], str, str]] = {
    "chair": (_PEOPLE, "lãnh đạo, cán bộ", "a person"),
    "attendees": (_PEOPLE, "lãnh đạo, cán bộ", "a person"),
    "accompanying": (_PEOPLE, "lãnh đạo, cán bộ", "a person"),
    "to": (_PEOPLE, "lãnh đạo, cán bộ", "a person"),
    "room": (("room", "hall"), "phòng họp, hội trường", "a room or hall"),
    "vehicles": (("vehicle",), "xe", "a car"),
}
_SAID = ("day", "content", "kind", "invited", "boards", "preparing", "documents", "invitation", "publicity", "contact",
         "note")  # fmt: skip
Thing = Callable[[str], Bookable]
"""Looks up what is known of a thing."""


def named_in(details: ItemDetails) -> tuple[str, ...]:
    """Return every person, room and car that an item names by its id, each once."""
    return tuple(dict.fromkeys(thing for _, thing in _parts(details)))


def facts_from(thing: Thing, details: ItemDetails, hours: Hours, before: ItemFacts | None = None) -> ItemFacts:
    """Return what an item says, with names as they are now; whoever takes part twice is named once.

    Who goes in whose place stays as it was `before`, unless that person now takes part themselves. Raises Refused for
    what cannot be booked at all, or is no person, room or car where one belongs.
    """
    for field, id in _parts(details):
        expect_of_kind(thing(id), id, field)
    delegated = _delegated(before, named_in(details)) if before else {}
    once: set[str] = set()

    def named(participants: tuple[Participant, ...]) -> tuple[Named, ...]:
        return tuple(_named(thing, each, delegated) for each in participants if _first(each, once))

    room = thing(details.room) if details.room else None
    return ItemFacts(
        **{name: getattr(details, name) for name in _SAID},
        **hours._asdict(),
        chair=next(iter(named((details.chair,))), None) if details.chair else None,
        attendees=named(details.attendees),
        accompanying=named(details.accompanying),
        room=details.room,
        place=details.place or (room.name if room else None),
        site_id=room.site_id if room else details.site_id,
        vehicles=tuple(Named(name=thing(id).name, thing=id) for id in dict.fromkeys(details.vehicles)),
    )


def people(facts: ItemFacts) -> tuple[Named, ...]:
    """Return who takes part: the chair, who attends, who comes along."""
    return (*((facts.chair,) if facts.chair else ()), *facts.attendees, *facts.accompanying)


def goes(named: Named) -> str | None:
    """Return who is there under a name: the delegate where there is one, if they can be booked."""
    return named.delegate_thing if named.delegate is not None else named.thing


def needed(facts: ItemFacts) -> tuple[str, ...]:
    """Return everything that an item needs of what can be booked, each once; a leader who sends another is free."""
    there = [goes(each) for each in people(facts)]
    things = [*there, facts.room, *(car.thing for car in facts.vehicles)]
    return tuple(dict.fromkeys(thing for thing in things if thing is not None))


def affected(facts: ItemFacts) -> tuple[str, ...]:
    """Return everybody and everything an item concerns: leaders with those who go in their place, rooms, cars."""
    there = [thing for each in people(facts) for thing in (each.thing, each.delegate_thing)]
    things = [*there, facts.room, *(car.thing for car in facts.vehicles)]
    return tuple(dict.fromkeys(thing for thing in things if thing is not None))


def themselves(facts: ItemFacts) -> ItemFacts:
    """Return what an item says but for who goes in whose place."""

    def alone(there: tuple[Named, ...]) -> tuple[Named, ...]:
        return tuple(each.model_copy(update={"delegate": None, "delegate_thing": None}) for each in there)

    chair = alone((facts.chair,))[0] if facts.chair else None
    parts = {"attendees": alone(facts.attendees), "accompanying": alone(facts.accompanying)}
    return facts.model_copy(update={**parts, "chair": chair})


def expect_of_kind(thing: Bookable, id: str, field: str) -> None:
    """Raise Refused for what is no person, room or car where one belongs, or cannot be booked at all."""
    expect_known(thing, id, field)
    kinds, vi, en = _KINDS[field]
    if thing.kind not in kinds:
        raise Refused(because.NOT_FOR_THIS_PART, field, name=thing.name, vi=vi, en=en)


def _parts(details: ItemDetails) -> Iterator[tuple[str, str]]:
    parts = (("chair", (details.chair,)), ("attendees", details.attendees), ("accompanying", details.accompanying))
    for field, participants in parts:
        yield from ((field, each.thing) for each in participants if each is not None and each.thing is not None)
    yield from (("room", id) for id in (details.room,) if id is not None)
    yield from (("vehicles", id) for id in details.vehicles)


def _delegated(before: ItemFacts, now_there: tuple[str, ...]) -> dict[str, Named]:
    return {
        each.thing: each
        for each in people(before)
        if each.thing is not None and each.delegate is not None and each.delegate_thing not in now_there
    }


def _named(thing: Thing, participant: Participant, delegated: dict[str, Named]) -> Named:
    if participant.thing is None:
        return Named(name=str(participant.name))
    name, gone = thing(participant.thing).name, delegated.get(participant.thing)
    if gone is None:
        return Named(name=name, thing=participant.thing)
    return gone.model_copy(update={"name": name})


def _first(participant: Participant, once: set[str]) -> bool:
    who = participant.thing or str(participant.name)
    known = who in once
    once.add(who)
    return not known
