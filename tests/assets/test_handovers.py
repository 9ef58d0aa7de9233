"""The rules of handovers: numbered lists, agreed by both sides line by line, signed, and closed when all adds up."""

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from contracts import assets as words
from contracts.organisation import Decision

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.assets.decider import Desk
    from tests.scenario import Outcome

DECISION = Decision(number="214-QĐ/TU", issued_on=date(2026, 11, 20), issuer="Ban Thường vụ Tỉnh ủy")
TODAY = date(2026, 11, 23)
STAPLER = words.HandoverSurplus(class_code="5.2", name="Điều hòa treo tường", cost_vnd=12_000_000, remaining_years=3)


def preparing(*asset_ids: str, **changes: Any) -> words.PrepareHandover:
    usual = {
        "title": "Bàn giao tài sản về Văn phòng",
        "to_unit_id": "vptu",
        "effective_on": TODAY,
        "decision": DECISION,
        "asset_ids": asset_ids,
    }
    return words.PrepareHandover(**{**usual, **changes})


def agreeing(batch: str, side: str, *asset_ids: str, **word: Any) -> words.AgreeLines:
    lines = tuple(words.HandoverWord(**{"asset_id": id, "finding": "matching", **word}) for id in asset_ids)
    return words.AgreeLines(handover_id=batch, side=side, lines=lines)


def reporting(batch: str, side: str = "receiver", **changes: Any) -> words.ReportSurplusLine:
    usual = {"handover_id": batch, "side": side, "from_unit_id": "btctu", "found": STAPLER}
    return words.ReportSurplusLine(**{**usual, **changes})


def signing(desk: "Desk", batch: str, unit_id: str, **changes: Any) -> words.SignHandover:
    """The wish to sign with the sums that the unit's own lines come to."""
    state = desk.scenario.states["handover", batch]
    gives = [one.line for one in state.lines if one.line.from_unit_id == unit_id and one.line.surplus is None]
    stays = [one for one in state.lines if one.finding == "missing" and state.missing_to == "giver"]
    comes = [one.line for one in state.lines if one not in stays]
    lines = comes if unit_id == state.to_unit_id else gives
    cost, worn = sum(line.cost_vnd for line in lines), sum(line.accumulated_vnd for line in lines)
    usual = {"asset_count": len(lines), "cost_vnd": cost, "accumulated_vnd": worn, "residual_vnd": cost - worn}
    return words.SignHandover(**{"handover_id": batch, "unit_id": unit_id, **usual, **changes})


def closing(desk: "Desk", batch: str, **changes: Any) -> words.CloseHandover:
    state = desk.scenario.states["handover", batch]
    ids = tuple(one.line.asset_id for one in state.lines)
    return words.CloseHandover(**{"handover_id": batch, "to_unit_id": state.to_unit_id, "asset_ids": ids, **changes})


def cancelling(batch: str) -> words.CancelHandover:
    return words.CancelHandover(handover_id=batch, reason="Chưa thống nhất.")


def both(desk: "Desk", batch: str, *asset_ids: str, **word: Any) -> None:
    desk.has(*(agreeing(batch, side, *asset_ids, **word) for side in ("giver", "receiver")))


def signed(desk: "Desk", batch: str) -> None:
    state = desk.scenario.states["handover", batch]
    for unit_id in (*state.from_unit_ids, state.to_unit_id):
        desk.has(signing(desk, batch, unit_id))


def of_board(desk: "Desk", count: int = 2, **changes: Any) -> tuple[str, ...]:
    return tuple(desk.asset(**{"unit_id": "btctu", **changes}) for _ in range(count))


def batch_of(desk: "Desk", *asset_ids: str, **changes: Any) -> str:
    return desk.when(preparing(*asset_ids, **changes)).id


def ready(desk: "Desk", *asset_ids: str, **changes: Any) -> str:
    """A batch whose every line matches, signed by everybody."""
    batch = batch_of(desk, *asset_ids, **changes)
    both(desk, batch, *asset_ids)
    signed(desk, batch)
    return batch


# --- the list -------------------------------------------------------------------------------------------------------


