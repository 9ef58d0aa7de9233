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
    audit,
)

EXAMPLES: Mapping[type[Command], dict[str, Any]] = {
    command: example for part in _PARTS for command, example in part.EXAMPLES.items()
}
