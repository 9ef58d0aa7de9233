"""The rules of requests for cars and of run orders: who asks, who approves, who shares, and what is refused."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import ValidationError

from contracts import assets
from contracts import scheduling as core
from contracts.scheduling import vehicles as words
from services.runtime.envelope import Fact
from services.scheduling.policies.know_cars import KNOW_CARS

if TYPE_CHECKING:
    from tests.scenario import Outcome
    from tests.scheduling.vehicles.garage import Garage


# --- requests -------------------------------------------------------------------------------------------------------


def test_a_board_asks_for_itself_and_the_office_for_anybody(garage: "Garage", speaker: Callable[..., Any]) -> None:
    garage.when(garage.asking(), actor=speaker("board", board="BTCTU")).one(words.RideRequested)
    garage.when(garage.asking(), actor=speaker("board", board="BTGTU")).refused(words.RIDE_NOT_YOURS)
    garage.when(garage.asking(), actor=speaker("clerk", board="VPTU")).accepted()


def test_a_request_is_for_a_time_to_come_and_comes_back(garage: "Garage") -> None:
    past = {"leaves_at": garage.at("2026-11-22 07:30"), "returns_at": garage.at("2026-11-22 11:30")}
    garage.when(garage.asking(**past)).refused(words.RIDE_IN_THE_PAST, "returns_at")
    with pytest.raises(ValidationError):
        garage.asking(returns_at=garage.at("2026-11-24 07:30"))


def test_a_request_is_approved_or_declined_once(garage: "Garage") -> None:
    ride = garage.when(garage.asking()).id
    garage.when(words.ApproveRide(ride_id=ride)).one(words.RideApproved)
    garage.when(words.ApproveRide(ride_id=ride)).nothing()
    garage.when(words.DeclineRide(ride_id=ride, reason="Hết xe.", instead="hired_car")).accepted()
    garage.when(words.DeclineRide(ride_id=ride, reason="Hết xe.")).nothing()
    garage.when(words.ApproveRide(ride_id=ride)).refused(words.RIDE_CLOSED)
    garage.when(words.ApproveRide(ride_id="f" * 32)).refused(words.RIDE_UNKNOWN, "ride_id")
    garage.when(words.DeclineRide(ride_id="f" * 32, reason="Hết xe.")).refused(words.RIDE_UNKNOWN, "ride_id")


def test_a_request_with_seats_is_not_declined(garage: "Garage") -> None:
    ride = garage.ride()
    garage.send(ride).accepted()
    garage.when(words.DeclineRide(ride_id=ride, reason="Hết xe.")).refused(words.RIDE_CLOSED)


# --- orders ---------------------------------------------------------------------------------------------------------


def test_an_order_takes_car_and_driver_and_tells_the_board(garage: "Garage") -> None:
    ride = garage.ride()
    sent = garage.send(ride)
    order = sent.one(words.RunOrdered)
    assert (order.number, order.year, order.plate, order.in_charge) == (1, 2026, "12A-000.11", "Nguyễn Thị Lan")
    granted = sent.one(words.RideGranted)
    assert (granted.run_number, granted.driver_name, granted.seated) == ("1/2026", "Lê Văn Hùng", 3)
    assert {slot.booking_id for slot in sent.all(core.SlotTaken)} == {sent.id}
    assert sent.one(words.DutyTaken).driving_minutes == 240
    assert garage.scenario.states["ride", ride].status == "granted"


def test_a_leader_who_orders_a_run_approves_its_requests_and_a_clerk_needs_them_approved(
    garage: "Garage", speaker: Callable[..., Any]
) -> None:
    ride = garage.when(garage.asking()).id
    clerk = speaker("clerk", id="user:van.thu")
    garage.when(garage.sending(ride), actor=clerk).refused(words.RIDE_CLOSED)
    assert garage.send(ride).one(words.RideApproved)
    other = garage.ride(leaves_at=garage.at("2026-11-25 07:30"), returns_at=garage.at("2026-11-25 11:30"))
    order = garage.when(garage.sending(other), actor=clerk).one(words.RunOrdered)
    assert (order.approver_id, order.ordered_by) == ("user:nguyen.thi.hoa", "user:van.thu")


def test_the_same_order_again_is_the_same_order(garage: "Garage") -> None:
    wish = garage.sending(garage.ride())
    garage.when(wish, number=900).accepted()
    garage.when(wish, number=900).nothing()


def test_a_car_and_a_driver_are_on_one_run_at_a_time_and_who_has_them_is_told(garage: "Garage") -> None:
    garage.run()
    said = garage.send(garage.ride(), driver=1).refused(core.NOT_FREE)
    assert "Xe 12A-000.11" in said
    assert "Nguyễn Thị Lan, 0987 654 321" in said
    assert "Lê Văn Hùng" in garage.send(garage.ride(), car=1).refused(core.NOT_FREE)
    garage.send(garage.ride(), car=1, driver=1).accepted()


def test_what_a_booking_keeps_for_a_ride_is_kept_for_its_run(garage: "Garage") -> None:
    taken = core.SlotTaken(
        booking_id="b" * 32,
        starts_at=garage.at("2026-11-24 07:00"),
        ends_at=garage.at("2026-11-24 12:00"),
        priority="standing",
        title="Đi cơ sở",
        holder="Thường trực",
        contact="0203",
        booked_by="user:hoa",
    )
    garage.scenario.given(taken, on=f"calendar/{garage.CARS[0]}-2026-11")
    garage.send(garage.ride()).refused(core.NOT_FREE)
    garage.send(garage.ride(booking_id="b" * 32)).accepted()
    garage.send(garage.ride(booking_id="b" * 32), driver=1).refused(core.NOT_FREE)


def test_a_car_whose_inspection_or_insurance_ends_before_the_run_does_is_not_sent(garage: "Garage") -> None:
    for kind in ("inspection", "insurance"):
        ended = core.ValidityRecorded(validity=kind, last_day=date(2026, 11, 23), version=3)
        garage.scenario.given(ended, on=f"bookable/{garage.CARS[0]}")
        assert "23/11/2026" in garage.send(garage.ride()).refused(core.VALIDITY_ENDED)
        last = core.ValidityRecorded(validity=kind, last_day=date(2026, 11, 24), version=4)
        garage.scenario.given(last, on=f"bookable/{garage.CARS[0]}")
    garage.send(garage.ride()).warns("inspection-ends-soon", "insurance-ends-soon")


def test_a_car_of_which_no_paper_is_recorded_goes_with_a_warning(garage: "Garage") -> None:
    hired = "own-xe-thue"
    made = core.BookableMade(kind="vehicle", type="car-7", name="Xe thuê", terms=core.Terms())
    garage.scenario.given(made, on=f"bookable/{hired}")
    garage.send(garage.ride(), vehicle_id=hired).refused(words.NOT_A_CAR, "vehicle_id")
    garage.when(words.RecordCar(vehicle_id=hired, plate="12B-999.99", seats=7)).accepted()
    garage.when(words.RecordCar(vehicle_id=hired, plate="12B-999.99", seats=7)).nothing()
    garage.send(garage.ride(), vehicle_id=hired).warns("inspection-unknown", "insurance-unknown")


@pytest.mark.parametrize(
    ("licence", "issued", "car", "fits"),
    [
        ("B2", date(2020, 5, 4), 0, True),
        ("B2", date(2020, 5, 4), 2, False),
        ("D", date(2020, 5, 4), 2, True),
        ("B", date(2025, 5, 4), 0, True),
        ("B", date(2025, 5, 4), 2, False),
        ("D1", date(2025, 5, 4), 2, True),
        ("B2", date(2025, 5, 4), 0, False),
    ],
)
def test_a_licence_lets_one_drive_what_its_class_meant_when_it_was_issued(
    garage: "Garage", licence: str, issued: date, car: int, fits: bool
) -> None:
    garage.has_driver(garage.DRIVERS[0], "Lê Văn Hùng", licence_class=licence, issued_on=issued)
    sent = garage.send(garage.ride(), car=car)
    if fits:
        sent.accepted()
    else:
        assert licence in sent.refused(words.LICENCE_UNFIT)


def test_a_licence_that_ends_before_the_run_does_and_a_driver_without_one_are_refused(garage: "Garage") -> None:
    garage.has_driver(garage.DRIVERS[0], "Lê Văn Hùng", expires_on=date(2026, 11, 23))
    assert "23/11/2026" in garage.send(garage.ride()).refused(words.LICENCE_EXPIRED)
    garage.has_driver(garage.DRIVERS[0], "Lê Văn Hùng", expires_on=date(2026, 11, 24))
    garage.send(garage.ride()).accepted()
    stranger = f"person-{'e' * 32}"
    garage.scenario.given(
        core.BookableMade(kind="staff", type="staff", name="Ai đó", terms=core.Terms()), on=f"bookable/{stranger}"
    )
    garage.send(garage.ride(), car=1, driver_id=stranger).refused(words.NOT_A_DRIVER, "driver_id")
    garage.send(garage.ride(), car=1, driver_id=garage.CARS[2]).refused(words.NOT_A_DRIVER, "driver_id")
    garage.send(garage.ride(), car=1, driver_id=garage.CARS[1]).refused(words.NOT_A_DRIVER, "driver_id")


def test_a_driver_is_recorded_once_and_put_right(garage: "Garage") -> None:
    said = {"driver_id": garage.DRIVERS[0], "licence_number": "12", "issued_on": date(2025, 1, 2)}
    wish = words.RecordDriver(name="Lê Văn Hùng", licence_class="D2", **said)
    garage.when(wish).one(words.DriverRecorded)
    garage.when(wish).nothing()


def test_passengers_have_seats_beside_the_driver(garage: "Garage") -> None:
    said = garage.send(garage.ride(passengers=7)).refused(words.SEATS_TOO_FEW)
    assert "còn 6 chỗ" in said
    garage.send(garage.ride(passengers=6)).accepted()


def test_a_large_group_goes_on_several_runs(garage: "Garage") -> None:
    ride = garage.ride(passengers=10)
    six = (words.RideSeats(ride_id=ride, passengers=6),)
    garage.send(ride, rides=six).accepted()
    assert garage.scenario.states["ride", ride].status == "approved"
    garage.send(ride, car=1, driver=1, rides=six).refused(words.SEATED_ALREADY, "rides")
    rest = garage.send(ride, car=1, driver=1)
    assert (rest.one(words.RideGranted).passengers, rest.one(words.RideGranted).seated) == (4, 10)
    assert garage.scenario.states["ride", ride].status == "granted"


def test_a_car_is_of_the_kind_that_was_asked_for(garage: "Garage") -> None:
    garage.send(garage.ride(car=words.CarWish(seats=16))).refused(words.CAR_UNFIT)
    garage.send(garage.ride(car=words.CarWish(use="titled"))).refused(words.CAR_UNFIT)
    garage.send(garage.ride(car=words.CarWish(seats=16)), car=2).accepted()


# --- sharing --------------------------------------------------------------------------------------------------------


def test_requests_share_a_car_that_go_the_same_way_at_the_same_time(garage: "Garage") -> None:
    one = garage.ride()
    later = {"leaves_at": garage.at("2026-11-24 08:00"), "returns_at": garage.at("2026-11-24 12:00")}
    other = garage.ride(board_id="btgtu", requester="Đỗ Văn Nam", to_place="xã HOÀ BÌNH", **later)
    sent = garage.send(one, other)
    assert [ride.board_id for ride in sent.one(words.RunOrdered).rides] == ["btctu", "btgtu"]
    assert {granted.seated for granted in sent.all(words.RideGranted)} == {3}
    assert sent.one(words.RunOrdered).returns_at == later["returns_at"]


def test_requests_to_another_place_share_only_for_a_reason(garage: "Garage") -> None:
    rides = (garage.ride(), garage.ride(requester="Đỗ Văn Nam", to_place="Xã Vĩnh Lại"))
    assert "Xã Vĩnh Lại" in garage.send(*rides).refused(words.RIDES_OTHER_WAY, "same_way_because")
    garage.send(*rides, same_way_because="Xã Vĩnh Lại nằm trên đường đi.").accepted()


def test_who_asked_to_go_alone_goes_alone_and_who_goes_at_another_time_too(garage: "Garage") -> None:
    one, alone = garage.ride(), garage.ride(requester="Đỗ Văn Nam", may_share=False)
    assert "Đỗ Văn Nam" in garage.send(one, alone).refused(words.RIDES_NOT_SHARED)
    times = {"leaves_at": garage.at("2026-11-24 11:30"), "returns_at": garage.at("2026-11-24 15:00")}
    garage.send(one, garage.ride(**times)).refused(words.RIDES_APART)
    garage.send(one, one).refused(words.RIDE_TWICE, "rides")
    garage.send(one, leaves_at=garage.at("2026-11-24 08:00")).refused(words.RIDE_OUTSIDE_RUN)


def test_a_shared_car_has_a_seat_for_everybody(garage: "Garage") -> None:
    rides = (garage.ride(passengers=4), garage.ride(passengers=3))
    garage.send(*rides).refused(words.SEATS_TOO_FEW)
    garage.send(*rides, car=2).accepted()


# --- limits of time -------------------------------------------------------------------------------------------------


def test_a_run_is_for_a_time_to_come_and_no_longer_than_two_weeks(garage: "Garage") -> None:
    wish = garage.sending(garage.ride())
    garage.when(wish, now=garage.at("2026-11-24 11:30")).refused(words.RUN_IN_THE_PAST, "returns_at")
    garage.send(garage.ride(), returns_at=garage.at("2026-12-09 07:30")).refused(words.RUN_TOO_LONG, "returns_at")


def test_a_driver_drives_ten_hours_a_day_at_most(garage: "Garage") -> None:
    times = {"leaves_at": garage.at("2026-11-24 06:00"), "returns_at": garage.at("2026-11-24 13:00")}
    garage.run(asked=times)
    afternoon = {"leaves_at": garage.at("2026-11-24 14:00"), "returns_at": garage.at("2026-11-24 18:00")}
    said = garage.send(garage.ride(**afternoon)).refused(words.DRIVER_DAY_FULL)
    assert "660 phút" in said
    garage.send(garage.ride(**afternoon), driving_minutes=180).accepted()


def test_a_driver_drives_forty_eight_hours_a_week_at_most(garage: "Garage") -> None:
    def day(number: int) -> dict[str, Any]:
        return {
            "leaves_at": garage.at(f"2026-11-{number} 06:30"),
            "returns_at": garage.at(f"2026-11-{number} 16:30"),
        }

    for number in range(23, 27):
        garage.run(asked=day(number))
    assert "3000 phút" in garage.send(garage.ride(**day(27))).refused(words.DRIVER_WEEK_FULL)
    garage.send(garage.ride(**day(27)), driving_minutes=480).accepted()
    garage.send(garage.ride(**day(30))).accepted()


def test_a_driver_rests_eight_hours_on_end_in_any_day_and_night(garage: "Garage") -> None:
    garage.run(asked={"leaves_at": garage.at("2026-11-24 16:00"), "returns_at": garage.at("2026-11-24 23:00")})
    early = {"leaves_at": garage.at("2026-11-25 06:30"), "returns_at": garage.at("2026-11-25 15:00")}
    assert "480 phút" in garage.send(garage.ride(**early)).refused(words.DRIVER_WITHOUT_REST)
    garage.send(garage.ride(**early), driver=1).accepted()
    rested = {"leaves_at": garage.at("2026-11-25 07:00"), "returns_at": garage.at("2026-11-25 15:00")}
    garage.send(garage.ride(**rested), car=1).accepted()


def test_a_run_of_several_days_has_its_rest_on_the_way(garage: "Garage") -> None:
    times = {"leaves_at": garage.at("2026-11-24 06:00"), "returns_at": garage.at("2026-11-27 18:00")}
    order = garage.send(garage.ride(**times))
    assert order.one(words.RunOrdered).driving_minutes == 2400


# --- changes --------------------------------------------------------------------------------------------------------


def test_a_run_called_off_frees_car_and_driver_and_its_requests_wait_again(garage: "Garage") -> None:
    ride = garage.ride()
    run = garage.send(ride).id
    off = garage.say(words.CancelRun, run, reason="Hoãn cuộc họp.")
    assert off.one(words.RideReturned).seated == 0
    assert {free.booking_id for free in off.all(core.SlotReleased)} == {run}
    garage.say(words.CancelRun, run, reason="Hoãn cuộc họp.").nothing()
    again = garage.send(ride)
    assert again.one(words.RunOrdered).number == 2


def test_whoever_speaks_of_an_order_that_changed_looks_again(garage: "Garage") -> None:
    run = garage.run()
    seen = garage.seen(run).model_copy(update={"vehicle_id": garage.CARS[1]})
    garage.when(words.CancelRun(run_id=run, standing=seen, reason="Hoãn.")).refused(words.RUN_CHANGED)
    garage.when(words.CancelRun(run_id="f" * 32, standing=seen, reason="Hoãn.")).refused(words.RUN_UNKNOWN, "run_id")


def test_a_request_that_shares_a_run_is_taken_back_and_the_others_go_on(
    garage: "Garage", speaker: Callable[..., Any]
) -> None:
    one, other = garage.ride(), garage.ride(requester="Đỗ Văn Nam")
    run = garage.send(one, other).id
    garage.when(words.CancelRide(ride_id=one, reason="Hoãn.")).refused(words.RIDE_RUNS_CHANGED, "run_ids")
    back = words.CancelRide(ride_id=one, run_ids=(run,), reason="Hoãn.")
    garage.when(back, actor=speaker("board", board="BTGTU")).refused(words.RIDE_NOT_YOURS)
    garage.when(back).one(words.RunRiderDropped)
    garage.when(back).nothing()
    alone = words.CancelRide(ride_id=other, run_ids=(run,), reason="Hoãn.")
    assert "1/2026" in garage.when(alone).refused(words.RIDE_ALONE_ON_RUN)
    garage.say(words.StartTrip, run, now=garage.at("2026-11-24 07:30"), odometer_km=10).accepted()
    assert "Lê Văn Hùng" in garage.when(alone).refused(words.RIDE_ON_ITS_WAY)


def test_another_car_comes_before_the_run_leaves_and_its_passengers_are_told(garage: "Garage") -> None:
    run = garage.run()
    changed = garage.say(words.SubstituteCar, run, to_vehicle_id=garage.CARS[1], reason="Xe hỏng ắc quy.")
    told = changed.one(words.RideCarChanged)
    assert (told.former_plate, told.plate, told.driver_name) == ("12A-000.11", "12A-000.22", "Lê Văn Hùng")
    garage.send(garage.ride(), driver=1).accepted()
    garage.send(garage.ride(), car=1, driver=2).refused(core.NOT_FREE)
    garage.say(words.SubstituteCar, run, to_vehicle_id=garage.CARS[0], reason="Đổi lại.").refused(
        words.SAME_CAR, "to_vehicle_id"
    )


def test_a_substitution_said_again_changes_nothing(garage: "Garage") -> None:
    run = garage.run()
    wish = words.SubstituteCar(
        run_id=run, standing=garage.seen(run), to_vehicle_id=garage.CARS[1], reason="Xe hỏng ắc quy."
    )
    garage.when(wish).accepted()
    garage.when(wish).nothing()


def test_a_substitute_is_free_and_has_the_seats_or_nothing_changes(garage: "Garage") -> None:
    run = garage.run(asked={"passengers": 5})
    garage.run(car=1, driver=1)
    said = {"reason": "Xe hỏng ắc quy."}
    garage.say(words.SubstituteCar, run, to_vehicle_id=garage.CARS[1], **said).refused(core.NOT_FREE)
    garage.say(words.SubstituteCar, run, to_vehicle_id=garage.CARS[3], **said).refused(words.SEATS_TOO_FEW)
    garage.say(words.SubstituteCar, run, to_vehicle_id=garage.CARS[2], to_driver_id=garage.CARS[0], **said).refused(
        words.NOT_A_DRIVER, "to_driver_id"
    )
    assert garage.state(run).vehicle_id == garage.CARS[0]


def test_a_car_that_breaks_down_on_its_way_gives_the_run_to_another_with_what_it_drove(garage: "Garage") -> None:
    run = garage.run()
    garage.say(words.StartTrip, run, now=garage.at("2026-11-24 07:30"), odometer_km=1000).accepted()
    broke = garage.at("2026-11-24 09:00")
    said = {"to_vehicle_id": garage.CARS[1], "to_driver_id": garage.DRIVERS[1], "reason": "Nổ lốp.", "place": "Km 31"}
    garage.say(words.SubstituteCar, run, now=broke, **said).refused(words.ODOMETER_NEEDED)
    garage.say(words.SubstituteCar, run, now=broke, odometer_end_km=990, odometer_start_km=1, **said).refused(
        words.ODOMETER_BACKWARDS, "odometer_end_km"
    )
    changed = garage.say(words.SubstituteCar, run, now=broke, odometer_end_km=1031, odometer_start_km=500, **said)
    leg = changed.one(words.TripLogged)
    assert (leg.km, leg.plate, leg.incidents) == (31, "12A-000.11", "Km 31; Nổ lốp.")
    assert changed.one(words.CarSubstituted).former_km == 31
    back = garage.say(words.FinishTrip, run, now=garage.at("2026-11-24 12:00"), odometer_km=560)
    assert back.one(words.TripFinished).km == 91
    assert back.one(words.RideCarried).total_km == 91
    assert back.one(words.TripFinished).late_minutes == 30
    duties = {
        driver: [(duty.end - duty.start) for duty in garage.scenario.states["dutymonth", f"{driver}-2026-11"].duties]
        for driver in garage.DRIVERS[:2]
    }
    assert duties == {garage.DRIVERS[0]: [90], garage.DRIVERS[1]: [180]}


def test_the_driver_who_comes_with_the_substitute_keeps_the_limits_too(garage: "Garage") -> None:
    tomorrow = {"leaves_at": garage.at("2026-11-24 12:00"), "returns_at": garage.at("2026-11-24 20:00")}
    garage.run(car=1, driver=1, asked=tomorrow)
    run = garage.run()
    said = {"to_vehicle_id": garage.CARS[2], "to_driver_id": garage.DRIVERS[1], "reason": "Lái xe ốm."}
    garage.say(words.SubstituteCar, run, **said).refused(words.DRIVER_DAY_FULL)


# --- joining --------------------------------------------------------------------------------------------------------


def joining(garage: "Garage", run: str, ride: str, **said: Any) -> "Outcome":
    return garage.say(words.JoinRun, run, ride=words.RideSeats(ride_id=ride), **said)


def test_a_request_joins_a_run_that_has_seats_for_it(garage: "Garage") -> None:
    run = garage.run()
    within = {"leaves_at": garage.at("2026-11-24 08:00"), "returns_at": garage.at("2026-11-24 11:00")}
    ride = garage.ride(board_id="btgtu", requester="Đỗ Văn Nam", **within)
    wish = words.JoinRun(run_id=run, standing=garage.seen(run), ride=words.RideSeats(ride_id=ride))
    joined = garage.when(wish)
    assert joined.one(words.RunRiderAdded).ride.board_id == "btgtu"
    assert (joined.one(words.RideGranted).shared, joined.one(words.RideGranted).run_number) == (True, "1/2026")
    garage.when(wish).nothing()
    assert garage.state(run).passengers == 6
    joining(garage, run, garage.ride(passengers=1, **within)).refused(words.SEATS_TOO_FEW)


def test_a_request_joins_only_within_the_run_its_way_and_with_those_who_share(garage: "Garage") -> None:
    run = garage.run()
    later = garage.ride(returns_at=garage.at("2026-11-24 12:00"))
    joining(garage, run, later).refused(words.RIDE_OUTSIDE_RUN)
    elsewhere = garage.ride(to_place="Xã Vĩnh Lại")
    joining(garage, run, elsewhere).refused(words.RIDES_OTHER_WAY, "same_way_because")
    joining(garage, run, garage.ride(may_share=False)).refused(words.RIDES_NOT_SHARED)
    alone = garage.run(car=1, driver=1, asked={"may_share": False})
    joining(garage, alone, garage.ride()).refused(words.RIDES_NOT_SHARED)
    joining(garage, run, elsewhere, same_way_because="Trên đường đi.").accepted()
    joining(garage, run, "f" * 32).refused(words.RIDE_UNKNOWN, "ride_id")
    garage.say(words.StartTrip, run, now=garage.at("2026-11-24 07:30"), odometer_km=1).accepted()
    joining(garage, run, garage.ride()).refused(words.RUN_CLOSED)


def test_a_clerk_lets_only_approved_requests_join(garage: "Garage", speaker: Callable[..., Any]) -> None:
    run, ride = garage.run(), garage.when(garage.asking()).id
    wish = words.JoinRun(run_id=run, standing=garage.seen(run), ride=words.RideSeats(ride_id=ride))
    garage.when(wish, actor=speaker("clerk")).refused(words.RIDE_CLOSED)
    assert garage.when(wish).one(words.RideApproved)


def test_a_run_carries_twelve_requests_at_most(garage: "Garage") -> None:
    rides = [garage.ride(passengers=1, requester=f"Người {place}") for place in range(12)]
    run = garage.send(*rides, car=2).id
    joining(garage, run, garage.ride(passengers=1)).refused(words.RUN_FULL)


# --- runs and bookings ----------------------------------------------------------------------------------------------


def booking(garage: "Garage", thing: str, **said: Any) -> core.BookThings:
    times = {"starts_at": garage.at("2026-11-24 10:00"), "ends_at": garage.at("2026-11-24 12:00")}
    return core.BookThings(
        title="Đón đoàn", wants=(core.Want(of=(thing,)),), holder="Vi Thị Hoa", contact="0912", **{**times, **said}
    )


@pytest.mark.parametrize("driver", [False, True], ids=["the car", "the driver"])
def test_what_a_run_has_nobody_books_and_what_is_booked_no_run_has(garage: "Garage", driver: bool) -> None:
    things = garage.DRIVERS if driver else garage.CARS
    garage.run()
    assert "Nguyễn Thị Lan" in garage.when(booking(garage, things[0])).refused(core.NOT_FREE)
    garage.when(booking(garage, things[1])).accepted()
    assert "Vi Thị Hoa" in garage.send(garage.ride(), car=1, driver=1).refused(core.NOT_FREE)


def test_a_booking_that_waits_for_a_car_gets_it_when_the_run_is_called_off(garage: "Garage") -> None:
    run = garage.run()
    waiting = garage.when(booking(garage, garage.CARS[0], if_busy="wait"))
    assert waiting.one(core.BookingWaitlisted)
    released = [slot for slot in garage.say(words.CancelRun, run, reason="Hoãn.").all(core.SlotReleased) if slot.next]
    (following,) = released[0].next
    seen = core.SeenBooking(things=following.things, starts_at=following.starts_at, ends_at=following.ends_at)
    promoted = garage.when(core.PromoteWaiting(booking_id=following.booking_id, seen=seen))
    assert promoted.one(core.BookingBooked).things == (garage.CARS[0],)


# --- what the register of assets says -------------------------------------------------------------------------------


def test_a_car_of_the_register_of_assets_is_known_by_itself() -> None:
    car = assets.VehicleFacts(plate="12A-000.45", seats=7, usage="titled", fuel_norm_cl_per_100km=1250)
    registered = assets.AssetRegistered.model_construct(details=car)
    fact = Fact(registered, "asset", "a" * 32, 1, 4096, "c:0", "", "c", datetime(2026, 1, 1, tzinfo=UTC), "", "c", None)
    known = words.RecordCar(
        vehicle_id=f"asset-{'a' * 32}", plate="12A-000.45", seats=7, use="titled", fuel_norm_cl_per_100km=1250
    )
    assert list(KNOW_CARS.react(fact)) == [known]
    laptop = assets.AssetRegistered.model_construct(details=None)
    assert list(KNOW_CARS.react(fact._replace(event=laptop))) == []
