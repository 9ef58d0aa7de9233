"""Changing a run: called off, given another car when its own breaks down, or left by one of its requests."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from contracts.base import Refused
from contracts.scheduling import vehicles as words_of
from services.runtime.manifest import Decision, Given, Ref, Seen
from services.scheduling.deciders.booking import each_once
from services.scheduling.deciders.calendar import minute
from services.scheduling.deciders.diary import Diary
from services.scheduling.deciders.driver_log import Driver, Duty, duty_month_ids
from services.scheduling.deciders.ride_request import RIDE, STATUS_NAMES, Ride, expect_board, expect_ride
from services.scheduling.deciders.run_order import (
    RUN,
    Run,
    car_refs,
    driver_refs,
    expect_run,
    expect_standing,
    home,
    standing_refs,
)
from services.scheduling.deciders.run_order_fitness import (
    drop_duty,
    expect_seats,
    fit_driver,
    known_car,
    say_duty,
    slot,
    slot_of_run,
    take,
    take_duty,
)
from services.scheduling.deciders.run_trip import free_rest, log_leg, opened
from services.scheduling.deciders.trip_log import CAR, Car

_AT_LEAST = timedelta(hours=1)


def cancelling_involves(words: words_of.CancelRun, given: Given) -> Sequence[Ref]:
    """A run is called off over all that it took."""
    return each_once(standing_refs(words))


def cancel_run(words: words_of.CancelRun, given: Given, *seen: Seen) -> Decision:
    """Car and driver are free at once, and the requests wait for another run; the number stays used."""
    run = home(seen)
    if run.status == "cancelled":
        return []
    expect_run(run, words.run_id, "ordered")
    expect_standing(run, words)
    diary = Diary(seen)
    call_off(diary, run, words.run_id, words_of.RunCancelled(reason=words.reason))
    return diary.decision()


def call_off(diary: Diary, run: Run, run_id: str, event: words_of.RunCancelled) -> None:
    """Say that a run is called off: its requests wait again, and car and driver are free."""
    diary.say(RUN, run_id, event)
    for one in run.rides:
        ride: Ride = diary.state(RIDE, one.ride_id)
        returned = words_of.RideReturned(
            run_id=run_id, passengers=one.passengers, seated=ride.seated - one.passengers, reason=event.reason
        )
        diary.say(RIDE, one.ride_id, returned)
    start, end = run.about.leaves_at, run.about.returns_at
    diary.release(run_id, (run.vehicle_id, run.driver_id), minute(start), minute(end))
    drop_duty(diary, run.driver_id, run_id, start, end)


def substituting_involves(words: words_of.SubstituteCar, given: Given) -> Sequence[Ref]:
    """Another car comes over the run, what it took, and what it is to take."""
    start, end = _rest_of(words.standing, given)
    refs = [*standing_refs(words), *car_refs(words.to_vehicle_id, start, end)]
    if words.to_driver_id is not None:
        if words.to_driver_id in (words.to_vehicle_id, words.standing.vehicle_id):
            raise Refused(words_of.NOT_A_DRIVER, "to_driver_id", driver_id=words.to_driver_id)
        refs += driver_refs(words.to_driver_id, start, end)
    if words.to_vehicle_id == words.standing.driver_id:
        raise Refused(words_of.NOT_A_CAR, "to_vehicle_id", vehicle_id=words.to_vehicle_id)
    return each_once(refs)


def substitute_car(words: words_of.SubstituteCar, given: Given, *seen: Seen) -> Decision:
    """The car that cannot go is released and another taken in one decision; the passengers are told."""
    run, diary = home(seen), Diary(seen)
    if _substituted(run, words):
        return []
    expect_run(run, words.run_id, "ordered", "on_the_way")
    expect_standing(run, words)
    if words.to_vehicle_id in run.cars:
        car: Car = diary.state(CAR, words.to_vehicle_id)
        raise Refused(words_of.SAME_CAR, "to_vehicle_id", plate=car.plate)
    start, end = _rest_of(words.standing, given)
    new = known_car(diary, words.to_vehicle_id)
    expect_seats(new, run.rides, [diary.state(RIDE, one.ride_id) for one in run.rides])
    driver_id = words.to_driver_id or run.driver_id
    driver = fit_driver(diary, given, driver_id, new, end)
    former_km = _leg_ends(diary, given, run, words)
    event = _substitution(run, words, given, (new, driver), driver_id, former_km)
    diary.say(RUN, words.run_id, event)
    _move(diary, given, run, words, driver, (start, end))
    if run.status == "on_the_way":
        assert words.odometer_start_km is not None
        opened(diary, given, words.to_vehicle_id, words.run_id, driver_id, words.odometer_start_km, given.now)
    _tell(diary, words, run, event)
    return diary.decision()


def _substituted(run: Run, words: words_of.SubstituteCar) -> bool:
    """The same wish again: the car it names serves the run since the one its speaker saw."""
    same_driver = run.driver_id == (words.to_driver_id or words.standing.driver_id)
    return run.cars[-2:] == (words.standing.vehicle_id, words.to_vehicle_id) and same_driver


def _rest_of(standing: words_of.RunAsSeen, given: Given) -> tuple[datetime, datetime]:
    """What is left of a run, an hour at least; all of it before it begins."""
    start = max(standing.leaves_at, given.now.replace(second=0, microsecond=0))
    return start, max(standing.returns_at, start + _AT_LEAST)


def _leg_ends(diary: Diary, given: Given, run: Run, words: words_of.SubstituteCar) -> int:
    """Return what the run's cars drove so far; what the car that stops drove for it is logged."""
    if run.status == "ordered":
        return 0
    if words.odometer_end_km is None or words.odometer_start_km is None:
        raise Refused(words_of.ODOMETER_NEEDED, run_number=run.number)
    incident = "; ".join(part for part in (words.place, words.reason) if part)
    km = log_leg(diary, given, run, words.run_id, words.odometer_end_km, given.now, incident=incident)
    return run.former_km + km


