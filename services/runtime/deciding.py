"""Deciding a group of commands, one after another on what the ones before them decided, into one draft of messages."""

import dataclasses
import time
from collections.abc import Callable, Iterable, Sequence
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
from services.runtime.aggregates import Aggregates, Folded
from services.runtime.envelope import Fact, encode, to_bytes
from services.runtime.log import Write
from services.runtime.manifest import CommandRule, Decision, Given, Ref, Seen
from services.runtime.problems import SERVICE_FAULT, problem

_logger = structlog.get_logger()
_MESSAGES = 900

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
            _logger.debug("command answered", outcome=outcome.outcome, **self.trace)

    @property
    def trace(self) -> dict[str, str]:
        """What a log line about this command carries."""
        return {
            "command": type(self.command).__name__,
            "command_id": self.id,
            "correlation_id": self.meta.correlation_id,
            "actor": self.meta.actor.id,
        }

    def fault(self) -> Failed:
        """Return the answer to a command the service itself failed at."""
        return problem(Failed, SERVICE_FAULT, correlation_id=self.meta.correlation_id)


class Decided(NamedTuple):
    """A command's outcome if the draft is kept: a refusal, or events on its own aggregate, `home`."""

    waiting: Waiting
    refusal: Rejected | Invalid | Failed | None
    home: str
    events: list[tuple[int, Event]]


class NotLoaded(Exception):
    """Memory has meanwhile forgotten an aggregate that a command needs."""


