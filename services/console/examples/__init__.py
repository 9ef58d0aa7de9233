"""One example of every command for the API page; each is decoded by its class in the tests."""

from collections.abc import Mapping
from typing import Any

from contracts.base import Command
from services.console.examples import (
    assets,
    assets_handovers,
    assets_stocktakes,
    assets_tools,
    audit,
    documents,
    finance_budget,
    finance_causes,
    finance_ledger,
    finance_spending,
    finance_statements,
    organisation,
    scheduling,
    scheduling_feeds,
    scheduling_vehicles,
    scheduling_weekly,
)

_PARTS = (
    organisation,
    documents,
    assets,
    assets_handovers,
    assets_stocktakes,
    assets_tools,
    scheduling,
    scheduling_feeds,
    scheduling_vehicles,
    scheduling_weekly,
    finance_budget,
    finance_spending,
    finance_statements,
    finance_causes,
    finance_ledger,
    audit,
)

EXAMPLES: Mapping[type[Command], dict[str, Any]] = {
    command: example for part in _PARTS for command, example in part.EXAMPLES.items()
}
