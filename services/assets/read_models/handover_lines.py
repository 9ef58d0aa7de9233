"""What is on the list of a handover, in the columns of its minutes, and what does either side say of each line?"""

from collections.abc import Iterable

from contracts.assets.handovers import HandoverLineRow, HandoverWordRow, ListHandoverLines
from contracts.base import Actor, Page
from services.assets.deciders.handover import Handover, Listed, Word
from services.assets.read_models.handover_lists import HANDOVER_LISTS, Units, batch, has_words, lines_for
from services.assets.read_models.units import UNITS_KNOWN
from services.runtime.gathering import Gathering, Record, Rows, page
from services.runtime.manifest import QueryRule
from services.runtime.text import fold

_POINTS = {
    "name": "tên",
    "model": "kiểu, ký hiệu",
    "maker": "hãng sản xuất",
    "serial_number": "số máy",
    "made_in": "năm sản xuất",
    "plate": "biển số",
    "class_code": "loại tài sản",
    "cost": "nguyên giá",
    "other": "nội dung khác",
}


def line_row(place: int, handover_id: str, handover: Handover, listed: Listed, units: Units) -> HandoverLineRow:
    """Return a line of the minutes; what the sides found goes before what the book has."""
    line = listed.line
    said = [word.said for word in (listed.receiver, listed.giver) if word]
    condition = next((one.condition for one in said if one.condition), line.condition)
    return HandoverLineRow(
        place=place,
        name=", ".join(part for part in (line.name, line.model) if part),
        tag=line.tag,
        used_from=line.used_from,
        cost_vnd=line.cost_vnd,
        accumulated_vnd=line.accumulated_vnd,
        residual_vnd=line.residual_vnd,
        condition=condition,
        finding=listed.finding,
        from_unit_name=units.name(line.from_unit_id, handover.effective_on),
        remarks=_remarks(listed),
        handover_id=handover_id,
        asset_id=line.asset_id,
        from_unit_id=line.from_unit_id,
        class_code=line.class_code,
        serial_number=line.serial_number,
        agreement=listed.agreement,
        surplus=line.surplus is not None,
        stands_at=next((one.place for one in said if one.place), line.place),
        giver=_word(listed.giver),
        receiver=_word(listed.receiver),
    )


def line_rows(
    handover_id: str, handover: Handover, lines: Iterable[Listed], units: Units
) -> tuple[HandoverLineRow, ...]:
    """Return lines numbered in the order in which they are given."""
    return tuple(line_row(place, handover_id, handover, listed, units) for place, listed in enumerate(lines, 1))


def _word(word: Word | None) -> HandoverWordRow | None:
    if word is None:
        return None
    said = word.said
    return HandoverWordRow(
        finding=said.finding,
        wrong=said.wrong,
        condition=said.condition,
        note=said.note,
        revision=said.revision,
        by=word.by,
        at=word.at,
    )


def _remarks(listed: Listed) -> str | None:
    said = [word.said for word in (listed.giver, listed.receiver) if word]
    wrong = (f"{_POINTS[one.point]}: {one.found}" for two in said for one in two.wrong)
    notes = (one.note for one in said if one.note)
    return "; ".join(dict.fromkeys((*wrong, *notes))) or None


def _list(query: ListHandoverLines, actor: Actor) -> Gathering:
    wanted = fold(query.text or "").split()

    def build(found: list[Record], known: list[Record]) -> Page[HandoverLineRow]:
        handover = batch(found, query.handover_id, actor)
        rows = line_rows(query.handover_id, handover, lines_for(actor, handover), Units(known))
        return page(query, (row for row in rows if _meets(row, query, wanted)), _PLACES[query.sort])

    return Gathering((Rows(HANDOVER_LISTS, "handover_id = $1", (query.handover_id,)), Rows(UNITS_KNOWN)), build)


_PLACES = {"place": lambda row: (row.place,), "tag": lambda row: (row.tag or "", row.place)}


def _meets(row: HandoverLineRow, query: ListHandoverLines, wanted: list[str]) -> bool:
    asked = {name: getattr(query, name) for name in ("finding", "agreement", "from_unit_id")}
    searched = f"{row.tag or ''} {row.name} {row.serial_number or ''} {row.remarks or ''}"
    fits = all(value is None or getattr(row, name) == value for name, value in asked.items())
    return fits and has_words(searched, wanted)


LIST_HANDOVER_LINES = QueryRule(ListHandoverLines, (HANDOVER_LISTS, UNITS_KNOWN), _list)
