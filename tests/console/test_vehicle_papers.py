"""The papers of cars: what each says in both files, who signs, and a code that reads back what the order says."""

import io
from datetime import UTC, date, datetime
from typing import Any

import docx
import httpx
import pypdfium2
import pytest
import zxingcpp

from contracts.base import Answered
from contracts.scheduling.vehicles import (
    BoardFairnessRow,
    CarOnRun,
    Carried,
    FuelMonthRow,
    ListBoardFairness,
    ListTrips,
    OdometerGapRow,
    RideRow,
    RunAsSeen,
    RunOrderRow,
    RunOrderView,
    TripRow,
)
from services.console.papers import car_fairness, car_log, fuel_table, press, ride_request, run_order
from services.console.papers.collecting_cars import CarLetterhead
from services.console.papers.letterhead import Letterhead
from services.console.papers.writing import hour_and_day, litres, moment, month_in_words
from tests.console.test_asset_papers import text_of
from tests.console.test_papers import drawn, pages_of, words_of

HEAD: Letterhead = CarLetterhead(
    superior="Tỉnh ủy Lạng Sơn", organ="Văn phòng Tỉnh ủy", place="Lạng Sơn", dated=date(2026, 12, 1)
)
RUN, RIDE = "a" * 32, "b" * 32


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of November 2026 on the office's clock, stored as UTC."""
    return datetime(2026, 11, day, hour - 7, minute, tzinfo=UTC)


def signers(text: str, *titles: str) -> bool:
    """Whether these sign beside each other, in this order."""
    return " ".join(f"{title} (Ký, họ tên)" for title in titles) in text


def ride(**more: Any) -> RideRow:
    facts: dict[str, Any] = {
        "ride_id": RIDE,
        "board_id": "btctu",
        "board_name": "Ban Tổ chức Tỉnh ủy",
        "requester": "Nguyễn Thị Lan",
        "phone": "0912345678",
        "purpose": "Thẩm tra lý lịch cán bộ diện Ban Thường vụ quản lý",
        "document_number": "125-KH/BTCTU",
        "from_place": "trụ sở Tỉnh ủy",
        "to_place": "UBND xã Hữu Lũng",
        "area": "Hữu Lũng",
        "leaves_at": at(25, 7, 30),
        "returns_at": at(25, 17),
        "passengers": 4,
        "car_seats": 7,
        "car_use": "general",
        "may_share": True,
        "status": "granted",
        "run_numbers": ("12/2026",),
        "plates": ("12A-123.45",),
        "drivers": ("Hoàng Văn Bình",),
        "approver": "Trần Văn Minh",
        "requested_at": at(23, 9),
    }
    return RideRow(**{**facts, **more})


def test_a_request_says_what_is_asked_for_and_what_was_decided() -> None:
    text = text_of(ride_request.compose(ride(), HEAD))

    assert "BAN TỔ CHỨC TỈNH ỦY" in text
    assert "Kính gửi: Văn phòng Tỉnh ủy" in text
    assert "Thời gian đi: 07 giờ 30, ngày 25/11/2026; thời gian về: 17 giờ 00, ngày 25/11/2026" in text
    assert "Số người đi: 4; loại xe đề nghị: từ 7 chỗ trở lên, xe phục vụ công tác chung" in text
    assert "Lệnh điều xe số: 12/2026; xe 12A-123.45, lái xe Hoàng Văn Bình." in text
    for signer in ("NGƯỜI ĐỀ NGHỊ", "THỦ TRƯỞNG ĐƠN VỊ", "CHÁNH VĂN PHÒNG", "Trần Văn Minh"):
        assert signer in text


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"status": "requested"}, "☐ Đồng ý bố trí xe."),
        (
            {"status": "declined", "reason": "Hết xe", "instead": "lump_sum"},
            "Không bố trí được xe. Lý do: Hết xe. Đề nghị đơn vị: khoán kinh phí sử dụng xe.",
        ),
        ({"status": "cancelled", "reason": "Hoãn họp"}, "Đơn vị đã hủy đề nghị. Lý do: Hoãn họp."),
        ({"status": "approved"}, "Đồng ý bố trí xe."),
    ],
)
def test_a_request_says_how_it_stands(said: dict[str, Any], told: str) -> None:
    paper = ride_request.compose(ride(**said, run_numbers=(), plates=(), drivers=()), HEAD)
    assert told in " ".join(pages_of(press.render(paper, "pdf")))