def test_a_batch_gets_the_next_number_of_its_year_and_has_every_line_as_its_book_has_it(desk: "Desk") -> None:
    (laptop,) = of_board(desk, 1, accumulated_vnd=4_200_000, worn_to=2025, booked_on=date(2025, 2, 3))
    car = desk.when(desk.buying_car(unit_id="ubkt")).id
    outcome = desk.when(preparing(laptop, car, effective_on=date(2027, 1, 1)))
    prepared = outcome.one(words.HandoverPrepared)
    assert (prepared.number, prepared.year, prepared.effective_on.year) == (1, 2026, 2027)
    assert [(one.tag, one.from_unit_id, one.residual_vnd) for one in prepared.lines] == [
        ("BTCTU-000001", "btctu", 16_800_000),
        ("UBKT-000001", "ubkt", 950_000_000),
    ]
    assert [(one.unit_id, one.booked.cost_vnd, one.pending.accumulated_vnd) for one in prepared.origins] == [
        ("btctu", 21_000_000, 4_200_000),
        ("ubkt", 950_000_000, 0),
    ]
    assert prepared.whole.booked.asset_count == prepared.progress.line_count == 2
    assert outcome.one(words.HandoverNumbered).number == 1
    assert desk.when(preparing(car)).one(words.HandoverPrepared).number == 2


def test_what_cannot_be_handed_over_is_not_put_on_a_list(desk: "Desk") -> None:
    own, (laptop, other) = desk.asset(), of_board(desk)
    desk.when(preparing(own)).refused(words.HANDOVER_GOES_NOWHERE, "asset_ids")
    desk.when(preparing("f" * 32)).refused(words.ASSET_UNKNOWN, "asset_ids")
    desk.when(preparing(laptop, laptop)).refused(words.TWICE_NAMED, "asset_ids")
    late = DECISION.model_copy(update={"issued_on": date(2026, 12, 1)})
    desk.when(preparing(laptop, decision=late)).refused(words.DATE_IN_FUTURE, "decision.issued_on")
    guest = words.HandoverParty(side="giver", unit_id="ubkt", person_id=desk.LAN)
    desk.when(preparing(laptop, parties=(guest,))).refused(words.HANDOVER_NOT_A_PARTY, "parties")
    witness = guest.model_copy(update={"side": "witness"})
    batch = batch_of(desk, laptop, parties=(witness,))
    desk.when(words.AmendHandover(handover_id=batch, asset_ids=(other,), dropped_ids=(other,))).refused(
        words.TWICE_NAMED, "asset_ids"
    )


def test_a_list_is_amended_until_it_is_closed_and_keeps_what_was_said_of_its_lines(desk: "Desk") -> None:
    first, second, third = of_board(desk, 3)
    batch = batch_of(desk, first, second)
    both(desk, batch, first)
    amended = desk.when(words.AmendHandover(handover_id=batch, asset_ids=(third,), dropped_ids=(second,)))
    event = amended.one(words.HandoverAmended)
    assert (event.progress.line_count, event.progress.agreed_count, event.whole.booked.asset_count) == (2, 1, 2)
    desk.when(words.AmendHandover(handover_id=batch, asset_ids=(third,), dropped_ids=(second,))).nothing()
    desk.has(words.UpgradeAsset(asset_id=first, cost_vnd=25_000_000, work="Nâng cấp"))
    renewed = desk.when(words.AmendHandover(handover_id=batch, asset_ids=(first, third)))
    assert [line.cost_vnd for line in renewed.one(words.HandoverAmended).lines] == [25_000_000]
    assert desk.scenario.states["handover", batch].lines[0].finding == "matching"
    everything = words.AmendHandover(handover_id=batch, dropped_ids=(first, third))
    desk.when(everything).refused(words.HANDOVER_EMPTY, "dropped_ids")
    party = words.HandoverParty(side="receiver", unit_id="vptu", person_id=desk.LAN, post="Chánh Văn phòng")
    desk.has(words.AmendHandover(handover_id=batch, parties=(party,)))
    assert desk.scenario.states["handover", batch].parties == (party,)


