"""When a document is directed, its deadline is watched: a reminder before it, and a mark when it has passed."""

from collections.abc import Iterable

from contracts.documents import DocumentDirected, MarkDeadlineApproaching, MarkDeadlineMissed
from services.runtime.envelope import Fact, event_types
from services.runtime.manifest import At, Policy


def _react(fact: Fact) -> Iterable[At]:
    event = fact.event
    assert isinstance(event, DocumentDirected)
    yield At(event.remind_at, MarkDeadlineApproaching(document_id=fact.id, deadline=event.deadline))
    yield At(event.overdue_at, MarkDeadlineMissed(document_id=fact.id, deadline=event.deadline))


WATCH_DEADLINES = Policy("watch_deadlines", event_types("documents", [DocumentDirected]), _react)
