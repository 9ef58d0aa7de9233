"""The log keeps all of an append or nothing, and only under its expectation."""

from uuid import uuid4

import pytest
from nats.aio.client import Client

from services.runtime.log import EventLog, SequenceConflict, Write


def _subject() -> str:
    return f"event.documents.jar.{uuid4().hex}"


async def test_an_append_with_a_stale_expectation_is_refused_and_keeps_nothing(client: Client) -> None:
    log, subject = EventLog(client), _subject()
    (first,) = await log.append([Write(subject, 0, b"[]")])

    with pytest.raises(SequenceConflict):
        await log.append([Write(subject, 0, b"[1]")])

    assert [stored.sequence for stored in await log.tail(subject, 0)] == [first]


async def test_a_batch_is_kept_whole_and_its_sequences_follow_one_another(client: Client) -> None:
    log, subjects = EventLog(client), [_subject() for _ in range(5)]

    sequences = await log.append([Write(subject, 0, b"[]") for subject in subjects])

    assert sequences == list(range(sequences[0], sequences[0] + 5))
    assert await log.last_sequences(subjects) == dict(zip(subjects, sequences, strict=True))


async def test_a_batch_with_one_stale_expectation_keeps_nothing_at_all(client: Client) -> None:
    log, taken, free = EventLog(client), _subject(), _subject()
    await log.append([Write(taken, 0, b"[]")])
    before = await log.head()

    with pytest.raises(SequenceConflict):
        await log.append([Write(free, 0, b"[]"), Write(taken, 0, b"[]")])

    assert await log.head() == before
    assert await log.tail(free, 0) == []


async def test_a_tail_longer_than_one_request_comes_whole_and_in_order(client: Client) -> None:
    log, subject, last = EventLog(client), _subject(), 0
    expected = []
    for number in range(1100):
        (last,) = await log.append([Write(subject, last, str(number).encode())])
        expected.append(last)

    assert [stored.sequence for stored in await log.tail(subject, 0)] == expected
    assert [stored.sequence for stored in await log.tail(subject, expected[1000])] == expected[1001:]


async def test_a_message_is_found_by_its_sequence_and_a_missing_one_is_none(client: Client) -> None:
    log, subject = EventLog(client), _subject()
    (sequence,) = await log.append([Write(subject, 0, b"here")])

    assert await log.message(sequence) == (subject, b"here")
    assert await log.message(sequence + 10_000) is None
