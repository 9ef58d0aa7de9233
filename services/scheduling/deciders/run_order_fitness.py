"""Whether requests may share a car, whether a car has the seats, and whether car and driver are free and fit."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from itertools import combinations

from contracts import scheduling as words_of_scheduling
from contracts.base import Refused
from contracts.scheduling import vehicles as words_of
from contracts.scheduling.vehicles import Carried
from services.runtime.manifest import Given
from services.runtime.text import fold
from services.scheduling.deciders.bookable import Bookable, against
from services.scheduling.deciders.calendar import Slot, minute, moment
from services.scheduling.deciders.common import HANOI, told
from services.scheduling.deciders.diary import Diary
from services.scheduling.deciders.driver_log import (
    DRIVER,
    DUTY_MONTH,
    Driver,
    Duty,
    duty_month_ids,
    duty_refs,
    expect_licence,
    expect_rested,
    limit,
    monday,
)
from services.scheduling.deciders.placing import told_held
from services.scheduling.deciders.ride_request import Ride, expect_ride, fits, overlap
from services.scheduling.deciders.run_order import Run
from services.scheduling.deciders.trip_log import CAR, Car, expect_car


def expect_shared(words: words_of.DispatchRun, rides: dict[str, Ride]) -> None:
    """Raise Refused unless requests travel together: within the run, at the same time, the same way, and willingly."""
    for id, ride in rides.items():
        expect_ride(ride, id, "requested", "approved")
        asked = ride.about
        if asked.leaves_at < words.leaves_at or asked.returns_at > words.returns_at:
            times = {"leaves_at": told(asked.leaves_at), "returns_at": told(asked.returns_at)}
            raise Refused(words_of.RIDE_OUTSIDE_RUN, **times)
        if len(rides) > 1 and not asked.may_share:
            raise Refused(words_of.RIDES_NOT_SHARED, requester=asked.requester)
    for one, other in combinations(rides.values(), 2):
        names = {"requester": one.about.requester, "other": other.about.requester}
        if not overlap(_times(one), _times(other)):
            raise Refused(words_of.RIDES_APART, **names)
        if fold(one.area) != fold(other.area) and words.same_way_because is None:
            raise Refused(words_of.RIDES_OTHER_WAY, "same_way_because", area=one.area, other_area=other.area, **names)


def expect_joining(words: words_of.JoinRun, run: Run, ride: Ride, others: Sequence[Ride]) -> None:
    """Raise Refused unless a request may ride on a run that was ordered: within it, its way, and all willingly."""
    asked, about = ride.about, run.about
    if len(run.rides) >= words_of.MOST_RIDES:
        raise Refused(words_of.RUN_FULL, most=words_of.MOST_RIDES)
    if asked.leaves_at < about.leaves_at or asked.returns_at > about.returns_at:
        raise Refused(words_of.RIDE_OUTSIDE_RUN, leaves_at=told(asked.leaves_at), returns_at=told(asked.returns_at))
    for one in (ride, *others):
        if not one.about.may_share:
            raise Refused(words_of.RIDES_NOT_SHARED, requester=one.about.requester)
    first = next(iter(others), ride)
    if words.same_way_because is None and all(fold(ride.area) != fold(other.area) for other in others):
        raise Refused(
            words_of.RIDES_OTHER_WAY,
            "same_way_because",
            requester=asked.requester,
            area=ride.area,
            other=first.about.requester,
            other_area=first.area,
        )


def carried(named: words_of.RideSeats, ride: Ride) -> Carried:
    """Return what a request has on a run; raise Refused where more are named than have no seat yet."""
    left = ride.about.passengers - ride.seated
    passengers = named.passengers or left
    if passengers > left:
        said = {"requester": ride.about.requester, "left": left}
        raise Refused(words_of.SEATED_ALREADY, "rides", passengers=passengers, **said)
    return _carried(named.ride_id, ride.about, passengers)


def seated(words: words_of.DispatchRun, rides: dict[str, Ride], car: Car) -> tuple[Carried, ...]:
    """Return who rides; raise Refused where a car is not of the kind asked for, or has too few seats."""
    riding = tuple(carried(named, rides[named.ride_id]) for named in words.rides)
    expect_seats(car, riding, [rides[named.ride_id] for named in words.rides])
    return riding


def expect_seats(car: Car, riding: Sequence[Carried], rides: Sequence[Ride]) -> None:
    """Raise Refused where a car is not of the kind asked for, or has too few seats beside the driver's."""
    for ride in rides:
        if not fits(ride.about.car, car.seats, car.use):
            raise Refused(words_of.CAR_UNFIT, plate=car.plate, requester=ride.about.requester)
    passengers = sum(one.passengers for one in riding)
    if passengers > car.seats - 1:
        raise Refused(words_of.SEATS_TOO_FEW, plate=car.plate, free=car.seats - 1, passengers=passengers)


