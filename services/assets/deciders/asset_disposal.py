"""Disposal of an asset (thanh lý): proposed, decided, carried out; then it is out of the books."""

from collections.abc import Iterable

from contracts import assets as words_of
from contracts.base import Event, Refused
from services.assets.deciders.asset import Asset
from services.assets.deciders.common import class_on, not_in_future, today
from services.assets.deciders.expectations import (
    by_its_unit,
    expect_books_open,
    expect_held,
    happened_on,
    not_before,
)
from services.runtime.manifest import Given


def propose_disposal(words: words_of.ProposeDisposal, given: Given, asset: Asset) -> Iterable[Event]:
    """An asset is proposed for disposal once at a time; one that is lent comes back first."""
    expect_held(asset, words.asset_id)
    by_its_unit(given, asset)
    standing = asset.proposal
    if standing and (standing.method, standing.reason) == (words.method, words.reason):
        return
    if asset.status != "in_use":
        raise Refused(words_of.DISPOSAL_UNDER_WAY, tag=asset.tag)
    _not_lent(asset)
    yield words_of.DisposalProposed(
        method=words.method,
        reason=words.reason,
        proposed_on=today(given),
        residual_vnd=asset.value.residual_vnd,
        last_year=asset.value.wear.last_year if asset.value.wear else None,
    )


def reject_disposal(words: words_of.RejectDisposal, given: Given, asset: Asset) -> Iterable[Event]:
    """A disposal that was not carried out can be turned down, approved or not."""
    _proposed(asset, words.asset_id)
    yield words_of.DisposalRejected(reason=words.reason)


def approve_disposal(words: words_of.ApproveDisposal, given: Given, asset: Asset) -> Iterable[Event]:
    """What was proposed is decided upon once, by a decision that was signed."""
    proposal = _proposed(asset, words.asset_id)
    not_in_future(given, "decision.issued_on", words.decision.issued_on)
    approved = words_of.DisposalApproved(method=proposal.method, decision=words.decision)
    if approved == asset.approval:
        return
    if asset.approval:
        raise Refused(words_of.DISPOSAL_UNDER_WAY, tag=asset.tag)
    yield approved


def carry_out_disposal(words: words_of.CarryOutDisposal, given: Given, asset: Asset) -> Iterable[Event]:
    """What was approved leaves the books, on the decision's day or later, with all earlier years charged."""
    proposal = _proposed(asset, words.asset_id)
    if asset.approval is None:
        raise Refused(words_of.DISPOSAL_NOT_APPROVED, tag=asset.tag)
    _not_lent(asset)
    field = "carried_out_on"
    day = happened_on(given, asset, field, words.carried_out_on)
    not_before(asset, field, day, asset.approval.decision.issued_on)
    expect_books_open(asset, day, field)
    yield words_of.DisposalCarriedOut(
        effective_on=day,
        unit_id=asset.unit_id,
        class_code=asset.class_code,
        value=asset.value,
        legal_basis=class_on(given, asset.class_code, day, None).validity.legal_basis,
        method=proposal.method,
        proceeds_vnd=words.proceeds_vnd,
        costs_vnd=words.costs_vnd,
        buyer=words.buyer,
        note=words.note,
    )


def _proposed(asset: Asset, id: str) -> words_of.DisposalProposed:
    expect_held(asset, id)
    if asset.proposal is None:
        raise Refused(words_of.DISPOSAL_NOT_PROPOSED, tag=asset.tag)
    return asset.proposal


def _not_lent(asset: Asset) -> None:
    if asset.loan:
        raise Refused(words_of.ASSET_LENT_OUT, tag=asset.tag, to_unit_id=asset.loan.to_unit_id)
