"""Which tools are there, how many of each are where, and what are they worth?"""

from collections.abc import Mapping
from typing import Any

from contracts.assets import tools as words_of
from contracts.assets.tools import ListTools, ToolRow
from contracts.base import Actor
from services.assets.read_models.names import NAMES, Names, named
from services.runtime.completing import Completed
from services.runtime.envelope import Fact, event_types
from services.runtime.listing import Listing
from services.runtime.manifest import QueryRule
from services.runtime.read_model import ReadModel, RowValues
from services.runtime.text import fold

MOVEMENTS = tuple(event for event in words_of.TOOL_EVENTS if issubclass(event, words_of.ToolMovement))
"""Every event that changes how many tools are where."""


def _card(event: words_of.ToolFacts) -> RowValues:
    place = event.place
    texts = (event.code, event.name, event.note, place.room)
    return {
        "code": event.code,
        "unit_id": event.unit_id,
        "name": event.name,
        "name_folded": fold(event.name),
        "measure": event.measure,
        "note": event.note,
        "site_id": place.site_id,
        "division_id": place.division_id,
        "room": place.room,
        "search_text": fold(" ".join(text for text in texts if text)),
    }


def _project(row: RowValues | None, fact: Fact) -> RowValues | None:
    event = fact.event
    if isinstance(event, words_of.ToolRegistered):
        empty = {"in_store": 0, "in_use": 0, "broken": 0, "quantity": 0, "value_vnd": 0, "moved_on": None}
        return {**_card(event), **empty}
    if row is None:
        return None
    if isinstance(event, words_of.ToolFacts):
        return {**row, **_card(event)}
    assert isinstance(event, words_of.ToolMovement)
    return {**row, **event.stock.model_dump(), "quantity": event.stock.quantity, "moved_on": event.moved_on}


TOOLS = ReadModel(
    name="tools",
    version=1,
    key_column="tool_id",
    columns={
        "code": "text NOT NULL",
        "unit_id": "text NOT NULL",
        "name": "text NOT NULL",
        "name_folded": "text NOT NULL",
        "measure": "text NOT NULL",
        "note": "text",
        "site_id": "text",
        "division_id": "text",
        "room": "text",
        "in_store": "bigint NOT NULL",
        "in_use": "bigint NOT NULL",
        "broken": "bigint NOT NULL",
        "quantity": "bigint NOT NULL",
        "value_vnd": "bigint NOT NULL",
        "moved_on": "date",
        "search_text": "text NOT NULL",
        "search": "tsvector GENERATED ALWAYS AS (to_tsvector('simple', search_text)) STORED",
    },
    indexes=("(code)", "(name_folded, code)", "(value_vnd, code)", "(unit_id, code)", "USING gin (search)"),
    events=event_types("assets", (words_of.ToolRegistered, words_of.ToolCorrected, *MOVEMENTS)),
    key=lambda fact: fact.id,
    project=_project,
)

_ORDERS = {"code": ("code",), "name": ("name_folded", "code"), "value": ("value_vnd", "code")}


def make_row(record: Mapping[str, Any]) -> dict[str, Any]:
    """Return the columns that are put together from others."""
    quantity = record["quantity"]
    return {"unit_value_vnd": record["value_vnd"] // quantity if quantity else 0}


def name_row(row: ToolRow, names: Names) -> ToolRow:
    """Return a row with the names of its unit and of where it is kept."""
    kept_at = names.place(row.site_id, row.division_id, row.room) or ""
    return row.model_copy(update={"unit_name": names.unit(row.unit_id), "kept_at": kept_at})


def _list(query: ListTools, actor: Actor) -> Completed:
    listing = (
        Listing(TOOLS, query, ToolRow, _ORDERS[query.sort], make_row)
        .where("unit_id = {}", query.unit_id)
        .where("site_id = {}", query.site_id)
        .where("(broken > 0) = {}", query.broken)
        .matching("search", query.text)
    )
    return named(listing, query, name_row, units=("unit_id", "division_id"), sites=("site_id",))


LIST_TOOLS = QueryRule(ListTools, (TOOLS, *NAMES), _list)
