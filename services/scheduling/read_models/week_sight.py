"""Who may see an item of the weekly calendar that is restricted?"""

from collections.abc import Collection

from contracts.base import Actor
from contracts.scheduling.weekly.events import ItemFacts
from services.runtime.gathering import Rows
from services.scheduling.deciders.week_facts import people
from services.scheduling.read_models.bookables import BOOKABLES

SEES_RESTRICTED = frozenset({"leader", "clerk", "administrator", "auditor"})
"""The roles to which every item is shown."""
_OWN = "(account = {id} OR board = {board}) AND kind IN ('leader', 'staff', 'driver')"
_ACCOUNT, _BOARD = "({0}::text[])[1]", "({0}::text[])[2]"
SEEN_SQL = (
    f"(publicity <> 'restricted' OR proposed_by_id = {_ACCOUNT} OR board = {_BOARD} OR {_BOARD} = ANY(boards) "
    f'OR people && ARRAY(SELECT bookable_id FROM "{BOOKABLES.table}" WHERE {_OWN.format(id=_ACCOUNT, board=_BOARD)}))'
)
"""Chooses the rows of week_items that the speaker `{0}` may see, who is an array of account and board."""


def own_people(actor: Actor) -> Rows:
    """Return the people of BOOKABLES who are the speaker or belong to the speaker's board."""
    return Rows(BOOKABLES, _OWN.format(id="$1", board="$2"), (actor.id, actor.board))


def asks_as(actor: Actor) -> list[str | None] | None:
    """Return whose sight `SEEN_SQL` is to be asked with; None for whoever sees everything."""
    return [actor.id, actor.board] if SEES_RESTRICTED.isdisjoint(actor.roles) else None


def people_in(facts: ItemFacts) -> tuple[str, ...]:
    """Return the ids of everybody who takes part in an item: leaders, and those who go in their place."""
    there = (thing for each in people(facts) for thing in (each.thing, each.delegate_thing))
    return tuple(dict.fromkeys(thing for thing in there if thing is not None))


def may_see(
    actor: Actor, own: Collection[str], facts: ItemFacts, board: str | None = None, by: str | None = None
) -> bool:
    """Tell whether a speaker may see an item; `own` are the ids of OWN people, `board` and `by` proposed it."""
    if facts.publicity != "restricted" or not SEES_RESTRICTED.isdisjoint(actor.roles):
        return True
    of_board = actor.board is not None and (actor.board == board or actor.board in facts.boards)
    return of_board or actor.id == by or not set(own).isdisjoint(people_in(facts))
