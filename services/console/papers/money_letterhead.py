"""Who signs papers of money, and how amounts stand on them."""

from typing import Annotated

from pydantic import Field

from contracts.base import Line
from contracts.finance import ItemAmount, Paper
from services.console.papers.amount_words import in_words
from services.console.papers.letterhead import Letterhead, signing_day
from services.console.papers.paper import Column, Paragraph, Signature, Signatures, Table, total
from services.console.papers.paper import Line as TableLine
from services.console.papers.writing import day, number, or_dots

AMOUNTS = (
    Column("Số TT", 0.5, "center"),
    Column("Nội dung", 4),
    Column("Dòng dự toán", 2.6),
    Column("Tiểu mục", 0.9, "center"),
    Column("Số tiền (đồng)", 1.6, "right"),
)


class MoneyLetterhead(Letterhead):
    """A letterhead of papers of money, on which the cashier signs too."""

    cashier: Annotated[Line | None, Field(max_length=100, description="Họ tên thủ quỹ.")] = None


def figures_and_words(label: str, amount_vnd: int) -> tuple[Paragraph, Paragraph]:
    """Return an amount in figures, and in words below it."""
    return (
        Paragraph(f"{label}: {number(amount_vnd)} đồng", bold=True),
        Paragraph(f"Bằng chữ: {in_words(amount_vnd)}.", italic=True),
    )


def papers_with_it(papers: tuple[Paper, ...]) -> str:
    """Return how many papers go with one, and which; dots where there is none."""
    named = "; ".join(
        ", ".join(part for part in (one.title, f"số {one.number}", day(one.dated_on)) if part) for one in papers
    )
    return (
        f"Kèm theo: {len(papers):02d} chứng từ gốc ({named})." if papers else f"Kèm theo: {or_dots(None)} chứng từ gốc."
    )


def amounts_table(amounts: tuple[ItemAmount, ...], told: str, label: str = "Cộng") -> Table:
    """Return amounts by budget line and item with their sum; what has no note of its own is `told`."""
    lines = [
        TableLine((number(place), one.note or told, one.line, one.item, number(one.amount_vnd)))
        for place, one in enumerate(amounts, start=1)
    ]
    return Table(AMOUNTS, [*lines, total(label, 4, (number(sum(one.amount_vnd for one in amounts)),))], 11)


def request_signatures(head: MoneyLetterhead, asking: str, name: str | None) -> Signatures:
    """Return those who sign a request of a board for money."""
    return Signatures(
        (
            Signature(asking, name),
            Signature("Trưởng đơn vị"),
            Signature("Kế toán", head.accountant),
            Signature(head.position, head.head, "(Ký, họ tên, đóng dấu)"),
        )
    )


def book_signed(head: MoneyLetterhead, *, cashier: bool = False) -> Signatures:
    """Return those who sign a book or report of money, the cashier among them for the till."""
    people = [Signature("Người lập", head.preparer), Signature("Kế toán", head.accountant)]
    people[:1] = [Signature("Thủ quỹ", head.cashier)] if cashier else people[:1]
    return Signatures((*people, Signature(head.position, head.head, "(Ký, họ tên, đóng dấu)")), signing_day(head))
