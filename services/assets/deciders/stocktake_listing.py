"""The list of a stocktake: which assets the books say are there on its day, with their value."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from contracts.assets import ASSET_UNKNOWN
from contracts.assets import stocktakes as words_of
from contracts.assets.stocktakes import PassedOver, Scope, Worth
from contracts.base import Refused
from services.assets.deciders.asset import ASSET, Asset
from services.assets.deciders.common import today
from services.assets.deciders.stocktake import STOCKTAKE, Stocktake, expect_going_on
from services.assets.deciders.stocktake_line import Line, differences, evolve, line_ref, tallied
from services.runtime.manifest import Decision, Given, Ref, Seen


def listing_involves(words: words_of.ExpectAssets, given: Given) -> Sequence[Ref]:
    """A portion is decided over the stocktake, its assets and their lines; raise Refused for one named twice."""
    tags, ids = Counter(named.tag for named in words.assets), Counter(named.asset_id for named in words.assets)
    twice = next((named.tag for named in words.assets if tags[named.tag] > 1 or ids[named.asset_id] > 1), None)
    if twice:
        raise Refused(words_of.SCOPE_TWICE, "assets", tag=twice)
    assets = (Ref(ASSET, named.asset_id) for named in words.assets)
    lines = (line_ref(words.stocktake_id, named.tag, new=True) for named in words.assets)
    return Ref(STOCKTAKE, words.stocktake_id), *assets, *lines


def expect_assets(words: words_of.ExpectAssets, given: Given, stocktake: Seen, *others: Seen) -> Decision:
    """Each asset held on the day and within the scope becomes a line; one that is a line gets its book value anew."""
    state: Stocktake = stocktake.state
    expect_going_on(state, words.stocktake_id)
    count, passed, listed = len(words.assets), list[PassedOver](), list[tuple[Seen, words_of.AssetExpected]]()
    tally, wear_behind = state.tally, 0
    for named, asset, line in zip(words.assets, others[:count], others[count:], strict=True):
        cause = _not_expected(state, named, asset.state)
        if cause:
            passed += [PassedOver(tag=named.tag, cause=cause)] if not line.state.expected else []
            continue
        event = _expected(state.snapshot_on, asset, line.state, tally.lines + 1)
        if event:
            wear_behind += _wear_behind(asset.state, state.snapshot_on)
            tally = tallied(tally, line.state, evolve(line.state, event))
            listed.append((line, event))
    if not listed:
        if len(passed) == count:
            tags = ", ".join(one.tag for one in passed[:10])
            raise Refused(words_of.NONE_LISTED, "assets", tags=tags, snapshot_on=state.snapshot_on)
        return []
    ahead = today(given) < state.snapshot_on
    recorded = words_of.AssetsListed(
        listed=len(listed),
        passed_over=tuple(passed),
        ahead=ahead,
        wear_behind=0 if ahead else wear_behind,
        tally=tally,
    )
    return [(stocktake, recorded), *listed]


def _not_expected(state: Stocktake, named: words_of.ExpectedAsset, asset: Asset) -> str | None:
    if asset.status is None:
        raise Refused(ASSET_UNKNOWN, "assets", asset_id=named.asset_id)
    if asset.tag != named.tag:
        raise Refused(words_of.TAG_UNFIT, "assets", tag=named.tag, right_tag=asset.tag)
    unit_id = holder(asset, state.snapshot_on)
    if unit_id is None:
        return "not_held"
    return None if _within(state.scope, asset, unit_id) else "out_of_scope"


def holder(asset: Asset, day: date) -> str | None:
    """Return in whose books an asset is on a day; None before its booking and once it has left them."""
    gone = asset.status == "disposed" and asset.valued_on <= day
    if gone or asset.booked_on > day:
        return None
    return next((held.unit_id for held in reversed(asset.holdings) if held.since <= day), None)


def _within(scope: Scope, asset: Asset, unit_id: str) -> bool:
    code = asset.class_code
    return (
        (not scope.unit_ids or unit_id in scope.unit_ids)
        and (not scope.site_ids or asset.place.site_id in scope.site_ids)
        and (not scope.division_ids or asset.place.division_id in scope.division_ids)
        and (not scope.class_codes or any(code == said or code.startswith(f"{said}.") for said in scope.class_codes))
    )


def _expected(day: date, asset: Seen, line: Line, number: int) -> words_of.AssetExpected | None:
    """Return the line of an asset, None where it stands already as the books have it on the day."""
    state: Asset = asset.state
    book, unit_id = worth(state), holder(state, day) or ""
    if line.expected and (line.worth, line.unit_id, line.class_code) == (book, unit_id, state.class_code):
        return None
    known = line.expected
    event = words_of.AssetExpected(
        number=number if line.state is None else line.number,
        asset_id=asset.ref.id,
        tag=state.tag,
        name=state.description.name,
        class_code=state.class_code,
        unit_id=unit_id,
        place=line.place if known else state.place,
        custodian_id=line.custodian_id if known else state.custodian_id,
        condition=line.condition if known and line.condition else state.condition,
        book=book,
        changed_on=state.valued_on if state.valued_on > day else None,
        state="missing",
    )
    if line.seen is None:
        return event
    differs = differences(evolve(line, event), line.seen)
    return event.model_copy(update={"state": "differing" if differs else "found", "differs": differs})


def worth(asset: Asset) -> Worth:
    """Return what the books say of an asset: one, its cost and what remains of it."""
    return Worth(quantity=1, cost_vnd=asset.value.cost_vnd, residual_vnd=asset.value.residual_vnd)


def _wear_behind(asset: Asset, day: date) -> bool:
    wear = asset.value.wear
    return bool(wear and asset.value.residual_vnd and wear.next_year < day.year)
