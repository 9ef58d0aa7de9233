"""The tables of the budget index, of sources and of what may be carried over."""

from datetime import date
from typing import Any, get_args

import pytest

from contracts.finance import CarryOverReason
from services.finance.rules.tables import accounts, carry_over_reasons, chapters, clauses, items, sources

NOW, BEFORE = date(2026, 6, 1), date(2025, 6, 1)


def test_every_sub_item_belongs_to_an_item_that_is_in_force() -> None:
    for day in (NOW, BEFORE):
        rows = {row.item: row for row in items().all_in_force(day)}
        assert all(rows[row.of].of == row.of for row in rows.values())
        assert all(row.item == row.of or row.item[:2] == row.of[:2] for row in rows.values())


def test_special_spending_goes_under_the_named_groups() -> None:
    special = {row.item for row in items().all_in_force(NOW) if row.special}
    assert {"7000", "7750", "7761", "7799", "7850", "7900", "7001", "7852", "7903"} <= special
    assert not {"6500", "6503", "7756", "7764", "7951"} & special


def test_the_index_of_2026_has_codes_the_former_one_had_not() -> None:
    new = {row.item for row in items().all_in_force(NOW)} - {row.item for row in items().all_in_force(BEFORE)}
    assert {"6405", "6406", "6609", "6959", "7056", "7057", "7769"} <= new
    assert "121" not in {row.clause for row in clauses().all_in_force(BEFORE)}


@pytest.mark.parametrize(("code", "table"), [("509", chapters()), ("819", chapters()), ("109", chapters())])
def test_the_chapters_of_party_offices_are_in_force(code: str, table: Any) -> None:
    assert table.in_force(NOW, chapter=code).name_vi


def test_a_source_is_booked_on_accounts_of_the_chart() -> None:
    chart = {row.account for row in accounts().all_in_force(NOW)}
    for row in sources().all_in_force(NOW):
        assert {row.expense_account, row.income_account, row.estimate_account or "008"} <= chart
    assert (sources().in_force(NOW, source="tu-chu").expense_account) == "612"


def test_the_closed_list_is_what_may_be_said() -> None:
    for day in (NOW, BEFORE):
        assert {row.reason for row in carry_over_reasons().all_in_force(day)} == set(get_args(CarryOverReason))
