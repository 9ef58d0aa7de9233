"""What money moved for requests and advances, by which voucher, and what of it was taken back?"""

from collections.abc import Mapping
from typing import Any

from contracts import finance as words_of
from contracts.base import Actor
from contracts.finance import ListPayments, PaymentKind, PaymentRow
from services.finance.read_models.own_budgets import seen
from services.finance.read_models.spending_requests import SPENDING_REQUESTS
from services.runtime.completing import Completed, Found, Look
from services.runtime.envelope import Fact, event_types
from services.runtime.listing import Listing, as_row
from services.runtime.manifest import QueryRule
from services.runtime.read_model import ReadModel, RowValues

_FACTS = (
    words_of.SpendingPaid,
    words_of.AdvancePaid,
    words_of.RestReceived,
    words_of.RestPaid,
    words_of.PaymentReversed,
)


def _key(fact: Fact) -> str:
    return str(getattr(fact.event, "entry_id"))  # noqa: B009 - each of them has one


def _project(row: RowValues | None, fact: Fact) -> RowValues | None:
    match fact.event:
        case words_of.SpendingPaid() as event:
            payee = event.payee.name if event.payee else None
            return _moved(event, "payment", fact.id, None, event.paid_vnd, payee, fact)
        case words_of.AdvancePaid() as event:
            return _moved(event, "advance", event.request_id, fact.id, event.amount_vnd, event.holder.name, fact)
        case words_of.RestReceived() as event:
            return _moved(event, "rest_received", event.request_id, fact.id, event.amount_vnd, event.party, fact)
        case words_of.RestPaid() as event:
            return _moved(event, "rest_paid", event.request_id, fact.id, event.amount_vnd, event.party, fact)
        case words_of.PaymentReversed() if row is not None:
            return {**row, "reversed": True}
    return None


def _moved(
    event: Any, kind: PaymentKind, request_id: str, advance_id: str | None, amount: int, payee: str | None, fact: Fact
) -> RowValues:
    return {
        "year": event.year,
        "board": event.board,
        "movement": kind,
        "request_id": request_id,
        "advance_id": advance_id,
        "on_day": event.on,
        "place": fact.position,
        "voucher": event.voucher,
        "method": event.method,
        "amount_vnd": amount,
        "payee": payee,
        "by_name": event.by_name,
        "reversed": False,
    }


SPENDING_PAYMENTS = ReadModel(
    name="spending_payments",
    version=1,
    key_column="entry_id",
    columns={
        "year": "integer NOT NULL",
        **dict.fromkeys(("board", "movement", "request_id", "voucher", "method", "by_name"), "text NOT NULL"),
        **dict.fromkeys(("advance_id", "payee"), "text"),
        "on_day": "date NOT NULL",
        **dict.fromkeys(("place", "amount_vnd"), "bigint NOT NULL"),
        "reversed": "boolean NOT NULL",
    },
    indexes=("(on_day, place)", "(request_id)", "(advance_id) WHERE advance_id IS NOT NULL"),
    events=event_types("finance", _FACTS),
    key=_key,
    project=_project,
)
"""Money that moved, by its entry; the board is that of the day it moved."""


def made(record: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a row says beside its columns, before it is completed."""
    return {"on": record["on_day"], "purpose": ""}


def payment_row(record: Mapping[str, Any], purpose: str) -> PaymentRow:
    """Return the row of a record for something of this purpose."""
    row = as_row(PaymentRow, record, made)
    assert isinstance(row, PaymentRow)
    return row.model_copy(update={"purpose": purpose})


def _named(row: PaymentRow, requests: Found) -> PaymentRow:
    request = requests.get(row.request_id)
    return row if request is None else row.model_copy(update={"purpose": request["purpose"]})


def _list(query: ListPayments, actor: Actor) -> Completed:
    listing = (
        Listing(SPENDING_PAYMENTS, query, PaymentRow, ("on_day", "place"), made)
        .where("year = {}", query.year)
        .where("movement = {}", query.movement)
        .where("method = {}", query.method)
        .where("on_day >= {}", query.on_from)
        .where("on_day <= {}", query.on_to)
        .where("request_id = {}", query.request_id)
        .among("board = {}", seen(actor, query.board))
    )
    look = Look(SPENDING_REQUESTS, lambda row: (row.request_id,))
    return Completed(listing, query, (look,), lambda row, day, requests: _named(row, requests))


LIST_PAYMENTS = QueryRule(ListPayments, (SPENDING_PAYMENTS, SPENDING_REQUESTS), _list)