def carried(number: int, **more: Any) -> Carried:
    facts: dict[str, Any] = {
        "ride_id": f"{number:032x}",
        "board_id": "btctu",
        "passengers": 2,
        "from_place": "trụ sở Tỉnh ủy",
        "to_place": "UBND xã Hữu Lũng",
        "purpose": "Kiểm tra công tác cán bộ",
        "requester": "Nguyễn Thị Lan",
        "phone": "0912345678",
        "document_number": "125-KH/BTCTU",
    }
    return Carried(**{**facts, **more})


def order(**more: Any) -> RunOrderRow:
    facts: dict[str, Any] = {
        "run_id": RUN,
        "run_number": "12/2026",
        "number": 12,
        "year": 2026,
        "ordered_on": date(2026, 11, 24),
        "plate": "12A-123.45",
        "driver_name": "Hoàng Văn Bình",
        "in_charge": "Nguyễn Thị Lan",
        "route": "Tỉnh ủy - Hữu Lũng - Tỉnh ủy",
        "leaves_at": at(25, 7, 30),
        "returns_at": at(25, 17),
        "passengers": 4,
        "planned_km": 140,
        "approver": "Trần Văn Minh",
        "status": "ordered",
        "vehicle_id": "asset-1",
        "driver_id": "person-2",
    }
    return RunOrderRow(**{**facts, **more})


def run(rides: tuple[Carried, ...], boards: tuple[str, ...], said: RunOrderRow, **more: Any) -> RunOrderView:
    names = ("vehicle_id", "driver_id", "leaves_at", "returns_at")
    standing = RunAsSeen(**{name: getattr(said, name) for name in names}, ride_ids=tuple(one.ride_id for one in rides))
    first = CarOnRun(
        vehicle_id="asset-1",
        plate="12A-123.45",
        driver_id="person-2",
        driver_name="Hoàng Văn Bình",
        since=at(25, 7, 30),
    )
    facts: dict[str, Any] = {
        "cars": (first,),
        "seats": 7,
        "licence_class": "D",
        "driver_phone": "0988777666",
        "driving_minutes": 240,
        "qr_text": f"Lệnh điều xe 12/2026; 12A-123.45; Hoàng Văn Bình; 07:30-17:00 ngày 25/11/2026; {RUN}",
    }
    return RunOrderView(order=said, rides=rides, board_names=boards, standing=standing, **{**facts, **more})


def shared() -> RunOrderView:
    """A run of two boards on which the car broke down."""
    rides = (carried(1), carried(2, board_id="bnctu", requester="Lê Ỷ", phone=None, document_number=None))
    second = CarOnRun(
        vehicle_id="asset-9",
        plate="12A-999.99",
        driver_id="person-2",
        driver_name="Hoàng Văn Bình",
        since=at(25, 10),
        reason="Xe 12A-123.45 hỏng hộp số tại km 45 quốc lộ 1A",
    )
    back = order(status="finished", started_at=at(25, 7, 35), finished_at=at(25, 16, 50), km=143, plate="12A-999.99")
    view = run(rides, ("Ban Tổ chức Tỉnh ủy", "Ban Nội chính Tỉnh ủy"), back, confirmed_by=("Nguyễn Thị Lan",))
    return view.model_copy(update={"cars": (*view.cars, second)})


def test_an_order_has_its_number_its_passengers_its_signers_and_fits_one_page() -> None:
    paper = run_order.compose(shared(), HEAD)
    text = text_of(paper)

    assert "Số 12/2026-LĐX" in text
    assert "Lái xe: Hoàng Văn Bình; giấy phép lái xe hạng D; điện thoại: 0988777666" in text
    assert "Ban Tổ chức Tỉnh ủy Nguyễn Thị Lan" in text
    assert "Ban Nội chính Tỉnh ủy Lê Ỷ" in text
    assert "Cộng 4" in text
    assert "12A-999.99 Hoàng Văn Bình 10:00 25/11/2026 Xe 12A-123.45 hỏng hộp số" in text
    assert "Về bến 16:50 25/11/2026 Số km thực hiện: 143 Nguyễn Thị Lan" in text
    assert signers(text, "LÁI XE", "PHỤ TRÁCH ĐOÀN", "CHÁNH VĂN PHÒNG")
    plain = run_order.compose(run((carried(1),), ("Ban Tổ chức Tỉnh ủy",), order()), HEAD)
    assert len(pages_of(press.render(plain, "pdf"))) == 1


