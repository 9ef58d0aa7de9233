"""Insurance, inspection, maintenance and loans are watched: a reminder before the day, a mark when it has passed."""

from collections.abc import Iterable

from contracts import assets as words
from contracts.base import Event
from services.runtime.envelope import Fact, event_types
from services.runtime.manifest import At, Policy

_WATCHED: tuple[type[Event], ...] = (
    words.MaintenancePlanned,
    words.InsuranceRecorded,
    words.InspectionRecorded,
    words.AssetLent,
)


def _react(fact: Fact) -> Iterable[At]:
    event = fact.event
    assert isinstance(event, words.Watched)
    kind, due_on = event.kind, event.due_on
    yield At(event.remind_at, words.MarkDueApproaching(asset_id=fact.id, kind=kind, due_on=due_on))
    yield At(event.overdue_at, words.MarkDuePassed(asset_id=fact.id, kind=kind, due_on=due_on))


WATCH_DUE_DAYS = Policy("watch_due_days", event_types("assets", _WATCHED), _react)
