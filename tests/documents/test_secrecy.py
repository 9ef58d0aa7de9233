"""The stamps of secret documents are seen; ordinary words about secrecy are let through."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.documents.rules.secrecy import secret_marking

STAMPED = {
    "MẬT": [
        "MẬT", "MẬT.", "*MẬT*", '"MẬT"', "(MẬT)", "(Mật)", "[MẬT] Công văn", "MẬT - Báo cáo", "MẬT Báo cáo tình hình",
        "MẬT BÁO CÁO TÌNH HÌNH", "Công văn MẬT về việc", "Bản sao MẬT", "M Ậ T", "M_Ậ_T", "M\u200bẬT", "ＭẬＴ", "(MAT)",
        "MAT", "MÂT", "Số 12-CV/TU MẬT", "HỎA TỐC MẬT", "ĐẢNG BỘ TỈNH   MẬT   ĐẢNG CỘNG SẢN", "Độ mật: Mật",
        "VĂN BẢN MẬT", "TÀI LIỆU MẬT: họp", "dòng 1\nMẬT\ndòng 3", "BÁO CÁO - MẬT", "BÁO CÁO, MẬT",
    ],
    "TỐI MẬT": [
        "TỐI MẬT", "Tối mật", "T Ố I  M Ậ T", "T.Ố.I M.Ậ.T", "TOI MAT", "TỐI MẠT", "TOI_MAT_bao_cao.pdf",
        "UBND TỈNH TỐI MẬT",
        "dòng 1\nTỐI\nMẬT\nx", "Độ mật: Tối mật", "MẬT, TỐI MẬT",
    ],
    "TUYỆT MẬT": [
        "TUYỆT MẬT", "Tuyệt mật", "T U Y Ệ T   M Ậ T", "TUYET MAT", "Công văn số 5 (TUYỆT MẬT) năm 2026",
        "ĐỘ MẬT: TUYỆT MẬT", "TÀI LIỆU THU HỒI - TUYỆT MẬT",
    ],
    "TÀI LIỆU THU HỒI": [
        "TÀI LIỆU THU HỒI", "Tài liệu thu hồi", "TAI LIEU THU HOI", "Báo cáo. TÀI LIỆU THU HỒI",
        "TÀI LIỆU THU HỒI HỘI NGHỊ",
    ],
}  # fmt: skip
ORDINARY = [
    "", "bảo mật", "Luật Bảo vệ bí mật nhà nước", "mật độ dân số", "Mật độ", "mật khẩu", "mật", "độ mật", "ĐỘ MẬT",
    "BẢO VỆ BÍ MẬT NHÀ NƯỚC", "Luật BẢO VỆ BÍ MẬT NHÀ NƯỚC", 'Luật "Bảo vệ bí mật nhà nước"', "QUY ĐỊNH VỀ BẢO MẬT",
    "QUY ĐỊNH BẢO VỆ BÍ\nMẬT NHÀ NƯỚC", "MẬT ĐỘ XÂY DỰNG", "MẬT KHẨU", "MẬT ONG", "CƠ MẬT", "THÂN MẬT",
    "BAN CƠ YẾU: MẬT MÃ", "QUY CHẾ QUẢN LÝ VĂN BẢN MẬT", "SỔ THEO DÕI VĂN BẢN MẬT", "Độ mật: không mật",
    "DANH MỤC BÍ MẬT NHÀ NƯỚC ĐỘ TUYỆT MẬT VÀ TỐI MẬT", "danh mục bí mật nhà nước độ Tối mật", "danh mục (tuyệt mật)",
    "MẶT TRẬN TỔ QUỐC", "TỐI MẮT", "MẤT TÀI SẢN", "AUTOMAT", "MATXCOVA", "MAT 2026 report", "bảo\u200b mật",
    "QUẢN LÝ TÀI LIỆU THU HỒI SAU HỘI NGHỊ", "TÀI LIỆU THU HỒI ĐẤT", "Tài liệu thu hồi công nợ", "về tài liệu thu hồi",
]  # fmt: skip


@pytest.mark.parametrize(("marking", "text"), [(marking, text) for marking, texts in STAMPED.items() for text in texts])
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_stamp_is_found_however_it_is_typed(marking: str, text: str, form: str) -> None:
    composed = unicodedata.normalize("NFD", text) if form == "NFD" else text
    assert secret_marking(composed) == marking


@pytest.mark.parametrize("text", ORDINARY)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_ordinary_words_are_no_stamp(text: str, form: str) -> None:
    assert secret_marking(unicodedata.normalize("NFD", text) if form == "NFD" else text) is None


@given(st.text())
def test_no_text_stops_the_search(text: str) -> None:
    assert secret_marking(text) in {None, *STAMPED}


@given(st.sampled_from(sorted(STAMPED)), st.text(alphabet="abc đặng\n"), st.text(alphabet="abc đặng\n"))
def test_a_stamp_on_a_line_of_its_own_is_found_in_any_text(marking: str, before: str, after: str) -> None:
    assert secret_marking(f"{before}\n{marking}\n{after}") == marking
