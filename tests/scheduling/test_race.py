"""The race on real servers: of all who ask at once for one slot one has it, and the others are told who."""

import asyncio
import random
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
import pytest_asyncio
from asyncpg import Pool
from nats.aio.client import Client

from contracts import scheduling as words
from contracts.base import Accepted, Actor, Command, Meta, Rejected
from deploy.stack import Stack
from services.runtime.aggregates import Aggregates, snapshot_model
from services.runtime.bus import connect as connect_to_bus
from services.runtime.committing import Committer
from services.runtime.database import open_pool, prepare
from services.runtime.log import EventLog
from services.runtime.settings import Settings
from services.scheduling.deciders.calendar import CALENDAR
from services.scheduling.service import SCHEDULING

if TYPE_CHECKING:
    from tests.scheduling.decider import Desk

At = Callable[[str], Any]
ROUNDS = 100
MONTH = (datetime.now(ZoneInfo("Asia/Ho_Chi_Minh")).date().replace(day=1) + timedelta(62)).replace(day=1)
"""A month to come: what is past cannot be booked, and these processes go by the clock."""


class Process:
    """One process's worth of deciding, with a memory of its own."""

    def __init__(self, client: Client, pool: Pool) -> None:
        self.log = EventLog(client)
        self.aggregates = Aggregates(SCHEDULING, self.log, pool)
        self.committer = Committer(SCHEDULING, self.log, self.aggregates)
        self.rules = SCHEDULING.rules()

    async def say(self, command: Command, name: str = "Lan", id: UUID | None = None) -> Any:
        """Decide a command and return its answer."""
        answer: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        actor = Actor(id="user:lan", name=name, roles=("clerk", "leader"))
        meta = Meta(command_id=id or uuid4(), actor=actor, correlation_id="race")
        rule = next(rule for rule in SCHEDULING.commands if rule.command is type(command))
        self.committer.submit(rule, command, meta, self.rules, answer.set_result)
        return await answer

    async def taken(self, thing: str) -> set[tuple[int, int, str]]:
        """Return what the log alone says is taken of a thing in the month and the one before it."""
        found = set()
        for month in (f"{MONTH - timedelta(1):%Y-%m}", f"{MONTH:%Y-%m}"):
            subject, state = f"event.scheduling.calendar.{thing}-{month}", CALENDAR.initial
            for stored in await self.log.tail(subject, 0):
                for fact in self.aggregates._decoder.facts(subject, stored.sequence, stored.payload):
                    state = CALENDAR.evolve(state, fact.event)
            found |= {(slot.start, slot.end, slot.booking_id) for slot in state.taken}
        return found


@asynccontextmanager
async def deciding(*processes: Process) -> AsyncIterator[None]:
    """Let processes decide until the block ends."""
    running = [asyncio.create_task(process.committer.run()) for process in processes]
    try:
        yield
    finally:
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)


@pytest_asyncio.fixture(loop_scope="session")
async def processes(office: Stack, new_desk: "Callable[[], Desk]") -> AsyncIterator[list[Process]]:
    """Three processes that answer for scheduling, in an office whose things can be booked."""
    settings = Settings.from_environment(
        {
            "MOTMOI_NATS_URL": office.nats_url,
            "MOTMOI_NATS_USER": "scheduling",
            "MOTMOI_NATS_PASSWORD": office.credentials.nats["scheduling"],
            "MOTMOI_DATABASE_URL": office.database_url("scheduling"),
        }
    )
    pool, client = await open_pool(settings.database_url), await connect_to_bus(settings, "race")
    await prepare(pool, (snapshot_model(SCHEDULING),))
    opened = [Process(client, pool) for _ in range(3)]
    async with deciding(*opened):
        for id, facts in new_desk().THINGS.items():
            await opened[0].say(words.MakeBookable(bookable_id=id, **facts))
        yield opened
    await client.close()
    await pool.close()


