"""Who deals with each incoming document, until when, and what came of it?"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from contracts import documents as words_of
from contracts.base import Actor
from contracts.documents import HandlingRegisterRow, ListHandlingRegister
from services.documents.deciders.incoming_document import EVENTS_OF_INCOMING
from services.documents.read_models.incoming_register import NO_DEADLINE
from services.documents.read_models.visibility import only_own_board
from services.runtime.envelope import Fact, event_types
from services.runtime.listing import Listing
from services.runtime.manifest import QueryRule
from services.runtime.read_model import ReadModel, RowValues

_PROGRESS = {
    "registered": "Chờ ý kiến chỉ đạo",
    "directed": "Chưa có kết quả",
    "handed_back": "Đã trả lại, chờ chỉ đạo lại",
    "completed": "Đã giải quyết",
    "cancelled": "Đã hủy số",
}
_TIMELINESS = {"approaching": "sắp đến hạn", "overdue": "quá hạn", "met": "đúng hạn", "met_late": "trễ hạn"}


def _registered(event: words_of.IncomingRegistered) -> RowValues:
    notation = f" số {event.number_notation}" if event.number_notation else ""
    return {
        "book_id": event.book_id,
        "number": event.number,
        "description": f"{event.document_type}{notation} ngày {event.issued_on:%d/%m/%Y} của {event.issuer}",
        "recipient": event.recipient,
        "lead_board": None,
        "boards": None,
        "deadline": None,
        "deadline_order": NO_DEADLINE,
        "deadline_state": "none",
        "status": "registered",
        "reply_notation": None,
        "account": None,
        "last_reason": None,
        "hand_back_count": 0,
        "direction_count": 0,
    }


def _due(deadline: date | None) -> RowValues:
    state = "running" if deadline else "none"
    return {"deadline": deadline, "deadline_order": deadline or NO_DEADLINE, "deadline_state": state}


def _changes(row: RowValues, event: object) -> RowValues:
    match event:
        case words_of.DocumentDirected():
            return {
                "status": "directed",
                "lead_board": event.lead_board,
                "boards": [event.lead_board, *event.supporting_boards],
                "direction_count": row["direction_count"] + 1,
                **_due(event.deadline),
            }
        case words_of.DocumentForwarded():
            boards = [event.to_board, *(b for b in row["boards"] if b not in (event.from_board, event.to_board))]
            return {"lead_board": event.to_board, "boards": boards, "last_reason": event.reason}
        case words_of.DocumentHandedBack():
            count = row["hand_back_count"] + 1
            return {"status": "handed_back", "last_reason": event.reason, "hand_back_count": count}
        case words_of.DirectionRecalled():
            waiting: RowValues = {"status": "registered", "lead_board": None, "boards": None}
            return waiting | {"last_reason": event.reason} | _due(None)
        case words_of.DeadlineApproached():
            return {"deadline_state": "approaching"}
        case words_of.DeadlineMissed():
            return {"deadline_state": "overdue"}
        case words_of.DocumentCompleted():
            evidence = {"reply_notation": event.evidence.reply_notation, "account": event.evidence.account}
            return evidence | {"status": "completed", "deadline_state": "met_late" if event.late else "met"}
        case words_of.IncomingNumberCancelled():
            return {"status": "cancelled", "deadline_state": "none", "last_reason": event.reason}
    return {}


def _project(row: RowValues | None, fact: Fact) -> RowValues | None:
    if isinstance(fact.event, words_of.IncomingRegistered):
        return _registered(fact.event)
    return {**row, **_changes(row, fact.event)} if row else None


HANDLING_REGISTER = ReadModel(
    name="handling_register",
    version=1,
    key_column="document_id",
    columns={
        "book_id": "text NOT NULL",
        "number": "integer NOT NULL",
        "description": "text NOT NULL",
        "recipient": "text",
        "lead_board": "text",
        "boards": "text[]",
        "deadline": "date",
        "deadline_order": "date NOT NULL",
        "deadline_state": "text NOT NULL",
        "status": "text NOT NULL",
        "reply_notation": "text",
        "account": "text",
        "last_reason": "text",
        "hand_back_count": "integer NOT NULL",
        "direction_count": "integer NOT NULL",
    },
    indexes=(
        "(number, document_id)",
        "(book_id, number, document_id)",
        "(deadline_order, number, document_id)",
        "(status, number, document_id)",
        "(deadline_state, number, document_id) WHERE deadline_state IN ('approaching', 'overdue')",
        "USING gin (boards) WHERE boards IS NOT NULL",
    ),
    events=event_types("documents", EVENTS_OF_INCOMING),
    key=lambda fact: fact.id,
    project=_project,
)

_ORDERS = {"number": ("number", "document_id"), "deadline": ("deadline_order", "number", "document_id")}


def make_row(record: Mapping[str, Any]) -> dict[str, Any]:
    """Return the columns that are put together from others."""
    timeliness = _TIMELINESS.get(record["deadline_state"])
    progress = _PROGRESS[record["status"]] + (f" ({timeliness})" if timeliness else "")
    remarks = "; ".join(text for text in (record["account"], record["last_reason"]) if text)
    return {"holder": record["lead_board"] or record["recipient"], "progress": progress, "remarks": remarks or None}


def _list(query: ListHandlingRegister, actor: Actor) -> Listing:
    listing = Listing(HANDLING_REGISTER, query, HandlingRegisterRow, _ORDERS[query.sort], make_row)
    return (
        only_own_board(listing, actor)
        .where("book_id = {}", query.book_id)
        .among("boards @> ARRAY[{}::text]", query.board)
        .where("status = {}", query.status)
        .where("deadline_state = {}", query.deadline_state)
        .where("deadline >= {}", query.deadline_from)
        .where("deadline <= {}", query.deadline_to)
    )


LIST_HANDLING_REGISTER = QueryRule(ListHandlingRegister, (HANDLING_REGISTER,), _list)
