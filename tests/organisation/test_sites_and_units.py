"""The rules of sites and units: a tree with dates in which nothing hangs in the air, and whose past stays readable."""

from datetime import date
from typing import TYPE_CHECKING

import pytest

from contracts import organisation as words

if TYPE_CHECKING:
    from tests.organisation.decider import Desk

SPRING, SUMMER = date(2026, 4, 1), date(2026, 7, 1)


def renaming(desk: "Desk", unit_id: str, name: str, on: date) -> words.RenameUnit:
    return words.RenameUnit(unit_id=unit_id, name=name, **desk.change(effective_on=on))


def merging(desk: "Desk", into_id: str, *unit_ids: str, on: date = SPRING) -> words.MergeUnits:
    return words.MergeUnits(into_id=into_id, unit_ids=unit_ids, **desk.change(effective_on=on))


def dissolving(desk: "Desk", unit_id: str, on: date = SPRING) -> words.DissolveUnit:
    return words.DissolveUnit(unit_id=unit_id, **desk.change(effective_on=on))


def moving(desk: "Desk", unit_id: str, on: date = SPRING, **where: str) -> words.MoveUnit:
    return words.MoveUnit(unit_id=unit_id, **where, **desk.change(effective_on=on))


# --- sites ----------------------------------------------------------------------------------------------------------


def test_a_site_is_taken_into_use_once_under_its_code(desk: "Desk") -> None:
    desk.when(desk.opening()).then(
        words.SiteOpened(
            code="TS1", name="Trụ sở TS1", address="Số 2 đường Hùng Vương", **desk.change(decision=desk.DECISION)
        )
    )
    desk.when(desk.opening("ts1")).refused(words.SITE_CODE_TAKEN, "code")
    desk.when(desk.opening("***")).refused(words.CODE_UNREADABLE, "code")


def test_a_decision_that_was_not_signed_yet_changes_nothing(desk: "Desk") -> None:
    unsigned = words.Decision(number="1-QĐ/TU", issued_on=date(2026, 11, 24), issuer="Tỉnh ủy")
    desk.when(desk.opening(decision=unsigned)).refused(words.DECISION_IN_FUTURE, "decision.issued_on")


def test_a_site_is_given_up_when_nobody_works_there_any_more(desk: "Desk") -> None:
    desk.has(desk.opening("TS1"), desk.opening("TS2"), desk.establishing("BTCTU", site_id="ts1"))
    closing = words.CloseSite(site_id="ts1", **desk.change(effective_on=SUMMER))
    assert "btctu" in desk.when(closing).refused(words.SITE_IN_USE)
    desk.has(moving(desk, "btctu", on=SUMMER, site_id="ts2"))
    assert desk.when(closing).one(words.SiteClosed).effective_on == SUMMER
    desk.when(closing).nothing()
    desk.when(moving(desk, "btctu", on=SUMMER, site_id="ts1")).refused(words.SITE_NOT_OPEN, "site_id")
    desk.when(words.CloseSite(site_id="ts9", **desk.change())).refused(words.SITE_UNKNOWN, "site_id")


def test_an_office_may_work_at_two_sites(desk: "Desk") -> None:
    desk.has(desk.opening("TS1"), desk.opening("TS2"), desk.establishing("VPTU", kind="office", site_id="ts1"))
    command = desk.establishing("P-QT", kind="division", parent_id="vptu", site_id="ts2")
    established = desk.when(command).one(words.UnitEstablished)
    assert (established.parent_name, established.site_name) == ("Đơn vị VPTU", "Trụ sở TS2")


# --- established, renamed, moved -------------------------------------------------------------------------------------


def test_a_unit_is_established_under_one_that_stands_and_comes_into_the_chart(desk: "Desk") -> None:
    desk.has(desk.establishing("TU", kind="committee"))
    desk.when(desk.establishing("BTCTU", parent_id="tu", served=True)).then(
        words.UnitEstablished(
            unit_code="BTCTU",
            name="Đơn vị BTCTU",
            kind="body",
            tier="TINH",
            parent_id="tu",
            parent_name="Đơn vị TU",
            served=True,
            **desk.change(decision=desk.DECISION),
        ),
        words.UnitPlaced(unit_id="btctu", kind="body", parent_id="tu", effective_on=date(2026, 1, 1)),
    )


