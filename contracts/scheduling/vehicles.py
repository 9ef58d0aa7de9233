"""The words of cars: rides asked for, run orders (lệnh điều xe), trip logs, fuel, and what it all comes to."""

from datetime import date, datetime
from typing import Annotated, ClassVar, Literal, Self, TypeAlias
from uuid import UUID

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from contracts.base import (
    Command,
    Day,
    Event,
    Line,
    ListQuery,
    Message,
    Notice,
    Page,
    Query,
    Refusal,
    Role,
    Row,
    column,
)
from contracts.organisation import PersonId, Phone, UnitId
from contracts.scheduling.values import BookableId, BookingId, Moment, Note, Reason, ShortLine

# --- values ---------------------------------------------------------------------------------------------------------

RideId: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]
RunId: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]
Month: TypeAlias = Annotated[str, StringConstraints(pattern=r"^(19[3-9]|20[0-9])[0-9]-(0[1-9]|1[0-2])$")]
"""A month of the office, such as 2026-11."""
Whither: TypeAlias = Annotated[Line, Field(max_length=200)]
"""A place one leaves from or goes to."""
Passengers: TypeAlias = Annotated[int, Field(ge=1, le=500)]
Centilitres: TypeAlias = Annotated[int, Field(ge=0, le=1_000_000)]
"""Hundredths of a litre: 4550 is 45.5 litres."""
Odometer: TypeAlias = Annotated[int, Field(ge=0, le=9_999_999)]
"""What the car's odometer shows, in whole km."""
Paid: TypeAlias = Annotated[int, Field(ge=0, le=10_000_000_000)]
"""Whole đồng."""
CarUse: TypeAlias = Literal["titled", "general", "specialised"]
"""Phục vụ chức danh; dùng chung; chuyên dùng."""
RideStatus: TypeAlias = Literal["requested", "approved", "granted", "carried", "declined", "cancelled"]
"""Chờ duyệt; đã duyệt, chờ xe; đã có xe; đã đi; không duyệt; đã hủy."""
RunStatus: TypeAlias = Literal["ordered", "on_the_way", "finished", "cancelled"]
"""Đã có lệnh; đang đi; đã về; đã hủy."""
Instead: TypeAlias = Literal["hired_car", "lump_sum", "another_time", "own_means"]
"""Thuê xe ngoài; khoán kinh phí; chọn giờ khác; tự túc phương tiện."""
SurchargeCode: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z_]{1,29}$")]
"""What makes a car burn more than its norm, such as mountain or city; which there are is a table of rules."""
Surcharges: TypeAlias = Annotated[tuple[SurchargeCode, ...], Field(max_length=8)]
CostKind: TypeAlias = Literal["fuel", "tolls", "repair", "maintenance", "insurance", "inspection"]
"""Nhiên liệu; phí cầu đường, bến bãi; sửa chữa; bảo dưỡng; bảo hiểm; đăng kiểm."""
MOST_RIDES = 12
"""Requests that share one run at most."""
LONGEST_RUN_DAYS = 14
"""A run of more days is ordered in parts, so that a driver's weeks stay in sight."""

RIDE_ASKER: frozenset[Role] = frozenset({"board", "clerk", "leader"})
"""Who asks for a car: a board for itself; the office for anybody."""
RIDE_APPROVER: frozenset[Role] = frozenset({"leader"})
"""Who grants one: the head of the office or of its administration (Chánh Văn phòng, Trưởng phòng Quản trị)."""
DISPATCHER: frozenset[Role] = frozenset({"clerk", "leader"})
"""Who assigns cars and drivers, and keeps their logs."""
CAR_KEEPER: frozenset[Role] = frozenset({"clerk", "administrator", "service"})
"""Who says what cars and drivers there are; the service itself where the register of assets says so."""


class CarWish(Message):
    """What kind of car is asked for; any that has the seats where nothing is said."""

    seats: Annotated[int | None, Field(ge=2, le=60, description="At least so many, the driver's too.")] = None
    use: CarUse | None = None


class RideSeats(Message):
    """A request that a run carries, and how many of its passengers; all that have no seat yet where left out."""

    ride_id: RideId
    passengers: Passengers | None = None


class RunAsSeen(Message):
    """A run order as the speaker sees it; what changed meanwhile is refused and looked at again."""

    vehicle_id: BookableId
    driver_id: BookableId
    leaves_at: Moment
    returns_at: Moment
    ride_ids: Annotated[tuple[RideId, ...], Field(min_length=1, max_length=MOST_RIDES)]


class Carried(Message):
    """A request on a run: whose it is, how many of its passengers go, and where to."""

    ride_id: str
    board_id: str
    passengers: int
    from_place: str
    to_place: str
    purpose: str
    requester: str
    phone: str | None = None
    document_number: str | None = None
    booking_id: str | None = None


class Surcharge(Message):
    """A share on top of a car's norm, in hundredths of a percent, by the rule of its day: 1000 is 10 %."""

    code: str
    basis_points: int
    legal_basis: str


