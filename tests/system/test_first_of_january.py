"""The office of 1 January: thirty people and six hundred things of five boards pass into one office, and add up."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Iterable
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import asyncpg
import httpx
import pytest_asyncio
from docx import Document
from pypdfium2 import PdfDocument

from deploy.credentials import CONSOLE
from services.console import tokens
from services.ops.supervisor import Supervisor

T = TypeVar("T")
BOARDS = ("BTCTU", "BTGTU", "BDVTU", "UBKTTU", "BNCTU")
OURS = {code.lower() for code in ("VPTU", *BOARDS)}
"""Other tests have things of other units in the same office."""
DECISION = {"number": "12-QĐ/TU", "issued_on": "2025-12-20", "issuer": "Ban Thường vụ Tỉnh ủy"}
OLD = {"effective_on": "2020-01-01", "decision": {**DECISION, "number": "1-QĐ/TU", "issued_on": "2019-12-20"}}
JANUARY = {"effective_on": "2026-01-01", "decision": DECISION}
ASSETS = 600
MISSING, SURPLUS, FOUND_VND = (7, 250, 431), 2, 12_345_678
TOTALS = ("count", "cost_vnd", "accumulated_vnd", "residual_vnd")
SUMS = ("asset_count", "cost_vnd", "accumulated_vnd", "residual_vnd")


@dataclass(frozen=True)
class Person:
    """Somebody with a token at the office's door; `positions` of what was said are known to everybody."""

    http: httpx.AsyncClient
    positions: list[int]

    async def says(self, path: str, **words: Any) -> str:
        """Give a command, accepted; return the id of what it is about."""
        answer = await self.http.post(f"/api/{path}", json=words)
        assert answer.status_code == 200, answer.text
        said = answer.json()
        self.positions.append(said["position"])
        return str(said["recorded"][0]["subject"].split("/")[1])

    async def asks(self, path: str, **words: Any) -> dict[str, Any]:
        """Ask for what holds after everything that was said."""
        past = "as_of_position" in words
        after = {} if past else {"after": max(self.positions)}
        answer = await self.http.get(f"/api/{path}", params={**after, **words})
        assert answer.status_code == 200, answer.text
        result: dict[str, Any] = answer.json()
        return result

    async def paper(self, path: str, **words: Any) -> bytes:
        """Ask for a paper."""
        answer = await self.http.get(f"/papers/{path}", params=words)
        assert answer.status_code == 200, answer.text
        return answer.content


async def at_once(works: Iterable[Awaitable[T]], most: int = 16) -> list[T]:
    """Await all of them, so many at a time, and return what they came to in their order."""
    room = asyncio.Semaphore(most)

    async def one(work: Awaitable[T]) -> T:
        async with room:
            return await work

    return await asyncio.gather(*(one(work) for work in works))


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def people(running: Supervisor) -> AsyncIterator[dict[str, Person]]:
    """The office's clerk, and a contact in each of the five boards."""
    database = await asyncpg.connect(running.stack.database_url(CONSOLE))
    everybody, positions = {}, [0]
    for code in ("VPTU", *BOARDS):
        roles = ["clerk", "leader", "administrator"] if code == "VPTU" else ["board"]
        token = await tokens.create(database, f"user:{code.lower()}", f"Cán bộ {code}", roles, code, 1, "person:test")
        everybody[code] = Person(
            httpx.AsyncClient(
                base_url=f"http://127.0.0.1:{running.http_port}",
                headers={"Authorization": f"Bearer {token}"},
                timeout=60,
            ),
            positions,
        )
    await database.close()
    yield everybody
    for person in everybody.values():
        await person.http.aclose()


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def before(people: dict[str, Person]) -> list[str]:
    """The five boards and the office as they were; returns the ids of the thirty people, board by board."""
    clerk = people["VPTU"]
    await clerk.says("organisation/open-site", code="TS1", name="Trụ sở Tỉnh ủy", address="Số 1 Trần Phú", **OLD)
    await clerk.says("organisation/establish-unit", code="TU", name="Tỉnh ủy", kind="committee", site_id="ts1", **OLD)
    office = {"code": "VPTU", "name": "Văn phòng Tỉnh ủy", "kind": "office", "parent_id": "tu", "site_id": "ts1"}
    await clerk.says("organisation/establish-unit", **office, **OLD)
    for code in BOARDS:
        board = {"code": code, "name": f"Ban {code}", "kind": "body", "parent_id": "tu", "served": True}
        await clerk.says("organisation/establish-unit", **board, **OLD)
    post = {"code": "CV", "title": "Chuyên viên", "group": "professional", "norm": 30, "maximum": 40}
    for code in ("VPTU", *BOARDS):
        await clerk.says("organisation/create-post", unit_id=code.lower(), **post, **OLD)
    ids = []
    for place in range(30):
        person = {"name": f"Nguyễn Văn {place + 1:02}", "headcount": "civil_servant"}
        ids.append(await clerk.says("organisation/register-person", **person))
        post_id = f"{BOARDS[place % 5].lower()}--cv"
        await clerk.says("organisation/appoint-person", person_id=ids[-1], post_id=post_id, **OLD)
    return ids


