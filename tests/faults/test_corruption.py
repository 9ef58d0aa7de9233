"""What a disk, a broker or somebody with SQL can spoil: each found, named, and put right with nothing lost."""

import asyncio
import json
import signal
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from damaging import BLOCK_BYTES, Desk, command_environment, cut, flip

from services.runtime.follow import Message


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def desk(place: Path, seed: int) -> AsyncIterator[Desk]:
    """An office with work done, its checkpoints signed every second, disk syncs as in earnest."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MOTMOI_CHECKPOINT_EVERY_S", "1")
        office = Desk(place, seed)
        await office.open()
        await office.work(3)
        yield office
        await office.close()


async def damaged(desk: Desk, damage: Callable[[Desk], None]) -> list[Message]:
    """Work, come to rest, stop, damage, start again; return the log as it was before."""
    await desk.work()
    before = await desk.at_rest()
    await desk.stop()
    damage(desk)
    await desk.start()
    return before


def names(finding: dict[str, Any], message: Message) -> bool:
    """Whether a finding names this very message: its place, its record, its events."""
    events = json.loads(message.payload)
    _, _, aggregate, id = message.subject.split(".", 3)
    return (finding["first"], finding["record"]) == (message.sequence, f"{aggregate}/{id}") and [
        (event["type"], event["id"]) for event in finding["events"]
    ] == [(event["type"], event["id"]) for event in events]


def the(verified: dict[str, Any], kind: str) -> dict[str, Any]:
    """The one finding of a kind."""
    (found,) = (one for one in verified["findings"] if one["kind"] == kind)
    return dict(found)


async def test_a_bit_flipped_in_the_last_block_is_one_message_named_and_the_log_is_made_anew(desk: Desk) -> None:
    before = await damaged(desk, lambda desk: flip(desk.blocks()[-1]))

    verified = await desk.motmoi("verify", "--only", "log", code=1)
    found = the(verified, "missing-in-log")
    assert found["first"] == found["last"]
    assert names(found, before[found["first"] - 1])
    assert found["repair"] == "motmoi repair log"
    planned = await desk.motmoi("repair", "log", "--dry-run")
    assert (planned["dry_run"], planned["messages_written"]) == (True, 0)
    assert (await desk.motmoi("verify", "--only", "log", code=1))["counts"] == verified["counts"]

    done = await desk.motmoi("repair", "log")

    assert done["messages_written"] >= len(before)
    assert done["recorded"]
    await desk.sound(before)


async def test_a_bit_flipped_in_a_finished_block_spoils_all_of_it_and_all_of_it_comes_back(desk: Desk) -> None:
    while (await desk.stream())["bytes"] < 1.3 * BLOCK_BYTES:
        await desk.work(4)
    before = await damaged(desk, lambda desk: flip(desk.blocks()[0]))

    found = the(await desk.motmoi("verify", "--only", "log", code=1), "missing-in-log")
    assert found["first"] == 1
    assert found["last"] > 1000
    assert names(found, before[0])

    await desk.motmoi("repair", "log")
    await desk.sound(before)


async def fenced(desk: Desk) -> None:
    """Commands are refused, and the answer says that the log is not the one that was seen."""
    answer = await desk.refusal()
    assert (answer["outcome"], answer["code"]) == ("failed", "log-behind"), answer
    status = await desk.motmoi("status", code=1)
    assert {part["status"] for part in status["parts"] if part["part"] == "answer"} == {"fenced"}


def flip_and_remove_index(desk: Desk) -> None:
    """After this the broker comes back with a shorter log and no word about it."""
    flip(desk.blocks()[-1])
    desk.remove_index()


def flip_finished_and_remove_index(desk: Desk) -> None:
    """After this the broker throws its whole stream away and says so in its own log file alone."""
    flip(desk.blocks()[0])
    desk.remove_index()


@pytest.mark.parametrize(
    "damage",
    [
        flip_and_remove_index,
        flip_finished_and_remove_index,
        lambda desk: cut(desk.blocks()[-1]),
        lambda desk: cut(desk.blocks()[-1], 0.01),
        Desk.remove_store,
    ],
    ids=["bit-and-index", "finished-bit-and-index", "cut-in-the-middle", "cut-at-the-start", "store-deleted"],
)
async def test_a_log_that_came_back_shorter_fences_every_service_and_is_made_anew(
    desk: Desk, damage: Callable[[Desk], None]
) -> None:
    before = await damaged(desk, damage)

    await fenced(desk)
    verified = await desk.motmoi("verify", "--only", "log", code=1)
    found = the(verified, "missing-in-log")
    assert found["last"] == before[-1].sequence
    assert names(found, before[found["first"] - 1])

    done = await desk.motmoi("repair", "log")

    assert done["still_closed"] == {}
    assert done["lost"] == ""
    await desk.sound(before)


async def test_an_index_that_is_gone_is_made_again_by_the_broker_and_nothing_is_wrong(desk: Desk) -> None:
    before = await damaged(desk, Desk.remove_index)

    await desk.sound(before)


async def test_timers_that_went_with_the_store_are_set_again(desk: Desk) -> None:
    await desk.work()
    await desk.at_rest()
    timers = (await desk.stream("TIMERS"))["messages"]
    assert timers > 0
    before = await damaged(desk, Desk.remove_store)
    assert (await desk.stream("TIMERS"))["messages"] == 0

    done = await desk.motmoi("repair", "log")

    assert "documents.policy.watch_deadlines" in done["begun_again"]
    async with asyncio.timeout(60):
        while (await desk.stream("TIMERS"))["messages"] < timers:
            await asyncio.sleep(0.5)
    await desk.sound(before)


async def test_a_repair_that_was_killed_is_run_again_and_completes(desk: Desk) -> None:
    before = await damaged(desk, Desk.remove_store)
    for wait_s in (1.0, 1.5, 2.5):
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "services.ops", "repair", "log", "--data", str(desk.folder)),
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
            env=command_environment(),
        )
        await asyncio.sleep(wait_s)
        if process.returncode is None:
            process.send_signal(signal.SIGKILL)
        await process.wait()

    done = await desk.motmoi("repair", "log")

    assert done["still_closed"] == {}
    await desk.sound(before)


async def test_what_only_the_log_has_is_taken_into_the_archive_before_the_log_is_made_anew(desk: Desk) -> None:
    held = len(await desk.at_rest()) - 40
    await desk.execute(
        "audit",
        f"DELETE FROM archive WHERE sequence > {held}",
        f"DELETE FROM tree WHERE (place + 1) * 256 ^ level > {held}",
        f"UPDATE checkpoints SET position = {held}, fingerprint = NULL WHERE follower = 'archive'",
        "REVOKE INSERT ON archive FROM audit",
    )
    await desk.work()
    before = await desk.log()
    await desk.stop()
    flip(desk.blocks()[-1], 0.1)
    await desk.start()
    await desk.execute("audit", "GRANT INSERT ON archive TO audit")

    done = await desk.motmoi("repair", "log")

    # The archiver may have come first: what was damaged lies before what it lacked.
    assert done["rows_rewritten"] in (0, len(before) - held)
    await desk.sound(before)


async def test_a_verification_is_not_disturbed_by_commands_that_arrive(desk: Desk) -> None:
    outcomes = list[dict[str, Any]]()

    async def verifying() -> None:
        outcomes.extend([await desk.motmoi("verify"), await desk.motmoi("verify", "--only", "archive")])

    await desk.workload.during(verifying, clients=8)

    assert [one["well"] for one in outcomes] == [True, True]


# --- the archive ------------------------------------------------------------------------------------------------------

FORGED = (
    "UPDATE archive SET payload = convert_to(replace(convert_from(payload, 'UTF8'), '\"', '\"'), 'UTF8') || ' '::bytea "
    "WHERE sequence = {0}"
)
HASHED_ANEW = (
    "UPDATE archive SET leaf_hash = sha256('\\x00'::bytea || convert_to(sequence || chr(10) || subject || chr(10), "
    "'UTF8') || payload) WHERE sequence = {0}"
)


@pytest.mark.parametrize(
    ("statements", "kind"),
    [
        ((FORGED,), "archive-differs"),
        ((FORGED, HASHED_ANEW), "archive-differs"),
        (("UPDATE archive SET subject = subject || 'x' WHERE sequence = {0}",), "archive-differs"),
        (("DELETE FROM archive WHERE sequence = {0}",), "missing-in-archive"),
        (("UPDATE archive SET leaf_hash = sha256('x') WHERE sequence = {0}",), "hash-differs"),
    ],
    ids=["payload", "payload-and-hash", "subject", "row-deleted", "hash"],
)
async def test_a_row_changed_in_the_archive_is_named_and_put_right_from_the_log(
    desk: Desk, statements: tuple[str, ...], kind: str
) -> None:
    before = await desk.at_rest()
    message = before[len(before) // 3]
    await desk.execute("audit", *(statement.format(message.sequence) for statement in statements))

    found = the(await desk.motmoi("verify", "--only", "archive", code=1), kind)
    assert names(found, message)
    assert found["repair"] == "motmoi repair archive"

    done = await desk.motmoi("repair", "archive")

    assert done["rows_rewritten"] == 1
    assert (done["salvage"] is not None) == (kind == "archive-differs")
    await desk.well(before)


async def test_a_forged_tree_does_not_outweigh_a_signature(desk: Desk) -> None:
    before = await desk.at_rest()
    message = before[len(before) // 3]
    await desk.execute("audit", FORGED.format(message.sequence), HASHED_ANEW.format(message.sequence))
    await desk.execute(
        "audit", "DELETE FROM tree WHERE level = 2", "UPDATE tree SET hash = sha256(hash) WHERE place = 0"
    )

    verified = await desk.motmoi("verify", "--only", "archive", code=1)

    assert names(the(verified, "archive-differs"), message)
    assert "signed checkpoint" in the(verified, "archive-differs")["en"]
    await desk.motmoi("repair", "archive")
    await desk.well(before)


@pytest.mark.parametrize("statements", [("DROP TABLE archive", "DROP TABLE tree"), ("TRUNCATE archive, tree",)])
async def test_an_archive_that_is_gone_is_written_again_from_the_log(desk: Desk, statements: tuple[str, ...]) -> None:
    before = await desk.at_rest()
    await desk.execute("audit", *statements)

    verified = await desk.motmoi("verify", "--only", "archive", code=1)
    assert {"archive-lost", "missing-in-archive"} & set(verified["counts"])
    await desk.motmoi("repair", "archive")

    await desk.well(before)


async def test_log_and_archive_both_damaged_in_different_places_mend_each_other(desk: Desk) -> None:
    before = await desk.at_rest()
    await desk.execute("audit", FORGED.format(5), "DELETE FROM archive WHERE sequence BETWEEN 7 AND 9")
    await desk.stop()
    flip(desk.blocks()[-1])
    await desk.start()

    done = await desk.motmoi("repair", "log")

    assert done["rows_rewritten"] == 4
    assert done["messages_written"] >= len(before)
    await desk.sound(before)


# --- read models ------------------------------------------------------------------------------------------------------


async def test_a_row_changed_in_a_read_model_is_named_and_the_model_is_rebuilt(desk: Desk) -> None:
    before = await desk.at_rest()
    connection = await desk.database("documents")
    key = await connection.fetchval("SELECT document_id FROM incoming_register_v1 ORDER BY 1 LIMIT 1")
    await connection.execute("UPDATE incoming_register_v1 SET number = 7777777 WHERE document_id = $1", key)
    await connection.close()

    found = the(await desk.motmoi("verify", code=1), "read-model-differs")
    assert "documents.incoming_register" in found["en"]
    assert key in found["en"]
    command, *arguments = found["repair"].split()
    assert command == "motmoi"
    await desk.motmoi(*arguments)

    await desk.well(before)


# --- what nobody has any more -----------------------------------------------------------------------------------------


def salvaged(path: Path) -> list[int]:
    """The sequences a repair kept aside."""
    return [json.loads(line)["sequence"] for line in path.read_text("utf-8").splitlines()]


async def test_what_neither_copy_has_is_given_up_only_when_told_to(desk: Desk) -> None:
    before = await desk.at_rest()
    lost = len(before) - 30
    await desk.execute("audit", f"DELETE FROM archive WHERE sequence BETWEEN {lost} AND {lost + 4}")
    await desk.stop()
    desk.remove_store()
    await desk.start()

    found = the(await desk.motmoi("verify", "--only", "log", code=1), "missing-in-both")
    assert (found["first"], found["last"]) == (lost, lost + 4)
    status, _, errors = await desk.command("repair", "log")
    assert (status, "--accept-loss" in errors) == (1, True)
    assert (await desk.stream())["last_seq"] == 0

    done = json.loads((await desk.command("repair", "log", "--accept-loss"))[1])

    assert done["last"] == lost - 1
    assert salvaged(Path(done["salvage"])) == [message.sequence for message in before[lost + 4 :]]
    await desk.stop()
    await desk.start()
    kept = await desk.at_rest()
    assert kept[: lost - 1] == before[: lost - 1]
    verified = await desk.motmoi("verify")
    assert verified["well"], verified["findings"]