class FuelNormLine(Message):
    """The km of a month that were driven under the same surcharges."""

    km: int
    surcharges: tuple[str, ...] = ()
    basis_points: Annotated[int, Field(description="Sum of the surcharges, the month's among them.")] = 0


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


# --- events: cars and drivers ---------------------------------------------------------------------------------------


class CarRecorded(Event):
    """What a car is, as it stands."""

    plate: str
    seats: int
    use: CarUse
    fuel_norm_cl_per_100km: int | None = None


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


# --- refusals -------------------------------------------------------------------------------------------------------

RIDE_UNKNOWN = Refusal(
    "ride-unknown",
    "Không có đề nghị sử dụng xe với mã {ride_id}; đề nghị kiểm tra lại trong danh sách.",
    "There is no request for a car {ride_id}; check it in the list.",
)
RIDE_IN_THE_PAST = Refusal(
    "ride-in-the-past",
    "Giờ về {returns_at} đã qua; đề nghị chọn thời gian chưa qua.",
    "The time of return {returns_at} has passed; choose a time to come.",
)
RIDE_NOT_YOURS = Refusal(
    "ride-not-yours",
    "Đề nghị sử dụng xe này của {board_id}; chỉ đơn vị này hoặc Văn phòng được thực hiện.",
    "This request for a car is of {board_id}; only that unit or the office may do this.",
)
RIDE_CLOSED = Refusal(
    "ride-closed",
    "Đề nghị sử dụng xe đang ở trạng thái “{status_vi}” nên không thực hiện được; đề nghị xem lại danh sách.",
    "The request for a car is {status}, so this cannot be done; look at the list again.",
)
RIDE_ON_ITS_WAY = Refusal(
    "ride-on-its-way",
    "Chuyến xe phục vụ đề nghị này đã xuất phát nên không hủy được; đề nghị liên hệ lái xe {driver_name}.",
    "The run that carries this request has left, so it cannot be cancelled; call the driver {driver_name}.",
)
RIDE_RUNS_CHANGED = Refusal(
    "ride-runs-changed",
    "Các chuyến xe phục vụ đề nghị này vừa thay đổi; đề nghị xem lại rồi thực hiện lại.",
    "The runs that carry this request have just changed; look again and say it anew.",
)
RIDE_ALONE_ON_RUN = Refusal(
    "ride-alone-on-run",
    "Lệnh điều xe {run_number} chỉ phục vụ đề nghị này; đề nghị hủy lệnh điều xe trước.",
    "Run order {run_number} is for this request alone; cancel the run order first.",
)
RUN_UNKNOWN = Refusal(
    "run-unknown",
    "Không có lệnh điều xe với mã {run_id}; đề nghị kiểm tra lại trong sổ.",
    "There is no run order {run_id}; check it in the book.",
)
RUN_CHANGED = Refusal(
    "run-changed",
    "Lệnh điều xe {run_number} vừa thay đổi; đề nghị xem lại rồi thực hiện lại.",
    "Run order {run_number} has just changed; look at it again and say it anew.",
)
RUN_CLOSED = Refusal(
    "run-closed",
    "Lệnh điều xe {run_number} đang ở trạng thái “{status_vi}” nên không thực hiện được; đề nghị xem lại trong sổ.",
    "Run order {run_number} is {status}, so this cannot be done; look at it in the book.",
)
RUN_TOO_LONG = Refusal(
    "run-too-long",
    "Một lệnh điều xe không quá {most} ngày; đề nghị lập nhiều lệnh nối tiếp.",
    "A run order is for {most} days at most; order a longer run in parts.",
)
RUN_IN_THE_PAST = Refusal(
    "run-in-the-past",
    "Giờ về {returns_at} đã qua; đề nghị chọn thời gian chưa qua.",
    "The time of return {returns_at} has passed; choose a time to come.",
)
RIDE_TWICE = Refusal(
    "ride-twice",
    "Đề nghị {ride_id} được nêu hai lần; đề nghị chỉ nêu một lần.",
    "Request {ride_id} is named twice; name it once.",
)
RIDE_OUTSIDE_RUN = Refusal(
    "ride-outside-run",
    "Thời gian của đề nghị từ {leaves_at} đến {returns_at} không nằm trong thời gian của lệnh; "
    "đề nghị điều chỉnh giờ đi, giờ về.",
    "The request from {leaves_at} to {returns_at} is not within the time of the run; change when it leaves or returns.",
)
RIDES_NOT_SHARED = Refusal(
    "rides-not-shared",
    "{requester} đề nghị đi riêng, không ghép chuyến; đề nghị lập lệnh riêng.",
    "{requester} asked not to share; order a run of its own.",
)
RIDES_APART = Refusal(
    "rides-apart",
    "Thời gian đi của {requester} và {other} không giao nhau; chỉ ghép chuyến khi thời gian giao nhau.",
    "{requester} and {other} do not travel at the same time; only such requests share a car.",
)
RIDES_OTHER_WAY = Refusal(
    "rides-other-way",
    "{requester} đi {area}, {other} đi {other_area}; đề nghị nêu lý do ghép chuyến hoặc lập lệnh riêng.",
    "{requester} goes to {area}, {other} to {other_area}; say why they go the same way, or order two runs.",
)
SEATS_TOO_FEW = Refusal(
    "seats-too-few",
    "Xe {plate} còn {free} chỗ cho khách, không đủ {passengers} người; đề nghị chọn xe lớn hơn hoặc tách đoàn.",
    "{plate} has {free} seats for passengers, not {passengers}; choose a larger car or divide the group.",
)
RUN_FULL = Refusal(
    "run-full",
    "Một lệnh điều xe ghép tối đa {most} đề nghị; đề nghị lập lệnh khác.",
    "A run order carries {most} requests at most; order another run.",
)
SEATED_ALREADY = Refusal(
    "seated-already",
    "Đề nghị của {requester} chỉ còn {left} người chưa có xe, không phải {passengers}; đề nghị kiểm tra lại.",
    "Only {left} of the request of {requester} have no seat yet, not {passengers}; check the number.",
)
CAR_UNFIT = Refusal(
    "car-unfit",
    "Xe {plate} không đúng loại xe mà {requester} đề nghị; đề nghị chọn xe khác.",
    "{plate} is not the kind of car that {requester} asked for; choose another.",
)
NOT_A_CAR = Refusal(
    "not-a-car",
    "{vehicle_id} không phải là xe đang sử dụng của cơ quan; đề nghị kiểm tra lại.",
    "{vehicle_id} is no car in use; check it.",
)
NOT_A_DRIVER = Refusal(
    "not-a-driver",
    "{driver_id} không phải là lái xe đang làm việc của cơ quan; đề nghị kiểm tra lại.",
    "{driver_id} is no driver of the office; check it.",
)
LICENCE_EXPIRED = Refusal(
    "licence-expired",
    "Giấy phép lái xe của {driver_name} hết hạn ngày {last_day}, trước ngày về {day}; đề nghị chọn lái xe khác.",
    "The licence of {driver_name} ends on {last_day}, before the run returns on {day}; choose another driver.",
    "Luật Trật tự, an toàn giao thông đường bộ 36/2024/QH15",
)
LICENCE_UNFIT = Refusal(
    "licence-unfit",
    "Giấy phép lái xe hạng {licence_class} của {driver_name} không điều khiển được xe {seats} chỗ; "
    "đề nghị chọn lái xe hoặc xe khác.",
    "A licence of class {licence_class} does not let {driver_name} drive a car of {seats} seats; choose another "
    "driver or another car.",
    "Luật Trật tự, an toàn giao thông đường bộ 36/2024/QH15, Điều 57",
)
DRIVER_DAY_FULL = Refusal(
    "driver-day-full",
    "Ngày {day}, {driver_name} sẽ lái xe {minutes} phút, quá mức {most} phút một ngày; đề nghị chọn lái xe khác.",
    "On {day} {driver_name} would drive {minutes} minutes, more than the {most} of a day; choose another driver.",
    "Luật Trật tự, an toàn giao thông đường bộ 36/2024/QH15, Điều 64",
)
DRIVER_WEEK_FULL = Refusal(
    "driver-week-full",
    "Tuần từ {day}, {driver_name} sẽ lái xe {minutes} phút, quá mức {most} phút một tuần; đề nghị chọn lái xe khác.",
    "In the week from {day} {driver_name} would drive {minutes} minutes, more than the {most} of a week; choose "
    "another driver.",
    "Luật Trật tự, an toàn giao thông đường bộ 36/2024/QH15, Điều 64",
)
DRIVER_WITHOUT_REST = Refusal(
    "driver-without-rest",
    "{driver_name} sẽ không được nghỉ liên tục {least} phút trong 24 giờ từ {starts_at}; đề nghị chọn lái xe khác.",
    "{driver_name} would not rest {least} minutes on end within 24 hours from {starts_at}; choose another driver.",
)
SAME_CAR = Refusal(
    "same-car",
    "Xe {plate} đã phục vụ lệnh này; đề nghị chọn xe khác.",
    "{plate} has already been on this run; choose another car.",
)
ODOMETER_NEEDED = Refusal(
    "odometer-needed",
    "Chuyến {run_number} đang đi; đề nghị ghi số km trên đồng hồ của cả hai xe.",
    "Run {run_number} is on its way; give what the odometers of both cars show.",
)
ODOMETER_BACKWARDS = Refusal(
    "odometer-backwards",
    "Đồng hồ của xe {plate} đã ghi {last_km} km, không thể là {odometer_km} km; đề nghị đọc lại, nếu thay đồng hồ thì "
    "ghi nhận việc thay trước.",
    "The odometer of {plate} was at {last_km} km and cannot be at {odometer_km} km; read it again, or record first "
    "that it was exchanged.",
)
TRIP_TOO_FAR = Refusal(
    "trip-too-far",
    "Số km {odometer_km} của xe {plate} cao hơn lần trước {km} km, quá mức có thể; đề nghị đọc lại đồng hồ.",
    "{odometer_km} km of {plate} are {km} km more than the last time, which cannot be; read the odometer again.",
)
CAR_ON_ITS_WAY = Refusal(
    "car-on-its-way",
    "Xe {plate} đang đi chuyến khác chưa ghi giờ về; đề nghị kết thúc chuyến đó trước.",
    "{plate} is still on another trip; finish that one first.",
)
TRIP_TIME_UNFIT = Refusal(
    "trip-time-unfit",
    "Thời điểm {moment} không hợp lệ: không được trước {earliest} và không được ở tương lai; đề nghị kiểm tra lại.",
    "{moment} cannot be: it must not be before {earliest}, nor in the future; check it.",
)
SURCHARGE_UNKNOWN = Refusal(
    "surcharge-unknown",
    "Không có mức phụ trội nhiên liệu “{code}” vào ngày {day}; đề nghị chọn trong danh mục.",
    "There is no fuel surcharge {code} on {day}; choose one of the table.",
)
TRIP_NOT_FINISHED = Refusal(
    "trip-not-finished",
    "Chuyến {run_number} chưa kết thúc; đề nghị xác nhận sau khi xe về.",
    "Run {run_number} has not come back yet; confirm it when it has.",
)
RIDE_NOT_ON_RUN = Refusal(
    "ride-not-on-run",
    "Lệnh điều xe {run_number} không phục vụ đề nghị {ride_id}; đề nghị kiểm tra lại.",
    "Run order {run_number} does not carry request {ride_id}; check it.",
)
NO_SUCH_GAP = Refusal(
    "no-such-gap",
    "Xe không có đoạn km chưa ghi nhật trình bắt đầu từ {from_km} km; đề nghị kiểm tra lại.",
    "There are no unlogged km of this car from {from_km} km; check it.",
)
MONTH_SETTLED = Refusal(
    "month-settled",
    "Tháng {month} của xe này đã quyết toán nhiên liệu; đề nghị ghi vào tháng sau.",
    "The fuel of this car is settled for {month}; enter it in a later month.",
)
MONTH_NOT_OVER = Refusal(
    "month-not-over",
    "Tháng {month} chưa kết thúc; đề nghị quyết toán sau ngày cuối tháng.",
    "{month} is not over; settle it after its last day.",
)
MONTHS_IN_ORDER = Refusal(
    "months-in-order",
    "Tháng tiếp theo cần quyết toán của xe này là {next_month}, không phải {month}; đề nghị quyết toán lần lượt.",
    "The next month to settle for this car is {next_month}, not {month}; settle them one after another.",
)
OPENING_NEEDED = Refusal(
    "opening-needed",
    "Đây là tháng đầu tiên của xe; đề nghị ghi nhiên liệu tồn đầu tháng.",
    "This is the car's first month; say what was in the tank when it began.",
)
OPENING_KNOWN = Refusal(
    "opening-known",
    "Tồn đầu tháng là tồn cuối tháng trước ({opening_cl} xăng-ti-lít, {opening_vnd} đồng); đề nghị để trống.",
    "The month begins with what the last one ended with ({opening_cl} cl, {opening_vnd} VND); leave it out.",
)
NORM_NEEDED = Refusal(
    "norm-needed",
    "Xe chưa có định mức tiêu hao nhiên liệu; đề nghị ghi định mức.",
    "The car has no fuel norm; give one.",
)
CLOSING_TOO_MUCH = Refusal(
    "closing-too-much",
    "Tồn cuối {closing_cl} xăng-ti-lít lớn hơn tồn đầu cộng nhận trong tháng ({available_cl}); đề nghị kiểm tra lại.",
    "{closing_cl} cl at the end are more than there were and came ({available_cl} cl); check it.",
)
OVERUSE_UNEXPLAINED = Refusal(
    "overuse-unexplained",
    "Tiêu hao vượt định mức {difference_cl} xăng-ti-lít; đề nghị ghi giải trình.",
    "{difference_cl} cl more were used than the norm allows; explain it.",
)
CAR_STILL_OUT = Refusal(
    "car-still-out",
    "Xe đang đi chuyến bắt đầu trong tháng {month}; đề nghị kết thúc chuyến trước khi quyết toán.",
    "The car is on a trip that began in {month}; finish it before the month is settled.",
)
INVOICE_USED = Refusal(
    "invoice-used",
    "Hóa đơn {invoice} đã ghi cho xe này với nội dung khác; đề nghị kiểm tra lại hoặc sửa lần ghi trước.",
    "Invoice {invoice} was entered for this car with other contents; check it, or correct what was entered.",
)
INVOICE_UNKNOWN = Refusal(
    "invoice-unknown",
    "Xe này không có hóa đơn {invoice} chưa quyết toán; đề nghị kiểm tra lại.",
    "This car has no invoice {invoice} that is not settled; check it.",
)
FUEL_DAY_AHEAD = Refusal(
    "fuel-day-ahead",
    "Ngày nhận nhiên liệu {day} chưa tới; đề nghị kiểm tra lại.",
    "The day of the fuel, {day}, has not come yet; check it.",
)
# --- rows -----------------------------------------------------------------------------------------------------------


