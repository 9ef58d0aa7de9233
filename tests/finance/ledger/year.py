"""Two years of an office's books, two boards, all kinds of vouchers, a reversal, drafts, closings and a reopening."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from random import Random
from typing import TYPE_CHECKING, Any

from contracts import finance as words
from contracts.base import Command
from services.runtime.envelope import Fact

if TYPE_CHECKING:
    from tests.finance.ledger.books import Books
    from tests.scenario import Log, Outcome

BOARDS = ("VPTU", "BTCTU")
SOURCES = ("tu-chu", "khong-tu-chu", "dang-phi")
KINDS: Sequence[words.VoucherKind] = ("receipt", "payment", "bank_credit", "bank_debit", "general")


class Year:
    """The office, its facts in the order of the log, and the ids of what a test asks for by name."""

    def __init__(self, books: "Books", log: "Log", at: Callable[[str], datetime]) -> None:
        self.books, self.log, self.at = books, log, at
        self.named: dict[str, str] = {}

    @property
    def facts(self) -> list[Fact]:
        """Every fact so far."""
        return self.log.facts

    def say(self, command: Command, now: str) -> "Outcome":
        """Say a command at a time of the office's clock."""
        return self.log.say(command, self.at(now))


def told(books: "Books", log: Callable[..., "Log"], at: Callable[[str], datetime]) -> Year:
    """Return the two years, told."""
    year = Year(books, log(books.scenario), at)
    random = Random(7)
    for number in range(120):
        month = 1 + number // 11
        _post(year, random, date(2026, month, random.randint(1, 28)))
    _taken_back(year)
    _drafts(year)
    for month in range(1, 12):
        year.say(words.ClosePeriod(year=2026, month=month), "2026-12-31 16:00")
    year.say(words.CloseYear(year=2026), "2026-12-31 17:00")
    year.say(words.ReopenYear(year=2026, reason="Bổ sung trong thời gian chỉnh lý."), "2027-01-05 08:00")
    year.say(words.ReopenPeriod(year=2026, month=12, reason="Bổ sung chứng từ."), "2027-01-05 08:05")
    _post(year, random, date(2026, 12, 31), now="2027-01-05 09:00")
    year.say(words.CloseYear(year=2026), "2027-01-31 17:00")
    for number in range(30):
        _post(year, random, date(2027, 1 + number // 10, random.randint(1, 28)), now="2027-04-01 08:00")
    year.say(words.ClosePeriod(year=2027, month=1), "2027-04-01 09:00")
    return year


def _post(year: Year, random: Random, on: date, now: str = "2026-12-30 08:00") -> None:
    books, amount = year.books, random.randint(1, 9_000) * 1_000
    board, source, kind = random.choice(BOARDS), random.choice(SOURCES), random.choice(KINDS)
    item = random.choice(("6551", "6503", "6701"))
    of: dict[str, Any] = {"source": source, "item": item}
    expense = "612" if source == "tu-chu" else "611"
    lines = {
        "receipt": (books.debit("111", amount, board, **of), books.credit("135", amount, board, **of)),
        "payment": (books.debit(expense, amount, board, **of), books.credit("111", amount, board, **of)),
        "bank_credit": (books.debit("112", amount, board, **of), books.credit("511", amount, board, **of)),
        "bank_debit": (books.debit("141", amount, board, **of), books.credit("112", amount, board, **of)),
        "general": (books.debit("008", amount, board, **of),),
    }[kind]
    if amount % 7_000 == 0:
        other = BOARDS[1 - BOARDS.index(board)]
        lines += (books.debit(expense, 9_000, other, **of), books.credit("331", 9_000, other, **of))
    party = random.choice(("Công ty Điện lực", "Cửa hàng xăng dầu số 3", None))
    posting = books.posting(*lines, kind=kind, on=on, party=party, description=f"Chứng từ ngày {on:%d/%m/%Y}")
    year.say(posting, now)


def _taken_back(year: Year) -> None:
    posting = year.books.posting(*year.books.expense(777_000), kind="payment", on=date(2026, 12, 3))
    year.named["taken_back"] = year.say(posting, "2026-12-30 09:00").id
    reversing = words.ReverseEntry(entry_id=year.named["taken_back"], on=date(2026, 12, 4), reason="Ghi nhầm số tiền.")
    year.named["reversal"] = year.say(reversing, "2026-12-30 09:05").id


def _drafts(year: Year) -> None:
    books = year.books
    for name, amount in (("posted", 620_000), ("discarded", 120_000), ("open", 90_000)):
        drafting = words.DraftEntry(
            on=date(2026, 12, 9),
            description="Nhiên liệu xe 12A-000.45",
            lines=(books.debit("612", amount), books.credit("331", amount)),
            cause=books.CAUSE,
            template="fuel_bought",
        )
        year.named[name] = year.say(drafting, "2026-12-30 10:00").id
    year.say(words.PostDraft(draft_id=year.named["posted"], on=date(2026, 12, 10)), "2026-12-30 10:05")
    year.say(
        words.DiscardDraft(draft_id=year.named["discarded"], reason="Chuyến xe do đơn vị khác chi trả."),
        "2026-12-30 10:06",
    )
