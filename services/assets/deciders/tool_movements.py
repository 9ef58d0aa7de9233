"""What happens to tools within a unit: entered, issued, returned, reported broken, written off, counted."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from contracts.assets import tools as words_of
from contracts.assets.tools import ToolHolder
from contracts.base import Event, Refused
from services.assets.deciders.common import not_in_future, today
from services.assets.deciders.tool import Tool, card, expect_own, expect_tool, moved, share, unless_entered
from services.runtime.manifest import Given

MOST_VND = 100_000_000_000_000


def enter_tools(words: words_of.EnterTools, given: Given, tool: Tool) -> Iterable[Event]:
    """What is entered adds its quantity and quantity times price; a price is no average but what was paid."""
    expect_tool(tool, words.tool_id)
    day = said_day(given, "entered_on", words.entered_on)
    return unless_entered(tool, entered(given, tool, words, day), words.quantity)


def entered(
    given: Given, tool: Tool, words: words_of.EnterTools | words_of.RegisterTool, day: date
) -> words_of.ToolsEntered:
    """Return the entry of tools at a price; raise Refused for a value beyond what can be kept."""
    value_vnd = words.quantity * words.unit_price_vnd
    if tool.stock.value_vnd + value_vnd > MOST_VND:
        raise Refused(words_of.TOOLS_TOO_DEAR, "unit_price_vnd", code=tool.facts.code, most_vnd=MOST_VND)
    from_vnd = given.rules.thresholds.in_force(day, kind="fixed_asset").minimum_vnd
    return words_of.ToolsEntered(
        **card(tool),
        moved_on=day,
        paper=words.paper,
        quantity=words.quantity,
        quantity_change=words.quantity,
        value_change_vnd=value_vnd,
        stock=moved(tool, in_store=words.quantity, value_vnd=value_vnd),
        note=words.note,
        unit_price_vnd=words.unit_price_vnd,
        source=words.source,
        asset_from_vnd=from_vnd if words.unit_price_vnd >= from_vnd else None,
    )


def issue_tools(words: words_of.IssueTools, given: Given, tool: Tool) -> Iterable[Event]:
    """What is issued leaves the store and stays in the books, with its holder."""
    return _passed(words, given, tool, words.issued_on, -words.quantity, "issued_on")


def return_tools(words: words_of.ReturnTools, given: Given, tool: Tool) -> Iterable[Event]:
    """A holder returns no more than they have."""
    return _passed(words, given, tool, words.returned_on, words.quantity, "returned_on")


def _passed(
    words: words_of.IssueTools | words_of.ReturnTools,
    given: Given,
    tool: Tool,
    day: date | None,
    into_store: int,
    field: str,
) -> Iterable[Event]:
    expect_tool(tool, words.tool_id)
    expect_own(given, tool)
    held = tool.held(words.holder)
    kind = words_of.ToolsReturned if into_store > 0 else words_of.ToolsIssued
    event = kind(
        **card(tool),
        moved_on=said_day(given, field, day),
        paper=words.paper,
        quantity=words.quantity,
        stock=moved(tool, in_store=into_store, in_use=-into_store),
        holder=words.holder,
        held=held - into_store,
        note=words.note,
    )
    return unless_entered(tool, event, held if into_store > 0 else tool.stock.in_store)


def report_broken(words: words_of.ReportBroken, given: Given, tool: Tool) -> Iterable[Event]:
    """What is reported broken or lost leaves its holder, and stays in the books until it is written off."""
    expect_tool(tool, words.tool_id)
    expect_own(given, tool)
    held = tool.held(words.holder)
    event = words_of.ToolsReportedBroken(
        **card(tool),
        moved_on=said_day(given, "reported_on", words.reported_on),
        paper=words.paper,
        quantity=words.quantity,
        stock=moved(tool, broken=words.quantity, **_with(words.holder, -words.quantity)),
        **_holding(words.holder, held - words.quantity),
        cause=words.cause,
        reason=words.reason,
    )
    return unless_entered(tool, event, held)


def write_off_tools(words: words_of.WriteOffTools, given: Given, tool: Tool) -> Iterable[Event]:
    """What was reported leaves the books by a decision, with its share of the value; the last of it takes the rest."""
    expect_tool(tool, words.tool_id)
    not_in_future(given, "decision.issued_on", words.decision.issued_on)
    value_vnd = share(tool.stock, words.quantity)
    event = words_of.ToolsWrittenOff(
        **card(tool),
        moved_on=said_day(given, "written_off_on", words.written_off_on),
        paper=words.decision.number,
        quantity=words.quantity,
        quantity_change=-words.quantity,
        value_change_vnd=-value_vnd,
        stock=moved(tool, broken=-words.quantity, value_vnd=-value_vnd),
        note=words.note,
        decision=words.decision,
    )
    events = list(unless_entered(tool, event, words.quantity))
    if events and words.quantity > tool.stock.broken:
        facts = {"code": tool.facts.code, "measure": tool.facts.measure, "quantity": words.quantity}
        raise Refused(words_of.NOT_ENOUGH_BROKEN, "quantity", available=tool.stock.broken, **facts)
    return events


def count_tools(words: words_of.CountTools, given: Given, tool: Tool) -> Iterable[Event]:
    """The books follow what was counted: a shortage takes its share of the value, a surplus comes in at the average."""
    expect_tool(tool, words.tool_id)
    expect_own(given, tool)
    expected = tool.held(words.holder)
    change = words.counted - expected
    value_vnd = share(tool.stock, change) if tool.stock.quantity else change * (words.unit_price_vnd or 0)
    if change < 0:
        value_vnd = -share(tool.stock, -change)
    if tool.stock.value_vnd + value_vnd > MOST_VND:
        raise Refused(words_of.TOOLS_TOO_DEAR, "counted", code=tool.facts.code, most_vnd=MOST_VND)
    event = words_of.ToolsCounted(
        **card(tool),
        moved_on=said_day(given, "counted_on", words.counted_on),
        paper=words.paper,
        quantity=words.counted,
        quantity_change=change,
        value_change_vnd=value_vnd,
        stock=moved(tool, value_vnd=value_vnd, **_with(words.holder, change)),
        **_holding(words.holder, words.counted),
        expected=expected,
        reason=words.reason,
    )
    return unless_entered(tool, event, words.counted)


def _with(holder: ToolHolder | None, change: int) -> dict[str, int]:
    return {"in_store": change} if holder is None else {"in_use": change}


def _holding(holder: ToolHolder | None, held: int) -> dict[str, Any]:
    return {"holder": holder, "held": held} if holder else {}


def said_day(given: Given, field: str, day: date | None) -> date:
    """Return the day of a movement, today if none was said; raise Refused for one to come."""
    not_in_future(given, field, day or today(given))
    return day or today(given)
