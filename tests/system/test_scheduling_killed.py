"""Scheduling is killed again and again while people book four things together: all four are booked, or none."""

import asyncio
import json
import os
import random
import signal
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import pytest_asyncio

from deploy.messages import silent
from services.ops.keeping import KeptProcess
from services.ops.supervisor import Supervisor
from services.scheduling.deciders.calendar import calendar_ids, minute

if TYPE_CHECKING:
    from tests.system.conftest import Log, Person

SEED, KILLS, CLIENTS, OF_EACH_KIND = 20261122, 8, 8, 3
KINDS = ("leader", "hall", "vehicle", "driver")
LATER = {"hall": 15, "vehicle": 15, "driver": 15}
"""Minutes between two bookings by the office's rules: cleaning, checking, rest; leaders need 30 to another room."""
_TODAY = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
MONTH_END = (_TODAY.replace(day=1) + timedelta(63)).replace(day=1)


@dataclass
class Ledger:
    """What was attempted, by command id, and what was definitely answered."""

    attempted: dict[str, tuple[str, dict[str, Any]]] = field(default_factory=dict)
    answers: dict[str, dict[str, Any]] = field(default_factory=dict)

    def accepted(self, command: str) -> set[str]:
        """The commands of a kind that were accepted."""
        return {
            id for id, said in self.answers.items()
            if said["outcome"] == "accepted" and self.attempted[id][0] == command
        }  # fmt: skip


class Load:
    """Clients that book leader, hall, car and driver together, move some of it, and call some of it off."""

    def __init__(self, person: "Person", chance: random.Random) -> None:
        self.person, self.chance = person, chance
        self.run = uuid4().hex[:8]
        self.things = {kind: [f"own-{self.run}-{kind}-{n}" for n in range(OF_EACH_KIND)] for kind in KINDS}
        self.ledger = Ledger()
        self.stopping = asyncio.Event()
        self.went_on = asyncio.Event()
        self.accepted, self.awaited = 0, 0

    async def furnish(self) -> int:
        """Let everything be booked; return the log's position then."""
        position = 0
        for kind, ids in self.things.items():
            for id in ids:
                made = await self.gives("make-bookable", bookable_id=id, kind=kind, name=id)
                position = max(position, made["position"])
        return position

    async def gives(self, command: str, **words: Any) -> dict[str, Any]:
        """Give a command until it is definitely answered."""
        id = str(uuid4())
        self.ledger.attempted[id] = command, words
        answer = await self.asked_again(id)
        self.ledger.answers[id] = answer
        if answer["outcome"] == "accepted":
            self.accepted += 1
            if self.accepted >= self.awaited:
                self.went_on.set()
        return answer

    async def goes_on(self, count: int) -> None:
        """Return when so many more commands have been accepted."""
        self.went_on.clear()
        self.awaited = self.accepted + count
        await asyncio.wait_for(self.went_on.wait(), 30)

    async def asked_again(self, id: str) -> dict[str, Any]:
        """Send an attempted command again with its id; return the answer."""
        command, words = self.ledger.attempted[id]
        meta = {"command_id": id, "actor": self.person.actor, "correlation_id": self.run}
        return await self.person.sends(f"command.scheduling.{command}", {"meta": meta, "data": words})

    async def client(self) -> None:
        """Book, move and cancel until told to stop."""
        while not self.stopping.is_set():
            things = [self.chance.choice(ids) for ids in self.things.values()]
            time = self._time()
            booked = await self.gives(
                "book-things", title="Đi cơ sở", contact="0205", wants=[{"of": [id]} for id in things], **time
            )
            if booked["outcome"] != "accepted" or self.chance.random() < 0.5:
                continue
            booking_id = booked["recorded"][0]["subject"].removeprefix("booking/")
            seen = {"booking_id": booking_id, "seen": {"things": things, **time}}
            if self.chance.random() < 0.5:
                await self.gives("cancel-booking", **seen)
            else:
                await self.gives("move-booking", **seen, **self._time())

    def _time(self) -> dict[str, str]:
        # A third of them near the end of a month, in the calendars of both.
        days = (-1, 1) if self.chance.random() < 0.34 else (-20, 20)
        start = MONTH_END + timedelta(minutes=5 * self.chance.randrange(days[0] * 288, days[1] * 288))
        end = start + timedelta(minutes=self.chance.choice((15, 30, 45)))
        return {"starts_at": start.isoformat(), "ends_at": end.isoformat()}


class Told:
    """What the log says of a run, kept by brute force: the facts by command, and what each booking holds."""

    def __init__(self, events: list[dict[str, Any]], run: str) -> None:
        self.events = [event for event in events if event["correlationid"] == run]
        self.of_command: dict[str, list[dict[str, Any]]] = defaultdict(list)
        self.held: dict[str, tuple[tuple[str, ...], datetime, datetime]] = {}
        self.statuses: dict[str, str] = {}
        self.calendars: dict[str, dict[str, tuple[int, int]]] = defaultdict(dict)
        for event in self.events:
            self.of_command[event["commandid"]].append(event)
            self._take(event["type"].split(".")[1], event["subject"], event["data"])

    def _take(self, kind: str, subject: str, words: dict[str, Any]) -> None:
        id = subject.rpartition("/")[2]
        if kind in ("BookingBooked", "BookingMoved"):
            self.held[id] = tuple(words["things"]), _moment(words["starts_at"]), _moment(words["ends_at"])
            self.statuses[id] = "booked"
        elif kind == "BookingCancelled":
            self.held.pop(id)
            self.statuses[id] = "cancelled"
        elif kind == "SlotTaken":
            time = minute(_moment(words["starts_at"])), minute(_moment(words["ends_at"]))
            self.calendars[id][words["booking_id"]] = time
        elif kind == "SlotReleased":
            self.calendars[id].pop(words["booking_id"])

    def due_calendars(self) -> dict[str, dict[str, tuple[int, int]]]:
        """What must stand in which calendar for every booking to be wholly there, and nothing else."""
        due: dict[str, dict[str, tuple[int, int]]] = defaultdict(dict)
        for booking, (things, start, end) in self.held.items():
            assert len(things) == len(KINDS)
            for thing in things:
                for id in calendar_ids(thing, minute(start), minute(end)):
                    due[id][booking] = minute(start), minute(end)
        return due

    def overlaps(self) -> list[str]:
        """Bookings of one thing that come too near each other."""
        of_thing: dict[str, list[tuple[datetime, datetime, str]]] = defaultdict(list)
        for things, start, end in self.held.values():
            for thing in things:
                of_thing[thing].append((start, end, things[1]))
        return [
            f"{thing}: {one}, {other}"
            for thing, times in of_thing.items()
            for one, other in pairwise(sorted(times))
            if one[1] + timedelta(minutes=_apart(thing, one[2] == other[2])) > other[0]
        ]


