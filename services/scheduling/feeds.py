"""What scheduling decides and shows of feeds, for the table of contents of the service."""

from typing import Any

from contracts import scheduling as words
from services.runtime.manifest import Aggregate, CommandRule, QueryRule, decides
from services.scheduling.deciders import feed
from services.scheduling.read_models.feed_calendar import GET_FEED_CALENDAR
from services.scheduling.read_models.feeds import LIST_FEEDS


def _feed(command: words.RevokeFeed) -> str:
    return command.feed_id


AGGREGATES: tuple[Aggregate[Any], ...] = (feed.FEED,)
COMMAND_RULES: tuple[CommandRule, ...] = (
    CommandRule(words.OpenFeed, feed.opening_involves, feed.open_feed),
    decides(words.RevokeFeed, feed.FEED, _feed, feed.revoke_feed),
)
QUERY_RULES: tuple[QueryRule, ...] = (LIST_FEEDS, GET_FEED_CALENDAR)
