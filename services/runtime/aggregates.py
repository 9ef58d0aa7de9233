"""Folded aggregates: kept in memory and in snapshot rows, brought up to date from the log's tail."""

import dataclasses
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import structlog
from asyncpg import Pool
from pydantic import TypeAdapter
from pydantic_core import from_json, to_json

from contracts.base import Event
from services.runtime.database import UNREACHABLE
from services.runtime.envelope import Decoder, Fact, event_types
from services.runtime.log import EventLog
from services.runtime.manifest import Aggregate, Ref, Service
from services.runtime.read_model import ReadModel, RowValues

_logger = structlog.get_logger()
_RECENT = 500


@dataclasses.dataclass(frozen=True, slots=True)
class Folded:
    """An aggregate's state after the message at `sequence`; and where each of its own commands took effect."""

    state: Any
    sequence: int = 0
    commands: Mapping[str, int] = dataclasses.field(default_factory=dict)

    def after(self, aggregate: Aggregate[Any], sequence: int, events: Iterable[tuple[str, Event]]) -> "Folded":
        """Return the fold after one more message, given its event ids and events."""
        state, commands = self.state, self.commands
        for event_id, event in events:
            state = aggregate.evolve(state, event)
            command_id, place = event_id.rsplit(":", 1)
            if place == "0":
                commands = {**commands, command_id: sequence}
        return Folded(state, sequence, commands)


class Aggregates:
    """The folded aggregates of one service, the least recently used forgotten first."""

    def __init__(self, service: Service, log: EventLog, database: Pool, capacity: int = 20_000) -> None:
        """Read snapshots through the pool's role, tails through the log."""
        self._service = service
        self._log = log
        self._database = database
        self._capacity = capacity
        self._decoder = Decoder(event_types(service.name, service.events), whole=service.name)
        self._cache: OrderedDict[str, Folded] = OrderedDict()
        self._states = {aggregate.name: TypeAdapter(type(aggregate.initial)) for aggregate in service.aggregates}

    def subject(self, ref: Ref) -> str:
        """Return the subject of an aggregate's messages."""
        return f"event.{self._service.name}.{ref.aggregate.name}.{ref.id}"

    def known(self, ref: Ref) -> Folded | None:
        """Return what memory holds; an aggregate expected to be new is assumed to be so."""
        subject = self.subject(ref)
        folded = self._cache.get(subject)
        if folded is not None:
            self._cache.move_to_end(subject)
        elif ref.new:
            return Folded(ref.aggregate.initial)
        return folded

    def keep(self, ref: Ref, folded: Folded) -> None:
        """Remember a fold that the log has."""
        self._cache[self.subject(ref)] = folded
        while len(self._cache) > self._capacity:
            self._cache.popitem(last=False)

    async def load(self, refs: Sequence[Ref]) -> None:
        """Bring aggregates that memory does not hold from their snapshots and tails; raise LogUnavailable."""
        missing = {self.subject(ref): ref for ref in refs if self.known(ref) is None}
        if not missing:
            return
        snapshots = await self._snapshots(list(missing))
        latest = await self._log.latest(list(missing))
        for subject, ref in missing.items():
            folded = snapshots.get(subject, Folded(ref.aggregate.initial))
            last = latest.get(subject, 0)
            self.keep(ref, folded if last <= folded.sequence else await self._with_tail(ref, folded, last))

    async def refresh(self, refs: Sequence[Ref]) -> bool:
        """Ask the log for anything newer about these aggregates; return whether there was; raise LogUnavailable.

        Nothing acknowledged before the question is missing afterwards, however far behind a replica is.
        """
        by_subject = {self.subject(ref): ref for ref in refs}
        last = await self._log.last_sequences(list(by_subject))
        stale = [ref for subject, ref in by_subject.items() if last.get(subject, 0) > self._sequence(ref)]
        for ref in stale:
            folded = self._cache.get(self.subject(ref))
            if folded is None:
                snapshot = (await self._snapshots([self.subject(ref)])).get(self.subject(ref))
                folded = snapshot or Folded(ref.aggregate.initial)
            self.keep(ref, await self._with_tail(ref, folded, last[self.subject(ref)]))
        return bool(stale)

    def forget(self) -> None:
        """Forget everything; the next decision loads again."""
        self._cache.clear()

    async def facts(self, sequence: int) -> list[Fact]:
        """Return the facts of the message at a sequence, none where there is no such message; raise LogUnavailable."""
        found = await self._log.message(sequence)
        return self._decoder.facts(found[0], sequence, found[1]) if found else []

    def _sequence(self, ref: Ref) -> int:
        folded = self._cache.get(self.subject(ref))
        return folded.sequence if folded else 0

    async def _with_tail(self, ref: Ref, folded: Folded, until: int = 0) -> Folded:
        subject = self.subject(ref)
        for stored in await self._log.tail(subject, folded.sequence, until):
            facts = self._decoder.facts(subject, stored.sequence, stored.payload)
            folded = folded.after(ref.aggregate, stored.sequence, ((fact.event_id, fact.event) for fact in facts))
        return folded

    async def _snapshots(self, subjects: list[str]) -> dict[str, Folded]:
        try:
            rows = await self._database.fetch(
                f'SELECT subject, sequence, state, commands FROM "{snapshot_table(self._service)}" '
                "WHERE subject = ANY($1::text[])",
                subjects,
            )
        except UNREACHABLE as error:
            _logger.warning("no snapshots: loading from the log alone", reason=str(error), aggregates=len(subjects))
            return {}
        return {
            subject: Folded(self._states[subject.split(".")[2]].validate_json(state), sequence, from_json(commands))
            for subject, sequence, state, commands in rows
        }


