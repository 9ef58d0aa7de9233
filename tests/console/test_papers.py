"""Papers read back by others than who set them: every number and every accented word, on every page it belongs on."""

import io
import re
import unicodedata
from datetime import date
from typing import Any

import docx
import httpx
import pypdfium2
import pytest
import zxingcpp

from contracts.base import Answered, Rejected
from contracts.organisation import ListRoster, RosterRow, TransferLineRow, TransferRow, TransferTotal, TransferView
from services.console.papers import press, roster, transfer_list
from services.console.papers.forms import form
from services.console.papers.labels import SHEETS
from services.console.papers.letterhead import Letterhead, form_heading, party_heading
from services.console.papers.offers import KINDS, PAPERS
from services.console.papers.paper import (
    Column,
    Heading,
    Label,
    Labels,
    Line,
    Paper,
    Paragraph,
    Signature,
    Signatures,
    Table,
    Words,
    total,
)
from services.console.papers.typesetting import MOST_ROWS, NotSet, typeset
from services.console.papers.writing import day, day_in_words, difference, number, percent

SYLLABLES = "ẵ ộ ữ Đ ỗ Ễ ợ Ỹ ằ Ẩ ư ơ ị ụ ỏ đẫm Ỷ Lạng Sơn Đồng Kỵ nghiêng quyết toán Thường trực Tỉnh ủy"
HEAD = Letterhead(
    superior="Tỉnh ủy Lạng Sơn",
    organ="Văn phòng",
    place="Lạng Sơn",
    paper_number="12-BB/VPTU",
    dated=date(2027, 1, 4),
    position="Chánh Văn phòng",
    head="Trần Văn Minh",
    preparer="Nguyễn Thị Lan",
)
COLUMNS = (
    Column("Số TT", 0.6, "center", mark="A"),
    Column("Tên tài sản", 4, mark="B"),
    Column("Nguyên giá", 2, "right", "Theo sổ kế toán", "1"),
    Column("Giá trị còn lại", 2, "right", "Theo sổ kế toán", "2"),
    Column("Ghi chú", 2, mark="C"),
)


def of_rows(rows: int) -> Paper:
    """A paper with a long table, its total, and everything else a paper may have."""
    lines = [Line((number(n), f"Máy tính số {n}", number(21_000_000 + n), number(n), "")) for n in range(1, rows + 1)]
    sums = (number(sum(21_000_000 + n for n in range(1, rows + 1))), number(sum(range(1, rows + 1))), "")
    return Paper(
        title="BIÊN BẢN KIỂM KÊ TÀI SẢN CỐ ĐỊNH",
        heading=party_heading(HEAD),
        above=(Words("Mẫu số: C53-HD", bold=True),),
        under_title=(Words("Năm 2026", italic=True),),
        landscape=True,
        blocks=(
            Paragraph(SYLLABLES, indent=True),
            Table(COLUMNS, [*lines, total("Cộng", 2, sums)]),
            Signatures((Signature("Kế toán trưởng", "Đỗ Thị Hường"), Signature("Thủ trưởng", above="T/M BAN")), "Ngày"),
        ),
    )


def pages_of(pdf: bytes) -> list[str]:
    """The text of every page as PDFium reads it, with its line breaks as spaces."""
    document = pypdfium2.PdfDocument(pdf)
    return [" ".join(page.get_textpage().get_text_range().split()) for page in document]


def words_of(content: bytes) -> str:
    """All text of a DOCX, cells included, as python-docx reads it."""
    document = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return " ".join(" ".join([*(one.text for one in document.paragraphs), *cells]).split())


def test_numbers_days_and_rates_are_written_as_the_office_writes_them() -> None:
    assert [number(one) for one in (0, 1234567, -21_000_000, None)] == ["0", "1.234.567", "-21.000.000", ""]
    assert [difference(one) for one in (0, -1)] == ["", "-1"]
    assert [percent(one) for one in (6.67, 12.5, 10.0, None)] == ["6,67", "12,5", "10", ""]
    assert day(date(2027, 1, 4)) == "04/01/2027"
    assert day_in_words(date(2027, 1, 4)) == "ngày 04 tháng 01 năm 2027"
    assert "…" in day_in_words(None)


def test_a_form_has_the_number_and_the_circular_of_its_day() -> None:
    assert "107/2017" in form("asset_register", date(2024, 12, 31)).basis
    assert "24/2024" in form("asset_register", date(2025, 1, 1)).basis
    assert form("stocktake_minutes", date(2026, 12, 31)).code == "C53-HD"


