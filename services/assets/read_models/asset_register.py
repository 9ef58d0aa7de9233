"""Which assets are in the books, in the columns of the register, and where does each stand?"""

from collections.abc import Mapping
from typing import Any

from pydantic import TypeAdapter
from pydantic_core import to_json

from contracts import assets as words_of
from contracts.assets import Description, Details, Place, Value
from contracts.assets.queries import AssetFilter, ListAssets
from contracts.assets.rows import AssetRow
from contracts.base import Actor, Event
from services.assets.read_models.classes import class_group, class_name
from services.assets.read_models.names import NAMES, Names, named
from services.assets.rules.wear import yearly
from services.runtime.completing import Completed
from services.runtime.envelope import Fact, event_types
from services.runtime.listing import Listing
from services.runtime.manifest import QueryRule
from services.runtime.read_model import ReadModel, RowValues
from services.runtime.text import fold

_DETAILS: TypeAdapter[Details] = TypeAdapter(Details)
_EVENTS = tuple(event for event in words_of.EVENTS if event not in (words_of.AssetNumbered, words_of.WearRunRecorded))


def _described(event: Description) -> RowValues:
    said = {name: getattr(event, name) for name in Description.model_fields if name != "details"}
    details = to_json(event.details, exclude_none=True).decode() if event.details else None
    return {**said, "details": details, "name_folded": fold(event.name)}


def _valued(event: words_of.ValueFacts) -> RowValues:
    return {
        "class_code": event.class_code,
        "class_group": class_group(event.class_code),
        "valued_on": event.effective_on,
        **_value(event.value),
    }


def _value(value: Value) -> RowValues:
    wear = value.wear
    return {
        "cost_vnd": value.cost_vnd,
        "accumulated_vnd": value.accumulated_vnd,
        "life_years": wear.years if wear else None,
        "rate": wear.rate if wear else None,
        "next_year": wear.next_year if wear else None,
        "last_year": wear.last_year if wear else None,
    }


def _placed(place: Place) -> RowValues:
    return {"site_id": place.site_id, "division_id": place.division_id, "room": place.room}


def _registered(event: words_of.AssetRegistered) -> RowValues:
    decision = event.decision
    return {
        "tag": event.tag,
        "number": event.number,
        "unit_id": event.unit_id,
        "booked_on": event.booked_on,
        "origin": event.origin,
        "cost_basis": event.cost_basis,
        "life_basis": event.life_basis,
        "custodian_id": event.custodian_id,
        "condition": event.condition,
        "status": "in_use",
        "held": True,
        "lent_to_id": None,
        "lent_until": None,
        "decision_number": decision.number if decision else None,
        "decision_issued_on": decision.issued_on if decision else None,
        "decision_issuer": decision.issuer if decision else None,
        "gone_on": None,
        "gone_by": None,
        **_described(event),
        **_valued(event),
        **_placed(event.place),
    }


def _changes(event: Event) -> RowValues:
    match event:
        case words_of.AssetMoved():
            return _placed(event.place)
        case words_of.AssetHandedOver():
            return {"unit_id": event.unit_id, "custodian_id": None, **_placed(event.place)}
        case words_of.CustodianAssigned():
            return {"custodian_id": event.custodian_id}
        case words_of.ConditionRecorded() | words_of.AssetRepaired():
            return {"condition": event.condition}
        case words_of.AssetLent():
            return {"lent_to_id": event.to_unit_id, "lent_until": event.due_on}
        case words_of.AssetReturned():
            return {"lent_to_id": None, "lent_until": None, "condition": event.condition}
        case words_of.AssetCorrected():
            return _described(event)
        case words_of.AssetRevalued():
            return {"cost_basis": event.cost_basis}
        case words_of.DisposalProposed():
            return {"status": "disposal_proposed"}
        case words_of.DisposalApproved():
            return {"status": "disposal_approved"}
        case words_of.DisposalRejected():
            return {"status": "in_use"}
        case words_of.DisposalCarriedOut():
            return {"status": "disposed", "held": False, "gone_on": event.effective_on, "gone_by": event.method}
    return {}


def _project(row: RowValues | None, fact: Fact) -> RowValues | None:
    event = fact.event
    if isinstance(event, words_of.AssetRegistered):
        row = _registered(event)
        return {**row, "search_text": _searched(row)}
    if row is None:
        return None
    changed = {**row, **_changes(event)}
    if isinstance(event, words_of.ValueFacts):
        changed |= _valued(event) | {"valued_on": max(row["valued_on"], event.effective_on)}
    if isinstance(event, words_of.AssetCorrected | words_of.AssetMoved | words_of.AssetHandedOver):
        changed["search_text"] = _searched(changed)
    return changed


def _searched(row: RowValues) -> str:
    own = (row[name] for name in ("tag", "name", "model", "maker", "serial_number", "old_code", "room", "note"))
    details = _DETAILS.validate_json(row["details"]) if row["details"] else None
    special = [getattr(details, name, None) for name in ("plate", "chassis_number", "engine_number")]
    return fold(" ".join(text for text in (*own, *special) if text))