def test_a_list_is_no_longer_than_one_decision_can_close(desk: "Desk") -> None:
    first = of_board(desk, words.MOST_HANDOVER_LINES)
    batch = batch_of(desk, *first)
    more = words.AmendHandover(handover_id=batch, asset_ids=of_board(desk, 1))
    desk.when(more).refused(words.HANDOVER_TOO_LONG, "asset_ids")
    desk.when(reporting(batch)).refused(words.HANDOVER_TOO_LONG)
    both(desk, batch, *first)
    signed(desk, batch)
    assert len(desk.when(closing(desk, batch)).all(words.AssetHandedOver)) == words.MOST_HANDOVER_LINES


def test_a_batch_that_was_closed_or_dropped_stays_as_it_is(desk: "Desk") -> None:
    first, second = of_board(desk)
    done, dropped = ready(desk, first), batch_of(desk, second)
    desk.has(closing(desk, done), cancelling(dropped))
    desk.when(cancelling(dropped)).nothing()
    for batch, refusal in ((done, words.HANDOVER_DONE), (dropped, words.HANDOVER_CANCELLED)):
        id = first if batch == done else second
        desk.when(words.AmendHandover(handover_id=batch, asset_ids=(second,))).refused(refusal)
        desk.when(agreeing(batch, "giver", id)).refused(refusal)
        desk.when(reporting(batch)).refused(refusal)
        desk.when(signing(desk, batch, "btctu")).refused(refusal)
    desk.when(cancelling(done)).refused(words.HANDOVER_DONE)
    desk.when(closing(desk, dropped)).refused(words.HANDOVER_CANCELLED)
    desk.when(cancelling("e" * 32)).refused(words.HANDOVER_UNKNOWN, "handover_id")


# --- the lines ------------------------------------------------------------------------------------------------------


def test_a_line_is_agreed_when_both_sides_say_the_same_of_it(desk: "Desk") -> None:
    first, second = of_board(desk)
    batch = batch_of(desk, first, second)
    once = desk.when(agreeing(batch, "giver", first, second)).one(words.HandoverLinesDecided)
    assert (once.progress.giver_count, once.progress.receiver_count, once.progress.agreed_count) == (2, 0, 0)
    wrong = (words.WrongFact(point="serial_number", found="SN-77"),)
    desk.has(agreeing(batch, "receiver", first, finding="wrong", wrong=wrong))
    twice = desk.when(agreeing(batch, "receiver", second)).one(words.HandoverLinesDecided)
    assert (twice.progress.agreed_count, twice.progress.disputed_count) == (1, 1)
    thrice = desk.when(agreeing(batch, "giver", first, finding="wrong", wrong=wrong, seen=1))
    assert thrice.one(words.HandoverLinesDecided).progress.agreed_count == 2
    left = desk.when(agreeing(batch, "giver", second, finding="pending", note="Chờ hồ sơ gốc.", seen=1))
    assert left.one(words.HandoverLinesDecided).progress.pending_count == 1


def test_two_clerks_decide_one_line_at_once_and_the_later_is_told_what_happened(
    desk: "Desk", speaker: "Callable[..., Any]", at: "Callable[[str], Any]"
) -> None:
    first, second = of_board(desk)
    batch = batch_of(desk, first, second)
    lan = speaker("clerk", id="user:lan").model_copy(update={"name": "Trần Thị Lan"})
    hung = speaker("clerk", id="user:hung").model_copy(update={"name": "Lê Văn Hùng"})
    desk.when(agreeing(batch, "receiver", first), actor=lan, now=at("2026-11-23 10:07")).accepted()
    later = agreeing(batch, "receiver", first, second, finding="missing")
    said = desk.when(later, actor=hung).refused(words.HANDOVER_LINE_DECIDED)
    assert said.startswith("Trần Thị Lan đã ghi dòng BTCTU-000001 là «khớp» lúc 10:07 23/11/2026;")
    assert desk.scenario.states["handover", batch].lines[1].receiver is None
    desk.when(agreeing(batch, "receiver", second), actor=lan).accepted()
    assert "(cùng 1 dòng khác đã thay đổi)" in desk.when(later, actor=hung).refused(words.HANDOVER_LINE_DECIDED)
    desk.when(agreeing(batch, "receiver", first), actor=hung).nothing()
    desk.when(agreeing(batch, "receiver", first, finding="missing", seen=1), actor=hung).accepted()
    desk.when(agreeing(batch, "receiver", first, seen=1), actor=lan).refused(words.HANDOVER_LINE_DECIDED)
    desk.when(agreeing(batch, "giver", first), actor=lan).accepted()


