"""The site (trụ sở): taken into use, and given up when nobody works there any more."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from contracts import organisation as words_of
from contracts.base import Event, Refused
from services.organisation.deciders.chart import THE_CHART, units_at
from services.organisation.deciders.common import decided, made_token
from services.runtime.manifest import Aggregate, Decision, Given, Ref, Seen


@dataclass(frozen=True, slots=True)
class Site:
    """A place where units work; `opened_on` is None before it was taken into use."""

    opened_on: date | None = None
    closed_from: date | None = None
    code: str = ""
    name: str = ""


def evolve(site: Site, event: Event) -> Site:
    """Return the site after an event."""
    match event:
        case words_of.SiteOpened():
            return replace(site, opened_on=event.effective_on, code=event.code, name=event.name)
        case words_of.SiteClosed():
            return replace(site, closed_from=event.effective_on)
    return site


SITE = Aggregate("site", Site(), evolve)


def opening_involves(words: words_of.OpenSite, given: Given) -> Sequence[Ref]:
    """A site is known by its code."""
    return (Ref(SITE, made_token(words.code)),)


def open_site(words: words_of.OpenSite, given: Given, site: Seen) -> Decision:
    """A site is taken into use once; its code is its own for ever."""
    decided(words, given)
    if site.state.opened_on:
        raise Refused(words_of.SITE_CODE_TAKEN, "code", code=words.code, name=site.state.name)
    return [(site, words_of.SiteOpened(**words.model_dump()))]


def closing_involves(words: words_of.CloseSite, given: Given) -> Sequence[Ref]:
    """Whoever works at the site is in the chart."""
    return Ref(SITE, words.site_id), THE_CHART


def close_site(words: words_of.CloseSite, given: Given, site: Seen, chart: Seen) -> Decision:
    """A site is given up once, from a day on which no unit works there."""
    decided(words, given)
    state: Site = site.state
    if state.closed_from == words.effective_on:
        return []
    expect_open(state, words.site_id, words.effective_on)
    units = units_at(chart.state, words.site_id, words.effective_on)
    if units:
        raise Refused(words_of.SITE_IN_USE, name=state.name, units=", ".join(units), day=words.effective_on)
    closed = words_of.SiteClosed(
        code=state.code, name=state.name, effective_on=words.effective_on, decision=words.decision
    )
    removed = words_of.SiteRemoved(site_id=words.site_id, effective_on=words.effective_on)
    return [(site, closed), (chart, removed)]


def expect_open(site: Site, site_id: str, day: date) -> None:
    """Raise Refused for a site that is not in use on a day, or that is to be given up later."""
    if site.opened_on is None:
        raise Refused(words_of.SITE_UNKNOWN, "site_id", site_id=site_id)
    if day < site.opened_on or site.closed_from is not None:
        raise Refused(words_of.SITE_NOT_OPEN, "site_id", name=site.name, day=day)
