"""Ordering a run: its requests, its car and its driver taken in one decision, or nothing."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from contracts.base import Refused
from contracts.scheduling import vehicles as words_of
from contracts.scheduling.vehicles import Carried, RideStatus
from services.runtime.manifest import Decision, Given, Ref, Seen
from services.scheduling.deciders.bookable import Bookable
from services.scheduling.deciders.booking import each_once
from services.scheduling.deciders.calendar import minute
from services.scheduling.deciders.common import today
from services.scheduling.deciders.diary import Diary
from services.scheduling.deciders.driver_log import Driver, Duty, usual_driving
from services.scheduling.deciders.ride_request import RIDE, Ride, approved, expect_ride
from services.scheduling.deciders.run_change import call_off
from services.scheduling.deciders.run_order import (
    RUN,
    RUN_BOOK,
    Run,
    car_refs,
    driver_refs,
    expect_length,
    expect_not_over,
    expect_run,
    expect_standing,
    home,
    rides_of,
    standing_refs,
)
from services.scheduling.deciders.run_order_fitness import (
    carried,
    expect_joining,
    expect_seats,
    expect_shared,
    fit_driver,
    known_car,
    seated,
    slot,
    slot_of_run,
    take,
    take_duty,
)
from services.scheduling.deciders.trip_log import CAR, Car


def dispatching_involves(words: words_of.DispatchRun, given: Given) -> Sequence[Ref]:
    """A run is ordered over the year's book, its requests, and car and driver with their time."""
    expect_length(words.leaves_at, words.returns_at)
    counted = Counter(named.ride_id for named in words.rides)
    for id, count in counted.items():
        if count > 1:
            raise Refused(words_of.RIDE_TWICE, "rides", ride_id=id)
    if words.vehicle_id == words.driver_id:
        raise Refused(words_of.NOT_A_DRIVER, "driver_id", driver_id=words.driver_id)
    home = Ref(RUN, words_of.run_id(given.command_id), new=True)
    rides = (Ref(RIDE, named.ride_id) for named in words.rides)
    car = car_refs(words.vehicle_id, words.leaves_at, words.returns_at)
    driver = driver_refs(words.driver_id, words.leaves_at, words.returns_at)
    over = standing_refs(words.over) if words.over is not None else ()
    return each_once((home, Ref(RUN_BOOK, str(today(given).year)), *rides, *car, *driver, *over))


def dispatch_run(words: words_of.DispatchRun, given: Given, *seen: Seen) -> Decision:
    """A run gets the next number of its year; a leader who orders it approves its requests by that."""
    run, book = seen[0], seen[1]
    if run.state.status is not None:
        return []
    expect_not_over(given, words.returns_at)
    diary = Diary(seen)
    _give_way(diary, given, run.ref.id, words.over)
    rides = rides_of(diary, [named.ride_id for named in words.rides])
    expect_shared(words, rides)
    if "leader" not in given.actor.roles:
        for id, ride in rides.items():
            expect_ride(ride, id, "approved")
    car = known_car(diary, words.vehicle_id)
    driver = fit_driver(diary, given, words.driver_id, car, words.returns_at)
    riding = seated(words, rides, car)
    number = book.state.last_number + 1
    order = _order(words, given, (number, int(book.ref.id)), diary, (car, driver), rides, riding)
    diary.say(RUN, run.ref.id, order)
    diary.say(RUN_BOOK, book.ref.id, words_of.RunNumbered(number=number, run_id=run.ref.id))
    _seat(diary, given, run.ref.id, order, rides)
    _take(diary, given, run.ref.id, order, driver)
    return diary.decision()


def _give_way(diary: Diary, given: Given, run_id: str, over: words_of.OverRun | None) -> None:
    """Call off a run that has not left for the one that a leader orders in its place."""
    if over is None:
        return
    if "leader" not in given.actor.roles:
        raise Refused(words_of.RUN_OVER_BY_LEADER, "over")
    other: Run = diary.state(RUN, over.run_id)
    expect_run(other, over.run_id, "ordered")
    expect_standing(other, over)
    call_off(diary, other, over.run_id, words_of.RunCancelled(reason=over.reason, gave_way_to=run_id))


def _order(
    words: words_of.DispatchRun,
    given: Given,
    number: tuple[int, int],
    diary: Diary,
    who: tuple[Car, Driver],
    rides: dict[str, Ride],
    riding: tuple[Carried, ...],
) -> words_of.RunOrdered:
    car, driver = who
    driving = words.driving_minutes or usual_driving(given, words.leaves_at, words.returns_at)
    said = {name: getattr(words, name) for name in ("route", "planned_km", "same_way_because", "note")}
    return words_of.RunOrdered(
        number=number[0],
        year=number[1],
        vehicle_id=words.vehicle_id,
        plate=car.plate,
        seats=car.seats,
        driver_id=words.driver_id,
        driver_name=driver.name,
        driver_phone=driver.phone,
        licence_class=driver.licence_class,
        leaves_at=words.leaves_at,
        returns_at=words.returns_at,
        rides=riding,
        in_charge=words.in_charge or riding[0].requester,
        driving_minutes=driving,
        **_approver(given, rides),
        ordered_by=given.actor.id,
        inspection_until=paper(diary.thing(words.vehicle_id), "inspection"),
        insurance_until=paper(diary.thing(words.vehicle_id), "insurance"),
        ordered_on=today(given),
        **said,
    )


