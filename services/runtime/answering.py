"""The endpoints of commands and queries: every request is decoded here, and every request is answered."""

import asyncio
import time
from collections.abc import Callable, Coroutine
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid4, uuid5

import structlog
from asyncpg import Pool
from nats.aio.client import Client
from nats.aio.msg import Msg
from pydantic import ValidationError
from pydantic_core import to_json

from contracts.base import (
    Accepted,
    Actor,
    Answered,
    Command,
    CommandRequest,
    Failed,
    Forbidden,
    Meta,
    Query,
    QueryRequest,
    Refused,
    wire_name,
)
from services.runtime import metrics
from services.runtime.committing import Committer
from services.runtime.considering import ConsideringUnavailable, OneAtATime
from services.runtime.database import UNREACHABLE
from services.runtime.fence import UNCHECKED, Fence
from services.runtime.manifest import CommandRule, QueryRule, Service
from services.runtime.past import Past, PastUnavailable
from services.runtime.personal import concealed, holds_personal
from services.runtime.positions import Positions
from services.runtime.problems import (
    BEHIND,
    BUILDING,
    DATABASE_UNAVAILABLE,
    FENCED,
    LOG_UNCHECKED,
    NOT_ALLOWED,
    NOT_ARCHIVED,
    NOT_RECORDED,
    SERVICE_FAULT,
    explain,
    problem,
)
from services.runtime.second_copy import SecondCopy
from services.runtime.vault import Vault

_logger = structlog.get_logger()
_AFTER_TIMEOUT_S = 5.0
_ARCHIVE_TIMEOUT_S = 5.0
_SETTLE_S = 5.0