def _apart(thing: str, same_hall: bool) -> int:
    kind = thing.split("-")[2]
    return LATER.get(kind, 0 if same_hall else 30)


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest_asyncio.fixture(loop_scope="session")
async def load(running: Supervisor, person: "Callable[..., Person]") -> Load:
    """An office's worth of things and people who will book them."""
    return Load(person("clerk", "leader"), random.Random(SEED))


async def killing(running: Supervisor, load: Load, chance: random.Random) -> None:
    """Kill the process that decides some moments after it began to answer, and start it anew, again and again."""
    (kept,) = (kept for kept in running.kept if kept.process.name == "scheduling")
    await kept.stop()
    try:
        for _ in range(KILLS):
            life = KeptProcess(kept.process, kept.log, silent, lambda: None)
            await life.start()
            await load.goes_on(chance.randrange(15, 60))
            await asyncio.sleep(chance.uniform(0, 0.02))  # what is under way when it is killed is left to chance
            assert life.pid is not None
            os.kill(life.pid, signal.SIGKILL)
            await life.stop()
    finally:
        await kept.start()


async def test_of_four_things_booked_together_all_are_or_none_however_often_scheduling_is_killed(
    running: Supervisor, load: Load, log: "Log"
) -> None:
    position = await load.furnish()
    clients = [asyncio.create_task(load.client()) for _ in range(CLIENTS)]
    await killing(running, load, random.Random(SEED + 1))
    load.stopping.set()
    await asyncio.gather(*clients)

    ledger = load.ledger
    again = sorted(ledger.accepted("book-things"))[::3] + sorted(ledger.accepted("move-booking"))
    answers = await asyncio.gather(*(load.asked_again(id) for id in again))
    assert [id for id, said in zip(again, answers, strict=True) if said != ledger.answers[id]] == []

    last = await load.gives("make-bookable", bookable_id=f"own-{load.run}-last", kind="room", name="Cuối")
    ids = {id for id, (command, _) in ledger.attempted.items() if command != "make-bookable"}
    head, events = await log.until(position, lambda event: event["id"] == last["recorded"][0]["id"])
    told = Told([event for event in events if event["commandid"] in ids], load.run)

    kept = {id for id in ids if id in told.of_command}
    accepted = {id for id in ids if ledger.answers[id]["outcome"] == "accepted"}
    assert kept == accepted, "what was acknowledged is in the log, and nothing else"
    assert len(accepted) >= 15 * KILLS
    assert ledger.accepted("cancel-booking")
    assert ledger.accepted("move-booking")
    assert [id for id, count in Counter(event["id"] for event in told.events).items() if count > 1] == []
    made = Counter(e["commandid"] for e in told.events if e["type"].endswith(".BookingBooked"))
    assert made == dict.fromkeys(ledger.accepted("book-things"), 1)
    assert {id: times for id, times in told.calendars.items() if times} == told.due_calendars()
    assert told.overlaps() == []
    await expect_shown(load, told, head)


async def expect_shown(load: Load, told: Told, head: int) -> None:
    """Claim that board and list show just what the log says."""

    async def asks(query: str, **words: Any) -> dict[str, Any]:
        request = {"actor": load.person.actor, "correlation_id": load.run, "data": {**words, "after": head}}
        answer = await load.person.sends(f"query.scheduling.{query}", request)
        assert answer["outcome"] == "answered", json.dumps(answer)
        result: dict[str, Any] = answer["result"]
        return result

    due = {(thing, id, start, end) for id, (things, start, end) in told.held.items() for thing in things}
    first, shown = MONTH_END.date() - timedelta(22), set()
    for days in (0, 22):
        board = await asks(
            "board",
            things=[id for ids in load.things.values() for id in ids],
            from_day=(first + timedelta(days)).isoformat(),
            days=22,
        )
        shown |= {
            (slot["bookable_id"], slot["booking_id"], _moment(slot["starts_at"]), _moment(slot["ends_at"]))
            for slot in board["slots"]
        }
    assert shown == due

    statuses: dict[str, str] = {}
    for hall in load.things["hall"]:
        cursor = None
        while True:
            page = await asks("bookings", bookable_id=hall, limit=1000, cursor=cursor)
            statuses |= {row["booking_id"]: row["status"] for row in page["rows"]}
            cursor = page["next_cursor"]
            if cursor is None:
                break
    assert statuses == told.statuses
    assert {UUID(id).hex for id in load.ledger.accepted("book-things")} == set(statuses)