def test_the_code_of_an_order_says_what_the_order_says() -> None:
    view = run((carried(1),), ("Ban Tổ chức Tỉnh ủy",), order())
    paper = run_order.compose(view, HEAD)

    page = pypdfium2.PdfDocument(press.render(paper, "pdf"))[0]
    assert [code.text for code in zxingcpp.read_barcodes(drawn(page))] == [view.qr_text]
    document = docx.Document(io.BytesIO(press.render(paper, "docx")))
    (picture,) = [part for part in document.part.package.iter_parts() if part.content_type == "image/png"]
    assert picture.blob.startswith(b"\x89PNG")
    assert view.qr_text in words_of(press.render(paper, "docx"))


def test_a_cancelled_order_says_so() -> None:
    gone = order(status="cancelled", reason="Hoãn chuyến công tác")
    text = text_of(run_order.compose(run((carried(1),), ("Ban Tổ chức Tỉnh ủy",), gone), HEAD))
    assert "(Lệnh đã hủy)" in text
    assert "Lý do hủy lệnh: Hoãn chuyến công tác." in text


def trip(number: int, **more: Any) -> TripRow:
    day = 1 + number % 28
    facts: dict[str, Any] = {
        "trip_id": f"asset-1-{number}",
        "day": date(2026, 11, day),
        "run_number": f"{number}/2026",
        "plate": "12A-123.45",
        "driver_name": "Hoàng Văn Bình",
        "started_at": at(day, 7, 30),
        "finished_at": at(day, 17, 5),
        "odometer_start_km": 125_000 + number * 100,
        "odometer_end_km": 125_090 + number * 100,
        "route": "Tỉnh ủy - Hữu Lũng - Bắc Sơn - Tỉnh ủy",
        "km": 90,
        "fuel_cl": 4550,
        "fuel_vnd": 1_023_750,
        "invoices": ("1C26TYY-0001234",),
        "confirmed_by": ("Nguyễn Thị Lan",),
        "tolls_vnd": 70_000,
        "run_id": f"{number:032x}",
        "vehicle_id": "asset-1",
        "driver_id": "person-2",
        "month": "2026-11",
    }
    return TripRow(**{**facts, **more})


def test_a_cars_log_sums_its_month_and_names_the_km_nobody_logged() -> None:
    gap = OdometerGapRow(
        gap_id="g", vehicle_id="asset-1", month="2026-11", plate="12A-123.45", from_km=125_390, to_km=125_400, km=10
    )
    asked = ListTrips(vehicle_id="asset-1", month="2026-11")
    text = text_of(car_log.compose([trip(1), trip(2, incidents="Thủng lốp")], [gap], asked, HEAD))

    assert "Xe 12A-123.45, tháng 11 năm 2026" in text
    assert "125.100 125.190 90 Tỉnh ủy - Hữu Lũng - Bắc Sơn - Tỉnh ủy 45,50 1.023.750" in text
    assert "Cộng: 2 chuyến 180 91,00 2.047.500 140.000" in text
    assert "2026-11 12A-123.45 125.390 125.400 10 Chưa giải trình Không" in text
    assert signers(text, "LÁI XE", "NGƯỜI THEO DÕI", "CHÁNH VĂN PHÒNG")


def test_a_log_of_several_cars_sums_each_and_its_total_is_never_alone_on_a_page() -> None:
    asked = ListTrips(from_day=date(2026, 11, 1), to_day=date(2026, 11, 30))
    for count in range(12, 30):
        trips = [trip(n) for n in range(count)] + [trip(99, plate="12A-999.99")]
        pages = pages_of(press.render(car_log.compose(trips, [], asked, HEAD), "pdf"))
        (last,) = [page for page in pages if f"Cộng: {count + 1} chuyến" in page]
        assert "99/2026" in last
    whole = " ".join(pages)
    assert "Từ ngày 01/11/2026 đến ngày 30/11/2026" in whole
    assert "Xe 12A-999.99: 1 chuyến 90 45,50" in whole


