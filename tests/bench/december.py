"""The December run: a year's wear of assets written straight into the log, charged, charged again, and asked for."""

import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from office import Office, running
from writing import GROUP, Group, Writer, meta

from contracts import assets as words
from services.assets.deciders.asset_book import tag
from services.assets.rules.tables import asset_classes
from services.assets.rules.wear import begun, december, table_life
from services.ops.office import operator_actor
from services.ops.wear_run import WearRun
from services.runtime.log import EventLog

SERVICE = "assets"
RUN = "December run"
_YEAR = date.today().year - 1
_YEARS_KEPT = 4
_UNITS = ("vptu", "btctu", "btgdvtu", "ubkttu", "bnctu")
_CODES = ("5.3", "5.1", "5.2", "5.5", "4", "7", "1.5", "1.4")
_CLASSES = asset_classes()


async def measured(folder: Path, counts: Sequence[int], seconds: float) -> dict[str, Any]:
    """Measure last year's run over so many assets, in an office of their own for each count."""
    found: dict[str, Any] = {}
    for count in counts:
        async with running(folder / str(count)) as office:
            of_count = {**await _run(office, count), **await office.ask(SERVICE, _questions(count), seconds)}
        found.update({named(count, name): numbers for name, numbers in of_count.items()})
    return found


def named(count: int, name: str) -> str:
    """Return what a line of so many assets is called."""
    return f"{count:,} assets: {name}"


async def _run(office: Office, count: int) -> dict[str, Any]:
    begun_at = time.perf_counter()
    events = await _register(EventLog(office.operator, timeout_s=60), count)
    written_at = time.perf_counter()
    await office.start(SERVICE, f"{SERVICE}-follow")
    await office.caught_up(SERVICE)
    shown_at = time.perf_counter()
    due = await _last_years(office).due()
    return {
        "appended in batches": _written(events, written_at - begun_at),
        "read models begun and caught up": _written(events, shown_at - written_at),
        RUN: await _charge(office),
        "every list shows the run": {"seconds": round(await office.caught_up(SERVICE), 2)},
        "second run, nothing due": await _charge(office),
        "the same assets sent again": await _charge(office, due),
    }


def _last_years(office: Office) -> WearRun:
    return WearRun(office.operator, operator_actor(), _YEAR)


async def _charge(office: Office, asset_ids: Sequence[str] | None = None) -> dict[str, Any]:
    """Charge as `motmoi wear` does: what is due, or what is named; return how much was charged, and how fast."""
    run, begun_at = _last_years(office), time.perf_counter()
    sent = await run.due() if asset_ids is None else asset_ids
    charged = await run.charge(sent, lambda _: None)
    seconds = time.perf_counter() - begun_at
    return {
        "count": charged.asset_count,
        "seconds": round(seconds, 2),
        "per_s": round(len(sent) / seconds) if sent else None,
    }


def _written(events: int, seconds: float) -> dict[str, Any]:
    return {"events": events, "seconds": round(seconds, 2), "events_per_s": round(events / seconds)}


def _questions(count: int) -> dict[str, list[Any]]:
    last_day = december(_YEAR)
    return {
        "register, first page": [words.ListAssets()],
        "register, search": [words.ListAssets(text=f"tai san {number}") for number in range(1, count, 97)],
        "totals of a day by unit": [words.GetAssetTotals(on=last_day, by="unit")],
        "totals of a day by class": [words.GetAssetTotals(on=date(_YEAR, 6, 30), by="class")],
        "wear of the year, first page": [words.ListWear(year=_YEAR)],
        "wear of the year, totals": [words.GetWearTotals(year=_YEAR)],
    }


async def _register(log: EventLog, count: int) -> int:
    """Write so many assets into the books of five units; return how many events that were."""
    writer, numbers = Writer(log, SERVICE, home="asset"), dict.fromkeys(_UNITS, 0)
    for start in range(0, count, GROUP):
        group = writer.group()
        for place in range(start, min(start + GROUP, count)):
            unit_id = _UNITS[place % len(_UNITS)]
            numbers[unit_id] += 1
            _register_one(group, place, unit_id, numbers[unit_id])
        await writer.append(group)
    return writer.events


def _register_one(group: Group, place: int, unit_id: str, number: int) -> None:
    decision = meta()
    asset_id = words.asset_id(decision.command_id)
    group.add("asset", asset_id, decision, [_registered(place, unit_id, number)])
    group.add("book", unit_id, decision, [words.AssetNumbered(number=number, asset_id=asset_id)], place=1)


def _registered(place: int, unit_id: str, number: int) -> words.AssetRegistered:
    """Return an asset bought in one of four years; one of an earlier year comes with its wear so far."""
    row = _CLASSES.entry(december(_YEAR), code=_CODES[place % len(_CODES)])
    life = table_life(row.row)
    assert life is not None
    cost_vnd = 12_000_000 + place * 7_919 % 90_000_000
    booked_on = date(_YEAR - place % _YEARS_KEPT, 1 + place % 12, 1 + place % 28)
    taken_over = booked_on.year < _YEAR
    worn_vnd = cost_vnd * life.rate // 10_000 * (_YEAR - booked_on.year)
    return words.AssetRegistered(
        name=f"Tài sản số {place}",
        tag=tag(unit_id, number),
        number=number,
        unit_id=unit_id,
        class_code=row.row.code,
        booked_on=booked_on,
        effective_on=december(_YEAR - 1) if taken_over else booked_on,
        value=begun(cost_vnd, worn_vnd, life, own=False, booked=booked_on.year, next_year=_YEAR),
        origin="purchase",
        legal_basis=row.validity.legal_basis,
        cost_basis="settled",
        worn_to=_YEAR - 1 if taken_over else None,
        place=words.Place(site_id="ts1", room=f"P.{place % 200}"),
        condition="good",
    )
