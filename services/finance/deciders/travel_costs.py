"""What a journey costs by the rates in force on each of its days: pure sums, each with its rate and its basis."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from contracts import finance as words_of
from contracts.base import Refused
from contracts.finance import ClaimTravel, RatedAmount, RateKind, TravelDay
from services.finance.deciders.common import limit, today, told_vnd
from services.runtime.manifest import Given
from services.runtime.rules import NoRuleInForce

TICKETS, SUBSISTENCE, LODGING, LUMP_SUM, OTHER = "6701", "6702", "6703", "6704", "6749"
_ALL = "all"
_WHOLE = 100
_CENTILITRES = 100
_REGIONS = {
    "central-city": "thành phố trực thuộc trung ương",
    "provincial-city": "thị xã, thành phố thuộc tỉnh",
    "islands": "biển, đảo",
    "other": "vùng còn lại",
}
"""What the regions of the shipped rates are called; an office's own are called by their codes."""


class Rate(NamedTuple):
    """A rate as it is in force on a day."""

    amount: int
    legal_basis: str


@dataclass(frozen=True)
class _Part:
    """Days of one rate; `share` is in hundredths of a day."""

    region: str
    rate: Rate
    days: int
    share: int


def costs(command: ClaimTravel, given: Given) -> tuple[RatedAmount, ...]:
    """Return what is due for a journey, part by part; raise Refused for what no rate allows.

    By month: the lump sum alone, with the tickets. Else for each day its subsistence, for each night the lump sum or
    the invoice up to its cap; then tickets and one's own vehicle. A part of a đồng counts as one from a half on.
    """
    _expect_days(command, given)
    parts = [*(_month(command, given) if command.by_month else _by_days(command, given))]
    parts += _tickets(command)
    parts += _own_vehicle(command, given)
    if not any(part.amount_vnd for part in parts):
        raise Refused(words_of.NOTHING_DUE)
    return tuple(part for part in parts if part.amount_vnd)


def _expect_days(command: ClaimTravel, given: Given) -> None:
    seen: set[date] = set()
    for each in command.days:
        if each.day in seen:
            raise Refused(words_of.DAY_TWICE, "days", on=each.day)
        if each.day > today(given):
            raise Refused(words_of.DAY_AHEAD, "days", on=each.day)
        seen.add(each.day)


def _by_days(command: ClaimTravel, given: Given) -> Iterator[RatedAmount]:
    days = sorted(command.days, key=lambda each: each.day)
    for part in _grouped((each, rate(given, "subsistence", each, command.group), each.days_share) for each in days):
        yield _rated(SUBSISTENCE, "Phụ cấp lưu trú", part, "ngày")
    nights = [each for each in days if each.night == "lump_sum"]
    for part in _grouped((each, rate(given, "lodging_lump_sum", each, command.group), _WHOLE) for each in nights):
        yield _rated(LODGING, "Tiền phòng nghỉ khoán", part, "đêm")
    for each in days:
        if each.night == "invoice":
            yield _invoiced(each, rate(given, "lodging_invoice_cap", each, command.group))


def _invoiced(night: TravelDay, cap: Rate) -> RatedAmount:
    if night.invoice_vnd == 0:
        raise Refused(words_of.INVOICE_NEEDED, "days", on=night.day)
    if night.invoice_vnd > cap.amount:
        raise Refused(words_of.LODGING_ABOVE_CAP, "days", on=night.day, cap=told_vnd(cap.amount))
    told = f"Tiền phòng theo hóa đơn ngày {night.day:%d/%m/%Y}, tối đa {told_vnd(cap.amount)} đồng"
    return RatedAmount(
        item=LODGING,
        told=told,
        days=1,
        rate_vnd=cap.amount,
        amount_vnd=night.invoice_vnd,
        legal_basis=cap.legal_basis,
    )


