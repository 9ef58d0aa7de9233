"""What happened to the tools, paper by paper, and what was there after each?"""

from collections.abc import Mapping
from typing import Any

from contracts.assets import tools as words_of
from contracts.assets.tools import ListToolMovements, ToolMovementRow
from contracts.base import Actor
from services.assets.read_models.names import NAMES, Names
from services.assets.read_models.tools import MOVEMENTS, TOOLS
from services.runtime.completing import Completed, Look
from services.runtime.envelope import Fact, event_types
from services.runtime.listing import Listing
from services.runtime.manifest import QueryRule
from services.runtime.read_model import ReadModel, RowValues

_KINDS = {
    words_of.ToolsEntered: "entered",
    words_of.ToolsIssued: "issued",
    words_of.ToolsReturned: "returned",
    words_of.ToolsReportedBroken: "broken",
    words_of.ToolsWrittenOff: "written_off",
    words_of.ToolsTransferredOut: "transferred_out",
    words_of.ToolsTransferredIn: "transferred_in",
    words_of.ToolsCounted: "counted",
}


def _project(row: RowValues | None, fact: Fact) -> RowValues:
    event = fact.event
    assert isinstance(event, words_of.ToolMovement)
    change, value_vnd = event.quantity_change, event.value_change_vnd
    return {
        "tool_id": fact.id,
        "code": event.code,
        "unit_id": event.unit_id,
        "moved_on": event.moved_on,
        "place": fact.position,
        "paper": event.paper,
        "kind": _KINDS[type(event)],
        "quantity": event.quantity,
        "in_quantity": max(change, 0),
        "in_value_vnd": max(value_vnd, 0),
        "out_quantity": max(-change, 0),
        "out_value_vnd": max(-value_vnd, 0),
        "stock_quantity": event.stock.quantity,
        "stock_value_vnd": event.stock.value_vnd,
        "other_unit_id": getattr(event, "to_unit_id", None) or getattr(event, "from_unit_id", None),
        "division_id": event.holder.division_id if event.holder else None,
        "person_id": event.holder.person_id if event.holder else None,
        "reason": "; ".join(text for text in (getattr(event, "reason", None), event.note) if text) or None,
    }


TOOL_MOVEMENTS = ReadModel(
    name="tool_movements",
    version=1,
    key_column="movement_id",
    columns={
        "tool_id": "text NOT NULL",
        "code": "text NOT NULL",
        "unit_id": "text NOT NULL",
        "moved_on": "date NOT NULL",
        "place": "bigint NOT NULL",
        "paper": "text",
        "kind": "text NOT NULL",
        "quantity": "bigint NOT NULL",
        "in_quantity": "bigint NOT NULL",
        "in_value_vnd": "bigint NOT NULL",
        "out_quantity": "bigint NOT NULL",
        "out_value_vnd": "bigint NOT NULL",
        "stock_quantity": "bigint NOT NULL",
        "stock_value_vnd": "bigint NOT NULL",
        "other_unit_id": "text",
        "division_id": "text",
        "person_id": "text",
        "reason": "text",
    },
    indexes=("(moved_on, place)", "(tool_id, moved_on, place)", "(unit_id, moved_on, place)", "(paper)"),
    events=event_types("assets", MOVEMENTS),
    key=lambda fact: fact.event_id,
    project=_project,
)
"""Every movement by its event; `place` is where it stands in the log."""


def _make_row(record: Mapping[str, Any]) -> dict[str, Any]:
    return {"name": "", "measure": ""}


def _name_row(row: ToolMovementRow, names: Names, cards: Mapping[str, Mapping[str, Any]]) -> ToolMovementRow:
    card = cards.get(row.tool_id)
    parties = (names.person(row.person_id), names.unit(row.division_id), names.unit(row.other_unit_id))
    return row.model_copy(
        update={
            "name": card["name"] if card else row.code,
            "measure": card["measure"] if card else "",
            "party": ", ".join(party for party in parties if party) or None,
        }
    )


def _list(query: ListToolMovements, actor: Actor) -> Completed:
    listing = (
        Listing(TOOL_MOVEMENTS, query, ToolMovementRow, ("moved_on", "place"), _make_row)
        .where("tool_id = {}", query.tool_id)
        .where("unit_id = {}", query.unit_id)
        .where("division_id = {}", query.division_id)
        .where("kind = {}", query.kind)
        .where("paper = {}", query.paper)
        .where("moved_on >= {}", query.moved_from)
        .where("moved_on <= {}", query.moved_to)
    )
    units, sites, people = NAMES
    looks = (
        Look(TOOLS, lambda row: (row.tool_id,)),
        Look(units, lambda row: (row.division_id, row.other_unit_id)),
        Look(sites, lambda row: ()),
        Look(people, lambda row: (row.person_id,)),
    )
    return Completed(listing, query, looks, lambda row, day, cards, *found: _name_row(row, Names(day, *found), cards))


LIST_TOOL_MOVEMENTS = QueryRule(ListToolMovements, (TOOL_MOVEMENTS, TOOLS, *NAMES), _list)