class RideRow(Row):
    """A request for a car (giấy đề nghị sử dụng xe) and how far it has come."""

    ride_id: str
    board_id: str
    board_name: Annotated[str, column(1, "Đơn vị đề nghị")] = ""
    requester: Annotated[str, column(2, "Người đề nghị")]
    purpose: Annotated[str, column(3, "Mục đích")]
    document_number: Annotated[str | None, column(4, "Văn bản liên quan")] = None
    from_place: Annotated[str, column(5, "Nơi đi")]
    to_place: Annotated[str, column(6, "Nơi đến")]
    leaves_at: Annotated[datetime, column(7, "Giờ đi")]
    returns_at: Annotated[datetime, column(8, "Giờ về")]
    passengers: Annotated[int, column(9, "Số người")]
    car_seats: Annotated[int | None, column(10, "Loại xe (số chỗ)")] = None
    may_share: Annotated[bool, column(11, "Ghép chuyến được")]
    status: Annotated[RideStatus, column(12, "Trạng thái")]
    run_numbers: Annotated[tuple[str, ...], column(13, "Lệnh điều xe")] = ()
    plates: Annotated[tuple[str, ...], column(14, "Xe")] = ()
    drivers: Annotated[tuple[str, ...], column(15, "Lái xe")] = ()
    km: Annotated[int, column(16, "Km")] = 0
    reason: Annotated[str | None, column(17, "Lý do không duyệt, hủy")] = None
    instead: Instead | None = None
    seated: int = 0
    run_ids: tuple[str, ...] = ()
    booking_id: str | None = None
    phone: str | None = None
    area: str | None = None
    car_use: CarUse | None = None
    note: str | None = None
    approver: str | None = None
    requested_at: datetime
    decided_at: datetime | None = None
    granted_at: datetime | None = None


