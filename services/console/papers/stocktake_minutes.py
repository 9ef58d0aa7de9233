"""The minutes of a stocktake (biên bản kiểm kê tài sản cố định, mẫu C53-HD): the books, what was found, and between."""

from collections.abc import Iterable, Iterator, Sequence

from contracts.assets.stocktakes import CommitteeMember, StocktakeLineRow, StocktakeReport, StocktakeView, Worth
from services.console.papers.forms import form
from services.console.papers.letterhead import Letterhead, form_note, party_heading, signing_day
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
from services.console.papers.writing import day, difference, number, or_dots

_BOOK, _ACTUAL, _BETWEEN = "Theo sổ kế toán", "Theo kiểm kê", "Chênh lệch"
_THREE = (("Số lượng", 0.82), ("Nguyên giá", 1.9), ("Giá trị còn lại", 1.75))
_COLUMNS = (
    Column("Số TT", 0.6, "center", mark="A"),
    Column("Tên tài sản cố định", 2.4, mark="B"),
    Column("Mã số", 2.2, mark="C"),
    Column("Nơi sử dụng", 1.7, mark="D"),
    *(
        Column(title, width, "right", group, str(first + place))
        for group, first in ((_BOOK, 1), (_ACTUAL, 4), (_BETWEEN, 7))
        for place, (title, width) in enumerate(_THREE)
    ),
    Column("Ghi chú", 2.8, mark="E"),
)
_ROLES = {
    "chair": "Trưởng ban",
    "member": "Ủy viên",
    "secretary": "Thư ký",
    "head": "Thủ trưởng đơn vị",
    "chief_accountant": "Kế toán trưởng",
}


def compose(report: StocktakeReport, head: Letterhead) -> Paper:
    """Return the minutes of all of a stocktake or of the unit or site it was asked for, with the sums of the report."""
    stocktake = report.stocktake
    of = report.of_unit or report.of_site
    under = [Words(stocktake.title, bold=True)]
    under += [Words(f"Phạm vi: {of}")] if of else []
    under.append(Words(f"Thời điểm kiểm kê: 0 giờ ngày {day(stocktake.snapshot_on)}", italic=True))
    if stocktake.status != "closed":
        under.append(Words("(Dự thảo: đợt kiểm kê chưa khóa)", italic=True))
    return Paper(
        title="BIÊN BẢN KIỂM KÊ TÀI SẢN CỐ ĐỊNH",
        heading=party_heading(head.model_copy(update={"dated": head.dated or stocktake.closed_on}), stocktake.notation),
        above=form_note(form("stocktake_minutes", stocktake.snapshot_on)),
        under_title=tuple(under),
        landscape=True,
        blocks=(
            *_committee(report),
            Paragraph("Đã kiểm kê tài sản cố định, kết quả như sau (giá trị tính bằng đồng):"),
            _lines(report),
            *_conclusion(report),
            _signatures(report, head),
        ),
    )


def report(
    view: StocktakeView, rows: Sequence[StocktakeLineRow], unit_id: str | None, site_id: str | None
) -> StocktakeReport:
    """Return the report of a stocktake, or of one unit or site of it, from its lines; the sums are the lines'."""
    counted = [row for row in rows if row.state != "void"]
    units, sites = ({one.id: one.name for one in part} for part in (view.by_unit, view.by_site))
    return StocktakeReport(
        stocktake=view.stocktake,
        committee=view.committee,
        decision=view.decision,
        conclusion=view.conclusion,
        of_unit=units.get(unit_id, unit_id) if unit_id else None,
        of_site=sites.get(site_id, site_id) if site_id else None,
        rows=tuple(counted),
        book=_sum((row.book_quantity, row.book_cost_vnd, row.book_residual_vnd) for row in counted),
        actual=_sum((row.actual_quantity, row.actual_cost_vnd, row.actual_residual_vnd) for row in counted),
        difference=_sum(
            (row.difference_quantity, row.difference_cost_vnd, row.difference_residual_vnd) for row in counted
        ),
        undecided=sum(row.undecided for row in counted),
    )


def _sum(worths: Iterable[tuple[int, int, int]]) -> Worth:
    sums = [sum(part) for part in zip(*worths, strict=True)] or [0, 0, 0]
    return Worth(quantity=sums[0], cost_vnd=sums[1], residual_vnd=sums[2])


def _committee(report: StocktakeReport) -> Iterator[Block]:
    if report.decision is not None:
        of = report.decision
        yield Paragraph(f"- Căn cứ Quyết định số {of.number} ngày {day(of.issued_on)} của {of.issuer};")
    yield Paragraph("Ban kiểm kê gồm:", bold=True)
    for member in sorted(report.committee, key=lambda one: list(_ROLES).index(one.role)):
        if member.role not in ("head", "chief_accountant"):
            post = f"chức vụ: {or_dots(member.title)}"
            yield Paragraph(f"- Ông (bà): {member.name}; {post}; {_ROLES[member.role]}.")


def _lines(report: StocktakeReport) -> Table:
    counted = [row for row in report.rows if row.state != "void"]
    lines = [_line(place, row) for place, row in enumerate(counted, 1)]
    sums = (*_worth(report.book), *_worth(report.actual), *_between(report.difference))
    return Table(_COLUMNS, [*lines, total(f"Cộng ({number(len(counted))} dòng)", 4, (*sums, ""))], 9)


def _line(place: int, row: StocktakeLineRow) -> Line:
    book = (row.book_quantity, row.book_cost_vnd, row.book_residual_vnd)
    actual = (row.actual_quantity, row.actual_cost_vnd, row.actual_residual_vnd)
    between = (row.difference_quantity, row.difference_cost_vnd, row.difference_residual_vnd)
    known = (number(place), row.name, row.tag or row.surplus_asset_tag or "", row.used_at)
    return Line((*known, *map(number, (*book, *actual)), *map(difference, between), row.remarks or ""))


def _worth(worth: Worth) -> Sequence[str]:
    return [number(one) for one in (worth.quantity, worth.cost_vnd, worth.residual_vnd)]


def _between(worth: Worth) -> Sequence[str]:
    return [difference(one) for one in (worth.quantity, worth.cost_vnd, worth.residual_vnd)]


def _conclusion(report: StocktakeReport) -> Iterator[Block]:
    if report.undecided:
        yield Paragraph(f"Còn {number(report.undecided)} dòng chênh lệch chưa có quyết định xử lý.", italic=True)
    yield Paragraph(f"Kết luận, kiến nghị của Ban kiểm kê: {report.conclusion or or_dots(None) * 4}")


def _signatures(report: StocktakeReport, head: Letterhead) -> Signatures:
    def named(role: str) -> CommitteeMember | None:
        return next((one for one in report.committee if one.role == role), None)

    principal, accountant, chair = named("head"), named("chief_accountant"), named("chair")
    opinion = "(Ý kiến giải quyết số chênh lệch;\nký, họ tên, đóng dấu)"
    return Signatures(
        (
            Signature(head.position, head.head or (principal.name if principal else None), opinion),
            Signature("Kế toán trưởng", head.accountant or (accountant.name if accountant else None)),
            Signature("Trưởng ban kiểm kê", chair.name if chair else None),
        ),
        signing_day(head.model_copy(update={"dated": head.dated or report.stocktake.closed_on})),
    )
