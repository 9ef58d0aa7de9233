"""The rules of posts: numbers that follow each other, room for so many and no more, closed when nobody holds them."""

from datetime import date
from typing import TYPE_CHECKING

import pytest

from contracts import organisation as words

if TYPE_CHECKING:
    from tests.organisation.decider import Desk

SPRING, SUMMER, AUTUMN = date(2026, 4, 1), date(2026, 7, 1), date(2026, 10, 1)


def changing(desk: "Desk", post_id: str, minimum: int, norm: int, maximum: int, on: date = SPRING) -> words.ChangePost:
    numbers = {"minimum": minimum, "norm": norm, "maximum": maximum}
    return words.ChangePost(post_id=post_id, **numbers, **desk.change(effective_on=on))


def closing(desk: "Desk", *post_ids: str, unit_id: str = "btctu", on: date = SPRING) -> words.ClosePosts:
    return words.ClosePosts(unit_id=unit_id, post_ids=post_ids, **desk.change(effective_on=on))


def test_a_post_belongs_to_a_unit_and_adds_to_its_norm(boards: "Desk") -> None:
    created = boards.when(boards.creating("btctu", "Kế toán", norm=1))
    assert created.id == "btctu--ke-toan"
    fact = created.one(words.PostCreated)
    assert (fact.unit_code, fact.unit_name, fact.norm, fact.unit_norm) == ("BTCTU", "Đơn vị BTCTU", 1, 3)
    assert created.one(words.PostPlanned).post_id == "btctu--ke-toan"
    boards.when(boards.creating("btctu", "ke-toan")).refused(words.POST_CODE_TAKEN, "code")


@pytest.mark.parametrize("numbers", [(3, 2, 4), (1, 4, 3), (5, 4, 3), (0, 0, 0)])
def test_minimum_norm_and_maximum_follow_each_other(boards: "Desk", numbers: tuple[int, int, int]) -> None:
    minimum, norm, maximum = numbers
    creating = boards.creating("btctu", "kt", minimum=minimum, norm=norm, maximum=maximum)
    boards.when(creating).refused(words.POST_NUMBERS, "norm")
    boards.when(changing(boards, "btctu--cv", *numbers)).refused(words.POST_NUMBERS, "norm")


def test_a_post_is_created_in_a_unit_that_stands(boards: "Desk") -> None:
    boards.when(boards.creating("btctu", "kt", effective_on=date(2025, 1, 1))).refused(words.UNIT_NOT_YET, "unit_id")
    boards.when(boards.creating("xyz", "kt")).refused(words.UNIT_UNKNOWN, "unit_id")


def test_a_unit_has_one_head_and_its_post_is_for_one_person(boards: "Desk") -> None:
    boards.when(boards.leading("btctu", maximum=2)).refused(words.HEAD_IS_ONE, "maximum")
    boards.when(boards.leading("btctu", group="professional")).refused(words.LEADER_GROUP, "group")
    boards.has(boards.leading("btctu"))
    boards.when(boards.leading("btctu", "truong-2")).refused(words.HEAD_IS_THERE, "rank")
    boards.when(changing(boards, "btctu--truong", 1, 1, 2)).refused(words.HEAD_IS_ONE, "maximum")
    boards.has(closing(boards, "btctu--truong"), boards.leading("btctu", "truong-2", effective_on=SPRING))


def test_numbers_change_from_a_day_on_in_the_order_of_the_days(boards: "Desk") -> None:
    changed = boards.when(changing(boards, "btctu--cv", 2, 3, 5, on=SUMMER)).one(words.PostChanged)
    assert (changed.former_norm, changed.norm, changed.unit_norm) == (2, 3, 3)
    boards.when(changing(boards, "btctu--cv", 2, 3, 5, on=SUMMER)).nothing()
    early = changing(boards, "btctu--cv", 1, 1, 1, on=SPRING)
    boards.when(early).refused(words.POST_CHANGED_LATER, "effective_on")
    boards.when(changing(boards, "btctu--xx", 1, 1, 1)).refused(words.POST_UNKNOWN, "post_id")


def test_the_most_is_not_set_below_the_holders_of_any_day_to_come(boards: "Desk") -> None:
    for since in (date(2026, 1, 1), SUMMER):
        boards.has(boards.appointing(boards.person(), "btctu--cv", effective_on=since))
    boards.when(changing(boards, "btctu--cv", 0, 1, 1)).refused(words.POST_HELD_BY_MORE, "maximum")
    boards.has(changing(boards, "btctu--cv", 0, 1, 2))
    for _ in range(2):
        boards.has(boards.appointing(boards.person(), "vptu--cv", kind="acting"))
    boards.when(changing(boards, "vptu--cv", 0, 1, 1)).refused(words.POST_HELD_BY_MORE, "maximum")


def test_a_description_is_written_anew_and_the_numbers_stay(boards: "Desk") -> None:
    described = words.DescribePost(
        post_id="btctu--cv", title="Chuyên viên tổ chức", duties=("Tham mưu",), **boards.change(effective_on=SPRING)
    )
    fact = boards.when(described).one(words.PostDescribed)
    assert (fact.former_title, fact.title, fact.norm) == ("Chuyên viên cv", "Chuyên viên tổ chức", 2)
    boards.when(described).nothing()


