"""The book of a year's handovers: one number after another, without a hole."""

from dataclasses import dataclass, replace

from contracts.assets import handovers as words_of
from contracts.base import Event
from services.runtime.manifest import Aggregate


@dataclass(frozen=True, slots=True)
class HandoverBook:
    """The numbers of a year's handovers, without a hole."""

    last_number: int = 0


def evolve(book: HandoverBook, event: Event) -> HandoverBook:
    """Return the book after an event."""
    match event:
        case words_of.HandoverNumbered():
            return replace(book, last_number=event.number)
    return book


HANDOVER_BOOK = Aggregate("handoverbook", HandoverBook(), evolve)
