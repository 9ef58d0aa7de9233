"""The tables of law of the documents desk: complete, dated, and honest about what is not verified."""

from datetime import date
from pathlib import Path
from typing import get_args

import pytest

from contracts.documents import System, Urgency
from services.documents.rules.tables import (
    DOCUMENT_TYPES,
    SECRECY_LEVELS,
    URGENCY_LEVELS,
    approaching_from,
    deadline,
    document_types,
    register_by,
    urgency_levels,
)
from services.runtime.rules import NoRuleInForce
from services.runtime.working_days import working_calendar

TODAY = date(2026, 11, 22)
CALENDAR = working_calendar()


def types(system: System, kind: str) -> list[str]:
    return [row.name_vi for row in DOCUMENT_TYPES.all_in_force(TODAY) if (row.system, row.kind) == (system, kind)]


def test_the_party_has_25_types_and_8_administrative_papers() -> None:
    assert len(types("party", "document")) == 25
    assert len(types("party", "administrative")) == 8


def test_the_state_has_29_types_3_copies_and_the_legislative_ones() -> None:
    assert len(types("state", "document")) == 29
    assert len(types("state", "copy")) == 3
    assert {"Luật", "Bộ luật", "Pháp lệnh", "Nghị định", "Thông tư"} <= set(types("state", "legislative"))


def test_quy_dinh_is_printed_as_in_force_on_the_day_and_keeps_its_own_code() -> None:
    assert DOCUMENT_TYPES.in_force(date(2026, 5, 26), system="party", code="QĐi").printed == "QĐi"
    row = DOCUMENT_TYPES.in_force(date(2026, 5, 27), system="party", code="QĐi")
    assert (row.printed, row.old_codes, row.name_vi) == ("QĐ", ("QĐi",), "Quy định")
    assert DOCUMENT_TYPES.in_force(TODAY, system="party", code="QĐ").name_vi == "Quyết định"


def test_the_same_letters_name_different_types_in_the_two_systems() -> None:
    assert DOCUMENT_TYPES.in_force(TODAY, system="party", code="TT").name_vi == "Thông tri"
    assert DOCUMENT_TYPES.in_force(TODAY, system="state", code="TT").name_vi == "Thông tư"
    assert DOCUMENT_TYPES.in_force(TODAY, system="state", code="CV").printed is None
    assert DOCUMENT_TYPES.in_force(TODAY, system="party", code="CV").printed == "CV"


def test_a_type_that_does_not_exist_is_refused() -> None:
    with pytest.raises(NoRuleInForce, match="document_types"):
        DOCUMENT_TYPES.in_force(TODAY, system="state", code="KL")


def test_an_abbreviation_without_a_rule_is_marked_as_unverified() -> None:
    for code in ("GM", "GGT", "TBo", "QH", "CL"):
        assert DOCUMENT_TYPES.entry(TODAY, system="party", code=code).validity.source_tag == "M"


def test_an_old_document_has_its_types_too() -> None:
    assert DOCUMENT_TYPES.in_force(date(2019, 2, 18), system="party", code="QĐi").printed == "QĐi"
    assert DOCUMENT_TYPES.in_force(date(2005, 1, 1), system="state", code="LUAT").name_en == "Law"


def test_an_office_gives_a_paper_its_own_letters(tmp_path: Path) -> None:
    header = "system,code,printed,kind,name_vi,name_en,old_codes,effective_from,effective_to,legal_basis,source_tag\n"
    line = "party,GM,GMời,administrative,Giấy mời,Invitation,GM,2026-01-09,,Quy chế của Văn phòng,D\n"
    (tmp_path / "document_types.csv").write_text(header + line, encoding="utf-8")
    assert document_types(tmp_path).in_force(TODAY, system="party", code="GM").printed == "GMời"


def test_every_urgency_of_the_contract_has_its_row_and_its_exchange_code() -> None:
    rows = [URGENCY_LEVELS.in_force(TODAY, urgency=urgency) for urgency in get_args(Urgency)]
    assert [row.code for row in rows] == [0, 1, 2, 3, 4]
    assert [row.name_vi for row in rows] == ["Thường", "Khẩn", "Thượng khẩn", "Hỏa tốc", "Hỏa tốc hẹn giờ"]


@pytest.mark.parametrize("urgency", ["urgent", "very_urgent", "express", "express_timed"])
def test_an_urgent_document_is_due_the_day_it_arrives_worked_or_not(urgency: Urgency) -> None:
    sunday = date(2026, 11, 22)
    assert deadline(urgency, sunday, CALENDAR) == sunday
    assert register_by(urgency, sunday, CALENDAR) == sunday
    assert approaching_from(urgency, sunday, CALENDAR) == sunday


def test_an_ordinary_document_is_registered_by_the_next_working_day() -> None:
    assert register_by("normal", date(2026, 11, 23), CALENDAR) == date(2026, 11, 25)


def test_an_ordinary_deadline_passes_over_holidays() -> None:
    assert deadline("normal", date(2026, 2, 11), CALENDAR) == date(2026, 3, 4)
    assert approaching_from("normal", date(2026, 2, 24), CALENDAR) == date(2026, 2, 13)


def test_the_default_time_to_resolve_is_marked_as_unverified_and_an_office_may_set_its_own(tmp_path: Path) -> None:
    assert URGENCY_LEVELS.entry(TODAY, urgency="normal").validity.source_tag == "M"
    header = (
        "urgency,code,name_vi,name_en,register_within_working_days,resolve_within_working_days,"
        "approaching_working_days,effective_from,effective_to,legal_basis,source_tag\n"
    )
    line = "normal,0,Thường,Normal,1,5,1,2026-01-01,,Quy chế của Văn phòng,V\n"
    (tmp_path / "urgency_levels.csv").write_text(header + line, encoding="utf-8")
    table = urgency_levels(tmp_path)
    assert deadline("normal", date(2026, 11, 16), CALENDAR, table) == date(2026, 11, 23)
    assert deadline("normal", date(2025, 11, 17), CALENDAR, table) == date(2025, 12, 1)


@pytest.mark.parametrize("secrecy", ["confidential", "secret", "top_secret", "recall"])
def test_nothing_secret_is_accepted_whatever_the_day(secrecy: str) -> None:
    for on in (date(2019, 1, 1), TODAY):
        row = SECRECY_LEVELS.in_force(on, secrecy=secrecy)
        assert not row.accepted
        assert row.marking
    assert SECRECY_LEVELS.in_force(TODAY, secrecy="none").accepted


def test_the_legal_bar_names_the_law_in_force() -> None:
    bar = SECRECY_LEVELS.entry(date(2026, 3, 1), secrecy="secret").validity
    assert ("117/2025/QH15" in bar.legal_basis, bar.source_tag) == (True, "V")
    assert "29/2018/QH14" in SECRECY_LEVELS.entry(date(2026, 2, 28), secrecy="secret").validity.legal_basis
