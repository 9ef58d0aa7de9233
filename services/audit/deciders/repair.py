"""The repair: what operators put right in the log, the archive and the read models."""

from collections.abc import Iterable
from dataclasses import dataclass

from contracts.audit import LogRepaired, RecordRepair
from contracts.base import Event
from services.runtime.manifest import Aggregate, Given


@dataclass(frozen=True, slots=True)
class Repair:
    """Repairs are facts; none depends on another."""


REPAIR = Aggregate("repair", Repair(), lambda repair, event: repair, snapshots=False)
OFFICE = "office"
"""The one repair record's id."""


def record_repair(words: RecordRepair, given: Given, repair: Repair) -> Iterable[Event]:
    """Every repair is recorded."""
    yield LogRepaired(what=words.what, first=words.first, last=words.last, reason=words.reason)
