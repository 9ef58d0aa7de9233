"""Special and unplanned spending is decided in its time; what is not is told, with whom it waits for."""

from collections.abc import Iterable

from contracts import finance as words
from services.runtime.envelope import Fact, event_types
from services.runtime.manifest import At, Policy


def _react(fact: Fact) -> Iterable[At]:
    event = fact.event
    assert isinstance(event, words.SpendingRequested | words.SpendingRevised)
    if event.decide_by is not None:
        yield At(event.decide_by, words.EscalateSpending(request_id=fact.id))


ESCALATE_SPECIAL = Policy(
    "escalate_special", event_types("finance", [words.SpendingRequested, words.SpendingRevised]), _react
)
