"""What are the units and sites of the office called, and what were they called on a day?"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from contracts import organisation as words_of
from services.runtime.envelope import Fact, event_types
from services.runtime.read_model import ReadModel, RowValues

_ENDINGS = (words_of.UnitMerged, words_of.UnitSplit, words_of.UnitDissolved)


def _unit(row: RowValues | None, fact: Fact) -> RowValues:
    event = fact.event
    assert isinstance(event, words_of.UnitFacts)
    return {
        "unit_code": event.unit_code,
        "since": [*(row["since"] if row else ()), event.effective_on],
        "names": [*(row["names"] if row else ()), event.name],
        "kind": event.kind,
        "parent_id": event.parent_id,
        "site_id": event.site_id,
        "last_day": event.last_day if isinstance(event, _ENDINGS) else None,
    }


UNITS_KNOWN = ReadModel(
    name="units_known",
    version=1,
    key_column="unit_id",
    columns={
        "unit_code": "text NOT NULL",
        "since": "date[] NOT NULL",
        "names": "text[] NOT NULL",
        "kind": "text NOT NULL",
        "parent_id": "text",
        "site_id": "text",
        "last_day": "date",
    },
    indexes=(),
    events=event_types(
        "organisation",
        (words_of.UnitEstablished, words_of.UnitRenamed, words_of.UnitMoved, words_of.UnitSucceeded, *_ENDINGS),
    ),
    key=lambda fact: fact.id,
    project=_unit,
)
"""Names and places in the chart by unit; `since` and `names` go together, in the order in which they were decided."""


def _site(row: RowValues | None, fact: Fact) -> RowValues:
    event = fact.event
    assert isinstance(event, words_of.SiteOpened | words_of.SiteClosed)
    ended = isinstance(event, words_of.SiteClosed)
    address = row["address"] if row else getattr(event, "address", "")
    return {
        "site_code": event.code,
        "name": event.name,
        "address": address,
        "closed_on": event.effective_on if ended else None,
    }


SITES_KNOWN = ReadModel(
    name="sites_known",
    version=1,
    key_column="site_id",
    columns={
        "site_code": "text NOT NULL",
        "name": "text NOT NULL",
        "address": "text NOT NULL",
        "closed_on": "date",
    },
    indexes=(),
    events=event_types("organisation", (words_of.SiteOpened, words_of.SiteClosed)),
    key=lambda fact: fact.id,
    project=_site,
)
"""Names and addresses by site."""


def unit_name(record: Mapping[str, Any], day: date) -> str:
    """Return what a unit of UNITS_KNOWN was called on a day; by its first name before it was there."""
    dated = zip(record["since"], record["names"], strict=True)
    return str(([name for since, name in dated if since <= day] or record["names"][:1])[-1])
