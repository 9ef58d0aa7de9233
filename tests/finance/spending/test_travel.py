"""The costs of a journey by a table made by hand, and what is refused."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from contracts import finance as words

if TYPE_CHECKING:
    from tests.finance.office import Office

TRAVELLER = words.Payee(name="Nguyễn Văn Đi", person_id="c" * 32)
ORDER = words.Paper(number="45-GĐĐ", dated_on=date(2026, 11, 2))
BILL = words.Paper(number="0001234")


def days(first: str, *nights: Any, region: str = "other", share: int = 100) -> tuple[words.TravelDay, ...]:
    """Return days one after another; a night is none, lump_sum, or the amount of an invoice."""
    start = date.fromisoformat(first)
    return tuple(
        words.TravelDay(
            day=start + timedelta(number),
            region=region,
            night="invoice" if isinstance(night, int) else night,
            invoice_vnd=night if isinstance(night, int) else 0,
            days_share=share,
        )
        for number, night in enumerate(nights)
    )


def claiming(money: "Office", *on: words.TravelDay, actor: Any = None, **changes: Any) -> Any:
    usual: dict[str, Any] = {
        "year": 2026,
        "board": money.BOARD,
        "purpose": "Kiểm tra cơ sở",
        "traveller": TRAVELLER,
        "group": "official",
        "line": money.TRAVEL,
        "travel_order": ORDER,
        "days": on,
    }
    return money.when(words.ClaimTravel(**{**usual, **changes}), actor=actor or money.CONTACT)


# Each row by hand: the days, what else is said, and the amount under each item.
TABLE: dict[str, tuple[tuple[words.TravelDay, ...], dict[str, Any], dict[str, int]]] = {
    "three days, two nights as a lump sum": (
        days("2026-11-02", "lump_sum", "lump_sum", "none"),
        {},
        {"6702": 900_000, "6703": 600_000},
    ),
    "half a day at the end": (
        (*days("2026-11-02", "lump_sum"), *days("2026-11-03", "none", share=50)),
        {},
        {"6702": 450_000, "6703": 300_000},
    ),
    "a third of a day, rounded": (days("2026-11-02", "none", share=33), {}, {"6702": 99_000}),
    "before and after the rate rose": (
        days("2025-05-02", "none", "none", "none", "none"),
        {},
        {"6702": 1_000_000},
    ),
    "an island, and then the mainland": (
        (*days("2026-11-02", "lump_sum", region="islands"), *days("2026-11-03", "none")),
        {},
        {"6702": 700_000, "6703": 300_000},
    ),
    "nights by invoice up to the cap": (
        days("2026-11-02", 700_000, 650_000, "none"),
        {},
        {"6702": 900_000, "6703": 1_350_000},
    ),
    "a leader in a great city": (
        days("2026-11-02", "lump_sum", 1_200_000, "none", region="central-city"),
        {"group": "leader"},
        {"6702": 900_000, "6703": 2_200_000},
    ),
    "tickets": (
        days("2026-11-02", "none"),
        {
            "tickets": (
                words.Ticket(what="Vé xe", amount_vnd=180_000, paper=BILL),
                words.Ticket(what="Vé xe", amount_vnd=5),
            )
        },
        {"6702": 300_000, "6701": 180_005},
    ),
    "one's own car: 85 km, 17 litres": (
        days("2026-11-02", "none"),
        {"own_vehicle_km": 85, "fuel_price_vnd": 20_350},
        {"6702": 300_000, "6749": 345_950},
    ),
    "a part of a đồng counts as one from a half on": (
        days("2026-11-02", "none"),
        {"own_vehicle_km": 11, "fuel_price_vnd": 19_999},
        {"6702": 300_000, "6749": 43_998},
    ),
    "a month's lump sum": (
        days("2026-10-05", *("none",) * 10),
        {"by_month": True, "tickets": (words.Ticket(what="Vé xe", amount_vnd=90_000),)},
        {"6704": 500_000, "6701": 90_000},
    ),
}


@pytest.mark.parametrize("name", TABLE)
def test_a_journey_costs_what_the_rates_of_its_days_say(money: "Office", name: str) -> None:
    on, changes, expected = TABLE[name]
    requested = claiming(money, *on, **changes).one(words.SpendingRequested)
    assert {amount.item: amount.amount_vnd for amount in requested.amounts} == expected
    assert requested.total_vnd == sum(expected.values()) == sum(part.amount_vnd for part in requested.travel)
    assert {amount.line for amount in requested.amounts} == {money.TRAVEL}
    assert all(part.legal_basis for part in requested.travel if part.item != "6701")
    assert requested.payee == TRAVELLER


def test_each_part_tells_its_rate_and_its_basis(money: "Office") -> None:
    said = claiming(money, *days("2025-05-02", "lump_sum", "none", "none"), own_vehicle_km=20, fuel_price_vnd=20_000)
    told = [(part.told, part.days, part.rate_vnd) for part in said.one(words.SpendingRequested).travel]
    assert told == [
        ("Phụ cấp lưu trú (vùng còn lại): 2 ngày × 200.000 đồng", 2, 200_000),
        ("Phụ cấp lưu trú (vùng còn lại): 1 ngày × 300.000 đồng", 1, 300_000),
        ("Tiền phòng nghỉ khoán (vùng còn lại): 1 đêm × 300.000 đồng", 1, 300_000),
        ("Tự túc phương tiện: 20 km × 0,2 lít × 20.000 đồng/lít", 0, 20_000),
    ]
    assert "40/2017" in str(said.one(words.SpendingRequested).travel[0].legal_basis)


def test_what_no_rate_allows_is_refused(money: "Office") -> None:
    day = days("2026-11-02", "none")
    assert "700.000" in claiming(money, *days("2026-11-02", 700_001)).refused(words.LODGING_ABOVE_CAP, "days")
    claiming(money, *days("2026-11-02", 0)).refused(words.INVOICE_NEEDED, "days")
    claiming(money, *day, *day).refused(words.DAY_TWICE, "days")
    claiming(money, *days("2026-11-23", "none", "none")).refused(words.DAY_AHEAD, "days")
    claiming(money, *day, group="minister").refused(words.NO_RATE, "days")
    claiming(money, *days("2026-11-02", "none", region="moon")).refused(words.NO_RATE, "days")
    claiming(money, *days("2016-11-02", "none")).refused(words.NO_RATE, "days")
    claiming(money, *day, own_vehicle_km=9, fuel_price_vnd=1).refused(words.TOO_NEAR, "own_vehicle_km")
    claiming(money, *day, own_vehicle_km=10).refused(words.FUEL_PRICE_NEEDED, "fuel_price_vnd")
    claiming(money, *days("2026-11-02", "none", share=0)).refused(words.NOTHING_DUE)
    claiming(money, *days("2026-10-05", *("none",) * 9), by_month=True).refused(words.TOO_FEW_DAYS, "days")
    claiming(money, *days("2026-10-25", *("none",) * 12), by_month=True).refused(words.TOO_FEW_DAYS, "days")


def test_travel_goes_under_its_own_item_of_the_contacts_board(money: "Office") -> None:
    day = days("2026-11-02", "none")
    claiming(money, *day, line=money.PETROL).refused(words.NOT_A_TRAVEL_LINE, "line")
    claiming(money, *day, line="dang-phi.509.351.6700").refused(words.LINE_UNKNOWN)
    claiming(money, *day, actor=money.OTHER_CONTACT).refused(words.BOARD_NOT_YOURS, "board")


def test_a_claim_of_travel_is_checked_approved_and_paid_as_any_request(money: "Office") -> None:
    id = claiming(money, *days("2026-11-02", "lump_sum", "none")).accepted().id
    money.about(words.CheckSpending, id, money.ACCOUNTANT).accepted()
    money.about(words.ApproveSpending, id, money.HEAD).accepted()
    amounts = (money.item(600_000, money.TRAVEL, "6702"), money.item(300_000, money.TRAVEL, "6703"))
    money.paying(id, 1, amounts=amounts).accepted()
    assert money.line(money.TRAVEL) == (0, 0, 900_000, 59_100_000)


def test_a_claim_of_travel_accounts_for_the_travellers_advance(money: "Office") -> None:
    request = money.approved(2_000_000, money.TRAVEL, as_advance=True)
    id = money.advancing(request, 2_000_000, money.TRAVEL, holder=TRAVELLER).one(words.SpendingAdvanced).advance_id
    day = days("2026-11-02", "lump_sum", "none")
    claiming(money, *day, advance_id=id, traveller=money.HOLDER).refused(words.ADVANCE_ELSEWHERE)
    claiming(money, *day, advance_id="f" * 32).refused(words.ADVANCE_UNKNOWN, "advance_id")
    said = claiming(money, *day, advance_id=id)
    assert said.one(words.AdvanceClaimed).spent_vnd == 900_000
    assert len(said.one(words.AdvanceClaimed).travel) == 2
    assert not said.all(words.SpendingRequested)
    claiming(money, *day, advance_id=id).refused(words.NOT_THIS_STEP_OF_ADVANCE)
    money.of_advance(words.CheckClaim, id, money.ACCOUNTANT).accepted()
    money.approving_claim(id).accepted()
    assert money.line(money.TRAVEL) == (0, 0, 900_000, 59_100_000)
