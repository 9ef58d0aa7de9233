"""Importing assets and people: every row a verdict, a dry run that changes nothing, nothing entered twice."""

import asyncio
import csv
import io
import json
import os
import sys
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import pytest_asyncio
from openpyxl import Workbook
from pydantic import ValidationError
from pydantic_core import to_json

from contracts.assets import RegisterAsset, RoomFacts, VehicleFacts
from contracts.assets.rows import AssetRow
from contracts.base import Meta
from services.console.sheets import columns
from services.ops import failed_rows
from services.ops.asset_columns import SHOWN, TITLES
from services.ops.asset_import import SUBJECT, Registering
from services.ops.cells import amount, iso_date
from services.ops.office import Office, operator_actor
from services.ops.office_names import OfficeNames, names
from services.ops.row_import import RowImport, RowRefused, Verdict, digest
from services.ops.sheets import SheetRow, read_bytes, read_rows
from services.ops.supervisor import Supervisor
from services.runtime.text import fold

NAMES = OfficeNames(
    names([("vptu", ("vptu", "VPTU", "Văn phòng Tỉnh ủy")), ("btctu", ("btctu", "BTCTU", "Ban Tổ chức Tỉnh ủy"))]),
    names([("ts1", ("ts1", "TS1", "Trụ sở Tỉnh ủy"))]),
    names([("1" * 32, ("1" * 32, "Nguyễn Thị Lan")), ("2" * 32, ("2" * 32, "Nguyễn Thị Lan"))]),
)
REGISTERING = Registering(NAMES, worn_to=2025, unit_id="vptu", issuer="Văn phòng Tỉnh ủy")
COMPUTER = {"class_code": "5.3", "name": "Máy tính", "cost_vnd": "21000000", "booked_on": "05/03/2024"}


def registered(**cells: str) -> RegisterAsset:
    return REGISTERING.command(
        SheetRow(2, {**COMPUTER, **{name.replace("__", "."): text for name, text in cells.items()}})
    )


# --- what people write in cells -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "taken"),
    [
        ("21000000", "21000000"),
        ("1.234.567", "1234567"),
        ("1,234,567 đ", "1234567"),
        ("1 234 567 đồng", "1234567"),
        ("21000000.0", "21000000"),
        ("12.500", "12500"),
        ("12,50", "12,50"),
        ("1.234,567", "1.234,567"),
        ("khoảng 12 triệu", "khoảng 12 triệu"),
    ],
)
def test_an_amount_is_read_whole_or_left_to_be_refused(written: str, taken: str) -> None:
    assert amount(written) == taken


def test_days_are_read_as_they_are_written_here() -> None:
    assert [iso_date(one) for one in ("05/03/2024", "5.3.2024", "2024-03-05", "tháng 3")] == [
        *["2024-03-05"] * 3,
        "tháng 3",
    ]


def test_the_exported_register_can_be_imported_as_it_is() -> None:
    assert {fold(column.title) for column in columns(AssetRow)} <= set(TITLES)


def test_a_row_under_the_registers_titles_becomes_a_registration() -> None:
    found = registered(
        unit_id="Ban Tổ chức Tỉnh ủy",
        class_code="5.3 Máy tính, máy in",
        cost_vnd="21.000.000",
        accumulated_vnd="4.200.000 đ",
        residual_vnd="16.800.000",
        condition="Còn sử dụng được",
        origin="Tặng cho, khuyến mại",
        site_id="Trụ sở Tỉnh ủy",
        room="P.305",
        decision__number="15-QĐ/VPTU",
        decision__issued_on="10/03/2024",
    )

    assert (found.unit_id, found.class_code, found.cost_vnd, found.accumulated_vnd) == (
        "btctu",
        "5.3",
        21_000_000,
        4_200_000,
    )
    assert (found.condition, found.origin, found.booked_on) == ("usable", "gift", date(2024, 3, 5))
    assert (found.place.site_id, found.place.room) == ("ts1", "P.305")
    assert found.worn_to == 2025
    assert found.decision is not None
    assert (found.decision.number, found.decision.issuer) == ("15-QĐ/VPTU", "Văn phòng Tỉnh ủy")


