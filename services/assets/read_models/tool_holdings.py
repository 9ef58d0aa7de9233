"""Who has how many of which tools?"""

from collections.abc import Mapping
from typing import Any

from contracts.assets import tools as words_of
from contracts.assets.tools import GetTool, ListToolHoldings, ToolHoldingRow, ToolRow, ToolView
from contracts.base import Actor, Refused
from services.assets.read_models import tools
from services.assets.read_models.names import NAMES, Names
from services.assets.read_models.tools import MOVEMENTS, TOOLS
from services.runtime.completing import Completed, Look
from services.runtime.envelope import Fact, event_types
from services.runtime.gathering import Gathering, Rows
from services.runtime.listing import Listing, as_row
from services.runtime.manifest import QueryRule
from services.runtime.read_model import ReadModel, RowValues


def _key(fact: Fact) -> str | None:
    event = fact.event
    assert isinstance(event, words_of.ToolMovement)
    holder = event.holder
    return f"{event.code}|{fact.id}|{holder.division_id or ''}|{holder.person_id or ''}" if holder else None


def _project(row: RowValues | None, fact: Fact) -> RowValues:
    event = fact.event
    assert isinstance(event, words_of.ToolMovement)
    assert event.holder is not None
    return {
        "tool_id": fact.id,
        "code": event.code,
        "unit_id": event.unit_id,
        "division_id": event.holder.division_id,
        "person_id": event.holder.person_id,
        "quantity": event.held or 0,
        "since": event.moved_on,
    }


TOOL_HOLDINGS = ReadModel(
    name="tool_holdings",
    version=1,
    key_column="holding_id",
    columns={
        "tool_id": "text NOT NULL",
        "code": "text NOT NULL",
        "unit_id": "text NOT NULL",
        "division_id": "text",
        "person_id": "text",
        "quantity": "bigint NOT NULL",
        "since": "date NOT NULL",
    },
    indexes=("(tool_id)", "(division_id, holding_id)", "(person_id, holding_id)"),
    events=event_types("assets", MOVEMENTS),
    key=_key,
    project=_project,
)
"""How many a holder has of a tool, none where they had some; keys begin with the tool's code, and are ordered by it."""


def _make_row(record: Mapping[str, Any]) -> dict[str, Any]:
    return {"name": "", "measure": ""}


def _name_row(row: ToolHoldingRow, names: Names, cards: Mapping[str, Mapping[str, Any]]) -> ToolHoldingRow:
    of_tool = cards.get(row.tool_id)
    return row.model_copy(
        update={
            "name": of_tool["name"] if of_tool else row.code,
            "measure": of_tool["measure"] if of_tool else "",
            "division_name": names.unit(row.division_id),
            "person_name": names.person(row.person_id),
        }
    )


def _list(query: ListToolHoldings, actor: Actor) -> Completed:
    listing = (
        Listing(TOOL_HOLDINGS, query, ToolHoldingRow, ("holding_id",), _make_row)
        .where("quantity > {}", 0)
        .where("unit_id = {}", query.unit_id)
        .where("division_id = {}", query.division_id)
        .where("person_id = {}", query.person_id)
        .where("tool_id = {}", query.tool_id)
    )
    units, sites, people = NAMES
    looks = (
        Look(TOOLS, lambda row: (row.tool_id,)),
        Look(units, lambda row: (row.division_id,)),
        Look(sites, lambda row: ()),
        Look(people, lambda row: (row.person_id,)),
    )
    return Completed(listing, query, looks, lambda row, day, cards, *found: _name_row(row, Names(day, *found), cards))


def _get(query: GetTool, actor: Actor) -> Completed:
    def build(cards: list[Mapping[str, Any]], holdings: list[Mapping[str, Any]]) -> ToolView:
        if not cards:
            raise Refused(words_of.TOOL_UNKNOWN, "tool_id", tool_id=query.tool_id)
        rows = (as_row(ToolHoldingRow, record, _make_row) for record in holdings)
        return ToolView.model_validate({"tool": as_row(ToolRow, cards[0], tools.make_row), "holdings": tuple(rows)})

    parts = (
        Rows(TOOLS, "tool_id = $1", (query.tool_id,)),
        Rows(TOOL_HOLDINGS, "tool_id = $1 AND quantity > 0 ORDER BY holding_id", (query.tool_id,)),
    )
    units, sites, people = NAMES
    looks = (
        Look(units, lambda view: (view.tool.unit_id, view.tool.division_id, *(h.division_id for h in view.holdings))),
        Look(sites, lambda view: (view.tool.site_id,)),
        Look(people, lambda view: (holding.person_id for holding in view.holdings)),
    )
    return Completed(Gathering(parts, build), query, looks, lambda view, day, *found: _named(view, Names(day, *found)))


def _named(view: ToolView, names: Names) -> ToolView:
    card = {view.tool.tool_id: {"name": view.tool.name, "measure": view.tool.measure}}
    holdings = tuple(_name_row(row, names, card) for row in view.holdings)
    return ToolView(tool=tools.name_row(view.tool, names), holdings=holdings)


LIST_TOOL_HOLDINGS = QueryRule(ListToolHoldings, (TOOL_HOLDINGS, TOOLS, *NAMES), _list)
GET_TOOL = QueryRule(GetTool, (TOOLS, TOOL_HOLDINGS, *NAMES), _get)