@pytest.mark.parametrize("contenders", [16, 64])
async def test_of_all_who_ask_at_once_one_has_it_and_the_others_are_told_who(
    processes: list[Process], bare_desk: "Callable[[], Desk]", at: At, contenders: int
) -> None:
    desk, chance = bare_desk(), random.Random(contenders)
    for round in range(ROUNDS):
        start = at(f"{MONTH:%Y-%m}-{round % 28 + 1:02} {(12 if contenders == 64 else 0) + round // 28 * 3:02}:00")
        wanted = chance.choice(list(desk.THINGS))

        def asked(start: Any = start, wanted: str = wanted) -> words.BookThings:
            others = chance.sample([id for id in desk.THINGS if id != wanted], chance.randint(0, 3))
            things = chance.sample([wanted, *others], len(others) + 1)
            return desk.booking(*things, starts_at=start, ends_at=None, contact="0205 111")

        wishes = [asked() for _ in range(contenders)]
        answers = await asyncio.gather(*(processes[n % 3].say(wish, f"Người {n}") for n, wish in enumerate(wishes)))
        winners = [n for n, answer in enumerate(answers) if isinstance(answer, Accepted)]
        assert len(winners) == 1, [answer.outcome for answer in answers]
        (winner,) = winners
        for n, answer in enumerate(answers):
            if n != winner:
                assert isinstance(answer, Rejected)
                assert answer.code == "not-free"
                assert f"Người {winner}, 0205 111" in answer.vi
                assert f"Người {winner}, 0205 111" in answer.en
        for want in wishes[winner].wants:
            held = await processes[0].taken(want.of[0])
            assert answers[winner].recorded[0].subject.removeprefix("booking/") in {id for _, _, id in held}


async def test_bookings_over_many_things_from_many_sides_never_meet_and_none_is_half_there(
    processes: list[Process], bare_desk: "Callable[[], Desk]", at: At
) -> None:
    desk, chance = bare_desk(), random.Random(7)
    wishes = [
        desk.booking(
            *chance.sample(list(desk.THINGS), 3),
            starts_at=at(f"{MONTH - timedelta(chance.choice((1, 2)))} {chance.randint(7, 16):02}:00"),
            ends_at=None,
        )
        for _ in range(150)
    ]
    answers = await asyncio.gather(*(processes[n % 3].say(wish) for n, wish in enumerate(wishes)))
    booked = {
        answer.recorded[0].subject.removeprefix("booking/"): {want.of[0] for want in wish.wants}
        for wish, answer in zip(wishes, answers, strict=True)
        if isinstance(answer, Accepted)
    }
    assert len(booked) > 10
    for thing in desk.THINGS:
        held = sorted(each for each in await processes[1].taken(thing) if each[2] in booked)
        assert {id for _, _, id in held} == {id for id, things in booked.items() if thing in things}
        assert all(one[1] <= other[0] for one, other in pairwise(held))


async def test_no_process_goes_on_booking_by_terms_that_changed(
    processes: list[Process], bare_desk: "Callable[[], Desk]", at: At
) -> None:
    desk, (here, elsewhere, third) = bare_desk(), processes
    before = desk.booking(desk.CAR_16, starts_at=at(f"{MONTH:%Y-%m}-20 08:00"), ends_at=None)
    assert isinstance(await elsewhere.say(before), Accepted)
    blocked = {"starts_at": at(f"{MONTH:%Y-%m}-20 00:00"), "ends_at": at(f"{MONTH:%Y-%m}-22 00:00")}
    blocking = words.BlockThing(bookable_id=desk.CAR_16, **blocked, reason="Bảo dưỡng.")
    assert isinstance(await here.say(blocking), Accepted)
    for process in (elsewhere, third):
        after = desk.booking(desk.CAR_16, starts_at=at(f"{MONTH:%Y-%m}-21 08:00"), ends_at=None)
        answer = await process.say(after)
        assert isinstance(answer, Rejected)
        assert answer.code == "thing-blocked"


async def test_the_same_wish_sent_to_every_process_books_once(
    processes: list[Process], bare_desk: "Callable[[], Desk]", at: At
) -> None:
    desk, id = bare_desk(), uuid4()
    wish = desk.booking(desk.CAR, desk.DRIVER, starts_at=at(f"{MONTH:%Y-%m}-25 08:00"), ends_at=None)
    answers = await asyncio.gather(*(processes[n % 3].say(wish, id=id) for n in range(15)))
    assert len({answer.model_dump_json() for answer in answers}) == 1
    assert isinstance(answers[0], Accepted)
