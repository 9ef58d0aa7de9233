"""One example of every command of cars, runs, trips and fuel."""

from collections.abc import Mapping
from typing import Any

from contracts import scheduling
from contracts.base import Command

_LAN = "0190a6f2c3d47e1f8a2b3c4d5e6f7b01"
_CAR, _OTHER_CAR = "asset-0190a6f2c3d47e1f8a2b3c4d5e6f7a8c", "asset-0190a6f2c3d47e1f8a2b3c4d5e6f7a9c"
_DRIVER = "person-0190a6f2c3d47e1f8a2b3c4d5e6f7b05"
_RIDE, _OTHER_RIDE = "0190a6f2c3d47e1f8a2b3c4d5e6f8101", "0190a6f2c3d47e1f8a2b3c4d5e6f8102"
_RUN_ID = "0190a6f2c3d47e1f8a2b3c4d5e6f8110"
_DAY = {"leaves_at": "2026-11-26T06:30:00+07:00", "returns_at": "2026-11-26T17:30:00+07:00"}
_CREW = {"vehicle_id": _CAR, "driver_id": _DRIVER}
_RUN = {"run_id": _RUN_ID, "standing": {**_CREW, **_DAY, "ride_ids": [_RIDE]}}

EXAMPLES: Mapping[type[Command], dict[str, Any]] = {
    scheduling.RecordCar: {
        "vehicle_id": _CAR,
        "plate": "12A-000.45",
        "seats": 7,
        "use": "general",
        "fuel_norm_cl_per_100km": 1250,
    },
    scheduling.RecordDriver: {
        "driver_id": _DRIVER,
        "name": "Hoàng Văn Thắng",
        "phone": "0912 345 679",
        "licence_class": "D1",
        "licence_number": "120123456789",
        "issued_on": "2024-03-15",
        "expires_on": "2029-03-15",
    },
    scheduling.RequestRide: {
        "board_id": "btctu",
        "requester": "Nguyễn Thị Lan",
        "requester_id": _LAN,
        "phone": "0912 345 678",
        "purpose": "Kiểm tra công tác tổ chức xây dựng Đảng tại cơ sở",
        "document_number": "312-KH/BTCTU",
        "from_place": "Trụ sở Tỉnh ủy",
        "to_place": "Đảng ủy xã Bắc Sơn",
        "area": "Xã Bắc Sơn",
        **_DAY,
        "passengers": 4,
        "car": {"seats": 7, "use": "general"},
    },
    scheduling.ApproveRide: {"ride_id": _RIDE, "note": "Đồng ý, ghép chuyến nếu cùng đường."},
    scheduling.DeclineRide: {
        "ride_id": _RIDE,
        "reason": "Các xe dùng chung đã có lệnh trong ngày.",
        "instead": "hired_car",
    },
    scheduling.CancelRide: {"ride_id": _RIDE, "run_ids": [_RUN_ID], "reason": "Hoãn đợt kiểm tra."},
    scheduling.DispatchRun: {
        **_CREW,
        "rides": [{"ride_id": _RIDE}],
        **_DAY,
        "in_charge": "Nguyễn Thị Lan",
        "route": "Trụ sở Tỉnh ủy - xã Bắc Sơn - Trụ sở Tỉnh ủy",
        "planned_km": 170,
        "driving_minutes": 240,
    },
    scheduling.CancelRun: {**_RUN, "reason": "Đoàn hoãn đi công tác."},
    scheduling.JoinRun: {
        **_RUN,
        "ride": {"ride_id": _OTHER_RIDE, "passengers": 2},
        "same_way_because": "Xã Bình Gia nằm trên đường đi xã Bắc Sơn.",
    },
    scheduling.SubstituteCar: {
        **_RUN,
        "to_vehicle_id": _OTHER_CAR,
        "odometer_end_km": 48_390,
        "odometer_start_km": 112_040,
        "place": "Km 45 quốc lộ 1B",
        "reason": "Xe hỏng hộp số, không đi tiếp được.",
    },
    scheduling.StartTrip: {**_RUN, "odometer_km": 48_350, "started_at": "2026-11-26T06:35:00+07:00"},
    scheduling.FinishTrip: {
        **_RUN,
        "odometer_km": 48_522,
        "finished_at": "2026-11-26T17:20:00+07:00",
        "conditions": ["mountain"],
        "tolls_vnd": 70_000,
    },
    scheduling.ConfirmTrip: {
        "run_id": _RUN_ID,
        "ride_id": _RIDE,
        "confirmed_by": "Nguyễn Thị Lan",
        "remark": "Đúng giờ, an toàn.",
    },
    scheduling.ExplainUnloggedKm: {
        "vehicle_id": _CAR,
        "from_km": 48_522,
        "explanation": "Đưa xe đi đăng kiểm và rửa xe.",
        "counts": True,
    },
    scheduling.ReplaceOdometer: {
        "vehicle_id": _CAR,
        "odometer_km": 0,
        "cause": "exchanged",
        "reason": "Thay cụm đồng hồ hỏng theo biên bản sửa chữa.",
    },
    scheduling.RecordFuel: {
        "vehicle_id": _CAR,
        "received_on": "2026-11-26",
        "quantity_cl": 4550,
        "amount_vnd": 955_500,
        "invoice": "1C26TXD-0012345",
        "supplier": "Cửa hàng xăng dầu Hùng Vương",
        "odometer_km": 48_350,
        "run_id": _RUN_ID,
    },
    scheduling.CorrectFuel: {
        "vehicle_id": _CAR,
        "invoice": "1C26TXD-0012345",
        "quantity_cl": 4500,
        "amount_vnd": 945_000,
        "reason": "Ghi nhầm số lít so với hóa đơn.",
    },
    scheduling.CloseFuelMonth: {
        "vehicle_id": _CAR,
        "month": "2026-11",
        "closing_cl": 2100,
        "opening_cl": 1800,
        "opening_vnd": 378_000,
        "norm_cl_per_100km": 1250,
        "explanation": "Đường đèo dốc, nhiều ngày mưa nên tiêu hao vượt định mức.",
    },
}
