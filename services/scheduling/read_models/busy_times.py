"""When are people, rooms and cars taken, page after page?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from contracts.base import Actor, Page, Refused
from contracts.scheduling import LONGEST_MINUTES, BusyRow, ListBusyTimes
from services.runtime.keyed_pages import behind, keyed_page
from services.runtime.manifest import QueryRule
from services.runtime.problems import BAD_CURSOR
from services.runtime.read_model import Database
from services.scheduling.read_models.slots import SHOWN_COLUMNS, SLOTS, busy_rows, expect_time

_ORDER = ("starts_at", "thing", "booking_id")
_LONGEST = {"NOT long": timedelta(days=1), "long": timedelta(minutes=LONGEST_MINUTES)}


@dataclass(frozen=True)
class _BusyTimes:
    query: ListBusyTimes
    actor: Actor

    async def read(self, database: Database) -> Page[BusyRow]:
        """Read one page: of each thing no more than that is looked at, however long the time asked for is."""
        query = self.query
        expect_time(query.starts_at, query.ends_at)
        sql, values = _statement(query, _place(query))
        rows = busy_rows(await database.fetch(sql, *values), self.actor)
        return keyed_page(query, rows, lambda row: f"{row.starts_at.isoformat()} {row.bookable_id} {row.booking_id}")


def _place(query: ListBusyTimes) -> tuple[datetime, str, str] | None:
    key = behind(query)
    if key is None:
        return None
    try:
        starts_at, thing, booking_id = key.split(" ")
        return datetime.fromisoformat(starts_at), thing, booking_id
    except ValueError:
        raise Refused(BAD_CURSOR, field="cursor") from None


def _statement(query: ListBusyTimes, place: tuple[datetime, str, str] | None) -> tuple[str, Sequence[Any]]:
    direction, sign = ("DESC", "<") if query.descending else ("ASC", ">")
    tail = f"ORDER BY {', '.join(f'{name} {direction}' for name in _ORDER)} LIMIT {query.limit + 1}"
    values: list[Any] = [list(dict.fromkeys(query.things)), query.starts_at, query.ends_at]
    further = ""
    if place is not None:
        values += place
        further = f"AND starts_at {sign}= $4 AND ({', '.join(_ORDER)}) {sign} ($4, $5, $6)"
    parts = " UNION ALL ".join(
        f"""(SELECT {SHOWN_COLUMNS} FROM "{SLOTS.table}"
             WHERE held AND {kind} AND thing = one.id AND ends_at > $2 AND starts_at < $3
             AND starts_at > $2::timestamptz - interval '{longest.days} days' {further} {tail})"""
        for kind, longest in _LONGEST.items()
    )
    return f"SELECT found.* FROM unnest($1::text[]) AS one (id) CROSS JOIN LATERAL ({parts}) AS found {tail}", values


def _list(query: ListBusyTimes, actor: Actor) -> _BusyTimes:
    return _BusyTimes(query, actor)


LIST_BUSY_TIMES = QueryRule(ListBusyTimes, (SLOTS,), _list)