class SharedRideRow(Row):
    """A request and a run, or another request, that could share a car: one way, at one time, with the seats."""

    ride_id: str
    requester: Annotated[str, column(1, "Người đề nghị")]
    board_id: str
    board_name: Annotated[str, column(2, "Đơn vị")] = ""
    area: Annotated[str, column(3, "Nơi đến")]
    leaves_at: Annotated[datetime, column(4, "Giờ đi")]
    returns_at: Annotated[datetime, column(5, "Giờ về")]
    passengers: Annotated[int, column(6, "Số người chưa có xe")]
    run_number: Annotated[str | None, column(7, "Lệnh điều xe còn chỗ")] = None
    free_seats: Annotated[int | None, column(8, "Số chỗ trống")] = None
    with_requester: Annotated[str | None, column(9, "Đi cùng")] = None
    run_id: str | None = None
    with_ride_id: str | None = None


class PaperRow(Row):
    """A paper of a car or a driver, and the last day it holds."""

    paper_id: str
    thing_id: str
    name: Annotated[str, column(1, "Xe, lái xe")]
    paper: Annotated[Literal["licence", "inspection", "insurance", "other"], column(2, "Giấy tờ")]
    last_day: Annotated[date, column(3, "Hạn")]
    days_left: Annotated[int, column(4, "Còn (ngày)")]


