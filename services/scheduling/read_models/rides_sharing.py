"""Which requests that wait could share a car, with a run that has seats or with each other?"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import combinations
from typing import Any

from contracts.base import Actor, Page
from contracts.scheduling.vehicles import MOST_RIDES, ListSharedRides, SharedRideRow
from services.runtime.gathering import Gathering, Record, Rows, page
from services.runtime.manifest import QueryRule
from services.runtime.text import fold
from services.scheduling.deciders.common import HANOI
from services.scheduling.deciders.ride_request import overlap
from services.scheduling.deciders.run_order import Run
from services.scheduling.read_models.rides import RIDES, day_begins
from services.scheduling.read_models.rides_names import (
    BOARDS_WITH_RIDES,
    CARS_KNOWN,
    board_name,
    by_key,
    own_board,
)
from services.scheduling.read_models.run_orders import RUN_ORDERS, run_of

_WAITING = "status = 'approved' AND may_share AND leaves_at >= $1 AND leaves_at < $2"
_ORDERED = "status = 'ordered' AND leaves_at >= $1::timestamptz - interval '14 days' AND leaves_at < $2"


def _list(query: ListSharedRides, actor: Actor) -> Gathering:
    def build(
        waiting: list[Record], known: list[Record], runs: list[Record], cars: list[Record], boards: list[Record]
    ) -> Page[SharedRideRow]:
        shown = [ride for ride in waiting if own_board(actor) in (None, ride["board_id"])]
        seats = {car["vehicle_id"]: car["seats"] for car in cars}
        asked = by_key(known, "ride_id")
        found = [*runs_with_room(shown, runs, seats, asked), *_with_others(shown, max(seats.values(), default=1))]
        named = by_key(boards, "board_id")
        rows = [_named(row, named) for row in found]
        return page(
            query, rows, lambda row: (row.leaves_at.isoformat(), row.ride_id, row.run_id or row.with_ride_id or "")
        )

    times = (day_begins(query.from_day), day_begins(query.to_day, 1))
    on_runs = f'ride_id IN (SELECT unnest(ride_ids) FROM "{RUN_ORDERS.table}" WHERE {_ORDERED})'
    parts = (
        Rows(RIDES, _WAITING, times),
        Rows(RIDES, on_runs, times),
        Rows(RUN_ORDERS, _ORDERED, times),
        Rows(CARS_KNOWN),
        Rows(BOARDS_WITH_RIDES),
    )
    return Gathering(parts, build)


def runs_with_room(
    waiting: Sequence[Record], runs: Sequence[Record], seats: Mapping[str, int], asked: Mapping[str, Record]
) -> Iterator[SharedRideRow]:
    """Yield every request that waits with every run that it could join: within it, its way, and all willingly."""
    for run in runs:
        state: Run = run_of(run)
        free = seats.get(run["vehicle_id"], 0) - 1 - state.passengers
        riding = [asked[one.ride_id] for one in state.rides if one.ride_id in asked]
        open_to_others = riding and len(riding) < MOST_RIDES and all(one["may_share"] for one in riding)
        for ride in waiting:
            within = run["leaves_at"] <= ride["leaves_at"] and ride["returns_at"] <= run["returns_at"]
            fits = open_to_others and within and any(_area(ride) == _area(one) for one in riding)
            wanted = (ride["car_seats"] or 0) <= seats.get(run["vehicle_id"], 0)
            if fits and wanted and _left(ride) <= free:
                yield _row(ride, run_id=run["run_id"], run_number=state.number, free_seats=free)


def _with_others(waiting: Sequence[Record], most_seats: int) -> Iterator[SharedRideRow]:
    for one, other in combinations(sorted(waiting, key=lambda ride: (ride["leaves_at"], ride["ride_id"])), 2):
        times = [(ride["leaves_at"], ride["returns_at"]) for ride in (one, other)]
        together = _left(one) + _left(other) < most_seats
        if together and _area(one) == _area(other) and overlap(times[0], times[1]):
            yield _row(one, with_ride_id=other["ride_id"], with_requester=other["requester"])


def _area(ride: Mapping[str, Any]) -> str:
    return fold(ride["area"] or ride["to_place"])


def _left(ride: Mapping[str, Any]) -> int:
    return int(ride["passengers"] - ride["seated"])


def _row(ride: Mapping[str, Any], **said: Any) -> SharedRideRow:
    names = ("ride_id", "requester", "board_id", "leaves_at", "returns_at")
    told = {name: ride[name] for name in names}
    return SharedRideRow(**told, area=ride["area"] or ride["to_place"], passengers=_left(ride), **said)


def _named(row: SharedRideRow, boards: Mapping[str, Record]) -> SharedRideRow:
    day: date = row.leaves_at.astimezone(HANOI).date()
    return row.model_copy(update={"board_name": board_name(boards, row.board_id, day)})


LIST_SHARED_RIDES = QueryRule(ListSharedRides, (RIDES, RUN_ORDERS, CARS_KNOWN, BOARDS_WITH_RIDES), _list)
