"""Vietnamese text: which spellings are one, what is stored, and what fits into a subject."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.runtime.text import EmptyToken, control_characters, fold, normalise, token

VIETNAMESE = st.text(alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạắằẳẵặấầẩẫậýỳỷỹỵúùủũụỨÔĐẬ -–.,/()0123456789")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Đảng ủy", "Đảng uỷ"),
        ("hòa bình", "hoà bình"),
        ("quý III", "quí III"),
        ("kỹ thuật", "kĩ thuật"),
        ("xử lý", "xử lí"),
        ("Mỹ Đức", "Mĩ Đức"),
        ("tỷ lệ", "tỉ lệ"),
        ("bác sỹ", "bác sĩ"),
        ("hy vọng", "hi vọng"),
        ("vỹ mô", "vĩ mô"),
        ("04-QĐi/TW", "04 – qđi / tw"),
        ("ĐẮK LẮK", "Đắk Lắk"),
        ("Ðảng", "Đảng"),
        ("Báo\u00a0cáo", "Báo cáo"),
        ("báo\u200bcáo", "báocáo"),
    ],
)
def test_spellings_of_the_same_words_fold_to_one(one: str, other: str) -> None:
    assert fold(one) == fold(other)
    assert fold(unicodedata.normalize("NFD", one)) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"), [("tay", "tai"), ("thúy", "thúi"), ("ủy", "ủi"), ("cây", "cai"), ("y tế", "i tế")]
)
def test_a_y_that_is_another_sound_stays(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_a_folded_text_is_plain_words_and_single_spaces() -> None:
    assert fold("  Số: 05-NQ/TU,  ngày 05/02/2026 (về Kỹ thuật) ") == "so 05 nq tu ngay 05 02 2026 ve ki thuat"
    assert fold("...") == ""


@given(st.text())
def test_composition_makes_no_difference_to_the_folded_form(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


@given(VIETNAMESE)
def test_a_folded_vietnamese_text_is_ascii_and_stable(text: str) -> None:
    assert re.fullmatch(r"(?:[a-z0-9]+(?: [a-z0-9]+)*)?", fold(text))
    assert fold(fold(text)) == fold(text)
    assert fold(text.upper()) == fold(text)


@given(st.text())
def test_a_stored_text_is_composed_trimmed_and_stable(text: str) -> None:
    stored = normalise(text)
    assert stored == " ".join(stored.split())
    assert unicodedata.is_normalized("NFC", stored)
    assert normalise(stored) == stored


def test_a_stored_text_keeps_accents_case_and_dashes() -> None:
    assert normalise(unicodedata.normalize("NFD", "\ufeff Đảng\u00a0uỷ \n – Tỉnh\tủy ")) == "Đảng uỷ – Tỉnh ủy"


@pytest.mark.parametrize("bad", ["\x00", "\x1b", "\x7f", "\x85", "\u202e", "\u2066", "\ud800", "\u2028"])
def test_characters_nobody_types_are_found(bad: str) -> None:
    assert control_characters(f"báo{bad}cáo")


def test_lines_tabs_and_every_vietnamese_letter_are_no_control_characters() -> None:
    assert not control_characters("Báo cáo\tquý III\r\nnăm 2026 – “Đạt” 👍")
    assert not control_characters(unicodedata.normalize("NFD", "Nghị quyết của Đảng ủy"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ĐU", "ddu"),
        ("DU", "du"),
        ("05-NQ/ĐU", "05-nq-ddu"),
        (" Văn phòng Tỉnh ủy ", "van-phong-tinh-uy"),
        ("QĐi", "qddi"),
    ],
)
def test_a_token_keeps_d_and_d_with_stroke_apart(text: str, expected: str) -> None:
    assert token(text) == expected
    assert token(unicodedata.normalize("NFD", text)) == expected


@given(VIETNAMESE.filter(lambda text: any(character.isalnum() for character in text)))
def test_a_token_fits_into_a_subject_and_is_stable(text: str) -> None:
    assert re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", token(text))
    assert token(token(text)) == token(text)


@pytest.mark.parametrize("text", ["", " - ", "…", "日本"])
def test_a_text_without_letters_or_digits_gives_no_token(text: str) -> None:
    with pytest.raises(EmptyToken):
        token(text)
