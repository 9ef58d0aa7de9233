"""The rules of disposal: proposed, decided, carried out, in this order; then the asset is out of the books."""

from datetime import date
from typing import TYPE_CHECKING, Any

from contracts import assets as words

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.assets.decider import Desk


def proposing(asset_id: str, **changes: Any) -> words.ProposeDisposal:
    usual = {"asset_id": asset_id, "method": "sale", "reason": "Hết thời hạn, hỏng nặng."}
    return words.ProposeDisposal(**{**usual, **changes})


def rejecting(asset_id: str) -> words.RejectDisposal:
    return words.RejectDisposal(asset_id=asset_id, reason="Còn sử dụng được.")


def approving(desk: "Desk", asset_id: str, **changes: Any) -> words.ApproveDisposal:
    return words.ApproveDisposal(**{"asset_id": asset_id, "decision": desk.DECISION, **changes})


def test_disposal_takes_its_steps_in_order_and_takes_the_asset_out_of_the_books(desk: "Desk") -> None:
    laptop = desk.asset()
    carry = words.CarryOutDisposal(asset_id=laptop, proceeds_vnd=2_000_000, costs_vnd=300_000)
    desk.when(approving(desk, laptop)).refused(words.DISPOSAL_NOT_PROPOSED)
    desk.when(carry).refused(words.DISPOSAL_NOT_PROPOSED)
    desk.has(proposing(laptop))
    desk.when(proposing(laptop)).nothing()
    desk.when(proposing(laptop, method="destruction")).refused(words.DISPOSAL_UNDER_WAY)
    desk.when(carry).refused(words.DISPOSAL_NOT_APPROVED)
    desk.when(approving(desk, laptop)).then(words.DisposalApproved(method="sale", decision=desk.DECISION))
    desk.when(approving(desk, laptop)).nothing()
    another = desk.DECISION.model_copy(update={"number": "215-QĐ/TU"})
    desk.when(approving(desk, laptop, decision=another)).refused(words.DISPOSAL_UNDER_WAY)
    gone = desk.when(carry).one(words.DisposalCarriedOut)
    assert (gone.effective_on, gone.method, gone.proceeds_vnd) == (date(2026, 11, 23), "sale", 2_000_000)
    assert gone.value.residual_vnd == 21_000_000
    desk.when(carry).refused(words.ASSET_DISPOSED)
    desk.when(words.RecordCondition(asset_id=laptop, condition="damaged")).refused(words.ASSET_DISPOSED)


def test_a_disposal_turned_down_leaves_the_asset_in_use(desk: "Desk") -> None:
    laptop = desk.asset()
    desk.has(proposing(laptop), approving(desk, laptop), rejecting(laptop))
    desk.when(rejecting(laptop)).refused(words.DISPOSAL_NOT_PROPOSED)
    desk.has(proposing(laptop, reason="Đề nghị lại."))


def test_who_proposes_early_is_told_so(desk: "Desk") -> None:
    desk.when(proposing(desk.asset())).warns("disposal-before-end-of-life")
    worn_off = desk.asset(booked_on=date(2019, 1, 1), accumulated_vnd=21_000_000, worn_to=2025)
    desk.when(proposing(worn_off)).warns()
    desk.when(proposing(desk.asset(class_code="VH.1"))).warns()


def test_what_is_lent_comes_back_before_it_goes(desk: "Desk") -> None:
    laptop = desk.asset()
    desk.has(words.LendAsset(asset_id=laptop, to_unit_id="btctu", due_on=date(2026, 12, 10)))
    desk.when(proposing(laptop)).refused(words.ASSET_LENT_OUT)


def test_a_disposal_is_carried_out_after_its_decision_with_earlier_years_charged(
    desk: "Desk", at: "Callable[[str], Any]"
) -> None:
    laptop, january = desk.asset(), at("2027-01-20 08:00")
    desk.has(proposing(laptop))
    unsigned = desk.DECISION.model_copy(update={"issued_on": date(2026, 11, 24)})
    desk.when(approving(desk, laptop, decision=unsigned)).refused(words.DATE_IN_FUTURE, "decision.issued_on")
    desk.has(approving(desk, laptop))
    carry = words.CarryOutDisposal(asset_id=laptop, carried_out_on=date(2026, 11, 19))
    desk.when(carry).refused(words.CHANGED_LATER, "carried_out_on")
    desk.when(words.CarryOutDisposal(asset_id=laptop), now=january).refused(words.WEAR_BEHIND, "carried_out_on")
    desk.charge(2026, laptop).accepted()
    gone = desk.when(words.CarryOutDisposal(asset_id=laptop), now=january).one(words.DisposalCarriedOut)
    assert gone.value.accumulated_vnd == 3_000_900


def test_a_disposal_is_approved_only_once_proposed_and_known(desk: "Desk") -> None:
    desk.when(proposing("f" * 32)).refused(words.ASSET_UNKNOWN)
