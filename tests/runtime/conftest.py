"""A toy service on real servers: jars that beads are dropped into and moved between, to test the runtime by itself."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from types import SimpleNamespace
from typing import Any, ClassVar
from uuid import UUID, uuid4

import pytest
import pytest_asyncio
from asyncpg import Pool
from nats.aio.client import Client

from contracts.base import Actor, Command, Event, ListQuery, Meta, Refusal, Refused, Role
from deploy.stack import Stack
from services.runtime.aggregates import Aggregates, snapshot_model
from services.runtime.bus import connect as connect_to_bus
from services.runtime.committing import Committer
from services.runtime.database import open_pool, prepare
from services.runtime.envelope import Decoder, event_types
from services.runtime.log import EventLog
from services.runtime.manifest import Aggregate, CommandRule, Given, Ref, Seen, Service, decides
from services.runtime.positions import Positions
from services.runtime.projecting import Feed, Projection
from services.runtime.read_model import ReadModel
from services.runtime.settings import Settings

EMPTY = Refusal("jar-empty", "Lọ {jar} không đủ hạt.", "Jar {jar} has not enough beads.")


class Drop(Command):
    """Drop beads into a jar."""

    allowed: ClassVar[frozenset[Role]] = frozenset({"clerk"})
    jar: str
    count: int


class Move(Command):
    """Move beads from one jar to another."""

    allowed: ClassVar[frozenset[Role]] = frozenset({"clerk"})
    source: str
    target: str
    count: int


class Dropped(Event):
    """Beads were dropped."""

    count: int


class Taken(Event):
    """Beads were taken."""

    count: int


class ListJars(ListQuery):
    """The jars."""


@dataclass(frozen=True)
class Jar:
    """A jar's beads."""

    beads: int = 0


def _evolve(jar: Jar, event: Event) -> Jar:
    change = event.count if isinstance(event, Dropped) else -event.count  # type: ignore[attr-defined]
    return replace(jar, beads=jar.beads + change)


JAR = Aggregate("jar", Jar(), _evolve)


def _drop(words: Drop, given: Given, jar: Jar) -> list[Event]:
    return [Dropped(count=words.count)] if words.count else []


def _move(words: Move, given: Given, source: Seen, target: Seen) -> list[tuple[Seen, Event]]:
    if source.state.beads < words.count:
        raise Refused(EMPTY, jar=words.source)
    return [(source, Taken(count=words.count)), (target, Dropped(count=words.count))]


TOY = Service(
    name="documents",
    aggregates=(JAR,),
    events=(Dropped, Taken),
    commands=(
        decides(Drop, JAR, lambda words: words.jar, _drop),
        CommandRule(Move, lambda words, given: (Ref(JAR, words.source), Ref(JAR, words.target)), _move),
    ),
    queries=(),
    policies=(),
    rules=lambda folder: None,
)

BEADS = ReadModel(
    name="beads",
    version=1,
    key_column="jar",
    columns={"beads": "integer NOT NULL", "changes": "integer NOT NULL"},
    indexes=("(beads, jar)",),
    events=event_types("documents", (Dropped, Taken)),
    key=lambda fact: fact.id,
    project=lambda row, fact: {
        "beads": _evolve(Jar(row["beads"] if row else 0), fact.event).beads,
        "changes": (row["changes"] if row else 0) + 1,
    },
)
ACTOR = Actor(id="user:lan", name="Lan", roles=("clerk",))


@asynccontextmanager
async def following(office: Stack, pool: Pool, *models: ReadModel) -> AsyncIterator[Positions]:
    """A feed of read models and the positions it reports, until the block ends."""
    settings = settings_of(office)
    events = {name: kind for model in models for name, kind in model.events.items()}
    feed = Feed("documents", settings, pool, Decoder(events), [Projection(model, model.table) for model in models])
    positions = Positions(settings.database_url, "documents")
    tasks = [asyncio.create_task(feed.run()), asyncio.create_task(positions.run())]
    try:
        yield positions
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def rows(pool: Pool, table: str) -> list[tuple[Any, ...]]:
    """The rows of a table, in the order of its first column."""
    return [tuple(row) for row in await pool.fetch(f"SELECT * FROM {table} ORDER BY 1")]


async def drop(desk: Any, count: int, jars: int = 7) -> int:
    """Drop beads into so many new jars, all at once, and return the last position."""
    names = [f"jar{uuid4().hex}" for _ in range(jars)]
    answers = await asyncio.gather(*(desk.say(Drop(jar=names[n % jars], count=1)) for n in range(count)))
    return max(answer.position for answer in answers)


def settings_of(stack: Stack) -> Settings:
    """The settings of the service `documents` on these servers."""
    return Settings.from_environment(
        {
            "MOTMOI_NATS_URL": stack.nats_url,
            "MOTMOI_NATS_USER": "documents",
            "MOTMOI_NATS_PASSWORD": stack.credentials.nats["documents"],
            "MOTMOI_DATABASE_URL": stack.database_url("documents"),
        }
    )


@dataclass
class Desk:
    """One process's worth of deciding: a committer with a memory of its own."""

    committer: Committer
    aggregates: Aggregates
    log: EventLog

    async def say(self, command: Command, id: UUID | None = None, *, rehearsal: bool = False) -> Any:
        """Decide a command and return its answer."""
        answer: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        meta = Meta(command_id=id or uuid4(), actor=ACTOR, correlation_id="test", rehearsal=rehearsal)
        rule = next(rule for rule in TOY.commands if rule.command is type(command))
        self.committer.submit(rule, command, meta, None, answer.set_result)
        return await answer


@pytest.fixture(scope="session")
def toy() -> SimpleNamespace:
    """The toy's words, for tests to use."""
    return SimpleNamespace(
        Drop=Drop,
        Move=Move,
        Dropped=Dropped,
        Taken=Taken,
        Jar=Jar,
        JAR=JAR,
        TOY=TOY,
        BEADS=BEADS,
        settings_of=settings_of,
        following=following,
        rows=rows,
        drop=drop,
    )


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def pool(office: Stack) -> AsyncIterator[Pool]:
    """The service's pool, with the toy's tables."""
    opened = await open_pool(office.database_url("documents"))
    await prepare(opened, (snapshot_model(TOY), BEADS))
    yield opened
    await opened.close()


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def client(office: Stack) -> AsyncIterator[Client]:
    """The service's connection."""
    connected = await connect_to_bus(settings_of(office), "test")
    yield connected
    await connected.close()


@pytest_asyncio.fixture(loop_scope="session")
async def open_desk(client: Client, pool: Pool) -> AsyncIterator[Callable[[], Desk]]:
    """Opens desks: each is what one process would hold, and remembers only what it did itself."""
    running: list[asyncio.Task[None]] = []

    def opened() -> Desk:
        log = EventLog(client)
        aggregates = Aggregates(TOY, log, pool)
        committer = Committer(TOY, log, aggregates)
        running.append(asyncio.create_task(committer.run()))
        return Desk(committer, aggregates, log)

    yield opened
    for task in running:
        task.cancel()
    await asyncio.gather(*running, return_exceptions=True)
