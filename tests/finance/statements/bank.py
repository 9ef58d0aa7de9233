"""An office with money at a bank and the treasury, to tell the rules of statements in."""

from datetime import date
from typing import TYPE_CHECKING, Any

from contracts import finance as words
from contracts.base import Command
from services.runtime.envelope import Fact

if TYPE_CHECKING:
    from tests.scenario import Log, Outcome, Scenario

TREASURY, BANK = "kbnn-3713", "bidv-4511"
DAY = date(2027, 3, 10)
_LINE = {"source": "tu-chu", "chapter": "509", "clause": "351", "item": "6551"}


class Bank:
    """An office in memory whose facts are kept in the order of the log; each word with only what a test changes."""

    TREASURY, BANK, DAY = TREASURY, BANK, DAY

    def __init__(self, scenario: "Scenario", log: "Log") -> None:
        self.scenario, self._log = scenario, log
        self.named: dict[str, str] = {}

    @property
    def facts(self) -> list[Fact]:
        """Every fact so far."""
        return self._log.facts

    def opened(self) -> "Bank":
        """Open both money accounts."""
        self.say(words.OpenMoneyAccount(money_account=TREASURY, name="Tiền gửi kho bạc", account="112", number="3713"))
        self.say(words.OpenMoneyAccount(money_account=BANK, name="Tiền gửi BIDV", account="112", bank="BIDV Lạng Sơn"))
        return self

    def when(self, command: Command, **changes: Any) -> "Outcome":
        """Say a command; return what came of it."""
        return self.scenario.when(command, **changes)

    def say(self, command: Command) -> "Outcome":
        """Say a command that is accepted."""
        return self._log.say(command)

    def entry(self, amount: int, on: date = DAY, account: str = "112", **changes: Any) -> str:
        """Return the id of an entry that takes money in, or out where the amount is less than nothing."""
        side, other = ("debit", "credit") if amount > 0 else ("credit", "debit")
        lines = (
            words.EntryLine(account=account, side=side, amount_vnd=abs(amount), board="VPTU"),
            words.EntryLine(account="511" if amount > 0 else "612", side=other, amount_vnd=abs(amount), board="VPTU"),
        )
        return self.post(tuple(line.model_copy(update=_LINE) for line in lines), on=on, **changes)

    def post(self, lines: tuple[words.EntryLine, ...], **changes: Any) -> str:
        """Return the id of an entry of lines."""
        usual: dict[str, Any] = {"on": DAY, "description": "Chuyển khoản", "kind": "general"}
        return self.say(words.PostEntry(**{**usual, "lines": lines, **changes})).id

    @staticmethod
    def line(amount: int, on: date = DAY, told: str = "Chuyen tien", **changes: Any) -> words.StatementLine:
        """Return a line of a statement."""
        return words.StatementLine(on=on, amount_vnd=amount, told=told, **changes)

    @staticmethod
    def statement(*lines: words.StatementLine, **changes: Any) -> words.RecordStatement:
        """Return the wish to enter a statement of March 2027 at the treasury that opens with ten million."""
        opening = changes.get("opening_vnd", 10_000_000)
        usual: dict[str, Any] = {
            "money_account": TREASURY,
            "from_day": date(2027, 3, 1),
            "to_day": date(2027, 3, 31),
            "opening_vnd": opening,
            "closing_vnd": opening + sum(line.amount_vnd for line in lines),
            "lines": lines,
        }
        return words.RecordStatement(**{**usual, **changes})

    def recorded(self, *lines: words.StatementLine, **changes: Any) -> str:
        """Return the id of a statement that was entered."""
        return self.say(self.statement(*lines, **changes)).id

    def match(self, statement_id: str, number: int, *entries: str) -> "Outcome":
        """Match a line with entries."""
        return self.say(words.MatchLine(statement_id=statement_id, line_number=number, entries=entries))

    @staticmethod
    def unmatching(statement_id: str, number: int, *entries: str) -> words.UnmatchLine:
        """Return the wish to take a match back."""
        return words.UnmatchLine(
            statement_id=statement_id, line_number=number, entries=entries, reason="Đối chiếu nhầm."
        )


def told(bank: Bank) -> Bank:
    """Tell two months: every part that lies between books and statements has something in it."""
    opening = bank.entry(10_000_000, date(2027, 2, 28), description="Số dư đầu kỳ tại kho bạc")
    salary = (bank.entry(-3_000_000, date(2027, 3, 5)), bank.entry(-1_000_000, date(2027, 3, 5)))
    fuel = bank.entry(-650_000, date(2027, 3, 9), description="Mua xăng theo hóa đơn 0000123", party="Xăng dầu số 3")
    other_fuel = bank.entry(-650_000, date(2027, 3, 11), description="Mua xăng, hóa đơn 0000456")
    late = bank.entry(-200_000, date(2027, 3, 31), description="Phí chuyển tiền")
    early = bank.entry(500_000, date(2027, 4, 2), description="Thu hoàn")
    undone = bank.entry(-70_000, date(2027, 3, 12))
    bank.say(words.ReverseEntry(entry_id=undone, on=date(2027, 4, 5), reason="Ghi nhầm tài khoản."))
    march, april = _of_treasury(bank)
    elsewhere = bank.entry(900_000, date(2027, 3, 20), description="Tiền về BIDV")
    at_bank = bank.recorded(bank.line(900_000, date(2027, 3, 20)), money_account=BANK, opening_vnd=0)
    bank.named = {
        "march": march,
        "april": april,
        "at_bank": at_bank,
        "opening": opening,
        "fuel": fuel,
        "other_fuel": other_fuel,
    }
    bank.match(march, 1, *salary)
    bank.match(march, 2, other_fuel)
    bank.say(bank.unmatching(march, 2, other_fuel))
    bank.match(march, 3, early)
    bank.match(april, 1, late)
    bank.match(at_bank, 1, elsewhere)
    bank.say(words.ConfirmReconciliation(statement_id=april))
    return bank


def _of_treasury(bank: Bank) -> tuple[str, str]:
    """Return the statements of March and April at the treasury."""
    march = bank.recorded(
        bank.line(-4_000_000, date(2027, 3, 5), "Chi luong thang 3"),
        bank.line(-650_000, date(2027, 3, 10), "TT xang dau so 3 HD 0000123", reference="0000123"),
        bank.line(500_000, date(2027, 3, 30), "Nop hoan"),
        bank.line(-11_000, date(2027, 3, 31), "Phi SMS"),
        file="sao-ke-03.xlsx",
    )
    april = bank.recorded(
        bank.line(-200_000, date(2027, 4, 1), "Phi chuyen tien"),
        from_day=date(2027, 4, 1),
        to_day=date(2027, 4, 30),
        opening_vnd=5_839_000,
    )
    return march, april