def _approver(given: Given, rides: dict[str, Ride]) -> dict[str, str]:
    """The leader who orders the run, else who approved the first of its requests."""
    first = next(iter(rides.values())).approver
    if "leader" in given.actor.roles or first is None:
        return {"approver_id": given.actor.id, "approver": given.actor.name}
    return {"approver_id": first[0], "approver": first[1]}


def paper(thing: Bookable, kind: str) -> date | None:
    """Return the last day on which a paper of a thing holds; None where nobody recorded it."""
    return dict(thing.valid).get(kind)  # type: ignore[call-overload, no-any-return]


def _seat(diary: Diary, given: Given, run_id: str, order: words_of.RunOrdered, rides: dict[str, Ride]) -> None:
    for one in order.rides:
        ride = rides[one.ride_id]
        if ride.status == "requested":
            diary.say(RIDE, one.ride_id, approved(given))
        granted = words_of.RideGranted(
            run_id=run_id,
            run_number=words_of.run_number(order.number, order.year),
            vehicle_id=order.vehicle_id,
            plate=order.plate,
            driver_id=order.driver_id,
            driver_name=order.driver_name,
            driver_phone=order.driver_phone,
            passengers=one.passengers,
            seated=ride.seated + one.passengers,
            leaves_at=order.leaves_at,
            returns_at=order.returns_at,
            shared=len(order.rides) > 1,
        )
        diary.say(RIDE, one.ride_id, granted)


def joining_involves(words: words_of.JoinRun, given: Given) -> Sequence[Ref]:
    """A request joins a run over the run, its car, and all that ride; car and driver are taken already."""
    seen = words.standing
    rides = (Ref(RIDE, id) for id in (words.ride.ride_id, *seen.ride_ids))
    return each_once((Ref(RUN, words.run_id), Ref(CAR, seen.vehicle_id), *rides))


def join_run(words: words_of.JoinRun, given: Given, *seen: Seen) -> Decision:
    """One more request rides in free seats of a run that has not left; it is approved as one of an order is."""
    run, diary = home(seen), Diary(seen)
    id = words.ride.ride_id
    if any(one.ride_id == id for one in run.rides):
        return []
    expect_run(run, words.run_id, "ordered")
    expect_standing(run, words)
    rides = rides_of(diary, (*words.standing.ride_ids, id))
    ride = rides[id]
    allowed: tuple[RideStatus, ...] = ("requested", "approved") if "leader" in given.actor.roles else ("approved",)
    expect_ride(ride, id, *allowed)
    expect_joining(words, run, ride, [rides[one.ride_id] for one in run.rides])
    one = carried(words.ride, ride)
    expect_seats(diary.state(CAR, run.vehicle_id), (*run.rides, one), list(rides.values()))
    diary.say(RUN, words.run_id, words_of.RunRiderAdded(ride=one, same_way_because=words.same_way_because))
    if ride.status == "requested":
        diary.say(RIDE, id, approved(given))
    granted = words_of.RideGranted(
        run_id=words.run_id,
        run_number=run.number,
        vehicle_id=run.vehicle_id,
        plate=run.plate,
        driver_id=run.driver_id,
        driver_name=run.driver_name,
        driver_phone=run.driver_phone,
        passengers=one.passengers,
        seated=ride.seated + one.passengers,
        leaves_at=run.about.leaves_at,
        returns_at=run.about.returns_at,
        shared=True,
    )
    diary.say(RIDE, id, granted)
    return diary.decision()


def _take(diary: Diary, given: Given, run_id: str, order: words_of.RunOrdered, driver: Driver) -> None:
    title = f"Lệnh điều xe {words_of.run_number(order.number, order.year)}"
    reached = order.rides[0].phone or order.driver_phone or "Văn phòng"
    about = slot(given, run_id, order.leaves_at, order.returns_at, title, (order.in_charge, reached))
    served = [one.booking_id for one in order.rides if one.booking_id is not None]
    for thing in (order.vehicle_id, order.driver_id):
        take(diary, given, thing, slot_of_run(diary, thing, about), served)
    duty = Duty(run_id, minute(order.leaves_at), minute(order.returns_at), order.driving_minutes)
    take_duty(diary, given, order.driver_id, driver, duty)
