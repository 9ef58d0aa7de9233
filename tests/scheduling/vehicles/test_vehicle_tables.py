"""The tables of cars: drivers' limits of each time, what a licence is for, surcharges, and an office's own rows."""

from datetime import date
from pathlib import Path

import pytest

from services.runtime.rules import NoRuleInForce
from services.scheduling.rules.vehicles_tables import vehicle_rules

RULES = vehicle_rules()
OLD, NEW = date(2024, 12, 31), date(2025, 1, 1)


def test_ten_hours_a_day_were_the_limit_before_and_forty_eight_a_week_came_with_the_law_of_2024() -> None:
    assert {RULES.limits.in_force(day, kind="driving_day").minutes for day in (OLD, NEW)} == {600}
    assert RULES.limits.in_force(NEW, kind="driving_week").minutes == 2880
    with pytest.raises(NoRuleInForce):
        RULES.limits.in_force(OLD, kind="driving_week")


@pytest.mark.parametrize(
    ("licence", "issued", "seats"),
    [("B2", OLD, 9), ("D", OLD, 30), ("D", NEW, 999), ("B", NEW, 9), ("D1", NEW, 17), ("D2", NEW, 30)],
)
def test_a_class_means_what_it_did_on_the_day_of_issue(licence: str, issued: date, seats: int) -> None:
    assert RULES.licences.in_force(issued, licence_class=licence).most_seats == seats


def test_a_class_of_the_other_time_is_none() -> None:
    for licence, issued in (("B2", NEW), ("E", NEW), ("D1", OLD), ("B", OLD)):
        with pytest.raises(NoRuleInForce):
            RULES.licences.in_force(issued, licence_class=licence)


def test_every_surcharge_is_of_trips_or_of_months() -> None:
    scopes = {row.code: row.scope for row in RULES.surcharges.all_in_force(NEW)}
    assert scopes == {
        "mountain": "trip",
        "city": "trip",
        "bad_road": "trip",
        "air_conditioning": "month",
        "old_car": "month",
    }


def test_a_provinces_own_surcharges_stand_in_for_those_shipped(tmp_path: Path) -> None:
    columns = "code,name_vi,name_en,scope,basis_points,effective_from,effective_to,legal_basis,source_tag"
    own = "mountain,Đèo dốc,Passes,trip,2000,2026-01-01,,Quyết định của UBND tỉnh,V"
    (tmp_path / "fuel_surcharges.csv").write_text(f"{columns}\n{own}\n", encoding="utf-8")
    rules = vehicle_rules(tmp_path)
    assert rules.surcharges.in_force(date(2026, 5, 1), code="mountain").basis_points == 2000
    assert rules.surcharges.in_force(date(2025, 5, 1), code="mountain").basis_points == 1500
