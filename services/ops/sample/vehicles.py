"""The sample's garage: two drivers, a trip that is back, a run for tomorrow, and requests that wait."""

import asyncio
from datetime import datetime, timedelta
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from services.ops.sample.speaking import HANOI, Speaker

_CAR = f"asset-{uuid5(NAMESPACE_URL, 'motmoi:sample:asset:0').hex}"
_DRIVERS = (
    ("Lê Văn Hùng", "0912 000 004", "D1", "110123456784"),
    ("Đỗ Quang Huy", "0912 000 005", "B", "110123456785"),
)
_TRIES, _BETWEEN_S = 100, 0.1
_NOT_FOLLOWED_YET = ("bookable-unknown", "not-a-car", "not-a-driver")


async def load(speaker: Speaker) -> None:
    """Record drivers, ask for cars, send two runs, bring one back with its fuel; the others are to come."""
    for name, phone, licence, number in _DRIVERS:
        words = {"driver_id": _driver(name), "name": name, "phone": phone, "licence_class": licence}
        words |= {"licence_number": number, "issued_on": "2025-03-10", "expires_on": "2035-03-10"}
        await speaker.say("scheduling", "record-driver", f"driver:{name}", words)
    now = datetime.now(HANOI).replace(second=0, microsecond=0)
    tomorrow = (now + timedelta(days=1)).replace(hour=7, minute=30)
    await _back(speaker, now)
    times = _times(tomorrow, tomorrow + timedelta(hours=4))
    shared = {**times, "to_place": "Đảng ủy xã Bình Minh", "area": "Xã Bình Minh"}
    purpose = "Hướng dẫn công tác tuyên giáo cơ sở"
    ride = await _asked(speaker, "2", "btgdvtu", "Nông Thị Hiền", shared | {"purpose": purpose, "passengers": 3})
    await _sent(speaker, "2", ride, times, "Trụ sở Tỉnh ủy - xã Bình Minh - Trụ sở Tỉnh ủy")
    purpose = "Kiểm tra việc thực hiện kết luận tại Đảng ủy xã"
    waits = await _asked(speaker, "3", "ubkttu", "Lý Văn Thành", shared | {"purpose": purpose, "passengers": 2})
    await speaker.say("scheduling", "approve-ride", "approval:3", {"ride_id": waits})
    later = _times(tomorrow + timedelta(days=1), tomorrow + timedelta(days=1, hours=9))
    purpose = "Làm việc với Tỉnh ủy bạn"
    there = {**later, "to_place": "Thành phố Hà Nội", "purpose": purpose, "passengers": 6, "car": {"seats": 16}}
    await _asked(speaker, "4", "bnctu", "Ma Văn Tuấn", there)


async def _back(speaker: Speaker, now: datetime) -> None:
    """Tell of a trip that came back just now."""
    left = now - timedelta(hours=3)
    times = _times(left, now + timedelta(hours=1))
    told = {**times, "to_place": "Đảng ủy phường Tân Lập", "purpose": "Dự đại hội chi bộ", "passengers": 4}
    ride = await _asked(speaker, "1", "btctu", "Bùi Thị Ngọc", told)
    run = await _sent(speaker, "1", ride, times, "Trụ sở Tỉnh ủy - phường Tân Lập - Trụ sở Tỉnh ủy")
    standing = {"vehicle_id": _CAR, "driver_id": _driver(_DRIVERS[0][0]), **times, "ride_ids": [ride]}
    trip = {"run_id": run, "standing": standing}
    start = {"odometer_km": 48_350, "started_at": left.isoformat()}
    await speaker.say("scheduling", "start-trip", "start:1", trip | start)
    fuel = {"vehicle_id": _CAR, "quantity_cl": 4550, "amount_vnd": 955_500, "invoice": "1C26TXD-0012345"}
    await speaker.say("scheduling", "record-fuel", "fuel:1", fuel | {"run_id": run, "odometer_km": 48_350})
    await speaker.say("scheduling", "finish-trip", "finish:1", trip | {"odometer_km": 48_436, "tolls_vnd": 35_000})
    confirmed = {"run_id": run, "ride_id": ride, "confirmed_by": "Bùi Thị Ngọc"}
    await speaker.say("scheduling", "confirm-trip", "confirmation:1", confirmed)


async def _asked(speaker: Speaker, key: str, board: str, requester: str, more: dict[str, Any]) -> str:
    words = {"board_id": board, "requester": requester, "phone": "0912 000 100", "from_place": "Trụ sở Tỉnh ủy"}
    return await speaker.say("scheduling", "request-ride", f"ride:{key}", words | more)


async def _sent(speaker: Speaker, key: str, ride: str, times: dict[str, str], route: str) -> str:
    """Order a run, once the service has taken over cars and people from the other services."""
    words = {"vehicle_id": _CAR, "driver_id": _driver(_DRIVERS[0][0]), "rides": [{"ride_id": ride}], "route": route}
    for _ in range(_TRIES):
        try:
            return await speaker.say("scheduling", "dispatch-run", f"run:{key}", words | times | {"planned_km": 90})
        except RuntimeError as refused:
            if not any(code in str(refused) for code in _NOT_FOLLOWED_YET):
                raise
        await asyncio.sleep(_BETWEEN_S)
    raise RuntimeError("scheduling does not follow the register of assets")


def _driver(name: str) -> str:
    return f"person-{uuid5(NAMESPACE_URL, f'motmoi:sample:person:{name}').hex}"


def _times(start: datetime, end: datetime) -> dict[str, str]:
    return {"leaves_at": start.isoformat(), "returns_at": end.isoformat()}