def test_what_a_row_leaves_out_is_the_files_own() -> None:
    found = registered()
    assert (found.unit_id, found.worn_to, found.decision, found.details) == ("vptu", None, None, None)


def test_cars_and_halls_bring_what_is_special_to_them() -> None:
    car = registered(
        class_code="3", details__plate="12A-001.27", details__seats="7", details__usage="Dùng chung"
    ).details
    hall = registered(class_code="1.5", site_id="TS1", details__use="Hội trường", details__seats="300").details
    assert car == VehicleFacts(plate="12A-001.27", seats=7, usage="general")
    assert hall == RoomFacts(use="hall", seats=300)


@pytest.mark.parametrize(
    ("cells", "code", "field"),
    [
        ({"unit_id": "Ban Dân vận"}, "unit-unknown", "unit_id"),
        ({"custodian_id": "Nguyễn Thị Lan"}, "person-ambiguous", "custodian_id"),
        ({"site_id": "Trụ sở cũ"}, "site-unknown", "place.site_id"),
        ({"residual_vnd": "20.000.000"}, "row-does-not-add-up", "residual_vnd"),
        ({"gone_on": "01/02/2025"}, "asset-gone", "gone_on"),
    ],
)
def test_a_row_that_names_what_nobody_knows_says_so_in_both_languages(
    cells: dict[str, str], code: str, field: str
) -> None:
    with pytest.raises(RowRefused) as refused:
        registered(**cells)
    (problem,) = refused.value.problems
    assert (problem.code, problem.field) == (code, field)
    assert problem.vi != problem.en


def test_an_amount_that_is_none_is_refused_where_it_stands() -> None:
    with pytest.raises(ValidationError) as refused:
        registered(cost_vnd="khoảng 12 triệu")
    assert [error["loc"] for error in refused.value.errors()] == [("cost_vnd",)]


def test_titles_are_found_below_the_registers_own_title() -> None:
    text = "SỔ TÀI SẢN CỐ ĐỊNH\nNăm 2026\n\nTên tài sản,Nguyên giá\nMáy tính,12\n"
    (row,) = read_rows("a.csv", text.encode(), TITLES)
    assert row == SheetRow(5, {"name": "Máy tính", "cost_vnd": "12"})


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_rows_not_taken_can_be_corrected_and_read_again(tmp_path: Path, ending: str) -> None:
    rows = [SheetRow(2, {"name": "A"}), SheetRow(3, {"name": "=B", "cost_vnd": "12", "decision.number": "1-QĐ/TU"})]
    problem = {"code": "below-threshold", "vi": "Dưới mức.", "en": "Too little.", "field": "cost_vnd"}
    verdicts = [Verdict(2, "accepted"), Verdict(3, "invalid", problems=(problem,))]
    path = failed_rows.beside(tmp_path / f"tai-san{ending}")

    assert path.name == f"tai-san-chua-nhap{ending}"
    assert failed_rows.write(path, SHOWN, rows, verdicts) == 1
    (again,) = read_rows(path.name, path.read_bytes(), TITLES)
    assert {name: text for name, text in again.cells.items() if not name.startswith("_")} == dict(rows[1].cells)
    assert "below-threshold" in again.cells.values()


def test_a_file_of_which_every_row_was_taken_leaves_no_other_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    assert failed_rows.write(path, SHOWN, [SheetRow(2, {"name": "A"})], [Verdict(2, "already")]) == 0
    assert not path.exists()


# --- a running office -----------------------------------------------------------------------------------------------


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def running(reachable_folder: Path) -> AsyncIterator[Office]:
    """An office with one site and one unit, and nothing in its books."""
    supervised = Supervisor(
        reachable_folder / "importing",
        nats_port=0,
        postgres_port=0,
        http_port=0,
        say=lambda **_: None,
        fast=True,
        state_folder=reachable_folder / "importing-state",
    )
    await supervised.start()
    try:
        office = Office.find(reachable_folder / "importing")
        decision = {"number": "1-QĐ/TU", "issued_on": "2018-12-01", "issuer": "Tỉnh ủy"}
        base = {"effective_on": "2019-01-01", "decision": decision}
        site = {"code": "TS1", "name": "Trụ sở Tỉnh ủy", "address": "Số 2"}
        unit = {"code": "VPTU", "name": "Văn phòng Tỉnh ủy", "kind": "office", "tier": "TINH", "served": True}
        await said(office, "organisation", "open-site", {**base, **site})
        await said(office, "organisation", "establish-unit", {**base, **unit})
        yield office
    finally:
        await supervised.stop()


