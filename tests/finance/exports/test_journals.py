"""A year's journal in hledger and in beancount: no warning, and the same balances as our books, to the đồng."""

import csv
import io
import os
import shutil
import subprocess
import sys
from collections import defaultdict
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from beancount import loader
from beancount.core import data

from contracts.base import Actor, Answered, Query, Rejected
from contracts.finance import ListTrialBalance
from services.console.journals import collecting
from services.console.journals.collecting import AskJournal
from services.console.journals.writing import Format
from services.console.refusals import Stop

YEARS = (2026, 2027)
ACCOUNTANT = Actor(id="user:le.thi.ke", name="Lê Thị Kế", roles=("accountant",))
CONTACT = Actor(id="user:dau.moi", name="Hoàng Văn Đầu", roles=("board",), board="BTCTU")
Balances = dict[tuple[str, str], int]


def months(year: int) -> list[date]:
    """The last days of a year's months."""
    return [date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1) for month in range(1, 13)]


@pytest.fixture
def written(shown: Any, tmp_path: Path) -> Any:
    """Writes a journal as the console does, and returns its file."""

    async def write(year: int, format: Format, board: str | None = None, actor: Actor = ACCOUNTANT) -> Path:
        async def send(query: Query) -> Answered:
            answer = await shown.ask(query, actor)
            return Answered(position=1, result=answer.model_dump(mode="json"))

        path = tmp_path / f"{year}.{format}"
        with await collecting.write(send, AskJournal(year=year, board=board), format) as file:
            path.write_bytes(file.read())
        return path

    return write


def text_of(path: Path) -> str:
    """What a file says."""
    return path.read_text(encoding="utf-8")


def change_one_dong(path: Path) -> None:
    """Make an entry say one đồng more than it was posted with, on both its sides."""
    changed = text_of(path).replace("  777000 VND", "  777001 VND", 1).replace("  -777000 VND", "  -777001 VND", 1)
    path.write_text(changed, encoding="utf-8")


async def ours(shown: Any, on: date, board: str | None = None, actor: Actor = ACCOUNTANT) -> Balances:
    """The trial balance at the end of a day."""
    asked = ListTrialBalance(on_from=date(on.year, 1, 1), on_to=on, by="board", board=board)
    return {
        (row.account, row.board): net
        for row in await shown.pages(asked, actor)
        if (net := row.closing_debit_vnd - row.closing_credit_vnd)
    }


def hledger(path: Path, *said: str) -> str:
    """What hledger answers; it must have nothing to complain of."""
    beside = Path(sys.executable).with_name("hledger")
    program = str(beside) if beside.exists() else shutil.which("hledger")
    assert program is not None, "hledger 1.25 or later is needed beside python or on the path"
    done = subprocess.run(
        [program, "-f", str(path), *said], capture_output=True, check=False, env={**os.environ, "LC_ALL": "C.UTF-8"}
    )
    assert (done.returncode, done.stderr.decode()) == (0, "")
    return done.stdout.decode()


def hledger_balances(path: Path) -> dict[date, Balances]:
    """The balances at the end of every month, as hledger has them."""
    told = list(csv.reader(io.StringIO(hledger(path, "balance", "-M", "-H", "--flat", "-N", "-E", "-O", "csv"))))
    # hledger 1.25 heads a month's column `2026-01`, later ones `2026-01-31`.
    ends = [months(int(head[:4]))[int(head[5:7]) - 1] for head in told[0][1:]]
    found: dict[date, Balances] = {end: {} for end in ends}
    for name, *nets in told[1:]:
        account, board = name.split(" ")[0], name.rsplit(":", 1)[1]
        for end, net in zip(ends, nets, strict=True):
            if net != "0":
                found[end][account, board] = int(net.removesuffix(" VND"))
    return found


def beancount_balances(path: Path) -> dict[date, Balances]:
    """The balances at the end of every month, as beancount has them."""
    entries, errors, _ = loader.load_file(str(path))
    assert [error.message for error in errors] == []
    opened = {entry.account: entry.meta for entry in entries if isinstance(entry, data.Open)}
    sums: Balances = defaultdict(int)
    found: dict[date, Balances] = {}
    for on in months(int(path.stem)):
        for entry in entries:
            if isinstance(entry, data.Transaction) and (entry.date.year, entry.date.month) == (on.year, on.month):
                for posting in entry.postings:
                    meta = opened[posting.account]
                    if "code" in meta:
                        sums[meta["code"], meta["board"]] += int(posting.units.number)
        found[on] = {place: net for place, net in sums.items() if net}
    return found


