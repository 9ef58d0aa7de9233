"""Registers as XLSX and CSV: all rows, the legal columns, and nothing a spreadsheet would run."""

import csv
import io
from typing import Any

import httpx
import pytest
from openpyxl import load_workbook

from contracts.base import Answered, Failed, ListQuery
from services.console import exports
from services.console.surface import EXPORTS, QUERIES
from services.console.wording import NAMES

SUBJECT = "query.documents.incoming-register"
PATH = "/api/documents/incoming-register"
HEADINGS = [
    "Ngày đến",
    "Số đến",
    "Tác giả",
    "Số, ký hiệu",
    "Ngày tháng văn bản",
    "Tên loại và trích yếu nội dung",
    "Đơn vị hoặc người nhận",
    "Ngày chuyển",
    "Ký nhận",
    "Ghi chú",
]


def row(number: int) -> dict[str, Any]:
    return {
        "arrived_on": "2026-11-22",
        "number": number,
        "issuer": '=HYPERLINK("http://x")',
        "number_notation": "-12/CV",
        "issued_on": "2026-11-02",
        "document_type": "Công văn",
        "summary": 'V/v "mở sổ", đăng ký',
        "holder": "+84",
        "handed_over_on": None,
        "received_by": None,
        "remarks": "@cmd\nhai dòng",
        "document_id": f"{number:032x}",
        "book_id": "vptu-2026",
        "organ": "VPTU",
        "year": 2026,
        "urgency": "normal",
        "status": "registered",
        "lead_board": None,
        "supporting_boards": [],
        "opinion": None,
        "deadline": None,
        "deadline_state": "none",
        "duplicate_count": 0,
        "cancelled_reason": None,
    }


def pages(total: int) -> Any:
    def answer(body: dict[str, Any]) -> Answered:
        start, limit = int(body["data"]["cursor"] or 0), body["data"]["limit"]
        end = min(start + limit, total)
        rows = [row(number + 1) for number in range(start, end)]
        return Answered(position=5, result={"rows": rows, "next_cursor": str(end) if end < total else None})

    return answer


async def test_a_csv_has_every_row_in_the_legal_columns(http: httpx.AsyncClient, desk: Any) -> None:
    await desk.answer(SUBJECT, pages(2500))
    answer = await http.get(f"{PATH}.csv?year=2026")
    assert answer.status_code == 200
    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert int(answer.headers["Content-Length"]) == len(answer.content)
    assert answer.headers["Content-Disposition"].endswith('.csv"')
    title, headings, *rows = csv.reader(io.StringIO(answer.content.decode("utf-8-sig"), newline=""))
    assert title == ["SỔ ĐĂNG KÝ VĂN BẢN ĐẾN"]
    assert headings == HEADINGS
    assert [int(cells[1]) for cells in rows] == list(range(1, 2501))
    assert [heard["data"]["limit"] for _, heard in desk.heard] == [1000, 1000, 1000]
    assert {heard["data"]["year"] for _, heard in desk.heard} == {2026}


async def test_no_cell_of_a_csv_starts_a_formula(http: httpx.AsyncClient, desk: Any) -> None:
    await desk.answer(SUBJECT, pages(1))
    answer = await http.get(f"{PATH}.csv")
    cells = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))[2]
    assert cells == [
        "22/11/2026",
        "1",
        '\'=HYPERLINK("http://x")',
        "'-12/CV",
        "02/11/2026",
        'Công văn V/v "mở sổ", đăng ký',
        "'+84",
        "",
        "",
        "'@cmd\nhai dòng",
    ]


async def test_a_workbook_has_dates_as_dates_and_text_as_text(http: httpx.AsyncClient, desk: Any) -> None:
    await desk.answer(SUBJECT, pages(1200))
    answer = await http.get(f"{PATH}.xlsx")
    assert answer.headers["content-type"] == exports.MEDIA_TYPES["xlsx"]
    sheet = load_workbook(io.BytesIO(answer.content)).active
    assert sheet is not None
    assert sheet["A1"].value == "SỔ ĐĂNG KÝ VĂN BẢN ĐẾN"
    assert [cell.value for cell in sheet[2]] == HEADINGS
    assert sheet.max_row == 1202
    assert sheet.freeze_panes == "A3"
    assert (sheet["A3"].number_format, sheet["A3"].is_date) == ("dd/mm/yyyy", True)
    assert (sheet["C3"].data_type, sheet["C3"].value) == ("s", '=HYPERLINK("http://x")')
    assert sheet["F3"].alignment.wrap_text
    assert sheet.column_dimensions["F"].width == 60


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
async def test_an_export_that_fails_on_the_way_is_a_problem_and_no_file(
    http: httpx.AsyncClient, desk: Any, kind: str
) -> None:
    whole = pages(2000)
    failed = Failed(code="database-unavailable", vi="Chưa trả lời.", en="No answer.")
    await desk.answer(SUBJECT, lambda body: failed if body["data"]["cursor"] else whole(body))
    answer = await http.get(f"{PATH}.{kind}")
    assert (answer.status_code, answer.json()["code"]) == (503, "database-unavailable")
    assert "Content-Disposition" not in answer.headers


async def test_too_many_rows_are_refused_with_what_to_do(
    http: httpx.AsyncClient, desk: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exports, "MOST_ROWS", 1500)
    await desk.answer(SUBJECT, pages(1600))
    answer = await http.get(f"{PATH}.csv")
    assert (answer.status_code, answer.json()["code"]) == (422, "export-too-long")


async def test_paging_fields_mean_nothing_in_an_export(http: httpx.AsyncClient) -> None:
    answer = await http.get(f"{PATH}.csv?cursor=x&limit=3")
    assert answer.status_code == 400
    assert {problem["field"] for problem in answer.json()["fields"]} == {"cursor", "limit"}


async def test_an_export_needs_a_token(http: httpx.AsyncClient) -> None:
    assert (await http.get(f"{PATH}.xlsx", headers={"Authorization": ""})).status_code == 401


def test_every_list_of_columns_can_be_exported_under_its_vietnamese_name() -> None:
    documents = {offer.name for offer in EXPORTS if offer.service == "documents"}
    assert documents == {
        "incoming-register",
        "handling-register",
        "outgoing-register",
        "register-books",
        "possible-duplicates",
    }
    lists = {offer.name for offer in QUERIES if issubclass(offer.message, ListQuery) and offer.service != "audit"}
    assert {offer.name for offer in EXPORTS} == lists
    assert all((offer.service, offer.name) in NAMES for offer in QUERIES)
