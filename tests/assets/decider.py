"""An office that owns things, with the words its people use, to tell the rules of assets in."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from contracts import assets as words
from contracts.base import Actor, Command
from contracts.organisation import Decision

if TYPE_CHECKING:
    from tests.scenario import Outcome, Scenario

DECISION = Decision(number="214-QĐ/TU", issued_on=date(2026, 11, 20), issuer="Ban Thường vụ Tỉnh ủy")
CAR = words.VehicleFacts(plate="12A-000.45", seats=7, fuel_norm_cl_per_100km=1250)
HALL = words.RoomFacts(use="hall", seats=300, equipment=("Màn hình", "Micro"))
LAN, HUNG = "1" * 32, "2" * 32


class Desk:
    """An office in memory; each word with only what a test wants to be different."""

    DECISION, CAR, HALL, LAN, HUNG = DECISION, CAR, HALL, LAN, HUNG

    def __init__(self, scenario: "Scenario") -> None:
        self.scenario = scenario

    def when(
        self, command: Command, *, actor: Actor | None = None, now: datetime | None = None, number: int | None = None
    ) -> "Outcome":
        """Say a command; return what came of it."""
        return self.scenario.when(command, actor=actor, now=now, number=number)

    def has(self, *commands: Command) -> "Desk":
        """Say commands that are accepted: what was decided before."""
        for command in commands:
            self.when(command).accepted()
        return self

    def asset(self, **changes: Any) -> str:
        """Return the id of an asset that was registered."""
        return self.when(self.registering(**changes)).id

    def value(self, asset_id: str) -> words.Value:
        """Return what the books say an asset is worth."""
        value: words.Value = self.scenario.states["asset", asset_id].value
        return value

    def charge(self, year: int, *asset_ids: str) -> "Outcome":
        """Charge a year's wear on assets at its end."""
        return self.when(
            words.ChargeWear(year=year, asset_ids=asset_ids), now=datetime.fromisoformat(f"{year}-12-31T09+07:00")
        )

    @staticmethod
    def registering(**changes: Any) -> words.RegisterAsset:
        """Return the wish to register an ordinary laptop."""
        usual = {
            "unit_id": "vptu",
            "class_code": "5.3",
            "name": "Máy tính xách tay",
            "cost_vnd": 21_000_000,
            "booked_on": date(2026, 3, 16),
        }
        return words.RegisterAsset(**{**usual, **changes})

    def buying_car(self, **changes: Any) -> words.RegisterAsset:
        """Return the wish to register a car."""
        usual = {"class_code": "3", "name": "Xe ô tô 7 chỗ", "cost_vnd": 950_000_000, "details": CAR}
        return self.registering(**{**usual, **changes})

    def naming_hall(self, **changes: Any) -> words.RegisterAsset:
        """Return the wish to register a hall that is part of a building."""
        usual = {"class_code": "PH", "name": "Hội trường A", "cost_vnd": 0, "details": HALL}
        return self.registering(**{**usual, "place": words.Place(site_id="ts1"), **changes})
