"""The follower: which messages it passed over, by whose decision."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from contracts.audit import MessageSkipped, SkipMessage
from contracts.base import Event
from services.runtime.manifest import Aggregate, Given

_NOT_TOKEN = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Follower:
    """The sequences that were passed over."""

    skipped: tuple[int, ...] = ()


def evolve(follower: Follower, event: Event) -> Follower:
    """Return the follower after an event."""
    match event:
        case MessageSkipped():
            return replace(follower, skipped=(*follower.skipped, event.sequence))
    return follower


FOLLOWER = Aggregate("follower", Follower(), evolve)


def follower_id(words: SkipMessage) -> str:
    """Return the follower's id, a token made of its service and its name."""
    return _NOT_TOKEN.sub("-", f"{words.service}-{words.follower.lower()}").strip("-")


def skip_message(words: SkipMessage, given: Given, follower: Follower) -> Iterable[Event]:
    """A decision to pass over a message is taken once."""
    if words.sequence not in follower.skipped:
        yield MessageSkipped(
            service=words.service, follower=words.follower, sequence=words.sequence, reason=words.reason
        )
