"""An office with fifteen cars and a day of requests, told in commands: a log to read, an office to send to."""

import random
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from contracts import scheduling as core
from contracts.base import Command
from contracts.scheduling import vehicles as words

if TYPE_CHECKING:
    from services.runtime.envelope import Fact
    from tests.scenario import Log, Outcome, Scenario

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
DAY = date(2026, 11, 25)
CARS = tuple(f"asset-{n:032x}" for n in range(1, 16))
DRIVERS = tuple(f"person-{n:032x}" for n in range(101, 116))
AREAS = ("Xã Hòa Bình", "Xã Vĩnh Lại", "Phường Kỳ Lừa", "Xã Bắc Sơn", "Xã Tân Thanh")
BOARDS = ("vptu", "btctu", "btgdvtu", "ubkttu")


def at(clock: str, day: date = DAY) -> datetime:
    """Return a moment of the planned day, or of another, from the office's own clock."""
    return datetime.fromisoformat(f"{day} {clock}").replace(tzinfo=HANOI)


class Fleet:
    """Tells a day; `facts` are in the order of the log, `scenario` is where plans are sent."""

    DAY, CARS, DRIVERS = DAY, CARS, DRIVERS

    def __init__(self, scenario: "Scenario", log: "type[Log]") -> None:
        self.scenario = scenario
        self.log = log(scenario)
        self.chance = random.Random(20261125)
        self.standing = ""
        self.runs: list[str] = []
        self.waiting: set[str] = set()

    @property
    def facts(self) -> "list[Fact]":
        """Everything that happened, in order."""
        return self.log.facts

    def say(self, command: Command) -> "Outcome":
        """Say a command that is accepted."""
        return self.log.say(command)

    def day(self) -> "Fleet":
        """Tell cars, drivers, requests, and the runs that stand already."""
        for place, (car, driver) in enumerate(zip(CARS, DRIVERS, strict=True)):
            self._car(place, car)
            self._driver(place, driver)
        self._obstacles()
        self._ordered()
        for place in range(40):
            self._ask(place)
        self._meeting()
        return self

    def _car(self, place: int, car: str) -> None:
        seats = (7, 7, 16, 5, 7)[place % 5]
        self.say(core.MakeBookable(bookable_id=car, kind="vehicle", name=f"Xe 12A-{place:03}.11", seats=seats))
        use: Any = "titled" if place == 9 else "general"
        self.say(words.RecordCar(vehicle_id=car, plate=f"12A-{place:03}.11", seats=seats, use=use))

    def _driver(self, place: int, driver: str) -> None:
        name = f"Lái xe {place}"
        self.say(core.MakeBookable(bookable_id=driver, kind="driver", name=name))
        licence: dict[str, Any] = {"licence_class": "B" if place % 4 == 3 else "D", "licence_number": str(place)}
        licence |= {"issued_on": date(2025, 5, 4), "expires_on": DAY if place == 2 else date(2030, 5, 4)}
        self.say(words.RecordDriver(driver_id=driver, name=name, phone="0912 345 678", **licence))

    def _obstacles(self) -> None:
        self.say(core.RecordValidity(bookable_id=CARS[5], validity="inspection", last_day=DAY - timedelta(1)))
        blocked = {"starts_at": at("09:00"), "ends_at": at("15:00"), "reason": "Bảo dưỡng định kỳ"}
        self.say(core.BlockThing(bookable_id=CARS[6], **blocked))
        self.say(core.BlockThing(bookable_id=DRIVERS[6], **blocked))
        self.say(core.RetireBookable(bookable_id=CARS[7], reason="Đã thanh lý."))

    def asking(self, start: str, end: str, **changes: Any) -> words.RequestRide:
        """Return a board's wish for a car on the day."""
        usual: dict[str, Any] = {
            "board_id": "btctu",
            "requester": "Nguyễn Thị Lan",
            "phone": "0987 654 321",
            "purpose": "Kiểm tra cơ sở",
            "from_place": "Trụ sở 1",
            "to_place": "Xã Hòa Bình",
            "passengers": 3,
        }
        return words.RequestRide(leaves_at=at(start), returns_at=at(end), **{**usual, **changes})

    def _ordered(self) -> None:
        for place in range(3):
            ride = self.say(self.asking("08:00", "11:00", requester=f"Đã có xe {place}")).id
            going: dict[str, Any] = {"leaves_at": at("08:00"), "returns_at": at("11:00"), "route": "Trụ sở 1 - xã"}
            crew = {"vehicle_id": CARS[place], "driver_id": DRIVERS[place]}
            run = self.say(words.DispatchRun(**crew, rides=(words.RideSeats(ride_id=ride),), **going))
            self.runs.append(run.id)

    def _ask(self, place: int) -> None:
        chance = self.chance
        start = at("06:00") + timedelta(minutes=15 * chance.randint(0, 40))
        ride = words.RequestRide(
            board_id=chance.choice(BOARDS),
            requester=f"Người đề nghị {place}",
            purpose="Công tác",
            from_place=chance.choice(("Trụ sở 1", "Trụ sở 2")),
            to_place=chance.choice(AREAS),
            leaves_at=start,
            returns_at=start + timedelta(minutes=30 * chance.randint(2, 10)),
            passengers=chance.choice((1, 2, 3, 4, 6, 20 if place == 7 else 2)),
            car=words.CarWish(use="titled" if place == 11 else None),
            may_share=place % 5 != 0,
        )
        id = self.say(ride).id
        if place % 9 == 4:
            self.say(words.CancelRide(ride_id=id, reason="Hoãn cuộc họp."))
            return
        if place % 9 != 5:
            self.say(words.ApproveRide(ride_id=id))
        self.waiting.add(id)

    def _meeting(self) -> None:
        """An item of the calendar that keeps a car for itself, and the ride that serves it."""
        meeting = self.say(
            core.BookThings(
                wants=(core.Want(of=(CARS[9],)),),
                title="Thường trực làm việc với Trung ương",
                priority="standing",
                contact="0205 3 812 345",
                starts_at=at("13:00"),
                ends_at=at("17:00"),
            )
        ).id
        wish = self.asking("13:00", "17:00", booking_id=meeting, car=words.CarWish(use="titled"), may_share=False)
        self.standing = self.say(wish).id
        self.waiting.add(self.standing)