def test_a_unit_does_not_stand_under_one_that_is_not_there_yet_or_no_more(desk: "Desk") -> None:
    desk.has(desk.establishing("TU", kind="committee", effective_on=SPRING))
    desk.when(desk.establishing("BTCTU", parent_id="tu")).refused(words.UNIT_NOT_YET, "parent_id")
    desk.when(desk.establishing("BTCTU", parent_id="btv")).refused(words.UNIT_UNKNOWN, "parent_id")
    desk.has(dissolving(desk, "tu", on=SUMMER))
    under = desk.establishing("BTCTU", parent_id="tu", effective_on=SPRING)
    desk.when(under).refused(words.PARENT_ENDS, "parent_id")
    desk.when(desk.establishing("BTCTU", parent_id="tu", effective_on=SUMMER)).refused(words.UNIT_ENDED, "parent_id")


def test_the_code_of_a_unit_is_its_own_for_ever(desk: "Desk") -> None:
    desk.has(desk.establishing("BTCTU"), dissolving(desk, "btctu"))
    desk.when(desk.establishing("BTCTU", effective_on=SUMMER)).refused(words.UNIT_CODE_TAKEN, "code")


def test_a_district_is_established_until_30_june_2025_and_stands_no_longer(desk: "Desk") -> None:
    desk.when(desk.establishing("HU", tier="HUYEN", effective_on=date(2025, 7, 1))).refused(
        words.TIER_NOT_IN_FORCE, "tier"
    )
    established = desk.when(desk.establishing("HU", tier="HUYEN", effective_on=date(2019, 1, 1)))
    assert established.one(words.UnitEstablished).stands_until == date(2025, 6, 30)
    desk.when(renaming(desk, "hu", "Huyện ủy mới", date(2025, 7, 1))).refused(words.UNIT_ENDED, "unit_id")
    assert desk.when(dissolving(desk, "hu", on=date(2025, 7, 1))).one(words.UnitDissolved).last_day == date(2025, 6, 30)


def test_a_unit_keeps_its_code_through_every_name(desk: "Desk") -> None:
    desk.has(desk.establishing("BTGTU"))
    renamed = desk.when(renaming(desk, "btgtu", "Ban Tuyên giáo và Dân vận", SPRING)).one(words.UnitRenamed)
    assert (renamed.unit_code, renamed.former_name, renamed.name) == (
        "BTGTU",
        "Đơn vị BTGTU",
        "Ban Tuyên giáo và Dân vận",
    )
    desk.when(renaming(desk, "btgtu", "Ban Tuyên giáo và Dân vận", SPRING)).nothing()


def test_changes_of_a_unit_are_entered_in_the_order_of_their_days(desk: "Desk") -> None:
    desk.has(desk.establishing("BTGTU"), renaming(desk, "btgtu", "Tên hai", SUMMER))
    said = desk.when(renaming(desk, "btgtu", "Tên một", SPRING)).refused(words.UNIT_CHANGED_LATER, "effective_on")
    assert "01/07/2026" in said
    desk.has(renaming(desk, "btgtu", "Tên ba", SUMMER))


def test_a_change_may_be_entered_before_its_day_comes(desk: "Desk") -> None:
    desk.has(desk.establishing("BTGTU"), renaming(desk, "btgtu", "Tên mới", date(2027, 1, 1)))


def test_a_unit_is_never_under_itself_on_any_day(desk: "Desk") -> None:
    desk.has(
        desk.establishing("A"),
        desk.establishing("B", parent_id="a"),
        desk.establishing("C", parent_id="b"),
        desk.establishing("D"),
    )
    desk.when(moving(desk, "a", parent_id="a")).refused(words.UNIT_UNDER_ITSELF, "parent_id")
    desk.when(moving(desk, "a", parent_id="c")).refused(words.UNIT_UNDER_ITSELF, "parent_id")
    desk.has(moving(desk, "d", on=SUMMER, parent_id="c"))
    desk.when(moving(desk, "a", on=SPRING, parent_id="d")).refused(words.UNIT_UNDER_ITSELF, "parent_id")