@pytest.mark.parametrize("year", YEARS)
async def test_hledger_agrees_with_our_trial_balance_month_by_month_to_the_dong(
    shown: Any, written: Any, year: int
) -> None:
    path = await written(year, "hledger")
    assert hledger(path, "check", "accounts", "commodities", "balancednoautoconversion", "ordereddates") == ""
    theirs = hledger_balances(path)
    assert {on: theirs[on] for on in months(year)} == {on: await ours(shown, on) for on in months(year)}
    assert len(theirs[date(year, 12, 31)]) > 30


@pytest.mark.parametrize("year", YEARS)
async def test_beancount_agrees_with_our_trial_balance_month_by_month_to_the_dong(
    shown: Any, written: Any, year: int
) -> None:
    theirs = beancount_balances(await written(year, "beancount"))
    assert theirs == {on: await ours(shown, on) for on in months(year)}


async def test_every_entry_of_the_year_is_in_both_with_its_dimensions(
    shown: Any, written: Any, everything: Any
) -> None:
    entries, _, _ = loader.load_file(str(await written(2027, "beancount")))
    vouchers = [entry for entry in entries if isinstance(entry, data.Transaction) and "voucher" in entry.meta]
    register = hledger(await written(2027, "hledger"), "print", "tag:voucher", "-O", "csv")
    assert len(vouchers) == len({row["txnidx"] for row in csv.DictReader(io.StringIO(register))}) > 150
    assert sum("closing" in entry.tags for entry in vouchers) == 2
    assert any("reverses" in entry.meta for entry in vouchers)
    assert any("reversed-by" in entry.meta for entry in vouchers)
    assert {entry.narration for entry in vouchers} >= {" ".join(text.split()) for text in everything.HOSTILE}
    assert {"cause", "template", "paper-1"} <= {name for entry in vouchers for name in entry.meta}
    dimensions = {name for entry in vouchers for posting in entry.postings for name in posting.meta or ()}
    assert {"source", "chapter", "clause", "item", "budget-line", "party", "note"} <= dimensions
    spent = hledger(await written(2027, "hledger"), "balance", "tag:item=^6551$", "tag:chapter=509", "-N")
    assert "612 Chi phí hoạt động giao tự chủ" in spent


async def test_the_tools_themselves_find_a_changed_dong(written: Any) -> None:
    for format in ("hledger", "beancount"):
        path: Path = await written(2027, format)
        change_one_dong(path)
        if format == "beancount":
            assert any("Balance failed" in error.message for error in loader.load_file(str(path))[1])
        else:
            with pytest.raises(AssertionError):
                hledger(path, "balance")
            assert hledger(path, "balance", "-I", "-N")


@pytest.mark.parametrize("format", ["hledger", "beancount"])
async def test_a_board_gets_its_own_books_alone(shown: Any, written: Any, format: Format) -> None:
    path = await written(2027, format, actor=CONTACT)
    balances = (hledger_balances if format == "hledger" else beancount_balances)(path)
    assert balances[date(2027, 12, 31)] == await ours(shown, date(2027, 12, 31), "BTCTU")
    assert "VPTU" not in text_of(path)
    assert "VPTU" not in text_of(await written(2027, format, board="BTCTU"))
    assert "ccount" not in text_of(await written(2027, format, board="VPTU", actor=CONTACT))


async def test_books_posted_to_meanwhile_are_refused_and_not_written_wrong(shown: Any) -> None:
    async def send(query: Query) -> Answered:
        answer = (await shown.ask(query)).model_dump(mode="json")
        if answer["rows"] and "lines" in answer["rows"][0]:
            answer["rows"] = answer["rows"][1:]
        return Answered(position=1, result=answer)

    with pytest.raises(Stop) as stopped:
        await collecting.write(send, AskJournal(year=2027), "hledger")
    assert isinstance(stopped.value.reply, Rejected)
    assert stopped.value.reply.code == "books-moved"


async def test_the_same_books_are_the_same_file(written: Any) -> None:
    for format in ("hledger", "beancount"):
        first = (await written(2026, format)).read_bytes()
        assert (await written(2026, format)).read_bytes() == first


async def test_a_year_without_entries_has_what_it_opens_with_or_nothing(shown: Any, written: Any) -> None:
    later = date(2031, 12, 31)
    assert beancount_balances(await written(2031, "beancount"))[later] == await ours(shown, later) != {}
    assert hledger(await written(2025, "hledger"), "balance", "-N") == ""
    assert beancount_balances(await written(2025, "beancount"))[date(2025, 12, 31)] == {}