def test_a_board_speaks_for_its_own_side_and_the_keeper_for_all(desk: "Desk", speaker: "Callable[..., Any]") -> None:
    (laptop,), (safe,) = of_board(desk, 1), of_board(desk, 1, unit_id="ubkt")
    batch = batch_of(desk, laptop, safe)
    giver, receiver = speaker("board", board="BTCTU"), speaker("board", board="VPTU")
    desk.when(agreeing(batch, "giver", laptop), actor=giver).accepted()
    desk.when(agreeing(batch, "giver", safe), actor=giver).refused(words.HANDOVER_NOT_YOUR_SIDE)
    desk.when(agreeing(batch, "receiver", laptop), actor=giver).refused(words.HANDOVER_NOT_YOUR_SIDE)
    desk.when(reporting(batch, "receiver"), actor=giver).refused(words.HANDOVER_NOT_YOUR_SIDE)
    desk.when(reporting(batch, "giver"), actor=giver).accepted()
    desk.when(agreeing(batch, "receiver", laptop, safe), actor=receiver).accepted()
    desk.when(signing(desk, batch, "vptu"), actor=giver).refused(words.HANDOVER_NOT_YOUR_SIDE)
    assert words.CloseHandover.allowed == {"clerk", "leader"}
    assert "board" not in words.PrepareHandover.allowed | words.AmendHandover.allowed | words.CancelHandover.allowed


def test_a_finding_fits_its_line_and_is_explained_where_the_office_must_know_more(desk: "Desk") -> None:
    (laptop,) = of_board(desk, 1)
    batch = batch_of(desk, laptop)
    found = desk.when(reporting(batch, "giver")).one(words.HandoverSurplusReported).line.asset_id
    desk.when(agreeing(batch, "giver", laptop, finding="surplus")).refused(words.HANDOVER_FINDING_UNFIT, "lines")
    desk.when(agreeing(batch, "receiver", found)).refused(words.HANDOVER_FINDING_UNFIT, "lines")
    desk.when(agreeing(batch, "giver", laptop, finding="wrong")).refused(words.HANDOVER_UNEXPLAINED, "lines")
    desk.when(agreeing(batch, "giver", laptop, finding="pending")).refused(words.HANDOVER_UNEXPLAINED, "lines")
    wrong = (words.WrongFact(point="name", found="Máy in"),)
    desk.when(agreeing(batch, "giver", laptop, wrong=wrong)).refused(words.HANDOVER_UNEXPLAINED, "lines")
    place = words.Place(site_id="ts1", room="P.301")
    desk.when(agreeing(batch, "giver", laptop, place=place)).refused(words.HANDOVER_PLACE_UNFIT, "lines")
    desk.when(agreeing(batch, "giver", "f" * 32)).refused(words.HANDOVER_LINE_UNKNOWN, "lines")
    desk.when(agreeing(batch, "giver", laptop, laptop)).refused(words.TWICE_NAMED, "lines")


def test_what_is_reported_as_surplus_is_what_the_receivers_book_would_take(desk: "Desk") -> None:
    (laptop,) = of_board(desk, 1)
    batch = batch_of(desk, laptop, effective_on=date(2027, 1, 1))
    cheap = STAPLER.model_copy(update={"cost_vnd": 300_000})
    desk.when(reporting(batch, found=cheap)).refused(words.BELOW_THRESHOLD, "found.cost_vnd")
    endless = STAPLER.model_copy(update={"remaining_years": None})
    desk.when(reporting(batch, found=endless)).refused(words.REMAINING_NEEDED, "found.remaining_years")
    desk.when(reporting(batch, from_unit_id="ubkt")).refused(words.HANDOVER_NOT_A_PARTY, "from_unit_id")
    desk.when(reporting(batch, "giver", place=words.Place(room="P.1"))).refused(words.HANDOVER_PLACE_UNFIT)
    assert desk.when(reporting(batch)).one(words.HandoverSurplusReported).progress.line_count == 2


