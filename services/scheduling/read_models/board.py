"""What is taken of many things side by side over some days?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from contracts.base import Actor, Refused
from contracts.scheduling import BOARD_TOO_LARGE, Board, BoardThing, GetBoard
from services.runtime.completing import day_meant
from services.runtime.gathering import Rows
from services.runtime.manifest import QueryRule
from services.runtime.read_model import Database
from services.scheduling.read_models.bookables import BOOKABLES, blockings_of, chosen, last_day_of
from services.scheduling.read_models.site_names import SITES, read_site_names
from services.scheduling.read_models.slots import SLOTS, busy_rows, taken

_HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
_MOST_THINGS = 200
_MOST_SLOTS = 15_000
"""What one answer can carry: a message of the bus is 8 MiB at most."""


@dataclass(frozen=True)
class _Reading:
    query: GetBoard
    actor: Actor

    async def read(self, database: Database) -> Board:
        """Read the things, then what is taken of them, by the index that begins with the thing."""
        query = self.query
        first = query.from_day or _monday(await day_meant(database, query))
        start, end = midnight(first), midnight(first + timedelta(query.days))
        things = await self._things(database)
        names = await read_site_names(database)
        slots = await taken(database, [thing["bookable_id"] for thing in things], start, end)
        if len(slots) > _MOST_SLOTS:
            raise Refused(BOARD_TOO_LARGE, "days", count=len(slots), limit=_MOST_SLOTS)
        return Board.model_construct(
            from_day=first,
            to_day=first + timedelta(query.days - 1),
            things=tuple(_line(thing, start, end, names) for thing in things),
            slots=busy_rows(slots, self.actor),
        )

    async def _things(self, database: Database) -> Sequence[Mapping[str, Any]]:
        names = ", ".join(f'"{name}"' for name in BOOKABLES.column_names)
        named = Rows(BOOKABLES, "bookable_id = ANY($1::text[])", (list(self.query.things),))
        _, where, values = named if self.query.things else chosen(self.query)
        order = f"ORDER BY kind, name_folded, bookable_id LIMIT {_MOST_THINGS}"
        found: Sequence[Mapping[str, Any]] = await database.fetch(
            f'SELECT {names} FROM "{BOOKABLES.table}" WHERE {where} {order}', *values
        )
        return found


def midnight(day: date) -> datetime:
    """Return the moment at which a day of the office begins."""
    return datetime.combine(day, time(), _HANOI)


def _monday(day: date) -> date:
    return day - timedelta(day.weekday())


def _line(thing: Mapping[str, Any], start: datetime, end: datetime, sites: Mapping[str, str]) -> BoardThing:
    blockings = (each for each in blockings_of(thing) if each.starts_at < end and start < each.ends_at)
    same = {name: thing[name] for name in ("bookable_id", "name", "kind", "type", "site_id", "seats", "contact")}
    same["site_name"] = sites.get(thing["site_id"] or "")
    return BoardThing.model_construct(**same, blockings=tuple(blockings), last_day=last_day_of(thing))


def _get(query: GetBoard, actor: Actor) -> _Reading:
    return _Reading(query, actor)


GET_BOARD = QueryRule(GetBoard, (BOOKABLES, SLOTS, SITES), _get)
