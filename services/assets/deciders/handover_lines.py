"""The lines of a handover: what either side found each to be, and what was found that no book has."""

from collections.abc import Sequence
from datetime import date

from contracts import assets as words_of_assets
from contracts.assets import handovers as words_of
from contracts.assets.handovers import HandoverDecision, HandoverFinding, HandoverLine, HandoverSide, HandoverWord
from contracts.assets.values import Condition, Place
from contracts.base import Refused
from services.assets.deciders.asset import ASSET
from services.assets.deciders.asset_book import BOOK
from services.assets.deciders.asset_registration import register_asset
from services.assets.deciders.common import HANOI, first_twice, today
from services.assets.deciders.handover import HANDOVER, Handover, Listed, Word, decided, expect_prepared, said_of
from services.assets.deciders.handover_list import expect_length, unsigned_by
from services.assets.deciders.handover_totals import progress
from services.runtime.manifest import Decision, Given, Ref, Seen
from services.runtime.text import token

# Where a surplus will stand may be said later by the receiver; a room is asked for its site when the batch closes.
_SOMEWHERE = Place(site_id="o-ben-nhan")
_FINDINGS: dict[HandoverFinding, tuple[str, str]] = {
    "matching": ("khớp", "matching"),
    "surplus": ("thừa", "surplus"),
    "missing": ("thiếu", "missing"),
    "wrong": ("sai thông tin", "wrong"),
    "pending": ("chờ xử lý", "pending"),
}


def agreeing_involves(words: words_of.AgreeLines, given: Given) -> Sequence[Ref]:
    """Lines are decided over their batch; two who decide at once are decided one after the other."""
    twice = first_twice([word.asset_id for word in words.lines])
    if twice:
        raise Refused(words_of_assets.TWICE_NAMED, "lines", asset_id=twice)
    return (Ref(HANDOVER, words.handover_id),)


def agree_lines(words: words_of.AgreeLines, given: Given, handover: Seen) -> Decision:
    """A side's word replaces its word before only for who has seen that one; what stands already is not said again."""
    state: Handover = handover.state
    expect_prepared(state, handover.ref.id)
    by_id = {listed.line.asset_id: listed for listed in state.lines}
    said, overtaken = list[HandoverDecision](), list[tuple[Listed, Word]]()
    for word in words.lines:
        listed = by_id.get(word.asset_id)
        if listed is None:
            number, year = state.number, state.year
            raise Refused(words_of.HANDOVER_LINE_UNKNOWN, "lines", number=number, year=year, asset_id=word.asset_id)
        _expect_speaks(given, words.side, state, listed.line.from_unit_id)
        _expect_fits(word, words.side, listed.line, "lines")
        standing = listed.word(words.side)
        one = _decision(word, standing)
        if standing and _same(standing.said, one):
            continue
        if standing and standing.said.revision != word.seen:
            overtaken.append((listed, standing))
        said.append(one)
    if overtaken:
        raise _overtaken(overtaken)
    return [(handover, _decided(state, words.side, given, said))] if said else []


def _decided(
    state: Handover, side: HandoverSide, given: Given, said: Sequence[HandoverDecision]
) -> words_of.HandoverLinesDecided:
    by = given.actor.name
    lines = decided(state.lines, side, [Word(one, by, given.now) for one in said])
    changed = {one.asset_id for one in said}
    givers = (listed.line.from_unit_id for listed in lines if listed.line.asset_id in changed)
    return words_of.HandoverLinesDecided(
        number=state.number,
        year=state.year,
        side=side,
        decided_by=by,
        decided_at=given.now,
        said=tuple(said),
        progress=progress(lines),
        unsigned_unit_ids=unsigned_by(state, givers),
    )


def reporting_involves(words: words_of.ReportSurplusLine, given: Given) -> Sequence[Ref]:
    """A surplus is put on the list of its batch; the command's id becomes its own."""
    return (Ref(HANDOVER, words.handover_id),)


