"""Decisions written straight into the log, in batches and in the shape a service itself writes them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from contracts.base import Actor, Event, Meta
from services.runtime.envelope import encode, to_bytes
from services.runtime.log import EventLog, Write

GROUP = 250
_ACTOR = Actor(id="user:lan", name="Nguyễn Thị Lan", roles=("clerk",))


@dataclass
class Group:
    """The events of some decisions, by subject."""

    service: str
    envelopes: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    now: datetime = field(default_factory=lambda: datetime.now(UTC))

    def add(self, aggregate: str, id: str, meta: Meta, events: Sequence[Event], place: int = 0) -> None:
        """Add what a decision has happen to an aggregate; its first event is the decision's `place`th."""
        encoded = encode(self.service, aggregate, id, enumerate(events, place), meta, self.now)
        self.envelopes.setdefault(f"event.{self.service}.{aggregate}.{id}", []).extend(encoded)


@dataclass
class Writer:
    """Appends groups, each aggregate under its own expectation, as group commit would; `home` aggregates come last."""

    log: EventLog
    service: str
    home: str
    last: dict[str, int] = field(default_factory=dict)
    events: int = 0

    def group(self) -> Group:
        """Return a group to fill."""
        return Group(self.service)

    async def append(self, group: Group) -> None:
        """Append all of a group in one batch."""
        order = sorted(group.envelopes, key=lambda subject: subject.startswith(f"event.{self.service}.{self.home}."))
        writes = [Write(subject, self.last.get(subject, 0), to_bytes(group.envelopes[subject])) for subject in order]
        sequences = await self.log.append(writes)
        self.last.update(zip(order, sequences, strict=True))
        self.events += sum(map(len, group.envelopes.values()))


def meta() -> Meta:
    """Return what goes with a decision that nobody else made."""
    return Meta(command_id=uuid4(), actor=_ACTOR, correlation_id="bench-history")
