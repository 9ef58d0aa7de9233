"""The books of an office, with the words its accountant uses, to tell the rules of the ledger in."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from contracts import finance as words
from contracts.base import Actor, Command
from services.finance.deciders.voucher_book import KINDS, book_id

if TYPE_CHECKING:
    from tests.scenario import Outcome, Scenario

DAY = date(2026, 11, 20)
CAUSE = words.Cause(
    event_id="0190a6f2-c3d4-7e1f-8a2b-3c4d5e6f7081:0",
    type="scheduling.TripEnded",
    subject="trip_log/xe-45-2026-11",
    told="Chuyến xe 12A-000.45 ngày 19/11/2026",
)


class Books:
    """An office's books in memory; each word with only what a test wants to be different."""

    DAY, CAUSE = DAY, CAUSE

    def __init__(self, scenario: "Scenario") -> None:
        self.scenario = scenario

    def when(
        self, command: Command, *, actor: Actor | None = None, now: datetime | None = None, number: int | None = None
    ) -> "Outcome":
        """Say a command; return what came of it."""
        return self.scenario.when(command, actor=actor, now=now, number=number)

    def post(self, *lines: words.EntryLine, **changes: Any) -> "Outcome":
        """Post an entry of lines."""
        return self.when(self.posting(*lines, **changes))

    def paid(self, amount: int = 500_000, **changes: Any) -> str:
        """Return the id of an ordinary expense paid in cash and posted."""
        return self.post(*self.expense(amount), **{"kind": "payment", **changes}).accepted().id

    def drafted(self, **changes: Any) -> str:
        """Return the id of a draft of fuel bought on credit."""
        usual: dict[str, Any] = {
            "on": DAY,
            "description": "Nhiên liệu xe 12A-000.45",
            "lines": (self.debit("612", 620_000), self.credit("331", 620_000)),
            "cause": CAUSE,
            "template": "fuel_bought",
        }
        return self.when(words.DraftEntry(**{**usual, **changes})).accepted().id

    @staticmethod
    def posting(*lines: words.EntryLine, **changes: Any) -> words.PostEntry:
        """Return the wish to post lines."""
        usual: dict[str, Any] = {"on": DAY, "description": "Chi văn phòng phẩm", "kind": "general"}
        return words.PostEntry(**{**usual, "lines": lines, **changes})

    @staticmethod
    def debit(account: str, amount: int, board: str = "VPTU", **changes: Any) -> words.EntryLine:
        """Return a debit line with all that an expense needs."""
        return Books.line(account, "debit", amount, board, **changes)

    @staticmethod
    def credit(account: str, amount: int, board: str = "VPTU", **changes: Any) -> words.EntryLine:
        """Return a credit line."""
        return Books.line(account, "credit", amount, board, **changes)

    @staticmethod
    def line(account: str, side: words.Side, amount: int, board: str, **changes: Any) -> words.EntryLine:
        """Return a line of the autonomous source and the office's chapter."""
        usual: dict[str, Any] = {"source": "tu-chu", "chapter": "509", "clause": "351", "item": "6551"}
        return words.EntryLine(account=account, side=side, amount_vnd=amount, board=board, **{**usual, **changes})

    @staticmethod
    def expense(amount: int, board: str = "VPTU", **changes: Any) -> tuple[words.EntryLine, ...]:
        """Return the lines of an expense paid in cash."""
        return Books.debit("612", amount, board, **changes), Books.credit("111", amount, board, **changes)

    @staticmethod
    def income(amount: int, board: str = "VPTU", **changes: Any) -> tuple[words.EntryLine, ...]:
        """Return the lines of income that was drawn in cash."""
        return Books.debit("111", amount, board, **changes), Books.credit("511", amount, board, **changes)

    def posted(self) -> list[words.EntryPosted]:
        """Return every entry of the office."""
        return [
            event
            for (name, _), events in self.scenario.events.items()
            if name == "entry"
            for event in events
            if isinstance(event, words.EntryPosted)
        ]

    def numbers(self, kind: words.VoucherKind, year: int = 2026) -> list[int]:
        """Return the numbers a book has given, in its order."""
        events = self.scenario.events["voucher_book", book_id(year, kind)]
        return [event.number for event in events if isinstance(event, words.VoucherNumbered)]

    def totals(self, year: int = 2026) -> dict[tuple[str, str, str], int]:
        """Return debit less credit of a year by account, board and source, as its five books have it."""
        sums: dict[tuple[str, str, str], int] = defaultdict(int)
        for kind in KINDS:
            state = self.scenario.states.get(("voucher_book", book_id(year, kind)))
            for key, net in (state.totals if state else {}).items():
                account, board, source = key.split("|")
                sums[account, board, source] += net
        return {key: net for key, net in sums.items() if net}


def balances(entries: Sequence[words.EntryPosted], year: int | None = None) -> dict[tuple[str, str, str], int]:
    """Return debit less credit by account, board and source, line by line."""
    sums: dict[tuple[str, str, str], int] = defaultdict(int)
    for entry in entries:
        for line in entry.lines if year in (None, entry.year) else ():
            sums[line.account, line.board, line.source or ""] += (
                line.amount_vnd if line.side == "debit" else -line.amount_vnd
            )
    return {key: net for key, net in sums.items() if net}
