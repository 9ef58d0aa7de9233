"""The post (vị trí việc làm): its numbers from day to day, who holds it, and whether there is room for one more."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from contracts import organisation as words_of
from contracts.base import Event, Refused
from contracts.organisation import AppointmentKind, HeadcountKind, PostGroup, PostRank
from services.organisation.deciders.common import day_before, overlap
from services.runtime.manifest import Aggregate


@dataclass(frozen=True, slots=True)
class Numbers:
    """The fewest, the norm and the most from a day on."""

    since: date
    minimum: int
    norm: int
    maximum: int


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who holds the post from a day to a day."""

    person_id: str
    kind: AppointmentKind
    since: date
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Post:
    """A post of a unit; `numbers` are none before it was created, else in the order of their days."""

    unit_id: str = ""
    unit_code: str = ""
    unit_name: str = ""
    code: str = ""
    title: str = ""
    group: PostGroup = "professional"
    headcount: HeadcountKind = "civil_servant"
    rank: PostRank = "staff"
    standard: str | None = None
    training: str | None = None
    duties: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    numbers: tuple[Numbers, ...] = ()
    changed_on: date = date.min
    closed_from: date | None = None
    holders: tuple[Holder, ...] = ()


def evolve(post: Post, event: Event) -> Post:
    """Return the post after an event."""
    match event:
        case words_of.PostClosed():
            return replace(post, closed_from=event.effective_on, changed_on=event.effective_on)
        case words_of.PostCreated() | words_of.PostChanged() | words_of.PostDescribed():
            return _after(post, event)
        case words_of.PostTaken():
            holder = Holder(event.person_id, event.kind, event.effective_on, event.until)
            return replace(post, holders=(*post.holders, holder))
        case words_of.PostReleased():
            return replace(post, holders=tuple(_released(post, event)))
    return post


def _after(post: Post, event: words_of.PostFacts) -> Post:
    numbers = Numbers(event.effective_on, event.minimum, event.norm, event.maximum)
    earlier = tuple(step for step in post.numbers if step.since < numbers.since)
    return replace(
        post,
        unit_id=event.unit_id,
        unit_code=event.unit_code,
        unit_name=event.unit_name,
        code=event.code,
        title=event.title,
        group=event.group,
        headcount=event.headcount,
        rank=event.rank,
        standard=event.standard,
        training=event.training,
        duties=event.duties,
        products=event.products,
        numbers=(*earlier, numbers),
        changed_on=event.effective_on,
    )


def _released(post: Post, event: words_of.PostReleased) -> list[Holder]:
    kept = []
    for holder in post.holders:
        if (holder.person_id, holder.since) != (event.person_id, event.since):
            kept.append(holder)
        elif event.effective_on > holder.since:
            kept.append(replace(holder, until=day_before(event.effective_on)))
    return kept


POST = Aggregate("post", Post(), evolve)


def unit_of(post_id: str) -> str:
    """Return the id of the unit whose post it is."""
    return post_id.partition("--")[0]


def facts_of(post: Post, words: words_of.Change) -> dict[str, Any]:
    """Return what a change of the post records of it, as it is before the change."""
    latest = post.numbers[-1]
    return {
        "unit_id": post.unit_id,
        "unit_code": post.unit_code,
        "unit_name": post.unit_name,
        "code": post.code,
        "title": post.title,
        "group": post.group,
        "headcount": post.headcount,
        "rank": post.rank,
        "standard": post.standard,
        "training": post.training,
        "duties": post.duties,
        "products": post.products,
        "minimum": latest.minimum,
        "norm": latest.norm,
        "maximum": latest.maximum,
        "effective_on": words.effective_on,
        "decision": words.decision,
    }


def numbers_on(post: Post, day: date) -> Numbers:
    """Return the numbers in force on a day, the first ones before all days of theirs."""
    return next((step for step in reversed(post.numbers) if step.since <= day), post.numbers[0])


def holders_on(post: Post, day: date, *, acting: bool = False) -> int:
    """Return how many hold the post on a day, or how many stand in for its holders."""
    held = (holder for holder in post.holders if (holder.kind == "acting") == acting)
    return sum(overlap(holder.since, holder.until, day, day) for holder in held)


def fullest(post: Post, since: date, until: date | None, *, acting: bool = False) -> tuple[date, int]:
    """Return the day from `since` to `until` on which least room is left, and how many hold the post then."""
    turns = [since, *(step.since for step in post.numbers), *(holder.since for holder in post.holders)]
    days = {day for day in turns if overlap(day, day, since, until)}
    tightest = max(sorted(days), key=lambda day: holders_on(post, day, acting=acting) - numbers_on(post, day).maximum)
    return tightest, holders_on(post, tightest, acting=acting)


def expect_created(post: Post, post_id: str, field: str = "post_id") -> None:
    """Raise Refused for a post that is unknown."""
    if not post.numbers:
        raise Refused(words_of.POST_UNKNOWN, field, post_id=post_id)


def expect_open(post: Post, post_id: str, since: date, until: date | None, field: str = "post_id") -> None:
    """Raise Refused unless the post is there from a day to a day."""
    expect_created(post, post_id, field)
    created_on = post.numbers[0].since
    if since < created_on:
        raise Refused(words_of.POST_NOT_YET, field, title=post.title, created_on=created_on, day=since)
    if post.closed_from is not None and (until or date.max) >= post.closed_from:
        raise Refused(words_of.POST_CLOSED, field, title=post.title, last_day=day_before(post.closed_from))


def expect_next(post: Post, post_id: str, words: words_of.Change, field: str = "post_id") -> None:
    """Raise Refused unless a change of the post on a day can follow the changes it has seen."""
    expect_created(post, post_id, field)
    if words.effective_on < post.changed_on:
        raise Refused(words_of.POST_CHANGED_LATER, "effective_on", title=post.title, changed_on=post.changed_on)
    expect_open(post, post_id, words.effective_on, None, field)


def expect_room(post: Post, since: date, until: date | None, kind: AppointmentKind, field: str = "post_id") -> int:
    """Return how many hold the post at most with one more; raise Refused where that is beyond the most it may have.

    Who acts in a post stands in for its holders, so the two are counted apart, each up to the most.
    """
    day, held = fullest(post, since, until, acting=kind == "acting")
    maximum = numbers_on(post, day).maximum
    if held >= maximum:
        raise Refused(words_of.POST_FULL, field, title=post.title, day=day, held=held, maximum=maximum)
    return held + 1