def test_a_unit_moves_to_another_parent_and_the_former_one_is_remembered(desk: "Desk") -> None:
    desk.has(desk.establishing("A"), desk.establishing("B"), desk.establishing("C", parent_id="a"))
    moved = desk.when(moving(desk, "c", parent_id="b")).one(words.UnitMoved)
    assert (moved.former_parent_id, moved.parent_id, moved.parent_name) == ("a", "b", "Đơn vị B")
    desk.when(moving(desk, "c", parent_id="b")).nothing()
    desk.when(moving(desk, "c")).nothing()
    desk.has(dissolving(desk, "a"))


def test_a_unit_that_moved_on_its_first_day_was_never_under_its_first_parent(desk: "Desk") -> None:
    desk.has(desk.establishing("A"), desk.establishing("B"), desk.establishing("C", parent_id="a", effective_on=SUMMER))
    desk.when(dissolving(desk, "a", on=SPRING)).refused(words.UNIT_HAS_UNITS)
    desk.has(moving(desk, "c", on=SUMMER, parent_id="b"), dissolving(desk, "a", on=SPRING))


def test_a_parent_must_be_in_the_chart_itself(desk: "Desk") -> None:
    desk.scenario.given(
        words.UnitEstablished(unit_code="X", name="X", kind="body", tier="TINH", **desk.change()), on="unit/x"
    )
    desk.when(desk.establishing("Y", parent_id="x")).refused(words.PARENT_NOT_THERE, "parent_id")


def test_a_sixth_division_of_the_office_is_warned_of_and_not_refused(desk: "Desk") -> None:
    desk.has(desk.establishing("VPTU", kind="office"))
    for number in range(5):
        desk.when(desk.establishing(f"P{number}", kind="division", parent_id="vptu")).warns()
    sixth = desk.when(desk.establishing("P5", kind="division", parent_id="vptu"))
    sixth.warns("staffing-cap-passed")
    assert "137-QĐ/TW" in sixth.notices[0].vi
    desk.when(desk.establishing("T1", kind="team", parent_id="vptu")).warns()
    early = desk.establishing("P6", kind="division", parent_id="vptu", effective_on=date(2026, 1, 1))
    desk.when(early).warns("staffing-cap-passed")


def test_before_the_rule_was_made_it_warned_nobody(desk: "Desk") -> None:
    old = {"effective_on": date(2018, 6, 1)}
    desk.has(desk.establishing("VPTU", kind="office", **old))
    for number in range(7):
        desk.when(desk.establishing(f"P{number}", kind="division", parent_id="vptu", **old)).warns()


def test_a_division_that_moves_into_the_office_counts_too(desk: "Desk") -> None:
    desk.has(desk.establishing("VPTU", kind="office"), desk.establishing("P9", kind="division"))
    for number in range(5):
        desk.has(desk.establishing(f"P{number}", kind="division", parent_id="vptu"))
    desk.when(moving(desk, "p9", parent_id="vptu")).warns("staffing-cap-passed")


# --- merged, split, dissolved ----------------------------------------------------------------------------------------


def test_seven_divisions_become_five_in_two_mergers(desk: "Desk") -> None:
    desk.has(desk.establishing("VPTU", kind="office"))
    for number in range(7):
        desk.has(desk.establishing(f"P{number}", kind="division", parent_id="vptu"))
    outcome = desk.when(merging(desk, "p0", "p5", "p6"))
    succeeded = outcome.one(words.UnitSucceeded)
    assert [former.unit_code for former in succeeded.predecessors] == ["P5", "P6"]
    assert {event.last_day for event in outcome.all(words.UnitMerged)} == {date(2026, 3, 31)}
    assert {event.successor.unit_code for event in outcome.all(words.UnitMerged)} == {"P0"}
    desk.when(merging(desk, "p0", "p5", "p6")).nothing()
    desk.when(desk.establishing("P8", kind="division", parent_id="vptu", effective_on=SPRING)).warns(
        "staffing-cap-passed"
    )


def test_of_a_merger_everything_happens_or_nothing(desk: "Desk") -> None:
    desk.has(desk.establishing("A"), desk.establishing("B"), desk.establishing("C"), desk.creating("c", "cv"))
    desk.when(merging(desk, "a", "b", "c")).refused(words.UNIT_HAS_POSTS)
    desk.has(renaming(desk, "b", "Vẫn còn", SUMMER))


