"""What a day is planned from: the requests that wait, cars and drivers as they are taken, and how boards fared."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from contracts.scheduling import PriorityClass
from contracts.scheduling.vehicles import CarUse, CarWish
from services.runtime.manifest import Given
from services.scheduling.deciders.bookable import Bookable
from services.scheduling.deciders.calendar import Slot
from services.scheduling.deciders.driver_log import Driver, Duty


@dataclass(frozen=True)
class Wish:
    """A request that waits: from a minute since 1970 to another, and how many of its passengers have no seat yet."""

    ride_id: str
    board_id: str
    requester: str
    from_place: str
    to_place: str
    area: str
    """Folded: two of one area go the same way."""
    start: int
    end: int
    passengers: int
    asked_at: int
    wish: CarWish = field(default_factory=CarWish)
    may_share: bool = True
    approved: bool = True
    priority: PriorityClass = "board"
    booking_id: str | None = None


@dataclass(frozen=True)
class PlannedCar:
    """A car that could go, and what is taken of it."""

    id: str
    plate: str
    seats: int
    use: CarUse
    thing: Bookable
    slots: tuple[Slot, ...] = ()


@dataclass(frozen=True)
class PlannedDriver:
    """A driver who could go, what is taken of them, and the runs of some weeks around."""

    id: str
    driver: Driver
    thing: Bookable
    slots: tuple[Slot, ...] = ()
    duties: tuple[Duty, ...] = ()


@dataclass(frozen=True)
class Lately:
    """How many requests of a board there were lately, and how many of them got a car."""

    asked: int = 0
    granted: int = 0


@dataclass(frozen=True)
class DayFacts:
    """All that a plan of a day follows from; `given` says who plans, when, and by which rules."""

    day: date
    given: Given
    wishes: tuple[Wish, ...]
    cars: tuple[PlannedCar, ...]
    drivers: tuple[PlannedDriver, ...]
    lately: Mapping[str, Lately] = field(default_factory=dict)
    board_names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class PlannedRun:
    """Requests that travel together, in which car and with which driver."""

    wishes: tuple[Wish, ...]
    car_id: str
    driver_id: str

    @property
    def start(self) -> int:
        """The minute the first of its requests leaves."""
        return min(wish.start for wish in self.wishes)

    @property
    def end(self) -> int:
        """The minute the last of its requests returns."""
        return max(wish.end for wish in self.wishes)

    @property
    def passengers(self) -> int:
        """How many ride beside the driver."""
        return sum(wish.passengers for wish in self.wishes)
