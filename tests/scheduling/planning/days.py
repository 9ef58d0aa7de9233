"""Days of an office's cars, drawn from a seed: how many requests, cars and drivers, and what is in their way."""

import random
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from contracts.base import Actor
from contracts.scheduling import Blocking, PriorityClass, Terms
from contracts.scheduling.vehicles import CarWish
from services.runtime.manifest import Given
from services.scheduling.deciders.bookable import Bookable
from services.scheduling.deciders.calendar import Slot, moment
from services.scheduling.deciders.driver_log import Driver, Duty
from services.scheduling.planning.facts import DayFacts, Lately, PlannedCar, PlannedDriver, Wish
from services.scheduling.vehicles import office_rules

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
DAY = date(2026, 11, 24)
MIDNIGHT = int(datetime(2026, 11, 24, tzinfo=HANOI).timestamp()) // 60
RULES = office_rules()
LEADER = Actor(id="user:lan", name="Nguyễn Thị Lan", roles=("clerk", "leader"), board="VPTU")
BOARDS = ("vptu", "btctu", "btgdvtu", "ubkttu", "bnctu")
AREAS = ("Xã Hòa Bình", "Xã Vĩnh Lại", "Phường Kỳ Lừa", "Xã Bắc Sơn", "Xã Tân Thanh", "Xã Đồng Đăng")
CLASSES: tuple[PriorityClass, ...] = ("standing", "committee", "board", "board", "board", "division")


@dataclass(frozen=True)
class Shape:
    """How a day is drawn; `trouble` is the share of cars, drivers and requests that are not like the others."""

    requests: int
    cars: int
    drivers: int
    trouble: float = 0.2
    areas: int = len(AREAS)
    classes: tuple[PriorityClass, ...] = CLASSES


def given(actor: Actor = LEADER, now: int = MIDNIGHT - 600) -> Given:
    """Return who plans, and when: the afternoon before, where nothing else is said."""
    return Given(moment(now).astimezone(UTC), actor, UUID(int=0), RULES)


def day(seed: int, shape: Shape) -> DayFacts:
    """Return the day of a seed."""
    chance = random.Random(seed)
    return DayFacts(
        day=DAY,
        given=given(),
        wishes=tuple(_wish(chance, place, shape) for place in range(shape.requests)),
        cars=tuple(_car(chance, place, shape) for place in range(shape.cars)),
        drivers=tuple(_driver(chance, place, shape) for place in range(shape.drivers)),
        lately={board: Lately(asked := chance.randint(0, 40), chance.randint(0, asked)) for board in BOARDS},
        board_names={board: board.upper() for board in BOARDS},
    )


def _wish(chance: random.Random, place: int, shape: Shape) -> Wish:
    start = MIDNIGHT + 15 * chance.randint(4 * 6, 4 * 15)
    odd = chance.random() < shape.trouble
    area = chance.choice(AREAS[: shape.areas])
    seats = chance.choice((None, 5, 7, 16)) if odd else None
    return Wish(
        ride_id=f"{place + 1:032x}",
        board_id=chance.choice(BOARDS),
        requester=f"Người đề nghị {place + 1}",
        from_place="Trụ sở 1",
        to_place=area,
        area=area.casefold(),
        start=start,
        end=start + 15 * chance.choice((4, 6, 8, 8, 10, 12, 16, 20, *((60, 120) if odd else ()))),
        passengers=chance.choice((1, 2, 2, 3, 3, 4, 4, 6, *((12, 20) if odd else ()))),
        asked_at=MIDNIGHT - 3000 + chance.randint(0, 2000),
        wish=CarWish(seats=seats, use=chance.choice((None, "general", "titled")) if odd else None),
        may_share=not odd or chance.random() < 0.5,
        priority=chance.choice(shape.classes),
    )


