"""The sample's things: two cars, a hall, and what stands on desks, worn up to 2024."""

from typing import Any

from services.ops.sample.speaking import Speaker

_ASSETS: tuple[tuple[str, str, str, int, str, dict[str, Any]], ...] = (
    (
        "vptu",
        "3",
        "Xe ô tô Toyota Fortuner 7 chỗ",
        1_026_000_000,
        "2023-05-10",
        {
            "details": {"kind": "vehicle", "plate": "11A-012.34", "seats": 7, "usage": "general", "fuel": "diesel"},
            "accumulated_vnd": 136_868_400,
            "worn_to": 2024,
        },
    ),
    (
        "vptu",
        "3",
        "Xe ô tô Toyota Camry 5 chỗ",
        1_105_000_000,
        "2024-08-20",
        {
            "details": {"kind": "vehicle", "plate": "11A-056.78", "seats": 5, "usage": "titled"},
            "accumulated_vnd": 73_703_500,
            "worn_to": 2024,
        },
    ),
    ("vptu", "5.3", "Máy photocopy Ricoh IM 5000", 148_000_000, "2025-03-12", {"place": {"site_id": "ts1"}}),
    ("btctu", "5.3", "Máy tính xách tay Dell Latitude 5440", 21_000_000, "2026-03-05", {"place": {"site_id": "ts2"}}),
    (
        "btctu",
        "5.2",
        "Điều hòa Daikin 18.000 BTU",
        19_800_000,
        "2022-06-01",
        {"place": {"site_id": "ts2"}, "accumulated_vnd": 7_425_000, "worn_to": 2024},
    ),
    (
        "vptu",
        "5.1",
        "Bộ bàn ghế phòng họp số 1",
        86_500_000,
        "2021-11-15",
        {"place": {"site_id": "ts1"}, "accumulated_vnd": 43_250_000, "worn_to": 2024},
    ),
)


async def load(speaker: Speaker) -> None:
    """Enter the things into the books of their units."""
    for place, (unit, code, name, cost, day, more) in enumerate(_ASSETS):
        words = {"unit_id": unit, "class_code": code, "name": name, "cost_vnd": cost, "booked_on": day, **more}
        await speaker.say("assets", "register-asset", f"asset:{place}", words)
