"""Services and servers are killed under load: nothing is lost, nothing comes twice, no number is missing."""

import asyncio
import json
from typing import Any

import pytest
from chaos import TARGETS, Chaos
from judging import MODELS, Judge
from workload import ACTOR, Workload

NOTHING_DIFFERS = dict.fromkeys((model.name for model in MODELS), (0, True))


async def assert_sound(judge: Judge, workload: Workload, chaos: Chaos, seed: int) -> None:
    """Judge the run and say what it was."""
    ledger = workload.ledger
    print(  # noqa: T201 - what was done must be known to make sense of the verdict
        f"\nseed {seed}: {len(ledger.attempted)} commands, {ledger.tries} tries, "
        f"{len(ledger.acknowledged)} acknowledged; {', '.join(chaos.done) or 'no faults'}"
    )
    verdict = await judge.verdict(workload)
    assert ledger.acknowledged
    assert verdict.faults() == {}


async def test_sixty_four_clients_into_one_book(workload: Workload, judge: Judge, chaos: Chaos, seed: int) -> None:
    await workload.during(lambda: asyncio.sleep(5), clients=64, books=1)
    await assert_sound(judge, workload, chaos, seed)


@pytest.mark.parametrize("target", TARGETS)
async def test_killed_once_under_load(target: str, workload: Workload, judge: Judge, chaos: Chaos, seed: int) -> None:
    async def killing() -> None:
        await asyncio.sleep(3)
        chaos.kill(target)
        await asyncio.sleep(7)

    await workload.during(killing)
    assert chaos.done == [f"kill {target}"]
    await assert_sound(judge, workload, chaos, seed)


@pytest.mark.parametrize("target", TARGETS)
async def test_frozen_for_a_while(target: str, workload: Workload, judge: Judge, chaos: Chaos, seed: int) -> None:
    async def freezing() -> None:
        await asyncio.sleep(1)
        await chaos.freeze(target, 6)
        await asyncio.sleep(1)

    await workload.during(freezing)
    await assert_sound(judge, workload, chaos, seed)


async def test_random_faults(workload: Workload, judge: Judge, chaos: Chaos, seed: int, seconds: float) -> None:
    await workload.during(lambda: chaos.at_random(seconds))
    await assert_sound(judge, workload, chaos, seed)
    assert await judge.rebuilt() == NOTHING_DIFFERS


async def test_every_read_model_is_rebuilt_while_commands_arrive_and_no_query_fails(
    workload: Workload, judge: Judge, chaos: Chaos, seed: int
) -> None:
    done, outcomes = asyncio.Event(), set()
    asked = {"limit": 20, "descending": True}
    request = json.dumps({"actor": ACTOR, "correlation_id": workload.ledger.run, "data": asked}).encode()

    async def rebuilding() -> None:
        try:
            assert await judge.rebuilt() == NOTHING_DIFFERS
        finally:
            done.set()

    async def reading(query: str) -> None:
        client: Any = workload.clients[0]
        while not done.is_set():
            answer = json.loads((await client.request(f"query.documents.{query}", request, timeout=20)).data)
            outcomes.add(answer["outcome"] if answer["outcome"] == "answered" else json.dumps(answer))

    async def both() -> None:
        queries = ("incoming-register", "handling-register", "outgoing-register", "register-books")
        await asyncio.gather(rebuilding(), *(reading(query) for query in queries))

    await workload.during(both, clients=8)
    assert outcomes == {"answered"}
    await assert_sound(judge, workload, chaos, seed)
