"""The feed: a calendar that whoever has a secret address may follow, until it is revoked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from contracts import scheduling as words_of
from contracts.base import Actor, Event, Refused
from contracts.scheduling import SEES_PRIVATE_FEEDS, FeedOpened, FeedRevoked
from services.runtime.manifest import Aggregate, Decision, Given, Ref, Seen
from services.scheduling.deciders.bookable import BOOKABLE, Bookable, expect_known


@dataclass(frozen=True, slots=True)
class Feed:
    """What later decisions need of a feed; `name` is None before it was opened."""

    name: str | None = None
    owners: tuple[str, ...] = ()
    revoked: bool = False


def opening_involves(words: words_of.OpenFeed, given: Given) -> Sequence[Ref]:
    """Return the new feed, and whose calendar it shows."""
    return Ref(FEED, given.command_id.hex, new=True), Ref(BOOKABLE, words.bookable_id)


def open_feed(words: words_of.OpenFeed, given: Given, feed: Seen, bookable: Seen) -> Decision:
    """A feed tells nobody more than who opens it may tell; only the digest of its address is recorded."""
    thing: Bookable = bookable.state
    if feed.state.name is not None:
        return []
    expect_known(thing, words.bookable_id, "bookable_id")
    if thing.retired is not None:
        raise Refused(words_of.BOOKABLE_RETIRED, name=thing.name, reason=thing.retired)
    own = thing.account == given.actor.id
    if not own:
        _expect_office(given.actor, thing.name)
        if words.detail == "private" and SEES_PRIVATE_FEEDS.isdisjoint(given.actor.roles):
            raise Refused(words_of.FEED_PRIVATE_NOT_YOURS, "detail")
    opened = FeedOpened(
        bookable_id=words.bookable_id,
        name=thing.name,
        label=words.label,
        detail=words.detail,
        secret_sha256=words.secret_sha256,
        account=thing.account,
        opened_by=given.actor.id,
    )
    return [(feed, opened)]


def revoke_feed(words: words_of.RevokeFeed, given: Given, feed: Feed) -> Iterable[Event]:
    """A revoked feed stays revoked; a lost telephone is the end of its address."""
    if feed.name is None:
        raise Refused(words_of.FEED_UNKNOWN)
    if given.actor.id not in feed.owners:
        _expect_office(given.actor, feed.name)
    return () if feed.revoked else (FeedRevoked(reason=words.reason),)


def _expect_office(actor: Actor, name: str) -> None:
    if words_of.FEED_OFFICE.isdisjoint(actor.roles):
        raise Refused(words_of.FEED_NOT_YOURS, name=name)


def evolve(feed: Feed, event: Event) -> Feed:
    """Return the feed after an event."""
    match event:
        case FeedOpened():
            owners = tuple(owner for owner in (event.account, event.opened_by) if owner is not None)
            return replace(feed, name=event.name, owners=owners)
        case FeedRevoked():
            return replace(feed, revoked=True)
    return feed


FEED = Aggregate("feed", Feed(), evolve, snapshots=False)
