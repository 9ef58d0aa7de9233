"""What is told of cars and drivers, rides and runs."""

from datetime import date, datetime
from typing import Annotated

from pydantic import Field

from contracts.base import Event, Message, Notice
from contracts.scheduling.vehicles.values import CarHire, Carried, CarUse, CarWish, Instead

# --- events: cars and drivers ---------------------------------------------------------------------------------------


class CarRecorded(Event):
    """What a car is, as it stands."""

    plate: str
    seats: int
    use: CarUse
    fuel_norm_cl_per_100km: int | None = None
    hire: CarHire | None = None


class DriverRecorded(Event):
    """Who a driver is and what their licence says, as it stands."""

    name: str
    phone: str | None = None
    licence_class: str
    licence_number: str
    issued_on: date
    expires_on: date | None = None


# --- events: rides --------------------------------------------------------------------------------------------------


class RideRequested(Event):
    """A car was asked for."""

    board_id: str
    requester: str
    requester_id: str | None = None
    phone: str | None = None
    purpose: str
    booking_id: str | None = None
    document_number: str | None = None
    from_place: str
    to_place: str
    area: str | None = None
    leaves_at: datetime
    returns_at: datetime
    passengers: int
    car: CarWish
    may_share: bool
    note: str | None = None


class RideApproved(Event):
    """A request was approved and waits for a car."""

    approver_id: str
    approver: str
    note: str | None = None


class RideDeclined(Event):
    """A request was turned down."""

    reason: str
    instead: Instead | None = None


class RideCancelled(Event):
    """A request was taken back."""

    reason: str


class CarFacts(Message):
    """Which car comes, and who drives it, as passengers are told."""

    run_id: str
    run_number: str
    vehicle_id: str
    plate: str
    driver_id: str
    driver_name: str
    driver_phone: str | None = None


class RideGranted(CarFacts, Event):
    """Passengers of a request got seats on a run; `seated` is how many of them have one after it."""

    passengers: int
    seated: int
    leaves_at: datetime
    returns_at: datetime
    shared: Annotated[bool, Field(description="Whether others ride too.")] = False


class RideReturned(Event):
    """The run that was to carry a request was called off; it waits for another."""

    run_id: str
    passengers: int
    seated: int
    reason: str


class RideCarChanged(CarFacts, Event):
    """Another car or driver comes for a request: its passengers are told."""

    former_plate: str
    changed_at: datetime
    place: str | None = None
    reason: str


class RideCarried(Event):
    """A run carried a request; `km` are its share of the run's, `total_km` those of all runs that carried it so far."""

    run_id: str
    km: int
    total_km: int
    done: Annotated[bool, Field(description="Whether every run it had seats on has come back.")]


def _paper_notice(code: str, name: tuple[str, str], plate: str, until: date | None) -> Notice:
    vi, en = name
    if until is None:
        return Notice(
            code=f"{code}-unknown",
            vi=f"Chưa ghi nhận hạn {vi} của xe {plate}; đề nghị cập nhật.",
            en=f"Until when the {en} of {plate} holds is not recorded; enter it.",
        )
    return Notice(
        code=f"{code}-ends-soon",
        vi=f"Xe {plate} hết hạn {vi} ngày {until:%d/%m/%Y}; đề nghị gia hạn trước ngày đó.",
        en=f"The {en} of {plate} ends on {until}; have it renewed before then.",
    )


# --- events: runs ---------------------------------------------------------------------------------------------------


class RunNumbered(Event):
    """The year's book gave its next number to a run order."""

    number: int
    run_id: str


class RunOrdered(Event):
    """A run was ordered (lệnh điều xe)."""

    number: int
    year: int
    vehicle_id: str
    plate: str
    seats: int
    driver_id: str
    driver_name: str
    driver_phone: str | None = None
    licence_class: str | None = None
    leaves_at: datetime
    returns_at: datetime
    rides: tuple[Carried, ...]
    in_charge: str
    route: str
    planned_km: int | None = None
    driving_minutes: int
    approver_id: str
    approver: str
    ordered_by: str
    same_way_because: str | None = None
    note: str | None = None
    inspection_until: date | None = None
    insurance_until: date | None = None
    ordered_on: date

    def notices(self) -> tuple[Notice, ...]:
        """Return a warning where a paper of the car ends within 15 days, or nobody recorded one."""
        papers = (
            ("inspection", "đăng kiểm", "inspection", self.inspection_until),
            ("insurance", "bảo hiểm bắt buộc", "compulsory insurance", self.insurance_until),
        )
        return tuple(
            _paper_notice(code, (vi, en), self.plate, until)
            for code, vi, en, until in papers
            if until is None or (until - self.ordered_on).days <= 15
        )


class RunRiderAdded(Event):
    """One more request rides on a run."""

    ride: Carried
    same_way_because: str | None = None


class RunRiderDropped(Event):
    """A request left a run that others still use."""

    ride_id: str
    reason: str


class RunCancelled(Event):
    """A run was called off; its number stays its own."""

    reason: str
    gave_way_to: Annotated[str | None, Field(description="The run a leader ordered in its place.")] = None


class CarSubstituted(Event):
    """A run goes on with another car; of the one before it, what it drove for the run is logged."""

    from_vehicle_id: str
    from_plate: str
    from_driver_id: str
    vehicle_id: str
    plate: str
    seats: int
    driver_id: str
    driver_name: str
    driver_phone: str | None = None
    licence_class: str | None = None
    changed_at: datetime
    on_the_way: bool
    former_km: Annotated[int, Field(description="Driven for the run by the cars before, in km.")] = 0
    odometer_start_km: int | None = None
    driving_minutes: int
    place: str | None = None
    reason: str
    approver_id: str
    approver: str


class TripStarted(Event):
    """A run left."""

    vehicle_id: str
    odometer_km: int
    started_at: datetime
    unlogged_km: int = 0

    def notices(self) -> tuple[Notice, ...]:
        """Return a warning where the car was driven between two logged trips."""
        if not self.unlogged_km:
            return ()
        return (
            Notice(
                code="unlogged-km",
                vi=f"Đồng hồ tăng {self.unlogged_km} km so với chuyến trước mà không có nhật trình; "
                "đề nghị giải trình số km này.",
                en=f"The odometer went on by {self.unlogged_km} km since the last trip; say what they were driven for.",
            ),
        )


class TripFinished(Event):
    """A run came back; `km` are those of all its cars."""

    vehicle_id: str
    odometer_km: int
    finished_at: datetime
    km: int
    route: str
    tolls_vnd: int
    incidents: str | None = None
    late_minutes: Annotated[int, Field(description="Came back so much after the ordered time.")] = 0


class TripConfirmed(Event):
    """Passengers confirmed a trip."""

    vehicle_id: str
    ride_id: str
    confirmed_by: str
    satisfied: bool
    remark: str | None = None
