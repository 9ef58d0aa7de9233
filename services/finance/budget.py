"""What finance decides and answers of estimates, for the table of contents of the service."""

from typing import Any

from services.finance.deciders.board_settlement import SETTLE_BOARD
from services.finance.deciders.budget import BUDGET
from services.finance.deciders.budget_carrying import CARRY_OVER
from services.finance.deciders.budget_closing import CLOSE_BUDGET
from services.finance.deciders.estimate_transfer import TRANSFER_ESTIMATE
from services.finance.deciders.estimates import ESTIMATE_RULES
from services.finance.read_models.budget_index import LIST_BUDGET_INDEX, LIST_SOURCES
from services.finance.read_models.budget_view import GET_BUDGET, GET_SETTLEMENT
from services.finance.read_models.burn_down import LIST_BURN_DOWN
from services.finance.read_models.estimate_moves import LIST_ESTIMATE_MOVES
from services.finance.read_models.execution import LIST_EXECUTION
from services.finance.read_models.items_spent import LIST_ITEMS_SPENT
from services.finance.read_models.lines_left import LIST_LINES_LEFT
from services.finance.read_models.overrides import LIST_OVERRIDES
from services.runtime.manifest import Aggregate, CommandRule, Policy, QueryRule

AGGREGATES: tuple[Aggregate[Any], ...] = (BUDGET,)
COMMAND_RULES: tuple[CommandRule, ...] = (
    *ESTIMATE_RULES,
    TRANSFER_ESTIMATE,
    CARRY_OVER,
    CLOSE_BUDGET,
    SETTLE_BOARD,
)
QUERY_RULES: tuple[QueryRule, ...] = (
    GET_BUDGET,
    LIST_EXECUTION,
    LIST_BURN_DOWN,
    LIST_ESTIMATE_MOVES,
    LIST_LINES_LEFT,
    LIST_ITEMS_SPENT,
    GET_SETTLEMENT,
    LIST_OVERRIDES,
    LIST_BUDGET_INDEX,
    LIST_SOURCES,
)
POLICIES: tuple[Policy, ...] = ()
