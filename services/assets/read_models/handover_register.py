"""Which handovers are there, between whom, what are they worth, and how far has each come?"""

from collections.abc import Mapping
from typing import Any

from contracts.assets import handovers as words_of
from contracts.assets.handovers import HandoverProgress, HandoverRow, HandoverTotals, ListHandovers
from contracts.base import Actor, Page
from services.assets.deciders.handover import Handover
from services.assets.deciders.handover_totals import progress, totals
from services.assets.read_models.handover_lists import EVENTS_OF_HANDOVER, Units, has_words, own_unit
from services.assets.read_models.units import UNITS_KNOWN
from services.runtime.envelope import Fact, event_types
from services.runtime.gathering import Gathering, Record, Rows, page
from services.runtime.manifest import QueryRule
from services.runtime.read_model import ReadModel, RowValues
from services.runtime.text import fold

_PROGRESS = tuple(HandoverProgress.model_fields)


def _worth(whole: HandoverTotals) -> RowValues:
    return {
        "asset_count": whole.booked.asset_count,
        "cost_vnd": whole.booked.cost_vnd,
        "accumulated_vnd": whole.booked.accumulated_vnd,
    }


def _givers(whole: tuple[words_of.HandoverOrigin, ...]) -> RowValues:
    return {"from_unit_ids": [one.unit_id for one in whole]}


def _prepared(event: words_of.HandoverPrepared) -> RowValues:
    return {
        "number": event.number,
        "year": event.year,
        "title": event.title,
        "status": "prepared",
        "to_unit_id": event.to_unit_id,
        "effective_on": event.effective_on,
        "decision_number": event.decision.number,
        "decision_issued_on": event.decision.issued_on,
        "signed_unit_ids": [],
        "closed_on": None,
        "remarks": None,
        **_givers(event.origins),
        **_worth(event.whole),
        **dict(event.progress),
    }


def _changes(row: RowValues, event: object) -> RowValues:
    changed: RowValues = {}
    if isinstance(event, words_of.HandoverCounted):
        kept = [id for id in row["signed_unit_ids"] if id not in event.unsigned_unit_ids]
        changed = {"signed_unit_ids": kept, **dict(event.progress)}
    match event:
        case words_of.HandoverAmended():
            return changed | _givers(event.origins) | _worth(event.whole)
        case words_of.HandoverSigned():
            others = [id for id in row["signed_unit_ids"] if id != event.unit_id]
            return {"signed_unit_ids": [*others, event.unit_id]}
        case words_of.HandoverClosed():
            return {"status": "closed", "closed_on": event.closed_on}
        case words_of.HandoverCancelled():
            return {"status": "cancelled", "remarks": f"Đã hủy: {event.reason}"}
    return changed


def _project(row: RowValues | None, fact: Fact) -> RowValues | None:
    if isinstance(fact.event, words_of.HandoverPrepared):
        return _prepared(fact.event)
    return {**row, **_changes(row, fact.event)} if row else None


HANDOVER_REGISTER = ReadModel(
    name="handover_register",
    version=1,
    key_column="handover_id",
    columns={
        "number": "integer NOT NULL",
        "year": "integer NOT NULL",
        "title": "text NOT NULL",
        "status": "text NOT NULL",
        "to_unit_id": "text NOT NULL",
        "from_unit_ids": "text[] NOT NULL",
        "effective_on": "date NOT NULL",
        "decision_number": "text NOT NULL",
        "decision_issued_on": "date NOT NULL",
        "asset_count": "integer NOT NULL",
        "cost_vnd": "bigint NOT NULL",
        "accumulated_vnd": "bigint NOT NULL",
        **dict.fromkeys(_PROGRESS, "integer NOT NULL"),
        "signed_unit_ids": "text[] NOT NULL",
        "closed_on": "date",
        "remarks": "text",
    },
    indexes=("(year, number)",),
    events=event_types("assets", EVENTS_OF_HANDOVER),
    key=lambda fact: fact.id,
    project=_project,
)


def row_of(record: Mapping[str, Any], units: Units) -> HandoverRow:
    """Return a batch's row, with its units called as they were on its day."""
    day = record["effective_on"]
    said = {name: record[name] for name in HandoverRow.model_fields if name in record.keys()}  # noqa: SIM118
    said["from_unit_names"] = "; ".join(units.name(id, day) for id in record["from_unit_ids"])
    said["to_unit_name"] = units.name(record["to_unit_id"], day)
    said["residual_vnd"] = record["cost_vnd"] - record["accumulated_vnd"]
    return HandoverRow.model_validate(said)


def summary(handover_id: str, handover: Handover) -> RowValues:
    """Return what a row of HANDOVER_REGISTER says of a batch, from the batch itself."""
    assert handover.decision
    return {
        "handover_id": handover_id,
        **{name: getattr(handover, name) for name in ("number", "year", "title", "status", "to_unit_id")},
        "effective_on": handover.effective_on,
        "decision_number": handover.decision.number,
        "decision_issued_on": handover.decision.issued_on,
        "from_unit_ids": handover.from_unit_ids,
        "signed_unit_ids": [one.unit_id for one in handover.signatures],
        "closed_on": handover.closed.closed_on if handover.closed else None,
        "remarks": f"Đã hủy: {handover.cancelled_reason}" if handover.cancelled_reason else None,
        **_worth(totals(handover.lines, handover.missing_to)),
        **dict(progress(handover.lines)),
    }


_PLACES = {
    "number": lambda row: (row.year, row.number),
    "effective_on": lambda row: (row.effective_on.isoformat(), row.year, row.number),
}


def _list(query: ListHandovers, actor: Actor) -> Gathering:
    own, wanted = own_unit(actor), fold(query.text or "").split()
    condition = (
        "($1::integer IS NULL OR year = $1) AND ($2::text IS NULL OR status = $2) "
        "AND ($3::text IS NULL OR to_unit_id = $3 OR from_unit_ids @> ARRAY[$3]) "
        "AND ($4::text IS NULL OR to_unit_id = $4 OR from_unit_ids @> ARRAY[$4]) "
        "AND ($5::date IS NULL OR effective_on >= $5) AND ($6::date IS NULL OR effective_on <= $6)"
    )
    values = (query.year, query.status, query.unit_id, own, query.from_day, query.to_day)

    def build(records: list[Record], known: list[Record]) -> Page[HandoverRow]:
        units = Units(known)
        rows = [row_of(record, units) for record in records]
        found = [row for row in rows if has_words(_searched(row), wanted)]
        return page(query, found, _PLACES[query.sort])

    return Gathering((Rows(HANDOVER_REGISTER, condition, values), Rows(UNITS_KNOWN)), build)


def _searched(row: HandoverRow) -> str:
    return f"{row.number}/{row.year} {row.title} {row.from_unit_names} {row.to_unit_name} {row.decision_number}"


LIST_HANDOVERS = QueryRule(ListHandovers, (HANDOVER_REGISTER, UNITS_KNOWN), _list)
