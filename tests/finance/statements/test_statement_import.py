"""A bank's file is one statement: read by its titles, checked line by line, whole or not at all."""

import json
from datetime import date
from typing import Any

import pytest
from pydantic_core import to_json

from contracts.base import Accepted
from contracts.finance import RecordStatement
from services.ops.office import operator_actor
from services.ops.row_import import RowImport, RowRefused, digest
from services.ops.sheets import read_rows
from services.ops.statement_import import SUBJECT, TITLES, Reading, import_statement

HEAD = "STT,Ngày giao dịch,Số chứng từ,Nội dung,Ghi nợ,Ghi có,Số dư\n"
LINES = (
    '1,05/03/2027 10:22:31,FT1,Chi luong,"4.000.000",,"6.000.000"\n'
    "2,10/03/2027,FT2,TT xang dau,650000,,5350000\n"
    '3,30/03/2027,FT3,Nop hoan,,"500,000.00","5,850,000.00"\n'
)
READING = Reading(money_account="kbnn-3713", file="sao-ke.csv", today=date(2027, 4, 20))


def command(text: str, reading: Reading = READING) -> RecordStatement:
    return reading.command(read_rows("sao-ke.csv", text.encode(), TITLES))


def test_lines_days_and_balances_are_read_as_banks_write_them() -> None:
    statement = command("SAO KÊ TÀI KHOẢN,,,,,,\n" + HEAD + LINES)
    assert [line.amount_vnd for line in statement.lines] == [-4_000_000, -650_000, 500_000]
    assert statement.lines[0].on == date(2027, 3, 5)
    assert statement.lines[1].reference == "FT2"
    assert (statement.from_day, statement.to_day) == (date(2027, 3, 1), date(2027, 3, 31))
    assert (statement.opening_vnd, statement.closing_vnd) == (10_000_000, 5_850_000)


def test_rows_of_balances_and_sums_are_no_lines() -> None:
    text = HEAD + ",,,Số dư đầu kỳ,,,10.000.000\n" + LINES + ",,,Cộng phát sinh,4650000,500000,\n"
    assert command(text + ",,,Số dư cuối kỳ:,,,5.850.000\n") == command(HEAD + LINES)


def test_newest_first_is_turned_round() -> None:
    rows = LINES.splitlines(keepends=True)
    assert command(HEAD + "".join(rows[::-1])) == command(HEAD + LINES)


def test_a_month_that_is_not_over_ends_today_and_days_may_be_said() -> None:
    early = Reading(money_account="kbnn-3713", file="sao-ke.csv", today=date(2027, 3, 30))
    assert command(HEAD + LINES, early).to_day == date(2027, 3, 30)
    said = Reading("kbnn-3713", "sao-ke.csv", date(2027, 4, 20), date(2027, 3, 5), date(2027, 4, 4), 10_000_000)
    assert (command(HEAD + LINES, said).from_day, command(HEAD + LINES, said).to_day) == (said.from_day, said.to_day)


@pytest.mark.parametrize(
    ("text", "code", "told"),
    [
        (HEAD + LINES.replace("650000", "600000", 1), "balance-does-not-run", "Dòng 3"),
        (HEAD + LINES.replace("650000", "sáu trăm", 1), "not-an-amount", "Dòng 3"),
        (HEAD + LINES.replace("650000", "650000.5", 1), "not-an-amount", "Dòng 3"),
        (HEAD + LINES.replace("650000,,", "650000,1,", 1), "one-amount", "Dòng 3"),
        (HEAD + "1,05/03/2027,FT1,Chi,1000,,\n", "statement-does-not-say", "số dư đầu"),
        (HEAD + ",,,Số dư đầu kỳ,,,1000\n", "statement-does-not-say", "--from"),
    ],
)
def test_what_does_not_fit_is_told_with_its_row(text: str, code: str, told: str) -> None:
    with pytest.raises(RowRefused) as refused:
        command(text)
    (problem,) = refused.value.problems
    assert problem.code == code
    assert told in problem.vi


class Service:
    """Answers every command as finance would, and keeps what it was told."""

    def __init__(self) -> None:
        self.told: dict[str, Any] = {}

    async def request(self, subject: str, body: bytes, timeout: float) -> Any:
        said = json.loads(body)
        assert subject == "command.finance.record-statement"
        self.told[said["meta"]["command_id"]] = said["data"]
        self.data = to_json(Accepted(position=4096))
        return self


@pytest.mark.parametrize(
    ("text", "outcome", "sent"), [(HEAD + LINES, "accepted", 1), (HEAD + LINES + "9,,,x,1,,\n", "invalid", 0)]
)
async def test_a_file_is_one_command_however_often_it_is_run_and_every_row_has_its_verdict(
    text: str, outcome: str, sent: int
) -> None:
    service = Service()
    rows = read_rows("sao-ke.csv", text.encode(), TITLES)
    for _ in range(2):
        importing = RowImport(service, SUBJECT, operator_actor(), digest(text.encode()), "statement:kbnn-3713")  # type: ignore[arg-type]
        verdicts = await import_statement(importing, rows, READING, lambda: None)
        assert [(one.row, one.outcome) for one in verdicts] == [(row.number, outcome) for row in rows]
    assert len(service.told) == sent
