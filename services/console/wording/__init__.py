"""The Vietnamese names of what the console offers, beside the English of the message classes."""

from collections.abc import Mapping

from services.console.surface import Offer
from services.console.wording import (
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
    scheduling_planning,
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
    scheduling_planning,
    scheduling_vehicles,
    scheduling_weekly,
    finance_budget,
    finance_spending,
    finance_statements,
    finance_causes,
    finance_ledger,
    audit,
)

NAMES: Mapping[tuple[str, str], str] = {key: name for part in _PARTS for key, name in part.NAMES.items()}
WORDS: Mapping[tuple[str, str], str] = {key: word for part in _PARTS for key, word in part.WORDS.items()}
"""Coded values of fields that stand in a legal column, as the paper says them."""


def vietnamese(offer: Offer) -> str:
    """Return the Vietnamese name of what is offered; its class's name until it has one."""
    return NAMES.get((offer.service, offer.name), str(offer.message.__name__))
