"""The leader's direction of an incoming document (bút phê) and the deadline it sets."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from contracts import documents as words_of
from contracts.base import Event, Refused
from services.documents.deciders.common import HANOI, at_office, day_after, not_secret, today
from services.documents.deciders.incoming_document import IncomingDocument, directed_to, still_open
from services.documents.rules.tables import approaching_from, deadline
from services.runtime.manifest import Given
from services.runtime.rules import NoRuleInForce
from services.runtime.working_days import OutsideCalendar

_MORNING = time(7, 30)


def direct_document(words: words_of.DirectDocument, given: Given, document: IncomingDocument) -> Iterable[Event]:
    """A direction names one board that leads, any that support, and a deadline; a new one replaces it."""
    still_open(document, words.document_id)
    not_secret("none", words.opinion)
    boards = [words.lead_board, *words.supporting_boards]
    twice = next((board for board in boards if boards.count(board) > 1), None)
    if twice:
        raise Refused(words_of.LEAD_ALSO_SUPPORTS, field="supporting_boards", board=twice)
    due, basis = _deadline(words, given, document)
    remind_at, overdue_at = _moments(given, document, due, basis)
    directed = words_of.DocumentDirected(
        lead_board=words.lead_board,
        supporting_boards=words.supporting_boards,
        opinion=words.opinion,
        directed_by=words.directed_by or given.actor.name,
        directed_on=today(given),
        deadline=due,
        deadline_basis=basis,
        remind_at=remind_at,
        overdue_at=overdue_at,
    )
    standing = (document.status, document.direction, document.lead_board, document.supporting_boards)
    if standing != ("directed", directed, words.lead_board, words.supporting_boards):
        yield directed


def _deadline(words: words_of.DirectDocument, given: Given, document: IncomingDocument) -> tuple[date, str]:
    """Return the deadline and where it comes from: the leader, the document, its hour, or the urgency's rule."""
    day = today(given)
    if words.deadline:
        if words.deadline < day:
            raise Refused(words_of.DEADLINE_PASSED, "deadline", deadline=words.deadline, today=day)
        return words.deadline, "direction"
    if document.due_at:
        return max(document.due_at.astimezone(HANOI).date(), day), "document"
    if document.respond_by:
        return max(document.respond_by, day), "document"
    assert document.arrived_on is not None
    try:
        entry = given.rules.urgency_levels.entry(document.arrived_on, urgency=document.urgency)
        due = deadline(document.urgency, document.arrived_on, given.rules.calendar, given.rules.urgency_levels)
    except (NoRuleInForce, OutsideCalendar):
        raise Refused(words_of.CALENDAR_UNKNOWN, "deadline", day=document.arrived_on) from None
    return max(due, day), entry.validity.legal_basis


def _moments(given: Given, document: IncomingDocument, due: date, basis: str) -> tuple[datetime, datetime]:
    """Return when to remind and when it is overdue: by the document's hour, where it stands, else from midnight."""
    if document.due_at and (basis == "document" or document.due_at.astimezone(HANOI).date() == due):
        return document.due_at - timedelta(hours=1), document.due_at
    try:
        remind_on = approaching_from(document.urgency, due, given.rules.calendar, given.rules.urgency_levels)
    except (NoRuleInForce, OutsideCalendar):
        raise Refused(words_of.CALENDAR_UNKNOWN, "deadline", day=due) from None
    return at_office(remind_on, _MORNING), at_office(day_after(due), time())


def recall_direction(words: words_of.RecallDirection, given: Given, document: IncomingDocument) -> Iterable[Event]:
    """A direction taken back leaves the document waiting for a new one."""
    directed_to(document, words.document_id)
    not_secret("none", words.reason)
    yield words_of.DirectionRecalled(reason=words.reason)


def mark_deadline_approaching(
    words: words_of.MarkDeadlineApproaching, given: Given, document: IncomingDocument
) -> Iterable[Event]:
    """A deadline that still stands and is still open is said to be near, once."""
    if _still_due(document, words.deadline) and not document.approached and not document.missed:
        yield words_of.DeadlineApproached(deadline=words.deadline)


def mark_deadline_missed(
    words: words_of.MarkDeadlineMissed, given: Given, document: IncomingDocument
) -> Iterable[Event]:
    """A deadline that still stands and is still open is said to have passed, once."""
    if _still_due(document, words.deadline) and not document.missed:
        yield words_of.DeadlineMissed(deadline=words.deadline)


def _still_due(document: IncomingDocument, due: date) -> bool:
    standing = document.direction is not None and document.direction.deadline == due
    return standing and document.status in ("directed", "handed_back")
