"""The rules of registration: tags without a hole, what a fixed asset must cost, last and tell, and corrections."""

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from contracts import assets as words
from contracts.assets import Wear

if TYPE_CHECKING:
    from tests.assets.decider import Desk

SOFTWARE = {"class_code": "VH.2", "name": "Phần mềm kế toán", "details": None}
BY_DECISION = {"life_years": 5, "life_basis": "Quyết định 77-QĐ/TU"}
LAND = {"class_code": "VH.1", "name": "Đất trụ sở"}


def wear(desk: "Desk", **changes: Any) -> Wear | None:
    return desk.value(desk.asset(**changes)).wear


def test_an_asset_gets_the_next_tag_of_its_unit(desk: "Desk") -> None:
    tags = [
        desk.when(desk.registering(unit_id=unit)).one(words.AssetRegistered).tag
        for unit in ("vptu", "btctu", "vptu", "p-hc")
    ]
    assert tags == ["VPTU-000001", "BTCTU-000001", "VPTU-000002", "P-HC-000001"]


def test_a_registration_keeps_the_rule_of_its_day(desk: "Desk") -> None:
    outcome = desk.when(desk.registering())
    new = outcome.one(words.AssetRegistered)
    assert (new.effective_on, new.booked_on, new.unit_id) == (date(2026, 3, 16), date(2026, 3, 16), "vptu")
    assert "141/2025" in new.legal_basis
    plan = Wear(years=7, rate=1429, next_year=2026, last_year=2032)
    assert new.value == words.Value(cost_vnd=21_000_000, accumulated_vnd=0, wear=plan)
    assert outcome.one(words.AssetNumbered) == words.AssetNumbered(number=1, asset_id=outcome.id)
    older = desk.when(desk.registering(booked_on=date(2024, 5, 6))).one(words.AssetRegistered)
    assert ("23/2023" in older.legal_basis, older.value.wear and older.value.wear.years) == (True, 5)


def test_a_registration_said_again_registers_nothing(desk: "Desk") -> None:
    desk.when(desk.registering(), number=7).accepted()
    desk.when(desk.registering(), number=7).nothing()


def test_a_book_that_has_used_its_numbers_gives_no_more(desk: "Desk") -> None:
    desk.scenario.given(words.AssetNumbered(number=999_999, asset_id="f" * 32), on="book/vptu")
    desk.when(desk.registering()).refused(words.BOOK_FULL)


def test_what_costs_too_little_is_a_tool_whatever_its_class_but_land_and_buildings(desk: "Desk") -> None:
    desk.when(desk.registering(cost_vnd=9_999_999)).refused(words.BELOW_THRESHOLD, "cost_vnd")
    desk.when(desk.registering(cost_vnd=10_000_000)).accepted()
    for code in ("1.5", "2.2", "VH.1", "DT.1"):
        desk.when(desk.registering(class_code=code, cost_vnd=0)).accepted()


def test_a_class_is_one_the_law_has(desk: "Desk") -> None:
    desk.when(desk.registering(class_code="9.9")).refused(words.CLASS_UNKNOWN, "class_code")


def test_nothing_is_booked_in_the_future(desk: "Desk") -> None:
    desk.when(desk.registering(booked_on=date(2026, 11, 24))).refused(words.DATE_IN_FUTURE, "booked_on")


def test_a_car_and_a_hall_tell_what_others_need_of_them(desk: "Desk") -> None:
    assert desk.when(desk.buying_car()).one(words.AssetRegistered).details == desk.CAR
    assert desk.when(desk.naming_hall()).one(words.AssetRegistered).details == desk.HALL
    for wish in (
        desk.buying_car(details=None),
        desk.buying_car(details=desk.HALL),
        desk.naming_hall(details=None),
        desk.naming_hall(place=words.Place()),
        desk.registering(details=desk.CAR),
    ):
        desk.when(wish).refused(words.DETAILS_UNFIT, "details")
    desk.when(desk.naming_hall(cost_vnd=1)).refused(words.COST_UNFIT, "cost_vnd")


def test_software_lasts_as_long_as_was_decided_and_says_by_whom(desk: "Desk") -> None:
    desk.when(desk.registering(**SOFTWARE)).refused(words.LIFE_NEEDED, "life_years")
    desk.when(desk.registering(**SOFTWARE, life_years=5)).refused(words.LIFE_UNFIT, "life_years")
    decided = wear(desk, **SOFTWARE, **BY_DECISION)
    assert decided == Wear(years=5, rate=2000, own=True, next_year=2026, last_year=2030)


def test_land_never_wears_and_trees_only_where_somebody_says_so(desk: "Desk") -> None:
    assert wear(desk, **LAND) is None
    desk.when(desk.registering(**LAND, **BY_DECISION)).refused(words.LIFE_UNFIT, "life_years")
    desk.when(desk.registering(**LAND, accumulated_vnd=1, worn_to=2026)).refused(words.EARLIER_WEAR_UNFIT, "worn_to")
    old_land = {**LAND, "booked_on": date(2020, 1, 1)}
    desk.when(desk.registering(**old_land, worn_to=2024)).refused(words.EARLIER_WEAR_UNFIT, "accumulated_vnd")
    assert wear(desk, class_code="6") is None
    trees = wear(desk, class_code="6", **BY_DECISION)
    assert trees is not None
    assert trees.years == 5


