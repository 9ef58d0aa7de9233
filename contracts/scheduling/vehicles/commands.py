"""What is said of cars and drivers, rides and runs, cars' logs and fuel."""

from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from contracts.base import Command, Day, Line, Role
from contracts.organisation import PersonId, Phone, UnitId
from contracts.scheduling.values import BookableId, BookingId, Moment, Note, Reason, ShortLine
from contracts.scheduling.vehicles.values import (
    CAR_KEEPER,
    DISPATCHER,
    MOST_RIDES,
    RIDE_APPROVER,
    RIDE_ASKER,
    CarHire,
    CarUse,
    CarWish,
    Centilitres,
    Instead,
    Month,
    Odometer,
    OverRun,
    Paid,
    Passengers,
    RideId,
    RideSeats,
    RunAsSeen,
    RunId,
    Surcharges,
    Whither,
)

# --- commands: cars and drivers -------------------------------------------------------------------------------------


class RecordCar(Command):
    """Say what a car is: by its number plate, its seats and its fuel norm."""

    allowed: ClassVar[frozenset[Role]] = CAR_KEEPER

    vehicle_id: BookableId
    plate: Annotated[Line, Field(max_length=20)]
    seats: Annotated[int, Field(ge=1, le=10_000, description="The driver's among them.")]
    use: CarUse = "general"
    fuel_norm_cl_per_100km: Annotated[
        int | None, Field(ge=1, le=20_000, description="Centilitres per 100 km: 1250 is 12.5 litres.")
    ] = None
    hire: Annotated[CarHire | None, Field(description="Of a hired car; left out, it is the office's own.")] = None


class RecordDriver(Command):
    """Say who a driver is, and what their licence lets them drive until when."""

    allowed: ClassVar[frozenset[Role]] = CAR_KEEPER

    driver_id: BookableId
    name: ShortLine
    phone: Phone | None = None
    licence_class: Annotated[str, StringConstraints(pattern=r"^[A-F][A-F0-9]{0,2}$")]
    licence_number: ShortLine
    issued_on: Day
    expires_on: Annotated[Day | None, Field(description="The last day it holds; for ever when left out.")] = None


# --- commands: rides ------------------------------------------------------------------------------------------------


class RequestRide(Command):
    """Ask for a car (giấy đề nghị sử dụng xe) for a purpose, from one place to another and back."""

    allowed: ClassVar[frozenset[Role]] = RIDE_ASKER

    board_id: UnitId
    requester: Annotated[Line, Field(max_length=100, description="Who asks, by name.")]
    requester_id: PersonId | None = None
    phone: Phone | None = None
    purpose: Annotated[Line, Field(max_length=300)]
    booking_id: Annotated[BookingId | None, Field(description="The item of the calendar it serves.")] = None
    document_number: Annotated[ShortLine | None, Field(description="The document the ride serves.")] = None
    from_place: Whither
    to_place: Whither
    area: Annotated[Whither | None, Field(description="Commune or town of the destination; one area, one way.")] = None
    leaves_at: Moment
    returns_at: Moment
    passengers: Passengers
    car: CarWish = CarWish()
    may_share: Annotated[bool, Field(description="Ghép chuyến được.")] = True
    note: Note | None = None

    @model_validator(mode="after")
    def _comes_back(self) -> Self:
        if self.returns_at <= self.leaves_at:
            raise PydanticCustomError("ride_times", "must return after it leaves")
        return self


class RideCommand(Command):
    """A wish about one request."""

    allowed: ClassVar[frozenset[Role]] = RIDE_APPROVER

    ride_id: RideId


class ApproveRide(RideCommand):
    """Approve a request; it then waits for a car."""

    note: Note | None = None


class DeclineRide(RideCommand):
    """Turn a request down, and say what to do instead."""

    reason: Reason
    instead: Instead | None = None


class CancelRide(RideCommand):
    """Take a request back; those who share its run go on without it."""

    allowed: ClassVar[frozenset[Role]] = RIDE_ASKER

    run_ids: Annotated[
        tuple[RunId, ...], Field(max_length=MOST_RIDES, description="The runs that were to carry it, all of them.")
    ] = ()
    reason: Reason


# --- commands: runs -------------------------------------------------------------------------------------------------


class DispatchRun(Command):
    """Order a run: one car and one driver for one or several requests, under the year's next number."""

    allowed: ClassVar[frozenset[Role]] = DISPATCHER

    vehicle_id: BookableId
    driver_id: BookableId
    rides: Annotated[tuple[RideSeats, ...], Field(min_length=1, max_length=MOST_RIDES)]
    leaves_at: Moment
    returns_at: Moment
    in_charge: Annotated[ShortLine | None, Field(description="Người phụ trách đoàn; else the first asker.")] = None
    route: Note
    planned_km: Annotated[int | None, Field(ge=0, le=20_000)] = None
    driving_minutes: Annotated[
        int | None,
        Field(ge=1, le=20_160, description="Of all the time, how much at the wheel; all of it when left out."),
    ] = None
    same_way_because: Annotated[
        Reason | None, Field(description="Why requests to different areas go the same way, where they do.")
    ] = None
    over: Annotated[OverRun | None, Field(description="The run that gives way; only a leader says so.")] = None
    note: Note | None = None

    @model_validator(mode="after")
    def _comes_back(self) -> Self:
        if self.returns_at <= self.leaves_at:
            raise PydanticCustomError("ride_times", "must return after it leaves")
        return self


