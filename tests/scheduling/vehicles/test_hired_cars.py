"""Hired cars: bookable like the office's own, and what they cost goes with the trips they make."""

from typing import TYPE_CHECKING, Any, Literal

import pytest

from contracts import scheduling as core
from contracts.scheduling import vehicles as words

if TYPE_CHECKING:
    from tests.scheduling.vehicles.garage import Garage

HIRED, THEIR_DRIVER = "own-xe-thue-1", "own-lai-xe-thue-1"


def hire(garage: "Garage", per: Literal["km", "day"], price: int) -> None:
    """Let there be a hired car with its own driver, as an office would enter them."""
    named = {HIRED: ("vehicle", "Xe thuê 12H-001.23"), THEIR_DRIVER: ("driver", "Nông Văn Dũng")}
    for id, (kind, name) in named.items():
        made: Any = {"bookable_id": id, "kind": kind, "type": kind, "name": name, "contact": "0205 3 812 345"}
        garage.when(core.MakeBookable(**made)).accepted()
    contract = words.CarHire(supplier="HTX Vận tải Đồng Tâm", contract_number="07/HĐTX", price_vnd=price, per=per)
    garage.when(words.RecordCar(vehicle_id=HIRED, plate="12H-001.23", seats=16, hire=contract)).accepted()
    licence: dict[str, Any] = {"licence_class": "D", "licence_number": "9", "issued_on": "2020-05-04"}
    garage.when(words.RecordDriver(driver_id=THEIR_DRIVER, name="Nông Văn Dũng", **licence)).accepted()


def trip(garage: "Garage", day: str, hours: tuple[str, str], km: tuple[int, int]) -> words.TripLogged:
    """Return what the hired car's log says of a run of a day."""
    times = {"leaves_at": garage.at(f"{day} {hours[0]}"), "returns_at": garage.at(f"{day} {hours[1]}")}
    ride = garage.ride(**times)
    run = garage.send(ride, vehicle_id=HIRED, driver_id=THEIR_DRIVER).id
    return garage.drive(run, *km).one(words.TripLogged)


def test_a_hired_car_with_its_driver_is_ordered_like_any_other_and_costs_by_the_km(garage: "Garage") -> None:
    hire(garage, "km", 12_000)
    assert trip(garage, "2026-11-24", ("07:30", "11:30"), (500, 620)).hire_vnd == 120 * 12_000


def test_a_day_of_hire_is_paid_once_however_many_trips_it_has(garage: "Garage") -> None:
    hire(garage, "day", 1_800_000)
    paid = [
        trip(garage, "2026-11-24", ("07:30", "11:30"), (500, 620)).hire_vnd,
        trip(garage, "2026-11-24", ("13:30", "16:30"), (620, 700)).hire_vnd,
        trip(garage, "2026-11-25", ("07:30", "11:30"), (700, 710)).hire_vnd,
    ]
    assert paid == [1_800_000, 0, 1_800_000]


def test_a_car_of_the_office_costs_no_hire(garage: "Garage") -> None:
    assert garage.drive(garage.run(), 1_000, 1_100).one(words.TripLogged).hire_vnd == 0


def test_a_hired_car_said_again_is_as_it_was_and_given_back_it_is_the_offices_own(garage: "Garage") -> None:
    hire(garage, "km", 12_000)
    contract = words.CarHire(supplier="HTX Vận tải Đồng Tâm", contract_number="07/HĐTX", price_vnd=12_000, per="km")
    garage.when(words.RecordCar(vehicle_id=HIRED, plate="12H-001.23", seats=16, hire=contract)).nothing()
    told = garage.when(words.RecordCar(vehicle_id=HIRED, plate="12H-001.23", seats=16)).one(words.CarRecorded)
    assert told.hire is None


@pytest.mark.parametrize("wrong", [{"price_vnd": -1}, {"price_vnd": 1.5}, {"supplier": " "}, {"per": "hour"}])
def test_a_hire_without_whole_dong_or_a_supplier_is_no_hire(wrong: dict[str, Any]) -> None:
    said = {"supplier": "HTX", "contract_number": "1", "price_vnd": 1, "per": "km"}
    with pytest.raises(ValueError, match=next(iter(wrong))):
        words.CarHire(**{**said, **wrong})
