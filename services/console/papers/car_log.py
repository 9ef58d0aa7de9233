"""The log of cars (sổ nhật trình xe): trip after trip what the odometer showed, and the km nobody logged."""

from collections.abc import Iterator, Sequence
from itertools import count, groupby
from textwrap import fill

from contracts.scheduling.vehicles import ListTrips, OdometerGapRow, TripRow
from services.console.papers.letterhead import Letterhead, party_heading, signing_day
from services.console.papers.paper import (
    Block,
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
from services.console.papers.writing import day, hour_and_day, litres, month_in_words, number

_CLOCK, _ODOMETER, _FUEL = "Thời gian", "Đồng hồ (km)", "Nhiên liệu nhận"
_COLUMNS = (
    Column("Số TT", 0.6, "center"),
    Column("Lệnh số", 1.15, "center"),
    Column("Lái xe", 1.9),
    Column("Xuất bến", 1.35, "center", _CLOCK),
    Column("Về bến", 1.35, "center", _CLOCK),
    Column("Đi", 1.15, "right", _ODOMETER),
    Column("Về", 1.15, "right", _ODOMETER),
    Column("Số km", 0.9, "right"),
    Column("Lộ trình", 2.7),
    Column("Lít", 1, "right", _FUEL),
    Column("Tiền (đồng)", 1.5, "right", _FUEL),
    Column("Hóa đơn", 2.4, "left", _FUEL),
    Column("Cầu đường, bến bãi (đồng)", 1.4, "right"),
    Column("Người sử dụng xe xác nhận", 1.8),
    Column("Sự cố", 1.5),
)
_INVOICE_LETTERS = 16
_GAPS = (
    Column("Tháng", 1, "center"),
    Column("Biển số", 1.4),
    Column("Từ km", 1, "right"),
    Column("Đến km", 1, "right"),
    Column("Số km", 1, "right"),
    Column("Giải trình", 4),
    Column("Tính định mức", 1, "center"),
)


def compose(trips: Sequence[TripRow], gaps: Sequence[OdometerGapRow], asked: ListTrips, head: Letterhead) -> Paper:
    """Return the log of the trips asked for, car by car, each with its sum; then the km without a trip."""
    lines: list[Line] = []
    plates = sorted({trip.plate for trip in trips})
    numbers = count(1)
    for plate, driven in groupby(
        sorted(trips, key=lambda trip: (trip.plate, trip.started_at)), lambda trip: trip.plate
    ):
        of_car = list(driven)
        if len(plates) > 1:
            lines.append(_sum(f"Xe {plate}: {number(len(of_car))} chuyến", of_car))
        lines += [_line(next(numbers), trip) for trip in of_car]
    lines.append(_sum(f"Cộng: {number(len(trips))} chuyến", trips))
    return Paper(
        title="SỔ NHẬT TRÌNH XE",
        heading=party_heading(head, numbered=False),
        under_title=_under(plates, asked),
        landscape=True,
        blocks=(Table(_COLUMNS, lines, 9.5), *_unlogged(gaps), _signatures(trips, plates, head)),
    )


def _under(plates: Sequence[str], asked: ListTrips) -> tuple[Words, ...]:
    car = f"Xe {plates[0]}" if len(plates) == 1 else ""
    when = month_in_words(asked.month) if asked.month else ""
    if asked.from_day or asked.to_day:
        ends = (("từ ngày", asked.from_day), ("đến ngày", asked.to_day))
        when = ", ".join([when] * bool(when) + [" ".join(f"{said} {day(on)}" for said, on in ends if on)])
    said = ", ".join(text for text in (car, when) if text)
    return (Words(f"{said[0].upper()}{said[1:]}", bold=True),) if said else ()


def _line(place: int, trip: TripRow) -> Line:
    return Line(
        (
            number(place),
            trip.run_number,
            trip.driver_name,
            hour_and_day(trip.started_at),
            hour_and_day(trip.finished_at),
            number(trip.odometer_start_km),
            number(trip.odometer_end_km),
            number(trip.km),
            trip.route,
            litres(trip.fuel_cl or None),
            number(trip.fuel_vnd or None),
            "\n".join(fill(invoice, _INVOICE_LETTERS, break_on_hyphens=False) for invoice in trip.invoices),
            number(trip.tolls_vnd or None),
            ", ".join(trip.confirmed_by),
            trip.incidents or "",
        )
    )


def _sum(label: str, trips: Sequence[TripRow]) -> Line:
    fuel = (litres(sum(trip.fuel_cl for trip in trips)), number(sum(trip.fuel_vnd for trip in trips)))
    tolls = number(sum(trip.tolls_vnd for trip in trips))
    return total(label, 7, (number(sum(trip.km for trip in trips)), "", *fuel, "", tolls, "", ""))


def _unlogged(gaps: Sequence[OdometerGapRow]) -> Iterator[Block]:
    if gaps:
        yield Paragraph("Số km không có nhật trình", bold=True)
        lines = [
            Line(
                (
                    gap.month,
                    gap.plate,
                    number(gap.from_km),
                    number(gap.to_km),
                    number(gap.km),
                    gap.explanation or "Chưa giải trình",
                    "Có" if gap.counts else "Không",
                )
            )
            for gap in gaps
        ]
        yield Table(_GAPS, lines, 10)


def _signatures(trips: Sequence[TripRow], plates: Sequence[str], head: Letterhead) -> Signatures:
    drivers = list(dict.fromkeys(trip.driver_name for trip in trips))
    driver = drivers[0] if len(drivers) == 1 and len(plates) == 1 else None
    return Signatures(
        (
            Signature("Lái xe", driver),
            Signature("Người theo dõi", head.preparer),
            Signature(head.position, head.head),
        ),
        signing_day(head),
    )
