"""What an asset is worth when it enters the books, and over how many years it will wear."""

from datetime import date

from contracts import assets as words_of
from contracts.assets import RegisterAsset, Value
from contracts.base import Refused
from services.assets.rules.tables import AssetClass
from services.assets.rules.wear import Life, begun, found, own_life, table_life


def first_value(words: RegisterAsset, row: AssetClass, booked_on: date) -> Value:
    """Return the value at registration by Thông tư 141/2025/TT-BTC, Điều 12-14; raise Refused when it does not add up.

    A second-hand asset lasts what its class lasts less the years it was used, or what the council found; a surplus
    makes up in its first year for the years it was used; what was worn in earlier books goes on from there.
    """
    if words.accumulated_vnd > words.cost_vnd:
        raise Refused(words_of.EARLIER_WEAR_UNFIT, "accumulated_vnd")
    lasting = _life(words, row)
    if lasting is None:
        if words.accumulated_vnd or words.worn_to:
            raise Refused(words_of.EARLIER_WEAR_UNFIT, "accumulated_vnd")
        return Value(cost_vnd=words.cost_vnd, accumulated_vnd=0)
    life, own = lasting
    if words.origin == "surplus":
        remaining = words.remaining_years
        if remaining is None or remaining > life.years or words.worn_to is not None:
            raise Refused(words_of.REMAINING_NEEDED, "remaining_years", years=life.years)
        return found(words.cost_vnd, life, own=own, remaining_years=remaining, year=booked_on.year)
    next_year = booked_on.year if words.worn_to is None else words.worn_to + 1
    return begun(words.cost_vnd, words.accumulated_vnd, life, own=own, booked=booked_on.year, next_year=next_year)


def _life(words: RegisterAsset, row: AssetClass) -> tuple[Life, bool] | None:
    """Return how long an asset lasts and whether that is its own; None for what never wears."""
    remaining = None if words.origin == "surplus" else words.remaining_years
    given = [years for years in (words.life_years, words.used_years, remaining) if years is not None]
    if len(given) > 1 or remaining == 0 or (words.life_years is not None and words.life_basis is None):
        raise Refused(words_of.LIFE_UNFIT, "life_years")
    if row.life == "none":
        if given or words.remaining_years is not None:
            raise Refused(words_of.LIFE_UNFIT, "life_years")
        return None
    if words.life_years or remaining:
        return own_life(words.life_years or remaining or 0), True
    life = table_life(row)
    if life is None:
        if row.life == "optional" and not given:
            return None
        raise Refused(words_of.LIFE_NEEDED, "life_years", class_code=row.code)
    if not words.used_years:
        return life, False
    if words.used_years >= life.years:
        raise Refused(words_of.LIFE_USED_UP, "used_years", used_years=words.used_years, years=life.years)
    return own_life(life.years - words.used_years), True