def known_car(diary: Diary, vehicle_id: str) -> Car:
    """Return a car; raise Refused for what is none."""
    thing: Bookable = diary.thing(vehicle_id)
    car: Car = diary.state(CAR, vehicle_id)
    expect_car(car, vehicle_id)
    if thing.kind != "vehicle":
        raise Refused(words_of.NOT_A_CAR, "vehicle_id", vehicle_id=vehicle_id)
    return car


def fit_driver(diary: Diary, given: Given, driver_id: str, car: Car, end: datetime) -> Driver:
    """Return a driver who may drive the car until then; raise Refused for one who may not."""
    driver: Driver = diary.state(DRIVER, driver_id)
    if diary.thing(driver_id).kind not in ("driver", "staff", "leader"):
        raise Refused(words_of.NOT_A_DRIVER, "driver_id", driver_id=driver_id)
    expect_licence(given, driver, driver_id, car.seats, end)
    return driver


def take(diary: Diary, given: Given, id: str, slot: Slot, but: Sequence[str] = ()) -> None:
    """Take a thing for a run; raise Refused where its terms forbid it or somebody else has it.

    `but` are the bookings the run itself serves: what they keep is kept for it.
    """
    thing = diary.thing(id)
    start, end = moment(slot.start), moment(slot.end)
    refused = against(thing, id, given, start, end, slot.board, slot.priority)
    if refused is not None:
        raise refused
    standing = diary.clashes(id, slot, but)
    if standing:
        raise Refused(words_of_scheduling.NOT_FREE, held=told_held(thing, standing))
    diary.take(id, slot)


def take_duty(diary: Diary, given: Given, driver_id: str, driver: Driver, duty: Duty) -> None:
    """Give a driver a run; raise Refused where the limits of a day, a week or a night forbid it."""
    start, end = moment(duty.start), moment(duty.end)
    months = [diary.state(DUTY_MONTH, ref.id) for ref in duty_refs(driver_id, start, end)]
    expect_rested(given, driver, months, duty)
    say_duty(diary, given, driver_id, duty, duty_month_ids(driver_id, start, end))


def say_duty(diary: Diary, given: Given, driver_id: str, duty: Duty, months: Sequence[str]) -> None:
    """Say in these months that a driver has a run."""
    start, end = moment(duty.start), moment(duty.end)
    event = words_of.DutyTaken(
        run_id=duty.run_id,
        starts_at=start,
        ends_at=end,
        driving_minutes=duty.driving,
        week_limit_minutes=limit(given, "driving_week", monday(start.astimezone(HANOI).date())),
    )
    for id in months:
        diary.say(DUTY_MONTH, id, event)


def drop_duty(diary: Diary, driver_id: str, run_id: str, start: datetime, end: datetime) -> None:
    """Say in every month of a run that a driver does not have it any more."""
    for id in duty_month_ids(driver_id, start, end):
        diary.say(DUTY_MONTH, id, words_of.DutyDropped(run_id=run_id))


def slot_of_run(diary: Diary, thing: str, about: Slot) -> Slot:
    """Return the slot of a run with the time a thing needs before and after it."""
    terms = diary.thing(thing).terms
    return replace(about, before=terms.preparation_minutes, after=terms.cleaning_minutes)


def slot(given: Given, run_id: str, start: datetime, end: datetime, title: str, holder: tuple[str, str]) -> Slot:
    """Return what a run takes of car and driver; `holder` is who is in charge, and how they are reached."""
    return Slot(
        run_id,
        minute(start),
        minute(end),
        priority="board",
        title=title,
        holder=holder[0],
        contact=holder[1],
        board=given.actor.board,
        booked_by=given.actor.id,
    )


def _times(ride: Ride) -> tuple[datetime, datetime]:
    return ride.about.leaves_at, ride.about.returns_at


def _carried(ride_id: str, asked: words_of.RideRequested, passengers: int) -> Carried:
    names = ("board_id", "from_place", "to_place", "purpose", "requester", "phone", "document_number", "booking_id")
    return Carried(ride_id=ride_id, passengers=passengers, **{name: getattr(asked, name) for name in names})
