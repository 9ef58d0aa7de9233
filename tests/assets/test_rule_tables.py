"""The tables of law of assets: lives and rates of each time, thresholds, and an office's own rows."""

from datetime import date
from pathlib import Path
from typing import get_args

import pytest

from contracts.assets import DueKind
from services.assets.rules.tables import asset_classes, reminders, thresholds
from services.assets.rules.wear import own_life, table_life

CLASSES = asset_classes()
BEFORE, SINCE = date(2025, 12, 31), date(2026, 1, 1)


@pytest.mark.parametrize(
    ("code", "years", "rate"),
    [
        ("1.1", 80, 125),
        ("1.3", 50, 200),
        ("1.4", 25, 400),
        ("1.5", 15, 667),
        ("2.1", 20, 500),
        ("2.2", 10, 1000),
        ("3", 15, 667),
        ("4", 10, 1000),
        ("5.1", 10, 1000),
        ("5.2", 8, 1250),
        ("5.3", 7, 1429),
        ("5.5", 5, 2000),
        ("7", 8, 1250),
    ],
)
def test_the_lives_and_rates_of_circular_141(code: str, years: int, rate: int) -> None:
    assert table_life(CLASSES.in_force(SINCE, code=code)) == (years, rate)


def test_a_desktop_computer_lasted_five_years_before_2026() -> None:
    for day in (date(2019, 12, 31), date(2023, 12, 31), BEFORE):
        assert table_life(CLASSES.in_force(day, code="5.3")) == (5, 2000)


def test_every_rate_is_one_part_in_its_years_as_the_law_rounds_it() -> None:
    for entry in CLASSES:
        life = table_life(entry.row)
        assert (life is None) == (entry.row.life != "table")
        assert life is None or life == own_life(life.years)


def test_every_class_has_a_row_on_every_day() -> None:
    codes = {entry.row.code for entry in CLASSES}
    for day in (date(1990, 1, 1), date(2018, 7, 2), date(2023, 6, 9), date(2023, 6, 10), BEFORE, SINCE):
        assert {row.code for row in CLASSES.all_in_force(day)} == codes


def test_a_fixed_asset_costs_ten_million_at_least_and_five_hundred_are_declared_singly() -> None:
    for day in (date(2019, 1, 1), BEFORE, SINCE):
        assert thresholds().in_force(day, kind="fixed_asset").minimum_vnd == 10_000_000
    assert thresholds().in_force(SINCE, kind="declared_singly").minimum_vnd == 500_000_000


def test_everything_that_falls_due_has_its_reminder() -> None:
    assert {row.kind for row in reminders().all_in_force(SINCE)} == set(get_args(DueKind))


def test_a_province_changes_a_rate_by_a_row_of_its_own(tmp_path: Path) -> None:
    header = "code,group,name_vi,name_en,life,threshold,years,rate,effective_from,effective_to,legal_basis,source_tag"
    row = "3,car,Xe ô tô,Cars,table,true,13,800,2027-01-01,,Quyết định 88-QĐ/TU,D"
    (tmp_path / "asset_classes.csv").write_text(f"{header}\n{row}\n", encoding="utf-8")
    own = asset_classes(tmp_path)
    lives = [table_life(own.in_force(date(year, 12, 31), code="3")) for year in (2026, 2027)]
    assert lives == [(15, 667), (13, 800)]
