"""What a board asks for money with: giấy đề nghị thanh toán, giấy đề nghị tạm ứng."""

from collections.abc import Iterator

from contracts.finance import RequestView
from services.console.papers.forms import form
from services.console.papers.letterhead import form_note, party_heading
from services.console.papers.money_letterhead import (
    MoneyLetterhead,
    amounts_table,
    figures_and_words,
    papers_with_it,
    request_signatures,
)
from services.console.papers.paper import Block, Paper, Paragraph, Words
from services.console.papers.writing import HANOI, day, number, or_dots

_SPECIAL = {"special": "Chi đặc thù", "unplanned": "Chi đột xuất"}
_OUTCOME = {
    "checked": "Kế toán đã kiểm tra",
    "returned": "Trả lại",
    "approved": "Đã duyệt",
    "approved_over": "Đã duyệt vượt dự toán còn lại",
    "rejected": "Không duyệt",
    "paid": "Đã chi",
    "advanced": "Đã tạm ứng",
    "closed": "Kết thúc",
}


def payment(request: RequestView, head: MoneyLetterhead) -> Paper:
    """Return the request for a payment, with how far it has come."""
    return _paper(request, head, "GIẤY ĐỀ NGHỊ THANH TOÁN", "payment_request", "thanh toán")


def advance(request: RequestView, head: MoneyLetterhead) -> Paper:
    """Return the request for an advance, with how far it has come."""
    return _paper(request, head, "GIẤY ĐỀ NGHỊ TẠM ỨNG", "advance_request", "tạm ứng")


def _paper(request: RequestView, head: MoneyLetterhead, title: str, name: str, verb: str) -> Paper:
    own = head.model_copy(
        update={"organ": request.board, "superior": None, "dated": head.dated or request.requested_on}
    )
    return Paper(
        title=title,
        heading=party_heading(own),
        above=form_note(form(name, request.requested_on)),
        under_title=(Words(f"Kính gửi: {or_dots(head.organ)}", bold=True),),
        blocks=(
            *_asked(request, verb),
            *_outcome(request),
            request_signatures(head, f"Người đề nghị {verb}", request.requested_by),
        ),
    )


def _asked(request: RequestView, verb: str) -> Iterator[Block]:
    yield Paragraph(f"Người đề nghị: {request.requested_by}; đơn vị: {request.board}.")
    yield Paragraph(f"Nội dung: {request.purpose}.")
    if request.kind != "regular":
        yield Paragraph(f"Loại chi: {_SPECIAL[request.kind]}; căn cứ: {or_dots(request.legal_basis)}.")
    elif request.legal_basis:
        yield Paragraph(f"Căn cứ: {request.legal_basis}.")
    yield from figures_and_words(f"Số tiền đề nghị {verb}", request.total_vnd)
    yield amounts_table(request.amounts, request.purpose)
    if request.payee:
        yield Paragraph(f"Người thụ hưởng: {_payee(request)}.")
    if request.contract_number:
        yield Paragraph(f"Theo hợp đồng số: {request.contract_number}.")
    if request.needed_by:
        yield Paragraph(f"Thời hạn cần: {day(request.needed_by)}.")
    yield Paragraph(papers_with_it(request.papers))
    if request.note:
        yield Paragraph(f"Ghi chú: {request.note}.")


def _payee(request: RequestView) -> str:
    payee = request.payee
    assert payee is not None
    account = f"tài khoản {payee.account_number}" if payee.account_number else None
    bank = f"tại {payee.bank}" if payee.bank else None
    tax = f"mã số thuế {payee.tax_code}" if payee.tax_code else None
    return ", ".join(part for part in (payee.name, account, bank, tax) if part)


def _outcome(request: RequestView) -> Iterator[Block]:
    steps = [step for step in request.history if step.step in _OUTCOME]
    if steps:
        yield Paragraph("Quá trình giải quyết:", bold=True)
    for step in steps:
        amount = f": {number(step.amount_vnd)} đồng" if step.amount_vnd else ""
        voucher = f" ({step.voucher})" if step.voucher else ""
        told = f". {step.told}" if step.told else ""
        when = f"{step.at.astimezone(HANOI):%d/%m/%Y}"
        yield Paragraph(f"- {when}: {_OUTCOME[step.step]}{amount}{voucher}, {step.by_name or ''}{told}")
    if request.over_reason:
        yield Paragraph(f"Lý do duyệt vượt dự toán: {request.over_reason}.")
