"""A year of four boards through a running office, one of them dissolved in July: whatever happened, it adds up."""

import asyncio
import json
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar
from uuid import uuid4
from zoneinfo import ZoneInfo

import asyncpg
import httpx
import pytest
import pytest_asyncio

from contracts.base import Role
from deploy.credentials import CONSOLE
from services.console import tokens
from services.ops.supervisor import Supervisor

T = TypeVar("T")
TODAY = datetime.now(ZoneInfo("Asia/Ho_Chi_Minh")).date()
YEAR, LAST = TODAY.year, TODAY.year - 1
JULY = min(date(YEAR, 7, 15), TODAY)
PETROL, PAPER, TRAVEL = "tu-chu.509.351.6500", "tu-chu.509.351.6550", "tu-chu.509.351.6700"
GUESTS = "khong-tu-chu.509.351.7750"
ITEMS = {PETROL: "6503", PAPER: "6551", TRAVEL: "6702", GUESTS: "7761"}
ESTIMATE = {PETROL: 90_000_000, PAPER: 40_000_000, TRAVEL: 60_000_000, GUESTS: 30_000_000}
BOARDS = ("VPTU", "BTCTU", "BTGTU", "BDVTU")
GONE, HEIR = "BDVTU", "BTGTU"
DECISION = {"decision_number": "12-QĐ/TU", "decided_on": f"{LAST}-12-20"}
CASH = {"method": "cash", "money_account": "quy-tien-mat"}
WEAR_RULES = (
    "cause,row,whose,side,account,measure,intangible_account,effective_from,effective_to,legal_basis,source_tag"
)
WEAR_VND = 4_000_000
"""A computer of 20 million lasts five years."""
CLIENTS, EACH_VND, LIMIT_VND = 64, 3_000_000, 100_000_000
_PATIENCE_S = 40
_PAUSE_S = 0.05
PERSONS: dict[str, tuple[str, str, list[Role], str | None]] = {
    "accountant": ("user:ke", "Lê Thị Kế", ["accountant"], None),
    "second": ("user:toan", "Trần Văn Toán", ["accountant"], None),
    "head": ("user:chanh", "Phạm Thị Chánh", ["leader"], None),
    "cashier": ("user:quy", "Vi Thị Quỹ", ["cashier"], None),
    "auditor": ("user:kiem", "Bế Văn Kiểm", ["auditor"], None),
    "clerk": ("user:lan", "Nguyễn Thị Lan", ["clerk", "leader"], None),
    **{code: (f"user:{code.lower()}", f"Đầu mối {code}", ["board"], code) for code in BOARDS},
}


