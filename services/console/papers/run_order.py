"""The run order (lệnh điều xe): one car, one driver, whom they carry where, and a code to check it by."""

from collections.abc import Iterator

from contracts.scheduling.vehicles import Carried, RunOrderView
from services.console.papers.letterhead import Letterhead, party_heading
from services.console.papers.paper import (
    Block,
    Code,
    Column,
    Line,
    Paper,
    Paragraph,
    Signature,
    Signatures,
    Table,
    Words,
    total,
)
from services.console.papers.writing import hour_and_day, moment, number, or_dots

_RIDES = (
    Column("Số TT", 0.6, "center"),
    Column("Đơn vị, người đề nghị", 2.8),
    Column("Điện thoại", 1.6),
    Column("Nơi đi - nơi đến", 2.7),
    Column("Mục đích, văn bản", 2.8),
    Column("Số người", 0.9, "right"),
)
_CARS = (
    Column("Biển số", 1.4),
    Column("Lái xe", 2),
    Column("Từ", 1.6, "center"),
    Column("Lý do", 3),
)
_WRITTEN = (
    Column("Lái xe ghi", 1.2),
    Column("Thời gian", 1.8, "center"),
    Column("Số km trên đồng hồ", 2, "center"),
    Column("Người sử dụng xe xác nhận", 2.3),
)
_ROOM_TO_WRITE = "\n\u00a0"
_STANDING = {
    "cancelled": "(Lệnh đã hủy)",
    "on_the_way": "(Xe đang đi)",
    "finished": "(Chuyến đi đã kết thúc)",
}


def compose(run: RunOrderView, head: Letterhead) -> Paper:
    """Return the order under its number of the year; the code says what GetRunOrder gives for it."""
    order = run.order
    dated = head.model_copy(update={"dated": head.dated or order.ordered_on})
    standing = _STANDING.get(order.status)
    return Paper(
        title="LỆNH ĐIỀU XE",
        heading=party_heading(dated, f"{order.run_number}-LĐX"),
        under_title=(Words(standing, italic=True),) if standing else (),
        blocks=(
            *map(Paragraph, _ordered(run)),
            _rides(run),
            *_cars(run),
            _written(run),
            Code(run.qr_text, f"Quét mã để đối chiếu: {run.qr_text}"),
            Signatures(
                (
                    Signature("Lái xe", order.driver_name),
                    Signature("Phụ trách đoàn", order.in_charge),
                    Signature(head.position, order.approver),
                )
            ),
        ),
    )


def _ordered(run: RunOrderView) -> Iterator[str]:
    order = run.order
    yield f"Điều xe ô tô biển số: {order.plate}, loại {run.seats} chỗ."
    licence = f"; giấy phép lái xe hạng {run.licence_class}" if run.licence_class else ""
    yield f"Lái xe: {order.driver_name}{licence}; điện thoại: {or_dots(run.driver_phone)}."
    yield f"Người phụ trách đoàn: {order.in_charge}; số người đi: {number(order.passengers)}."
    planned = f" Số km dự kiến: {number(order.planned_km)}." if order.planned_km is not None else ""
    yield f"Lộ trình: {order.route}.{planned}"
    yield f"Xuất phát: {moment(order.leaves_at)}; về: {moment(order.returns_at)}."
    if run.note:
        yield f"Ghi chú: {run.note}."
    if order.status == "cancelled":
        yield f"Lý do hủy lệnh: {or_dots(order.reason)}."


def _rides(run: RunOrderView) -> Table:
    named = run.board_names or tuple(ride.board_id.upper() for ride in run.rides)
    lines = [_ride(place, ride, board) for place, (ride, board) in enumerate(zip(run.rides, named, strict=True), 1)]
    if len(lines) > 1:
        lines.append(total("Cộng", 5, (number(run.order.passengers),)))
    return Table(_RIDES, lines, 11)


def _ride(place: int, ride: Carried, board: str) -> Line:
    purpose = "; ".join(text for text in (ride.purpose, ride.document_number) if text)
    way = f"{ride.from_place} - {ride.to_place}"
    return Line((number(place), f"{board}\n{ride.requester}", ride.phone or "", way, purpose, number(ride.passengers)))


def _cars(run: RunOrderView) -> Iterator[Block]:
    if len(run.cars) > 1:
        yield Paragraph("Xe đã phục vụ chuyến đi", bold=True)
        lines = [
            Line((car.plate, car.driver_name, hour_and_day(car.since), car.reason or "Theo lệnh")) for car in run.cars
        ]
        yield Table(_CARS, lines, 11)


def _written(run: RunOrderView) -> Table:
    order = run.order
    confirmed = ", ".join(run.confirmed_by)
    driven = f"Số km thực hiện: {number(order.km)}" if order.km is not None else ""
    return Table(
        _WRITTEN,
        [
            Line((f"Xuất bến{_ROOM_TO_WRITE}", hour_and_day(order.started_at), "", "")),
            Line((f"Về bến{_ROOM_TO_WRITE}", hour_and_day(order.finished_at), driven, confirmed)),
        ],
        11,
    )
