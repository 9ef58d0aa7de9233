"""Filling read models: one reader for all of a service, rows and checkpoints in one transaction, batch after batch."""

import asyncio
from collections.abc import Sequence

import structlog
from asyncpg import Pool

from services.runtime.database import (
    UNREACHABLE,
    Moved,
    checkpoints,
    lock_checkpoints,
    mark_ready,
    move_checkpoints,
    record_stop,
)
from services.runtime.envelope import Decoder, Fact
from services.runtime.follow import LogGap, Message, Reader, ReaderLost
from services.runtime.read_model import Database, Fold, ReadModel
from services.runtime.settings import Settings

_logger = structlog.get_logger()
_PULL = 2000
_FAR = 10_000


class Stopped(Exception):
    """A message could not be applied; the follower stands before it."""

    def __init__(self, message: Message, cause: Exception) -> None:
        super().__init__(f"sequence {message.sequence} ({message.subject}): {type(cause).__name__}: {cause}")


class Projection:
    """Fills one table of a read model; its checkpoint always moves with the rows."""

    def __init__(self, model: ReadModel, table: str) -> None:
        """Project the model into the given table."""
        self.name = table
        self.position = 0
        self.error: str | None = None
        self.decoder = Decoder(model.events, whole=model.whole)
        self._types = model.types
        self._fold = Fold(model, table)

    async def apply(self, database: Database, facts: Sequence[Fact]) -> None:
        """Apply the facts that matter inside the caller's transaction."""
        mine = [fact for fact in facts if fact.type in self._types]
        if mine:
            await self._fold.apply(database, mine)


