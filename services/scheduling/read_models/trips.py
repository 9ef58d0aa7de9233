"""What did the cars drive, trip by trip, with what fuel, and which km did nobody log?"""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from contracts.base import Actor
from contracts.scheduling import vehicles as words_of
from contracts.scheduling.vehicles import ListOdometerGaps, ListTrips, OdometerGapRow, TripRow
from services.runtime.completing import Completed, Found, Look
from services.runtime.envelope import Fact, event_types
from services.runtime.listing import Listing
from services.runtime.manifest import QueryRule
from services.runtime.read_model import ReadModel, RowValues
from services.scheduling.deciders.common import HANOI
from services.scheduling.read_models.rides import day_begins
from services.scheduling.read_models.rides_names import CARS_KNOWN, plate_of


def _key(fact: Fact) -> str | None:
    event = fact.event
    if isinstance(event, words_of.TripConfirmed):
        return f"{fact.id}|{event.vehicle_id}"
    run_id: str | None = getattr(event, "run_id", None)
    return f"{run_id}|{fact.id}" if run_id else None


def _project(row: RowValues | None, fact: Fact) -> RowValues:
    event = fact.event
    row = row or {"started_at": fact.time, "logged": False, "invoices": "{}", "confirmed": "{}", **_EMPTY}
    match event:
        case words_of.TripLogged():
            plain = ("board_ids", "surcharges")
            said = {name: value for name, value in dict(event).items() if name not in plain}
            codes = [one.code for one in event.surcharges]
            return {
                **row,
                **said,
                "vehicle_id": fact.id,
                "logged": True,
                "board_ids": list(event.board_ids),
                "surcharges": codes,
            }
        case words_of.TripConfirmed():
            confirmed = json.loads(row["confirmed"]) | {event.ride_id: event.confirmed_by}
            return {**row, "confirmed": json.dumps(confirmed, ensure_ascii=False)}
        case words_of.FuelRecorded() | words_of.FuelCorrected():
            invoices = json.loads(row["invoices"]) | {event.invoice: [event.quantity_cl, event.amount_vnd]}
            return {**row, "invoices": json.dumps(invoices, ensure_ascii=False)}
    return row


_COLUMNS = {
    **dict.fromkeys(("vehicle_id", "run_id", "run_number", "plate", "driver_id", "driver_name", "month"), "text"),
    **dict.fromkeys(("route", "incidents"), "text"),
    **dict.fromkeys(("odometer_start_km", "odometer_end_km", "km"), "integer"),
    **dict.fromkeys(("board_ids", "surcharges"), "text[]"),
    "finished_at": "timestamptz",
    "tolls_vnd": "bigint",
}
_EMPTY: RowValues = dict.fromkeys(_COLUMNS)

TRIPS = ReadModel(
    name="trips",
    version=1,
    key_column="trip_id",
    columns={
        **_COLUMNS,
        "started_at": "timestamptz NOT NULL",
        "logged": "boolean NOT NULL",
        "invoices": "text NOT NULL",
        "confirmed": "text NOT NULL",
    },
    indexes=(
        "(started_at, trip_id)",
        "(vehicle_id, started_at, trip_id)",
        "(driver_id, started_at, trip_id)",
        "(month, started_at, trip_id)",
        "USING gin (board_ids)",
    ),
    events=event_types(
        "scheduling", (words_of.TripLogged, words_of.TripConfirmed, words_of.FuelRecorded, words_of.FuelCorrected)
    ),
    key=_key,
    project=_project,
)
"""What each car drove for each run, `logged` when it was back; fuel may have come before."""


def _make_trip(record: Mapping[str, Any]) -> dict[str, Any]:
    invoices: dict[str, list[int]] = json.loads(record["invoices"])
    return {
        "day": record["started_at"].astimezone(HANOI).date(),
        "fuel_cl": sum(quantity for quantity, _ in invoices.values()),
        "fuel_vnd": sum(amount for _, amount in invoices.values()),
        "invoices": tuple(invoices),
        "confirmed_by": tuple(dict.fromkeys(json.loads(record["confirmed"]).values())),
        "board_ids": tuple(record["board_ids"]),
        "surcharges": tuple(record["surcharges"]),
    }


def _list_trips(query: ListTrips, actor: Actor) -> Listing:
    boards = None if query.board_id is None else [query.board_id]
    return (
        Listing(TRIPS, query, TripRow, ("started_at", "trip_id"), _make_trip)
        .where("logged = {}", True)
        .where("vehicle_id = {}", query.vehicle_id)
        .where("driver_id = {}", query.driver_id)
        .where("board_ids @> {}::text[]", boards)
        .where("month = {}", query.month)
        .where("started_at >= {}", day_begins(query.from_day))
        .where("started_at < {}", day_begins(query.to_day, 1))
    )


def _gap(row: RowValues | None, fact: Fact) -> RowValues | None:
    event = fact.event
    if isinstance(event, words_of.UnloggedKmFound):
        told = {"month": event.month, "from_km": event.from_km, "to_km": event.to_km, "km": event.km}
        return {"vehicle_id": fact.id, **told, "explanation": None, "counts": False}
    assert isinstance(event, words_of.UnloggedKmExplained)
    return {**row, "explanation": event.explanation, "counts": event.counts} if row else None


def _gap_key(fact: Fact) -> str:
    event = fact.event
    assert isinstance(event, words_of.UnloggedKmFound | words_of.UnloggedKmExplained)
    return f"{event.month}|{fact.id}|{event.from_km:07}"


ODOMETER_GAPS = ReadModel(
    name="odometer_gaps",
    version=1,
    key_column="gap_id",
    columns={
        "vehicle_id": "text NOT NULL",
        "month": "text NOT NULL",
        "from_km": "integer NOT NULL",
        "to_km": "integer NOT NULL",
        "km": "integer NOT NULL",
        "explanation": "text",
        "counts": "boolean NOT NULL",
    },
    indexes=("(vehicle_id, gap_id)", "(month)"),
    events=event_types("scheduling", (words_of.UnloggedKmFound, words_of.UnloggedKmExplained)),
    key=_gap_key,
    project=_gap,
)
"""Km nobody logged, by month, car and reading; keys begin with the month, and are ordered by it."""


def _list_gaps(query: ListOdometerGaps, actor: Actor) -> Completed:
    listing = (
        Listing(ODOMETER_GAPS, query, OdometerGapRow, ("gap_id",))
        .where("vehicle_id = {}", query.vehicle_id)
        .where("month = {}", query.month)
        .where("(explanation IS NOT NULL) = {}", query.explained)
    )
    return Completed(listing, query, (Look(CARS_KNOWN, lambda row: (row.vehicle_id,)),), _plated)


def _plated(row: OdometerGapRow, day: date, cars: Found) -> OdometerGapRow:
    return row.model_copy(update={"plate": plate_of(cars, row.vehicle_id)})


LIST_TRIPS = QueryRule(ListTrips, (TRIPS,), _list_trips)
LIST_ODOMETER_GAPS = QueryRule(ListOdometerGaps, (ODOMETER_GAPS, CARS_KNOWN), _list_gaps)
