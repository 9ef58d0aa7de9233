"""Judging copies that differ, and making a log anew: the parts of verify and repair that need no whole office."""

import json
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some
from nats.aio.client import Client
from nats.errors import NoRespondersError

from deploy.credentials import OPERATOR
from deploy.stack import Stack
from deploy.streams import differences, events_stream
from services.audit.archive.merkle import Frontier, leaf_hash
from services.ops.integrity.findings import found, named
from services.ops.integrity.log_making import CLOSED, close_log, make_log_anew, open_log
from services.ops.integrity.refusing import RepairRefused
from services.ops.integrity.runs import Runs
from services.ops.integrity.salvage import Salvage
from services.ops.integrity.strands import Doubt, Strands
from services.runtime.follow import Message, Reader
from services.runtime.settings import Settings

Connect = Callable[..., Awaitable[Client]]
ReadLog = Callable[[int], Awaitable[list[Message]]]
RIGHT = [leaf_hash(n, f"event.documents.jar.{n}", b"[]") for n in range(1, 11)]
WRONG = leaf_hash(4, "event.documents.jar.4", b"[1]")
OTHER = leaf_hash(4, "event.documents.jar.4", b"[2]")


@pytest.fixture
def read_log(office: Stack) -> ReadLog:
    """Reads the log from the first message to one."""
    settings = Settings.from_environment(
        {
            "MOTMOI_NATS_URL": office.nats_url,
            "MOTMOI_NATS_USER": OPERATOR,
            "MOTMOI_NATS_PASSWORD": office.credentials.nats[OPERATOR],
            "MOTMOI_DATABASE_URL": office.database_url(OPERATOR),
        }
    )

    async def read(last: int) -> list[Message]:
        reader, messages = await Reader(settings, "test").open(0), list[Message]()
        while len(messages) < last:
            messages += (await reader.batch()).messages
        reader.close()
        return messages

    return read


def root_of(leaves: Sequence[bytes]) -> bytes:
    return Frontier().extend(leaves)[0].root()


def judged(doubt: Doubt, size: int) -> Any:
    """What is settled about message 4, when so many messages of the true log were signed."""
    strands = Strands()
    strands.extend(RIGHT[:3])
    strands.differ(doubt)
    strands.extend(RIGHT[4:])
    if size:
        holds, settled = strands.meet(10, root_of(RIGHT))
        return settled[0] if holds else None
    return strands.close()[0]


@pytest.mark.parametrize(
    ("log", "archive", "kept"),
    [
        (RIGHT[3], WRONG, RIGHT[3]),
        (WRONG, RIGHT[3], RIGHT[3]),
        (RIGHT[3], RIGHT[3], WRONG),
        (RIGHT[3], WRONG, WRONG),
        (RIGHT[3], WRONG, OTHER),
        (WRONG, RIGHT[3], WRONG),
        (None, RIGHT[3], WRONG),
        (RIGHT[3], None, WRONG),
    ],
)
def test_a_signed_checkpoint_says_which_copy_is_right_whoever_agrees_with_whom(
    log: bytes | None, archive: bytes | None, kept: bytes | None
) -> None:
    found = judged(Doubt(4, log, archive, kept), 10)

    assert (found.right, found.witness, found.size) == (RIGHT[3], "checkpoint", 10)


@pytest.mark.parametrize(
    ("log", "archive", "kept", "right", "witness"),
    [
        (RIGHT[3], WRONG, RIGHT[3], RIGHT[3], "hash"),
        (WRONG, RIGHT[3], RIGHT[3], RIGHT[3], "hash"),
        (RIGHT[3], RIGHT[3], WRONG, RIGHT[3], "hash"),
        (RIGHT[3], WRONG, OTHER, None, "none"),
        (None, RIGHT[3], WRONG, None, "none"),
    ],
)
def test_without_a_checkpoint_the_hash_kept_with_the_message_decides_or_nothing_does(
    log: bytes | None, archive: bytes | None, kept: bytes | None, right: bytes | None, witness: str
) -> None:
    found = judged(Doubt(4, log, archive, kept), 0)

    assert (found.right, found.witness) == (right, witness)


def test_a_history_that_no_copy_has_any_more_meets_no_signature() -> None:
    assert judged(Doubt(4, WRONG, OTHER, OTHER), 10) is None


def test_two_copies_damaged_in_different_places_are_settled_by_one_signature() -> None:
    strands = Strands()
    strands.extend(RIGHT[:3])
    strands.differ(Doubt(4, RIGHT[3], WRONG, RIGHT[3]))
    strands.differ(Doubt(5, WRONG, RIGHT[4], RIGHT[4]))
    strands.extend(RIGHT[5:])

    holds, settled = strands.meet(10, root_of(RIGHT))

    assert holds
    assert [one.right for one in settled] == RIGHT[3:5]
    assert (strands.frontier.root(), strands.doubts) == (root_of(RIGHT), [])


def test_after_a_checkpoint_later_differences_are_judged_anew() -> None:
    strands = Strands()
    strands.differ(Doubt(1, RIGHT[0], WRONG, WRONG))
    assert strands.meet(1, root_of(RIGHT[:1]))[1][0].right == RIGHT[0]
    strands.extend(RIGHT[1:3])
    strands.differ(Doubt(4, WRONG, RIGHT[3], RIGHT[3]))

    assert strands.meet(4, root_of(RIGHT[:4]))[1][0].right == RIGHT[3]


