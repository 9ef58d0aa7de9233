"""What scheduling decides and answers of cars, for its table of contents."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from contracts.scheduling import vehicles as words
from services.runtime.manifest import Aggregate, CommandRule, Policy, QueryRule, decides
from services.scheduling.deciders import driver_log, fuel, fuel_month, run_change, run_dispatch, run_trip, trip_log
from services.scheduling.deciders import ride_request as ride
from services.scheduling.deciders.common import Rules, rules
from services.scheduling.deciders.run_order import RUN, RUN_BOOK
from services.scheduling.policies.know_cars import KNOW_CARS
from services.scheduling.read_models.fairness import LIST_BOARD_FAIRNESS
from services.scheduling.read_models.fuel import LIST_FUEL_MONTHS, LIST_FUEL_RECEIPTS
from services.scheduling.read_models.rides import GET_RIDE, LIST_RIDES
from services.scheduling.read_models.rides_papers import LIST_EXPIRING_PAPERS
from services.scheduling.read_models.rides_sharing import LIST_SHARED_RIDES
from services.scheduling.read_models.run_choices import GET_RUN_CHOICES
from services.scheduling.read_models.run_orders import GET_RUN_ORDER, LIST_RUN_ORDERS
from services.scheduling.read_models.run_orders_driver_day import GET_DRIVER_DAY
from services.scheduling.read_models.run_orders_driver_week import GET_DRIVER_WEEK
from services.scheduling.read_models.run_orders_now import LIST_CARS_NOW
from services.scheduling.read_models.trips import LIST_ODOMETER_GAPS, LIST_TRIPS
from services.scheduling.read_models.vehicle_costs import LIST_VEHICLE_COSTS
from services.scheduling.rules.vehicles_tables import VehicleRules, vehicle_rules


@dataclass(frozen=True)
class OfficeRules(Rules):
    """The tables of scheduling with those of cars."""

    vehicles: VehicleRules


def office_rules(override_folder: Path | None = None) -> OfficeRules:
    """Read every table of scheduling, those of cars among them, with the office's own rows where it has some."""
    return OfficeRules(**vars(rules(override_folder)), vehicles=vehicle_rules(override_folder))


def _ride(command: words.RideCommand) -> str:
    return command.ride_id


def _car(command: words.RecordCar | words.ExplainUnloggedKm | words.ReplaceOdometer) -> str:
    return command.vehicle_id


def _driver(command: words.RecordDriver) -> str:
    return command.driver_id


AGGREGATES: tuple[Aggregate[Any], ...] = (
    ride.RIDE,
    RUN,
    RUN_BOOK,
    trip_log.CAR,
    driver_log.DRIVER,
    driver_log.DUTY_MONTH,
    fuel.FUEL,
)
COMMAND_RULES: tuple[CommandRule, ...] = (
    decides(words.RecordCar, trip_log.CAR, _car, trip_log.record_car),
    decides(words.RecordDriver, driver_log.DRIVER, _driver, driver_log.record_driver),
    CommandRule(words.RequestRide, ride.requesting_involves, ride.request_ride),
    decides(words.ApproveRide, ride.RIDE, _ride, ride.approve_ride),
    decides(words.DeclineRide, ride.RIDE, _ride, ride.decline_ride),
    CommandRule(words.CancelRide, run_change.leaving_involves, run_change.cancel_ride),
    CommandRule(words.DispatchRun, run_dispatch.dispatching_involves, run_dispatch.dispatch_run),
    CommandRule(words.CancelRun, run_change.cancelling_involves, run_change.cancel_run),
    CommandRule(words.JoinRun, run_dispatch.joining_involves, run_dispatch.join_run),
    CommandRule(words.SubstituteCar, run_change.substituting_involves, run_change.substitute_car),
    CommandRule(words.StartTrip, run_trip.starting_involves, run_trip.start_trip),
    CommandRule(words.FinishTrip, run_trip.finishing_involves, run_trip.finish_trip),
    CommandRule(words.ConfirmTrip, run_trip.confirming_involves, run_trip.confirm_trip),
    decides(words.ExplainUnloggedKm, trip_log.CAR, _car, trip_log.explain_unlogged_km),
    decides(words.ReplaceOdometer, trip_log.CAR, _car, trip_log.replace_odometer),
    CommandRule(words.RecordFuel, fuel.fuel_involves, fuel.record_fuel),
    CommandRule(words.CorrectFuel, fuel.fuel_involves, fuel.correct_fuel),
    CommandRule(words.CloseFuelMonth, fuel_month.closing_involves, fuel_month.close_fuel_month),
)
QUERY_RULES: tuple[QueryRule, ...] = (
    LIST_RIDES,
    GET_RIDE,
    LIST_SHARED_RIDES,
    LIST_EXPIRING_PAPERS,
    LIST_RUN_ORDERS,
    GET_RUN_ORDER,
    GET_RUN_CHOICES,
    LIST_CARS_NOW,
    GET_DRIVER_WEEK,
    GET_DRIVER_DAY,
    LIST_TRIPS,
    LIST_ODOMETER_GAPS,
    LIST_FUEL_RECEIPTS,
    LIST_FUEL_MONTHS,
    LIST_VEHICLE_COSTS,
    LIST_BOARD_FAIRNESS,
)
POLICIES: tuple[Policy, ...] = (KNOW_CARS,)
