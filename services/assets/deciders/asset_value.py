"""What changes an asset's value beside its wear: an upgrade, and every other change of cost."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from contracts import assets as words_of
from contracts.assets import Value
from contracts.base import Event, Refused
from services.assets.deciders.asset import Asset
from services.assets.deciders.common import class_on, not_in_future
from services.assets.deciders.expectations import expect_books_open, expect_held, expect_in_use, happened_on
from services.assets.rules.wear import revalued, table_life, upgraded
from services.runtime.manifest import Given


def upgrade_asset(words: words_of.UpgradeAsset, given: Given, asset: Asset) -> Iterable[Event]:
    """An upgrade raises the cost; what remains wears anew at the rate of the class (Thông tư 141/2025, Điều 12-14)."""
    expect_in_use(asset, words.asset_id)
    day = _day(given, asset, words)
    if words.cost_vnd == asset.value.cost_vnd:
        return
    if words.cost_vnd < asset.value.cost_vnd:
        raise Refused(words_of.UPGRADE_LOWERS, "cost_vnd", cost_vnd=asset.value.cost_vnd)
    life = table_life(class_on(given, asset.class_code, day, None).row)
    value = upgraded(asset.value, words.cost_vnd, day.year, life)
    yield words_of.AssetUpgraded(
        **_standing(given, asset, day, value),
        former_cost_vnd=asset.value.cost_vnd,
        work=words.work,
        decision=words.decision,
    )


def revalue_asset(words: words_of.RevalueAsset, given: Given, asset: Asset) -> Iterable[Event]:
    """A cost that is settled, corrected or cut leaves the years of life; the last of them takes the difference."""
    expect_held(asset, words.asset_id)
    day = _day(given, asset, words)
    before = asset.value
    accumulated = before.accumulated_vnd if words.accumulated_vnd is None else words.accumulated_vnd
    if (words.cost_vnd, accumulated) == (before.cost_vnd, before.accumulated_vnd):
        return
    if accumulated > words.cost_vnd:
        field, cost = "accumulated_vnd", words.cost_vnd
        raise Refused(words_of.VALUE_BELOW_WEAR, field, cost_vnd=cost, accumulated_vnd=accumulated)
    if accumulated and accumulated != before.accumulated_vnd and before.wear is None:
        raise Refused(words_of.EARLIER_WEAR_UNFIT, "accumulated_vnd")
    yield words_of.AssetRevalued(
        **_standing(given, asset, day, revalued(before, words.cost_vnd, accumulated, day.year)),
        former_cost_vnd=before.cost_vnd,
        former_accumulated_vnd=before.accumulated_vnd,
        cost_basis=words.cost_basis,
        reason=words.reason,
        decision=words.decision,
    )


def _day(given: Given, asset: Asset, words: words_of.UpgradeAsset | words_of.RevalueAsset) -> date:
    day = happened_on(given, asset, "effective_on", words.effective_on)
    expect_books_open(asset, day, "effective_on")
    if words.decision:
        not_in_future(given, "decision.issued_on", words.decision.issued_on)
    return day


def _standing(given: Given, asset: Asset, day: date, value: Value) -> dict[str, Any]:
    """Return what is recorded of an asset's value from a day on."""
    return {
        "effective_on": day,
        "unit_id": asset.unit_id,
        "class_code": asset.class_code,
        "value": value,
        "legal_basis": class_on(given, asset.class_code, day, None).validity.legal_basis,
    }