def _substitution(
    run: Run,
    words: words_of.SubstituteCar,
    given: Given,
    who: tuple[Car, Driver],
    driver_id: str,
    former_km: int,
) -> words_of.CarSubstituted:
    car, driver = who
    return words_of.CarSubstituted(
        from_vehicle_id=run.vehicle_id,
        from_plate=run.plate,
        from_driver_id=run.driver_id,
        vehicle_id=words.to_vehicle_id,
        plate=car.plate,
        seats=car.seats,
        driver_id=driver_id,
        driver_name=driver.name,
        driver_phone=driver.phone,
        licence_class=driver.licence_class,
        changed_at=given.now,
        on_the_way=run.status == "on_the_way",
        former_km=former_km,
        odometer_start_km=words.odometer_start_km if run.status == "on_the_way" else None,
        driving_minutes=run.driving_minutes,
        place=words.place,
        reason=words.reason,
        approver_id=given.actor.id if "leader" in given.actor.roles else run.about.approver_id,
        approver=given.actor.name if "leader" in given.actor.roles else run.about.approver,
    )


def _move(
    diary: Diary,
    given: Given,
    run: Run,
    words: words_of.SubstituteCar,
    driver: Driver,
    rest: tuple[datetime, datetime],
) -> None:
    """Release what stops, and take what goes on, for the rest of the run."""
    start, end = rest
    about = run.about
    reached = about.rides[0].phone or driver.phone or "Văn phòng"
    slot_now = slot(given, words.run_id, start, end, f"Lệnh điều xe {run.number}", (about.in_charge, reached))
    served = [one.booking_id for one in run.rides if one.booking_id is not None]
    free_rest(diary, words.run_id, run.vehicle_id, (about.leaves_at, about.returns_at), given.now, run.started_at)
    take(diary, given, words.to_vehicle_id, slot_of_run(diary, words.to_vehicle_id, slot_now), served)
    if words.to_driver_id in (None, run.driver_id):
        return
    assert words.to_driver_id is not None
    free_rest(diary, words.run_id, run.driver_id, (about.leaves_at, about.returns_at), given.now, run.started_at)
    if run.started_at is None:
        drop_duty(diary, run.driver_id, words.run_id, about.leaves_at, about.returns_at)
    else:
        _duty_ends(diary, given, run, words.run_id)
    take(diary, given, words.to_driver_id, slot_of_run(diary, words.to_driver_id, slot_now), served)
    length = max(1, minute(end) - minute(start))
    duty = Duty(words.run_id, minute(start), minute(end), min(run.driving_minutes, length))
    take_duty(diary, given, words.to_driver_id, driver, duty)


def _duty_ends(diary: Diary, given: Given, run: Run, run_id: str) -> None:
    """The driver who stops had the run until now."""
    begun, about = run.started_at or run.about.leaves_at, run.about
    start, end = minute(begun), max(minute(given.now), minute(begun) + 1)
    duty = Duty(run_id, start, end, min(run.driving_minutes, end - start))
    say_duty(diary, given, run.driver_id, duty, duty_month_ids(run.driver_id, about.leaves_at, about.returns_at))


def _tell(diary: Diary, words: words_of.SubstituteCar, run: Run, event: words_of.CarSubstituted) -> None:
    for one in run.rides:
        changed = words_of.RideCarChanged(
            run_id=words.run_id,
            run_number=run.number,
            vehicle_id=event.vehicle_id,
            plate=event.plate,
            driver_id=event.driver_id,
            driver_name=event.driver_name,
            driver_phone=event.driver_phone,
            former_plate=run.plate,
            changed_at=event.changed_at,
            place=event.place,
            reason=event.reason,
        )
        diary.say(RIDE, one.ride_id, changed)


def leaving_involves(words: words_of.CancelRide, given: Given) -> Sequence[Ref]:
    """A request is taken back over itself and the runs that were to carry it."""
    return each_once((Ref(RIDE, words.ride_id), *(Ref(RUN, id) for id in words.run_ids)))


def cancel_ride(words: words_of.CancelRide, given: Given, ride: Seen, *runs: Seen) -> Decision:
    """A request is taken back until a run has left with it; whoever shares the run goes on without it."""
    state: Ride = ride.state
    if state.status == "cancelled":
        return []
    expect_ride(state, words.ride_id, "requested", "approved", "granted")
    expect_board(given, state.about.board_id)
    if {run.run_id for run in state.runs} != {run.ref.id for run in runs}:
        raise Refused(words_of.RIDE_RUNS_CHANGED, "run_ids")
    dropped: list[tuple[Seen, words_of.RunRiderDropped]] = []
    for seen in runs:
        run: Run = seen.state
        if run.status == "on_the_way":
            raise Refused(words_of.RIDE_ON_ITS_WAY, driver_name=run.driver_name)
        if run.status != "ordered":
            vi, en = STATUS_NAMES["carried"]
            raise Refused(words_of.RIDE_CLOSED, status=en, status_vi=vi)
        if len(run.rides) == 1:
            raise Refused(words_of.RIDE_ALONE_ON_RUN, run_number=run.number)
        dropped.append((seen, words_of.RunRiderDropped(ride_id=words.ride_id, reason=words.reason)))
    return [(ride, words_of.RideCancelled(reason=words.reason)), *dropped]
