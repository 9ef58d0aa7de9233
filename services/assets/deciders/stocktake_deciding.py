"""Deciding the differences of a stocktake one by one, with what each does to the register at the same moment."""

from collections.abc import Iterable, Sequence

from contracts import assets as register
from contracts.assets import Place, asset_id
from contracts.assets import stocktakes as words_of
from contracts.assets.stocktakes import RESOLUTIONS, LineState, Resolution, Worth
from contracts.base import Event, Refused
from services.assets.deciders.asset import ASSET, Asset
from services.assets.deciders.asset_book import BOOK
from services.assets.deciders.asset_disposal import propose_disposal
from services.assets.deciders.asset_life import assign_custodian, move_asset, record_condition
from services.assets.deciders.asset_registration import register_asset
from services.assets.deciders.common import HANOI
from services.assets.deciders.stocktake import STOCKTAKE, expect_counting
from services.assets.deciders.stocktake_line import Line, evolve, line_ref, tallied
from services.assets.deciders.stocktake_listing import worth
from services.assets.rules.wear import yearly
from services.runtime.manifest import Decision, Given, Ref, Seen

_FIT: dict[LineState, tuple[Resolution, ...]] = {
    "missing": ("search_again", "loss", "confirmed", "other"),
    "found": ("mistaken",),
    "differing": ("correct_register", "return_to_place", "mistaken", "other"),
    "unexpected": ("return_to_owner", "correct_register", "mistaken", "other"),
    "untagged": ("register_surplus", "return_to_owner", "mistaken", "other"),
    "void": ("mistaken",),
}
_CHANGES_REGISTER = ("loss", "correct_register")


def deciding_involves(words: words_of.DecideDifference, given: Given) -> Sequence[Ref]:
    """A difference is decided over its line, the stocktake, and the asset it is about or becomes."""
    refs = (line_ref(words.stocktake_id, words.line), Ref(STOCKTAKE, words.stocktake_id))
    if words.surplus and words.asset_id is None:
        new = Ref(ASSET, asset_id(given.command_id), new=True)
        return *refs, new, Ref(BOOK, words.surplus.unit_id)
    return (*refs, Ref(ASSET, words.asset_id)) if words.asset_id else refs


def decide_difference(
    words: words_of.DecideDifference, given: Given, line: Seen, stocktake: Seen, *others: Seen
) -> Decision:
    """Who decides a line on what it was before is told what happened to it since; nobody's decision is lost unread."""
    expect_counting(stocktake.state, words.stocktake_id)
    state: Line = line.state
    if state.state is None:
        raise Refused(words_of.LINE_UNKNOWN, "line", line=words.line)
    if _said_already(words, given, state):
        return []
    _expect_revision(words, state)
    _expect_fit(words, state, others)
    effects = list(_effects(words, given, state, others))
    after = {"mistaken": "missing" if state.expected else "void"}.get(words.resolution, state.state)
    decided = words_of.DifferenceDecided(
        resolution=words.resolution,
        reason=words.reason,
        decided_by=given.actor.name,
        decided_by_id=given.actor.id,
        decided_at=given.now,
        state=after,
        actual=_actual(words, state, others, effects),
        asset_id=others[0].ref.id if others else state.asset_id,
        asset_tag=next((e.tag for _, e in effects if isinstance(e, register.AssetRegistered)), None),
    )
    tally = tallied(stocktake.state.tally, state, evolve(state, decided))
    return [(line, decided), *effects, (stocktake, words_of.StocktakeTallied(tally=tally))]


def _said_already(words: words_of.DecideDifference, given: Given, line: Line) -> bool:
    standing = line.decision
    said = (words.resolution, words.reason, given.actor.id)
    return standing is not None and (standing.resolution, standing.reason, standing.decided_by_id) == said


def _expect_revision(words: words_of.DecideDifference, line: Line) -> None:
    if words.revision == line.revision:
        return
    if line.decision:
        vi, en = RESOLUTIONS[line.decision.resolution]
        raise Refused(
            words_of.LINE_DECIDED,
            line=words.line,
            decided_by=line.decision.decided_by,
            decided_at=f"{line.decision.decided_at.astimezone(HANOI):%H:%M %d/%m/%Y}",
            resolution_vi=vi,
            resolution_en=en,
        )
    if line.seen:
        at = f"{line.seen.counted_at.astimezone(HANOI):%H:%M %d/%m/%Y}"
        raise Refused(words_of.LINE_COUNTED, line=words.line, counted_by=line.seen.counted_by, counted_at=at)
    raise Refused(words_of.LINE_CHANGED, line=words.line, revision=line.revision)


