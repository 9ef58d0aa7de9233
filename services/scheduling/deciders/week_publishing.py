"""The week is submitted, given back or approved; approved, it is published with what it changed, and is read."""

from collections.abc import Iterable, Iterator

from contracts.base import Event, Refused
from contracts.scheduling.weekly import commands as words_of
from contracts.scheduling.weekly import events as told
from contracts.scheduling.weekly import refusals as because
from contracts.scheduling.weekly.events import ItemFacts, PublishedItem, WeekChange
from contracts.scheduling.weekly.values import ChangeKind
from services.runtime.manifest import Given
from services.scheduling.deciders.week import Item, Week, facts_of
from services.scheduling.deciders.week_facts import affected, themselves

_LARGEST_BYTES = 4_000_000
"""Half of the largest message that the log takes, so that what is committed together still fits."""


def submit_week(words: words_of.SubmitWeek, given: Given, week: Week) -> Iterable[Event]:
    """The arranged week, or its changes, wait for approval; what nobody decided on does not stand in its way."""
    if week.submitted == week.revision:
        return
    if not week.version and not week.arranged:
        raise Refused(because.WEEK_EMPTY)
    if week.version and week.revision == week.approved:
        raise Refused(because.WEEK_UNCHANGED)
    _expect_fit(published(week, given.actor.name, None))
    yield told.WeekSubmitted(by_name=given.actor.name, revision=week.revision, undecided=week.undecided)


def return_week(words: words_of.ReturnWeek, given: Given, week: Week) -> Iterable[Event]:
    """A submitted week is given back to be arranged otherwise."""
    if week.submitted is None:
        if week.returned:
            return
        raise Refused(because.WEEK_NOT_SUBMITTED)
    yield told.WeekReturned(by_name=given.actor.name, reason=words.reason)


def approve_week(words: words_of.ApproveWeek, given: Given, week: Week) -> Iterable[Event]:
    """What was seen is published, whole, as the next version; whatever changed since is looked at first."""
    if week.submitted is None:
        if week.version and words.revision == week.approved == week.revision:
            return
        raise Refused(because.WEEK_NOT_SUBMITTED)
    if words.revision != week.revision:
        raise Refused(because.WEEK_CHANGED, revision=week.revision)
    event = published(week, given.actor.name, words.note)
    _expect_fit(event)
    yield event


def acknowledge_week(words: words_of.AcknowledgeWeek, given: Given, week: Week) -> Iterable[Event]:
    """Whoever has read a version has read those before it."""
    if words.version > week.version:
        raise Refused(because.VERSION_UNKNOWN, "version", version=words.version)
    actor = given.actor
    if dict(week.read).get(actor.id, 0) >= words.version:
        return
    yield told.WeekAcknowledged(version=words.version, by=actor.id, by_name=actor.name, board=actor.board)


def published(week: Week, by_name: str, note: str | None) -> told.WeekPublished:
    """Return the week as its next version."""
    return told.WeekPublished(
        version=week.version + 1,
        revision=week.revision,
        items=tuple(_published(item) for item in week.arranged),
        changes=tuple(_changes(week)) if week.version else (),
        by_name=by_name,
        note=note,
    )


def _published(item: Item) -> PublishedItem:
    return PublishedItem(item_id=item.item_id, **{name: getattr(item.facts, name) for name in ItemFacts.model_fields})


def _changes(week: Week) -> Iterator[WeekChange]:
    """Yield what differs from the last published version, in the order in which it was proposed."""
    former = {item.item_id: facts_of(item) for item in week.published}
    for item in week.items:
        before = former.get(item.item_id)
        after = item.facts if item.status == "arranged" else None
        change = _kind(before, after)
        if change is None:
            continue
        both = [facts for facts in (before, after) if facts is not None]
        boards = [board for facts in both for board in facts.boards]
        yield WeekChange(
            item_id=item.item_id,
            change=change,
            before=before,
            after=after,
            reason=item.reason,
            things=tuple(dict.fromkeys(thing for facts in both for thing in affected(facts))),
            boards=tuple(dict.fromkeys([*boards, *([item.board] if item.board else ())])),
        )


def _kind(before: ItemFacts | None, after: ItemFacts | None) -> ChangeKind | None:
    if before == after:
        return None
    if before is None:
        return "added"
    if after is None:
        return "cancelled"
    return "delegated" if themselves(before) == themselves(after) else "changed"


def _expect_fit(event: told.WeekPublished) -> None:
    size = len(event.model_dump_json().encode())
    if size > _LARGEST_BYTES:
        limit = _LARGEST_BYTES // 1000
        raise Refused(because.WEEK_TOO_LARGE, count=len(event.items), size=size // 1000, limit=limit)
