"""The unit: its state from a day on, how events change it, and what it must be for a decision."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from contracts import organisation as words_of
from contracts.base import Event, Refused
from contracts.organisation import OtherUnit, PostRank, Tier, UnitKind
from services.organisation.deciders.common import day_before
from services.runtime.manifest import Aggregate, Given
from services.runtime.rules import NoRuleInForce, Validity


@dataclass(frozen=True, slots=True)
class PlannedPost:
    """A post of a unit with its latest numbers; `closed_from` is the first day without it."""

    post_id: str
    title: str
    rank: PostRank
    norm: int
    maximum: int
    closed_from: date | None = None


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as its latest change left it; `established_on` is None before it was established."""

    established_on: date | None = None
    changed_on: date = date.min
    code: str = ""
    name: str = ""
    kind: UnitKind = "body"
    tier: Tier = "TINH"
    parent_id: str | None = None
    parent_name: str | None = None
    site_id: str | None = None
    site_name: str | None = None
    served: bool = False
    budget_chapter: str | None = None
    stands_until: date | None = None
    ended_from: date | None = None
    ended_by: str = ""
    posts: tuple[PlannedPost, ...] = ()

    @property
    def norm(self) -> int:
        """The norm of all posts that were not closed."""
        return sum(post.norm for post in self.posts if post.closed_from is None)

    @property
    def deputies(self) -> int:
        """The most deputies that the posts allow."""
        return sum(post.maximum for post in self.posts if post.closed_from is None and post.rank == "deputy")


def evolve(unit: Unit, event: Event) -> Unit:
    """Return the unit after an event."""
    match event:
        case words_of.UnitMerged() | words_of.UnitSplit() | words_of.UnitDissolved():
            return replace(unit, changed_on=event.effective_on, ended_from=event.effective_on, ended_by=_way(event))
        case words_of.UnitEstablished() | words_of.UnitRenamed() | words_of.UnitMoved() | words_of.UnitSucceeded():
            return _after(unit, event)
        case words_of.PostPlanned():
            planned = PlannedPost(event.post_id, event.title, event.rank, event.norm, event.maximum)
            others = tuple(post for post in unit.posts if post.post_id != event.post_id)
            return replace(unit, posts=(*others, planned))
        case words_of.PostsDropped():
            dropped = {post.post_id for post in event.posts}
            closed = (
                replace(post, closed_from=event.effective_on) if post.post_id in dropped else post
                for post in unit.posts
            )
            return replace(unit, posts=tuple(closed))
    return unit


def _after(unit: Unit, event: words_of.UnitFacts) -> Unit:
    return replace(
        unit,
        established_on=unit.established_on or event.effective_on,
        changed_on=event.effective_on,
        code=event.unit_code,
        name=event.name,
        kind=event.kind,
        tier=event.tier,
        parent_id=event.parent_id,
        parent_name=event.parent_name,
        site_id=event.site_id,
        site_name=event.site_name,
        served=event.served,
        budget_chapter=event.budget_chapter,
        stands_until=event.stands_until,
    )


def _way(event: Event) -> str:
    match event:
        case words_of.UnitMerged():
            return event.successor.unit_id
        case words_of.UnitSplit():
            return "+".join(successor.unit_id for successor in event.successors)
    return ""


UNIT = Aggregate("unit", Unit(), evolve)


def facts_of(unit: Unit, words: words_of.Change) -> dict[str, Any]:
    """Return what a change of the unit records of it, as it is before the change."""
    return {
        "unit_code": unit.code,
        "name": unit.name,
        "kind": unit.kind,
        "tier": unit.tier,
        "parent_id": unit.parent_id,
        "parent_name": unit.parent_name,
        "site_id": unit.site_id,
        "site_name": unit.site_name,
        "served": unit.served,
        "budget_chapter": unit.budget_chapter,
        "stands_until": unit.stands_until,
        "effective_on": words.effective_on,
        "decision": words.decision,
    }


def other(unit_id: str, unit: Unit) -> OtherUnit:
    """Return a unit as another one's change names it."""
    return OtherUnit(unit_id=unit_id, unit_code=unit.code, name=unit.name)


def lawful_until(given: Given, tier: Tier, day: date) -> date | None:
    """Return the last day on which units of a tier may be; raise Refused where that is over."""
    try:
        validity: Validity = given.rules.tiers.entry(day, tier=tier).validity
    except NoRuleInForce:
        raise Refused(words_of.TIER_NOT_IN_FORCE, "tier", tier=tier, day=day) from None
    return validity.effective_to


def expect_standing(unit: Unit, unit_id: str, day: date, field: str = "unit_id") -> None:
    """Raise Refused for a unit that is unknown, not established yet, or no more on a day."""
    if unit.established_on is None:
        raise Refused(words_of.UNIT_UNKNOWN, field, unit_id=unit_id)
    if day < unit.established_on:
        raise Refused(words_of.UNIT_NOT_YET, field, name=unit.name, established_on=unit.established_on, day=day)
    last_day = _last_day(unit)
    if last_day is not None and day > last_day:
        raise Refused(words_of.UNIT_ENDED, field, name=unit.name, last_day=last_day, day=day)


def expect_next(unit: Unit, unit_id: str, day: date, field: str = "unit_id") -> None:
    """Raise Refused unless a change of the unit on a day can follow the changes it has seen."""
    expect_standing(unit, unit_id, day, field)
    if unit.ended_from is not None:
        raise Refused(words_of.UNIT_ENDED, field, name=unit.name, last_day=day_before(unit.ended_from), day=day)
    if day < unit.changed_on:
        raise Refused(words_of.UNIT_CHANGED_LATER, "effective_on", name=unit.name, changed_on=unit.changed_on)


def _last_day(unit: Unit) -> date | None:
    recorded = day_before(unit.ended_from) if unit.ended_from else None
    return min((day for day in (recorded, unit.stands_until) if day is not None), default=None)
