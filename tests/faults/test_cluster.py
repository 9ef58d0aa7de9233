"""Three brokers, three copies of the log: its leader is killed every few seconds, and the same sets are empty."""

import asyncio
import gc
import json
import random
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import nats
import pytest
import pytest_asyncio
from chaos import Chaos
from judging import MODELS, Judge
from nats.aio.client import Client
from nats.errors import Error as NatsError
from workload import Workload

from deploy.credentials import OPERATOR
from services.ops.supervisor import Supervisor
from services.runtime.reacting import BrokerSilent, schedule

NOTHING_DIFFERS = dict.fromkeys((model.name for model in MODELS), (0, True))
_PATIENCE_S = 90
_PAUSES_S = (0.5, 4.0)
_FREEZES_S = (0.5, 8.0)
_TIMER_EVERY_S = 0.5


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def running(place: Path) -> AsyncIterator[Supervisor]:
    """An office on three brokers, kept alive by the supervisor; disk syncs as in earnest."""
    supervised = Supervisor(
        place / "cluster",
        nats_port=0,
        postgres_port=0,
        http_port=0,
        say=lambda **_: None,
        state_folder=place / "state",
        brokers=3,
    )
    await supervised.start()
    yield supervised
    await supervised.stop()


@pytest_asyncio.fixture(loop_scope="session")
async def operator(running: Supervisor) -> AsyncIterator[Client]:
    """The operator, connected to whichever broker is there."""

    async def quiet(_: Exception) -> None:
        """What goes wrong on a connection shows in the requests it fails."""

    client = await nats.connect(
        running.stack.nats_url.split(","),
        user=OPERATOR,
        password=running.stack.credentials.nats[OPERATOR],
        inbox_prefix=f"_INBOX.{OPERATOR}",
        max_reconnect_attempts=-1,
        reconnect_time_wait=0.1,
        connect_timeout=2,
        ping_interval=1,
        error_cb=quiet,
    )
    yield client
    await client.close()


async def stream(operator: Client, name: str, question: object = None) -> dict[str, Any]:
    """What the leader of a stream says of it, as soon as there is one."""
    async with asyncio.timeout(_PATIENCE_S):
        while True:
            with suppress(NatsError, OSError):
                request = json.dumps(question or {}).encode()
                answer = json.loads((await operator.request(f"$JS.API.STREAM.INFO.{name}", request, timeout=1)).data)
                if answer.get("cluster", {}).get("leader"):
                    return dict(answer)
            await asyncio.sleep(0.1)  # asked again until somebody leads


async def hunt(operator: Client, chaos: Chaos, seed: int, seconds: float) -> None:
    """Kill whoever leads the log, some seconds after there is a leader again; now and then do something else."""
    chance, brokers = random.Random(seed), ("nats-1", "nats-2", "nats-3")
    until = asyncio.get_running_loop().time() + seconds
    while asyncio.get_running_loop().time() < until:
        leader = (await stream(operator, "EVENTS"))["cluster"]["leader"]
        await asyncio.sleep(chance.uniform(*_PAUSES_S))
        other = chance.choice([broker for broker in brokers if broker != leader])
        match chance.choices(("kill", "kill other", "freeze", "freeze other", "kill documents"), (60, 10, 10, 10, 10))[
            0
        ]:
            case "kill":
                chaos.kill(leader)
            case "kill other":
                chaos.kill(other)
            case "kill documents":
                chaos.kill("documents")
            case harm:
                await chaos.freeze(leader if harm == "freeze" else other, chance.uniform(*_FREEZES_S))


async def set_timers(operator: Client, taken: set[str]) -> None:
    """Set timers that are soon due, of a command that is refused, until cancelled; keep the ids of those taken."""
    while True:
        timer_id = uuid4()
        meta = {
            "command_id": str(timer_id),
            "actor": {"id": "service:test", "name": "test", "roles": ["service"]},
            "correlation_id": "timers",
        }
        words = {"document_id": uuid4().hex, "deadline": "2025-11-03"}
        body = json.dumps({"command": "mark-deadline-missed", "meta": meta, "data": words}).encode()
        with suppress(BrokerSilent):
            await schedule(operator, "documents", timer_id, datetime.now(UTC) + timedelta(seconds=1), body)
            taken.add(timer_id.hex)
        await asyncio.sleep(_TIMER_EVERY_S)  # the pace of the timers


async def unanswered_timers(operator: Client, taken: set[str]) -> set[str]:
    """Give the timers time to fire and to be answered; return those that were not."""
    left = taken
    with suppress(TimeoutError):
        async with asyncio.timeout(_PATIENCE_S):
            while left:
                timers = await stream(operator, "TIMERS", {"subjects_filter": "timer.>"})
                left = taken & {subject.split(".")[3] for subject in timers["state"].get("subjects", {})}
                await asyncio.sleep(0.2)  # asked again until none is left
    return left


# The client library leaves connections open that it gave up on while a broker stood still.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
async def test_the_leader_is_killed_every_few_seconds(
    workload: Workload, judge: Judge, chaos: Chaos, operator: Client, seed: int, seconds: float
) -> None:
    taken: set[str] = set()
    timers = asyncio.create_task(set_timers(operator, taken))
    await workload.during(lambda: hunt(operator, chaos, seed, seconds))
    timers.cancel()
    ledger = workload.ledger
    print(  # noqa: T201 - what was done must be known to make sense of the verdict
        f"\nseed {seed}: {len(ledger.attempted)} commands, {ledger.tries} tries, "
        f"{len(ledger.acknowledged)} acknowledged, longest pause {ledger.longest_pause_s:.1f} s; "
        f"{', '.join(chaos.done)}"
    )
    verdict = await judge.verdict(workload)
    assert ledger.acknowledged
    assert verdict.faults() == {}
    assert await judge.rebuilt() == NOTHING_DIFFERS
    assert taken
    assert await unanswered_timers(operator, taken) == set()
    copies = (await stream(operator, "EVENTS"))["cluster"]["replicas"]
    assert [copy["current"] for copy in copies] == [True, True]
    gc.collect()
