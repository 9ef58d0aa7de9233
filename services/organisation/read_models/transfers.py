"""Which transfers are there, and what does each add up to?"""

from collections.abc import Mapping
from typing import Any

from pydantic import TypeAdapter

from contracts import organisation as words_of
from contracts.base import Actor, Refused
from contracts.organisation import (
    TRANSFER_UNKNOWN,
    GetTransfer,
    ListTransfers,
    TransferRow,
    TransferTotal,
    TransferView,
)
from services.organisation.read_models.decisions import DECISION_COLUMNS, decided
from services.runtime.envelope import Fact, event_types
from services.runtime.listing import Listing, Lookup, as_row
from services.runtime.manifest import QueryRule
from services.runtime.read_model import ReadModel, RowValues
from services.runtime.text import fold

_TOTALS = TypeAdapter(tuple[TransferTotal, ...])
_STATUS = {"prepared": "Chưa thực hiện", "carried_out": None}


def _project(row: RowValues | None, fact: Fact) -> RowValues | None:
    match fact.event:
        case words_of.TransferPrepared() | words_of.TransferAmended() as event:
            return _agreed(event, "prepared")
        case words_of.TransferCarriedOut() as event:
            return _agreed(event, "carried_out")
        case words_of.TransferCancelled() as event:
            return {**row, "status": "cancelled", "remarks": f"Đã hủy: {event.reason}"} if row else None
    return None


def _agreed(event: words_of.TransferFacts, status: str) -> RowValues:
    return {
        "number": event.number,
        "year": event.year,
        "title": event.title,
        "effective_on": event.effective_on,
        "people": event.people,
        "source_count": sum(source.unit_id is not None for source in event.sources),
        "target_count": len(event.targets),
        "sources": _TOTALS.dump_json(event.sources).decode(),
        "targets": _TOTALS.dump_json(event.targets).decode(),
        "status": status,
        "remarks": _STATUS[status],
        "search_text": fold(f"{event.title} {event.number} {event.decision.number}"),
        **decided(event.decision),
    }


TRANSFERS = ReadModel(
    name="transfers",
    version=1,
    key_column="transfer_id",
    columns={
        "number": "integer NOT NULL",
        "year": "integer NOT NULL",
        "title": "text NOT NULL",
        "effective_on": "date NOT NULL",
        "people": "integer NOT NULL",
        "source_count": "integer NOT NULL",
        "target_count": "integer NOT NULL",
        "sources": "text NOT NULL",
        "targets": "text NOT NULL",
        "status": "text NOT NULL",
        "remarks": "text",
        "search_text": "text NOT NULL",
        "search": "tsvector GENERATED ALWAYS AS (to_tsvector('simple', search_text)) STORED",
        **DECISION_COLUMNS,
    },
    indexes=("(year, number, transfer_id)", "(effective_on, year, number, transfer_id)"),
    events=event_types(
        "organisation",
        (
            words_of.TransferPrepared,
            words_of.TransferAmended,
            words_of.TransferCarriedOut,
            words_of.TransferCancelled,
        ),
    ),
    key=lambda fact: fact.id,
    project=_project,
)

_ORDERS = {
    "number": ("year", "number", "transfer_id"),
    "effective_on": ("effective_on", "year", "number", "transfer_id"),
}


def _list(query: ListTransfers, actor: Actor) -> Listing:
    return (
        Listing(TRANSFERS, query, TransferRow, _ORDERS[query.sort])
        .where("year = {}", query.year)
        .where("status = {}", query.status)
        .where("effective_on >= {}", query.from_day)
        .where("effective_on <= {}", query.to_day)
        .matching("search", query.text)
    )


def _get(query: GetTransfer, actor: Actor) -> Lookup:
    def build(record: Mapping[str, Any] | None) -> TransferView:
        if record is None:
            raise Refused(TRANSFER_UNKNOWN, "transfer_id", transfer_id=query.transfer_id)
        transfer = as_row(TransferRow, record, None)
        assert isinstance(transfer, TransferRow)
        sources, targets = (_TOTALS.validate_json(record[name]) for name in ("sources", "targets"))
        sums = {sum(total.people for total in totals) for totals in (sources, targets)}
        return TransferView(transfer=transfer, sources=sources, targets=targets, adds_up=sums == {transfer.people})

    return Lookup(query.transfer_id, (TRANSFERS,), build)


LIST_TRANSFERS = QueryRule(ListTransfers, (TRANSFERS,), _list)
GET_TRANSFER = QueryRule(GetTransfer, (TRANSFERS,), _get)
