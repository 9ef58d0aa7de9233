"""A car's fuel of a month settled against its norm: whole centilitres and đồng, none of either lost."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import Any

from contracts.base import Refused
from contracts.scheduling import vehicles as words_of
from contracts.scheduling.vehicles import FuelNormLine, Surcharge
from services.runtime.manifest import Decision, Given, Ref, Seen
from services.scheduling.deciders.common import today
from services.scheduling.deciders.fuel import FUEL, Fuel, months_after
from services.scheduling.deciders.trip_log import CAR, Car, expect_car, month_of, surcharges_on


def closing_involves(words: words_of.CloseFuelMonth, given: Given) -> Sequence[Ref]:
    """A month is settled over the car's fuel and its log."""
    return Ref(FUEL, words.vehicle_id), Ref(CAR, words.vehicle_id)


def close_fuel_month(words: words_of.CloseFuelMonth, given: Given, fuel: Seen, car: Seen) -> Decision:
    """opening + received - closing is what was used; what is above the norm must be explained."""
    expect_car(car.state, words.vehicle_id)
    if fuel.state.settled == words.month and fuel.state.closed_as == (words.closing_cl, words.explanation):
        return []
    _expect_month(words, given, fuel.state, car.state)
    norm = words.norm_cl_per_100km or car.state.fuel_norm_cl_per_100km
    if norm is None:
        raise Refused(words_of.NORM_NEEDED, "norm_cl_per_100km")
    stock = _stock(words, fuel.state)
    surcharges = surcharges_on(given, words.surcharges, _last_day(words.month), "month", "surcharges")
    lines = norm_lines(car.state, words.month, surcharges)
    norm_cl = allowed_cl(norm, lines)
    difference = stock["used_cl"] - norm_cl
    if difference > 0 and words.explanation is None:
        raise Refused(words_of.OVERUSE_UNEXPLAINED, "explanation", difference_cl=difference)
    closed = words_of.FuelMonthClosed(
        month=words.month,
        plate=car.state.plate,
        km=sum(line.km for line in lines),
        unlogged_km=sum(gap.km for gap in car.state.gaps if gap.month == words.month and not gap.counts),
        norm_cl_per_100km=norm,
        lines=lines,
        surcharges=surcharges,
        norm_cl=norm_cl,
        **stock,
        difference_cl=difference,
        explanation=words.explanation,
        closed_on=today(given),
    )
    return [(fuel, closed), (car, words_of.TripMonthSettled(month=words.month))]


def norm_lines(car: Car, month: str, surcharges: Sequence[Surcharge]) -> tuple[FuelNormLine, ...]:
    """Return a month's km by the surcharges they were driven under; unlogged km that count are among them."""
    of_month = sum(one.basis_points for one in surcharges)
    driven = [(one.surcharges, one.km) for one in car.km if one.month == month]
    driven += [((), gap.km) for gap in car.gaps if gap.month == month and gap.counts]
    return tuple(
        FuelNormLine(
            km=sum(km for _, km in alike),
            surcharges=tuple(code for code, _ in shares),
            basis_points=of_month + sum(points for _, points in shares),
        )
        for shares, alike in groupby(sorted(driven), key=lambda one: one[0])
    )


def allowed_cl(norm_cl_per_100km: int, lines: Sequence[FuelNormLine]) -> int:
    """Return what the norm allows in centilitres: km x norm/100 x (1 + surcharges), rounded once, half up."""
    exact = sum(line.km * norm_cl_per_100km * (10_000 + line.basis_points) for line in lines)
    return (exact + 500_000) // 1_000_000


def _stock(words: words_of.CloseFuelMonth, fuel: Fuel) -> dict[str, int]:
    """Return what there was, came, was used and remains, in centilitres and đồng; what remains at the average price."""
    received_cl, paid_vnd = fuel.received(words.month)
    opening_cl = fuel.closing_cl if words.opening_cl is None else words.opening_cl
    opening_vnd = fuel.closing_vnd if fuel.settled is not None else words.opening_vnd or 0
    available, worth = opening_cl + received_cl, opening_vnd + paid_vnd
    if words.closing_cl > available:
        raise Refused(words_of.CLOSING_TOO_MUCH, "closing_cl", closing_cl=words.closing_cl, available_cl=available)
    closing_vnd = worth * words.closing_cl // available if available else 0
    return {
        "opening_cl": opening_cl,
        "received_cl": received_cl,
        "closing_cl": words.closing_cl,
        "used_cl": available - words.closing_cl,
        "opening_vnd": opening_vnd,
        "paid_vnd": paid_vnd,
        "closing_vnd": closing_vnd,
        "used_vnd": worth - closing_vnd,
    }


def _expect_month(words: words_of.CloseFuelMonth, given: Given, fuel: Fuel, car: Car) -> None:
    if words.month >= month_of(today(given)):
        raise Refused(words_of.MONTH_NOT_OVER, "month", month=words.month)
    if fuel.settled is not None and words.month <= fuel.settled:
        raise Refused(words_of.MONTH_SETTLED, "month", month=words.month)
    known = [*(one.month for one in fuel.receipts), *(one.month for one in car.km), *(one.month for one in car.gaps)]
    following = months_after(fuel.settled, 1) if fuel.settled else min((*known, words.month))
    if words.month != following:
        raise Refused(words_of.MONTHS_IN_ORDER, "month", month=words.month, next_month=following)
    if car.trip is not None and month_of(car.trip.started_at) <= words.month:
        raise Refused(words_of.CAR_STILL_OUT, month=words.month)
    said: dict[str, Any] = {"opening_cl": words.opening_cl, "opening_vnd": words.opening_vnd}
    if fuel.settled is None and words.opening_cl is None:
        raise Refused(words_of.OPENING_NEEDED, "opening_cl")
    if fuel.settled is not None and any(value is not None for value in said.values()):
        raise Refused(words_of.OPENING_KNOWN, "opening_cl", opening_cl=fuel.closing_cl, opening_vnd=fuel.closing_vnd)


def _last_day(month: str) -> date:
    following = months_after(month, 1)
    return date.fromordinal(date(int(following[:4]), int(following[5:]), 1).toordinal() - 1)
