"""What is answered about cars: rides, the book of run orders, logs, fuel, costs and fairness."""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import Field

from contracts.base import Message, Notice, Row, column
from contracts.scheduling.vehicles.values import Carried, CarUse, Instead, RideStatus, RunAsSeen, RunStatus


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
    board_names: Annotated[tuple[str, ...], Field(description="The board of each ride, as called on that day.")] = ()
    cars: tuple[CarOnRun, ...]
    seats: int
    licence_class: str | None = None
    driver_phone: str | None = None
    driving_minutes: int
    note: str | None = None
    confirmed_by: tuple[str, ...] = ()
    qr_text: Annotated[str, Field(description="What the code on the paper says: the number, plate, driver and time.")]
    standing: RunAsSeen


class CarChoice(Message):
    """A car for a request: free and fit, or what is missing."""

    vehicle_id: str
    plate: str
    seats: int
    missing: tuple[Notice, ...] = ()


class DriverChoice(Message):
    """A driver for a request: free and fit for the cars that are, or what is missing."""

    driver_id: str
    driver_name: str
    phone: str | None = None
    licence_class: str
    missing: tuple[Notice, ...] = ()


class RunToJoin(Message):
    """A run that goes the same way at the time with seats free; `standing` is what JoinRun names."""

    run_id: str
    run_number: str
    plate: str
    driver_name: str
    free_seats: int
    standing: RunAsSeen


class OtherTime(Message):
    """A time of the same length and day at which a car that fits and a driver for it are free."""

    leaves_at: datetime
    returns_at: datetime
    plates: tuple[str, ...]


class RunChoicesView(Row):
    """What a request that waits can be given; cars and drivers with nothing missing come first."""

    ride_id: str
    leaves_at: datetime
    returns_at: datetime
    passengers: Annotated[int, Field(description="Those who have no seat yet.")]
    cars: tuple[CarChoice, ...]
    drivers: tuple[DriverChoice, ...]
    runs: tuple[RunToJoin, ...]
    times: tuple[OtherTime, ...]
    possible: Annotated[bool, Field(description="Whether a run can be ordered for the time asked for.")]


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
    hire_vnd: Annotated[int, column(10, "Thuê xe (đồng)")] = 0
    total_vnd: Annotated[int, column(11, "Tổng chi phí (đồng)")] = 0
    vnd_per_km: Annotated[int | None, column(12, "Đồng/km")] = None


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


class DriverDayView(Row):
    """A driver's day as read on the way: every order with where to, whom for, and how they are reached."""

    driver_id: str
    driver_name: str
    day: date
    runs: tuple[RunOrderView, ...]
