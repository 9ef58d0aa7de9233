"""Fuel, tolls and hired cars cost money: a request is drafted for whose car it is, or for whom it drove."""

from collections.abc import Iterable

from contracts import scheduling
from contracts.base import Command
from contracts.finance import Paper, RecordCost
from services.finance.policies.hearing import cause_of, day, fit, said_of
from services.runtime.envelope import Fact

SCHEDULING = (scheduling.FuelRecorded, scheduling.TripLogged)


def react(fact: Fact) -> Iterable[Command]:
    """Yield the costs of a purchase of fuel or of a trip; a trip without tolls in a car of the office costs nothing.

    A month's fuel over its norm costs nothing more: what was bought is drafted by its invoices. What a driver is due
    for a trip, no fact says.
    """
    event = fact.event
    match event:
        case scheduling.FuelRecorded():
            yield from _fuel(fact, event)
        case scheduling.TripLogged():
            yield from _trip(fact, event)


def _fuel(fact: Fact, event: scheduling.FuelRecorded) -> Iterable[RecordCost]:
    if event.amount_vnd:
        litres = f"{event.quantity_cl // 100},{event.quantity_cl % 100:02d}"
        told = f"Nhiên liệu {litres} lít, hóa đơn {event.invoice} ngày {event.received_on:%d/%m/%Y}"
        yield RecordCost(
            cost_id=f"fuel-{event.receipt_id}",
            kind="fuel",
            on=event.received_on,
            amount_vnd=event.amount_vnd,
            told=fit(told),
            thing_id=fact.id,
            supplier=said_of(event.supplier),
            paper=Paper(number=fit(event.invoice, 60), dated_on=event.received_on, title="Hóa đơn nhiên liệu"),
            cause=cause_of(fact, told),
        )


def _trip(fact: Fact, event: scheduling.TripLogged) -> Iterable[RecordCost]:
    on = day(event.finished_at)
    trip = f"chuyến {event.run_number} xe {event.plate}, {event.route}"
    if event.tolls_vnd:
        yield RecordCost(
            cost_id=f"tolls-{event.run_id}-{fact.id}",
            kind="tolls",
            on=on,
            amount_vnd=event.tolls_vnd,
            told=fit(f"Phí cầu đường, bến bãi {trip}"),
            thing_id=fact.id,
            cause=cause_of(fact, f"Nhật trình {trip}"),
        )
    if event.hire_vnd:
        yield RecordCost(
            cost_id=f"hire-{event.run_id}-{fact.id}",
            kind="hired_car",
            on=on,
            amount_vnd=event.hire_vnd,
            told=fit(f"Thuê xe {trip}, {event.km} km"),
            thing_id=fact.id,
            unit_ids=event.board_ids,
            cause=cause_of(fact, f"Nhật trình {trip}"),
        )