@dataclass
class Office:
    """The people of an office, each with a token and a connection; what they see of requests and advances."""

    people: dict[str, httpx.AsyncClient]
    position: int = 0
    seen: dict[str, dict[str, Any]] = field(default_factory=dict)

    async def says(self, who: str, path: str, **words: Any) -> dict[str, Any]:
        """Give a command, accepted; return the answer."""
        answer = await self.people[who].post(f"/api/{path}", json=words)
        assert answer.status_code == 200, (path, words, answer.text)
        said: dict[str, Any] = answer.json()
        self.position = max(self.position, said["position"])
        return said

    async def made(self, who: str, path: str, **words: Any) -> str:
        """Give a command, accepted; return the id of what it is about."""
        return str((await self.says(who, path, **words))["recorded"][0]["subject"].split("/")[1])

    async def asks(self, path: str, who: str = "auditor", **words: Any) -> dict[str, Any]:
        """Ask for what holds after everything that was said, or as it was."""
        after = {} if "as_of_position" in words else {"after": self.position}
        answer = await self.people[who].get(f"/api/{path}", params={**after, **words})
        assert answer.status_code == 200, (path, words, answer.text)
        result: dict[str, Any] = answer.json()
        return result

    async def rows(self, path: str, **words: Any) -> list[dict[str, Any]]:
        """Ask for every row."""
        found: list[dict[str, Any]] = []
        page: dict[str, Any] = {"next_cursor": None}
        while not found or page["next_cursor"]:
            more = {"cursor": page["next_cursor"]} if page["next_cursor"] else {}
            page = await self.asks(path, limit=100, **words, **more)
            found += page["rows"]
            if not page["rows"]:
                break
        return found

    async def until(self, path: str, wanted: Callable[[dict[str, Any]], bool], **words: Any) -> dict[str, Any]:
        """Ask until a row is as wanted, which a policy brings about in its own time; return it."""
        async with asyncio.timeout(_PATIENCE_S):
            while True:
                for row in await self.rows(path, **words):
                    if wanted(row):
                        return row
                await asyncio.sleep(_PAUSE_S)  # a reader's own pause before they look again

    async def asked(self, board: str, line: str, vnd: int, year: int = YEAR, **words: Any) -> str:
        """Ask for money, as the board's contact; return the request."""
        usual = {"year": year, "board": board, "purpose": f"Chi {vnd} của {board}", "amounts": amounts(line, vnd)}
        id = await self.made(board, "finance/request-spending", **{**usual, **words})
        self.seen[id] = {"request_id": id, "revision": 1, "year": year, "board": board}
        return id

    async def step(self, who: str, command: str, id: str, **words: Any) -> dict[str, Any]:
        """Take a step of a request or an advance as it was last seen."""
        said = await self.says(who, f"finance/{command}", **self.seen[id], **words)
        self.seen[id]["revision"] += 1
        return said

    async def approved(self, board: str, line: str, vnd: int, over: str | None = None, **words: Any) -> str:
        """Ask for money, have it checked and approved, over the estimate where a reason is given."""
        id = await self.asked(board, line, vnd, **words)
        await self.step("accountant", "check-spending", id)
        if over is None:
            await self.step("head", "approve-spending", id)
        else:
            await self.step("head", "approve-spending-over", id, reason=over)
        return id

    async def paid(self, id: str, line: str, vnd: int, on: date = JULY) -> None:
        """Pay a part of a request in cash."""
        await self.step("cashier", "pay-spending", id, **CASH, on=f"{on}", amounts=amounts(line, vnd))

    async def advanced(self, id: str, line: str, vnd: int, holder: str) -> str:
        """Hand out a part of a request as an advance; return the advance."""
        words = {"amounts": amounts(line, vnd), "holder": {"name": holder}, "task_ends_on": f"{TODAY}"}
        said = await self.step("cashier", "pay-advance", id, **CASH, on=f"{JULY}", **words)
        (advance,) = (one["data"]["advance_id"] for one in said["recorded"] if one["type"].endswith("SpendingAdvanced"))
        row = await self.asks("finance/advance", advance_id=advance)
        place = {name: self.seen[id][name] for name in ("year", "board")}
        self.seen[advance] = {"advance_id": advance, "holder_id": row["holder_id"], "revision": 1, **place}
        return str(advance)

    async def moved(self, ids: Iterable[str], **place: Any) -> None:
        """Know that requests or advances went over to another budget."""
        for id in ids:
            self.seen[id] |= {**place, "revision": self.seen[id]["revision"] + 1}

    async def posted(self, draft: dict[str, Any]) -> dict[str, Any]:
        """Post a draft of an entry on its day; return the voucher."""
        words = {"draft_id": draft["draft_id"], "on": draft["on"]}
        await self.says("accountant", "finance/post-draft", **words)
        settled = await self.until("finance/drafts", lambda row: row["draft_id"] == draft["draft_id"], status="posted")
        return await self.asks("finance/voucher", entry_id=settled["entry_id"])


def amounts(line: str, vnd: int) -> list[dict[str, Any]]:
    """Return an amount of a line under its item."""
    return [{"line": line, "item": ITEMS[line], "amount_vnd": vnd}]


async def at_once(works: Iterable[Awaitable[T]]) -> list[T]:
    """Await all of them together."""
    return await asyncio.gather(*works)


