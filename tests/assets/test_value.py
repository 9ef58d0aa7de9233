"""The rules of value in the books: the December run, upgrades, other changes of cost, and years that are closed."""

from datetime import date
from typing import TYPE_CHECKING, Any

from contracts import assets as words
from contracts.organisation import Decision

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.assets.decider import Desk

YEAR_END = date(2026, 12, 31)


def upgrading(asset_id: str, **changes: Any) -> words.UpgradeAsset:
    return words.UpgradeAsset(**{"asset_id": asset_id, "cost_vnd": 28_000_000, "work": "Thêm bộ nhớ", **changes})


def revaluing(asset_id: str, **changes: Any) -> words.RevalueAsset:
    usual = {"asset_id": asset_id, "cost_vnd": 20_000_000, "reason": "Quyết toán được duyệt."}
    return words.RevalueAsset(**{**usual, **changes})


def test_a_run_charges_each_asset_once_and_adds_the_year_up(desk: "Desk") -> None:
    laptop, car = desk.asset(), desk.when(desk.buying_car()).id
    run = desk.charge(2026, laptop)
    charged = run.one(words.WearCharged)
    assert (charged.year, charged.wear_vnd, charged.unit_id) == (2026, 3_000_900, "vptu")
    assert (charged.effective_on, charged.value.residual_vnd) == (YEAR_END, 17_999_100)
    assert "141/2025" in charged.legal_basis
    both = desk.charge(2026, laptop, car)
    assert both.one(words.WearCharged).wear_vnd == 63_365_000
    assert both.one(words.WearRunRecorded) == words.WearRunRecorded(
        asset_count=1, wear_vnd=63_365_000, total_asset_count=2, total_wear_vnd=66_365_900
    )
    desk.charge(2026, laptop, car).nothing()


def test_a_run_passes_over_what_never_wears_is_worn_off_gone_or_came_later(desk: "Desk") -> None:
    land = desk.asset(class_code="VH.1")
    worn_off = desk.asset(booked_on=date(2019, 1, 1), accumulated_vnd=21_000_000, worn_to=2025)
    gone = desk.asset()
    desk.has(
        words.ProposeDisposal(asset_id=gone, method="destruction", reason="Hỏng hẳn."),
        words.ApproveDisposal(asset_id=gone, decision=desk.DECISION),
        words.CarryOutDisposal(asset_id=gone),
    )
    desk.charge(2026, land, worn_off, gone).nothing()
    desk.charge(2025, desk.asset()).nothing()


def test_wear_is_charged_in_december_or_later(desk: "Desk", at: "Callable[[str], Any]") -> None:
    run = words.ChargeWear(year=2026, asset_ids=(desk.asset(),))
    desk.when(run, now=at("2026-11-30 23:59")).refused(words.WEAR_TOO_EARLY, "year")
    assert desk.when(run, now=at("2027-01-15 08:00")).one(words.WearCharged).effective_on == YEAR_END


def test_years_are_charged_one_after_another(desk: "Desk") -> None:
    behind = desk.asset(booked_on=date(2025, 2, 1))
    assert "2025" in desk.charge(2026, behind).refused(words.WEAR_BEHIND, "asset_ids")
    assert desk.charge(2025, behind).one(words.WearCharged).wear_vnd == 4_200_000
    assert desk.charge(2026, behind).one(words.WearCharged).wear_vnd == 3_000_900


def test_a_run_knows_its_assets_and_names_each_once(desk: "Desk") -> None:
    laptop = desk.asset()
    desk.charge(2026, laptop, laptop).refused(words.TWICE_NAMED, "asset_ids")
    desk.charge(2026, laptop, "f" * 32).refused(words.ASSET_UNKNOWN, "asset_ids")


