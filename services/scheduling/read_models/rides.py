"""Which cars were asked for, by whom, what became of each request, and on which runs?"""

import json
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from contracts.base import Actor, Refused
from contracts.scheduling import vehicles as words_of
from contracts.scheduling.vehicles import GetRide, ListRides, RideRow
from services.runtime.completing import Completed, Found, Look
from services.runtime.envelope import Fact, event_types
from services.runtime.gathering import Gathering, Rows
from services.runtime.listing import Listing, as_row
from services.runtime.manifest import QueryRule
from services.runtime.read_model import ReadModel, RowValues
from services.runtime.text import fold
from services.scheduling.deciders.common import HANOI
from services.scheduling.read_models.rides_names import BOARDS_WITH_RIDES, board_name, own_board

_PLAIN = (
    "board_id",
    "requester",
    "phone",
    "purpose",
    "booking_id",
    "document_number",
    "from_place",
    "to_place",
    "area",
    "leaves_at",
    "returns_at",
    "passengers",
    "may_share",
    "note",
)


def _requested(event: words_of.RideRequested, fact: Fact) -> RowValues:
    texts = (event.requester, event.purpose, event.document_number, event.from_place, event.to_place, event.area)
    return {
        **{name: getattr(event, name) for name in _PLAIN},
        "car_seats": event.car.seats,
        "car_use": event.car.use,
        "status": "requested",
        "requested_at": fact.time,
        "decided_at": None,
        "granted_at": None,
        "approver": None,
        "reason": None,
        "instead": None,
        "seated": 0,
        "shared": False,
        "km": 0,
        "runs": "[]",
        "search_text": fold(" ".join(text for text in texts if text)),
    }


def _seated(row: RowValues, seated: int, runs: list[dict[str, Any]], fact: Fact) -> RowValues:
    full = seated >= row["passengers"]
    granted_at = (row["granted_at"] or fact.time) if full else None
    status = "granted" if full else "approved"
    return {"status": status, "seated": seated, "granted_at": granted_at, "runs": json.dumps(runs, ensure_ascii=False)}


def _changes(row: RowValues, fact: Fact) -> RowValues:
    event, runs = fact.event, json.loads(row["runs"])
    match event:
        case words_of.RideApproved():
            return {"status": "approved", "decided_at": fact.time, "approver": event.approver}
        case words_of.RideDeclined():
            told = {"reason": event.reason, "instead": event.instead}
            return {"status": "declined", "decided_at": fact.time, **told}
        case words_of.RideCancelled():
            return {"status": "cancelled", "reason": event.reason}
        case words_of.RideGranted():
            others = [run for run in runs if run["run_id"] != event.run_id]
            seated = _seated(row, event.seated, [*others, _run(event)], fact)
            return {**seated, "shared": row["shared"] or event.shared}
        case words_of.RideReturned():
            return _seated(row, event.seated, [run for run in runs if run["run_id"] != event.run_id], fact)
        case words_of.RideCarChanged():
            changed = [_run(event) if run["run_id"] == event.run_id else run for run in runs]
            return {"runs": json.dumps(changed, ensure_ascii=False)}
        case words_of.RideCarried():
            return {"km": event.total_km, "status": "carried" if event.done else row["status"]}
    return {}


def _run(event: words_of.CarFacts) -> dict[str, Any]:
    names = ("run_id", "run_number", "plate", "driver_name")
    return {name: getattr(event, name) for name in names}


def _project(row: RowValues | None, fact: Fact) -> RowValues | None:
    if isinstance(fact.event, words_of.RideRequested):
        return _requested(fact.event, fact)
    return {**row, **_changes(row, fact)} if row else None


RIDES = ReadModel(
    name="rides",
    version=1,
    key_column="ride_id",
    columns={
        **dict.fromkeys(("board_id", "requester", "purpose", "from_place", "to_place"), "text NOT NULL"),
        **dict.fromkeys(("phone", "booking_id", "document_number", "area", "note", "car_use"), "text"),
        **dict.fromkeys(("leaves_at", "returns_at", "requested_at"), "timestamptz NOT NULL"),
        **dict.fromkeys(("decided_at", "granted_at"), "timestamptz"),
        **dict.fromkeys(("passengers", "seated", "km"), "integer NOT NULL"),
        **dict.fromkeys(("may_share", "shared"), "boolean NOT NULL"),
        **dict.fromkeys(("approver", "reason", "instead"), "text"),
        "car_seats": "integer",
        "status": "text NOT NULL",
        "runs": "text NOT NULL",
        "search_text": "text NOT NULL",
        "search": "tsvector GENERATED ALWAYS AS (to_tsvector('simple', search_text)) STORED",
    },
    indexes=(
        "(leaves_at, ride_id)",
        "(requested_at, ride_id)",
        "(board_id, leaves_at, ride_id)",
        "(status, leaves_at, ride_id)",
        "(booking_id)",
        "USING gin (search)",
    ),
    events=event_types(
        "scheduling",
        (
            words_of.RideRequested,
            words_of.RideApproved,
            words_of.RideDeclined,
            words_of.RideCancelled,
            words_of.RideGranted,
            words_of.RideReturned,
            words_of.RideCarChanged,
            words_of.RideCarried,
        ),
    ),
    key=lambda fact: fact.id,
    project=_project,
)
"""Requests as they stand; `runs` is JSON of the runs that carry each."""


def day_begins(day: date | None, after: int = 0) -> datetime | None:
    """Return the moment at which a day of the office begins, so many days after it; None for no day."""
    return None if day is None else datetime.combine(day + timedelta(after), datetime.min.time(), HANOI)


def _make(record: Mapping[str, Any]) -> dict[str, Any]:
    runs = json.loads(record["runs"])
    names = {"run_ids": "run_id", "run_numbers": "run_number", "plates": "plate", "drivers": "driver_name"}
    return {field: tuple(run[name] for run in runs) for field, name in names.items()}


def _name(row: RideRow, day: date, boards: Found) -> RideRow:
    leaves = row.leaves_at.astimezone(HANOI).date()
    return row.model_copy(update={"board_name": board_name(boards, row.board_id, leaves)})


_LOOKS = (Look(BOARDS_WITH_RIDES, lambda row: (row.board_id,)),)


def _list(query: ListRides, actor: Actor) -> Completed:
    listing = (
        Listing(RIDES, query, RideRow, (query.sort, "ride_id"), _make)
        .where("board_id = {}", own_board(actor))
        .where("board_id = {}", query.board_id)
        .where("status = {}", query.status)
        .where("booking_id = {}", query.booking_id)
        .where("leaves_at >= {}", day_begins(query.leaving_from))
        .where("leaves_at < {}", day_begins(query.leaving_to, 1))
        .matching("search", query.text)
    )
    return Completed(listing, query, _LOOKS, _name)


def _get(query: GetRide, actor: Actor) -> Completed:
    def build(records: list[Mapping[str, Any]]) -> RideRow:
        if not records or own_board(actor) not in (None, records[0]["board_id"]):
            raise Refused(words_of.RIDE_UNKNOWN, "ride_id", ride_id=query.ride_id)
        row = as_row(RideRow, records[0], _make)
        assert isinstance(row, RideRow)
        return row

    return Completed(Gathering((Rows(RIDES, "ride_id = $1", (query.ride_id,)),), build), query, _LOOKS, _name)


LIST_RIDES = QueryRule(ListRides, (RIDES, BOARDS_WITH_RIDES), _list)
GET_RIDE = QueryRule(GetRide, (RIDES, BOARDS_WITH_RIDES), _get)
