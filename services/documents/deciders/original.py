"""The original: what makes two entries the same document, so that registering it twice is noticed."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from contracts.base import Event
from contracts.documents import Earlier, OriginalReleased, OriginalSeen, ReleaseOriginal
from services.documents.rules.notation import key, parse
from services.runtime.manifest import Aggregate, Given
from services.runtime.text import fold


@dataclass(frozen=True, slots=True)
class Original:
    """The entries that bear one fingerprint."""

    entries: tuple[Earlier, ...] = ()


def evolve(original: Original, event: Event) -> Original:
    """Return the original after an event."""
    match event:
        case OriginalSeen():
            entry = Earlier(document_id=event.document_id, book_id=event.book_id, number=event.number)
            return replace(original, entries=(*original.entries, entry))
        case OriginalReleased():
            kept = tuple(entry for entry in original.entries if entry.document_id != event.document_id)
            return replace(original, entries=kept)
    return original


ORIGINAL = Aggregate("original", Original(), evolve, snapshots=False)


@lru_cache(4096)
def notation_key(number_notation: str | None) -> str | None:
    """Return the form in which all spellings of a notation are one."""
    return key(parse(number_notation)) if number_notation else None


@lru_cache(4096)
def paper_fingerprint(organ: str, number_notation: str, issuer: str, issued_on: date) -> str:
    """Return the id of an organ's original with this number, issuer and date, however they are spelt.

    Each organ the office serves gets and registers its own copy of a paper sent to several.
    """
    text = f"{organ}\n{notation_key(number_notation)}\n{fold(issuer)}\n{issued_on}"
    return "n-" + hashlib.sha256(text.encode()).hexdigest()[:32]


def file_fingerprint(organ: str, sha256: str) -> str:
    """Return the id of an organ's original whose file has this digest."""
    return "f-" + hashlib.sha256(f"{organ}\n{sha256}".encode()).hexdigest()[:32]


def release_original(words: ReleaseOriginal, given: Given, original: Original) -> Iterable[Event]:
    """An entry struck out is no longer an earlier entry of the same document."""
    if any(entry.document_id == words.document_id for entry in original.entries):
        yield OriginalReleased(document_id=words.document_id)
