"""The documents desk: everything it decides, shows and does by itself."""

from contracts import documents as words
from services.documents.deciders import incoming_direction as direction
from services.documents.deciders import incoming_handling as handling
from services.documents.deciders import incoming_registration as incoming
from services.documents.deciders import outgoing_document as outgoing
from services.documents.deciders.common import rules
from services.documents.deciders.incoming_document import INCOMING
from services.documents.deciders.original import ORIGINAL, release_original
from services.documents.deciders.outgoing_document import OUTGOING
from services.documents.deciders.register_book import (
    BOOK,
    close_register_book,
    involved_book,
    open_register_book,
)
from services.documents.policies.release_cancelled_original import RELEASE_CANCELLED_ORIGINAL
from services.documents.policies.watch_deadlines import WATCH_DEADLINES
from services.documents.read_models.document import GET_DOCUMENT
from services.documents.read_models.handling_register import LIST_HANDLING_REGISTER
from services.documents.read_models.incoming_register import FIND_POSSIBLE_DUPLICATES, LIST_INCOMING_REGISTER
from services.documents.read_models.outgoing_register import LIST_OUTGOING_REGISTER
from services.documents.read_models.register_books import LIST_REGISTER_BOOKS
from services.runtime.manifest import CommandRule, Service, decides


def _document(command: words.DocumentCommand) -> str:
    return command.document_id


DOCUMENTS = Service(
    name="documents",
    aggregates=(INCOMING, OUTGOING, BOOK, ORIGINAL),
    events=words.EVENTS,
    commands=(
        CommandRule(words.RegisterIncoming, incoming.registration_involves, incoming.register_incoming),
        decides(words.CancelIncomingNumber, INCOMING, _document, incoming.cancel_incoming_number),
        decides(words.DirectDocument, INCOMING, _document, direction.direct_document),
        decides(words.RecallDirection, INCOMING, _document, direction.recall_direction),
        decides(words.MarkDeadlineApproaching, INCOMING, _document, direction.mark_deadline_approaching),
        decides(words.MarkDeadlineMissed, INCOMING, _document, direction.mark_deadline_missed),
        decides(words.AcknowledgeReceipt, INCOMING, _document, handling.acknowledge_receipt),
        decides(words.HandBackDocument, INCOMING, _document, handling.hand_back_document),
        decides(words.ForwardDocument, INCOMING, _document, handling.forward_document),
        decides(words.CompleteDocument, INCOMING, _document, handling.complete_document),
        decides(words.ReleaseOriginal, ORIGINAL, lambda command: command.fingerprint, release_original),
        CommandRule(words.RegisterOutgoing, outgoing.registration_involves, outgoing.register_outgoing),
        decides(words.RecordDispatch, OUTGOING, _document, outgoing.record_dispatch),
        decides(words.CancelOutgoingNumber, OUTGOING, _document, outgoing.cancel_outgoing_number),
        decides(words.RecallOutgoing, OUTGOING, _document, outgoing.recall_outgoing),
        decides(words.OpenRegisterBook, BOOK, involved_book, open_register_book),
        decides(words.CloseRegisterBook, BOOK, lambda command: command.book_id, close_register_book),
    ),
    queries=(
        LIST_INCOMING_REGISTER,
        LIST_HANDLING_REGISTER,
        LIST_OUTGOING_REGISTER,
        LIST_REGISTER_BOOKS,
        FIND_POSSIBLE_DUPLICATES,
        GET_DOCUMENT,
    ),
    policies=(WATCH_DEADLINES, RELEASE_CANCELLED_ORIGINAL),
    rules=rules,
)