def settled(plate: str, month: str = "2026-11", **more: Any) -> FuelMonthRow:
    facts: dict[str, Any] = {
        "settlement_id": f"{plate}-{month}",
        "vehicle_id": f"asset-{plate}",
        "month": month,
        "plate": plate,
        "km": 1_250,
        "norm_cl_per_100km": 1_250,
        "norm_cl": 15_625,
        "opening_cl": 2_000,
        "received_cl": 16_000,
        "closing_cl": 2_250,
        "used_cl": 15_750,
        "difference_cl": 125,
        "paid_vnd": 3_600_000,
        "unlogged_km": 10,
        "explanation": "Đường đèo dốc, nhiều chuyến đi xã vùng cao",
        "opening_vnd": 450_000,
        "closing_vnd": 506_250,
        "used_vnd": 3_543_750,
        "closed_on": date(2026, 12, 1),
    }
    return FuelMonthRow(**{**facts, **more})


def test_the_table_of_fuel_sums_litres_and_dong() -> None:
    rows = [settled("12A-123.45"), settled("12A-999.99", difference_cl=-250, unlogged_km=0, explanation=None)]
    text = text_of(fuel_table.compose(rows, HEAD))

    assert "Tháng 11 năm 2026" in text
    assert "1 12A-123.45 1.250 10 12,50 156,25 20,00 160,00 22,50 157,50 1,25 3.600.000 Đường đèo dốc" in text
    assert "2 12A-999.99 1.250 12,50 156,25 20,00 160,00 22,50 157,50 -2,50 3.600.000" in text
    assert "Cộng 2.500 10 312,50 40,00 320,00 45,00 315,00 -1,25 7.200.000" in text
    assert signers(text, "NGƯỜI LẬP", "KẾ TOÁN", "CHÁNH VĂN PHÒNG")


def test_a_table_of_several_months_sums_no_tank_twice() -> None:
    rows = [settled("12A-123.45"), settled("12A-123.45", "2026-10")]
    text = text_of(fuel_table.compose(rows, HEAD))
    assert "Từ tháng 10 năm 2026 đến tháng 11 năm 2026" in text
    assert "Cộng 2.500 20 312,50 320,00 315,00 2,50 7.200.000" in text
    assert signers(text, "LÁI XE", "KẾ TOÁN", "CHÁNH VĂN PHÒNG")


def test_the_report_sets_the_boards_side_by_side() -> None:
    names = ("Ban Tổ chức Tỉnh ủy", "Ban Tuyên giáo và Dân vận Tỉnh ủy")
    rows = [
        BoardFairnessRow(
            board_id=str(place),
            board_name=name,
            requests=10,
            granted=8 - place,
            waiting=1,
            declined=place,
            cancelled=1,
            granted_per_hundred=89,
            km=1_234,
            km_per_hundred=50,
            median_wait_minutes=95,
            longest_wait_minutes=1_440,
        )
        for place, name in enumerate(names)
    ]
    asked = ListBoardFairness(from_day=date(2026, 11, 1), to_day=date(2026, 11, 30))
    text = text_of(car_fairness.compose(rows, asked, HEAD))

    assert "Từ ngày 01/11/2026 đến ngày 30/11/2026" in text
    assert "1 Ban Tổ chức Tỉnh ủy 10 8 1 0 1 89 0 1.234 50 95 1.440" in text
    assert "Cộng 20 15 2 1 2 83 0 2.468 100" in text


def test_moments_litres_and_months_are_written_as_the_office_writes_them() -> None:
    assert moment(at(25, 7, 5)) == "07 giờ 05, ngày 25/11/2026"
    assert "…" in moment(None)
    assert [hour_and_day(one) for one in (at(25, 23), None)] == ["23:00 25/11/2026", ""]
    assert [litres(one) for one in (123_456, -5, 0, None)] == ["1.234,56", "-0,05", "0,00", ""]
    assert month_in_words("2026-01") == "tháng 01 năm 2026"


async def test_an_order_comes_over_http_for_who_may_read_it(
    http: httpx.AsyncClient, office: Any, connect: Any, desk: Any
) -> None:
    scheduling = type(desk)(await connect(office, "scheduling"))
    view = run((carried(1),), ("Ban Tổ chức Tỉnh ủy",), order())
    await scheduling.answer("query.scheduling.run-order", Answered(position=7, result=view.model_dump(mode="json")))

    answer = await http.get(f"/papers/scheduling/run-order.pdf?run_id={RUN}&organ=Văn phòng&place=Lạng Sơn")

    assert answer.status_code == 200
    assert "LỆNH ĐIỀU XE" in " ".join(pages_of(answer.content))
