"""What an item of the week holds: one booking under the item's id, of all it needs or of nothing."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from contracts import scheduling as words_of
from contracts.scheduling import BookingFacts, DisplacedBooking, Displacing, PriorityClass, Want
from contracts.scheduling.weekly.events import ItemFacts
from contracts.scheduling.weekly.values import ItemKind
from services.runtime.manifest import Given
from services.scheduling.deciders.booking import ALIVE, BOOKING, Booking
from services.scheduling.deciders.booking_move import say_moved
from services.scheduling.deciders.booking_override import expect_to_give_way, give_way, place_over
from services.scheduling.deciders.booking_request import drop_all, said
from services.scheduling.deciders.calendar import Slot, minute
from services.scheduling.deciders.diary import Diary
from services.scheduling.deciders.placing import Busy, place
from services.scheduling.deciders.week import Item
from services.scheduling.deciders.week_facts import needed

_HIGHEST: frozenset[ItemKind] = frozenset({"standing", "executive", "plenary"})
_OFFICE = "Văn phòng"
_TITLE = 200
_TOLD = ("title", "private", "holder", "contact", "priority", "board")
_NOTHING: tuple[DisplacedBooking, ...] = ()


class Over(NamedTuple):
    """What gives way to an item, and why."""

    displaces: tuple[Displacing, ...] = ()
    reason: str = ""


NOTHING_OVER = Over()


def priority_of(kind: ItemKind) -> PriorityClass:
    """Return the class of an item's booking: meetings of the committees stand above all others."""
    return "standing" if kind in _HIGHEST else "committee"


def hold(
    diary: Diary,
    given: Given,
    week_id: str,
    item: Item,
    facts: ItemFacts,
    reason: str | None,
    over: Over = NOTHING_OVER,
) -> tuple[DisplacedBooking, ...]:
    """Book what an item needs as it is to stand, freeing what it needs no more; return what gave way to it.

    What it holds already at the same time and place is not asked for again. Raises Refused, and nothing changes, where
    any of the rest cannot be had.
    """
    booking: Booking = diary.state(BOOKING, item.item_id)
    if not needed(facts):
        let_go(diary, item, reason)
        return _NOTHING
    before = booking.about if booking.status in ALIVE else None
    wanted = _wanted(diary, given, week_id, item, facts, before)
    kept = _kept(diary, item.item_id, wanted, before)
    placed, displaced = _placed(diary, given, item.item_id, wanted, kept, over)
    _say(diary, item.item_id, before, wanted, displaced, over.reason or reason)
    for gone in displaced:
        give_way(diary, given, item.item_id, gone, wanted, over.reason)
    _take(diary, item.item_id, before, kept, {**kept, **dict(placed)}, overriding=bool(displaced))
    return displaced


def let_go(diary: Diary, item: Item, reason: str | None) -> None:
    """Free whatever an item holds."""
    booking: Booking = diary.state(BOOKING, item.item_id)
    if booking.status in ALIVE:
        diary.say(BOOKING, item.item_id, words_of.BookingCancelled(reason=reason))
        drop_all(diary, item.item_id, booking)


def _wanted(
    diary: Diary, given: Given, week_id: str, item: Item, facts: ItemFacts, before: BookingFacts | None
) -> BookingFacts:
    things, chair = needed(facts), facts.chair
    room = diary.thing(facts.room) if facts.room else None
    return BookingFacts(
        title=" ".join(facts.content.split())[:_TITLE],
        wants=tuple(Want(of=(thing,)) for thing in things),
        things=things,
        thing_names=tuple(diary.thing(thing).name for thing in things),
        starts_at=facts.starts_at,
        ends_at=facts.ends_at,
        site_id=room.site_id if room else facts.site_id,
        place=(room.place or room.name) if room else facts.place,
        priority=priority_of(facts.kind),
        private=facts.publicity == "restricted",
        holder=(chair.delegate or chair.name)[:100] if chair else _OFFICE,
        contact=facts.contact or (before.contact if before else given.actor.name),
        board=item.board,
        booked_by=before.booked_by if before else given.actor.id,
        document_number=next(iter(facts.documents), None),
        week_id=week_id,
    )


def _kept(diary: Diary, id: str, wanted: BookingFacts, before: BookingFacts | None) -> dict[str, Slot]:
    """What stays taken as it is, with what is now said of it."""
    if before is None or _when_and_where(before) != _when_and_where(wanted):
        return {}
    slots = diary.slots(id, before.things, minute(before.starts_at), minute(before.ends_at))
    told = {name: getattr(wanted, name) for name in _TOLD}
    return {thing: replace(slot, **told) for thing, slot in slots.items() if thing in wanted.things}


def _when_and_where(facts: BookingFacts) -> tuple[object, ...]:
    return facts.starts_at, facts.ends_at, facts.site_id, facts.place


def _placed(
    diary: Diary, given: Given, id: str, wanted: BookingFacts, kept: Iterable[str], over: Over
) -> tuple[Sequence[tuple[str, Slot]], tuple[DisplacedBooking, ...]]:
    there = set(kept)
    rest = tuple(want for want in wanted.wants if want.of[0] not in there)
    asked = wanted.model_copy(update={"wants": rest})
    if over.displaces:
        expect_to_give_way(diary, asked, over.displaces)
        placed, displaced = place_over(diary, given, id, asked, over.displaces)
        return placed.slots, displaced
    try:
        return place(diary, given, id, asked).slots, _NOTHING
    except Busy as busy:
        raise busy.refused() from None


def _say(
    diary: Diary,
    id: str,
    before: BookingFacts | None,
    after: BookingFacts,
    displaced: tuple[DisplacedBooking, ...],
    reason: str | None,
) -> None:
    if before is None:
        over = {"displaced": displaced, "override_reason": reason if displaced else None}
        diary.say(BOOKING, id, words_of.BookingBooked(**said(after), **over))
    elif _when_and_where(before) != _when_and_where(after) or set(before.things) != set(after.things):
        say_moved(diary, id, before, after, reason)
    elif before != after:
        diary.say(BOOKING, id, words_of.BookingDescribed(**said(after)))


def _take(
    diary: Diary, id: str, before: BookingFacts | None, kept: dict[str, Slot], all_of: dict[str, Slot], overriding: bool
) -> None:
    had: dict[str, Slot] = {}
    if before is not None:
        start, end = minute(before.starts_at), minute(before.ends_at)
        had = diary.slots(id, before.things, start, end)
        diary.release(id, [thing for thing in had if thing not in kept], start, end)
    for thing, slot in all_of.items():
        if thing not in kept or had.get(thing) != slot:
            diary.take(thing, slot, overriding=overriding and thing not in kept)
