"""The words a service describes itself with: aggregates, command rules, read models, policies."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, NamedTuple, TypeAlias, TypeVar
from uuid import UUID

from contracts.base import Actor, Command, Event, Query
from services.runtime.envelope import Fact
from services.runtime.read_model import ReadModel

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
    """How a query is answered: from one or more read models, in SQL, whatever the speaker may see."""

    query: type[Query]
    reads: tuple[ReadModel, ...]
    answer: Callable[..., Any]


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

    @property
    def read_models(self) -> tuple[ReadModel, ...]:
        """The read models that the queries read, each once."""
        return tuple({model.name: model for rule in self.queries for model in rule.reads}.values())