class RunOrderRow(Row):
    """A run order in the year's book."""

    run_id: str
    run_number: Annotated[str, column(1, "Số lệnh")]
    ordered_on: Annotated[date, column(2, "Ngày")]
    plate: Annotated[str, column(3, "Biển số")]
    driver_name: Annotated[str, column(4, "Lái xe")]
    in_charge: Annotated[str, column(5, "Người phụ trách đoàn")]
    route: Annotated[str, column(6, "Lộ trình")]
    leaves_at: Annotated[datetime, column(7, "Giờ đi")]
    returns_at: Annotated[datetime, column(8, "Giờ về")]
    passengers: Annotated[int, column(9, "Số người")]
    planned_km: Annotated[int | None, column(10, "Km dự kiến")] = None
    km: Annotated[int | None, column(11, "Km thực hiện")] = None
    approver: Annotated[str, column(12, "Người duyệt")]
    status: Annotated[RunStatus, column(13, "Trạng thái")]
    number: int
    year: int
    vehicle_id: str
    driver_id: str
    board_ids: tuple[str, ...] = ()
    started_at: datetime | None = None
    finished_at: datetime | None = None
    reason: Annotated[str | None, Field(description="Why it was called off, or given another car.")] = None


class CarOnRun(Message):
    """A car that served a run, from when on, and who drove it."""

    vehicle_id: str
    plate: str
    driver_id: str
    driver_name: str
    since: datetime
    reason: str | None = None


