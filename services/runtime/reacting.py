"""Policies: followers that turn facts into commands of their own service, now or at a time set by a timer."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID

import structlog
from asyncpg import Pool
from nats.aio.client import Client
from pydantic_core import from_json, to_json

from contracts.base import Command, Meta, wire_name
from services.runtime import metrics
from services.runtime.answering import derived_id, service_actor
from services.runtime.bus import UNREACHABLE as BROKER_UNREACHABLE
from services.runtime.database import UNREACHABLE, Moved, lock_checkpoints, move_checkpoints
from services.runtime.envelope import Fact
from services.runtime.manifest import At, Policy
from services.runtime.projecting import stand_still
from services.runtime.read_model import Database

_logger = structlog.get_logger()
_WAITING = 5000


class CommandNotTaken(Exception):
    """A policy's own command got an answer that leaves it undone; the policy stops at its event."""


class BrokerSilent(Exception):
    """The command or the timer could not be handed over; it is sent again."""


class Reactor:
    """Runs one policy in the log's order, beside the feed that brings its facts.

    Its checkpoint moves with the feed while nothing waits, and after each fact was dealt with otherwise; what it sends
    carries ids derived from the fact, so that a repeat after a crash is recognised.
    """

    def __init__(self, service: str, pool: Pool, client: Client, policy: Policy) -> None:
        """Send through the client, whose user may speak for the service."""
        self._service = service
        self._pool = pool
        self._client = client
        self._policy = policy
        self._types = frozenset(policy.events)
        self._waiting: asyncio.Queue[Fact] = asyncio.Queue(_WAITING)
        self._busy = False
        self._taken = 0
        self.name = f"policy.{policy.name}"
        self.position = 0
        self.error: str | None = None

    @property
    def busy(self) -> bool:
        """Whether facts wait or one is being dealt with."""
        return self._busy or not self._waiting.empty()

    async def apply(self, database: Database, facts: Sequence[Fact]) -> bool:
        """Take the facts that matter, each once; the checkpoint moves with the feed only while nothing waits."""
        for fact in facts:
            if fact.type in self._types and fact.position > self._taken:
                await self._waiting.put(fact)
                self._taken = fact.position
        return not self.busy

    async def run(self) -> None:
        """React until cancelled; stand still with the reason in the checkpoint at a fact that cannot be dealt with."""
        while True:
            fact = await self._waiting.get()
            self._busy = True
            while not await self._done(fact):  # noqa: ASYNC110 - each try is work, not a look
                await asyncio.sleep(0.5)
            self._busy = False

    async def _done(self, fact: Fact) -> bool:
        try:
            await self._react(fact)
            await self._move(fact)
        except (BrokerSilent, Moved, *UNREACHABLE) as error:
            _logger.warning("policy waits", policy=self.name, reason=str(error))
            return False
        except Exception as error:
            self.error = f"sequence {fact.sequence}: {type(error).__name__}: {error}"
            _logger.exception("policy stopped", policy=self.name, sequence=fact.sequence)
            metrics.STOPPED.labels(self._service, self.name).set(1)
            await stand_still(self._pool, self.name, self.error)
            self.error = None
            metrics.STOPPED.labels(self._service, self.name).set(0)
            return False
        return True

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

    async def _move(self, fact: Fact) -> None:
        """Move the checkpoint to just before the next fact that waits, so that none is missed after a crash."""
        done = fact.sequence if self._waiting.empty() else fact.sequence - 1
        if done <= self.position:
            return
        async with self._pool.acquire() as connection, connection.transaction():
            await lock_checkpoints(connection, {self.name: self.position})
            await move_checkpoints(connection, [self.name], done, None, at_head=False)
        self.position = done


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
