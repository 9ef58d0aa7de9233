"""Mending the archive from the log, in one transaction: rows, hashes, tree and checkpoint, or nothing."""

from collections.abc import AsyncIterator, Callable, Iterable, Sequence

from nats.aio.client import Client

from services.audit.archive import tables
from services.audit.archive.merkle import Frontier, Node
from services.ops.integrity.examined import Damage
from services.ops.integrity.refusing import RepairRefused
from services.ops.integrity.salvage import Salvage
from services.ops.integrity.two_copies import ArchiveCopy, LogCopy
from services.runtime.database import fingerprint
from services.runtime.follow import Message
from services.runtime.read_model import Database
from services.runtime.settings import Settings

_FEW = 50
_STEP = 5_000


class Mending:
    """One mending of the archive, so that it holds messages 1 to `last` as they were recorded."""

    def __init__(
        self, settings: Settings, client: Client, salvage: Salvage, report: Callable[[int, int], None]
    ) -> None:
        """Read the log as these settings' user and through the client; keep what is taken out of the archive."""
        self._settings = settings
        self._client = client
        self._salvage = salvage
        self._report = report
        self.rewritten = 0

    async def run(self, database: Database, damage: Damage, archived: int, last: int, *, resume: bool) -> None:
        """Rewrite what is wrong, add what is missing up to `last`, drop what is behind it.

        The caller's transaction holds everybody off. With `resume` the archiver takes the last message again from the
        log, and with it the tree as it now is. Raises RepairRefused when the log does not give what it should.
        """
        await tables.create_tables(database)
        await tables.create_partitions(database, 1, max(last, archived, 1))
        await database.execute(
            "INSERT INTO checkpoints (follower, position) VALUES ($1, 0) ON CONFLICT DO NOTHING", tables.FOLLOWER
        )
        await database.execute("SELECT 1 FROM checkpoints WHERE follower = $1 FOR UPDATE", tables.FOLLOWER)
        runs = [(first, min(end, last)) for first, end in damage.archive if first <= last]
        if last > archived:
            runs.append((archived + 1, last))
        for first, end in runs:
            async for messages in self._logged(first, end):
                await self._replace(database, messages)
        for sequence in damage.hashes.sequences():
            await self._hash_again(database, sequence)
        for low in range(last + 1, archived + 1, _STEP):
            rows = await ArchiveCopy(database).between(low, min(archived, low + _STEP - 1))
            self._salvage.keep("archive", [row.message for row in rows])
        kept = last - 1 if resume and last else last
        await database.execute("DELETE FROM archive WHERE sequence > $1", kept)
        payload = await self._grow_tree(database, kept)
        await database.execute(
            "UPDATE checkpoints SET position = $2, fingerprint = $3, error = NULL, changed_at = now() "
            "WHERE follower = $1",
            tables.FOLLOWER,
            kept,
            fingerprint(payload) if payload is not None else None,
        )

    async def _logged(self, first: int, last: int) -> AsyncIterator[Sequence[Message]]:
        """Give the log's messages of a run, all of them, in steps."""
        log = LogCopy(self._settings, self._client, last, after=first - 1)
        try:
            if last - first < _FEW:
                yield self._whole(first, last, [await log.message(at) for at in range(first, last + 1)])
                return
            for low in range(first, last + 1, _STEP):
                high = min(last, low + _STEP - 1)
                yield self._whole(low, high, await log.up_to(high))
                self._report(high, last)
        finally:
            log.close()

    @staticmethod
    def _whole(first: int, last: int, found: Iterable[Message | None]) -> list[Message]:
        messages = [message for message in found if message is not None]
        if [message.sequence for message in messages] != list(range(first, last + 1)):
            raise RepairRefused(
                vi=f"Nhật ký không còn đủ bản ghi {first:,}-{last:,}; chưa có gì thay đổi. Chạy: motmoi verify",
                en=f"The log has not all of messages {first:,}-{last:,} any more; nothing was changed. "
                "Run: motmoi verify",
            )
        return messages

    async def _replace(self, database: Database, messages: Sequence[Message]) -> None:
        first, last = messages[0].sequence, messages[-1].sequence
        there = [row.message for row in await ArchiveCopy(database).between(first, last)]
        wanted = {message.sequence: message for message in messages}
        self._salvage.keep("archive", [message for message in there if message != wanted[message.sequence]])
        await database.execute("DELETE FROM archive WHERE sequence BETWEEN $1 AND $2", first, last)
        await tables.insert(database, messages, tables.hashes_of(messages))
        self.rewritten += len(messages)

    async def _hash_again(self, database: Database, sequence: int) -> None:
        (row,) = await ArchiveCopy(database).between(sequence, sequence)
        await database.execute(
            "UPDATE archive SET leaf_hash = $2 WHERE sequence = $1", sequence, tables.hashes_of([row.message])[0]
        )
        self.rewritten += 1

    async def _grow_tree(self, database: Database, last: int) -> bytes | None:
        """Hash the whole tree again and write it where it differs; return the last message's payload."""
        frontier, nodes = Frontier(), list[Node]()
        for low in range(1, last + 1, _STEP):
            rows = await database.fetch(
                "SELECT sequence, leaf_hash FROM archive WHERE sequence BETWEEN $1 AND $2 ORDER BY sequence",
                low,
                min(last, low + _STEP - 1),
            )
            if [row[0] for row in rows] != list(range(low, min(last, low + _STEP - 1) + 1)):
                raise RepairRefused(
                    vi=f"Bản lưu thứ hai vẫn thiếu bản ghi sau {low:,}; chưa có gì thay đổi. Chạy: motmoi verify",
                    en=f"The archive still lacks messages behind {low:,}; nothing was changed. Run: motmoi verify",
                )
            frontier, made = frontier.extend([row[1] for row in rows])
            nodes += made
        there = {(row[0], row[1]): row[2] for row in await database.fetch("SELECT level, place, hash FROM tree")}
        if there != {(node.level, node.place): node.hash for node in nodes}:
            await database.execute("DELETE FROM tree")
            await tables.insert_nodes(database, nodes)
        payload: bytes | None = await database.fetchval("SELECT payload FROM archive WHERE sequence = $1", last)
        return payload
