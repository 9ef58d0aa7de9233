"""How could the requests of a day that wait be given cars and drivers?"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from pydantic_core import from_json

from contracts.base import Actor
from contracts.scheduling import LONGEST_MINUTES, ThingKind
from contracts.scheduling.planning import PlanRuns, RunPlan
from contracts.scheduling.vehicles import LONGEST_RUN_DAYS, CarWish
from services.runtime.considering import Considered
from services.runtime.manifest import Given, QueryRule
from services.runtime.read_model import Database, ReadModel
from services.runtime.text import fold
from services.scheduling.deciders.bookable import Bookable
from services.scheduling.deciders.calendar import Slot, minute
from services.scheduling.deciders.driver_log import Driver, Duty
from services.scheduling.planning.facts import DayFacts, Lately, PlannedCar, PlannedDriver, Wish
from services.scheduling.planning.propose import propose
from services.scheduling.planning.telling import told
from services.scheduling.read_models.bookables import BOOKABLES, blockings_of, terms_of
from services.scheduling.read_models.bookings import BOOKINGS
from services.scheduling.read_models.rides import RIDES, day_begins
from services.scheduling.read_models.rides_names import BOARDS_WITH_RIDES, board_name, by_key
from services.scheduling.read_models.run_orders_driver_week import DRIVER_DUTIES
from services.scheduling.read_models.run_plan_fleet import CARS_TO_PLAN, DRIVERS_TO_PLAN
from services.scheduling.read_models.slots import SLOTS

Record = Mapping[str, Any]
_LATELY_DAYS = 90
_WEEKS_AROUND = timedelta(9)
_DRIVERS: tuple[ThingKind, ...] = ("driver", "staff", "leader")
_WAITING = (
    "status IN ('requested', 'approved') AND seated < passengers AND leaves_at >= $1 AND leaves_at < $2 "
    "AND ($3::text[] = '{}' OR ride_id = ANY($3::text[]))"
)
_LATELY = f"""
    SELECT board_id, count(*) AS asked, count(*) FILTER (WHERE status IN ('granted', 'carried')) AS granted
    FROM "{RIDES.table}" WHERE status <> 'cancelled' AND leaves_at >= $3
    AND (leaves_at < $1 OR (leaves_at < $2 AND status NOT IN ('requested', 'approved'))) GROUP BY board_id