@given(some.sets(some.integers(1, 300)))
def test_runs_give_back_every_sequence_once(sequences: set[int]) -> None:
    runs = Runs()
    for sequence in sorted(sequences):
        runs.add(sequence)

    assert list(runs.sequences()) == sorted(sequences)
    assert runs.count == len(sequences)
    assert all(first <= last for first, last in runs)
    assert bool(runs) == bool(sequences)


def test_a_finding_names_the_record_its_events_and_what_to_run() -> None:
    events = [{"type": "documents.DocumentDirected", "time": "2026-11-22T01:02:03Z", "id": "a:0"}]
    message = Message(7, "event.documents.incoming.abc", json.dumps(events).encode())

    finding = found("missing-in-log", 7, 9, message=message)

    assert finding.record == "incoming/abc"
    assert [tuple(event) for event in finding.events] == [("documents.DocumentDirected", "2026-11-22T01:02:03Z", "a:0")]
    assert "7-9" in finding.en
    assert "7-9" in finding.vi
    assert finding.repair == "motmoi repair log"
    assert list(named(message._replace(payload=b"\x00"))) == []


def test_what_is_kept_aside_can_be_read_again_whatever_it_is(tmp_path: Path) -> None:
    salvage = Salvage(tmp_path)
    assert salvage.path is None

    salvage.keep("log", [Message(1, "event.documents.jar.1", '["Lọ"]'.encode()), Message(2, "event.a.b.c", b"\xff")])

    assert salvage.path is not None
    lines = [json.loads(line) for line in salvage.path.read_text("utf-8").splitlines()]
    assert [line["sequence"] for line in lines] == [1, 2]
    assert (lines[0]["payload"], lines[1]["payload_base64"]) == ('["Lọ"]', "/w==")
    assert salvage.path.stat().st_mode & 0o077 == 0


# --- the log made anew ------------------------------------------------------------------------------------------------


def history(count: int) -> list[Message]:
    return [Message(n, f"event.documents.jar.j{n % 7}", b"[%d]" % n) for n in range(1, count + 1)]


def parts(messages: list[Message]) -> Callable[[int], Awaitable[list[Message]]]:
    async def part(after: int) -> list[Message]:
        return messages[after : after + 700]

    return part


async def stream(client: Client) -> dict[str, Any]:
    return dict(json.loads((await client.request("$JS.API.STREAM.INFO.EVENTS", b"", timeout=10)).data))


async def test_a_closed_log_takes_nothing_until_it_is_opened_again(office: Stack, connect: Connect) -> None:
    operator, documents = await connect(office, "operator"), await connect(office, "documents")
    assert await close_log(operator, 1)
    assert await close_log(operator, 1)
    with pytest.raises(NoRespondersError):
        await documents.request("event.documents.jar.x", b"[]", timeout=5)

    await open_log(operator, 1)

    assert "error" not in json.loads((await documents.request("event.documents.jar.x", b"[]", timeout=5)).data)
    assert differences(events_stream(1), (await stream(operator))["config"]) == {}


async def test_every_message_of_a_log_made_anew_has_its_old_place(
    office: Stack, connect: Connect, read_log: ReadLog
) -> None:
    operator, wanted, seen = await connect(office, "operator"), history(2500), list[int]()

    await make_log_anew(operator, 1, len(wanted), parts(wanted), lambda at, end: seen.append(at))
    await open_log(operator, 1)

    assert await read_log(len(wanted)) == wanted
    assert seen[-1] == len(wanted)
    assert (await office.provision()) == []


async def test_whatever_gets_in_between_makes_the_repair_begin_again(
    office: Stack, connect: Connect, read_log: ReadLog
) -> None:
    operator, wanted, disturbed = await connect(office, "operator"), history(2500), list[bytes]()

    async def part(after: int) -> list[Message]:
        if after and not disturbed:
            disturbed.append((await operator.request(f"{CLOSED}.event.documents.jar.foreign", b"[]", timeout=5)).data)
        return wanted[after : after + 700]

    await make_log_anew(operator, 1, len(wanted), part, lambda at, end: None)
    await open_log(operator, 1)

    assert disturbed
    assert await read_log(len(wanted)) == wanted


async def test_an_archive_with_a_hole_is_not_written_into_a_log(office: Stack, connect: Connect) -> None:
    operator, wanted = await connect(office, "operator"), history(2500)
    del wanted[1500]

    with pytest.raises(RepairRefused, match="1,401"):
        await make_log_anew(operator, 1, 2500, parts(wanted), lambda at, end: None)

    await open_log(operator, 1)


async def test_an_office_started_in_the_middle_of_a_repair_comes_up_and_the_repair_begins_again(
    office: Stack, connect: Connect, read_log: ReadLog
) -> None:
    operator, documents = await connect(office, "operator"), await connect(office, "documents")
    wanted = history(1500)
    await make_log_anew(operator, 1, 700, parts(wanted), lambda at, end: None)

    assert await office.provision() == ["EVENTS"]
    assert "error" not in json.loads((await documents.request("event.documents.jar.x", b"[]", timeout=5)).data)
    await make_log_anew(operator, 1, len(wanted), parts(wanted), lambda at, end: None)
    await open_log(operator, 1)

    assert await read_log(len(wanted)) == wanted
