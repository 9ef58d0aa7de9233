"""The central law: whatever is said in whatever order, nothing is ever taken twice, and no booking is ever half there.

The oracle knows nothing of calendars by month: it keeps every booking's things and minutes, and compares all with all.
"""

import random
from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from contracts import scheduling as words
from contracts.base import Command

if TYPE_CHECKING:
    from tests.scenario import Outcome
    from tests.scheduling.decider import Desk

HISTORIES, STEPS = 200, 50
BEGINNING = datetime(2026, 11, 28, tzinfo=UTC)


class Oracle:
    """What must be taken, kept by brute force from what was accepted: things and minutes by booking."""

    def __init__(self, desk: "Desk") -> None:
        self.desk = desk
        self.held: dict[str, tuple[set[str], datetime, datetime]] = {}
        self.where: dict[str, tuple[str | None, str | None]] = {}

    def note(self, outcome: "Outcome") -> None:
        for seen, event in outcome.decision:
            id = seen.ref.id
            if isinstance(event, words.BookingFacts) and seen.ref.aggregate.name == "booking":
                waits = isinstance(event, words.BookingWaitlisted)
                self.held[id] = (set() if waits else set(event.things), event.starts_at, event.ends_at)
                self.where[id] = event.site_id, event.place
            elif isinstance(event, words.BookingDisplaced):
                things, start, end = self.held[id]
                self.held[id] = (things - set(event.things), start, end)
            elif isinstance(event, words.BookingCancelled | words.BookingReleased | words.BookingRejected):
                self.held.pop(id)

    def check(self) -> None:
        by_thing: dict[str, list[tuple[datetime, datetime, str]]] = defaultdict(list)
        for id, (things, start, end) in self.held.items():
            for thing in things:
                by_thing[thing].append((start, end, id))
        for thing in self.desk.THINGS:
            due = sorted(by_thing[thing])
            for place, one in enumerate(due):
                for other in due[place + 1 :]:
                    gap = timedelta(minutes=self.gap(thing, one[2], other[2]))
                    fits = one[1] + gap <= other[0] or other[1] + gap <= one[0]
                    assert fits, f"{thing} is taken twice: {one}, {other}"
            clock = self.desk.clock
            told = [(clock(_minute(start)), clock(_minute(end)), id) for start, end, id in due]
            assert self.desk.taken(thing) == told, f"{thing}: half a booking"

    def check_waiting(self) -> None:
        """Nobody stands on a waiting list who waits for nothing, and all who wait stand on one."""
        states = self.desk.scenario.states
        listed = {
            each.booking_id for (kind, _), state in states.items() if kind == "calendar" for each in state.awaited
        }
        waiting = {
            id
            for (kind, id), state in states.items()
            if kind == "booking" and (state.status == "waitlisted" or state.lost)
        }
        assert listed == waiting

    def gap(self, thing: str, one: str, other: str) -> int:
        """The minutes the office's rules want between two bookings of a thing."""
        kind = self.desk.THINGS[thing]["kind"]
        if kind != "leader":
            return 0 if kind == "room" else 15
        here, there = self.where[one], self.where[other]
        if here == there and here[1] is not None:
            return 0
        return 15 if here[0] is not None and here[0] == there[0] else 30


def _minute(moment: datetime) -> int:
    return int(moment.timestamp()) // 60


