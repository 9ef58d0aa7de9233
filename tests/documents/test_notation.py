"""Numbers and notations: what is printed, what is understood, and which spellings are one document."""

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.documents.rules.notation import Notation, key, parse, print_party, print_state
from services.documents.rules.tables import DOCUMENT_TYPES

TODAY = date(2026, 11, 22)
PRINTED = {
    system: sorted({row.printed for row in DOCUMENT_TYPES.all_in_force(TODAY) if row.system == system and row.printed})
    for system in ("party", "state")
}
PARTY_ORGANS = [
    "TW",
    "VPTW",
    "BTCTW",
    "TU",
    "VPTU",
    "ĐU",
    "CB",
    "UBKT",
    "ĐH",
    "BTCTU",
    "BTGDVTU",
    "BNCTU",
    "UBKTTU",
    "VPĐU",
    "ĐUK",
    "HU",
    "ThU",
]
STATE_ORGANS = [
    "UBND",
    "HĐND",
    "CP",
    "TTg",
    "BTC",
    "BNV",
    "BTTTT",
    "VPCP",
    "SNV",
    "QH15",
    "UBTVQH16",
    "CTN",
    "TANDTC",
    "UBND-HC",
    "P.TCHC",
]
NUMBERS = st.integers(1, 9_999_999)


def taken_apart(text: str) -> tuple[object, ...]:
    n = parse(text)
    return n.series, n.number, n.suffix, n.type_code, n.issuer_code, n.year, n.extra


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("05-NQ/ĐU", ("party", 5, None, "NQ", "ĐU", None, None)),
        ("Số 399-QĐ/TW", ("party", 399, None, "QĐ", "TW", None, None)),
        ("Số: 66-QĐ/TW", ("party", 66, None, "QĐ", "TW", None, None)),
        ("04-QĐi/TW", ("party", 4, None, "QĐi", "TW", None, None)),
        ("04 - Qđi/TW", ("party", 4, None, "QĐi", "TW", None, None)),
        ("5053-CV/VPTW/nb", ("party", 5053, None, "CV", "VPTW", None, "nb")),
        ("12/BC-VPTU", ("party", 12, None, "BC", "VPTU", None, None)),
        ("4192-QĐ/BTCTW", ("party", 4192, None, "QĐ", "BTCTW", None, None)),
        ("Nghị quyết số 18–NQ / TW", ("party", 18, None, "NQ", "TW", None, None)),
        ("12a-CTr/TU", ("party", 12, "a", "CTr", "TU", None, None)),
        ("07bis-TTr/VPTU", ("party", 7, "bis", "TTr", "VPTU", None, None)),
        ("9-XYZ/ĐUK", ("party", 9, None, "XYZ", "ĐUK", None, None)),
        ("05/QĐ-UBND", ("state", 5, None, "QĐ", "UBND", None, None)),
        ("05/UBND-VX", ("state", 5, None, None, "UBND", None, "VX")),
        ("13/2023/NĐ-CP", ("state", 13, None, "NĐ", "CP", 2023, None)),
        ("141/2025/TT-BTC", ("state", 141, None, "TT", "BTC", 2025, None)),
        ("47/2024/QH15", ("state", 47, None, None, "QH15", 2024, None)),
        ("Luật số 47/2024/QH15", ("state", 47, None, None, "QH15", 2024, None)),
        ("12/2004/PL-UBTVQH11", ("state", 12, None, "PL", "UBTVQH11", 2004, None)),
        ("09/2025/QĐ-TTg", ("state", 9, None, "QĐ", "TTg", 2025, None)),
        ("1/qđ-ubnd", ("state", 1, None, "QĐ", "UBND", None, None)),
        ("12/TTLT-BTC-BNV", ("state", 12, None, "TTLT", "BTC-BNV", None, None)),
        ("3/QyĐ-SNV", ("state", 3, None, "QyĐ", "SNV", None, None)),
        ("15/QÐ-UBND", ("state", 15, None, "QĐ", "UBND", None, None)),
    ],
)
def test_a_notation_is_understood_as_written(text: str, expected: tuple[object, ...]) -> None:
    assert taken_apart(text) == expected
    assert taken_apart(unicodedata.normalize("NFD", text)) == expected
    assert parse(text).raw == text


@pytest.mark.parametrize(
    "text", ["", "   ", "không số", "05", "12/3/2024", "-NQ/TU", "Số:    /QĐ-UBND", "5-NQ", "\x00/\x00", "1-2/3"]
)
def test_what_is_no_notation_is_kept_as_it_is(text: str) -> None:
    assert parse(text) == Notation(raw=text)


