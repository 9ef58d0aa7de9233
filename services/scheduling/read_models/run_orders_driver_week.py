"""What does a driver drive in a week, and how much more may they?"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from contracts.base import Actor, Refused
from contracts.scheduling import vehicles as words_of
from contracts.scheduling.vehicles import DriverDay, DriverWeekView, GetDriverWeek
from services.runtime.envelope import Fact, event_types
from services.runtime.gathering import Gathering, OnADay, Record, Rows
from services.runtime.manifest import QueryRule
from services.runtime.read_model import ReadModel, RowValues
from services.scheduling.deciders.calendar import minute
from services.scheduling.deciders.common import HANOI
from services.scheduling.deciders.driver_log import Duty, monday, of_days
from services.scheduling.read_models.rides_names import DRIVERS_KNOWN
from services.scheduling.read_models.run_orders import RUN_ORDERS, order_row

_MONTH_AND_HYPHEN = 8


def _driver_id(fact: Fact) -> str:
    return fact.id[:-_MONTH_AND_HYPHEN]


def _key(fact: Fact) -> str:
    event = fact.event
    assert isinstance(event, words_of.DutyTaken | words_of.DutyDropped)
    return f"{_driver_id(fact)}|{event.run_id}"


def _project(row: RowValues | None, fact: Fact) -> RowValues | None:
    event = fact.event
    if isinstance(event, words_of.DutyTaken):
        return {"driver_id": _driver_id(fact), "dropped": False, **dict(event)}
    return {**row, "dropped": True} if row else None


DRIVER_DUTIES = ReadModel(
    name="driver_duties",
    version=1,
    key_column="duty_id",
    columns={
        "driver_id": "text NOT NULL",
        "run_id": "text NOT NULL",
        "starts_at": "timestamptz NOT NULL",
        "ends_at": "timestamptz NOT NULL",
        "driving_minutes": "integer NOT NULL",
        "week_limit_minutes": "integer",
        "dropped": "boolean NOT NULL",
    },
    indexes=("(driver_id, starts_at)", "(run_id)"),
    events=event_types("scheduling", (words_of.DutyTaken, words_of.DutyDropped)),
    key=_key,
    project=_project,
)
"""What every driver has of every run, as driven where it is back."""


def _get(query: GetDriverWeek, actor: Actor) -> OnADay:
    def gather(day: date) -> Gathering:
        first = monday(day)
        week = [datetime.combine(first + timedelta(days), datetime.min.time(), HANOI) for days in (0, 7)]
        in_week = "driver_id = $1 AND NOT dropped AND starts_at < $3 AND ends_at > $2"
        of_driver = f'run_id IN (SELECT run_id FROM "{DRIVER_DUTIES.table}" WHERE {in_week})'
        values = (query.driver_id, *week)

        def build(duties: list[Record], runs: list[Record], drivers: list[Record]) -> DriverWeekView:
            if not drivers:
                raise Refused(words_of.NOT_A_DRIVER, "driver_id", driver_id=query.driver_id)
            return _view(query.driver_id, drivers[0]["name"], first, duties, runs)

        known = Rows(DRIVERS_KNOWN, "driver_id = $1", (query.driver_id,))
        return Gathering((Rows(DRIVER_DUTIES, in_week, values), Rows(RUN_ORDERS, of_driver, values), known), build)

    return OnADay(query, query.on, gather)


def _view(
    driver_id: str, name: str, first: date, duties: list[Record], runs: list[Mapping[str, Any]]
) -> DriverWeekView:
    rows = sorted((order_row(run) for run in runs), key=lambda row: (row.leaves_at, row.run_id))
    numbers = {row.run_id: row.run_number for row in rows}
    days: dict[date, tuple[int, tuple[str, ...]]] = {first + timedelta(place): (0, ()) for place in range(7)}
    for one in sorted(duties, key=lambda one: one["starts_at"]):
        duty = Duty(one["run_id"], minute(one["starts_at"]), minute(one["ends_at"]), one["driving_minutes"])
        for day, minutes in of_days(duty):
            if day in days:
                driven, on = days[day]
                days[day] = (driven + minutes, (*on, numbers.get(duty.run_id, duty.run_id)))
    driven = sum(minutes for minutes, _ in days.values())
    most = max((one["week_limit_minutes"] for one in duties if one["week_limit_minutes"] is not None), default=None)
    return DriverWeekView(
        driver_id=driver_id,
        driver_name=name,
        monday=first,
        days=tuple(DriverDay(day=day, driving_minutes=minutes, run_numbers=on) for day, (minutes, on) in days.items()),
        runs=tuple(rows),
        driving_minutes=driven,
        most_minutes=most,
        left_minutes=None if most is None else max(0, most - driven),
        km=sum(row.km or 0 for row in rows if row.driver_id == driver_id),
    )


GET_DRIVER_WEEK = QueryRule(GetDriverWeek, (DRIVER_DUTIES, RUN_ORDERS, DRIVERS_KNOWN), _get)
