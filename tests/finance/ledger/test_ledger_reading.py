"""What the ledger shows: sums that agree with every line, balances that run, and to a board its own alone."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts import finance as words
from contracts.base import Refused
from services.finance.read_models.ledger_sums import upto

if TYPE_CHECKING:
    from tests.finance.ledger.year import Year
    from tests.finance.shown import Shown

pytestmark = pytest.mark.asyncio(loop_scope="session")
FIRST, LAST = date(2026, 1, 1), date(2027, 12, 31)
PERIODS = [
    (FIRST, LAST),
    (date(2026, 12, 31), date(2026, 12, 31)),
    *(
        tuple(sorted((date(2026, 1, 1 + n), date(2026 + n % 2, 1 + n % 12, 28))))
        for n in (Random(11).randint(0, 27) for _ in range(8))
    ),
]


def lines(told: "Year") -> Iterator[tuple[words.EntryPosted, words.EntryLine]]:
    for fact in told.facts:
        if isinstance(fact.event, words.EntryPosted):
            yield from ((fact.event, line) for line in fact.event.lines)


def net(line: words.EntryLine) -> int:
    return line.amount_vnd if line.side == "debit" else -line.amount_vnd


async def test_every_table_is_the_same_folded_twice_in_any_batches_and_from_half(shown: "Shown", told: "Year") -> None:
    facts = told.facts
    half = len(facts) // 2
    ways = {
        "twice": [facts, facts],
        "one_by_one": [[fact] for fact in facts],
        "by_seven": [facts[start : start + 7] for start in range(0, len(facts), 7)],
        "half_again": [facts[:half], facts[half - 20 :]],
    }
    for model in shown.MODELS:
        expected = await shown.rows(model, model.table)
        assert expected, model.name
        for name, batches in ways.items():
            await shown.fill(model, f"{model.table}_{name}", batches)
            assert await shown.rows(model, f"{model.table}_{name}") == expected, (model.name, name)
            await shown.connection.execute(f'DROP TABLE "{model.table}_{name}"')


@pytest.mark.parametrize(("first", "last"), PERIODS)
@pytest.mark.parametrize("by", ["account", "board", "source", "item"])
async def test_a_trial_balance_is_the_sum_of_every_line(
    shown: "Shown", told: "Year", first: date, last: date, by: Any
) -> None:
    opening: Counter[Any] = Counter()
    debits: Counter[Any] = Counter()
    credits: Counter[Any] = Counter()
    for entry, line in lines(told):
        if by == "item" and line.account[0] not in "06":
            continue
        key = line.account, (getattr(line, by) or None) if by != "account" else None
        if entry.on < first:
            opening[key] += net(line)
        elif entry.on <= last:
            (debits if line.side == "debit" else credits)[key] += line.amount_vnd
    query = words.ListTrialBalance(on_from=first, on_to=last, by=by, limit=7)
    rows = await shown.pages(query)
    found = {(row.account, getattr(row, by) if by != "account" else None): row for row in rows}
    keys = {key for key in (*opening, *debits, *credits) if opening[key] or debits[key] or credits[key]}
    assert found.keys() == keys
    for key, row in found.items():
        assert row.opening_debit_vnd - row.opening_credit_vnd == opening[key]
        assert (row.debit_vnd, row.credit_vnd) == (debits[key], credits[key])
        assert row.closing_debit_vnd - row.closing_credit_vnd == opening[key] + debits[key] - credits[key]
        assert 0 in (row.closing_debit_vnd, row.closing_credit_vnd)
    assert [row.account for row in rows if row.account[0] != "0"] == sorted(a for a, _ in keys if a[0] != "0")


async def test_a_trial_balance_before_closing_shows_what_was_earned_and_spent(shown: "Shown", told: "Year") -> None:
    period = {"on_from": FIRST, "on_to": date(2026, 12, 31)}
    closed = {row.account: row for row in await shown.pages(words.ListTrialBalance(**period))}
    before = {row.account: row for row in await shown.pages(words.ListTrialBalance(**period, before_closing=True))}
    assert (closed["612"].closing_debit_vnd, closed["911"].closing_credit_vnd) == (0, 0)
    assert "911" not in before
    spent = sum(
        net(line) for entry, line in lines(told) if line.account == "612" and entry.year == 2026 and not entry.closing
    )
    assert before["612"].closing_debit_vnd == spent > 0
    assert before["612"].name == "Chi phí hoạt động giao tự chủ"


async def test_a_trial_balance_of_a_board_and_source_is_theirs_alone(shown: "Shown", told: "Year") -> None:
    query = words.ListTrialBalance(on_from=FIRST, on_to=LAST, board="BTCTU", source="dang-phi", account="111")
    (row,) = await shown.pages(query)
    mine = [line for _, line in lines(told) if (line.account, line.board, line.source) == ("111", "BTCTU", "dang-phi")]
    assert row.closing_debit_vnd - row.closing_credit_vnd == sum(map(net, mine))


@pytest.mark.parametrize("account", ["111", "612", "331", "008", "421"])
@pytest.mark.parametrize(
    "where", [{}, {"board": "BTCTU"}, {"source": "tu-chu", "item": "6503"}], ids=["all", "board", "item"]
)
async def test_a_ledger_runs_from_line_to_line(
    shown: "Shown", told: "Year", account: str, where: dict[str, Any]
) -> None:
    first, last = date(2026, 3, 10), date(2027, 2, 15)
    if "item" in where and account[0] not in "06":
        with pytest.raises(Refused) as refused:
            await shown.ask(words.ListLedger(account=account, on_from=first, on_to=last, **where))
        assert refused.value.refusal is words.NOT_BY_ITEM
        return
    entries = [fact.event for fact in told.facts if isinstance(fact.event, words.EntryPosted)]
    mine = [
        (entry, number, line)
        for entry in sorted(entries, key=lambda entry: entry.on)
        for number, line in enumerate(entry.lines, start=1)
        if line.account == account and all(getattr(line, name) == value for name, value in where.items())
    ]
    balance, expected = 0, []
    for entry, number, line in mine:
        balance += net(line)
        if first <= entry.on <= last:
            expected.append((entry.on, entry.voucher, number, line.amount_vnd, balance))
    for limit in (3, 1000):
        query = words.ListLedger(account=account, on_from=first, on_to=last, limit=limit, **where)
        rows = await shown.pages(query)
        told_rows = [(r.on, r.voucher, r.line_number, r.debit_vnd + r.credit_vnd, r.balance_vnd) for r in rows]
        assert told_rows == expected
        backward = await shown.pages(query.model_copy(update={"descending": True}))
        assert backward == rows[::-1]


async def test_the_other_side_of_a_line_is_that_of_its_board(shown: "Shown", told: "Year") -> None:
    rows = await shown.pages(words.ListLedger(account="331", on_from=FIRST, on_to=LAST))
    assert {row.against for row in rows if row.credit_vnd == 9_000} <= {"611", "612"}
    assert {row.against for row in await shown.pages(words.ListLedger(account="008", on_from=FIRST, on_to=LAST))} == {
        ""
    }


async def test_the_cash_book_runs_and_flags_days_that_end_below_nothing(shown: "Shown", told: "Year") -> None:
    rows = await shown.pages(words.ListCashBook(on_from=FIRST, on_to=LAST, limit=4))
    ends = {row.on: row.balance_vnd for row in rows}
    assert [row.negative_day for row in rows] == [ends[row.on] < 0 for row in rows]
    assert {row.negative_day for row in rows} == {True, False}
    assert all(
        (row.receipt is None) == (row.in_vnd == 0) and (row.payment is None) == (row.out_vnd == 0) for row in rows
    )
    assert rows[-1].balance_vnd == sum(row.in_vnd - row.out_vnd for row in rows)


async def test_a_cursor_of_another_list_is_refused(shown: "Shown") -> None:
    page = await shown.ask(words.ListVouchers(limit=1))
    for query in (
        words.ListLedger(account="111", on_from=FIRST, on_to=LAST),
        words.ListTrialBalance(on_from=FIRST, on_to=LAST),
    ):
        for cursor in (page.next_cursor, "WyIrIiwieHgiXQ=="):
            with pytest.raises(Refused):
                await shown.ask(query.model_copy(update={"cursor": cursor}))


async def test_the_journal_has_every_entry_and_finds_some(shown: "Shown", told: "Year") -> None:
    entries = [fact.event for fact in told.facts if isinstance(fact.event, words.EntryPosted)]
    rows = await shown.pages(words.ListVouchers(limit=9, descending=False))
    assert [row.voucher for row in rows] == [entry.voucher for entry in sorted(entries, key=lambda entry: entry.on)]

    async def found(**asked: Any) -> set[str]:
        return {row.voucher for row in await shown.pages(words.ListVouchers(**asked))}

    def those(holds: Callable[[words.EntryPosted], bool]) -> set[str]:
        return {entry.voucher for entry in entries if holds(entry)}

    assert await found(kind="payment") == those(lambda entry: entry.kind == "payment")
    assert await found(account="331") == those(lambda entry: "331" in {line.account for line in entry.lines})
    assert await found(board="BTCTU") == those(lambda entry: "BTCTU" in {line.board for line in entry.lines})
    assert await found(party="dien luc") == those(lambda entry: entry.party == "Công ty Điện lực")
    assert await found(text="kết chuyển") == those(lambda entry: entry.closing)
    assert await found(on_from=date(2026, 5, 1), on_to=date(2026, 5, 31)) == those(
        lambda e: (e.on.year, e.on.month) == (2026, 5)
    )
    assert await found(reversed=True) == those(lambda entry: entry.description == "Chi văn phòng phẩm")


async def test_a_voucher_tells_what_took_it_back_and_what_it_came_of(shown: "Shown", told: "Year") -> None:
    back = await shown.ask(words.GetVoucher(entry_id=told.named["taken_back"]))
    reversal = await shown.ask(words.GetVoucher(entry_id=told.named["reversal"]))
    assert (back.reversed_by, back.reversed_by_entry) == (reversal.voucher, reversal.entry_id)
    assert (reversal.reverses, back.reversed_because) == (back.entry_id, "Ghi nhầm số tiền.")
    (draft,) = (row for row in await shown.pages(words.ListDrafts()) if row.status == "posted")
    posted = await shown.ask(words.GetVoucher(entry_id=draft.entry_id))
    assert posted.cause == draft.cause == told.books.CAUSE
    assert posted.event_id.endswith(":1")
    with pytest.raises(Refused) as refused:
        await shown.ask(words.GetVoucher(entry_id="0" * 32))
    assert refused.value.refusal is words.ENTRY_UNKNOWN


async def test_drafts_tell_what_became_of_them(shown: "Shown", told: "Year") -> None:
    rows = {row.draft_id: row for row in await shown.pages(words.ListDrafts())}
    assert {name: rows[told.named[name]].status for name in ("posted", "discarded", "open")} == {
        "posted": "posted",
        "discarded": "discarded",
        "open": "drafted",
    }
    assert rows[told.named["posted"]].voucher.startswith("KT ")
    assert rows[told.named["posted"]].changed
    assert rows[told.named["discarded"]].reason == "Chuyến xe do đơn vị khác chi trả."
    (waiting,) = await shown.pages(words.ListDrafts(status="drafted"))
    assert (waiting.total_vnd, len(waiting.lines)) == (90_000, 2)


async def test_months_tell_whether_they_are_closed_and_by_whom(shown: "Shown", told: "Year") -> None:
    rows = await shown.pages(words.ListPeriods(year=2026))
    entries = Counter((entry.year, entry.on.month) for entry in told.books.posted())
    assert [row.vouchers for row in rows] == [entries[2026, month] for month in range(1, 13)]
    assert all(row.closed and row.year_closed and row.by_name == "Nguyễn Thị Hoa" for row in rows)
    later = await shown.pages(words.ListPeriods(year=2027, limit=5))
    assert [row.closed for row in later] == [True] + [False] * 11
    assert [row.month for row in await shown.pages(words.ListPeriods(year=2031))] == list(range(1, 13))


async def test_the_chart_and_the_templates_are_those_of_the_day(shown: "Shown") -> None:
    chart = await shown.pages(words.ListAccounts(on=date(2026, 11, 20), limit=10))
    assert [row.account for row in chart if row.account[0] != "0"][0:2] == ["111", "112"]
    assert {row.account: row.closes_into for row in chart}["911"] == "421"
    assert chart[-1].account == "018"
    assert await shown.pages(words.ListAccounts(on=date(2024, 12, 31))) == []
    rows = [row for row in await shown.pages(words.ListTemplates()) if row.template == "withdraw_cash"]
    assert [(row.side, row.account) for row in rows] == [("debit", "111"), ("credit", "135"), ("credit", "{estimate}")]


# --- who sees what --------------------------------------------------------------------------------------------------


async def test_a_board_sees_its_own_lines_and_nothing_of_others(
    shown: "Shown", told: "Year", speaker: Callable[..., Any]
) -> None:
    contact = speaker("board", board="BTCTU")
    period = {"on_from": FIRST, "on_to": LAST}
    for asked in ({}, {"board": "BTCTU"}):
        balance = await shown.pages(words.ListTrialBalance(**period, **asked, by="board"), contact)
        assert {row.board for row in balance} == {"BTCTU"}
        ledger = await shown.pages(words.ListLedger(**period, **asked, account="111"), contact)
        assert {row.board for row in ledger} == {"BTCTU"}
        cash = await shown.pages(words.ListCashBook(**period, **asked), contact)
        assert {row.board for row in cash} == {"BTCTU"}
        vouchers = await shown.pages(words.ListVouchers(**asked), contact)
        assert {row.boards for row in vouchers} == {"BTCTU"}
    for query in (
        words.ListTrialBalance(**period, board="VPTU"),
        words.ListLedger(**period, account="111", board="VPTU"),
        words.ListCashBook(**period, board="VPTU"),
        words.ListVouchers(board="VPTU"),
        words.ListDrafts(),
    ):
        assert await shown.pages(query, contact) == []
        assert await shown.pages(query, speaker("board")) == []


async def test_a_board_sees_its_own_part_of_an_entry_of_several(
    shown: "Shown", told: "Year", speaker: Callable[..., Any]
) -> None:
    contact = speaker("board", board="BTCTU")
    closing = (await shown.pages(words.ListVouchers(text="kết chuyển"), contact))[-1]
    whole = await shown.ask(words.GetVoucher(entry_id=closing.entry_id))
    part = await shown.ask(words.GetVoucher(entry_id=closing.entry_id), contact)
    assert {line.board for line in whole.lines} == {"VPTU", "BTCTU"}
    assert part.lines == tuple(line for line in whole.lines if line.board == "BTCTU")
    assert part.total_vnd == closing.total_vnd < whole.total_vnd
    with pytest.raises(Refused):
        await shown.ask(words.GetVoucher(entry_id=told.named["reversal"]), contact)


@given(st.dates(date(2025, 1, 1), date(2028, 12, 31)), st.dates(date(2025, 1, 1), date(2028, 12, 31)))
async def test_all_up_to_a_day_is_every_day_before_it_once(day: date, other: date) -> None:
    counted = upto(day)
    times = sum(count for key, count in counted.items() if other.isoformat().startswith(key))
    assert times == (1 if other <= day else 0)
    assert sum(len(key) == len("2027-01-01") for key in counted) <= 16
