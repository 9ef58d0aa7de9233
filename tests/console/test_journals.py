"""Journals over HTTP: asked of finance as the one who asks, whole, and with finance's own words when it refuses."""

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
import pytest_asyncio
from beancount import loader

from contracts.base import Answered, Rejected
from services.ops.supervisor import RUN_FILE

_ROOT = Path(__file__).parents[2]
POSTED = {
    "on": "2027-03-15",
    "voucher": "PC 1/2027",
    "description": "Chi văn phòng phẩm",
    "total_vnd": 1_200_000,
    "by_name": "Lê Thị Kế",
    "entry_id": "a" * 32,
    "kind": "payment",
    "year": 2027,
    "number": 1,
    "posted_at": "2027-03-15T02:00:00Z",
    "lines": [
        {"account": account, "side": side, "amount_vnd": 1_200_000, "board": "BTCTU", "source": "tu-chu"}
        for account, side in (("612", "debit"), ("111", "credit"))
    ],
}


def balances(body: dict[str, Any]) -> Answered:
    """The trial balance of a month: nothing before March, what was spent in it and after."""
    moved = 1_200_000 if body["data"]["on_from"] == "2027-03-01" else 0
    rows = []
    if body["data"]["on_to"] >= "2027-03-31":
        for account, debit in (("111", 0), ("612", 1)):
            opening = 0 if moved else 1_200_000
            rows.append(
                {
                    "account": account,
                    "name": "Tiền mặt" if account == "111" else "Chi phí hoạt động",
                    "board": "BTCTU",
                    "opening_debit_vnd": opening * debit,
                    "opening_credit_vnd": opening * (1 - debit),
                    "debit_vnd": moved * debit,
                    "credit_vnd": moved * (1 - debit),
                    "closing_debit_vnd": 1_200_000 * debit,
                    "closing_credit_vnd": 1_200_000 * (1 - debit),
                }
            )
    return Answered(position=5, result={"rows": rows, "next_cursor": None})


def balanced(path: Path) -> str:
    """The balances hledger makes of a file."""
    beside = Path(sys.executable).with_name("hledger")
    said = [str(beside if beside.exists() else "hledger"), "-f", str(path), "balance", "-N", "--flat"]
    done = subprocess.run(said, capture_output=True, check=True, env={**os.environ, "LC_ALL": "C.UTF-8"})
    return done.stdout.decode()


@pytest_asyncio.fixture(loop_scope="session")
async def finance(office: Any, connect: Any, desk: Any) -> Any:
    """The answering service, connected as `finance`, with one payment in its books."""
    answering = type(desk)(await connect(office, "finance"))
    await answering.answer("query.finance.trial-balance", balances)
    result = {"rows": [POSTED], "next_cursor": None}
    await answering.answer("query.finance.journal", Answered(position=5, result=result))
    return answering


@pytest.mark.parametrize("format", ["hledger", "beancount"])
async def test_a_journal_comes_whole_and_loads(
    http: httpx.AsyncClient, finance: Any, tmp_path: Path, format: str
) -> None:
    answer = await http.get(f"/exports/journal.{format}?year=2027&board=BTCTU")
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"] == f'attachment; filename="journal-2027-btctu.{format}"'
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert int(answer.headers["Content-Length"]) == len(answer.content)
    assert {body["data"]["board"] for _, body in finance.heard} == {"BTCTU"}
    assert {body["actor"]["name"] for _, body in finance.heard} == {"Nguyễn Thị Lan"}
    path = tmp_path / "books"
    path.write_bytes(answer.content)
    if format == "beancount":
        entries, errors, _ = loader.load_file(str(path))
        assert errors == []
        assert any(getattr(entry, "narration", "") == "Chi văn phòng phẩm" for entry in entries)
    else:
        assert "1200000 VND  612 Chi phí hoạt động:BTCTU" in balanced(path)


async def test_what_finance_refuses_and_what_is_asked_wrong_are_told(http: httpx.AsyncClient, finance: Any) -> None:
    refused = Rejected(code="not-allowed", vi="Không được xem.", en="You may not.")
    await finance.answer("query.finance.trial-balance", refused)
    answer = await http.get("/exports/journal.hledger?year=2027")
    assert (answer.status_code, answer.json()["code"]) == (422, "not-allowed")
    for wrong in ("", "?year=1999", "?year=2027&month=3", "?year=2027&board=a b"):
        assert (await http.get(f"/exports/journal.beancount{wrong}")).status_code == 400
    assert (await http.get("/exports/journal.gnucash?year=2027")).status_code == 404
    assert (await http.get("/exports/journal.hledger?year=2027", headers={"Authorization": ""})).status_code == 401
    assert "Sổ vừa được ghi thêm" in (await http.get("/problems/books-moved")).text


@pytest_asyncio.fixture(loop_scope="session")
async def export(office: Any, finance: Any) -> AsyncIterator[Callable[..., Awaitable[tuple[int, str]]]]:
    """Runs `motmoi export journal` on this office; returns its exit code and what it prints."""
    ports = {"servers": {"nats": {"port": office.nats.port}, "postgres": {"port": office.postgres.port}}}
    found = office.folder / RUN_FILE
    found.write_text(json.dumps(ports))

    async def run(*said: str) -> tuple[int, str]:
        environment = {**os.environ, "MOTMOI_DATA": str(office.folder), "MOTMOI_LANG": "vi", "PYTHONPATH": str(_ROOT)}
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "services.ops", "export", "journal", *said),
            env=environment,
            cwd=_ROOT,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        printed, _ = await process.communicate()
        assert process.returncode is not None
        return process.returncode, printed.decode()

    yield run
    found.unlink()


async def test_the_command_line_writes_the_same_file_whole_or_not_at_all(
    http: httpx.AsyncClient, finance: Any, export: Any, tmp_path: Path
) -> None:
    file = tmp_path / "so-2027.beancount"
    code, printed = await export(str(file), "--year", "2027", "--format", "beancount", "--board", "BTCTU")
    assert (code, f"Đã ghi {file}" in printed) == (0, True), printed
    served = await http.get("/exports/journal.beancount?year=2027&board=BTCTU")
    assert kept(file) == served.content

    refused = Rejected(code="not-allowed", vi="Không được xem.", en="You may not.")
    await finance.answer("query.finance.trial-balance", refused)
    code, printed = await export(str(file), "--year", "2027")
    assert (code, "Không được xem." in printed) == (1, True)
    assert kept(file) == served.content
    assert names(tmp_path) == [file.name]
    code, _ = await export(str(tmp_path / "nowhere" / "x"), "--year", "2027")
    assert code == 2


def kept(file: Path) -> bytes:
    """What a file holds."""
    return file.read_bytes()


def names(folder: Path) -> list[str]:
    """What lies in a folder."""
    return [path.name for path in folder.iterdir()]
