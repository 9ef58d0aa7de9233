"""Settling a board in one cut: its budget, what is open of it, and its balances in the books go to its successor."""

from collections.abc import Iterable, Iterator, Sequence

from contracts import finance as words_of
from contracts.base import Event, Refused
from contracts.finance import BudgetClosed, ChangedLine, EntryFacts, EntryLine, SettleBoard
from services.finance.deciders.advance import ADVANCE
from services.finance.deciders.budget import BUDGET, Budget, opened, told
from services.finance.deciders.budget_carrying import reserved, taken_over
from services.finance.deciders.budget_closing import emptied, expect_nothing_open
from services.finance.deciders.budget_open import expect_seen, moved, open_refs
from services.finance.deciders.common import budget_id, today
from services.finance.deciders.entry import ENTRY
from services.finance.deciders.estimates import on_decision
from services.finance.deciders.posting import post, total_of
from services.finance.deciders.request import REQUEST
from services.finance.deciders.voucher_book import KINDS, VOUCHER_BOOK, Totals, book_id, expect_open
from services.runtime.manifest import CommandRule, Decision, Given, Ref, Seen


def _books(first: int, last: int) -> list[Ref]:
    return [Ref(VOUCHER_BOOK, book_id(year, kind)) for year in range(first, last + 1) for kind in KINDS]


def _involved(command: SettleBoard, given: Given) -> Sequence[Ref]:
    if command.to_board == command.board:
        raise Refused(words_of.SAME_BOARD, "to_board")
    if not command.books_since <= command.on.year:
        raise Refused(words_of.BOOKS_SINCE_LATER, "books_since", on=command.on)
    if command.on > today(given):
        raise Refused(words_of.TOO_FAR_AHEAD, "on", on=command.on)
    if command.on.year != today(given).year:
        raise Refused(words_of.ON_THIS_YEAR, "on", year=today(given).year)
    boards = [command.board] if command.to_board is None else [command.board, command.to_board]
    return (
        *(Ref(BUDGET, budget_id(command.year, board)) for board in boards),
        *open_refs(command),
        Ref(ENTRY, given.command_id.hex, new=True),
        *_books(command.books_since - 1, command.on.year),
    )


def _settle(command: SettleBoard, given: Given, *seen: Seen) -> Decision:
    budgets = [each for each in seen if each.ref.aggregate is BUDGET]
    books = [each for each in seen if each.ref.aggregate is VOUCHER_BOOK]
    (entry,) = (each for each in seen if each.ref.aggregate is ENTRY)
    items = [each for each in seen if each.ref.aggregate.name in (REQUEST.name, ADVANCE.name)]
    books = _since(command, books)
    source = opened(budgets[0].state, command.year, command.board)
    expect_seen(command, source, items)
    decision: list[tuple[Seen, Event]] = [(budgets[0], _closed(command, given, source))]
    if command.to_board is None:
        expect_nothing_open(source)
    else:
        decision.append((budgets[1], _taken(command, given, source, budgets[1].state)))
        decision += moved(command, items, command.year, command.to_board)
    decision += _handed_over(command, given, entry, books)
    settled = words_of.BoardSettled(board=command.board, to_board=command.to_board, on=command.on)
    return decision + [(book, settled) for book in books]


def _since(command: SettleBoard, books: Sequence[Seen]) -> list[Seen]:
    """Return the books that hold the board's balances; raise Refused where there are more, or earlier ones are open.

    An earlier year closed afterwards would change balances that were handed over.
    """
    before, since = books[: len(KINDS)], list(books[len(KINDS) :])
    if any(book.state.next_number > 1 for book in before):
        raise Refused(words_of.BOOKS_BEFORE, "books_since", year=command.books_since - 1)
    for book in since[: -len(KINDS)]:
        if book.state.next_number > 1 and not book.state.closed:
            raise Refused(words_of.YEARS_BEFORE_OPEN, year=book.ref.id[:4])
    return since


def _closed(command: SettleBoard, given: Given, source: Budget) -> BudgetClosed:
    after, goes_on = emptied(source), command.to_board is not None
    return BudgetClosed(
        **told(source, after.lines),
        **on_decision(command, given),
        on=command.on,
        lapsed_vnd=0 if goes_on else after.out_vnd,
        lapsed=() if goes_on else after.out,
        to_board=command.to_board,
        handed_over=after.out if goes_on else (),
        requests=tuple(source.committed),
        advances=tuple(dict.fromkeys(command.advances)),
    )


def _taken(command: SettleBoard, given: Given, source: Budget, target: Budget) -> words_of.BudgetTakenOver:
    target = opened(target, command.year, str(command.to_board))
    changes = emptied(source).out
    frozen = tuple(ChangedLine(line=code, amount_vnd=line.frozen) for code, line in source.lines.items() if line.frozen)
    return words_of.BudgetTakenOver(
        **told(target, taken_over(target, source, changes, frozen)),
        **on_decision(command, given),
        from_year=command.year,
        from_board=command.board,
        changes=changes,
        frozen=frozen,
        committed=reserved(source.committed),
        advanced=reserved(source.advanced),
    )


def _handed_over(command: SettleBoard, given: Given, entry: Seen, books: Sequence[Seen]) -> list[tuple[Seen, Event]]:
    """Return the entry that takes every balance of the board to nothing, and gives it to the successor."""
    balances = balances_of(command.board, (book.state.totals for book in books))
    if not balances:
        return []
    if command.to_board is None:
        accounts = ", ".join(sorted({account for account, _ in balances}))
        raise Refused(words_of.BALANCES_REMAIN, "to_board", board=command.board, accounts=accounts)
    (book,) = (each for each in books if each.ref.id == book_id(command.on.year, "general"))
    expect_open(book.state, command.on)
    lines = tuple(_both_sides(command.board, command.to_board, balances))
    facts = EntryFacts(
        kind="general",
        on=command.on,
        description=f"Bàn giao số dư các tài khoản của {command.board} cho {command.to_board}",
        lines=lines,
        total_vnd=total_of(lines),
    )
    # Made of totals, as the entries that close a year are: it names no items.
    return post(entry, book, given, facts, closing=True)


def balances_of(board: str, totals: Iterable[Totals]) -> dict[tuple[str, str], int]:
    """Return what a board's accounts come to by account and source, debit less credit, over the totals of books."""
    found: dict[tuple[str, str], int] = {}
    for part in totals:
        for key, net in part.items():
            account, of, source = key.split("|")
            if of == board:
                found[account, source] = found.get((account, source), 0) + net
    return {key: net for key, net in sorted(found.items()) if net}


def _both_sides(board: str, to_board: str, balances: dict[tuple[str, str], int]) -> Iterator[EntryLine]:
    for (account, source), net in balances.items():
        for of, amount in ((board, -net), (to_board, net)):
            side = "debit" if amount > 0 else "credit"
            yield EntryLine(account=account, side=side, amount_vnd=abs(amount), board=of, source=source or None)


SETTLE_BOARD = CommandRule(SettleBoard, _involved, _settle)
