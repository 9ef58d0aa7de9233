"""Registration of an asset: the next tag, what a fixed asset must be, how it wears; and its correction."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from contracts import assets as words_of
from contracts.assets import Description, Details, Place, RoomFacts, Value, VehicleFacts
from contracts.base import Event, Refused
from services.assets.deciders.asset import ASSET, Asset
from services.assets.deciders.asset_book import BOOK, numbered, tag
from services.assets.deciders.common import class_on, not_in_future, today
from services.assets.deciders.expectations import expect_held
from services.assets.deciders.first_value import first_value
from services.assets.rules.tables import AssetClass
from services.assets.rules.wear import begun, december, replanned, table_life
from services.runtime.manifest import Decision, Given, Ref, Seen


def registration_involves(words: words_of.RegisterAsset, given: Given) -> Sequence[Ref]:
    """A registration is decided over the new asset and the book of its unit."""
    return Ref(ASSET, words_of.asset_id(given.command_id), new=True), Ref(BOOK, words.unit_id)


def register_asset(words: words_of.RegisterAsset, given: Given, asset: Seen, book: Seen) -> Decision:
    """An asset gets its unit's next number; what a class must cost, last and tell of itself is asked of it first."""
    if asset.state.status:
        return []
    booked_on = words.booked_on or today(given)
    not_in_future(given, "booked_on", booked_on)
    effective_on = _known_from(words, given, booked_on)
    entry = class_on(given, words.class_code, effective_on)
    _fits(entry.row, words.details, words.place)
    _costs_enough(given, entry.row, words.cost_vnd, booked_on)
    numbering = numbered(book.state, words.unit_id, asset.ref.id)
    said = set(words_of.AssetRegistered.model_fields) & set(words_of.RegisterAsset.model_fields)
    facts: dict[str, Any] = {name: getattr(words, name) for name in said}
    facts |= {
        "tag": tag(words.unit_id, numbering.number),
        "number": numbering.number,
        "booked_on": booked_on,
        "effective_on": effective_on,
        "value": first_value(words, entry.row, booked_on),
        "legal_basis": entry.validity.legal_basis,
    }
    return [(asset, words_of.AssetRegistered(**facts)), (book, numbering)]


def _known_from(words: words_of.RegisterAsset, given: Given, booked_on: date) -> date:
    if words.worn_to is None and not words.accumulated_vnd:
        return booked_on
    if words.worn_to is None or not booked_on.year <= words.worn_to < today(given).year:
        raise Refused(words_of.EARLIER_WEAR_UNFIT, "worn_to")
    return december(words.worn_to)


def _fits(row: AssetClass, details: Details | None, place: Place) -> None:
    of_room = isinstance(details, RoomFacts) and place.site_id is not None
    fits = {
        "car": isinstance(details, VehicleFacts),
        "vehicle": details is None or isinstance(details, VehicleFacts),
        "room": of_room,
        "building": details is None or of_room,
    }
    if not fits.get(row.group, details is None):
        raise Refused(words_of.DETAILS_UNFIT, "details", class_code=row.code)


def _costs_enough(given: Given, row: AssetClass, cost_vnd: int, booked_on: date) -> None:
    if row.group == "room" and cost_vnd:
        raise Refused(words_of.COST_UNFIT, "cost_vnd", class_code=row.code)
    minimum_vnd = given.rules.thresholds.in_force(booked_on, kind="fixed_asset").minimum_vnd
    if row.threshold and cost_vnd < minimum_vnd:
        raise Refused(words_of.BELOW_THRESHOLD, "cost_vnd", cost_vnd=cost_vnd, minimum_vnd=minimum_vnd)


def correct_asset(words: words_of.CorrectAsset, given: Given, asset: Asset) -> Iterable[Event]:
    """What is said replaces what stood; another class is what the asset wears by from its next year on."""
    expect_held(asset, words.asset_id)
    effective_on = max(today(given), asset.valued_on)
    entry = class_on(given, words.class_code or asset.class_code, effective_on)
    said = {name: getattr(words, name) for name in Description.model_fields if getattr(words, name) is not None}
    description = asset.description.model_copy(update=said)
    value = _reclassed(asset, entry.row, effective_on)
    if (description, value, entry.row.code) == (asset.description, asset.value, asset.class_code):
        return
    _fits(entry.row, description.details, asset.place)
    if entry.row.code != asset.class_code:
        _costs_enough(given, entry.row, value.cost_vnd, asset.booked_on)
    yield words_of.AssetCorrected(
        **{name: getattr(description, name) for name in Description.model_fields},
        effective_on=effective_on,
        unit_id=asset.unit_id,
        class_code=entry.row.code,
        value=value,
        legal_basis=entry.validity.legal_basis,
        reason=words.reason,
    )


def _reclassed(asset: Asset, row: AssetClass, day: date) -> Value:
    value, life = asset.value, table_life(row)
    if row.code == asset.class_code:
        return value
    if row.life == "none":
        return value.model_copy(update={"wear": None})
    if life is None:
        if value.wear is None and row.life == "decided":
            raise Refused(words_of.LIFE_NEEDED, "class_code", class_code=row.code)
        kept = value.wear and value.wear.model_copy(update={"own": True})
        return value.model_copy(update={"wear": kept})
    if value.wear is None:
        cost, worn = value.cost_vnd, value.accumulated_vnd
        return begun(cost, worn, life, own=False, booked=asset.booked_on.year, next_year=day.year)
    return replanned(value, life)