def test_posts_are_closed_when_nobody_holds_them_and_all_or_none(boards: "Desk") -> None:
    person = boards.person()
    boards.has(boards.creating("btctu", "kt"), boards.appointing(person, "btctu--cv"))
    boards.when(closing(boards, "btctu--kt", "btctu--cv")).refused(words.POST_HELD, "post_ids")
    boards.has(boards.ending(person, "btctu--cv", effective_on=SPRING))
    outcome = boards.when(closing(boards, "btctu--kt", "btctu--cv"))
    assert [post.post_id for post in outcome.one(words.PostsDropped).posts] == ["btctu--kt", "btctu--cv"]
    assert outcome.one(words.PostsDropped).unit_norm == 0
    assert len(outcome.all(words.PostClosed)) == 2
    boards.when(closing(boards, "btctu--kt", "btctu--cv")).nothing()
    boards.when(closing(boards, "btctu--kt", on=SUMMER)).refused(words.POST_CLOSED, "post_ids")


def test_posts_are_closed_by_their_own_unit_each_named_once(boards: "Desk") -> None:
    boards.when(closing(boards, "btctu--cv", "btctu--cv")).refused(words.POST_NAMED_TWICE, "post_ids")
    boards.when(closing(boards, "vptu--cv")).refused(words.POST_OF_ANOTHER_UNIT, "post_ids")


def test_nobody_comes_to_a_post_before_it_is_there_or_after_its_last_day(boards: "Desk") -> None:
    person = boards.person()
    early = boards.appointing(person, "btctu--cv", effective_on=date(2025, 12, 31))
    boards.when(early).refused(words.POST_NOT_YET, "post_id")
    boards.has(closing(boards, "btctu--cv", on=SUMMER))
    boards.when(boards.appointing(person, "btctu--cv")).refused(words.POST_CLOSED, "post_id")
    boards.has(boards.appointing(person, "btctu--cv", until=date(2026, 6, 30)))


# --- caps of section 11.1: they warn, and never refuse --------------------------------------------------------------


def deputy(desk: "Desk", most: int, **changes: object) -> words.CreatePost:
    rank = {"group": "leadership", "rank": "deputy", "minimum": 0, "norm": 1}
    return desk.creating("p-th", "pho", **{**rank, "maximum": most, **changes})


def test_a_division_below_ten_people_has_two_deputies_at_most(boards: "Desk") -> None:
    boards.when(deputy(boards, 2)).warns()
    third = boards.when(changing(boards, "p-th--pho", 0, 1, 3))
    third.warns("staffing-cap-passed")
    assert (third.one(words.PostChanged).caps[0].value, third.one(words.PostChanged).caps[0].most) == (3, 2)


def test_a_division_of_ten_people_or_more_has_three_deputies_at_most(boards: "Desk") -> None:
    boards.has(changing(boards, "p-th--cv", 1, 9, 9))
    boards.when(deputy(boards, 3, effective_on=SPRING)).warns()
    boards.when(changing(boards, "p-th--pho", 0, 1, 4)).warns("staffing-cap-passed")


def test_in_2019_a_small_division_had_one_deputy(desk: "Desk") -> None:
    old = {"effective_on": date(2019, 1, 1)}
    desk.has(desk.establishing("P-TH", kind="division", **old), desk.creating("p-th", "cv", **old))
    assert "04-QĐi/TW" in desk.when(deputy(desk, 2, **old)).notices[0].vi


def test_a_division_that_shrinks_below_five_people_is_warned_of(boards: "Desk") -> None:
    boards.when(changing(boards, "p-th--cv", 1, 4, 8)).warns("staffing-cap-passed")
    boards.when(closing(boards, "p-th--cv", unit_id="p-th")).warns()


def test_a_division_that_is_being_built_up_is_not_warned_of(boards: "Desk") -> None:
    boards.has(boards.establishing("P-QT", kind="division", parent_id="vptu"))
    boards.when(boards.creating("p-qt", "cv")).warns()


def test_a_district_office_had_thirteen_people_at_most(desk: "Desk") -> None:
    old = {"effective_on": date(2016, 1, 1)}
    desk.has(desk.establishing("VPHU", kind="office", tier="HUYEN", **old))
    desk.when(desk.creating("vphu", "cv", minimum=11, norm=13, maximum=13, **old)).warns()
    desk.when(desk.creating("vphu", "kt", **old)).warns("staffing-cap-passed")


# --- the last day and the first -------------------------------------------------------------------------------------


def test_a_post_is_closed_on_the_day_after_its_last_holders_last_day(boards: "Desk") -> None:
    boards.has(boards.appointing(boards.person(), "btctu--cv", until=SPRING))
    boards.when(closing(boards, "btctu--cv", on=SPRING)).refused(words.POST_HELD, "post_ids")
    boards.has(closing(boards, "btctu--cv", on=date(2026, 4, 2)))


def test_who_leaves_on_the_last_day_of_a_post_still_holds_it(boards: "Desk") -> None:
    person = boards.person()
    boards.has(boards.appointing(person, "btctu--cv", until=SPRING))
    boards.when(boards.leaving(person, effective_on=SPRING)).refused(words.POSTS_TO_NAME, "post_ids")
    boards.has(boards.leaving(person, effective_on=date(2026, 4, 2)))
