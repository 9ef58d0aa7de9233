"""The race on real servers: 64 who approve or pay on one line at once never pass its limit, and all are answered."""

import asyncio
import random
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest_asyncio
from asyncpg import Pool
from nats.aio.client import Client

from contracts import finance as words
from contracts.base import Accepted, Actor, Command, Meta, Rejected
from deploy import SERVICES
from deploy.stack import Stack
from services.finance.deciders.budget import BUDGET
from services.finance.deciders.common import budget_id
from services.finance.deciders.entry import ENTRY
from services.finance.deciders.request import REQUEST
from services.finance.deciders.voucher_book import VOUCHER_BOOK, book_id
from services.finance.service import FINANCE
from services.runtime.aggregates import Aggregates, snapshot_model
from services.runtime.bus import connect as connect_to_bus
from services.runtime.committing import Committer
from services.runtime.database import open_pool, prepare
from services.runtime.log import EventLog
from services.runtime.manifest import Aggregate
from services.runtime.settings import Settings

LINE, LIMIT, CLIENTS, ROUNDS = "tu-chu.509.351.6500", 1_000_000, 64, 6
TODAY: date = datetime.now(ZoneInfo("Asia/Ho_Chi_Minh")).date()
YEAR = TODAY.year


def somebody(id: str, *roles: Any) -> Actor:
    """Return somebody with these roles."""
    return Actor(id=f"user:{id}", name="Lê Thị Kế", roles=roles)


ASKER, CHECKER = somebody("hoi", "accountant"), somebody("kiem", "accountant")
HEAD, CASHIER = somebody("chanh", "leader"), somebody("quy", "cashier")


class Process:
    """One process's worth of deciding, with a memory of its own."""

    def __init__(self, client: Client, pool: Pool) -> None:
        self.log = EventLog(client)
        self.aggregates = Aggregates(FINANCE, self.log, pool)
        self.committer = Committer(FINANCE, self.log, self.aggregates)
        self.rules = FINANCE.rules()

    async def say(self, command: Command, actor: Actor, id: UUID | None = None) -> Any:
        """Decide a command and return its answer."""
        answer: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        meta = Meta(command_id=id or uuid4(), actor=actor, correlation_id="race")
        rule = next(rule for rule in FINANCE.commands if rule.command is type(command))
        self.committer.submit(rule, command, meta, self.rules, answer.set_result)
        return await answer

    async def told(self, aggregate: Aggregate[Any], id: str) -> tuple[Any, list[Any]]:
        """Return an aggregate's state and facts as the log alone has them."""
        subject, state, events = f"event.finance.{aggregate.name}.{id}", aggregate.initial, []
        for stored in await self.log.tail(subject, 0):
            for fact in self.aggregates._decoder.facts(subject, stored.sequence, stored.payload):
                state = aggregate.evolve(state, fact.event)
                events.append(fact.event)
        return state, events


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


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def servers(reachable_folder: Path) -> AsyncIterator[Stack]:
    """Servers on which finance is one of the services."""
    services = tuple(dict.fromkeys((*SERVICES, "finance")))
    state = reachable_folder / "spending-state"
    stack = Stack(reachable_folder / "spending", services, nats_port=0, postgres_port=0, fast=True, state_folder=state)
    async with stack:
        await stack.provision()
        yield stack


@pytest_asyncio.fixture(loop_scope="session")
async def processes(servers: Stack) -> AsyncIterator[list[Process]]:
    """Three processes that answer for finance."""
    settings = Settings.from_environment(
        {
            "MOTMOI_NATS_URL": servers.nats_url,
            "MOTMOI_NATS_USER": "finance",
            "MOTMOI_NATS_PASSWORD": servers.credentials.nats["finance"],
            "MOTMOI_DATABASE_URL": servers.database_url("finance"),
        }
    )
    pool, client = await open_pool(settings.database_url), await connect_to_bus(settings, "race")
    await prepare(pool, (snapshot_model(FINANCE),))
    opened = [Process(client, pool) for _ in range(3)]
    async with deciding(*opened):
        yield opened
    await client.close()
    await pool.close()


async def all_say(processes: list[Process], said: list[tuple[Command, Actor]]) -> list[Any]:
    """Say everything at once, to one process after another; return the answers in the same order."""
    talk = (processes[n % len(processes)].say(command, actor) for n, (command, actor) in enumerate(said))
    return await asyncio.gather(*talk)


async def checked(processes: list[Process], board: str, amounts: list[int]) -> list[str]:
    """Have requests of these amounts submitted and checked; return their ids."""
    change = words.LineChange(line=LINE, amount_vnd=LIMIT)
    decided: dict[str, Any] = {"decision_number": "12-QĐ/TU", "decided_on": TODAY}
    assigning = words.AssignEstimate(year=YEAR, board=board, lines=(change,), **decided)
    assert isinstance(await processes[0].say(assigning, HEAD), Accepted)
    asked = [uuid4() for _ in amounts]
    answers = await asyncio.gather(
        *(
            processes[n % 3].say(
                words.RequestSpending(year=YEAR, board=board, purpose=f"Xăng {n}", amounts=(item(amount),)), ASKER, id
            )
            for n, (id, amount) in enumerate(zip(asked, amounts, strict=True))
        )
    )
    answers += await all_say(processes, [(about(words.CheckSpending, id.hex, board, 1), CHECKER) for id in asked])
    assert all(isinstance(answer, Accepted) for answer in answers)
    return [id.hex for id in asked]


