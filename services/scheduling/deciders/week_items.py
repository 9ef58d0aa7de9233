"""Proposing items for a week, putting them right, asking for the standing committee's opinion, and declining them."""

from collections.abc import Iterable, Iterator, Sequence

from contracts.base import Event, Refused
from contracts.scheduling.weekly import commands as words_of
from contracts.scheduling.weekly import events as told
from contracts.scheduling.weekly import refusals as because
from contracts.scheduling.weekly.events import ItemFacts
from contracts.scheduling.weekly.values import ItemDetails
from services.runtime.manifest import Decision, Given, Ref, Seen
from services.scheduling.deciders.bookable import BOOKABLE
from services.scheduling.deciders.booking import each_once
from services.scheduling.deciders.diary import Diary
from services.scheduling.deciders.week import OPEN, WEEK, Item, Week
from services.scheduling.deciders.week_facts import facts_from, named_in
from services.scheduling.deciders.week_guards import expect_yours, known, settled
from services.scheduling.deciders.week_hours import hours_of, is_late


def proposing_involves(words: words_of.ProposeItem | words_of.ReviseProposal, given: Given) -> Sequence[Ref]:
    """Return the week, and everybody and everything that is named, for their names."""
    return each_once((Ref(WEEK, words.week_id), *things_of(words)))


def things_of(details: ItemDetails) -> Iterator[Ref]:
    """Yield everybody and everything that an item names."""
    yield from (Ref(BOOKABLE, id) for id in named_in(details))


def said_of(facts: ItemFacts) -> dict[str, object]:
    """Return what an item says as an event takes it."""
    return {name: getattr(facts, name) for name in ItemFacts.model_fields}


def propose_item(words: words_of.ProposeItem, given: Given, *seen: Seen) -> Decision:
    """Whoever proposes says what the item is to be; it holds nothing until it is arranged."""
    diary, week, id = Diary(seen), seen[0].state, words_of.item_id(given.command_id)
    hours = hours_of(words.week_id, words, given)
    if week.item(id) is not None:
        return ()
    event = told.ItemProposed(
        **said_of(facts_from(diary.thing, words, hours)),
        item_id=id,
        board=given.actor.board,
        by=given.actor.id,
        by_name=given.actor.name,
        needs_opinion=words.needs_opinion,
        late=is_late(words.week_id, week.version > 0, given),
    )
    diary.say(WEEK, words.week_id, event)
    return diary.decision()


def revise_proposal(words: words_of.ReviseProposal, given: Given, *seen: Seen) -> Decision:
    """A proposal is put right until somebody has decided on it."""
    diary, item = Diary(seen), known(seen[0].state, words.item_id)
    expect_yours(item, given)
    if item.status not in ("proposed", "awaiting_opinion"):
        raise settled(item)
    facts = facts_from(diary.thing, words, hours_of(words.week_id, words, given))
    if facts != item.facts:
        diary.say(WEEK, words.week_id, told.ProposalRevised(**said_of(facts), item_id=words.item_id))
    return diary.decision()


def withdraw_proposal(words: words_of.WithdrawProposal, given: Given, week: Week) -> Iterable[Event]:
    """A proposal is taken back until it is arranged."""
    item = known(week, words.item_id)
    expect_yours(item, given)
    if item.status == "withdrawn":
        return
    _expect_open(item)
    yield told.ProposalWithdrawn(item_id=words.item_id, reason=words.reason)


def ask_opinion(words: words_of.AskOpinion, given: Given, week: Week) -> Iterable[Event]:
    """The office puts a proposal before the standing committee first."""
    item = known(week, words.item_id)
    if item.status == "awaiting_opinion":
        return
    if item.status != "proposed":
        raise settled(item)
    yield told.OpinionAsked(item_id=words.item_id)


def give_opinion(words: words_of.GiveOpinion, given: Given, week: Week) -> Iterable[Event]:
    """What is agreed may be arranged, what is not is declined; only what was asked about has an opinion."""
    item = known(week, words.item_id)
    if item.status == ("agreed" if words.agrees else "declined"):
        return
    if item.status != "awaiting_opinion":
        raise Refused(because.OPINION_NOT_ASKED)
    yield told.OpinionGiven(item_id=words.item_id, agrees=words.agrees, by_name=given.actor.name, note=words.note)


def decline_item(words: words_of.DeclineItem, given: Given, week: Week) -> Iterable[Event]:
    """The office does not put a proposal into the calendar, and says why."""
    item = known(week, words.item_id)
    if item.status == "declined":
        return
    _expect_open(item)
    yield told.ItemDeclined(item_id=words.item_id, reason=words.reason)


def _expect_open(item: Item) -> None:
    if item.status not in OPEN:
        raise settled(item)
