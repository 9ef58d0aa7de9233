"""The account of an advance (giấy thanh toán tạm ứng): what was handed out, what was spent, and what is between."""

from collections.abc import Iterator

from contracts.finance import AdvanceView
from services.console.papers import travel_costs
from services.console.papers.forms import form
from services.console.papers.letterhead import form_note, party_heading
from services.console.papers.money_letterhead import (
    MoneyLetterhead,
    amounts_table,
    figures_and_words,
    papers_with_it,
    request_signatures,
)
from services.console.papers.paper import Block, Column, Line, Paper, Paragraph, Table, Words
from services.console.papers.writing import day, number, or_dots

_COLUMNS = (Column("Chỉ tiêu", 6), Column("Số tiền (đồng)", 2, "right"))


def compose(advance: AdvanceView, head: MoneyLetterhead) -> Paper:
    """Return the account of an advance; before it is accounted for, what was spent is left open."""
    own = head.model_copy(update={"organ": advance.board, "superior": None, "dated": head.dated or advance.claimed_on})
    return Paper(
        title="GIẤY THANH TOÁN TẠM ỨNG",
        heading=party_heading(own),
        above=form_note(form("advance_settlement", advance.claimed_on or advance.on)),
        under_title=(Words(f"Kính gửi: {or_dots(head.organ)}", bold=True),),
        blocks=(
            *_accounted(advance),
            request_signatures(head, "Người thanh toán", advance.claimed_by or advance.holder.name),
        ),
    )


def _accounted(advance: AdvanceView) -> Iterator[Block]:
    yield Paragraph(f"Người thanh toán: {advance.holder.name}; đơn vị: {advance.board}.")
    yield Paragraph(f"Nội dung tạm ứng: {advance.purpose}.")
    yield Paragraph(
        f"Tạm ứng ngày {day(advance.on)} theo {advance.voucher}; hạn thanh toán: {day(advance.account_by)}"
        f"{' (thanh toán quá hạn)' if advance.late else ''}."
    )
    spent = advance.spent_vnd if advance.spent_vnd is not None else sum(one.amount_vnd for one in advance.claim)
    claimed = bool(advance.claim) or advance.spent_vnd is not None
    yield Table(_COLUMNS, _sums(advance, spent if claimed else None), 11)
    if advance.claim:
        yield Paragraph("Chi tiết số đã chi:", bold=True)
        yield amounts_table(advance.claim, advance.purpose)
    if advance.travel:
        yield Paragraph("Công tác phí:", bold=True)
        yield travel_costs.table(advance.travel)
    if claimed:
        yield from figures_and_words("Số tiền đề nghị thanh toán", spent)
    yield Paragraph(papers_with_it(advance.papers))


def _sums(advance: AdvanceView, spent: int | None) -> list[Line]:
    between = None if spent is None else advance.amount_vnd - spent
    returned = sum(one.amount_vnd for one in advance.payments if one.movement == "rest_received" and not one.reversed)
    added = sum(one.amount_vnd for one in advance.payments if one.movement == "rest_paid" and not one.reversed)
    return [
        Line(("I. Số tiền tạm ứng", number(advance.amount_vnd)), bold=True),
        Line(("II. Số tiền đã chi", number(spent)), bold=True),
        Line(("III. Chênh lệch", number(None if between is None else abs(between))), bold=True),
        Line(("1. Số tạm ứng chi không hết (I - II)", number(max(between, 0) if between is not None else None))),
        Line(("    Đã nộp lại", number(returned))),
        Line(("2. Số chi quá tạm ứng (II - I)", number(max(-between, 0) if between is not None else None))),
        Line(("    Đã chi bổ sung", number(added))),
    ]