ASSET_REGISTER = ReadModel(
    name="asset_register",
    version=1,
    key_column="asset_id",
    columns={
        "tag": "text NOT NULL",
        "number": "integer NOT NULL",
        "unit_id": "text NOT NULL",
        "name": "text NOT NULL",
        "name_folded": "text NOT NULL",
        "class_code": "text NOT NULL",
        "class_group": "text NOT NULL",
        "model": "text",
        "maker": "text",
        "serial_number": "text",
        "made_in": "integer",
        "old_code": "text",
        "details": "text",
        "note": "text",
        "booked_on": "date NOT NULL",
        "origin": "text NOT NULL",
        "cost_basis": "text NOT NULL",
        "life_basis": "text",
        "cost_vnd": "bigint NOT NULL",
        "accumulated_vnd": "bigint NOT NULL",
        "life_years": "integer",
        "rate": "integer",
        "next_year": "integer",
        "last_year": "integer",
        "valued_on": "date NOT NULL",
        "site_id": "text",
        "division_id": "text",
        "room": "text",
        "custodian_id": "text",
        "condition": "text NOT NULL",
        "status": "text NOT NULL",
        "held": "boolean NOT NULL",
        "lent_to_id": "text",
        "lent_until": "date",
        "decision_number": "text",
        "decision_issued_on": "date",
        "decision_issuer": "text",
        "gone_on": "date",
        "gone_by": "text",
        "search_text": "text NOT NULL",
        "search": "tsvector GENERATED ALWAYS AS (to_tsvector('simple', search_text)) STORED",
    },
    indexes=(
        "(tag)",
        "(name_folded, tag)",
        "(booked_on, tag)",
        "(cost_vnd, tag)",
        "(unit_id, tag)",
        "(class_group, class_code, tag)",
        "(site_id, tag)",
        "(division_id, tag)",
        "(custodian_id, tag) WHERE custodian_id IS NOT NULL",
        "(lent_to_id, tag) WHERE lent_to_id IS NOT NULL",
        "(condition, tag) WHERE condition <> 'good'",
        "(status, tag) WHERE status <> 'in_use'",
        "(old_code) WHERE old_code IS NOT NULL",
        "USING gin (search)",
    ),
    events=event_types("assets", _EVENTS),
    key=lambda fact: fact.id if fact.aggregate == "asset" else None,
    project=_project,
)

ORDERS = {
    "tag": ("tag",),
    "name": ("name_folded", "tag"),
    "booked_on": ("booked_on", "tag"),
    "cost": ("cost_vnd", "tag"),
}
"""The orders a page of the register may have; a tag is one asset's for ever."""


def make_row(record: Mapping[str, Any]) -> dict[str, Any]:
    """Return the columns that are put together from others."""
    rate = record["rate"]
    return {
        "class_name": class_name(record["class_code"]),
        "details": _DETAILS.validate_json(record["details"]) if record["details"] else None,
        "residual_vnd": record["cost_vnd"] - record["accumulated_vnd"],
        "rate_percent": rate / 100 if rate else None,
        "yearly_wear_vnd": yearly(record["cost_vnd"], rate) if rate else None,
    }


def name_row(row: AssetRow, names: Names) -> AssetRow:
    """Return a row with the names of its unit, place and custodian, and of who has borrowed it."""
    return row.model_copy(
        update={
            "unit_name": names.unit(row.unit_id),
            "site_name": names.site(row.site_id),
            "division_name": names.unit(row.division_id),
            "used_at": names.place(row.site_id, row.division_id, row.room),
            "custodian_name": names.person(row.custodian_id),
            "lent_to_name": names.unit(row.lent_to_id),
        }
    )


NAMED = {"units": ("unit_id", "division_id", "lent_to_id"), "sites": ("site_id",), "people": ("custodian_id",)}
"""Which fields of an AssetRow hold ids of what."""


def filtered(listing: Listing, query: AssetFilter) -> Listing:
    """Narrow a listing of the register to what the filter says of assets as they stand."""
    group = query.class_code if query.class_code and "." not in query.class_code else None
    return (
        listing.where("unit_id = {}", query.unit_id)
        .where("class_group = {}", group)
        .where("class_code = {}", None if group else query.class_code)
        .where("site_id = {}", query.site_id)
        .where("division_id = {}", query.division_id)
        .where("room = {}", query.room)
        .where("custodian_id = {}", query.custodian_id)
        .where("condition = {}", query.condition)
        .where("booked_on >= {}", query.booked_from)
        .where("booked_on <= {}", query.booked_to)
        .where("cost_vnd >= {}", query.cost_from)
        .where("cost_vnd <= {}", query.cost_to)
    )


def _list(query: ListAssets, actor: Actor) -> Completed:
    listing = filtered(Listing(ASSET_REGISTER, query, AssetRow, ORDERS[query.sort], make_row), query)
    listing = (
        listing.where("status = {}", query.status)
        .where("held = {}", not (query.gone or query.status == "disposed"))
        .where("(lent_to_id IS NOT NULL) = {}", query.lent)
        .where("lent_to_id = {}", query.lent_to_id)
        .matching("search", query.text)
    )
    return named(listing, query, name_row, **NAMED)


LIST_ASSETS = QueryRule(ListAssets, (ASSET_REGISTER, *NAMES), _list)
