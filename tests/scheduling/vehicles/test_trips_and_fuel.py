"""The rules of trips, odometers and fuel: what a log may say, and what a month comes to."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from contracts import scheduling as core
from contracts.scheduling import vehicles as words
from services.scheduling.deciders.fuel_month import allowed_cl

if TYPE_CHECKING:
    from tests.scheduling.vehicles.garage import Garage


# --- trips ----------------------------------------------------------------------------------------------------------


def test_the_km_of_a_trip_are_those_of_the_odometer(garage: "Garage") -> None:
    run = garage.run()
    back = garage.drive(run, 52_000, 52_084, tolls_vnd=70_000, incidents="Tắc đường.", route="Qua cầu Kỳ Cùng")
    logged = back.one(words.TripLogged)
    assert (logged.km, logged.month, logged.run_number, logged.tolls_vnd) == (84, "2026-11", "1/2026", 70_000)
    assert logged.route == "Qua cầu Kỳ Cùng"
    assert garage.state(run).status == "finished"
    assert back.one(words.RideCarried).done


def test_a_trip_started_or_finished_twice_is_one(garage: "Garage") -> None:
    run = garage.run()
    seen = garage.seen(run)
    start = words.StartTrip(run_id=run, standing=seen, odometer_km=10)
    leaves, returns = garage.at("2026-11-24 07:30"), garage.at("2026-11-24 11:30")
    garage.when(start, now=leaves).accepted()
    garage.when(start, now=leaves).nothing()
    finish = words.FinishTrip(run_id=run, standing=seen, odometer_km=20)
    garage.when(finish, now=returns).accepted()
    garage.when(finish, now=returns).nothing()
    garage.when(start, now=returns).refused(words.RUN_CLOSED)


def test_an_odometer_never_goes_back_and_never_leaps(garage: "Garage") -> None:
    garage.drive(garage.run(), 52_000, 52_084).accepted()
    later = {"leaves_at": garage.at("2026-11-25 07:30"), "returns_at": garage.at("2026-11-25 11:30")}
    run = garage.run(asked=later)
    leave = {"now": later["leaves_at"]}
    said = garage.say(words.StartTrip, run, odometer_km=52_083, **leave)
    assert "52084" in said.refused(words.ODOMETER_BACKWARDS, "odometer_km")
    garage.say(words.StartTrip, run, odometer_km=520_840, **leave).refused(words.TRIP_TOO_FAR, "odometer_km")
    garage.say(words.StartTrip, run, odometer_km=52_084, **leave).accepted()
    back = {"now": later["returns_at"]}
    garage.say(words.FinishTrip, run, odometer_km=52_000, **back).refused(words.ODOMETER_BACKWARDS, "odometer_km")
    garage.say(words.FinishTrip, run, odometer_km=54_085, **back).refused(words.TRIP_TOO_FAR, "odometer_km")
    garage.say(words.FinishTrip, run, odometer_km=52_084, **back).accepted()


def test_an_odometer_that_was_exchanged_goes_on_from_its_new_reading(garage: "Garage") -> None:
    garage.drive(garage.run(), 52_000, 52_084).accepted()
    new = words.ReplaceOdometer(vehicle_id=garage.CARS[0], odometer_km=3, cause="exchanged", reason="Thay đồng hồ.")
    assert garage.when(new).one(words.OdometerReplaced).former_km == 52_084
    garage.when(new).nothing()
    later = {"leaves_at": garage.at("2026-11-25 07:30"), "returns_at": garage.at("2026-11-25 11:30")}
    run = garage.run(asked=later)
    garage.say(words.StartTrip, run, now=later["leaves_at"], odometer_km=3).warns()
    garage.when(new).refused(words.CAR_ON_ITS_WAY)


def test_km_between_two_trips_are_flagged_and_explained(garage: "Garage") -> None:
    garage.drive(garage.run(), 52_000, 52_084).accepted()
    later = {"leaves_at": garage.at("2026-11-25 07:30"), "returns_at": garage.at("2026-11-25 11:30")}
    started = garage.say(words.StartTrip, garage.run(asked=later), now=later["leaves_at"], odometer_km=52_100)
    started.warns("unlogged-km")
    assert started.one(words.UnloggedKmFound).km == 16
    gap = {"vehicle_id": garage.CARS[0], "explanation": "Đưa xe đi bảo dưỡng.", "counts": True}
    garage.when(words.ExplainUnloggedKm(from_km=52_000, **gap)).refused(words.NO_SUCH_GAP, "from_km")
    garage.when(words.ExplainUnloggedKm(from_km=52_084, **gap)).one(words.UnloggedKmExplained)
    garage.when(words.ExplainUnloggedKm(from_km=52_084, **gap)).nothing()
    stranger = words.ExplainUnloggedKm(vehicle_id="own-khong-co", from_km=0, explanation="Không rõ.")
    garage.when(stranger).refused(words.NOT_A_CAR, "vehicle_id")


def test_a_car_is_on_one_trip_at_a_time_and_no_trip_begins_before_the_last_one_ended(garage: "Garage") -> None:
    first = garage.run()
    times = {"leaves_at": garage.at("2026-11-24 12:00"), "returns_at": garage.at("2026-11-24 15:00")}
    second = garage.run(asked=times, driver=1)
    garage.say(words.StartTrip, first, now=garage.at("2026-11-24 07:30"), odometer_km=10).accepted()
    leave = {"now": garage.at("2026-11-24 12:30"), "odometer_km": 20}
    assert "12A-000.11" in garage.say(words.StartTrip, second, **leave).refused(words.CAR_ON_ITS_WAY)
    garage.say(words.FinishTrip, first, now=garage.at("2026-11-24 12:15"), odometer_km=20).accepted()
    early = {"started_at": garage.at("2026-11-24 12:14")}
    garage.say(words.StartTrip, second, **leave, **early).refused(words.TRIP_TIME_UNFIT)
    ahead = {"started_at": garage.at("2026-11-24 12:31")}
    garage.say(words.StartTrip, second, **leave, **ahead).refused(words.TRIP_TIME_UNFIT)
    garage.say(words.StartTrip, second, **leave).accepted()


def test_who_comes_back_early_frees_car_and_driver_for_others(garage: "Garage") -> None:
    run = garage.run()
    garage.say(words.StartTrip, run, now=garage.at("2026-11-24 07:30"), odometer_km=10).accepted()
    soon = {"leaves_at": garage.at("2026-11-24 09:30"), "returns_at": garage.at("2026-11-24 11:00")}
    garage.send(garage.ride(**soon)).refused(core.NOT_FREE)
    garage.say(words.FinishTrip, run, now=garage.at("2026-11-24 09:20"), odometer_km=20).accepted()
    before = {"leaves_at": garage.at("2026-11-24 09:00"), "returns_at": garage.at("2026-11-24 09:30")}
    garage.send(garage.ride(**before)).refused(core.NOT_FREE)
    garage.send(garage.ride(**soon)).accepted()


def test_a_driver_who_comes_back_late_has_driven_for_so_long(garage: "Garage") -> None:
    run = garage.run(asked={"leaves_at": garage.at("2026-11-24 13:00"), "returns_at": garage.at("2026-11-24 17:00")})
    garage.say(words.StartTrip, run, now=garage.at("2026-11-24 13:00"), odometer_km=10).accepted()
    late = garage.say(words.FinishTrip, run, now=garage.at("2026-11-24 23:30"), odometer_km=300)
    assert late.one(words.TripFinished).late_minutes == 390
    early = {"leaves_at": garage.at("2026-11-25 06:00"), "returns_at": garage.at("2026-11-25 13:00")}
    garage.send(garage.ride(**early)).refused(words.DRIVER_WITHOUT_REST)


def test_km_are_shared_by_passengers_and_add_up(garage: "Garage") -> None:
    rides = [garage.ride(passengers=count, requester=f"Người {count}") for count in (1, 2, 4)]
    run = garage.send(*rides, car=2).id
    back = garage.drive(run, 0, 100)
    assert [carried.km for carried in back.all(words.RideCarried)] == [14, 29, 57]


def test_a_request_on_several_runs_is_carried_when_all_are_back(garage: "Garage") -> None:
    ride = garage.ride(passengers=10)
    runs = [garage.send(ride, rides=(words.RideSeats(ride_id=ride, passengers=6),)).id]
    runs.append(garage.send(ride, car=1, driver=1).id)
    assert not garage.drive(runs[0], 0, 40).one(words.RideCarried).done
    last = garage.drive(runs[1], 0, 44).one(words.RideCarried)
    assert (last.done, last.km, last.total_km) == (True, 44, 84)
    assert garage.scenario.states["ride", ride].status == "carried"


def test_passengers_confirm_a_trip_when_it_is_back(garage: "Garage", speaker: Callable[..., Any]) -> None:
    run = garage.run()
    ride = garage.state(run).rides[0].ride_id
    wish = words.ConfirmTrip(run_id=run, ride_id=ride, confirmed_by="Nguyễn Thị Lan")
    board = speaker("board", board="BTCTU")
    garage.when(wish, actor=board).refused(words.TRIP_NOT_FINISHED)
    garage.drive(run, 0, 10).accepted()
    garage.when(wish, actor=speaker("board", board="BTGTU")).refused(words.RIDE_NOT_YOURS)
    stray = words.ConfirmTrip(run_id=run, ride_id="f" * 32, confirmed_by="Lan")
    garage.when(stray, actor=board).refused(words.RIDE_NOT_ON_RUN, "ride_id")
    garage.when(wish, actor=board).one(words.TripConfirmed)
    garage.when(wish, actor=board).nothing()


def test_surcharges_are_those_of_the_day_and_of_trips(garage: "Garage") -> None:
    run = garage.run()
    garage.say(words.StartTrip, run, now=garage.at("2026-11-24 07:30"), odometer_km=0).accepted()
    back = {"now": garage.at("2026-11-24 11:30"), "odometer_km": 100}
    for code in ("unknown", "old_car"):
        said = garage.say(words.FinishTrip, run, conditions=(code,), **back)
        assert code in said.refused(words.SURCHARGE_UNKNOWN, "conditions")
    logged = garage.say(words.FinishTrip, run, conditions=("city", "mountain", "city"), **back).one(words.TripLogged)
    assert [(one.code, one.basis_points) for one in logged.surcharges] == [("city", 1000), ("mountain", 1500)]


# --- fuel -----------------------------------------------------------------------------------------------------------


def test_an_invoice_counts_once_and_is_put_right_before_its_month_is_settled(garage: "Garage") -> None:
    first = garage.fuel(invoice="HD-9")
    assert (first.one(words.FuelRecorded).month_received_cl, first.one(words.FuelRecorded).month) == (4000, "2026-11")
    garage.fuel(invoice="HD-9").nothing()
    garage.fuel(invoice="HD-9", quantity_cl=4001).refused(words.INVOICE_USED, "invoice")
    right = {"vehicle_id": garage.CARS[0], "invoice": "HD-9", "quantity_cl": 3900, "amount_vnd": 900_000}
    corrected = garage.when(words.CorrectFuel(**right, reason="Ghi nhầm."))
    assert corrected.one(words.FuelCorrected).month_received_cl == 3900
    garage.when(words.CorrectFuel(**right, reason="Ghi nhầm.")).nothing()
    garage.when(words.CorrectFuel(**{**right, "invoice": "HD-0"}, reason="Ghi nhầm.")).refused(
        words.INVOICE_UNKNOWN, "invoice"
    )
    garage.close("2026-11", 0, opening_cl=0, explanation="Xe hỏng.").accepted()
    garage.when(words.CorrectFuel(**{**right, "quantity_cl": 1}, reason="Ghi nhầm.")).refused(words.MONTH_SETTLED)
    garage.fuel(invoice="HD-10").refused(words.MONTH_SETTLED)


def test_fuel_of_a_day_to_come_or_of_no_car_is_refused(garage: "Garage") -> None:
    garage.fuel(received_on="2026-11-24").refused(words.FUEL_DAY_AHEAD, "received_on")
    garage.fuel(vehicle_id="own-khong-co").refused(words.NOT_A_CAR, "vehicle_id")


def test_a_month_is_what_was_used_against_km_times_norm_with_surcharges(garage: "Garage") -> None:
    garage.fuel(quantity_cl=5000, amount_vnd=1_000_003)
    run = garage.run()
    garage.drive(run, 0, 333, conditions=("mountain",)).accepted()
    # 333 km x 10 litres/100 km x (1 + 15 % + 5 %) = 39.96 litres; 10 + 50 - 20 = 40 litres were used.
    over = garage.close("2026-11", 2000, opening_cl=1000, opening_vnd=200_000, surcharges=("old_car",))
    assert "4 xăng-ti-lít" in over.refused(words.OVERUSE_UNEXPLAINED, "explanation")
    closed = garage.close(
        "2026-11", 2000, opening_cl=1000, opening_vnd=200_000, surcharges=("old_car",), explanation="Kẹt xe kéo dài."
    ).one(words.FuelMonthClosed)
    assert (closed.km, closed.norm_cl, closed.used_cl, closed.difference_cl) == (333, 3996, 4000, 4)
    assert closed.lines == (words.FuelNormLine(km=333, surcharges=("mountain",), basis_points=2000),)
    assert (closed.closing_vnd, closed.used_vnd) == (400_001, 800_002)
    assert closed.opening_vnd + closed.paid_vnd == closed.used_vnd + closed.closing_vnd


def test_less_than_the_norm_needs_no_explanation(garage: "Garage") -> None:
    garage.fuel(quantity_cl=1000)
    garage.drive(garage.run(), 0, 100).accepted()
    assert garage.close("2026-11", 10, opening_cl=0).one(words.FuelMonthClosed).difference_cl == -10


def test_unlogged_km_have_no_norm_until_somebody_says_that_they_count(garage: "Garage") -> None:
    garage.drive(garage.run(), 0, 100).accepted()
    later = {"leaves_at": garage.at("2026-11-25 07:30"), "returns_at": garage.at("2026-11-25 11:30")}
    garage.drive(garage.run(asked=later), 150, 250).accepted()
    closed = garage.again().close("2026-11", 0, opening_cl=0)
    closed.warns("unlogged-km")
    assert (closed.one(words.FuelMonthClosed).km, closed.one(words.FuelMonthClosed).unlogged_km) == (200, 50)
    gap = words.ExplainUnloggedKm(vehicle_id=garage.CARS[0], from_km=100, explanation="Đi đăng kiểm.", counts=True)
    garage.when(gap).accepted()
    counted = garage.close("2026-11", 0, opening_cl=0).one(words.FuelMonthClosed)
    assert (counted.km, counted.unlogged_km, counted.norm_cl) == (250, 0, 2500)


def test_months_are_settled_one_after_another_each_with_what_the_last_one_left(garage: "Garage") -> None:
    garage.fuel(quantity_cl=3000, amount_vnd=600_000)
    refusals: list[tuple[dict[str, Any], Any, str]] = [
        ({"month": "2026-11", "now": garage.at("2026-11-30 23:00")}, words.MONTH_NOT_OVER, "month"),
        ({"month": "2026-12"}, words.MONTHS_IN_ORDER, "month"),
        ({"month": "2026-11"}, words.OPENING_NEEDED, "opening_cl"),
        ({"month": "2026-11", "opening_cl": 0, "closing_cl": 3001}, words.CLOSING_TOO_MUCH, "closing_cl"),
    ]
    for said, refusal, field in refusals:
        garage.close(**{"closing_cl": 1000, **said}).refused(refusal, field)
    why = {"explanation": "Chạy máy phát."}
    garage.close("2026-11", 1000, opening_cl=0, **why).accepted()
    garage.close("2026-11", 1000, opening_cl=0, **why).nothing()
    garage.close("2026-11", 900, **why).refused(words.MONTH_SETTLED, "month")
    garage.close("2027-01", 0, **why).refused(words.MONTHS_IN_ORDER, "month")
    garage.close("2026-12", 0, opening_cl=1000, **why).refused(words.OPENING_KNOWN, "opening_cl")
    following = garage.close("2026-12", 0, **why).one(words.FuelMonthClosed)
    assert (following.opening_cl, following.opening_vnd, following.used_vnd) == (1000, 200_000, 200_000)


def test_a_month_is_not_settled_while_the_car_is_out_nor_a_trip_logged_in_a_settled_one(garage: "Garage") -> None:
    run = garage.run()
    garage.say(words.StartTrip, run, now=garage.at("2026-11-24 07:30"), odometer_km=0).accepted()
    garage.close("2026-11", 0, opening_cl=0).refused(words.CAR_STILL_OUT)
    late = garage.run(
        asked={"leaves_at": garage.at("2026-11-30 07:00"), "returns_at": garage.at("2026-11-30 11:00")}, car=1, driver=1
    )
    garage.close("2026-11", 0, car=1, opening_cl=0).accepted()
    entered = {"now": garage.at("2026-12-05 09:00"), "odometer_km": 10}
    begun = {"started_at": garage.at("2026-11-30 07:00")}
    garage.say(words.StartTrip, late, **entered, **begun).accepted()
    ended = {"finished_at": garage.at("2026-11-30 11:00")}
    garage.say(words.FinishTrip, late, **entered, **ended).refused(words.MONTH_SETTLED)


def test_a_car_without_a_norm_is_settled_with_one_that_is_said(garage: "Garage") -> None:
    garage.has_car(garage.CARS[0], "12A-000.11", 7, fuel_norm_cl_per_100km=None)
    garage.close("2026-11", 0, opening_cl=0).refused(words.NORM_NEEDED, "norm_cl_per_100km")
    garage.close("2026-11", 0, opening_cl=0, surcharges=("city",), norm_cl_per_100km=900).refused(
        words.SURCHARGE_UNKNOWN, "surcharges"
    )
    assert garage.close("2026-11", 0, opening_cl=0, norm_cl_per_100km=900).one(words.FuelMonthClosed).norm_cl == 0


@pytest.mark.parametrize(("km", "norm", "points", "allowed"), [(1, 50, 0, 1), (1, 49, 0, 0), (3, 1250, 1234, 42)])
def test_the_norm_is_rounded_once_half_up(km: int, norm: int, points: int, allowed: int) -> None:
    assert allowed_cl(norm, [words.FuelNormLine(km=km, basis_points=points)]) == allowed
