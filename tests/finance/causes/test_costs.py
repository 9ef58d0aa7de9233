"""What other desks do costs money once, for whose it is, under the line in force; a person sends what was drafted."""

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest

from contracts import assets, finance, scheduling

if TYPE_CHECKING:
    from tests.finance.causes.desks import Desks

DAY = date(2026, 11, 20)
WATCHED: dict[str, Any] = {
    "due_on": date(2027, 11, 20),
    "remind_at": datetime(2027, 10, 20, tzinfo=UTC),
    "overdue_at": datetime(2027, 11, 21, tzinfo=UTC),
}
INSURED = assets.InsuranceRecorded(
    kind="compulsory_insurance",
    coverage="compulsory",
    insurer="Bảo Việt",
    policy_number="BV-1",
    valid_from=DAY,
    premium_vnd=530_000,
    **WATCHED,
)
INSPECTED = assets.InspectionRecorded(
    kind="inspection",
    inspected_on=DAY,
    inspected_by="Trung tâm 12-01D",
    certificate_number="KD-9",
    cost_vnd=290_000,
    **WATCHED,
)
REPAIRED = assets.AssetRepaired(
    repaired_on=DAY, fault="hỏng", work="Thay má phanh\nvà dầu", cost_vnd=2_000_000, condition="good"
)
MAINTAINED = assets.MaintenanceRecorded(done_on=DAY, work="Bảo dưỡng 5.000 km", cost_vnd=900_000, done_by="Gara A")


def of(desks: "Desks") -> tuple[str, str, str, int]:
    """What the one request that was drafted is: board, line, item and amount."""
    (request,) = desks.requests()
    (amount,) = request.amounts
    return request.board, amount.line, amount.item, amount.amount_vnd


# By hand: what is heard, of which thing, whose it is, and under which item and how much it is drafted.
TABLE = [
    ("scheduling", "fuel", "asset-" + "c" * 32, "fuel", "BTCTU", "6503", 1_250_000),
    ("assets", "asset", "c" * 32, INSURED, "BTCTU", "7757", 530_000),
    ("assets", "asset", "c" * 32, INSPECTED, "BTCTU", "7756", 290_000),
    ("assets", "asset", "c" * 32, REPAIRED, "BTCTU", "6901", 2_000_000),
    ("assets", "asset", "d" * 32, REPAIRED, "ĐUTU", "6912", 2_000_000),
    ("assets", "asset", "d" * 32, MAINTAINED, "ĐUTU", "6912", 900_000),
    ("assets", "asset", "b" * 32, MAINTAINED, "VPTU", "6913", 900_000),
]


@pytest.mark.parametrize(("service", "aggregate", "id", "event", "board", "item", "amount"), TABLE)
def test_what_is_paid_for_a_thing_is_drafted_for_whose_it_is(
    service: str, aggregate: str, id: str, event: Any, board: str, item: str, amount: int, desks: "Desks"
) -> None:
    desks.hear(service, aggregate, id, desks.fuel() if event == "fuel" else event, again=True)
    assert of(desks) == (board, f"tu-chu.509.351.{item[:2]}{'50' if item[2:] in ('56', '57') else '00'}", item, amount)


def test_a_purchase_of_fuel_says_by_which_invoice_and_whom_it_was_bought_from(desks: "Desks") -> None:
    desks.hear("scheduling", "fuel", f"asset-{desks.CAR}", desks.fuel())
    (request,) = desks.requests()
    assert request.purpose == "Nhiên liệu 50,05 lít, hóa đơn 0000123 ngày 20/11/2026: xe 12A-000.45"
    assert request.payee == finance.Payee(name="Cửa hàng xăng dầu số 3")
    assert request.papers[0].number == "0000123"
    assert request.cause.type == "scheduling.FuelRecorded"
    assert request.cause.subject == f"fuel/asset-{desks.CAR}"


def test_one_purchase_costs_once_however_it_is_told(desks: "Desks") -> None:
    for _ in range(3):
        desks.hear("scheduling", "fuel", f"asset-{desks.CAR}", desks.fuel())
    assert len(desks.requests()) == 1


def test_tolls_are_of_whose_car_it_is_and_nothing_is_due_for_a_trip_without(desks: "Desks") -> None:
    desks.hear("scheduling", "car", f"asset-{desks.CAR}", desks.trip())
    assert desks.requests() == []
    desks.hear("scheduling", "car", f"asset-{desks.CAR}", desks.trip(tolls=140_000))
    assert of(desks) == ("BTCTU", "tu-chu.509.351.7750", "7756", 140_000)
    (request,) = desks.requests()
    assert "15/2026" in request.purpose


