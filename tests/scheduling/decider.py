"""An office whose people, rooms and cars can be booked, with the words of those who book them."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from contracts import scheduling as words
from contracts.base import Actor, Command

if TYPE_CHECKING:
    from tests.scenario import Outcome, Scenario

HALL, ROOM, ROOM_2 = "asset-" + "a" * 32, "asset-" + "b" * 32, "asset-" + "c" * 32
CAR, CAR_2, CAR_16 = "asset-" + "d" * 32, "asset-" + "e" * 32, "asset-" + "f" * 32
DRIVER, DRIVER_2 = "person-" + "1" * 32, "person-" + "2" * 32
SECRETARY, DEPUTY = "person-" + "3" * 32, "person-" + "4" * 32
_HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
THINGS: dict[str, dict[str, Any]] = {
    HALL: {"kind": "hall", "name": "Hội trường A", "site_id": "ts1", "seats": 300, "contact": "Phòng Quản trị, 0205"},
    ROOM: {"kind": "room", "name": "Phòng họp 1", "site_id": "ts1", "seats": 20, "type": "room-meeting"},
    ROOM_2: {"kind": "room", "name": "Phòng họp 2", "site_id": "ts2", "seats": 40, "type": "room-meeting"},
    CAR: {"kind": "vehicle", "name": "Xe 12A-000.45", "seats": 7},
    CAR_2: {"kind": "vehicle", "name": "Xe 12A-000.46", "seats": 7},
    CAR_16: {"kind": "vehicle", "name": "Xe 12A-000.47", "seats": 16},
    DRIVER: {"kind": "driver", "name": "Trần Văn Bình"},
    DRIVER_2: {"kind": "driver", "name": "Lê Văn Chiến"},
    SECRETARY: {"kind": "leader", "name": "Đồng chí Bí thư"},
    DEPUTY: {"kind": "leader", "name": "Đồng chí Phó Bí thư"},
}


def moment(text: str) -> datetime:
    """Return a moment from the office's own clock, such as `2026-11-24 09:00`."""
    return datetime.fromisoformat(text).replace(tzinfo=_HANOI)


class Desk:
    """An office in memory; each word with only what a test wants to be different."""

    HALL, ROOM, ROOM_2, CAR, CAR_2, CAR_16 = HALL, ROOM, ROOM_2, CAR, CAR_2, CAR_16
    DRIVER, DRIVER_2, SECRETARY, DEPUTY = DRIVER, DRIVER_2, SECRETARY, DEPUTY
    THINGS = THINGS

    def __init__(self, scenario: "Scenario", speaker: Callable[..., Actor]) -> None:
        self.scenario = scenario
        self.speaker = speaker

    def furnished(self) -> "Desk":
        """Let everything be booked."""
        for id, facts in THINGS.items():
            self.when(words.MakeBookable(bookable_id=id, **facts)).accepted()
        return self

    def when(
        self, command: Command, *, actor: Actor | None = None, now: datetime | None = None, number: int | None = None
    ) -> "Outcome":
        """Say a command; return what came of it."""
        return self.scenario.when(command, actor=actor, now=now, number=number)

    @staticmethod
    def wants(*things: str | tuple[str, ...]) -> tuple[words.Want, ...]:
        """Return wants, each for one thing or for the first free of several."""
        return tuple(words.Want(of=(thing,) if isinstance(thing, str) else thing) for thing in things)

    def booking(self, *things: str | tuple[str, ...], **changes: Any) -> words.BookThings:
        """Return the wish to book things from 9 to 11 of the next day."""
        return words.BookThings(**{**self._usual(things), **changes})

    def book(self, *things: str | tuple[str, ...], actor: Actor | None = None, **changes: Any) -> "Outcome":
        """Say that wish."""
        return self.when(self.booking(*things, **changes), actor=actor)

    def over(self, *displaced: str, things: tuple[str, ...], **changes: Any) -> words.BookOver:
        """Return the wish to book over others as they stand."""
        give_way = tuple(words.Displacing(booking_id=id, seen=self.seen(id)) for id in displaced)
        usual = {**self._usual(things), "displaces": give_way, "reason": "Họp đột xuất Thường trực."}
        return words.BookOver(**{**usual, **changes})

    def series(self, *things: str | tuple[str, ...], **changes: Any) -> words.BookSeries:
        """Return the wish to book things on four Tuesdays."""
        return words.BookSeries(**{**self._usual(things), "every": "week", "count": 4, **changes})

    def about(self, kind: type[words.BookingCommand], id: str, **changes: Any) -> Any:
        """Return a wish about a booking as it stands."""
        return kind(**{"booking_id": id, "seen": self.seen(id), **changes})

    def of_series(self, kind: type[words.SeriesCommand], id: str, number: int, scope: str, **changes: Any) -> Any:
        """Return a wish about times of a series as they stand."""
        chosen = [
            each.number
            for each in self.scenario.states["series", id].occurrences
            if each.state == "booked"
            and (scope == "all" or each.number == number or (scope == "following" and each.number > number))
        ]
        seen = tuple(words.SeenOccurrence(number=each, **self.seen(f"{id}-{each}").model_dump()) for each in chosen)
        return kind(**{"series_id": id, "number": number, "scope": scope, "seen": seen, **changes})

    def seen(self, id: str) -> words.SeenBooking:
        """Return a booking as it stands."""
        seen: words.SeenBooking = self.state(id).stands
        return seen

    def state(self, id: str) -> Any:
        """Return a booking."""
        return self.scenario.states["booking", id]

    def taken(self, thing: str) -> list[tuple[str, str, str]]:
        """Return what is taken of a thing: from when to when by the office's clock, and for which booking."""
        found = {
            (slot.start, slot.end, slot.booking_id)
            for (aggregate, id), calendar in self.scenario.states.items()
            if aggregate == "calendar" and id.startswith(f"{thing}-")
            for slot in calendar.taken
        }
        return [(self.clock(start), self.clock(end), booking) for start, end, booking in sorted(found)]

    @staticmethod
    def clock(minute: int) -> str:
        """Return a minute since 1970 by the office's clock."""
        return f"{datetime.fromtimestamp(minute * 60, _HANOI):%m-%d %H:%M}"

    def _usual(self, things: tuple[str | tuple[str, ...], ...]) -> dict[str, Any]:
        return {
            "title": "Họp giao ban",
            "contact": "0912 345 678",
            "wants": self.wants(*things),
            "starts_at": moment("2026-11-24 09:00"),
            "ends_at": moment("2026-11-24 11:00"),
        }
