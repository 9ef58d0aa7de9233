"""The December run through a running office: all that is due, once, whatever interrupts it and however often."""

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import pytest_asyncio
from nats.aio.client import Client

from deploy.credentials import OPERATOR
from services.ops.office import operator_actor
from services.ops.supervisor import Supervisor
from services.ops.wear_run import WearRefused, WearRun

_ROOT = Path(__file__).parents[2]
COSTS = [10_000_000 + 1_111_111 * number for number in range(40)]
WEAR = sum((cost * 20 + 50) // 100 for cost in COSTS)
"""A computer lasted five years until 2025: 20 % of its cost a year."""


def nothing(_: int) -> None:
    """Nobody watches how far it has come."""


class Unit:
    """A unit with forty computers of 2024, nobody else's."""

    def __init__(self, client: Client, folder: Path) -> None:
        self.id, self.client, self.folder = f"u{uuid4().hex[:12]}", client, folder
        self.position = 0

    def run(self, year: int = 2024, **said: Any) -> WearRun:
        return WearRun(self.client, operator_actor(), year, self.id, portion=7, **said)

    async def register(self, cost_vnd: int) -> None:
        words = {"unit_id": self.id, "class_code": "5.3", "name": "Máy tính để bàn", "cost_vnd": cost_vnd}
        meta = {"command_id": str(uuid4()), "actor": operator_actor().model_dump(), "correlation_id": "system-test"}
        body = json.dumps({"meta": meta, "data": {**words, "booked_on": "2024-05-06"}}).encode()
        answer = json.loads((await self.client.request("command.assets.register-asset", body, timeout=20)).data)
        assert answer["outcome"] == "accepted", answer
        self.position = max(self.position, answer["position"])

    async def motmoi(self, *arguments: str, expect: int = 0) -> str:
        """Run `motmoi wear` for this unit; return what it prints."""
        environment = {**os.environ, "MOTMOI_DATA": str(self.folder), "MOTMOI_LANG": "en", "PYTHONPATH": str(_ROOT)}
        command = (sys.executable, "-m", "services.ops", "wear", "--unit", self.id, *arguments)
        pipe = asyncio.subprocess.PIPE
        process = await asyncio.create_subprocess_exec(*command, env=environment, cwd=_ROOT, stdout=pipe, stderr=pipe)
        printed, complained = await process.communicate()
        assert process.returncode == expect, printed.decode() + complained.decode()
        return printed.decode() + complained.decode()


@pytest_asyncio.fixture(loop_scope="session")
async def unit(running: Supervisor, connect: Any) -> AsyncIterator[Unit]:
    """A unit of its own for each test."""
    made = Unit(await connect(running.stack, OPERATOR), running.stack.folder)
    await asyncio.gather(*(made.register(cost) for cost in COSTS))
    await made.run().totals(made.position)
    yield made


async def test_all_that_is_due_is_charged_once_in_any_number_of_runs(unit: Unit) -> None:
    run = unit.run()
    before = await run.totals()
    assert (before.due_count, before.due_wear_vnd, before.total.count) == (40, WEAR, 0)
    steps: list[int] = []
    charged = await run.charge(await run.due(), steps.append)
    assert (charged.asset_count, charged.wear_vnd, sum(steps)) == (40, WEAR, 40)
    after = await run.totals(charged.position)
    assert (after.due_count, after.total.count, after.total.wear_vnd) == (0, 40, WEAR)
    assert (await run.due(), await run.charge([], nothing)) == ([], (0, 0, 0))
    assert await run.totals(charged.position) == after


async def test_a_run_that_was_interrupted_goes_on_and_one_from_two_places_charges_nothing_twice(unit: Unit) -> None:
    run = unit.run()
    due = await run.due()
    first = await run.charge(due[:17], nothing)
    assert first.asset_count == 17
    rest, again = await asyncio.gather(run.charge(due[3:], nothing), unit.run().charge(due, nothing))
    assert first.asset_count + rest.asset_count + again.asset_count == 40
    after = await run.totals(max(rest.position, again.position))
    assert (after.due_count, after.total.count, after.total.wear_vnd) == (0, 40, WEAR)


async def test_a_rehearsal_decides_everything_and_records_nothing(unit: Unit) -> None:
    rehearsed = await unit.run(rehearsal=True).charge(await unit.run().due(), nothing)
    assert (rehearsed.asset_count, rehearsed.wear_vnd) == (40, WEAR)
    totals = await unit.run().totals()
    assert (totals.due_count, totals.total.count) == (40, 0)


async def test_a_year_before_its_december_is_refused_with_what_to_do(unit: Unit) -> None:
    with pytest.raises(WearRefused) as refused:
        await unit.run(2100).charge(await unit.run().due(), nothing)
    assert "01/12/2100" in refused.value.vi


async def test_the_command_shows_what_is_due_charges_it_and_says_what_came_of_it(unit: Unit) -> None:
    tried = json.loads(await unit.motmoi("2024", "--dry-run", "--json"))
    assert (tried["due_count"], tried["charged_count"], tried["totals"]["total"]["count"]) == (40, 40, 0)
    behind = await unit.motmoi("2025", expect=1)
    assert "40 assets lack an earlier year. Run: motmoi wear 2024" in behind
    said = await unit.motmoi("2024")
    assert f"40 still to charge, {WEAR:,} VND expected" in said
    assert f"Charged 40 assets with {WEAR:,} VND" in said
    again = json.loads(await unit.motmoi("2024", "--json"))
    assert (again["due_count"], again["charged_count"], again["charged_wear_vnd"]) == (0, 0, 0)
    assert (again["totals"]["total"]["count"], again["totals"]["total"]["wear_vnd"]) == (40, WEAR)
    assert "--unit" in await unit.motmoi("2024", "--unit", "Không phải mã", expect=2)


async def test_the_table_of_wear_as_it_was_recorded_before_is_still_there(unit: Unit) -> None:
    run = unit.run()
    charged = await run.charge(await run.due(), nothing)
    await run.totals(charged.position)
    words = {"year": 2024, "unit_id": unit.id, "as_of_position": unit.position}
    body = json.dumps({"actor": operator_actor().model_dump(), "correlation_id": "system-test", "data": words}).encode()
    async with asyncio.timeout(30):
        while True:
            answer = json.loads((await unit.client.request("query.assets.wear-totals", body, timeout=20)).data)
            if answer["outcome"] != "failed":
                break
            await asyncio.sleep(0.05)
    assert answer["outcome"] == "answered", answer
    assert (answer["result"]["due_count"], answer["result"]["total"]["count"]) == (40, 0)
