"""Commands are decided together and kept together; each has one effect and one answer, for ever."""

import asyncio
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

from contracts.base import Accepted, Rejected


def _jar() -> str:
    return f"jar{uuid4().hex}"


async def _beads(desk: Any, toy: SimpleNamespace, jar: str) -> int:
    """What the log alone says of a jar."""
    total = 0
    for stored in await desk.log.tail(f"event.documents.jar.{jar}", 0):
        for fact in desk.aggregates._decoder.facts(f"event.documents.jar.{jar}", stored.sequence, stored.payload):
            total += fact.event.count if isinstance(fact.event, toy.Dropped) else -fact.event.count
    return total


async def test_the_same_command_twice_has_one_effect_and_one_answer(
    open_desk: Callable[[], Any], toy: SimpleNamespace
) -> None:
    desk, jar, id = open_desk(), _jar(), uuid4()

    first = await desk.say(toy.Drop(jar=jar, count=3), id)
    again = await desk.say(toy.Drop(jar=jar, count=3), id)

    assert isinstance(first, Accepted)
    assert again.model_dump_json() == first.model_dump_json()
    assert await _beads(desk, toy, jar) == 3


async def test_a_process_that_never_saw_the_command_gives_the_same_answer(
    open_desk: Callable[[], Any], toy: SimpleNamespace
) -> None:
    jar, id = _jar(), uuid4()
    first = await open_desk().say(toy.Drop(jar=jar, count=3), id)

    elsewhere = open_desk()
    again = await elsewhere.say(toy.Drop(jar=jar, count=3), id)

    assert again.model_dump_json() == first.model_dump_json()
    assert await _beads(elsewhere, toy, jar) == 3


async def test_the_same_command_sent_twenty_times_at_once_has_one_effect(
    open_desk: Callable[[], Any], toy: SimpleNamespace
) -> None:
    desks, jar, id = [open_desk(), open_desk()], _jar(), uuid4()

    answers = await asyncio.gather(*(desks[n % 2].say(toy.Drop(jar=jar, count=1), id) for n in range(20)))

    assert len({answer.model_dump_json() for answer in answers}) == 1
    assert await _beads(desks[0], toy, jar) == 1


async def test_commands_on_one_aggregate_at_once_are_all_kept(
    open_desk: Callable[[], Any], toy: SimpleNamespace
) -> None:
    desk, jar = open_desk(), _jar()

    answers = await asyncio.gather(*(desk.say(toy.Drop(jar=jar, count=1)) for _ in range(300)))

    assert all(isinstance(answer, Accepted) for answer in answers)
    assert await _beads(desk, toy, jar) == 300


async def test_two_processes_on_the_same_aggregates_lose_nothing(
    open_desk: Callable[[], Any], toy: SimpleNamespace
) -> None:
    desks, jars = [open_desk(), open_desk()], [_jar() for _ in range(5)]

    answers = await asyncio.gather(*(desks[n % 2].say(toy.Drop(jar=jars[n % 5], count=1)) for n in range(200)))

    accepted = sum(isinstance(answer, Accepted) for answer in answers)
    kept = [await _beads(desks[0], toy, jar) for jar in jars]
    assert accepted == sum(kept)
    assert {answer.outcome for answer in answers} <= {"accepted", "conflict"}
    assert accepted > 150


async def test_a_decision_over_two_aggregates_is_kept_on_both_or_on_none(
    open_desk: Callable[[], Any], toy: SimpleNamespace
) -> None:
    desk, source, target = open_desk(), _jar(), _jar()
    await desk.say(toy.Drop(jar=source, count=10))

    answers = await asyncio.gather(*(desk.say(toy.Move(source=source, target=target, count=3)) for _ in range(5)))

    assert sorted(answer.outcome for answer in answers) == ["accepted"] * 3 + ["rejected"] * 2
    assert await _beads(desk, toy, source) == 1
    assert await _beads(desk, toy, target) == 9


async def test_a_position_covers_all_events_of_its_command(open_desk: Callable[[], Any], toy: SimpleNamespace) -> None:
    desk, source, target = open_desk(), _jar(), _jar()
    await desk.say(toy.Drop(jar=source, count=10))

    answer = await desk.say(toy.Move(source=source, target=target, count=3))

    last = await desk.log.last_sequences([f"event.documents.jar.{jar}" for jar in (source, target)])
    assert max(last.values()) <= answer.position


async def test_beads_moved_in_both_directions_at_once_are_conserved(
    open_desk: Callable[[], Any], toy: SimpleNamespace
) -> None:
    desk, left, right = open_desk(), _jar(), _jar()
    await desk.say(toy.Drop(jar=left, count=50))
    await desk.say(toy.Drop(jar=right, count=50))

    moves = [toy.Move(source=a, target=b, count=1) for _ in range(40) for a, b in ((left, right), (right, left))]
    answers = await asyncio.gather(*(desk.say(move) for move in moves))

    assert all(isinstance(answer, Accepted) for answer in answers)
    assert (await _beads(desk, toy, left), await _beads(desk, toy, right)) == (50, 50)


async def test_nobody_is_refused_from_a_stale_memory(open_desk: Callable[[], Any], toy: SimpleNamespace) -> None:
    here, elsewhere, source, target = open_desk(), open_desk(), _jar(), _jar()
    refused = await here.say(toy.Move(source=source, target=target, count=2))
    await elsewhere.say(toy.Drop(jar=source, count=2))

    accepted = await here.say(toy.Move(source=source, target=target, count=2))

    assert isinstance(refused, Rejected)
    assert refused.code == "jar-empty"
    assert isinstance(accepted, Accepted)


async def test_a_command_with_nothing_new_to_say_is_accepted_and_records_nothing(
    open_desk: Callable[[], Any], toy: SimpleNamespace
) -> None:
    desk, jar = open_desk(), _jar()
    first = await desk.say(toy.Drop(jar=jar, count=1))

    quiet = await desk.say(toy.Drop(jar=jar, count=0))

    assert quiet.recorded == ()
    assert quiet.position == first.position
    assert (await desk.log.last_sequences([f"event.documents.jar.{jar}"])).popitem()[1] == first.position


async def test_a_rehearsal_answers_as_the_command_would_and_records_nothing(
    open_desk: Callable[[], Any], toy: SimpleNamespace
) -> None:
    desk, jar, id = open_desk(), _jar(), uuid4()

    rehearsed = await desk.say(toy.Drop(jar=jar, count=4), id, rehearsal=True)
    before = await _beads(desk, toy, jar)
    real = await desk.say(toy.Drop(jar=jar, count=4), id)

    assert before == 0
    assert rehearsed.recorded[0].data == real.recorded[0].data
    assert await _beads(desk, toy, jar) == 4
