"""What do the registers know of one document?"""

from collections.abc import Mapping
from typing import Any

from contracts.base import Actor, Refused
from contracts.documents import (
    DOCUMENT_UNKNOWN,
    DocumentView,
    GetDocument,
    HandlingRegisterRow,
    IncomingRegisterRow,
    OutgoingRegisterRow,
)
from services.documents.read_models import handling_register, incoming_register, outgoing_register
from services.documents.read_models.visibility import sees_everything
from services.runtime.listing import Lookup, as_row
from services.runtime.manifest import QueryRule

_MODELS = (
    incoming_register.INCOMING_REGISTER,
    handling_register.HANDLING_REGISTER,
    outgoing_register.OUTGOING_REGISTER,
)


def _get(query: GetDocument, actor: Actor) -> Lookup:
    def build(
        incoming: Mapping[str, Any] | None, handling: Mapping[str, Any] | None, outgoing: Mapping[str, Any] | None
    ) -> DocumentView:
        hidden = incoming is not None and not sees_everything(actor) and actor.board not in (incoming["boards"] or ())
        if hidden or (incoming is None and outgoing is None):
            raise Refused(DOCUMENT_UNKNOWN, document_id=query.document_id)
        rows = (
            ("incoming", IncomingRegisterRow, incoming, incoming_register.make_row),
            ("handling", HandlingRegisterRow, handling, handling_register.make_row),
            ("outgoing", OutgoingRegisterRow, outgoing, outgoing_register.make_row),
        )
        return DocumentView.model_validate(
            {name: as_row(kind, record, make) for name, kind, record, make in rows if record is not None}
        )

    return Lookup(query.document_id, _MODELS, build)


GET_DOCUMENT = QueryRule(GetDocument, _MODELS, _get)
