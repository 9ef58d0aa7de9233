"""A month of an office's cars in facts, as the log would hold it: asked for, sent, driven, broken down, settled."""

import random
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Literal

from contracts import assets, organisation
from contracts import scheduling as core
from contracts.base import Actor, Command, Event
from contracts.organisation import Decision
from contracts.scheduling import vehicles as words
from services.runtime.envelope import PLACES, Fact

if TYPE_CHECKING:
    from tests.scenario import Log, Outcome
    from tests.scheduling.vehicles.garage import Garage

BOARDS = {"vptu": "Văn phòng Tỉnh ủy", "btctu": "Ban Tổ chức Tỉnh ủy", "btgtu": "Ban Tuyên giáo", "ubkttu": "UBKT"}
PLACES_TO_GO = ("Xã Hòa Bình", "Xã Vĩnh Lại", "Phường Kỳ Lừa", "Xã Bắc Sơn")
OUTSIDER = "9" * 32


class History:
    """Tells what happened in an office's garage; the facts are in the order of the log."""

    def __init__(self, garage: "Garage", log: "Log") -> None:
        self.garage, self.log = garage, log
        self.chance = random.Random(20261124)
        self.runs: list[str] = []
        self.rides: list[str] = []
        self.clock = garage.at("2026-11-23 09:00")

        def say(
            command: Command, *, actor: Actor | None = None, now: datetime | None = None, number: Any = None
        ) -> Any:
            return self.say(command, now)

        garage.when = say  # type: ignore[method-assign]

    @property
    def facts(self) -> list[Fact]:
        """Everything that happened, in order."""
        return self.log.facts

    def say(self, command: Command, now: datetime | None = None) -> "Outcome":
        """Say a command a minute after the one before, or at a time."""
        self.clock = max(self.clock + timedelta(minutes=1), now or self.clock)
        return self.log.say(command, now=now or self.clock)

    def elsewhere(self, kind: str, aggregate: str, id: str, event: Event, at: datetime) -> None:
        """Let something happen in another service."""
        sequence = self.log.facts[-1].sequence + 1 if self.log.facts else 1
        name, actor = f"{kind}.{type(event).__name__}", "user:lan"
        fact = Fact(
            event, aggregate, id, sequence, sequence * PLACES, f"{name}:{sequence}", name, "c", at, actor, "c", None
        )
        self.log.facts.append(fact)

    def month(self) -> "History":
        """Tell a month."""
        self._names()
        for day in range(1, 29):
            self._day(self.garage.at("2026-11-24 00:00") + timedelta(days=day))
        self._waiting()
        self._upkeep()
        self._settle()
        return self

    def _names(self) -> None:
        decision = Decision(number="1-QĐ/TU", issued_on=date(2025, 1, 1), issuer="Tỉnh ủy")
        facts: dict[str, Any] = {"kind": "body", "tier": "TINH", "decision": decision}
        for id, name in BOARDS.items():
            made = organisation.UnitEstablished.model_construct(
                unit_code=id.upper(), name=name, effective_on=date(2025, 1, 1), **facts
            )
            self.elsewhere("organisation", "unit", id, made, datetime(2025, 1, 1, tzinfo=UTC))
        renamed = organisation.UnitRenamed.model_construct(
            unit_code="BTGTU", name="Ban Tuyên giáo và Dân vận", effective_on=date(2026, 12, 10), **facts
        )
        self.elsewhere("organisation", "unit", "btgtu", renamed, datetime(2026, 11, 1, tzinfo=UTC))
        for place, (car, driver) in enumerate(zip(self.garage.CARS, self.garage.DRIVERS, strict=True)):
            self._bookable(car, "vehicle", f"Xe 12A-000.{place + 1}1")
            self._bookable(driver, "driver", f"Lái xe {place + 1}")
            seats = (7, 7, 16, 5, 7)[place]
            norm = {"fuel_norm_cl_per_100km": 1000 + 50 * place}
            self.say(words.RecordCar(vehicle_id=car, plate=f"12A-000.{place + 1}1", seats=seats, **norm))
            licence: dict[str, Any] = {"licence_class": "D", "licence_number": str(place), "issued_on": "2020-05-04"}
            licence["expires_on"] = "2027-05-04"
            self.say(words.RecordDriver(driver_id=driver, name=f"Lái xe {place + 1}", phone="0912 345 678", **licence))

    def _bookable(self, id: str, kind: Literal["vehicle", "driver"], name: str) -> None:
        """What the garage began with, as the log would hold it."""
        account = f"user:laixe{name[-1]}" if kind == "driver" else None
        made = core.BookableMade(
            kind=kind, type=kind, name=name, contact="0912 345 678", terms=core.Terms(), account=account
        )
        self.elsewhere("scheduling", "bookable", id, made, datetime(2025, 1, 2, tzinfo=UTC))

    def _day(self, midnight: datetime) -> None:
        self.clock = max(self.clock, midnight - timedelta(hours=10))
        chance = self.chance
        asked: list[tuple[str, datetime]] = []
        for _ in range(chance.randint(1, 4)):
            start = midnight + timedelta(minutes=30 * chance.randint(12, 26))
            length = timedelta(minutes=30 * chance.randint(3, 10))
            ride = self.garage.asking(
                board_id=chance.choice(list(BOARDS)),
                requester=chance.choice(("Nguyễn Thị Lan", "Đỗ Văn Nam", "Vi Thị Hoa")),
                to_place=chance.choice(PLACES_TO_GO),
                leaves_at=start,
                returns_at=start + length,
                passengers=chance.randint(1, 3),
                document_number=chance.choice((None, "214-CV/BTCTU")),
            )
            id = self.say(ride).id
            self.rides.append(id)
            fate = chance.random()
            if fate < 0.1:
                self.say(words.DeclineRide(ride_id=id, reason="Hết xe.", instead="hired_car"))
            elif fate < 0.18:
                self.say(words.CancelRide(ride_id=id, reason="Hoãn cuộc họp."))
            elif fate > 0.25:
                self.say(words.ApproveRide(ride_id=id))
                asked.append((id, start))
        self._send(sorted(asked, key=lambda one: one[1]))

    def _waiting(self) -> None:
        """On one day much is asked for, and only one run is ordered."""
        start = self.garage.at("2026-12-28 07:00")
        times = {"leaves_at": start, "returns_at": start + timedelta(hours=8)}
        first = self.garage.ride(passengers=2, **times)
        self.runs.append(self.say(self.garage.sending(first, driving_minutes=60)).id)
        self.rides.append(first)
        for place in range(8):
            later = start + timedelta(hours=self.chance.randint(0, 7))
            asked = {"leaves_at": later, "returns_at": later + timedelta(hours=self.chance.randint(1, 3))}
            to = {"to_place": PLACES_TO_GO[place % 2], "passengers": 1 + place % 5}
            self.rides.append(self.garage.ride(**asked, **to))

    def _send(self, asked: list[tuple[str, datetime]]) -> None:
        """Send a car for each request, or one for two that go together."""
        state = self.garage.scenario.states
        runs = []
        while asked:
            ids = [asked.pop(0)[0]]
            if asked and self.chance.random() < 0.5:
                one, other = (state["ride", id].about for id in (ids[0], asked[0][0]))
                if one.leaves_at < other.returns_at and other.leaves_at < one.returns_at:
                    ids.append(asked.pop(0)[0])
            wish = self.garage.sending(*ids, car=len(runs), driver=len(runs), same_way_because="Cùng tuyến đường.")
            driving = {"driving_minutes": 60, "planned_km": 80}
            runs.append(self.say(wish.model_copy(update=driving)).id)
        self.runs += runs
        for run in runs:
            self._drive(run)

    def _drive(self, run: str) -> None:
        chance, garage = self.chance, self.garage
        fate = chance.random()
        if fate < 0.08:
            self.say(words.CancelRun(run_id=run, standing=garage.seen(run), reason="Hoãn."))
        if fate < 0.12:
            return
        if fate < 0.2:
            car = {"to_vehicle_id": garage.CARS[4], "reason": "Xe hỏng."}
            self.say(words.SubstituteCar(run_id=run, standing=garage.seen(run), **car))
        state, about = garage.state(run), garage.state(run).about
        last = garage.scenario.states["car", state.vehicle_id].odometer_km or 10_000
        gap = chance.choice((0, 0, 0, 12))
        start = words.StartTrip(run_id=run, standing=garage.seen(run), odometer_km=last + gap)
        self.log.say(start, now=about.leaves_at)
        if chance.random() < 0.4:
            self._fuel(state.vehicle_id, run, about.leaves_at)
        finish = words.FinishTrip(
            run_id=run,
            standing=garage.seen(run),
            odometer_km=last + gap + chance.randint(10, 160),
            conditions=chance.choice(((), ("mountain",))),
            tolls_vnd=chance.choice((0, 35_000)),
        )
        self.log.say(finish, now=about.returns_at + timedelta(minutes=chance.randint(-25, 20)))
        for ride in state.rides[: chance.randint(0, 2)]:
            said = {"ride_id": ride.ride_id, "confirmed_by": ride.requester}
            self.log.say(words.ConfirmTrip(run_id=run, **said), now=about.returns_at + timedelta(hours=1))
        if gap and chance.random() < 0.5:
            why = words.ExplainUnloggedKm(vehicle_id=state.vehicle_id, from_km=last, explanation="Rửa xe.", counts=True)
            self.log.say(why, now=about.returns_at + timedelta(hours=1))

    def _fuel(self, car: str, run: str | None, now: datetime) -> None:
        self.garage.invoices += 1
        litres = self.chance.randint(2000, 5000)
        said: dict[str, Any] = {"vehicle_id": car, "invoice": f"HD-{self.garage.invoices}"}
        self.log.say(words.RecordFuel(quantity_cl=litres, amount_vnd=litres * 231, run_id=run, **said), now=now)
        if self.chance.random() < 0.3:
            right = words.CorrectFuel(quantity_cl=litres - 1, amount_vnd=litres * 230, reason="Ghi nhầm.", **said)
            self.log.say(right, now=now)

    def _upkeep(self) -> None:
        """What the register of assets says of a car, and of something that is none."""
        at = self.garage.at("2026-12-15 09:00")
        repaired: dict[str, Any] = {
            "repaired_on": date(2026, 12, 1),
            "fault": "Lốp",
            "work": "Thay",
            "condition": "good",
        }
        watched: dict[str, Any] = {"due_on": date(2027, 12, 1), "remind_at": at, "overdue_at": at}
        for id in (self.garage.CARS[0].removeprefix("asset-"), OUTSIDER):
            self.elsewhere("assets", "asset", id, assets.AssetRepaired(cost_vnd=2_000_000, **repaired), at)
            insured = assets.InsuranceRecorded(
                kind="compulsory_insurance",
                coverage="compulsory",
                insurer="Bảo Việt",
                policy_number="1",
                valid_from=date(2026, 12, 2),
                premium_vnd=480_700,
                **watched,
            )
            self.elsewhere("assets", "asset", id, insured, at)

    def _settle(self) -> None:
        for month in ("2026-11", "2026-12"):
            for place, car in enumerate(self.garage.CARS):
                fuel = self.garage.scenario.states.get(("fuel", car))
                first = fuel is None or fuel.settled is None
                opening: dict[str, Any] = {"opening_cl": 3000, "opening_vnd": 690_000} if first else {}
                wish = words.CloseFuelMonth(
                    vehicle_id=car, month=month, closing_cl=1000 * (place % 3), explanation="Tắc đường.", **opening
                )
                self.log.say(wish, now=self.garage.at("2027-01-05 09:00"))


def month(garage: "Garage", log: "Callable[..., Log]") -> History:
    """Return a month of a garage whose cars and drivers are recorded in it."""
    return History(garage, log(garage.scenario)).month()
