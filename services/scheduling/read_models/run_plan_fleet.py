"""Which cars and drivers are there to be planned with: seats, use and licences?"""

from contracts.scheduling import vehicles as words_of
from services.runtime.envelope import Fact, event_types
from services.runtime.read_model import ReadModel, RowValues

_OF_CAR, _OF_DRIVER = ("plate", "seats", "use"), tuple(words_of.RecordDriver.model_fields.keys() - {"driver_id"})


def _car(row: RowValues | None, fact: Fact) -> RowValues:
    return {name: getattr(fact.event, name) for name in _OF_CAR}


def _driver(row: RowValues | None, fact: Fact) -> RowValues:
    return {name: getattr(fact.event, name) for name in _OF_DRIVER}


CARS_TO_PLAN = ReadModel(
    name="cars_to_plan",
    version=1,
    key_column="vehicle_id",
    columns={"plate": "text NOT NULL", "seats": "integer NOT NULL", "use": "text NOT NULL"},
    indexes=(),
    events=event_types("scheduling", (words_of.CarRecorded,)),
    key=lambda fact: fact.id,
    project=_car,
)
"""What every car is, as was last said."""

DRIVERS_TO_PLAN = ReadModel(
    name="drivers_to_plan",
    version=1,
    key_column="driver_id",
    columns={
        **dict.fromkeys(("name", "licence_class", "licence_number"), "text NOT NULL"),
        "phone": "text",
        "issued_on": "date",
        "expires_on": "date",
    },
    indexes=(),
    events=event_types("scheduling", (words_of.DriverRecorded,)),
    key=lambda fact: fact.id,
    project=_driver,
)
"""Who every driver is and what they may drive, as was last said."""
