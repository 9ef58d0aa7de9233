"""What a handover comes to in whole đồng: by finding, by unit that gives, what moves and what stays; and how far it is.

The sums of a unit's lines are a checksum of its books: number of assets, cost, accumulated wear, residual value.
"""

from collections.abc import Iterable, Sequence

from contracts.assets.handovers import (
    HandoverFinding,
    HandoverLine,
    HandoverOrigin,
    HandoverProgress,
    HandoverSide,
    HandoverSums,
    HandoverTotals,
)
from services.assets.deciders.handover import Listed

_NOTHING = HandoverSums(asset_count=0, cost_vnd=0, accumulated_vnd=0, residual_vnd=0)


def sums(values: Iterable[tuple[int, int]]) -> HandoverSums:
    """Return the sums of assets, each given as cost and accumulated wear in đồng."""
    count = cost = accumulated = 0
    for cost_vnd, accumulated_vnd in values:
        count, cost, accumulated = count + 1, cost + cost_vnd, accumulated + accumulated_vnd
    return HandoverSums(asset_count=count, cost_vnd=cost, accumulated_vnd=accumulated, residual_vnd=cost - accumulated)


def added(*parts: HandoverSums) -> HandoverSums:
    """Return several sums added up."""
    return HandoverSums(**{name: sum(getattr(one, name) for one in parts) for name in HandoverSums.model_fields})


def totals(lines: Iterable[Listed], missing_to: HandoverSide) -> HandoverTotals:
    """Return the sums of lines by what they were found to be; a surplus that is not agreed counts as none yet."""
    found: dict[HandoverFinding, list[HandoverLine]] = {}
    for listed in lines:
        if listed.line.surplus is None or listed.finding == "surplus":
            found.setdefault(listed.finding, []).append(listed.line)
    by = {key: sums((line.cost_vnd, line.accumulated_vnd) for line in kept) for key, kept in found.items()}
    matching, wrong, missing, pending, surplus = (
        by.get("matching", _NOTHING),
        by.get("wrong", _NOTHING),
        by.get("missing", _NOTHING),
        by.get("pending", _NOTHING),
        by.get("surplus", _NOTHING),
    )
    passes = missing_to == "receiver"
    moving = added(matching, wrong, missing) if passes else added(matching, wrong)
    return HandoverTotals(
        booked=added(matching, wrong, missing, pending),
        matching=matching,
        wrong=wrong,
        missing=missing,
        pending=pending,
        surplus=surplus,
        moving=moving,
        staying=_NOTHING if passes else missing,
        received=added(moving, surplus),
    )


def origins(lines: Sequence[Listed], missing_to: HandoverSide) -> tuple[HandoverOrigin, ...]:
    """Return the sums of each unit that gives, in the order of the list."""
    by_unit: dict[str, list[Listed]] = {}
    for listed in lines:
        by_unit.setdefault(listed.line.from_unit_id, []).append(listed)
    return tuple(
        HandoverOrigin(unit_id=unit_id, **dict(totals(given, missing_to))) for unit_id, given in by_unit.items()
    )


def adds_up(whole: HandoverTotals) -> bool:
    """Tell whether what the books had is what was found of it, and what moves, stays or waits; nothing is lost."""
    found = added(whole.matching, whole.wrong, whole.missing, whole.pending)
    goes = added(whole.moving, whole.staying, whole.pending)
    return found == goes == whole.booked and added(whole.moving, whole.surplus) == whole.received


def progress(lines: Sequence[Listed]) -> HandoverProgress:
    """Return how far the two sides have come."""
    states = [listed.agreement for listed in lines]
    return HandoverProgress(
        line_count=len(lines),
        giver_count=sum(listed.giver is not None for listed in lines),
        receiver_count=sum(listed.receiver is not None for listed in lines),
        agreed_count=states.count("agreed"),
        disputed_count=states.count("disputed"),
        pending_count=states.count("pending"),
    )


def shown(one: HandoverSums) -> str:
    """Return sums as people compare them: count, cost, accumulated wear, residual value."""
    return " / ".join(f"{getattr(one, name):,}".replace(",", ".") for name in HandoverSums.model_fields)
