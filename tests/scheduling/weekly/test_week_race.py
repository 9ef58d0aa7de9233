"""The race on real servers: an item of the week against bookings and other items, from three processes at once."""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import date, datetime, timedelta
from importlib.util import module_from_spec, spec_from_file_location
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest_asyncio

from contracts import scheduling as core
from contracts.base import Accepted, Rejected
from contracts.scheduling import weekly as words
from deploy.stack import Stack
from services.runtime.aggregates import snapshot_model
from services.runtime.bus import connect as connect_to_bus
from services.runtime.database import open_pool, prepare
from services.runtime.settings import Settings
from services.scheduling.service import SCHEDULING

if TYPE_CHECKING:
    from tests.scheduling.weekly.office import Office

ROUNDS, BOOKINGS, ITEMS = 10, 10, 4
_HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
_SPEC = spec_from_file_location("tests_scheduling_weekly_processes", Path(__file__).parents[1] / "test_race.py")
assert _SPEC is not None
assert _SPEC.loader is not None
RACE: Any = module_from_spec(_SPEC)
_SPEC.loader.exec_module(RACE)
DAY: date = RACE.MONTH + timedelta(7 - RACE.MONTH.isoweekday() + 1)
"""A Monday of a month to come: what is past cannot be booked, and these processes go by the clock."""
WEEK = f"dua-{DAY.isocalendar().year}-w{DAY.isocalendar().week:02}"


@pytest_asyncio.fixture(loop_scope="session")
async def processes(office: Stack, new_weekly: "Callable[[], Office]") -> AsyncIterator[list[Any]]:
    """Three processes that answer for scheduling, in an office whose people, rooms and cars can be booked."""
    settings = Settings.from_environment(
        {
            "MOTMOI_NATS_URL": office.nats_url,
            "MOTMOI_NATS_USER": "scheduling",
            "MOTMOI_NATS_PASSWORD": office.credentials.nats["scheduling"],
            "MOTMOI_DATABASE_URL": office.database_url("scheduling"),
        }
    )
    pool, client = await open_pool(settings.database_url), await connect_to_bus(settings, "week-race")
    await prepare(pool, (snapshot_model(SCHEDULING),))
    opened = [RACE.Process(client, pool) for _ in range(3)]
    async with RACE.deciding(*opened):
        for id, facts in new_weekly().THINGS.items():
            await opened[0].say(core.MakeBookable(bookable_id=id, **facts))
        yield opened
    await client.close()
    await pool.close()


def meeting(office: Any, day: date, starts: str, **changes: Any) -> dict[str, Any]:
    said = office.details(day=day, starts=starts, **changes)
    return {"week_id": WEEK, **said}


async def proposed(process: Any, said: dict[str, Any]) -> str:
    id = uuid4()
    assert isinstance(await process.say(words.ProposeItem(**said), id=id), Accepted)
    return words.item_id(id)


def live(answer: Any) -> set[str]:
    """The booking an answer made: that of an item has the item's id."""
    item = getattr(answer.recorded[0].data, "item_id", None)
    return {item or answer.recorded[0].subject.removeprefix("booking/")}


async def test_of_items_and_bookings_that_want_one_slot_one_has_it(
    processes: list[Any], new_weekly: "Callable[[], Office]"
) -> None:
    office = new_weekly()
    for round in range(ROUNDS):
        day, hour = DAY + timedelta(round % 5), 7 + round // 5 * 6
        start = datetime(day.year, day.month, day.day, hour, tzinfo=_HANOI)
        said = [meeting(office, day, f"{hour:02}:00", attendees=(), room=None) for _ in range(ITEMS)]
        ids = [await proposed(processes[0], each) for each in said]
        wishes: list[Any] = [words.ArrangeItem(item_id=id, **each) for id, each in zip(ids, said, strict=True)]
        wishes += [office.booking(office.SECRETARY, starts_at=start) for _ in range(BOOKINGS)]
        wishes = wishes[round % 7 :] + wishes[: round % 7]
        answers = await asyncio.gather(*(processes[n % 3].say(wish) for n, wish in enumerate(wishes)))
        winners = [answer for answer in answers if isinstance(answer, Accepted)]
        assert len(winners) == 1, [answer.outcome for answer in answers]
        losers = [answer for answer in answers if not isinstance(answer, Accepted)]
        assert all(isinstance(answer, Rejected) and answer.code == "not-free" for answer in losers)
        held = await processes[0].taken(office.SECRETARY)
        minute = int(start.timestamp()) // 60
        assert {id for begins, _, id in held if begins == minute} == live(winners[0])


async def test_items_that_change_from_many_sides_never_meet_and_none_is_half_there(
    processes: list[Any], new_weekly: "Callable[[], Office]"
) -> None:
    office, day = new_weekly(), DAY + timedelta(5)
    people = (office.DEPUTY, office.CHAIRMAN, office.CHIEF, office.LAN)
    told: dict[str, dict[str, Any]] = {}
    for place, thing in enumerate(people):
        said = meeting(office, day, f"{7 + 3 * place:02}:00", chair=office.who(thing), attendees=(), room=office.HALL)
        id = await proposed(processes[0], said)
        assert isinstance(await processes[0].say(words.ArrangeItem(item_id=id, **said)), Accepted)
        told[id] = said
    changes = [
        (id, {**said, "starts": f"{hour:02}:00", "seen": seen_of(office, said)})
        for id, said in told.items()
        for hour in (7, 10, 13, 16)
    ]
    wishes = [words.ArrangeItem(item_id=id, **said) for id, said in changes]
    answers = await asyncio.gather(*(processes[n % 3].say(wish) for n, wish in enumerate(wishes)))
    for (id, said), answer in zip(changes, answers, strict=True):
        if isinstance(answer, Accepted) and answer.recorded:
            told[id] = said
    held = sorted(each for each in await processes[1].taken(office.HALL) if each[2] in told)
    assert {id for _, _, id in held} == set(told)
    assert all(one[1] <= other[0] for one, other in pairwise(held))
    for thing, (id, said) in zip(people, told.items(), strict=True):
        start = datetime.combine(day, datetime.strptime(said["starts"], "%H:%M").time(), _HANOI)
        mine = [each for each in await processes[2].taken(thing) if each[2] in told]
        assert mine == [each for each in held if each[2] == id]
        assert mine[0][0] == int(start.timestamp()) // 60


def seen_of(office: Any, said: dict[str, Any]) -> core.SeenBooking:
    start = datetime.combine(said["day"], datetime.strptime(said["starts"], "%H:%M").time(), _HANOI)
    things = (said["chair"].thing, office.HALL)
    return core.SeenBooking(things=things, starts_at=start, ends_at=start + timedelta(hours=2))


async def test_the_same_wish_sent_to_every_process_arranges_once(
    processes: list[Any], new_weekly: "Callable[[], Office]"
) -> None:
    office, same = new_weekly(), UUID(int=uuid4().int)
    said = meeting(office, DAY + timedelta(6), "08:00", vehicles=(office.CAR,))
    id = await proposed(processes[0], said)
    wish = words.ArrangeItem(item_id=id, **said)
    answers = await asyncio.gather(*(processes[n % 3].say(wish, id=same) for n in range(9)))
    assert len({answer.model_dump_json() for answer in answers}) == 1
    assert isinstance(answers[0], Accepted)
    assert [held for _, _, held in await processes[0].taken(office.CAR)].count(id) == 1
