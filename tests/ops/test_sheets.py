"""A spreadsheet is read whole or refused with one sentence that says what to do."""

import datetime
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import Workbook

from services.ops.incoming_import import TITLES
from services.ops.sheets import BadFile, read_bytes, read_rows

_HEADER = "number_notation,document_type,summary,issuer,issued_on\n"


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("MOTMOI_LANG", "en")
    return


def test_rows_keep_the_numbers_they_have_in_the_file() -> None:
    rows = read_rows("a.csv", (_HEADER + "1/QĐ,Luật,a,b,2024-01-01\n\n2/QĐ,Luật,c,d,2024-01-02\n").encode(), TITLES)

    assert [row.number for row in rows] == [2, 4]
    assert rows[1].cells["summary"] == "c"


def test_vietnamese_titles_semicolons_and_a_byte_order_mark_are_understood() -> None:
    content = "\ufeffSố, ký hiệu;Tên loại;Trích yếu;Tác giả;Ngày tháng văn bản\n1/QĐ;Luật;a, b;c;01/02/2024\n"

    (row,) = read_rows("a.csv", content.encode(), TITLES)

    assert row.cells == {
        "number_notation": "1/QĐ",
        "document_type": "Luật",
        "summary": "a, b",
        "issuer": "c",
        "issued_on": "01/02/2024",
    }


def test_an_xlsx_is_read_like_a_csv_with_its_dates() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Tên loại", "Trích yếu", "Tác giả", "Ngày tháng văn bản", "Số trang"])
    sheet.append(["Luật", "Luật Lưu trữ", "Quốc hội", datetime.date(2024, 6, 21), 12.0])
    content = io.BytesIO()
    book.save(content)

    (row,) = read_rows("a.xlsx", content.getvalue(), TITLES)

    assert row.cells["issued_on"] == "2024-06-21"
    assert row.cells["page_count"] == "12"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("latin.csv", (_HEADER + "1,Công văn,a,b,2024-01-01").encode("cp1258"), "not UTF-8 (line 2)"),
        ("wide.csv", (_HEADER + "1,a,b,c,d").encode("utf-16"), "not UTF-8"),
        ("broken.xlsx", b"PK\x03\x04 this is no archive", "broken or no XLSX"),
        ("old.xls", b"\xd0\xcf\x11\xe0 an old workbook", "not a valid XLSX"),
        ("columns.csv", b"number,issuer,colour\n1,2,3\n", "'colour'"),
        ("twice.csv", "issuer,Tác giả\na,b\n".encode(), "two columns for issuer"),
        ("quote.csv", (_HEADER + '"1,Luật,a,b,2024-01-01').encode(), "not well-formed CSV"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(name: str, content: bytes, said: str) -> None:
    with pytest.raises(BadFile) as refused:
        read_rows(name, content, TITLES)

    assert said in str(refused.value)
    assert name in str(refused.value)


def test_a_missing_or_empty_file_says_so(tmp_path: Path) -> None:
    empty = tmp_path / "empty.csv"
    empty.write_text(" \n")

    with pytest.raises(BadFile, match="is empty"):
        read_bytes(empty)
    with pytest.raises(BadFile, match="Cannot read"):
        read_bytes(tmp_path / "nowhere.csv")
