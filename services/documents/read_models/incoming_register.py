"""Which documents arrived, in the legal columns of the incoming register, and where each stands?"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from contracts import documents as words_of
from contracts.base import Actor
from contracts.documents import FindPossibleDuplicates, IncomingRegisterRow, ListIncomingRegister
from services.documents.deciders.incoming_document import EVENTS_OF_INCOMING
from services.documents.deciders.original import file_fingerprint, notation_key, paper_fingerprint
from services.documents.read_models.visibility import only_own_board
from services.runtime.envelope import Fact, event_types
from services.runtime.listing import Listing
from services.runtime.manifest import QueryRule
from services.runtime.read_model import ReadModel, RowValues
from services.runtime.text import fold

# Not the last day of all: asyncpg writes that one as infinity, which no cursor compares with.
NO_DEADLINE = date(9999, 1, 1)


def _registered(event: words_of.IncomingRegistered) -> RowValues:
    texts = (event.number_notation, event.document_type, event.summary, event.issuer, event.recipient, event.note)
    return {
        "book_id": event.book_id,
        "organ": event.organ,
        "year": event.year,
        "number": event.number,
        "arrived_on": event.arrived_on,
        "number_notation": event.number_notation,
        "notation_key": event.notation_key,
        "document_type": event.document_type,
        "summary": event.summary,
        "issuer": event.issuer,
        "issuer_folded": fold(event.issuer),
        "issued_on": event.issued_on,
        "urgency": event.urgency,
        "recipient": event.recipient,
        "handed_over_on": None,
        "received_by": None,
        "note": event.note,
        "status": "registered",
        "lead_board": None,
        "supporting_boards": [],
        "boards": None,
        "opinion": None,
        "deadline": None,
        "deadline_order": NO_DEADLINE,
        "deadline_state": "none",
        "fingerprints": list(event.fingerprints) or None,
        "duplicate_count": len(event.possible_duplicates),
        "cancelled_reason": None,
        "search_text": fold(" ".join(text for text in texts if text)),
    }


def _direction(lead: str | None, supporting: tuple[str, ...] | list[str]) -> RowValues:
    boards = [lead, *supporting] if lead else None
    return {"lead_board": lead, "supporting_boards": list(supporting), "boards": boards, "received_by": None}


def _deadline(deadline: date | None) -> RowValues:
    return {
        "deadline": deadline,
        "deadline_order": deadline or NO_DEADLINE,
        "deadline_state": "running" if deadline else "none",
    }


def _changes(row: RowValues, event: object) -> RowValues:
    match event:
        case words_of.DocumentDirected():
            handed = {"status": "directed", "opinion": event.opinion, "handed_over_on": event.directed_on}
            return handed | _direction(event.lead_board, event.supporting_boards) | _deadline(event.deadline)
        case words_of.ReceiptAcknowledged():
            return {"received_by": event.received_by}
        case words_of.DocumentForwarded():
            others = [board for board in row["supporting_boards"] if board != event.to_board]
            return _direction(event.to_board, others) | {"handed_over_on": event.forwarded_on}
        case words_of.DocumentHandedBack():
            return {"status": "handed_back", "received_by": None}
        case words_of.DirectionRecalled():
            return {"status": "registered", "opinion": None} | _direction(None, ()) | _deadline(None)
        case words_of.DeadlineApproached():
            return {"deadline_state": "approaching"}
        case words_of.DeadlineMissed():
            return {"deadline_state": "overdue"}
        case words_of.DocumentCompleted():
            return {"status": "completed", "deadline_state": "met_late" if event.late else "met"}
        case words_of.IncomingNumberCancelled():
            return {"status": "cancelled", "deadline_state": "none", "cancelled_reason": event.reason}
    return {}


def _project(row: RowValues | None, fact: Fact) -> RowValues | None:
    if isinstance(fact.event, words_of.IncomingRegistered):
        return _registered(fact.event)
    return {**row, **_changes(row, fact.event)} if row else None


INCOMING_REGISTER = ReadModel(
    name="incoming_register",
    version=1,
    key_column="document_id",
    columns={
        "book_id": "text NOT NULL",
        "organ": "text NOT NULL",
        "year": "integer NOT NULL",
        "number": "integer NOT NULL",
        "arrived_on": "date NOT NULL",
        "number_notation": "text",
        "notation_key": "text",
        "document_type": "text NOT NULL",
        "summary": "text NOT NULL",
        "issuer": "text NOT NULL",
        "issuer_folded": "text NOT NULL",
        "issued_on": "date NOT NULL",
        "urgency": "text NOT NULL",
        "recipient": "text",
        "handed_over_on": "date",
        "received_by": "text",
        "note": "text",
        "status": "text NOT NULL",
        "lead_board": "text",
        "supporting_boards": "text[] NOT NULL",
        "boards": "text[]",
        "opinion": "text",
        "deadline": "date",
        "deadline_order": "date NOT NULL",
        "deadline_state": "text NOT NULL",
        "fingerprints": "text[]",
        "duplicate_count": "integer NOT NULL",
        "cancelled_reason": "text",
        "search_text": "text NOT NULL",
        "search": "tsvector GENERATED ALWAYS AS (to_tsvector('simple', search_text)) STORED",
    },
    indexes=(
        "(number, document_id)",
        "(book_id, number, document_id)",
        "(arrived_on, number, document_id)",
        "(issued_on, number, document_id)",
        "(deadline_order, number, document_id)",
        "(issuer_folded, number, document_id)",
        "(status, number, document_id)",
        "(number, document_id) WHERE duplicate_count > 0",
        "(deadline_state, number, document_id) WHERE deadline_state IN ('approaching', 'overdue')",
        "USING gin (search)",
        "USING gin (boards) WHERE boards IS NOT NULL",
        "USING gin (fingerprints) WHERE fingerprints IS NOT NULL",
        "(notation_key)",
    ),
    events=event_types("documents", EVENTS_OF_INCOMING),
    key=lambda fact: fact.id,
    project=_project,
)

_ORDERS = {
    "number": ("number", "document_id"),
    "arrived_on": ("arrived_on", "number", "document_id"),
    "issued_on": ("issued_on", "number", "document_id"),
    "deadline": ("deadline_order", "number", "document_id"),
    "issuer": ("issuer_folded", "number", "document_id"),
}


def remarks(record: Mapping[str, Any]) -> str | None:
    """Return the tenth column: the clerk's note, and why the number was struck out."""
    cancelled = f"Đã hủy: {record['cancelled_reason']}" if record["cancelled_reason"] else None
    return "; ".join(text for text in (cancelled, record["note"]) if text) or None


