"""Arranging a week: items with all they need at once or not at all, over others by authority, and who goes instead."""

from collections.abc import Sequence
from datetime import datetime

from contracts import scheduling as core
from contracts.base import Refused
from contracts.scheduling import Displacing, SeenBooking
from contracts.scheduling.weekly import commands as words_of
from contracts.scheduling.weekly import events as told
from contracts.scheduling.weekly import refusals as because
from contracts.scheduling.weekly.events import ItemFacts, Named
from contracts.scheduling.weekly.values import ItemCommand
from services.runtime.manifest import Decision, Given, Ref, Seen
from services.scheduling.deciders.bookable import BOOKABLE, Bookable
from services.scheduling.deciders.booking import BOOKING, each_once, involving
from services.scheduling.deciders.diary import Diary
from services.scheduling.deciders.week import WEEK, Item, Week
from services.scheduling.deciders.week_facts import expect_of_kind, facts_from, goes, named_in, needed, people
from services.scheduling.deciders.week_guards import expect_arranged, expect_as_seen, expect_yours, known, settled
from services.scheduling.deciders.week_holding import NOTHING_OVER, Over, hold
from services.scheduling.deciders.week_hours import hours_of
from services.scheduling.deciders.week_items import said_of, things_of


def arranging_involves(words: words_of.Arranging, given: Given) -> Sequence[Ref]:
    """Return the week, the item's booking, what it needs then and holds now, and what is to give way."""
    hours = hours_of(words.week_id, words, given)
    there = words.seen.things if words.seen else ()
    things = tuple(dict.fromkeys((*named_in(words), *there)))
    refs = [*item_refs(words, words.seen), *things_of(words), *involving(things, hours.starts_at, hours.ends_at)]
    for other in _displaces(words):
        refs += [Ref(BOOKING, other.booking_id), *_held(other.seen)]
    return each_once(refs)


def item_refs(words: ItemCommand, seen: SeenBooking | None) -> list[Ref]:
    """Return the week, the item's booking and what it holds, as its speaker saw it."""
    return [Ref(WEEK, words.week_id), Ref(BOOKING, words.item_id), *(_held(seen) if seen else ())]


def arrange_item(words: words_of.Arranging, given: Given, *seen: Seen) -> Decision:
    """An item has all it needs or keeps what it has; two items, or an item and any booking, never meet."""
    diary, week = Diary(seen), seen[0].state
    item = known(week, words.item_id)
    if item.status == "awaiting_opinion":
        raise Refused(because.OPINION_AWAITED)
    if item.status not in ("proposed", "agreed", "arranged"):
        raise settled(item)
    before = item.facts if item.status == "arranged" else None
    facts = facts_from(diary.thing, words, hours_of(words.week_id, words, given), before)
    if facts == before:
        return ()
    expect_as_seen(item, words.seen, names_of(item))
    if before is not None:
        expect_arranged(item, given)
    _expect_to_come(facts, given)
    expect_reason(week, words.reason)
    over = Over(_displaces(words), words.reason or "") if isinstance(words, words_of.ArrangeItemOver) else NOTHING_OVER
    displaced = hold(diary, given, words.week_id, item, facts, words.reason, over)
    event = told.ItemArranged(
        **said_of(facts),
        item_id=words.item_id,
        holds=needed(facts),
        reason=words.reason,
        overriding=bool(displaced),
        displaced=displaced,
        revision=week.revision + 1,
    )
    diary.say(WEEK, words.week_id, event)
    return diary.decision()


def delegating_involves(words: words_of.DelegateItem, given: Given) -> Sequence[Ref]:
    """Return the week, the item's booking and what it holds, the leader, and who is to go with their calendars."""
    refs = [*item_refs(words, words.seen), Ref(BOOKABLE, words.of)]
    if words.to.thing is not None:
        refs.append(Ref(BOOKABLE, words.to.thing))
        if words.seen is not None:
            refs += involving((words.to.thing,), words.seen.starts_at, words.seen.ends_at)
    return each_once(refs)


