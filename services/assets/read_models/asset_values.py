"""What is known of each asset by day: its value, and in whose books, where, with whom and in what condition it was?

Every row is one asset with its dated past, in lists that go together, the first of each set the days, in their order.
What holds on a day is the last fact of the log that is not after it (`services.assets.rules.wear.value_at`): a fact
therefore takes the place of all that was said before it for its day or later ones.
"""

from bisect import bisect_left
from collections.abc import Iterator
from datetime import date
from typing import Any

from contracts import assets as words_of
from contracts.assets import Place
from contracts.base import Event
from services.runtime.envelope import Fact, event_types
from services.runtime.read_model import ReadModel, RowValues

_VALUE = {
    "valued_from": "date[] NOT NULL",
    "in_books": "boolean[] NOT NULL",
    "classes": "text[] NOT NULL",
    "costs": "bigint[] NOT NULL",
    "worn": "bigint[] NOT NULL",
    "lives": "integer[] NOT NULL",
    "rates": "integer[] NOT NULL",
    "own": "boolean[] NOT NULL",
    "next_years": "integer[] NOT NULL",
    "last_years": "integer[] NOT NULL",
    "catch_ups": "integer[] NOT NULL",
}
_HOLDING = {"held_from": "date[] NOT NULL", "holders": "text[] NOT NULL"}
_PLACE = {
    "placed_from": "date[] NOT NULL",
    "sites": "text[] NOT NULL",
    "divisions": "text[] NOT NULL",
    "rooms": "text[] NOT NULL",
}
_CUSTODY = {"kept_from": "date[] NOT NULL", "custodians": "text[] NOT NULL"}
_CONDITION = {"found_on": "date[] NOT NULL", "conditions": "text[] NOT NULL"}
_SETS = (_VALUE, _HOLDING, _PLACE, _CUSTODY, _CONDITION)
_VALUED = tuple(event for event in words_of.EVENTS if issubclass(event, words_of.ValueFacts))


def _value(event: words_of.ValueFacts) -> tuple[Any, ...]:
    value, wear = event.value, event.value.wear
    return (
        event.effective_on,
        not isinstance(event, words_of.DisposalCarriedOut),
        event.class_code,
        value.cost_vnd,
        value.accumulated_vnd,
        *((wear.years, wear.rate, wear.own) if wear else (None, None, None)),
        *((wear.next_year, wear.last_year, wear.catch_up_years) if wear else (None, None, None)),
    )


def _due_year(event: words_of.ValueFacts) -> int | None:
    wear = event.value.wear
    left = event.value.residual_vnd and not isinstance(event, words_of.DisposalCarriedOut)
    return wear.next_year if wear and left else None


def _place(since: date, place: Place) -> tuple[Any, ...]:
    return since, place.site_id, place.division_id, place.room


def _entries(event: Event) -> Iterator[tuple[dict[str, str], tuple[Any, ...]]]:
    if isinstance(event, words_of.ValueFacts):
        yield _VALUE, _value(event)
    match event:
        case words_of.AssetRegistered():
            yield _HOLDING, (event.effective_on, event.unit_id)
            yield _PLACE, _place(event.booked_on, event.place)
            yield _CUSTODY, (event.booked_on, event.custodian_id)
            yield _CONDITION, (event.booked_on, event.condition)
        case words_of.AssetHandedOver():
            yield _HOLDING, (event.effective_on, event.unit_id)
            yield _PLACE, _place(event.effective_on, event.place)
            yield _CUSTODY, (event.effective_on, None)
        case words_of.AssetMoved():
            yield _PLACE, _place(event.moved_on, event.place)
        case words_of.CustodianAssigned():
            yield _CUSTODY, (event.since, event.custodian_id)
        case words_of.ConditionRecorded():
            yield _CONDITION, (event.recorded_on, event.condition)
        case words_of.AssetReturned():
            yield _CONDITION, (event.returned_on, event.condition)
        case words_of.AssetRepaired():
            yield _CONDITION, (event.repaired_on, event.condition)


def _project(row: RowValues | None, fact: Fact) -> RowValues | None:
    event = fact.event
    if isinstance(event, words_of.AssetRegistered):
        lists: RowValues = {name: [] for names in _SETS for name in names}
        row = {"tag": event.tag, "name": event.name, "booked_on": event.booked_on, **lists}
    elif row is None:
        return None
    changed = {**row}
    for names, values in _entries(event):
        days: list[date] = changed[next(iter(names))]
        place = bisect_left(days, values[0])
        for name, value in zip(names, values, strict=True):
            changed[name] = [*changed[name][:place], value]
    if isinstance(event, words_of.ValueFacts):
        changed["due_year"] = _due_year(event)
    if isinstance(event, words_of.AssetCorrected):
        changed["name"] = event.name
    return changed


ASSET_VALUES = ReadModel(
    name="asset_values",
    version=1,
    key_column="asset_id",
    columns={
        "tag": "text NOT NULL",
        "name": "text NOT NULL",
        "booked_on": "date NOT NULL",
        "due_year": "integer",
        **{name: kind for names in _SETS for name, kind in names.items()},
    },
    indexes=("(tag)", "(due_year, tag) WHERE due_year IS NOT NULL"),
    events=event_types(
        "assets",
        (
            *_VALUED,
            words_of.AssetMoved,
            words_of.CustodianAssigned,
            words_of.ConditionRecorded,
            words_of.AssetReturned,
            words_of.AssetRepaired,
        ),
    ),
    key=lambda fact: fact.id,
    project=_project,
)
"""`due_year` is the year whose wear comes next, None where nothing is left to charge."""