def test_a_unit_with_open_posts_does_not_end_and_says_which(desk: "Desk") -> None:
    desk.has(desk.establishing("A"), desk.creating("a", "cv"), desk.creating("a", "kt", title="Kế toán"))
    assert "Chuyên viên cv, Kế toán" in desk.when(dissolving(desk, "a")).refused(words.UNIT_HAS_POSTS)
    desk.has(words.ClosePosts(unit_id="a", post_ids=("a--cv", "a--kt"), **desk.change(effective_on=SUMMER)))
    desk.when(dissolving(desk, "a", on=SPRING)).refused(words.UNIT_HAS_POSTS)
    desk.has(dissolving(desk, "a", on=SUMMER))


def test_a_unit_with_units_under_it_does_not_end_and_says_which(desk: "Desk") -> None:
    desk.has(desk.establishing("A"), desk.establishing("B"), desk.establishing("A1", parent_id="a"))
    assert "a1" in desk.when(merging(desk, "b", "a")).refused(words.UNIT_HAS_UNITS)
    desk.has(moving(desk, "a1", parent_id="b"), merging(desk, "b", "a"))


def test_nothing_happens_to_a_unit_from_its_end_on(desk: "Desk") -> None:
    desk.has(desk.establishing("A"), desk.establishing("B"), merging(desk, "b", "a"))
    desk.when(renaming(desk, "a", "Tên", SPRING)).refused(words.UNIT_ENDED, "unit_id")
    desk.when(renaming(desk, "a", "Tên", date(2026, 2, 1))).refused(words.UNIT_ENDED, "unit_id")
    desk.when(dissolving(desk, "a", on=SUMMER)).refused(words.UNIT_ENDED, "unit_id")
    desk.when(dissolving(desk, "a", on=date(2026, 2, 1))).refused(words.UNIT_ENDED, "unit_id")
    desk.when(desk.creating("a", "cv")).refused(words.UNIT_ENDED, "unit_id")
    desk.when(merging(desk, "a", "b", on=SUMMER)).refused(words.UNIT_ENDED, "into_id")


def test_a_unit_does_not_end_before_its_last_change(desk: "Desk") -> None:
    desk.has(desk.establishing("A"), renaming(desk, "a", "Tên", SUMMER))
    desk.when(dissolving(desk, "a", on=SPRING)).refused(words.UNIT_CHANGED_LATER, "effective_on")


@pytest.mark.parametrize("unit_ids", [("a",), ("b", "b")])
def test_a_unit_is_named_once_in_a_merger(desk: "Desk", unit_ids: tuple[str, ...]) -> None:
    desk.has(desk.establishing("A"), desk.establishing("B"))
    desk.when(merging(desk, "a", *unit_ids)).refused(words.UNIT_NAMED_TWICE, "unit_ids")


def test_a_unit_is_split_among_units_that_stand_on_the_day(desk: "Desk") -> None:
    desk.has(desk.establishing("A"), desk.establishing("B", effective_on=SPRING))
    later = desk.establishing("C", effective_on=SUMMER)
    desk.has(later)
    into = {"into_ids": ("b", "c")}
    early = words.SplitUnit(unit_id="a", **into, **desk.change(effective_on=SPRING))
    desk.when(early).refused(words.UNIT_NOT_YET, "into_ids")
    splitting = words.SplitUnit(unit_id="a", **into, **desk.change(effective_on=SUMMER))
    outcome = desk.when(splitting)
    assert [one.unit_code for one in outcome.one(words.UnitSplit).successors] == ["B", "C"]
    assert [event.way for event in outcome.all(words.UnitSucceeded)] == ["split", "split"]
    desk.when(splitting).nothing()
    desk.when(words.SplitUnit(unit_id="b", into_ids=("b",), **desk.change())).refused(
        words.UNIT_NAMED_TWICE, "into_ids"
    )


def test_a_unit_is_dissolved_once(desk: "Desk") -> None:
    desk.has(desk.establishing("A"))
    assert desk.when(dissolving(desk, "a")).one(words.UnitDissolved).name == "Đơn vị A"
    desk.when(dissolving(desk, "a")).nothing()
    desk.when(dissolving(desk, "a", on=SUMMER)).refused(words.UNIT_ENDED, "unit_id")
