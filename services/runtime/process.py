"""A service's two processes: one answers commands and queries, the other follows the log."""

import asyncio
import contextlib
import gc
import signal
import sys
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime
from typing import Any

import structlog
import uvloop
from asyncpg import Pool
from faststream import AckPolicy
from faststream.nats import JStream, NatsBroker, PullSub
from faststream.nats.message import NatsMessage
from faststream.security import SASLPlaintext
from faststream.specification import AsyncAPI
from nats.aio.msg import Msg
from pydantic_core import from_json, to_json

from contracts.base import Meta, Reply, wire_name
from services.runtime import logs, metrics, past_building
from services.runtime.aggregates import Aggregates, snapshot_model
from services.runtime.answering import Endpoints
from services.runtime.bus import connect, connection_options
from services.runtime.committing import Committer
from services.runtime.database import UNREACHABLE, checkpoints, open_pool, prepare
from services.runtime.envelope import Decoder
from services.runtime.fence import UNCHECKED, Fence
from services.runtime.log import EventLog
from services.runtime.manifest import Follower, Service
from services.runtime.measuring import Measuring
from services.runtime.past import Past
from services.runtime.past_keeping import PastSchemas
from services.runtime.positions import Positions
from services.runtime.projecting import Feed, Projection
from services.runtime.reacting import Reactor
from services.runtime.second_copy import SecondCopy
from services.runtime.settings import Settings
from services.runtime.vault import Vault

_logger = structlog.get_logger()
_UNANSWERED: dict[str, Any] = {"no_reply": True, "ack_policy": AckPolicy.MANUAL}
"""FastStream says nothing by itself: neither an empty reply nor an empty acknowledgement before the real answer."""


def main(service: Service) -> None:
    """Run `answer` or `follow`, as the command line says, until SIGTERM or SIGINT; or what `answer` has done apart."""
    part = sys.argv[1] if len(sys.argv) > 1 else ""
    if part == past_building.PART:
        past_building.main(service)
        return
    parts = {"answer": answer, "follow": follow}
    if part not in parts:
        raise SystemExit(f"python -m services.{service.name} answer|follow")
    settings = Settings.from_environment()
    logs.configure(settings, f"{service.name}-{part}")
    # What is loaded now stays: the collector need not look at it, nor so often at what passes through.
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)
    uvloop.run(_until_stopped(parts[part](service, settings)))


async def _until_stopped(work: Coroutine[Any, Any, None]) -> None:
    loop = asyncio.get_running_loop()
    task = loop.create_task(work)
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, task.cancel)
    with contextlib.suppress(asyncio.CancelledError):
        await task


async def _database(settings: Settings, *, rebuildable: bool) -> Pool:
    while True:
        try:
            return await open_pool(settings.database_url, rebuildable=rebuildable)
        except UNREACHABLE as error:
            _logger.warning("waiting for the database", reason=str(error))
            await asyncio.sleep(0.3)


async def _parser(message: Msg, _original: object = None) -> NatsMessage:
    """Hand the raw message through: the endpoints decode by themselves, so that every request gets an answer."""
    return NatsMessage(raw_message=message, body=message.data, message_id="-", correlation_id="-")


async def _raw(message: NatsMessage) -> Msg:
    return message.raw_message


