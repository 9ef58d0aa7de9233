"""Wear to the đồng: worked examples of the rules of law, across a change of the table, and what holds of any cost."""

from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.assets import AssetRegistered, DisposalCarriedOut, Place, Value, WearCharged
from services.assets.rules.tables import AssetClass
from services.assets.rules.wear import (
    Holding,
    Life,
    begun,
    charged,
    charged_by,
    found,
    own_life,
    revalued,
    upgraded,
    value_at,
    yearly,
)
from services.runtime.rules import Entry, Table, Validity

FIVE, SEVEN = Life(5, 2000), Life(7, 1429)


def entry(years: int, rate: int, since: date | None, until: date | None) -> Entry[AssetClass]:
    row = AssetClass("5.3", "machine", "Máy tính", "Computers", "table", True, years, rate)
    validity = Validity(effective_from=since, effective_to=until, legal_basis=f"Bảng {years} năm", source_tag="V")
    return Entry(row, validity, "hand")


HAND_MADE = Table("hand", ("code",), [entry(*FIVE, None, date(2025, 12, 31)), entry(*SEVEN, date(2026, 1, 1), None)])


def in_december(year: int) -> Life:
    row = HAND_MADE.in_force(date(year, 12, 31), code="5.3")
    return Life(row.years or 0, row.rate or 0)


def bought(cost_vnd: int, life: Life, year: int, own: bool = False) -> Value:
    return begun(cost_vnd, 0, life, own=own, booked=year, next_year=year)


def years_of(value: Value, life: Life | None = None) -> Iterator[tuple[int, int]]:
    """Charge year after year until nothing is left; yield each year with its wear."""
    assert value.wear is not None
    year = value.wear.next_year
    while charge := charged(value, year, life or in_december(year)):
        yield year, charge.wear_vnd
        value, year = charge.value, year + 1


def test_a_laptop_wears_seven_years_at_the_printed_rate_and_the_last_takes_what_remains() -> None:
    wear = dict(years_of(bought(21_000_000, SEVEN, 2026)))
    assert wear == {**dict.fromkeys(range(2026, 2032), 3_000_900), 2032: 2_994_600}


def test_a_car_wears_fifteen_years_to_the_last_dong() -> None:
    wear = list(years_of(bought(950_000_000, Life(15, 667), 2026), Life(15, 667)))
    assert wear == [*((year, 63_365_000) for year in range(2026, 2040)), (2040, 62_890_000)]


def test_a_rate_that_falls_short_of_the_whole_leaves_the_rest_to_the_last_year() -> None:
    assert own_life(3) == (3, 3333)
    assert list(years_of(bought(10_000_000, own_life(3), 2026, own=True))) == [
        (2026, 3_333_000),
        (2027, 3_333_000),
        (2028, 3_334_000),
    ]


@pytest.mark.parametrize(
    ("cost", "rate", "wear"), [(10_005_000, 125, 125_063), (10_004_900, 125, 125_061), (0, 667, 0)]
)
def test_annual_wear_is_whole_dong_with_the_half_rounded_up(cost: int, rate: int, wear: int) -> None:
    assert yearly(cost, rate) == wear


@pytest.mark.parametrize(
    ("years", "rate"),
    [(80, 125), (50, 200), (25, 400), (20, 500), (15, 667), (10, 1000), (8, 1250), (7, 1429), (5, 2000)],
)
def test_the_rate_of_a_life_of_its_own_is_the_one_the_law_prints(years: int, rate: int) -> None:
    assert own_life(years) == (years, rate)


def test_a_year_is_charged_by_the_table_of_its_december_and_what_remains_wears_on_at_the_new_rate() -> None:
    assert list(years_of(bought(15_000_000, FIVE, 2024))) == [
        (2024, 3_000_000),
        (2025, 3_000_000),
        *((year, 2_143_500) for year in range(2026, 2030)),
        (2030, 426_000),
    ]


