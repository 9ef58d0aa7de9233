"""The dated tables of cars: surcharges on the fuel norm, drivers' limits, and what a licence lets one drive."""

from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from services.runtime.rules import Table, load

_RULES = files("services.scheduling.rules")
LimitKind: TypeAlias = Literal["driving_day", "driving_week", "rest"]
"""At the wheel in a day, in a week from Monday; rest on end in any 24 hours."""


@dataclass(frozen=True)
class FuelSurcharge:
    """A share on top of the norm, in hundredths of a percent: 1000 is 10 %.

    `scope` says whether it holds for the trips of which it is said, or for all km of a car's month.
    """

    code: str
    name_vi: str
    name_en: str
    scope: Literal["trip", "month"]
    basis_points: Annotated[int, Field(ge=0, le=10_000)]


@dataclass(frozen=True)
class DriverLimit:
    """A number of minutes that a driver may not pass, or must have."""

    kind: LimitKind
    minutes: Annotated[int, Field(ge=0, le=10_080)]


@dataclass(frozen=True)
class LicenceClass:
    """The seats, the driver's own among them, of the largest car that a class lets one drive.

    It is dated by the day of issue: a licence keeps what its class meant when it was issued.
    """

    licence_class: str
    most_seats: Annotated[int, Field(ge=1, le=999)]


@dataclass(frozen=True)
class VehicleRules:
    """The tables that decisions about cars are taken by."""

    surcharges: Table[FuelSurcharge]
    limits: Table[DriverLimit]
    licences: Table[LicenceClass]


def vehicle_rules(override_folder: Path | None = None) -> VehicleRules:
    """Read the tables; `override_folder` holds the office's or the province's own rows."""
    return VehicleRules(
        load(_RULES / "fuel_surcharges.csv", FuelSurcharge, key=("code",), override_folder=override_folder),
        load(_RULES / "driver_limits.csv", DriverLimit, key=("kind",), override_folder=override_folder),
        load(
            _RULES / "driver_limits_licences.csv",
            LicenceClass,
            key=("licence_class",),
            override_folder=override_folder,
        ),
    )