class Answering:
    """The process that decides commands, answers queries and receives timers."""

    def __init__(self, service: Service, settings: Settings) -> None:
        self.service = service
        self.settings = settings
        self.disturbed = asyncio.Event()
        self._close_fence: Callable[[], None] = self.disturbed.set
        self.broker = NatsBroker(
            **_broker_options(settings, f"{service.name}-answer", self.disturbed, self._disconnected),
            apply_types=False,
            logger=None,
            id_generator=str,
            parser=_parser,
            decoder=_raw,
        )

    async def _disconnected(self) -> None:
        self._close_fence()

    async def run(self) -> None:
        """Open everything, subscribe last, and work until cancelled."""
        service, settings = self.service, self.settings
        pool = await _database(settings, rebuildable=False)
        await prepare(pool, (snapshot_model(service), *service.read_models), service.follower_names)
        await Vault(pool, service.name).prepare()
        client = await self.broker.connect()
        second_copy = SecondCopy()
        await second_copy.listen(client)
        self.fence = Fence(service.name, EventLog(client), pool, second_copy)
        self._close_fence = self.fence.close
        log = EventLog(client, open_to_appends=lambda: self.fence.reason is None)
        aggregates = Aggregates(service, log, pool)
        committer = Committer(service, log, aggregates)
        positions = Positions(settings.database_url, service.name)
        self.endpoints = Endpoints(service, client, committer, self.fence, pool, positions)
        pasts = PastSchemas(service.name, settings.database_url, past_building.build_apart(service))
        self.endpoints.past = Past(pasts, log)
        self.endpoints.second_copy = second_copy if settings.two_copies else None
        self.endpoints.rules = service.rules(settings.rules_folder)
        self._subscribe()
        await self.broker.start()
        _logger.info("answering", service=service.name)
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(committer.run())
                tasks.create_task(self.fence.keep_checking(self.disturbed))
                tasks.create_task(positions.run())
                tasks.create_task(pasts.run())
                tasks.create_task(self._remember(committer))
                tasks.create_task(self._forget(aggregates))
        finally:
            await self.broker.stop()
            await pool.close()

    def _subscribe(self) -> None:
        service, endpoints, broker = self.service, self.endpoints, self.broker
        described: list[tuple[str, type, Callable[[Any], Any]]] = [
            (f"command.{service.name}.{wire_name(rule.command)}", rule.command, endpoints.command_handler(rule))
            for rule in service.commands
        ] + [
            (f"query.{service.name}.{wire_name(rule.query)}", rule.query, endpoints.query_handler(rule))
            for rule in service.queries
        ]
        for subject, message, handler in described:
            handler.__annotations__["return"] = Reply
            title, description = message.__name__, message.__doc__
            broker.subscriber(subject, queue=service.name, title=title, description=description, **_UNANSWERED)(handler)
        specification = AsyncAPI(broker, title=f"Một Mối: {service.name}", version="1").to_specification().to_json()
        answers = {
            "health": lambda: to_json(self.health()),
            "metrics": lambda: metrics.page().encode(),
            "asyncapi": lambda: specification.encode(),
            "check": self._check_again,
        }
        for kind, answer in answers.items():
            broker.subscriber(f"ops.{service.name}.{kind}.answer", include_in_schema=False, **_UNANSWERED)(
                _responder(answer)
            )
        broker.subscriber(
            f"timer.{service.name}.due.>",
            stream=JStream("TIMERS", declare=False),
            durable=service.name,
            pull_sub=PullSub(batch_size=20, timeout=5),
            inbox_prefix=f"_INBOX.{self.settings.nats_user}.".encode(),
            ack_policy=AckPolicy.MANUAL,
            include_in_schema=False,
        )(self._timer)

    def health(self) -> dict[str, Any]:
        """Return whether commands and queries are taken, and if not, why."""
        reason = self.fence.reason
        return {
            "service": self.service.name,
            "part": "answer",
            "status": "starting" if reason == UNCHECKED else "fenced" if reason else "ok",
            "reason": reason,
            "highest_position": self.fence.highest_seen,
        }

    def _check_again(self) -> bytes:
        """Have the fence look at the log now: an operator has put it right, or is about to."""
        self.disturbed.set()
        return b"{}"

    async def _timer(self, message: Msg) -> None:
        """Decide the command a timer brought; acknowledge it only when it had its answer."""
        body = from_json(message.data)
        rule = next(rule for rule in self.service.commands if wire_name(rule.command) == body["command"])
        answered: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        meta = Meta.model_validate(body["meta"])
        self.endpoints.submit(rule.command.model_validate(body["data"]), meta, answered.set_result)
        outcome = await answered
        metrics.TIMERS.labels(self.service.name, outcome.outcome).inc()
        if outcome.outcome in ("failed", "conflict"):
            await message.nak(delay=2)
        else:
            await message.ack()

    async def _forget(self, aggregates: Aggregates) -> None:
        """Load everything anew once the fence has opened: the log may have been restored meanwhile."""
        while True:
            await self.fence.opened.wait()
            self.fence.opened.clear()
            aggregates.forget()

    async def _remember(self, committer: Committer) -> None:
        """Tell the fence the highest position this process was acknowledged."""
        while True:
            self.fence.highest_seen = max(self.fence.highest_seen, committer.highest_position)
            await asyncio.sleep(0.2)


def _responder(answer: Callable[[], bytes]) -> Callable[[Any], Coroutine[Any, Any, None]]:
    async def respond(message: Msg) -> None:
        await message.respond(answer())

    return respond


def _broker_options(
    settings: Settings, name: str, disturbed: asyncio.Event, disconnected: Callable[[], Coroutine[Any, Any, None]]
) -> dict[str, Any]:
    async def reconnected() -> None:
        disturbed.set()

    options = connection_options(settings, name)
    security = SASLPlaintext(options.pop("user"), options.pop("password"))
    return {**options, "security": security, "reconnected_cb": reconnected, "disconnected_cb": disconnected}


async def answer(service: Service, settings: Settings) -> None:
    """Decide commands and answer queries until cancelled."""
    await Answering(service, settings).run()


async def follow(service: Service, settings: Settings) -> None:
    """Fill the read models and the snapshots, and run the policies, until cancelled."""
    pool = await _database(settings, rebuildable=True)
    models = (snapshot_model(service), *service.read_models)
    await prepare(pool, models, service.follower_names)
    client = await connect(settings, f"{service.name}-follow")
    others: list[Follower] = [Reactor(service.name, settings, pool, client, policy) for policy in service.policies]
    others += [make(settings, pool, client) for make in service.followers.values()]
    projections = [Projection(model, model.table) for model in models]
    events = {name: kind for model in models for name, kind in model.events.items()}
    feed = Feed(service.name, settings, pool, Decoder(events, whole=service.name), projections)
    followers: list[Projection | Follower] = [*projections, *others]

    async def health(message: Msg) -> None:
        stopped = {follower.name: follower.error for follower in followers if follower.error}
        found = await checkpoints(pool)
        state = {name: found[name].position for name in (f.name for f in followers) if name in found}
        status = "stopped" if stopped else "ok"
        body = {"service": service.name, "part": "follow", "status": status, "positions": state, "stopped": stopped}
        await message.respond(to_json({**body, "at": datetime.now(UTC)}))

    measuring = Measuring(service, [follower.name for follower in followers], pool, client)

    async def measure(message: Msg) -> None:
        await measuring.measure()
        await message.respond(metrics.page().encode())

    await client.subscribe(f"ops.{service.name}.health.follow", cb=health)
    await client.subscribe(f"ops.{service.name}.metrics.follow", cb=measure)
    _logger.info("following", service=service.name)
    try:
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(feed.run())
            for follower in others:
                tasks.create_task(follower.run())
    finally:
        await client.close()
        await pool.close()
