"""The register book: gives numbers one after another, without a hole, to whoever asks."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Literal

from contracts.base import Event, Refused
from contracts.documents import (
    BOOK_ALREADY_OPEN,
    BOOK_CLOSED,
    BOOK_FULL,
    BOOK_OF_ANOTHER,
    BOOK_PERIOD,
    BOOK_UNKNOWN,
    TYPE_UNKNOWN,
    CloseRegisterBook,
    NumberAssigned,
    OpenRegisterBook,
    RegisterBookClosed,
    RegisterBookOpened,
)
from services.documents.deciders.common import today
from services.runtime.manifest import Aggregate, Given
from services.runtime.rules import NoRuleInForce
from services.runtime.text import token

_LAST_NUMBER = 9_999_999


@dataclass(frozen=True, slots=True)
class RegisterBook:
    """A book of an organ, a direction, a type where it has one, and a year or a committee term."""

    opened: bool = False
    next_number: int = 1
    closed_on: date | None = None
    organ: str = ""
    register_name: str = ""


def evolve(book: RegisterBook, event: Event) -> RegisterBook:
    """Return the book after an event."""
    match event:
        case RegisterBookOpened():
            named = replace(book, organ=event.organ, register_name=event.register_name)
            return replace(named, opened=True, next_number=event.first_number)
        case NumberAssigned():
            return replace(book, next_number=event.number + 1)
        case RegisterBookClosed():
            return replace(book, closed_on=event.closed_on)
    return book


BOOK = Aggregate("book", RegisterBook(), evolve)


@lru_cache(4096)
def book_id(
    organ: str, direction: Literal["incoming", "outgoing"], period: str, type_code: str | None, register_name: str
) -> str:
    """Return the id of a book: the same parts always name the same book."""
    parts = [organ, "den" if direction == "incoming" else "di", type_code or "", period]
    if register_name != "chung":
        parts.append(register_name)
    return "-".join(token(part) for part in parts if part)


def opened(words: OpenRegisterBook) -> RegisterBookOpened:
    """Return the opening of a book as it is recorded."""
    return RegisterBookOpened(**words.model_dump())


def assign(book: RegisterBook, book_id: str, document_id: str, opening: RegisterBookOpened) -> Iterable[Event]:
    """Return the events that give the next number, opening the book with its first; raise Refused when it cannot."""
    if book.closed_on:
        raise Refused(BOOK_CLOSED, book_id=book_id, closed_on=book.closed_on)
    if book.next_number > _LAST_NUMBER:
        raise Refused(BOOK_FULL, book_id=book_id)
    if not book.opened:
        yield opening
    elif (book.organ, book.register_name) != (opening.organ, opening.register_name):
        raise Refused(BOOK_OF_ANOTHER, book_id=book_id, organ=book.organ)
    yield NumberAssigned(number=book.next_number, document_id=document_id)


def involved_book(words: OpenRegisterBook) -> str:
    """Return the id of the book a command opens; raise Refused when its parts do not fit together."""
    incoming = words.direction == "incoming"
    of_party = words.system == "party"
    period_fits = (words.year is None) == of_party and (words.term is None) != of_party
    parts_fit = (words.type_code is None) == incoming and (words.system is None) == incoming
    parts_fit = parts_fit and (incoming or words.register_name == "chung")
    if not (period_fits and parts_fit):
        raise Refused(BOOK_PERIOD, field="term" if of_party else "year")
    period = words.term or str(words.year)
    return book_id(words.organ, words.direction, period, words.type_code, words.register_name)


def open_register_book(words: OpenRegisterBook, given: Given, book: RegisterBook) -> Iterable[Event]:
    """A book is opened once, before its first number."""
    if book.opened:
        raise Refused(BOOK_ALREADY_OPEN, book_id=involved_book(words))
    if words.type_code is not None:
        try:
            given.rules.document_types.in_force(today(given), system=words.system, code=words.type_code)
        except NoRuleInForce:
            raise Refused(
                TYPE_UNKNOWN, field="type_code", type_code=words.type_code, system=words.system, day=today(given)
            ) from None
    yield opened(words)


def close_register_book(words: CloseRegisterBook, given: Given, book: RegisterBook) -> Iterable[Event]:
    """A book is closed once; from then on it gives no number (Nghị định 30/2020/NĐ-CP, Điều 16 and 22)."""
    if not book.opened:
        raise Refused(BOOK_UNKNOWN, book_id=words.book_id)
    if book.closed_on:
        raise Refused(BOOK_CLOSED, book_id=words.book_id, closed_on=book.closed_on)
    yield RegisterBookClosed(closed_on=today(given), last_number=book.next_number - 1)
