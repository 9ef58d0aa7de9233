"""Tools (công cụ, dụng cụ) of one kind in one unit: how many are where, and what they are worth together."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from contracts.assets import Place
from contracts.assets import tools as words_of
from contracts.assets.tools import ToolFacts, ToolHolder, ToolStock
from contracts.base import Event, Refused
from services.runtime.manifest import Aggregate, Given
from services.runtime.text import token

_NOTHING = ToolStock()
_WORKED_OUT = {"stock", "held", "quantity_change", "value_change_vnd", "expected", "asset_from_vnd", "to_tool_id"}
"""What a movement says that its paper does not."""
_UNSAID = ToolFacts(unit_id="", code="", name="", measure="", place=Place())


@dataclass(frozen=True, slots=True)
class Tool:
    """What later decisions need of a kind of tool; it has no code before its card is opened.

    `holdings` are those of holders who have some, in the order in which they first got them. `papers` are the papers
    that were entered, each with what it said.
    """

    facts: ToolFacts = _UNSAID
    stock: ToolStock = _NOTHING
    holdings: tuple[tuple[ToolHolder, int], ...] = ()
    papers: tuple[tuple[str, str], ...] = ()

    def held(self, holder: ToolHolder | None) -> int:
        """How many a holder has; how many are in store for None."""
        return self.stock.in_store if holder is None else dict(self.holdings).get(holder, 0)


@dataclass(frozen=True, slots=True)
class ToolBook:
    """The numbers of a unit's kinds of tools."""

    last_number: int = 0


def evolve(tool: Tool, event: Event) -> Tool:
    """Return the tool after an event."""
    if isinstance(event, ToolFacts):
        tool = replace(tool, facts=ToolFacts(**{name: getattr(event, name) for name in ToolFacts.model_fields}))
    if isinstance(event, words_of.ToolMovement):
        others = tuple((holder, count) for holder, count in tool.holdings if holder != event.holder)
        own = ((event.holder, event.held),) if event.holder and event.held else ()
        papers = (*tool.papers, _paper(event)) if event.paper else tool.papers
        tool = replace(tool, stock=event.stock, holdings=(*others, *own), papers=papers)
    return tool


def evolve_book(book: ToolBook, event: Event) -> ToolBook:
    """Return the book after an event."""
    match event:
        case words_of.ToolNumbered():
            return replace(book, last_number=event.number)
    return book


TOOL = Aggregate("tool", Tool(), evolve)
TOOL_BOOK = Aggregate("toolbook", ToolBook(), evolve_book)


def code(unit_id: str, number: int) -> str:
    """Return what a kind of tool is called in its unit's book for ever: CC-VPTU-0012."""
    return f"CC-{unit_id.upper()}-{number:04d}"


def expect_tool(tool: Tool, id: str) -> None:
    """Raise Refused for a tool without a card."""
    if not tool.facts.code:
        raise Refused(words_of.TOOL_UNKNOWN, "tool_id", tool_id=id)


def expect_own(given: Given, tool: Tool) -> None:
    """Raise Refused for a speaker of another board; the keeper of assets acts for every unit."""
    of_unit = given.actor.board is not None and token(given.actor.board) == tool.facts.unit_id
    if "clerk" not in given.actor.roles and not of_unit:
        raise Refused(words_of.NOT_YOUR_TOOLS, code=tool.facts.code, unit_id=tool.facts.unit_id)


def expect_enough(tool: Tool, available: int, quantity: int) -> None:
    """Raise Refused where there are fewer than are wanted."""
    if quantity > available:
        facts = {"code": tool.facts.code, "measure": tool.facts.measure}
        raise Refused(words_of.TOO_FEW_TOOLS, "quantity", available=available, quantity=quantity, **facts)


def share(stock: ToolStock, quantity: int) -> int:
    """Return what so many of a stock are worth in đồng: its average, and with the last of it all that remains."""
    return stock.value_vnd * quantity // stock.quantity if stock.quantity else 0


def card(tool: Tool) -> dict[str, str]:
    """Return what every movement says of the card it is on."""
    return {"unit_id": tool.facts.unit_id, "code": tool.facts.code}


def moved(tool: Tool, **changes: int) -> ToolStock:
    """Return the stock after parts of it changed by so many."""
    stock: dict[str, Any] = tool.stock.model_dump()
    return ToolStock(**{name: stock[name] + changes.get(name, 0) for name in stock})


def unless_entered(tool: Tool, event: words_of.ToolMovement, available: int) -> Iterable[Event]:
    """Yield a movement whose paper was not entered yet, of no more than there are.

    Raise Refused where a paper of its kind and number was entered and said something else.
    """
    assert isinstance(event, Event)
    key, said = _paper(event)
    standing = dict(tool.papers).get(key)
    if event.paper and standing == said:
        return
    if event.paper and standing is not None:
        raise Refused(words_of.PAPER_USED, "paper", paper=event.paper, code=tool.facts.code)
    expect_enough(tool, available, event.quantity)
    yield event


def _paper(event: words_of.ToolMovement) -> tuple[str, str]:
    """Return what names a paper among those of a tool, and what it said of it."""
    holder = event.holder or words_of.ToolHolder.model_construct()
    key = " ".join(str(part) for part in (type(event).__name__, event.paper, holder.division_id, holder.person_id))
    return key, event.model_dump_json(exclude=_WORKED_OUT, exclude_none=True)
