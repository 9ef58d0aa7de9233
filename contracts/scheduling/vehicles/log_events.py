"""What is told of drivers' time, cars' logs and fuel."""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import Field

from contracts.base import Event, Notice
from contracts.scheduling.vehicles.values import FuelNormLine, Surcharge

# --- events: drivers' time, the trip log ----------------------------------------------------------------------------


class DutyTaken(Event):
    """A driver has a run, in a month in which a part of it lies; said again of the run, it replaces what was said."""

    run_id: str
    starts_at: datetime
    ends_at: datetime
    driving_minutes: int
    week_limit_minutes: Annotated[int | None, Field(description="What a week allowed by the rule of its day.")] = None


class DutyDropped(Event):
    """A driver does not have a run any more."""

    run_id: str


class TripOpened(Event):
    """A car left for a run."""

    run_id: str
    driver_id: str
    odometer_km: int
    started_at: datetime


class TripLogged(Event):
    """A line of a car's log (sổ nhật trình): what it drove for a run."""

    run_id: str
    run_number: str
    plate: str
    driver_id: str
    driver_name: str
    started_at: datetime
    finished_at: datetime
    odometer_start_km: int
    odometer_end_km: int
    km: int
    month: str
    route: str
    board_ids: tuple[str, ...]
    surcharges: tuple[Surcharge, ...] = ()
    tolls_vnd: int = 0
    hire_vnd: Annotated[int, Field(description="What a hired car cost for it, by its contract.")] = 0
    incidents: str | None = None


class UnloggedKmFound(Event):
    """The odometer shows more than the last trip ended with: km nobody logged."""

    from_km: int
    to_km: int
    km: int
    month: str
    found_by_run_id: str


class UnloggedKmExplained(Event):
    """Somebody said what unlogged km were driven for."""

    from_km: int
    km: int
    month: str
    explanation: str
    counts: bool


class OdometerReplaced(Event):
    """A car's log goes on from another reading."""

    former_km: int
    odometer_km: int
    cause: Literal["exchanged", "misread"]
    reason: str


class TripMonthSettled(Event):
    """A month of a car's log was settled; nothing is added to it any more."""

    month: str


# --- events: fuel ---------------------------------------------------------------------------------------------------


class FuelRecorded(Event):
    """A car took fuel; `month_received_cl` and `month_paid_vnd` are what its month has after it."""

    receipt_id: str
    received_on: date
    month: str
    quantity_cl: int
    amount_vnd: int
    invoice: str
    supplier: str | None = None
    odometer_km: int | None = None
    run_id: str | None = None
    month_received_cl: int
    month_paid_vnd: int


class FuelCorrected(Event):
    """What was entered of an invoice was put right."""

    receipt_id: str
    received_on: date
    month: str
    invoice: str
    run_id: str | None = None
    former_quantity_cl: int
    former_amount_vnd: int
    quantity_cl: int
    amount_vnd: int
    month_received_cl: int
    month_paid_vnd: int
    reason: str


class FuelMonthClosed(Event):
    """A car's fuel of a month was settled; opening + received = used + closing, in litres and in đồng.

    norm = km x norm/100 x (1 + surcharges); difference = used - norm; above 0 more was used than the norm allows.
    """

    month: str
    plate: str
    km: int
    unlogged_km: Annotated[int, Field(description="Km without a trip, for which no fuel is allowed.")]
    norm_cl_per_100km: int
    lines: tuple[FuelNormLine, ...]
    surcharges: tuple[Surcharge, ...] = ()
    norm_cl: int
    opening_cl: int
    received_cl: int
    closing_cl: int
    used_cl: int
    difference_cl: int
    opening_vnd: int
    paid_vnd: int
    closing_vnd: int
    used_vnd: int
    explanation: str | None = None
    closed_on: date

    def notices(self) -> tuple[Notice, ...]:
        """Return a warning where the car was driven without a log."""
        if not self.unlogged_km:
            return ()
        return (
            Notice(
                code="unlogged-km",
                vi=f"Tháng {self.month} xe {self.plate} có {self.unlogged_km} km không có nhật trình, không tính "
                "định mức; đề nghị giải trình.",
                en=f"In {self.month} {self.plate} drove {self.unlogged_km} km without a log, for which no fuel is "
                "allowed; say what they were driven for.",
            ),
        )
