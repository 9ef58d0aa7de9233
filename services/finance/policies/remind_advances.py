"""Advances have their day: whoever holds one is reminded before it, and told when it has passed."""

from collections.abc import Iterable

from contracts import finance as words
from services.runtime.envelope import Fact, event_types
from services.runtime.manifest import At, Policy


def _react(fact: Fact) -> Iterable[At]:
    event = fact.event
    assert isinstance(event, words.AdvancePaid)
    yield At(event.remind_at, words.RemindAdvance(advance_id=fact.id, overdue=False))
    yield At(event.overdue_at, words.RemindAdvance(advance_id=fact.id, overdue=True))


REMIND_ADVANCES = Policy("remind_advances", event_types("finance", [words.AdvancePaid]), _react)
