"""By what did the value of each asset change, fact after fact, and what was charged on it for which year?"""

from typing import Any

from contracts import assets as words_of
from contracts.assets.rows import ValueChange
from contracts.base import Event
from services.runtime.envelope import Fact, event_types
from services.runtime.read_model import ReadModel, RowValues

_CHANGES: dict[type[Event], ValueChange] = {
    words_of.AssetRegistered: "registered",
    words_of.AssetCorrected: "corrected",
    words_of.AssetUpgraded: "upgraded",
    words_of.AssetRevalued: "revalued",
    words_of.WearCharged: "worn",
    words_of.AssetHandedOver: "handed_over",
    words_of.DisposalCarriedOut: "disposed",
}
_LISTS = {
    "days": "date[] NOT NULL",
    "changes": "text[] NOT NULL",
    "units": "text[] NOT NULL",
    "classes": "text[] NOT NULL",
    "costs": "bigint[] NOT NULL",
    "worn": "bigint[] NOT NULL",
    "rates": "integer[] NOT NULL",
    "years": "integer[] NOT NULL",
    "wears": "bigint[] NOT NULL",
    "bases": "text[] NOT NULL",
}


def _entry(event: words_of.ValueFacts) -> tuple[Any, ...]:
    charged = event if isinstance(event, words_of.WearCharged) else None
    return (
        event.effective_on,
        next(change for kind, change in _CHANGES.items() if isinstance(event, kind)),
        event.unit_id,
        event.class_code,
        event.value.cost_vnd,
        event.value.accumulated_vnd,
        event.value.wear.rate if event.value.wear else None,
        charged.year if charged else None,
        charged.wear_vnd if charged else None,
        event.legal_basis,
    )


def _project(row: RowValues | None, fact: Fact) -> RowValues | None:
    event = fact.event
    if isinstance(event, words_of.AssetRegistered):
        lists: RowValues = {name: [] for name in _LISTS}
        row = {"tag": event.tag, "name": event.name, "booked_on": event.booked_on, **lists}
    elif row is None:
        return None
    assert isinstance(event, words_of.ValueFacts)
    more = {name: [*row[name], value] for name, value in zip(_LISTS, _entry(event), strict=True)}
    named = {"name": event.name} if isinstance(event, words_of.AssetCorrected) else {}
    return {**row, **more, **named}


ASSET_CHANGES = ReadModel(
    name="asset_changes",
    version=1,
    key_column="asset_id",
    columns={"tag": "text NOT NULL", "name": "text NOT NULL", "booked_on": "date NOT NULL", **_LISTS},
    indexes=("(tag)",),
    events=event_types("assets", _CHANGES),
    key=lambda fact: fact.id,
    project=_project,
)
"""Every change of value, in lists that go together, in the order of the log; `years` has the year of a charge."""