class Office:
    """Somebody who says whatever comes to mind, and knows only what any speaker may know."""

    def __init__(self, desk: "Desk", chance: random.Random) -> None:
        self.desk = desk
        self.chance = chance
        self.known: list[str] = []
        self.series: list[str] = []
        self.said = 1000

    def say(self) -> "Outcome":
        kind = self.chance.choices(
            [self.book, self.over, self.cancel, self.move, self.wait, self.hold, self.confirm, self.book_series,
             self.move_series, self.skip, self.promote],
            weights=[10, 3, 4, 6, 2, 2, 2, 2, 2, 1, 3],
        )[0]  # fmt: skip
        leader = self.desk.speaker("leader", "clerk", "service")
        command, now = kind(), BEGINNING - timedelta(days=3)
        self.said += 1
        outcome = self.desk.when(command, actor=leader, now=now, number=self.said)
        again = self.desk.when(command, actor=leader, now=now, number=self.said)
        assert again.events == (), "the same command twice decides nothing new"
        if outcome.refusal is None:
            for seen, event in outcome.decision:
                if isinstance(event, words.BookingFacts) and seen.ref.aggregate.name == "booking":
                    self.known = [*dict.fromkeys([*self.known, seen.ref.id])]
                elif isinstance(event, words.SeriesBooked):
                    self.series.append(seen.ref.id)
        return outcome

    def things(self) -> tuple[Any, ...]:
        all_of = list(self.desk.THINGS)
        some = self.chance.sample(all_of, self.chance.randint(1, 4))
        return tuple((thing, *self.chance.sample(all_of, 2)) if self.chance.random() < 0.3 else thing for thing in some)

    def period(self) -> dict[str, datetime]:
        # Around the end of a month, so that most bookings stand in the calendars of two.
        start = BEGINNING + timedelta(minutes=15 * self.chance.randint(0, 4 * 24 * 5))
        if self.chance.random() < 0.4:
            start = BEGINNING + timedelta(days=3, minutes=15 * self.chance.randint(-8, 4))
        return {"starts_at": start, "ends_at": start + timedelta(minutes=self.chance.choice((15, 60, 180, 1500, 3000)))}

    def book(self) -> Command:
        return self.desk.booking(*self.things(), **self.period())

    def wait(self) -> Command:
        return self.desk.booking(*self.things(), **self.period(), if_busy="wait")

    def hold(self) -> Command:
        return self.desk.booking(*self.things(), **self.period(), hold=True)

    def some(self) -> str | None:
        return self.chance.choice(self.known) if self.known else None

    def over(self) -> Command:
        named = list(self.chance.sample(self.known, min(len(self.known), self.chance.randint(1, 3))))
        if not named:
            return self.book()
        seen = self.desk.seen(named[0])
        return self.desk.over(
            *named, things=seen.things[:1], priority="standing", starts_at=seen.starts_at, ends_at=seen.ends_at
        )

    def cancel(self) -> Command:
        id = self.some()
        return self.desk.about(words.CancelBooking, id) if id else self.book()

    def confirm(self) -> Command:
        id = self.some()
        return self.desk.about(words.ConfirmHold, id, title="Họp", contact="0205") if id else self.book()

    def promote(self) -> Command:
        id = self.some()
        return self.desk.about(words.PromoteWaiting, id) if id else self.book()

    def move(self) -> Command:
        id = self.some()
        if id is None:
            return self.book()
        wants = self.desk.wants(*self.things()) if self.chance.random() < 0.5 else None
        period = self.period() if self.chance.random() < 0.7 else {}
        return self.desk.about(words.MoveBooking, id, wants=wants, **period)

    def book_series(self) -> Command:
        how = self.chance.choice(("skip", "fail", "next_free"))
        start = self.period()["starts_at"]
        end = start + timedelta(minutes=self.chance.choice((60, 180, 1440)))
        each = {"every": "day", "count": 4, "on_conflict": how, "starts_at": start, "ends_at": end}
        return self.desk.series(*self.things(), **each)

    def move_series(self) -> Command:
        return self.change_series(
            words.MoveOccurrences, days=self.chance.randint(-1, 2), on_conflict=self.chance.choice(("skip", "fail"))
        )

    def skip(self) -> Command:
        return self.change_series(words.SkipOccurrences)

    def change_series(self, kind: type[words.SeriesCommand], **changes: Any) -> Command:
        if not self.series:
            return self.book_series()
        id, scope = self.chance.choice(self.series), self.chance.choice(("this", "following", "all"))
        try:
            command: Command = self.desk.of_series(kind, id, self.chance.randint(1, 4), scope, **changes)
        except ValueError:
            return self.book_series()
        return command


@pytest.mark.parametrize("part", range(4))
def test_in_ten_thousand_steps_nothing_is_taken_twice_and_no_booking_is_half_there(
    new_desk: "Callable[[], Desk]", part: int
) -> None:
    accepted: dict[str, int] = defaultdict(int)
    for seed in range(part, HISTORIES, 4):
        desk = new_desk()
        oracle, office = Oracle(desk), Office(desk, random.Random(seed))
        for _ in range(STEPS):
            outcome = office.say()
            if outcome.refusal is None:
                oracle.note(outcome)
                for event in outcome.events:
                    accepted[type(event).__name__] += 1
            else:
                said = outcome.refusal.reply()
                assert "{" not in said.model_dump_json().replace('{"', "")
            oracle.check()
        oracle.check_waiting()
    for kind in (words.BookingBooked, words.BookingMoved, words.BookingDisplaced, words.BookingCancelled,
                 words.SeriesBooked, words.OccurrencesChanged, words.BookingHeld, words.BookingWaitlisted):  # fmt: skip
        assert accepted[kind.__name__] > 10, kind
