"""The finance desk: everything it decides, shows and does by itself."""

from contracts import finance as words
from services.finance import budget, causes, ledger, spending, statements
from services.finance.deciders.common import rules
from services.runtime.manifest import Service

FINANCE = Service(
    name="finance",
    aggregates=(
        *budget.AGGREGATES,
        *spending.AGGREGATES,
        *ledger.AGGREGATES,
        *statements.AGGREGATES,
        *causes.AGGREGATES,
    ),
    events=words.EVENTS,
    commands=(
        *budget.COMMAND_RULES,
        *spending.COMMAND_RULES,
        *ledger.COMMAND_RULES,
        *statements.COMMAND_RULES,
        *causes.COMMAND_RULES,
    ),
    queries=(*budget.QUERY_RULES, *spending.QUERY_RULES, *ledger.QUERY_RULES, *statements.QUERY_RULES),
    policies=(
        *budget.POLICIES,
        *spending.POLICIES,
        *ledger.POLICIES,
        *statements.POLICIES,
        *causes.POLICIES,
    ),
    rules=rules,
)
