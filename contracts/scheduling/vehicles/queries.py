"""What is asked about cars."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from contracts.base import Day, ListQuery, Page, Query, Role
from contracts.organisation import UnitId
from contracts.scheduling.values import BookableId, BookingId, Moment
from contracts.scheduling.vehicles.rows import (
    BoardFairnessRow,
    CarNowRow,
    DriverDayView,
    DriverWeekView,
    FuelMonthRow,
    FuelReceiptRow,
    OdometerGapRow,
    PaperRow,
    RideRow,
    RunChoicesView,
    RunOrderRow,
    RunOrderView,
    SharedRideRow,
    TripRow,
    VehicleCostRow,
)
from contracts.scheduling.vehicles.values import RIDE_ASKER, Month, RideId, RideStatus, RunId, RunStatus


class CarMonthFilter(Query):
    """What chooses a car, a month, or a car's month."""

    vehicle_id: BookableId | None = None
    month: Month | None = None


class Days(Query):
    """The days from one to another, both included."""

    from_day: Day
    to_day: Day


class ListRides(ListQuery):
    """Requests for cars; a board sees its own, the office all."""

    answer = Page[RideRow]

    board_id: UnitId | None = None
    status: RideStatus | None = None
    leaving_from: Day | None = None
    leaving_to: Day | None = None
    booking_id: BookingId | None = None
    text: Annotated[
        str | None, Field(max_length=200, description="Words to find; accents and spelling variants do not matter.")
    ] = None
    sort: Literal["leaves_at", "requested_at"] = "leaves_at"


class GetRide(Query):
    """One request for a car."""

    answer = RideRow

    ride_id: RideId


class ListSharedRides(Days, ListQuery):
    """Requests that wait and could share a car: with a run that has seats, or with each other."""

    answer = Page[SharedRideRow]

    descending: bool = False
    sort: Literal["leaves_at"] = "leaves_at"


class ListExpiringPapers(ListQuery):
    """Licences, inspections and compulsory insurance that end soon or have ended, those that ended first at the top."""

    answer = Page[PaperRow]

    within_days: Annotated[int, Field(ge=0, le=3650)] = 30
    on: Annotated[Day | None, Field(description="Counted from this day; today when left out.")] = None
    descending: bool = False
    sort: Literal["last_day"] = "last_day"


class ListRunOrders(ListQuery):
    """The book of run orders."""

    answer = Page[RunOrderRow]

    year: Annotated[int | None, Field(ge=2000, le=2100)] = None
    status: RunStatus | None = None
    vehicle_id: BookableId | None = None
    driver_id: BookableId | None = None
    board_id: UnitId | None = None
    leaving_from: Day | None = None
    leaving_to: Day | None = None
    sort: Literal["number", "leaves_at"] = "number"


class GetRunOrder(Query):
    """A run order as its paper says it, with what the code on it says."""

    answer = RunOrderView

    run_id: RunId


class GetRunChoices(Query):
    """What a request that waits can be given: cars and drivers, what those not fit are missing, runs, other times."""

    allowed: ClassVar[frozenset[Role]] = RIDE_ASKER
    answer = RunChoicesView

    ride_id: RideId


class ListTrips(ListQuery):
    """The log of trips (sổ nhật trình xe)."""

    answer = Page[TripRow]

    vehicle_id: BookableId | None = None
    driver_id: BookableId | None = None
    board_id: UnitId | None = None
    month: Month | None = None
    from_day: Day | None = None
    to_day: Day | None = None
    descending: bool = False
    sort: Literal["started_at"] = "started_at"


class ListOdometerGaps(CarMonthFilter, ListQuery):
    """Km nobody logged."""

    answer = Page[OdometerGapRow]

    explained: bool | None = None
    sort: Literal["month"] = "month"


class ListFuelReceipts(CarMonthFilter, ListQuery):
    """What fuel the cars took."""

    answer = Page[FuelReceiptRow]

    run_id: RunId | None = None
    sort: Literal["received_on"] = "received_on"


class ListFuelMonths(CarMonthFilter, ListQuery):
    """The settlement of fuel, month by month and car by car."""

    answer = Page[FuelMonthRow]

    over_norm: Annotated[bool | None, Field(description="Only those above their norm, or the others.")] = None
    sort: Literal["month"] = "month"


class ListVehicleCosts(ListQuery):
    """What each car cost, from a day to a day, both included."""

    answer = Page[VehicleCostRow]

    vehicle_id: BookableId | None = None
    from_day: Day
    to_day: Day
    descending: bool = False
    sort: Literal["plate", "total_vnd", "vnd_per_km"] = "plate"


class ListBoardFairness(Days, ListQuery):
    """How the boards' requests fared that were to leave from a day to a day, both included."""

    answer = Page[BoardFairnessRow]

    descending: bool = False
    sort: Literal["board", "km", "granted_per_hundred"] = "board"


class ListCarsNow(ListQuery):
    """Who has which car at a moment."""

    answer = Page[CarNowRow]

    moment: Annotated[Moment | None, Field(description="Now when left out.")] = None
    descending: bool = False
    sort: Literal["plate"] = "plate"


class GetDriverWeek(Query):
    """A driver's week."""

    answer = DriverWeekView

    driver_id: BookableId
    on: Annotated[Day | None, Field(description="A day of the week; today when left out.")] = None


class GetDriverDay(Query):
    """A driver's runs of a day with their passengers' addresses and telephones; drivers see their own."""

    answer = DriverDayView

    driver_id: Annotated[BookableId | None, Field(description="The driver whose account asks when left out.")] = None
    on: Annotated[Day | None, Field(description="Today when left out.")] = None
