"""Who has which car at a moment?"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from pydantic import BaseModel

from contracts.base import Actor, Page
from contracts.scheduling.vehicles import CarNowRow, ListCarsNow
from services.runtime.gathering import Gathering, Record, Rows, page
from services.runtime.manifest import QueryRule
from services.runtime.read_model import Database
from services.scheduling.deciders.common import HANOI
from services.scheduling.read_models.rides_names import BOARDS_WITH_RIDES, CARS_KNOWN, board_name, by_key
from services.scheduling.read_models.run_orders import RUN_ORDERS, order_row

_NEAR = (
    "status = 'on_the_way' OR (status = 'ordered' AND returns_at > $1) "
    "OR (status = 'finished' AND finished_at > $1 AND leaves_at BETWEEN $1::timestamptz - interval '30 days' "
    "AND $1::timestamptz + interval '1 day')"
)


@dataclass(frozen=True)
class AtAMoment:
    """A gathering of one moment: that asked for, else that of the query's `as_of`, else the database's now."""

    query: ListCarsNow
    gather: Callable[[datetime], Gathering]

    async def read(self, database: Database) -> BaseModel:
        """Find the moment, and read what is gathered of it."""
        moment = self.query.moment or self.query.as_of or await database.fetchval("SELECT now()")
        return await self.gather(moment).read(database)


def _list(query: ListCarsNow, actor: Actor) -> AtAMoment:
    def gather(moment: datetime) -> Gathering:
        def build(cars: list[Record], runs: list[Record], boards: list[Record]) -> Page[CarNowRow]:
            named = by_key(boards, "board_id")
            rows = [_row(car, [run for run in runs if run["vehicle_id"] == car["vehicle_id"]], moment) for car in cars]
            day = moment.astimezone(HANOI).date()
            told = [_named(row, named, day) for row in rows]
            return page(query, told, lambda row: (row.plate, row.vehicle_id))

        return Gathering((Rows(CARS_KNOWN), Rows(RUN_ORDERS, _NEAR, (moment,)), Rows(BOARDS_WITH_RIDES)), build)

    return AtAMoment(query, gather)


def _row(car: Mapping[str, Any], runs: Iterable[Mapping[str, Any]], moment: datetime) -> CarNowRow:
    ordered = sorted(runs, key=lambda run: (run["leaves_at"], run["run_id"]))
    out = next((run for run in ordered if _is_out(run, moment)), None)
    kept = next((run for run in ordered if run["started_at"] is None and _lasts(run, moment)), None)
    coming = [run["leaves_at"] for run in ordered if run["leaves_at"] > moment and run is not out]
    said: dict[str, Any] = {"vehicle_id": car["vehicle_id"], "plate": car["plate"], "seats": car["seats"]}
    said["next_leaves_at"] = min(coming, default=None)
    run = out or kept
    if run is None:
        return CarNowRow(**said, state="free")
    late = "late" if run["returns_at"] < moment else "on_the_way"
    row = order_row(run)
    names = ("run_id", "run_number", "driver_name", "in_charge", "leaves_at", "returns_at", "route")
    told = {name: getattr(row, name) for name in names}
    state = late if run is out else "reserved"
    return CarNowRow(**said, **told, state=state, driver_phone=run["driver_phone"], board_names=row.board_ids)


def _is_out(run: Mapping[str, Any], moment: datetime) -> bool:
    back = run["finished_at"]
    return run["started_at"] is not None and run["started_at"] <= moment and (back is None or back > moment)


def _lasts(run: Mapping[str, Any], moment: datetime) -> bool:
    return bool(run["leaves_at"] <= moment < run["returns_at"])


def _named(row: CarNowRow, boards: Mapping[str, Mapping[str, Any]], day: date) -> CarNowRow:
    return row.model_copy(update={"board_names": tuple(board_name(boards, id, day) for id in row.board_names)})


LIST_CARS_NOW = QueryRule(ListCarsNow, (CARS_KNOWN, RUN_ORDERS, BOARDS_WITH_RIDES), _list)
