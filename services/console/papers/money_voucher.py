"""A voucher on paper: phiếu thu, phiếu chi, giấy báo có, giấy báo nợ, chứng từ ghi sổ."""

from collections.abc import Iterator
from typing import NamedTuple

from contracts.finance import EntryLine, VoucherView
from services.console.papers.forms import form
from services.console.papers.letterhead import form_heading, signing_day
from services.console.papers.money_letterhead import MoneyLetterhead, figures_and_words, papers_with_it
from services.console.papers.paper import (
    Block,
    Column,
    Line,
    Paper,
    Paragraph,
    Signature,
    Signatures,
    Table,
    Words,
    total,
)
from services.console.papers.writing import day, day_in_words, number, or_dots


class _Kind(NamedTuple):
    title: str
    party: str | None
    """Who pays or is paid, as the paper calls them; None where nobody comes to the till."""
    last: str
    """Who signs last of all."""


_KINDS = {
    "receipt": _Kind("PHIẾU THU", "Họ tên người nộp tiền", "Người nộp tiền"),
    "payment": _Kind("PHIẾU CHI", "Họ tên người nhận tiền", "Người nhận tiền"),
    "bank_credit": _Kind("CHỨNG TỪ BÁO CÓ", "Đơn vị, người chuyển tiền", "Người lập"),
    "bank_debit": _Kind("CHỨNG TỪ BÁO NỢ", "Đơn vị, người thụ hưởng", "Người lập"),
    "general": _Kind("CHỨNG TỪ GHI SỔ", None, "Người lập"),
}
_TILL = frozenset({"receipt", "payment"})
_COLUMNS = (
    Column("Số TT", 0.5, "center"),
    Column("Diễn giải", 2.6),
    Column("Nợ", 0.75, "center", "Tài khoản"),
    Column("Có", 0.75, "center", "Tài khoản"),
    Column("Đơn vị", 1.1, "center"),
    Column("Nguồn", 1.25),
    Column("Chương, khoản, tiểu mục", 1.5, "center"),
    Column("Số tiền (đồng)", 1.6, "right"),
)


def compose(voucher: VoucherView, head: MoneyLetterhead) -> Paper:
    """Return the paper of an entry; one that was taken back says by which."""
    kind = _KINDS[voucher.kind]
    under = [Words(f"Số: {voucher.voucher}", bold=True), Words(_capital(day_in_words(voucher.on)), italic=True)]
    if voucher.reversed_by:
        under.append(Words(f"(Đã ghi đảo bằng {voucher.reversed_by} ngày {day(voucher.reversed_on)})", bold=True))
    return Paper(
        title=kind.title,
        heading=form_heading(head, form(f"voucher_{voucher.kind}", voucher.on)),
        under_title=tuple(under),
        blocks=(*_said(voucher, kind), *_signed(voucher, kind, head)),
    )


def _capital(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}"


def _said(voucher: VoucherView, kind: _Kind) -> Iterator[Block]:
    if kind.party:
        yield Paragraph(f"{kind.party}: {or_dots(voucher.party)}")
    yield Paragraph(f"Đơn vị: {', '.join(sorted({line.board for line in voucher.lines}))}")
    yield Paragraph(f"{'Lý do' if voucher.kind in _TILL else 'Nội dung'}: {voucher.description}")
    amount = _amount(voucher)
    yield from figures_and_words("Số tiền", amount)
    yield Paragraph(papers_with_it(voucher.papers))
    lines = [_line(place, line, voucher.description) for place, line in enumerate(voucher.lines, start=1)]
    yield Table(_COLUMNS, [*lines, total("Cộng phát sinh Nợ", 7, (number(voucher.total_vnd),))], 10)


def _amount(voucher: VoucherView) -> int:
    """Return what the voucher is of; of one that is all off the balance, what stands there."""
    return voucher.total_vnd or sum(line.amount_vnd for line in voucher.lines)


def _line(place: int, line: EntryLine, otherwise: str) -> Line:
    debit, credit = (line.account, "") if line.side == "debit" else ("", line.account)
    index = " - ".join(part for part in (line.chapter, line.clause, line.item) if part)
    told = "; ".join(part for part in (line.party, line.note) if part) or otherwise
    return Line((number(place), told, debit, credit, line.board, line.source or "", index, number(line.amount_vnd)))


def _signed(voucher: VoucherView, kind: _Kind, head: MoneyLetterhead) -> Iterator[Block]:
    named = head.model_copy(update={"dated": head.dated or voucher.on})
    ruling = (Signature(head.position, head.head, "(Ký, họ tên, đóng dấu)"), Signature("Kế toán", head.accountant))
    if voucher.kind not in _TILL:
        yield Signatures(
            (Signature("Người lập", head.preparer or voucher.by_name), *reversed(ruling)), signing_day(named)
        )
        return
    yield Signatures(
        (
            *ruling,
            Signature("Thủ quỹ", head.cashier),
            Signature("Người lập", head.preparer or voucher.by_name),
            Signature(kind.last, voucher.party),
        ),
        signing_day(named),
    )
    verb = "nhận" if voucher.kind == "payment" else "nộp"
    yield Paragraph(f"Đã {verb} đủ số tiền (viết bằng chữ): {or_dots(None)}{or_dots(None)}{or_dots(None)}")