async def said(office: Office, service: str, name: str, words: dict[str, Any]) -> None:
    client = await office.connect()
    meta = Meta(command_id=uuid4(), actor=operator_actor(), correlation_id="test")
    body = to_json({"meta": meta, "data": words})
    reply = json.loads((await client.request(f"command.{service}.{name}", body, timeout=20)).data)
    await client.close()
    assert reply["outcome"] == "accepted", reply


async def imported(office: Office, file: Path, *options: str, expect: int = 0, what: str = "assets") -> Any:
    """Run `motmoi import` in a process of its own and return what it says."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "services.ops", "import", what, str(file), *options),
        *("--json", "--data", str(office.folder)),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "MOTMOI_LANG": "en"},
    )
    output, errors = await process.communicate()
    assert process.returncode == expect, (output, errors)
    return json.loads(output) if output else errors.decode()


HEADER = ["Loại tài sản", "Tên tài sản", "Nguyên giá (đồng)", "Đơn vị quản lý", "Ngày đưa vào sử dụng"]


def a_file(folder: Path, rows: list[list[Any]]) -> Path:
    book = Workbook()
    sheet: Any = book.active
    sheet.append(["SỔ TÀI SẢN CỐ ĐỊNH"])
    sheet.append(HEADER)
    for row in rows:
        sheet.append(row)
    path = folder / "tai-san.xlsx"
    book.save(path)
    return path


def computers(count: int, name: str) -> list[list[Any]]:
    return [["5.3", f"{name} {n}", 21_000_000, "Văn phòng Tỉnh ủy", date(2026, 3, 5)] for n in range(1, count + 1)]


async def test_a_dry_run_finds_what_the_import_finds_and_changes_nothing(running: Office, tmp_path: Path) -> None:
    rows = computers(3, "Máy tính")
    rows.insert(1, ["5.3", "Máy tính rẻ", 9_000_000, "VPTU", date(2026, 3, 5)])
    rows.insert(3, ["5.3", "Máy tính của ai", 21_000_000, "Ban Dân vận", date(2026, 3, 5)])
    rows.append(["99", "Không rõ loại", 21_000_000, "VPTU", date(2026, 3, 5)])
    file = a_file(tmp_path, rows)

    tried = await imported(running, file, "--dry-run", expect=1)
    done = await imported(running, file, expect=1)

    def verdicts(of: Any) -> list[tuple[str, list[str]]]:
        return [(one["outcome"], [problem["code"] for problem in one["problems"]]) for one in of["verdicts"]]

    assert verdicts(tried) == verdicts(done)
    assert verdicts(done) == [
        ("accepted", []),
        ("invalid", ["below-threshold"]),
        ("accepted", []),
        ("invalid", ["unit-unknown"]),
        ("accepted", []),
        ("invalid", ["asset-class-unknown"]),
    ]
    assert [one["label"] for one in done["verdicts"] if one["label"]] == [f"VPTU-{n:06d}" for n in (1, 2, 3)]
    assert (done["accepted"], done["invalid"], done["already"]) == (3, 3, 0)


async def test_rows_not_taken_are_corrected_in_the_file_beside_and_imported(running: Office, tmp_path: Path) -> None:
    rows = [*computers(1, "Máy in"), ["5.3", "Máy in khác", 9_000_000, "VPTU", date(2026, 3, 5)]]
    beside = Path((await imported(running, a_file(tmp_path, rows), expect=1))["failed_rows"])
    (row,) = read_rows(beside.name, read_bytes(beside), TITLES)
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([*(SHOWN[name] for name in row.cells)])
    writer.writerow([cell.replace("9000000", "19.000.000") for cell in row.cells.values()])
    corrected = tmp_path / "da-sua.csv"
    corrected.write_text(text.getvalue(), encoding="utf-8-sig")

    done = await imported(running, corrected)

    assert (done["rows"], done["accepted"], done["failed_rows"]) == (1, 1, None)


async def test_an_interrupted_import_goes_on_where_it_was(running: Office, tmp_path: Path) -> None:
    file = a_file(tmp_path, computers(40, "Màn hình"))
    content = file.read_bytes()
    rows = read_rows(file.name, content, TITLES)
    client = await running.connect()
    registering = Registering(NAMES, worn_to=2025)
    first = RowImport(client, SUBJECT, operator_actor(), digest(content), "assets:")
    begun = await first.run(rows[:15], registering.command, lambda: None)
    await client.close()

    tried = await imported(running, file, "--dry-run")
    done = await imported(running, file)
    again = await imported(running, file)

    assert (tried["already"], tried["accepted"]) == (15, 25)
    assert (done["already"], done["accepted"]) == (15, 25)
    assert (again["already"], again["accepted"]) == (40, 0)
    tags = [one["label"] for one in done["verdicts"]]
    assert tags == [one["label"] for one in again["verdicts"]]
    assert tags[:15] == [(one.facts or {})["tag"] for one in begun]
    numbers = [int(tag.removeprefix("VPTU-")) for tag in tags]
    assert numbers == list(range(numbers[0], numbers[0] + 40))


async def test_a_file_or_unit_nobody_knows_is_said_in_one_sentence(running: Office, tmp_path: Path) -> None:
    file = a_file(tmp_path, computers(1, "Máy chiếu"))
    assert "There is no unit «BDVTU»" in await imported(running, file, "--unit", "BDVTU", expect=1)
    missing = tmp_path / "khong-co.xlsx"
    assert "Cannot read" in await imported(running, missing, expect=1)


# --- people ---------------------------------------------------------------------------------------------------------


def people_file(folder: Path, rows: list[list[str]]) -> Path:
    path = folder / "nhan-su.csv"
    titles = ["Họ và tên", "Loại biên chế", "Đơn vị", "Chức vụ, vị trí việc làm", "Từ ngày", "Số quyết định"]
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        csv.writer(stream).writerows([[*titles, "Ngày quyết định", "Cơ quan ban hành"], *rows])
    return path


async def test_people_come_with_their_posts_and_nobody_twice(running: Office, tmp_path: Path) -> None:
    decision = {"number": "2-QĐ/TU", "issued_on": "2025-12-01", "issuer": "Tỉnh ủy"}
    post = {"unit_id": "vptu", "code": "CV", "title": "Chuyên viên", "group": "professional", "rank": "staff"}
    norms = {"headcount": "civil_servant", "minimum": 0, "norm": 2, "maximum": 3}
    base = {"effective_on": "2026-01-01", "decision": decision}
    await said(running, "organisation", "create-post", {**base, **post, **norms})
    place = ["01/01/2026", "3-QĐ/TU", "15/12/2025", "Tỉnh ủy"]
    rows = [
        ["Nguyễn Thị Lan", "Cán bộ, công chức", "Văn phòng Tỉnh ủy", "Chuyên viên", *place],
        ["Đặng Văn Hữu", "Lao động hợp đồng", "", "", "", "", "", ""],
        ["Lê Ỷ Mỹ", "Công chức", "VPTU", "Thợ mộc", *place],
        ["Vũ Đình Ẵm", "Công chức", "VPTU", "CV", "01/01/2026", "3-QĐ/TU", "", ""],
    ]
    file = people_file(tmp_path, rows)

    tried = await imported(running, file, "--dry-run", expect=1, what="people")
    done = await imported(running, file, expect=1, what="people")
    again = await imported(running, file, expect=1, what="people")

    outcomes = [[one["outcome"] for one in found["verdicts"]] for found in (tried, done, again)]
    assert outcomes[0] == outcomes[1] == ["accepted", "accepted", "invalid", "invalid"]
    assert outcomes[2] == ["already", "already", "invalid", "invalid"]
    problems = [[problem["field"] for problem in one["problems"]] for one in done["verdicts"]]
    assert problems == [[], [], ["post"], ["decision.issued_on", "decision.issuer"]]
