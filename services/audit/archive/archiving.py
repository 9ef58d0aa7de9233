"""The archiver: copies every message of the log in order, hashes it into the tree, and has the tree's head signed."""

import asyncio
import time
from collections.abc import Sequence

import structlog
from asyncpg import Pool
from nats.aio.client import Client
from pydantic_core import from_json, to_json

from contracts.audit import SignCheckpoint
from contracts.base import Meta, wire_name
from services.audit.archive import tables
from services.audit.archive.merkle import Frontier
from services.audit.archive.notes import Signer, sign_checkpoint
from services.audit.read_models.signed_checkpoints import SIGNED_CHECKPOINTS
from services.runtime import metrics
from services.runtime.answering import derived_id, service_actor
from services.runtime.bus import UNREACHABLE as BROKER_UNREACHABLE
from services.runtime.database import UNREACHABLE, Moved, checkpoints, lock_checkpoints, mark_ready, move_checkpoints
from services.runtime.fence import Fence
from services.runtime.follow import Message, Reader, ReaderLost
from services.runtime.log import EventLog, LogUnavailable
from services.runtime.projecting import stand_still
from services.runtime.second_copy import announce
from services.runtime.settings import Settings

_logger = structlog.get_logger()
_PULL = 5000
_ANNOUNCE_S = 1.0
_CHECK_S = 30.0


class Archiver:
    """Follows the log into the archive; rows, tree and checkpoint are on disk together before they are announced."""

    def __init__(self, settings: Settings, pool: Pool, client: Client) -> None:
        """Write through the pool, announce through the client, sign with the settings' key where there is one."""
        self.name = tables.FOLLOWER
        self.error: str | None = None
        self._settings = settings
        self._pool = pool
        self._client = client
        self._fence = Fence("audit", EventLog(client), pool)
        self._frontier = Frontier()
        self._partitioned = 0
        self._resumed = False

    async def run(self) -> None:
        """Archive, announce and sign until cancelled."""
        key = self._settings.audit_key
        signer = Signer.from_pem(key.read_bytes()) if key else None
        async with self._pool.acquire() as connection, connection.transaction():
            await tables.create_tables(connection)
            if signer:
                await tables.remember_key(connection, signer.verifier.public_pem.decode())
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._archive())
            tasks.create_task(self._keep_announcing())
            tasks.create_task(self._keep_checking())
            if signer:
                tasks.create_task(self._keep_signing(signer))

    async def _archive(self) -> None:
        while True:
            reader = Reader(self._settings, "audit-archive", _PULL)
            try:
                await self._resume()
                await reader.open(self._frontier.size)
                while True:
                    batch = await reader.batch()
                    if batch.messages:
                        await self._keep(batch.messages, at_head=batch.pending == 0)
                    elif batch.pending == 0:
                        await mark_ready(self._pool, [self.name])
            except (ReaderLost, Moved, *UNREACHABLE) as error:
                _logger.warning("archiver waits", reason=str(error))
                await asyncio.sleep(0.5)
            except Exception as error:
                await self._stand_still(error)
            finally:
                reader.close()

    async def _resume(self) -> None:
        async with self._pool.acquire() as connection:
            position = (await checkpoints(connection))[self.name].position
            self._frontier = await tables.frontier_at(connection, position)
            self._partitioned = position
        self._resumed = True

    async def _keep(self, messages: Sequence[Message], *, at_head: bool) -> None:
        """Commit a batch durably, then say so."""
        last = messages[-1]
        hashes = tables.hashes_of(messages)
        frontier, nodes = self._frontier.extend(hashes)
        started = time.perf_counter()
        async with self._pool.acquire() as connection, connection.transaction():
            await connection.execute("SET LOCAL synchronous_commit = on")
            await lock_checkpoints(connection, {self.name: self._frontier.size})
            if last.sequence > self._partitioned:
                await tables.create_partitions(connection, messages[0].sequence, last.sequence)
                self._partitioned = -(-last.sequence // tables.PARTITION) * tables.PARTITION
            await tables.insert(connection, messages, hashes)
            await tables.insert_nodes(connection, nodes)
            await move_checkpoints(connection, [self.name], last.sequence, last.payload, at_head=at_head)
        self._frontier = frontier
        metrics.ARCHIVE_COMMIT_SECONDS.labels("audit").observe(time.perf_counter() - started)
        await self._announce()

    async def _announce(self) -> None:
        if self._resumed and self._client.is_connected:
            await announce(
                self._client, self._frontier.size, self._fence.reason if self._fence.checked.is_set() else None
            )

    async def _keep_announcing(self) -> None:
        while True:
            try:
                await self._announce()
            except BROKER_UNREACHABLE as error:
                _logger.warning("archive cannot be announced", reason=str(error))
            await asyncio.sleep(_ANNOUNCE_S)

    async def _keep_checking(self) -> None:
        """Compare the log with what was archived of it, again and again; what is wrong is announced."""
        while True:
            try:
                # What an operator is putting right is announced as soon as it is.
                pause = _CHECK_S if await self._fence.check() else _ANNOUNCE_S
            except (LogUnavailable, *UNREACHABLE) as error:
                _logger.warning("archive cannot be compared", reason=str(error))
                pause = 0.5
            await asyncio.sleep(pause)

    async def _keep_signing(self, signer: Signer) -> None:
        """Have the head signed on an interval, while there is more to sign than the last signature."""
        while True:
            await asyncio.sleep(self._settings.checkpoint_every_s)
            try:
                await self._sign(signer)
            except (*BROKER_UNREACHABLE, *UNREACHABLE) as error:
                _logger.warning("checkpoint waits", reason=str(error))

    async def _sign(self, signer: Signer) -> None:
        frontier = self._frontier
        signed = await self._pool.fetchval(f'SELECT max(tree_size) FROM "{SIGNED_CHECKPOINTS.table}"') or 0
        if not self._resumed or frontier.size <= signed + 1 or self._fence.reason is not None:
            return
        root = frontier.root()
        note = sign_checkpoint(f"motmoi/{self._settings.office}", frontier.size, root, signer)
        command = SignCheckpoint(tree_size=frontier.size, root=root.hex(), note=note)
        meta = Meta(
            command_id=derived_id(f"audit:checkpoint:{frontier.size}:{root.hex()}"),
            actor=service_actor("audit", self.name),
            correlation_id=f"checkpoint:{frontier.size}",
        )
        body = to_json({"meta": meta, "data": command}, exclude_none=True)
        answer = await self._client.request(f"command.audit.{wire_name(SignCheckpoint)}", body, timeout=10)
        reply = from_json(answer.data)
        if reply["outcome"] != "accepted":
            _logger.error("checkpoint not recorded", tree_size=frontier.size, reply=reply)

    async def _stand_still(self, error: Exception) -> None:
        self.error = f"after sequence {self._frontier.size}: {type(error).__name__}: {error}"
        _logger.exception("archiver stopped", position=self._frontier.size)
        await stand_still(self._pool, self.name, self.error)
        self.error = None