@pytest.fixture(scope="module")
def own_rules(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The office's own row of a table of law: it books the wear of last year too."""
    folder = tmp_path_factory.mktemp("rules")
    rows = (f"asset_worn,{row},own,{side},{account},accumulated,," for row, side, account in _WORN)
    held = f"2024-01-01,{LAST}-12-31,Quy chế của văn phòng,D"
    (folder / "cost_entries.csv").write_text("\n".join((WEAR_RULES, *(row + held for row in rows))) + "\n")
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("MOTMOI_RULES", str(folder))
        yield folder


_WORN = ((1, "debit", "366"), (2, "credit", "214"))


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def house(reachable_folder: Path, own_rules: Path) -> AsyncIterator[Supervisor]:
    """An office of this file's own, whose books nobody else writes."""
    supervised = Supervisor(
        reachable_folder / "finance-year",
        nats_port=0,
        postgres_port=0,
        http_port=0,
        say=lambda **_: None,
        fast=True,
        state_folder=reachable_folder / "state",
    )
    await supervised.start()
    yield supervised
    await supervised.stop()


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def office(house: Supervisor) -> AsyncIterator[Office]:
    """The people at the office's door, the boards, the tills and two years' estimates."""
    database = await asyncpg.connect(house.stack.database_url(CONSOLE))
    url = f"http://127.0.0.1:{house.http_port}"
    people = {}
    for name, (id, called, roles, board) in PERSONS.items():
        token = await tokens.create(database, id, called, roles, board, 1, "person:test")
        headers = {"Authorization": f"Bearer {token}"}
        people[name] = httpx.AsyncClient(base_url=url, headers=headers, timeout=60)
    await database.close()
    office = Office(people)
    old = {"effective_on": "2020-01-01", "decision": {"number": "1-QĐ/TU", "issued_on": "2019-12-20"}}
    old["decision"] |= {"issuer": "Ban Thường vụ Tỉnh ủy"}  # type: ignore[operator]
    unit = "organisation/establish-unit"
    await office.says("clerk", unit, code="TU", name="Tỉnh ủy", kind="committee", **old)
    for code in BOARDS:
        await office.says("clerk", unit, code=code, name=f"Ban {code}", kind="body", parent_id="tu", **old)
    for id, account in (("quy-tien-mat", "111"), ("nh-agribank", "112")):
        words = {"money_account": id, "name": id, "account": account}
        await office.says("accountant", "finance/open-money-account", **words)
    yield office
    for one in people.values():
        await one.aclose()


async def assign(office: Office, year: int) -> None:
    """Assign a year's estimate to every board, and draw cash of it."""
    for place, board in enumerate(BOARDS, start=1):
        lines = [{"line": line, "amount_vnd": place * vnd} for line, vnd in ESTIMATE.items()]
        await office.says("head", "finance/assign-estimate", year=year, board=board, lines=lines, **DECISION)
        for line in (PETROL, GUESTS):
            drawn = {"template": "withdraw_cash", "kind": "receipt", "on": f"{min(date(year, 1, 15), TODAY)}"}
            words = {"line": line, "description": "Rút dự toán về quỹ", "board": board}
            await office.says("accountant", "finance/post-by-template", **drawn, **words, amount_vnd=60_000_000)


async def vouchers(office: Office, year: int) -> list[dict[str, Any]]:
    """Return every entry of a year with its lines."""
    return await office.rows("finance/journal", on_from=f"{year}-01-01", on_to=f"{year}-12-31")


Balance = dict[tuple[str, str], tuple[int, int]]


def summed(entries: Iterable[dict[str, Any]], by: Callable[[dict[str, Any]], str]) -> Balance:
    """Return the debits and credits of entries by account and something else of a line, added up here."""
    sums: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    for entry in entries:
        for line in entry["lines"]:
            sums[line["account"], by(line)][line["side"] == "credit"] += line["amount_vnd"]
    return {key: (debit, credit) for key, (debit, credit) in sums.items()}


async def balance(office: Office, year: int, **words: Any) -> Balance:
    """Return the movements of a year's trial balance."""
    period = {"on_from": f"{year}-01-01", "on_to": f"{year}-12-31"}
    rows = (await office.asks("finance/trial-balance", **period, **words))["rows"]
    return {
        (row["account"], row["board"] or ""): (row["debit_vnd"], row["credit_vnd"])
        for row in rows
        if row["debit_vnd"] or row["credit_vnd"]
    }


def expect_no_hole(entries: Iterable[dict[str, Any]]) -> None:
    """Every book's vouchers have the numbers from one on, each once."""
    books: dict[tuple[int, str], list[int]] = defaultdict(list)
    for entry in entries:
        books[entry["year"], entry["kind"]].append(entry["number"])
    for numbers in books.values():
        assert sorted(numbers) == list(range(1, len(numbers) + 1))


async def expect_conserved(office: Office, position: int) -> int:
    """Every line of every board adds up as of a position, as do their totals; return how many lines there were."""
    count = 0
    use = ("frozen_vnd", "committed_vnd", "advanced_vnd", "spent_vnd", "left_vnd")
    whole: Counter[str] = Counter()
    for board in BOARDS:
        past = await office.asks("finance/budget", year=YEAR, board=board, as_of_position=position)
        for part in (*past["lines"], past["use"]):
            assert part["estimate_vnd"] == sum(part[name] for name in use), (board, position, part)
        whole.update({name: past["use"][name] for name in use})
        count += len(past["lines"])
    rows = (await office.asks("finance/execution", year=YEAR, by="board", as_of_position=position, limit=100))["rows"]
    for name in use:
        assert sum(row[name] for row in rows) == whole[name], (name, position)
    return count


async def test_last_year_s_wear_is_drafted_and_posted_and_its_books_are_closed_into_the_result(
    house: Supervisor, office: Office, connect: Any
) -> None:
    await assign(office, LAST)
    id = await office.approved("BTCTU", PETROL, 7_000_000, year=LAST)
    await office.paid(id, PETROL, 7_000_000, date(LAST, 12, 20))
    worn = {"class_code": "5.3", "cost_vnd": 20_000_000, "booked_on": f"{LAST - 1}-05-06"}
    worn |= {"accumulated_vnd": 4_000_000, "worn_to": LAST - 1}
    assets = [
        await office.made("clerk", "assets/register-asset", unit_id=unit, name="Máy tính để bàn", **worn)
        for unit in ("btctu", "btctu", "btgtu")
    ]
    charged = await office.says("clerk", "assets/charge-wear", year=LAST, asset_ids=assets)
    (run,) = (one for one in charged["recorded"] if one["type"] == "assets.WearRunRecorded")
    drafts = await worn_and_drafted(office, await connect(house.stack, CONSOLE), run["id"], len(assets) * WEAR_VND)
    booked = [await office.posted(draft) for draft in drafts]
    before = await balance(office, LAST, by="board")
    closed = await office.says("accountant", "finance/close-year", year=LAST)
    entries = await vouchers(office, LAST)

    assert summed(booked, lambda line: line["board"]) == {
        (account, board): both
        for board, vnd in (("BTCTU", 2 * WEAR_VND), ("BTGTU", WEAR_VND))
        for account, both in (("366", (vnd, 0)), ("214", (0, vnd)))
    }
    assert {voucher["cause"]["event_id"] for voucher in booked} == {run["id"]}
    assert any(one["type"] == "finance.YearClosed" for one in closed["recorded"])
    assert before[("612", "BTCTU")] == (7_000_000, 0)
    assert await balance(office, LAST, by="board", before_closing="true") == before
    after = await balance(office, LAST, by="board")
    assert after == summed(entries, lambda line: line["board"])
    assert all(debit == credit for (account, _), (debit, credit) in after.items() if account[0] in "5679")
    expect_no_hole(entries)


async def worn_and_drafted(office: Office, client: Any, event_id: str, wear_vnd: int) -> list[dict[str, Any]]:
    """Draft a year's wear as the timer after the run does, an hour early; return the drafts when all is counted."""
    cause = {"event_id": event_id, "type": "assets.WearRunRecorded", "subject": f"wear_run/{LAST}", "told": "Hao mòn"}
    actor = {"id": "service:finance", "name": "Tài chính", "roles": ["service"]}
    async with asyncio.timeout(_PATIENCE_S):
        while True:
            meta = {"command_id": str(uuid4()), "actor": actor, "correlation_id": "system-test"}
            body = {"meta": meta, "data": {"year": LAST, "cause": cause}}
            reply = await client.request("command.finance.draft-wear", json.dumps(body).encode(), timeout=10)
            assert json.loads(reply.data)["outcome"] == "accepted", reply.data
            rows = await office.rows("finance/drafts", status="drafted")
            drafts = [row for row in rows if row["cause"]["event_id"] == event_id]
            if sum(row["total_vnd"] for row in drafts) == wear_vnd:
                return drafts
            await asyncio.sleep(_PAUSE_S)  # the counting policy follows the run in its own time


async def fuel_of_the_heir(office: Office) -> tuple[str, dict[str, Any]]:
    """Fuel of a car of a board drafts a request; its contact sends it, and it is checked, approved and paid."""
    details = {"kind": "vehicle", "plate": "11A-012.34", "seats": 7, "usage": "general", "fuel": "diesel"}
    words = {"unit_id": HEIR.lower(), "class_code": "3", "name": "Xe ô tô", "details": details}
    car = await office.made(
        "clerk", "assets/register-asset", cost_vnd=900_000_000, booked_on=f"{LAST - 2}-05-10", **words
    )
    receipt = {"vehicle_id": f"asset-{car}", "quantity_cl": 4550, "amount_vnd": 955_500, "invoice": "1C26TXD-0012345"}
    async with asyncio.timeout(_PATIENCE_S):
        # Scheduling follows the register of assets in its own time.
        while (await office.people["clerk"].post("/api/scheduling/record-fuel", json=receipt)).status_code != 200:
            await asyncio.sleep(_PAUSE_S)
    draft = await office.until("finance/requests", lambda row: row["total_vnd"] == 955_500, status="drafted")
    id, board = draft["request_id"], draft["board"]
    view = await office.asks("finance/request", request_id=id)
    office.seen[id] = {"request_id": id, "revision": 1, "year": YEAR, "board": board}
    told = {"purpose": view["purpose"], "amounts": view["amounts"], "papers": view["papers"], "payee": view["payee"]}
    await office.step(HEIR, "revise-spending", id, **told)
    await office.step("accountant", "check-spending", id)
    await office.step("head", "approve-spending", id)
    await office.step("cashier", "pay-spending", id, **CASH, on=f"{TODAY}", amounts=view["amounts"])
    return id, await office.asks("finance/request", request_id=id)


async def handed_over(office: Office) -> dict[str, Any]:
    """A safe passes from the board that goes to the one that stays; return the voucher of it."""
    words = {"unit_id": GONE.lower(), "class_code": "5.1", "name": "Két sắt", "cost_vnd": 48_000_000}
    words |= {"booked_on": f"{LAST - 1}-06-15", "accumulated_vnd": 6_000_000, "worn_to": LAST}
    safe = await office.made("clerk", "assets/register-asset", **words)
    decided = {"number": "7-QĐ/TU", "issued_on": f"{LAST}-12-20", "issuer": "Ban Thường vụ Tỉnh ủy"}
    batch = {"title": "Bàn giao", "to_unit_id": HEIR.lower(), "asset_ids": [safe], "closes_books": False}
    id = await office.made(
        "clerk", "assets/prepare-handover", effective_on=f"{min(date(YEAR, 1, 2), TODAY)}", decision=decided, **batch
    )
    for side in ("giver", "receiver"):
        found = [{"asset_id": safe, "finding": "matching"}]
        await office.says("clerk", "assets/agree-lines", handover_id=id, side=side, lines=found)
    sums = {"asset_count": 1, "cost_vnd": 48_000_000, "accumulated_vnd": 6_000_000, "residual_vnd": 42_000_000}
    for board in (GONE, HEIR):
        await office.says("clerk", "assets/sign-handover", handover_id=id, unit_id=board.lower(), **sums)
    await office.says("clerk", "assets/close-handover", handover_id=id, to_unit_id=HEIR.lower(), asset_ids=[safe])
    draft = await office.until("finance/drafts", lambda row: row["total_vnd"] == 96_000_000, status="drafted")
    return await office.posted(draft)


async def test_a_year_with_open_items_a_board_dissolved_in_july_and_costs_of_other_desks_adds_up(
    office: Office,
) -> None:
    await assign(office, YEAR)
    positions = [office.position]
    for board in BOARDS:
        for line, vnd in ((PETROL, 4_100_000), (PAPER, 2_300_000)):
            await office.paid(await office.approved(board, line, vnd), line, vnd)
    special = {"kind": "special", "legal_basis": "Quyết định 15-QĐ/TU"}
    over = await office.approved("BTCTU", GUESTS, 70_000_000, over="Đoàn Trung ương, đã báo cáo", **special)
    await office.paid(over, GUESTS, 70_000_000)
    safe = await handed_over(office)
    await settle_drafts(office)
    await july(office, positions)
    fuel, view = await fuel_of_the_heir(office)
    positions.append(office.position)
    ends = await year_end(office)
    positions.append(office.position)
    await settle_drafts(office)

    assert summed([safe], lambda line: line["board"]) == {
        (account, board): ((vnd, 0) if debit == (board == GONE) else (0, vnd))
        for account, vnd, debit in (("211", 48_000_000, False), ("214", 6_000_000, True), ("366", 42_000_000, True))
        for board in (GONE, HEIR)
    }
    assert (view["board"], view["cause"]["type"]) == (HEIR, "scheduling.FuelRecorded")
    assert [step["step"] for step in view["history"]] == ["drafted", "revised", "checked", "approved", "paid"]
    assert (view["request_id"], view["paid_vnd"]) == (fuel, 955_500)
    overrides = (await office.asks("finance/overrides", year=YEAR))["rows"]
    assert [(row["request_id"], row["over_vnd"]) for row in overrides] == [(over, 10_000_000)]
    for position in (*positions, ends):
        assert await expect_conserved(office, position) == len(BOARDS) * len(ESTIMATE)
    await expect_books_add_up(office)


async def july(office: Office, positions: list[int]) -> None:
    """A board is dissolved: what is open of it, its lines and balances are its heir's, who brings it to its end."""
    open_request = await office.approved(GONE, PAPER, 9_000_000)
    advance = await office.advanced(
        await office.approved(GONE, TRAVEL, 5_000_000, as_advance=True), TRAVEL, 5_000_000, "Nguyễn Văn Ứng"
    )
    positions.append(office.position)
    seen = await office.asks("finance/budget", year=YEAR, board=GONE)
    assert (seen["requests"], seen["advances"]) == ([open_request], [advance])
    heir = await office.asks("finance/budget", year=YEAR, board=HEIR)
    lost = {"year": YEAR, "board": GONE, "to_board": HEIR, "on": f"{JULY}", "books_since": LAST, **DECISION}
    unseen = await office.people["head"].post("/api/finance/settle-board", json={**lost, "requests": [open_request]})
    assert (unseen.status_code, unseen.json()["code"]) == (422, "open-items-changed")
    open_items = {"requests": [open_request], "advances": [advance]}
    await office.says("head", "finance/settle-board", **lost, **open_items)
    await office.moved((open_request, advance), year=YEAR, board=HEIR)
    positions.append(office.position)
    after = await office.asks("finance/budget", year=YEAR, board=HEIR)
    gone = await office.asks("finance/settlement", year=YEAR, board=GONE)
    assert after["use"]["left_vnd"] == heir["use"]["left_vnd"] + seen["use"]["left_vnd"]
    assert gone["use"]["estimate_vnd"] == gone["use"]["spent_vnd"] == seen["use"]["spent_vnd"]
    await office.paid(open_request, PAPER, 9_000_000, TODAY)
    await office.step(HEIR, "claim-advance", advance, amounts=amounts(TRAVEL, 4_200_000))
    await office.step("accountant", "check-claim", advance)
    await office.step("head", "approve-claim", advance, on=f"{TODAY}")
    await office.step("cashier", "receive-rest", advance, **CASH, on=f"{TODAY}", amount_vnd=800_000)


async def year_end(office: Office) -> int:
    """A signed contract and an open advance go along to the next year, what is left lapses; return where it began."""
    began = office.position
    contract = await office.approved("BTCTU", PAPER, 11_000_000, contract_number="03/HĐ")
    request = await office.approved("BTCTU", TRAVEL, 6_000_000, as_advance=True)
    advance = await office.advanced(request, TRAVEL, 6_000_000, "Lê Văn Ba")
    forgotten = await office.approved("VPTU", PETROL, 1_000_000)
    close = {"year": YEAR, "on": f"{TODAY}"}
    still = await office.people["head"].post("/api/finance/close-budget", json={**close, "board": "VPTU"})
    assert (still.status_code, still.json()["code"]) == (422, "still-open")
    await office.step("accountant", "close-spending", forgotten, reason="Không còn nhu cầu")
    along = {"requests": [contract], "advances": [advance]}
    lines = [{"line": GUESTS, "amount_vnd": 1_000_000, "reason": "contract_signed"}]
    overspent = {"year": YEAR, "board": "BTCTU", "lines": lines, **along, **DECISION}
    refused = await office.people["head"].post("/api/finance/carry-over", json=overspent)
    assert (refused.status_code, refused.json()["code"]) == (422, "not-enough-left")
    lines[0] |= {"line": PAPER}
    await office.says("head", "finance/carry-over", **overspent)
    await office.moved((contract, advance), year=YEAR + 1, board="BTCTU")
    for board in ("VPTU", "BTCTU", "BTGTU"):
        await office.says("head", "finance/close-budget", **close, board=board)
        settled = await office.asks("finance/settlement", year=YEAR, board=board)
        assert settled["adds_up"]
        for line in settled["lines"]:
            went = ("spent_vnd", "carried_out_vnd", "handed_over_vnd", "lapsed_vnd")
            over = max(0, line["spent_vnd"] - line["assigned_vnd"])
            assert line["assigned_vnd"] + over == sum(line[name] for name in went), line
    coming = await office.asks("finance/budget", year=YEAR + 1, board="BTCTU")
    assert {line["line"]: line["estimate_vnd"] for line in coming["lines"]} == {PAPER: 12_000_000, TRAVEL: 6_000_000}
    assert (coming["use"]["committed_vnd"], coming["use"]["advanced_vnd"]) == (11_000_000, 6_000_000)
    return began


async def settle_drafts(office: Office) -> None:
    """Post the entries that were drafted for the year."""
    await office.until("finance/drafts", lambda row: "VPTU" in row["boards"] and f"{YEAR}" in row["on"])
    for draft in await office.rows("finance/drafts", status="drafted"):
        if draft["on"].startswith(f"{YEAR}"):
            await office.posted(draft)


async def expect_books_add_up(office: Office) -> None:
    """The trial balance is what this test sums up of the vouchers, and the boards' sums are the office's."""
    entries = await vouchers(office, YEAR)
    whole, boards = summed(entries, lambda _: ""), summed(entries, lambda line: line["board"])
    assert await balance(office, YEAR) == whole
    assert await balance(office, YEAR, by="board") == boards
    for board in BOARDS:
        own = {account: both for (account, of), both in boards.items() if of == board}
        assert {account: both for (account, _), both in (await balance(office, YEAR, board=board)).items()} == own
    for account, (debit, credit) in {account: both for (account, _), both in whole.items()}.items():
        mine = [both for (of, _), both in boards.items() if of == account]
        assert (debit, credit) == (sum(one for one, _ in mine), sum(other for _, other in mine))
    ever = summed([*await vouchers(office, LAST), *entries], lambda line: line["board"])
    assert all(debit == credit for (_, board), (debit, credit) in ever.items() if board == GONE)
    expect_no_hole(entries)
    budgets = [await office.asks("finance/budget", year=YEAR, board=board) for board in BOARDS]
    for account, source in (("612", "tu-chu"), ("611", "khong-tu-chu")):
        spent = [line["spent_vnd"] for one in budgets for line in one["lines"] if line["source"] == source]
        debit, credit = whole[account, ""]  # a board that goes hands its expense over
        assert debit - credit == sum(spent)


async def test_sixty_four_clients_at_one_line_never_pass_its_limit_and_each_is_answered(
    house: Supervisor, office: Office
) -> None:
    words = {"year": YEAR, "board": "UBKTTU", "lines": [{"line": PETROL, "amount_vnd": LIMIT_VND}]}
    await office.says("head", "finance/assign-estimate", **words, **DECISION)
    asking = [{**words, "purpose": f"Xăng xe số {place}", "amounts": amounts(PETROL, EACH_VND)} for place in range(64)]
    for each in asking:
        del each["lines"]
    ids = await at_once(office.made("accountant", "finance/request-spending", **each) for each in asking)
    answers = await at_once(client(house, office, id) for id in ids)

    went = [one for one in answers if one == ("accepted", "accepted")]
    entries = await vouchers(office, YEAR)
    (line,) = (await office.asks("finance/budget", year=YEAR, board="UBKTTU"))["lines"]
    most = LIMIT_VND // EACH_VND
    assert Counter(answers) == {("accepted", "accepted"): most, ("not-enough-left", ""): CLIENTS - most}
    assert (line["spent_vnd"], line["committed_vnd"]) == (len(went) * EACH_VND, 0)
    assert line["left_vnd"] == LIMIT_VND - len(went) * EACH_VND
    paid = [entry for entry in entries if entry["request_id"] in ids]
    assert Counter(entry["request_id"] for entry in paid) == dict.fromkeys(
        (id for id, answer in zip(ids, answers, strict=True) if answer[1]), 1
    )
    expect_no_hole(entries)


async def client(house: Supervisor, office: Office, id: str) -> tuple[str, str]:
    """Have a request checked, approved and paid over a connection of its own; return what came of the last two."""
    seen = {"request_id": id, "year": YEAR, "board": "UBKTTU"}
    pay = {**CASH, "on": f"{TODAY}", "amounts": amounts(PETROL, EACH_VND)}
    url = f"http://127.0.0.1:{house.http_port}/api/finance/"
    async with httpx.AsyncClient(base_url=url, timeout=60) as own:
        assert await said(own, office, "second", "check-spending", **seen, revision=1) == "accepted"
        approved = await said(own, office, "head", "approve-spending", **seen, revision=2)
        if approved != "accepted":
            return approved, ""
        return approved, await said(own, office, "cashier", "pay-spending", **seen, revision=3, **pay)


async def said(own: httpx.AsyncClient, office: Office, who: str, command: str, **words: Any) -> str:
    """Give a command, again with the same key where others were first too often; return what came of it."""
    headers = {"Authorization": office.people[who].headers["Authorization"], "Idempotency-Key": str(uuid4())}
    async with asyncio.timeout(_PATIENCE_S):
        while True:
            answer = await own.post(command, json=words, headers=headers)
            code = "accepted" if answer.status_code == 200 else str(answer.json()["code"])
            assert answer.status_code < 500 or code == "conflict", answer.text
            if code == "accepted":
                office.position = max(office.position, answer.json()["position"])
            if code != "conflict":
                return code
            await asyncio.sleep(_PAUSE_S)  # a client's own pause before it asks again
