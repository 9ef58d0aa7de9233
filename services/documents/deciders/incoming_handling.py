"""What the boards do with an incoming document: sign for it, hand it back, pass it on, complete it."""

from collections.abc import Iterable

from contracts import documents as words_of
from contracts.base import Event, Refused
from services.documents.deciders.common import not_secret, today
from services.documents.deciders.incoming_document import IncomingDocument, by_its_board, directed_to
from services.runtime.manifest import Given


def acknowledge_receipt(
    words: words_of.AcknowledgeReceipt, given: Given, document: IncomingDocument
) -> Iterable[Event]:
    """A board signs once for a document handed over to it."""
    board = directed_to(document, words.document_id)
    by_its_board(given, document, board)
    if document.received_by:
        raise Refused(words_of.RECEIPT_ALREADY_SIGNED, number=document.number, received_by=document.received_by)
    yield words_of.ReceiptAcknowledged(board=board, received_by=words.received_by, received_on=today(given))


def hand_back_document(words: words_of.HandBackDocument, given: Given, document: IncomingDocument) -> Iterable[Event]:
    """A board that is not the right one gives the document back, and says why."""
    board = directed_to(document, words.document_id)
    by_its_board(given, document, board)
    not_secret("none", words.reason)
    yield words_of.DocumentHandedBack(board=board, reason=words.reason)


def forward_document(words: words_of.ForwardDocument, given: Given, document: IncomingDocument) -> Iterable[Event]:
    """Passing a document on changes who leads; it never stops the clock."""
    board = directed_to(document, words.document_id)
    by_its_board(given, document, board)
    if words.to_board == board:
        raise Refused(words_of.ALREADY_LEADS, field="to_board", board=board)
    not_secret("none", words.reason)
    yield words_of.DocumentForwarded(
        from_board=board, to_board=words.to_board, reason=words.reason, forwarded_on=today(given)
    )


def complete_document(words: words_of.CompleteDocument, given: Given, document: IncomingDocument) -> Iterable[Event]:
    """A document is closed only with evidence: the reply's notation, or an account of what was done."""
    board = directed_to(document, words.document_id)
    by_its_board(given, document, board)
    evidence = words.evidence
    not_secret("none", evidence.reply_notation, evidence.account)
    if not evidence.reply_notation and not evidence.account:
        raise Refused(words_of.EVIDENCE_NEEDED, field="evidence")
    assert document.direction is not None
    yield words_of.DocumentCompleted(
        board=board,
        evidence=evidence,
        completed_on=today(given),
        late=given.now >= document.direction.overdue_at,
    )