def test_every_line_fills_the_columns() -> None:
    with pytest.raises(ValueError, match="line 2"):
        Table(COLUMNS, [Line(("1", "a", "2", "3", "")), Line(("1", "a"))])


def test_a_pdf_gives_back_every_word_and_number_and_repeats_the_head_on_every_page() -> None:
    pages = pages_of(typeset(of_rows(600), "pdf"))

    whole = " ".join(pages)
    assert len(pages) > 15
    for place, page in enumerate(pages, 1):
        assert f"Trang {place}/{len(pages)}" in page
    for page in pages[:-1]:
        assert page.count("Theo sổ kế toán") == page.count("Giá trị còn lại") == 1
    assert set(SYLLABLES.split()) <= set(whole.split())
    assert unicodedata.is_normalized("NFC", whole)
    assert {f"{21_000_000 + n:,}".replace(",", ".") for n in range(1, 601)} <= set(whole.split())
    assert "Cộng 12.600.180.300 180.300" in whole
    for said in ("ĐẢNG CỘNG SẢN VIỆT NAM", "Số 12-BB/VPTU", "TỈNH ỦY LẠNG SƠN", "KẾ TOÁN TRƯỞNG", "T/M BAN"):
        assert said in whole
    assert "Đỗ Thị Hường" in pages[-1]


def test_a_docx_gives_back_every_word_and_number_and_marks_the_head_to_be_repeated() -> None:
    content = typeset(of_rows(600), "docx")
    document = docx.Document(io.BytesIO(content))

    table = document.tables[1]
    assert len(table.rows) == 600 + 3 + 1
    heads = [row._tr.xpath("./w:trPr/w:tblHeader") for row in table.rows[:4]]
    assert [bool(one) for one in heads] == [True, True, True, False]
    assert [cell.text for cell in table.rows[-1].cells] == ["Cộng", "Cộng", "12.600.180.300", "180.300", ""]
    assert table.rows[0].cells[2].text == table.rows[0].cells[3].text == "Theo sổ kế toán"
    assert set(SYLLABLES.split()) <= set(words_of(content).split())
    section = document.sections[0]
    assert section.page_width is not None
    assert round(section.page_width.mm) == 297
    assert "NUMPAGES" in section.footer._element.xml
    assert document.core_properties.title == "BIÊN BẢN KIỂM KÊ TÀI SẢN CỐ ĐỊNH"


@pytest.mark.parametrize("said", ["#panic()", "*b* _i_ $x$ @a <b>", "a\nb", r"\u{41}", '"}', "<w:p/> & ]]>", "=1+1"])
def test_words_are_never_taken_for_markup(said: str) -> None:
    heading = Heading((Words(said),), (Words(said),))
    table = Table((Column(said, 1),), [Line((said,)), Line((said,), bold=True)])
    paper = Paper(said, heading, (Paragraph(said), table, Signatures((Signature(said, said, said, said),), said)))

    for piece in said.split("\n"):
        assert pages_of(press.render(paper, "pdf"))[0].count(" ".join(piece.split())) >= 8
        assert words_of(press.render(paper, "docx")).count(" ".join(piece.split())) >= 8


def test_what_cannot_be_set_says_so() -> None:
    with pytest.raises(NotSet, match="AttributeError"):
        typeset(Paper("Không có tiêu đề", None, ()), "pdf")  # type: ignore[arg-type]


def test_a_letterhead_leaves_dots_for_what_nobody_said() -> None:
    nobody = Letterhead()
    assert "…" in party_heading(nobody).left[0].text
    assert nobody.known("Văn phòng Tỉnh ủy", "Tỉnh ủy Lạng Sơn").superior == "Tỉnh ủy Lạng Sơn"
    assert HEAD.known("Văn phòng khác", None) is HEAD
    assert form_heading(HEAD, form("asset_card", date(2026, 1, 1))).right[0].text == "Mẫu số: S25-H"


