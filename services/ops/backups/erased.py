"""Whom a log names as erased: their keys must not come back, from whatever keys file."""

from collections.abc import Iterable
from typing import Any

from pydantic_core import from_json

from services.runtime.follow import Message
from services.runtime.vault import KeyRow

_PERSONS = "event.audit.person."
_TYPE = "audit.PersonErased"


class Erasures:
    """The people erased so far in a log, with when, by whom and why, as rows without a key."""

    def __init__(self) -> None:
        """Know of nobody."""
        self._rows: dict[str, KeyRow] = {}

    @property
    def rows(self) -> list[KeyRow]:
        """One row a person, for the vaults."""
        return list(self._rows.values())

    def add(self, messages: Iterable[Message]) -> None:
        """Read further messages of the log."""
        for message in messages:
            if message.subject.startswith(_PERSONS):
                for event in from_json(message.payload):
                    if event["type"] == _TYPE:
                        self._add(event)

    def _add(self, event: dict[str, Any]) -> None:
        person = str(event["data"]["person"])
        row: KeyRow = {"person": person, "key": None, "created_at": None}
        row |= {"erased_at": event["time"], "erased_by": event["actor"], "erasure_reason": event["data"]["reason"]}
        self._rows.setdefault(person, row)
