"""What happened, to which record, by whom, concerning whom, and because of what?"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from pydantic import BaseModel

from contracts.audit import ListTrail, TrailRow
from contracts.base import Actor, Page
from services.audit.archive import tables
from services.audit.archive.proving import as_reading
from services.audit.read_models.trail_rows import Entry, trail_rows
from services.runtime.envelope import ANY, PLACES, AnyEvent, Fact
from services.runtime.listing import Listing
from services.runtime.manifest import QueryRule
from services.runtime.read_model import Database, ReadModel, RowValues
from services.runtime.text import token

_NAMES_RECORD = frozenset({"about", "answers", "fingerprints", "person"})
_NAMES_BOARD = frozenset({"board", "boards", "organ"})
_UNITS = frozenset({"unit_id", "unit_ids"})
_RECORD, _BOARD, _UNIT = "record", "board", "unit"
_LONGEST_ID = 200


@cache
def _names(field: str) -> str | None:
    """Tell what a field names by its own name, whatever event it is in: events still to come are read the same way."""
    if field in _UNITS or field.endswith(("_unit_id", "_unit_ids")):
        return _UNIT
    if field in _NAMES_RECORD or field.endswith(("_id", "_ids")):
        return _RECORD
    if field in _NAMES_BOARD or field.endswith(("_board", "_boards")):
        return _BOARD
    return None


def _collect(fields: Mapping[str, Any], found: dict[str, set[str]]) -> None:
    """Add what an event's fields name, at any depth."""
    for name, value in fields.items():
        kind = _names(name)
        if kind or not isinstance(value, str):
            _collect_part(value, kind, found)


def _collect_part(value: object, kind: str | None, found: dict[str, set[str]]) -> None:
    if isinstance(value, str):
        if kind and len(value) <= _LONGEST_ID:
            # A unit is a record of organisation's, and a board; its id is the board's code as a token.
            for one in (_RECORD, _BOARD) if kind == _UNIT else (kind,):
                found[one].add(value)
    elif isinstance(value, list | tuple):
        for part in value:
            _collect_part(part, kind, found)
    elif isinstance(value, dict):
        _collect(value, found)
    elif isinstance(value, BaseModel):
        _collect(value.__dict__, found)


def _project(row: RowValues | None, fact: Fact) -> RowValues:
    event, found = fact.event, {_RECORD: set[str](), _BOARD: set[str]()}
    _collect(event.__dict__, found)
    _collect(event.model_extra or {}, found)
    return {
        "time": fact.time,
        "service": fact.type.split(".", 1)[0],
        "aggregate": fact.aggregate,
        "id": fact.id,
        "type": fact.type,
        "actor": fact.actor,
        "boards": sorted(found[_BOARD]) or None,
        "mentions": sorted(found[_RECORD]) or None,
        "command_id": fact.command_id,
        "correlation_id": fact.correlation_id,
        "causation_id": fact.causation_id,
    }


TRAIL = ReadModel(
    name="trail",
    version=1,
    key_column="event_key",
    columns={
        "time": "timestamptz NOT NULL",
        "service": "text NOT NULL",
        "aggregate": "text NOT NULL",
        "id": "text NOT NULL",
        "type": "text NOT NULL",
        "actor": "text NOT NULL",
        "boards": "text[]",
        "mentions": "text[]",
        "command_id": "text NOT NULL",
        "correlation_id": "text NOT NULL",
        "causation_id": "text",
    },
    indexes=(
        "(time, event_key)",
        "(service, aggregate, event_key)",
        "(id, type, event_key)",
        "(type, event_key)",
        "(actor, event_key)",
        "(command_id)",
        "(correlation_id)",
        "USING gin (mentions) WHERE mentions IS NOT NULL",
        "USING gin (boards) WHERE boards IS NOT NULL",
    ),
    events={ANY: AnyEvent},
    key=lambda fact: f"{fact.position:019d}",
    project=_project,
)
"""One row an event of the whole office, without its payload, which stays in the archive.

It takes every type of every service, those of later versions too: no class stands between an event and its trail.
"""

ARCHIVED = (
    "event_key < lpad((({}::bigint + (SELECT position FROM checkpoints "
    f"WHERE follower = '{tables.FOLLOWER}')) * {PLACES})::text, 19, '0')"
)
"""The condition that the archive has the event's message already; its value is 1, for the message after the last."""

LARGEST_ANSWER = 2_000_000
"""Characters of facts in one answer; with their changes it stays far below the broker's largest message."""


@dataclass(frozen=True)
class _TrailReading:
    query: ListTrail

    async def read(self, database: Database) -> Page[TrailRow]:
        """Return the page; one with large events ends earlier than its limit, with the cursor of the next."""
        listing = self._listing()
        page = await listing.read(database)
        assert isinstance(page, Page)
        rows = await trail_rows(database, TRAIL.table, page.rows, most_bytes=LARGEST_ANSWER)
        cut = len(rows) < len(page.rows)
        cursor = listing.cursor([page.rows[len(rows) - 1].event_key]) if cut else page.next_cursor
        return Page(rows=rows, next_cursor=cursor)

    def _listing(self) -> Listing:
        query = self.query
        anywhere = "(id = {0} OR actor = {0} OR mentions @> ARRAY[{0}::text])"
        return (
            Listing(TRAIL, query, Entry, ("event_key",))
            .where(ARCHIVED, 1)
            .where("service = {}", query.service)
            .where("aggregate = {}", query.aggregate)
            .where("type = {}", query.type)
            .where("actor = {}", query.actor)
            .among("command_id = {}", query.command_id)
            .among("correlation_id = {}", query.correlation_id)
            .among(anywhere, query.about)
            .among("boards && {}::text[]", [query.board, token(query.board)] if query.board else None)
            .among("time >= {}", query.since)
            .among("time < {}", query.until)
        )


def _list(query: ListTrail, actor: Actor) -> _TrailReading:
    return _TrailReading(query)


LIST_TRAIL = QueryRule(ListTrail, (TRAIL,), _list, follows=(tables.FOLLOWER,), records=as_reading)
