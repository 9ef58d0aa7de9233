"""The list of a handover: drawn up under the year's next number, amended, or dropped."""

from collections.abc import Iterable, Sequence
from typing import Any

from contracts import assets as words_of_assets
from contracts.assets import handovers as words_of
from contracts.assets.handovers import MOST_HANDOVER_LINES, HandoverLine
from contracts.base import Refused
from services.assets.deciders.asset import ASSET, Asset
from services.assets.deciders.common import first_twice, not_in_future, today
from services.assets.deciders.expectations import expect_held
from services.assets.deciders.handover import HANDOVER, Handover, Listed, amended, expect_prepared
from services.assets.deciders.handover_book import HANDOVER_BOOK
from services.assets.deciders.handover_totals import origins, progress, totals
from services.runtime.manifest import Decision, Given, Ref, Seen


def preparing_involves(words: words_of.PrepareHandover, given: Given) -> Sequence[Ref]:
    """A batch is drawn up over the year's numbers and its assets, 802 aggregates at most."""
    book = Ref(HANDOVER_BOOK, str(today(given).year))
    return (Ref(HANDOVER, words_of.handover_id(given.command_id), new=True), book, *_assets(words.asset_ids))


def prepare_handover(
    words: words_of.PrepareHandover, given: Given, handover: Seen, book: Seen, *assets: Seen
) -> Decision:
    """A batch gets the next number of the year it is drawn up in; each asset is on it once, as its book has it."""
    if handover.state.status:
        return []
    not_in_future(given, "decision.issued_on", words.decision.issued_on)
    lines = [_line(seen, words.to_unit_id) for seen in assets]
    listed = [Listed(line) for line in lines]
    _expect_parties(words.parties, words.to_unit_id, {line.from_unit_id for line in lines})
    prepared = words_of.HandoverPrepared(
        number=book.state.last_number + 1,
        year=int(book.ref.id),
        title=words.title,
        to_unit_id=words.to_unit_id,
        effective_on=words.effective_on,
        decision=words.decision,
        venue=words.venue,
        parties=words.parties,
        missing_to=words.missing_to,
        closes_books=words.closes_books,
        lines=tuple(lines),
        origins=origins(listed, words.missing_to),
        whole=totals(listed, words.missing_to),
        progress=progress(listed),
    )
    numbered = words_of.HandoverNumbered(number=prepared.number, handover_id=handover.ref.id)
    return [(handover, prepared), (book, numbered)]


def amending_involves(words: words_of.AmendHandover, given: Given) -> Sequence[Ref]:
    """A batch is amended over the assets that are read."""
    return (Ref(HANDOVER, words.handover_id), *_assets(words.asset_ids, words.dropped_ids))


def amend_handover(words: words_of.AmendHandover, given: Given, handover: Seen, *assets: Seen) -> Decision:
    """Lines change as long as the batch is not closed; whose lines change signs again, and so does the receiver."""
    state: Handover = handover.state
    expect_prepared(state, handover.ref.id)
    standing = {listed.line.asset_id: listed.line for listed in state.lines}
    dropped = [id for id in words.dropped_ids if id in standing]
    read = [_line(seen, state.to_unit_id) for seen in assets]
    changed = [line for line in read if line != standing.get(line.asset_id)]
    parties = state.parties if words.parties is None else words.parties
    if not changed and not dropped and parties == state.parties:
        return []
    lines = amended(state.lines, changed, dropped)
    if not lines:
        raise Refused(words_of.HANDOVER_EMPTY, "dropped_ids")
    expect_length(len(lines), "asset_ids")
    _expect_parties(parties, state.to_unit_id, {listed.line.from_unit_id for listed in lines})
    was = [standing[id] for id in (*(line.asset_id for line in changed if line.asset_id in standing), *dropped)]
    event = words_of.HandoverAmended(
        number=state.number,
        year=state.year,
        lines=tuple(changed),
        dropped_ids=tuple(dropped),
        parties=words.parties,
        origins=origins(lines, state.missing_to),
        whole=totals(lines, state.missing_to),
        progress=progress(lines),
        unsigned_unit_ids=unsigned_by(state, (line.from_unit_id for line in (*changed, *was))),
    )
    return [(handover, event)]


def cancelling_involves(words: words_of.CancelHandover, given: Given) -> Sequence[Ref]:
    """A batch is dropped by itself."""
    return (Ref(HANDOVER, words.handover_id),)


def cancel_handover(words: words_of.CancelHandover, given: Given, handover: Seen) -> Decision:
    """A batch that was not closed is dropped; its number stays used."""
    state: Handover = handover.state
    if state.status == "cancelled" and state.cancelled_reason == words.reason:
        return []
    expect_prepared(state, handover.ref.id)
    cancelled = words_of.HandoverCancelled(number=state.number, year=state.year, title=state.title, reason=words.reason)
    return [(handover, cancelled)]


def unsigned_by(handover: Handover, from_unit_ids: Iterable[str]) -> tuple[str, ...]:
    """Return whose signatures fall when lines of these units change: theirs and the receiver's, where there are any."""
    touched = set(from_unit_ids)
    if not touched:
        return ()
    touched.add(handover.to_unit_id)
    return tuple(one.unit_id for one in handover.signatures if one.unit_id in touched)


def expect_length(count: int, field: str | None) -> None:
    """Raise Refused for more lines than one decision can close."""
    if count > MOST_HANDOVER_LINES:
        raise Refused(words_of.HANDOVER_TOO_LONG, field, most=MOST_HANDOVER_LINES)


def _assets(asset_ids: Sequence[str], dropped_ids: Sequence[str] = ()) -> Sequence[Ref]:
    twice = first_twice((*asset_ids, *dropped_ids))
    if twice:
        raise Refused(words_of_assets.TWICE_NAMED, "asset_ids", asset_id=twice)
    return [Ref(ASSET, id) for id in asset_ids]


def _line(seen: Seen, to_unit_id: str) -> HandoverLine:
    asset: Asset = seen.state
    expect_held(asset, seen.ref.id, "asset_ids")
    if asset.unit_id == to_unit_id:
        raise Refused(words_of.HANDOVER_GOES_NOWHERE, "asset_ids", tag=asset.tag, unit_id=to_unit_id)
    said: dict[str, Any] = {name: getattr(asset.description, name) for name in ("name", "model", "serial_number")}
    return HandoverLine(
        asset_id=seen.ref.id,
        tag=asset.tag,
        class_code=asset.class_code,
        used_from=asset.booked_on.year,
        from_unit_id=asset.unit_id,
        cost_vnd=asset.value.cost_vnd,
        accumulated_vnd=asset.value.accumulated_vnd,
        condition=asset.condition,
        place=asset.place,
        **said,
    )


def _expect_parties(parties: Iterable[words_of.HandoverParty], to_unit_id: str, from_unit_ids: set[str]) -> None:
    for party in parties:
        fits = {"giver": from_unit_ids, "receiver": {to_unit_id}}
        if party.side != "witness" and party.unit_id not in fits[party.side]:
            raise Refused(words_of.HANDOVER_NOT_A_PARTY, "parties", unit_id=party.unit_id)
