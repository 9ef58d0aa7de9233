"""The stocktake (đợt kiểm kê): its number, its scope and committee, how far it has come, and its end."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from contracts.assets import stocktakes as words_of
from contracts.assets.stocktakes import CommitteeMember, Scope, StocktakeStatus, Tally
from contracts.base import Event, Refused
from contracts.organisation import Decision as Paper
from services.assets.deciders.common import not_in_future, today
from services.runtime.manifest import Aggregate, Decision, Given, Ref, Seen

_NO_SCOPE, _NO_TALLY = Scope(), Tally()
_OVER = {"closed": "khóa", "cancelled": "hủy"}


@dataclass(frozen=True, slots=True)
class Stocktake:
    """What later decisions need of a stocktake; `status` is None before it is opened.

    Its lines are aggregates of their own. Each fact about one of them brings the tally here to what it comes to, so
    that closing is decided, and guarded, by this aggregate alone.
    """

    status: StocktakeStatus | None = None
    number: int = 0
    year: int = 0
    snapshot_on: date = date.min
    scope: Scope = _NO_SCOPE
    committee: tuple[CommitteeMember, ...] = ()
    decision: Paper | None = None
    tally: Tally = _NO_TALLY
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class StocktakeBook:
    """The numbers of a year's stocktakes."""

    last_number: int = 0


def opening_involves(words: words_of.OpenStocktake, given: Given) -> Sequence[Ref]:
    """An opening is decided over the new stocktake and the book of the year."""
    return Ref(STOCKTAKE, given.command_id.hex, new=True), Ref(STOCKTAKE_BOOK, str(today(given).year))


def open_stocktake(words: words_of.OpenStocktake, given: Given, stocktake: Seen, book: Seen) -> Decision:
    """A stocktake gets the year's next number; its numbers have no hole, whatever becomes of it."""
    if stocktake.state.status:
        return []
    if words.decision:
        not_in_future(given, "decision.issued_on", words.decision.issued_on)
    number = book.state.last_number + 1
    said = {name: getattr(words, name) for name in words_of.OpenStocktake.model_fields}
    opened = words_of.StocktakeOpened(**said, number=number, year=today(given).year, opened_on=today(given))
    return [(stocktake, opened), (book, words_of.StocktakeNumbered(number=number, stocktake_id=stocktake.ref.id))]


def name_committee(words: words_of.NameCommittee, given: Given, stocktake: Stocktake) -> Iterable[Event]:
    """The committee that is named last signs; one said without a decision keeps the one that stands."""
    expect_going_on(stocktake, words.stocktake_id)
    if words.decision:
        not_in_future(given, "decision.issued_on", words.decision.issued_on)
    decision = words.decision or stocktake.decision
    if (words.committee, decision) != (stocktake.committee, stocktake.decision):
        yield words_of.CommitteeNamed(committee=words.committee, decision=decision)


def start_counting(words: words_of.StartCounting, given: Given, stocktake: Stocktake) -> Iterable[Event]:
    """Counting starts against a list that has something on it."""
    expect_going_on(stocktake, words.stocktake_id)
    if stocktake.status == "counting":
        return
    if not stocktake.tally.expected:
        raise Refused(words_of.NOTHING_EXPECTED, number=stocktake.number, year=stocktake.year)
    yield words_of.CountingStarted(started_on=today(given))


def close_stocktake(words: words_of.CloseStocktake, given: Given, stocktake: Stocktake) -> Iterable[Event]:
    """A stocktake is closed when every line is as the books say, or decided (Luật Kế toán 88/2015/QH13, Điều 40)."""
    if stocktake.status == "closed":
        return
    expect_counting(stocktake, words.stocktake_id)
    if today(given) < stocktake.snapshot_on:
        raise Refused(words_of.SNAPSHOT_AHEAD, snapshot_on=stocktake.snapshot_on)
    if stocktake.tally.undecided:
        raise Refused(words_of.LINES_UNDECIDED, undecided=stocktake.tally.undecided)
    yield words_of.StocktakeClosed(closed_on=today(given), conclusion=words.conclusion, tally=stocktake.tally)


def cancel_stocktake(words: words_of.CancelStocktake, given: Given, stocktake: Stocktake) -> Iterable[Event]:
    """What is not closed may be given up; what was decided on its lines before stays decided of the assets."""
    if stocktake.status == "cancelled" and stocktake.reason == words.reason:
        return
    expect_going_on(stocktake, words.stocktake_id)
    yield words_of.StocktakeCancelled(cancelled_on=today(given), reason=words.reason)


def expect_going_on(stocktake: Stocktake, id: str) -> None:
    """Raise Refused for a stocktake that was never opened, or is closed or cancelled."""
    if stocktake.status is None:
        raise Refused(words_of.STOCKTAKE_UNKNOWN, "stocktake_id", stocktake_id=id)
    if stocktake.status in _OVER:
        number, year, vi = stocktake.number, stocktake.year, _OVER[stocktake.status]
        raise Refused(words_of.STOCKTAKE_OVER, number=number, year=year, status=stocktake.status, status_vi=vi)


def expect_counting(stocktake: Stocktake, id: str) -> None:
    """Raise Refused unless a stocktake is being counted."""
    expect_going_on(stocktake, id)
    if stocktake.status != "counting":
        raise Refused(words_of.COUNTING_NOT_STARTED, number=stocktake.number, year=stocktake.year)


def evolve(stocktake: Stocktake, event: Event) -> Stocktake:
    """Return the stocktake after an event."""
    match event:
        case words_of.StocktakeOpened():
            said = {name: getattr(event, name) for name in ("number", "year", "snapshot_on", "scope", "decision")}
            return replace(stocktake, status="open", committee=event.committee, **said)
        case words_of.CommitteeNamed():
            return replace(stocktake, committee=event.committee, decision=event.decision)
        case words_of.AssetsListed() | words_of.StocktakeTallied():
            return replace(stocktake, tally=event.tally)
        case words_of.CountingStarted():
            return replace(stocktake, status="counting")
        case words_of.StocktakeClosed():
            return replace(stocktake, status="closed")
        case words_of.StocktakeCancelled():
            return replace(stocktake, status="cancelled", reason=event.reason)
    return stocktake


def evolve_book(book: StocktakeBook, event: Event) -> StocktakeBook:
    """Return the book after an event."""
    match event:
        case words_of.StocktakeNumbered():
            return replace(book, last_number=event.number)
    return book


STOCKTAKE = Aggregate("stocktake", Stocktake(), evolve)
STOCKTAKE_BOOK = Aggregate("stocktakebook", StocktakeBook(), evolve_book)
