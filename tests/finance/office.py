"""An office that spends: people of each role, an estimate, and the words in which money is asked for and paid.

`money` (a fixture of tests/finance/conftest.py) is such an office on Monday 2026-11-23, 09:00, with the estimate of
BTCTU and of BTGTU assigned; `new_money()` makes further ones. `money.CONTACT` (of BTCTU), `OTHER_CONTACT` (of BTGTU),
`ACCOUNTANT`, `SECOND` (another accountant), `CASHIER`, `HEAD`, `AUDITOR` are actors; `money.when(command, actor=...)`
says a command and keeps its facts in `money.facts`, in the order of the log, with who said it. `asked()`, `checked()`,
`approved()`, `paid()`, `advanced()` say all that comes before as well, each by the right person, and return the id;
every word takes what a test wants to be different. `money.request(id)`, `advance(id)`, `budget()`, `line()` tell how
things stand.
"""

from collections import defaultdict
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from contracts import finance as words
from contracts.base import Actor, Command, Event, Meta
from services.finance.service import FINANCE
from services.runtime.envelope import Decoder, Fact, encode, event_types, to_bytes
from services.runtime.manifest import Ref

if TYPE_CHECKING:
    from tests.scenario import Outcome, Scenario

PETROL, PAPER, TRAVEL = "tu-chu.509.351.6500", "tu-chu.509.351.6550", "tu-chu.509.351.6700"
GUESTS = "khong-tu-chu.509.351.7750"
ITEMS = {PETROL: "6503", PAPER: "6551", TRAVEL: "6702", GUESTS: "7761"}
BOARD, OTHER = "BTCTU", "BTGTU"
DAY = date(2026, 11, 23)


def _somebody(id: str, name: str, *roles: Any, board: str | None = None) -> Actor:
    return Actor(id=f"user:{id}", name=name, roles=roles, board=board)


CONTACT = _somebody("dau.moi", "Hoàng Văn Đầu", "board", board=BOARD)
OTHER_CONTACT = _somebody("dau.moi.khac", "Nông Thị Mối", "board", board=OTHER)
ACCOUNTANT = _somebody("ke.a", "Lê Thị Kế", "accountant")
SECOND = _somebody("ke.b", "Trần Văn Toán", "accountant")
CASHIER = _somebody("quy", "Vi Thị Quỹ", "cashier")
HEAD = _somebody("chanh", "Phạm Thị Chánh", "leader")
AUDITOR = _somebody("kiem", "Bế Văn Kiểm", "auditor")
SERVICE = _somebody("finance", "Tài chính", "service")
HOLDER = words.Payee(name="Nguyễn Văn Ứng", person_id="a" * 32)
SHOP = words.Payee(name="Công ty Xăng dầu Cao Bằng", account_number="3713.0.1", bank="Kho bạc Nhà nước")