class RunCommand(Command):
    """A wish about one run as it stands on its order."""

    allowed: ClassVar[frozenset[Role]] = DISPATCHER

    run_id: RunId
    standing: RunAsSeen


class CancelRun(RunCommand):
    """Call a run off; car and driver are free at once, and its requests wait for another."""

    reason: Reason


class JoinRun(RunCommand):
    """Let one more request ride on a run that has not left, in the seats it has free."""

    ride: RideSeats
    same_way_because: Annotated[
        Reason | None, Field(description="Why a request to another area goes the same way, where it does.")
    ] = None


class SubstituteCar(RunCommand):
    """Give a run another car, and another driver where one is named, because its own broke down or cannot go."""

    to_vehicle_id: BookableId
    to_driver_id: Annotated[BookableId | None, Field(description="The same driver when left out.")] = None
    odometer_end_km: Annotated[
        Odometer | None, Field(description="What the car that broke down shows, where it was on its way.")
    ] = None
    odometer_start_km: Annotated[
        Odometer | None, Field(description="What the car that takes over shows, where the run is on its way.")
    ] = None
    place: Annotated[Whither | None, Field(description="Where the car broke down.")] = None
    reason: Reason


class StartTrip(RunCommand):
    """Leave: what the odometer shows when the car goes."""

    odometer_km: Odometer
    started_at: Annotated[Moment | None, Field(description="Now when left out.")] = None


class FinishTrip(RunCommand):
    """Come back: what the odometer shows, the way that was taken, and what happened."""

    odometer_km: Odometer
    finished_at: Annotated[Moment | None, Field(description="Now when left out.")] = None
    route: Annotated[Note | None, Field(description="The way taken, where it was not the one ordered.")] = None
    conditions: Surcharges = ()
    tolls_vnd: Annotated[Paid, Field(description="Phí cầu đường, bến bãi.")] = 0
    incidents: Note | None = None
    driving_minutes: Annotated[int | None, Field(ge=1, le=20_160, description="As planned when left out.")] = None


class ConfirmTrip(Command):
    """Confirm for one's board that a run carried its people (chữ ký người dùng)."""

    allowed: ClassVar[frozenset[Role]] = RIDE_ASKER

    run_id: RunId
    ride_id: RideId
    confirmed_by: ShortLine
    satisfied: bool = True
    remark: Note | None = None


# --- commands: the trip log and fuel --------------------------------------------------------------------------------


class ExplainUnloggedKm(Command):
    """Say what a car did between two logged trips."""

    allowed: ClassVar[frozenset[Role]] = DISPATCHER

    vehicle_id: BookableId
    from_km: Annotated[Odometer, Field(description="Where the gap begins.")]
    explanation: Reason
    counts: Annotated[bool, Field(description="Whether fuel is allowed for these km.")] = False


class ReplaceOdometer(Command):
    """Go on from another reading, because the odometer was exchanged or had been read wrongly."""

    allowed: ClassVar[frozenset[Role]] = DISPATCHER

    vehicle_id: BookableId
    odometer_km: Odometer
    cause: Annotated[Literal["exchanged", "misread"], Field(description="Thay đồng hồ; đọc nhầm.")]
    reason: Reason


class RecordFuel(Command):
    """Enter fuel a car took, with its invoice."""

    allowed: ClassVar[frozenset[Role]] = DISPATCHER

    vehicle_id: BookableId
    received_on: Annotated[Day | None, Field(description="Today when left out.")] = None
    quantity_cl: Annotated[int, Field(ge=1, le=100_000, description="Hundredths of a litre: 4550 is 45.5 litres.")]
    amount_vnd: Paid
    invoice: Annotated[ShortLine, Field(description="Number of the invoice; said again, it is one.")]
    supplier: ShortLine | None = None
    odometer_km: Annotated[Odometer | None, Field(description="What the odometer showed at the pump.")] = None
    run_id: RunId | None = None


class CorrectFuel(Command):
    """Put right what was entered of an invoice, before its month is closed."""

    allowed: ClassVar[frozenset[Role]] = DISPATCHER

    vehicle_id: BookableId
    invoice: ShortLine
    quantity_cl: Annotated[int, Field(ge=0, le=100_000, description="0 where the fuel was not this car's.")]
    amount_vnd: Paid
    reason: Reason


class CloseFuelMonth(Command):
    """Settle a car's fuel of a month (bảng thanh toán nhiên liệu): what was used against what the norm allows."""

    allowed: ClassVar[frozenset[Role]] = DISPATCHER

    vehicle_id: BookableId
    month: Month
    closing_cl: Annotated[Centilitres, Field(description="What is in the tank at the end of the month.")]
    opening_cl: Annotated[
        Centilitres | None, Field(description="What was in it at the beginning; for the first month only.")
    ] = None
    opening_vnd: Annotated[Paid | None, Field(description="What that was worth; for the first month only.")] = None
    norm_cl_per_100km: Annotated[
        int | None, Field(ge=1, le=20_000, description="1250 is 12.5 litres; the car's own when left out.")
    ] = None
    surcharges: Annotated[Surcharges, Field(description="Those of all km of the month, such as an old car.")] = ()
    explanation: Annotated[Note | None, Field(description="Needed where more was used than the norm allows.")] = None