@pytest.mark.parametrize("sheet", sorted(SHEETS))
def test_a_label_is_read_back_by_somebody_elses_decoder(sheet: Any) -> None:
    places = SHEETS[sheet].places
    printed = [
        Label(f"BTCTU-{n:06d}", f"BTCTU-{n:06d}", "Bộ bàn ghế họp " * 9, "Ban Tổ chức") for n in range(1, places)
    ]

    pdf = typeset(Labels(tuple(printed), sheet, skip=2), "pdf")

    document = pypdfium2.PdfDocument(pdf)
    assert len(document) == 2
    found = [barcode.text for page in document for barcode in zxingcpp.read_barcodes(drawn(page))]
    assert sorted(found) == [label.code for label in printed]
    words = " ".join(pages_of(pdf))
    assert all(label.tag in words for label in printed)


def drawn(page: Any) -> memoryview:
    """A page as grey pixels at 288 dots an inch."""
    bitmap = page.render(scale=4, grayscale=True)
    return memoryview(bytes(bitmap.buffer)).cast("B", (bitmap.height, bitmap.stride))


def transfer() -> tuple[TransferView, list[TransferLineRow]]:
    """Two people of two boards who come to one division."""
    row = TransferRow(
        number=1,
        year=2027,
        title="Bố trí nhân sự về Văn phòng phục vụ chung",
        effective_on=date(2027, 1, 1),
        people=2,
        source_count=2,
        target_count=1,
        decision_number="125-QĐ/TU",
        decision_issued_on=date(2026, 12, 20),
        decision_issuer="Ban Thường vụ Tỉnh ủy",
        remarks=None,
        transfer_id="a" * 32,
        status="carried_out",
    )
    totals = (TransferTotal(unit_name="Ban Tổ chức", people=1), TransferTotal(people=1))
    lines = [
        TransferLineRow(
            place=place,
            name=name,
            headcount="civil_servant",
            from_post_title="Văn thư",
            from_unit_name="Ban Tổ chức",
            to_post_title="Chuyên viên",
            to_unit_name="Phòng Quản trị",
            transfer_id="a" * 32,
            person_id=str(place) * 32,
            from_post_id=None,
            from_unit_id=None,
            to_post_id="vptu--chuyen-vien",
            to_unit_id="vptu-pqt",
        )
        for place, name in enumerate(("Nguyễn Thị Lan", "Đặng Văn Hữu"), 1)
    ]
    return TransferView(transfer=row, sources=totals, targets=totals, adds_up=True), lines


def test_a_transfer_list_says_who_goes_where_under_which_decision() -> None:
    text = " ".join(pages_of(press.render(transfer_list.compose(*transfer(), HEAD), "pdf")))

    assert "Quyết định số 125-QĐ/TU ngày 20/12/2026 của Ban Thường vụ Tỉnh ủy; thực hiện từ ngày 01/01/2027" in text
    assert "2 Đặng Văn Hữu Cán bộ, công chức Văn thư Ban Tổ chức Chuyên viên Phòng Quản trị" in text
    assert "Cộng 2 người" in text
    assert "Chưa giữ vị trí nào 1" in text


def rostered(name: str, unit: str, person: str) -> RosterRow:
    return RosterRow(
        name=name,
        born_on=date(1980, 2, 3),
        post_title="Chuyên viên",
        unit_name=unit,
        headcount="contract",
        kind="main",
        since=date(2020, 1, 1),
        until=None,
        decision_number="1-QĐ/TU",
        education="Đại học",
        remarks=None,
        person_id=person * 32,
        post_id="vptu--chuyen-vien",
        unit_id="vptu",
        unit_code="VPTU",
        post_group="professional",
        rank="staff",
        site_name=None,
        phone=None,
        email=None,
        account=None,
    )


def test_a_roster_counts_somebody_with_two_posts_once() -> None:
    rows = [rostered("Lê Ỷ", "Phòng A", "1"), rostered("Lê Ỷ", "Phòng B", "1"), rostered("Vũ Ẵm", "Phòng B", "2")]
    text = " ".join(pages_of(press.render(roster.compose(rows, date(2027, 1, 1), HEAD), "pdf")))

    assert "Phòng B (2 người)" in text
    assert "Tổng cộng: 2 người" in text
    assert "3 Vũ Ẵm 03/02/1980 Chuyên viên Lao động hợp đồng Chính thức 01/01/2020" in text


# --- over HTTP ------------------------------------------------------------------------------------------------------


@pytest.fixture
async def organisation_desk(office: Any, connect: Any, desk: Any) -> Any:
    return type(desk)(await connect(office, "organisation"))