# --- signatures -----------------------------------------------------------------------------------------------------


def test_a_unit_signs_when_all_its_lines_are_agreed_with_the_totals_of_its_own_books(desk: "Desk") -> None:
    (laptop, printer), (safe,) = of_board(desk), of_board(desk, 1, unit_id="ubkt", cost_vnd=33_333_333)
    batch = batch_of(desk, laptop, printer, safe)
    desk.when(signing(desk, batch, "btctu")).refused(words.HANDOVER_LINES_OPEN)
    both(desk, batch, laptop, printer)
    desk.when(signing(desk, batch, "vptu")).refused(words.HANDOVER_LINES_OPEN)
    desk.when(signing(desk, batch, "bnctu")).refused(words.HANDOVER_NOT_A_PARTY, "unit_id")
    off = signing(desk, batch, "btctu", cost_vnd=42_000_001, residual_vnd=42_000_001)
    assert "(2 / 42.000.001 / 0 / 42.000.001)" in desk.when(off).refused(words.HANDOVER_SUMS_DIFFER)
    given = desk.when(signing(desk, batch, "btctu", person_id=desk.LAN)).one(words.HandoverSigned)
    assert (given.side, given.signed_by, given.person_id) == ("giver", "Nguyễn Thị Hoa", desk.LAN)
    desk.when(signing(desk, batch, "btctu", person_id=desk.LAN)).nothing()
    both(desk, batch, safe)
    assert desk.when(signing(desk, batch, "vptu")).one(words.HandoverSigned).sums.cost_vnd == 75_333_333


def test_a_line_that_changes_takes_the_signatures_under_it_away(desk: "Desk") -> None:
    (laptop,), (safe,) = of_board(desk, 1), of_board(desk, 1, unit_id="ubkt")
    batch = ready(desk, laptop, safe)
    outcome = desk.when(agreeing(batch, "receiver", safe, finding="missing", seen=1))
    outcome.warns("handover-signature-void")
    assert outcome.one(words.HandoverLinesDecided).unsigned_unit_ids == ("ubkt", "vptu")
    desk.has(agreeing(batch, "giver", safe, finding="missing", seen=1))
    assert desk.when(closing(desk, batch)).refused(words.HANDOVER_UNSIGNED).startswith("Chưa có chữ ký của ubkt, vptu")
    desk.has(signing(desk, batch, "ubkt"), signing(desk, batch, "vptu"))
    desk.when(reporting(batch)).warns("handover-signature-void")
    desk.when(words.AmendHandover(handover_id=batch, dropped_ids=(safe,))).warns("handover-signature-void")


# --- the close ------------------------------------------------------------------------------------------------------


def test_what_matches_passes_with_its_value_and_stands_where_the_receiver_says(desk: "Desk") -> None:
    old = words.Place(site_id="ts1", division_id="btctu-vp", room="P.12")
    moved, kept = of_board(desk, 2, place=old)
    batch = batch_of(desk, moved, kept)
    desk.has(agreeing(batch, "giver", moved, kept))
    desk.has(agreeing(batch, "receiver", moved, place=words.Place(division_id="p-th"), condition="usable"))
    desk.has(agreeing(batch, "receiver", kept))
    signed(desk, batch)
    outcome = desk.when(closing(desk, batch))
    first, second = outcome.all(words.AssetHandedOver)
    assert (first.unit_id, first.from_unit_id, first.handover_id, first.effective_on) == ("vptu", "btctu", batch, TODAY)
    assert first.place == words.Place(site_id="ts1", division_id="p-th")
    assert second.place == words.Place(site_id="ts1", room="P.12")
    assert outcome.one(words.ConditionRecorded).condition == "usable"
    closed = outcome.one(words.HandoverClosed)
    assert closed.whole.moving == closed.whole.booked == closed.whole.received
    asset = desk.scenario.states["asset", moved]
    assert (asset.unit_id, asset.tag, asset.custodian_id) == ("vptu", "BTCTU-000001", None)
    desk.when(closing(desk, batch)).nothing()


