"""Policies: followers that turn facts into commands of their own service, now or at a time set by a timer."""

import asyncio
from datetime import UTC, datetime
from uuid import UUID

import structlog
from asyncpg import Pool
from nats.aio.client import Client
from pydantic_core import from_json, to_json

from contracts.base import Command, Meta, wire_name
from services.runtime.answering import derived_id, service_actor
from services.runtime.bus import UNREACHABLE as BROKER_UNREACHABLE
from services.runtime.database import UNREACHABLE, Moved, checkpoints, lock_checkpoints, mark_ready, move_checkpoints
from services.runtime.envelope import Decoder, Fact
from services.runtime.follow import Batch, LogGap, Message, Reader, ReaderLost
from services.runtime.manifest import At, Policy
from services.runtime.projecting import stand_still
from services.runtime.settings import Settings

_logger = structlog.get_logger()
_PULL = 500
_FAR = 1000


class CommandNotTaken(Exception):
    """A policy's own command got an answer that leaves it undone; the policy stops at its event."""


class BrokerSilent(Exception):
    """The command or the timer could not be handed over; it is sent again."""


class Reactor:
    """Runs one policy in the log's order, by a reader of its own: a policy that waits or stops holds nobody up.

    Its checkpoint moves after what the facts led to was handed over. What it sends carries ids derived from the fact,
    so that a repeat after a crash is recognised.
    """

    def __init__(self, service: str, settings: Settings, pool: Pool, client: Client, policy: Policy) -> None:
        """Send through the client, whose user may speak for the service."""
        self._service = service
        self._settings = settings
        self._pool = pool
        self._client = client
        self._policy = policy
        self._decoder = Decoder(policy.events)
        self._position = 0
        self._at = 0
        self._passed: Message | None = None
        self.name = f"policy.{policy.name}"
        self.error: str | None = None

    async def run(self) -> None:
        """React until cancelled; stand still with the reason in the checkpoint at a fact that cannot be dealt with."""
        while True:
            reader = Reader(self._settings, self.name.replace(".", "-").replace("_", "-"), _PULL)
            try:
                self._position = (await checkpoints(self._pool))[self.name].position
                await reader.open(self._position)
                self._passed = None
                while True:
                    batch = await self._batch(reader)
                    for message in batch.messages:
                        await self._message(message)
                    # What did not matter is passed over many at a time, or when nothing comes.
                    if self._passed and (not batch.messages or self._passed.sequence - self._position >= _FAR):
                        await self._move(self._passed, at_head=batch.pending == 0)
                        self._passed = None
                    if not batch.messages and batch.pending == 0:
                        await mark_ready(self._pool, [self.name])
            except (ReaderLost, BrokerSilent, Moved, *UNREACHABLE) as error:
                _logger.warning("policy waits", policy=self.name, reason=str(error))
                await asyncio.sleep(0.5)
            except Exception as error:
                await self._stand_still(error)
            finally:
                reader.close()

    async def _batch(self, reader: Reader) -> Batch:
        try:
            return await reader.batch()
        except LogGap:
            # It stands right before the gap, not where it last had something to do.
            if self._passed:
                await self._move(self._passed, at_head=False)
            raise

    async def _message(self, message: Message) -> None:
        self._at = message.sequence
        try:
            facts = self._decoder.all_facts([message])
            for fact in facts:
                await self._react(fact)
        except Exception:
            # It stands right before this message, so that an operator's skip passes over this one and no other.
            if self._passed:
                await self._move(self._passed, at_head=False)
            raise
        if facts:
            await self._move(message, at_head=False)
        self._passed = message

    async def _stand_still(self, error: Exception) -> None:
        where = f"after sequence {self._position}" if isinstance(error, LogGap) else f"sequence {self._at}"
        self.error = f"{where}: {type(error).__name__}: {error}"
        _logger.exception("policy stopped", policy=self.name, position=self._position)
        await stand_still(self._pool, self.name, self.error, self._position)
        self.error = None

    async def _react(self, fact: Fact) -> None:
        for place, wish in enumerate(self._policy.react(fact)):
            command = wish.command if isinstance(wish, At) else wish
            meta = Meta(
                command_id=derived_id(f"{self._service}:{self._policy.name}:{fact.event_id}:{place}"),
                actor=service_actor(self._service, self._policy.name),
                correlation_id=fact.correlation_id,
                causation_id=fact.event_id,
            )
            if isinstance(wish, At) and wish.time > datetime.now(UTC):
                await self._schedule(wish.time, command, meta)
            else:
                await self._send(command, meta)

    async def _send(self, command: Command, meta: Meta) -> None:
        body = to_json({"meta": meta, "data": command}, exclude_none=True)
        try:
            answer = await self._client.request(f"command.{self._service}.{wire_name(type(command))}", body, timeout=20)
        except BROKER_UNREACHABLE as error:
            raise BrokerSilent(str(error) or type(error).__name__) from error
        reply = from_json(answer.data)
        if reply["outcome"] in ("failed", "conflict"):
            raise BrokerSilent(reply["en"])
        if reply["outcome"] in ("invalid", "forbidden"):
            raise CommandNotTaken(f"{type(command).__name__}: {reply}")

    async def _schedule(self, time: datetime, command: Command, meta: Meta) -> None:
        body = to_json({"command": wire_name(type(command)), "meta": meta, "data": command}, exclude_none=True)
        await schedule(self._client, self._service, meta.command_id, time, body)

    async def _move(self, message: Message, *, at_head: bool) -> None:
        if message.sequence <= self._position:
            return
        async with self._pool.acquire() as connection, connection.transaction():
            await lock_checkpoints(connection, {self.name: self._position})
            await move_checkpoints(connection, [self.name], message.sequence, message.payload, at_head=at_head)
        self._position = message.sequence


async def schedule(client: Client, service: str, timer_id: UUID, time: datetime, body: bytes) -> None:
    """Set a timer that delivers `body` at `time` (UTC); setting it again replaces it. Raises BrokerSilent."""
    headers = {
        "Nats-Schedule": f"@at {time.astimezone(UTC).strftime('%Y-%m-%dT%H:%M:%S.%fZ')}",
        "Nats-Schedule-Target": f"timer.{service}.due.{timer_id.hex}",
    }
    try:
        answer = await client.request(f"timer.{service}.schedule.{timer_id.hex}", body, timeout=5, headers=headers)
    except BROKER_UNREACHABLE as error:
        raise BrokerSilent(str(error) or type(error).__name__) from error
    reply = from_json(answer.data)
    if "error" in reply:
        raise BrokerSilent(str(reply["error"]))