class RunOrderView(Row):
    """A run order as its paper (lệnh điều xe) says it; `standing` is what a command about it names."""

    order: RunOrderRow
    rides: tuple[Carried, ...]
    cars: tuple[CarOnRun, ...]
    seats: int
    licence_class: str | None = None
    driver_phone: str | None = None
    driving_minutes: int
    note: str | None = None
    confirmed_by: tuple[str, ...] = ()
    qr_text: Annotated[str, Field(description="What the code on the paper says: the number, plate, driver and time.")]
    standing: RunAsSeen


class TripRow(Row):
    """A line of a car's log (sổ nhật trình)."""

    trip_id: str
    day: Annotated[date, column(1, "Ngày")]
    run_number: Annotated[str, column(2, "Lệnh số")]
    plate: Annotated[str, column(3, "Biển số")]
    driver_name: Annotated[str, column(4, "Lái xe")]
    started_at: Annotated[datetime, column(5, "Giờ xuất bến")]
    finished_at: Annotated[datetime, column(6, "Giờ về bến")]
    odometer_start_km: Annotated[int, column(7, "Đồng hồ km đầu")]
    odometer_end_km: Annotated[int, column(8, "Đồng hồ km cuối")]
    route: Annotated[str, column(9, "Lộ trình")]
    km: Annotated[int, column(10, "Km")]
    fuel_cl: Annotated[int, column(11, "Nhiên liệu nhận (1/100 lít)")] = 0
    fuel_vnd: Annotated[int, column(12, "Tiền nhiên liệu (đồng)")] = 0
    invoices: Annotated[tuple[str, ...], column(13, "Hóa đơn")] = ()
    confirmed_by: Annotated[tuple[str, ...], column(14, "Người dùng xác nhận")] = ()
    incidents: Annotated[str | None, column(15, "Sự cố")] = None
    tolls_vnd: Annotated[int, column(16, "Phí cầu đường, bến bãi (đồng)")] = 0
    run_id: str
    vehicle_id: str
    driver_id: str
    month: str
    board_ids: tuple[str, ...] = ()
    surcharges: tuple[str, ...] = ()


class OdometerGapRow(Row):
    """Km between two logged trips that nobody logged."""

    gap_id: str
    vehicle_id: str
    month: Annotated[str, column(1, "Tháng")]
    plate: Annotated[str, column(2, "Biển số")] = ""
    from_km: Annotated[int, column(3, "Từ km")]
    to_km: Annotated[int, column(4, "Đến km")]
    km: Annotated[int, column(5, "Số km")]
    explanation: Annotated[str | None, column(6, "Giải trình")] = None
    counts: Annotated[bool, column(7, "Tính định mức")] = False


class FuelReceiptRow(Row):
    """Fuel a car took."""

    receipt_id: str
    vehicle_id: str
    received_on: Annotated[date, column(1, "Ngày")]
    plate: Annotated[str, column(2, "Biển số")] = ""
    invoice: Annotated[str, column(3, "Hóa đơn")]
    supplier: Annotated[str | None, column(4, "Nơi bán")] = None
    quantity_cl: Annotated[int, column(5, "Số lượng (1/100 lít)")]
    amount_vnd: Annotated[int, column(6, "Thành tiền (đồng)")]
    odometer_km: Annotated[int | None, column(7, "Đồng hồ km")] = None
    reason: Annotated[str | None, column(8, "Lý do sửa")] = None
    month: str
    run_id: str | None = None


class FuelMonthRow(Row):
    """A car's line of the month's fuel settlement (bảng thanh toán nhiên liệu)."""

    settlement_id: str
    vehicle_id: str
    month: Annotated[str, column(1, "Tháng")]
    plate: Annotated[str, column(2, "Xe")]
    km: Annotated[int, column(3, "Tổng km")]
    norm_cl_per_100km: Annotated[int, column(4, "Định mức (1/100 lít/100 km)")]
    norm_cl: Annotated[int, column(5, "Tiêu hao theo định mức")]
    opening_cl: Annotated[int, column(6, "Tồn đầu")]
    received_cl: Annotated[int, column(7, "Thực nhận")]
    closing_cl: Annotated[int, column(8, "Tồn cuối")]
    used_cl: Annotated[int, column(9, "Thực tế tiêu hao")]
    difference_cl: Annotated[int, column(10, "Chênh lệch")]
    paid_vnd: Annotated[int, column(11, "Tiền nhiên liệu (đồng)")]
    unlogged_km: Annotated[int, column(12, "Km không có nhật trình")]
    explanation: Annotated[str | None, column(13, "Giải trình")] = None
    opening_vnd: int
    closing_vnd: int
    used_vnd: int
    closed_on: date


