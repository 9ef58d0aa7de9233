"""Registration of an incoming document: the next number, duplicates noticed, secrets refused; and its cancellation."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date

from contracts import documents as words_of
from contracts.base import Event, Refused
from contracts.documents import Earlier, document_id
from services.documents.deciders.common import handled_by, not_in_future, not_secret, today
from services.documents.deciders.incoming_document import INCOMING, IncomingDocument, still_open
from services.documents.deciders.original import ORIGINAL, file_fingerprint, notation_key, paper_fingerprint
from services.documents.deciders.register_book import BOOK, assign, book_id
from services.runtime.manifest import Decision, Given, Ref, Seen


def registration_involves(words: words_of.RegisterIncoming, given: Given) -> Sequence[Ref]:
    """A registration is decided over the new document, the book of its year, and what it may be a duplicate of."""
    arrived_on = words.arrived_on or today(given)
    book = book_id(words.organ, "incoming", str(arrived_on.year), None, words.register_name)
    return (
        Ref(INCOMING, document_id(given.command_id), new=True),
        Ref(BOOK, book),
        *(Ref(ORIGINAL, fingerprint, new=True) for fingerprint in _fingerprints(words)),
    )


def _fingerprints(words: words_of.RegisterIncoming) -> tuple[str, ...]:
    found = [file_fingerprint(words.organ, file.sha256) for file in words.files]
    if words.number_notation:
        found.insert(0, paper_fingerprint(words.organ, words.number_notation, words.issuer, words.issued_on))
    return tuple(dict.fromkeys(found))


def register_incoming(
    words: words_of.RegisterIncoming, given: Given, document: Seen, book: Seen, *originals: Seen
) -> Decision:
    """A document that arrived gets the book's next number; a secret one is refused, a duplicate is noticed."""
    arrived_on = words.arrived_on or today(given)
    _check_registration(words, given, arrived_on)
    earlier = tuple({entry.document_id: entry for original in originals for entry in original.state.entries}.values())
    if earlier and words.on_duplicate == "refuse":
        raise Refused(words_of.ALREADY_REGISTERED, number=earlier[0].number, book_id=earlier[0].book_id)
    opening = words_of.RegisterBookOpened(
        organ=words.organ,
        direction="incoming",
        year=arrived_on.year,
        register_name=words.register_name,
        first_number=1,
    )
    numbering = list(assign(book.state, book.ref.id, document.ref.id, opening))
    registered = _registered(words, given, book.ref.id, book.state.next_number, arrived_on, earlier)
    seen = words_of.OriginalSeen(document_id=document.ref.id, book_id=book.ref.id, number=registered.number)
    return [
        (document, registered),
        *((book, event) for event in numbering),
        *((original, seen) for original in originals),
    ]


def _check_registration(words: words_of.RegisterIncoming, given: Given, arrived_on: date) -> None:
    names = (file.name for file in words.files)
    texts = (words.summary, words.number_notation, words.document_type, words.issuer, words.recipient, words.note)
    not_secret(words.secrecy, *texts, *names)
    not_in_future(given, "arrived_on", arrived_on)
    if words.issued_on > arrived_on:
        field = "issued_on"
        raise Refused(words_of.ISSUED_AFTER_ARRIVAL, field, issued_on=words.issued_on, arrived_on=arrived_on)
    if (words.due_at is not None) != (words.urgency == "express_timed"):
        raise Refused(words_of.DUE_HOUR_NEEDED, field="due_at")


def _registered(
    words: words_of.RegisterIncoming,
    given: Given,
    book: str,
    number: int,
    arrived_on: date,
    earlier: tuple[Earlier, ...],
) -> words_of.IncomingRegistered:
    return words_of.IncomingRegistered(
        book_id=book,
        organ=words.organ,
        register_name=words.register_name,
        year=arrived_on.year,
        number=number,
        arrived_on=arrived_on,
        number_notation=words.number_notation,
        notation_key=notation_key(words.number_notation),
        document_type=words.document_type,
        summary=words.summary,
        issuer=words.issuer,
        issued_on=words.issued_on,
        urgency=words.urgency,
        due_at=words.due_at.astimezone(UTC) if words.due_at else None,
        respond_by=words.respond_by,
        received_via=words.received_via,
        recipient=words.recipient,
        page_count=words.page_count,
        copy_count=words.copy_count,
        files=words.files,
        note=words.note,
        forward_by=handled_by(given, words.urgency, arrived_on),
        fingerprints=_fingerprints(words),
        possible_duplicates=earlier,
    )


def cancel_incoming_number(
    words: words_of.CancelIncomingNumber, given: Given, document: IncomingDocument
) -> Iterable[Event]:
    """A number struck out keeps its place and its reason, and is never given again."""
    still_open(document, words.document_id)
    not_secret("none", words.reason)
    yield words_of.IncomingNumberCancelled(
        reason=words.reason, cancelled_on=today(given), fingerprints=document.fingerprints
    )