def item(amount: int) -> words.ItemAmount:
    """Return an amount of the line."""
    return words.ItemAmount(line=LINE, item="6503", amount_vnd=amount)


def about(kind: type[Command], id: str, board: str, revision: int, **said: Any) -> Command:
    """Return a wish about a request."""
    return kind(**{"request_id": id, "revision": revision, "year": YEAR, "board": board, **said})


async def test_64_approve_on_one_line_and_the_sum_never_passes_the_limit(processes: list[Process]) -> None:
    chance = random.Random(64)
    for round in range(ROUNDS):
        board = f"A{round}"
        amounts = [chance.randint(1_000, 60_000) for _ in range(CLIENTS)]
        ids = await checked(processes, board, amounts)
        answers = await all_say(processes, [(about(words.ApproveSpending, id, board, 2), HEAD) for id in ids])
        kept = [amount for amount, it in zip(amounts, answers, strict=True) if isinstance(it, Accepted)]
        refused = [amount for amount, it in zip(amounts, answers, strict=True) if isinstance(it, Rejected)]
        assert len(kept) + len(refused) == CLIENTS
        assert {it.code for it in answers if isinstance(it, Rejected)} == {"not-enough-left"}
        budget, _ = await processes[1].told(BUDGET, budget_id(YEAR, board))
        assert budget.lines[LINE].committed == sum(kept) <= LIMIT
        assert all(amount > budget.lines[LINE].left for amount in refused)
        assert set(budget.committed) == {id for id, it in zip(ids, answers, strict=True) if isinstance(it, Accepted)}


async def test_one_request_approved_by_many_at_once_is_committed_once(processes: list[Process]) -> None:
    (id,) = await checked(processes, "B", [10_000])
    heads = [somebody(f"pho-{n}", "leader") for n in range(CLIENTS)]
    answers = await all_say(processes, [(about(words.ApproveSpending, id, "B", 2), head) for head in heads])
    assert [type(answer) for answer in answers].count(Accepted) == 1
    assert {it.code for it in answers if isinstance(it, Rejected)} == {"spending-changed"}
    _, told = await processes[0].told(REQUEST, id)
    assert [type(event) for event in told].count(words.SpendingApproved) == 1


async def test_64_pay_at_once_and_voucher_numbers_have_no_hole(processes: list[Process]) -> None:
    ids = await checked(processes, "C", [10_000] * CLIENTS)
    await all_say(processes, [(about(words.ApproveSpending, id, "C", 2), HEAD) for id in ids])
    moving = {"method": "cash", "money_account": "quy-tien-mat", "on": TODAY}
    said = [(about(words.PaySpending, id, "C", 3, amounts=(item(6_000),), **moving), CASHIER) for id in ids]
    # Each is paid twice at once: the second sees that the request changed.
    answers = await all_say(processes, said + said)
    paid: dict[str, int] = defaultdict(int)
    for (command, _), answer in zip(said + said, answers, strict=True):
        assert isinstance(command, words.PaySpending)
        paid[command.request_id] += isinstance(answer, Accepted)
        assert isinstance(answer, Accepted) or answer.code == "spending-changed"
    assert set(paid.values()) == {1}
    _, told = await processes[2].told(VOUCHER_BOOK, book_id(YEAR, "payment"))
    numbers = [event.number for event in told if isinstance(event, words.VoucherNumbered)]
    assert numbers == list(range(1, CLIENTS + 1))
    for event in told:
        entry, _ = await processes[2].told(ENTRY, event.entry_id)
        assert (entry.posted.number, entry.posted.total_vnd) == (event.number, 6_000)
    budget, _ = await processes[2].told(BUDGET, budget_id(YEAR, "C"))
    line = budget.lines[LINE]
    assert (line.spent, line.committed) == (CLIENTS * 6_000, CLIENTS * 4_000)


async def test_one_holder_gets_one_advance_for_a_purpose_however_many_hand_it_out(processes: list[Process]) -> None:
    ids = await checked(processes, "D", [10_000])
    await processes[0].say(about(words.ApproveSpending, ids[0], "D", 2), HEAD)
    holder = words.Payee(name="Nguyễn Văn Ứng", person_id="a" * 32)
    moving = {"method": "cash", "money_account": "quy-tien-mat", "on": TODAY, "task_ends_on": TODAY}
    paying = about(words.PayAdvance, ids[0], "D", 3, amounts=(item(100),), holder=holder, **moving)
    answers = await all_say(processes, [(paying, CASHIER)] * 16)
    assert [type(answer) for answer in answers].count(Accepted) == 1
    assert {it.code for it in answers if isinstance(it, Rejected)} == {"spending-changed"}
    again = words.PayAdvance(**{**paying.model_dump(), "revision": 4})
    answer = await processes[1].say(again, CASHIER)
    assert answer.fields[0].code == "advance-still-open"
