"""Dated tables of law: what holds on a day, what an office may change, and what is refused at load."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from pydantic import BaseModel, ConfigDict, Field

from services.runtime.rules import NoRuleInForce, RuleFileError, Table, load

HEADER = "allowance,rate_vnd,effective_from,effective_to,legal_basis,source_tag\n"
TWO_RATES = (
    HEADER
    + "meal,100,2020-01-01,2025-12-31,Thông tư A,V\n"
    + "meal,120,2026-01-01,,Thông tư B,V1\n"
    + "travel,50,,,Thông tư C,M\n"
)


@dataclass(frozen=True)
class Rate:
    allowance: str
    rate_vnd: int


def written(folder: Path, text: str) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / "rates.csv"
    path.write_text(text, encoding="utf-8")
    return path


def rates(folder: Path, text: str = TWO_RATES, office: Path | None = None) -> Table[Rate]:
    return load(written(folder, text), Rate, key=("allowance",), override_folder=office)


def test_a_record_gets_the_rule_in_force_on_its_own_day(tmp_path: Path) -> None:
    table = rates(tmp_path)
    assert table.in_force(date(2025, 12, 31), allowance="meal").rate_vnd == 100
    assert table.in_force(date(2026, 1, 1), allowance="meal").rate_vnd == 120
    assert table.in_force(date(1990, 1, 1), allowance="travel").rate_vnd == 50


def test_the_entry_keeps_the_legal_basis_the_source_and_the_line(tmp_path: Path) -> None:
    entry = rates(tmp_path).entry(date(2026, 5, 1), allowance="meal")
    assert (entry.validity.legal_basis, entry.validity.source_tag, entry.origin) == ("Thông tư B", "V1", "rates.csv:3")


def test_a_day_without_a_rule_is_refused_naming_table_key_and_day(tmp_path: Path) -> None:
    table = rates(tmp_path)
    with pytest.raises(NoRuleInForce, match=r"table rates: no rule in force on 2019-12-31 for allowance='meal'"):
        table.in_force(date(2019, 12, 31), allowance="meal")
    with pytest.raises(NoRuleInForce, match="allowance='unknown'"):
        table.in_force(date(2026, 1, 1), allowance="unknown")


def test_a_question_by_a_wrong_key_is_a_mistake_of_the_program(tmp_path: Path) -> None:
    with pytest.raises(TypeError, match="asked by allowance, not by name"):
        rates(tmp_path).in_force(date(2026, 1, 1), name="meal")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("meal,130,2025-06-01,2025-07-01,Thông tư D,V\n", r"rates.csv:5: overlaps rates.csv:2"),
        ("night,x,,,Thông tư D,V\n", r"rates.csv:5: rate_vnd"),
        ("night,1,,,Thông tư D,Q\n", r"rates.csv:5: source_tag"),
        ("night,1,,,,V\n", r"rates.csv:5: legal_basis"),
        ("night,1,2026-02-01,2026-01-01,Thông tư D,V\n", r"rates.csv:5: .*effective_to is before effective_from"),
        ("night,1,,\n", r"rates.csv:5: the number of cells"),
        ("night,1,,,Thông tư D,V,more\n", r"rates.csv:5: the number of cells"),
        ('night,1,,,"Thông tư D,V\n', r"rates.csv:5: "),
    ],
)
def test_a_wrong_line_is_refused_at_load_with_file_and_line(tmp_path: Path, line: str, reason: str) -> None:
    with pytest.raises(RuleFileError, match=reason):
        rates(tmp_path, TWO_RATES + line)


def test_a_missing_or_extra_column_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RuleFileError, match=r"rates.csv:1: the columns must be allowance, rate_vnd"):
        rates(tmp_path, TWO_RATES.replace("rate_vnd", "rate"))
    with pytest.raises(RuleFileError, match=r"rates.csv:1:"):
        rates(tmp_path, "")


def test_a_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    written(tmp_path, "").write_bytes(TWO_RATES.encode("utf-16"))
    with pytest.raises(RuleFileError, match="not UTF-8"):
        load(tmp_path / "rates.csv", Rate, key=("allowance",))


def test_an_office_overrides_the_days_it_names_and_no_others(tmp_path: Path) -> None:
    office = tmp_path / "office"
    written(office, HEADER + "meal,150,2026-07-01,2026-12-31,Nghị quyết của tỉnh,V\nnight,9,,,Nghị quyết của tỉnh,V\n")
    table = rates(tmp_path, office=office)
    assert table.in_force(date(2026, 6, 30), allowance="meal").rate_vnd == 120
    assert table.in_force(date(2026, 7, 1), allowance="meal").rate_vnd == 150
    assert table.in_force(date(2027, 1, 1), allowance="meal").rate_vnd == 120
    assert table.in_force(date(2026, 7, 1), allowance="night").rate_vnd == 9
    assert {rate.rate_vnd for rate in table.all_in_force(date(2026, 8, 1))} == {150, 9, 50}
    assert len(list(table)) == 5


def test_a_folder_without_the_table_changes_nothing(tmp_path: Path) -> None:
    assert len(list(rates(tmp_path, office=tmp_path / "absent"))) == 3


def test_rows_may_be_pydantic_models_and_a_byte_order_mark_is_read_over(tmp_path: Path) -> None:
    class Model(BaseModel):
        model_config = ConfigDict(frozen=True, extra="forbid")
        allowance: str
        rate_vnd: int = Field(gt=0)

    path = written(tmp_path, "\ufeff" + TWO_RATES)
    assert load(path, Model, key=("allowance",)).in_force(date(2026, 1, 1), allowance="meal").rate_vnd == 120
    with pytest.raises(RuleFileError, match=r"rates.csv:2: rate_vnd"):
        load(written(tmp_path, TWO_RATES.replace("100", "0")), Model, key=("allowance",))


def test_rows_of_any_other_type_are_refused(tmp_path: Path) -> None:
    with pytest.raises(TypeError, match="neither a pydantic model nor a dataclass"):
        load(written(tmp_path, TWO_RATES), dict, key=("allowance",))