class VehicleCostRow(Row):
    """What a car cost in a time, in all and for each km."""

    vehicle_id: str
    plate: Annotated[str, column(1, "Xe")]
    km: Annotated[int, column(2, "Km")]
    trips: Annotated[int, column(3, "Số chuyến")]
    fuel_vnd: Annotated[int, column(4, "Nhiên liệu (đồng)")] = 0
    tolls_vnd: Annotated[int, column(5, "Phí cầu đường, bến bãi (đồng)")] = 0
    repair_vnd: Annotated[int, column(6, "Sửa chữa (đồng)")] = 0
    maintenance_vnd: Annotated[int, column(7, "Bảo dưỡng (đồng)")] = 0
    insurance_vnd: Annotated[int, column(8, "Bảo hiểm (đồng)")] = 0
    inspection_vnd: Annotated[int, column(9, "Đăng kiểm (đồng)")] = 0
    total_vnd: Annotated[int, column(10, "Tổng chi phí (đồng)")] = 0
    vnd_per_km: Annotated[int | None, column(11, "Đồng/km")] = None


class BoardFairnessRow(Row):
    """How a board's requests for cars fared in a time, so that all can be compared."""

    board_id: str
    board_name: Annotated[str, column(1, "Đơn vị")] = ""
    requests: Annotated[int, column(2, "Số đề nghị")]
    granted: Annotated[int, column(3, "Được bố trí xe")]
    waiting: Annotated[int, column(4, "Đang chờ")]
    declined: Annotated[int, column(5, "Không duyệt")]
    cancelled: Annotated[int, column(6, "Tự hủy")]
    granted_per_hundred: Annotated[int | None, column(7, "Tỷ lệ đáp ứng (%)")] = None
    shared: Annotated[int, column(8, "Đi ghép")] = 0
    km: Annotated[int, column(9, "Km")]
    km_per_hundred: Annotated[int | None, column(10, "Tỷ trọng km (%)")] = None
    median_wait_minutes: Annotated[int | None, column(11, "Chờ có xe, trung vị (phút)")] = None
    longest_wait_minutes: Annotated[int | None, column(12, "Chờ lâu nhất (phút)")] = None


class CarNowRow(Row):
    """A car, and who has it at a moment."""

    vehicle_id: str
    plate: Annotated[str, column(1, "Xe")]
    seats: Annotated[int, column(2, "Số chỗ")]
    state: Annotated[Literal["free", "reserved", "on_the_way", "late"], column(3, "Tình trạng")]
    run_number: Annotated[str | None, column(4, "Lệnh điều xe")] = None
    driver_name: Annotated[str | None, column(5, "Lái xe")] = None
    driver_phone: Annotated[str | None, column(6, "Điện thoại")] = None
    in_charge: Annotated[str | None, column(7, "Người phụ trách đoàn")] = None
    board_names: Annotated[tuple[str, ...], column(8, "Đơn vị")] = ()
    leaves_at: Annotated[datetime | None, column(9, "Giờ đi")] = None
    returns_at: Annotated[datetime | None, column(10, "Giờ về")] = None
    route: Annotated[str | None, column(11, "Lộ trình")] = None
    run_id: str | None = None
    next_leaves_at: Annotated[datetime | None, Field(description="When its next run leaves.")] = None


class DriverDay(Message):
    """What a driver drives on a day, in minutes."""

    day: date
    driving_minutes: int
    run_numbers: tuple[str, ...] = ()


class DriverWeekView(Row):
    """A driver's week from Monday: runs, minutes at the wheel, and what is left of the limits."""

    driver_id: str
    driver_name: str
    monday: date
    days: tuple[DriverDay, ...]
    runs: tuple[RunOrderRow, ...]
    driving_minutes: int
    most_minutes: int | None = None
    left_minutes: int | None = None
    km: int


# --- queries --------------------------------------------------------------------------------------------------------


class ListRides(ListQuery):
    """Requests for cars; a board sees its own, the office all."""

    answer = Page[RideRow]

    board_id: UnitId | None = None
    status: RideStatus | None = None
    leaving_from: Day | None = None
    leaving_to: Day | None = None
    booking_id: BookingId | None = None
    text: Annotated[
        str | None, Field(max_length=200, description="Words to find; accents and spelling variants do not matter.")
    ] = None
    sort: Literal["leaves_at", "requested_at"] = "leaves_at"


class GetRide(Query):
    """One request for a car."""

    answer = RideRow

    ride_id: RideId


class ListSharedRides(ListQuery):
    """Requests that wait and could share a car: with a run that has seats, or with each other."""

    answer = Page[SharedRideRow]

    from_day: Day
    to_day: Day
    descending: bool = False
    sort: Literal["leaves_at"] = "leaves_at"


class ListExpiringPapers(ListQuery):
    """Licences, inspections and compulsory insurance that end soon or have ended, those that ended first at the top."""

    answer = Page[PaperRow]

    within_days: Annotated[int, Field(ge=0, le=3650)] = 30
    on: Annotated[Day | None, Field(description="Counted from this day; today when left out.")] = None
    descending: bool = False
    sort: Literal["last_day"] = "last_day"