def test_a_life_of_its_own_does_not_follow_the_table() -> None:
    wear = dict(years_of(bought(15_000_000, FIVE, 2024, own=True)))
    assert wear == dict.fromkeys(range(2024, 2029), 3_000_000)


def test_what_was_worn_in_earlier_books_goes_on_from_there() -> None:
    taken_over = begun(15_000_000, 6_000_000, FIVE, own=False, booked=2024, next_year=2026)
    assert list(years_of(taken_over)) == list(years_of(bought(15_000_000, FIVE, 2024)))[2:]


def test_an_upgrade_wears_at_the_rate_of_the_new_cost_for_the_years_that_takes_rounded_up() -> None:
    life = Life(25, 400)
    before = begun(10_000_000_000, 2_400_000_000, life, own=False, booked=2020, next_year=2026)
    assert list(years_of(before, life))[-1] == (2044, 400_000_000)
    after = upgraded(before, 11_000_000_000, 2026, life)
    assert list(years_of(after, life)) == [*((year, 440_000_000) for year in range(2026, 2045)), (2045, 240_000_000)]


def test_an_upgrade_of_what_is_worn_off_begins_again() -> None:
    worn_off = begun(10_000_000, 10_000_000, FIVE, own=True, booked=2015, next_year=2020)
    assert list(years_of(worn_off)) == []
    assert list(years_of(upgraded(worn_off, 16_000_000, 2026, None))) == [(2026, 3_200_000), (2027, 2_800_000)]


def test_another_change_of_cost_leaves_the_years_and_the_last_takes_the_difference() -> None:
    life = Life(10, 1000)
    before = begun(100_000_000, 20_000_000, life, own=False, booked=2024, next_year=2026)
    after = revalued(before, 120_000_000, 20_000_000, 2026)
    assert list(years_of(after, life)) == [*((year, 12_000_000) for year in range(2026, 2033)), (2033, 16_000_000)]


def test_a_change_of_cost_after_the_end_of_life_is_taken_by_one_added_year() -> None:
    worn_off = begun(100_000_000, 100_000_000, Life(10, 1000), own=False, booked=2010, next_year=2020)
    assert list(years_of(revalued(worn_off, 130_000_000, 100_000_000, 2026), Life(10, 1000))) == [(2026, 30_000_000)]


def test_a_found_surplus_charges_the_years_it_was_used_in_its_first_year() -> None:
    surplus = found(50_000_000, Life(10, 1000), own=False, remaining_years=6, year=2026)
    wear = list(years_of(surplus, Life(10, 1000)))
    assert wear == [(2026, 20_000_000), *((year, 5_000_000) for year in range(2027, 2033))]


def test_a_found_surplus_without_years_left_is_worn_off_at_once_and_a_new_one_wears_like_any_other() -> None:
    assert list(years_of(found(21_000_000, SEVEN, own=False, remaining_years=0, year=2026))) == [(2026, 21_000_000)]
    new = found(21_000_000, SEVEN, own=False, remaining_years=7, year=2026)
    assert new == bought(21_000_000, SEVEN, 2026)


def test_the_receiver_charges_the_whole_year_in_which_it_received() -> None:
    holdings = (Holding(date(2024, 5, 6), "btctu"), Holding(date(2026, 7, 1), "vptu"))
    assert [charged_by(holdings, year) for year in (2023, 2024, 2025, 2026)] == [None, "btctu", "btctu", "vptu"]
    on_new_year = (holdings[0], Holding(date(2027, 1, 1), "vptu"))
    assert [charged_by(on_new_year, year) for year in (2026, 2027)] == ["btctu", "vptu"]


def registered(cost_vnd: int, on: date) -> AssetRegistered:
    return AssetRegistered(
        effective_on=on,
        unit_id="vptu",
        class_code="5.3",
        value=bought(cost_vnd, in_december(on.year), on.year),
        legal_basis="Bảng",
        name="Máy tính",
        tag="VPTU-000001",
        number=1,
        booked_on=on,
        origin="purchase",
        cost_basis="settled",
        place=Place(),
        condition="good",
    )


