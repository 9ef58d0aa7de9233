"""Where does a driver drive on a day, for whom, and how are they reached?"""

from datetime import date, datetime, timedelta

from contracts.base import Actor, Refused
from contracts.scheduling import vehicles as words_of
from contracts.scheduling.vehicles import DriverDayView, GetDriverDay
from services.runtime.gathering import Gathering, OnADay, Record, Rows
from services.runtime.manifest import QueryRule
from services.scheduling.deciders.common import HANOI
from services.scheduling.read_models.bookables import BOOKABLES
from services.scheduling.read_models.rides_names import BOARDS_WITH_RIDES, by_key
from services.scheduling.read_models.run_orders import RUN_ORDERS, view

_SEES_ALL = frozenset({"clerk", "leader", "auditor"})
_MEANT = "bookable_id = $1 OR ($1::text IS NULL AND account = $2)"
_OF_DRIVER = f'driver_id IN (SELECT bookable_id FROM "{BOOKABLES.table}" WHERE {_MEANT})'
_ON_DAY = f"status <> 'cancelled' AND {_OF_DRIVER} AND leaves_at < $4 AND (returns_at > $3 OR status = 'on_the_way')"


def _get(query: GetDriverDay, actor: Actor) -> OnADay:
    def gather(day: date) -> Gathering:
        start = datetime.combine(day, datetime.min.time(), HANOI)
        who = (query.driver_id, actor.id)

        def build(people: list[Record], runs: list[Record], boards: list[Record]) -> DriverDayView:
            if not people or (_SEES_ALL.isdisjoint(actor.roles) and people[0]["account"] != actor.id):
                raise Refused(words_of.NOT_A_DRIVER, "driver_id", driver_id=query.driver_id or actor.id)
            named = by_key(boards, "board_id")
            ordered = sorted(runs, key=lambda run: (run["leaves_at"], run["run_id"]))
            return DriverDayView(
                driver_id=people[0]["bookable_id"],
                driver_name=people[0]["name"],
                day=day,
                runs=tuple(view(run, named) for run in ordered),
            )

        on_day = Rows(RUN_ORDERS, _ON_DAY, (*who, start, start + timedelta(1)))
        return Gathering((Rows(BOOKABLES, _MEANT, who), on_day, Rows(BOARDS_WITH_RIDES)), build)

    return OnADay(query, query.on, gather)


GET_DRIVER_DAY = QueryRule(GetDriverDay, (BOOKABLES, RUN_ORDERS, BOARDS_WITH_RIDES), _get)
