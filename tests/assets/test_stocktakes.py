"""The rules of a stocktake: what is expected, how things are counted, how differences are decided, when it closes."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import ValidationError

from contracts import assets
from contracts.assets import stocktakes as words
from contracts.base import Actor
from contracts.organisation import Decision

if TYPE_CHECKING:
    from tests.assets.decider import Desk
    from tests.scenario import Outcome

TODAY = date(2026, 11, 23)
COUNTED_AT = datetime.fromisoformat("2026-11-23T08:30+07:00")
COMMITTEE = (
    words.CommitteeMember(role="head", name="Trần Văn Minh", title="Chánh Văn phòng"),
    words.CommitteeMember(role="chief_accountant", name="Lê Thị Hà"),
    words.CommitteeMember(role="chair", name="Nguyễn Thị Lan"),
)
BAO = Actor(id="user:pham.quoc.bao", name="Phạm Quốc Bảo", roles=("clerk",))
ROOM = assets.Place(site_id="ts1", room="P.305")


def scan(number: int, tag: str | None = None, **said: Any) -> words.Scan:
    if tag is None:
        said = {"description": "Ghế xoay", **said}
    return words.Scan(scan_id=f"{number:032x}", tag=tag, **{"counted_at": COUNTED_AT, **said})


class Campaign:
    """A stocktake in an office, with the words of those who count."""

    def __init__(self, desk: "Desk", *, started: bool = True, items: int = 3, **changes: Any) -> None:
        self.desk = desk
        self.assets = [desk.asset(name=f"Máy tính {place}", place=ROOM) for place in range(items)]
        self.tags = [str(self.state("asset", id).tag) for id in self.assets]
        usual = {"title": "Kiểm kê cuối năm 2026", "snapshot_on": TODAY, "committee": COMMITTEE}
        self.id = desk.when(words.OpenStocktake(**{**usual, **changes})).id
        if started:
            self.expect(*range(items)).accepted()
            desk.has(words.StartCounting(stocktake_id=self.id))

    def state(self, aggregate: str, id: str) -> Any:
        return self.desk.scenario.states[aggregate, id]

    @property
    def tally(self) -> words.Tally:
        tally: words.Tally = self.state("stocktake", self.id).tally
        return tally

    def line(self, line: str) -> Any:
        return self.state("stocktakeline", f"{self.id}-{line.lower()}")

    def expect(self, *places: int) -> "Outcome":
        named = tuple(words.ExpectedAsset(asset_id=self.assets[place], tag=self.tags[place]) for place in places)
        return self.desk.when(words.ExpectAssets(stocktake_id=self.id, assets=named))

    def count(self, *scans: words.Scan, actor: Actor | None = None, number: int | None = None) -> "Outcome":
        return self.desk.when(words.RecordCounts(stocktake_id=self.id, scans=scans), actor=actor, number=number)

    def deciding(self, line: str, resolution: Any, **said: Any) -> words.DecideDifference:
        usual = {"reason": "Theo biên bản của ban kiểm kê.", "revision": self.line(line).revision}
        return words.DecideDifference(stocktake_id=self.id, line=line, resolution=resolution, **{**usual, **said})

    def decide(self, line: str, resolution: Any, actor: Actor | None = None, **said: Any) -> "Outcome":
        return self.desk.when(self.deciding(line, resolution, **said), actor=actor)

    def close(self, **said: Any) -> "Outcome":
        return self.desk.when(words.CloseStocktake(stocktake_id=self.id), **said)


@pytest.fixture
def campaign(desk: "Desk") -> Campaign:
    """Three computers that are expected, and counting has started."""
    return Campaign(desk)


# --- opening, the list ----------------------------------------------------------------------------------------------


def test_the_stocktakes_of_a_year_are_numbered_without_a_hole(desk: "Desk") -> None:
    numbers = [Campaign(desk, started=False, items=0) for _ in range(2)]
    desk.has(words.CancelStocktake(stocktake_id=numbers[1].id, reason="Mở nhầm."))
    third = Campaign(desk, started=False, items=0)
    states = [desk.scenario.states["stocktake", one.id] for one in (*numbers, third)]
    assert [(state.number, state.year) for state in states] == [(1, 2026), (2, 2026), (3, 2026)]


def test_a_committee_by_a_decision_of_tomorrow_is_refused(desk: "Desk") -> None:
    tomorrow = Decision(number="9-QĐ/VPTU", issued_on=date(2026, 11, 24), issuer="Văn phòng Tỉnh ủy")
    opening = words.OpenStocktake(title="Kiểm kê", snapshot_on=TODAY, committee=COMMITTEE, decision=tomorrow)
    desk.when(opening).refused(assets.DATE_IN_FUTURE, "decision.issued_on")


def test_a_committee_named_anew_signs(campaign: Campaign) -> None:
    naming = words.NameCommittee(stocktake_id=campaign.id, committee=COMMITTEE[:2])
    campaign.desk.when(naming).then(words.CommitteeNamed(committee=COMMITTEE[:2]))
    campaign.desk.when(naming).nothing()


def test_what_is_expected_is_what_the_books_say_on_the_day(desk: "Desk") -> None:
    campaign = Campaign(desk, started=False)
    listed = campaign.expect(0, 1)
    first = listed.all(words.AssetExpected)[0]
    assert (first.number, first.tag, first.place, first.state) == (1, campaign.tags[0], ROOM, "missing")
    assert first.book == words.Worth(quantity=1, cost_vnd=21_000_000, residual_vnd=21_000_000)
    assert listed.one(words.AssetsListed).tally == words.Tally(lines=2, expected=2, missing=2, undecided=2)
    listed.warns()


def test_a_list_is_drawn_up_in_portions_and_a_portion_said_again_changes_nothing(desk: "Desk") -> None:
    campaign = Campaign(desk, started=False)
    campaign.expect(0, 1).accepted()
    campaign.expect(0, 1).nothing()
    assert campaign.expect(1, 2).one(words.AssetExpected).number == 3
    assert campaign.tally.lines == 3


def test_what_is_outside_the_scope_or_not_in_the_books_of_the_day_is_passed_over_and_named(desk: "Desk") -> None:
    scope = words.Scope(unit_ids=("vptu",), site_ids=("ts1",), class_codes=("5",))
    campaign = Campaign(desk, started=False, items=1, scope=scope)
    late = {"booked_on": date(2026, 11, 23)}
    for changes in ({"unit_id": "btctu"}, {"class_code": "2.2"}, {"place": assets.Place(site_id="ts2")}):
        campaign.assets.append(desk.asset(**{"place": ROOM, **changes}))
    campaign.tags = [campaign.state("asset", id).tag for id in campaign.assets]
    listed = campaign.expect(0, 1, 2, 3)
    listed.warns("assets-passed-over")
    assert [passed.cause for passed in listed.one(words.AssetsListed).passed_over] == ["out_of_scope"] * 3
    campaign.expect(1, 2).refused(words.NONE_LISTED, "assets")
    earlier = Campaign(desk, started=False, items=0, snapshot_on=date(2026, 6, 1))
    earlier.assets, earlier.tags = [campaign.assets[0], desk.asset(**late)], [campaign.tags[0], "VPTU-000004"]
    assert earlier.expect(0, 1).one(words.AssetsListed).passed_over[0].cause == "not_held"


def test_an_asset_that_left_the_books_by_the_day_is_not_expected(desk: "Desk") -> None:
    campaign = Campaign(desk, started=False, items=2)
    gone = campaign.assets[0]
    desk.has(
        assets.ProposeDisposal(asset_id=gone, method="sale", reason="Hỏng."),
        assets.ApproveDisposal(asset_id=gone, decision=desk.DECISION),
        assets.CarryOutDisposal(asset_id=gone),
    )
    assert [passed.tag for passed in campaign.expect(0, 1).one(words.AssetsListed).passed_over] == campaign.tags[:1]


def test_an_unknown_asset_a_wrong_tag_and_one_named_twice_are_refused(desk: "Desk") -> None:
    campaign = Campaign(desk, started=False)
    campaign.tags[1] = "VPTU-000099"
    campaign.expect(0, 1).refused(words.TAG_UNFIT, "assets")
    campaign.assets[0] = "f" * 32
    campaign.expect(0).refused(assets.ASSET_UNKNOWN, "assets")
    campaign.expect(2, 2).refused(words.SCOPE_TWICE, "assets")


def test_a_list_taken_anew_has_the_value_the_books_have_now(desk: "Desk", at: Callable[[str], datetime]) -> None:
    campaign = Campaign(desk, started=False, items=1, snapshot_on=date(2027, 1, 1))
    campaign.expect(0).warns("listed-ahead")
    desk.charge(2026, *campaign.assets).accepted()
    desk.scenario.now = at("2027-01-02 09:00")
    listed = campaign.expect(0)
    listed.warns()
    assert listed.one(words.AssetExpected).book.residual_vnd == 21_000_000 - 3_000_900
    assert (listed.one(words.AssetExpected).number, campaign.tally.lines) == (1, 1)


def test_wear_that_is_not_charged_yet_is_told_when_the_list_is_drawn_up(
    desk: "Desk", at: Callable[[str], datetime]
) -> None:
    desk.scenario.now = at("2027-01-02 09:00")
    campaign = Campaign(desk, started=False, items=1, snapshot_on=date(2027, 1, 1))
    campaign.expect(0).warns("listed-before-wear")


def test_a_value_that_changed_after_the_day_says_so(desk: "Desk") -> None:
    campaign = Campaign(desk, started=False, items=1, snapshot_on=date(2026, 11, 1))
    desk.has(assets.UpgradeAsset(asset_id=campaign.assets[0], cost_vnd=25_000_000, work="Thêm bộ nhớ"))
    expected = campaign.expect(0).one(words.AssetExpected)
    assert (expected.changed_on, expected.book.cost_vnd) == (TODAY, 25_000_000)


def test_counting_starts_once_and_against_a_list(desk: "Desk") -> None:
    campaign = Campaign(desk, started=False)
    starting = words.StartCounting(stocktake_id=campaign.id)
    desk.when(starting).refused(words.NOTHING_EXPECTED)
    campaign.count(scan(1, campaign.tags[0])).refused(words.COUNTING_NOT_STARTED)
    campaign.expect(0).accepted()
    desk.when(starting).then(words.CountingStarted(started_on=TODAY))
    desk.when(starting).nothing()


# --- counting -------------------------------------------------------------------------------------------------------


def test_a_thing_seen_where_the_register_has_it_is_found(campaign: Campaign) -> None:
    counted = campaign.count(scan(1, campaign.tags[0], place=assets.Place(site_id="ts1", room="p 305")))
    assert counted.one(words.AssetCounted).state == "found"
    assert counted.one(words.AssetCounted).seen.counted_by == "Nguyễn Thị Hoa"
    assert campaign.tally == words.Tally(lines=3, expected=3, found=1, missing=2, undecided=2)
    counted.warns()


def test_a_thing_seen_elsewhere_or_with_somebody_else_or_damaged_differs(campaign: Campaign) -> None:
    campaign.desk.has(assets.AssignCustodian(asset_id=campaign.assets[0], custodian_id=campaign.desk.LAN))
    other = Campaign(campaign.desk, items=1)
    other.assets, other.tags = campaign.assets[:1], campaign.tags[:1]
    other.expect(0).accepted()
    seen = scan(
        1,
        campaign.tags[0],
        place=assets.Place(site_id="ts2", division_id="vptu-hc", room="P.101"),
        custodian_id=campaign.desk.HUNG,
        condition="damaged",
    )
    counted = other.count(seen).one(words.AssetCounted)
    assert (counted.state, counted.differs) == ("differing", ("site", "room", "custodian", "condition"))


def test_a_thing_outside_the_list_is_unexpected_with_what_its_book_says_where_the_device_knew_it(
    campaign: Campaign,
) -> None:
    stray = campaign.desk.asset(unit_id="btctu", name="Máy in")
    counted = campaign.count(
        scan(1, "BTCTU-000001", asset_id=stray), scan(2, "UBKTTU-000007", asset_id=stray), scan(3, "BNCTU-000001")
    )
    counted.warns("outside-the-list")
    known, *unknown = counted.all(words.AssetCounted)
    assert (known.state, known.name, known.unit_id, known.number) == ("unexpected", "Máy in", "btctu", 4)
    assert known.book == words.Worth(quantity=1, cost_vnd=21_000_000, residual_vnd=21_000_000)
    assert [(one.name, one.number) for one in unknown] == [(None, 5), (None, 6)]
    assert campaign.tally.unexpected == 3


def test_a_thing_without_a_label_is_a_line_of_its_own_however_often_it_is_sent(campaign: Campaign) -> None:
    chairs = scan(7, quantity=4)
    found = campaign.count(chairs)
    found.warns("outside-the-list")
    assert found.one(words.ThingFound).quantity == 4
    campaign.count(chairs).nothing()
    assert (campaign.tally.untagged, campaign.tally.lines) == (1, 4)


def test_a_thing_counted_already_is_kept_as_a_repeat_and_told_with_who_and_when(campaign: Campaign) -> None:
    campaign.count(scan(1, campaign.tags[0]), actor=BAO).accepted()
    again = campaign.count(scan(2, campaign.tags[0], counted_at=COUNTED_AT + timedelta(minutes=5)))
    again.warns("already-counted")
    assert "Phạm Quốc Bảo" in again.notices[0].vi
    assert "08:30 23/11/2026" in again.notices[0].vi
    assert campaign.tally.found == 1
    assert len(campaign.line(campaign.tags[0]).scans) == 2


def test_the_same_offline_list_twice_counts_once(campaign: Campaign) -> None:
    offline = [scan(place, tag) for place, tag in enumerate(campaign.tags)] + [scan(9)]
    campaign.count(*offline).accepted()
    tally = campaign.tally
    campaign.count(*offline).nothing()
    assert campaign.tally == tally


def test_half_a_list_and_then_the_whole_of_it_counts_everything_once(campaign: Campaign) -> None:
    offline = [scan(place, tag) for place, tag in enumerate(campaign.tags)]
    campaign.count(*offline[:1]).accepted()
    whole = campaign.count(*offline)
    whole.warns()
    assert [event.tag for event in whole.all(words.AssetCounted)] == campaign.tags[1:]
    assert campaign.tally == words.Tally(lines=3, expected=3, found=3)


def test_one_thing_twice_in_one_list_is_counted_once_and_told(campaign: Campaign) -> None:
    campaign.count(scan(1, campaign.tags[0]), scan(2, campaign.tags[0])).warns("already-counted")
    campaign.count(scan(3, campaign.tags[1]), scan(3, campaign.tags[1])).warns()
    assert campaign.tally.found == 2


def test_several_counters_at_once_do_not_wait_for_each_other(campaign: Campaign) -> None:
    here, there = campaign.desk, campaign.count(scan(1, campaign.tags[0]), actor=BAO)
    other = here.when(words.RecordCounts(stocktake_id=campaign.id, scans=(scan(2, campaign.tags[1]),)))
    assert there.id != other.id
    assert campaign.tally.found == 2


def test_a_device_whose_clock_is_ahead_counted_when_it_said_so(campaign: Campaign) -> None:
    ahead = scan(1, campaign.tags[0], counted_at=COUNTED_AT + timedelta(days=400))
    assert campaign.count(ahead).one(words.AssetCounted).seen.counted_at == campaign.desk.scenario.now


def test_what_was_counted_before_it_was_listed_is_no_longer_unexpected(desk: "Desk") -> None:
    campaign = Campaign(desk, started=False)
    campaign.expect(0).accepted()
    desk.has(words.StartCounting(stocktake_id=campaign.id))
    moved = assets.Place(site_id="ts9")
    campaign.count(scan(1, campaign.tags[1]), scan(2, campaign.tags[2], place=moved)).accepted()
    assert [event.state for event in campaign.expect(1, 2).all(words.AssetExpected)] == ["found", "differing"]
    assert campaign.tally == words.Tally(lines=3, expected=3, found=1, differing=1, missing=1, undecided=2)


def test_a_scan_names_a_tag_or_describes_a_thing() -> None:
    for wrong in ({}, {"tag": "VPTU-000001", "description": "Ghế"}, {"tag": "VPTU-000001", "quantity": 2}):
        with pytest.raises(ValidationError):
            words.Scan(scan_id="a" * 32, counted_at=COUNTED_AT, **wrong)


# --- deciding -------------------------------------------------------------------------------------------------------


def test_a_loss_is_decided_and_proposed_for_disposal_at_the_same_moment(campaign: Campaign) -> None:
    decided = campaign.decide(campaign.tags[0], "loss", asset_id=campaign.assets[0])
    assert decided.one(assets.DisposalProposed).method == "loss"
    assert decided.one(words.DifferenceDecided).actual == words.Worth()
    assert campaign.tally.undecided == 2


def test_two_clerks_deciding_the_same_line_at_once_one_wins_and_the_other_is_told_who_decided_what_and_when(
    campaign: Campaign,
) -> None:
    line, laptop = campaign.tags[0], campaign.assets[0]
    lan, bao = (
        campaign.deciding(line, "loss", asset_id=laptop),
        campaign.deciding(line, "confirmed", reason="Đang gửi sửa chữa."),
    )
    assert lan.revision == bao.revision
    campaign.desk.when(lan).accepted()
    told = campaign.desk.when(bao, actor=BAO)
    said = told.refused(words.LINE_DECIDED)
    assert "Nguyễn Thị Hoa" in said
    assert "“mất”" in said
    assert "09:00 23/11/2026" in said
    assert campaign.line(line).decision.resolution == "loss"
    campaign.desk.when(lan, actor=BAO).refused(words.LINE_DECIDED)
    campaign.desk.when(lan).nothing()


def test_who_has_read_the_decision_of_another_may_decide_anew(campaign: Campaign) -> None:
    line = campaign.tags[0]
    campaign.decide(line, "confirmed", reason="Đang cho mượn.").accepted()
    anew = campaign.decide(line, "other", actor=BAO, reason="Chờ kết luận.")
    assert anew.one(words.DifferenceDecided).decided_by == "Phạm Quốc Bảo"


def test_a_line_counted_while_its_loss_was_being_decided_is_not_lost(campaign: Campaign) -> None:
    loss = campaign.deciding(campaign.tags[0], "loss", asset_id=campaign.assets[0])
    campaign.count(scan(1, campaign.tags[0], place=assets.Place(room="P.1")), actor=BAO).accepted()
    assert "Phạm Quốc Bảo" in campaign.desk.when(loss).refused(words.LINE_COUNTED)


def test_a_line_whose_book_value_was_taken_anew_is_looked_at_again(campaign: Campaign) -> None:
    confirming = campaign.deciding(campaign.tags[0], "confirmed")
    laptop = campaign.assets[0]
    campaign.desk.has(assets.UpgradeAsset(asset_id=laptop, cost_vnd=25_000_000, work="Thêm bộ nhớ"))
    campaign.expect(0).accepted()
    campaign.desk.when(confirming).refused(words.LINE_CHANGED)


def test_searching_again_leaves_a_line_missing_and_undecided(campaign: Campaign) -> None:
    campaign.decide(campaign.tags[0], "search_again").accepted()
    assert campaign.tally.undecided == 3
    assert campaign.count(scan(1, campaign.tags[0])).one(words.AssetCounted).state == "found"


def test_a_thing_found_after_its_loss_was_decided_takes_the_decision_back_and_says_so(campaign: Campaign) -> None:
    campaign.decide(campaign.tags[0], "loss", asset_id=campaign.assets[0]).accepted()
    counted = campaign.count(scan(1, campaign.tags[0]))
    counted.warns("thought-missing")
    assert "“mất”" in counted.notices[0].vi
    assert campaign.line(campaign.tags[0]).decision is None
    assert campaign.tally.found == 1


def test_what_is_lent_or_repaired_is_confirmed_and_counts_as_there(campaign: Campaign) -> None:
    decided = campaign.decide(campaign.tags[0], "confirmed", reason="Đang cho Ban Tổ chức mượn.")
    assert decided.one(words.DifferenceDecided).actual == campaign.line(campaign.tags[0]).worth


def test_the_register_is_corrected_to_what_was_seen_in_the_same_decision(campaign: Campaign) -> None:
    laptop, tag = campaign.assets[0], campaign.tags[0]
    seen = scan(1, tag, place=assets.Place(site_id="ts2"), custodian_id=campaign.desk.HUNG, condition="damaged")
    campaign.count(seen).accepted()
    decided = campaign.decide(tag, "correct_register", asset_id=laptop)
    kinds = [type(event) for event in decided.events]
    assert kinds == [
        words.DifferenceDecided,
        assets.AssetMoved,
        assets.CustodianAssigned,
        assets.ConditionRecorded,
        words.StocktakeTallied,
    ]
    asset = campaign.state("asset", laptop)
    assert (asset.place, asset.custodian_id, asset.condition) == (
        assets.Place(site_id="ts2"),
        campaign.desk.HUNG,
        "damaged",
    )


def test_a_thing_to_be_put_back_leaves_the_register_as_it_is(campaign: Campaign) -> None:
    campaign.count(scan(1, campaign.tags[0], place=assets.Place(room="P.101"))).accepted()
    decided = campaign.decide(campaign.tags[0], "return_to_place")
    assert [type(event) for event in decided.events] == [words.DifferenceDecided, words.StocktakeTallied]


def test_a_surplus_enters_the_register_in_the_same_decision_with_its_next_tag(campaign: Campaign) -> None:
    campaign.count(scan(8, description="Máy in LBP")).accepted()
    surplus = words.Surplus(unit_id="vptu", class_code="5.3", name="Máy in LBP", cost_vnd=14_000_000, remaining_years=4)
    decided = campaign.decide(f"{8:032x}", "register_surplus", surplus=surplus)
    entered = decided.one(assets.AssetRegistered)
    assert (entered.origin, entered.tag) == ("surplus", "VPTU-000004")
    told = decided.one(words.DifferenceDecided)
    assert (told.asset_tag, told.asset_id) == (
        "VPTU-000004",
        next(id for s, e in decided.decision if e is entered for id in (s.ref.id,)),
    )
    assert told.actual == words.Worth(quantity=1, cost_vnd=14_000_000, residual_vnd=14_000_000 - 3 * 2_000_600)
    again = campaign.decide(f"{8:032x}", "register_surplus", surplus=surplus, reason="Ghi lại.")
    again.refused(words.RESOLUTION_UNFIT, "resolution")


def test_a_surplus_the_register_would_not_take_is_refused_where_it_is_at_fault(campaign: Campaign) -> None:
    campaign.count(scan(8)).accepted()
    surplus = words.Surplus(unit_id="vptu", class_code="5.3", name="Ghế", cost_vnd=900_000, remaining_years=4)
    campaign.decide(f"{8:032x}", "register_surplus", surplus=surplus).refused(
        assets.BELOW_THRESHOLD, "surplus.cost_vnd"
    )
    campaign.decide(f"{8:032x}", "register_surplus").refused(words.SURPLUS_NEEDED, "surplus")
    campaign.decide(campaign.tags[0], "confirmed", surplus=surplus).refused(words.SURPLUS_NEEDED, "surplus")


def test_a_wrong_scan_is_taken_back(campaign: Campaign) -> None:
    campaign.count(scan(1, campaign.tags[0]), scan(2, "BNCTU-000001"), scan(3)).accepted()
    for line in (campaign.tags[0], "BNCTU-000001", f"{3:032x}"):
        campaign.decide(line, "mistaken").accepted()
    assert campaign.tally == words.Tally(lines=5, expected=3, missing=3, undecided=3)
    assert campaign.count(scan(4, campaign.tags[0]), scan(5, "BNCTU-000001")).all(words.AssetCounted)
    assert (campaign.tally.found, campaign.tally.unexpected, campaign.tally.lines) == (1, 1, 5)


def test_a_thing_of_another_unit_goes_back_to_it_or_is_named_when_it_is_known(campaign: Campaign) -> None:
    stray = campaign.desk.asset(unit_id="btctu")
    campaign.count(scan(1, "BTCTU-000001")).accepted()
    named = campaign.decide("BTCTU-000001", "return_to_owner", asset_id=stray)
    assert named.one(words.DifferenceDecided).actual.cost_vnd == 21_000_000
    campaign.decide(campaign.tags[0], "confirmed", asset_id=stray).refused(words.LINE_ASSET_NEEDED, "asset_id")


def test_a_decision_that_does_not_fit_is_refused_with_those_that_do(campaign: Campaign) -> None:
    said = campaign.decide(campaign.tags[0], "return_to_owner").refused(words.RESOLUTION_UNFIT, "resolution")
    assert "mất" in said
    campaign.decide(campaign.tags[0], "loss").refused(words.LINE_ASSET_NEEDED, "asset_id")
    campaign.count(scan(1, campaign.tags[1])).accepted()
    campaign.decide(campaign.tags[1], "loss", asset_id=campaign.assets[1]).refused(words.RESOLUTION_UNFIT, "resolution")


def test_a_line_that_is_not_there_is_refused(campaign: Campaign) -> None:
    deciding = words.DecideDifference(
        stocktake_id=campaign.id, line="VPTU-000099", revision=1, resolution="loss", reason="Mất."
    )
    campaign.desk.when(deciding).refused(words.LINE_UNKNOWN, "line")


# --- the end --------------------------------------------------------------------------------------------------------


def test_a_stocktake_is_closed_when_every_difference_is_decided(campaign: Campaign) -> None:
    campaign.count(scan(1, campaign.tags[0]), scan(2, campaign.tags[1], place=assets.Place(room="P.1"))).accepted()
    assert "2 dòng" in campaign.close().refused(words.LINES_UNDECIDED)
    campaign.decide(campaign.tags[1], "return_to_place").accepted()
    assert "1 dòng" in campaign.close().refused(words.LINES_UNDECIDED)
    campaign.decide(campaign.tags[2], "loss", asset_id=campaign.assets[2]).accepted()
    closed = campaign.close().one(words.StocktakeClosed)
    assert closed.tally == words.Tally(lines=3, expected=3, found=1, differing=1, missing=1)
    campaign.close().nothing()


def test_what_is_closed_takes_no_counts_no_list_and_no_decision(campaign: Campaign) -> None:
    deciding = campaign.deciding(campaign.tags[0], "confirmed")
    campaign.count(*(scan(place, tag) for place, tag in enumerate(campaign.tags))).accepted()
    campaign.close().accepted()
    assert "đã khóa" in campaign.count(scan(9, campaign.tags[0])).refused(words.STOCKTAKE_OVER)
    campaign.expect(0).refused(words.STOCKTAKE_OVER)
    campaign.desk.when(deciding).refused(words.STOCKTAKE_OVER)
    campaign.desk.when(words.CancelStocktake(stocktake_id=campaign.id, reason="Thôi.")).refused(words.STOCKTAKE_OVER)


def test_a_stocktake_is_not_closed_before_its_day(desk: "Desk", at: Callable[[str], datetime]) -> None:
    campaign = Campaign(desk, items=1, snapshot_on=date(2027, 1, 1))
    campaign.count(scan(1, campaign.tags[0])).accepted()
    campaign.close().refused(words.SNAPSHOT_AHEAD)
    campaign.close(now=at("2027-01-01 00:00")).accepted()


def test_a_stocktake_that_is_given_up_stays_so(campaign: Campaign) -> None:
    giving_up = words.CancelStocktake(stocktake_id=campaign.id, reason="Hoãn.")
    campaign.desk.when(giving_up).then(words.StocktakeCancelled(cancelled_on=TODAY, reason="Hoãn."))
    campaign.desk.when(giving_up).nothing()
    assert "đã hủy" in campaign.count(scan(1, campaign.tags[0])).refused(words.STOCKTAKE_OVER)


def test_a_stocktake_that_was_never_opened_is_refused(desk: "Desk") -> None:
    starting = words.StartCounting(stocktake_id="f" * 32)
    desk.when(starting).refused(words.STOCKTAKE_UNKNOWN, "stocktake_id")


def test_a_thousand_lines_are_listed_counted_and_closed_in_portions(desk: "Desk") -> None:
    campaign = Campaign(desk, started=False, items=1000)
    portions = [range(start, min(start + 400, 1000)) for start in range(0, 1000, 400)]
    for portion in portions:
        campaign.expect(*portion).accepted()
    desk.has(words.StartCounting(stocktake_id=campaign.id))
    for portion in portions:
        campaign.count(*(scan(place, campaign.tags[place]) for place in portion if place != 777)).accepted()
    assert campaign.tally == words.Tally(lines=1000, expected=1000, found=999, missing=1, undecided=1)
    assert "1 dòng" in campaign.close().refused(words.LINES_UNDECIDED)
    campaign.decide(campaign.tags[777], "loss", asset_id=campaign.assets[777]).accepted()
    campaign.close().accepted()
