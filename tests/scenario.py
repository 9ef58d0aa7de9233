"""Given these facts, when this is said to a service, then those facts, or a refusal, or nothing; and the log of it."""

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from contracts.base import Actor, Command, Event, Invalid, Meta, Notice, OrganCode, Refusal, Refused, Role
from services.runtime.envelope import Decoder, Fact, encode, event_types, to_bytes
from services.runtime.manifest import Decision, Given, Ref, Seen, Service

E = TypeVar("E", bound=Event)

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
_SPACE = UUID("6f1c2f0a-7f0e-4a39-9c53-0a2f5c7a1b11")
_MOST_AGGREGATES = 900


def speaker(*roles: Role, board: OrganCode | None = None, id: str = "user:nguyen.thi.hoa") -> Actor:
    """Return somebody with these roles."""
    return Actor(id=id, name="Nguyễn Thị Hoa", roles=roles, board=board)


def at(text: str) -> datetime:
    """Return a moment in UTC from the office's own clock, such as `2026-11-23 09:00`."""
    return datetime.fromisoformat(text).replace(tzinfo=HANOI).astimezone(UTC)


NOW = at("2026-11-23 09:00")


def command_id(number: int) -> UUID:
    """Return the id of the command with this number; the same for ever."""
    return uuid5(_SPACE, str(number))


@dataclass(frozen=True)
class Outcome:
    """What a decision came to; exactly one of the three may be claimed of it."""

    decision: Decision
    refusal: Refused | None
    home: Ref | None = None

    @property
    def events(self) -> tuple[Event, ...]:
        """The facts of the decision, in its order."""
        return tuple(event for _, event in self.decision)

    @property
    def id(self) -> str:
        """The id of the command's own aggregate."""
        assert self.refusal is None, self.refusal.reply()
        assert self.home is not None
        return self.home.id

    @property
    def notices(self) -> tuple[Notice, ...]:
        """What the speaker is told beside: only what happened to the command's own aggregate is."""
        own = (event for seen, event in self.decision if seen.ref == self.home)
        return tuple(notice for event in own for notice in event.notices())

    def accepted(self) -> "Outcome":
        """Claim that it was accepted."""
        assert self.refusal is None, self.refusal.reply()
        return self

    def then(self, *expected: Event) -> None:
        """Claim that exactly these facts came of it."""
        assert self.accepted().events == expected

    def nothing(self) -> None:
        """Claim that it was accepted, and that there was nothing new to record."""
        self.then()

    def refused(self, refusal: Refusal, at_field: str | None = None) -> str:
        """Claim that it was refused with this code, for this field if one is at fault; return what people are told."""
        assert self.refusal is not None, self.events
        assert (self.refusal.refusal.code, self.refusal.field) == (refusal.code, at_field)
        reply = self.refusal.reply()
        said = reply.fields[0] if isinstance(reply, Invalid) else reply
        assert "{" not in said.vi + said.en
        assert "None" not in said.vi + said.en
        return said.vi

    def warns(self, *codes: str) -> None:
        """Claim that it was accepted with exactly these warnings, each told in both languages."""
        assert tuple(notice.code for notice in self.accepted().notices) == codes
        assert all(notice.vi and notice.en and "None" not in notice.vi + notice.en for notice in self.notices)

    def one(self, kind: type[E]) -> E:
        """Return the one fact of this kind."""
        (found,) = self.all(kind)
        return found

    def all(self, kind: type[E]) -> tuple[E, ...]:
        """Return the facts of this kind."""
        return tuple(event for event in self.accepted().events if isinstance(event, kind))


