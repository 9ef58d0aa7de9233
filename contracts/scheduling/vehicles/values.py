"""The values of cars: rides and runs, what is in a tank, and who may say what."""

from typing import Annotated, Literal, TypeAlias

from pydantic import Field, StringConstraints

from contracts.base import Line, Message, Role
from contracts.scheduling.values import BookableId, Moment, Reason, ShortLine

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


class CarHire(Message):
    """What a hired car costs, with or without its own driver: whole đồng for each km, or for each day it is used."""

    supplier: ShortLine
    contract_number: ShortLine
    price_vnd: Paid
    per: Literal["km", "day"]


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


class OverRun(Message):
    """A run that gives way to another, as its speaker sees it, and why; its requests wait again and are told."""

    run_id: RunId
    standing: RunAsSeen
    reason: Reason


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
