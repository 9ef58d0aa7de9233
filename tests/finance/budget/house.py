"""The money of an office's boards, with the words of those who assign and move estimates, and the log of it."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from contracts import finance as words
from contracts.base import Actor, Command, Event, Meta
from services.finance.deciders import budget as core
from services.finance.deciders.common import budget_id
from services.finance.deciders.voucher_book import KINDS, book_id
from services.finance.service import FINANCE
from services.runtime.envelope import Decoder, Fact, encode, event_types, to_bytes
from services.runtime.manifest import Ref

if TYPE_CHECKING:
    from tests.scenario import Outcome, Scenario

PETROL, PAPER, GUESTS = "tu-chu.509.351.6500", "tu-chu.509.351.6550", "khong-tu-chu.509.351.7750"
FUEL = "6503"
BOARD, OTHER = "BTCTU", "BTGTU"
DECIDED = {"decision_number": "12-QĐ/TU", "decided_on": date(2026, 1, 5)}


class House:
    """An office in memory; each word with only what a test wants to be different."""

    PETROL, PAPER, GUESTS, FUEL, BOARD, OTHER = PETROL, PAPER, GUESTS, FUEL, BOARD, OTHER

    def __init__(self, scenario: "Scenario", speaker: Callable[..., Actor]) -> None:
        self.scenario, self.speaker = scenario, speaker
        self.facts: list[Fact] = []
        self._decoder = Decoder(event_types("finance", FINANCE.events), whole="finance")
        self._said = 0

    # --- what is said -------------------------------------------------------------------------------------------------

    def when(self, command: Command, *, actor: Actor | None = None, now: datetime | None = None) -> "Outcome":
        """Say a command; return what came of it, which is in the log too."""
        outcome = self.scenario.when(command, actor=actor, now=now)
        self._kept([(seen.ref.aggregate.name, seen.ref.id, event) for seen, event in outcome.decision], now, actor)
        return outcome

    def assign(self, board: str = BOARD, year: int = 2026, kind: str = "initial", **lines: int) -> "Outcome":
        """Assign amounts to lines named by their constants, such as PETROL."""
        changes = tuple(words.LineChange(line=getattr(self, name), amount_vnd=vnd) for name, vnd in lines.items())
        return self.when(words.AssignEstimate(year=year, board=board, kind=kind, lines=changes, **DECIDED))

    def transfer(self, amount: int, **changes: Any) -> "Outcome":
        """Move an amount from petrol to paper, of the same board."""
        usual = {"year": 2026, "board": BOARD, "from_line": PETROL, "to_line": PAPER, "reason": "Điều chỉnh nhu cầu."}
        return self.when(words.TransferEstimate(**{**usual, **DECIDED, "amount_vnd": amount, **changes}))

    def hold(self, kind: type[Command], amount: int, line: str = PETROL, **changes: Any) -> "Outcome":
        """Freeze or release an amount of a line."""
        lines = (words.LineAmount(line=line, amount_vnd=amount),)
        usual = {"year": 2026, "board": BOARD, "lines": lines, "reason": "Tiết kiệm chi thường xuyên."}
        return self.when(kind(**{**usual, **DECIDED, **changes}))

    def carry(self, *lines: tuple[str, int, str], **changes: Any) -> "Outcome":
        """Carry amounts of lines over for reasons, with what is named of what is open."""
        carried = tuple(words.CarriedLine(line=line, amount_vnd=vnd, reason=why) for line, vnd, why in lines)
        return self.when(words.CarryOver(**{"year": 2026, "board": BOARD, **DECIDED, "lines": carried, **changes}))

    def close(self, board: str = BOARD, year: int = 2026) -> "Outcome":
        """Close a board's year."""
        return self.when(words.CloseBudget(year=year, board=board, on=date(year, 12, 31)))

    def settle(self, **changes: Any) -> "Outcome":
        """Settle a board in favour of another one, with everything that is open of it."""
        state = self.budget()
        usual = {"year": 2026, "board": BOARD, "to_board": OTHER, "on": date(2026, 11, 20), "books_since": 2026}
        named = {"requests": tuple(state.committed), "advances": tuple(state.advanced)}
        return self.when(words.SettleBoard(**{**usual, **DECIDED, **named, **changes}))

    def posted(self, *lines: tuple[str, str, int, str], on: date = date(2026, 11, 10), **changes: Any) -> "Outcome":
        """Post an entry of lines, each account, side, amount and board."""
        told = tuple(
            words.EntryLine(
                account=account,
                side=side,
                amount_vnd=amount,
                board=board,
                source="tu-chu",
                chapter="509",
                clause="351",
                item=FUEL,
            )
            for account, side, amount, board in lines
        )
        return self.when(words.PostEntry(**{"on": on, "description": "Chi nhiên liệu", "lines": told, **changes}))

    # --- what spending does to budgets --------------------------------------------------------------------------------

    def commit(self, id: str, amount: int, line: str = PETROL, over: str | None = None, **at: Any) -> None:
        """Keep an amount of a line for a request."""
        self._tell(core.commit(self.budget(**at), id, self.items(line, amount), over), **at)

    def spend(self, id: str, amount: int, line: str = PETROL, on: date | None = None, **at: Any) -> None:
        """Pay an amount of what a request keeps."""
        self._tell(core.spend(self.budget(**at), id, "e" * 32, self.items(line, amount), on), **at)

    def unspend(self, id: str, amount: int, line: str = PETROL, on: date | None = None, **at: Any) -> None:
        """Take a payment back."""
        self._tell(core.unspend(self.budget(**at), id, "e" * 32, self.items(line, amount), on), **at)

    def advance(self, id: str, advance_id: str, amount: int, line: str = PETROL, **at: Any) -> None:
        """Hand out an amount of what a request keeps."""
        self._tell(core.advance(self.budget(**at), id, advance_id, self.items(line, amount)), **at)

    def account(self, id: str, advance_id: str, amount: int, over: str | None = None, **at: Any) -> None:
        """Account for an advance."""
        spent = self.items(PETROL, amount) if amount else ()
        told = core.account_for(self.budget(**at), id, advance_id, spent, over=over is not None, over_reason=over)
        self._tell(told, **at)

    def release(self, id: str, **at: Any) -> None:
        """Let go of what a request keeps."""
        self._tell(core.release(self.budget(**at), id), **at)

    def tell(self, aggregate: str, id: str, event: Event) -> None:
        """Record a fact of another aggregate."""
        self._kept([(aggregate, id, event)])

    @staticmethod
    def items(line: str, amount: int) -> tuple[words.ItemAmount, ...]:
        """Return an amount of a line under an item of it."""
        item = FUEL if line == PETROL else "6551" if line == PAPER else "7761"
        return (words.ItemAmount(line=line, amount_vnd=amount, item=item),)

    # --- how it stands ------------------------------------------------------------------------------------------------

    def budget(self, board: str = BOARD, year: int = 2026) -> Any:
        """Return a board's budget of a year."""
        return self.scenario.state(Ref(core.BUDGET, budget_id(year, board)))

    def line(self, line: str = PETROL, board: str = BOARD, year: int = 2026) -> tuple[int, ...]:
        """Return a line as it stands: estimate, frozen, committed, advanced, spent, left."""
        found = self.budget(board, year).lines[line]
        return (found.estimate, found.frozen, found.committed, found.advanced, found.spent, found.left)

    def balances(self, board: str) -> dict[tuple[str, str], int]:
        """Return what a board's accounts come to over all books of all years."""
        sums: dict[tuple[str, str], int] = defaultdict(int)
        for year in range(2025, 2028):
            for kind in KINDS:
                state = self.scenario.states.get(("voucher_book", book_id(year, kind)))
                for key, net in (state.totals if state else {}).items():
                    account, of, source = key.split("|")
                    if of == board:
                        sums[account, source] += net
        return {key: net for key, net in sums.items() if net}

    def _tell(self, event: Event, board: str = BOARD, year: int = 2026) -> None:
        id = budget_id(year, board)
        self.scenario.given(event, on=f"budget/{id}")
        self._kept([("budget", id, event)])

    def _kept(
        self, placed: list[tuple[str, str, Event]], now: datetime | None = None, actor: Actor | None = None
    ) -> None:
        self._said += 1
        meta = Meta(command_id=UUID(int=self._said), actor=actor or self.scenario.actor, correlation_id=str(self._said))
        messages: dict[tuple[str, str], list[tuple[int, Event]]] = defaultdict(list)
        for place, (name, id, event) in enumerate(placed):
            messages[name, id].append((place, event))
        for (name, id), events in sorted(messages.items(), key=lambda item: item[1][0][0] == 0):
            payload = to_bytes(encode("finance", name, id, events, meta, now or self.scenario.now))
            sequence = self.facts[-1].sequence + 1 if self.facts else 1
            self.facts += self._decoder.facts(f"event.finance.{name}.{id}", sequence, payload)
