"""The trip of a run: it leaves, comes back with its km shared among the boards, and its passengers confirm it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from contracts.base import Refused
from contracts.scheduling import vehicles as words_of
from contracts.scheduling.vehicles import Carried
from services.runtime.manifest import Decision, Given, Ref, Seen
from services.scheduling.deciders.booking import each_once
from services.scheduling.deciders.calendar import CALENDAR, Calendar, calendar_ids, minute, moment
from services.scheduling.deciders.common import HANOI
from services.scheduling.deciders.diary import Diary
from services.scheduling.deciders.driver_log import DUTY_MONTH, Duty, duty_month_ids, duty_refs
from services.scheduling.deciders.ride_request import RIDE, Ride, expect_board
from services.scheduling.deciders.run_order import (
    RUN,
    Run,
    expect_run,
    expect_standing,
    home,
    last_moment,
    standing_refs,
)
from services.scheduling.deciders.run_order_fitness import say_duty
from services.scheduling.deciders.trip_log import (
    CAR,
    Car,
    expect_car,
    expect_return,
    hire_cost,
    leave,
    month_of,
    surcharges_on,
)


def starting_involves(words: words_of.StartTrip, given: Given) -> Sequence[Ref]:
    """A run leaves over itself and its car's log."""
    return Ref(RUN, words.run_id), Ref(CAR, words.standing.vehicle_id)


def start_trip(words: words_of.StartTrip, given: Given, run: Seen, car: Seen) -> Decision:
    """A car leaves once, with a reading that never goes back; km since its last trip are flagged."""
    state: Run = run.state
    if state.status == "on_the_way" and (car.state.trip and car.state.trip.run_id) == words.run_id:
        return []
    expect_run(state, words.run_id, "ordered")
    expect_standing(state, words)
    expect_car(car.state, words.standing.vehicle_id)
    diary = Diary((run, car))
    started = words.started_at or given.now
    gap = opened(diary, given, state.vehicle_id, words.run_id, state.driver_id, words.odometer_km, started)
    event = words_of.TripStarted(
        vehicle_id=state.vehicle_id, odometer_km=words.odometer_km, started_at=started, unlogged_km=gap
    )
    diary.say(RUN, words.run_id, event)
    return diary.decision()


def opened(
    diary: Diary, given: Given, vehicle_id: str, run_id: str, driver_id: str, odometer_km: int, started_at: datetime
) -> int:
    """Say in a car's log that it leaves; return the km since its last trip that nobody logged."""
    events = leave(given, diary.state(CAR, vehicle_id), run_id, driver_id, odometer_km, started_at)
    diary.say(CAR, vehicle_id, *events)
    return sum(event.km for event in events if isinstance(event, words_of.UnloggedKmFound))


def finishing_involves(words: words_of.FinishTrip, given: Given) -> Sequence[Ref]:
    """A run comes back over all that it took, until it came back."""
    return each_once(standing_refs(words, words.finished_at or given.now))


def finish_trip(words: words_of.FinishTrip, given: Given, *seen: Seen) -> Decision:
    """The km are those of the odometer; what is left of the time of car and driver is free at once."""
    run, diary = home(seen), Diary(seen)
    if run.status == "finished":
        return []
    expect_run(run, words.run_id, "on_the_way")
    expect_standing(run, words)
    finished = words.finished_at or given.now
    route = words.route or run.about.route
    km = log_leg(diary, given, run, words.run_id, words.odometer_km, finished, words, route)
    whole = run.former_km + km
    late = (finished - run.about.returns_at).total_seconds() // 60
    event = words_of.TripFinished(
        vehicle_id=run.vehicle_id,
        odometer_km=words.odometer_km,
        finished_at=finished,
        km=whole,
        route=route,
        tolls_vnd=words.tolls_vnd,
        incidents=words.incidents,
        late_minutes=max(0, int(late)),
    )
    diary.say(RUN, words.run_id, event)
    _carry(diary, run, words.run_id, whole)
    times = (run.about.leaves_at, run.about.returns_at)
    for thing in (run.vehicle_id, run.driver_id):
        free_rest(diary, words.run_id, thing, times, finished, run.started_at)
    _duty_done(diary, given, run, words, finished)
    return diary.decision()


def log_leg(
    diary: Diary,
    given: Given,
    run: Run,
    run_id: str,
    odometer_km: int,
    finished_at: datetime,
    words: words_of.FinishTrip | None = None,
    route: str | None = None,
    incident: str | None = None,
) -> int:
    """Say in a car's log what it drove for a run; return the km."""
    car: Car = diary.state(CAR, run.vehicle_id)
    if car.trip is None or car.trip.run_id != run_id:
        raise Refused(words_of.RUN_CHANGED, run_number=run.number)
    km = expect_return(given, car, odometer_km, finished_at, "odometer_km" if words else "odometer_end_km")
    day = finished_at.astimezone(HANOI).date()
    conditions = words.conditions if words else ()
    logged = words_of.TripLogged(
        run_id=run_id,
        run_number=run.number,
        plate=run.plate,
        driver_id=run.driver_id,
        driver_name=run.driver_name,
        started_at=car.trip.started_at,
        finished_at=finished_at,
        odometer_start_km=car.trip.odometer_km,
        odometer_end_km=odometer_km,
        km=km,
        month=month_of(finished_at),
        route=route or run.about.route,
        board_ids=tuple(dict.fromkeys(one.board_id for one in run.rides)),
        surcharges=surcharges_on(given, conditions, day, "trip", "conditions"),
        tolls_vnd=words.tolls_vnd if words else 0,
        hire_vnd=hire_cost(car, km, finished_at),
        incidents=words.incidents if words else incident,
    )
    diary.say(CAR, run.vehicle_id, logged)
    return km


