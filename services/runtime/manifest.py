"""The words a service describes itself with: aggregates, command rules, read models, policies."""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Generic, NamedTuple, Protocol, TypeAlias, TypeVar
from uuid import UUID

from contracts.base import Actor, Command, Event, Query, Refused
from services.runtime.envelope import Fact
from services.runtime.read_model import Database, ReadModel

S = TypeVar("S")
C = TypeVar("C", bound=Command)


@dataclass(frozen=True)
class Aggregate(Generic[S]):
    """A kind of thing that decides alone: its name in subjects, its first state, and how events change it.

    `version` changes when the shape of the state does; snapshots of other versions are not read. States are frozen
    dataclasses, kept as JSON in snapshots; `snapshots` is off for an aggregate that is hardly ever loaded.
    """

    name: str
    initial: S
    evolve: Callable[[S, Event], S]
    version: int = 1
    snapshots: bool = True


class Given(NamedTuple):
    """What a decision may know besides command and states: the time, the speaker, the command's id, the rules."""

    now: datetime
    actor: Actor
    command_id: UUID
    rules: Any


@dataclass(frozen=True)
class Ref:
    """One aggregate a command is decided over; `new` when none of its messages is expected, so none is looked for."""

    aggregate: Aggregate[Any]
    id: str
    new: bool = False


class Seen(NamedTuple):
    """An aggregate as a decision sees it."""

    ref: Ref
    state: Any


Decision: TypeAlias = Sequence[tuple[Seen, Event]]
"""The events of a decision, each with the aggregate it happens to; empty when there is nothing new to say."""


@dataclass(frozen=True)
class CommandRule:
    """How a command is decided: over which aggregates, the first being its own, and by which pure function."""

    command: type[Command]
    involves: Callable[[Any, Given], Sequence[Ref]]
    decide: Callable[..., Decision]

    def refusing(self, refused: Refused) -> "CommandRule":
        """Return a rule over the same aggregates that refuses; what took effect before is answered as it was then."""

        def refuse(*_: object) -> Decision:
            raise refused

        return replace(self, decide=refuse)


def decides(
    command: type[C], aggregate: Aggregate[S], id: Callable[[C], str], decide: Callable[[C, Given, S], Iterable[Event]]
) -> CommandRule:
    """Return the rule of a command over one existing aggregate."""

    def over_one(words: C, given: Given, seen: Seen) -> Decision:
        return [(seen, event) for event in decide(words, given, seen.state)]

    return CommandRule(command, lambda words, given: (Ref(aggregate, id(words)),), over_one)


@dataclass(frozen=True)
class At:
    """A policy's wish: send this command of its own service at this time (UTC)."""

    time: datetime
    command: Command


@dataclass(frozen=True)
class Policy:
    """A reaction: from a fact of any service to commands of its own; `name` must never change.

    `events` maps CloudEvents types to classes; `react` is pure.
    """

    name: str
    events: Mapping[str, type[Event]]
    react: Callable[[Fact], Iterable[Command | At]]


@dataclass(frozen=True)
class QueryRule:
    """How a query is answered: from one or more read models, in SQL, whatever the speaker may see.

    `follows` names further followers whose tables it reads. Where `records` is given, the command it makes of query and
    speaker is decided first, and without its acceptance nothing is answered: that somebody asked is itself a fact.
    """

    query: type[Query]
    reads: tuple[ReadModel, ...]
    answer: Callable[..., Any]
    follows: tuple[str, ...] = ()
    records: Callable[[Any, Actor], Command] | None = None

    @property
    def followers(self) -> tuple[str, ...]:
        """The followers that must have come to where the speaker asks from."""
        return (*(model.table for model in self.reads), *self.follows)


class Follower(Protocol):
    """What follows the log beside read models and policies: its checkpoint's name, why it stands still, its work."""

    name: str
    error: str | None

    async def run(self) -> None:
        """Follow until cancelled."""


@dataclass(frozen=True)
class Service:
    """A business service: its name and its table of contents."""

    name: str
    aggregates: tuple[Aggregate[Any], ...]
    events: tuple[type[Event], ...]
    commands: tuple[CommandRule, ...]
    queries: tuple[QueryRule, ...]
    policies: tuple[Policy, ...]
    rules: Callable[..., Any]
    followers: Mapping[str, Callable[..., Follower]] = field(default_factory=dict)
    """Further followers by the name of their checkpoint, each made of settings, pool and NATS client."""
    measure: Callable[[Database], Awaitable[None]] | None = None
    """Sets the gauges of the service's own tables, before each time it is asked for its metrics."""

    @property
    def follower_names(self) -> tuple[str, ...]:
        """The checkpoints of policies and further followers."""
        return (*(f"policy.{policy.name}" for policy in self.policies), *self.followers)

    @property
    def read_models(self) -> tuple[ReadModel, ...]:
        """The read models that the queries read, each once."""
        return tuple({model.name: model for rule in self.queries for model in rule.reads}.values())
