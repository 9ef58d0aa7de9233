"""The request for a car (giấy đề nghị sử dụng xe), with what became of it."""

from collections.abc import Iterator

from contracts.scheduling.vehicles import RideRow
from services.console.papers.letterhead import Letterhead, party_heading
from services.console.papers.paper import Paper, Paragraph, Signature, Signatures, Words
from services.console.papers.writing import DOTS, HANOI, moment, number, or_dots, said


def compose(ride: RideRow, head: Letterhead) -> Paper:
    """Return the request as its board sends it to the office `head` names, and the decision where there is one."""
    asked_on = ride.requested_at.astimezone(HANOI).date()
    board = head.model_copy(update={"organ": ride.board_name or ride.board_id.upper(), "dated": head.dated or asked_on})
    return Paper(
        title="GIẤY ĐỀ NGHỊ SỬ DỤNG XE",
        heading=party_heading(board),
        under_title=(Words(f"Kính gửi: {or_dots(head.organ)}", bold=True),),
        blocks=(
            *map(Paragraph, _asked(ride)),
            Paragraph("Ý kiến của người duyệt:", bold=True),
            *map(Paragraph, _answered(ride)),
            Signatures(
                (
                    Signature("Người đề nghị", ride.requester),
                    Signature("Thủ trưởng đơn vị", note="(Ký, họ tên, đóng dấu)"),
                    Signature(head.position, ride.approver or head.head),
                )
            ),
        ),
    )


def _asked(ride: RideRow) -> Iterator[str]:
    yield f"1. Người đề nghị: {ride.requester}; đơn vị: {ride.board_name or ride.board_id.upper()}."
    yield f"2. Điện thoại liên hệ: {or_dots(ride.phone)}."
    yield f"3. Mục đích sử dụng xe: {ride.purpose}."
    yield f"4. Văn bản liên quan: {or_dots(ride.document_number)}."
    area = f" ({ride.area})" if ride.area else ""
    yield f"5. Nơi đi: {ride.from_place}; nơi đến: {ride.to_place}{area}."
    yield f"6. Thời gian đi: {moment(ride.leaves_at)}; thời gian về: {moment(ride.returns_at)}."
    use = f", {said('car_use', ride.car_use).lower()}" if ride.car_use else ""
    seats = f"từ {ride.car_seats} chỗ trở lên{use}" if ride.car_seats else f"theo bố trí của Văn phòng{use}"
    yield f"7. Số người đi: {number(ride.passengers)}; loại xe đề nghị: {seats}."
    yield f"8. Ghép chuyến với đơn vị khác: {'được' if ride.may_share else 'đề nghị đi riêng'}."
    if ride.note:
        yield f"9. Ghi chú: {ride.note}."


def _answered(ride: RideRow) -> Iterator[str]:
    match ride.status:
        case "requested":
            yield "☐ Đồng ý bố trí xe.          ☐ Không bố trí được xe; lý do: " + DOTS
        case "declined":
            instead = f" Đề nghị đơn vị: {said('instead', ride.instead).lower()}." if ride.instead else ""
            yield f"Không bố trí được xe. Lý do: {or_dots(ride.reason)}.{instead}"
        case "cancelled":
            yield f"Đơn vị đã hủy đề nghị. Lý do: {or_dots(ride.reason)}."
        case _:
            yield "Đồng ý bố trí xe."
    if ride.run_numbers:
        cars = "; ".join(
            f"xe {plate}, lái xe {driver}" for plate, driver in zip(ride.plates, ride.drivers, strict=True)
        )
        yield f"Lệnh điều xe số: {', '.join(ride.run_numbers)}; {cars}."