@pytest.mark.parametrize(("boards", "board"), [(("ddutu",), "ĐUTU"), (("btctu", "ddutu"), "VPTU"), ((), "VPTU")])
def test_a_hired_car_is_paid_by_the_one_board_it_drove_for_else_by_the_office(
    boards: tuple[str, ...], board: str, desks: "Desks"
) -> None:
    hire = scheduling.CarHire(supplier="Hợp tác xã Vận tải", contract_number="5/HĐ", price_vnd=12_000, per="km")
    car = scheduling.CarRecorded(plate="12A-123.45", seats=16, use="general", hire=hire)
    desks.hear("scheduling", "car", desks.HIRED, car)
    desks.hear("scheduling", "car", desks.HIRED, desks.trip(hire=960_000, boards=boards))
    assert of(desks) == (board, "tu-chu.509.351.6750", "6751", 960_000)
    (request,) = desks.requests()
    assert request.payee == finance.Payee(name="Hợp tác xã Vận tải")
    # It came back at half past one in the night, office time.
    assert desks.said[-2].on == date(2026, 11, 21)  # type: ignore[attr-defined]


def test_an_asset_that_changed_hands_costs_whoever_has_it_now(desks: "Desks") -> None:
    handed = assets.AssetHandedOver(
        **desks.valued("ddutu", 1, 0, "3"), handover_id="1" * 32, from_unit_id="btctu", place=assets.Place()
    )
    desks.hear("assets", "asset", desks.CAR, handed)
    desks.hear("assets", "asset", desks.CAR, REPAIRED)
    assert of(desks)[0] == "ĐUTU"
    (request,) = desks.requests()
    assert request.purpose == "Sửa chữa (Thay má phanh và dầu): xe 12A-000.45"


@pytest.mark.parametrize(
    ("changes", "amount"),
    [
        ({}, 800_000),
        ({"ends_at": datetime(2026, 11, 25, 9, 30, tzinfo=UTC)}, 1_600_000),
        ({"services": ("Maket",)}, None),
        ({"services": ()}, None),
        ({"attendees": None}, None),
    ],
)
def test_a_meeting_costs_what_is_asked_for_by_the_rate_a_person_and_half_day(
    changes: dict[str, Any], amount: int | None, desks: "Desks"
) -> None:
    desks.hear("scheduling", "booking", "9" * 32, desks.booked(**changes), again=True)
    if amount is None:
        assert desks.requests() == []
    else:
        assert of(desks) == ("BTCTU", "tu-chu.509.351.6650", "6699", amount)


def test_a_private_meeting_does_not_say_what_it_is_about(desks: "Desks") -> None:
    desks.hear("scheduling", "booking", "9" * 32, desks.booked(private=True))
    (request,) = desks.requests()
    assert "giao ban" not in request.model_dump_json()


def test_what_happened_before_the_tables_hold_is_not_drafted(desks: "Desks") -> None:
    early = REPAIRED.model_copy(update={"repaired_on": date(2025, 12, 31)})
    desks.hear("assets", "asset", desks.CAR, early)
    assert desks.requests() == []


def test_from_the_receipt_of_fuel_to_the_voucher_that_pays_it_each_step_names_the_one_before(desks: "Desks") -> None:
    office = desks.office
    desks.hear("scheduling", "fuel", f"asset-{desks.CAR}", desks.fuel())
    drafted = next(fact for fact in office.facts if isinstance(fact.event, finance.SpendingDrafted))
    assert isinstance(drafted.event, finance.SpendingDrafted)
    said = {name: getattr(drafted.event, name) for name in ("purpose", "amounts", "payee", "papers")}
    sending = finance.ReviseSpending(
        **said, request_id=drafted.id, revision=drafted.event.revision, year=2026, board="BTCTU"
    )
    office.when(sending, actor=office.CONTACT).accepted()
    office.about(finance.CheckSpending, drafted.id, office.ACCOUNTANT).accepted()
    office.about(finance.ApproveSpending, drafted.id, office.HEAD).accepted()
    paid = office.paying(drafted.id, 1_250_000).accepted().one(finance.SpendingPaid)
    (entry,) = office.entries()
    assert (entry.request_id, entry.voucher) == (drafted.id, paid.voucher)
    assert {(line.account, line.side, line.item) for line in entry.lines if line.side == "debit"} == {
        ("612", "debit", "6503")
    }
    assert drafted.event.cause.event_id.startswith("0190a6f2-")
    assert drafted.event.cause.subject == f"fuel/asset-{desks.CAR}"
    assert office.line()[2] == 1_250_000