class Feed:
    """Reads the log once for several followers and keeps them up to its head for as long as its task runs.

    A follower that cannot apply a message stops there, with the reason in its checkpoint, until an operator clears it;
    the others go on. One that is far behind comes up by a feed of its own first.
    """

    def __init__(
        self,
        service: str,
        settings: Settings,
        pool: Pool,
        decoder: Decoder,
        members: Sequence[Projection],
        name: str = "feed",
    ) -> None:
        """Write through a pool whose role owns the tables; the decoder knows the events of all members."""
        self._service = service
        self._settings = settings
        self._pool = pool
        self._decoder = decoder
        self._members = {member.name: member for member in members}
        self._name = name
        self._apart: set[str] = set()
        self._gathered = asyncio.Event()

    async def run(self) -> None:
        """Follow until cancelled."""
        async with asyncio.TaskGroup() as tasks:
            while True:
                reader = Reader(self._settings, f"{self._service}-{self._name}", _PULL)
                members: list[Projection] = []
                try:
                    self._gathered.clear()
                    members = await self._gather(tasks)
                    await reader.open(min((member.position for member in members), default=0))
                    while members and not self._gathered.is_set():
                        batch = await reader.batch()
                        if batch.messages:
                            await self._apply(members, batch.messages, batch.pending, tasks)
                        elif batch.pending == 0:
                            await mark_ready(self._pool, [member.name for member in members])
                    if not members:
                        await self._gathered.wait()
                except LogGap as gap:
                    self._stop_before(gap, members, tasks)
                except Moved as moved:
                    _logger.info("checkpoint was moved", reason=str(moved))
                except (ReaderLost, *UNREACHABLE) as error:
                    _logger.warning("followers wait", reason=str(error))
                    await asyncio.sleep(0.5)
                finally:
                    reader.close()

    async def _gather(self, tasks: asyncio.TaskGroup) -> list[Projection]:
        """Read where everybody stands; send those far behind ahead by themselves, leave out those who stand still."""
        known = await checkpoints(self._pool)
        free = [member for name, member in self._members.items() if name not in self._apart]
        for member in free:
            member.position = known[member.name].position
        front = max((member.position for member in free), default=0)
        near = [member for member in free if front - member.position <= _FAR or len(self._members) == 1]
        for member in free:
            if member not in near:
                self._apart.add(member.name)
                tasks.create_task(self._come_up(member, front))
        return near

    async def _come_up(self, member: Projection, goal: int) -> None:
        """Bring one follower up to where the others were, then let it join them."""
        alone = Feed(self._service, self._settings, self._pool, self._decoder, [member], member.name.replace(".", "-"))
        following = asyncio.create_task(alone.run())
        while member.position < goal or member.error is not None:  # noqa: ASYNC110 - it moves in another task's loop
            await asyncio.sleep(0.1)
        following.cancel()
        await asyncio.gather(following, return_exceptions=True)
        self._rejoin(member)

    def _rejoin(self, member: Projection) -> None:
        self._apart.discard(member.name)
        self._gathered.set()

    async def _apply(
        self, members: list[Projection], messages: list[Message], pending: int, tasks: asyncio.TaskGroup
    ) -> None:
        """Apply a batch to all; when one fails, find the message and the member, and let that member stand still.

        A member that stands still leaves `members` at once, so that nothing behind its message reaches it.
        """
        if not members:
            return
        try:
            await self._transaction(members, messages, pending)
        except (Moved, *UNREACHABLE):
            raise
        except Exception as error:
            if len(messages) > 1:
                for message in messages:
                    await self._apply(members, [message], pending + 1, tasks)
                return
            if len(members) > 1:
                for member in list(members):
                    await self._apply([member], messages, pending, tasks)
                    if member.error is not None:
                        members.remove(member)
                return
            member = members.pop()
            self._apart.add(member.name)
            member.error = str(Stopped(messages[0], error))
            tasks.create_task(self._stand_still(member, member.error))

    async def _transaction(self, members: list[Projection], messages: list[Message], pending: int) -> None:
        last = messages[-1]
        # One alone reads its own events only: what another cannot decode is no reason for it to stop.
        decoder = members[0].decoder if len(members) == 1 else self._decoder
        facts = decoder.all_facts(messages)
        async with self._pool.acquire() as connection, connection.transaction():
            await lock_checkpoints(connection, {member.name: member.position for member in members})
            moving = [member for member in members if member.position < last.sequence]
            for member in moving:
                behind = member.position < messages[0].sequence
                await member.apply(connection, facts if behind else _later(facts, member.position))
            names = [member.name for member in moving]
            await move_checkpoints(connection, names, last.sequence, last.payload, at_head=pending == 0)
        for member in moving:
            member.position = last.sequence

    def _stop_before(self, gap: LogGap, members: Sequence[Projection], tasks: asyncio.TaskGroup) -> None:
        """Let those stand still who would have to read what the log has lost; who is behind it already goes on."""
        for member in members:
            if member.position <= gap.first:
                self._apart.add(member.name)
                member.error = f"after sequence {member.position}: {type(gap).__name__}: {gap}"
                tasks.create_task(self._stand_still(member, member.error))

    async def _stand_still(self, member: Projection, reason: str) -> None:
        _logger.error("follower stopped", follower=member.name, position=member.position, reason=reason)
        await stand_still(self._pool, member.name, reason, member.position)
        member.error = None
        self._rejoin(member)


def _later(facts: Sequence[Fact], position: int) -> list[Fact]:
    return [fact for fact in facts if fact.sequence > position]


async def stand_still(pool: Pool, follower: str, reason: str, position: int | None = None) -> None:
    """Write the reason into the follower's checkpoint and return when somebody has cleared it.

    With the `position` it stands at: return at once when somebody has moved it on from there.
    """
    recorded = False
    while True:
        try:
            if not recorded:
                if not await record_stop(pool, follower, reason, position):
                    return
                recorded = True
            elif (await checkpoints(pool))[follower].error is None:
                return
        except UNREACHABLE as error:
            _logger.warning("stopped follower waits for the database", follower=follower, reason=str(error))
        await asyncio.sleep(1)
