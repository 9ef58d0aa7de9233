"""Which runs were ordered, with which car and driver, for whom, and how far has each come?"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter
from pydantic_core import to_json

from contracts.base import Actor, Event, Refused
from contracts.scheduling import vehicles as words_of
from contracts.scheduling.vehicles import CarOnRun, GetRunOrder, ListRunOrders, RunOrderRow, RunOrderView
from services.runtime.completing import Found
from services.runtime.envelope import Fact, event_types
from services.runtime.gathering import Gathering, Record, Rows
from services.runtime.listing import Listing, as_row
from services.runtime.manifest import QueryRule
from services.runtime.read_model import ReadModel, RowValues
from services.scheduling.deciders.common import told_period
from services.scheduling.deciders.run_order import Run, evolve
from services.scheduling.read_models.rides import day_begins
from services.scheduling.read_models.rides_names import BOARDS_WITH_RIDES, board_name, by_key, own_board

_STATE, _CARS = TypeAdapter(Run), TypeAdapter(tuple[CarOnRun, ...])
EVENTS_OF_RUN: tuple[type[Event], ...] = (
    words_of.RunOrdered,
    words_of.RunRiderAdded,
    words_of.RunRiderDropped,
    words_of.RunCancelled,
    words_of.CarSubstituted,
    words_of.TripStarted,
    words_of.TripFinished,
    words_of.TripConfirmed,
)


def _columns(run: Run) -> RowValues:
    order = run.about
    plain = ("number", "year", "ordered_on", "in_charge", "leaves_at", "returns_at", "planned_km", "approver")
    return {
        **{name: getattr(order, name) for name in plain},
        **{name: getattr(run, name) for name in ("vehicle_id", "plate", "driver_id", "driver_name", "status")},
        "driver_phone": run.driver_phone,
        "route": order.route,
        "passengers": run.passengers,
        "board_ids": list(dict.fromkeys(ride.board_id for ride in run.rides)),
        "ride_ids": [ride.ride_id for ride in run.rides],
        "started_at": run.started_at,
        "state": to_json(run, exclude_none=True).decode(),
    }


def _served(event: words_of.RunOrdered | words_of.CarSubstituted, since: datetime, reason: str | None) -> CarOnRun:
    names = ("vehicle_id", "plate", "driver_id", "driver_name")
    return CarOnRun(**{name: getattr(event, name) for name in names}, since=since, reason=reason)


def _project(row: RowValues | None, fact: Fact) -> RowValues | None:
    event = fact.event
    if row is None and not isinstance(event, words_of.RunOrdered):
        return None
    run = evolve(_STATE.validate_json(row["state"]) if row else Run(), event)
    kept = row or {"km": None, "finished_at": None, "reason": None, "cars": "[]"}
    changed: RowValues = {}
    match event:
        case words_of.RunOrdered():
            changed = {"cars": _CARS.dump_json((_served(event, event.leaves_at, None),)).decode()}
        case words_of.CarSubstituted():
            cars = (*_CARS.validate_json(kept["cars"]), _served(event, event.changed_at, event.reason))
            changed = {"cars": _CARS.dump_json(cars).decode(), "reason": event.reason}
        case words_of.RunCancelled():
            changed = {"reason": event.reason}
        case words_of.TripFinished():
            changed = {"km": event.km, "finished_at": event.finished_at}
    return {**kept, **_columns(run), **changed}


RUN_ORDERS = ReadModel(
    name="run_orders",
    version=1,
    key_column="run_id",
    columns={
        **dict.fromkeys(("number", "year", "passengers"), "integer NOT NULL"),
        **dict.fromkeys(("vehicle_id", "plate", "driver_id", "driver_name", "in_charge", "route"), "text NOT NULL"),
        **dict.fromkeys(("approver", "status", "state", "cars"), "text NOT NULL"),
        **dict.fromkeys(("leaves_at", "returns_at"), "timestamptz NOT NULL"),
        **dict.fromkeys(("started_at", "finished_at"), "timestamptz"),
        **dict.fromkeys(("planned_km", "km"), "integer"),
        **dict.fromkeys(("driver_phone", "reason"), "text"),
        "ordered_on": "date NOT NULL",
        "board_ids": "text[] NOT NULL",
        "ride_ids": "text[] NOT NULL",
    },
    indexes=(
        "(year, number)",
        "(leaves_at, run_id)",
        "(vehicle_id, leaves_at)",
        "(driver_id, leaves_at)",
        "(status, leaves_at)",
        "USING gin (board_ids)",
    ),
    events=event_types("scheduling", EVENTS_OF_RUN),
    key=lambda fact: fact.id,
    project=_project,
)
"""Runs as they stand; `state` is JSON of the aggregate's, and the version grows with its shape."""

