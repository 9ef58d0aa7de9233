"""What the office's life costs: every fact of other desks that costs money or belongs into the books is heard in turn.

One policy for all: whose an asset is must be known before what it costs is told, and only one reader keeps the order.
"""

from collections.abc import Iterable

from contracts.base import Command, Event
from services.finance.policies import (
    book_asset_values,
    book_estimates,
    book_wear,
    draft_car_costs,
    draft_meeting_costs,
    draft_upkeep_costs,
    know_things,
)
from services.runtime.envelope import Fact, event_types
from services.runtime.manifest import At, Policy

_ORGANISATION: tuple[type[Event], ...] = know_things.ORGANISATION
_ASSETS: tuple[type[Event], ...] = tuple(
    {
        *know_things.ASSETS,
        *draft_upkeep_costs.ASSETS,
        *book_asset_values.ASSETS,
        *book_wear.ASSETS,
    }
)
_SCHEDULING: tuple[type[Event], ...] = (
    *know_things.SCHEDULING,
    *draft_car_costs.SCHEDULING,
    *draft_meeting_costs.SCHEDULING,
)


def _react(fact: Fact) -> Iterable[Command | At]:
    yield from know_things.react(fact)
    yield from draft_car_costs.react(fact)
    yield from draft_upkeep_costs.react(fact)
    yield from draft_meeting_costs.react(fact)
    yield from book_asset_values.react(fact)
    yield from book_wear.react(fact)
    yield from book_estimates.react(fact)


HEAR_COSTS = Policy(
    "hear_costs",
    {
        **event_types("organisation", _ORGANISATION),
        **event_types("assets", _ASSETS),
        **event_types("scheduling", _SCHEDULING),
        **event_types("finance", book_estimates.FINANCE),
    },
    _react,
)
