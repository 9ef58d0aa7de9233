"""Two clerks decide the same line of a stocktake at once: one wins, the other is told who decided what and when."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import asyncpg
import httpx
import pytest_asyncio

from deploy.credentials import CONSOLE
from services.console import tokens
from services.ops.supervisor import Supervisor

CLERKS = {"user:thu": "Vũ Thị Thu", "user:mai": "Hoàng Thị Mai"}
DECIDED = {"search_again": ("tìm lại", "search again"), "confirmed": ("xác nhận có", "confirmed to be there")}
LINES = 10


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def clerks(running: Supervisor) -> AsyncIterator[list[httpx.AsyncClient]]:
    """Two clerks, each with a token and a connection of their own."""
    database = await asyncpg.connect(running.stack.database_url(CONSOLE))
    made = [await tokens.create(database, *clerk, ["clerk"], None, 1, "person:test") for clerk in CLERKS.items()]
    await database.close()
    url = f"http://127.0.0.1:{running.http_port}"
    spoken = [
        httpx.AsyncClient(base_url=url, headers={"Authorization": f"Bearer {token}"}, timeout=60) for token in made
    ]
    yield spoken
    for one in spoken:
        await one.aclose()


async def says(clerk: httpx.AsyncClient, command: str, **words: Any) -> dict[str, Any]:
    """Give a command, accepted."""
    answer = await clerk.post(f"/api/assets/{command}", json=words)
    assert answer.status_code == 200, answer.text
    said: dict[str, Any] = answer.json()
    return said


async def counting(clerk: httpx.AsyncClient) -> tuple[str, list[str]]:
    """Begin a stocktake of ten things nobody has seen yet; return its id and the tags that are its lines."""
    today = datetime.now(ZoneInfo("Asia/Ho_Chi_Minh")).date().isoformat()
    unit = f"kk-{uuid4().hex[:8]}"
    things = []
    for place in range(LINES):
        words = {"unit_id": unit, "class_code": "5.1", "name": f"Tủ số {place + 1}", "cost_vnd": 12_000_000}
        said = await says(clerk, "register-asset", booked_on="2024-06-15", **words)
        (first,) = said["recorded"]
        things.append({"asset_id": first["subject"].split("/")[1], "tag": first["data"]["tag"]})
    committee = [{"role": "chair", "name": "Phạm Thị Hoa"}]
    opened = await says(
        clerk,
        "open-stocktake",
        title="Kiểm kê cuối năm",
        snapshot_on=today,
        scope={"unit_ids": [unit]},
        committee=committee,
    )
    stocktake = str(opened["recorded"][0]["subject"].split("/")[1])
    await says(clerk, "expect-assets", stocktake_id=stocktake, assets=things)
    await says(clerk, "start-counting", stocktake_id=stocktake)
    return stocktake, [thing["tag"] for thing in things]


async def test_of_two_clerks_who_decide_a_line_at_once_one_wins_and_the_other_is_told_by_whom_what_and_when(
    clerks: list[httpx.AsyncClient],
) -> None:
    stocktake, tags = await counting(clerks[0])
    wins, positions = {}, [0]
    for tag in tags:
        seen = {"stocktake_id": stocktake, "line": tag, "revision": 1, "reason": "Ban kiểm kê thống nhất"}
        answers = await asyncio.gather(
            *(
                clerk.post("/api/assets/decide-difference", json={**seen, "resolution": resolution})
                for clerk, resolution in zip(clerks, DECIDED, strict=True)
            )
        )

        assert sorted(answer.status_code for answer in answers) == [200, 422], [one.text for one in answers]
        won = answers.index(next(answer for answer in answers if answer.status_code == 200))
        name, resolution = list(CLERKS.values())[won], list(DECIDED)[won]
        refused = answers[1 - won].json()
        assert refused["code"] == "line-decided"
        today = f"{datetime.now(ZoneInfo('Asia/Ho_Chi_Minh')):%d/%m/%Y}"
        for tongue, decided in zip(("vi", "en"), DECIDED[resolution], strict=True):
            assert all(part in refused[tongue] for part in (tag, name, decided, today)), refused[tongue]
        wins[tag] = (resolution, name)
        positions.append(answers[won].json()["position"])

    query = {"stocktake_id": stocktake, "after": max(positions)}
    shown = (await clerks[1].get("/api/assets/stocktake-lines", params=query)).json()["rows"]
    assert {row["tag"]: (row["resolution"], row["decided_by"]) for row in shown} == wins
    assert {row["revision"] for row in shown} == {2}