_ORDERS = {"number": ("year", "number"), "leaves_at": ("leaves_at", "run_id")}


def make_order(record: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a row says beside its columns."""
    return {
        "run_number": words_of.run_number(record["number"], record["year"]),
        "board_ids": tuple(record["board_ids"]),
    }


def order_row(record: Mapping[str, Any]) -> RunOrderRow:
    """Return the row of a record of RUN_ORDERS."""
    row = as_row(RunOrderRow, record, make_order)
    assert isinstance(row, RunOrderRow)
    return row


def _list(query: ListRunOrders, actor: Actor) -> Listing:
    boards = None if query.board_id is None else [query.board_id]
    return (
        Listing(RUN_ORDERS, query, RunOrderRow, _ORDERS[query.sort], make_order)
        .where("year = {}", query.year)
        .where("status = {}", query.status)
        .where("vehicle_id = {}", query.vehicle_id)
        .where("driver_id = {}", query.driver_id)
        .where("board_ids @> {}::text[]", boards)
        .where("leaves_at >= {}", day_begins(query.leaving_from))
        .where("leaves_at < {}", day_begins(query.leaving_to, 1))
    )


def _get(query: GetRunOrder, actor: Actor) -> Gathering:
    def build(records: list[Record], boards: list[Record]) -> RunOrderView:
        own = own_board(actor)
        if not records or (own is not None and own not in records[0]["board_ids"]):
            raise Refused(words_of.RUN_UNKNOWN, "run_id", run_id=query.run_id)
        return view(records[0], by_key(boards, "board_id"))

    return Gathering((Rows(RUN_ORDERS, "run_id = $1", (query.run_id,)), Rows(BOARDS_WITH_RIDES)), build)


def run_of(record: Mapping[str, Any]) -> Run:
    """Return the run of a record of RUN_ORDERS."""
    return _STATE.validate_json(record["state"])


def view(record: Mapping[str, Any], boards: Found) -> RunOrderView:
    """Return a run order as its paper says it, with what its boards were called on its day."""
    run, row = run_of(record), order_row(record)
    about = run.about
    time = told_period(row.leaves_at, row.returns_at)
    return RunOrderView(
        order=row,
        rides=run.rides,
        board_names=tuple(board_name(boards, ride.board_id, row.ordered_on) for ride in run.rides),
        cars=_CARS.validate_json(record["cars"]),
        seats=run.seats,
        licence_class=run.licence_class,
        driver_phone=run.driver_phone,
        driving_minutes=run.driving_minutes,
        note=about.note,
        confirmed_by=tuple(one.by for one in run.confirmed),
        qr_text=f"Lệnh điều xe {row.run_number}; {row.plate}; {row.driver_name}; {time}; {row.run_id}",
        standing=run.standing,
    )


LIST_RUN_ORDERS = QueryRule(ListRunOrders, (RUN_ORDERS,), _list)
GET_RUN_ORDER = QueryRule(GetRunOrder, (RUN_ORDERS, BOARDS_WITH_RIDES), _get)
