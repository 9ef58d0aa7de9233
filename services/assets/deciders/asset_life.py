"""An asset's life within its unit: where it stands, who answers for it, its condition, lending and return."""

from collections.abc import Iterable

from contracts import assets as words_of
from contracts.base import Event, Refused
from services.assets.deciders.asset import Asset
from services.assets.deciders.common import due, today
from services.assets.deciders.expectations import by_its_unit, expect_held, expect_in_use, happened_on, not_before
from services.runtime.manifest import Given


def attach_files(words: words_of.AttachFiles, given: Given, asset: Asset) -> Iterable[Event]:
    """A document or photo is attached once; those that are there already are passed over."""
    expect_held(asset, words.asset_id)
    by_its_unit(given, asset)
    new = {file.sha256: file for file in words.files if file.sha256 not in asset.files}
    if new:
        yield words_of.FilesAttached(files=tuple(new.values()))


def move_asset(words: words_of.MoveAsset, given: Given, asset: Asset) -> Iterable[Event]:
    """A new place replaces the one before it, from its day on."""
    expect_held(asset, words.asset_id)
    by_its_unit(given, asset)
    moved_on = happened_on(given, asset, "moved_on", words.moved_on)
    if words.place == asset.place:
        return
    not_before(asset, "moved_on", moved_on, asset.placed_on)
    if asset.description.details and asset.description.details.kind == "room" and words.place.site_id is None:
        raise Refused(words_of.DETAILS_UNFIT, "place.site_id", class_code=asset.class_code)
    yield words_of.AssetMoved(from_place=asset.place, place=words.place, moved_on=moved_on, reason=words.reason)


def assign_custodian(words: words_of.AssignCustodian, given: Given, asset: Asset) -> Iterable[Event]:
    """One person answers for an asset at a time."""
    expect_held(asset, words.asset_id)
    by_its_unit(given, asset)
    since = happened_on(given, asset, "since", words.since)
    if words.custodian_id == asset.custodian_id:
        return
    not_before(asset, "since", since, asset.custody_since)
    yield words_of.CustodianAssigned(former_id=asset.custodian_id, custodian_id=words.custodian_id, since=since)


def record_condition(words: words_of.RecordCondition, given: Given, asset: Asset) -> Iterable[Event]:
    """A condition is recorded where it is another than the one that stands."""
    expect_held(asset, words.asset_id)
    by_its_unit(given, asset)
    if words.condition != asset.condition:
        yield words_of.ConditionRecorded(condition=words.condition, recorded_on=today(given), note=words.note)


def lend_asset(words: words_of.LendAsset, given: Given, asset: Asset) -> Iterable[Event]:
    """What is lent goes to one other unit until a day, and stays in its owner's books."""
    expect_in_use(asset, words.asset_id)
    lent_on = happened_on(given, asset, "lent_on", words.lent_on)
    if words.to_unit_id == asset.unit_id:
        raise Refused(words_of.LENT_TO_OWNER, "to_unit_id", tag=asset.tag, unit_id=asset.unit_id)
    lent = words_of.AssetLent(
        **due(given, "loan", words.due_on, lent_on, "due_on"),
        to_unit_id=words.to_unit_id,
        to_person_id=words.to_person_id,
        lent_on=lent_on,
        purpose=words.purpose,
    )
    if lent == asset.loan:
        return
    if asset.loan:
        raise Refused(words_of.ASSET_LENT_OUT, tag=asset.tag, to_unit_id=asset.loan.to_unit_id)
    not_before(asset, "lent_on", lent_on, asset.returned_on)
    yield lent


def return_asset(words: words_of.ReturnAsset, given: Given, asset: Asset) -> Iterable[Event]:
    """What was lent comes back in a condition, on time or late."""
    expect_held(asset, words.asset_id)
    if asset.loan is None:
        raise Refused(words_of.ASSET_NOT_LENT, tag=asset.tag)
    returned_on = happened_on(given, asset, "returned_on", words.returned_on)
    not_before(asset, "returned_on", returned_on, asset.loan.lent_on)
    yield words_of.AssetReturned(
        from_unit_id=asset.loan.to_unit_id,
        returned_on=returned_on,
        condition=words.condition,
        note=words.note,
        late=returned_on > asset.loan.due_on,
    )