def delegate_item(words: words_of.DelegateItem, given: Given, *seen: Seen) -> Decision:
    """Somebody goes in a leader's place: the leader is free and the other is booked in the same moment."""
    diary, week = Diary(seen), seen[0].state
    item, leader = known(week, words.item_id), diary.thing(words.of)
    _expect_may_delegate(item, leader, given)
    expect_arranged(item, given)
    facts = _delegated(diary, item.facts, words)
    if facts == item.facts:
        return ()
    expect_as_seen(item, words.seen, names_of(item))
    if words.seen is None and needed(facts):
        raise Refused(because.ITEM_CHANGED, now=names_of(item))
    expect_reason(week, words.reason)
    hold(diary, given, words.week_id, item, facts, words.reason)
    replaced = next(each for each in people(facts) if each.thing == words.of)
    event = told.ItemDelegated(
        **said_of(facts),
        item_id=words.item_id,
        holds=needed(facts),
        of=words.of,
        of_name=replaced.name,
        to_name=replaced.delegate or replaced.name,
        reason=words.reason,
        revision=week.revision + 1,
    )
    diary.say(WEEK, words.week_id, event)
    return diary.decision()


def names_of(item: Item) -> str:
    """Return who and what an item is about, for people."""
    facts = item.facts
    there = [each.delegate or each.name for each in people(facts)]
    return ", ".join([*there, *([facts.place] if facts.place else ()), *(car.name for car in facts.vehicles)])


def expect_reason(week: Week, reason: str | None) -> None:
    """Raise Refused for a change of a published week that does not say why."""
    if week.version and reason is None:
        raise Refused(because.REASON_NEEDED, "reason")


def _held(seen: SeenBooking) -> Sequence[Ref]:
    return tuple(involving(seen.things, seen.starts_at, seen.ends_at))


def _displaces(words: words_of.Arranging) -> tuple[Displacing, ...]:
    return words.displaces if isinstance(words, words_of.ArrangeItemOver) else ()


def _expect_to_come(facts: ItemFacts, given: Given) -> None:
    """What holds nothing may be put into the calendar afterwards; nobody is booked for what is over."""
    ends_at: datetime = facts.ends_at
    if needed(facts) and ends_at <= given.now:
        raise Refused(core.IN_THE_PAST, "day")


def _expect_may_delegate(item: Item, leader: Bookable, given: Given) -> None:
    """A leader's own account may, and their own board; else whoever may change the item."""
    actor = given.actor
    own_board = actor.board is not None and actor.board == leader.board
    if actor.id != leader.account and not own_board:
        expect_yours(item, given)


def _delegated(diary: Diary, facts: ItemFacts, words: words_of.DelegateItem) -> ItemFacts:
    leader = next((each for each in people(facts) if each.thing == words.of), None)
    if leader is None:
        raise Refused(because.NOT_TAKING_PART, "of", name=diary.thing(words.of).name or words.of)
    to, name = words.to.thing, words.to.name
    if to is not None:
        expect_of_kind(diary.thing(to), to, "to")
        name = diary.thing(to).name
    others = [each for each in people(facts) if each != leader]
    if to is not None and to in [goes(each) for each in others] + [each.thing for each in others]:
        raise Refused(because.DELEGATE_TAKES_PART, "to", name=name)
    gone = {"delegate": None, "delegate_thing": None} if to == words.of else {"delegate": name, "delegate_thing": to}
    replaced = leader.model_copy(update=gone)

    def with_delegate(there: tuple[Named, ...]) -> tuple[Named, ...]:
        return tuple(replaced if each == leader else each for each in there)

    parts = {"attendees": with_delegate(facts.attendees), "accompanying": with_delegate(facts.accompanying)}
    return facts.model_copy(update={**parts, "chair": replaced if facts.chair == leader else facts.chair})
