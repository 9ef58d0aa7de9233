"""Committing: commands that wait together are decided one after another and committed together."""

import asyncio
import contextlib
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import structlog

from contracts.base import Command, Conflict, Failed, Meta, Refused
from services.runtime import metrics
from services.runtime.aggregates import Aggregates
from services.runtime.bus import BrokerError
from services.runtime.deciding import Draft, Outcome, Waiting, accepted_before
from services.runtime.log import EventLog, LogUnavailable, SequenceConflict
from services.runtime.manifest import CommandRule, Given, Service
from services.runtime.problems import KEEPS_COLLIDING, LOG_UNAVAILABLE, problem

_logger = structlog.get_logger()
_GROUP = 250
_FEW = 12
_ATTEMPTS = 8
_PATIENCE_S = 15.0
_LINGER_S = 0.002
"""The longest a group waits for those just answered to speak again; and never longer than a third of an append."""


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
        self._expected = 1
        self._enough = asyncio.Event()
        self._linger_s = 0.0
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
            self._enqueue(waiting)
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
        except LogUnavailable:
            waiting.answer(problem(Failed, LOG_UNAVAILABLE))
        except Exception:
            _logger.exception("aggregate could not be loaded", **waiting.trace)
            waiting.answer(waiting.fault())
        else:
            self._enqueue(waiting)

    def _enqueue(self, waiting: Waiting) -> None:
        self._queue.put_nowait(waiting)
        if self._queue.qsize() >= self._expected:
            self._enough.set()

    def _rehearsed(self, waiting: Waiting) -> Outcome:
        """Return what the answer would be now, with nothing recorded."""
        draft = Draft(self._service.name, self._aggregates)
        draft.decide([waiting])
        return draft.outcome(draft.decided[0], {}) if draft.decided else waiting.fault()

    async def run(self) -> None:
        """Decide and commit until cancelled."""
        while True:
            group = await self._next_group()
            try:
                await self._commit(group)
            except Exception:
                _logger.exception("group could not be committed")
                self._aggregates.forget()
                for waiting in group:
                    if waiting not in self._deferred:
                        waiting.answer(waiting.fault())
            self._expected = min(len(group) + self._queue.qsize(), _GROUP)

    async def _next_group(self) -> list[Waiting]:
        """Return what waits, giving those the last group answered a moment to speak again.

        Without it, clients that wait for their answers fall into two groups that commit in turn, each at half size.
        """
        group = self._deferred or [await self._queue.get()]
        self._deferred = []
        if len(group) + self._queue.qsize() < self._expected:
            self._expected -= len(group)
            self._enough.clear()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(self._linger_s):
                    await self._enough.wait()
        while len(group) < _GROUP and not self._queue.empty():
            group.append(self._queue.get_nowait())
        return group

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
                draft = Draft(self._service.name, self._aggregates)
                self._deferred += draft.decide(await self._repeated(group))
                group = [decided.waiting for decided in draft.decided]
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
            waiting.answer(accepted_before(sequence, facts))
        return fresh

    async def _confirmed(self, draft: Draft) -> bool:
        """Check with the log what no append guards; return False when memory was behind."""
        unguarded = draft.unguarded
        return not unguarded or not await self._aggregates.refresh(unguarded)

    async def _append(self, draft: Draft) -> Exception | None:
        """Append the draft, answer what was kept, leave the rest in `draft.decided`; return why there is a rest."""
        writes = draft.writes()
        one_by_one = draft.divisible and 1 < len(writes) < _FEW
        parts = [[write] for write in writes] if one_by_one else [writes] if writes else []
        started = time.perf_counter()
        results = await asyncio.gather(*(self._log.append(part) for part in parts), return_exceptions=True)
        took_s = time.perf_counter() - started
        metrics.APPEND_SECONDS.labels(self._service.name).observe(took_s)
        self._linger_s = min(_LINGER_S, took_s / 3)
        kept: dict[str, int] = {}
        failure: Exception | None = None
        for part, result in zip(parts, results, strict=True):
            if isinstance(result, list):
                kept.update(zip((write.subject for write in part), result, strict=True))
            elif isinstance(result, (SequenceConflict, LogUnavailable, BrokerError)):
                failure = result if failure is None or isinstance(failure, SequenceConflict) else failure
            else:
                raise result
        count = draft.kept(kept, partial=failure is not None)
        metrics.EVENTS.labels(self._service.name).inc(count)
        self.highest_position = max([self.highest_position, *kept.values()])
        return failure

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
                await self._log.answers()
                await self._aggregates.refresh([ref for waiting in group for ref in waiting.refs])
                return
            except LogUnavailable:
                await asyncio.sleep(0.2)
