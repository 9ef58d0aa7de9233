"""The card of one asset (thẻ tài sản cố định, mẫu S25-H): what it is, every change of its value, and how it left."""

from collections.abc import Iterator

from contracts.assets.rows import AssetRow, AssetView, ValueChangeRow
from services.console.papers.forms import form
from services.console.papers.letterhead import Letterhead, book_signatures, form_heading, signing_day
from services.console.papers.paper import Block, Column, Line, Paper, Paragraph, Signatures, Table, Words, total
from services.console.papers.writing import day, number, or_dots, percent, said

_VALUES = (
    Column("Ngày, tháng, năm", 1.3, "center", "Nguyên giá tài sản cố định", "A"),
    Column("Diễn giải", 2, "left", "Nguyên giá tài sản cố định", "B"),
    Column("Nguyên giá (đồng)", 1.9, "right", "Nguyên giá tài sản cố định", "1"),
    Column("Năm", 0.8, "center", "Giá trị hao mòn tài sản cố định", "2"),
    Column("Giá trị hao mòn (đồng)", 1.8, "right", "Giá trị hao mòn tài sản cố định", "3"),
    Column("Cộng dồn (đồng)", 1.9, "right", "Giá trị hao mòn tài sản cố định", "4"),
    Column("Giá trị còn lại (đồng)", 1.9, "right", mark="5"),
)
_HOLDINGS = (Column("Từ ngày", 1, "center"), Column("Đơn vị quản lý, theo dõi trong sổ", 5))
_REPAIRS = (
    Column("Ngày", 1.3, "center"),
    Column("Loại việc", 1.6),
    Column("Nội dung", 4),
    Column("Đơn vị thực hiện", 2.4),
    Column("Chi phí (đồng)", 1.7, "right"),
)


def compose(view: AssetView, head: Letterhead) -> Paper:
    """Return the card; every number on it is one the books had."""
    asset = view.asset
    unit = head.known(asset.unit_name, None)
    return Paper(
        title="THẺ TÀI SẢN CỐ ĐỊNH",
        heading=form_heading(unit, form("asset_card", head.dated or asset.valued_on)),
        under_title=(Words(f"Số hiệu: {asset.tag}", bold=True),),
        blocks=(
            *map(Paragraph, _facts(view)),
            Table(_VALUES, [_change(row) for row in view.values], 10.5),
            *_holdings(view),
            *_repairs(view),
            *_end(asset),
            Signatures(book_signatures(head), signing_day(head)),
        ),
    )


def _facts(view: AssetView) -> Iterator[str]:
    asset = view.asset
    issued = f" ngày {day(asset.decision_issued_on)} của {or_dots(view.decision_issuer)}" * bool(asset.decision_number)
    yield f"Căn cứ chứng từ ghi tăng số {or_dots(asset.decision_number)}{issued}."
    model = f"; ký hiệu, quy cách: {asset.model}" if asset.model else ""
    yield f"Tên tài sản: {asset.name}{model}."
    yield f"Loại tài sản: {asset.class_code} - {asset.class_name}. Mã trong sổ cũ: {or_dots(asset.old_code)}."
    made = f"năm sản xuất: {asset.made_in or or_dots(None)}; số máy: {or_dots(asset.serial_number)}"
    yield f"Hãng, nước sản xuất: {or_dots(asset.maker)}; {made}."
    yield f"Đơn vị quản lý: {or_dots(asset.unit_name)}; nơi sử dụng: {or_dots(asset.used_at)}."
    keeper = or_dots(asset.custodian_name)
    yield f"Ngày đưa vào sử dụng: {day(asset.booked_on)}; người sử dụng, bảo quản: {keeper}."
    if asset.life_years is not None:
        basis = f" theo {view.life_basis}" if view.life_basis else ""
        rate = percent(asset.rate_percent)
        yield f"Thời gian sử dụng: {asset.life_years} năm; tỷ lệ hao mòn: {rate} %/năm{basis}."
    yield f"Tình trạng: {said('condition', asset.condition).lower()}."


def _change(row: ValueChangeRow) -> Line:
    return Line(
        (
            day(row.effective_on),
            said("change", row.change),
            number(row.cost_vnd),
            str(row.year or ""),
            number(row.wear_vnd),
            number(row.accumulated_vnd),
            number(row.residual_vnd),
        )
    )


def _holdings(view: AssetView) -> Iterator[Block]:
    if len(view.holdings) > 1:
        yield Paragraph("Đơn vị quản lý qua các thời kỳ", bold=True)
        yield Table(_HOLDINGS, [Line((day(one.since), one.unit_name)) for one in view.holdings], 10.5)


def _repairs(view: AssetView) -> Iterator[Block]:
    if view.repairs:
        yield Paragraph("Sửa chữa, bảo dưỡng, bảo hiểm, kiểm định", bold=True)
        lines = [
            Line((day(one.done_on), said("upkeep", one.upkeep), one.work, one.done_by or "", number(one.cost_vnd)))
            for one in view.repairs
        ]
        cost = number(sum(one.cost_vnd for one in view.repairs))
        yield Table(_REPAIRS, [*lines, total("Cộng", 4, (cost,))], 10.5)


def _end(asset: AssetRow) -> Iterator[Block]:
    if asset.gone_on is not None:
        yield Paragraph(f"Ghi giảm tài sản ngày {day(asset.gone_on)}; lý do: {said('gone_by', asset.gone_by).lower()}.")
