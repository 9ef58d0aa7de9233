"""The calendar as people book it: free, taken, many at once for one slot, a year's series, and a week on the board."""

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import asyncpg
from load import booked
from office import Office, generate, running
from writing import Writer, meta

from contracts import scheduling as words
from contracts.base import Query
from services.runtime.log import EventLog
from services.scheduling.read_models.slots import SLOTS

SERVICE = "scheduling"
BOARD = "week board of 60 rooms"
FREE, TAKEN = "one free room, 8 at once", "a taken room, 8 at once"
_CLIENTS, _CONTENDERS, _ROOMS, _A_DAY = 8, 16, 60, 7
_KINDS: tuple[words.ThingKind, ...] = ("leader", "hall", "vehicle", "driver")
_TODAY = date.today()
_PAST = f"""
    INSERT INTO "{SLOTS.table}" (slot, thing, booking_id, starts_at, ends_at, before_minutes, after_minutes, site_id,
        place, priority, title, private, holder, contact, board, booked_by, tentative, overriding, long, held, position)
    SELECT thing || '@' || booking_id, thing, booking_id, starts_at, starts_at + interval '75 minutes', 0, 0, 'ts1',
        'P.' || room, 'board', 'Họp giao ban tuần với các phòng chuyên môn, đơn vị trực thuộc', number % 20 = 0,
        'Nguyễn Thị Lan', 'Phòng Tổng hợp, 0205 3812 345', 'VPTU', 'user:lan', false, false, false, true, 1
    FROM (
        SELECT number, room, 'own-phong-' || room AS thing, md5(room || '/' || number) AS booking_id,
            $1::date + time '00:00' - number / {_A_DAY} * interval '1 day' + number % {_A_DAY} * interval '100 minutes'
            AS starts_at
        FROM generate_series(0, {_ROOMS - 1}) AS room, generate_series($2::int, $3::int - 1) AS number
    ) AS past
"""
"""Rooms booked seven times a day, as far back as asked; the board of a week shows the same whatever lies behind it."""


async def measured(folder: Path, slots: Sequence[int], seconds: float) -> dict[str, Any]:
    """Measure one office: bookings first, then boards over a past of so many slots, fewest first."""
    async with running(folder) as office:
        await _furnish(office)
        found = {**await _bookings(office, seconds), **await _series(office, seconds)}
        before = 0
        for count in slots:
            await _fill(office, before // _ROOMS, count // _ROOMS)
            before = count
            asked = await office.ask(SERVICE, _questions(), seconds)
            found.update({named(count, name): numbers for name, numbers in asked.items()})
    return found


def named(count: int, name: str) -> str:
    """Return what a line of so many slots is called."""
    return f"{count:,} slots: {name}"


def _room(number: int) -> str:
    return f"own-phong-{number}"


def _questions() -> dict[str, list[Query]]:
    rooms = tuple(map(_room, range(_ROOMS)))
    monday = _TODAY - timedelta(_TODAY.weekday() + 7)
    asked = {"starts_at": f"{monday}T08:00:00+07:00", "ends_at": f"{monday}T17:00:00+07:00"}
    return {
        BOARD: [words.GetBoard(things=rooms, from_day=monday)],
        "what is free for a day": [words.ListFreeThings.model_validate(asked)],
        "busy times of 60 rooms, first page": [words.ListBusyTimes.model_validate({"things": rooms, **asked})],
    }


async def _furnish(office: Office) -> None:
    """Let rooms, and leaders, halls, cars and drivers be booked."""
    writer = Writer(EventLog(office.operator, timeout_s=60), SERVICE, home="bookable")
    group = writer.group()
    things: list[tuple[str, words.ThingKind]] = [(_room(number), "room") for number in range(_ROOMS)]
    things += [(f"own-{kind}-{number}", kind) for kind in _KINDS for number in range(_ROOMS)]
    for id, kind in things:
        event = words.BookableMade(kind=kind, type=kind, name=id, terms=words.Terms())
        group.add("bookable", id, meta(), [event])
    await writer.append(group)
    await office.start(SERVICE, f"{SERVICE}-follow")
    await office.caught_up(SERVICE)


async def _bookings(office: Office, seconds: float) -> dict[str, Any]:
    rooms = [[_room(number)] for number in range(_ROOMS)]
    together = [[f"own-{kind}-{number}" for kind in _KINDS] for number in range(_ROOMS)]
    taken = booked([rooms[0]], 1, str(_TODAY + timedelta(300)))()
    kinds: dict[str, dict[str, Any]] = {
        FREE: {"words": "booking", "things": rooms, "at_once": 1, "clients": _CLIENTS},
        "four free things together, 8 at once": {
            "words": "booking", "things": together, "at_once": 1, "clients": _CLIENTS
        },
        "16 contenders for each slot": {
            "words": "booking", "things": rooms, "at_once": _CONTENDERS, "clients": _CONTENDERS, "day": 200
        },
        TAKEN: {"words": "given", "choices": [taken], "clients": _CLIENTS},
    }  # fmt: skip
    subject = office.request(f"command.{SERVICE}.book-things")
    await generate("load.py", {**subject, **kinds[TAKEN], "seconds": 0.5})
    found = {}
    for name, task in kinds.items():
        first_day = str(_TODAY + timedelta(task.pop("day", 2)))
        found[name] = await generate("load.py", {**subject, **task, "first_day": first_day, "seconds": seconds})
        found[name]["followers_behind_s"] = round(await office.caught_up(SERVICE, policies=False), 2)
    return found


async def _series(office: Office, seconds: float) -> dict[str, Any]:
    """Ask for 52 weeks of two halls, of which every other is taken; all conflicts are said, and nothing is booked."""
    each = booked([["own-hall-0", "own-hall-1"]], 1, str(_TODAY + timedelta(30)))()
    taken = {**each, "wants": each["wants"][:1], "every": "week", "interval": 2, "count": 26}
    whole = {**each, "every": "week", "count": 52}
    request = office.request(f"command.{SERVICE}.book-series")
    await generate("load.py", {**request, "words": "given", "choices": [taken], "clients": 1, "seconds": 0.1})
    task = {"words": "given", "choices": [whole], "clients": 1, "seconds": seconds}
    return {"52 weeks of two halls, 26 of them taken": await generate("load.py", {**request, **task})}


async def _fill(office: Office, first: int, last: int) -> None:
    """Put what was booked in the past straight into the table: the log behind it does not matter to a board."""
    database = await asyncpg.connect(office.stack.database_url(SERVICE))
    try:
        await database.execute(_PAST, _TODAY, first, last)
        await database.execute(f'VACUUM ANALYZE "{SLOTS.table}"')
    finally:
        await database.close()
