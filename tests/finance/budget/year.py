"""A year of estimates in which everything happens that can, up to the settlement of a board."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from contracts import finance as words

if TYPE_CHECKING:
    from tests.finance.budget.house import House

R1, R2, R3 = "1" * 32, "2" * 32, "3" * 32
A1, A2, A3, A4 = "a" * 32, "b" * 32, "c" * 32, "d" * 32
_ASKED: dict[str, Any] = {"year": 2026, "purpose": "Đón tiếp đoàn công tác", "total_vnd": 30_000_000, "revision": 1}


def told(house: "House", at: Callable[[str], Any], speaker: Callable[..., Any]) -> None:
    """Tell the year: January to November of two boards, the settlement of one, and the other's carrying over."""
    scenario = house.scenario
    scenario.now = at("2026-01-05 09:00")
    house.assign(PETROL=120_000_000, PAPER=60_000_000, GUESTS=20_000_000).accepted()
    house.assign(house.OTHER, PETROL=50_000_000, PAPER=10_000_000).accepted()
    scenario.now = at("2026-02-10 09:00")
    house.commit(R1, 40_000_000)
    house.spend(R1, 30_000_000, on=date(2026, 2, 9))
    scenario.now = at("2026-03-10 09:00")
    house.transfer(5_000_000).accepted()
    house.transfer(2_000_000, to_board=house.OTHER, to_line=house.PETROL).accepted()
    house.hold(words.FreezeEstimate, 6_000_000).accepted()
    scenario.now = at("2026-05-10 09:00")
    house.hold(words.ReleaseEstimate, 1_000_000).accepted()
    house.advance(R1, A1, 6_000_000)
    house.spend(R1, 4_000_000, on=date(2026, 5, 9))
    house.unspend(R1, 1_000_000, on=date(2026, 5, 10))
    scenario.now = at("2026-06-10 09:00")
    house.assign(kind="supplement", PETROL=10_000_000).accepted()
    house.assign(kind="adjustment", PAPER=-3_000_000).accepted()
    house.account(R1, A1, 5_500_000)
    house.release(R1)
    _with_a_rest(house, at)
    scenario.now = at("2026-07-10 09:00")
    _beyond(house)
    scenario.now = at("2026-09-10 09:00")
    house.commit(R3, 8_000_000, line=house.PAPER)
    house.advance(R3, A2, 3_000_000, line=house.PAPER)
    scenario.now = at("2026-11-20 09:00")
    house.posted(("111", "debit", 90, house.BOARD), ("511", "credit", 90, house.BOARD), kind="receipt").accepted()
    house.settle().accepted()
    scenario.now = at("2027-01-15 09:00")
    named = {"requests": (R3,), "advances": (A2,), "board": house.OTHER}
    house.carry((house.PETROL, 9_000_000, "autonomy_fund"), **named).accepted()
    house.close(house.OTHER).accepted()


def _beyond(house: "House") -> None:
    """Let guests cost more than there is, by authority."""
    asked = words.SpendingRequested(
        **_ASKED, board=house.BOARD, amounts=house.items(house.GUESTS, 30_000_000), by_name="Hoàng Văn Đầu"
    )
    house.tell("request", R2, asked)
    house.commit(R2, 30_000_000, line=house.GUESTS, over="Đoàn Trung ương, báo trước một ngày.")
    approved = words.SpendingApproved(by_name="Phạm Thị Chánh", over_reason="Đoàn Trung ương.", revision=2)
    house.tell("request", R2, approved)
    house.spend(R2, 30_000_000, line=house.GUESTS, on=date(2026, 7, 12))


def _with_a_rest(house: "House", at: Callable[[str], Any]) -> None:
    """Let an advance of the other board be accounted for, with a part of its rest returned, and one of the first's."""
    for id, board in ((A3, house.OTHER), (A4, house.BOARD)):
        paid = words.AdvancePaid(
            by_name="Vi Thị Quỹ",
            year=2026,
            board=board,
            request_id=R1,
            purpose="Đi công tác Hà Nội",
            holder=words.Payee(name="Nguyễn Văn Ứng"),
            amounts=house.items(house.PETROL, 500_000),
            amount_vnd=500_000,
            entry_id="e" * 32,
            voucher="PC 1/2026",
            on=date(2026, 6, 1),
            method="cash",
            task_ends_on=date(2026, 6, 5),
            account_by=date(2026, 6, 19),
            remind_at=at("2026-06-16 08:00"),
            overdue_at=at("2026-06-20 08:00"),
        )
        house.tell("advance", id, paid)
    approved = {"on": date(2026, 6, 10), "spent_vnd": 400_000, "to_return_vnd": 100_000, "to_pay_vnd": 0}
    house.tell("advance", A3, words.ClaimApproved(by_name="Phạm Thị Chánh", **approved, revision=4))