class Draft:
    """The messages of a group in the making: each aggregate's state after the decisions so far, and its new events."""

    def __init__(self, service: str, aggregates: Aggregates) -> None:
        """Start from what memory holds."""
        self._service = service
        self._aggregates = aggregates
        self._states: dict[str, Any] = {}
        self._base: dict[str, Folded] = {}
        self._refs: dict[str, Ref] = {}
        self._envelopes: dict[str, list[dict[str, Any]]] = {}
        self._own: dict[str, list[str]] = {}
        self._homes: set[str] = set()
        self._guests: set[str] = set()
        self._commands: set[str] = set()
        self.decided: list[Decided] = []

    def decide(self, group: Sequence[Waiting]) -> list[Waiting]:
        """Decide commands in order; return those that must wait for the next draft.

        A draft holds a command id once, at most as many messages as a batch, and no aggregate that is one command's own
        and another's guest: own aggregates come last, so that a command's position covers all its events.
        """
        deferred: list[Waiting] = []
        for place, waiting in enumerate(group):
            subjects = [self._aggregates.subject(ref) for ref in waiting.refs]
            crossed = subjects[0] in self._guests or any(subject in self._homes for subject in subjects[1:])
            if crossed or waiting.id in self._commands or len(self._envelopes) + len(subjects) > _MESSAGES:
                deferred.append(waiting)
                continue
            try:
                seen = [self._see(ref, subject) for ref, subject in zip(waiting.refs, subjects, strict=True)]
            except NotLoaded:
                return deferred + list(group[place:])
            self._commands.add(waiting.id)
            self.decided.append(self._decide(waiting, subjects, seen))
        return deferred

    def _see(self, ref: Ref, subject: str) -> Seen:
        if subject not in self._states:
            folded = self._aggregates.known(ref)
            if folded is None:
                raise NotLoaded
            self._base[subject], self._states[subject], self._refs[subject] = folded, folded.state, ref
        return Seen(ref, self._states[subject])

    def _decide(self, waiting: Waiting, subjects: list[str], seen: list[Seen]) -> Decided:
        try:
            decision = waiting.rule.decide(waiting.command, waiting.given, *seen)
            if decision and decision[0][0] is not seen[0]:
                raise ValueError("the first event of a decision happens to the command's own aggregate")
            by_subject, states = self._evolved(decision)
        except Refused as refused:
            return Decided(waiting, refused.reply(), subjects[0], [])
        except Exception:
            _logger.exception("decision failed", **waiting.trace)
            return Decided(waiting, waiting.fault(), subjects[0], [])
        self._states.update(states)
        for subject, placed in by_subject.items():
            ref = self._refs[subject]
            envelopes = encode(self._service, ref.aggregate.name, ref.id, placed, waiting.meta, waiting.given.now)
            self._envelopes.setdefault(subject, []).extend(envelopes)
        if decision:
            self._own.setdefault(subjects[0], []).append(waiting.id)
            self._homes.add(subjects[0])
            self._guests.update(subjects[1:])
        return Decided(waiting, None, subjects[0], by_subject.get(subjects[0], []))

    def _evolved(self, decision: Decision) -> tuple[dict[str, list[tuple[int, Event]]], dict[str, Any]]:
        """Return a decision's events by aggregate, each with its place, and the states after them."""
        by_subject: dict[str, list[tuple[int, Event]]] = {}
        states: dict[str, Any] = {}
        for place, (target, event) in enumerate(decision):
            subject = self._aggregates.subject(target.ref)
            by_subject.setdefault(subject, []).append((place, event))
            state = states[subject] if subject in states else self._states[subject]
            states[subject] = target.ref.aggregate.evolve(state, event)
        return by_subject, states

    def writes(self) -> list[Write]:
        """Return the messages to append, guests first."""
        order = sorted(self._envelopes, key=lambda subject: subject in self._homes)
        return [Write(subject, self._base[subject].sequence, to_bytes(self._envelopes[subject])) for subject in order]

    @property
    def divisible(self) -> bool:
        """Whether every message may be kept without the others: no decision is over more than one aggregate."""
        return not self._guests

    @property
    def unguarded(self) -> list[Ref]:
        """The aggregates of decisions that no append guards: refusals, and those with nothing new to say."""
        return [
            ref for decided in self.decided if decided.refusal or not decided.events for ref in decided.waiting.refs
        ]

    def kept(self, sequences: dict[str, int], *, partial: bool) -> int:
        """Take over what the log kept, answer its commands, and return how many events there were.

        What was not kept stays in `decided`; with a part kept, so does what no append guarded.
        """
        count = 0
        for subject, sequence in sequences.items():
            base, own = self._base[subject], self._own.get(subject)
            commands = {**base.commands, **dict.fromkeys(own, sequence)} if own else base.commands
            self._aggregates.keep(self._refs[subject], Folded(self._states[subject], sequence, commands))
            count += len(self._envelopes[subject])
        remaining = []
        for decided in self.decided:
            if (decided.events and decided.home not in sequences) or (partial and not decided.events):
                remaining.append(decided)
            else:
                decided.waiting.answer(self.outcome(decided, sequences))
        self.decided = remaining
        return count

    def outcome(self, decided: Decided, sequences: dict[str, int]) -> Outcome:
        """Return a command's answer once its events stand at these sequences."""
        if decided.refusal:
            return decided.refusal
        ref = self._refs[decided.home]
        recorded = tuple(
            Recorded(
                id=f"{decided.waiting.id}:{place}",
                type=f"{self._service}.{type(event).__name__}",
                subject=f"{ref.aggregate.name}/{ref.id}",
                data=event,
            )
            for place, event in decided.events
        )
        sequence = sequences.get(decided.home, self._base[decided.home].sequence)
        return Accepted(position=sequence, recorded=recorded, notices=_notices(event for _, event in decided.events))


def accepted_before(sequence: int, facts: Sequence[Fact]) -> Accepted:
    """Return the answer that was given when these facts were recorded."""
    recorded = tuple(
        Recorded(id=fact.event_id, type=fact.type, subject=f"{fact.aggregate}/{fact.id}", data=fact.event)
        for fact in facts
    )
    return Accepted(position=sequence, recorded=recorded, notices=_notices(fact.event for fact in facts))


def _notices(events: Iterable[Event]) -> tuple[Notice, ...]:
    return tuple(notice for event in events for notice in event.notices())