@dataclass
class Scenario:
    """An office in memory, decided by the rules of one service as the runtime would decide."""

    service: Service
    actor: Actor
    now: datetime = NOW
    states: dict[tuple[str, str], Any] = field(default_factory=dict)
    events: dict[tuple[str, str], list[Event]] = field(default_factory=lambda: defaultdict(list))
    _own: list[Event] = field(default_factory=list)
    _said: int = 0

    def __post_init__(self) -> None:
        self._of_command = {rule.command: rule for rule in self.service.commands}
        self._aggregates = {aggregate.name: aggregate for aggregate in self.service.aggregates}
        self._rules = self.service.rules()

    def given(self, *events: Event, on: str | None = None) -> "Scenario":
        """Add facts of the aggregate `on` (as `unit/btctu`), or of the one the next command is about."""
        if on is None:
            self._own.extend(events)
        else:
            name, id = on.split("/")
            self._evolve(Ref(self._aggregates[name], id), events)
        return self

    def when(
        self,
        command: Command,
        *,
        actor: Actor | None = None,
        now: datetime | None = None,
        number: int | None = None,
    ) -> Outcome:
        """Decide, and keep what came of it; `number` names the command, the next one when left out."""
        self._said += 1
        given = Given(
            now or self.now, actor or self.actor, command_id(self._said if number is None else number), self._rules
        )
        rule = self._of_command[type(command)]
        try:
            refs = rule.involves(command, given)
            assert len({(ref.aggregate.name, ref.id) for ref in refs}) == len(refs) <= _MOST_AGGREGATES
            self._evolve(refs[0], self._own)
            self._own = []
            seen = [Seen(ref, self.state(ref)) for ref in refs]
            decision = rule.decide(command, given, *seen)
        except Refused as refused:
            return Outcome((), refused)
        assert not decision or decision[0][0] is seen[0], "the first fact is of the command's own aggregate"
        for target, event in decision:
            assert any(target.ref == ref for ref in refs), "a fact is of an aggregate the command is decided over"
            self._evolve(target.ref, [event])
        return Outcome(decision, None, refs[0])

    def again(self) -> "Scenario":
        """Return another office with the same past."""
        past = defaultdict(list, {place: list(events) for place, events in self.events.items()})
        return replace(self, states=dict(self.states), events=past, _own=list(self._own))

    def state(self, ref: Ref) -> Any:
        """Return an aggregate's state after everything so far."""
        return self.states.get((ref.aggregate.name, ref.id), ref.aggregate.initial)

    def _evolve(self, ref: Ref, events: Any) -> None:
        for event in events:
            self.states[ref.aggregate.name, ref.id] = ref.aggregate.evolve(self.state(ref), event)
            self.events[ref.aggregate.name, ref.id].append(event)


class Log:
    """Says commands to an office one after another and keeps their facts in the order of the log."""

    def __init__(self, scenario: Scenario) -> None:
        self.facts: list[Fact] = []
        self._scenario = scenario
        self._service = scenario.service.name
        self._said = 0
        self._decoder = Decoder(event_types(self._service, scenario.service.events), whole=self._service)

    def say(self, command: Command, now: datetime | None = None) -> Outcome:
        """Say a command, a minute after the one before where no time is given; refusals are no part of a log."""
        self._said += 1
        time = now or self._scenario.now + timedelta(minutes=self._said)
        outcome = self._scenario.when(command, now=time)
        assert outcome.refusal is None, (command, outcome.refusal and outcome.refusal.reply())
        meta = Meta(command_id=UUID(int=self._said), actor=self._scenario.actor, correlation_id=str(self._said))
        placed: dict[tuple[str, str], list[tuple[int, Event]]] = defaultdict(list)
        for place, (seen, event) in enumerate(outcome.decision):
            placed[seen.ref.aggregate.name, seen.ref.id].append((place, event))
        # What is nobody's own goes first, as the committer writes it.
        for (name, id), events in sorted(placed.items(), key=lambda item: item[1][0][0] == 0):
            payload = to_bytes(encode(self._service, name, id, events, meta, time))
            sequence = self.facts[-1].sequence + 1 if self.facts else 1
            self.facts += self._decoder.facts(f"event.{self._service}.{name}.{id}", sequence, payload)
        return outcome
