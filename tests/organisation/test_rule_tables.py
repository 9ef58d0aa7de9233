"""The tables of law of organisation: complete, dated, and an office's own rows stand in for the shipped ones."""

import os
import subprocess
import sys
from datetime import date
from importlib import resources
from pathlib import Path
from typing import get_args

import pytest

from contracts.organisation import Cap, CapPassed, Tier, cap_notice
from services.organisation.rules.tables import cap_passed, staffing_caps, tiers
from services.runtime.rules import NoRuleInForce

TODAY = date(2026, 11, 22)
CAPS = staffing_caps()


def test_there_are_three_tiers_since_july_2025_and_there_were_four() -> None:
    assert {row.tier for row in tiers().all_in_force(TODAY)} == {"TW", "TINH", "XA"}
    assert {row.tier for row in tiers().all_in_force(date(2025, 6, 30))} == set(get_args(Tier))
    with pytest.raises(NoRuleInForce):
        tiers().in_force(date(2025, 7, 1), tier="HUYEN")


def test_every_cap_of_the_contract_has_a_row() -> None:
    assert {entry.row.cap for entry in CAPS} == set(get_args(Cap))
    assert all(entry.row.fewest is not None or entry.row.most is not None for entry in CAPS)


@pytest.mark.parametrize(
    ("on", "people", "deputies", "most"),
    [(TODAY, 9, 2, None), (TODAY, 9, 3, 2), (TODAY, 10, 3, None), (TODAY, 10, 4, 3), (date(2020, 1, 1), 9, 2, 1)],
)
def test_how_many_deputies_a_division_may_have_depends_on_its_size_and_the_day(
    on: date, people: int, deputies: int, most: int | None
) -> None:
    passed = cap_passed(CAPS, on, "deputies_of_division", "TINH", deputies, people)
    assert (passed.most if passed else None) == most


def test_a_district_office_with_four_people_was_below_the_eleven_it_needed() -> None:
    passed = cap_passed(CAPS, date(2016, 1, 1), "people_of_office", "HUYEN", 4)
    assert passed is not None
    assert (passed.fewest, passed.most, passed.value) == (11, 13, 4)
    assert cap_passed(CAPS, date(2025, 7, 1), "people_of_office", "HUYEN", 4) is None


def test_a_larger_city_puts_its_own_cap_in_place(tmp_path: Path) -> None:
    header = "cap,tier,people_from,people_to,fewest,most,effective_from,effective_to,legal_basis,source_tag\n"
    row = "divisions_of_office,TINH,,,,6,2023-12-01,,Quy định 137-QĐ/TW: Hà Nội,V\n"
    (tmp_path / "staffing_caps.csv").write_text(header + row, encoding="utf-8")
    assert cap_passed(staffing_caps(tmp_path), TODAY, "divisions_of_office", "TINH", 6) is None
    assert cap_passed(CAPS, TODAY, "divisions_of_office", "TINH", 6) is not None


@pytest.mark.parametrize("cap", get_args(Cap))
def test_a_cap_is_told_in_both_languages_with_its_basis(cap: Cap) -> None:
    few = cap_notice(CapPassed(cap=cap, value=1, fewest=4, most=9, legal_basis="Quy định 137-QĐ/TW"))
    many = cap_notice(CapPassed(cap=cap, value=12, fewest=4, most=9, legal_basis="Quy định 137-QĐ/TW"))
    assert "dưới mức tối thiểu 4" in few.vi
    assert "below the fewest 4" in few.en
    assert "vượt mức tối đa 9 (Quy định 137-QĐ/TW)" in many.vi
    assert "above the most 9" in many.en


def test_reports_go_by_the_office_s_own_rows_as_decisions_do(tmp_path: Path) -> None:
    own = "divisions_of_office,TINH,,,,6,2023-12-01,,Quy định 137-QĐ/TW: Hà Nội không quá 6 phòng,V"
    shipped = resources.files("services.organisation.rules").joinpath("staffing_caps.csv").read_text(encoding="utf-8")
    (tmp_path / "staffing_caps.csv").write_text(f"{shipped.splitlines()[0]}\n{own}\n", encoding="utf-8")
    script = (
        "from datetime import date; from services.organisation.read_models.staffing_rules import CAPS, rule_for; "
        "print(rule_for(CAPS, date(2026, 11, 22), 'divisions_of_office', 'TINH').row.most)"
    )
    paths = os.pathsep.join(sys.path)
    said = {
        rules: subprocess.run(
            [sys.executable, "-c", script],
            env={"PATH": os.environ["PATH"], "PYTHONPATH": paths, **({"MOTMOI_RULES": rules} if rules else {})},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for rules in ("", str(tmp_path))
    }
    assert said == {"": "5\n", str(tmp_path): "6\n"}