async def test_thirty_people_change_posts_on_one_day_and_the_roster_of_either_day_shows_it(
    people: dict[str, Person], before: list[str]
) -> None:
    clerk = people["VPTU"]
    lines = [{"person_id": id, "to_post_id": "vptu--cv"} for id in before]
    transfer = await clerk.says(
        "organisation/prepare-transfer", title="Chuyển 30 cán bộ về Văn phòng", lines=lines, **JANUARY
    )
    carried = [{**line, "from_post_id": f"{BOARDS[place % 5].lower()}--cv"} for place, line in enumerate(lines)]
    await clerk.says("organisation/carry-out-transfer", transfer_id=transfer, lines=carried)

    view = await clerk.asks("organisation/transfer", transfer_id=transfer)
    eve = await clerk.asks("organisation/roster", on="2025-12-31", limit=100)
    day = await clerk.asks("organisation/roster", on="2026-01-01", limit=100)
    paper = Document(BytesIO(await clerk.paper("organisation/transfer-list.docx", transfer_id=transfer)))

    assert (view["adds_up"], [part["people"] for part in view["sources"]]) == (True, [6] * 5)
    assert {row["unit_id"] for row in eve["rows"]} == {code.lower() for code in BOARDS}
    assert {row["unit_id"] for row in day["rows"]} == {"vptu"}
    assert [len(eve["rows"]), len(day["rows"])] == [30, 30]
    assert "Nguyễn Văn 30" in "\n".join(cell.text for table in paper.tables for cell in table._cells)


def asset(place: int) -> dict[str, Any]:
    """The words of one of the six hundred; every fifth belongs to the same board."""
    cost = 10_000_000 + place * 137_911
    return {
        "unit_id": BOARDS[place % 5].lower(),
        "class_code": ("5.1", "5.2", "5.3")[place % 3],
        "name": f"Thiết bị số {place + 1}",
        "cost_vnd": cost,
        "booked_on": "2023-06-15",
        "accumulated_vnd": cost * 3 // 7,
        "worn_to": 2025,
    }


def sums(assets: Iterable[dict[str, Any]]) -> dict[str, int]:
    """What assets come to, added up here."""
    found = list(assets)
    cost, worn = (sum(one[name] for one in found) for name in ("cost_vnd", "accumulated_vnd"))
    return dict(zip(SUMS, (len(found), cost, worn, cost - worn), strict=True))


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def booked(people: dict[str, Person], before: list[str]) -> list[str]:
    """The six hundred in the books of the five boards; returns their ids."""
    return await at_once(people["VPTU"].says("assets/register-asset", **asset(place)) for place in range(ASSETS))


async def prepare(people: dict[str, Person], booked: list[str]) -> str:
    """Draw the batch up, with what was found beside the books; return its id."""
    batch = await people["VPTU"].says(
        "assets/prepare-handover",
        title="Bàn giao tài sản của năm ban",
        to_unit_id="vptu",
        asset_ids=booked,
        venue="Trụ sở Tỉnh ủy",
        **JANUARY,
    )
    for code in BOARDS[:SURPLUS]:
        found = {"class_code": "5.1", "name": "Tủ không có trong sổ", "cost_vnd": FOUND_VND, "remaining_years": 4}
        await people[code].says(
            "assets/report-surplus-line", handover_id=batch, side="giver", from_unit_id=code.lower(), found=found
        )
    return batch