def _month(command: ClaimTravel, given: Given) -> Iterator[RatedAmount]:
    days, needed = command.days, limit(given, "month_lump_sum_days")
    if len({(each.day.year, each.day.month) for each in days}) > 1 or len(days) < needed:
        raise Refused(words_of.TOO_FEW_DAYS, "days", days=needed)
    last = max(days, key=lambda each: each.day)
    found = _found(given, "month_lump_sum", last.day, _ALL, _ALL)
    yield RatedAmount(
        item=LUMP_SUM,
        told=f"Khoán công tác phí tháng {last.day:%m/%Y} ({len(days)} ngày đi công tác)",
        days=len(days),
        rate_vnd=found.amount,
        amount_vnd=found.amount,
        legal_basis=found.legal_basis,
    )


def _tickets(command: ClaimTravel) -> Iterator[RatedAmount]:
    for ticket in command.tickets:
        paper = f" ({ticket.paper.number})" if ticket.paper else ""
        yield RatedAmount(item=TICKETS, told=f"{ticket.what}{paper}", amount_vnd=ticket.amount_vnd)


def _own_vehicle(command: ClaimTravel, given: Given) -> Iterator[RatedAmount]:
    """Fuel by kilometres: centilitres a kilometre times the price of a litre, rounded once at the end."""
    km = command.own_vehicle_km
    if not km:
        return
    if km < (least := limit(given, "own_vehicle_from_km")):
        raise Refused(words_of.TOO_NEAR, "own_vehicle_km", km=least)
    if command.fuel_price_vnd is None:
        raise Refused(words_of.FUEL_PRICE_NEEDED, "fuel_price_vnd")
    found = _found(given, "own_vehicle_cl_per_km", max(each.day for each in command.days), _ALL, _ALL)
    price = command.fuel_price_vnd
    told = f"Tự túc phương tiện: {km} km × {_hundredths(found.amount)} lít × {told_vnd(price)} đồng/lít"
    yield RatedAmount(
        item=OTHER,
        told=told,
        rate_vnd=price,
        amount_vnd=_rounded(km * found.amount * price, _CENTILITRES),
        legal_basis=found.legal_basis,
    )


def rate(given: Given, kind: RateKind, day: TravelDay, group: str) -> Rate:
    """Return a rate in force on a day for a group and region; raise Refused where there is none."""
    return _found(given, kind, day.day, group, day.region)


def _found(given: Given, kind: RateKind, on: date, group: str, region: str) -> Rate:
    try:
        entry = given.rules.allowance_rates.entry(on, kind=kind, group=group, region=region)
    except NoRuleInForce:
        raise Refused(words_of.NO_RATE, "days", on=on, group=group, region=region) from None
    return Rate(entry.row.amount, entry.validity.legal_basis)


def _grouped(days: Iterable[tuple[TravelDay, Rate, int]]) -> Sequence[_Part]:
    """Return days of one region and rate together, in the order in which they are first met."""
    found: dict[tuple[str, Rate], _Part] = {}
    for day, of, share in days:
        before = found.get((day.region, of), _Part(day.region, of, 0, 0))
        found[day.region, of] = _Part(day.region, of, before.days + 1, before.share + share)
    return tuple(found.values())


def _rated(item: str, what: str, part: _Part, measure: str) -> RatedAmount:
    of = part.rate
    region = _REGIONS.get(part.region, part.region)
    told = f"{what} ({region}): {_hundredths(part.share)} {measure} × {told_vnd(of.amount)} đồng"
    amount = _rounded(of.amount * part.share, _WHOLE)
    return RatedAmount(
        item=item, told=told, days=part.days, rate_vnd=of.amount, amount_vnd=amount, legal_basis=of.legal_basis
    )


def _rounded(product: int, by: int) -> int:
    return (2 * product + by) // (2 * by)


def _hundredths(number: int) -> str:
    whole, part = divmod(number, _WHOLE)
    return f"{whole},{part:02}".rstrip("0").rstrip(",")