def test_second_hand_lasts_what_its_class_lasts_less_what_it_was_used_or_what_the_council_found(desk: "Desk") -> None:
    used = desk.value(desk.when(desk.buying_car(used_years=5)).id).wear
    assert used == Wear(years=10, rate=1000, own=True, next_year=2026, last_year=2035)
    found = desk.value(desk.when(desk.buying_car(remaining_years=8)).id).wear
    assert found == Wear(years=8, rate=1250, own=True, next_year=2026, last_year=2033)
    fresh = desk.value(desk.when(desk.buying_car(used_years=0)).id).wear
    assert fresh == Wear(years=15, rate=667, next_year=2026, last_year=2040)
    desk.when(desk.buying_car(used_years=15)).refused(words.LIFE_USED_UP, "used_years")
    desk.when(desk.buying_car(used_years=5, remaining_years=8)).refused(words.LIFE_UNFIT, "life_years")
    desk.when(desk.buying_car(remaining_years=0)).refused(words.LIFE_UNFIT, "life_years")


def test_a_surplus_says_how_many_years_it_has_left(desk: "Desk") -> None:
    plan = wear(desk, origin="surplus", remaining_years=3)
    assert plan == Wear(years=7, rate=1429, next_year=2026, last_year=2029, catch_up_years=4)
    for changes in (
        {},
        {"remaining_years": 8},
        {"remaining_years": 3, "booked_on": date(2024, 1, 1), "worn_to": 2025, "accumulated_vnd": 1},
    ):
        desk.when(desk.registering(origin="surplus", **changes)).refused(words.REMAINING_NEEDED, "remaining_years")


def test_an_asset_of_earlier_books_comes_with_its_wear_as_it_stood_at_that_years_end(desk: "Desk") -> None:
    old = {"booked_on": date(2024, 5, 6), "accumulated_vnd": 8_400_000}
    taken = desk.when(desk.registering(**old, worn_to=2025)).one(words.AssetRegistered)
    assert (taken.effective_on, taken.value.residual_vnd) == (date(2025, 12, 31), 12_600_000)
    assert taken.value.wear == Wear(years=5, rate=2000, next_year=2026, last_year=2028)
    for worn_to in (None, 2023, 2026):
        desk.when(desk.registering(**old, worn_to=worn_to)).refused(words.EARLIER_WEAR_UNFIT, "worn_to")
    too_much = {**old, "accumulated_vnd": 21_000_001}
    desk.when(desk.registering(**too_much, worn_to=2025)).refused(words.EARLIER_WEAR_UNFIT, "accumulated_vnd")


def correcting(asset_id: str, **changes: Any) -> words.CorrectAsset:
    return words.CorrectAsset(asset_id=asset_id, reason="Ghi nhầm khi nhập sổ.", **changes)


def test_a_correction_replaces_what_is_said_and_leaves_the_rest(desk: "Desk") -> None:
    laptop = desk.asset(model="T14", serial_number="PF-1")
    corrected = desk.when(correcting(laptop, serial_number="PF-2")).one(words.AssetCorrected)
    assert (corrected.model, corrected.serial_number, corrected.name) == ("T14", "PF-2", "Máy tính xách tay")
    desk.when(correcting(laptop, serial_number="PF-2")).nothing()
    desk.when(correcting("f" * 32, name="X")).refused(words.ASSET_UNKNOWN)


def test_an_asset_put_into_its_right_class_wears_by_it_from_its_next_year_on(desk: "Desk") -> None:
    laptop = desk.asset()
    desk.charge(2026, laptop).accepted()
    desk.has(correcting(laptop, class_code="5.5"))
    assert desk.value(laptop).wear == Wear(years=5, rate=2000, next_year=2027, last_year=2031)
    assert desk.value(laptop).accumulated_vnd == 3_000_900
    desk.has(correcting(laptop, class_code="DT.1"))
    assert desk.value(laptop).wear is None
    desk.when(correcting(laptop, class_code="VH.2")).refused(words.LIFE_NEEDED, "class_code")
    desk.when(correcting(laptop, class_code="3")).refused(words.DETAILS_UNFIT, "details")
    desk.has(correcting(laptop, class_code="5.3"))
    assert desk.value(laptop).wear is not None


@pytest.mark.parametrize("code", ["5.4", "VH.3"])
def test_a_class_without_years_of_its_own_keeps_those_the_asset_had(desk: "Desk", code: str) -> None:
    laptop = desk.asset()
    desk.has(correcting(laptop, class_code=code))
    assert desk.value(laptop).wear == Wear(years=7, rate=1429, own=True, next_year=2026, last_year=2032)