def test_the_receiver_charges_the_year_in_which_it_received(desk: "Desk") -> None:
    laptop = desk.asset(unit_id="btctu")
    desk.scenario.given(
        words.AssetHandedOver(
            effective_on=date(2026, 7, 1),
            unit_id="vptu",
            class_code="5.3",
            value=desk.value(laptop),
            legal_basis="Bảng",
            handover_id="a" * 32,
            from_unit_id="btctu",
            place=words.Place(site_id="ts1"),
        ),
        on=f"asset/{laptop}",
    )
    charged = desk.charge(2026, laptop).one(words.WearCharged)
    assert (charged.unit_id, charged.wear_vnd) == ("vptu", 3_000_900)


def test_an_upgrade_raises_the_cost_and_renews_the_years(desk: "Desk") -> None:
    laptop = desk.asset(booked_on=date(2025, 2, 1))
    desk.charge(2025, laptop).accepted()
    upgraded = desk.when(upgrading(laptop)).one(words.AssetUpgraded)
    assert (upgraded.former_cost_vnd, upgraded.value.cost_vnd) == (21_000_000, 28_000_000)
    # 23,800,000 remain; 4,001,200 a year: five whole years and a part of the sixth.
    assert upgraded.value.wear is not None
    assert upgraded.value.wear.last_year == 2031
    desk.when(upgrading(laptop)).nothing()
    desk.when(upgrading(laptop, cost_vnd=27_000_000)).refused(words.UPGRADE_LOWERS, "cost_vnd")


def test_another_change_of_cost_keeps_the_years(desk: "Desk") -> None:
    laptop = desk.asset()
    settled = desk.when(revaluing(laptop)).one(words.AssetRevalued)
    assert (settled.former_cost_vnd, settled.value.residual_vnd) == (21_000_000, 20_000_000)
    assert settled.value.wear is not None
    assert settled.value.wear.last_year == 2032
    desk.when(revaluing(laptop)).nothing()


def test_what_remains_is_never_below_zero(desk: "Desk") -> None:
    laptop = desk.asset(booked_on=date(2024, 1, 1), accumulated_vnd=8_400_000, worn_to=2025)
    desk.when(revaluing(laptop, cost_vnd=8_000_000)).refused(words.VALUE_BELOW_WEAR, "accumulated_vnd")
    desk.has(revaluing(laptop, cost_vnd=8_000_000, accumulated_vnd=3_200_000))
    assert desk.value(laptop).residual_vnd == 4_800_000
    land = desk.asset(class_code="VH.1")
    desk.when(revaluing(land, accumulated_vnd=1)).refused(words.EARLIER_WEAR_UNFIT, "accumulated_vnd")


def test_a_value_changes_in_years_that_are_open_and_after_the_years_before_are_charged(
    desk: "Desk", at: "Callable[[str], Any]"
) -> None:
    laptop, january = desk.asset(), at("2027-01-20 08:00")
    in_2027 = upgrading(laptop, effective_on=date(2027, 1, 5))
    desk.when(in_2027).refused(words.DATE_IN_FUTURE, "effective_on")
    assert "2026" in desk.when(in_2027, now=january).refused(words.WEAR_BEHIND, "effective_on")
    desk.charge(2026, laptop).accepted()
    in_2026 = revaluing(laptop, effective_on=date(2026, 12, 20))
    desk.when(in_2026, now=january).refused(words.YEAR_CLOSED, "effective_on")
    desk.when(in_2027, now=january).accepted()
    unsigned = Decision(number="1-QĐ/TU", issued_on=date(2027, 1, 21), issuer="Tỉnh ủy")
    later = revaluing(laptop, effective_on=date(2027, 1, 6), decision=unsigned)
    desk.when(later, now=january).refused(words.DATE_IN_FUTURE, "decision.issued_on")


def test_a_value_does_not_change_before_the_asset_was_booked(desk: "Desk") -> None:
    before = revaluing(desk.asset(), effective_on=date(2026, 3, 15))
    desk.when(before).refused(words.BEFORE_BOOKING, "effective_on")