def snapshot_table(service: Service) -> str:
    """Return the snapshots' table; its version is the sum of the aggregates', which grows whenever one of them does."""
    return f"snapshots_v{sum(aggregate.version for aggregate in service.aggregates)}"


def snapshot_model(service: Service) -> ReadModel:
    """Return the read model that keeps every aggregate of the service folded, for loading without its whole history."""
    aggregates = {aggregate.name: aggregate for aggregate in service.aggregates}
    states = {name: TypeAdapter(type(aggregate.initial)) for name, aggregate in aggregates.items()}
    # The text each state was last written as, with the state: reading it costs thrice as much as writing it.
    recent: OrderedDict[tuple[str, str], tuple[str, Any]] = OrderedDict()

    def before(row: RowValues | None, fact: Fact) -> Any:
        if row is None:
            return aggregates[fact.aggregate].initial
        text, state = recent.get((fact.aggregate, fact.id), (None, None))
        return state if text == row["state"] else states[fact.aggregate].validate_json(row["state"])

    def project(row: RowValues | None, fact: Fact) -> RowValues:
        commands = row["commands"] if row else "{}"
        command_id, place = fact.event_id.rsplit(":", 1)
        if place == "0":
            commands = to_json({**from_json(commands), command_id: fact.sequence}).decode()
        state = aggregates[fact.aggregate].evolve(before(row, fact), fact.event)
        text = to_json(state).decode()
        recent[fact.aggregate, fact.id] = text, state
        recent.move_to_end((fact.aggregate, fact.id))
        if len(recent) > _RECENT:
            recent.popitem(last=False)
        return {"sequence": fact.sequence, "state": text, "commands": commands}

    return ReadModel(
        name="snapshots",
        version=sum(aggregate.version for aggregate in service.aggregates),
        key_column="subject",
        columns={"sequence": "bigint", "state": "text", "commands": "text"},
        indexes=(),
        events=event_types(service.name, service.events),
        key=lambda fact: (
            f"event.{service.name}.{fact.aggregate}.{fact.id}" if aggregates[fact.aggregate].snapshots else None
        ),
        project=project,
        whole=service.name,
    )
