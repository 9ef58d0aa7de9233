"""A meeting that asks for drinks costs money: a request is drafted by the rates in force, a person and half day."""

from collections.abc import Iterable
from datetime import timedelta

from contracts import scheduling
from contracts.base import Command
from contracts.finance import RecordCost
from services.finance.policies.hearing import cause_of, day, fit
from services.runtime.envelope import Fact

SCHEDULING = (scheduling.BookingBooked,)
_HALF_DAY = timedelta(hours=5)


def react(fact: Fact) -> Iterable[Command]:
    """Yield what a booked meeting costs where it says how many come and what they are served; else nothing.

    Each begun five hours are a half day. A private one is told without its title.
    """
    event = fact.event
    if isinstance(event, scheduling.BookingBooked) and event.attendees and event.services:
        on = day(event.starts_at)
        told = f"Phục vụ cuộc họp ngày {on:%d/%m/%Y}" + ("" if event.private else f": {event.title}")
        yield RecordCost(
            cost_id=f"meeting-{fact.id}",
            kind="meeting",
            on=on,
            told=fit(told),
            board=event.board,
            people=event.attendees,
            sessions=max(1, -((event.starts_at - event.ends_at) // _HALF_DAY)),
            asked=tuple(fit(text) for text in event.services[:30]),
            cause=cause_of(fact, told),
        )