def test_the_receiver_charges_the_whole_year(desk: "Desk") -> None:
    (laptop,) = of_board(desk, 1)
    desk.has(closing(desk, ready(desk, laptop)))
    charged = desk.charge(2026, laptop).one(words.WearCharged)
    assert (charged.unit_id, charged.wear_vnd) == ("vptu", 3_000_900)


def test_what_was_wrong_is_put_right_in_the_receivers_book(desk: "Desk") -> None:
    (laptop,) = of_board(desk, 1)
    batch = batch_of(desk, laptop)
    wrong = (
        words.WrongFact(point="serial_number", found="SN-77"),
        words.WrongFact(point="name", found="Máy tính xách tay Dell"),
        words.WrongFact(point="other", found="Thiếu bộ sạc"),
    )
    both(desk, batch, laptop, finding="wrong", wrong=wrong)
    signed(desk, batch)
    outcome = desk.when(closing(desk, batch))
    corrected = outcome.one(words.AssetCorrected)
    assert (corrected.name, corrected.serial_number, corrected.unit_id) == ("Máy tính xách tay Dell", "SN-77", "vptu")
    assert corrected.reason == "Sai thông tin khi bàn giao, biên bản số 1/2026."
    assert outcome.one(words.HandoverClosed).whole.wrong.asset_count == 1


@pytest.mark.parametrize(("missing_to", "holder"), [("receiver", "vptu"), ("giver", "btctu")])
def test_what_is_missing_waits_in_a_book_until_its_loss_is_decided(desk: "Desk", missing_to: str, holder: str) -> None:
    there, gone = of_board(desk)
    batch = batch_of(desk, there, gone, missing_to=missing_to)
    both(desk, batch, there)
    both(desk, batch, gone, finding="missing")
    signed(desk, batch)
    outcome = desk.when(closing(desk, batch))
    assert outcome.one(words.DisposalProposed).reason == "Thiếu khi bàn giao, biên bản số 1/2026."
    asset = desk.scenario.states["asset", gone]
    assert (asset.unit_id, asset.status, asset.proposal.method) == (holder, "disposal_proposed", "loss")
    whole = outcome.one(words.HandoverClosed).whole
    assert whole.moving.cost_vnd + whole.staying.cost_vnd == whole.booked.cost_vnd == 42_000_000
    assert whole.staying.asset_count == (1 if missing_to == "giver" else 0)
    desk.has(words.ApproveDisposal(asset_id=gone, decision=DECISION), words.CarryOutDisposal(asset_id=gone))
    assert desk.scenario.states["asset", gone].status == "disposed"


def test_what_was_found_beyond_the_books_is_entered_under_the_receivers_next_tags(desk: "Desk") -> None:
    own, (laptop,) = desk.asset(), of_board(desk, 1)
    batch = batch_of(desk, laptop)
    both(desk, batch, laptop)
    found = [desk.when(reporting(batch)).one(words.HandoverSurplusReported).line.asset_id for _ in range(2)]
    desk.has(agreeing(batch, "giver", *found, finding="surplus"))
    signed(desk, batch)
    outcome = desk.when(closing(desk, batch))
    registered = outcome.all(words.AssetRegistered)
    assert [(one.tag, one.origin, one.unit_id, one.booked_on) for one in registered] == [
        ("VPTU-000002", "surplus", "vptu", TODAY),
        ("VPTU-000003", "surplus", "vptu", TODAY),
    ]
    closed = outcome.one(words.HandoverClosed)
    assert [(one.asset_id, one.tag) for one in closed.entered] == [
        (found[0], "VPTU-000002"),
        (found[1], "VPTU-000003"),
    ]
    assert (closed.whole.surplus.cost_vnd, closed.whole.received.cost_vnd) == (24_000_000, 45_000_000)
    assert desk.when(desk.registering()).one(words.AssetNumbered).number == 4
    assert desk.scenario.states["asset", own].unit_id == "vptu"


