"""The office's words, Vietnamese and English, for every event, every field of one, every record and coded value."""

from collections.abc import Mapping

from contracts.titles import (
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
from contracts.titles.title import Title as Title

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

EVENTS: Mapping[str, Title] = {key: title for part in _PARTS for key, title in part.EVENTS.items()}
"""Every event by its type in the log."""
RECORDS: Mapping[str, Title] = {key: title for part in _PARTS for key, title in part.RECORDS.items()}
"""Every kind of record by its service and its aggregate."""
FIELDS: Mapping[str, Title] = {key: title for part in _PARTS for key, title in part.FIELDS.items()}
"""Every field by its name; by the path inside an event, or by event and path, where one name means several things.

The fields of questions whose asking is recorded are among them.
"""
VALUES: Mapping[tuple[str, str], Title] = {key: title for part in _PARTS for key, title in part.VALUES.items()}
"""Coded values by field and code, where the office has words for them."""


def event_title(kind: str) -> Title:
    """Return what an event type is called; the type itself while it has no name."""
    return EVENTS.get(kind, Title(kind, kind))


def record_title(service: str, aggregate: str) -> Title:
    """Return what a kind of record is called; the aggregate's own name while it has none."""
    return RECORDS.get(f"{service}.{aggregate}", Title(aggregate, aggregate))


def field_key(kind: str, path: str) -> str | None:
    """Return under which key `FIELDS` names a field of an event type; `path` is such as `signer.name`."""
    return next((key for key in (f"{kind}.{path}", path, path.rsplit(".", 1)[-1]) if key in FIELDS), None)


def field_title(kind: str, path: str) -> Title:
    """Return what a field of an event type is called; its path while it has no name."""
    key = field_key(kind, path)
    return FIELDS[key] if key else Title(path, path)


def value_title(field: str, value: object) -> Title | None:
    """Return what a coded value of a field is called; None for what is no code."""
    return VALUES.get((field, value)) if isinstance(value, str) else None