class Office:
    """An office in memory; each word with only what a test wants to be different."""

    PETROL, PAPER, TRAVEL, GUESTS, ITEMS, BOARD, OTHER, DAY = PETROL, PAPER, TRAVEL, GUESTS, ITEMS, BOARD, OTHER, DAY
    CONTACT, OTHER_CONTACT, ACCOUNTANT, SECOND, CASHIER = CONTACT, OTHER_CONTACT, ACCOUNTANT, SECOND, CASHIER
    HEAD, AUDITOR, SERVICE, HOLDER, SHOP = HEAD, AUDITOR, SERVICE, HOLDER, SHOP

    def __init__(self, scenario: "Scenario") -> None:
        self.scenario = scenario
        self.facts: list[Fact] = []
        self._decoder = Decoder(event_types("finance", FINANCE.events), whole="finance")
        self._aggregates = {aggregate.name: aggregate for aggregate in FINANCE.aggregates}
        self._said = 0

    # --- what is said -------------------------------------------------------------------------------------------------

    def when(self, command: Command, *, actor: Actor = ACCOUNTANT, now: datetime | None = None) -> "Outcome":
        """Say a command; return what came of it, which is in the log too."""
        outcome = self.scenario.when(command, actor=actor, now=now)
        self._kept([(seen.ref.aggregate.name, seen.ref.id, event) for seen, event in outcome.decision], now, actor)
        return outcome

    def assigned(self) -> "Office":
        """Assign the year's estimate of two boards, and open the till and the accounts where they can be."""
        for board, factor in ((BOARD, 1), (OTHER, 2)):
            lines = tuple(
                words.LineChange(line=line, amount_vnd=factor * amount)
                for line, amount in (
                    (PETROL, 100_000_000),
                    (PAPER, 40_000_000),
                    (TRAVEL, 60_000_000),
                    (GUESTS, 30_000_000),
                )
            )
            decided: dict[str, Any] = {"decision_number": "12-QĐ/TU", "decided_on": date(2026, 1, 5)}
            self.when(words.AssignEstimate(year=2026, board=board, lines=lines, **decided)).accepted()
        known = {rule.command for rule in FINANCE.commands}
        for id, name, account in (("quy-tien-mat", "Quỹ tiền mặt", "111"), ("nh-agribank", "Agribank", "112")):
            if words.OpenMoneyAccount in known:
                self.when(words.OpenMoneyAccount(money_account=id, name=name, account=account)).accepted()
        return self

    @staticmethod
    def item(amount: int, line: str = PETROL, item: str | None = None) -> words.ItemAmount:
        """Return an amount of a line under an item of it."""
        return words.ItemAmount(line=line, amount_vnd=amount, item=item or ITEMS[line])

    @classmethod
    def details(cls, amount: int = 6_000_000, line: str = PETROL, **changes: Any) -> dict[str, Any]:
        """Return what is asked for: petrol for BTCTU."""
        usual: dict[str, Any] = {"year": 2026, "board": BOARD, "purpose": "Xăng xe tháng 11", "payee": SHOP}
        return {**usual, "amounts": (cls.item(amount, line),), **changes}

    def asking(self, amount: int = 6_000_000, line: str = PETROL, actor: Actor = CONTACT, **changes: Any) -> "Outcome":
        """Ask for money."""
        return self.when(words.RequestSpending(**self.details(amount, line, **changes)), actor=actor)

    def about(self, kind: type[Command], id: str, actor: Actor, **changes: Any) -> "Outcome":
        """Say something about a request as it stands."""
        state = self.request(id)
        seen = {"request_id": id, "revision": max(1, state.revision), "year": state.year or 2026}
        return self.when(kind(**{**seen, "board": state.board or BOARD, **changes}), actor=actor)

    def asked(self, amount: int = 6_000_000, line: str = PETROL, **changes: Any) -> str:
        """Return a request that was submitted."""
        return self.asking(amount, line, **changes).accepted().id

    def checked(self, amount: int = 6_000_000, line: str = PETROL, **changes: Any) -> str:
        """Return a request that was checked."""
        id = self.asked(amount, line, **changes)
        self.about(words.CheckSpending, id, ACCOUNTANT).accepted()
        return id

    def approved(self, amount: int = 6_000_000, line: str = PETROL, **changes: Any) -> str:
        """Return a request that was approved."""
        id = self.checked(amount, line, **changes)
        self.about(words.ApproveSpending, id, HEAD).accepted()
        return id

    def paying(self, id: str, amount: int, line: str = PETROL, actor: Actor = CASHIER, **changes: Any) -> "Outcome":
        """Pay a part of a request in cash."""
        usual = {"method": "cash", "money_account": "quy-tien-mat", "on": DAY, "amounts": (self.item(amount, line),)}
        return self.about(words.PaySpending, id, actor, **{**usual, **changes})

    def paid(self, amount: int = 6_000_000, line: str = PETROL, **changes: Any) -> str:
        """Return a request that was paid, all of it."""
        id = self.approved(amount, line, **changes)
        self.paying(id, amount, line).accepted()
        return id

    def advancing(self, id: str, amount: int, line: str = PETROL, actor: Actor = CASHIER, **changes: Any) -> "Outcome":
        """Hand out a part of a request in cash as an advance."""
        usual = {"method": "cash", "money_account": "quy-tien-mat", "on": DAY, "amounts": (self.item(amount, line),)}
        ends = {"holder": HOLDER, "task_ends_on": date(2026, 11, 27)}
        return self.about(words.PayAdvance, id, actor, **{**usual, **ends, **changes})

    def advanced(self, amount: int = 6_000_000, line: str = PETROL, **changes: Any) -> str:
        """Return an advance of all that was asked for."""
        id = self.approved(amount, line, as_advance=True, **changes)
        return self.advancing(id, amount, line).accepted().one(words.SpendingAdvanced).advance_id

    def of_advance(self, kind: type[Command], id: str, actor: Actor, **changes: Any) -> "Outcome":
        """Say something about an advance as it stands."""
        state = self.advance(id)
        seen = {"advance_id": id, "revision": max(1, state.revision), "year": state.year or 2026}
        held = {"board": state.board or BOARD, "holder_id": state.holder_id or "nobody"}
        return self.when(kind(**{**seen, **held, **changes}), actor=actor)

    def claiming(self, id: str, amount: int, line: str = PETROL, actor: Actor = CONTACT, **changes: Any) -> "Outcome":
        """Account for an advance."""
        amounts = (self.item(amount, line),) if amount else ()
        return self.of_advance(words.ClaimAdvance, id, actor, **{"amounts": amounts, **changes})

    def claimed(self, id: str, amount: int, line: str = PETROL, **changes: Any) -> str:
        """Account for an advance, have it checked and approved; return its id."""
        self.claiming(id, amount, line).accepted()
        self.of_advance(words.CheckClaim, id, ACCOUNTANT).accepted()
        self.approving_claim(id, **changes).accepted()
        return id

    def approving_claim(self, id: str, actor: Actor = HEAD, **changes: Any) -> "Outcome":
        """Approve the account of an advance."""
        return self.of_advance(words.ApproveClaim, id, actor, **{"on": DAY, **changes})

    # --- how it stands ------------------------------------------------------------------------------------------------

    def state(self, aggregate: str, id: str) -> Any:
        """Return any aggregate's state."""
        return self.scenario.state(Ref(self._aggregates[aggregate], id))

    def request(self, id: str) -> Any:
        """Return a request."""
        return self.state("request", id)

    def advance(self, id: str) -> Any:
        """Return an advance."""
        return self.state("advance", id)

    def budget(self, board: str = BOARD, year: int = 2026) -> Any:
        """Return a board's budget of a year."""
        return self.state("budget", f"{year}-{board.lower()}")

    def line(self, line: str = PETROL, board: str = BOARD, year: int = 2026) -> tuple[int, ...]:
        """Return a line as it stands: committed, advanced, spent, left."""
        found = self.budget(board, year).lines[line]
        return (found.committed, found.advanced, found.spent, found.left)

    def entries(self) -> list[words.EntryPosted]:
        """Return every entry of the office."""
        return [fact.event for fact in self.facts if isinstance(fact.event, words.EntryPosted)]

    def balance(self, account: str, board: str = BOARD) -> int:
        """Return debit less credit of an account of a board."""
        return sum(
            line.amount_vnd if line.side == "debit" else -line.amount_vnd
            for entry in self.entries()
            for line in entry.lines
            if (line.account, line.board) == (account, board)
        )

    def _kept(self, placed: list[tuple[str, str, Event]], now: datetime | None, actor: Actor) -> None:
        self._said += 1
        meta = Meta(command_id=UUID(int=self._said), actor=actor, correlation_id=str(self._said))
        messages: dict[tuple[str, str], list[tuple[int, Event]]] = defaultdict(list)
        for place, (name, id, event) in enumerate(placed):
            messages[name, id].append((place, event))
        for (name, id), events in sorted(messages.items(), key=lambda item: item[1][0][0] == 0):
            payload = to_bytes(encode("finance", name, id, events, meta, now or self.scenario.now))
            sequence = self.facts[-1].sequence + 1 if self.facts else 1
            self.facts += self._decoder.facts(f"event.finance.{name}.{id}", sequence, payload)
