"""What happens to assets is drafted for the ledger: balanced board by board, by a table made by hand, and once."""

from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts import assets, finance

if TYPE_CHECKING:
    from tests.finance.causes.desks import Desks

DECEMBER = datetime(2026, 12, 30, 3, 0, tzinfo=UTC)


def net(lines: tuple[finance.EntryLine, ...]) -> dict[str, int]:
    sums: dict[str, int] = defaultdict(int)
    for line in lines:
        sums[line.board] += line.amount_vnd if line.side == "debit" else -line.amount_vnd
    return dict(sums)


def registered(desks: "Desks", **changes: Any) -> None:
    desks.hear("assets", "asset", "a" * 32, desks.registered(**changes), again=True)


BOUGHT = [("BTCTU", "211", "debit", 30), ("BTCTU", "366", "credit", 30)]
WORN = [("BTCTU", "211", "debit", 30), ("BTCTU", "214", "credit", 10), ("BTCTU", "366", "credit", 20)]
SOFTWARE = [("BTCTU", "213", "debit", 30), ("BTCTU", "366", "credit", 30)]
BUILT = [("BTCTU", "211", "debit", 30), ("BTCTU", "241", "credit", 30)]


@pytest.mark.parametrize(
    ("changes", "lines"),
    [
        ({"origin": "purchase"}, BOUGHT),
        ({"origin": "gift"}, BOUGHT),
        ({"origin": "allocation", "worn": 10}, WORN),
        ({"origin": "surplus"}, BOUGHT),
        ({"origin": "construction"}, BUILT),
        ({"class_code": "VH.2"}, SOFTWARE),
    ],
)
def test_an_asset_that_comes_is_booked_by_its_origin(
    changes: dict[str, Any], lines: list[tuple[str, str, str, int]], desks: "Desks"
) -> None:
    registered(desks, cost=30, **changes)
    assert desks.lines() == lines


@pytest.mark.parametrize("changes", [{"origin": "lease_purchase"}, {"booked_on": date(2026, 8, 1)}])
def test_what_is_booked_by_hand_or_came_with_an_older_register_is_not_drafted(
    changes: dict[str, Any], desks: "Desks"
) -> None:
    registered(desks, **changes)
    assert [draft for draft in desks.drafts() if draft.template is None] == []


def test_an_upgrade_books_what_the_cost_rose_by(desks: "Desks") -> None:
    event = assets.AssetUpgraded(**desks.valued("btctu", 50, 10), former_cost_vnd=30, work="Thêm bộ nhớ")
    desks.hear("assets", "asset", "a" * 32, event)
    assert desks.lines() == [("BTCTU", "211", "debit", 20), ("BTCTU", "366", "credit", 20)]


def test_a_lower_value_is_booked_on_the_other_sides(desks: "Desks") -> None:
    event = assets.AssetRevalued(
        **desks.valued("btctu", 30, 5),
        former_cost_vnd=50,
        former_accumulated_vnd=10,
        cost_basis="settled",
        reason="Quyết toán được duyệt",
    )
    desks.hear("assets", "asset", "a" * 32, event)
    assert desks.lines() == [
        ("BTCTU", "211", "credit", 20),
        ("BTCTU", "214", "debit", 5),
        ("BTCTU", "366", "debit", 15),
    ]


def test_what_leaves_the_books_takes_its_wear_along(desks: "Desks") -> None:
    event = assets.DisposalCarriedOut(
        **desks.valued("ddutu", 30, 25), method="sale", proceeds_vnd=3, costs_vnd=1, buyer="A"
    )
    desks.hear("assets", "asset", "a" * 32, event)
    assert desks.lines() == [("ĐUTU", "214", "debit", 25), ("ĐUTU", "366", "debit", 5), ("ĐUTU", "211", "credit", 30)]


def test_a_batch_that_passes_between_units_is_one_entry_balanced_on_both_sides(desks: "Desks") -> None:
    desks.hear("assets", "handover", "7" * 32, desks.handed_over(("btctu", 300, 100)), again=True)
    assert desks.lines() == [
        ("BTCTU", "214", "debit", 100),
        ("BTCTU", "366", "debit", 200),
        ("BTCTU", "211", "credit", 300),
        ("ĐUTU", "214", "credit", 100),
        ("ĐUTU", "366", "credit", 200),
        ("ĐUTU", "211", "debit", 300),
    ]


_MONEY = st.integers(1, 10**12)


@given(origins=st.lists(st.tuples(_MONEY, _MONEY), min_size=1, max_size=6))
def test_whatever_passes_every_board_balances_and_nothing_is_lost_between_them(
    origins: list[tuple[int, int]], new_desks: "Callable[[], Desks]"
) -> None:
    desks = new_desks()
    given_ = [(f"don-vi-{n}", max(pair), min(pair)) for n, pair in enumerate(origins)]
    desks.hear("assets", "handover", "7" * 32, desks.handed_over(*given_))
    (draft,) = (one for one in desks.drafts() if one.template is None)
    assert set(net(draft.lines).values()) == {0}
    for account in ("211", "214", "366"):
        of_account = [line for line in draft.lines if line.account == account]
        assert sum(net(tuple(of_account)).values()) == 0


def worn(desks: "Desks", number: int, unit: str, wear: int) -> None:
    event = assets.WearCharged(**desks.valued(unit, 100, wear), year=2026, wear_vnd=wear)
    desks.hear("assets", "asset", f"{number:032x}", event, DECEMBER)


def portion(desks: "Desks", count: int) -> None:
    event = assets.WearRunRecorded(asset_count=count, wear_vnd=1, total_asset_count=count, total_wear_vnd=1)
    desks.hear("assets", "wearrun", "2026", event, DECEMBER)


def test_a_year_of_wear_is_one_draft_however_many_assets_and_portions_it_has(desks: "Desks") -> None:
    for number in range(60):
        worn(desks, number, "btctu" if number % 3 else "ddutu", 7)
        if number % 20 == 19:
            portion(desks, 20)
    assert {timer.time for timer in desks.timers} == {datetime(2026, 12, 30, 4, 0, tzinfo=UTC)}
    desks.due()
    assert desks.lines() == [
        ("BTCTU", "366", "debit", 280),
        ("BTCTU", "214", "credit", 280),
        ("ĐUTU", "366", "debit", 140),
        ("ĐUTU", "214", "credit", 140),
    ]
    (draft,) = (one for one in desks.drafts() if one.template is None)
    assert draft.on == date(2026, 12, 31)


def test_what_a_later_portion_charges_is_drafted_by_itself(desks: "Desks") -> None:
    worn(desks, 1, "btctu", 7)
    portion(desks, 1)
    desks.due()
    worn(desks, 2, "btctu", 5)
    portion(desks, 1)
    desks.due()
    first, second = (one for one in desks.drafts() if one.template is None)
    assert [line.amount_vnd for line in (*first.lines, *second.lines)] == [7, 7, 5, 5]
