"""Followers that fill read models: rows and checkpoint in one transaction, batch after batch."""

import asyncio

import structlog
from asyncpg import Pool

from services.runtime import metrics
from services.runtime.database import (
    UNREACHABLE,
    Checkpoint,
    Moved,
    checkpoints,
    lock_checkpoint,
    move_checkpoint,
    record_stop,
)
from services.runtime.envelope import Decoder
from services.runtime.follow import Message, Reader, ReaderLost
from services.runtime.read_model import Database, Fold, ReadModel
from services.runtime.settings import Settings

_logger = structlog.get_logger()
_LIVE_PULL = 2000


class Stopped(Exception):
    """A message could not be applied; the follower stands before it."""

    def __init__(self, message: Message, cause: Exception) -> None:
        super().__init__(f"sequence {message.sequence} ({message.subject}): {type(cause).__name__}: {cause}")
        self.message = message


class Projection:
    """Applies messages of the log to one table of a read model."""

    def __init__(self, service: str, model: ReadModel, table: str) -> None:
        """Project a service's model into the given table."""
        self._decoder = Decoder(model.events)
        self._fold = Fold(model, table)
        sources = {name.split(".", 1)[0] for name in model.events}
        self._prefixes = tuple(f"event.{source}." for source in sources)

    async def apply(self, database: Database, messages: list[Message]) -> int:
        """Apply messages inside the caller's transaction; return how many facts there were."""
        facts = [
            fact
            for message in messages
            if message.subject.startswith(self._prefixes)
            for fact in self._decoder.facts(message.subject, message.sequence, message.payload)
        ]
        if facts:
            await self._fold.apply(database, facts)
        return len(facts)


class Follower:
    """Keeps one read model up to the log's head for as long as its task runs."""

    def __init__(self, service: str, settings: Settings, pool: Pool, model: ReadModel) -> None:
        """Write through a pool whose role owns the table."""
        self._service = service
        self._settings = settings
        self._pool = pool
        self.name = model.table
        self._projection = Projection(service, model, model.table)
        self._position = 0
        self.error: str | None = None

    async def run(self) -> None:
        """Follow until cancelled; after a poison message, stand still until an operator clears the reason."""
        while True:
            reader = Reader(self._settings, self.name, _LIVE_PULL)
            try:
                self._position = (await self._checkpoint()).position
                await reader.open(self._position)
                while True:
                    batch = await reader.batch()
                    if batch.messages:
                        await self._apply(batch.messages, batch.pending)
            except Stopped as stopped:
                await self._stand_still(str(stopped))
            except Moved:
                _logger.info("checkpoint was moved", follower=self.name)
            except (ReaderLost, *UNREACHABLE) as error:
                _logger.warning("follower waits", follower=self.name, reason=str(error))
                await asyncio.sleep(0.5)
            finally:
                reader.close()

    async def _checkpoint(self) -> Checkpoint:
        return (await checkpoints(self._pool))[self.name]

    async def _apply(self, messages: list[Message], pending: int) -> None:
        try:
            await self._transaction(messages, pending)
        except (Moved, *UNREACHABLE):
            raise
        except Exception as error:
            if len(messages) == 1:
                raise Stopped(messages[0], error) from error
            for message in messages:
                await self._apply([message], pending + 1)

    async def _transaction(self, messages: list[Message], pending: int) -> None:
        last = messages[-1]
        async with self._pool.acquire() as connection, connection.transaction():
            await lock_checkpoint(connection, self.name, self._position)
            await self._projection.apply(connection, messages)
            await move_checkpoint(connection, self.name, last.sequence, last.payload, at_head=pending == 0)
        self._position = last.sequence
        metrics.POSITION.labels(self._service, self.name).set(last.sequence)
        metrics.LAG.labels(self._service, self.name).set(pending)

    async def _stand_still(self, reason: str) -> None:
        _logger.error("follower stopped", follower=self.name, position=self._position, reason=reason)
        metrics.STOPPED.labels(self._service, self.name).set(1)
        self.error = reason
        await stand_still(self._pool, self.name, reason)
        self.error = None
        metrics.STOPPED.labels(self._service, self.name).set(0)


async def stand_still(pool: Pool, follower: str, reason: str) -> None:
    """Write the reason into the follower's checkpoint and return when somebody has cleared it."""
    recorded = False
    while True:
        try:
            if not recorded:
                await record_stop(pool, follower, reason)
                recorded = True
            elif (await checkpoints(pool))[follower].error is None:
                return
        except UNREACHABLE as error:
            _logger.warning("stopped follower waits for the database", follower=follower, reason=str(error))
        await asyncio.sleep(1)
