"""The cards of tools: opened under the next number of a unit, put right, and tools handed from one unit to another."""

from collections.abc import Iterable, Sequence
from typing import Any

from contracts.assets import Place
from contracts.assets import tools as words_of
from contracts.assets.tools import ToolFacts
from contracts.base import Event, Refused
from services.assets.deciders.common import not_in_future, today
from services.assets.deciders.tool import (
    TOOL,
    TOOL_BOOK,
    Tool,
    card,
    code,
    evolve,
    expect_tool,
    moved,
    share,
    unless_entered,
)
from services.assets.deciders.tool_movements import MOST_VND, entered, said_day
from services.runtime.manifest import Decision, Given, Ref, Seen


def registering_involves(words: words_of.RegisterTool, given: Given) -> Sequence[Ref]:
    """A card is opened over the new tool and the book of its unit."""
    return Ref(TOOL, given.command_id.hex, new=True), Ref(TOOL_BOOK, words.unit_id)


def register_tool(words: words_of.RegisterTool, given: Given, tool: Seen, book: Seen) -> Decision:
    """A kind of tool gets its unit's next number; what there is of it is entered with its card."""
    if tool.state.facts.code:
        return []
    day = said_day(given, "entered_on", words.entered_on)
    said = {"name": words.name, "measure": words.measure, "place": words.place, "note": words.note}
    opened, numbered = _opened(given, book, words.unit_id, tool.ref.id, said)
    events: list[tuple[Seen, Event]] = [(tool, opened), (book, numbered)]
    if words.quantity:
        events.append((tool, entered(given, evolve(tool.state, opened), words, day)))
    return events


def _opened(
    given: Given, book: Seen, unit_id: str, tool_id: str, said: dict[str, Any]
) -> tuple[words_of.ToolRegistered, words_of.ToolNumbered]:
    number = book.state.last_number + 1
    facts = {"unit_id": unit_id, "code": code(unit_id, number), **said}
    opened = words_of.ToolRegistered(**facts, number=number, registered_on=today(given))
    return opened, words_of.ToolNumbered(number=number, tool_id=tool_id)


def correct_tool(words: words_of.CorrectTool, given: Given, tool: Tool) -> Iterable[Event]:
    """What is said replaces what stood; the code stays."""
    expect_tool(tool, words.tool_id)
    names = ("name", "measure", "place", "note")
    said = {name: getattr(words, name) for name in names if getattr(words, name) is not None}
    facts = tool.facts.model_copy(update=said)
    if facts != tool.facts:
        kept = {name: getattr(facts, name) for name in ToolFacts.model_fields}
        yield words_of.ToolCorrected(**kept, reason=words.reason)


def transferring_involves(words: words_of.TransferTools, given: Given) -> Sequence[Ref]:
    """A transfer is decided over both cards, and the receiver's book where it opens one; raise Refused for one card."""
    home = Ref(TOOL, words.tool_id)
    if words.to_tool_id is None:
        return home, Ref(TOOL, given.command_id.hex, new=True), Ref(TOOL_BOOK, words.to_unit_id)
    if words.to_tool_id == words.tool_id:
        raise Refused(words_of.TRANSFER_UNFIT, "to_tool_id", code=words.tool_id, measure="-")
    return home, Ref(TOOL, words.to_tool_id)


def transfer_tools(words: words_of.TransferTools, given: Given, home: Seen, there: Seen, *book: Seen) -> Decision:
    """Tools leave one unit's books and enter the other's with the same value, in one decision or not at all."""
    tool: Tool = home.state
    expect_tool(tool, words.tool_id)
    if words.decision:
        not_in_future(given, "decision.issued_on", words.decision.issued_on)
    day, value_vnd = said_day(given, "transferred_on", words.transferred_on), share(tool.stock, words.quantity)
    said: dict[str, Any] = {
        "moved_on": day,
        "paper": words.paper,
        "quantity": words.quantity,
        "decision": words.decision,
    }
    out = words_of.ToolsTransferredOut(
        **card(tool),
        **said,
        quantity_change=-words.quantity,
        value_change_vnd=-value_vnd,
        stock=moved(tool, in_store=-words.quantity, value_vnd=-value_vnd),
        to_unit_id=words.to_unit_id,
        to_tool_id=there.ref.id,
    )
    if not list(unless_entered(tool, out, tool.stock.in_store)):
        return []
    opened: list[tuple[Seen, Event]] = _opened_there(words, given, tool, there, *book)
    receiver: Tool = evolve(there.state, opened[0][1]) if opened else there.state
    _expect_fit(words, tool, receiver, value_vnd)
    into = words_of.ToolsTransferredIn(
        **card(receiver),
        **said,
        quantity_change=words.quantity,
        value_change_vnd=value_vnd,
        stock=moved(receiver, in_store=words.quantity, value_vnd=value_vnd),
        from_unit_id=tool.facts.unit_id,
        from_tool_id=home.ref.id,
    )
    return [(home, out), *opened, (there, into)]


def _opened_there(
    words: words_of.TransferTools, given: Given, tool: Tool, there: Seen, *book: Seen
) -> list[tuple[Seen, Event]]:
    if not book:
        return []
    said = {"name": tool.facts.name, "measure": tool.facts.measure, "place": Place(), "note": tool.facts.note}
    opened, numbered = _opened(given, book[0], words.to_unit_id, there.ref.id, said)
    return [(there, opened), (book[0], numbered)]


def _expect_fit(words: words_of.TransferTools, tool: Tool, receiver: Tool, value_vnd: int) -> None:
    expect_tool(receiver, words.to_tool_id or "")
    own, theirs = tool.facts, receiver.facts
    same_measure = own.measure.casefold() == theirs.measure.casefold()
    if theirs.unit_id != words.to_unit_id or theirs.unit_id == own.unit_id or not same_measure:
        raise Refused(words_of.TRANSFER_UNFIT, "to_unit_id", code=own.code, measure=own.measure)
    if receiver.stock.value_vnd + value_vnd > MOST_VND:
        raise Refused(words_of.TOOLS_TOO_DEAR, "quantity", code=theirs.code, most_vnd=MOST_VND)
