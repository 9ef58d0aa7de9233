"""What fuel did the cars take, and what did each month come to against the norm?"""

from datetime import date

from contracts.base import Actor
from contracts.scheduling import vehicles as words_of
from contracts.scheduling.vehicles import FuelMonthRow, FuelReceiptRow, ListFuelMonths, ListFuelReceipts
from services.runtime.completing import Completed, Found, Look
from services.runtime.envelope import Fact, event_types
from services.runtime.listing import Listing
from services.runtime.manifest import QueryRule
from services.runtime.read_model import ReadModel, RowValues
from services.scheduling.read_models.rides_names import CARS_KNOWN, plate_of


def _receipt_key(fact: Fact) -> str:
    event = fact.event
    assert isinstance(event, words_of.FuelRecorded | words_of.FuelCorrected)
    return event.receipt_id


def _receipt(row: RowValues | None, fact: Fact) -> RowValues | None:
    event = fact.event
    if isinstance(event, words_of.FuelRecorded):
        names = ("received_on", "month", "quantity_cl", "amount_vnd", "invoice", "supplier", "odometer_km", "run_id")
        return {"vehicle_id": fact.id, "reason": None, **{name: getattr(event, name) for name in names}}
    assert isinstance(event, words_of.FuelCorrected)
    said = {"quantity_cl": event.quantity_cl, "amount_vnd": event.amount_vnd, "reason": event.reason}
    return {**row, **said} if row else None


FUEL_RECEIPTS = ReadModel(
    name="fuel_receipts",
    version=1,
    key_column="receipt_id",
    columns={
        "vehicle_id": "text NOT NULL",
        "received_on": "date NOT NULL",
        "month": "text NOT NULL",
        "quantity_cl": "integer NOT NULL",
        "amount_vnd": "bigint NOT NULL",
        "invoice": "text NOT NULL",
        "supplier": "text",
        "odometer_km": "integer",
        "run_id": "text",
        "reason": "text",
    },
    indexes=("(received_on, receipt_id)", "(vehicle_id, received_on, receipt_id)", "(month)", "(run_id)"),
    events=event_types("scheduling", (words_of.FuelRecorded, words_of.FuelCorrected)),
    key=_receipt_key,
    project=_receipt,
)


def _month(row: RowValues | None, fact: Fact) -> RowValues:
    event = fact.event
    assert isinstance(event, words_of.FuelMonthClosed)
    kept = FUEL_MONTHS.columns.keys() - {"vehicle_id"}
    return {"vehicle_id": fact.id, **{name: getattr(event, name) for name in kept}}


def _month_key(fact: Fact) -> str:
    event = fact.event
    assert isinstance(event, words_of.FuelMonthClosed)
    return f"{event.month}|{fact.id}"


_AMOUNTS = ("opening_vnd", "paid_vnd", "closing_vnd", "used_vnd")
_QUANTITIES = ("norm_cl", "opening_cl", "received_cl", "closing_cl", "used_cl", "difference_cl")
FUEL_MONTHS = ReadModel(
    name="fuel_months",
    version=1,
    key_column="settlement_id",
    columns={
        **dict.fromkeys(("vehicle_id", "month", "plate"), "text NOT NULL"),
        **dict.fromkeys(("km", "unlogged_km", "norm_cl_per_100km"), "integer NOT NULL"),
        **dict.fromkeys((*_QUANTITIES, *_AMOUNTS), "bigint NOT NULL"),
        "explanation": "text",
        "closed_on": "date NOT NULL",
    },
    indexes=("(vehicle_id, settlement_id)", "(month)"),
    events=event_types("scheduling", (words_of.FuelMonthClosed,)),
    key=_month_key,
    project=_month,
)
"""Settlements by month and car; keys begin with the month, and are ordered by it."""


def _list_receipts(query: ListFuelReceipts, actor: Actor) -> Completed:
    listing = (
        Listing(FUEL_RECEIPTS, query, FuelReceiptRow, ("received_on", "receipt_id"))
        .where("vehicle_id = {}", query.vehicle_id)
        .where("month = {}", query.month)
        .where("run_id = {}", query.run_id)
    )
    return Completed(listing, query, (Look(CARS_KNOWN, lambda row: (row.vehicle_id,)),), _plated)


def _plated(row: FuelReceiptRow, day: date, cars: Found) -> FuelReceiptRow:
    return row.model_copy(update={"plate": plate_of(cars, row.vehicle_id)})


def _list_months(query: ListFuelMonths, actor: Actor) -> Listing:
    return (
        Listing(FUEL_MONTHS, query, FuelMonthRow, ("settlement_id",))
        .where("vehicle_id = {}", query.vehicle_id)
        .where("month = {}", query.month)
        .where("(difference_cl > 0) = {}", query.over_norm)
    )


LIST_FUEL_RECEIPTS = QueryRule(ListFuelReceipts, (FUEL_RECEIPTS, CARS_KNOWN), _list_receipts)
LIST_FUEL_MONTHS = QueryRule(ListFuelMonths, (FUEL_MONTHS,), _list_months)