def shares(km: int, carried: Sequence[Carried]) -> list[int]:
    """Return each request's share of the km by its passengers: whole km that add up, the largest remainders first."""
    people = sum(one.passengers for one in carried)
    parts = [km * one.passengers // people for one in carried]
    rest = [km * one.passengers % people for one in carried]
    for place in sorted(range(len(carried)), key=lambda place: (-rest[place], place))[: km - sum(parts)]:
        parts[place] += 1
    return parts


def _carry(diary: Diary, run: Run, run_id: str, km: int) -> None:
    for one, part in zip(run.rides, shares(km, run.rides), strict=True):
        ride: Ride = diary.state(RIDE, one.ride_id)
        others_back = all(on.back for on in ride.runs if on.run_id != run_id)
        done = others_back and ride.seated >= ride.about.passengers
        carried = words_of.RideCarried(run_id=run_id, km=part, total_km=ride.km + part, done=done)
        diary.say(RIDE, one.ride_id, carried)


def free_rest(
    diary: Diary,
    run_id: str,
    thing: str,
    times: tuple[datetime, datetime],
    since: datetime,
    started_at: datetime | None,
) -> None:
    """Free what a run has not used of a thing: all of it before it left, else what is left of its time."""
    start, end = minute(times[0]), minute(times[1])
    used_to = minute(since + timedelta(seconds=59)) if started_at is not None else start
    if used_to >= end:
        return
    ids = calendar_ids(thing, start, end)
    calendars: list[Calendar] = [diary.state(CALENDAR, id) for id in ids]
    slot = next((slot for one in calendars for slot in one.taken if slot.booking_id == run_id), None)
    diary.release(run_id, (thing,), start, end)
    if slot is not None and used_to > slot.start:
        diary.take(thing, replace(slot, end=used_to))


def _duty_done(diary: Diary, given: Given, run: Run, words: words_of.FinishTrip, finished: datetime) -> None:
    """Say in every month of the run, ordered or driven, what its driver really had."""
    about = run.about
    ids = duty_month_ids(run.driver_id, about.leaves_at, about.returns_at)
    state = (diary.state(DUTY_MONTH, id) for id in ids)
    planned = next((duty for month in state for duty in month.duties if duty.run_id == words.run_id), None)
    took_over = planned is not None and run.driver_id != about.driver_id
    start = planned.start if planned and took_over else minute(run.started_at or about.leaves_at)
    end = max(minute(finished + timedelta(seconds=59)), start + 1)
    driving = words.driving_minutes or min(run.driving_minutes, end - start)
    until = last_moment(words.standing, finished)
    known = {ref.id for ref in duty_refs(run.driver_id, about.leaves_at, until)}
    driven = (id for id in duty_month_ids(run.driver_id, moment(start), moment(end)) if id in known)
    duty = Duty(words.run_id, start, end, driving)
    say_duty(diary, given, run.driver_id, duty, tuple(dict.fromkeys((*ids, *driven))))


def confirming_involves(words: words_of.ConfirmTrip, given: Given) -> Sequence[Ref]:
    """A trip is confirmed over the run and the request it carried."""
    return Ref(RUN, words.run_id), Ref(RIDE, words.ride_id)


def confirm_trip(words: words_of.ConfirmTrip, given: Given, run: Seen, ride: Seen) -> Decision:
    """Those who were carried confirm it, when the run is back."""
    state: Run = run.state
    expect_run(state, words.run_id, "ordered", "on_the_way", "finished")
    if all(one.ride_id != words.ride_id for one in state.rides):
        raise Refused(words_of.RIDE_NOT_ON_RUN, "ride_id", run_number=state.number, ride_id=words.ride_id)
    if state.status != "finished":
        raise Refused(words_of.TRIP_NOT_FINISHED, run_number=state.number)
    expect_board(given, ride.state.about.board_id)
    event = words_of.TripConfirmed(
        vehicle_id=state.vehicle_id,
        ride_id=words.ride_id,
        confirmed_by=words.confirmed_by,
        satisfied=words.satisfied,
        remark=words.remark,
    )
    said = (words.ride_id, words.confirmed_by, words.satisfied, words.remark)
    if any((one.ride_id, one.by, one.satisfied, one.remark) == said for one in state.confirmed):
        return []
    return [(run, event)]
