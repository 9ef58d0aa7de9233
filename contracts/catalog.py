"""The words of every service of the office, by the name in its subjects and paths."""

from collections.abc import Mapping
from types import ModuleType

from contracts import assets, audit, documents, finance, organisation, scheduling

SERVICES: Mapping[str, ModuleType] = {
    "organisation": organisation,
    "documents": documents,
    "assets": assets,
    "scheduling": scheduling,
    "finance": finance,
    "audit": audit,
}
"""Each module lists what its service is told, records and answers: COMMANDS, EVENTS and QUERIES."""