def _thing(chance: random.Random, kind: str, name: str, shape: Shape) -> tuple[Bookable, tuple[Slot, ...]]:
    odd = chance.random() < shape.trouble
    begins = MIDNIGHT + 60 * chance.randint(6, 14)
    slot = Slot("9" * 32, begins, begins + 60 * chance.randint(1, 5), after=15)
    blocking = Blocking(
        blocking_id="8" * 32, starts_at=moment(begins), ends_at=moment(begins + 120), reason="Bảo dưỡng"
    )
    lapsed = (("inspection", date(2026, 11, chance.randint(22, 26))),) if kind == "vehicle" else ()
    fate = chance.randint(0, 2) if odd else 3
    thing = Bookable(
        kind="vehicle" if kind == "vehicle" else "driver",
        type=kind,
        name=name,
        terms=Terms(cleaning_minutes=15, preparation_minutes=10 if odd else 0),
        blockings=(blocking,) if fate == 1 else (),
        valid=lapsed if fate == 2 else (),  # type: ignore[arg-type]
    )
    return thing, (slot,) if fate == 0 else ()


def _car(chance: random.Random, place: int, shape: Shape) -> PlannedCar:
    plate = f"12A-{place + 1:03}.00"
    thing, slots = _thing(chance, "vehicle", f"Xe {plate}", shape)
    seats = (7, 7, 16, 5, 7)[place % 5]
    use = "titled" if chance.random() < shape.trouble / 2 else "general"
    return PlannedCar(f"asset-{place + 1:032x}", plate, seats, use, thing, slots)  # type: ignore[arg-type]


def _driver(chance: random.Random, place: int, shape: Shape) -> PlannedDriver:
    name = f"Lái xe {place + 1}"
    thing, slots = _thing(chance, "driver", name, shape)
    odd = chance.random() < shape.trouble
    licence = Driver(
        name, "0912 345 678", "B" if odd else "D", str(place), date(2025, 5, 4), date(2026, 11, 24) if odd else None
    )
    duties = tuple(_duty(chance, days) for days in range(-3, 2) if odd and days)
    return PlannedDriver(f"person-{place + 101:032x}", licence, thing, slots, duties)


def _duty(chance: random.Random, days: int) -> Duty:
    start = MIDNIGHT + 1440 * days + 60 * chance.randint(5, 16)
    length = 60 * chance.randint(2, 8)
    return Duty(f"{abs(days) + 7:032x}{days}", start, start + length, length)


def planted(seed: int, cars: int = 15, full: int = 8) -> DayFacts:
    """Return a day all of whose requests can be carried: drawn from a plan in which each car carries so many."""
    chance = random.Random(seed)
    bare = day(seed, Shape(0, cars, cars, trouble=0.0))
    wishes = [wish for car in bare.cars for wish in _of_one_car(chance, car.seats, full)]
    chance.shuffle(wishes)
    named = (
        replace(wish, ride_id=f"{place + 1:032x}", requester=f"Người đề nghị {place + 1}", asked_at=place)
        for place, wish in enumerate(wishes)
    )
    return replace(bare, wishes=tuple(named))


def _of_one_car(chance: random.Random, seats: int, full: int) -> list[Wish]:
    """Return requests for four runs of a car, one after another, some of them shared."""
    found: list[Wish] = []
    sizes = [full // 4 + (place < full % 4) for place in range(4)]
    begins = MIDNIGHT + 15 * chance.randint(26, 28)
    for size in sizes:
        length = 15 * chance.randint(6, 9)
        area = chance.choice(AREAS)
        for place in range(size):
            later, sooner = (0 if place == 0 else 15 * chance.randint(0, 2) for _ in range(2))
            found.append(
                Wish(
                    ride_id="",
                    board_id=chance.choice(BOARDS),
                    requester="",
                    from_place="Trụ sở 1",
                    to_place=area,
                    area=area.casefold(),
                    start=begins + later,
                    end=begins + length - sooner,
                    passengers=chance.randint(1, max(1, (seats - 1) // size)),
                    asked_at=0,
                )
            )
        begins += length + 15 * chance.randint(1, 3)
    return found
