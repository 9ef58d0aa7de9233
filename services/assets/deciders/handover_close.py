"""The close of a handover: every line passes as it was agreed and signed, in one decision, and all of it adds up."""

from collections import defaultdict
from collections.abc import Sequence

from contracts import assets as words_of_assets
from contracts.assets import handovers as words_of
from contracts.assets.handovers import HandoverEntered, HandoverLine
from contracts.assets.values import Place
from contracts.base import Event, Refused
from services.assets.deciders.asset import ASSET, Asset
from services.assets.deciders.asset_book import BOOK
from services.assets.deciders.asset_registration import correct_asset, register_asset
from services.assets.deciders.common import class_on, first_twice, today
from services.assets.deciders.expectations import expect_books_open, expect_held
from services.assets.deciders.handover import HANDOVER, Handover, Listed, expect_prepared
from services.assets.deciders.handover_lines import registering_surplus
from services.assets.deciders.handover_sign import expect_agreed
from services.assets.deciders.handover_totals import adds_up, origins, shown, sums, totals
from services.runtime.manifest import Decision, Given, Ref, Seen

_PUT_RIGHT = ("name", "model", "maker", "serial_number")


def closing_involves(words: words_of.CloseHandover, given: Given) -> Sequence[Ref]:
    """A batch is closed over all its lines and the receiver's book: 802 aggregates, of 900 at most."""
    twice = first_twice(words.asset_ids)
    if twice:
        raise Refused(words_of_assets.TWICE_NAMED, "asset_ids", asset_id=twice)
    assets = (Ref(ASSET, id) for id in words.asset_ids)
    return (Ref(HANDOVER, words.handover_id), Ref(BOOK, words.to_unit_id), *assets)


def close_handover(words: words_of.CloseHandover, given: Given, handover: Seen, book: Seen, *assets: Seen) -> Decision:
    """All lines pass at once, or none: agreed, signed, with the books as they were signed for, to the last đồng."""
    state: Handover = handover.state
    same = {seen.ref.id for seen in assets} == {listed.line.asset_id for listed in state.lines}
    same = same and words.to_unit_id == state.to_unit_id
    if state.status == "closed" and same:
        return []
    expect_prepared(state, handover.ref.id)
    if not same:
        raise Refused(words_of.HANDOVER_LIST_DIFFERS, "asset_ids", number=state.number, year=state.year)
    if state.effective_on > today(given):
        raise Refused(words_of.HANDOVER_TOO_EARLY, day=state.effective_on)
    expect_agreed(state.lines)
    signed = {one.unit_id for one in state.signatures}
    unsigned = [id for id in (*state.from_unit_ids, state.to_unit_id) if id not in signed]
    if unsigned:
        raise Refused(words_of.HANDOVER_UNSIGNED, units=", ".join(unsigned))
    closing = _Closing(given, handover, book)
    by_id = {seen.ref.id: seen for seen in assets}
    for listed in state.lines:
        closing.carry(listed, by_id[listed.line.asset_id])
    return [(handover, closing.closed()), *closing.events]


