"""Months and years are closed in all books at once, opened again for a reason, and closed again for what was added."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from contracts import finance as words
from services.finance.deciders.voucher_book import KINDS, book_id

if TYPE_CHECKING:
    from tests.finance.ledger.books import Books

REASON = "Bổ sung chứng từ đến chậm."


def test_a_month_is_closed_in_all_books_at_once(books: "Books") -> None:
    outcome = books.when(words.ClosePeriod(year=2026, month=10))
    assert len(outcome.all(words.PeriodClosed)) == len(KINDS)
    for kind in KINDS:
        books.post(*books.expense(1), kind=kind, on=date(2026, 10, 31)).refused(words.PERIOD_CLOSED)
        books.post(*books.expense(1), kind=kind, on=date(2026, 11, 1)).accepted()
    books.when(words.ClosePeriod(year=2026, month=10)).nothing()


def test_a_month_that_has_not_begun_is_not_closed(books: "Books") -> None:
    books.when(words.ClosePeriod(year=2026, month=12)).refused(words.PERIOD_NOT_BEGUN, "month")


def test_a_closed_month_is_opened_again_for_a_reason(books: "Books") -> None:
    reopening = words.ReopenPeriod(year=2026, month=10, reason=REASON)
    books.when(reopening).refused(words.PERIOD_NOT_CLOSED)
    books.when(words.ClosePeriod(year=2026, month=10)).accepted()
    outcome = books.when(reopening)
    assert {event.reason for event in outcome.all(words.PeriodReopened)} == {REASON}
    books.post(*books.expense(1), on=date(2026, 10, 31)).accepted()


def test_a_reversal_goes_into_an_open_month_too(books: "Books") -> None:
    entry_id = books.paid(on=date(2026, 10, 5))
    books.when(words.ClosePeriod(year=2026, month=10)).accepted()
    taking_back = {"entry_id": entry_id, "reason": "Ghi nhầm."}
    books.when(words.ReverseEntry(**taking_back, on=date(2026, 10, 6))).refused(words.PERIOD_CLOSED)
    books.when(words.ReverseEntry(**taking_back, on=date(2026, 11, 2))).accepted()


def close(books: "Books", at: Callable[[str], Any], now: str = "2026-12-31 17:00") -> Any:
    return books.when(words.CloseYear(year=2026), now=at(now))


def test_the_year_closes_income_and_expense_of_every_board_and_source_into_the_result(
    books: "Books", at: Callable[[str], Any]
) -> None:
    books.post(*books.income(900))
    books.post(*books.expense(700), kind="payment")
    books.post(*books.expense(300, "BTCTU", source="dang-phi", item="6701"))
    outcome = close(books, at)
    posted = outcome.one(words.EntryPosted)
    assert (posted.closing, posted.on, posted.voucher) == (True, date(2026, 12, 31), "KT 3/2026")
    assert [(line.board, line.source, line.side, line.account, line.amount_vnd) for line in posted.lines] == [
        ("BTCTU", "dang-phi", "credit", "612", 300),
        ("BTCTU", "dang-phi", "debit", "911", 300),
        ("BTCTU", "dang-phi", "credit", "911", 300),
        ("BTCTU", "dang-phi", "debit", "421", 300),
        ("VPTU", "tu-chu", "debit", "511", 900),
        ("VPTU", "tu-chu", "credit", "612", 700),
        ("VPTU", "tu-chu", "debit", "911", 700),
        ("VPTU", "tu-chu", "credit", "911", 900),
        ("VPTU", "tu-chu", "debit", "911", 200),
        ("VPTU", "tu-chu", "credit", "421", 200),
    ]
    assert books.totals() == {
        ("111", "BTCTU", "dang-phi"): -300,
        ("421", "BTCTU", "dang-phi"): 300,
        ("111", "VPTU", "tu-chu"): 200,
        ("421", "VPTU", "tu-chu"): -200,
    }
    assert len(outcome.all(words.YearClosed)) == len(KINDS)
    assert books.numbers("general") == [1, 2, 3]


def test_a_closed_year_takes_nothing_and_none_of_its_months_is_opened(books: "Books", at: Callable[[str], Any]) -> None:
    books.paid()
    close(books, at).accepted()
    late = books.posting(*books.expense(1), on=date(2026, 12, 31), kind="bank_debit")
    books.when(late, now=at("2027-01-02 08:00")).refused(words.YEAR_CLOSED)
    books.when(words.ReopenPeriod(year=2026, month=3, reason=REASON)).refused(words.YEAR_CLOSED)
    books.when(words.ClosePeriod(year=2026, month=3)).refused(words.YEAR_CLOSED)
    close(books, at).nothing()


def test_a_closing_entry_is_not_taken_back(books: "Books", at: Callable[[str], Any]) -> None:
    books.paid()
    (entry_id,) = close(books, at).all(words.YearClosed)[0].entries
    reversing = words.ReverseEntry(entry_id=entry_id, on=date(2027, 1, 4), reason=REASON)
    books.when(reversing, now=at("2027-01-04 08:00")).refused(words.REVERSES_ANOTHER)


def test_a_year_is_closed_when_it_is_over_and_has_something(books: "Books", at: Callable[[str], Any]) -> None:
    books.when(words.CloseYear(year=2026)).refused(words.YEAR_NOT_OVER, "year")
    close(books, at).refused(words.NOTHING_TO_CLOSE)
    books.when(words.ReopenYear(year=2026, reason=REASON)).refused(words.YEAR_NOT_CLOSED)


def test_a_year_whose_result_is_nothing_is_closed_without_an_entry(books: "Books", at: Callable[[str], Any]) -> None:
    books.post(books.debit("112", 10), books.credit("111", 10))
    outcome = close(books, at)
    assert outcome.all(words.EntryPosted) == ()
    assert {event.entries for event in outcome.all(words.YearClosed)} == {()}


def test_what_was_added_after_reopening_is_closed_by_an_entry_of_its_own(
    books: "Books", at: Callable[[str], Any]
) -> None:
    books.post(*books.expense(700))
    close(books, at).accepted()
    books.when(words.ReopenYear(year=2026, reason=REASON)).accepted()
    adjusting = books.posting(*books.expense(50), on=date(2026, 12, 31))
    books.when(adjusting, now=at("2027-01-20 08:00")).refused(words.PERIOD_CLOSED)
    books.when(words.ReopenPeriod(year=2026, month=12, reason=REASON), now=at("2027-01-20 08:00")).accepted()
    books.when(adjusting, now=at("2027-01-20 08:01")).accepted()
    again = close(books, at, "2027-01-31 17:00")
    assert [(line.account, line.side, line.amount_vnd) for line in again.one(words.EntryPosted).lines] == [
        ("612", "credit", 50),
        ("911", "debit", 50),
        ("911", "credit", 50),
        ("421", "debit", 50),
    ]
    assert books.totals() == {("111", "VPTU", "tu-chu"): -750, ("421", "VPTU", "tu-chu"): 750}
    for kind in KINDS:
        state = books.scenario.states["voucher_book", book_id(2026, kind)]
        assert (state.closed, state.closed_months) == (True, tuple(range(1, 13)))