def make_row(record: Mapping[str, Any]) -> dict[str, Any]:
    """Return the columns that are put together from others."""
    return {"holder": record["lead_board"] or record["recipient"], "remarks": remarks(record)}


def _list(query: ListIncomingRegister, actor: Actor) -> Listing:
    listing = Listing(INCOMING_REGISTER, query, IncomingRegisterRow, _ORDERS[query.sort], make_row)
    return (
        only_own_board(listing, actor)
        .where("book_id = {}", query.book_id)
        .where("organ = {}", query.organ)
        .where("year = {}", query.year)
        .where("number = {}", query.number)
        .matching("search", query.issuer)
        .where("strpos(issuer_folded, {}) > 0", fold(query.issuer) if query.issuer else None)
        .where("notation_key = {}", notation_key(query.number_notation))
        .among("boards @> ARRAY[{}::text]", query.board)
        .where("status = {}", query.status)
        .where("urgency = {}", query.urgency)
        .where("deadline_state = {}", query.deadline_state)
        .where("arrived_on >= {}", query.arrived_from)
        .where("arrived_on <= {}", query.arrived_to)
        .where("duplicate_count >= {}", 1 if query.duplicates_only else None)
        .matching("search", query.text)
    )


def _duplicates(query: FindPossibleDuplicates, actor: Actor) -> Listing:
    wanted = [file_fingerprint(query.organ, query.sha256)] if query.sha256 else []
    if query.number_notation and query.issuer and query.issued_on:
        wanted.append(paper_fingerprint(query.organ, query.number_notation, query.issuer, query.issued_on))
    listing = Listing(INCOMING_REGISTER, query, IncomingRegisterRow, _ORDERS[query.sort], make_row)
    return only_own_board(listing, actor).where("fingerprints && {}::text[]", wanted).where("status <> {}", "cancelled")


LIST_INCOMING_REGISTER = QueryRule(ListIncomingRegister, (INCOMING_REGISTER,), _list)
FIND_POSSIBLE_DUPLICATES = QueryRule(FindPossibleDuplicates, (INCOMING_REGISTER,), _duplicates)
