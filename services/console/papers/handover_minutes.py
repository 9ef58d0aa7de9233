"""The minutes of a handover (biên bản bàn giao, giao nhận tài sản cố định, mẫu C50-HD) of all or of one giving unit."""

from collections.abc import Iterator
from itertools import groupby

from contracts.assets.handovers import HandoverLineRow, HandoverMinutes, HandoverPerson, HandoverSums
from services.console.papers.forms import form
from services.console.papers.letterhead import Letterhead, form_note, party_heading
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
from services.console.papers.writing import day, day_in_words, number, or_dots, said

_VALUE = "Giá trị tài sản (đồng)"
_COLUMNS = (
    Column("Số TT", 0.6, "center", mark="A"),
    Column("Tên, ký hiệu, quy cách tài sản", 3.6, mark="B"),
    Column("Số hiệu tài sản", 2.3, mark="C"),
    Column("Năm đưa vào sử dụng", 1, "center", mark="1"),
    Column("Nguyên giá", 1.9, "right", _VALUE, mark="2"),
    Column("Hao mòn lũy kế", 1.9, "right", _VALUE, mark="3"),
    Column("Giá trị còn lại", 1.9, "right", _VALUE, mark="4"),
    Column("Tình trạng", 1.5, mark="D"),
    Column("Kết quả đối chiếu", 1.3, mark="E"),
    Column("Ghi chú", 1.9, mark="G"),
)
_SUMS = (
    Column("Nội dung", 4),
    Column("Số lượng", 1, "right"),
    Column("Nguyên giá (đồng)", 2, "right"),
    Column("Hao mòn lũy kế (đồng)", 2, "right"),
    Column("Giá trị còn lại (đồng)", 2, "right"),
)
_SIDES = {"giver": "Đại diện bên giao", "receiver": "Đại diện bên nhận", "witness": "Người chứng kiến"}
_SIGNERS_BESIDE_EACH_OTHER = 3


def compose(minutes: HandoverMinutes, head: Letterhead) -> Paper:
    """Return the minutes: the decision, who was there, every line under its giver, the sums, and who signs."""
    notation = f"{minutes.number:02d}-BB/{minutes.receiver.unit_code}"
    under = [Words(minutes.title, bold=True)]
    under += [Words("(Dự thảo: đợt bàn giao chưa hoàn thành)", italic=True)] if minutes.draft else []
    return Paper(
        title="BIÊN BẢN BÀN GIAO TÀI SẢN",
        heading=party_heading(head.model_copy(update={"dated": head.dated or minutes.closed_on}), notation),
        above=form_note(form("handover_minutes", minutes.effective_on)),
        under_title=tuple(under),
        landscape=True,
        blocks=(*_opening(minutes, head), _lines(minutes), *_conclusions(minutes), *_signatures(minutes)),
    )


def _opening(minutes: HandoverMinutes, head: Letterhead) -> Iterator[Block]:
    decision = minutes.decision
    yield Paragraph(f"- Căn cứ Quyết định số {decision.number} ngày {day(decision.issued_on)} của {decision.issuer};")
    met = day_in_words(head.dated or minutes.closed_on)
    yield Paragraph(f"Hôm nay, {met}, tại {or_dots(minutes.venue or head.place)}, chúng tôi gồm có:")
    givers = ", ".join(unit.unit_name for unit in minutes.givers)
    for side, title in (("giver", f"Bên giao: {givers}"), ("receiver", f"Bên nhận: {minutes.receiver.unit_name}")):
        yield Paragraph(title, bold=True)
        yield from _people([one for one in minutes.people if one.side == side])
    witnesses = [one for one in minutes.people if one.side == "witness"]
    if witnesses:
        yield Paragraph("Chứng kiến:", bold=True)
        yield from _people(witnesses)
    yield Paragraph(f"Hai bên bàn giao tài sản từ ngày {day(minutes.effective_on)} như sau:")


def _people(people: list[HandoverPerson]) -> Iterator[Block]:
    for one in people:
        yield Paragraph(f"- Ông (bà): {one.name}; chức vụ: {or_dots(one.post)}; đơn vị: {one.unit_name}.")
    if not people:
        yield Paragraph(f"- Ông (bà): {or_dots(None)}; chức vụ: {or_dots(None)}.")