"""
_CHOSEN = "bookable_id = ANY($1::text[]) AND retired IS NULL AND kind = ANY($2::text[])"

_NEAR, _EARLIEST = timedelta(2), timedelta(minutes=LONGEST_MINUTES)
_TIMES = "thing = ANY($1::text[]) AND starts_at >= $2::timestamptz - $4::interval AND starts_at < $3 AND ends_at > $2"
_TAKEN = (f"held AND NOT long AND {_TIMES}", f"held AND long AND {_TIMES}")
"""Each by an index of its own."""


@dataclass(frozen=True)
class _Reading:
    query: PlanRuns
    actor: Actor

    async def read(self, database: Database) -> Considered:
        """Read all that a plan follows from; what it comes to is worked out afterwards."""
        query = self.query
        now = query.as_of or await database.fetchval("SELECT now()")
        begins, ends = day_begins(query.day), day_begins(query.day, 1)
        assert begins is not None
        assert ends is not None
        rides = await rows_of(database, RIDES, _WAITING, begins, ends, list(query.rides))
        served = [ride["booking_id"] for ride in rides if ride["booking_id"] is not None]
        bookings = await rows_of(database, BOOKINGS, "booking_id = ANY($1::text[])", served)
        lately = await database.fetch(_LATELY, begins, ends, begins - timedelta(_LATELY_DAYS))
        boards = await rows_of(database, BOARDS_WITH_RIDES)
        fleet = Fleet(database, begins, ends + timedelta(LONGEST_RUN_DAYS))
        cars, drivers = await fleet.cars(query.vehicles), await fleet.drivers(query.drivers)
        names = {id: board_name(by_key(boards, "board_id"), id, query.day) for id in {one["board_id"] for one in rides}}
        classes = {booking["booking_id"]: booking["priority"] for booking in bookings}

        def work(rules: Any) -> RunPlan:
            facts = DayFacts(
                day=query.day,
                given=Given(now, self.actor, UUID(int=0), rules),
                wishes=tuple(wish_of(ride, classes) for ride in rides),
                cars=cars,
                drivers=drivers,
                lately={one["board_id"]: Lately(one["asked"], one["granted"]) for one in lately},
                board_names=names,
            )
            return told(propose(facts, query.seconds))

        return Considered(work)


class Fleet:
    """Reads cars and drivers with what is taken of them in a time."""

    def __init__(self, database: Database, start: datetime, end: datetime) -> None:
        self._database = database
        self._start, self._end = start, end

    async def cars(self, ids: Sequence[str]) -> tuple[PlannedCar, ...]:
        """Return those of the named cars, all when none is named, that can be booked, by their ids."""
        records = await rows_of(self._database, CARS_TO_PLAN, "$1::text[] = '{}' OR vehicle_id = ANY($1)", list(ids))
        of_id = by_key(records, "vehicle_id")
        things, slots = await self._things(list(of_id), ("vehicle",))
        return tuple(
            PlannedCar(id, car["plate"], car["seats"], car["use"], things[id], slots[id])
            for id, car in sorted(of_id.items())
            if id in things
        )

    async def drivers(self, ids: Sequence[str]) -> tuple[PlannedDriver, ...]:
        """Return those of the named drivers, all when none is named, that can be booked, by their ids."""
        records = await rows_of(self._database, DRIVERS_TO_PLAN, "$1::text[] = '{}' OR driver_id = ANY($1)", list(ids))
        of_id = by_key(records, "driver_id")
        things, slots = await self._things(list(of_id), _DRIVERS)
        near = (list(things), self._start - _WEEKS_AROUND, self._end + _WEEKS_AROUND)
        within = "NOT dropped AND driver_id = ANY($1::text[]) AND ends_at > $2 AND starts_at < $3"
        duties: dict[str, list[Duty]] = defaultdict(list)
        for one in await rows_of(self._database, DRIVER_DUTIES, within, *near):
            times = minute(one["starts_at"]), minute(one["ends_at"])
            duties[one["driver_id"]].append(Duty(one["run_id"], *times, one["driving_minutes"]))
        return tuple(
            PlannedDriver(id, _driver(record), things[id], slots[id], tuple(sorted(duties[id], key=_when)))
            for id, record in sorted(of_id.items())
            if id in things
        )

    async def _things(
        self, ids: list[str], kinds: Sequence[ThingKind]
    ) -> tuple[dict[str, Bookable], dict[str, tuple[Slot, ...]]]:
        found = await rows_of(self._database, BOOKABLES, _CHOSEN, ids, kinds)
        things = {one["bookable_id"]: _thing(one) for one in found}
        slots: dict[str, list[Slot]] = {id: [] for id in things}
        for condition in _TAKEN:
            for record in await rows_of(
                self._database, SLOTS, condition, list(things), self._start - _NEAR, self._end + _NEAR, _EARLIEST
            ):
                slots[record["thing"]].append(_slot(record))
        return things, {id: tuple(sorted(found, key=lambda slot: slot.start)) for id, found in slots.items()}


async def rows_of(database: Database, model: ReadModel, where: str = "true", *values: object) -> list[Record]:
    """Return the rows of a read model that a condition in SQL chooses, by their keys."""
    names = ", ".join(f'"{name}"' for name in model.column_names)
    order = f'ORDER BY "{model.key_column}"'
    return list(await database.fetch(f'SELECT {names} FROM "{model.table}" WHERE {where} {order}', *values))


def _when(duty: Duty) -> tuple[int, str]:
    return duty.start, duty.run_id


def wish_of(ride: Record, classes: Mapping[str, Any]) -> Wish:
    """Return a request as it is planned; `classes` are those of the items of the calendar that requests serve."""
    names = ("ride_id", "board_id", "requester", "from_place", "to_place", "may_share", "booking_id")
    return Wish(
        **{name: ride[name] for name in names},
        area=fold(ride["area"] or ride["to_place"]),
        start=minute(ride["leaves_at"]),
        end=minute(ride["returns_at"]),
        passengers=ride["passengers"] - ride["seated"],
        asked_at=int(ride["requested_at"].timestamp()),
        wish=CarWish(seats=ride["car_seats"], use=ride["car_use"]),
        approved=ride["status"] == "approved",
        # A run takes its car as a booking of a board; an item of the calendar lends its class to its ride.
        priority=classes.get(ride["booking_id"], "board"),
    )


def _thing(record: Record) -> Bookable:
    names = ("kind", "type", "name", "site_id", "place", "contact", "board")
    papers = {kind: datetime.fromisoformat(day).date() for kind, day in from_json(record["valid"]).items()}
    return Bookable(
        **{name: record[name] for name in names},
        terms=terms_of(record),
        blockings=blockings_of(record),
        valid=tuple(papers.items()),
    )


def _driver(record: Record) -> Driver:
    names = ("name", "phone", "licence_class", "licence_number", "issued_on", "expires_on")
    return Driver(**{name: record[name] for name in names})


def _slot(record: Record) -> Slot:
    return Slot(
        record["booking_id"],
        minute(record["starts_at"]),
        minute(record["ends_at"]),
        record["before_minutes"],
        record["after_minutes"],
        record["site_id"],
        record["place"],
    )


def _plan(query: PlanRuns, actor: Actor) -> _Reading:
    return _Reading(query, actor)


PLAN_RUNS = QueryRule(
    PlanRuns,
    (RIDES, BOOKINGS, BOARDS_WITH_RIDES, CARS_TO_PLAN, DRIVERS_TO_PLAN, BOOKABLES, SLOTS, DRIVER_DUTIES),
    _plan,
)
QUERY_RULES = (PLAN_RUNS,)
