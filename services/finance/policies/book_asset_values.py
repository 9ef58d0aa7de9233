"""Assets that come, change, pass between units and leave belong into the ledger: an entry is drafted for each."""

from collections.abc import Iterable, Sequence
from datetime import timedelta

from contracts import assets
from contracts.assets import ValueFacts
from contracts.base import Command
from contracts.finance import BookingKind, RecordBooking, ValueMoved
from services.finance.policies.hearing import cause_of, day, fit, told_once
from services.runtime.envelope import Fact

ASSETS = (
    assets.AssetRegistered,
    assets.AssetUpgraded,
    assets.AssetRevalued,
    assets.HandoverClosed,
    assets.DisposalCarriedOut,
)
_NEW = timedelta(days=92)
"""What was booked longer before it was registered came with an older register, and is in the opening balances."""
_DISPOSED = {"sale": "bán", "demolition": "phá dỡ", "destruction": "hủy", "loss": "mất, hủy hoại"}


def react(fact: Fact) -> Iterable[Command]:
    """Yield what a fact changes; a batch that passes between units is one entry, however many assets it has."""
    event = fact.event
    match event:
        case assets.AssetRegistered() if day(fact.time) - event.booked_on <= _NEW:
            kind = BOOKED[event.origin]
            yield from _booked(fact, kind, f"Ghi tăng tài sản {event.tag} {event.name}", event, _own(event))
        case assets.AssetUpgraded():
            moved = _own(event, event.former_cost_vnd, event.value.accumulated_vnd)
            yield from _booked(fact, "asset_upgraded", f"Nâng cấp tài sản: {event.work}", event, moved)
        case assets.AssetRevalued():
            moved = _own(event, event.former_cost_vnd, event.former_accumulated_vnd)
            yield from _booked(fact, "asset_revalued", f"Thay đổi nguyên giá tài sản: {event.reason}", event, moved)
        case assets.DisposalCarriedOut():
            yield from _booked(
                fact, "asset_disposed", f"Ghi giảm tài sản ({_DISPOSED[event.method]})", event, _own(event)
            )
        case assets.HandoverClosed():
            yield from _handed_over(fact, event)


BOOKED: dict[str, BookingKind] = {
    "purchase": "asset_purchase",
    "construction": "asset_construction",
    "allocation": "asset_allocation",
    "gift": "asset_gift",
    "surplus": "asset_surplus",
    "joint_venture": "asset_joint_venture",
    "lease_purchase": "asset_lease_purchase",
    "other": "asset_other",
}
"""What is booked of an asset by its origin; the table of entries says how, and has no rows for what is done by hand."""


def _own(event: ValueFacts, former_cost: int = 0, former_accumulated: int = 0) -> tuple[ValueMoved, ...]:
    value = event.value
    cost, accumulated = value.cost_vnd - former_cost, value.accumulated_vnd - former_accumulated
    return (ValueMoved(unit_id=event.unit_id, cost_vnd=cost, accumulated_vnd=accumulated),)


def _booked(
    fact: Fact, kind: BookingKind, told: str, event: ValueFacts, moved: Sequence[ValueMoved]
) -> Iterable[RecordBooking]:
    yield RecordBooking(
        cost_id=told_once(fact),
        kind=kind,
        on=event.effective_on if not isinstance(event, assets.AssetRegistered) else event.booked_on,
        told=fit(told),
        class_code=event.class_code,
        moved=tuple(moved),
        cause=cause_of(fact, told),
    )


def _handed_over(fact: Fact, event: assets.HandoverClosed) -> Iterable[RecordBooking]:
    """What stays where it was, missing, moves nothing; a surplus is registered, and booked with that."""
    given = [
        ValueMoved(
            unit_id=one.unit_id,
            whose="giver",
            cost_vnd=one.moving.cost_vnd,
            accumulated_vnd=one.moving.accumulated_vnd,
        )
        for one in event.origins
        if one.unit_id != event.to_unit_id and one.moving.cost_vnd
    ]
    if given:
        got = ValueMoved(
            unit_id=event.to_unit_id,
            whose="receiver",
            cost_vnd=sum(one.cost_vnd for one in given),
            accumulated_vnd=sum(one.accumulated_vnd for one in given),
        )
        told = f"Bàn giao tài sản giữa các đơn vị, biên bản số {event.number}/{event.year}"
        yield RecordBooking(
            cost_id=f"handover-{fact.id}",
            kind="asset_handed_over",
            on=event.effective_on,
            told=told,
            moved=(*given, got),
            cause=cause_of(fact, told),
        )
