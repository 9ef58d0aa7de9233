"""The outgoing document: numbered in the series of its type, dispatched, and where it must be, recalled."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from contracts import documents as words_of
from contracts.base import Event, Refused
from contracts.documents import OutgoingStatus, document_id
from services.documents.deciders.common import handled_by, not_in_future, not_secret, today
from services.documents.deciders.register_book import BOOK, assign, book_id
from services.documents.rules.notation import print_party, print_state
from services.documents.rules.tables import DocumentType
from services.runtime.manifest import Aggregate, Decision, Given, Ref, Seen
from services.runtime.rules import NoRuleInForce

_ISSUED_BY_AN_OFFICE = ("document", "administrative", "copy")


@dataclass(frozen=True, slots=True)
class OutgoingDocument:
    """What later decisions need of a numbered document; `status` is None before its registration."""

    status: OutgoingStatus | None = None
    notation: str = ""
    issued_on: date | None = None
    changed_on: date | None = None
    received_by: str | None = None
    reason: str | None = None


def evolve(document: OutgoingDocument, event: Event) -> OutgoingDocument:
    """Return the document after an event."""
    match event:
        case words_of.OutgoingRegistered():
            return replace(document, status="registered", notation=event.notation, issued_on=event.issued_on)
        case words_of.DispatchRecorded():
            signed = replace(document, received_by=event.received_by)
            return replace(signed, status="dispatched", changed_on=event.dispatched_on)
        case words_of.OutgoingNumberCancelled():
            return replace(document, status="cancelled", changed_on=event.cancelled_on, reason=event.reason)
        case words_of.OutgoingRecalled():
            return replace(document, status="recalled", changed_on=event.recalled_on, reason=event.reason)
    return document


OUTGOING = Aggregate("outgoing", OutgoingDocument(), evolve)


def registration_involves(words: words_of.RegisterOutgoing, given: Given) -> Sequence[Ref]:
    """A registration is decided over the new document and the book of its type and period."""
    issued_on = words.issued_on or today(given)
    if words.system == "party" and words.term is None:
        raise Refused(words_of.TERM_NEEDED, field="term")
    period = str(words.term) if words.system == "party" else str(issued_on.year)
    book = book_id(words.organ, "outgoing", period, words.type_code, "chung")
    return Ref(OUTGOING, document_id(given.command_id), new=True), Ref(BOOK, book)


def register_outgoing(words: words_of.RegisterOutgoing, given: Given, document: Seen, book: Seen) -> Decision:
    """A signed document gets the next number of its type: per committee term for the Party, per year for the State."""
    issued_on = words.issued_on or today(given)
    kind = _type_in_force(words, given, issued_on)
    _check_registration(words, given, issued_on)
    party = words.system == "party"
    opening = words_of.RegisterBookOpened(
        organ=words.organ,
        direction="outgoing",
        system=words.system,
        type_code=words.type_code,
        term=words.term if party else None,
        year=None if party else issued_on.year,
        register_name="chung",
        first_number=1,
    )
    numbering = list(assign(book.state, book.ref.id, document.ref.id, opening))
    number = book.state.next_number
    if party:
        notation = print_party(number, str(kind.printed), words.organ)
    else:
        notation = print_state(number, kind.printed, words.organ, unit=words.drafting_unit)
    registered = words_of.OutgoingRegistered(
        book_id=book.ref.id,
        type_name=kind.name_vi,
        number=number,
        notation=notation,
        issued_on=issued_on,
        dispatch_by=handled_by(given, words.urgency, issued_on),
        term=opening.term,
        year=opening.year,
        **words.model_dump(exclude={"issued_on", "secrecy", "drafting_unit", "term"}),
    )
    return [(document, registered), *((book, event) for event in numbering)]


def _type_in_force(words: words_of.RegisterOutgoing, given: Given, issued_on: date) -> DocumentType:
    try:
        kind: DocumentType = given.rules.document_types.in_force(issued_on, system=words.system, code=words.type_code)
    except NoRuleInForce:
        kind = None  # type: ignore[assignment]
    if kind is None or kind.kind not in _ISSUED_BY_AN_OFFICE or (words.system == "party" and not kind.printed):
        refused = {"type_code": words.type_code, "system": words.system, "day": issued_on}
        raise Refused(words_of.TYPE_UNKNOWN, "type_code", **refused)
    return kind


def _check_registration(words: words_of.RegisterOutgoing, given: Given, issued_on: date) -> None:
    names = (file.name for file in words.files)
    not_secret(words.secrecy, words.summary, words.note, *words.recipients, *names)
    not_in_future(given, "issued_on", issued_on)
    if words.system == "party" and words.term:
        first, last = (int(year) for year in words.term.split("-"))
        if not first <= issued_on.year <= last:
            raise Refused(words_of.TERM_OUT_OF_RANGE, field="term", issued_on=issued_on, term=words.term)


def record_dispatch(words: words_of.RecordDispatch, given: Given, document: OutgoingDocument) -> Iterable[Event]:
    """The day a document left is not before its issue and not in the future; said again, it changes nothing."""
    _standing(document, words.document_id)
    known_on = document.changed_on if document.status == "dispatched" else None
    dispatched_on = words.dispatched_on or known_on or today(given)
    not_in_future(given, "dispatched_on", dispatched_on)
    if document.issued_on and dispatched_on < document.issued_on:
        days = {"dispatched_on": dispatched_on, "issued_on": document.issued_on}
        raise Refused(words_of.DISPATCHED_BEFORE_ISSUE, "dispatched_on", **days)
    received_by = words.received_by or document.received_by
    if (known_on, document.received_by) != (dispatched_on, received_by):
        yield words_of.DispatchRecorded(dispatched_on=dispatched_on, received_by=received_by)


def cancel_outgoing_number(
    words: words_of.CancelOutgoingNumber, given: Given, document: OutgoingDocument
) -> Iterable[Event]:
    """A number that was not used is voided for ever; a document that left can only be recalled."""
    _standing(document, words.document_id)
    if document.status == "dispatched":
        raise Refused(words_of.OUTGOING_DISPATCHED, notation=document.notation, day=document.changed_on)
    not_secret("none", words.reason)
    yield words_of.OutgoingNumberCancelled(reason=words.reason, cancelled_on=today(given))


def recall_outgoing(words: words_of.RecallOutgoing, given: Given, document: OutgoingDocument) -> Iterable[Event]:
    """A recalled document is frozen (Nghị định 30/2020/NĐ-CP, Điều 18, Phụ lục VI)."""
    _standing(document, words.document_id)
    not_secret("none", words.reason)
    yield words_of.OutgoingRecalled(reason=words.reason, recalled_on=today(given))


def _standing(document: OutgoingDocument, id: str) -> None:
    if document.status is None:
        raise Refused(words_of.DOCUMENT_UNKNOWN, document_id=id)
    if document.status == "cancelled":
        raise Refused(words_of.DOCUMENT_CANCELLED, number=document.notation, reason=document.reason)
    if document.status == "recalled":
        raise Refused(words_of.OUTGOING_FROZEN, notation=document.notation, day=document.changed_on)
