"""Books of accounts: the cash book (sổ quỹ tiền mặt) and the ledger of an account (sổ cái, sổ chi tiết)."""

from collections.abc import Sequence

from contracts.finance import CashBookRow, LedgerRow, ListCashBook, ListLedger
from services.console.papers.forms import form
from services.console.papers.letterhead import form_heading
from services.console.papers.money_letterhead import MoneyLetterhead, book_signed
from services.console.papers.paper import Column, Line, Paper, Paragraph, Table, Words, total
from services.console.papers.writing import day, difference, number

_CASH = (
    Column("Ngày ghi sổ", 1.2, "center", mark="A"),
    Column("Thu", 1.2, "center", "Số phiếu", "B"),
    Column("Chi", 1.2, "center", "Số phiếu", "C"),
    Column("Diễn giải", 3.6, mark="D"),
    Column("Thu", 1.7, "right", "Số tiền (đồng)", "1"),
    Column("Chi", 1.7, "right", "Số tiền (đồng)", "2"),
    Column("Tồn", 1.7, "right", "Số tiền (đồng)", "3"),
)
_LEDGER = (
    Column("Ngày ghi sổ", 1.2, "center", mark="A"),
    Column("Số chứng từ", 1.3, "center", mark="B"),
    Column("Diễn giải", 3.6, mark="C"),
    Column("TK đối ứng", 1, "center", mark="D"),
    Column("Đơn vị", 1.2, "center", mark="E"),
    Column("Nợ", 1.7, "right", "Số phát sinh (đồng)", "1"),
    Column("Có", 1.7, "right", "Số phát sinh (đồng)", "2"),
    Column("Số dư (Nợ +, Có -)", 1.8, "right", mark="3"),
)


def cash_book(rows: Sequence[CashBookRow], query: ListCashBook, opening_vnd: int, head: MoneyLetterhead) -> Paper:
    """Return the cash book of a period in the order of its days; days that end below nothing are named below it."""
    lines = [_opening("Tồn đầu kỳ", 4, opening_vnd)]
    lines += [
        Line(
            (
                day(row.on),
                row.receipt or "",
                row.payment or "",
                _told(row.description, row.party),
                difference(row.in_vnd),
                difference(row.out_vnd),
                number(row.balance_vnd),
            )
        )
        for row in rows
    ]
    closing = rows[-1].balance_vnd if rows else opening_vnd
    moved = (sum(row.in_vnd for row in rows), sum(row.out_vnd for row in rows))
    lines.append(total("Cộng phát sinh và tồn cuối kỳ", 4, map(number, (*moved, closing))))
    negative = sorted({row.on for row in rows if row.negative_day})
    warned = [Paragraph(f"Âm quỹ cuối ngày: {', '.join(map(day, negative))}.", bold=True)] if negative else []
    return Paper(
        title="SỔ QUỸ TIỀN MẶT",
        heading=form_heading(head, form("cash_book", query.on_to)),
        under_title=(Words(period(query)), *_whose(query)),
        landscape=True,
        blocks=(Table(_CASH, lines, 10), *warned, book_signed(head, cashier=True)),
    )


def ledger(rows: Sequence[LedgerRow], query: ListLedger, opening_vnd: int, name: str, head: MoneyLetterhead) -> Paper:
    """Return the ledger of an account for a period in the order of its days, with the balance after every line."""
    lines = [_opening("Số dư đầu kỳ", 7, opening_vnd)]
    lines += [
        Line(
            (
                day(row.on),
                row.voucher,
                _told(row.description, row.party),
                row.against,
                row.board,
                difference(row.debit_vnd),
                difference(row.credit_vnd),
                number(row.balance_vnd),
            )
        )
        for row in rows
    ]
    moved = (sum(row.debit_vnd for row in rows), sum(row.credit_vnd for row in rows))
    closing = rows[-1].balance_vnd if rows else opening_vnd
    lines.append(total("Cộng phát sinh và số dư cuối kỳ", 5, map(number, (*moved, closing))))
    of_item = (Words(f"Tiểu mục: {query.item}"),) if query.item else ()
    return Paper(
        title="SỔ CÁI",
        heading=form_heading(head, form("ledger", query.on_to)),
        under_title=(
            Words(f"Tài khoản {query.account} - {name}", bold=True),
            Words(period(query)),
            *_whose(query),
            *of_item,
        ),
        landscape=True,
        blocks=(Table(_LEDGER, lines, 10), book_signed(head)),
    )


def period(query: ListCashBook | ListLedger) -> str:
    """Return from which day to which a book is, in words."""
    return f"Từ ngày {day(query.on_from)} đến ngày {day(query.on_to)}"


def _whose(query: ListCashBook | ListLedger) -> tuple[Words, ...]:
    board = (Words(f"Đơn vị: {query.board}"),) if query.board else ()
    return (*board, Words(f"Nguồn: {query.source}")) if query.source else board


def _opening(label: str, span: int, opening_vnd: int) -> Line:
    return (
        total(label, span, ("", "", number(opening_vnd))) if span == 4 else total(label, span, (number(opening_vnd),))
    )


def _told(description: str, party: str | None) -> str:
    return f"{description} ({party})" if party else description
