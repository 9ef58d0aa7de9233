"""Deciding and committing: commands that wait together are decided one after another and committed together."""

import asyncio
import dataclasses
import time
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

import structlog

from contracts.base import (
    Accepted,
    Command,
    Conflict,
    Event,
    Failed,
    Invalid,
    Meta,
    Notice,
    Recorded,
    Refused,
    Rejected,
)
from services.runtime import metrics
from services.runtime.aggregates import Aggregates, Folded
from services.runtime.bus import BrokerError
from services.runtime.envelope import Fact, encode, to_bytes
from services.runtime.log import EventLog, LogUnavailable, SequenceConflict, Write
from services.runtime.manifest import CommandRule, Given, Ref, Seen, Service
from services.runtime.problems import KEEPS_COLLIDING, LOG_UNAVAILABLE, SERVICE_FAULT, problem

_logger = structlog.get_logger()
_GROUP = 250
_MESSAGES = 900
_FEW = 12
_ATTEMPTS = 8
_PATIENCE_S = 15.0

Outcome = Accepted | Rejected | Invalid | Conflict | Failed


@dataclasses.dataclass(slots=True, eq=False)
class Waiting:
    """A command on its way: what was said, over which aggregates, where its answer goes, its id in the log."""

    rule: CommandRule
    command: Command
    meta: Meta
    given: Given
    refs: Sequence[Ref]
    reply: Callable[[Outcome], None]
    id: str
    since: float = dataclasses.field(default_factory=time.monotonic)
    answered: bool = False

    def answer(self, outcome: Outcome) -> None:
        """Answer once; what comes later is not said."""
        if not self.answered:
            self.answered = True
            self.reply(outcome)


class _Decided(NamedTuple):
    """A command's outcome if the group commits; `home` is the subject its answer's position comes from."""

    waiting: Waiting
    refusal: Rejected | Invalid | Failed | None
    home: str
    events: list[tuple[int, Event]]


class _Draft:
    """The messages of a group in the making: the states after its decisions, and the events of each aggregate."""

    def __init__(self, aggregates: Aggregates) -> None:
        self.aggregates = aggregates
        self.states: dict[str, Any] = {}
        self.base: dict[str, Folded] = {}
        self.refs: dict[str, Ref] = {}
        self.envelopes: dict[str, list[dict[str, Any]]] = {}
        self.own: dict[str, list[str]] = {}
        self.homes: set[str] = set()
        self.guests: set[str] = set()
        self.commands: set[str] = set()
        self.decided: list[_Decided] = []

    def see(self, ref: Ref) -> Seen:
        subject = self.aggregates.subject(ref)
        if subject not in self.states:
            folded = self.aggregates.known(ref)
            if folded is None:
                raise _NotLoaded
            self.base[subject], self.states[subject], self.refs[subject] = folded, folded.state, ref
        return Seen(ref, self.states[subject])

    def order(self) -> list[str]:
        """Subjects that are nobody's own come first, so that a command's position covers all its events."""
        return sorted(self.envelopes, key=lambda subject: subject in self.homes)


class _NotLoaded(Exception):
    pass