class _Closing:
    """A batch while it is carried out: the events of its assets, and what moved by them from each unit."""

    def __init__(self, given: Given, handover: Seen, book: Seen) -> None:
        self.events: list[tuple[Seen, Event]] = []
        self._given = given
        self._handover: Handover = handover.state
        self._id = handover.ref.id
        self._book = book
        self._entered: list[HandoverEntered] = []
        self._moved: dict[str, list[tuple[int, int]]] = defaultdict(list)

    def carry(self, listed: Listed, seen: Seen) -> None:
        """Carry out one line; raise Refused, with its tag, where it cannot be as it was signed."""
        try:
            if listed.line.surplus:
                self._enter(listed, seen)
            else:
                self._expect_as_signed(listed.line, seen)
                self._pass(listed, seen)
        except Refused as refused:
            # The fault is the batch's, not a field's of the wish to close it.
            raise Refused(refused.refusal, None, **refused.values) from None

    def closed(self) -> words_of.HandoverClosed:
        """Return the close with its totals; what its events moved is what the signed list says moves, unit by unit."""
        state = self._handover
        whole, by_unit = totals(state.lines, state.missing_to), origins(state.lines, state.missing_to)
        assert adds_up(whole)
        assert all(one.moving == sums(self._moved[one.unit_id]) for one in by_unit)
        return words_of.HandoverClosed(
            number=state.number,
            year=state.year,
            to_unit_id=state.to_unit_id,
            effective_on=state.effective_on,
            closed_on=today(self._given),
            closed_by=self._given.actor.name,
            origins=by_unit,
            whole=whole,
            entered=tuple(self._entered),
        )

    def _expect_as_signed(self, line: HandoverLine, seen: Seen) -> None:
        asset: Asset = seen.state
        expect_held(asset, seen.ref.id)
        booked = (asset.unit_id, asset.value.cost_vnd, asset.value.accumulated_vnd)
        if booked != (line.from_unit_id, line.cost_vnd, line.accumulated_vnd):
            raise Refused(
                words_of.HANDOVER_UNBALANCED,
                unit_id=line.from_unit_id,
                tag=asset.tag,
                listed=shown(sums([(line.cost_vnd, line.accumulated_vnd)])),
                booked=shown(sums([booked[1:]] if asset.unit_id == line.from_unit_id else [])),
            )
        if asset.status != "in_use":
            raise Refused(words_of_assets.DISPOSAL_UNDER_WAY, tag=asset.tag)
        if asset.loan:
            raise Refused(words_of_assets.ASSET_LENT_OUT, tag=asset.tag, to_unit_id=asset.loan.to_unit_id)
        expect_books_open(asset, self._handover.effective_on, "handover_id")

    def _pass(self, listed: Listed, seen: Seen) -> None:
        if listed.finding != "missing":
            self._put_right(listed, seen, self._hand_over(listed, seen))
            return
        if self._handover.missing_to == "receiver":
            self._hand_over(listed, seen)
        self._propose_loss(seen)

    def _hand_over(self, listed: Listed, seen: Seen) -> Asset:
        asset: Asset = seen.state
        day = self._handover.effective_on
        handed = words_of_assets.AssetHandedOver(
            effective_on=day,
            unit_id=self._handover.to_unit_id,
            class_code=asset.class_code,
            value=asset.value,
            legal_basis=class_on(self._given, asset.class_code, day, None).validity.legal_basis,
            handover_id=self._id,
            from_unit_id=asset.unit_id,
            place=_place(listed, asset),
        )
        self._moved[asset.unit_id].append((asset.value.cost_vnd, asset.value.accumulated_vnd))
        self.events.append((seen, handed))
        return ASSET.evolve(asset, handed)

    def _propose_loss(self, seen: Seen) -> None:
        """What is missing stays worth what it was until its loss is decided upon by whoever may (NĐ 186/2025)."""
        asset: Asset = seen.state
        proposed = words_of_assets.DisposalProposed(
            method="loss",
            reason=f"Thiếu khi bàn giao, biên bản số {self._handover.number}/{self._handover.year}.",
            proposed_on=today(self._given),
            residual_vnd=asset.value.residual_vnd,
            last_year=asset.value.wear.last_year if asset.value.wear else None,
        )
        self.events.append((seen, proposed))

    def _put_right(self, listed: Listed, seen: Seen, after: Asset) -> None:
        """Enter what both sides found: the register's words where they were wrong, and the condition."""
        assert listed.giver
        assert listed.receiver
        wrong: dict[str, str] = {one.point: one.found for one in listed.receiver.said.wrong if one.point in _PUT_RIGHT}
        if wrong:
            reason = f"Sai thông tin khi bàn giao, biên bản số {self._handover.number}/{self._handover.year}."
            said = {"asset_id": seen.ref.id, "reason": reason, **wrong}
            wish = words_of_assets.CorrectAsset.model_validate(said)
            self.events.extend((seen, event) for event in correct_asset(wish, self._given, after))
        condition = listed.receiver.said.condition or listed.giver.said.condition
        if condition and condition != after.condition:
            recorded = words_of_assets.ConditionRecorded(condition=condition, recorded_on=today(self._given))
            self.events.append((seen, recorded))

    def _enter(self, listed: Listed, seen: Seen) -> None:
        state, place = self._handover, listed.receiver.said.place if listed.receiver else None
        condition = listed.receiver.said.condition if listed.receiver else None
        wish = registering_surplus(
            listed.line, state, state.effective_on, condition or listed.line.condition, place or Place()
        )
        for target, event in register_asset(wish, self._given, seen, self._book):
            self.events.append((target, event))
            if target is self._book:
                self._book = Seen(target.ref, BOOK.evolve(target.state, event))
            elif isinstance(event, words_of_assets.AssetRegistered):
                self._entered.append(HandoverEntered(asset_id=seen.ref.id, tag=event.tag))


def _place(listed: Listed, asset: Asset) -> Place:
    """Return where a line stands afterwards: where the receiver says, else where it stood, in no division yet."""
    said = listed.receiver.said.place if listed.receiver else None
    if said is None:
        return asset.place.model_copy(update={"division_id": None})
    return said if said.site_id else said.model_copy(update={"site_id": asset.place.site_id})