def _lines(minutes: HandoverMinutes) -> Table:
    lines: list[Line] = []
    order = {unit.unit_id: place for place, unit in enumerate(minutes.givers)}
    listed = sorted(minutes.lines, key=lambda row: (order.get(row.from_unit_id, len(order)), row.place))
    for origin, rows in groupby(listed, key=lambda row: row.from_unit_name):
        if len(minutes.givers) > 1:
            lines.append(Line((f"Bên giao: {origin}",), bold=True, span=len(_COLUMNS)))
        lines += map(_line, rows)
    totals = minutes.totals
    lines.append(_total("Cộng theo sổ của bên giao", totals.booked))
    if totals.surplus.asset_count:
        lines.append(_total("Tài sản thừa, chưa có trong sổ", totals.surplus))
    if totals.staying.asset_count:
        lines.append(_total("Để lại sổ của bên giao", totals.staying))
    lines.append(_total("Bên nhận ghi sổ", totals.received))
    return Table(_COLUMNS, lines, 10.5)


def _line(row: HandoverLineRow) -> Line:
    return Line(
        (
            number(row.place),
            row.name,
            row.tag or "",
            str(row.used_from or ""),
            number(row.cost_vnd),
            number(row.accumulated_vnd),
            number(row.residual_vnd),
            said("condition", row.condition),
            said("finding", row.finding),
            row.remarks or "",
        )
    )


def _total(label: str, sums: HandoverSums) -> Line:
    said_of = f"{label}: {number(sums.asset_count)} tài sản"
    values = (sums.cost_vnd, sums.accumulated_vnd, sums.residual_vnd)
    return total(said_of, 4, (*map(number, values), "", "", ""))


def _conclusions(minutes: HandoverMinutes) -> Iterator[Block]:
    yield Paragraph("Kết quả đối chiếu từng tài sản giữa sổ kế toán và thực tế:", bold=True)
    found = [_sums(said("finding", one.finding), one) for one in minutes.by_finding if one.asset_count]
    yield Table(_SUMS, found, 10.5)
    if len(minutes.by_origin) > 1:
        yield Paragraph("Tổng hợp theo bên giao (theo sổ kế toán):", bold=True)
        parts = [_sums(one.unit_name, one.booked) for one in minutes.by_origin]
        booked = minutes.totals.booked
        yield Table(_SUMS, [*parts, _sums("Cộng", booked, bold=True)], 10.5)
    if minutes.totals.missing.asset_count:
        keeper = "bên nhận" if minutes.missing_to == "receiver" else "bên giao"
        yield Paragraph(f"Tài sản thiếu tiếp tục được theo dõi trong sổ của {keeper} cho đến khi xử lý xong.")
    if minutes.remarks:
        yield Paragraph(minutes.remarks)
    yield Paragraph(
        "Biên bản được các bên đọc, thống nhất, ký tên và lập thành …… bản có giá trị như nhau, mỗi bên giữ …… bản."
    )


def _sums(label: str, sums: HandoverSums, bold: bool = False) -> Line:
    values = (sums.asset_count, sums.cost_vnd, sums.accumulated_vnd, sums.residual_vnd)
    return Line((label, *map(number, values)), bold=bold)


def _signatures(minutes: HandoverMinutes) -> Iterator[Signatures]:
    """Every giving unit signs for itself; then the one that receives, and whoever was a witness."""
    giving = [_signature(minutes, "giver", unit.unit_name) for unit in minutes.givers]
    rest = [_signature(minutes, "receiver", minutes.receiver.unit_name)]
    rest += [
        Signature(_SIDES["witness"], one.name, f"{one.unit_name}\n(Ký, họ tên)")
        for one in minutes.people
        if one.side == "witness"
    ]
    if len(giving) + len(rest) <= _SIGNERS_BESIDE_EACH_OTHER:
        giving, rest = [], giving + rest
    for signing in (giving, rest):
        for first in range(0, len(signing), _SIGNERS_BESIDE_EACH_OTHER):
            yield Signatures(tuple(signing[first : first + _SIGNERS_BESIDE_EACH_OTHER]))


def _signature(minutes: HandoverMinutes, side: str, unit: str) -> Signature:
    named = [one.name for one in minutes.people if one.side == side and one.unit_name == unit]
    return Signature(_SIDES[side], named[0] if named else None, f"{unit}\n(Ký, họ tên, đóng dấu)")
