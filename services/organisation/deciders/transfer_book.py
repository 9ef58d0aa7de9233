"""The book of a year's transfers: one number after another, without a hole."""

from dataclasses import dataclass, replace

from contracts import organisation as words_of
from contracts.base import Event
from services.runtime.manifest import Aggregate


@dataclass(frozen=True, slots=True)
class TransferBook:
    """The numbers of a year's transfers, without a hole."""

    last_number: int = 0


def evolve(book: TransferBook, event: Event) -> TransferBook:
    """Return the book after an event."""
    match event:
        case words_of.TransferNumbered():
            return replace(book, last_number=event.number)
    return book


TRANSFER_BOOK = Aggregate("transferbook", TransferBook(), evolve)
