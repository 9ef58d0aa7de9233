"""The incoming document: its state, how events change it, and what it must be for a decision."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from contracts import documents as words_of
from contracts.base import Event, Refused
from contracts.documents import IncomingStatus, Urgency
from services.runtime.manifest import Aggregate, Given


@dataclass(frozen=True, slots=True)
class IncomingDocument:
    """What later decisions need of a registered document; `status` is None before its registration."""

    status: IncomingStatus | None = None
    number: int = 0
    arrived_on: date | None = None
    urgency: Urgency = "normal"
    due_at: datetime | None = None
    respond_by: date | None = None
    fingerprints: tuple[str, ...] = ()
    direction: words_of.DocumentDirected | None = None
    lead_board: str | None = None
    supporting_boards: tuple[str, ...] = ()
    received_by: str | None = None
    approached: bool = False
    missed: bool = False
    ended_on: date | None = None
    reason: str | None = None


def evolve(document: IncomingDocument, event: Event) -> IncomingDocument:
    """Return the document after an event."""
    match event:
        case words_of.IncomingRegistered():
            return _registered(document, event)
        case words_of.DocumentDirected():
            return replace(
                document,
                status="directed",
                direction=event,
                lead_board=event.lead_board,
                supporting_boards=event.supporting_boards,
                received_by=None,
                approached=False,
                missed=False,
            )
        case words_of.ReceiptAcknowledged():
            return replace(document, received_by=event.received_by)
        case words_of.DocumentForwarded():
            others = tuple(board for board in document.supporting_boards if board != event.to_board)
            return replace(document, lead_board=event.to_board, supporting_boards=others, received_by=None)
        case words_of.DocumentHandedBack():
            return replace(document, status="handed_back", received_by=None)
        case words_of.DirectionRecalled():
            return replace(document, status="registered", direction=None, lead_board=None, supporting_boards=())
        case words_of.DeadlineApproached():
            return replace(document, approached=True)
        case words_of.DeadlineMissed():
            return replace(document, missed=True)
        case words_of.DocumentCompleted():
            return replace(document, status="completed", ended_on=event.completed_on)
        case words_of.IncomingNumberCancelled():
            return replace(document, status="cancelled", ended_on=event.cancelled_on, reason=event.reason)
    return document


def _registered(document: IncomingDocument, event: words_of.IncomingRegistered) -> IncomingDocument:
    return replace(
        document,
        status="registered",
        number=event.number,
        arrived_on=event.arrived_on,
        urgency=event.urgency,
        due_at=event.due_at,
        respond_by=event.respond_by,
        fingerprints=event.fingerprints,
    )


INCOMING = Aggregate("incoming", IncomingDocument(), evolve)

EVENTS_OF_INCOMING = (
    words_of.IncomingRegistered,
    words_of.DocumentDirected,
    words_of.ReceiptAcknowledged,
    words_of.DocumentForwarded,
    words_of.DocumentHandedBack,
    words_of.DirectionRecalled,
    words_of.DeadlineApproached,
    words_of.DeadlineMissed,
    words_of.DocumentCompleted,
    words_of.IncomingNumberCancelled,
)


def still_open(document: IncomingDocument, id: str) -> None:
    """Raise Refused for a document that is unknown, struck out or completed."""
    if document.status is None:
        raise Refused(words_of.DOCUMENT_UNKNOWN, document_id=id)
    if document.status == "cancelled":
        raise Refused(words_of.DOCUMENT_CANCELLED, number=document.number, reason=document.reason)
    if document.status == "completed":
        raise Refused(words_of.DOCUMENT_COMPLETED, number=document.number, day=document.ended_on)


def directed_to(document: IncomingDocument, id: str) -> str:
    """Return the board that leads; raise Refused for a document that no direction stands for."""
    still_open(document, id)
    if document.status != "directed" or document.lead_board is None:
        raise Refused(words_of.DOCUMENT_NOT_DIRECTED, number=document.number)
    return document.lead_board


def by_its_board(given: Given, document: IncomingDocument, board: str) -> None:
    """Raise Refused for a speaker of another board; clerks and leaders act for every board."""
    office = {"clerk", "leader"}.intersection(given.actor.roles)
    if not office and given.actor.board != board:
        raise Refused(words_of.NOT_YOUR_BOARD, number=document.number, board=board)
