"""The December run: charges a year's wear on many assets at once, and keeps the year's totals."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from contracts import assets as words_of
from contracts.base import Event, Refused
from services.assets.deciders.asset import ASSET, Asset
from services.assets.deciders.common import class_on, first_twice, today
from services.assets.rules.wear import charged, charged_by, december, table_life
from services.runtime.manifest import Aggregate, Decision, Given, Ref, Seen


@dataclass(frozen=True, slots=True)
class WearRun:
    """What was charged for a year so far."""

    asset_count: int = 0
    wear_vnd: int = 0


def evolve(run: WearRun, event: Event) -> WearRun:
    """Return the run after an event."""
    match event:
        case words_of.WearRunRecorded():
            return replace(run, asset_count=event.total_asset_count, wear_vnd=event.total_wear_vnd)
    return run


WEAR_RUN = Aggregate("wearrun", WearRun(), evolve)


def charging_involves(words: words_of.ChargeWear, given: Given) -> Sequence[Ref]:
    """A portion is decided over the year's totals and each of its assets; raise Refused for one named twice."""
    twice = first_twice(words.asset_ids)
    if twice:
        raise Refused(words_of.TWICE_NAMED, "asset_ids", asset_id=twice)
    return (Ref(WEAR_RUN, str(words.year)), *(Ref(ASSET, id) for id in words.asset_ids))


def charge_wear(words: words_of.ChargeWear, given: Given, run: Seen, *assets: Seen) -> Decision:
    """Each asset is charged once a year, from 1 December on; whoever holds it on the 31st charges the whole year."""
    first_day = date(words.year, 12, 1)
    if today(given) < first_day:
        raise Refused(words_of.WEAR_TOO_EARLY, "year", year=words.year, day=first_day)
    charges = [(asset, charge) for asset in assets if (charge := _charge(words.year, given, asset))]
    if not charges:
        return []
    wear_vnd = sum(charge.wear_vnd for _, charge in charges)
    recorded = words_of.WearRunRecorded(
        asset_count=len(charges),
        wear_vnd=wear_vnd,
        total_asset_count=run.state.asset_count + len(charges),
        total_wear_vnd=run.state.wear_vnd + wear_vnd,
    )
    return [(run, recorded), *charges]


def _charge(year: int, given: Given, seen: Seen) -> words_of.WearCharged | None:
    asset: Asset = seen.state
    if asset.status is None:
        raise Refused(words_of.ASSET_UNKNOWN, "asset_ids", asset_id=seen.ref.id)
    unit_id, wear = charged_by(asset.holdings, year), asset.value.wear
    worn_off = wear is None or asset.value.residual_vnd == 0 or wear.next_year > year
    if asset.status == "disposed" or unit_id is None or worn_off:
        return None
    if wear and wear.next_year < year:
        raise Refused(words_of.WEAR_BEHIND, "asset_ids", tag=asset.tag, year=wear.next_year)
    entry = class_on(given, asset.class_code, december(year), "year")
    charge = charged(asset.value, year, table_life(entry.row))
    if charge is None:
        return None
    return words_of.WearCharged(
        effective_on=december(year),
        unit_id=unit_id,
        class_code=asset.class_code,
        value=charge.value,
        legal_basis=entry.validity.legal_basis,
        year=year,
        wear_vnd=charge.wear_vnd,
    )