def test_nothing_passes_before_its_day_or_without_both_sides(desk: "Desk") -> None:
    first, second = of_board(desk)
    batch = ready(desk, first, second, effective_on=date(2026, 12, 1))
    desk.when(closing(desk, batch)).refused(words.HANDOVER_TOO_EARLY)
    desk.when(closing(desk, batch, asset_ids=(first,))).refused(words.HANDOVER_LIST_DIFFERS, "asset_ids")
    desk.when(closing(desk, batch, to_unit_id="ubkt")).refused(words.HANDOVER_LIST_DIFFERS, "asset_ids")
    desk.when(closing(desk, batch, asset_ids=(first, first))).refused(words.TWICE_NAMED, "asset_ids")
    other = batch_of(desk, first, second)
    both(desk, other, first)
    said = desk.when(closing(desk, other)).refused(words.HANDOVER_LINES_OPEN)
    assert said.startswith("Còn 1 dòng")
    assert "BTCTU-000002" in said
    both(desk, other, second)
    desk.when(closing(desk, other)).refused(words.HANDOVER_UNSIGNED)


def test_one_line_that_cannot_pass_keeps_all_where_they_are_and_is_named(desk: "Desk") -> None:
    first, second = of_board(desk)
    batch = ready(desk, first, second)

    def refused(refusal: Any, *before: Any) -> str:
        office = desk.scenario.again()
        for command in before:
            office.when(command).accepted()
        outcome: Outcome = office.when(closing(desk, batch))
        return outcome.refused(refusal)

    lent = words.LendAsset(asset_id=second, to_unit_id="ubkt", due_on=date(2026, 12, 1))
    assert "BTCTU-000002" in refused(words.ASSET_LENT_OUT, lent)
    proposed = words.ProposeDisposal(asset_id=second, method="sale", reason="Dôi dư.")
    assert "BTCTU-000002" in refused(words.DISPOSAL_UNDER_WAY, proposed)
    approved = words.ApproveDisposal(asset_id=second, decision=DECISION)
    gone = words.CarryOutDisposal(asset_id=second)
    assert "BTCTU-000002" in refused(words.ASSET_DISPOSED, proposed, approved, gone)
    upgraded = words.UpgradeAsset(asset_id=second, cost_vnd=30_000_000, work="Nâng cấp")
    told = refused(words.HANDOVER_UNBALANCED, upgraded)
    assert "BTCTU-000002 trong danh mục là 1 / 21.000.000 / 0 / 21.000.000" in told
    assert "1 / 30.000.000 / 0 / 30.000.000" in told
    desk.has(closing(desk, batch))


def test_the_years_before_are_charged_first_and_a_booked_year_is_not_reopened(desk: "Desk") -> None:
    (behind,), (ahead,) = of_board(desk, 1, booked_on=date(2025, 3, 1)), of_board(desk, 1)
    batch = ready(desk, behind)
    assert "BTCTU-000001" in desk.when(closing(desk, batch)).refused(words.WEAR_BEHIND)
    later = ready(desk, ahead, effective_on=date(2026, 12, 1))
    desk.charge(2026, ahead).accepted()
    desk.has(words.AmendHandover(handover_id=later, asset_ids=(ahead,)))
    signed(desk, later)
    december = desk.scenario.now.replace(month=12, day=31)
    desk.when(closing(desk, later), now=december).refused(words.YEAR_CLOSED)


def test_an_asset_on_two_lists_passes_by_the_first_that_is_closed(desk: "Desk") -> None:
    (laptop,) = of_board(desk, 1)
    first, second = ready(desk, laptop), ready(desk, laptop, to_unit_id="ubkt")
    desk.has(closing(desk, first))
    told = desk.when(closing(desk, second)).refused(words.HANDOVER_UNBALANCED)
    assert "0 / 0 / 0 / 0" in told
