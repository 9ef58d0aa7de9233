"""The ledger of a full year: entries posted one command each by several at once, books asked for, the year closed."""

import itertools
import json
import time
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from load import ACTOR
from office import Office, generate, running
from writing import GROUP, Group, Writer, meta

from contracts import finance as words
from contracts.base import Query
from services.finance.deciders.posting import total_of
from services.finance.deciders.voucher_book import KINDS, book_id, nets_of, voucher
from services.runtime.log import EventLog

SERVICE = "finance"
POSTED, CLOSED = "entries posted, 8 at once", "year closed"
BALANCE = "trial balance of a period"
LINES = 4
_CLIENTS = 8
_YEAR = date.today().year - 1
_FIRST, _LAST = date(_YEAR, 1, 1), date(_YEAR, 12, 31)
_BOARDS = tuple(f"B{number}" for number in range(15))
_SOURCES = ("tu-chu", "khong-tu-chu", "dang-phi")
_ITEMS = ("6503", "6551", "6601", "6701", "6751", "6901", "7004", "7761")
_MONEY = ("111", "112", "141", "331")


async def measured(folder: Path, counts: Sequence[int], seconds: float) -> dict[str, Any]:
    """Measure a year of so many entries of four lines each, in an office of their own for each count."""
    found: dict[str, Any] = {}
    for count in counts:
        async with running(folder / str(count)) as office:
            of_count = await _year(office, count, seconds)
        found.update({named(count, name): numbers for name, numbers in of_count.items()})
    return found


def named(count: int, name: str) -> str:
    """Return what a line of a year of so many entries is called."""
    return f"{count * LINES:,} lines: {name}"


async def _year(office: Office, count: int, seconds: float) -> dict[str, Any]:
    begun = time.perf_counter()
    events = await _write(EventLog(office.operator, timeout_s=60), count)
    written = time.perf_counter()
    await office.start(SERVICE, f"{SERVICE}-follow")
    await office.caught_up(SERVICE)
    shown = time.perf_counter()
    return {
        "appended in batches": _per_s(events, written - begun),
        "read models begun and caught up": _per_s(events, shown - written),
        **await office.ask(SERVICE, _questions(), seconds),
        POSTED: await _posted(office, seconds),
        "every book shows what was posted": {"seconds": round(await office.caught_up(SERVICE), 2)},
        CLOSED: await _closed(office),
    }


async def _posted(office: Office, seconds: float) -> dict[str, Any]:
    """Post balanced entries one command each; what is not accepted is told as not done."""
    task = {
        **office.request("command.finance.post-entry"),
        "words": "given",
        "choices": [_posting(place) for place in range(997)],
        "seconds": seconds,
        "clients": _CLIENTS,
    }
    return await generate("load.py", task)


def _posting(place: int) -> dict[str, Any]:
    on, lines = _said(place)
    entry = words.PostEntry(kind=_kind(place), on=on, description=f"Chứng từ số {place}", lines=lines)
    said: dict[str, Any] = entry.model_dump(mode="json", exclude_none=True)
    return said


async def _closed(office: Office) -> dict[str, Any]:
    """Close the year by its one command."""
    request = {
        "meta": {"command_id": str(uuid4()), "actor": ACTOR, "correlation_id": "bench"},
        "data": {"year": _YEAR},
    }
    begun = time.perf_counter()
    reply = await office.operator.request("command.finance.close-year", json.dumps(request).encode(), timeout=120)
    seconds = time.perf_counter() - begun
    outcome = json.loads(reply.data)
    if outcome["outcome"] != "accepted":
        raise RuntimeError(f"the year was not closed: {outcome}")
    return {"seconds": round(seconds, 2)}


def _per_s(events: int, seconds: float) -> dict[str, Any]:
    return {"events": events, "seconds": round(seconds, 2), "events_per_s": round(events / seconds)}


def _questions() -> dict[str, list[Query]]:
    year: dict[str, Any] = {"on_from": _FIRST, "on_to": _LAST}
    august = {**year, "on_from": date(_YEAR, 8, 15)}
    return {
        "trial balance of the year": [words.ListTrialBalance(**year)],
        BALANCE: [words.ListTrialBalance(on_from=date(_YEAR, 3, 15), on_to=date(_YEAR, 11, 20))],
        "trial balance of a month by board": [
            words.ListTrialBalance(on_from=date(_YEAR, month, 1), on_to=date(_YEAR, month, 28), by="board")
            for month in range(1, 13)
        ],
        "ledger of the till, first page": [words.ListLedger(account="111", **year)],
        "ledger of the till, from August": [words.ListLedger(account="111", **august)],
        "ledger of an item of a board": [
            words.ListLedger(account="611", board=board, item="6551", **august) for board in _BOARDS
        ],
        "cash book, last page": [words.ListCashBook(**year, descending=True)],
        "journal, first page": [words.ListVouchers()],
        "journal of a board": [words.ListVouchers(board=board) for board in _BOARDS],
    }


async def _write(log: EventLog, count: int) -> int:
    """Write so many entries of a year into its books; return how many events that were."""
    writer, numbers = Writer(log, SERVICE, home="entry"), {kind: itertools.count(1) for kind in KINDS}
    for start in range(0, count, GROUP):
        group = writer.group()
        for place in range(start, min(start + GROUP, count)):
            _write_one(group, place, count, next(numbers[_kind(place)]))
        await writer.append(group)
    return writer.events


def _write_one(group: Group, place: int, count: int, number: int) -> None:
    decision, kind = meta(), _kind(place)
    on, lines = _FIRST + timedelta(days=place * 365 // count), _said(place)[1]
    entry_id = decision.command_id.hex
    posted = words.EntryPosted(
        kind=kind,
        on=on,
        description=f"Chứng từ số {place}",
        lines=lines,
        total_vnd=total_of(lines),
        party=f"Cửa hàng số {place % 300}",
        year=_YEAR,
        number=number,
        voucher=voucher(kind, number, _YEAR),
        by_name=decision.actor.name,
    )
    numbered = words.VoucherNumbered(
        year=_YEAR, kind=kind, number=number, entry_id=entry_id, on=on, nets=nets_of(lines)
    )
    group.add("entry", entry_id, decision, [posted])
    group.add("voucher_book", book_id(_YEAR, kind), decision, [numbered], place=1)


def _kind(place: int) -> words.VoucherKind:
    return tuple(KINDS)[place % len(KINDS)]


def _said(place: int) -> tuple[date, tuple[words.EntryLine, ...]]:
    """Return the day and the four lines of an entry: an expense that is paid, and the income that covers it."""
    source = _SOURCES[place % len(_SOURCES)]
    item = _ITEMS[place // 7 % len(_ITEMS)]
    amount = 50_000 + place * 7_919 % 9_000_000
    sides: tuple[tuple[str, words.Side], ...] = (
        ("612" if source == "tu-chu" else "611", "debit"),
        (_MONEY[place // 11 % len(_MONEY)], "credit"),
        ("135", "debit"),
        ("511", "credit"),
    )
    lines = tuple(
        words.EntryLine(
            account=account,
            side=side,
            amount_vnd=amount,
            board=_BOARDS[place // 3 % len(_BOARDS)],
            source=source,
            chapter="509",
            clause="351",
            item=item,
            line=f"{source}.509.351.{item[:3]}0",
        )
        for account, side in sides
    )
    return _FIRST + timedelta(days=place % 365), lines