class Committer:
    """Takes commands one by one and answers each exactly once; one task, so decisions of a process never race."""

    def __init__(self, service: Service, log: EventLog, aggregates: Aggregates) -> None:
        """Decide for one service on one log."""
        self._service = service
        self._log = log
        self._aggregates = aggregates
        self._queue: asyncio.Queue[Waiting] = asyncio.Queue()
        self._deferred: list[Waiting] = []
        self._loading: set[asyncio.Task[None]] = set()
        self.highest_position = 0

    def submit(
        self, rule: CommandRule, command: Command, meta: Meta, rules: Any, reply: Callable[[Outcome], None]
    ) -> None:
        """Accept a command for decision; `reply` is called once, from this process's event loop."""
        given = Given(datetime.now(UTC), meta.actor, meta.command_id, rules)
        try:
            refs = rule.involves(command, given)
        except Refused as refused:
            reply(refused.reply())
            return
        waiting = Waiting(rule, command, meta, given, refs, reply, str(meta.command_id))
        if not meta.rehearsal and all(self._aggregates.known(ref) is not None for ref in refs):
            self._queue.put_nowait(waiting)
        else:
            task = asyncio.get_running_loop().create_task(self._load_then_queue(waiting))
            self._loading.add(task)
            task.add_done_callback(self._loading.discard)

    async def _load_then_queue(self, waiting: Waiting) -> None:
        try:
            await self._aggregates.load(waiting.refs)
            if waiting.meta.rehearsal:
                await self._aggregates.refresh(waiting.refs)
                waiting.answer(self._rehearsed(waiting))
                return
        except (LogUnavailable, OSError):
            waiting.answer(problem(Failed, LOG_UNAVAILABLE))
        except Exception:
            _logger.exception("aggregate could not be loaded", command_id=waiting.id)
            waiting.answer(problem(Failed, SERVICE_FAULT))
        else:
            self._queue.put_nowait(waiting)

    def _rehearsed(self, waiting: Waiting) -> Outcome:
        """Return what the answer would be now, with nothing recorded."""
        draft = _Draft(self._aggregates)
        decided = self._decide_one(draft, waiting, [self._aggregates.subject(ref) for ref in waiting.refs])
        return decided.refusal or self._accepted_now(draft, decided, {})

    async def run(self) -> None:
        """Decide and commit until cancelled."""
        while True:
            group = self._deferred or [await self._queue.get()]
            self._deferred = []
            while len(group) < _GROUP and not self._queue.empty():
                group.append(self._queue.get_nowait())
            try:
                await self._commit(group)
            except Exception:
                _logger.exception("group could not be committed")
                self._aggregates.forget()
                for waiting in group:
                    if waiting not in self._deferred:
                        waiting.answer(problem(Failed, SERVICE_FAULT))

    async def _commit(self, group: list[Waiting]) -> None:
        """Answer or defer every command of the group."""
        metrics.GROUP_SIZE.labels(self._service.name).observe(len(group))
        failure: Exception | None = None
        for attempt in range(_ATTEMPTS):
            if attempt >= _ATTEMPTS // 2 and len(group) > 1:
                self._deferred = group[1:] + self._deferred
                group = group[:1]
            try:
                await self._aggregates.load([ref for waiting in group for ref in waiting.refs])
                draft = self._decide(await self._repeated(group))
                confirmed = await self._confirmed(draft)
                failure = await self._append(draft) if confirmed else SequenceConflict()
                group = [decided.waiting for decided in draft.decided]
                if failure is None:
                    return
                if isinstance(failure, SequenceConflict):
                    metrics.CONFLICTS.labels(self._service.name).inc()
                    await self._aggregates.refresh([ref for waiting in group for ref in waiting.refs])
                else:
                    await self._recover(group, failure)
            except LogUnavailable as unavailable:
                failure = unavailable
                await self._recover(group, unavailable)
            group = [waiting for waiting in group if not waiting.answered]
            if not group:
                return
            if attempt > 1:
                await asyncio.sleep(0.005 * attempt)
        colliding = isinstance(failure, SequenceConflict)
        for waiting in group:
            waiting.answer(problem(Conflict, KEEPS_COLLIDING) if colliding else problem(Failed, LOG_UNAVAILABLE))

    async def _repeated(self, group: list[Waiting]) -> list[Waiting]:
        """Answer the commands that already took effect as they were answered then; return the others."""
        fresh = []
        for waiting in group:
            home = self._aggregates.known(waiting.refs[0])
            sequence = home.commands.get(waiting.id) if home else None
            if sequence is None:
                fresh.append(waiting)
                continue
            facts = [fact for fact in await self._aggregates.facts(sequence) if fact.command_id == waiting.id]
            waiting.answer(_accepted(sequence, facts))
        return fresh

    def _decide(self, group: list[Waiting]) -> _Draft:
        draft = _Draft(self._aggregates)
        for place, waiting in enumerate(group):
            subjects = [self._aggregates.subject(ref) for ref in waiting.refs]
            crossed = subjects[0] in draft.guests or any(subject in draft.homes for subject in subjects[1:])
            if crossed or waiting.id in draft.commands or len(draft.envelopes) + len(subjects) > _MESSAGES:
                self._deferred.append(waiting)
                continue
            try:
                draft.decided.append(self._decide_one(draft, waiting, subjects))
            except _NotLoaded:
                self._deferred.extend(group[place:])
                break
        return draft

    def _decide_one(self, draft: _Draft, waiting: Waiting, subjects: list[str]) -> _Decided:
        draft.commands.add(waiting.id)
        seen = [draft.see(ref) for ref in waiting.refs]
        try:
            decision = waiting.rule.decide(waiting.command, waiting.given, *seen)
        except Refused as refused:
            return _Decided(waiting, refused.reply(), subjects[0], [])
        except Exception:
            _logger.exception("decision failed", command=type(waiting.command).__name__, command_id=waiting.id)
            return _Decided(waiting, problem(Failed, SERVICE_FAULT), subjects[0], [])
        by_subject: dict[str, list[tuple[int, Event]]] = {}
        for place, (target, event) in enumerate(decision):
            by_subject.setdefault(self._aggregates.subject(target.ref), []).append((place, event))
        for subject, placed in by_subject.items():
            ref = draft.refs[subject]
            envelopes = encode(self._service.name, ref.aggregate.name, ref.id, placed, waiting.meta, waiting.given.now)
            draft.envelopes.setdefault(subject, []).extend(envelopes)
            for _, event in placed:
                draft.states[subject] = ref.aggregate.evolve(draft.states[subject], event)
        if decision:
            draft.own.setdefault(subjects[0], []).append(waiting.id)
            draft.homes.add(subjects[0])
            draft.guests.update(subjects[1:])
        return _Decided(waiting, None, subjects[0], by_subject.get(subjects[0], []))

    async def _confirmed(self, draft: _Draft) -> bool:
        """Check with the log what was refused or found unchanged: no append guards those decisions."""
        unguarded = [decided.waiting for decided in draft.decided if decided.refusal or not decided.events]
        if not unguarded:
            return True
        return not await self._aggregates.refresh([ref for waiting in unguarded for ref in waiting.refs])

    async def _append(self, draft: _Draft) -> Exception | None:
        """Append the draft, answer what was kept, leave the rest in `draft.decided`; return why there is a rest."""
        order = draft.order()
        writes = [Write(subject, draft.base[subject].sequence, to_bytes(draft.envelopes[subject])) for subject in order]
        started = time.perf_counter()
        one_by_one = 1 < len(writes) < _FEW and len(writes) == len(draft.homes) and not draft.guests
        parts = [[write] for write in writes] if one_by_one else [writes] if writes else []
        results = await asyncio.gather(*(self._log.append(part) for part in parts), return_exceptions=True)
        metrics.APPEND_SECONDS.labels(self._service.name).observe(time.perf_counter() - started)
        kept: dict[str, int] = {}
        failure: Exception | None = None
        for part, result in zip(parts, results, strict=True):
            if isinstance(result, list):
                kept.update(zip((write.subject for write in part), result, strict=True))
            elif isinstance(result, (SequenceConflict, LogUnavailable, BrokerError)):
                failure = result if failure is None or isinstance(failure, SequenceConflict) else failure
            else:
                raise result
        self._answer(draft, kept, partial=failure is not None)
        return failure

    def _answer(self, draft: _Draft, kept: dict[str, int], *, partial: bool) -> None:
        """Keep what the log kept in memory and answer its commands; the others stay in `draft.decided`."""
        for subject, sequence in kept.items():
            base, own = draft.base[subject], draft.own.get(subject)
            commands = {**base.commands, **dict.fromkeys(own, sequence)} if own else base.commands
            self._aggregates.keep(draft.refs[subject], Folded(draft.states[subject], sequence, commands))
            self.highest_position = max(self.highest_position, sequence)
            metrics.EVENTS.labels(self._service.name).inc(len(draft.envelopes[subject]))
        remaining = []
        for decided in draft.decided:
            if (decided.events and decided.home not in kept) or (partial and not decided.events):
                remaining.append(decided)
            else:
                decided.waiting.answer(decided.refusal or self._accepted_now(draft, decided, kept))
        draft.decided = remaining

    def _accepted_now(self, draft: _Draft, decided: _Decided, kept: dict[str, int]) -> Accepted:
        sequence = kept.get(decided.home, draft.base[decided.home].sequence)
        ref = draft.refs[decided.home]
        recorded = tuple(
            Recorded(
                id=f"{decided.waiting.id}:{place}",
                type=f"{self._service.name}.{type(event).__name__}",
                subject=f"{ref.aggregate.name}/{ref.id}",
                data=event,
            )
            for place, event in decided.events
        )
        return Accepted(position=sequence, recorded=recorded, notices=_notices(event for _, event in decided.events))

    async def _recover(self, group: list[Waiting], failure: Exception) -> None:
        """Wait for the log to answer again, and ask it what it kept; give up on commands that waited too long."""
        _logger.warning("log unavailable", reason=str(failure), waiting=len(group))
        while True:
            for waiting in group:
                if time.monotonic() - waiting.since > _PATIENCE_S:
                    waiting.answer(problem(Failed, LOG_UNAVAILABLE))
            group = [waiting for waiting in group if not waiting.answered]
            if not group:
                return
            try:
                await self._log.head()
                await self._aggregates.refresh([ref for waiting in group for ref in waiting.refs])
                return
            except LogUnavailable:
                await asyncio.sleep(0.2)


def _accepted(sequence: int, facts: Sequence[Fact]) -> Accepted:
    """Return the answer that was given when these facts were recorded."""
    recorded = tuple(
        Recorded(id=fact.event_id, type=fact.type, subject=f"{fact.aggregate}/{fact.id}", data=fact.event)
        for fact in facts
    )
    return Accepted(position=sequence, recorded=recorded, notices=_notices(fact.event for fact in facts))


def _notices(events: Iterable[Event]) -> tuple[Notice, ...]:
    return tuple(notice for event in events for notice in event.notices())
