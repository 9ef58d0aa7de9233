"""Events to and from the bytes of a log message: a JSON array of CloudEvents 1.0."""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from pydantic import ConfigDict
from pydantic_core import from_json, to_json

from contracts.base import Event, Meta


class Fact(NamedTuple):
    """An event of the log with where, when, by whom and why it was recorded.

    `position` grows with the log: the message's sequence times 4,096 plus the event's place in it.
    """

    event: Event
    aggregate: str
    id: str
    sequence: int
    position: int
    event_id: str
    type: str
    command_id: str
    time: datetime
    actor: str
    correlation_id: str
    causation_id: str | None


class AnyEvent(Event):
    """An event of any type with its fields as the log has them, for followers that need not understand it."""

    model_config = ConfigDict(extra="allow")


ANY = "*"
"""Stands for every type in the events of a read model; `AnyEvent` is then what types without a class come as."""


class UnknownEvent(Exception):
    """The log holds an event type that this version of the service does not know."""


PLACES = 4096
"""Events in one message at most; a group of commands on one aggregate is kept below it."""


def encode(
    service: str, aggregate: str, id: str, events: Iterable[tuple[int, Event]], meta: Meta, now: datetime
) -> list[dict[str, Any]]:
    """Return the envelopes of one decision's events on one aggregate; each comes with its place in the decision."""
    moment = now.isoformat(timespec="microseconds").replace("+00:00", "Z")
    command_id = str(meta.command_id)
    return [
        {
            "specversion": "1.0",
            "id": f"{command_id}:{place}",
            "source": f"/{service}",
            "type": f"{service}.{type(event).__name__}",
            "subject": f"{aggregate}/{id}",
            "time": moment,
            "datacontenttype": "application/json",
            "actor": meta.actor.id,
            "commandid": command_id,
            "correlationid": meta.correlation_id,
            **({"causationid": meta.causation_id} if meta.causation_id else {}),
            "data": event,
        }
        for place, event in events
    ]


def to_bytes(envelopes: list[dict[str, Any]]) -> bytes:
    """Return the payload of one log message."""
    return to_json(envelopes, exclude_none=True)


class Decoder:
    """Turns payloads of the log into facts, for the event types it was given; others are passed over.

    Of the service `whole`, every type must be known: a state folded without some of its events would be wrong.
    """

    def __init__(self, events: Mapping[str, type[Event]], *, whole: str | None = None) -> None:
        """Take types by their CloudEvents type, such as `documents.NumberAssigned`; `ANY` takes all the others."""
        self._events = {name: kind.__pydantic_validator__.validate_python for name, kind in events.items()}
        self._any = self._events.pop(ANY, None)
        self._prefixes = tuple({f"event.{name.split('.', 1)[0]}." for name in events if name != ANY})
        self._whole = f"{whole}." if whole else "\0"
        # Where no known type is written in a message, it need not be parsed.
        self._names = re.compile(b'"type":"(?:' + "|".join(map(re.escape, events)).encode() + b')"')

    def all_facts(self, messages: Iterable[tuple[int, str, bytes]]) -> list[Fact]:
        """Return the known facts of several messages, each given as sequence, subject and payload."""
        own = f"event.{self._whole}"
        return [
            fact
            for sequence, subject, payload in messages
            if self._any
            or subject.startswith(own)
            or (subject.startswith(self._prefixes) and self._names.search(payload))
            for fact in self.facts(subject, sequence, payload)
        ]

    def facts(self, subject: str, sequence: int, payload: bytes) -> list[Fact]:
        """Return the known facts of one message in order; raise UnknownEvent or ValidationError where unreadable."""
        _, _, aggregate, id = subject.split(".", 3)
        found = []
        for place, envelope in enumerate(from_json(payload)):
            kind = envelope["type"]
            validate = self._events.get(kind)
            if validate is None:
                if kind.startswith(self._whole):
                    raise UnknownEvent(f"{kind} at sequence {sequence} of {subject}")
                if self._any is None:
                    continue
                validate = self._any
            found.append(
                Fact(
                    validate(envelope["data"]),
                    aggregate,
                    id,
                    sequence,
                    sequence * PLACES + place,
                    envelope["id"],
                    kind,
                    envelope["commandid"],
                    datetime.fromisoformat(envelope["time"]),
                    envelope["actor"],
                    envelope["correlationid"],
                    envelope.get("causationid"),
                )
            )
        return found


def event_types(service: str, events: Iterable[type[Event]]) -> dict[str, type[Event]]:
    """Return a service's event classes by their CloudEvents type."""
    return {f"{service}.{event.__name__}": event for event in events}