def _expect_fit(words: words_of.DecideDifference, line: Line, others: Sequence[Seen]) -> None:
    fit = _FIT[line.state] if line.state else ()
    if line.decision and line.decision.asset_tag:
        fit = tuple(one for one in fit if one != "register_surplus")
    if words.resolution not in fit:
        vi, en = RESOLUTIONS[words.resolution]
        raise Refused(
            words_of.RESOLUTION_UNFIT,
            "resolution",
            line=words.line,
            resolution_vi=vi,
            resolution_en=en,
            fit_vi=", ".join(RESOLUTIONS[one][0] for one in fit),
            fit_en=", ".join(RESOLUTIONS[one][1] for one in fit),
        )
    if (words.surplus is not None) != (words.resolution == "register_surplus") or (words.surplus and words.asset_id):
        raise Refused(words_of.SURPLUS_NEEDED, "surplus", line=words.line)
    named = words.asset_id is not None
    right = named and (words.asset_id == line.asset_id or (not line.asset_id and others[0].state.tag == words.line))
    if (named and not right) or (words.resolution in _CHANGES_REGISTER and not named):
        raise Refused(words_of.LINE_ASSET_NEEDED, "asset_id", line=words.line)


def _effects(
    words: words_of.DecideDifference, given: Given, line: Line, others: Sequence[Seen]
) -> Iterable[tuple[Seen, Event]]:
    """Yield what a decision does to the register, by the register's own rules."""
    if words.surplus:
        yield from _registered(words.surplus, given, line, *others)
    elif words.resolution == "loss":
        asset = others[0]
        proposal = register.ProposeDisposal(asset_id=asset.ref.id, method="loss", reason=words.reason)
        yield from ((asset, event) for event in propose_disposal(proposal, given, asset.state))
    elif words.resolution == "correct_register" and line.seen:
        asset = others[0]
        yield from ((asset, event) for event in _corrected(asset.ref.id, words.reason, given, line.seen, asset.state))


def _registered(
    surplus: words_of.Surplus, given: Given, line: Line, asset: Seen, book: Seen
) -> Iterable[tuple[Seen, Event]]:
    said = {name: getattr(surplus, name) for name in words_of.Surplus.model_fields}
    condition = (line.seen and line.seen.condition) or "usable"
    words = register.RegisterAsset(**said, origin="surplus", condition=condition)
    try:
        yield from register_asset(words, given, asset, book)
    except Refused as refused:
        raise Refused(refused.refusal, refused.field and f"surplus.{refused.field}", **refused.values) from None


def _corrected(id: str, reason: str, given: Given, seen: words_of.Seen, asset: Asset) -> Iterable[Event]:
    place = _actual_place(asset.place, seen.place)
    yield from move_asset(register.MoveAsset(asset_id=id, place=place, reason=reason), given, asset)
    if seen.custodian_id:
        named = register.AssignCustodian(asset_id=id, custodian_id=seen.custodian_id)
        yield from assign_custodian(named, given, asset)
    if seen.condition:
        found = register.RecordCondition(asset_id=id, condition=seen.condition, note=seen.note)
        yield from record_condition(found, given, asset)


def _actual_place(registered: Place, seen: Place) -> Place:
    """Return where a thing stands: as registered but for what was seen; at another site nothing else holds on."""
    elsewhere = seen.site_id is not None and seen.site_id != registered.site_id
    before = Place() if elsewhere else registered
    return before.model_copy(update=seen.model_dump(exclude_none=True))


def _actual(
    words: words_of.DecideDifference, line: Line, others: Sequence[Seen], effects: Sequence[tuple[Seen, Event]]
) -> Worth:
    """Return what is there according to the decision, as form C53-HD counts it."""
    if words.resolution == "mistaken" or (line.state == "missing" and words.resolution != "confirmed"):
        return Worth()
    entered = next((event for _, event in effects if isinstance(event, register.AssetRegistered)), None)
    if entered:
        wear, cost_vnd = entered.value.wear, entered.value.cost_vnd
        worn = min(cost_vnd, yearly(cost_vnd, wear.rate) * wear.catch_up_years) if wear else 0
        return Worth(quantity=line.worth.quantity, cost_vnd=cost_vnd, residual_vnd=cost_vnd - worn)
    if line.asset_id is None and others:
        return worth(others[0].state)
    return line.worth
