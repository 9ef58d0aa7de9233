"""Which documents went out, in the legal columns of the outgoing register?"""

from collections.abc import Mapping
from typing import Any

from contracts import documents as words_of
from contracts.base import Actor
from contracts.documents import ListOutgoingRegister, OutgoingRegisterRow
from services.runtime.envelope import Fact, event_types
from services.runtime.listing import Listing
from services.runtime.manifest import QueryRule
from services.runtime.read_model import ReadModel, RowValues
from services.runtime.text import fold


def _registered(event: words_of.OutgoingRegistered) -> RowValues:
    texts = (event.notation, event.type_name, event.summary, event.signer.name, *event.recipients, event.note)
    return {
        "book_id": event.book_id,
        "organ": event.organ,
        "system": event.system,
        "type_code": event.type_code,
        "type_name": event.type_name,
        "term": event.term,
        "year": event.year,
        "number": event.number,
        "notation": event.notation,
        "issued_on": event.issued_on,
        "summary": event.summary,
        "signer_name": event.signer.name,
        "recipients": "; ".join(event.recipients),
        "copy_holder": event.copy_holder,
        "copy_count": event.copy_count,
        "dispatched_on": None,
        "received_by": None,
        "note": event.note,
        "urgency": event.urgency,
        "status": "registered",
        "cancelled_reason": None,
        "search_text": fold(" ".join(text for text in texts if text)),
    }


def _changes(event: object) -> RowValues:
    match event:
        case words_of.DispatchRecorded():
            return {"status": "dispatched", "dispatched_on": event.dispatched_on, "received_by": event.received_by}
        case words_of.OutgoingNumberCancelled():
            return {"status": "cancelled", "cancelled_reason": event.reason}
        case words_of.OutgoingRecalled():
            return {"status": "recalled", "cancelled_reason": event.reason}
    return {}


def _project(row: RowValues | None, fact: Fact) -> RowValues | None:
    if isinstance(fact.event, words_of.OutgoingRegistered):
        return _registered(fact.event)
    return {**row, **_changes(fact.event)} if row else None


OUTGOING_REGISTER = ReadModel(
    name="outgoing_register",
    version=1,
    key_column="document_id",
    columns={
        "book_id": "text NOT NULL",
        "organ": "text NOT NULL",
        "system": "text NOT NULL",
        "type_code": "text NOT NULL",
        "type_name": "text NOT NULL",
        "term": "text",
        "year": "integer",
        "number": "integer NOT NULL",
        "notation": "text NOT NULL",
        "issued_on": "date NOT NULL",
        "summary": "text NOT NULL",
        "signer_name": "text NOT NULL",
        "recipients": "text NOT NULL",
        "copy_holder": "text",
        "copy_count": "integer",
        "dispatched_on": "date",
        "received_by": "text",
        "note": "text",
        "urgency": "text NOT NULL",
        "status": "text NOT NULL",
        "cancelled_reason": "text",
        "search_text": "text NOT NULL",
        "search": "tsvector GENERATED ALWAYS AS (to_tsvector('simple', search_text)) STORED",
    },
    indexes=(
        "(number, document_id)",
        "(book_id, number, document_id)",
        "(issued_on, number, document_id)",
        "(notation, document_id)",
        "USING gin (search)",
    ),
    events=event_types(
        "documents",
        (
            words_of.OutgoingRegistered,
            words_of.DispatchRecorded,
            words_of.OutgoingNumberCancelled,
            words_of.OutgoingRecalled,
        ),
    ),
    key=lambda fact: fact.id,
    project=_project,
)

_ORDERS = {
    "number": ("number", "document_id"),
    "issued_on": ("issued_on", "number", "document_id"),
    "notation": ("notation", "document_id"),
}
_REASONS = {"cancelled": "Đã hủy: ", "recalled": "Đã thu hồi: "}


def make_row(record: Mapping[str, Any]) -> dict[str, Any]:
    """Return the tenth column: the clerk's note, and why the number was voided or the document recalled."""
    ended = _REASONS[record["status"]] + record["cancelled_reason"] if record["cancelled_reason"] else None
    return {"remarks": "; ".join(text for text in (ended, record["note"]) if text) or None}


def _list(query: ListOutgoingRegister, actor: Actor) -> Listing:
    return (
        Listing(OUTGOING_REGISTER, query, OutgoingRegisterRow, _ORDERS[query.sort], make_row)
        .where("book_id = {}", query.book_id)
        .where("organ = {}", query.organ)
        .where("system = {}", query.system)
        .where("type_code = {}", query.type_code)
        .where("term = {}", query.term)
        .where("year = {}", query.year)
        .where("number = {}", query.number)
        .where("status = {}", query.status)
        .where("issued_on >= {}", query.issued_from)
        .where("issued_on <= {}", query.issued_to)
        .matching("search", query.text)
    )


LIST_OUTGOING_REGISTER = QueryRule(ListOutgoingRegister, (OUTGOING_REGISTER,), _list)
