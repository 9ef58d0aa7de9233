"""The words of planning a day's runs: what is asked, what is proposed, and what could not be placed and why."""

from datetime import date, datetime
from typing import Annotated, ClassVar, Literal, TypeAlias

from pydantic import Field

from contracts.base import Day, Query, Role, Row
from contracts.scheduling.values import BookableId, PriorityClass
from contracts.scheduling.vehicles import DISPATCHER, DispatchRun, RideId

MOST_PLANNED = 500
"""Requests of a day that are planned at once."""
UnplacedCode: TypeAlias = Literal[
    "not-approved",
    "time-passed",
    "run-too-long",
    "more-than-planned-at-once",
    "no-car-of-kind",
    "no-car-with-seats",
    "car-papers-end",
    "cars-not-open",
    "cars-taken",
    "no-licence",
    "drivers-not-open",
    "drivers-taken",
    "driver-hours",
    "gave-way",
]
"""Chưa duyệt; đã qua giờ; quá dài ngày; quá số đề nghị một lần; không có loại xe; không đủ chỗ; giấy tờ xe hết hạn; xe
tạm ngừng; xe đã bận; không có lái xe đủ hạng giấy phép; lái xe tạm nghỉ; lái xe đã bận; hết giờ lái; nhường ưu tiên."""


class ProposedRun(Row):
    """A run as it is proposed: `dispatch` is the command to send when a person agrees, as it is or changed."""

    dispatch: DispatchRun
    plate: str
    seats: int
    driver_name: str
    board_names: tuple[str, ...]
    requesters: tuple[str, ...]
    passengers: int
    free_seats: int
    driving_minutes: int
    saved_runs: Annotated[int, Field(description="How many runs fewer than one for each of its requests.")]
    saved_minutes: Annotated[int, Field(description="How much shorter than one run for each of its requests.")]


class UnplacedRide(Row):
    """A request that has no run in the plan, and why; `gave_way_to` are the requests of a higher class in its place."""

    ride_id: str
    requester: str
    board_id: str
    board_name: str
    priority: PriorityClass
    leaves_at: datetime
    returns_at: datetime
    passengers: int
    code: UnplacedCode
    vi: str
    en: str
    gave_way_to: tuple[str, ...] = ()


class BoardShare(Row):
    """How a board fares by a plan; its share counts the requests of the last 90 days too."""

    board_id: str
    board_name: str
    requests: int
    placed: int
    share_per_thousand: Annotated[int, Field(description="Of what it asked for lately and now, how much it got.")]


class PlanTotals(Row):
    """What a plan comes to, in the order in which plans are compared.

    First the requests placed, of the highest class first, then passengers, then cars, then the share of the board that
    fares worst, then the minutes at the wheel of the driver who drives most that day.
    """

    requests: int
    placed: int
    placed_by_class: tuple[int, ...]
    passengers: int
    cars: int
    lowest_share_per_thousand: int
    most_driving_minutes: int
    runs: int
    drivers: int
    shared_rides: int
    run_minutes: int
    free_seats: int
    boards: tuple[BoardShare, ...] = ()


class RunPlan(Row):
    """A proposal for a day: nothing of it is recorded until somebody sends the runs one by one.

    `first_come` is what first come, first served would give; the plan is never worse. `made_by` tells which of the two
    the runs are; `proven` that of all the search was given to choose from nothing is better; `cut_short` that
    the clock ended the search, so the same question may be answered differently on another machine.
    """

    day: date
    planned_at: datetime
    runs: tuple[ProposedRun, ...]
    unplaced: tuple[UnplacedRide, ...]
    totals: PlanTotals
    first_come: PlanTotals
    made_by: Literal["solver", "first_come"]
    proven: bool
    cut_short: bool


class PlanRuns(Query):
    """Propose runs for a day's requests that wait: most placed, fewest cars, fair to boards and drivers.

    Nothing is done by it. What has a run stays as it is: send the runs you like, and ask again for the rest.
    """

    allowed: ClassVar[frozenset[Role]] = DISPATCHER
    answer = RunPlan

    day: Day
    vehicles: Annotated[
        tuple[BookableId, ...], Field(max_length=200, description="Only these cars; all when left out.")
    ] = ()
    drivers: Annotated[
        tuple[BookableId, ...], Field(max_length=200, description="Only these drivers; all when left out.")
    ] = ()
    rides: Annotated[
        tuple[RideId, ...], Field(max_length=MOST_PLANNED, description="Only these requests; all when left out.")
    ] = ()
    seconds: Annotated[int, Field(ge=1, le=10, description="About how long the answer may take.")] = 8


PLANNING_QUERIES: tuple[type[Query], ...] = (PlanRuns,)
