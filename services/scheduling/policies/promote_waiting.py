"""When something is released, those who wait for it are asked for in the order of their turn."""

from collections.abc import Iterable

from contracts.scheduling import PromoteWaiting, SeenBooking, SlotReleased
from services.runtime.envelope import Fact, event_types
from services.runtime.manifest import Policy


def _react(fact: Fact) -> Iterable[PromoteWaiting]:
    event = fact.event
    assert isinstance(event, SlotReleased)
    for waiting in event.next:
        seen = SeenBooking(things=waiting.things, starts_at=waiting.starts_at, ends_at=waiting.ends_at)
        yield PromoteWaiting(booking_id=waiting.booking_id, seen=seen)


PROMOTE_WAITING = Policy("promote_waiting", event_types("scheduling", [SlotReleased]), _react)
