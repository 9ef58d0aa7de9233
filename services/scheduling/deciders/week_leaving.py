"""Items that leave a week: called off, or postponed to another week, where they wait to be arranged."""

from collections.abc import Sequence
from datetime import timedelta

from contracts.base import Refused
from contracts.scheduling.weekly import commands as words_of
from contracts.scheduling.weekly import events as told
from contracts.scheduling.weekly import refusals as because
from contracts.scheduling.weekly.events import ItemFacts
from services.runtime.manifest import Decision, Given, Ref, Seen
from services.scheduling.deciders.booking import each_once
from services.scheduling.deciders.diary import Diary
from services.scheduling.deciders.week import OPEN, WEEK, Item, monday_of
from services.scheduling.deciders.week_arranging import item_refs, names_of
from services.scheduling.deciders.week_facts import facts_from, themselves
from services.scheduling.deciders.week_guards import expect_arranged, expect_as_seen, known
from services.scheduling.deciders.week_holding import let_go
from services.scheduling.deciders.week_hours import hours_of, is_late
from services.scheduling.deciders.week_items import said_of, things_of


def cancelling_involves(words: words_of.CancelItem, given: Given) -> Sequence[Ref]:
    """Return the week, the item's booking and what it holds."""
    return each_once(item_refs(words, words.seen))


def cancel_item(words: words_of.CancelItem, given: Given, *seen: Seen) -> Decision:
    """What a called off item held is free in the same moment."""
    diary, week = Diary(seen), seen[0].state
    item = known(week, words.item_id)
    if item.status == "cancelled":
        return ()
    expect_arranged(item, given)
    expect_as_seen(item, words.seen, names_of(item))
    let_go(diary, item, words.reason)
    event = told.ItemCancelled(item_id=words.item_id, reason=words.reason, revision=week.revision + 1)
    diary.say(WEEK, words.week_id, event)
    return diary.decision()


def postponing_involves(words: words_of.PostponeItem, given: Given) -> Sequence[Ref]:
    """Return both weeks, the item's booking and what it holds, and whom its new details name."""
    if words.to_week_id == words.week_id:
        raise Refused(because.SAME_WEEK, "to_week_id", week_id=words.week_id)
    monday_of(words.to_week_id, "to_week_id")
    named = things_of(words.details) if words.details else ()
    return each_once((*item_refs(words, words.seen), Ref(WEEK, words.to_week_id), *named))


def postpone_item(words: words_of.PostponeItem, given: Given, *seen: Seen) -> Decision:
    """An item leaves its week and is proposed for another one, under an id of its own; what it held is free."""
    diary, week, there = Diary(seen), seen[0].state, words_of.item_id(given.command_id)
    item, other = known(week, words.item_id), diary.state(WEEK, words.to_week_id)
    if item.status == "postponed":
        return ()
    standing = item.status == "arranged"
    if item.status not in OPEN:
        expect_arranged(item, given)
    expect_as_seen(item, words.seen, names_of(item))
    facts = _facts(diary, item.facts, words, given)
    let_go(diary, item, words.reason)
    left = told.ItemPostponed(
        item_id=words.item_id,
        to_week_id=words.to_week_id,
        to_item_id=there,
        reason=words.reason,
        revision=week.revision + standing,
    )
    diary.say(WEEK, words.week_id, left)
    diary.say(
        WEEK,
        words.to_week_id,
        _proposed(item, facts, words, there, is_late(words.to_week_id, other.version > 0, given)),
    )
    return diary.decision()


def _proposed(item: Item, facts: ItemFacts, words: words_of.PostponeItem, id: str, late: bool) -> told.ItemProposed:
    return told.ItemProposed(
        **said_of(facts),
        item_id=id,
        board=item.board,
        by=item.by,
        by_name=item.by_name,
        needs_opinion=item.status == "awaiting_opinion",
        late=late,
        from_week_id=words.week_id,
        from_item_id=words.item_id,
    )


def _facts(diary: Diary, facts: ItemFacts, words: words_of.PostponeItem, given: Given) -> ItemFacts:
    """As it is to stand; else on the same day of the other week, with everybody themselves."""
    if words.details is not None:
        return facts_from(diary.thing, words.details, hours_of(words.to_week_id, words.details, given))
    days = timedelta((monday_of(words.to_week_id) - monday_of(words.week_id)).days)
    later = {"day": facts.day + days, "starts_at": facts.starts_at + days, "ends_at": facts.ends_at + days}
    return themselves(facts).model_copy(update=later)