class Endpoints:
    """Answers one service's commands and queries on one connection."""

    def __init__(
        self, service: Service, client: Client, committer: Committer, fence: Fence, pool: Pool, positions: Positions
    ) -> None:
        """Use what the process has opened; `rules` are the service's tables, read once.

        With `second_copy`, commands are answered only when the archive has their events too. From `past` come the
        answers as of a moment or a position.
        """
        self._service = service
        self._client = client
        self._committer = committer
        self._fence = fence
        self._pool = pool
        self._positions = positions
        self._tasks: set[asyncio.Task[None]] = set()
        self._outbox: list[tuple[str, bytes]] = []
        self.rules: Any = None
        self.second_copy: SecondCopy | None = None
        self.past: Past | None = None
        self._considering = OneAtATime()
        self._vault = Vault(pool, service.name)
        self._conceals = any(holds_personal(event) for event in service.events)

    def command_handler(self, rule: CommandRule) -> Callable[[Msg], Coroutine[Any, Any, None]]:
        """Return the handler of one command: decode, check the speaker and the fence, hand over to the committer."""
        request_type = CommandRequest[rule.command]  # type: ignore[name-defined]
        decode = request_type.__pydantic_validator__.validate_json
        name = wire_name(rule.command)
        seconds = metrics.COMMAND_SECONDS.labels(self._service.name)
        seals = holds_personal(rule.command)

        async def handle(message: Msg) -> None:
            started = time.perf_counter()

            def reply(outcome: Any) -> None:
                if self.second_copy and isinstance(outcome, Accepted) and outcome.position > self.second_copy.position:
                    self._start(self._when_archived(outcome, said))
                else:
                    said(outcome)

            def said(outcome: Any) -> None:
                self._reply(message, concealed(outcome) if self._conceals else outcome)
                metrics.COMMANDS.labels(self._service.name, name, outcome.outcome).inc()
                seconds.observe(time.perf_counter() - started)

            try:
                request = decode(message.data, strict=True)
            except ValidationError as error:
                reply(explain(error))
                return
            await self._fence.settled(_SETTLE_S)
            refusal = self._refusal(rule.command, request.meta.actor, name)
            if refusal:
                reply(refusal)
            elif seals:
                self._start(self._seal_and_submit(rule, request.data, request.meta, reply))
            else:
                self._committer.submit(rule, request.data, request.meta, self.rules, reply)

        handle.__annotations__["message"] = request_type
        return handle

    def query_handler(self, rule: QueryRule) -> Callable[[Msg], Coroutine[Any, Any, None]]:
        """Return the handler of one query; each runs as a task of its own."""
        request_type = QueryRequest[rule.query]  # type: ignore[name-defined]
        decode = request_type.__pydantic_validator__.validate_json
        name = wire_name(rule.query)

        async def answer(message: Msg) -> None:
            started = time.perf_counter()
            try:
                request = decode(message.data, strict=True)
            except ValidationError as error:
                outcome: Any = explain(error)
            else:
                outcome = await self._answer(rule, request.data, request.actor, request.correlation_id, name)
            self._reply(message, outcome)
            metrics.QUERIES.labels(self._service.name, name, outcome.outcome).inc()
            metrics.QUERY_SECONDS.labels(self._service.name).observe(time.perf_counter() - started)

        async def handle(message: Msg) -> None:
            self._start(answer(message))

        handle.__annotations__["message"] = request_type
        return handle

    def submit(self, command: Command, meta: Any, reply: Callable[[Any], None]) -> None:
        """Decide a command of the service itself, as if it had come over the wire."""
        rule = next(rule for rule in self._service.commands if rule.command is type(command))
        refusal = self._refusal(rule.command, meta.actor, wire_name(rule.command))
        if refusal:
            reply(refusal)
        else:
            self._committer.submit(rule, command, meta, self.rules, reply)

    async def _seal_and_submit(
        self, rule: CommandRule, command: Command, meta: Meta, reply: Callable[[Any], None]
    ) -> None:
        """Seal what identifies people before anything decides; who was erased is refused by the decision."""
        try:
            command, refused = await self._vault.seal(command, meta)
        except Refused as at_fault:
            reply(at_fault.reply())
        except UNREACHABLE:
            reply(problem(Failed, DATABASE_UNAVAILABLE))
        except Exception:
            _logger.exception("sealing failed", command=wire_name(rule.command), correlation_id=meta.correlation_id)
            reply(problem(Failed, SERVICE_FAULT, correlation_id=meta.correlation_id))
        else:
            self._committer.submit(rule.refusing(refused) if refused else rule, command, meta, self.rules, reply)

    def _refusal(self, message: type[Command] | type[Query], actor: Actor, name: str) -> Failed | Forbidden | None:
        if not message.allowed.intersection(actor.roles):
            roles = ", ".join(sorted(message.allowed))
            return problem(Forbidden, NOT_ALLOWED, actor=actor.name, message=name, roles=roles)
        if issubclass(message, Command) and self._fence.reason is not None:
            unchecked = self._fence.reason == UNCHECKED
            return problem(Failed, LOG_UNCHECKED if unchecked else FENCED, reason=self._fence.reason)
        return None

    async def _when_archived(self, outcome: Accepted, said: Callable[[Any], None]) -> None:
        """Answer when the archive has the events too; say so when it does not confirm in time."""
        assert self.second_copy is not None
        archived = await self.second_copy.wait(outcome.position, _ARCHIVE_TIMEOUT_S)
        said(outcome if archived else problem(Failed, NOT_ARCHIVED))

    async def _recorded(self, rule: QueryRule, query: Query, actor: Actor, correlation_id: str) -> Failed | None:
        """Record that this was asked, where the rule demands it; return why it could not be."""
        if rule.records is None:
            return None
        command = rule.records(query, actor)
        of_command = next(of for of in self._service.commands if of.command is type(command))
        meta = Meta(command_id=uuid4(), actor=actor, correlation_id=correlation_id)
        if self._fence.reason is not None:
            return problem(Failed, NOT_RECORDED, reason=self._fence.reason)
        answered: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._committer.submit(of_command, command, meta, self.rules, answered.set_result)
        outcome = await answered
        return (
            None
            if isinstance(outcome, Accepted)
            else problem(Failed, NOT_RECORDED, reason=getattr(outcome, "en", outcome.outcome))
        )

    async def _answer(self, rule: QueryRule, query: Query, actor: Actor, correlation_id: str, name: str) -> Any:
        refusal = self._refusal(rule.query, actor, name)
        if refusal:
            return refusal
        if query.as_of is not None or query.as_of_position is not None:
            return await self._answer_past(rule, query, actor, correlation_id, name)
        followers = rule.followers
        if not await self._positions.wait(followers, query.after, _AFTER_TIMEOUT_S):
            for follower in followers:
                if not self._positions.ready(follower):
                    return problem(Failed, BUILDING, model=follower, position=self._positions.position(follower))
            slowest = min(followers, key=self._positions.position)
            position = self._positions.position(slowest)
            return problem(Failed, BEHIND, model=slowest, position=position, after=query.after)
        refusal = await self._recorded(rule, query, actor, correlation_id)
        if refusal:
            return refusal
        position = min(self._positions.position(follower) for follower in followers)

        async def read() -> Any:
            reading = rule.answer(query, actor)
            async with self._pool.acquire(timeout=5) as connection:
                result = await self._vault.reveal(connection, await reading.read(connection), rule.query, actor)
            result = await self._considering.answer(result, self.rules)
            return Answered.model_construct(position=position, result=result)

        return await self._whatever_happens(read, correlation_id, name)

    async def _answer_past(self, rule: QueryRule, query: Query, actor: Actor, correlation_id: str, name: str) -> Any:
        async def read() -> Any:
            assert self.past is not None
            kept = await self.past.reach(rule, query)
            refusal = await self._recorded(rule, query, actor, correlation_id)
            if refusal:
                return refusal
            reading = rule.answer(query, actor)
            async with self.past.reading(kept, rule.reads) as connection:
                result = await self._vault.reveal(connection, await reading.read(connection), rule.query, actor)
            result = await self._considering.answer(result, self.rules)
            return Answered.model_construct(position=kept.place.position, result=result)

        return await self._whatever_happens(read, correlation_id, name)

    async def _whatever_happens(
        self, read: Callable[[], Coroutine[Any, Any, Any]], correlation_id: str, name: str
    ) -> Any:
        """Return what was read, or why it could not be."""
        try:
            return await read()
        except Refused as refused:
            return refused.reply()
        except (PastUnavailable, ConsideringUnavailable) as unavailable:
            return unavailable.reply
        except UNREACHABLE:
            return problem(Failed, DATABASE_UNAVAILABLE)
        except Exception:
            _logger.exception("query failed", query=name, correlation_id=correlation_id)
            return problem(Failed, SERVICE_FAULT, correlation_id=correlation_id)

    def _reply(self, message: Msg, outcome: Any) -> None:
        """Put the answer into the outbox; the answers of a whole group leave together."""
        if not message.reply:
            return
        self._outbox.append((message.reply, to_json(outcome)))
        if len(self._outbox) == 1:
            self._start(self._send())

    async def _send(self) -> None:
        outbox, self._outbox = self._outbox, []
        try:
            for subject, payload in outbox:
                await self._client.publish(subject, payload)
        except Exception as error:  # the askers' own timeouts are all that is left to tell them
            _logger.warning("answers could not be sent", count=len(outbox), reason=str(error))

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def service_actor(service: str, name: str) -> Actor:
    """Return the speaker of a policy or a timer."""
    return Actor(id=f"service:{service}.{name}", name=f"{service} / {name}", roles=("service",))


def derived_id(text: str) -> UUID:
    """Return the command id that follows from a policy and an event, so that a repeat is recognised."""
    return uuid5(NAMESPACE_URL, f"motmoi:{text}")