def report_surplus_line(words: words_of.ReportSurplusLine, given: Given, handover: Seen) -> Decision:
    """What is found must be what a book could take in; the other side agrees to it as to every line."""
    state: Handover = handover.state
    expect_prepared(state, handover.ref.id)
    if words.from_unit_id not in state.from_unit_ids:
        raise Refused(words_of.HANDOVER_NOT_A_PARTY, "from_unit_id", unit_id=words.from_unit_id)
    _expect_speaks(given, words.side, state, words.from_unit_id)
    expect_length(len(state.lines) + 1, None)
    found = words.found
    line = HandoverLine(
        asset_id=words_of_assets.asset_id(given.command_id),
        name=found.name,
        class_code=found.class_code,
        model=found.model,
        serial_number=found.serial_number,
        from_unit_id=words.from_unit_id,
        cost_vnd=found.cost_vnd,
        accumulated_vnd=0,
        condition=words.condition,
        surplus=found,
    )
    word = HandoverWord(asset_id=line.asset_id, finding="surplus", place=words.place, note=words.note)
    _expect_fits(word, words.side, line, None)
    _expect_registrable(line, state, given, words.condition)
    listed = said_of(Listed(line), words.side, Word(_decision(word, None), given.actor.name, given.now))
    event = words_of.HandoverSurplusReported(
        number=state.number,
        year=state.year,
        side=words.side,
        line=line,
        said=_decision(word, None),
        decided_by=given.actor.name,
        decided_at=given.now,
        progress=progress((*state.lines, listed)),
        unsigned_unit_ids=unsigned_by(state, (words.from_unit_id,)),
    )
    return [(handover, event)]


def registering_surplus(
    line: HandoverLine, handover: Handover, day: date, condition: Condition, place: Place
) -> words_of_assets.RegisterAsset:
    """Return the wish to enter a surplus line into the receiver's book on a day, under the batch's decision."""
    assert line.surplus is not None
    facts = {name: getattr(line.surplus, name) for name in type(line.surplus).model_fields}
    return words_of_assets.RegisterAsset(
        **facts,
        unit_id=handover.to_unit_id,
        origin="surplus",
        booked_on=day,
        condition=condition,
        place=place,
        decision=handover.decision,
        note=f"Thừa khi bàn giao, biên bản số {handover.number}/{handover.year}.",
    )


def _expect_registrable(line: HandoverLine, state: Handover, given: Given, condition: Condition) -> None:
    """Raise Refused for what the receiver's book would not take; it is entered when the batch closes."""
    wish = registering_surplus(line, state, min(state.effective_on, today(given)), condition, _SOMEWHERE)
    asset = Seen(Ref(ASSET, line.asset_id), ASSET.initial)
    try:
        register_asset(wish, given, asset, Seen(Ref(BOOK, state.to_unit_id), BOOK.initial))
    except Refused as refused:
        field = f"found.{refused.field}" if refused.field else None
        raise Refused(refused.refusal, field, **refused.values) from None


def _expect_speaks(given: Given, side: HandoverSide, state: Handover, from_unit_id: str) -> None:
    expect_speaks(given, from_unit_id if side == "giver" else state.to_unit_id)


def expect_speaks(given: Given, unit_id: str) -> None:
    """Raise Refused for a speaker of another unit; the keeper of assets speaks for every unit."""
    of_unit = given.actor.board is not None and token(given.actor.board) == unit_id
    if "clerk" not in given.actor.roles and not of_unit:
        raise Refused(words_of.HANDOVER_NOT_YOUR_SIDE, unit_id=unit_id)


def _expect_fits(word: HandoverWord, side: HandoverSide, line: HandoverLine, field: str | None) -> None:
    vi, en = _FINDINGS[word.finding]
    if word.finding != "pending" and (word.finding == "surplus") != (line.surplus is not None):
        raise Refused(words_of.HANDOVER_FINDING_UNFIT, field, tag=line.label, finding_vi=vi, finding_en=en)
    unexplained = word.finding == "pending" and not word.note
    if unexplained or (word.finding == "wrong") != bool(word.wrong):
        raise Refused(words_of.HANDOVER_UNEXPLAINED, field, tag=line.label)
    if word.place is not None and side == "giver":
        raise Refused(words_of.HANDOVER_PLACE_UNFIT, field, tag=line.label)


def _decision(word: HandoverWord, standing: Word | None) -> HandoverDecision:
    return HandoverDecision(
        asset_id=word.asset_id,
        finding=word.finding,
        wrong=word.wrong,
        condition=word.condition,
        place=word.place,
        note=word.note,
        revision=standing.said.revision + 1 if standing else 1,
    )


def _same(standing: HandoverDecision, said: HandoverDecision) -> bool:
    return standing == said.model_copy(update={"revision": standing.revision})


def _overtaken(overtaken: Sequence[tuple[Listed, Word]]) -> Refused:
    listed, word = overtaken[0]
    vi, en = _FINDINGS[word.said.finding]
    others = len(overtaken) - 1
    return Refused(
        words_of.HANDOVER_LINE_DECIDED,
        name=word.by,
        tag=listed.line.label,
        finding_vi=vi,
        finding_en=en,
        at=f"{word.at.astimezone(HANOI):%H:%M %d/%m/%Y}",
        others_vi=f" (cùng {others} dòng khác đã thay đổi)" if others else "",
        others_en=f" ({others} other lines changed too)" if others else "",
    )
