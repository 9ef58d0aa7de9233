"""Two years of books of four boards in which every template is used, with closings, a reopening and texts of malice."""

from collections.abc import Callable
from datetime import date
from random import Random
from typing import Any

from contracts import finance as words
from contracts.base import Command

BOARDS = ("VPTU", "BTCTU", "ĐU.VP", "ĐU-VP")
LINES = ("tu-chu.509.351.6550", "khong-tu-chu.509.351.7750", "dang-phi.509.351.6500")
ITEMS = ("6551", "7761", "6503")
HOSTILE = (
    'Chi "đặc thù"; số 12 | khoản 3, mục 4',
    "Mua giấy [2031-01-01] date:2031-02-02, date2:2031-03-03",
    'Trả tiền\\" #nhãn ^liên-kết ; assert:  = 5 VND',
    "(=100) * ! ~ @ {1} = 2026-01-01",
)
Say = Callable[[Command, str], Any]


def tell(say: Say, templates: dict[str, bool], rounds: int = 4) -> None:
    """Tell two years; `templates` are those in force, and whether each needs an account of money."""
    random = Random(2027)
    for year in (2026, 2027):
        for turn in range(rounds):
            for name, needs_money in templates.items():
                _by_template(say, random, name, needs_money, date(year, 1 + (turn * 3 + len(name)) % 12, 1 + turn * 7))
        for number in range(12):
            _between_boards(say, random, date(year, 1 + number, 28))
        _taken_back(say, year)
        _drafted(say, year)
    for month in range(1, 12):
        say(words.ClosePeriod(year=2026, month=month), "2028-01-04 16:00")
    for year in (2026, 2027):
        _closed_twice(say, random, year)


def _by_template(say: Say, random: Random, template: str, needs_money: bool, on: date) -> None:
    place = random.randrange(2 if template.startswith("estimate") else 3)
    say(
        words.PostByTemplate(
            template=template,
            kind=random.choice(("receipt", "payment", "bank_credit", "bank_debit", "general")),
            on=on,
            description=random.choice((*HOSTILE, f"Bút toán {template}")),
            amount_vnd=random.randint(1, 999_999_999),
            board=random.choice(BOARDS),
            line=LINES[place],
            item=ITEMS[place],
            money=random.choice(("111", "112")) if needs_money else None,
            party=random.choice((None, "Công ty Xăng dầu, chi nhánh Lạng Sơn", HOSTILE[0])),
            papers=(words.Paper(number="0000123", dated_on=on, title=HOSTILE[1]),),
        ),
        "2028-01-03 08:00",
    )


def _between_boards(say: Say, random: Random, on: date) -> None:
    """Post one entry of two boards, such as what one hands over to another; it balances for each."""
    giver, taker = random.sample(BOARDS, 2)
    amount = random.randint(1, 90_000_000)
    pairs = ((giver, "366", "debit"), (giver, "211", "credit"), (taker, "211", "debit"), (taker, "366", "credit"))
    lines = tuple(
        words.EntryLine(account=account, side=side, amount_vnd=amount, board=board, note=random.choice(HOSTILE))  # type: ignore[arg-type]
        for board, account, side in pairs
    )
    say(words.PostEntry(on=on, description="Bàn giao tài sản giữa hai ban", lines=lines), "2028-01-03 09:00")


def _taken_back(say: Say, year: int) -> None:
    lines = (_line("612", "debit", 777_000), _line("111", "credit", 777_000))
    posting = words.PostEntry(kind="payment", on=date(year, 12, 3), description="Chi nhầm", lines=lines)
    wrong = say(posting, "2028-01-03 10:00").id
    say(words.ReverseEntry(entry_id=wrong, on=date(year, 12, 4), reason="Ghi nhầm số tiền."), "2028-01-03 10:05")


def _drafted(say: Say, year: int) -> None:
    cause = words.Cause(event_id="e:0", type="assets.WearCharged", subject="asset/1", told="Hao mòn năm; xe 12A-000.45")
    lines = (_line("366", "debit", 5_000_000), _line("214", "credit", 5_000_000))
    draft = words.DraftEntry(on=date(year, 12, 31), description="Hao mòn", lines=lines, cause=cause)
    id = say(draft, "2028-01-03 11:00").id
    say(words.PostDraft(draft_id=id, on=date(year, 12, 31)), "2028-01-03 11:05")


def _closed_twice(say: Say, random: Random, year: int) -> None:
    say(words.CloseYear(year=year), "2028-01-05 08:00")
    say(words.ReopenYear(year=year, reason="Bổ sung trong thời gian chỉnh lý."), "2028-01-05 08:10")
    say(words.ReopenPeriod(year=year, month=12, reason="Bổ sung chứng từ."), "2028-01-05 08:20")
    _by_template(say, random, "pay_cash", True, date(year, 12, 30))
    _by_template(say, random, "income_recognised", False, date(year, 12, 31))
    say(words.CloseYear(year=year), "2028-01-31 17:00")


def _line(account: str, side: words.Side, amount: int) -> words.EntryLine:
    of: dict[str, Any] = {"source": "tu-chu", "chapter": "509", "clause": "351", "item": "6551", "line": LINES[0]}
    return words.EntryLine(account=account, side=side, amount_vnd=amount, board="VPTU", party=HOSTILE[3], **of)