class ListRunOrders(ListQuery):
    """The book of run orders."""

    answer = Page[RunOrderRow]

    year: Annotated[int | None, Field(ge=2000, le=2100)] = None
    status: RunStatus | None = None
    vehicle_id: BookableId | None = None
    driver_id: BookableId | None = None
    board_id: UnitId | None = None
    leaving_from: Day | None = None
    leaving_to: Day | None = None
    sort: Literal["number", "leaves_at"] = "number"


class GetRunOrder(Query):
    """A run order as its paper says it, with what the code on it says."""

    answer = RunOrderView

    run_id: RunId


class ListTrips(ListQuery):
    """The log of trips (sổ nhật trình xe)."""

    answer = Page[TripRow]

    vehicle_id: BookableId | None = None
    driver_id: BookableId | None = None
    board_id: UnitId | None = None
    month: Month | None = None
    from_day: Day | None = None
    to_day: Day | None = None
    descending: bool = False
    sort: Literal["started_at"] = "started_at"


class ListOdometerGaps(ListQuery):
    """Km nobody logged."""

    answer = Page[OdometerGapRow]

    vehicle_id: BookableId | None = None
    month: Month | None = None
    explained: bool | None = None
    sort: Literal["month"] = "month"


class ListFuelReceipts(ListQuery):
    """What fuel the cars took."""

    answer = Page[FuelReceiptRow]

    vehicle_id: BookableId | None = None
    month: Month | None = None
    run_id: RunId | None = None
    sort: Literal["received_on"] = "received_on"


class ListFuelMonths(ListQuery):
    """The settlement of fuel, month by month and car by car."""

    answer = Page[FuelMonthRow]

    vehicle_id: BookableId | None = None
    month: Month | None = None
    over_norm: Annotated[bool | None, Field(description="Only those above their norm, or the others.")] = None
    sort: Literal["month"] = "month"


class ListVehicleCosts(ListQuery):
    """What each car cost, from a day to a day, both included."""

    answer = Page[VehicleCostRow]

    vehicle_id: BookableId | None = None
    from_day: Day
    to_day: Day
    descending: bool = False
    sort: Literal["plate", "total_vnd", "vnd_per_km"] = "plate"


class ListBoardFairness(ListQuery):
    """How the boards' requests fared that were to leave from a day to a day, both included."""

    answer = Page[BoardFairnessRow]

    from_day: Day
    to_day: Day
    descending: bool = False
    sort: Literal["board", "km", "granted_per_hundred"] = "board"


class ListCarsNow(ListQuery):
    """Who has which car at a moment."""

    answer = Page[CarNowRow]

    moment: Annotated[Moment | None, Field(description="Now when left out.")] = None
    descending: bool = False
    sort: Literal["plate"] = "plate"


class GetDriverWeek(Query):
    """A driver's week."""

    answer = DriverWeekView

    driver_id: BookableId
    on: Annotated[Day | None, Field(description="A day of the week; today when left out.")] = None


def ride_id(command_id: UUID) -> str:
    """Return the id of the request that a RequestRide with this command id makes."""
    return command_id.hex


def run_id(command_id: UUID) -> str:
    """Return the id of the run that a DispatchRun with this command id orders."""
    return command_id.hex


def run_number(number: int, year: int) -> str:
    """Return how a run order is called on paper: 12/2026."""
    return f"{number}/{year}"


VEHICLE_COMMANDS: tuple[type[Command], ...] = (
    RecordCar,
    RecordDriver,
    RequestRide,
    ApproveRide,
    DeclineRide,
    CancelRide,
    DispatchRun,
    CancelRun,
    JoinRun,
    SubstituteCar,
    StartTrip,
    FinishTrip,
    ConfirmTrip,
    ExplainUnloggedKm,
    ReplaceOdometer,
    RecordFuel,
    CorrectFuel,
    CloseFuelMonth,
)
VEHICLE_EVENTS: tuple[type[Event], ...] = (
    CarRecorded,
    DriverRecorded,
    RideRequested,
    RideApproved,
    RideDeclined,
    RideCancelled,
    RideGranted,
    RideReturned,
    RideCarChanged,
    RideCarried,
    RunNumbered,
    RunOrdered,
    RunRiderAdded,
    RunRiderDropped,
    RunCancelled,
    CarSubstituted,
    TripStarted,
    TripFinished,
    TripConfirmed,
    DutyTaken,
    DutyDropped,
    TripOpened,
    TripLogged,
    UnloggedKmFound,
    UnloggedKmExplained,
    OdometerReplaced,
    TripMonthSettled,
    FuelRecorded,
    FuelCorrected,
    FuelMonthClosed,
)
VEHICLE_QUERIES: tuple[type[Query], ...] = (
    ListRides,
    GetRide,
    ListSharedRides,
    ListExpiringPapers,
    ListRunOrders,
    GetRunOrder,
    ListTrips,
    ListOdometerGaps,
    ListFuelReceipts,
    ListFuelMonths,
    ListVehicleCosts,
    ListBoardFairness,
    ListCarsNow,
    GetDriverWeek,
)