async def agree(people: dict[str, Person], booked: list[str], batch: str) -> None:
    """Every board says of its own lines what they are, and the office says it of all."""
    lines = (await people["VPTU"].asks("assets/handover-lines", handover_id=batch, limit=1000))["rows"]
    finding = {booked[place]: "missing" for place in MISSING} | {row["asset_id"]: "surplus" for row in lines[ASSETS:]}
    for code, person in people.items():
        side = "receiver" if code == "VPTU" else "giver"
        said = [
            {
                "asset_id": row["asset_id"],
                "finding": finding.get(row["asset_id"], "matching"),
                "seen": row[side]["revision"] if row[side] else 0,
            }
            for row in lines
            if side == "receiver" or row["from_unit_id"] == code.lower()
        ]
        await person.says("assets/agree-lines", handover_id=batch, side=side, lines=said)


async def test_six_hundred_things_pass_in_one_batch_and_the_old_books_close_at_zero(
    people: dict[str, Person], booked: list[str]
) -> None:
    clerk, words = people["VPTU"], [asset(place) for place in range(ASSETS)]
    by_board = {code: sums(words[number::5]) for number, code in enumerate(BOARDS)}
    batch = await prepare(people, booked)
    await agree(people, booked, batch)
    view = await clerk.asks("assets/handover", handover_id=batch)
    closing = {"handover_id": batch, "to_unit_id": "vptu", "asset_ids": view["asset_ids"]}
    refused = await clerk.http.post("/api/assets/close-handover", json=closing)
    for code in BOARDS:
        await people[code].says("assets/sign-handover", handover_id=batch, unit_id=code.lower(), **by_board[code])
    received = {name: view["whole"]["received"][name] for name in SUMS}
    await clerk.says("assets/sign-handover", handover_id=batch, unit_id="vptu", **received)
    await clerk.says("assets/close-handover", **closing)

    whole = sums(words)
    totals = await clerk.asks("assets/asset-totals", by="unit")
    now = {row["key"]: [row[name] for name in TOTALS] for row in totals["rows"] if row["key"] in OURS and row["count"]}
    eve = await clerk.asks("assets/asset-totals", on="2025-12-31", by="unit")
    minutes = await clerk.asks("assets/handover-minutes", handover_id=batch)
    assert (view["handover"]["agreed_count"], refused.json()["code"]) == (ASSETS + SURPLUS, "handover-unsigned")
    cost, worn = whole["cost_vnd"] + SURPLUS * FOUND_VND, whole["accumulated_vnd"]
    assert now == {"vptu": [ASSETS + SURPLUS, cost, worn, cost - worn]}
    assert {row["key"]: [row[name] for name in TOTALS] for row in eve["rows"] if row["key"] in OURS} == {
        code.lower(): list(by_board[code].values()) for code in BOARDS
    }
    assert (minutes["adds_up"], minutes["draft"]) == (True, False)
    assert {name: minutes["totals"]["booked"][name] for name in SUMS} == whole
    assert minutes["totals"]["missing"]["asset_count"] == len(MISSING)


async def test_the_minutes_are_printed_in_both_kinds_with_every_thing_and_the_totals(people: dict[str, Person]) -> None:
    clerk = people["VPTU"]
    (batch,) = (await clerk.asks("assets/handovers"))["rows"]
    word = await clerk.paper("assets/handover-minutes.docx", handover_id=batch["handover_id"])
    pdf = PdfDocument(await clerk.paper("assets/handover-minutes.pdf", handover_id=batch["handover_id"]))
    cells = {cell.text for table in Document(BytesIO(word)).tables for cell in table._cells}
    printed = "\n".join(page.get_textpage().get_text_bounded() for page in pdf)
    total = f"{batch['cost_vnd']:,}".replace(",", ".")
    assert total in cells
    assert total in printed
    assert {f"Thiết bị số {place + 1}" for place in range(ASSETS)} <= cells
    assert all(f"Thiết bị số {place + 1}" in printed for place in range(0, ASSETS, 37))


async def test_what_was_known_before_stays_known(people: dict[str, Person]) -> None:
    clerk = people["VPTU"]
    now = datetime.now(ZoneInfo("Asia/Ho_Chi_Minh"))
    past = await clerk.asks("assets/asset-totals", unit_id="vptu", as_of_position=1)
    assert past["total"]["count"] == 0
    today = await clerk.asks("assets/asset-totals", unit_id="vptu", on=f"{now.date()}")
    assert today["total"]["count"] == ASSETS + SURPLUS
