"""A car's fuel: what it took on which invoice, and up to which month that is settled."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from contracts.base import Event, Refused
from contracts.scheduling import vehicles as words_of
from services.runtime.manifest import Aggregate, Decision, Given, Ref, Seen
from services.scheduling.deciders.common import today
from services.scheduling.deciders.trip_log import CAR, expect_car, month_of

_REMEMBERED_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Receipt:
    """Fuel on an invoice."""

    invoice: str
    receipt_id: str
    received_on: date
    quantity_cl: int
    amount_vnd: int
    run_id: str | None = None

    @property
    def month(self) -> str:
        """The month it belongs to."""
        return month_of(self.received_on)


@dataclass(frozen=True, slots=True)
class Fuel:
    """What later decisions need of a car's fuel; `settled` is the last month settled, which ended with `closing`."""

    receipts: tuple[Receipt, ...] = ()
    settled: str | None = None
    closing_cl: int = 0
    closing_vnd: int = 0
    closed_as: tuple[int, str | None] = (0, None)

    def received(self, month: str) -> tuple[int, int]:
        """Return the centilitres and the đồng of a month's invoices."""
        of_month = [receipt for receipt in self.receipts if receipt.month == month]
        return sum(one.quantity_cl for one in of_month), sum(one.amount_vnd for one in of_month)


def evolve(fuel: Fuel, event: Event) -> Fuel:
    """Return the fuel after an event."""
    match event:
        case words_of.FuelRecorded() | words_of.FuelCorrected():
            others = tuple(one for one in fuel.receipts if one.invoice != event.invoice)
            receipt = Receipt(
                event.invoice, event.receipt_id, event.received_on, event.quantity_cl, event.amount_vnd, event.run_id
            )
            return replace(fuel, receipts=(*others, receipt))
        case words_of.FuelMonthClosed():
            since = months_after(event.month, -_REMEMBERED_MONTHS)
            return replace(
                fuel,
                receipts=tuple(one for one in fuel.receipts if one.month > since),
                settled=event.month,
                closing_cl=event.closing_cl,
                closing_vnd=event.closing_vnd,
                closed_as=(event.closing_cl, event.explanation),
            )
    return fuel


FUEL = Aggregate("fuel", Fuel(), evolve)


def months_after(month: str, count: int) -> str:
    """Return the month that comes so many after another, before it where the count is below 0."""
    place = int(month[:4]) * 12 + int(month[5:]) - 1 + count
    return f"{place // 12}-{place % 12 + 1:02}"


def fuel_involves(words: words_of.RecordFuel | words_of.CorrectFuel, given: Given) -> Sequence[Ref]:
    """Fuel is entered over the fuel of its car, and the car."""
    return Ref(FUEL, words.vehicle_id), Ref(CAR, words.vehicle_id)


def record_fuel(words: words_of.RecordFuel, given: Given, fuel: Seen, car: Seen) -> Decision:
    """An invoice counts once, in a month that is not settled."""
    expect_car(car.state, words.vehicle_id)
    day, state = words.received_on or today(given), fuel.state
    if day > today(given):
        raise Refused(words_of.FUEL_DAY_AHEAD, "received_on", day=day)
    standing = _of_invoice(state, words.invoice)
    said = Receipt(words.invoice, given.command_id.hex, day, words.quantity_cl, words.amount_vnd, words.run_id)
    if standing is not None:
        if replace(standing, receipt_id=said.receipt_id) == said:
            return []
        raise Refused(words_of.INVOICE_USED, "invoice", invoice=words.invoice)
    _expect_open(state, said.month)
    received_cl, paid_vnd = state.received(said.month)
    recorded = words_of.FuelRecorded(
        receipt_id=said.receipt_id,
        received_on=day,
        month=said.month,
        quantity_cl=words.quantity_cl,
        amount_vnd=words.amount_vnd,
        invoice=words.invoice,
        supplier=words.supplier,
        odometer_km=words.odometer_km,
        run_id=words.run_id,
        month_received_cl=received_cl + words.quantity_cl,
        month_paid_vnd=paid_vnd + words.amount_vnd,
    )
    return [(fuel, recorded)]


def correct_fuel(words: words_of.CorrectFuel, given: Given, fuel: Seen, car: Seen) -> Decision:
    """What an invoice says is put right as long as its month is not settled."""
    expect_car(car.state, words.vehicle_id)
    standing = _of_invoice(fuel.state, words.invoice)
    if standing is None:
        raise Refused(words_of.INVOICE_UNKNOWN, "invoice", invoice=words.invoice)
    if (standing.quantity_cl, standing.amount_vnd) == (words.quantity_cl, words.amount_vnd):
        return []
    _expect_open(fuel.state, standing.month)
    received_cl, paid_vnd = fuel.state.received(standing.month)
    corrected = words_of.FuelCorrected(
        receipt_id=standing.receipt_id,
        received_on=standing.received_on,
        month=standing.month,
        invoice=words.invoice,
        run_id=standing.run_id,
        former_quantity_cl=standing.quantity_cl,
        former_amount_vnd=standing.amount_vnd,
        quantity_cl=words.quantity_cl,
        amount_vnd=words.amount_vnd,
        month_received_cl=received_cl - standing.quantity_cl + words.quantity_cl,
        month_paid_vnd=paid_vnd - standing.amount_vnd + words.amount_vnd,
        reason=words.reason,
    )
    return [(fuel, corrected)]


def _of_invoice(fuel: Fuel, invoice: str) -> Receipt | None:
    return next((receipt for receipt in fuel.receipts if receipt.invoice == invoice), None)


def _expect_open(fuel: Fuel, month: str) -> None:
    if fuel.settled is not None and month <= fuel.settled:
        raise Refused(words_of.MONTH_SETTLED, month=month)