def residual_on(facts: list[AssetRegistered | WearCharged | DisposalCarriedOut], day: date) -> int | None:
    value = value_at(facts, day, HAND_MADE)
    return None if value is None else value.residual_vnd


def test_an_asset_has_its_value_on_any_day_past_or_to_come() -> None:
    bought_on = registered(15_000_000, date(2024, 5, 6))
    days = [date(2024, 5, 5), date(2024, 5, 6), date(2024, 12, 30), date(2024, 12, 31), date(2026, 12, 31)]
    assert [residual_on([bought_on], day) for day in days] == [None, 15_000_000, 15_000_000, 12_000_000, 6_856_500]
    assert residual_on([bought_on], date(2099, 1, 1)) == 0


def test_what_was_charged_stands_whatever_the_tables_say_now_and_what_is_gone_has_no_value() -> None:
    first = registered(15_000_000, date(2024, 5, 6))
    facts = {"unit_id": "vptu", "class_code": "5.3", "legal_basis": "Bảng"}
    otherwise = first.value.model_copy(
        update={
            "accumulated_vnd": 3_000_001,
            "wear": first.value.wear and first.value.wear.model_copy(update={"next_year": 2025}),
        }
    )
    run = WearCharged(**facts, effective_on=date(2024, 12, 31), value=otherwise, year=2024, wear_vnd=3_000_001)
    gone = DisposalCarriedOut(
        **facts, effective_on=date(2025, 6, 1), value=otherwise, method="sale", proceeds_vnd=0, costs_vnd=0
    )
    days = [date(2024, 12, 30), date(2024, 12, 31), date(2025, 5, 31), date(2025, 6, 1), date(2030, 1, 1)]
    assert [residual_on([first, run, gone], day) for day in days] == [15_000_000, 11_999_999, 11_999_999, None, None]


LIVES = st.integers(1, 100).map(own_life) | st.tuples(st.integers(1, 100), st.integers(1, 10_000)).map(
    lambda p: Life(*p)
)
CHANGES = st.tuples(st.sampled_from(["charge", "table", "upgrade", "revalue"]), st.integers(0, 10**13), LIVES)


@given(cost=st.integers(0, 10**13), life=LIVES, own=st.booleans(), steps=st.lists(CHANGES, max_size=30))
def test_wear_is_never_above_the_cost_and_never_taken_back(
    cost: int, life: Life, own: bool, steps: list[tuple[str, int, Life]]
) -> None:
    value, year = bought(cost, life, 2000, own), 2000
    for step, amount, other in steps:
        before = value
        if step == "upgrade":
            value = upgraded(value, value.cost_vnd + 1 + amount, year, life)
        elif step == "revalue":
            value = revalued(value, max(amount, value.accumulated_vnd), value.accumulated_vnd, year)
        else:
            life = other if step == "table" else life
            charge = charged(value, year, life)
            value, year = charge.value if charge else value, year + 1
        assert 0 <= value.accumulated_vnd <= value.cost_vnd
        assert value.residual_vnd >= 0
        assert value.accumulated_vnd >= before.accumulated_vnd


@given(cost=st.integers(0, 10**13), life=LIVES, remaining=st.integers(0, 100))
def test_wear_adds_up_to_the_cost(cost: int, life: Life, remaining: int) -> None:
    surplus = found(cost, life, own=False, remaining_years=min(remaining, life.years), year=2000)
    for value in (bought(cost, life, 2000), surplus):
        wear = list(years_of(value, life))
        assert sum(amount for _, amount in wear) == cost
        assert len(wear) <= life.years + 1


@given(cost=st.integers(0, 10**13), life=LIVES)
def test_a_year_that_was_charged_is_not_charged_again(cost: int, life: Life) -> None:
    charge = charged(bought(cost, life, 2026), 2026, life)
    assert charge is None or charged(charge.value, 2026, life) is None
