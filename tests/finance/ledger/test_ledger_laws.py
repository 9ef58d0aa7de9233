"""What holds in the books after any history whatever."""

from collections import Counter
from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contracts import finance as words
from contracts.base import Command
from services.finance.deciders.voucher_book import KINDS

if TYPE_CHECKING:
    from tests.finance.ledger.books import Books

LATE = datetime.fromisoformat("2027-01-31T17:00+07:00")
REASON = "Theo biên bản kiểm tra sổ."
AMOUNTS = st.sampled_from([1, 500_000, 12_345_678, 1_000_000_000_000])
DAYS = st.sampled_from([date(2026, 1, 31), date(2026, 6, 30), date(2026, 12, 31), date(2027, 1, 5)])
PAIRS = [("612", "111"), ("111", "511"), ("611", "331"), ("141", "112"), ("811", "111"), ("111", "711"), ("211", "366")]
PARTS = st.tuples(
    st.sampled_from(PAIRS), AMOUNTS, st.sampled_from(["VPTU", "BTCTU"]), st.sampled_from(["tu-chu", "dang-phi"])
)
KIND = st.sampled_from(list(KINDS))
MONTH = st.sampled_from([1, 6, 12])
STEPS = st.one_of(
    st.tuples(st.just("post"), st.lists(PARTS, min_size=1, max_size=3), DAYS, KIND),
    st.tuples(st.just("reverse"), st.integers(0, 9), DAYS, KIND),
    st.tuples(st.just("close"), MONTH),
    st.tuples(st.just("reopen"), MONTH),
    st.tuples(st.just("close_year")),
    st.tuples(st.just("reopen_year")),
)
HISTORIES = st.lists(STEPS, min_size=1, max_size=14)


def command(books: "Books", step: tuple[Any, ...]) -> Command:
    match step:
        case ("post", parts, on, kind):
            lines = []
            for (debit, credit), amount, board, source in parts:
                of = {"source": source}
                lines += [books.debit(debit, amount, board, **of), books.credit(credit, amount, board, **of)]
            return books.posting(*lines, on=on, kind=kind)
        case ("reverse", place, on, kind):
            ids = [id for (name, id), events in books.scenario.events.items() if name == "entry" and events]
            entry_id = ids[place] if place < len(ids) else "0" * 32
            return words.ReverseEntry(entry_id=entry_id, on=on, kind=kind, reason=REASON)
        case ("close", month):
            return words.ClosePeriod(year=2026, month=month)
        case ("reopen", month):
            return words.ReopenPeriod(year=2026, month=month, reason=REASON)
        case ("close_year",):
            return words.CloseYear(year=2026)
    return words.ReopenYear(year=2026, reason=REASON)


def lived(books: "Books", history: list[tuple[Any, ...]]) -> "Books":
    for step in history:
        books.when(command(books, step), now=LATE)
    return books


@pytest.fixture
def some(new_books: "Callable[[], Books]") -> "Callable[[list[tuple[Any, ...]]], Books]":
    return lambda history: lived(new_books(), history)


PROPERTY = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@PROPERTY
@given(history=HISTORIES)
def test_every_history_balances_board_by_board_and_the_books_know_its_totals(
    some: Any, balances: Any, history: list[tuple[Any, ...]]
) -> None:
    books = some(history)
    for entry in books.posted():
        sums: Counter[str] = Counter()
        for line in entry.lines:
            sums[line.board] += line.amount_vnd if line.side == "debit" else -line.amount_vnd
        assert not any(sums.values())
    for year in (2026, 2027):
        assert books.totals(year) == balances(books.posted(), year)


@PROPERTY
@given(history=HISTORIES)
def test_the_numbers_of_every_book_have_no_hole_and_none_twice(some: Any, history: list[tuple[Any, ...]]) -> None:
    books = some(history)
    for year in (2026, 2027):
        for kind in KINDS:
            numbers = books.numbers(kind, year)
            assert numbers == list(range(1, len(numbers) + 1))
    assert len({entry.voucher for entry in books.posted()}) == len(books.posted())


@PROPERTY
@given(history=HISTORIES, kind=KIND, amount=AMOUNTS)
def test_a_closed_month_and_a_closed_year_never_receive(
    some: Any, history: list[tuple[Any, ...]], kind: words.VoucherKind, amount: int
) -> None:
    books = some(history)
    closed = {month for month in (1, 6, 12) for state in _books_of(books) if month in state.closed_months}
    for month in closed:
        late = books.posting(*books.expense(amount), kind=kind, on=date(2026, month, 28))
        assert books.when(late, now=LATE).refusal.refusal in (words.PERIOD_CLOSED, words.YEAR_CLOSED)


@PROPERTY
@given(history=HISTORIES)
def test_what_was_taken_back_and_what_took_it_back_come_to_nothing(
    some: Any, balances: Any, history: list[tuple[Any, ...]]
) -> None:
    books = some(history)
    entries = {id: events[0] for (name, id), events in books.scenario.events.items() if name == "entry" and events}
    for entry in entries.values():
        if entry.reverses is not None:
            assert balances([entry, entries[entry.reverses]]) == {}
    taken_back = [entry.reverses for entry in entries.values() if entry.reverses is not None]
    assert len(taken_back) == len(set(taken_back))


@PROPERTY
@given(history=HISTORIES, more=HISTORIES)
def test_a_closed_year_has_its_whole_result_in_421_however_often_it_was_closed(
    some: Any, balances: Any, history: list[tuple[Any, ...]], more: list[tuple[Any, ...]]
) -> None:
    books = lived(some([*history, ("close_year",), ("reopen_year",), ("reopen", 12)]), more)
    books.when(words.CloseYear(year=2026), now=LATE)
    ordinary = balances([entry for entry in books.posted() if not entry.closing], 2026)
    results: Counter[tuple[str, str]] = Counter()
    for (account, board, source), net in ordinary.items():
        if account[0] in "56" or account in ("711", "811", "821", "911", "421"):
            results[board, source] += net
    closed = books.totals(2026)
    assert {key: net for key, net in closed.items() if key[0][0] in "56789"} == {}
    found = {(board, source): net for (account, board, source), net in closed.items() if account == "421"}
    assert found == {key: net for key, net in results.items() if net}


@PROPERTY
@given(history=HISTORIES)
def test_the_same_command_again_is_refused_or_quiet_and_state_never_breaks(
    some: Any, history: list[tuple[Any, ...]]
) -> None:
    books = some(history)
    for month in (1, 6, 12):
        if books.when(words.ClosePeriod(year=2026, month=month), now=LATE).refusal is None:
            books.when(words.ClosePeriod(year=2026, month=month), now=LATE).nothing()
    if books.when(words.CloseYear(year=2026), now=LATE).refusal is None:
        books.when(words.CloseYear(year=2026), now=LATE).nothing()


def _books_of(books: "Books") -> list[Any]:
    return [
        state for (name, id), state in books.scenario.states.items() if name == "voucher_book" and id.startswith("2026")
    ]