def pages(total: int) -> Any:
    def answer(body: dict[str, Any]) -> Answered:
        start = int(body["data"]["cursor"] or 0)
        end = min(start + body["data"]["limit"], total)
        rows = [rostered("Nguyễn Thị Lan", "Phòng Tổng hợp", f"{n % 10}") for n in range(start, end)]
        return Answered(position=7, result={"rows": rows, "next_cursor": str(end) if end < total else None})

    return answer


OFFICE = {
    "unit_code": "VPTU",
    "name": "Văn phòng Tỉnh ủy",
    "kind": "office",
    "tier": "TINH",
    "parent_name": "Tỉnh ủy Lạng Sơn",
    "site_name": None,
    "served": True,
    "since": "2019-01-01",
    "decision_number": "1-QĐ/TU",
    "decision_issued_on": "2018-12-01",
    "remarks": None,
    "unit_id": "vptu",
    "parent_id": "tu",
    "site_id": None,
    "budget_chapter": None,
    "established_on": "2019-01-01",
    "last_day": None,
    "successor_ids": [],
}


async def test_a_paper_has_all_pages_of_its_query_and_the_offices_own_name(
    http: httpx.AsyncClient, organisation_desk: Any
) -> None:
    await organisation_desk.answer("query.organisation.roster", pages(1200))
    await organisation_desk.answer("query.organisation.units", Answered(position=7, result={"rows": [OFFICE]}))

    answer = await http.get("/papers/organisation/roster.pdf?on=2027-01-01&place=Lạng Sơn")

    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/pdf"
    assert re.fullmatch(r'attachment; filename="roster-[\d-]+\.pdf"', answer.headers["content-disposition"])
    text = " ".join(pages_of(answer.content))
    assert "VĂN PHÒNG TỈNH ỦY" in text
    assert "TỈNH ỦY LẠNG SƠN" in text
    assert "1.200 Nguyễn Thị Lan" in text
    asked = [body["data"] for subject, body in organisation_desk.heard if subject.endswith("roster")]
    assert [(one["limit"], one["on"]) for one in asked] == [(1000, "2027-01-01")] * 2


async def test_a_paper_of_a_moment_is_of_one_position_throughout(
    http: httpx.AsyncClient, organisation_desk: Any
) -> None:
    await organisation_desk.answer("query.organisation.roster", pages(1200))

    answer = await http.get("/papers/organisation/roster.docx?as_of=2026-12-31T17:00:00Z&organ=Văn phòng")

    assert answer.status_code == 200
    assert "Tổng cộng: 10 người" in words_of(answer.content)
    asked = [(body["data"]["as_of"], body["data"]["as_of_position"]) for _, body in organisation_desk.heard]
    assert asked == [("2026-12-31T17:00:00Z", None), (None, 7)]


async def test_too_long_a_paper_is_refused_with_what_to_do(http: httpx.AsyncClient, organisation_desk: Any) -> None:
    await organisation_desk.answer("query.organisation.roster", pages(MOST_ROWS["pdf"] + 1))

    answer = await http.get("/papers/organisation/roster.pdf?organ=Văn phòng")

    assert (answer.status_code, answer.json()["code"]) == (422, "paper-too-long")
    assert "10,000" in answer.json()["en"]


async def test_what_the_query_refuses_the_paper_refuses(http: httpx.AsyncClient, organisation_desk: Any) -> None:
    unknown = Rejected(code="transfer-unknown", vi="Không có.", en="There is none.")
    await organisation_desk.answer("query.organisation.transfer", unknown)

    path = f"/papers/organisation/transfer-list.pdf?transfer_id={'a' * 32}"
    assert (await http.get(path)).json()["code"] == "transfer-unknown"
    assert (await http.get(path, headers={"Authorization": ""})).status_code == 401
    wrong = await http.get("/papers/organisation/roster.pdf?limit=3&colour=red")
    assert {problem["field"] for problem in wrong.json()["fields"]} <= {"limit", "colour"}
    assert (await http.get("/papers/organisation/roster.pdf?dated=yesterday")).json()["fields"][0]["field"] == "dated"


def test_every_kind_of_paper_is_offered_and_no_option_hides_a_field_of_its_query() -> None:
    assert {offer.kind for offer in PAPERS} == set(KINDS)
    for kind in KINDS:
        assert not set(kind.options.model_fields) & set(kind.query.model_fields), kind.name
    assert any(kind.query is ListRoster for kind in KINDS)
