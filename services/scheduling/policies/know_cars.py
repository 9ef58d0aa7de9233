"""What the register of assets says of a car is what its runs are ordered by: plate, seats, use and fuel norm."""

from collections.abc import Iterable

from contracts import assets
from contracts.assets import VehicleFacts
from contracts.scheduling.vehicles import RecordCar
from services.runtime.envelope import Fact, event_types
from services.runtime.manifest import Policy


def _react(fact: Fact) -> Iterable[RecordCar]:
    event = fact.event
    assert isinstance(event, assets.AssetRegistered | assets.AssetCorrected)
    if isinstance(event.details, VehicleFacts):
        car = event.details
        yield RecordCar(
            vehicle_id=f"asset-{fact.id}",
            plate=car.plate,
            seats=car.seats,
            use=car.usage,
            fuel_norm_cl_per_100km=car.fuel_norm_cl_per_100km,
        )


KNOW_CARS = Policy("know_cars", event_types("assets", (assets.AssetRegistered, assets.AssetCorrected)), _react)
