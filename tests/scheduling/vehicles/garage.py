"""An office with cars and drivers, and the words its people use, to tell the rules of runs in."""

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Literal
from zoneinfo import ZoneInfo

from contracts import scheduling as core
from contracts.base import Actor, Command
from contracts.scheduling import vehicles as words

if TYPE_CHECKING:
    from tests.scenario import Outcome, Scenario

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
CARS = tuple(f"asset-{n:032x}" for n in range(1, 6))
DRIVERS = tuple(f"person-{n:032x}" for n in range(101, 106))
PLATES = ("12A-000.11", "12A-000.22", "12A-000.33", "12A-000.44", "12A-000.55")
NAMES = ("Lê Văn Hùng", "Trần Quốc Bảo", "Phạm Đức Long", "Hoàng Minh Tú", "Vũ Anh Sơn")
SEATS = (7, 7, 16, 5, 7)


def at(text: str) -> datetime:
    """Return a moment in UTC from the office's own clock, such as `2026-11-23 09:00`."""
    return datetime.fromisoformat(text).replace(tzinfo=HANOI).astimezone(UTC)


class Garage:
    """An office in memory, with cars and drivers that are fit; each word with only what a test wants different."""

    CARS, DRIVERS, at = CARS, DRIVERS, staticmethod(at)

    def __init__(self, scenario: "Scenario", recorded: bool = True) -> None:
        self.scenario = scenario
        self.invoices = 0
        for place, (car, driver) in enumerate(zip(CARS, DRIVERS, strict=True)):
            self.bookable(car, "vehicle", f"Xe {PLATES[place]}")
            self.bookable(driver, "driver", NAMES[place])
            if recorded:
                self.has_car(car, PLATES[place], SEATS[place])
                self.has_driver(driver, NAMES[place])

    def bookable(self, id: str, kind: Literal["vehicle", "driver"], name: str) -> None:
        """Let there be something that can be booked at any time."""
        terms = core.Terms()
        self.scenario.given(
            core.BookableMade(kind=kind, type=kind, name=name, contact="0912 345 678", terms=terms),
            on=f"bookable/{id}",
        )

    def has_car(self, car: str, plate: str, seats: int, **changes: Any) -> None:
        """Let there be a car that can be booked, with papers for a long time."""
        papers = [
            core.ValidityRecorded(validity=kind, last_day=date(2027, 11, 30), version=2)
            for kind in ("inspection", "insurance")
        ]
        self.scenario.given(*papers, on=f"bookable/{car}")
        usual = {"plate": plate, "seats": seats, "use": "general", "fuel_norm_cl_per_100km": 1000}
        self.scenario.given(words.CarRecorded(**{**usual, **changes}), on=f"car/{car}")

    def has_driver(self, driver: str, name: str, **changes: Any) -> None:
        """Let there be a driver with a licence for a bus."""
        usual: dict[str, Any] = {"name": name, "phone": "0912 345 678", "licence_class": "D", "licence_number": "1"}
        usual |= {"issued_on": date(2020, 5, 4), "expires_on": date(2027, 5, 4)}
        self.scenario.given(words.DriverRecorded(**{**usual, **changes}), on=f"driver/{driver}")

    def again(self) -> "Garage":
        """Return another office with the same past."""
        other = Garage.__new__(Garage)
        other.scenario, other.invoices = self.scenario.again(), self.invoices
        return other

    def when(
        self, command: Command, *, actor: Actor | None = None, now: datetime | None = None, number: int | None = None
    ) -> "Outcome":
        """Say a command; return what came of it."""
        return self.scenario.when(command, actor=actor, now=now, number=number)

    @staticmethod
    def asking(**changes: Any) -> words.RequestRide:
        """Return the wish of a board for a car tomorrow morning."""
        usual: dict[str, Any] = {
            "board_id": "btctu",
            "requester": "Nguyễn Thị Lan",
            "phone": "0987 654 321",
            "purpose": "Kiểm tra công tác tổ chức tại cơ sở",
            "from_place": "Trụ sở 1",
            "to_place": "Xã Hòa Bình",
            "leaves_at": at("2026-11-24 07:30"),
            "returns_at": at("2026-11-24 11:30"),
            "passengers": 3,
        }
        return words.RequestRide(**{**usual, **changes})

    def ride(self, **changes: Any) -> str:
        """Return the id of a request that is approved."""
        ride = self.when(self.asking(**changes)).id
        self.when(words.ApproveRide(ride_id=ride)).accepted()
        return ride

    def sending(self, *rides: str, car: int = 0, driver: int = 0, **changes: Any) -> words.DispatchRun:
        """Return the wish to send a car with a driver for requests, for as long as they last."""
        asked = [self.scenario.states["ride", ride].about for ride in rides if ("ride", ride) in self.scenario.states]
        usual: dict[str, Any] = {
            "vehicle_id": CARS[car],
            "driver_id": DRIVERS[driver],
            "rides": tuple(words.RideSeats(ride_id=ride) for ride in rides),
            "leaves_at": min((one.leaves_at for one in asked), default=at("2026-11-24 07:30")),
            "returns_at": max((one.returns_at for one in asked), default=at("2026-11-24 11:30")),
            "route": "Trụ sở 1 - xã Hòa Bình - Trụ sở 1",
        }
        return words.DispatchRun(**{**usual, **changes})

    def send(self, *rides: str, **changes: Any) -> "Outcome":
        """Send a car."""
        return self.when(self.sending(*rides, **changes))

    def run(self, **changes: Any) -> str:
        """Return the id of a run for one request; `asked` is what is different in that."""
        return self.send(self.ride(**changes.pop("asked", {})), **changes).id

    def state(self, run_id: str) -> Any:
        """Return how a run stands."""
        return self.scenario.states["run", run_id]

    def say(self, kind: type[Command], run_id: str, now: datetime | None = None, **said: Any) -> "Outcome":
        """Say something of a run as it stands."""
        return self.when(kind(run_id=run_id, standing=self.seen(run_id), **said), now=now)

    def seen(self, run_id: str) -> words.RunAsSeen:
        """Return a run as a speaker sees it now."""
        standing = self.state(run_id).standing
        return words.RunAsSeen(**dict(standing))

    def drive(self, run_id: str, from_km: int, to_km: int, **said: Any) -> "Outcome":
        """Let a run leave and come back when it was to."""
        about = self.state(run_id).about
        self.say(words.StartTrip, run_id, now=about.leaves_at, odometer_km=from_km).accepted()
        return self.say(words.FinishTrip, run_id, now=about.returns_at, odometer_km=to_km, **said)

    def fuel(self, car: int = 0, **said: Any) -> "Outcome":
        """Let a car take forty litres."""
        self.invoices += 1
        usual = {"vehicle_id": CARS[car], "quantity_cl": 4000, "amount_vnd": 920_000, "invoice": f"HD-{self.invoices}"}
        return self.when(words.RecordFuel(**{**usual, **said}))

    def close(self, month: str, closing_cl: int, car: int = 0, now: datetime | None = None, **said: Any) -> "Outcome":
        """Settle a car's month, a day after it."""
        following = (date.fromisoformat(f"{month}-01") + timedelta(32)).replace(day=1)
        moment = now or at(f"{following} 09:00")
        return self.when(
            words.CloseFuelMonth(vehicle_id=CARS[car], month=month, closing_cl=closing_cl, **said), now=moment
        )
