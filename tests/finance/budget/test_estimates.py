"""The rules of assigning, transferring, holding back and releasing estimates."""

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from contracts import finance as words
from services.finance.deciders import budget as core
from services.finance.deciders.budget_index import expect_item_of_line

if TYPE_CHECKING:
    from tests.finance.budget.house import House


def test_an_estimate_is_assigned_line_by_line(house: "House") -> None:
    told = house.assign(PETROL=100_000_000, PAPER=30_000_000).one(words.EstimateAssigned)
    assert (told.year, told.board, told.kind, told.decision_number) == (2026, "BTCTU", "initial", "12-QĐ/TU")
    assert told.by_name == "Nguyễn Thị Hoa"
    assert [(line.line, line.estimate_vnd, line.left_vnd) for line in told.lines] == [
        (house.PETROL, 100_000_000, 100_000_000),
        (house.PAPER, 30_000_000, 30_000_000),
    ]
    assert house.line() == (100_000_000, 0, 0, 0, 0, 100_000_000)


def test_a_supplement_adds_to_the_line(house: "House") -> None:
    house.assign(PETROL=100)
    assert house.assign(kind="supplement", PETROL=40).one(words.EstimateAssigned).lines[0].estimate_vnd == 140


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("tu-lam.509.351.6500", "Nguồn tu-lam"),
        ("tu-chu.999.351.6500", "Chương 999"),
        ("tu-chu.509.999.6500", "Khoản 999"),
        ("tu-chu.509.351.1234", "1234"),
    ],
)
def test_a_code_that_is_not_in_force_in_the_year_is_refused(house: "House", line: str, said: str) -> None:
    change = (words.LineChange(line=line, amount_vnd=1),)
    command = words.AssignEstimate(year=2026, board="BTCTU", lines=change, decision_number="1", decided_on="2026-01-05")
    assert said in house.when(command).refused(words.CODE_NOT_IN_FORCE, "lines")


def test_a_code_of_the_new_index_is_not_in_force_in_the_year_before(house: "House") -> None:
    house.GUESTS = "tu-chu.509.351.7769"
    house.assign(GUESTS=1).accepted()
    house.assign(year=2025, GUESTS=1).refused(words.CODE_NOT_IN_FORCE, "lines")


def test_a_line_is_named_once_and_changes(house: "House") -> None:
    twice = (words.LineChange(line=house.PETROL, amount_vnd=1),) * 2
    command = words.AssignEstimate(year=2026, board="BTCTU", lines=twice, decision_number="1", decided_on="2026-01-05")
    house.when(command).refused(words.LINE_TWICE, "lines")
    house.assign(PETROL=0).refused(words.NOTHING_CHANGES, "lines")


def test_only_an_adjustment_lowers_and_never_below_what_is_used(house: "House") -> None:
    house.assign(PETROL=100)
    house.commit("r1", 60)
    house.hold(words.FreezeEstimate, 10)
    house.assign(kind="supplement", PETROL=-10).refused(words.ONLY_MORE, "lines")
    assert "chỉ còn 30 đồng" in house.assign(kind="adjustment", PETROL=-31).refused(words.BELOW_ITS_USE, "lines")
    house.assign(kind="adjustment", PETROL=-30).accepted()
    assert house.line() == (70, 10, 60, 0, 0, 0)
    house.assign(kind="adjustment", PAPER=-1).refused(words.LINE_UNKNOWN)


def test_within_a_board_a_transfer_is_one_fact(house: "House") -> None:
    house.assign(PETROL=100)
    told = house.transfer(30).one(words.EstimateTransferred)
    assert [(line.line, line.estimate_vnd) for line in told.lines] == [(house.PETROL, 70), (house.PAPER, 30)]
    house.transfer(1, to_line=house.PETROL).refused(words.SAME_LINE, "to_line")
    house.transfer(71).refused(words.NOT_ENOUGH_LEFT)
    house.transfer(1, to_line="tu-chu.509.351.0001").refused(words.CODE_NOT_IN_FORCE, "to_line")
    house.transfer(1, from_line=house.GUESTS).refused(words.LINE_UNKNOWN)


