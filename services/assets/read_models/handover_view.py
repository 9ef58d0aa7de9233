"""What does one handover come to, who has signed it, and what still hinders closing it?"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from contracts.assets.handovers import GetHandover, HandoverView
from contracts.base import Actor, Notice
from services.assets.deciders.handover import Handover, Listed
from services.assets.deciders.handover_totals import adds_up, sums, totals
from services.assets.read_models.asset_register import ASSET_REGISTER
from services.assets.read_models.handover_lists import HANDOVER_LISTS, Units, batch, own_unit, parts, signatures
from services.assets.read_models.handover_register import HANDOVER_REGISTER, row_of, summary
from services.assets.read_models.people import PEOPLE_KNOWN
from services.assets.read_models.units import UNITS_KNOWN
from services.runtime.gathering import Gathering, Record, Rows
from services.runtime.manifest import QueryRule

_MODELS = (HANDOVER_LISTS, HANDOVER_REGISTER, UNITS_KNOWN, PEOPLE_KNOWN, ASSET_REGISTER)
_SHOWN = 20
_OF_GIVERS = (
    f"held AND unit_id IN (SELECT unnest(from_unit_ids) FROM {HANDOVER_REGISTER.table} "
    "WHERE handover_id = $1 AND status = 'prepared')"
)


def _get(query: GetHandover, actor: Actor) -> Gathering:
    def build(found: list[Record], known: list[Record], people: list[Record], assets: list[Record]) -> HandoverView:
        handover, units = batch(found, query.handover_id, actor), Units(known)
        whole = totals(handover.lines, handover.missing_to)
        parties = (*handover.from_unit_ids, handover.to_unit_id)
        seen = handover.status == "prepared" and own_unit(actor) in (None, handover.to_unit_id)
        return HandoverView(
            handover=row_of(summary(query.handover_id, handover), units),
            missing_to=handover.missing_to,
            closes_books=handover.closes_books,
            origins=parts(handover.lines, handover, units),
            whole=whole,
            adds_up=adds_up(whole),
            signatures=signatures(handover, units, people, parties),
            hindrances=tuple(_hindrances(handover, units, assets)) if seen else (),
            asset_ids=tuple(listed.line.asset_id for listed in handover.lines),
        )

    one = (query.handover_id,)
    reads = (Rows(HANDOVER_LISTS, "handover_id = $1", one), Rows(UNITS_KNOWN), Rows(PEOPLE_KNOWN))
    return Gathering((*reads, Rows(ASSET_REGISTER, _OF_GIVERS, one)), build)


def _hindrances(handover: Handover, units: Units, assets: Sequence[Record]) -> Iterator[Notice]:
    yield from _of_the_sides(handover, units)
    yield from _of_the_books(handover, {record["asset_id"]: record for record in assets})
    if handover.closes_books:
        yield from _of_the_rest(handover, units, assets)


def _of_the_sides(handover: Handover, units: Units) -> Iterator[Notice]:
    day = handover.effective_on
    for id in handover.from_unit_ids:
        left = [one for one in handover.lines if one.line.from_unit_id == id and one.giver is None]
        if left:
            yield _notice(
                "handover-giver-silent", f"{units.name(id, day)} (bên giao) chưa ghi", "has not decided", left
            )
    left = [one for one in handover.lines if one.receiver is None]
    if left:
        name = units.name(handover.to_unit_id, day)
        yield _notice("handover-receiver-silent", f"{name} (bên nhận) chưa ghi", "has not decided", left)
    for agreement, code, vi, en in (
        ("disputed", "handover-disputed", "Hai bên ghi khác nhau", "The sides differ on"),
        ("pending", "handover-pending", "Chờ xử lý", "Pending are"),
    ):
        left = [one for one in handover.lines if one.agreement == agreement]
        if left:
            yield _notice(code, vi, en, left)
    signed = {one.unit_id for one in handover.signatures}
    unsigned = [id for id in (*handover.from_unit_ids, handover.to_unit_id) if id not in signed]
    if unsigned:
        names = ", ".join(units.name(id, day) for id in unsigned)
        vi, en = f"Chưa ký: {names}; đề nghị ký sau khi thống nhất.", f"Not signed yet: {names}."
        yield Notice(code="handover-unsigned", vi=vi, en=en)


def _of_the_books(handover: Handover, booked: Mapping[str, Record]) -> Iterator[Notice]:
    lines = [one for one in handover.lines if one.line.surplus is None]
    here = [(one, booked[one.line.asset_id]) for one in lines if one.line.asset_id in booked]
    changed = [one for one in lines if one.line.asset_id not in booked]
    changed += [one for one, record in here if _read(record) != _listed(one)]
    year = handover.effective_on.year
    behind = [
        one
        for one, record in here
        if record["next_year"] and record["next_year"] < year and record["cost_vnd"] > record["accumulated_vnd"]
    ]
    later = [one for one, record in here if record["valued_on"] > handover.effective_on]
    for left, code, vi, en in (
        (changed, "handover-overtaken", "Sổ đã thay đổi, cần đọc lại", "The book has changed; read anew"),
        ([one for one, record in here if record["lent_to_id"]], "asset-lent-out", "Đang cho mượn", "Lent out are"),
        (
            [one for one, record in here if record["status"] != "in_use"],
            "disposal-under-way",
            "Đang đề nghị hoặc đã phê duyệt xử lý",
            "A disposal is proposed or approved for",
        ),
        (behind, "wear-behind", f"Chưa tính hao mòn đến hết năm {year - 1}", f"Wear up to {year - 1} is missing for"),
        (later, "wear-year-closed", "Đã ghi sổ sau ngày bàn giao", "Booked beyond the day of the handover are"),
    ):
        if left:
            yield _notice(code, vi, en, left)


def _of_the_rest(handover: Handover, units: Units, assets: Iterable[Record]) -> Iterator[Notice]:
    on_it = {one.line.asset_id for one in handover.lines}
    rest: dict[str, list[Record]] = {}
    for record in assets:
        if record["asset_id"] not in on_it:
            rest.setdefault(record["unit_id"], []).append(record)
    for id, left in sorted(rest.items()):
        worth = sums((record["cost_vnd"], record["accumulated_vnd"]) for record in left)
        name, tags = units.name(id, handover.effective_on), _some(record["tag"] for record in left)
        yield Notice(
            code="handover-books-not-empty",
            vi=f"Sổ của {name} còn {worth.asset_count} tài sản ngoài danh mục, giá trị còn lại {worth.residual_vnd} "
            f"đồng ({tags}); đề nghị bổ sung để sổ về 0.",
            en=f"{worth.asset_count} assets of {name} are not on the list, {worth.residual_vnd} VND residual ({tags}); "
            "add them, so that its book comes to nothing.",
        )


def _read(record: Record) -> tuple[int, int]:
    return record["cost_vnd"], record["accumulated_vnd"]


def _listed(listed: Listed) -> tuple[int, int]:
    return listed.line.cost_vnd, listed.line.accumulated_vnd


def _notice(code: str, vi: str, en: str, left: Sequence[Listed]) -> Notice:
    tags = _some(one.line.label for one in left)
    return Notice(code=code, vi=f"{vi}: {len(left)} dòng ({tags}).", en=f"{en}: {len(left)} lines ({tags}).")


def _some(labels: Iterable[Any]) -> str:
    named = [str(label) for label in labels]
    return ", ".join(named[:_SHOWN]) + (f", … (+{len(named) - _SHOWN})" if len(named) > _SHOWN else "")


GET_HANDOVER = QueryRule(GetHandover, _MODELS, _get)
