"""What each paper of cars asks for, and how it becomes the paper."""

from typing import Annotated

from pydantic import Field

from contracts.base import Line
from contracts.scheduling.vehicles import (
    BoardFairnessRow,
    FuelMonthRow,
    GetRide,
    GetRunOrder,
    ListBoardFairness,
    ListFuelMonths,
    ListOdometerGaps,
    ListTrips,
    OdometerGapRow,
    RideRow,
    RunOrderView,
    TripRow,
)
from services.console.papers import car_fairness, car_log, fuel_table, ride_request, run_order
from services.console.papers.collecting import known
from services.console.papers.letterhead import Letterhead
from services.console.papers.paper import Paper
from services.console.papers.reading import Reader


class CarLetterhead(Letterhead):
    """A letterhead of the office that has the cars; its head of office signs."""

    position: Annotated[Line, Field(max_length=100, description="Chức vụ người duyệt.")] = "Chánh Văn phòng"


async def asked_for(reader: Reader, query: GetRide, head: Letterhead) -> Paper:
    """Return a request for a car."""
    return ride_request.compose(await reader.one(query, RideRow), await known(reader, head))


async def ordered(reader: Reader, query: GetRunOrder, head: Letterhead) -> Paper:
    """Return a run order."""
    return run_order.compose(await reader.one(query, RunOrderView), await known(reader, head))


async def logged(reader: Reader, query: ListTrips, head: Letterhead) -> Paper:
    """Return the log of the trips a query lists, with the km nobody logged where it is all of a car or a month."""
    trips = await reader.every(query, TripRow)
    whole = not any((query.driver_id, query.board_id, query.from_day, query.to_day))
    asked = ListOdometerGaps(vehicle_id=query.vehicle_id, month=query.month)
    gaps = await reader.every(asked, OdometerGapRow) if whole else []
    return car_log.compose(trips, gaps, query, await known(reader, head))


async def settled(reader: Reader, query: ListFuelMonths, head: Letterhead) -> Paper:
    """Return the settlement of fuel of the months and cars a query lists."""
    return fuel_table.compose(await reader.every(query, FuelMonthRow), await known(reader, head))


async def fared(reader: Reader, query: ListBoardFairness, head: Letterhead) -> Paper:
    """Return how the boards' requests fared."""
    rows = await reader.every(query, BoardFairnessRow)
    return car_fairness.compose(rows, query, await known(reader, head))
