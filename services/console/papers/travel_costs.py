"""What a journey costs (bảng kê thanh toán công tác phí), by the rates in force and what they rest on."""

from collections.abc import Iterator, Sequence

from contracts.finance import RatedAmount, RequestView
from services.console.papers.forms import form
from services.console.papers.letterhead import form_note, party_heading
from services.console.papers.money_letterhead import MoneyLetterhead, figures_and_words, request_signatures
from services.console.papers.paper import Block, Column, Line, Paper, Paragraph, Table, Words, total
from services.console.papers.writing import number, or_dots

_COLUMNS = (
    Column("Số TT", 0.5, "center", mark="A"),
    Column("Khoản chi", 3, mark="B"),
    Column("Tiểu mục", 0.8, "center", mark="C"),
    Column("Số ngày, đêm", 0.8, "right", mark="1"),
    Column("Mức (đồng)", 1.3, "right", mark="2"),
    Column("Thành tiền (đồng)", 1.5, "right", mark="3"),
    Column("Căn cứ", 2.2, mark="D"),
)


def compose(request: RequestView, head: MoneyLetterhead) -> Paper:
    """Return the costs of the journey a request is for."""
    own = head.model_copy(
        update={"organ": request.board, "superior": None, "dated": head.dated or request.requested_on}
    )
    return Paper(
        title="BẢNG KÊ THANH TOÁN CÔNG TÁC PHÍ",
        heading=party_heading(own),
        above=form_note(form("travel_costs", request.requested_on)),
        under_title=(Words(f"Kính gửi: {or_dots(head.organ)}", bold=True),),
        blocks=(*_said(request), request_signatures(head, "Người đề nghị", request.requested_by)),
    )


def _said(request: RequestView) -> Iterator[Block]:
    yield Paragraph(f"Người đề nghị: {request.requested_by}; đơn vị: {request.board}.")
    yield Paragraph(f"Nội dung công tác: {request.purpose}.")
    yield table(request.travel)
    yield from figures_and_words("Tổng số tiền", sum(one.amount_vnd for one in request.travel))


def table(travel: Sequence[RatedAmount]) -> Table:
    """Return the parts of the costs with their sum."""
    lines = [
        Line(
            (
                number(place),
                one.told,
                one.item,
                number(one.days or None),
                number(one.rate_vnd),
                number(one.amount_vnd),
                one.legal_basis or "",
            )
        )
        for place, one in enumerate(travel, start=1)
    ]
    return Table(_COLUMNS, [*lines, total("Cộng", 5, (number(sum(one.amount_vnd for one in travel)), ""))], 10.5)
