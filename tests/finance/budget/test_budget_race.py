"""The race on real servers: of all who commit on one line at once no more is kept than the line has, and all hear."""

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest_asyncio
from asyncpg import Pool
from nats.aio.client import Client

from contracts import finance as words
from contracts.base import Accepted, Actor, Command, Meta, Rejected
from deploy import SERVICES
from deploy.stack import Stack
from services.finance.deciders import budget as core
from services.finance.deciders.budget import BUDGET
from services.finance.deciders.common import budget_id
from services.finance.service import FINANCE
from services.runtime.aggregates import Aggregates, snapshot_model
from services.runtime.bus import connect as connect_to_bus
from services.runtime.committing import Committer
from services.runtime.database import open_pool, prepare
from services.runtime.log import EventLog
from services.runtime.manifest import CommandRule, Given, Ref, Seen
from services.runtime.settings import Settings

LINE, LIMIT, ROUNDS = "tu-chu.509.351.6500", 1_000_000, 12
CLIENTS = 64
DECIDED: dict[str, Any] = {"decision_number": "12-QĐ/TU", "decided_on": "2026-01-05"}


def _commit(command: words.RequestSpending, given: Given, budget: Seen) -> list[Any]:
    return [(budget, core.commit(budget.state, given.command_id.hex, command.amounts))]


# Only what the budget decides: the same function that the approval of a request decides by.
_COMMITTING = CommandRule(
    words.RequestSpending, lambda said, given: (Ref(BUDGET, budget_id(said.year, said.board)),), _commit
)
_SERVICE = replace(
    FINANCE,
    commands=(_COMMITTING, *(rule for rule in FINANCE.commands if rule.command is not words.RequestSpending)),
)


class Process:
    """One process's worth of deciding, with a memory of its own."""

    def __init__(self, client: Client, pool: Pool, rules: SimpleNamespace) -> None:
        self.log = EventLog(client)
        self.aggregates = Aggregates(_SERVICE, self.log, pool)
        self.committer = Committer(_SERVICE, self.log, self.aggregates)
        self.rules = rules

    async def say(self, command: Command) -> Any:
        """Decide a command and return its answer."""
        answer: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        actor = Actor(id="user:ke", name="Lê Thị Kế", roles=("accountant", "leader"))
        meta = Meta(command_id=uuid4(), actor=actor, correlation_id="race")
        rule = next(rule for rule in _SERVICE.commands if rule.command is type(command))
        self.committer.submit(rule, command, meta, self.rules, answer.set_result)
        return await answer

    async def budget(self, board: str) -> Any:
        """Return a budget as the log alone has it; what it says at every position is checked on the way."""
        subject, state = f"event.finance.budget.{budget_id(2026, board)}", BUDGET.initial
        for stored in await self.log.tail(subject, 0):
            for fact in self.aggregates._decoder.facts(subject, stored.sequence, stored.payload):
                state = BUDGET.evolve(state, fact.event)
                for line in state.lines.values():
                    assert line.left == line.estimate - line.frozen - line.committed - line.advanced - line.spent >= 0
        return state


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
    state = reachable_folder / "money-state"
    stack = Stack(reachable_folder / "money", services, nats_port=0, postgres_port=0, fast=True, state_folder=state)
    async with stack:
        await stack.provision()
        yield stack


@pytest_asyncio.fixture(loop_scope="session")
async def processes(servers: Stack, rules: SimpleNamespace) -> AsyncIterator[list[Process]]:
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
    await prepare(pool, (snapshot_model(_SERVICE),))
    opened = [Process(client, pool, rules) for _ in range(3)]
    async with deciding(*opened):
        yield opened
    await client.close()
    await pool.close()


def asked(board: str, amount: int) -> words.RequestSpending:
    """Return a wish to spend an amount of the line."""
    amounts = (words.ItemAmount(line=LINE, item="6503", amount_vnd=amount),)
    return words.RequestSpending(year=2026, board=board, purpose="Xăng xe", amounts=amounts)


def assigned(board: str, amount: int = LIMIT) -> words.AssignEstimate:
    """Return the wish to assign an estimate."""
    change = words.LineChange(line=LINE, amount_vnd=amount)
    return words.AssignEstimate(year=2026, board=board, lines=(change,), **DECIDED)


async def test_the_sum_never_passes_the_limit_and_everyone_is_answered(processes: list[Process]) -> None:
    chance = random.Random(64)
    for round in range(ROUNDS):
        board = f"B{round}"
        assert isinstance(await processes[0].say(assigned(board)), Accepted)
        wishes = [asked(board, chance.randint(1_000, 60_000)) for _ in range(CLIENTS)]
        answers = await asyncio.gather(*(processes[n % 3].say(wish) for n, wish in enumerate(wishes)))
        kept = [
            wish.amounts[0].amount_vnd for wish, it in zip(wishes, answers, strict=True) if isinstance(it, Accepted)
        ]
        refused = [wish for wish, it in zip(wishes, answers, strict=True) if isinstance(it, Rejected)]
        assert len(kept) + len(refused) == CLIENTS
        assert all(it.code == "not-enough-left" for it in answers if isinstance(it, Rejected))
        line = (await processes[1].budget(board)).lines[LINE]
        assert line.committed == sum(kept) <= LIMIT
        assert all(wish.amounts[0].amount_vnd > line.left for wish in refused)
        assert refused


async def test_commitments_transfers_freezes_and_cuts_at_once_lose_nothing(processes: list[Process]) -> None:
    chance = random.Random(7)
    for board in ("X", "Y"):
        await processes[0].say(assigned(board))

    def wish() -> Command:
        amount, board, other = chance.randint(1_000, 90_000), *chance.sample(("X", "Y"), 2)
        held = {"year": 2026, "board": board, "reason": "Tiết kiệm.", **DECIDED}
        return chance.choice(
            (
                asked(board, amount),
                words.FreezeEstimate(lines=(words.LineAmount(line=LINE, amount_vnd=amount),), **held),
                words.TransferEstimate(from_line=LINE, to_line=LINE, to_board=other, amount_vnd=amount, **held),
            )
        )

    answers = await asyncio.gather(*(processes[n % 3].say(wish()) for n in range(3 * CLIENTS)))
    assert {type(answer) for answer in answers} == {Accepted, Rejected}
    lines = [(await processes[2].budget(board)).lines[LINE] for board in ("X", "Y")]
    assert sum(line.estimate for line in lines) == 2 * LIMIT
    assert all(line.left >= 0 for line in lines)


async def test_two_who_settle_and_commit_at_once_never_both_have_their_way(processes: list[Process]) -> None:
    for number in range(8):
        own, other = f"Z{number}", f"Z{number}S"
        await processes[0].say(assigned(own))
        today = datetime.now(ZoneInfo("Asia/Ho_Chi_Minh")).date()
        settling = words.SettleBoard(year=2026, board=own, to_board=other, on=today, books_since=today.year, **DECIDED)
        settled, committed = await asyncio.gather(
            processes[number % 3].say(settling), processes[(number + 1) % 3].say(asked(own, 5_000))
        )
        assert isinstance(settled, Accepted) != isinstance(committed, Accepted)
        line = (await processes[2].budget(own)).lines[LINE]
        assert (line.estimate, line.committed) == ((0, 0) if isinstance(settled, Accepted) else (LIMIT, 5_000))
