"""What can a request that waits be given?"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from contracts.base import Actor, Refused
from contracts.scheduling import vehicles as words_of
from contracts.scheduling.vehicles import GetRunChoices, RunChoicesView, RunToJoin
from services.runtime.considering import Considered
from services.runtime.manifest import Given, QueryRule
from services.runtime.read_model import Database
from services.scheduling.deciders.calendar import moment
from services.scheduling.deciders.common import HANOI
from services.scheduling.deciders.ride_request import STATUS_NAMES
from services.scheduling.planning.choices import Choices
from services.scheduling.planning.facts import DayFacts, Wish
from services.scheduling.planning.fitness import Fitness
from services.scheduling.read_models.bookables import BOOKABLES
from services.scheduling.read_models.rides import RIDES
from services.scheduling.read_models.rides_names import own_board
from services.scheduling.read_models.rides_sharing import runs_with_room
from services.scheduling.read_models.run_orders import RUN_ORDERS, run_of
from services.scheduling.read_models.run_orders_driver_week import DRIVER_DUTIES
from services.scheduling.read_models.run_plan import Fleet, Record, rows_of, wish_of
from services.scheduling.read_models.run_plan_fleet import CARS_TO_PLAN, DRIVERS_TO_PLAN
from services.scheduling.read_models.slots import SLOTS

_JOINABLE = "status = 'ordered' AND leaves_at <= $1 AND returns_at >= $2 AND leaves_at > $1::timestamptz - $3::interval"


@dataclass(frozen=True)
class _Reading:
    query: GetRunChoices
    actor: Actor

    async def read(self, database: Database) -> Considered:
        """Read the request, the cars and drivers of its days, and the runs around it."""
        ride = await self._ride(database)
        wish = wish_of(ride, {})
        now = self.query.as_of or await database.fetchval("SELECT now()")
        begins, ends = _midnights(ride["leaves_at"], ride["returns_at"])
        fleet = Fleet(database, begins, ends)
        cars, drivers = await fleet.cars(()), await fleet.drivers(())
        length = timedelta(days=words_of.LONGEST_RUN_DAYS)
        around = await rows_of(database, RUN_ORDERS, _JOINABLE, ride["leaves_at"], ride["returns_at"], length)
        on_them = [id for run in around for id in run["ride_ids"]]
        asked = await rows_of(database, RIDES, "ride_id = ANY($1::text[])", on_them)
        day = begins.astimezone(HANOI).date()

        def work(rules: Any) -> RunChoicesView:
            given = Given(now, self.actor, UUID(int=0), rules)
            choices = Choices(Fitness(DayFacts(day, given, (wish,), cars, drivers)), wish)
            seats = {car.id: car.seats for car in cars}
            return _view(wish, choices, tuple(_joins(ride, around, asked, seats)))

        return Considered(work)

    async def _ride(self, database: Database) -> Record:
        found = await rows_of(database, RIDES, "ride_id = $1", self.query.ride_id)
        own = own_board(self.actor)
        if not found or own not in (None, found[0]["board_id"]):
            raise Refused(words_of.RIDE_UNKNOWN, "ride_id", ride_id=self.query.ride_id)
        ride = found[0]
        if ride["status"] not in ("requested", "approved"):
            vi, en = STATUS_NAMES[ride["status"]]
            raise Refused(words_of.RIDE_CLOSED, status=en, status_vi=vi)
        return ride


def _view(wish: Wish, choices: Choices, runs: tuple[RunToJoin, ...]) -> RunChoicesView:
    return RunChoicesView(
        ride_id=wish.ride_id,
        leaves_at=moment(wish.start),
        returns_at=moment(wish.end),
        passengers=wish.passengers,
        cars=choices.cars(),
        drivers=choices.drivers(),
        runs=runs,
        times=choices.times(),
        possible=choices.possible(),
    )


def _joins(ride: Record, around: list[Record], asked: list[Record], seats: dict[str, int]) -> list[RunToJoin]:
    if not ride["may_share"]:
        return []
    of_id, known = {run["run_id"]: run for run in around}, {one["ride_id"]: one for one in asked}
    joins = []
    for row in runs_with_room([ride], around, seats, known):
        assert row.run_id is not None
        assert row.free_seats is not None
        run = run_of(of_id[row.run_id])
        joins.append(
            RunToJoin(
                run_id=row.run_id,
                run_number=run.number,
                plate=run.plate,
                driver_name=run.driver_name,
                free_seats=row.free_seats,
                standing=run.standing,
            )
        )
    return joins


def _midnights(start: datetime, end: datetime) -> tuple[datetime, datetime]:
    """Return the beginning of the office's day in which a time begins, and the end of that in which it ends."""
    first, last = start.astimezone(HANOI).date(), (end - timedelta(minutes=1)).astimezone(HANOI).date()
    midnight = datetime.min.time()
    return datetime.combine(first, midnight, HANOI), datetime.combine(last + timedelta(1), midnight, HANOI)


def _get(query: GetRunChoices, actor: Actor) -> _Reading:
    return _Reading(query, actor)


GET_RUN_CHOICES = QueryRule(
    GetRunChoices, (RIDES, RUN_ORDERS, CARS_TO_PLAN, DRIVERS_TO_PLAN, BOOKABLES, SLOTS, DRIVER_DUTIES), _get
)