def test_between_boards_a_transfer_is_said_in_both_budgets(house: "House") -> None:
    house.assign(PETROL=100)
    out, into = house.transfer(30, to_board=house.OTHER, to_line=house.PETROL).all(words.EstimateTransferred)
    assert (out.board, into.board) == ("BTCTU", "BTGTU")
    assert house.line() == (70, 0, 0, 0, 0, 70)
    assert house.line(board=house.OTHER) == (30, 0, 0, 0, 0, 30)


def test_what_is_held_back_cannot_be_spent_until_it_is_released(house: "House") -> None:
    house.assign(PETROL=100)
    house.hold(words.FreezeEstimate, 101).refused(words.NOT_ENOUGH_LEFT)
    assert house.hold(words.FreezeEstimate, 80).one(words.EstimateFrozen).lines[0].left_vnd == 20
    with pytest.raises(core.Refused):
        house.commit("r1", 21)
    house.hold(words.ReleaseEstimate, 81).refused(words.NOT_SO_MUCH_FROZEN, "lines")
    assert house.hold(words.ReleaseEstimate, 80).one(words.EstimateReleased).lines[0].left_vnd == 100
    house.commit("r1", 100)


def test_authority_lets_a_line_go_beyond_its_estimate_by_what_is_told_and_no_further(house: "House") -> None:
    house.assign(PETROL=100)
    house.commit("r1", 120, over="Đón đoàn đột xuất.")
    assert house.line() == (100, 0, 120, 0, 0, -20)
    with pytest.raises(core.Refused) as refused:
        house.commit("r2", 5)
    assert refused.value.values["short"] == "5"
    more = core.commit(house.budget(), "r2", house.items(house.PETROL, 5), "Đón đoàn.")
    assert (more.over_vnd, more.over_reason) == (5, "Đón đoàn.")
    house.advance("r1", "a1", 120)
    house.account("r1", "a1", 120)
    assert house.line() == (100, 0, 0, 0, 120, -20)


def test_an_advance_overspent_beyond_what_is_left_needs_authority(house: "House") -> None:
    house.assign(PETROL=100)
    house.commit("r1", 90)
    house.advance("r1", "a1", 90)
    house.account("r1", "a1", 100)
    assert house.line() == (100, 0, 0, 0, 100, 0)
    house.assign(kind="supplement", PETROL=10)
    house.commit("r2", 10)
    house.advance("r2", "a2", 10)
    with pytest.raises(core.Refused):
        house.account("r2", "a2", 11)
    house.account("r2", "a2", 11, over="Giá vé tăng.")
    assert house.line()[-1] == -1


def test_an_item_is_spent_under_the_line_of_its_own_item(rules: SimpleNamespace) -> None:
    given: Any = SimpleNamespace(rules=rules)
    for item in ("6503", "6500"):
        expect_item_of_line(given, 2026, "tu-chu.509.351.6500", item)
    expect_item_of_line(given, 2026, "tu-chu.509.351.6503", "6503")
    for item, refusal in (("6551", words.ITEM_NOT_OF_LINE), ("6510", words.CODE_NOT_IN_FORCE)):
        with pytest.raises(core.Refused) as refused:
            expect_item_of_line(given, 2026, "tu-chu.509.351.6500", item)
        assert refused.value.refusal is refusal


def test_boards_whose_letters_differ_by_marks_alone_never_share_a_budget(house: "House") -> None:
    house.assign("B.1", PETROL=1).accepted()
    house.assign("ĐU", PETROL=1).accepted()
    house.assign("DU", PETROL=1).accepted()
    house.assign("B-1", PETROL=1).refused(words.BUDGET_UNKNOWN)
