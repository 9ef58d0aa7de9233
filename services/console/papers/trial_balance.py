"""The trial balance (bảng cân đối tài khoản) of a period, accounts off the balance apart."""

from collections.abc import Sequence

from contracts.finance import ListTrialBalance, TrialBalanceRow
from services.console.papers.forms import form
from services.console.papers.letterhead import form_heading
from services.console.papers.money_letterhead import MoneyLetterhead, book_signed
from services.console.papers.paper import Column, Line, Paper, Table, Words, total
from services.console.papers.writing import day, difference, number

_OPENING, _MOVED, _CLOSING = "Số dư đầu kỳ", "Số phát sinh", "Số dư cuối kỳ"
_AMOUNTS = tuple(
    Column(side, 1.7, "right", group, str(place))
    for place, (group, side) in enumerate(
        ((group, side) for group in (_OPENING, _MOVED, _CLOSING) for side in ("Nợ", "Có")), start=1
    )
)
_APART = {"board": ("Đơn vị", 1.2), "source": ("Nguồn", 1.4), "item": ("Tiểu mục", 1)}


def compose(rows: Sequence[TrialBalanceRow], query: ListTrialBalance, head: MoneyLetterhead) -> Paper:
    """Return the trial balance as it was asked for; the sums are of the accounts on the balance."""
    apart = _APART.get(query.by)
    columns: tuple[Column, ...] = (Column("Số hiệu", 0.8, "center", mark="A"), Column("Tên tài khoản", 3, mark="B"))
    columns += (Column(apart[0], apart[1], "center", mark="C"),) if apart else ()
    on = [row for row in rows if not row.account.startswith("0")]
    off = [row for row in rows if row.account.startswith("0")]
    lines = [_line(row, query.by) for row in on]
    lines.append(total("Cộng", len(columns), map(number, _sums(on))))
    if off:
        lines.append(total("Các tài khoản ngoài bảng", len(columns), [""] * 6))
        lines += [_line(row, query.by) for row in off]
    under = [Words(f"Từ ngày {day(query.on_from)} đến ngày {day(query.on_to)}")]
    under += [Words(f"Đơn vị: {query.board}")] if query.board else []
    under += [Words(f"Nguồn: {query.source}")] if query.source else []
    under += [Words("(Không gồm bút toán kết chuyển cuối năm)", italic=True)] if query.before_closing else []
    return Paper(
        title="BẢNG CÂN ĐỐI TÀI KHOẢN",
        heading=form_heading(head, form("trial_balance", query.on_to)),
        under_title=(*under, Words("Đơn vị tính: đồng", italic=True)),
        landscape=True,
        blocks=(Table((*columns, *_AMOUNTS), lines, 9.5), book_signed(head)),
    )


def _amounts(row: TrialBalanceRow) -> tuple[int, ...]:
    return (
        row.opening_debit_vnd,
        row.opening_credit_vnd,
        row.debit_vnd,
        row.credit_vnd,
        row.closing_debit_vnd,
        row.closing_credit_vnd,
    )


def _line(row: TrialBalanceRow, by: str) -> Line:
    apart = {"board": row.board, "source": row.source, "item": row.item}
    told = (apart[by] or "",) if by in apart else ()
    return Line((row.account, row.name, *told, *map(difference, _amounts(row))))


def _sums(rows: Sequence[TrialBalanceRow]) -> list[int]:
    return [sum(column) for column in zip(*map(_amounts, rows), strict=True)] if rows else [0] * 6
