"""What finance hears of other desks, and what it keeps and drafts of it, for the table of contents of the service."""

from typing import Any

from services.finance.deciders.cost import COST, RECORD_COST
from services.finance.deciders.cost_entry import RECORD_BOOKING, RECORD_ESTIMATE
from services.finance.deciders.known import KNOW_THING, KNOW_UNIT, KNOWN_THING, KNOWN_UNIT
from services.finance.deciders.wear_year import COUNT_WEAR, DRAFT_WEAR, WEAR_YEAR
from services.finance.policies.draft_costs import DRAFT_COSTS
from services.finance.policies.hear_costs import HEAR_COSTS
from services.runtime.manifest import Aggregate, CommandRule, Policy, QueryRule

AGGREGATES: tuple[Aggregate[Any], ...] = (KNOWN_UNIT, KNOWN_THING, COST, WEAR_YEAR)
COMMAND_RULES: tuple[CommandRule, ...] = (
    KNOW_UNIT,
    KNOW_THING,
    RECORD_COST,
    RECORD_BOOKING,
    RECORD_ESTIMATE,
    COUNT_WEAR,
    DRAFT_WEAR,
)
QUERY_RULES: tuple[QueryRule, ...] = ()
POLICIES: tuple[Policy, ...] = (HEAR_COSTS, DRAFT_COSTS)
