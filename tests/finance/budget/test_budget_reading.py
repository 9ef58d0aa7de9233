"""What is shown of estimates: folded once, twice, in any batch size and from half, and asked as people ask."""

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from contracts import finance as words
from contracts.base import Actor, Refused
from services.finance.budget import QUERY_RULES
from services.runtime.read_model import ReadModel

if TYPE_CHECKING:
    from tests.finance.budget.house import House
    from tests.finance.shown import Shown

MODELS = tuple({model.name: model for rule in QUERY_RULES for model in rule.reads}.values())
CONTACT = Actor(id="user:dau.moi", name="Hoàng Văn Đầu", roles=("board",), board="BTGTU")
PETROL, PAPER, GUESTS = "tu-chu.509.351.6500", "tu-chu.509.351.6550", "khong-tu-chu.509.351.7750"


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.name)
async def test_rows_are_the_same_however_facts_are_delivered(shown: "Shown", told: "House", model: ReadModel) -> None:
    facts = told.facts
    whole = await shown.rows(model, model.table)
    assert whole
    for batches in (
        [facts, facts],
        [[fact] for fact in facts],
        [facts[start : start + 7] for start in range(0, len(facts), 7)],
        [facts[: len(facts) // 2], facts],
    ):
        await shown.fill(model, f"{model.table}_again", batches)
        assert await shown.rows(model, f"{model.table}_again") == whole


async def test_a_settled_boards_year_tells_how_it_came_and_where_it_went(shown: "Shown") -> None:
    view = await shown.ask(words.GetBudget(year=2026, board="BTCTU"))
    assert (view.closed_on, view.to_board) == (date(2026, 11, 20), "BTGTU")
    petrol = next(line for line in view.lines if line.line == PETROL)
    assert (petrol.initial_vnd, petrol.supplement_vnd, petrol.transferred_vnd) == (120_000_000, 10_000_000, -7_000_000)
    assert (petrol.assigned_vnd, petrol.spent_vnd) == (123_000_000, 38_500_000)
    assert (petrol.handed_over_vnd, petrol.left_vnd, petrol.lapsed_vnd) == (84_500_000, 0, 0)
    assert petrol.used == 3130
    assert petrol.source_name == "Ngân sách nhà nước giao tự chủ"
    assert petrol.told.startswith("6500 Thanh toán dịch vụ công cộng")
    assert view.total.assigned_vnd == sum(line.assigned_vnd for line in view.lines)
    with pytest.raises(Refused):
        await shown.ask(words.GetBudget(year=2026, board="UBKTTU"))


@pytest.mark.parametrize(("year", "board"), [(2026, "BTCTU"), (2026, "BTGTU"), (2027, "BTGTU")])
async def test_a_settlement_adds_up_line_by_line(shown: "Shown", told: "House", year: int, board: str) -> None:
    view = await shown.ask(words.GetSettlement(year=year, board=board))
    assert view.adds_up
    for line in view.lines:
        out = line.carried_out_vnd + line.handed_over_vnd + line.lapsed_vnd
        kept = line.frozen_vnd + line.committed_vnd + line.advanced_vnd + line.left_vnd
        assert line.assigned_vnd == line.spent_vnd + kept + out
        assert line.left_vnd == told.line(line.line, board, year)[-1]


async def test_a_settlement_names_what_went_beyond_the_estimate_and_why(shown: "Shown") -> None:
    (over,) = (await shown.ask(words.GetSettlement(year=2026, board="BTCTU"))).overrides
    assert (over.over_vnd, over.reason) == (10_000_000, "Đoàn Trung ương, báo trước một ngày.")
    assert (over.purpose, over.by_name, over.lines) == ("Đón tiếp đoàn công tác", "Phạm Thị Chánh", (GUESTS,))
    assert (await shown.pages(words.ListOverrides())) == [over]
    assert not (await shown.pages(words.ListOverrides(year=2027)))


async def test_execution_is_told_by_line_by_item_by_source_and_by_board(shown: "Shown") -> None:
    lines = await shown.pages(words.ListExecution(year=2026, limit=2))
    assert len(lines) == 5
    petrol = next(row for row in lines if (row.board, row.item) == ("BTCTU", "6500"))
    assert (petrol.initial_vnd, petrol.supplement_vnd, petrol.assigned_vnd) == (120_000_000, 3_000_000, 123_000_000)
    for by, keys in (("item", ["6500", "6550", "7750"]), ("source", ["khong-tu-chu", "tu-chu"])):
        rows = await shown.pages(words.ListExecution(year=2026, by=by))
        assert [getattr(row, by) for row in rows] == keys
        for name in ("assigned_vnd", "spent_vnd", "left_vnd", "carried_out_vnd", "lapsed_vnd", "handed_over_vnd"):
            assert sum(getattr(row, name) for row in rows) == sum(getattr(row, name) for row in lines)
    boards = await shown.pages(words.ListExecution(year=2026, by="board"))
    assert [row.board for row in boards] == ["BTCTU", "BTGTU"]
    only = await shown.pages(words.ListExecution(year=2026, by="board", source="khong-tu-chu", board="BTCTU"))
    assert [row.spent_vnd for row in only] == [30_000_000]


async def test_a_budget_names_what_a_settlement_has_to_name(shown: "Shown") -> None:
    view = await shown.ask(words.GetBudget(year=2026, board="BTGTU"))
    assert (view.requests, view.advances, view.open_advances) == ((), ("c" * 32,), 0)
    later = await shown.ask(words.GetBudget(year=2027, board="BTGTU"))
    assert (later.requests, later.advances) == (("3" * 32,), ("b" * 32,))
    assert not (await shown.ask(words.GetBudget(year=2026, board="BTCTU"))).advances


async def test_a_board_sees_its_own_only(shown: "Shown") -> None:
    for query in (
        words.GetBudget(year=2026, board="BTCTU"),
        words.GetSettlement(year=2026, board="BTCTU"),
        words.ListExecution(year=2026, board="BTCTU"),
        words.ListBurnDown(year=2026, board="BTCTU"),
        words.ListEstimateMoves(board="BTCTU"),
        words.ListLinesLeft(year=2026, board="BTCTU"),
        words.ListItemsSpent(year=2026, board="BTCTU"),
        words.ListOverrides(board="BTCTU"),
    ):
        with pytest.raises(Refused) as refused:
            await shown.ask(query, CONTACT)
        assert refused.value.refusal is words.BOARD_NOT_YOURS
    for listing in (
        words.ListExecution(year=2026),
        words.ListEstimateMoves(),
        words.ListItemsSpent(year=2026),
        words.ListOverrides(),
    ):
        assert {row.board for row in await shown.pages(listing, CONTACT)} <= {"BTGTU"}
    whole, own = [await shown.pages(words.ListBurnDown(year=2026), actor) for actor in (shown.ACCOUNTANT, CONTACT)]
    assert own[11].estimate_vnd < whole[11].estimate_vnd
    assert (await shown.ask(words.GetBudget(year=2026, board="BTGTU"), CONTACT)).board == "BTGTU"


async def test_who_is_of_no_board_and_may_not_see_all_sees_nothing(shown: "Shown") -> None:
    nobody = CONTACT.model_copy(update={"board": None})
    assert not await shown.pages(words.ListExecution(year=2026), nobody)
    assert not await shown.pages(words.ListEstimateMoves(), nobody)


async def test_an_estimate_burns_down_month_by_month_with_a_forecast_in_whole_numbers(shown: "Shown") -> None:
    query = words.ListBurnDown(year=2026, board="BTCTU", line=PETROL, on=date(2026, 6, 30))
    months = await shown.pages(query)
    assert [row.month for row in months] == list(range(1, 13))
    assert [row.spent_vnd for row in months[:6]] == [0, 30_000_000, 30_000_000, 30_000_000, 33_000_000, 38_500_000]
    assert (months[4].kept_vnd, months[5].kept_vnd) == (7_000_000, 0)
    assert months[5].spent_in_month_vnd == 5_500_000
    assert [row.past for row in months] == [True] * 6 + [False] * 6
    assert months[11].forecast_vnd == 38_500_000 * 365 // 181
    assert months[5].forecast_vnd == 38_500_000
    assert not await shown.pages(words.ListBurnDown(year=2020))


async def test_every_decision_is_told_with_its_number_and_who_entered_it(shown: "Shown") -> None:
    rows = await shown.pages(words.ListEstimateMoves(limit=3))
    assert [row.recorded_at for row in rows] == sorted((row.recorded_at for row in rows), reverse=True)
    kinds = {row.kind for row in rows}
    assert {"initial", "supplement", "adjustment", "transfer", "transfer_in", "transfer_out", "frozen"} <= kinds
    assert {"released", "handed_over", "taken_over", "carried_out", "carried_in", "lapsed"} <= kinds
    assert {row.by_name for row in rows} == {"Nguyễn Thị Hoa"}
    between = await shown.pages(words.ListEstimateMoves(kind="transfer_out"))
    assert [(row.board, row.other_board, row.amount_vnd) for row in between] == [("BTCTU", "BTGTU", -2_000_000)]
    assert [row.decision_number for row in between] == ["12-QĐ/TU"]
    guests = await shown.pages(words.ListEstimateMoves(line=GUESTS, board="BTCTU"))
    assert [row.kind for row in guests] == ["initial"]


async def test_the_form_is_told_what_is_left_and_what_would_be(shown: "Shown") -> None:
    asked = words.ListLinesLeft(year=2027, board="BTGTU", amount_vnd=10_000_000, special=False)
    petrol = next(row for row in await shown.pages(asked) if row.line == PETROL)
    assert (petrol.left_vnd, petrol.after_vnd, petrol.enough) == (9_000_000, -1_000_000, False)
    assert ("6503", "Tiền nhiên liệu") in {(item.item, item.name) for item in petrol.items}
    assert not await shown.pages(words.ListLinesLeft(year=2026, board="BTCTU"))


async def test_what_was_spent_by_item_is_what_the_lines_have_spent(shown: "Shown") -> None:
    rows = await shown.pages(words.ListItemsSpent(year=2026))
    petrol = next(row for row in rows if (row.board, row.item) == ("BTCTU", "6503"))
    assert (petrol.months[1], petrol.months[4], petrol.months[5]) == (30_000_000, 3_000_000, 5_500_000)
    assert (petrol.quarter_1_vnd, petrol.quarter_2_vnd, petrol.spent_vnd) == (30_000_000, 8_500_000, 38_500_000)
    executed = await shown.pages(words.ListExecution(year=2026))
    for line in executed:
        spent = sum(row.spent_vnd for row in rows if (row.board, row.line) == (line.board, line.line))
        assert spent == line.spent_vnd


async def test_the_index_and_the_sources_of_a_day_are_told(shown: "Shown") -> None:
    items = await shown.pages(words.ListBudgetIndex(on=date(2026, 3, 1), of="6500"))
    assert [row.code for row in items] == ["6500", "6501", "6502", "6503", "6504", "6505", "6549"]
    assert items[3].legal_basis.startswith("Thông tư 130/2025/TT-BTC")
    former = await shown.pages(words.ListBudgetIndex(on=date(2025, 3, 1), kind="chapter"))
    assert {row.code for row in former} == {"109", "509", "709", "819"}
    special = await shown.pages(words.ListBudgetIndex(on=date(2026, 3, 1), special=True))
    assert {row.kind for row in special} == {"item"}
    codes = [row.source for row in await shown.pages(words.ListSources(on=date(2026, 3, 1)))]
    assert codes == ["chi-ho", "dang-phi", "khong-tu-chu", "thu-khac", "tu-chu"]


async def test_every_query_says_who_may_ask(shown: "Shown") -> None:
    reader: Any = {"reader", "administrator"}
    assert all(not rule.query.allowed & reader for rule in QUERY_RULES)
