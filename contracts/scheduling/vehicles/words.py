"""What is said, told and asked of cars, in one list each, and how rides and runs are named."""

from uuid import UUID

from contracts.base import Command, Event, Query
from contracts.scheduling.vehicles import commands as said
from contracts.scheduling.vehicles import events as told
from contracts.scheduling.vehicles import log_events as logged
from contracts.scheduling.vehicles import queries as asked

VEHICLE_COMMANDS: tuple[type[Command], ...] = (
    said.RecordCar,
    said.RecordDriver,
    said.RequestRide,
    said.ApproveRide,
    said.DeclineRide,
    said.CancelRide,
    said.DispatchRun,
    said.CancelRun,
    said.JoinRun,
    said.SubstituteCar,
    said.StartTrip,
    said.FinishTrip,
    said.ConfirmTrip,
    said.ExplainUnloggedKm,
    said.ReplaceOdometer,
    said.RecordFuel,
    said.CorrectFuel,
    said.CloseFuelMonth,
)
VEHICLE_EVENTS: tuple[type[Event], ...] = (
    told.CarRecorded,
    told.DriverRecorded,
    told.RideRequested,
    told.RideApproved,
    told.RideDeclined,
    told.RideCancelled,
    told.RideGranted,
    told.RideReturned,
    told.RideCarChanged,
    told.RideCarried,
    told.RunNumbered,
    told.RunOrdered,
    told.RunRiderAdded,
    told.RunRiderDropped,
    told.RunCancelled,
    told.CarSubstituted,
    told.TripStarted,
    told.TripFinished,
    told.TripConfirmed,
    logged.DutyTaken,
    logged.DutyDropped,
    logged.TripOpened,
    logged.TripLogged,
    logged.UnloggedKmFound,
    logged.UnloggedKmExplained,
    logged.OdometerReplaced,
    logged.TripMonthSettled,
    logged.FuelRecorded,
    logged.FuelCorrected,
    logged.FuelMonthClosed,
)
VEHICLE_QUERIES: tuple[type[Query], ...] = (
    asked.ListRides,
    asked.GetRide,
    asked.ListSharedRides,
    asked.ListExpiringPapers,
    asked.ListRunOrders,
    asked.GetRunOrder,
    asked.GetRunChoices,
    asked.ListTrips,
    asked.ListOdometerGaps,
    asked.ListFuelReceipts,
    asked.ListFuelMonths,
    asked.ListVehicleCosts,
    asked.ListBoardFairness,
    asked.ListCarsNow,
    asked.GetDriverWeek,
    asked.GetDriverDay,
)


def ride_id(command_id: UUID) -> str:
    """Return the id of the request that a RequestRide with this command id makes."""
    return command_id.hex


def run_id(command_id: UUID) -> str:
    """Return the id of the run that a DispatchRun with this command id orders."""
    return command_id.hex


def run_number(number: int, year: int) -> str:
    """Return how a run order is called on paper: 12/2026."""
    return f"{number}/{year}"
