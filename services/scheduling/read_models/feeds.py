"""Which feeds are there, for whom, and which of them are open?"""

from typing import Any

from contracts.base import Actor
from contracts.scheduling import FEED_EVENTS, FEED_OFFICE, FeedOpened, FeedRevoked, FeedRow, ListFeeds
from services.runtime.envelope import Fact, event_types
from services.runtime.listing import Listing
from services.runtime.manifest import QueryRule
from services.runtime.read_model import ReadModel, RowValues

_SEES_EVERY_FEED = FEED_OFFICE | {"auditor"}
_TOLD = ("bookable_id", "name", "label", "detail", "secret_sha256", "account", "opened_by")


def _project(row: RowValues | None, fact: Fact) -> RowValues | None:
    event = fact.event
    if isinstance(event, FeedOpened):
        told: dict[str, Any] = {name: getattr(event, name) for name in _TOLD}
        return {**told, "opened_at": fact.time, "revoked_at": None, "reason": None}
    assert isinstance(event, FeedRevoked)
    return {**row, "revoked_at": fact.time, "reason": event.reason} if row else None


FEEDS = ReadModel(
    name="feeds",
    version=1,
    key_column="feed_id",
    columns={
        "bookable_id": "text NOT NULL",
        "name": "text NOT NULL",
        "label": "text NOT NULL",
        "detail": "text NOT NULL",
        "secret_sha256": "text NOT NULL",
        "account": "text",
        "opened_by": "text NOT NULL",
        "opened_at": "timestamptz NOT NULL",
        "revoked_at": "timestamptz",
        "reason": "text",
    },
    indexes=("(secret_sha256)", "(opened_at, feed_id)"),
    events=event_types("scheduling", FEED_EVENTS),
    key=lambda fact: fact.id if fact.aggregate == "feed" else None,
    project=_project,
)
"""Every feed there ever was; of its address only the digest, by which the console finds it."""


def _list(query: ListFeeds, actor: Actor) -> Listing:
    listing = Listing(FEEDS, query, FeedRow, ("opened_at", "feed_id"))
    own = actor.id if _SEES_EVERY_FEED.isdisjoint(actor.roles) else None
    return (
        listing.where("{} IN (opened_by, account)", own)
        .where("bookable_id = {}", query.bookable_id)
        .where("(revoked_at IS NOT NULL) = {}", query.revoked)
    )


LIST_FEEDS = QueryRule(ListFeeds, (FEEDS,), _list)