@given(st.text())
def test_no_text_stops_the_parser(text: str) -> None:
    assert parse(text).raw == text
    key(parse(text))


@pytest.mark.parametrize(
    "spellings",
    [
        ("04-QĐi/TW", "04 - Qđi/TW", "4-QĐI/TW", "Số: 04–qđi / tw", "Số 04-QĐi/TƯ"),
        ("12-BC/VPTU", "12/BC-VPTU", "Số 12 - BC/VPTU", "012-bc/vptu"),
        ("05/QĐ-UBND", "Số: 05/QĐ-UBND", "5/QĐ - UBND", "Quyết định số 05 / QĐ–UBND"),
        ("13/2023/NĐ-CP", "Nghị định 13/2023/NĐ-CP"),
        ("47/2024/QH15", "Luật số: 47/2024/QH15"),
        ("VĂN BẢN KHÔNG SỐ (hoà)", "văn bản không số, hòa"),
    ],
)
def test_spellings_of_one_notation_have_one_key(spellings: tuple[str, ...]) -> None:
    forms = [unicodedata.normalize(form, text) for text in spellings for form in ("NFC", "NFD")]
    assert len({key(parse(text)) for text in forms}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("04-QĐi/TW", "04-QĐ/TW"),
        ("05-NQ/ĐU", "05-NQ/DU"),
        ("05-NQ/TU", "05-NQ/TW"),
        ("05-NQ/TU", "05-KL/TU"),
        ("05/QĐ-UBND", "05/UBND-VX"),
        ("13/2023/NĐ-CP", "13/2024/NĐ-CP"),
        ("12-CV/TU", "12a-CV/TU"),
        ("5053-CV/VPTW/nb", "5053-CV/VPTW"),
    ],
)
def test_different_documents_have_different_keys(one: str, other: str) -> None:
    assert key(parse(one)) != key(parse(other))


@given(NUMBERS, st.sampled_from([*PRINTED["party"], "QĐi"]), st.sampled_from(PARTY_ORGANS))
def test_a_printed_party_notation_is_read_back_as_it_was(number: int, type_code: str, organ: str) -> None:
    text = print_party(number, type_code, organ)
    assert taken_apart(text) == ("party", number, None, type_code, organ, None, None)
    assert print_party(number, str(parse(text).type_code), str(parse(text).issuer_code)) == text


@given(NUMBERS, st.sampled_from(PRINTED["state"]), st.sampled_from(STATE_ORGANS), st.none() | st.integers(1945, 2099))
def test_a_printed_state_notation_is_read_back_as_it_was(
    number: int, type_code: str, organ: str, year: int | None
) -> None:
    text = print_state(number, type_code, organ, year=year)
    assert taken_apart(text) == ("state", number, None, type_code, organ, year, None)
    parsed = parse(text)
    assert print_state(number, parsed.type_code, str(parsed.issuer_code), year=parsed.year) == text


@given(NUMBERS, st.sampled_from(["UBND", "SNV", "VPCP"]), st.none() | st.sampled_from(["VX", "NC", "KGVX"]))
def test_a_state_official_letter_has_no_type_but_its_unit(number: int, organ: str, unit: str | None) -> None:
    text = print_state(number, None, organ, unit=unit)
    assert text == print_state(number, "CV", organ, unit=unit)
    assert taken_apart(text) == ("state", number, None, None, organ, None, unit)


def test_numbers_below_ten_have_a_leading_zero_and_begin_at_one() -> None:
    assert print_party(5, "NQ", "ĐU") == "05-NQ/ĐU"
    assert print_state(5, "QĐ", "UBND") == "05/QĐ-UBND"
    assert print_party(10, "NQ", "TU", suffix="a") == "10a-NQ/TU"
    with pytest.raises(ValueError, match="begins at 1"):
        print_party(0, "NQ", "TU")


@pytest.mark.parametrize(
    ("text", "series"),
    [(text, "state") for text in ["47/2024/QH15", "73/2006/QH11", "100/2015/QH13", "30/2020/NĐ-CP", "24/2024/TT-BTC"]]
    + [
        (text, "party")
        for text in ["1400-CV/VPTU", "298-QĐ/TW", "137-QĐ/TW", "215-KL/TW", "18-NQ/TW", "343-CV/ĐU", "14-CT/TU"]
    ],
)
def test_notations_met_in_offices_have_their_series(text: str, series: str) -> None:
    assert parse(text).series == series
