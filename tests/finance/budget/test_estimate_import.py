"""Importing estimates: one assignment for each board and decision, whole or not at all, and a verdict a row."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from pydantic_core import to_json

from contracts.base import Accepted
from services.ops.estimate_import import REQUIRED, SHOWN, TITLES, Assigning, import_estimates
from services.ops.office import operator_actor
from services.ops.row_import import RowImport, digest
from services.ops.sheets import SheetRow, read_rows

HEAD = "Đơn vị,Nguồn,Chương,Khoản,Mục,Số tiền,Loại giao,Số quyết định,Ngày quyết định\n"
FILE = (
    HEAD
    + "BTCTU,Tự chủ,509,351,6500,120.000.000,Giao đầu năm,12-QĐ/TU,05/01/2026\n"
    + "BTCTU,Không tự chủ,509,85,7750,20.000.000 đ,Giao đầu năm,12-QĐ/TU,05/01/2026\n"
    + "BTGTU,Tự chủ,509,351,6500,50000000,Giao đầu năm,12-QĐ/TU,05/01/2026\n"
    + "BTCTU,Tự chủ,509,351,6500,-3000000,Điều chỉnh,77-QĐ/TU,10/06/2026\n"
)
ASSIGNING = Assigning(2026)


class Service:
    """Answers every command as finance would, and keeps what it was told."""

    def __init__(self) -> None:
        self.told: dict[str, Any] = {}

    async def request(self, subject: str, body: bytes, timeout: float) -> Any:
        said = json.loads(body)
        assert subject == "command.finance.assign-estimate"
        self.told[said["meta"]["command_id"]] = said["data"]
        self.data = to_json(Accepted(position=4096))
        return self


def rows(text: str) -> list[SheetRow]:
    return read_rows("du-toan.csv", text.encode(), TITLES)


async def imported(text: str) -> tuple[Service, list[Any]]:
    service = Service()
    importing = RowImport(service, "command.finance.assign-estimate", operator_actor(), digest(text.encode()), "e")  # type: ignore[arg-type]
    return service, await import_estimates(importing, rows(text), ASSIGNING, lambda: None)


async def test_every_board_and_decision_is_one_assignment() -> None:
    service, verdicts = await imported(FILE)
    assert [verdict.outcome for verdict in verdicts] == ["accepted"] * 4
    assert [verdict.row for verdict in verdicts] == [2, 3, 4, 5]
    first, other, cut = service.told.values()
    assert (first["board"], first["kind"], first["decided_on"]) == ("BTCTU", "initial", "2026-01-05")
    assert first["lines"] == [
        {"line": "tu-chu.509.351.6500", "amount_vnd": 120_000_000},
        {"line": "khong-tu-chu.509.085.7750", "amount_vnd": 20_000_000},
    ]
    assert (other["board"], len(other["lines"])) == ("BTGTU", 1)
    assert (cut["kind"], cut["lines"][0]["amount_vnd"]) == ("adjustment", -3_000_000)


async def test_the_same_file_says_the_same_commands() -> None:
    (once, _), (again, _) = await imported(FILE), await imported(FILE)
    assert once.told == again.told


async def test_a_decision_with_a_wrong_row_is_not_assigned_at_all() -> None:
    service, verdicts = await imported(FILE.replace("20.000.000 đ", "hai mươi triệu"))
    assert [verdict.outcome for verdict in verdicts] == ["invalid", "invalid", "accepted", "accepted"]
    assert [verdict.problems[0]["code"] for verdict in verdicts[:2]] == ["decision-not-whole", "int_parsing"]
    assert verdicts[1].problems[0]["field"] == "amount_vnd"
    assert "dòng 3" in verdicts[0].problems[0]["vi"]
    assert len(service.told) == 2


@pytest.mark.parametrize(
    ("cells", "field"),
    [
        ({"source": "tu-chu", "chapter": "509", "item": "6500"}, "clause"),
        ({"line": "tu-chu.509.351"}, "line"),
        ({"line": "tu-chu.509.351.6500", "amount_vnd": "12,5"}, "amount_vnd"),
        ({"line": "tu-chu.509.351.6500", "decided_on": "tháng 3"}, "decided_on"),
        ({"line": "tu-chu.509.351.6500", "kind": "giao thêm"}, "kind"),
    ],
)
async def test_what_is_wrong_is_said_of_its_column(cells: Mapping[str, str], field: str) -> None:
    usual = {"board": "BTCTU", "amount_vnd": "1", "decision_number": "12-QĐ/TU", "decided_on": "05/01/2026"}
    importing = RowImport(Service(), "command.finance.assign-estimate", operator_actor(), "d", "e")  # type: ignore[arg-type]
    row = SheetRow(2, {**usual, **cells})
    (verdict,) = await import_estimates(importing, [row], ASSIGNING, lambda: None)
    assert verdict.outcome == "invalid"
    assert {problem["field"] for problem in verdict.problems} == {field}
    assert all(problem["vi"] and problem["en"] for problem in verdict.problems)


def test_a_row_may_name_its_line_and_year() -> None:
    row = SheetRow(
        2,
        {
            "year": "2027",
            "board": "BTCTU",
            "line": "dang-phi.509.351.7850",
            "amount_vnd": "1.000",
            "decision_number": "1",
            "decided_on": "2026-12-20",
        },
    )
    command = ASSIGNING.command((row,))
    assert (command.year, command.lines[0].line, command.decided_on) == (
        2027,
        "dang-phi.509.351.7850",
        date(2026, 12, 20),
    )


async def test_a_decision_of_many_lines_goes_in_parts() -> None:
    lines = "".join(f"BTCTU,tu-chu,509,351,{1000 + n},1000,Giao đầu năm,1,05/01/2026\n" for n in range(301))
    service, verdicts = await imported(HEAD + lines)
    assert [len(said["lines"]) for said in service.told.values()] == [300, 1]
    assert len(verdicts) == 301


def test_what_a_file_needs_has_a_title() -> None:
    assert set(REQUIRED) <= set(SHOWN)
