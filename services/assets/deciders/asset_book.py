"""The asset book: gives a unit's assets their numbers, one after another, without a hole."""

from dataclasses import dataclass, replace

from contracts.assets import BOOK_FULL, AssetNumbered
from contracts.base import Event, Refused
from services.runtime.manifest import Aggregate

_LAST_NUMBER = 999_999


@dataclass(frozen=True, slots=True)
class AssetBook:
    """The numbers of a unit's assets; a unit that is no more leaves its book as it is."""

    last_number: int = 0


def evolve(book: AssetBook, event: Event) -> AssetBook:
    """Return the book after an event."""
    match event:
        case AssetNumbered():
            return replace(book, last_number=event.number)
    return book


BOOK = Aggregate("book", AssetBook(), evolve)


def numbered(book: AssetBook, unit_id: str, asset_id: str) -> AssetNumbered:
    """Return the book's next number for an asset; raise Refused when it has no more."""
    if book.last_number >= _LAST_NUMBER:
        raise Refused(BOOK_FULL, unit_id=unit_id)
    return AssetNumbered(number=book.last_number + 1, asset_id=asset_id)


def tag(unit_id: str, number: int) -> str:
    """Return what is printed on an asset's label for ever, in letters every scanner reads: VPTU-000123."""
    return f"{unit_id.upper()}-{number:06d}"
