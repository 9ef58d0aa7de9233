"""Which register books are there, how far has each come, and is any number missing?"""

from collections.abc import Mapping
from typing import Any

from contracts import documents as words_of
from contracts.base import Actor
from contracts.documents import ListRegisterBooks, RegisterBookRow
from services.runtime.envelope import Fact, event_types
from services.runtime.listing import Listing
from services.runtime.manifest import QueryRule
from services.runtime.read_model import ReadModel, RowValues


def _project(row: RowValues | None, fact: Fact) -> RowValues | None:
    event = fact.event
    if isinstance(event, words_of.RegisterBookOpened):
        return {
            "organ": event.organ,
            "direction": event.direction,
            "type_code": event.type_code,
            "period": event.term or str(event.year),
            "first_number": event.first_number,
            "last_number": event.first_number - 1,
            "entries": 0,
            "closed_on": None,
        }
    if row is None:
        return None
    match event:
        case words_of.NumberAssigned():
            return {**row, "last_number": event.number}
        case words_of.IncomingRegistered() | words_of.OutgoingRegistered():
            return {**row, "entries": row["entries"] + 1}
        case words_of.RegisterBookClosed():
            return {**row, "closed_on": event.closed_on}
    return None


def _key(fact: Fact) -> str:
    event = fact.event
    registered = isinstance(event, words_of.IncomingRegistered | words_of.OutgoingRegistered)
    return event.book_id if registered else fact.id  # type: ignore[attr-defined]


REGISTER_BOOKS = ReadModel(
    name="register_books",
    version=1,
    key_column="book_id",
    columns={
        "organ": "text NOT NULL",
        "direction": "text NOT NULL",
        "type_code": "text",
        "period": "text NOT NULL",
        "first_number": "integer NOT NULL",
        "last_number": "integer NOT NULL",
        "entries": "integer NOT NULL",
        "closed_on": "date",
    },
    indexes=(),
    events=event_types(
        "documents",
        (
            words_of.RegisterBookOpened,
            words_of.NumberAssigned,
            words_of.IncomingRegistered,
            words_of.OutgoingRegistered,
            words_of.RegisterBookClosed,
        ),
    ),
    key=_key,
    project=_project,
)


def _make_row(record: Mapping[str, Any]) -> dict[str, Any]:
    return {"gapless": record["entries"] == record["last_number"] - record["first_number"] + 1}


def _list(query: ListRegisterBooks, actor: Actor) -> Listing:
    return (
        Listing(REGISTER_BOOKS, query, RegisterBookRow, ("book_id",), _make_row)
        .where("organ = {}", query.organ)
        .where("direction = {}", query.direction)
    )


LIST_REGISTER_BOOKS = QueryRule(ListRegisterBooks, (REGISTER_BOOKS,), _list)
