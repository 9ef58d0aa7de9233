"""Reading the archive for a backup: in steps of bounded size, each message compared with its hash."""

import asyncio
import time
from collections.abc import Sequence
from typing import NamedTuple

import asyncpg

from services.audit.archive.notes import Checkpoint, NotProven, Verifier, open_checkpoint
from services.audit.archive.tables import FOLLOWER, hashes_of
from services.audit.read_models.signed_checkpoints import SIGNED_CHECKPOINTS
from services.ops.backups.chunks import follows
from services.ops.backups.refusing import BackupRefused
from services.ops.office import Office
from services.runtime.bus import STREAM, UNREACHABLE, api
from services.runtime.database import checkpoints
from services.runtime.follow import Message
from services.runtime.read_model import Database

STEP = 10_000
"""Messages of one step at most."""
STEP_BYTES = 16 * 1024 * 1024
"""Bytes after which a step takes no further message."""
_PAUSE_S = 0.1
_NEXT = """
SELECT sequence, subject, payload, leaf_hash FROM (
    SELECT *, sum(octet_length(payload)) OVER (ORDER BY sequence) - octet_length(payload) AS before
    FROM archive WHERE sequence > $1 AND sequence <= $2
) step WHERE before < $3 ORDER BY sequence"""


class Step(NamedTuple):
    """The next messages of the archive, and the leaf hashes it was archived with; they agree."""

    messages: list[Message]
    hashes: list[bytes]


async def end_of_archive(office: Office, database: Database, patience_s: float) -> tuple[int, int | None]:
    """Return the last archived sequence, and the log's own when this began; None when the log does not answer.

    Waits so many seconds at most for the archive to come there. Raises BackupRefused where there is no archive.
    """
    head, until = await _head(office), time.monotonic() + patience_s
    while True:
        last = await _archived(database)
        if head is None or last >= head or time.monotonic() >= until:
            return last, head
        await asyncio.sleep(_PAUSE_S)


async def _head(office: Office) -> int | None:
    try:
        async with asyncio.timeout(5):
            client = await office.connect()
            try:
                return int((await api(client, f"STREAM.INFO.{STREAM}"))["state"]["last_seq"])
            finally:
                await client.close()
    except UNREACHABLE:
        return None


async def _archived(database: Database) -> int:
    try:
        return (await checkpoints(database))[FOLLOWER].position
    except (asyncpg.UndefinedTableError, KeyError):
        raise BackupRefused(
            vi="Văn phòng này chưa có bản lưu thứ hai của nhật ký. Xem: motmoi status",
            en="This office has no second copy of its log yet. See: motmoi status",
        ) from None


async def next_step(database: Database, after: int, end: int) -> Step:
    """Return the messages behind `after`, up to `end`; raise BackupRefused where the archive is damaged."""
    rows = await database.fetch(_NEXT, after, min(end, after + STEP), STEP_BYTES)
    messages = [Message(*row[:3]) for row in rows]
    hashes = [row[3] for row in rows]
    if not messages or not follows(messages, after) or hashes_of(messages) != hashes:
        wrong = _first_wrong(messages, hashes, after)
        raise BackupRefused(
            vi=f"Bản lưu thứ hai bị hỏng ở bản ghi {wrong}; không sao lưu dữ liệu hỏng. Chạy: motmoi verify",
            en=f"The archive is damaged at message {wrong}; what is damaged is not backed up. Run: motmoi verify",
        )
    return Step(messages, hashes)


async def known_hashes(database: Database, first: int, last: int) -> list[bytes]:
    """Return the archive's leaf hashes from one sequence to another, as far as it has them."""
    rows = await database.fetch(
        "SELECT leaf_hash FROM archive WHERE sequence BETWEEN $1 AND $2 ORDER BY sequence", first, last
    )
    return [row[0] for row in rows]


async def archive_bytes(database: Database) -> int:
    """Return what the archive takes in the database, indexes and all."""
    taken: int = await database.fetchval(
        "SELECT coalesce(sum(pg_total_relation_size(inhrelid)), 0)::bigint FROM pg_inherits "
        "WHERE inhparent = to_regclass('archive')"
    )
    return taken


async def signed_checkpoint(database: Database, end: int, verifier: Verifier) -> Checkpoint | None:
    """Return the latest checkpoint up to `end` that this key signed; None without one, as after a change of keys."""
    try:
        note = await database.fetchval(
            f'SELECT note FROM "{SIGNED_CHECKPOINTS.table}" WHERE tree_size <= $1 ORDER BY tree_size DESC LIMIT 1', end
        )
        return open_checkpoint(note, verifier) if note else None
    except (asyncpg.UndefinedTableError, NotProven):
        return None


def _first_wrong(messages: Sequence[Message], hashes: Sequence[bytes], after: int) -> int:
    made = hashes_of(messages)
    for place, message in enumerate(messages):
        if message.sequence != after + 1 + place or made[place] != hashes[place]:
            return after + 1 + place
    return after + 1 + len(messages)
