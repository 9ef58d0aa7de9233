"""The reader: what one person read of trails and proofs on one day."""

import re
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from contracts.audit import RecordReading, TrailRead
from services.runtime.manifest import Aggregate, Decision, Given, Ref, Seen

_HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
_NOT_TOKEN = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Reader:
    """Readings are facts; none depends on another."""


READER = Aggregate("reader", Reader(), lambda reader, event: reader, snapshots=False)


def involved_reader(words: RecordReading, given: Given) -> tuple[Ref, ...]:
    """Return the speaker's own record of the day."""
    name = _NOT_TOKEN.sub("-", given.actor.id.lower()).strip("-")
    return (Ref(READER, f"{name}-{given.now.astimezone(_HANOI):%Y%m%d}"),)


def record_reading(words: RecordReading, given: Given, reader: Seen) -> Decision:
    """Every reading is recorded, however often."""
    return [(reader, TrailRead(query=words.query, asked=words.asked))]
