"""Wear (hao mòn) of fixed assets in whole đồng: what a year takes, what a change of cost does, what remains on any day.

Thông tư 141/2025/TT-BTC, Điều 12-14. A rate is hundredths of a percent of the cost a year, as the law prints it; the
last year takes the remainder, so that wear adds up to the cost and never passes it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from contracts.assets import DisposalCarriedOut, Value, ValueFacts, Wear
from services.assets.rules.tables import AssetClass
from services.runtime.rules import Table

_WHOLE = 10_000


class Life(NamedTuple):
    """How many years something lasts, and the rate at which it wears."""

    years: int
    rate: int


class Charge(NamedTuple):
    """A year's wear in đồng, and the value after it."""

    wear_vnd: int
    value: Value


@dataclass(frozen=True, slots=True)
class Holding:
    """In whose books an asset is from a day on."""

    since: date
    unit_id: str


def own_life(years: int) -> Life:
    """Return a life that no table sets; its rate is one part in its years, rounded as the law rounds: 15 gives 667."""
    return Life(years, (2 * _WHOLE + years) // (2 * years))


def table_life(row: AssetClass) -> Life | None:
    """Return the life of a class, or None where the table sets none."""
    return None if row.years is None or row.rate is None else Life(row.years, row.rate)


def december(year: int) -> date:
    """Return the day as of which a year's wear is charged, and whose table is used."""
    return date(year, 12, 31)


def yearly(cost_vnd: int, rate: int) -> int:
    """Return the annual wear in đồng, half a đồng rounded up."""
    return (cost_vnd * rate + _WHOLE // 2) // _WHOLE


def years_left(value: Value, rate: int) -> int:
    """Return in how many years what remains is worn off at a rate, a part of a year counted as a whole one."""
    return -(-value.residual_vnd // max(yearly(value.cost_vnd, rate), 1))


def begun(cost_vnd: int, accumulated_vnd: int, life: Life, *, own: bool, booked: int, next_year: int) -> Value:
    """Return the value of an asset entered into the books in the year `booked`, charged already before `next_year`.

    What its years of life do not cover, because an earlier table was slower, is spread at its rate.
    """
    bare = Value(cost_vnd=cost_vnd, accumulated_vnd=accumulated_vnd)
    last_year = booked + life.years - 1
    if last_year < next_year and bare.residual_vnd:
        last_year = next_year + years_left(bare, life.rate) - 1
    return _with(bare, Wear(years=life.years, rate=life.rate, own=own, next_year=next_year, last_year=last_year))


def found(cost_vnd: int, life: Life, *, own: bool, remaining_years: int, year: int) -> Value:
    """Return the value of a surplus found in a stocktake: its first charge is that of the years it was used before."""
    if remaining_years == life.years:
        return begun(cost_vnd, 0, life, own=own, booked=year, next_year=year)
    wear = Wear(
        years=life.years,
        rate=life.rate,
        own=own,
        next_year=year,
        last_year=year + remaining_years,
        catch_up_years=life.years - remaining_years,
    )
    return Value(cost_vnd=cost_vnd, accumulated_vnd=0, wear=wear)


def replanned(value: Value, life: Life | None) -> Value:
    """Return the value under the table in force: where the class's life changed, what remains wears at the new rate."""
    wear = value.wear
    if wear is None or wear.own or life is None or life == (wear.years, wear.rate):
        return value
    left, before = years_left(value, life.rate), wear.catch_up_years
    last_year = wear.next_year + (max(left - before, 0) if before else left - 1)
    return _with(value, wear.model_copy(update={"years": life.years, "rate": life.rate, "last_year": last_year}))


def charged(value: Value, year: int, life: Life | None) -> Charge | None:
    """Return the wear of a year by the table of its December; None where nothing is left to charge for it.

    The year must be the value's next one or an earlier one: years are charged one after another.
    """
    if value.wear is None or value.residual_vnd == 0 or year < value.wear.next_year:
        return None
    planned = replanned(value, life)
    wear = planned.wear
    assert wear is not None
    amount = planned.residual_vnd
    if year < wear.last_year:
        amount = min(amount, yearly(planned.cost_vnd, wear.rate) * (wear.catch_up_years or 1))
    after = wear.model_copy(update={"next_year": year + 1, "catch_up_years": 0})
    return Charge(amount, _with(planned.model_copy(update={"accumulated_vnd": value.accumulated_vnd + amount}), after))


def upgraded(value: Value, cost_vnd: int, year: int, life: Life | None) -> Value:
    """Return the value after an upgrade in a year: the new cost wears at the rate of its class until it is worn off."""
    raised = value.model_copy(update={"cost_vnd": cost_vnd})
    if raised.wear is None:
        return raised
    wear = raised.wear
    years, rate = (wear.years, wear.rate) if wear.own or life is None else life
    next_year = max(wear.next_year, year)
    last_year = next_year + years_left(raised, rate) - 1
    renewed = {"years": years, "rate": rate, "next_year": next_year, "last_year": last_year, "catch_up_years": 0}
    return _with(raised, wear.model_copy(update=renewed))


def revalued(value: Value, cost_vnd: int, accumulated_vnd: int, year: int) -> Value:
    """Return the value after another change of cost in a year: the years stay, and one is added where none is left."""
    changed = value.model_copy(update={"cost_vnd": cost_vnd, "accumulated_vnd": accumulated_vnd})
    if changed.wear is None:
        return changed
    next_year = max(changed.wear.next_year, year)
    last_year = max(changed.wear.last_year, next_year)
    return _with(changed, changed.wear.model_copy(update={"next_year": next_year, "last_year": last_year}))


def charged_by(holdings: Sequence[Holding], year: int) -> str | None:
    """Return the unit that charges a year: the one that holds the asset on 31 December, so a receiver charges it all.

    None where nobody held it then.
    """
    return next((held.unit_id for held in reversed(holdings) if held.since <= december(year)), None)


def value_at(facts: Iterable[ValueFacts], day: date, classes: Table[AssetClass]) -> Value | None:
    """Return what an asset is worth at the end of a day, past or to come; None before its booking and once it is gone.

    `facts` are those of one asset in the log's order. Years whose December has passed by the day and which were not
    charged are counted by the tables as they stand. Raises NoRuleInForce for a class without a row in such a December.
    """
    standing = None
    for fact in facts:
        if fact.effective_on <= day:
            standing = fact
    if standing is None or isinstance(standing, DisposalCarriedOut):
        return None
    value = standing.value
    first = value.wear.next_year if value.wear else day.year
    for year in range(first, day.year + (day == december(day.year))):
        charge = charged(value, year, table_life(classes.in_force(december(year), code=standing.class_code)))
        if charge is None:
            break
        value = charge.value
    return value


def _with(value: Value, wear: Wear) -> Value:
    return value.model_copy(update={"wear": wear})
